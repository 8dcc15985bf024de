"""Dated entries of a history, and the order they must stand in."""

from collections.abc import Iterable
from itertools import pairwise
from operator import attrgetter

from citess.errors import InvalidValueError, Issue
from citess.model.time import PartialDate


def check_order(name: str, dates: Iterable[PartialDate | None]) -> None:
    """Check that entries of a history stand in order of time; unknown dates fit anywhere.

    Raises
    ------
    InvalidValueError
        When an entry is surely earlier than one that stands before it.
    """
    known = [(place, day) for place, day in enumerate(dates) if day is not None]
    for (_, earlier), (place, later) in pairwise(known):
        if later.before(earlier):
            raise InvalidValueError(Issue.of("not-in-order", f"{name}[{place}].since", str(later)))


def in_order(entries: tuple[object, ...]) -> tuple[object, ...]:
    """Sort the dated entries of a history among their places; the others stay where they are."""
    dated = [entry for entry in entries if getattr(entry, "since", None) is not None]
    rising = iter(sorted(dated, key=attrgetter("since")))
    return tuple(next(rising) if entry in dated else entry for entry in entries)


def check_not_before(
    name: str, date: PartialDate | None, event: str, earliest: PartialDate | None
) -> None:
    """Check that a date is not surely before that of an event it follows.

    Raises
    ------
    InvalidValueError
        When it is.
    """
    if date is not None and earliest is not None and date.before(earliest):
        raise InvalidValueError(
            Issue.of("too-early", name, str(date), event=event, date=str(earliest))
        )
