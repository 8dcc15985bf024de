"""Metric of whether a benefit follows the rank of those who have it."""

from collections.abc import Iterable, Sequence
from math import fsum, sqrt
from typing import Final

from attrs import evolve

from citess.metrics._measure import Interval, Outcome, Undefined
from citess.metrics._quality import between, checked, doubted, refused
from citess.metrics._registry import Better, value_metric
from citess.metrics.intervals import z_score

_FEW: Final = 10
_LEAST_FOR_SE: Final = 3


def fractional_ranks(values: Sequence[float]) -> list[float]:
    """Rank of each value between 0 and 1, from the lowest; equal values share the mean rank.

    Examples
    --------
    >>> fractional_ranks([10, 30, 20, 30])
    [0.125, 0.75, 0.375, 0.75]
    """
    order = sorted(range(len(values)), key=lambda place: values[place])
    ranks, start = [0.0] * len(values), 0
    while start < len(order):
        end = start
        while end < len(order) and values[order[end]] == values[order[start]]:
            end += 1
        for place in order[start:end]:
            ranks[place] = (start + end) / 2 / len(order)
        start = end
    return ranks


@value_metric(
    "R09",
    question="Does the benefit follow wealth?",
    limits="It sees the order of wealth, not how far apart people are.",
    unit="index",
    bounds=(-1, 1),
    better=Better.CONTEXT,
    formula=r"C = \frac{2\,\mathrm{cov}(h, r)}{\mu},\quad E = \frac{4 \mu}{b - a}\, C",
    missing="units of which the benefit or the rank is not known are left out and counted; above "
    "two fifths there is no index",
    small_numbers="undefined below 2 units, flagged below 10",
    aggregation="recompute on all units, or pool by strata",
    source="Kakwani, Wagstaff and van Doorslaer 1997, doi:10.1016/S0304-4076(96)01807-6; "
    "Erreygers 2009, doi:10.1016/j.jhealeco.2008.02.003",
    level="person",
)
def concentration_index(
    benefits: Iterable[float | None],
    rank: Iterable[float | None] | None = None,
    *,
    bounds: tuple[float, float] | None = None,
    level: float = 0.95,
    allow_missing: bool = False,
) -> Outcome:
    """Concentration index of a benefit by rank.

    Below 0 the poor have more of it, above 0 the rich. ``rank`` is what units are ranked by, such
    as wealth; without it, benefits are given from the poorest to the richest. Where the benefit has
    ``bounds`` (a share, a score), ``parts["erreygers"]`` is the corrected index, which does not
    depend on whether presence or absence is counted. The interval is that of the convenient
    regression.

    Raises
    ------
    ValueError
        When a benefit is negative, not finite or out of its bounds, or ranks do not match.

    Examples
    --------
    >>> round(concentration_index([1, 2, 3, 4, 5]).value, 4)
    0.2667
    >>> found = concentration_index([0, 0, 1, 1], bounds=(0, 1))
    >>> found.value, found.parts["erreygers"]
    (0.5, 1.0)
    """
    given = list(benefits)
    ranks: list[float | None] = list(range(len(given))) if rank is None else list(rank)
    if len(ranks) != len(given):
        msg = f"rank has one number a benefit: {len(given)}, not {len(ranks)}"
        raise ValueError(msg)
    if bounds is not None and not bounds[0] < bounds[1]:
        msg = f"bounds rise from the least to the greatest, not {bounds!r}"
        raise ValueError(msg)
    pairs = [
        (_benefit(h, bounds), checked("rank", r, None))
        for h, r in zip(given, ranks, strict=True)
        if h is not None and r is not None
    ]
    n, missing = len(pairs), len(given) - len(pairs)
    found = Outcome(n=n, missing=missing)
    if n == 0:
        reason = Undefined.NOT_KNOWN if missing else Undefined.ZERO_DENOMINATOR
        return evolve(found, reason=reason)
    if refused(n, missing, allow_missing=allow_missing):
        return evolve(found, reason=Undefined.TOO_MANY_MISSING)
    if n < 2:  # noqa: PLR2004  (an order takes two)
        return evolve(found, reason=Undefined.TOO_FEW)
    mean = fsum(h for h, _ in pairs) / n
    if mean == 0:
        return evolve(found, reason=Undefined.ZERO_DENOMINATOR)
    placed = fractional_ranks([r for _, r in pairs])
    value, se = _regressed([h for h, _ in pairs], placed, mean)
    erreygers = None if bounds is None else 4 * mean / (bounds[1] - bounds[0]) * value
    doubtful = doubted(n, missing)
    return evolve(
        found,
        value=value,
        interval=_interval(value, se, level),
        parts={"erreygers": erreygers, "se": se, "mean": mean},
        method={"bounds": None if bounds is None else list(bounds), "se": "convenient regression"},
        warnings=(*(("few-units",) if n < _FEW else ()), *doubtful),
    )


def _benefit(value: float, bounds: tuple[float, float] | None) -> float:
    return checked("benefits", value) if bounds is None else between("benefits", value, *bounds)


def _regressed(
    benefits: Sequence[float], ranks: Sequence[float], mean: float
) -> tuple[float, float | None]:
    """Slope of the convenient regression, which is the index, and its standard error."""
    n = len(benefits)
    middle = fsum(ranks) / n
    spread = fsum((r - middle) ** 2 for r in ranks)
    together = fsum((h - mean) * (r - middle) for h, r in zip(benefits, ranks, strict=True))
    value = 2 * together / n / mean
    if n < _LEAST_FOR_SE or spread == 0:
        return value, None
    scale = 2 * spread / n / mean
    rest = fsum(
        (scale * (h - mean) - value * (r - middle)) ** 2
        for h, r in zip(benefits, ranks, strict=True)
    )
    return value, sqrt(rest / (n - 2) / spread)


def _interval(value: float, se: float | None, level: float) -> Interval | None:
    if se is None:
        return None
    half = z_score(level) * se
    return Interval(
        low=value - half, high=value + half, method="convenient regression", level=level
    )


__all__ = ["concentration_index", "fractional_ranks"]
