"""What changed between two datasets."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast, overload

from attrs import field, fields, frozen

from citess.errors import Issue, Report
from citess.i18n import Term, Text
from citess.model._texts import CATALOGUE
from citess.model.evidence import Json
from citess.model.fields import WITHHELD, field_types, is_domain_class
from citess.model.ids import RecordRef, SourceId
from citess.model.privacy import is_private, is_private_field
from citess.model.record import evolve
from citess.model.shelves import Record, Shelves, check_shelves, reference

if TYPE_CHECKING:
    from citess.model.dataset import Dataset


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

    remembered: tuple[Record, ...] = ()
    """Past versions that only the second keeps."""

    forgotten: tuple[Record, ...] = ()
    """Past versions that only the first keeps."""

    extra: tuple[Mapping[str, Json], Mapping[str, Json]] | None = field(default=None, repr=False)
    """What the two keep of a newer format, where that differs."""

    def text(self, language: str = "en") -> str:
        """Every difference on a line of its own: + added, - removed, ~ changed."""
        lines = [
            *(CATALOGUE.text("diff.removed", language, ref=reference(r)) for r in self.removed),
            *(CATALOGUE.text("diff.added", language, ref=reference(r)) for r in self.added),
            *(change.text(language) for change in self.changed),
            *(_past("forgotten", record, language) for record in self.forgotten),
            *(_past("remembered", record, language) for record in self.remembered),
            *(() if self.extra is None else (CATALOGUE.text("diff.extra", language),)),
        ]
        return "\n".join(lines) or CATALOGUE.text("diff.none", language)

    def __str__(self) -> str:
        return self.text()

    def __len__(self) -> int:
        versions = (self.added, self.removed, self.changed, self.remembered, self.forgotten)
        return sum(map(len, versions)) + (self.extra is not None)


def _past(what: str, record: Record, language: str) -> str:
    facts = {"ref": reference(record), "date": record.superseded}
    return CATALOGUE.text(f"diff.{what}", language, **facts)


def diff(a: "Dataset", b: "Dataset") -> Difference:
    """Tell what changed from one dataset to another, field by field.

    Past versions and what is kept of a newer format count too: :func:`apply` gives the second
    dataset whole.

    Examples
    --------
    >>> import citess
    >>> data = citess.datasets.tunisia()
    >>> len(diff(data, data))
    0
    """
    check_shelves(a, b)
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
        remembered=_only(b.past, a.past),
        forgotten=_only(a.past, b.past),
        extra=None if a.extra == b.extra else (a.extra, b.extra),
    )


def _only(versions: tuple[Record, ...], others: tuple[Record, ...]) -> tuple[Record, ...]:
    known = {*others}
    return tuple(version for version in versions if version not in known)


def _changes(ref: RecordRef, before: Record, after: Record) -> list[Change]:
    names = (*field_types(type(before)), "extra")
    pairs = [(name, getattr(before, name), getattr(after, name)) for name in names]
    sources = (before.sources, after.sources)
    return [Change(ref, name, old, new, sources) for name, old, new in pairs if old != new]


def _said(value: object, language: str) -> str:
    if value is None or isinstance(value, bool):
        word = "unknown" if value is None else "yes" if value else "no"
        return CATALOGUE.text(f"diff.{word}", language)
    if isinstance(value, Text):
        return value.get(language)
    if isinstance(value, Term):
        return value.label(language)
    if isinstance(value, tuple):
        items = cast("tuple[object, ...]", value)
        return f"[{', '.join(_said(item, language) for item in items)}]"
    if is_domain_class(type(value)) and type(value).__str__ is object.__str__:
        return f"({', '.join(_parts(value, language))})"
    return str(value)


def _parts(value: object, language: str) -> Iterable[str]:
    """Fields of a nested value that say something, without what is private."""
    for attribute in fields(cast("Any", type(value))):
        given = getattr(value, attribute.name)
        if given is None or given == () or is_private_field(type(value), attribute.name):
            continue
        yield f"{attribute.name}: {_said(given, language)}"


@overload
def apply(difference: Difference, data: "Dataset") -> "Dataset": ...
@overload
def apply(difference: Difference, data: Iterable[Record]) -> tuple[Record, ...]: ...
def apply(
    difference: Difference, data: "Dataset | Iterable[Record]"
) -> "Dataset | tuple[Record, ...]":
    """Make the changes of a difference to the dataset, or the records, it was found on.

    Raises
    ------
    ValueError
        When a record, or what is kept beside the records, is not as the difference found it.

    Examples
    --------
    >>> import citess
    >>> data = citess.datasets.tunisia()
    >>> changed = data.replace(citess.evolve(data.hubs["citess-mahdia"], charter=True))
    >>> citess.apply(citess.diff(data, changed), data) == changed
    True
    """
    if not isinstance(cast("object", difference), Difference):
        msg = f"a Difference is wanted, not {type(difference).__name__}"
        raise TypeError(msg)
    if not isinstance(data, Shelves):
        return _applied(difference, data)
    if difference.extra is not None and difference.extra[0] != data.extra:
        msg = "fields of a newer format are not as the difference found them"
        raise ValueError(msg)
    if not {*difference.forgotten} <= {*data.past}:
        msg = "past versions are not as the difference found them"
        raise ValueError(msg)
    return type(data)(
        _applied(difference, data.records()),
        extra=data.extra if difference.extra is None else difference.extra[1],
        past=(*_only(data.past, difference.forgotten), *difference.remembered),
    )


def _applied(difference: Difference, records: Iterable[Record]) -> tuple[Record, ...]:
    found = {reference(record): record for record in records}
    for record in difference.removed:
        if found.pop(reference(record), None) != record:
            msg = "the difference was found on other records"
            raise ValueError(msg)
    changes: dict[RecordRef, dict[str, object]] = {}
    for change in difference.changed:
        if change.ref not in found:
            msg = "the difference was found on other records"
            raise ValueError(msg)
        if getattr(found[change.ref], change.field) != change.before:
            msg = f"{change.ref} is not as the difference found it"
            raise ValueError(msg)
        changes.setdefault(change.ref, {})[change.field] = change.after
    for ref, changed in changes.items():
        found[ref] = evolve(found[ref], **changed)
    for record in difference.added:
        if reference(record) in found:
            msg = f"{reference(record)} is there already"
            raise ValueError(msg)
        found[reference(record)] = record
    return tuple(found.values())


def clashes(a: "Dataset", b: "Dataset") -> Report:
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
