"""Ranges of what is not known exactly, drawn and carried through a computation."""

from collections.abc import Callable, Mapping, Sequence
from math import fsum, isfinite
from random import Random
from typing import Final

from attrs import field, frozen

from citess.metrics._measure import Interval

SHAPES: Final = ("triangular", "beta", "uniform")
_DRAWS: Final = 8192
_PERT: Final = 4


@frozen(kw_only=True)
class Range:
    """A number that is known within a range only.

    Raises
    ------
    ValueError
        When the ends are not finite or not in order, the mode lies outside, or there is no such
        shape.

    Examples
    --------
    >>> Range(low=0.1, mode=0.2, high=0.4).mode
    0.2
    >>> Range(low=0.4, high=0.1)
    Traceback (most recent call last):
    ...
    ValueError: a range goes from low to high, and the mode is between: 0.4, None, 0.1
    """

    low: float
    """Least value."""

    high: float
    """Greatest value."""

    mode: float | None = None
    """Likeliest value; the middle when not given."""

    shape: str = field(default="triangular")
    """``"triangular"``, ``"beta"`` (smooth, more weight near the mode) or ``"uniform"``."""

    def __attrs_post_init__(self) -> None:
        numbers = (self.low, self.middle, self.high)
        if not all(map(isfinite, numbers)) or list(numbers) != sorted(numbers):
            msg = (
                "a range goes from low to high, and the mode is between: "
                f"{self.low!r}, {self.mode!r}, {self.high!r}"
            )
            raise ValueError(msg)
        if self.shape not in SHAPES:
            msg = f"{self.shape!r} is no shape; they are {', '.join(SHAPES)}"
            raise ValueError(msg)

    @property
    def middle(self) -> float:
        """The mode, or the middle."""
        return (self.low + self.high) / 2 if self.mode is None else self.mode

    def draw(self, random: Random) -> float:
        """Draw one value."""
        if self.low == self.high:
            return self.low
        if self.shape == "uniform":
            return random.uniform(self.low, self.high)
        if self.shape == "triangular":
            return random.triangular(self.low, self.high, self.middle)
        width = self.high - self.low
        a = 1 + _PERT * (self.middle - self.low) / width
        b = 1 + _PERT * (self.high - self.middle) / width
        return self.low + width * random.betavariate(a, b)


@frozen(kw_only=True)
class Propagated:
    """What the ranges of the inputs make of the result."""

    mean: float
    """Mean over the draws."""

    interval: Interval
    """Range that holds the middle part of the draws."""

    first_order: Mapping[str, float]
    """Share of the variance that each input explains alone (Sobol)."""

    total: Mapping[str, float]
    """Share of the variance that would remain if only that input were left unknown (Sobol)."""


def propagate(
    model: Callable[[Mapping[str, float]], float],
    ranges: Mapping[str, Range],
    *,
    seed: int,
    draws: int = _DRAWS,
    level: float = 0.95,
) -> Propagated:
    """Carry ranges through a computation by seeded draws, with first-order and total indices.

    Sobol 2001, doi:10.1016/S0378-4754(00)00270-6, by the estimators of Saltelli et al. 2010
    (doi:10.1016/j.cpc.2009.09.018) and Jansen. Inputs are taken to be independent.

    Raises
    ------
    ValueError
        When there are fewer than 2 draws, or the level is not between 0 and 1.

    Examples
    --------
    >>> found = propagate(
    ...     lambda x: x["a"] + 2 * x["b"],
    ...     {"a": Range(low=0, high=1), "b": Range(low=0, high=1)},
    ...     seed=1,
    ... )
    >>> abs(found.first_order["b"] - 0.8) < 0.03, abs(found.total["a"] - 0.2) < 0.03
    (True, True)
    """
    if draws < 2:  # noqa: PLR2004  (a spread takes two)
        msg = f"draws is 2 or more, not {draws}"
        raise ValueError(msg)
    if not 0 < level < 1:
        msg = f"level is between 0 and 1, not {level!r}"
        raise ValueError(msg)
    random = Random(seed)  # noqa: S311  (no secret: a seeded draw that can be repeated)
    names = sorted(ranges)
    one = [{name: ranges[name].draw(random) for name in names} for _ in range(draws)]
    two = [{name: ranges[name].draw(random) for name in names} for _ in range(draws)]
    a, b = [model(x) for x in one], [model(x) for x in two]
    mean = fsum((*a, *b)) / (2 * draws)
    variance = fsum((y - mean) ** 2 for y in (*a, *b)) / (2 * draws - 1)
    first, total = dict.fromkeys(names, 0.0), dict.fromkeys(names, 0.0)
    if variance > 0:
        for name in names:
            mixed = [model({**x, name: y[name]}) for x, y in zip(one, two, strict=True)]
            first[name] = _first(a, b, mixed, mean, variance)
            total[name] = fsum((x - y) ** 2 for x, y in zip(a, mixed, strict=True)) / (
                2 * draws * variance
            )
    values = sorted((*a, *b))
    tail = (1 - level) / 2
    interval = Interval(
        low=_quantile(values, tail),
        high=_quantile(values, 1 - tail),
        method=f"monte carlo seed={seed} B={draws}",
        level=level,
    )
    return Propagated(mean=mean, interval=interval, first_order=first, total=total)


def _first(
    a: Sequence[float], b: Sequence[float], mixed: Sequence[float], mean: float, variance: float
) -> float:
    return fsum((y - mean) * (z - x) for x, y, z in zip(a, b, mixed, strict=True)) / (
        len(a) * variance
    )


def _quantile(values: Sequence[float], share: float) -> float:
    at = share * (len(values) - 1)
    low = int(at)
    high = min(low + 1, len(values) - 1)
    return values[low] + (at - low) * (values[high] - values[low])


__all__ = ["Propagated", "Range", "propagate"]
