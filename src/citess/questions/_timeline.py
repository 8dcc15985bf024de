"""What happened to a record, in order of time."""

from collections.abc import Iterator
from typing import cast

from attrs import frozen

from citess.errors import InvalidValueError, Issue, UnknownIdError
from citess.model import Bound, Dataset, PartialDate, Record
from citess.model.fields import field_types, is_domain_class, is_term_class
from citess.model.ids import RecordRef
from citess.model.integrity import refers_to
from citess.model.shelves import kinds, reference
from citess.questions._answer import said
from citess.questions._given import check_given
from citess.questions._texts import CATALOGUE


@frozen
class Moment:
    """Something dated that is known of a record, or of one that names it."""

    date: PartialDate
    """When, as precisely as is known."""

    event: str
    """Name of the dated field: ``"opened"``, ``"since"``, ``"start"``."""

    ref: RecordRef
    """Record that says so."""

    what: object = None
    """Stage, phase or status entered, where it is one."""

    def text(self, language: str = "en") -> str:
        """Moment on a line."""
        event = CATALOGUE.text(f"event.{self.event}", language)
        shown = "" if self.what is None else f" {said(self.what, language)}"
        return f"{self.date} {self.ref} {event}{shown}"

    def __str__(self) -> str:
        return self.text()


def timeline(data: Dataset, id: str) -> tuple[Moment, ...]:  # noqa: A002  (the word of the field)
    """Give every dated fact of a record and of the records that name it, in order of time.

    Dates sort by their first possible day; those less precise come first.

    Parameters
    ----------
    data
        Dataset.
    id
        Id of a record, or a reference such as ``"hub:citess-mahdia"``.

    Raises
    ------
    UnknownIdError
        When no record has the id.
    InvalidValueError
        When records of several kinds have it: the references to choose from are named.
    TypeError
        When an argument is of another kind.

    Examples
    --------
    >>> import citess
    >>> print(timeline(citess.datasets.tunisia(), "citess-mahdia")[0])
    2017-03 hub:citess-mahdia created
    """
    check_given("data", data, Dataset)
    check_given("id", id, str)
    record = _record(data, id)
    about = (record, *refers_to(data.records(), reference(record)))
    moments = [
        Moment(date, event, reference(one), what)
        for one in about
        for date, event, what in _dated(one, type(one))
    ]
    return tuple(sorted(moments, key=lambda m: (m.date, m.ref, m.event)))


def _record(data: Dataset, id_: str) -> Record:
    if ":" in id_:
        return data.get(id_)
    found = [shelf[id_] for shelf in data.shelves() if id_ in shelf]
    if not found:
        raise UnknownIdError(" / ".join(kinds().values()), id_, None)
    if len(found) > 1:
        refs = ", ".join(map(reference, found))
        raise InvalidValueError(Issue.of("ambiguous-id", "id", id_, refs=refs))
    return found[0]


def _dated(value: object, cls: type) -> Iterator[tuple[PartialDate, str, object]]:
    what = next(
        (getattr(value, name) for name, f in field_types(cls).items() if is_term_class(f.kind)),
        None,
    )
    for name, field in field_types(cls).items():
        given: object = getattr(value, name)
        many = cast("tuple[object, ...]", given) if field.many else (given,)
        for item in many:
            if isinstance(item, Bound):
                yield from () if item.date is None else ((item.date, name, None),)
            elif isinstance(item, PartialDate):
                yield item, name, what if name == "since" else None
            elif item is not None and is_domain_class(field.kind):
                yield from _dated(item, cast("type", field.kind))
