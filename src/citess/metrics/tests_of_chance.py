"""Tests of chance: how likely what was seen would be if nothing but chance were at work.

Examples
--------
>>> from citess.metrics.tests_of_chance import hypergeometric_p
>>> round(hypergeometric_p(18, units=100, marked=40, drawn=30), 5)
0.00736
"""

from collections.abc import Callable, Iterable
from math import comb, erfc, exp, fsum, isfinite, lgamma, sqrt
from random import Random
from typing import Final

from attrs import frozen

from citess.metrics._special import gamma_rest
from citess.network._arguments import is_whole

_EXACT_UP_TO: Final = 20_000
_ROUNDING: Final = 1e-12


def hypergeometric_p(seen: int, *, units: int, marked: int, drawn: int) -> float:
    """Chance of at least as many marked units in a draw as were seen.

    Of ``units``, ``marked`` bear a mark and ``drawn`` are drawn without putting back; exact.

    Raises
    ------
    ValueError
        When a number is negative, or more units are marked or drawn than there are.

    Examples
    --------
    >>> hypergeometric_p(5, units=20, marked=5, drawn=5) == 1 / 15504  # all five of 20 choose 5
    True
    """
    if units < 0 or not (0 <= marked <= units and 0 <= drawn <= units):
        msg = f"marked ({marked}) and drawn ({drawn}) are between 0 and units ({units})"
        raise ValueError(msg)
    first, last = max(seen, 0, marked + drawn - units), min(marked, drawn)
    if first > last:
        return 0.0
    if units <= _EXACT_UP_TO:
        term = total = comb(marked, first) * comb(units - marked, drawn - first)
        for k in range(first, last):
            term = term * (marked - k) * (drawn - k)
            term //= (k + 1) * (units - marked - drawn + k + 1)
            total += term
        return total / comb(units, drawn)
    every = _log_comb(units, drawn)
    return min(
        1.0,
        fsum(
            exp(_log_comb(marked, k) + _log_comb(units - marked, drawn - k) - every)
            for k in range(first, last + 1)
        ),
    )


def _log_comb(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def benjamini_hochberg(p_values: Iterable[float]) -> tuple[float, ...]:
    """Adjust p-values for many tests, holding the share of false discoveries.

    Benjamini and Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x.

    Raises
    ------
    ValueError
        When a p-value is not between 0 and 1.

    Examples
    --------
    >>> benjamini_hochberg([0.01, 0.04, 0.03, 0.5])
    (0.04, 0.05333333333333334, 0.05333333333333334, 0.5)
    """
    given = _probabilities(p_values)
    order = sorted(range(len(given)), key=lambda place: given[place], reverse=True)
    adjusted, least = [0.0] * len(given), 1.0
    for above, place in enumerate(order):
        least = min(least, given[place] * len(given) / (len(given) - above))
        adjusted[place] = least
    return tuple(adjusted)


def bonferroni(p_values: Iterable[float]) -> tuple[float, ...]:
    """Adjust p-values for many tests, holding the chance of any false discovery.

    Raises
    ------
    ValueError
        When a p-value is not between 0 and 1.

    Examples
    --------
    >>> bonferroni([0.01, 0.5])
    (0.02, 1.0)
    """
    given = _probabilities(p_values)
    return tuple(min(1.0, p * len(given)) for p in given)


def _probabilities(p_values: Iterable[float]) -> list[float]:
    given = list(p_values)
    for p in given:
        if not 0 <= p <= 1:
            msg = f"p_values are between 0 and 1, not {p!r}"
            raise ValueError(msg)
    return given


def chi_square_p(statistic: float, df: float) -> float:
    """Chance of a chi-square statistic at least as great.

    Raises
    ------
    ValueError
        When the statistic is negative or not finite, or the degrees of freedom are not above 0.

    Examples
    --------
    >>> round(chi_square_p(3.841, df=1), 3)
    0.05
    """
    if not (isfinite(statistic) and statistic >= 0):
        msg = f"statistic is a finite number of 0 or more, not {statistic!r}"
        raise ValueError(msg)
    if not (isfinite(df) and df > 0):
        msg = f"df is a finite number above 0, not {df!r}"
        raise ValueError(msg)
    return gamma_rest(statistic / 2, df / 2)


def normal_p(z: float) -> float:
    """Chance of a normal score at least as far from zero, on either side.

    Examples
    --------
    >>> round(normal_p(1.96), 3)
    0.05
    """
    return erfc(abs(z) / sqrt(2))


@frozen(kw_only=True)
class Null:
    """What chance alone would give, and how far what was seen stands from it."""

    expected: float
    """Mean over the draws."""

    sd: float
    """Standard deviation over the draws."""

    z: float | None
    """Standard deviations between what was seen and the mean; ``None`` where all draws agree."""

    p: float
    """Chance of a draw at least as great as what was seen, itself counted as one."""

    two_sided: float
    """Chance of a draw at least as far from the mean, on either side."""

    draws: int
    """Number of draws."""

    seed: int
    """Seed of the draws."""


def randomisation(
    seen: float, draw: Callable[[Random], float], *, seed: int, draws: int = 1000
) -> Null:
    """Compare a value with what a random draw of the same data gives, many times over.

    Raises
    ------
    TypeError
        When the seed is no whole number.
    ValueError
        When there are fewer than 2 draws.

    Examples
    --------
    >>> null = randomisation(12, lambda random: random.randint(1, 6) + random.randint(1, 6), seed=1)
    >>> 6.5 < null.expected < 7.5, null.z > 1.5, null.p < 0.1
    (True, True, True)
    """
    if not (is_whole(draws) and draws >= 2):  # noqa: PLR2004  (a spread takes two)
        msg = f"draws is 2 or more, not {draws!r}"
        raise ValueError(msg)
    if not is_whole(seed):
        msg = f"seed is a whole number, not {seed!r}"
        raise TypeError(msg)
    random = Random(seed)  # noqa: S311  (no secret: a seeded draw that can be repeated)
    values = [draw(random) for _ in range(draws)]
    mean = fsum(values) / draws
    sd = sqrt(fsum((value - mean) ** 2 for value in values) / (draws - 1))
    above = sum(value >= seen - _ROUNDING for value in values)
    far = sum(abs(value - mean) >= abs(seen - mean) - _ROUNDING for value in values)
    return Null(
        expected=mean,
        sd=sd,
        z=(seen - mean) / sd if sd > _ROUNDING else None,
        p=(above + 1) / (draws + 1),
        two_sided=(far + 1) / (draws + 1),
        draws=draws,
        seed=seed,
    )


__all__ = [
    "Null",
    "benjamini_hochberg",
    "bonferroni",
    "chi_square_p",
    "hypergeometric_p",
    "normal_p",
    "randomisation",
]
