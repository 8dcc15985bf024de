"""What changed between two datasets."""

from collections.abc import Iterable
from typing import cast

from attrs import frozen

from citess.errors import Issue, Report
from citess.i18n import Term, Text
from citess.model._texts import CATALOGUE
from citess.model.fields import WITHHELD, field_types
from citess.model.ids import RecordRef, SourceId
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

    sources: tuple[tuple[SourceId, ...], tuple[SourceId, ...]] = ((), ())
    """Sources of the record in the first dataset, and in the second."""

    def text(self, language: str = "en") -> str:
        """Change on a line, with the sources where they differ."""
        before, after = (
            CATALOGUE.text("diff.withheld", language) if self.is_private else _said(value, language)
            for value in (self.before, self.after)
        )
        line = CATALOGUE.text(
            "diff.changed", language, ref=self.ref, field=self.field, before=before, after=after
        )
        if self.sources[0] == self.sources[1]:
            return line
        first, second = (", ".join(cited) or "-" for cited in self.sources)
        return line + CATALOGUE.text("diff.sources", language, before=first, after=second)

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

    def text(self, language: str = "en") -> str:
        """Every difference on a line of its own: + added, - removed, ~ changed."""
        lines = [
            *(CATALOGUE.text("diff.removed", language, ref=reference(r)) for r in self.removed),
            *(CATALOGUE.text("diff.added", language, ref=reference(r)) for r in self.added),
            *(change.text(language) for change in self.changed),
        ]
        return "\n".join(lines) or CATALOGUE.text("diff.none", language)

    def __str__(self) -> str:
        return self.text()

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
    sources = (before.sources, after.sources)
    return [Change(ref, name, old, new, sources) for name, old, new in pairs if old != new]


def _said(value: object, language: str) -> str:
    if value is None:
        return CATALOGUE.text("diff.unknown", language)
    if isinstance(value, Text):
        return value.get(language)
    if isinstance(value, Term):
        return value.label(language)
    if isinstance(value, tuple):
        items = cast("tuple[object, ...]", value)
        return f"[{', '.join(_said(item, language) for item in items)}]"
    return str(value)


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
