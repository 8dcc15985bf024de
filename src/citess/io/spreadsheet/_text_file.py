"""Tables of text files: encoding and separator are found out and said."""

import csv
import io
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from citess.errors import Issue, ReadError, Report, Severity
from citess.io._long_cells import long_cells
from citess.io.spreadsheet._columns import sheet_types
from citess.io.spreadsheet._csv_rows import csv_rows
from citess.io.spreadsheet._headers import head, sheet_named
from citess.io.spreadsheet._table import Table

SEPARATORS: Final = (",", ";", "\t", "|")
_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_ERROR: Final = re.compile(
    r"#(?:N/A|N/D|REF!|DIV/0!|VALUE!|VALEUR!|NAME\?|NOM\?|NUM!|NOMBRE!|NULL!|NUL!|SPILL!|CALC!)"
    r"|#{3,}|Err:5\d\d"
)
"""Errors of spreadsheets in English and French, and columns too narrow for their numbers."""

Spot = tuple[int, int]
"""Row and column of a cell."""

_SAMPLE: Final = 200_000
_ROWS: Final = 20
_NULS: Final = 0.2
_COMMON: Final = frozenset(
    "\u0627\u0644\u064a\u0645\u0648\u0646\u0631\u062a\u0628\u0629\u0639\u062f\u0633\u0641\u0647\u0643\u0642\u062d"
)


def text_table(
    content: bytes, file: str, encoding: str | None = None, separator: str | None = None
) -> Table:
    """Read a table of values that a character separates.

    Raises
    ------
    ReadError
        When the bytes are no text in the encoding given, or in any that is known.
    """
    found = encoding or encoding_of(content)
    try:
        text = content.decode(found)
    except (UnicodeError, LookupError) as error:
        raise ReadError(Report((_bad_encoding(file, found, error),))) from None
    text = text.removeprefix("\ufeff")
    notes: list[Issue] = []
    if "\0" in text:
        issue = Issue.of("control-character", file, "\0")
        raise ReadError(Report((issue,)))
    mark = separator or separator_of(text, file.rpartition(".")[0])
    if encoding is None:
        notes.append(Issue.of("assumed-encoding", "", found, severity=Severity.NOTE))
    if separator is None:
        notes.append(Issue.of("assumed-separator", "", mark, severity=Severity.NOTE))
    rows = csv_rows(text, mark, file)
    faults = {**dict(_errors(text, rows.cells)), **rows.faults}
    return Table(file, None, rows.cells, rows.lines, faults, tuple(notes))


def _errors(text: str, rows: list[list[object]]) -> Iterator[tuple[Spot, Issue]]:
    """Empty the cells in which a spreadsheet has saved that a formula went wrong."""
    if _ERROR.search(text) is None:
        return
    for n, row in enumerate(rows):
        for place, cell in enumerate(row):
            if _ERROR.fullmatch(str(cell).strip()):
                yield (n, place), Issue.of("error-cell", "", cell)
                row[place] = ""


def encoding_of(content: bytes) -> str:
    """Find out the encoding of a text: its mark, UTF-8, UTF-16, or one of the code pages.

    Bytes that are no UTF-8 are cp1256 where that gives Arabic words, and cp1252 otherwise.

    Examples
    --------
    >>> encoding_of("Pôle".encode("cp1252")), encoding_of("قطب المهدية".encode("cp1256"))
    ('cp1252', 'cp1256')
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return name
    sample = content[:_SAMPLE]
    if sample and sample.count(0) > _NULS * len(sample):
        return "utf-16-le" if sample[1::2].count(0) >= sample[::2].count(0) else "utf-16-be"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return _code_page(content[:_SAMPLE])
    return "utf-8"


def _code_page(sample: bytes) -> str:
    """Arabic text has runs of Arabic letters, common ones most; French has single accents."""
    words = sample.decode("cp1256", "replace")
    high = [c for c in words if c > "\x7f"]
    arabic = [c for c in high if "\u0621" <= c <= "\u064a"]
    common = sum(c in _COMMON for c in arabic)
    pairs = sum("\u0621" <= a <= "\u064a" and "\u0621" <= b <= "\u064a" for a, b in pairwise(words))
    many = len(arabic) > len(high) / 2 and common > len(arabic) / 2
    return "cp1256" if many and pairs > len(arabic) / 2 else "cp1252"


def separator_of(text: str, name: str) -> str:
    """Find out what separates cells: what makes the most known titles, or the most even rows."""
    start = "".join(io.StringIO(text[:_SAMPLE], newline=None).readlines()[:_ROWS])
    sheet = sheet_named(name)
    sheets = sheet_types() if sheet is None else (sheet,)

    def fitness(mark: str) -> tuple[int, int, int]:
        rows = [row for row in csv.reader(io.StringIO(start, newline=""), delimiter=mark) if row]
        titles = rows[0] if rows else []
        known = max(
            sum(head(one, title, near=False) is not None for title in titles) for one in sheets
        )
        wide = len(titles)
        even = sum(len(row) == wide for row in rows) if wide > 1 else 0
        return known if wide > 1 or known else 0, even, wide

    with long_cells():
        return max(SEPARATORS, key=fitness)


def _bad_encoding(file: str, encoding: str, error: Exception) -> Issue:
    return Issue.of("bad-encoding", file, encoding, reason=error)
