"""Does the rank hold? What a composite indicator owes to the choices made in it."""

from collections.abc import Callable, Mapping, Sequence
from math import log
from random import Random
from statistics import fmean, median
from typing import Final

from citess.metrics._measure import Outcome, Undefined
from citess.metrics._registry import Better, value_metric
from citess.metrics.composite._normalise import min_max, ranks, z_scores
from citess.metrics.composite.scorecard import Given, Scorecard, geometric, linear

FACTORS: Final = ("normalisation", "weights", "aggregation", "imputation")
_FEW: Final = 5
_FLOOR: Final = 0.01
_HALF: Final = 0.5
_TAIL: Final = 0.05

Units = Mapping[str, Given]
Draw = Sequence[float]


def mean_rank_shift(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Mean absolute difference between the ranks that two orders give the same units.

    Raises
    ------
    ValueError
        When they rank different units, or none.

    Examples
    --------
    >>> mean_rank_shift({"x": 1, "y": 2, "z": 3}, {"x": 3, "y": 2, "z": 1})
    1.3333333333333333
    """
    if not a or set(a) != set(b):
        msg = f"the same units are ranked twice, one or more; odd ones: {sorted(set(a) ^ set(b))}"
        raise ValueError(msg)
    return fmean(abs(a[unit] - b[unit]) for unit in a)


@value_metric(
    "L05",
    question="Does the order of the territories hold whatever choices the index makes?",
    limits="Only the choices that are varied are tried; a wrong indicator stays wrong.",
    unit="ranks",
    bounds=(0, None),
    better=Better.LOWER,
    formula=r"\bar R_S = \frac{1}{m} \sum_u |\mathrm{rank}_{ref}(u) - \mathrm{rank}(u)|",
    missing="drawn: left out of the mean, or given the mean of the other units",
    small_numbers="undefined below 5 units",
    aggregation="recompute on all units",
    source="Saisana, Saltelli and Tarantola 2005, doi:10.1111/j.1467-985X.2005.00350.x",
    level="territory",
)
def rank_robustness(
    units: Units, scorecard: Scorecard, *, draws: int = 256, seed: int = 0, spread: float = 0.25
) -> Outcome:
    """Mean shift of ranks when the choices of a composite index are drawn anew.

    Four choices are drawn together: how values are normalised (goalposts, the range of the sample,
    z-scores), the weights (within ``spread`` of those of the scorecard: 0 keeps them, 1 forgets
    them), linear or geometric aggregation, and what stands for a missing value. The value is the
    mean shift of ranks against the scorecard itself; ``parts`` holds first-order and total Sobol
    indices of each choice (``"first:weights"``, ``"total:weights"``); ``method["ranks"]`` holds for
    each unit its rank in the scorecard, the median rank, and the 5 and 95 % ranks.

    Parameters
    ----------
    units
        Values of the indicators, by unit; ``None`` is not known.
    scorecard
        Index whose order is the reference.
    draws
        Size of the sample: the index is computed six times as often.
    seed
        Of the random numbers; the same seed gives the same answer.
    spread
        How far weights are drawn from those of the scorecard, 0 to 1.

    Raises
    ------
    ValueError
        When draws are fewer than two, or the spread is not between 0 and 1.

    Examples
    --------
    >>> from citess.metrics.composite import Goalpost, Scorecard
    >>> posts = dict.fromkeys(("law", "finance"), Goalpost(worst=0, best=10))
    >>> card = Scorecard(version="1", goalposts=posts)
    >>> units = {n: {"law": float(n), "finance": float(10 - 2 * n)} for n in range(1, 6)}
    >>> found = rank_robustness({str(n): v for n, v in units.items()}, card, draws=64)
    >>> found.method["ranks"]["1"]["reference"], 0 <= found.value <= 4
    (1, True)
    """
    if draws < 2 or not 0 <= spread <= 1:  # noqa: PLR2004  (a variance needs two)
        msg = f"draws are two or more and the spread from 0 to 1, not {draws!r} and {spread!r}"
        raise ValueError(msg)
    if len(units) < _FEW:
        return Outcome(reason=Undefined.TOO_FEW, n=len(units))
    index = _Index(units, scorecard, spread)
    reference = index.reference()
    if reference is None:
        return Outcome(reason=Undefined.NOT_KNOWN, n=len(units))
    seen: list[dict[str, int]] = []

    def shift(draw: Draw) -> float:
        drawn = index.ranks(draw)
        seen.append(drawn)
        return mean_rank_shift(drawn, reference)

    first, total = sobol(shift, index.blocks, draws=draws, seed=seed)
    main = seen[: 2 * draws]
    return Outcome(
        value=fmean(mean_rank_shift(drawn, reference) for drawn in main),
        n=len(units),
        missing=index.missing,
        parts={
            **{f"first:{name}": value for name, value in first.items()},
            **{f"total:{name}": value for name, value in total.items()},
        },
        method={
            "ranks": {unit: _spread(unit, reference, main) for unit in sorted(units)},
            "draws": draws,
            "seed": seed,
            "spread": spread,
            "version": scorecard.version,
        },
    )


def _spread(
    unit: str, reference: Mapping[str, int], drawn: Sequence[Mapping[str, int]]
) -> dict[str, float]:
    got = sorted(one[unit] for one in drawn)
    tail = int(_TAIL * (len(got) - 1))
    return {
        "reference": reference[unit],
        "median": median(got),
        "low": got[tail],
        "high": got[len(got) - 1 - tail],
    }


class _Index:
    """A composite index whose choices are drawn: numbers from 0 to 1, in blocks."""

    def __init__(self, units: Units, card: Scorecard, spread: float) -> None:
        self.card = card
        self.names = [name for name, share in card.shares.items() if share > 0]
        self.spread = spread
        self.values = {unit: {n: given.get(n) for n in self.names} for unit, given in units.items()}
        self.missing = sum(v is None for given in self.values.values() for v in given.values())
        self.blocks = {
            "normalisation": 1,
            "weights": len(self.names),
            "aggregation": 1,
            "imputation": 1,
        }
        self._scales = [self._scale(way) for way in ("goalposts", "range", "z")]

    def _scale(self, way: str) -> dict[str, dict[str, float | None]]:
        """Scores from 0 to 1 by unit and indicator, by one way of normalising."""
        by_unit: dict[str, dict[str, float | None]] = {unit: {} for unit in self.values}
        for name in self.names:
            known = {u: x for u, given in self.values.items() if (x := given[name]) is not None}
            scores = self._normalised(name, known, way)
            for unit, scored in by_unit.items():
                scored[name] = scores.get(unit)
        return by_unit

    def _normalised(self, name: str, known: dict[str, float], way: str) -> dict[str, float]:
        post = self.card.goalposts[name]
        if way == "goalposts" or len(set(known.values())) <= 1:
            return {unit: post.score(value) for unit, value in known.items()}
        placed = {unit: post.place(value) for unit, value in known.items()}
        return min_max(placed if way == "range" else _squeezed(z_scores(placed)))

    def reference(self) -> dict[str, int] | None:
        """Ranks of the scorecard itself, missing values left out."""
        scores: dict[str, float] = {}
        for unit, scored in self._scales[0].items():
            known = {name: x for name, x in scored.items() if x is not None}
            if not known:
                return None
            scores[unit] = linear(known, self.card.shares)
        return ranks(scores)

    def ranks(self, draw: Draw) -> dict[str, int]:
        """Ranks under choices that are drawn."""
        scale = self._scales[min(2, int(draw[0] * 3))]
        shares = self._weights(draw[1 : 1 + len(self.names)])
        mean = draw[-2] < _HALF
        filled = self._means(scale) if draw[-1] < _HALF else {}
        scores: dict[str, float] = {}
        for unit, scored in scale.items():
            known = {
                name: value
                for name, given in scored.items()
                if (value := filled.get(name) if given is None else given) is not None
            }
            scores[unit] = linear(known, shares) if mean else geometric(known, shares, _FLOOR)
        return ranks(scores)

    def _weights(self, draw: Draw) -> dict[str, float]:
        """Weights between those of the card and a point of the simplex drawn evenly."""
        masses = [-log(1 - u) for u in draw]
        total = sum(masses) or 1.0
        base = self.card.shares
        return {
            name: (1 - self.spread) * base[name] + self.spread * mass / total
            for name, mass in zip(self.names, masses, strict=True)
        }

    def _means(self, scale: Mapping[str, Mapping[str, float | None]]) -> dict[str, float]:
        means: dict[str, float] = {}
        for name in self.names:
            known = [x for scored in scale.values() if (x := scored[name]) is not None]
            if known:
                means[name] = fmean(known)
        return means


def _squeezed(scores: Mapping[str, float]) -> dict[str, float]:
    """Z-scores held within two standard deviations, so that none rules the whole."""
    return {unit: min(2.0, max(-2.0, score)) for unit, score in scores.items()}


def sobol(
    function: Callable[[Draw], float], blocks: Mapping[str, int], *, draws: int, seed: int
) -> tuple[dict[str, float | None], dict[str, float | None]]:
    """First-order and total Sobol indices of blocks of uniform numbers.

    By the designs of Saltelli 2010 and Jansen 1999; ``None`` where the function does not vary. The
    function is first called on the two base samples, in turn.

    Examples
    --------
    >>> first, total = sobol(lambda u: u[0] + 0 * u[1], {"a": 1, "b": 1}, draws=4096, seed=1)
    >>> round(first["a"], 1), round(total["b"], 1)
    (1.0, 0.0)
    """
    random = Random(seed)  # noqa: S311  (a simulation, not a secret)
    width = sum(blocks.values())
    a = [[random.random() for _ in range(width)] for _ in range(draws)]
    b = [[random.random() for _ in range(width)] for _ in range(draws)]
    at_a, at_b = [function(row) for row in a], [function(row) for row in b]
    both = [*at_a, *at_b]
    centre = fmean(both)
    variance = fmean((x - centre) ** 2 for x in both)
    first: dict[str, float | None] = {}
    total: dict[str, float | None] = {}
    start = 0
    for name, size in blocks.items():
        mixed = [
            function([*x[:start], *y[start : start + size], *x[start + size :]])
            for x, y in zip(a, b, strict=True)
        ]
        start += size
        if variance == 0:
            first[name] = total[name] = None
            continue
        first[name] = (
            fmean((y - centre) * (m - x) for x, y, m in zip(at_a, at_b, mixed, strict=True))
            / variance
        )
        total[name] = fmean((x - m) ** 2 for x, m in zip(at_a, mixed, strict=True)) / (2 * variance)
    return first, total


__all__ = ["FACTORS", "mean_rank_shift", "rank_robustness", "sobol"]
