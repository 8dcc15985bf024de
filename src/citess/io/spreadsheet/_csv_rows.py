"""Rows of a text file; a quotation mark that nothing closes is a fault of its cell."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Final

from attrs import field, frozen

from citess.errors import Issue, ReadError, Report
from citess.io._long_cells import long_cells

_AFTER: Final = "\ufdd0"
"""A line that no file has: it stands by itself only where every quotation mark was closed."""


@frozen
class Rows:
    """Rows with the lines on which they begin, and the cells that no mark closes."""

    cells: list[list[object]] = field(factory=list[list[object]])
    lines: list[int] = field(factory=list[int])
    faults: dict[tuple[int, int], Issue] = field(factory=dict[tuple[int, int], Issue])


def csv_rows(text: str, mark: str, file: str) -> Rows:
    """Take a text apart into rows.

    A line that opens a quotation mark which is not closed before a separator or the end of the
    text is read by itself, without the quotation marks, so that the lines below it are not lost.

    Parameters
    ----------
    text
        The text.
    mark
        What separates cells.
    file
        Name of the file.

    Raises
    ------
    ReadError
        When it cannot be taken apart.
    """
    physical = io.StringIO(text, newline="").readlines()
    rows = Rows()
    start = 0
    with long_cells():
        while start < len(physical):
            start = _read(physical, start, mark, rows)
            if start < len(physical):
                _alone(physical[start], start, mark, rows, file)
                start += 1
    return rows


def _read(physical: Sequence[str], start: int, mark: str, rows: Rows) -> int:
    """Read rows from a line on; give the line of the first that is broken, or the end."""
    reader = csv.reader(_from(physical, start), delimiter=mark, strict=True)
    begin = start
    try:
        for row in reader:
            rows.cells.append(list(row))
            rows.lines.append(begin + 1)
            begin = start + reader.line_num
    except csv.Error:
        return begin
    return len(physical)


def _from(physical: Sequence[str], start: int) -> Iterator[str]:
    for n in range(start, len(physical)):
        yield physical[n]


def _alone(line: str, number: int, mark: str, rows: Rows, file: str) -> None:
    try:
        first, *after = csv.reader([line, _AFTER], delimiter=mark)
        plain = first if after else next(csv.reader([line], delimiter=mark, quoting=csv.QUOTE_NONE))
    except csv.Error as error:
        issue = Issue.of("bad-table", f"{file}, {len(rows.cells) + 1}", "file", reason=error)
        raise ReadError(Report((issue,))) from None
    if not after:
        spot = (len(rows.cells), len(first) - 1)
        given = first[-1].removesuffix(_AFTER).rstrip("\r\n")
        rows.faults[spot] = Issue.of("open-quote", "", f'"{given}')
    rows.cells.append(list(plain))
    rows.lines.append(number + 1)
