"""A workbook in the making: byte-stable, safe, right to left where the language is."""

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from importlib import import_module
from typing import Any, Final

from citess.errors import MissingExtraError
from citess.i18n import direction
from citess.io.spreadsheet._columns import SheetType
from citess.io.spreadsheet._injection import guarded
from citess.io.spreadsheet._numbers import written
from citess.io.spreadsheet._rows import Filled, Place, SheetOut
from citess.io.spreadsheet._titles import CATALOGUE
from citess.io.spreadsheet._validation import Lists, help_of, rule_for
from citess.model import PartialDate

Format = Any
"""A format of XlsxWriter, which declares no types."""

Worksheet = Any
"""A sheet of XlsxWriter."""

LONGEST_CELL: Final = 32_767
"""Longest text of a cell, in UTF-16 units."""

_CREATED: Final = datetime(2000, 1, 1)  # noqa: DTZ001  (a fixed date, so that equal data give equal bytes)
_FIRST_DAY: Final = date(1900, 3, 1)
_SPARE_ROWS: Final = 1_000
_NARROW: Final = 14
_WIDE: Final = 28
_NEVER: Final = str.maketrans({"\ufffe": "\ufffd", "\uffff": "\ufffd"})
_ALLOWED: Final = dict.fromkeys(
    ("format_cells", "format_columns", "format_rows", "insert_rows", "delete_rows", "sort",
     "autofilter", "objects"), True,
)  # fmt: skip
_GUIDE_LINES: Final = range(1, 7)


class Book:
    """A workbook that is written sheet by sheet.

    Raises
    ------
    MissingExtraError
        When the extra ``tables`` is not installed.
    """

    def __init__(self, language: str, *, guard: bool) -> None:
        try:
            package: Any = import_module("xlsxwriter")
        except ImportError:
            raise MissingExtraError("writing workbooks", "tables") from None
        self._stream = io.BytesIO()
        plain = ("strings_to_formulas", "strings_to_urls", "strings_to_numbers")
        self._book = package.Workbook(
            self._stream, {"in_memory": True, **dict.fromkeys(plain, False)}
        )
        self._book.set_properties({"created": _CREATED, "title": "citess"})
        self.language = language
        self._guard = guard
        self._lists = Lists(language)
        self._formats: dict[tuple[str, ...], Format] = {}
        self.coarser: list[tuple[SheetType, Place, str]] = []

    def guide(self, lines: Iterable[str] | None = None) -> None:
        """Write the sheet that says how the workbook is filled in, or other lines on it."""
        title = CATALOGUE.text("sheet.guide", self.language)
        sheet = self._sheet(title)
        sheet.set_column(0, 0, 110)
        texts = lines if lines is not None else [
            CATALOGUE.text(f"guide.{n}", self.language) for n in _GUIDE_LINES
        ]  # fmt: skip
        for row, text in enumerate(texts):
            sheet.write_string(row, 0, self._fit(text), self.format("wrapped"))

    def fill(self, one: SheetOut, others: Sequence[SheetOut]) -> None:
        """Write a sheet of records with titles, lists to choose from, and its rows."""
        sheet = self._sheet(one.title)
        titles = {other.sheet.shelf.kind: other for other in others if not other.sheet.entries}
        last = len(one.rows) + _SPARE_ROWS
        for column, place in enumerate(one.places):
            sheet.write_string(0, column, place.title, self.format("title"))
            self.column(sheet, one.sheet, (column, place), (1, last), titles)
        self.protect(sheet)
        for number, row in enumerate(one.rows, 1):
            for column, cell in enumerate(row):
                if cell is not None:
                    self._cell(sheet, number, column, cell, one)

    def column(
        self,
        sheet: Worksheet,
        kind: SheetType,
        at: tuple[int, Place],
        rows: tuple[int, int],
        titles: dict[str, SheetOut],
    ) -> None:
        """Say of a column how it is filled in, and check what is typed in it."""
        column, place = at
        width = _WIDE if place.column.is_text else max(_NARROW, min(len(place.title) + 2, _WIDE))
        sheet.set_column(column, column, width, self.format("open"))
        note = help_of(kind, place, self.language)
        sheet.write_comment(rows[0] - 1, column, note, {"author": "citess", "x_scale": 2})
        rule = rule_for(kind, place, (rows[0], column), self._lists, titles, self.language)
        if rule is not None:
            sheet.data_validation(rows[0], column, rows[1], column, rule)

    def protect(self, sheet: Worksheet) -> None:
        """Lock the titles and keep them in view."""
        sheet.freeze_panes(1, 1)
        sheet.protect("", _ALLOWED)

    def sheet(self, title: str) -> Worksheet:
        """Add a sheet in the direction of the language."""
        return self._sheet(title)

    def _sheet(self, title: str) -> Worksheet:
        sheet = self._book.add_worksheet(title)
        if direction(self.language) == "rtl":
            sheet.right_to_left()
        return sheet

    def _cell(
        self, sheet: Worksheet, row: int, column: int, cell: Filled, one: SheetOut
    ) -> None:  # fmt: skip
        open_ = self.format("open")
        if isinstance(cell, PartialDate):
            if cell.precision == "day" and cell.earliest >= _FIRST_DAY:
                sheet.write_datetime(row, column, _midnight(cell.earliest), self.format("date"))
            else:
                sheet.write_string(row, column, str(cell), self.format("text"))
        elif isinstance(cell, int | Decimal):
            value = written(Decimal(cell))
            if isinstance(value, str):
                sheet.write_string(row, column, value, open_)
            else:
                sheet.write_number(row, column, value, open_)
        else:
            text = guarded(cell) if self._guard else cell
            fit = self._fit(text)
            if fit != text:
                place = one.places[column]
                kept = "32767" if len(fit) < len(text) else "U+FFFD"
                self.coarser.append((one.sheet, place, kept))
            sheet.write_string(row, column, fit, open_)

    def raw(
        self, sheet: Worksheet, row: int, column: int, cell: object, *looks: str
    ) -> None:  # fmt: skip
        """Write a cell as it was read."""
        if isinstance(cell, bool):
            sheet.write_boolean(row, column, cell, self.format(*looks))
        elif isinstance(cell, int | float):
            sheet.write_number(row, column, cell, self.format(*looks))
        elif isinstance(cell, datetime | date):
            value = cell if isinstance(cell, datetime) else _midnight(cell)
            sheet.write_datetime(row, column, value, self.format("date", *looks))
        else:
            sheet.write_string(row, column, self._fit(str(cell)), self.format(*looks))

    def _fit(self, text: str) -> str:
        fit = text.translate(_NEVER)
        if len(fit) * 2 > LONGEST_CELL and len(fit.encode("utf-16-le")) > LONGEST_CELL * 2:
            fit = fit.encode("utf-16-le")[: LONGEST_CELL * 2].decode("utf-16-le", "ignore")
        return fit

    def format(self, *looks: str) -> Format:
        """Format of cells, made once."""
        if looks not in self._formats:
            properties: dict[str, object] = {"locked": 0}
            for look in looks:
                properties |= _LOOKS[look]
            self._formats[looks] = self._book.add_format(properties)
        return self._formats[looks]

    def closed(self) -> bytes:
        """Give the bytes of the workbook."""
        if self._lists.columns:
            sheet = self._book.add_worksheet(Lists.SHEET)
            for column, words in enumerate(self._lists.columns):
                for row, word in enumerate(words):
                    sheet.write_string(row, column, word)
            sheet.very_hidden()
        self._book.close()
        return self._stream.getvalue()


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001  (a day has no zone)


_LOOKS: Final[dict[str, dict[str, object]]] = {
    "title": {"bold": True, "text_wrap": True, "valign": "top", "locked": 1, "bg_color": "#DCE6F1",
              "border": 1},
    "open": {"valign": "top"},
    "wrapped": {"text_wrap": True, "valign": "top"},
    "date": {"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"},
    "text": {"num_format": "@", "valign": "top"},
    "error": {"bg_color": "#FFC7CE", "font_color": "#9C0006"},
    "warning": {"bg_color": "#FFEB9C", "font_color": "#7F6000"},
}  # fmt: skip
