"""Spreadsheets read into a dataset."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO, Final

from citess.errors import Issue, ReadError, Report
from citess.io._given import check_source
from citess.io._layout import MAX_BYTES
from citess.io._travel import ImportReport
from citess.io.spreadsheet._reading import Reading, no_table
from citess.io.spreadsheet._table import Table
from citess.io.spreadsheet._text_file import text_table
from citess.io.spreadsheet._workbook import workbook_tables
from citess.model import Dataset

Source = str | os.PathLike[str] | BinaryIO
Names = Mapping[str, str]

_WORKBOOKS: Final = (b"PK", bytes.fromhex("d0cf11e0a1b11ae1"))
_SUFFIXES: Final = (".csv", ".tsv", ".txt")


def read_xlsx(  # noqa: PLR0913  (options are keywords)
    source: Source,
    *,
    language: str | None = None,
    text_language: str | None = None,
    within: Dataset | None = None,
    sheets: Names | None = None,
    columns: Names | None = None,
    guard: bool = True,
    max_bytes: int = MAX_BYTES,
) -> tuple[Dataset, ImportReport]:
    """Read a workbook: a filled template, one of :func:`write_xlsx`, or one that a hub keeps.

    Sheets and columns are recognised by their titles in every language of citess, in any order,
    also when they are misspelt; numbers and dates are read as people type them (see the guide
    *Fill in a workbook*). Exports of KoboToolbox and ODK are read too, repeat groups joined.

    Parameters
    ----------
    source
        Path of an ``.xlsx`` file, or a binary stream.
    language
        Language of the places in messages; by default that of the titles.
    text_language
        Language of texts whose title names none; by default that of the titles.
    within
        Records that the rows may name; they are part of the dataset that is returned.
    sheets
        Kinds of sheets by name, where the names say something else: ``{"Suivi": "enterprises"}``.
    columns
        Titles by title, where the titles say something else: ``{"projet": "name.fr"}``.
    guard
        Whether apostrophes that keep formulas from being run are taken away again.
    max_bytes
        Largest file to look at.

    Raises
    ------
    ReadError
        When it is no safe workbook, or anything in it is wrong: ``report`` holds every fault with
        its sheet and cell.
    MissingExtraError
        When the extra ``tables`` is not installed.
    OSError
        When the file cannot be read.

    Examples
    --------
    >>> import io, citess
    >>> from citess.io.spreadsheet import read_xlsx, write_xlsx
    >>> stream = io.BytesIO()
    >>> losses = write_xlsx(citess.Dataset(), stream)
    >>> data, report = read_xlsx(io.BytesIO(stream.getvalue()))
    >>> data, report.ok
    (Dataset(), True)
    """
    file, content = _content(source, "workbook.xlsx", max_bytes)
    tables = workbook_tables(content, file)
    languages = (language, text_language)
    reading = Reading("xlsx", languages, sheets or {}, columns or {}, guard=guard)
    return reading.dataset(tables, within)


def read_csv(  # noqa: PLR0913  (options are keywords)
    source: Source,
    *,
    language: str | None = None,
    text_language: str | None = None,
    within: Dataset | None = None,
    sheets: Names | None = None,
    columns: Names | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    guard: bool = True,
    max_bytes: int = MAX_BYTES,
) -> tuple[Dataset, ImportReport]:
    r"""Read a file of comma-separated values, or a folder of them.

    Encoding (UTF-8 with or without mark, UTF-16, cp1252, cp1256) and separator (comma, semicolon,
    tab, bar) are found out and said in the report; the other rules are those of :func:`read_xlsx`.
    A file is named after what it holds: ``hubs.csv``, ``hubs.phases.csv``.

    Parameters
    ----------
    source
        Path of a file or folder, or a binary stream.
    language, text_language, within, sheets, columns, guard, max_bytes
        As for :func:`read_xlsx`.
    encoding, delimiter
        Encoding and separator, where they are known.

    Raises
    ------
    ReadError
        When anything is wrong: ``report`` holds every fault with its file, line and cell.
    OSError
        When a file cannot be read.

    Examples
    --------
    >>> import io
    >>> from citess.io.spreadsheet import read_csv
    >>> content = "id;nom;territoires\nkalo;Kalo;tn-53\n".encode("cp1252")
    >>> data, report = read_csv(io.BytesIO(content), sheets={"table": "hubs"})
    >>> data.hubs["kalo"].name
    Text({'fr': 'Kalo'})
    """
    tables, faults = _text_tables(_files(source, max_bytes), encoding, delimiter)
    languages = (language, text_language)
    reading = Reading("csv", languages, sheets or {}, columns or {}, guard=guard)
    return reading.dataset(tables, within, faults)


def tables_of(source: Source, max_bytes: int) -> tuple[str, list[Table], list[Issue]]:
    """Tables of a workbook, or of a text file or a folder of them, by what it is.

    Raises
    ------
    ReadError
        When nothing of it can be looked at.
    """
    files = _files(source, max_bytes)
    file, content = files[0]
    if len(files) == 1 and content.startswith(_WORKBOOKS):
        return "xlsx", workbook_tables(content, file), []
    return "csv", *_text_tables(files, None, None)


def _text_tables(
    files: list[tuple[str, bytes]], encoding: str | None, delimiter: str | None
) -> tuple[list[Table], list[Issue]]:
    tables: list[Table] = []
    faults: list[Issue] = []
    for file, content in files:
        try:
            tables.append(text_table(content, file, encoding, delimiter))
        except ReadError as error:
            faults += error.report
    return tables, faults


def _files(source: Source, max_bytes: int) -> list[tuple[str, bytes]]:
    if isinstance(source, str | os.PathLike) and Path(source).is_dir():
        folder = Path(source)
        found = [
            (path.name, _bounded(path.name, path.read_bytes(), max_bytes))
            for path in sorted(folder.iterdir())
            if path.is_file() and path.suffix.lower() in _SUFFIXES and path.name[:1] != "."
        ]
        if not found:
            raise ReadError(Report((no_table(folder.name, "en"),)))
        return found
    return [_content(source, "table.csv", max_bytes)]


def _content(source: Source, name: str, max_bytes: int) -> tuple[str, bytes]:
    check_source(source)
    if isinstance(source, str | os.PathLike):
        path = Path(source)
        with path.open("rb") as stream:
            return path.name, _bounded(path.name, stream.read(max_bytes + 1), max_bytes)
    return name, _bounded(name, source.read(max_bytes + 1), max_bytes)


def _bounded(file: str, content: bytes, max_bytes: int) -> bytes:
    if len(content) > max_bytes:
        issue = Issue.of("too-large", file, f"{len(content)} bytes", limit=f"{max_bytes} bytes")
        raise ReadError(Report((issue,)))
    return content
