"""Indices of how evenly something is spread, as plain numbers."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import exp, fsum, log
from operator import mul
from typing import Final

from citess.metrics._quality import checked

_PALMA_TOP: Final = 0.1
_PALMA_BOTTOM: Final = 0.4

Weighed = tuple[float, float]
"""A value with its weight."""


def weighed(
    values: Iterable[float | None], weights: Iterable[float] | None = None
) -> tuple[list[Weighed], int]:
    """Values with their weights, and how many are not known.

    Raises
    ------
    ValueError
        When a value or weight is negative or not finite, or they are not the same number.
    """
    given = list(values)
    heavy = [1.0] * len(given) if weights is None else list(weights)
    if len(heavy) != len(given):
        msg = f"weights has one number a value: {len(given)}, not {len(heavy)}"
        raise ValueError(msg)
    for weight in heavy:
        checked("weights", weight)
    known = [
        (checked("values", value), weight)
        for value, weight in zip(given, heavy, strict=True)
        if value is not None
    ]
    return [pair for pair in known if pair[1] > 0], sum(value is None for value in given)


def gini_of(units: Sequence[Weighed]) -> float | None:
    """Gini index of values with weights; ``None`` where they sum to nothing.

    Examples
    --------
    >>> gini_of([(1, 1), (2, 1), (3, 1), (4, 1), (10, 1)])
    0.4
    >>> gini_of([(1, 2), (5, 1)]) == gini_of([(1, 1), (1, 1), (5, 1)])
    True
    """
    points = lorenz_of(units)
    if points is None:
        return None
    area = fsum((y + before) * (x - since) for (since, before), (x, y) in pairwise(points))
    return min(1.0, max(0.0, 1 - area))


def plain_gini(values: Sequence[float]) -> float | None:
    """Gini index of values of one unit each; ``None`` where they sum to nothing.

    Examples
    --------
    >>> round(plain_gini([10, 4, 3, 2, 1]), 6)
    0.4
    """
    ranked, total, n = sorted(values), sum(values), len(values)
    if total <= 0:
        return None
    found: float = 2 * sum(map(mul, range(1, n + 1), ranked)) / (n * total) - (n + 1) / n
    return min(1.0, max(0.0, found))


def lorenz_of(units: Sequence[Weighed]) -> list[tuple[float, float]] | None:
    """Points of the Lorenz curve; ``None`` where the values sum to nothing."""
    whole = fsum(weight for _, weight in units)
    total = fsum(value * weight for value, weight in units)
    if total <= 0:
        return None
    points, people, share = [(0.0, 0.0)], 0.0, 0.0
    for value, weight in sorted(units):
        people, share = people + weight, share + value * weight
        points.append((people / whole, share / total))
    points[-1] = (1.0, 1.0)
    return points


def lorenz(
    values: Iterable[float | None], weights: Iterable[float] | None = None
) -> tuple[tuple[float, float], ...]:
    """Lorenz curve: the share of the benefit that the least served share of units has.

    Points from (0, 0) to (1, 1); none where the benefits sum to nothing.

    Raises
    ------
    ValueError
        When a value or weight is negative or not finite.

    Examples
    --------
    >>> lorenz([1, 1, 2])[1:]
    ((0.3333333333333333, 0.25), (0.6666666666666666, 0.5), (1.0, 1.0))
    """
    units, _ = weighed(values, weights)
    return tuple(lorenz_of(units) or ())


def theil_of(units: Sequence[Weighed]) -> float | None:
    """Theil's T of values with weights; ``None`` where they sum to nothing."""
    whole = fsum(weight for _, weight in units)
    total = fsum(value * weight for value, weight in units)
    if total <= 0:
        return None
    mean = total / whole
    return max(
        0.0,
        fsum(w * x / mean * log(x / mean) for x, w in units if x > 0) / whole,
    )


def theil_terms(value: float, weight: float) -> tuple[float, float, float]:
    """What a unit adds to Theil's index: its weight, its benefit, and that times its logarithm."""
    benefit = value * weight
    return weight, benefit, benefit * log(value) if value > 0 else 0.0


def theil_of_terms(terms: Sequence[tuple[float, float, float]]) -> float | None:
    """Theil's T from what each unit adds: quick enough to be drawn many times over.

    Examples
    --------
    >>> terms = [theil_terms(value, 1) for value in (1, 2, 3, 4, 10)]
    >>> round(theil_of_terms(terms), 4)
    0.2764
    """
    sums: list[float] = [sum(column) for column in zip(*terms, strict=True)]
    people, benefit, logs = sums
    if benefit <= 0:
        return None
    return max(0.0, logs / benefit - log(benefit / people))


def atkinson(
    values: Iterable[float | None], epsilon: float, weights: Iterable[float] | None = None
) -> float | None:
    """Atkinson index: the share of the benefit that even spread could spare.

    ``epsilon`` above 0 tells how much more the least served count (Atkinson 1970,
    doi:10.1016/0022-0531(70)90039-6). ``None`` where the values sum to nothing.

    Raises
    ------
    ValueError
        When a value or weight is negative or not finite, or epsilon is not above 0.

    Examples
    --------
    >>> round(atkinson([1, 2, 3, 4, 10], epsilon=0.5), 4)
    0.1335
    """
    if checked("epsilon", epsilon) == 0:
        msg = "epsilon is above 0, not 0"
        raise ValueError(msg)
    units, _ = weighed(values, weights)
    whole = fsum(weight for _, weight in units)
    total = fsum(value * weight for value, weight in units)
    if total <= 0:
        return None
    least = min(value for value, _ in units)
    if epsilon >= 1 and least == 0:
        return 1.0
    mean = total / whole
    if epsilon == 1:
        equal = exp(fsum(w * log(x) for x, w in units) / whole)
    else:
        power = 1 - epsilon
        equal = (
            float((fsum(w * (x / mean) ** power for x, w in units) / whole) ** (1 / power)) * mean
        )
    return min(1.0, max(0.0, 1 - equal / mean))


def hoover(values: Iterable[float | None], weights: Iterable[float] | None = None) -> float | None:
    """Hoover index: the share of the benefit that would have to move for all to have the same.

    ``None`` where the values sum to nothing.

    Raises
    ------
    ValueError
        When a value or weight is negative or not finite.

    Examples
    --------
    >>> hoover([1, 2, 3, 4, 10])
    0.3
    """
    units, _ = weighed(values, weights)
    whole = fsum(weight for _, weight in units)
    total = fsum(value * weight for value, weight in units)
    if total <= 0:
        return None
    return fsum(abs(x - total / whole) * w for x, w in units) / (2 * total)


def palma(values: Iterable[float | None], weights: Iterable[float] | None = None) -> float | None:
    """Palma ratio: the share of the top tenth over that of the bottom two fifths.

    Shares are read off the Lorenz curve, between its points in proportion. ``None`` where the
    bottom has nothing, or the values sum to nothing.

    Raises
    ------
    ValueError
        When a value or weight is negative or not finite.

    Examples
    --------
    >>> round(palma([1] * 9 + [11]), 2)
    2.75
    """
    units, _ = weighed(values, weights)
    points = lorenz_of(units)
    if points is None:
        return None
    bottom = _share_below(points, _PALMA_BOTTOM)
    return (1 - _share_below(points, 1 - _PALMA_TOP)) / bottom if bottom > 0 else None


def _share_below(points: Sequence[tuple[float, float]], people: float) -> float:
    (since, before), (until, after) = next(
        pair for pair in pairwise(points) if people <= pair[1][0]
    )
    return before + (after - before) * (people - since) / (until - since)


__all__ = ["atkinson", "hoover", "lorenz", "palma"]
