"""What changed between two datasets."""

from collections.abc import Iterable

from attrs import frozen

from citess.errors import Issue, Report
from citess.model.fields import WITHHELD, field_types
from citess.model.ids import RecordRef
from citess.model.privacy import is_private
from citess.model.record import evolve
from citess.model.shelves import Record, Shelves, reference


@frozen(repr=False)
class Change:
    """That a field of a record has another value."""

    ref: RecordRef
    """Record, as ``kind:id``."""

    field: str
    """Name of the field."""

    before: object
    """Value in the first dataset."""

    after: object
    """Value in the second."""

    def __repr__(self) -> str:
        shown = (self.before, self.after)
        before, after = (WITHHELD if self.is_private else repr(value) for value in shown)
        return f"Change({self.ref}.{self.field}: {before} -> {after})"

    @property
    def is_private(self) -> bool:
        """Whether the field is about a person, a note, or not understood."""
        return is_private(f"{self.ref.partition(':')[0]}.{self.field}")


@frozen
class Difference:
    """What a second dataset has more, less and otherwise than a first."""

    added: tuple[Record, ...] = ()
    """Records that only the second has."""

    removed: tuple[Record, ...] = ()
    """Records that only the first has."""

    changed: tuple[Change, ...] = ()
    """Fields that differ in records of both."""

    def __len__(self) -> int:
        return len(self.added) + len(self.removed) + len(self.changed)


def diff(a: Shelves, b: Shelves) -> Difference:
    """Tell what changed from one dataset to another, field by field.

    Examples
    --------
    >>> import citess
    >>> data = citess.datasets.tunisia()
    >>> len(diff(data, data))
    0
    """
    first = {reference(record): record for record in a.records()}
    second = {reference(record): record for record in b.records()}
    return Difference(
        added=tuple(record for ref, record in second.items() if ref not in first),
        removed=tuple(record for ref, record in first.items() if ref not in second),
        changed=tuple(
            change
            for ref, record in first.items()
            if ref in second and second[ref] != record
            for change in _changes(ref, record, second[ref])
        ),
    )


def _changes(ref: RecordRef, before: Record, after: Record) -> list[Change]:
    names = (*field_types(type(before)), "extra")
    pairs = [(name, getattr(before, name), getattr(after, name)) for name in names]
    return [Change(ref, name, old, new) for name, old, new in pairs if old != new]


def apply(difference: Difference, records: Iterable[Record]) -> tuple[Record, ...]:
    """Make the changes of a difference to the records it was found on.

    Raises
    ------
    ValueError
        When a record is not as the difference found it.

    Examples
    --------
    >>> import citess
    >>> data = citess.datasets.tunisia()
    >>> hub = citess.evolve(data.hubs["citess-mahdia"], charter=True)
    >>> changed = data.replace(hub)
    >>> citess.Dataset(apply(citess.diff(data, changed), data.records())) == changed
    True
    """
    found = {reference(record): record for record in records}
    for record in (*difference.removed, *(found.get(c.ref) for c in difference.changed)):
        if record is None or reference(record) not in found:
            msg = "the difference was found on other records"
            raise ValueError(msg)
    for record in difference.removed:
        del found[reference(record)]
    for ref in dict.fromkeys(change.ref for change in difference.changed):
        changes = {c.field: c.after for c in difference.changed if c.ref == ref}
        if any(
            getattr(found[ref], c.field) != c.before for c in difference.changed if c.ref == ref
        ):
            msg = f"{ref} is not as the difference found it"
            raise ValueError(msg)
        found[ref] = evolve(found[ref], **changes)
    found |= {reference(record): record for record in difference.added}
    return tuple(found.values())


def clashes(a: Shelves, b: Shelves) -> Report:
    """Report every field in which records with the same id differ between two datasets."""
    return Report(
        tuple(
            Issue.of(
                "conflict",
                f"{change.ref}.{change.field}",
                WITHHELD if change.is_private else change.before,
            )
            for change in diff(a, b).changed
        )
    )
