"""Lifetimes: who was watched from when to when, and what ended it."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import accumulate
from math import isfinite
from typing import Final

GOING: Final = 0
"""Still going when last seen: censored."""

ENDED: Final = 1
"""Ended."""

LOST: Final = 2
"""Lost from sight: censored, and perhaps ended."""

Life = tuple[float, float, int]
"""When it began to be watched, until when, and how that ended."""


class Lifetimes:
    """Lifetimes with how many have each, and how many are at risk at any time."""

    def __init__(self, lives: Mapping[Life, int]) -> None:
        self.lives: dict[Life, int] = dict(sorted(lives.items()))
        self._until = self._sums((until, n) for (_, until, _), n in self.lives.items())
        self._since = self._sums((since, n) for (since, _, _), n in self.lives.items() if since > 0)
        ended: Counter[float] = Counter()
        for (_, until, how), n in self.lives.items():
            if how == ENDED:
                ended[until] += n
        self.ended: dict[float, int] = dict(sorted(ended.items()))

    @staticmethod
    def _sums(given: Iterable[tuple[float, int]]) -> tuple[list[float], list[int]]:
        totals: Counter[float] = Counter()
        for time, n in given:
            totals[time] += n
        times = sorted(totals)
        return times, [0, *accumulate(totals[time] for time in times)]

    @property
    def n(self) -> int:
        """How many lives."""
        return sum(self.lives.values())

    @property
    def last(self) -> float:
        """Longest time for which one was watched."""
        return self._until[0][-1] if self._until[0] else 0.0

    def count(self, how: int) -> int:
        """How many ended so."""
        return sum(n for (_, _, ended), n in self.lives.items() if ended == how)

    def at_risk(self, time: float) -> int:
        """How many were watched just before a time."""
        times, sums = self._until
        left = sums[-1] - sums[bisect_left(times, time)]
        times, sums = self._since
        return left - (sums[-1] - sums[bisect_left(times, time)])

    def worst(self) -> "Lifetimes":
        """Lifetimes in which all that were lost from sight ended when they were last seen."""
        return self._with(lambda life: (life[0], life[1], ENDED))

    def best(self) -> "Lifetimes":
        """Lifetimes in which all that were lost from sight are still going."""
        last = self.last
        return self._with(lambda life: (life[0], last, GOING))

    def _with(self, changed: Callable[[Life], Life]) -> "Lifetimes":
        found: Counter[Life] = Counter()
        for life, n in self.lives.items():
            found[changed(life) if life[2] == LOST else life] += n
        return Lifetimes(found)


def lifetimes(
    durations: Iterable[float],
    observed: Iterable[object] | None = None,
    *,
    entry: Iterable[float] | None = None,
    lost: Iterable[object] | None = None,
) -> Lifetimes:
    """Read lifetimes from columns of equal length.

    Raises
    ------
    ValueError
        When the lengths differ, a time is negative or not finite, or one ends before it is watched.
    """
    times = list(durations)
    columns = {
        "observed": [True] * len(times) if observed is None else list(observed),
        "entry": [0.0] * len(times) if entry is None else list(entry),
        "lost": [False] * len(times) if lost is None else list(lost),
    }
    for name, column in columns.items():
        if len(column) != len(times):
            msg = f"{name} has as many values as durations, {len(times)}, not {len(column)}"
            raise ValueError(msg)
    found: Counter[Life] = Counter()
    for until, ended, since, gone in zip(times, *columns.values(), strict=True):
        for name, time in (("durations", until), ("entry", since)):
            if not (isfinite(time) and time >= 0):
                msg = f"{name} are finite numbers of zero or more, not {time!r}"
                raise ValueError(msg)
        if since and since >= until:
            msg = f"entry is before the end of each duration: {since!r} is not before {until!r}"
            raise ValueError(msg)
        found[since, until, ENDED if ended else LOST if gone else GOING] += 1
    return Lifetimes(found)
