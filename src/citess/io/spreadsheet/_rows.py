"""Records as rows of cells, and what of them has no cell."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import cast

from attrs import frozen

from citess.i18n import LANGUAGES, Text
from citess.io._given import check_dataset
from citess.io._travel import Losses
from citess.io.spreadsheet._cells import SEPARATOR, escaped
from citess.io.spreadsheet._columns import OWNER, Column, SheetType, sheet_types
from citess.io.spreadsheet._headers import ORDER
from citess.io.spreadsheet._titles import column_title, sheet_title
from citess.io.spreadsheet._words import NO, YES, end_words, truth_words, words_of
from citess.model import Bound, Dataset, PartialDate
from citess.model.evidence import Sourced
from citess.model.fields import FieldType
from citess.model.privacy import is_private_field
from citess.model.shelves import Record
from citess.model.unknown import unknown_paths

Filled = str | int | Decimal | PartialDate
"""What a cell that is not empty holds before a format writes it."""

Cell = Filled | None
"""The same of any cell."""


@frozen
class Place:
    """A column of a sheet that is written."""

    column: Column
    """Column."""

    language: str | None
    """Language of the texts in it."""

    title: str
    """Its title."""


@frozen
class SheetOut:
    """A sheet that is written."""

    sheet: SheetType
    """Kind of sheet."""

    title: str
    """Its name for people."""

    places: tuple[Place, ...]
    """Its columns."""

    rows: Sequence[Sequence[Cell]]
    """Its cells."""


def sheets_out(
    data: Dataset, language: str, losses: Losses, *, personal: bool
) -> Iterator[SheetOut]:
    """Give every sheet that a dataset fills.

    Raises
    ------
    TypeError
        When it is no dataset.
    """
    check_dataset(data, "a spreadsheet")
    for key in data.extra:
        losses.withheld(key)
    for record in data.past:
        losses.lost(f"past_{_shelf_name(record)}")
    for sheet in sheet_types():
        shelf = data.shelf(sheet.shelf.kind)
        if sheet.entries is None:
            owned: list[tuple[str, object]] = [(str(one.id), one) for one in shelf.values()]
            _count_losses(shelf.values(), sheet, losses, personal=personal)
        else:
            owned = list(_entries(shelf.values(), sheet, losses, personal=personal))
        if owned:
            yield _sheet(sheet, owned, language, personal=personal)


def empty_sheet(sheet: SheetType, language: str, *, personal: bool) -> SheetOut:
    """Give a sheet with titles and no rows, its texts in the languages of citess."""
    tags = tuple(dict.fromkeys((language, *LANGUAGES)))
    columns = [c for c in sheet.columns if personal or not c.private]
    places = tuple(place for c in columns for place in _places(sheet, c, language, tags))
    return SheetOut(sheet, sheet_title(sheet, language), places, ())


def _shelf_name(record: Record) -> str:
    return next(s.shelf.name for s in sheet_types() if s.shelf.record is type(record))


def _sheet(
    sheet: SheetType, owned: Sequence[tuple[str, object]], language: str, *, personal: bool
) -> SheetOut:
    columns = [c for c in sheet.columns if personal or not c.private]
    read = {c.path: [_along(item, c.path) for _, item in owned] for c in columns
            if c.path != (OWNER,)}  # fmt: skip
    read[OWNER,] = [id_ for id_, _ in owned]
    places: list[Place] = []
    cells: list[list[Cell]] = []
    for column in columns:
        values = read[column.path]
        if column.is_text:
            texts = [cast("Text | None", value) for value in values]
            tags = _tags(texts)
            for place in _places(sheet, column, language, tags):
                places.append(place)
                cells.append([_part(text, place.language, tags) for text in texts])
        else:
            places += _places(sheet, column, language, ())
            cells.append([_cell(value, column.field, language) for value in values])
    rows = list(zip(*cells, strict=True))
    return SheetOut(sheet, sheet_title(sheet, language), tuple(places), rows)


def _places(
    sheet: SheetType, column: Column, language: str, tags: Iterable[str]
) -> Iterator[Place]:
    if not column.is_text:
        yield Place(column, None, column_title(sheet, column, language))
        return
    for tag in tags:
        yield Place(column, tag, column_title(sheet, column, language, tag))


def _tags(texts: Iterable[Text | None]) -> tuple[str, ...]:
    """Languages of texts in order; last the column of their order, where it says something."""
    known = [text.languages for text in texts if text is not None]
    found = {tag for tags in known for tag in tags}
    order: list[str] = [tag for tag in ("fr", "ar", "en") if tag in found]
    order += sorted(found - {*order})
    plain = all([tag for tag in order if tag in tags] == [*tags] for tags in known)
    return tuple(order) if plain else (*order, ORDER)


def _part(text: Text | None, tag: str | None, tags: tuple[str, ...]) -> Cell:
    if text is None:
        return None
    if tag == ORDER:
        usual = [one for one in tags if one in text]
        return None if usual == [*text.languages] else SEPARATOR.join(text.languages)
    return dict(text.items()).get(cast("str", tag))


def _along(item: object, path: Iterable[str]) -> object:
    for name in path:
        if item is None:
            return None
        item = getattr(item, name)
    return item


def _cell(value: object, field: FieldType, language: str) -> Cell:
    if value is None:
        return None
    if field.many:
        items = cast("tuple[object, ...]", value)
        return f"{SEPARATOR} ".join(escaped(_word(v, field, language)) for v in items) or None
    if isinstance(value, bool):
        return truth_words().shown(YES if value else NO, language)
    if isinstance(value, Bound):
        return value.date or end_words().shown(str(value), language)
    if isinstance(value, int | Decimal | PartialDate):
        return value
    return _word(value, field, language)


def _word(value: object, field: FieldType, language: str) -> str:
    words = words_of(field.kind)
    text = str(value)
    return text if words is None else words.shown(text, language)


def _entries(
    records: Iterable[Record], sheet: SheetType, losses: Losses, *, personal: bool
) -> Iterator[tuple[str, object]]:
    """Entries of records; those that differ only in what is withheld are written once."""
    name = cast("str", sheet.entries)
    path = f"{sheet.shelf.name}[].{name}"
    columns = [c.path for c in sheet.columns if c.path != (OWNER,) and not c.private]
    for record in records:
        seen: set[tuple[object, ...]] = set()
        items = cast("tuple[object, ...]", getattr(record, name))
        _count_losses(items, sheet, losses, personal=personal)
        for item in items:
            key = tuple(_along(item, column) for column in columns)
            if personal or key not in seen:
                yield record.id, item
            else:
                losses.lost(path)
            seen.add(key)


def _count_losses(
    items: Iterable[object], sheet: SheetType, losses: Losses, *, personal: bool
) -> None:
    base = f"{sheet.shelf.name}[]" + (f".{sheet.entries}[]" if sheet.entries else "")
    private = () if personal else dict.fromkeys(_withheld_at(sheet, c) for c in sheet.columns)
    for item in items:
        for names in private:
            if names and _along(item, names) not in {None, ()}:
                losses.withheld(f"{base}.{'.'.join(names)}")
        if isinstance(item, Sourced):
            for path in unknown_paths(type(item), item.extra):
                losses.withheld(f"{base}.{path}")


def _withheld_at(sheet: SheetType, column: Column) -> tuple[str, ...]:
    """Names of the fields that lead to what is private; empty where nothing is."""
    paths = (column.path[:n] for n in range(1, len(column.path) + 1) if column.private)
    return next((path for path in paths if is_private_field(sheet.row, *path)), ())
