"""Curves of survival: Kaplan and Meier's estimate, its intervals, median and restricted mean.

Examples
--------
>>> from citess.metrics.curves import kaplan_meier
>>> curve = kaplan_meier([2, 5, 5, 9, 12, 15], [1, 1, 1, 1, 0, 0])
>>> curve.median, round(curve.at(9).survival, 4)
(5, 0.3333)
"""

from collections.abc import Iterable
from functools import cached_property
from math import exp, fsum, log, sqrt
from typing import Final

from attrs import frozen

from citess.metrics._lifetimes import ENDED, GOING, LOST, Lifetimes, lifetimes
from citess.metrics._measure import Interval
from citess.metrics.intervals import clopper_pearson, z_score

FEW_AT_RISK: Final = 10
"""Units at risk below which a curve should not be read."""

TRANSFORMS: Final = ("log-log", "log", "plain")
_ROUNDING: Final = 1e-9

_Step = tuple[float, int, int, float, float]


@frozen(kw_only=True)
class Point:
    """What a curve says of one time."""

    time: float
    """Time."""

    survival: float
    """Share still there after it."""

    se: float | None
    """Greenwood's standard error; ``None`` once nobody is left."""

    interval: Interval | None
    """Pointwise interval; ``None`` once nobody is left."""

    at_risk: int
    """How many were watched just before it."""

    events: int
    """How many ended at it."""


class SurvivalCurve:
    """Share still there after each time, estimated from complete and censored lifetimes."""

    def __init__(
        self, lives: Lifetimes, *, level: float = 0.95, transform: str = "log-log"
    ) -> None:
        if transform not in TRANSFORMS:
            msg = f"{transform!r} is no transform; they are {', '.join(TRANSFORMS)}"
            raise ValueError(msg)
        z_score(level)
        self.lives = lives
        self.level = level
        self.transform = transform
        steps: list[_Step] = []
        survival, spread = 1.0, 0.0
        for time, ended in lives.ended.items():
            at_risk = lives.at_risk(time)
            survival *= (at_risk - ended) / at_risk
            spread += ended / (at_risk * (at_risk - ended)) if at_risk > ended else 0.0
            steps.append((time, at_risk, ended, survival, spread))
        self._steps = steps

    @property
    def n(self) -> int:
        """How many lifetimes."""
        return self.lives.n

    @property
    def events(self) -> int:
        """How many ended."""
        return self.lives.count(ENDED)

    @property
    def censored(self) -> int:
        """How many were still going when last seen, or lost from sight."""
        return self.lives.count(GOING) + self.lives.count(LOST)

    @property
    def lost(self) -> int:
        """How many were lost from sight."""
        return self.lives.count(LOST)

    @property
    def last(self) -> float:
        """Longest time watched: beyond it the curve says nothing, unless nobody is left."""
        return self.lives.last

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """The curve at each time at which one ended."""
        return tuple(self._point(*step) for step in self._steps)

    def at(self, time: float) -> Point | None:
        """What the curve says of a time; ``None`` beyond the longest time watched.

        Examples
        --------
        >>> curve = kaplan_meier([1, 2, 3], [1, 0, 0])
        >>> round(curve.at(2.5).survival, 4), curve.at(4)
        (0.6667, None)
        """
        before = [step for step in self._steps if step[0] <= time]
        _, _, _, survival, spread = before[-1] if before else (0.0, 0, 0, 1.0, 0.0)
        if self.n == 0 or (time > self.last and survival > 0):
            return None
        ended = self.lives.ended.get(time, 0)
        return self._point(time, self.lives.at_risk(time), ended, survival, spread)

    def _point(
        self, time: float, at_risk: int, ended: int, survival: float, spread: float
    ) -> Point:
        return Point(
            time=time,
            survival=survival,
            se=survival * sqrt(spread) if survival > 0 else None,
            interval=self._interval(time, survival, spread),
            at_risk=at_risk,
            events=ended,
        )

    def _interval(self, time: float, survival: float, spread: float) -> Interval | None:
        if survival <= 0:
            return None
        if survival >= 1:
            n = max(1, self.lives.at_risk(time))
            low = clopper_pearson(n, n, self.level).low
            method = "clopper-pearson, nothing ended yet"
            return Interval(low=low, high=1.0, method=method, level=self.level)
        half = z_score(self.level) * sqrt(spread)
        if self.transform == "log-log":
            width = exp(half / -log(survival))
            low, high = survival**width, survival ** (1 / width)
        elif self.transform == "log":
            low, high = survival * exp(-half), min(1.0, survival * exp(half))
        else:
            low, high = max(0.0, survival * (1 - half)), min(1.0, survival * (1 + half))
        method = f"greenwood {self.transform}"
        return Interval(low=low, high=high, method=method, level=self.level)

    def quantile(self, share: float) -> float | None:
        """Time by which a share has ended; ``None`` when that is not reached.

        Raises
        ------
        ValueError
            When the share is not between 0 and 1.

        Examples
        --------
        >>> kaplan_meier([2, 5, 5, 9, 12, 15], [1, 1, 1, 1, 0, 0]).quantile(0.25)
        5
        """
        if not 0 < share < 1:
            msg = f"share is between 0 and 1, not {share!r}"
            raise ValueError(msg)
        return next(
            (time for time, _, _, left, _ in self._steps if left <= 1 - share + _ROUNDING), None
        )

    @property
    def median(self) -> float | None:
        """Time by which half have ended; ``None`` when that is not reached."""
        return self.quantile(0.5)

    @property
    def reliable_until(self) -> float:
        """Longest time at which ten or more were at risk at every end before."""
        if self.n < FEW_AT_RISK:
            return 0.0
        few = [time for time, at_risk, *_ in self._steps if at_risk < FEW_AT_RISK]
        times = sorted({until for _, until, _ in self.lives.lives})
        kept = [
            t for t in times if self.lives.at_risk(t) >= FEW_AT_RISK and (not few or t < few[0])
        ]
        return max(kept, default=0.0)

    def restricted_mean(self, until: float) -> tuple[float, float] | None:
        """Mean time lived up to a limit, with its standard error; ``None`` beyond the data.

        The area below the curve (Royston and Parmar 2013, doi:10.1186/1471-2288-13-152).

        Raises
        ------
        ValueError
            When the limit is not above zero.

        Examples
        --------
        >>> mean, se = kaplan_meier([1, 2, 3], [1, 1, 1]).restricted_mean(3)
        >>> round(mean, 4), round(se, 4)
        (2.0, 0.4714)
        """
        if not until > 0:
            msg = f"until is above zero, not {until!r}"
            raise ValueError(msg)
        if self.at(until) is None:
            return None
        steps = [step for step in self._steps if step[0] < until]
        times = [0.0, *(step[0] for step in steps), until]
        heights = [1.0, *(step[3] for step in steps)]
        areas = [
            height * (end - start)
            for height, start, end in zip(heights, times[:-1], times[1:], strict=True)
        ]
        variance, beyond = 0.0, fsum(areas)
        for area, (_, at_risk, ended, *_) in zip(areas, steps, strict=False):
            beyond -= area
            if at_risk > ended:
                variance += beyond**2 * ended / (at_risk * (at_risk - ended))
        return fsum(areas), sqrt(variance)

    def worst_and_best(self, time: float) -> tuple[float, float] | None:
        """Survival if all that were lost from sight ended then, and if none of them did."""
        ends = [SurvivalCurve(lives).at(time) for lives in (self.lives.worst(), self.lives.best())]
        if ends[0] is None or ends[1] is None:
            return None
        return ends[0].survival, ends[1].survival

    def __repr__(self) -> str:
        return f"<survival of {self.n}, {self.events} ended, {self.censored} censored>"


def kaplan_meier(  # noqa: PLR0913  (columns of the data, then how to read them)
    durations: Iterable[float],
    observed: Iterable[object] | None = None,
    *,
    entry: Iterable[float] | None = None,
    lost: Iterable[object] | None = None,
    level: float = 0.95,
    transform: str = "log-log",
) -> SurvivalCurve:
    """Estimate a survival curve (Kaplan and Meier 1958, doi:10.1080/01621459.1958.10501452).

    Parameters
    ----------
    durations
        How long each was watched, from its start.
    observed
        Whether it ended then; otherwise it was still going. All ended when not given.
    entry
        Time from its start at which it began to be watched: before, it could not be seen to end.
    lost
        Whether one that did not end was lost from sight: that counts as still going, and gives
        the worst and best case.
    level
        Confidence of the intervals.
    transform
        ``"log-log"``, ``"log"`` (the default of R) or ``"plain"``.

    Raises
    ------
    ValueError
        When columns differ in length, a time is negative or not finite, an entry is not before the
        end, or there is no such transform.

    Examples
    --------
    >>> remission = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
    >>> ended = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
    >>> point = kaplan_meier(remission, ended).at(10)
    >>> round(point.survival, 4), round(point.se, 4), point.at_risk
    (0.7529, 0.0963, 15)
    >>> round(point.interval.low, 4), round(point.interval.high, 4)
    (0.5032, 0.8894)
    """
    return SurvivalCurve(
        lifetimes(durations, observed, entry=entry, lost=lost), level=level, transform=transform
    )


__all__ = ["Point", "SurvivalCurve", "kaplan_meier"]
