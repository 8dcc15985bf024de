"""Spells: how long a project or enterprise stayed in a stage, and where it was a year later."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from attrs import frozen

from citess.metrics.tables._histories import History, day_of
from citess.model import PartialDate, Stage

YEAR: Final = 365.25
"""Days of a mean year."""

MONTH: Final = YEAR / 12
"""Days of a mean month."""


@frozen(kw_only=True)
class Spell:
    """A stay in a stage, or a step from one anniversary to the next."""

    history: History
    """Whose it is."""

    place: int
    """Which in order of time."""

    stage: Stage
    """Stage at the start."""

    to: Stage | None
    """Stage at the end; ``None`` where it was still there when last seen."""

    days: int
    """How long."""

    since: PartialDate
    """First day."""

    @property
    def id(self) -> str:
        """Whose it is, and which."""
        return f"{self.history.id}@{self.place}"


def anniversary(first: date, years: int) -> date:
    """Same day some years later; 28 February where there is no 29.

    Examples
    --------
    >>> anniversary(date(2020, 2, 29), 1)
    datetime.date(2021, 2, 28)
    """
    try:
        return first.replace(year=first.year + years)
    except ValueError:
        return first.replace(year=first.year + years, day=28)


def _path(history: History) -> list[tuple[date, Stage]]:
    """Days on which it entered another stage, closure last; one that later facts deny is none."""
    path: list[tuple[date, Stage]] = []
    for entry in history.stages:
        if entry.since is None or entry.stage is Stage.CLOSED:
            continue
        if not path or path[-1][1] is not entry.stage:
            path.append((day_of(entry.since), entry.stage))
    if path and history.closed is not None:
        path.append((history.closed, Stage.CLOSED))
    return path


def spells(history: History) -> Iterator[Spell]:
    """Stays in a stage of one history; closure is no stay."""
    path = _path(history)
    for place, (day, stage) in enumerate(path):
        if stage is Stage.CLOSED:
            continue
        after = path[place + 1] if place + 1 < len(path) else None
        end = after[0] if after else (history.last_seen or day)
        yield Spell(
            history=history,
            place=place,
            stage=stage,
            to=after[1] if after else None,
            days=(end - day).days,
            since=PartialDate.of(day),
        )


def years(history: History) -> Iterator[Spell]:
    """Steps of a year of one history, as far as it was seen."""
    path = _path(history)
    if not path or history.last_seen is None:
        return
    first, place = path[0][0], 0
    while True:
        start, end = anniversary(first, place), anniversary(first, place + 1)
        stage = _stage_on(path, start)
        over = history.closed is not None
        if stage is Stage.CLOSED or (end > history.last_seen and not over):
            return
        yield Spell(
            history=history,
            place=place,
            stage=stage,
            to=_stage_on(path, end),
            days=(end - start).days,
            since=PartialDate.of(start),
        )
        place += 1


def _stage_on(path: list[tuple[date, Stage]], day: date) -> Stage:
    return [stage for since, stage in path if since <= day][-1]
