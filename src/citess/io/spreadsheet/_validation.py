"""What can be typed in a column: lists to choose from, dates, numbers, ids."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from citess.io.spreadsheet._cells import is_id_kind
from citess.io.spreadsheet._columns import OWNER, SheetType, sheet_types
from citess.io.spreadsheet._rows import Place, SheetOut
from citess.io.spreadsheet._table import cell_name
from citess.io.spreadsheet._titles import CATALOGUE, sheet_title
from citess.io.spreadsheet._words import Words, end_words, truth_words, words_of
from citess.model import Bound, PartialDate
from citess.model.integrity import targets_by_type

RANGES: Final[Mapping[str, tuple[int, int]]] = {"latitude": (-90, 90), "longitude": (-180, 180)}
"""Bounds of numbers that their classes check."""

_ROWS: Final = 1_048_576
_LONGEST_NOTE: Final = 255
_MOST_WHOLE: Final = 2**53


class Lists:
    """Lists of words on a hidden sheet, each once."""

    SHEET: Final = "_lists"

    def __init__(self, language: str) -> None:
        self.columns: list[list[str]] = []
        self._language = language
        self._places: dict[int, int] = {}

    def source(self, words: Words) -> str:
        """Formula of the cells that hold the words of a list."""
        key = id(words)
        if key not in self._places:
            self._places[key] = len(self.columns)
            self.columns.append([words.shown(code, self._language) for code in words.codes])
        column = self._places[key]
        last = len(self.columns[column]) - 1
        return f"={self.SHEET}!{_fixed(0, column)}:{_fixed(last, column)}"


def _fixed(row: int, column: int) -> str:
    name = cell_name(row, column)
    letters = name.rstrip("0123456789")
    return f"${letters}${name[len(letters) :]}"


def words_for(place: Place) -> Words | None:
    """Words to choose from in a column."""
    kind = place.column.field.kind
    return truth_words() if kind is bool else words_of(kind)


def rule_for(  # noqa: PLR0911, PLR0913, PLR0917  (one answer for each kind of column)
    sheet: SheetType,
    place: Place,
    first: tuple[int, int],
    lists: Lists,
    titles: Mapping[str, SheetOut],
    language: str,
) -> dict[str, object] | None:
    """Rule by which a spreadsheet checks what is typed in a column; it warns and never refuses."""
    column = place.column
    kind = column.field.kind
    common = {"error_type": "warning", "ignore_blank": True}
    words = words_for(place)
    cell = cell_name(*first)
    if column.field.many or column.is_text:
        return None
    if words is not None:
        return {"validate": "list", "source": lists.source(words), **common}
    if kind is PartialDate or kind is Bound:
        return {"validate": "custom", "value": _date_formula(cell, kind, language), **common}
    if kind is int:
        return {"validate": "integer", "criteria": "between", "minimum": 0,
                "maximum": _MOST_WHOLE, **common}  # fmt: skip
    if kind is Decimal:
        least, most = RANGES.get(column.path[-1], (-_MOST_WHOLE, _MOST_WHOLE))
        return {"validate": "decimal", "criteria": "between", "minimum": least,
                "maximum": most, **common}  # fmt: skip
    if column.name == "id" and sheet.entries is None:
        letters = cell.rstrip("0123456789")
        formula = (
            f'=AND(EXACT({cell},LOWER({cell})),ISERROR(FIND(" ",{cell})),'
            f"COUNTIF(${letters}${first[0] + 1}:${letters}${_ROWS},{cell})=1)"
        )
        return {"validate": "custom", "value": formula, **common}
    target = _target(sheet, place)
    if target in titles:
        other = titles[target]
        at = next(n for n, one in enumerate(other.places) if one.column.name == "id")
        name = other.title.replace("'", "''")
        source = f"='{name}'!{_fixed(1, at)}:{_fixed(max(len(other.rows), 1) + 500, at)}"
        return {"validate": "list", "source": source, **common}
    return None


def _target(sheet: SheetType, place: Place) -> str:
    if place.column.name == OWNER:
        return sheet.shelf.kind
    targets = targets_by_type().get(place.column.field.kind, ())
    return targets[0] if len(targets) == 1 else ""


def _date_formula(cell: str, kind: object, language: str) -> str:
    parts = [f"ISNUMBER({cell})"]
    parts += [f'ISNUMBER(DATEVALUE({cell}&"{rest}"))' for rest in ("", "-01", "-01-01")]
    if kind is Bound:
        words = end_words()
        parts += [f'{cell}="{words.shown(code, language)}"' for code in words.codes]
    return f"=OR({','.join(parts)})"


def help_of(sheet: SheetType, place: Place, language: str) -> str:
    """Say how a column is filled in."""
    column = place.column
    keys = ["required"] if column.required else []
    if column.field.many:
        keys.append("several")
    said = [CATALOGUE.text(f"note.{key}", language) for key in (*keys, _kind_of_help(place))]
    targets = _targets(sheet, place)
    if targets:
        shown = ", ".join(sheet_title(one, language) for one in sheet_types()
                          if one.entries is None and one.shelf.kind in targets[:4])  # fmt: skip
        said[-1] = CATALOGUE.text("note.reference", language, sheet=shown)
    if column.private:
        said.append(CATALOGUE.text("note.personal", language))
    words = words_for(place)
    if words is not None and column.field.many:
        said.append(words.listed(language))
    return "\n".join(said)[:_LONGEST_NOTE]


def _targets(sheet: SheetType, place: Place) -> tuple[str, ...]:
    if place.column.name == OWNER:
        return (sheet.shelf.kind,)
    if place.column.name == "id":
        return ()
    return targets_by_type().get(place.column.field.kind, ())


def _kind_of_help(place: Place) -> str:
    kind = place.column.field.kind
    if kind in _HELP:
        return _HELP[kind]
    if words_for(place) is not None:
        return "choice"
    return "id" if is_id_kind(kind) else "text"


_HELP: Final[Mapping[object, str]] = {
    PartialDate: "date",
    Bound: "end",
    int: "whole",
    Decimal: "number",
    bool: "truth",
}
