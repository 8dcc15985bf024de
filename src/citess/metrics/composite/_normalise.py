"""Normalisation: values of different units brought to one scale."""

from collections.abc import Mapping
from math import isfinite
from statistics import fmean, stdev
from typing import Final, Literal, TypeVar

from attrs import frozen

U = TypeVar("U")
Values = Mapping[U, float]

_TWO: Final = 2


@frozen(kw_only=True)
class Goalpost:
    """The values of an indicator that score 0 and 1: fixed, so that old scores stay comparable.

    Examples
    --------
    >>> post = Goalpost(worst=0.8, best=12)
    >>> round(post.score(10), 2), post.score(20), Goalpost(worst=100, best=0).score(25)
    (0.82, 1.0, 0.75)
    """

    worst: float
    """Value that scores 0."""

    best: float
    """Value that scores 1; below ``worst`` where less is better."""

    def __attrs_post_init__(self) -> None:
        if not (isfinite(self.worst) and isfinite(self.best)) or self.worst == self.best:
            msg = f"goalposts are two different finite values, not {self.worst!r} and {self.best!r}"
            raise ValueError(msg)

    def score(self, value: float) -> float:
        """Place of a value between the goalposts, held between 0 and 1."""
        return min(1.0, max(0.0, self.place(value)))

    def place(self, value: float) -> float:
        """Place of a value between the goalposts, beyond them too."""
        return (finite(value) - self.worst) / (self.best - self.worst)


def finite(value: float) -> float:
    """Check that a value is a finite number.

    Raises
    ------
    ValueError
        When it is not: what is not known is ``None``.
    """
    if not isfinite(value):
        msg = f"a value is a finite number, or None when not known, not {value!r}"
        raise ValueError(msg)
    return value


def z_scores(values: Values[U]) -> dict[U, float]:
    """Distance from the mean in standard deviations (of the sample, ddof 1).

    Raises
    ------
    ValueError
        When there are fewer than two values or they are all equal.

    Examples
    --------
    >>> z_scores({"a": 1, "b": 2, "c": 3})
    {'a': -1.0, 'b': 0.0, 'c': 1.0}
    """
    if len(set(values.values())) < _TWO:
        msg = "z-scores need two different values or more"
        raise ValueError(msg)
    mean, spread = fmean(map(finite, values.values())), stdev(values.values())
    return {unit: (value - mean) / spread for unit, value in values.items()}


def min_max(values: Values[U]) -> dict[U, float]:
    """Place between the least and the greatest value of the sample, 0 to 1.

    Scores so made change when the sample changes: goalposts do not.

    Examples
    --------
    >>> min_max({"a": 10, "b": 20, "c": 15})
    {'a': 0.0, 'b': 1.0, 'c': 0.5}
    """
    post = Goalpost(worst=min(values.values()), best=max(values.values()))
    return {unit: post.score(value) for unit, value in values.items()}


def ranks(values: Values[U], *, highest_first: bool = True) -> dict[U, int]:
    """Rank of each unit; equal values share the best rank that they reach.

    Examples
    --------
    >>> ranks({"a": 0.7, "b": 0.9, "c": 0.7})
    {'a': 2, 'b': 1, 'c': 2}
    """
    ordered = sorted(map(finite, values.values()), reverse=highest_first)
    first = {value: place for place, value in reversed(list(enumerate(ordered, 1)))}
    return {unit: first[value] for unit, value in values.items()}


def distances(
    values: Values[U], reference: Literal["mean", "best"] | float = "best"
) -> dict[U, float]:
    """Value over that of a reference: the mean, the greatest, or one given.

    Raises
    ------
    ValueError
        When the reference is zero.

    Examples
    --------
    >>> distances({"a": 5, "b": 10}), distances({"a": 5, "b": 10}, "mean")["b"]
    ({'a': 0.5, 'b': 1.0}, 1.3333333333333333)
    """
    known = {"mean": fmean(map(finite, values.values())), "best": max(values.values())}
    base = known[reference] if isinstance(reference, str) else reference
    if base == 0:
        msg = "the reference is zero: no distance to it is defined"
        raise ValueError(msg)
    return {unit: value / base for unit, value in values.items()}


__all__ = ["Goalpost", "distances", "finite", "min_max", "ranks", "z_scores"]
