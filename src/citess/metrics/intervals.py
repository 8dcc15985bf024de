"""Intervals by named methods, for shares, ratios, rates and anything that can be resampled.

Examples
--------
>>> from citess.metrics.intervals import wilson
>>> wilson(0, 20).low, round(wilson(0, 20).high, 4)
(0.0, 0.1611)
"""

from collections.abc import Iterable
from math import exp, fsum, isfinite, lgamma, log, pi, prod, sqrt
from statistics import NormalDist
from typing import Final

from citess.metrics._measure import Interval
from citess.metrics._resampling import bca_bootstrap
from citess.metrics._special import beta_quantile, gamma_quantile

LEVEL: Final = 0.95


def z_score(level: float = LEVEL) -> float:
    """Half-width of a normal interval in standard errors.

    Raises
    ------
    ValueError
        When the level is not between 0 and 1.

    Examples
    --------
    >>> round(z_score(), 3)
    1.96
    """
    if not 0 < level < 1:
        msg = f"level is between 0 and 1, not {level!r}"
        raise ValueError(msg)
    return NormalDist().inv_cdf((1 + level) / 2)


def _check(successes: float, n: float, of: str = "successes", among: str = "n") -> None:
    if not (isfinite(n) and n > 0):
        msg = f"{among} is a finite number above 0, not {n!r}"
        raise ValueError(msg)
    if not (isfinite(successes) and 0 <= successes <= n):
        msg = f"{of} is between 0 and {among} ({n!r}), not {successes!r}"
        raise ValueError(msg)


def wilson(successes: float, n: float, level: float = LEVEL) -> Interval:
    """Wilson score interval of a share (Wilson 1927, doi:10.1080/01621459.1927.10502953).

    Raises
    ------
    ValueError
        When a count is negative or not finite, n is 0, or the level is not between 0 and 1.

    Examples
    --------
    >>> interval = wilson(7, 10)
    >>> round(interval.low, 3), round(interval.high, 3)
    (0.397, 0.892)
    """
    _check(successes, n)
    z = z_score(level)
    share = successes / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    low = 0.0 if successes == 0 else max(0.0, centre - half)
    high = 1.0 if successes == n else min(1.0, centre + half)
    return Interval(low=low, high=high, method="wilson", level=level)


def clopper_pearson(successes: float, n: float, level: float = LEVEL) -> Interval:
    """Exact interval of a share (Clopper and Pearson 1934, doi:10.1093/biomet/26.4.404).

    Wider than Wilson's: it holds the true share at least as often as it says.

    Raises
    ------
    ValueError
        When a count is negative or not finite, n is 0, or the level is not between 0 and 1.

    Examples
    --------
    >>> interval = clopper_pearson(0, 20)
    >>> interval.low, round(interval.high, 4)
    (0.0, 0.1684)
    """
    _check(successes, n)
    z_score(level)
    tail = (1 - level) / 2
    low = 0.0 if successes == 0 else beta_quantile(tail, successes, n - successes + 1)
    high = 1.0 if successes == n else 1 - beta_quantile(tail, n - successes, successes + 1)
    return Interval(low=low, high=high, method="clopper-pearson", level=level)


def newcombe(
    successes: float, n: float, other_successes: float, other_n: float, level: float = LEVEL
) -> Interval:
    """Newcombe's hybrid interval of the first share less the second.

    Newcombe 1998, doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I.

    Raises
    ------
    ValueError
        When a count is negative or not finite, n is 0, or the level is not between 0 and 1.

    Examples
    --------
    >>> interval = newcombe(56, 70, 48, 80)
    >>> round(interval.low, 4), round(interval.high, 4)
    (0.0524, 0.3339)
    """
    _check(other_successes, other_n, "other_successes", "other_n")
    a, b = wilson(successes, n, level), wilson(other_successes, other_n, level)
    p, q = successes / n, other_successes / other_n
    low = p - q - sqrt((p - a.low) ** 2 + (b.high - q) ** 2)
    high = p - q + sqrt((a.high - p) ** 2 + (q - b.low) ** 2)
    return Interval(low=low, high=high, method="newcombe", level=level)


def katz(
    successes: float, n: float, other_successes: float, other_n: float, level: float = LEVEL
) -> Interval:
    """Katz's log interval of the ratio of two shares, the first to the second.

    Katz et al. 1978, doi:10.2307/2530610. Where the first share is 0, or both are 1, a half is
    added to successes and failures alike, as the logarithm asks, and the method says so.

    Raises
    ------
    ValueError
        When a count is negative or not finite, an n is 0, the second share is 0 (then the ratio is
        not defined), or the level is not between 0 and 1.

    Examples
    --------
    >>> interval = katz(120, 5000, 80, 5200)
    >>> round(interval.low, 2), round(interval.high, 2)
    (1.18, 2.06)
    """
    _check(successes, n)
    _check(other_successes, other_n, "other_successes", "other_n")
    if other_successes == 0:
        msg = "other_successes is above 0: a ratio to 0 is not defined"
        raise ValueError(msg)
    ratio = (successes / n) / (other_successes / other_n)
    a, b, method = float(successes), float(other_successes), "katz"
    size, other_size = float(n), float(other_n)
    if successes == 0 or (successes == n and other_successes == other_n):
        a, b, size, other_size = a + 0.5, b + 0.5, size + 1, other_size + 1
        method = "katz, half added"
    middle = log((a / size) / (b / other_size))
    half = z_score(level) * sqrt(max(0.0, 1 / a - 1 / size + 1 / b - 1 / other_size))
    low = 0.0 if successes == 0 else min(ratio, exp(middle - half))
    return Interval(low=low, high=max(ratio, exp(middle + half)), method=method, level=level)


def garwood(events: float, exposure: float = 1, level: float = LEVEL) -> Interval:
    """Exact interval of a rate of events (Garwood 1936, doi:10.1093/biomet/28.3-4.437).

    Raises
    ------
    ValueError
        When the events are negative or not finite, the exposure is not above 0, or the level is
        not between 0 and 1.

    Examples
    --------
    >>> interval = garwood(10, 200)
    >>> round(interval.low, 4), round(interval.high, 4)
    (0.024, 0.092)
    """
    if not (isfinite(events) and events >= 0):
        msg = f"events is a finite number of 0 or more, not {events!r}"
        raise ValueError(msg)
    if not (isfinite(exposure) and exposure > 0):
        msg = f"exposure is a finite number above 0, not {exposure!r}"
        raise ValueError(msg)
    z_score(level)
    tail = (1 - level) / 2
    low = gamma_quantile(tail, events) / exposure if events else 0.0
    high = gamma_quantile(1 - tail, events + 1) / exposure
    return Interval(low=low, high=high, method="garwood", level=level)


def sison_glaz(counts: Iterable[int], level: float = LEVEL) -> tuple[Interval, ...]:
    """Simultaneous intervals of the shares of a whole, one for each count.

    Sison and Glaz 1995, doi:10.1080/01621459.1995.10476521. Best from about seven classes with
    counts of similar size; together they hold all the true shares with the stated confidence.

    Raises
    ------
    ValueError
        When there is no count, one is negative or no whole number, or all are 0, or the level is
        not between 0 and 1.

    Examples
    --------
    >>> [(round(i.low, 3), round(i.high, 3)) for i in sison_glaz([30, 10, 5])]
    [(0.556, 0.817), (0.111, 0.372), (0.0, 0.261)]
    """
    given = list(counts)
    if any(count < 0 or count != int(count) for count in given):
        msg = f"counts are whole numbers of 0 or more, not {given!r}"
        raise ValueError(msg)
    n = sum(given)
    if n == 0:
        msg = f"counts have a sum above 0, not {given!r}"
        raise ValueError(msg)
    z_score(level)
    half, before, now = 0, 0.0, _held(given, n, 1)
    while now < level and half < n:
        half, before, now = half + 1, now, _held(given, n, half + 2)
    rest = min(1.0, max(0.0, (level - before) / (now - before))) if now > before else 0.0
    return tuple(
        Interval(
            low=max(0.0, (count - half) / n),
            high=min(1.0, (count + half + 2 * rest) / n),
            method="sison-glaz",
            level=level,
        )
        for count in given
    )


def _held(counts: list[int], n: int, half: int) -> float:
    """Chance that every count of a multinomial lies within some distance of the one seen."""
    if half >= n:
        return 1.0
    boxes = [(max(0, count - half), min(n, count + half)) for count in counts]
    seen = [_truncated(*box, mean) for box, mean in zip(boxes, counts, strict=True)]
    inside = prod(one[0] for one in seen)
    beyond, variance, third = (fsum(one[k] for one in seen) for k in (1, 2, 3))
    fourth = fsum(one[4] - 3 * one[2] ** 2 for one in seen)
    skew, excess = third / (variance * sqrt(variance)), fourth / variance**2
    x = -beyond / sqrt(variance)
    series = (
        1
        + skew * (x**3 - 3 * x) / 6
        + excess * (x**4 - 6 * x**2 + 3) / 24
        + skew**2 * (x**6 - 15 * x**4 + 45 * x**2 - 15) / 72
    )
    density = series * exp(-x * x / 2) / sqrt(2 * pi * variance)
    exactly = exp(n * log(n) - n - lgamma(n + 1))
    return inside * density / exactly


def _truncated(low: int, high: int, mean: int) -> tuple[float, float, float, float, float]:
    """Chance that a Poisson count lies between two whole numbers, both included.

    With how far the mean of such counts is from that of all, and their central moments 2 to 4:
    summed about the mean, since moments about zero cancel where counts are large.
    """
    if mean == 0:
        return 1.0, 0.0, 0.0, 0.0, 0.0
    chances = [
        (count - mean, exp(count * log(mean) - mean - lgamma(count + 1)))
        for count in range(low, high + 1)
    ]
    inside = fsum(chance for _, chance in chances)
    beyond = fsum(chance * away for away, chance in chances) / inside
    second, third, fourth = (
        fsum(chance * (away - beyond) ** r for away, chance in chances) / inside for r in (2, 3, 4)
    )
    return inside, beyond, second, third, fourth


__all__ = [
    "bca_bootstrap",
    "clopper_pearson",
    "garwood",
    "katz",
    "newcombe",
    "sison_glaz",
    "wilson",
    "z_score",
]
