"""When records were written down, and which version stood on a day."""

from collections.abc import Iterable
from datetime import date

from citess.model.fields import field_types
from citess.model.ids import RecordRef
from citess.model.record import evolve
from citess.model.shelves import Record, reference
from citess.model.time import PartialDate


def content_key(record: Record) -> str:
    """Text by which records sort that differ in any field, shown or withheld."""
    return repr([getattr(record, name) for name in field_types(type(record))])


def in_order(past: Iterable[Record]) -> tuple[Record, ...]:
    """Past versions, each once, by the record they are of and by the time they were replaced."""
    distinct = dict.fromkeys(past)
    return tuple(sorted(distinct, key=lambda r: (reference(r), str(r.superseded), content_key(r))))


def as_known(
    current: Iterable[Record], past: Iterable[Record], day: date, *, doubt: bool
) -> tuple[list[Record], list[Record]]:
    """Split versions into those that stood on a day, and those replaced by then.

    Parameters
    ----------
    current
        Versions that stand today.
    past
        Versions that others took the place of.
    day
        The day.
    doubt
        What to answer where a date is too coarse to tell whether it was reached.
    """
    standing = [record for record in current if _reached(record.recorded, day, doubt=doubt)]
    replaced: list[Record] = []
    for record in past:
        if not _reached(record.recorded, day, doubt=doubt):
            continue
        if record.superseded is not None and _reached(record.superseded, day, doubt=doubt):
            replaced.append(record)
        else:
            standing.append(evolve(record, superseded=None))
    return standing, replaced


def in_doubt(versions: Iterable[Record], day: date) -> tuple[RecordRef, ...]:
    """References of versions whose dates are too coarse to tell whether they stood on a day."""
    doubtful = {
        reference(record)
        for record in versions
        for date_ in (record.recorded, record.superseded)
        if date_ is not None and date_.earliest <= day < date_.latest
    }
    return tuple(sorted(doubtful))


def _reached(date_: PartialDate | None, day: date, *, doubt: bool) -> bool:
    if date_ is None or date_.latest <= day:
        return True
    return doubt and date_.earliest <= day
