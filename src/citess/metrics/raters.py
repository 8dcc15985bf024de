"""Metrics of judgement: whether items hang together, and whether assessors agree."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import permutations
from statistics import fmean, stdev, variance
from typing import Final, Literal, cast

from citess.metrics._measure import Outcome, Undefined
from citess.metrics._quality import FEW, refused, warned
from citess.metrics._registry import Better, value_metric
from citess.metrics._resampling import bca_bootstrap

Scale = Literal["nominal", "ordinal", "interval"]
Rating = str | float | int | None

_TWO: Final = 2


@value_metric(
    "L07",
    question="Do the items of a score hang together?",
    limits="A high alpha is no proof that the items measure one thing, nor the right one.",
    unit="index",
    bounds=(None, 1),
    better=Better.CONTEXT,
    formula=r"\frac{k}{k - 1} \Big(1 - \frac{\sum_i s_i^2}{s_{sum}^2}\Big),\quad"
    r" \frac{k \bar r}{1 + (k - 1) \bar r}",
    missing="units with a value that is not known are left out and counted as missing",
    small_numbers="below 30 units flagged; undefined below 2 items or units",
    aggregation="recompute on all units",
    source="Cronbach 1951, doi:10.1007/BF02310555",
    level="territory",
)
def cronbach_alpha(
    items: Mapping[str, Sequence[float | None]],
    *,
    standardised: bool = True,
    allow_missing: bool = False,
    bootstrap: bool = False,
    seed: int | None = None,
) -> Outcome:
    """Cronbach's alpha of the items of a score.

    ``items`` holds the values of each item, unit by unit in the same order. The value is the
    standardised alpha (of z-scores), or the raw one; ``parts`` holds both, and for each item the
    alpha without it (``"without:law"``). With ``allow_missing``, more than two fifths of the units
    may lack a value. ``bootstrap=True`` gives an interval by drawing units anew.

    Raises
    ------
    ValueError
        When the items are not of the same length.

    Examples
    --------
    >>> found = cronbach_alpha({"a": [1, 2, 3, 4], "b": [2, 4, 6, 9], "c": [1, 3, 2, 4]})
    >>> round(found.value, 3), round(found.parts["raw"], 3), round(found.parts["without:c"], 3)
    (0.953, 0.865, 0.997)
    """
    lengths = {len(values) for values in items.values()}
    if len(lengths) > 1:
        msg = f"items hold one value for each unit, not {sorted(lengths)} values"
        raise ValueError(msg)
    units = list(zip(*items.values(), strict=True))
    rows = [cast("tuple[float, ...]", unit) for unit in units if None not in unit]
    missing = len(units) - len(rows)
    if len(items) < _TWO or len(rows) < _TWO:
        return Outcome(reason=Undefined.TOO_FEW, n=len(rows), missing=missing)
    if refused(len(rows), missing, allow_missing=allow_missing):
        return Outcome(reason=Undefined.TOO_MANY_MISSING, n=len(rows), missing=missing)
    columns = dict(zip(items, map(list, zip(*rows, strict=True)), strict=True))
    if any(len(set(values)) == 1 for values in columns.values()):
        return Outcome(reason=Undefined.NO_VARIATION, n=len(rows), missing=missing)
    alphas = {True: _alpha(_standardised(columns)), False: _alpha(columns)}
    chosen = _standardised(columns) if standardised else columns
    value = alphas[standardised]
    if value is None:
        return Outcome(reason=Undefined.NO_VARIATION, n=len(rows), missing=missing)

    def again(drawn: Sequence[tuple[float, ...]]) -> float | None:
        found = dict(zip(items, map(list, zip(*drawn, strict=True)), strict=True))
        if any(len(set(values)) == 1 for values in found.values()):
            return None
        return _alpha(_standardised(found) if standardised else found)

    return Outcome(
        value=value,
        n=len(rows),
        missing=missing,
        interval=bca_bootstrap(rows, again, seed=seed) if bootstrap else None,
        parts={
            "standardised": alphas[True],
            "raw": alphas[False],
            **{
                f"without:{name}": _alpha({k: v for k, v in chosen.items() if k != name})
                for name in items
            },
        },
        method={"standardised": standardised, "items": len(items)},
        warnings=warned(len(rows), missing),
    )


Columns = Mapping[str, list[float]]


def _standardised(columns: Columns) -> dict[str, list[float]]:
    return {
        name: [(value - fmean(values)) / stdev(values) for value in values]
        for name, values in columns.items()
    }


def _alpha(columns: Columns) -> float | None:
    k = len(columns)
    whole = variance([sum(row) for row in zip(*columns.values(), strict=True)])
    if k < _TWO or whole == 0:
        return None
    parts = sum(variance(values) for values in columns.values())
    return float(k / (k - 1) * (1 - parts / whole))


@value_metric(
    "L08",
    question="Do assessors agree more than by chance?",
    limits="Low agreement may be of the assessors or of the criterion: read the ratings.",
    unit="index",
    bounds=(-1, 1),
    better=Better.HIGHER,
    formula=r"\kappa = \frac{p_o - p_e}{1 - p_e}",
    missing="pairs with a rating that is not known are left out and counted as missing",
    small_numbers="below 30 pairs flagged; undefined where all ratings are equal",
    aggregation="recompute on all ratings",
    source="Cohen 1960, doi:10.1177/001316446002000104",
    level="assessment",
)
def cohen_kappa(
    pairs: Iterable[tuple[Rating, Rating]], *, bootstrap: bool = False, seed: int | None = None
) -> Outcome:
    """Cohen's kappa of two assessors.

    ``pairs`` holds the two ratings of each unit. ``parts`` holds the agreement observed and that
    expected by chance. For more assessors or missing ratings see :func:`krippendorff_alpha`.
    ``bootstrap=True`` gives an interval by drawing units anew.

    Examples
    --------
    >>> pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    >>> found = cohen_kappa(pairs)
    >>> round(found.value, 2), found.parts["observed"], found.parts["expected"]
    (0.4, 0.7, 0.5)
    """
    given = list(pairs)
    known = [pair for pair in given if None not in pair]
    n, missing = len(known), len(given) - len(known)
    if n == 0:
        reason = Undefined.NOT_KNOWN if missing else Undefined.ZERO_DENOMINATOR
        return Outcome(reason=reason, missing=missing)
    observed, expected = _agreement(known)
    value = _kappa(known)
    if value is None:
        return Outcome(reason=Undefined.NO_VARIATION, n=n, missing=missing)
    return Outcome(
        value=value,
        n=n,
        missing=missing,
        interval=bca_bootstrap(known, _kappa, seed=seed) if bootstrap else None,
        parts={"observed": observed, "expected": expected},
        warnings=("few",) if n < FEW else (),
    )


Pairs = Sequence[tuple[Rating, Rating]]


def _agreement(pairs: Pairs) -> tuple[float, float]:
    """Share of pairs that agree, and the share expected by chance."""
    n = len(pairs)
    first, second = (Counter(pair[side] for pair in pairs) for side in (0, 1))
    by_chance = sum(first[rating] * second[rating] for rating in first) / n**2
    return sum(a == b for a, b in pairs) / n, by_chance


def _kappa(pairs: Pairs) -> float | None:
    observed, expected = _agreement(pairs)
    return None if expected == 1 else (observed - expected) / (1 - expected)


@value_metric(
    "L08b",
    question="Do several assessors agree more than by chance?",
    limits="Low agreement may be of the assessors or of the criterion: read the ratings.",
    unit="index",
    bounds=(None, 1),
    better=Better.HIGHER,
    formula=r"\alpha = 1 - \frac{D_o}{D_e}",
    missing="units rated by fewer than two assessors are left out and counted as missing",
    small_numbers="below 30 pairable ratings flagged; undefined where all ratings are equal",
    aggregation="recompute on all ratings",
    source="Krippendorff 2004",
    level="assessment",
)
def krippendorff_alpha(
    units: Iterable[Iterable[Rating]],
    *,
    scale: Scale = "nominal",
    bootstrap: bool = False,
    seed: int | None = None,
) -> Outcome:
    """Krippendorff's alpha of several assessors.

    ``units`` holds the ratings of each unit, in any order; ``None`` is not rated. ``scale`` says
    how far two ratings differ: at all (``"nominal"``), by ranks between them (``"ordinal"``), by
    their difference (``"interval"``). ``bootstrap=True`` gives an interval by drawing units anew.

    Raises
    ------
    ValueError
        When ratings of an ordinal or interval scale are not numbers.

    Examples
    --------
    >>> ratings = [(1, 1), (2, 2), (3, 3), (3, 3), (2, 2), (1, 1), (4, 4), (1, 2), (2, 2)]
    >>> round(krippendorff_alpha([*ratings, (5, None)]).value, 3)
    0.852
    """
    given = [[rating for rating in unit if rating is not None] for unit in units]
    pairable = [unit for unit in given if len(unit) >= _TWO]
    missing = len(given) - len(pairable)
    counts = Counter(rating for unit in pairable for rating in unit)
    n = sum(counts.values())
    if scale != "nominal" and any(isinstance(rating, str) for rating in counts):
        msg = f"ratings of an {scale} scale are numbers, not {sorted(map(str, counts))}"
        raise ValueError(msg)
    if n == 0:
        return Outcome(reason=Undefined.NOT_KNOWN, missing=missing)
    if len(counts) == 1:
        return Outcome(reason=Undefined.NO_VARIATION, n=n, missing=missing)
    observed, expected = _disagreement(pairable, scale)

    def again(drawn: Sequence[Ratings]) -> float | None:
        several = len({rating for unit in drawn for rating in unit}) > 1
        return _reliability(*_disagreement(drawn, scale)) if several else None

    return Outcome(
        value=_reliability(observed, expected),
        n=n,
        missing=missing,
        interval=bca_bootstrap(pairable, again, seed=seed) if bootstrap else None,
        parts={"observed": observed, "expected": expected},
        method={"scale": scale},
        warnings=("few",) if n < FEW else (),
    )


def _reliability(observed: float, expected: float) -> float:
    return 1 - observed / expected


def _disagreement(units: Sequence["Ratings"], scale: Scale) -> tuple[float, float]:
    """Mean squared distance of ratings of one unit, and of all ratings."""
    counts = Counter(rating for unit in units for rating in unit)
    n, apart = sum(counts.values()), _apart(counts, scale)
    observed = sum(
        sum(apart(a, b) for a, b in permutations(unit, 2)) / (len(unit) - 1) for unit in units
    )
    expected = sum(counts[a] * counts[b] * apart(a, b) for a, b in permutations(counts, 2))
    return observed / n, expected / (n * (n - 1))


Value = str | float | int
Ratings = list[Value]


def _apart(counts: Mapping[Value, int], scale: Scale) -> Callable[[Value, Value], float]:
    """How far two ratings are apart, squared."""
    if scale == "nominal":
        return lambda a, b: float(a != b)
    if scale == "interval":
        return lambda a, b: (float(a) - float(b)) ** 2
    ordered = sorted(cast("Mapping[float, int]", counts))

    def ranks_between(a: Value, b: Value) -> float:
        low, high = sorted((float(a), float(b)))
        between = sum(counts[value] for value in ordered if low <= value <= high)
        return float((between - (counts[low] + counts[high]) / 2) ** 2)

    return ranks_between


__all__ = ["cohen_kappa", "cronbach_alpha", "krippendorff_alpha"]
