"""Incomplete beta and gamma functions and their inverses, on the standard library alone."""

from collections.abc import Callable
from math import exp, isinf, lgamma, log, log1p
from typing import Final

_TINY: Final = 1e-300
_EPS: Final = 1e-15


def beta_share(x: float, a: float, b: float) -> float:
    """Regularised incomplete beta function: share of a beta distribution below x."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _beta_fraction(x, a, b) / a
    return 1 - front * _beta_fraction(1 - x, b, a) / b


def _beta_fraction(x: float, a: float, b: float) -> float:
    """Continued fraction of the incomplete beta function, by Lentz's method."""
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    found, m = d, 0
    while True:
        m += 1
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _away(1 + term * d)
            c = _away(1 + term / c)
            step = c * d
            found *= step
        if not abs(step - 1) > _EPS:
            return found


def _away(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def gamma_share(x: float, a: float) -> float:
    """Regularised lower incomplete gamma function: share of a gamma distribution below x."""
    return 1 - gamma_rest(x, a) if x >= a + 1 else _gamma_series(x, a)


def gamma_rest(x: float, a: float) -> float:
    """Regularised upper incomplete gamma function: share of a gamma distribution above x."""
    if isinf(x):
        return 0.0
    if x < a + 1:
        return 1 - _gamma_series(x, a)
    b = x + 1 - a
    c, d = 1 / _TINY, 1 / b
    found, n = d, 0
    while True:
        n += 1
        b += 2
        term = -n * (n - a)
        d = 1 / _away(term * d + b)
        c = _away(b + term / c)
        step = c * d
        found *= step
        if not abs(step - 1) > _EPS:
            return found * exp(a * log(x) - x - lgamma(a))


def _gamma_series(x: float, a: float) -> float:
    if x <= 0:
        return 0.0
    term = total = 1 / a
    n = a
    while term > total * _EPS / 10:
        n += 1
        term *= x / n
        total += term
    return total * exp(a * log(x) - x - lgamma(a))


def beta_quantile(share: float, a: float, b: float) -> float:
    """Value below which a share of a beta distribution lies."""
    return _inverse(lambda x: beta_share(x, a, b), share, 1.0)


def gamma_quantile(share: float, a: float) -> float:
    """Value below which a share of a gamma distribution lies."""
    high = a + 1
    while gamma_share(high, a) < share:
        high *= 2
    return _inverse(lambda x: gamma_share(x, a), share, high)


def _inverse(function: Callable[[float], float], target: float, high: float) -> float:
    """Where a rising function reaches a target, by halving until no number is between."""
    low = 0.0
    while low < (middle := (low + high) / 2) < high:
        if function(middle) < target:
            low = middle
        else:
            high = middle
    return high
