"""A copy of a spreadsheet in which what is wrong is marked."""

import re
from collections.abc import Sequence
from typing import Final

from attrs import evolve

from citess.errors import Issue, Report, Severity
from citess.io._layout import MAX_BYTES
from citess.io.spreadsheet._book import Book
from citess.io.spreadsheet._injection import guarded, unguarded
from citess.io.spreadsheet._read import Names, Source, tables_of
from citess.io.spreadsheet._reading import Reading
from citess.io.spreadsheet._recognise import Understood, is_guide
from citess.io.spreadsheet._rows import Place, SheetOut
from citess.io.spreadsheet._table import Table, cell_name, is_empty
from citess.io.spreadsheet._titles import LONGEST_SHEET
from citess.io.spreadsheet._xlsx_out import Target, put
from citess.model import Dataset

_NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NOTE: Final = 2_000
_SPARE_ROWS: Final = 100


def mark(  # noqa: PLR0913  (options are keywords)
    source: Source,
    target: Target,
    *,
    language: str | None = None,
    text_language: str | None = None,
    within: Dataset | None = None,
    sheets: Names | None = None,
    columns: Names | None = None,
    guard: bool = True,
    max_bytes: int = MAX_BYTES,
) -> Report:
    r"""Write a copy of a spreadsheet with its faulty cells coloured and commented.

    Cells keep their addresses; the first sheet lists everything that was found; the lists to
    choose from and the checks are those of the template.

    Parameters
    ----------
    source
        Workbook, CSV file or folder of them, as for :func:`read_xlsx` and :func:`read_csv`.
    target
        Path of the ``.xlsx`` file to write, or a binary stream.
    language
        Language of the comments; by default that of the titles.
    text_language, within, sheets, columns, guard, max_bytes
        As for :func:`read_xlsx`.

    Returns
    -------
    Report
        Everything that was found.

    Raises
    ------
    ReadError
        When the file is no safe workbook, so that there is nothing to mark.
    MissingExtraError
        When the extra ``tables`` is not installed.

    Examples
    --------
    >>> import io
    >>> from citess.io.spreadsheet import mark
    >>> stream = io.BytesIO()
    >>> content = io.BytesIO(b"id,name,territories,mode\nkalo,Kalo,tn-53,flying\n")
    >>> found = mark(content, stream, sheets={"table": "hubs"})
    >>> [issue.code for issue in found.errors]
    ['bad-code']
    """
    format_, tables, faults = tables_of(source, max_bytes)
    reading = Reading(format_, (language, text_language), sheets or {}, columns or {}, guard=guard)
    looked = reading.look(tables, within, faults)
    book = Book(looked.language, guard=False)
    report = Report(looked.issues)
    book.guide(report.text(looked.language).splitlines())
    by_table = {id(one.table): one for one in looked.understood}
    names: set[str] = {""}
    for table in tables:
        if not is_guide(table):
            _copy(book, table, by_table.get(id(table)), looked.issues, names, guard=guard)
    put(target, book.closed())
    return report


def _copy(  # noqa: PLR0913  (a table and what is known of it)
    book: Book,
    table: Table,
    one: Understood | None,
    issues: Sequence[Issue],
    names: set[str],
    *,
    guard: bool,
) -> None:
    sheet = book.sheet(_name(table.name, names))
    wrong = _by_cell(table, issues)
    top = -1 if one is None else one.top
    if one is not None:
        rows = (top + 1, len(table.rows) + _SPARE_ROWS)
        titles: dict[str, SheetOut] = {}
        for column, head in enumerate(one.heads):
            if head is not None:
                place = Place(head.column, head.language, one.titles[column])
                book.column(sheet, one.sheet, (column, place), rows, titles)
    for number, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            found = wrong.get((number, column), ())
            look = ("title",) if number == top else ("open",)
            if not is_empty(cell):
                safe = guarded(unguarded(cell)) if guard and isinstance(cell, str) else cell
                book.raw(sheet, number, column, safe, *look, *_looks(found))
    for (number, column), found in wrong.items():
        row = table.rows[number] if 0 <= number < len(table.rows) else ()
        if column >= len(row) or is_empty(row[column]):
            book.raw(sheet, number, column, "", "open", *_looks(found))
        text = "\n".join(evolve(i, path=cell_name(number, column)).text(book.language)
                         for i in found)  # fmt: skip
        sheet.write_comment(number, column, text[:_LONGEST_NOTE],
                            {"author": "citess", "x_scale": 3, "y_scale": 2})  # fmt: skip


def _looks(found: Sequence[Issue]) -> tuple[str, ...]:
    if any(issue.severity is Severity.ERROR for issue in found):
        return ("error",)
    return ("warning",) if found else ()


def _by_cell(table: Table, issues: Sequence[Issue]) -> dict[tuple[int, int], list[Issue]]:
    found: dict[tuple[int, int], list[Issue]] = {}
    for issue in issues:
        facts = dict(issue.details)
        if (facts.get("file"), facts.get("sheet")) != (table.file, table.sheet or ""):
            continue
        matched = re.fullmatch(r"([A-Z]+)([0-9]+)", facts.get("cell", ""))
        if matched and issue.severity is not Severity.NOTE:
            column = 0
            for letter in matched[1]:
                column = column * 26 + ord(letter) - 64
            found.setdefault((int(matched[2]) - 1, column - 1), []).append(issue)
    return found


def _name(given: str, names: set[str]) -> str:
    plain = _NOT_IN_NAMES.sub(" ", given).strip("'")[:LONGEST_SHEET]
    name, number = plain, 1
    while name.casefold() in names:
        number += 1
        name = f"{plain[: LONGEST_SHEET - 4]} {number}"
    names.add(name.casefold())
    return name
