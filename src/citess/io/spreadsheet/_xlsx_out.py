"""Datasets written as workbooks."""

import os
from typing import BinaryIO

from citess.io._file import write_atomically
from citess.io._travel import Losses, LossReport
from citess.io.spreadsheet._book import Book
from citess.io.spreadsheet._columns import sheet_types
from citess.io.spreadsheet._rows import SheetOut, empty_sheet, sheets_out
from citess.model import Dataset

Target = str | os.PathLike[str] | BinaryIO


def write_xlsx(  # noqa: PLR0913  (options are keywords)
    data: Dataset,
    target: Target,
    *,
    language: str = "en",
    include_personal: bool = False,
    guard: bool = True,
    strict: bool = False,
) -> LossReport:
    """Write a dataset as a workbook: one sheet for each class, entries on sheets of their own.

    Titles, words and direction are those of the language; lists to choose from, checks and notes
    are those of the template. Equal data give equal bytes.

    Parameters
    ----------
    data
        What to write.
    target
        Path of an ``.xlsx`` file, or a binary stream open for writing.
    language
        Language of titles and words.
    include_personal
        Whether fields about persons and notes are written too.
    guard
        Whether strings that a spreadsheet would take for formulas get an apostrophe before them;
        :func:`read_xlsx` takes it away.
    strict
        Whether to refuse when something cannot travel.

    Raises
    ------
    LossError
        When strict and something cannot travel; nothing is written then.
    MissingExtraError
        When the extra ``tables`` is not installed.
    OSError
        When the file cannot be written; the old one is whole.

    Examples
    --------
    >>> import citess, io
    >>> from citess.io.spreadsheet import write_xlsx
    >>> losses = write_xlsx(citess.datasets.tunisia(), io.BytesIO(), language="ar")
    >>> losses.lost["observations[].note"]
    36
    """
    losses = Losses("xlsx")
    sheets = list(sheets_out(data, language, losses, personal=include_personal))
    if not sheets:
        hubs = next(sheet for sheet in sheet_types() if sheet.name == "hubs")
        sheets = [empty_sheet(hubs, language, personal=include_personal)]
    book = workbook(sheets, language, guard=guard)
    for sheet, place, kept in book.coarser:
        base = f"{sheet.shelf.name}[]" + (f".{sheet.entries}[]" if sheet.entries else "")
        losses.changed(f"{base}.{place.column.name}", kept)
    report = losses.report(strict=strict)
    put(target, book.closed())
    return report


def workbook(sheets: list[SheetOut], language: str, *, guard: bool) -> Book:
    """Make a workbook of sheets, with the one that says how it is filled in first."""
    book = Book(language, guard=guard)
    book.guide()
    for one in sheets:
        book.fill(one, sheets)
    return book


def put(target: Target, content: bytes) -> None:
    """Write a file at once, or to a stream."""
    if isinstance(target, str | os.PathLike):
        write_atomically(target, (content,))
    else:
        target.write(content)
