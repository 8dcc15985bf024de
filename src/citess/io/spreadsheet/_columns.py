"""Sheets and their columns, derived from the annotations of the classes."""

from collections.abc import Iterator
from functools import cache
from typing import Final, cast

from attrs import frozen

from citess.i18n import Text
from citess.io._others import required_fields
from citess.model.evidence import Recorded
from citess.model.fields import FieldType, field_types, is_domain_class
from citess.model.privacy import is_private_field
from citess.model.shelves import ShelfType, shelf_types

OWNER: Final = "record"
"""Column of a sheet of entries: the id of the record to which an entry belongs."""

_SUPPORT: Final = tuple(field_types(Recorded))


@frozen
class Column:
    """A value that a row holds; a text has one cell for each of its languages."""

    path: tuple[str, ...]
    """Names of the fields that lead to it from the class of the row."""

    field: FieldType
    """What its annotation says."""

    required: bool
    """Whether no row can be without it."""

    private: bool
    """Whether it is about persons, or a note: written on demand only."""

    @property
    def name(self) -> str:
        """Name for programs: ``"period.start"``."""
        return ".".join(self.path)

    @property
    def is_text(self) -> bool:
        """Whether it holds one text in several languages."""
        return self.field.kind is Text


@frozen
class SheetType:
    """A kind of sheet: the records of a shelf, or the entries of one field of them."""

    shelf: ShelfType
    """Shelf of the records."""

    entries: str | None
    """Field of which it holds the entries, one a row; ``None`` for the records themselves."""

    row: type
    """Class of a row."""

    columns: tuple[Column, ...]
    """Columns in order: the id first, what supports the record last."""

    @property
    def name(self) -> str:
        """Name for programs and files: ``"hubs"``, ``"hubs.phases"``."""
        return self.shelf.name if self.entries is None else f"{self.shelf.name}.{self.entries}"

    def column(self, name: str) -> Column:
        """Column that holds a field of the row, or the first of those that do."""
        exact = (column for column in self.columns if column.name == name)
        below = (column for column in self.columns if column.path[0] == name.partition(".")[0])
        return next(exact, None) or next(below, self.columns[0])


@cache
def sheet_types() -> tuple[SheetType, ...]:
    """Kinds of sheets, in the order of the shelves; entries follow their records."""
    return tuple(sheet for shelf in shelf_types() for sheet in _of_shelf(shelf))


def _of_shelf(shelf: ShelfType) -> Iterator[SheetType]:
    yield SheetType(shelf, None, shelf.record, tuple(_columns(shelf.record, shelf.record)))
    id_type = field_types(shelf.record)["id"]
    owner = Column((OWNER,), id_type, required=True, private=False)
    for name, type_ in field_types(shelf.record).items():
        if is_entries(type_):
            row = cast("type", type_.kind)
            columns = tuple(_columns(row, row))
            yield SheetType(shelf, name, row, (owner, *columns))


def is_entries(field: FieldType) -> bool:
    """Tell whether a field holds entries that stand on a sheet of their own."""
    return field.many and is_domain_class(field.kind)


def ordered_fields(cls: type) -> dict[str, FieldType]:
    """Fields of a class in the order in which people fill them in."""
    types = field_types(cls)
    names = sorted(types, key=lambda name: (name in _SUPPORT, name != "id"))
    return {name: types[name] for name in names}


def _columns(
    cls: type, row: type, path: tuple[str, ...] = (), *, certain: bool = True
) -> Iterator[Column]:
    needed = required_fields(cls)
    for name, type_ in ordered_fields(cls).items():
        if is_entries(type_):
            continue
        below = (*path, name)
        required = certain and name in needed
        if is_domain_class(type_.kind):
            yield from _columns(cast("type", type_.kind), row, below, certain=required)
        else:
            yield Column(below, type_, required, is_private_field(row, *below))
