"""Dated entries of a history, and the order they must stand in."""

from collections.abc import Iterable
from datetime import date
from operator import attrgetter
from typing import Protocol, TypeVar

from citess.errors import InvalidValueError, Issue
from citess.model.time import PartialDate


class Dated(Protocol):
    """An entry of a history."""

    @property
    def since(self) -> PartialDate | None:
        """When it began, as precisely as is known."""


D = TypeVar("D", bound=Dated)


def last_begun(entries: Iterable[D], day: date) -> tuple[D | None, ...]:
    """Entries of a history of which each may be the last that had begun on a day.

    ``None`` among them says that perhaps none had begun. An entry begins no earlier than those
    before it, so one without a date has not begun while one before it surely has not.

    Examples
    --------
    >>> from citess import Stage, StageEntry
    >>> idea = StageEntry(stage=Stage.IDEA, since=PartialDate("2021-03-01"))
    >>> made = StageEntry(stage=Stage.CREATION)
    >>> last_begun((idea, made), date(2021, 2, 1)), last_begun((idea, made), date(2022, 1, 1))
    ((None,), (StageEntry(stage=<Stage.IDEA: 'idea'>, since=PartialDate('2021-03-01')), \
StageEntry(stage=<Stage.CREATION: 'creation'>)))
    """
    possible: tuple[D | None, ...] = (None,)
    for entry in entries:
        if entry.since is not None and day < entry.since.earliest:
            return possible
        begun = entry.since is not None and entry.since.latest <= day
        possible = (entry,) if begun else (*possible, entry)
    return possible


def check_order(name: str, dates: Iterable[PartialDate | None]) -> None:
    """Check that entries of a history stand in order of time; unknown dates fit anywhere.

    Raises
    ------
    InvalidValueError
        When an entry is surely earlier than one that stands before it.
    """
    reached = date.min
    for place, found in enumerate(dates):
        if found is None:
            continue
        if found.latest < reached:
            raise InvalidValueError(Issue.of("not-in-order", f"{name}[{place}].since", str(found)))
        reached = max(reached, found.earliest)


def in_order(entries: tuple[object, ...]) -> tuple[object, ...]:
    """Sort the dated entries of a history among their places; the others stay where they are."""
    dated = [entry for entry in entries if getattr(entry, "since", None) is not None]
    rising = iter(sorted(dated, key=attrgetter("since")))
    return tuple(next(rising) if entry in dated else entry for entry in entries)


def check_not_before(
    name: str, found: PartialDate | None, event: str, earliest: PartialDate | None
) -> None:
    """Check that a date is not surely before that of an event it follows.

    Raises
    ------
    InvalidValueError
        When it is.
    """
    if found is not None and earliest is not None and found.before(earliest):
        raise InvalidValueError(
            Issue.of("too-early", name, str(found), event=event, date=str(earliest))
        )
