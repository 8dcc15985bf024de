"""The standard CSV of the data sets behind the map of the solidarity economy."""

import csv
import io
import os
from collections.abc import Iterable, Mapping
from typing import Final, cast

from citess.errors import Issue, ReadError, Report, Severity
from citess.io._careful import structure
from citess.io._content import content_of
from citess.io._file import write_atomically
from citess.io._given import check_text
from citess.io._homes import count_losses
from citess.io._layout import FORMAT as NATIVE
from citess.io._layout import MAX_BYTES, SCHEMA_VERSION
from citess.io._long_cells import long_cells
from citess.io._mending import UNDETERMINED
from citess.io._sse_cells import COLUMNS, FORMAT, HOMES, KEPT
from citess.io._sse_rows import Reader, Writer
from citess.io._travel import ImportReport, Losses, LossReport
from citess.model import Dataset

__all__ = ["COLUMNS", "from_sse_csv", "read_sse_csv", "to_sse_csv", "write_sse_csv"]

_REQUIRED: Final = ("Identifier", "Name")
_SEPARATORS: Final = (",", ";", "\t")


def to_sse_csv(data: Dataset, *, strict: bool = False) -> tuple[str, LossReport]:
    """Write hubs, enterprises and organisations of the SSE as the SSE standard CSV.

    One row for each, in UTF-8 with the published columns; cells of several values are joined by
    semicolons. A file that was read is written back cell by cell as long as the records still say
    the same. The language of a text has no place, and partners outside the SSE have none either.

    Parameters
    ----------
    data
        What to write.
    strict
        Whether to refuse when something has no home.

    Raises
    ------
    LossError
        When strict and something did not travel.

    Examples
    --------
    >>> import citess
    >>> document, losses = to_sse_csv(citess.datasets.tunisia())
    >>> document.splitlines()[0].split(",")[:3]
    ['Identifier', 'Name', 'Description']
    >>> losses.ok
    False
    """
    losses = Losses(FORMAT)
    count_losses(data, losses, HOMES, kept=KEPT)
    writer = Writer(data, losses)
    columns = _columns(data)
    stream = io.StringIO(newline="")
    rows = csv.DictWriter(stream, columns, extrasaction="ignore", lineterminator="\n")
    rows.writeheader()
    rows.writerows(writer.rows())
    return stream.getvalue(), losses.report(strict=strict)


def _columns(data: Dataset) -> tuple[str, ...]:
    kept = data.extra.get(KEPT)
    if isinstance(kept, Mapping):
        return tuple(str(name) for name in cast("Iterable[object]", kept.get("columns", COLUMNS)))
    return COLUMNS


def from_sse_csv(
    document: bytes | str, *, language: str = UNDETERMINED, max_bytes: int = MAX_BYTES
) -> tuple[Dataset, ImportReport]:
    r"""Read the SSE standard CSV, with the columns of any of its versions.

    Each row becomes a partner of the SSE, and its address a space. Codes are recognised by the
    published words and by the labels of citess; what has no field is kept and written back. Cells
    that semicolons or tabs separate, as spreadsheets save them, are read too, which the report
    says.

    Parameters
    ----------
    document
        The file, as UTF-8 bytes or text.
    language
        Language of names and descriptions, which the file does not tell.
    max_bytes
        Largest document to look at.

    Raises
    ------
    ReadError
        With every fault: line, column, what was given.

    Examples
    --------
    >>> data, report = from_sse_csv("Identifier,Name,Country ID\namel,El Amel,TN", language="fr")
    >>> data.partners["amel"].name, data.partners["amel"].country
    (Text({'fr': 'El Amel'}), 'TN')
    """
    issues: list[Issue] = []
    columns, lines = _lines(document, max_bytes, issues)
    reader = Reader(language, issues)
    for number, cells in lines:
        reader.row(number, cells)
    faults = [issue for issue in issues if issue.severity.value == "error"]
    if faults:
        raise ReadError(Report(tuple(faults)))
    native: dict[str, object] = {"format": NATIVE, "schema_version": SCHEMA_VERSION}
    if columns != COLUMNS:
        native[KEPT] = {"columns": list(columns)}
    data = structure({**native, "partners": reader.partners, "spaces": reader.spaces})
    return data, ImportReport.of(FORMAT, issues)


def _lines(
    document: bytes | str, max_bytes: int, issues: list[Issue]
) -> tuple[tuple[str, ...], list[tuple[int, dict[str, str]]]]:
    """Cells by column, with the number of their line."""
    text = _decoded(document, max_bytes)
    found: list[tuple[int, list[str]]] = []
    begin = 1
    try:
        with long_cells():
            mark = _separator(text)
            rows = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
            for row in rows:
                begin = rows.line_num + 1
                if any(row):
                    found.append((rows.line_num, row))
    except csv.Error as error:
        issue = Issue.of("bad-csv", f"line {begin}", "", reason=error)
        raise ReadError(Report((issue,))) from None
    if mark != _SEPARATORS[0]:
        issues.append(Issue.of("assumed-separator", "", mark, severity=Severity.NOTE))
    columns = tuple(name.strip() for name in found[0][1]) if found else ()
    faults = [
        Issue.of("missing-column", "line 1", ", ".join(columns), field=name)
        for name in _REQUIRED
        if name not in columns
    ]
    faults += [
        Issue.of("repeated-column", "line 1", name)
        for n, name in enumerate(columns)
        if name in columns[:n]
    ]
    if faults:
        raise ReadError(Report(tuple(faults)))
    for number, row in found[1:]:
        issues += [
            Issue.of("beyond-header", f"line {number}", cell)
            for cell in row[len(columns) :]
            if cell
        ]
    return columns, [(n, dict(zip(columns, row, strict=False))) for n, row in found[1:]]


def _separator(text: str) -> str:
    """Find the character that sets the required columns apart: a comma, where none does."""
    for mark in _SEPARATORS:
        titles = next(csv.reader(io.StringIO(text, newline=""), delimiter=mark), list[str]())
        if {title.strip() for title in titles} >= {*_REQUIRED}:
            return mark
    return _SEPARATORS[0]


def _decoded(document: bytes | str, max_bytes: int) -> str:
    check_text(document)
    try:
        content = document.encode() if isinstance(document, str) else document
        if len(content) <= max_bytes:
            return content.decode("utf-8-sig")
    except UnicodeError as error:
        given = document[:20]
        issue = Issue.of("bad-encoding", "", given, reason=getattr(error, "reason", error))
    else:
        limit = f"{max_bytes} bytes"
        issue = Issue.of("too-large", "", f"{len(content)} bytes", limit=limit)
    raise ReadError(Report((issue,)))


def read_sse_csv(
    path: str | os.PathLike[str], *, language: str = UNDETERMINED, max_bytes: int = MAX_BYTES
) -> tuple[Dataset, ImportReport]:
    """Read a file in the SSE standard CSV, as :func:`from_sse_csv` does.

    Raises
    ------
    ReadError
        With every fault.
    OSError
        When the file cannot be read.
    """
    return from_sse_csv(content_of(path, max_bytes), language=language, max_bytes=max_bytes)


def write_sse_csv(
    data: Dataset, path: str | os.PathLike[str], *, strict: bool = False
) -> LossReport:
    """Write a file in the SSE standard CSV, as :func:`to_sse_csv` does.

    Raises
    ------
    LossError
        When strict and something did not travel; the file is not touched then.
    OSError
        When the file cannot be written; an old one is whole.
    """
    document, losses = to_sse_csv(data, strict=strict)
    write_atomically(path, [document.encode()])
    return losses
