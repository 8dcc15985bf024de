"""Intervals by named methods."""

from math import sqrt
from statistics import NormalDist

from citess.metrics._measure import Interval


def wilson(successes: float, n: float, level: float = 0.95) -> Interval:
    """Wilson score interval of a proportion (Wilson 1927).

    Examples
    --------
    >>> interval = wilson(7, 10)
    >>> round(interval.low, 3), round(interval.high, 3)
    (0.397, 0.892)
    """
    z = NormalDist().inv_cdf((1 + level) / 2)
    share = successes / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    low = 0.0 if successes == 0 else max(0.0, centre - half)
    high = 1.0 if successes == n else min(1.0, centre + half)
    return Interval(low=low, high=high, method="wilson", level=level)


def newcombe(a: Interval, p: float, b: Interval, q: float) -> Interval:
    """Newcombe hybrid interval of a difference of two proportions (Newcombe 1998).

    Examples
    --------
    >>> interval = newcombe(wilson(56, 70), 56 / 70, wilson(48, 80), 48 / 80)
    >>> round(interval.low, 4), round(interval.high, 4)
    (0.0524, 0.3339)
    """
    low = p - q - sqrt((p - a.low) ** 2 + (b.high - q) ** 2)
    high = p - q + sqrt((a.high - p) ** 2 + (q - b.low) ** 2)
    return Interval(low=low, high=high, method="newcombe", level=a.level)
