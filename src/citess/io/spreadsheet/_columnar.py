"""Columns read into values, each distinct cell once."""

from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from operator import itemgetter
from typing import Final

from attrs import frozen

from citess.errors import InvalidValueError, Issue, Severity
from citess.io.spreadsheet._cells import CellReader
from citess.io.spreadsheet._columns import Column
from citess.io.spreadsheet._findings import Findings
from citess.io.spreadsheet._headers import ORDER, Head
from citess.io.spreadsheet._recognise import Understood, spoken
from citess.io.spreadsheet._table import is_empty
from citess.io.spreadsheet._titles import column_title


class Absent(Enum):
    """Why a cell has no value."""

    EMPTY = "empty"
    FAULTY = "faulty"


EMPTY: Final = Absent.EMPTY
FAULTY: Final = Absent.FAULTY


@frozen
class Values:
    """A column that was read."""

    place: int
    """Column in the table."""

    title: str
    """Its title as it stands there."""

    head: Head
    """What the title means."""

    cells: list[object]
    """Values of the rows below the titles; :class:`Absent` where there is none."""

    @property
    def column(self) -> Column:
        """Column of the kind of sheet."""
        return self.head.column

    @property
    def is_empty(self) -> bool:
        """Whether no row has a value, not even a faulty one."""
        return self.cells == [EMPTY] * len(self.cells)


@frozen
class Doubtful:
    """A fault in a cell that names a record: what was meant is known when all records are."""

    understood: Understood
    row: int
    values: tuple[int, str, Column]
    issue: Issue


def data_rows(one: Understood) -> list[int]:
    """Rows below the titles that hold something."""
    rows = one.table.rows
    places = [place for place, found in enumerate(one.heads) if found is not None]
    if one.form is not None and one.form.parent is not None:
        places.append(one.form.parent)
    faults = {row for row, _ in one.table.faults}
    return [
        row
        for row in range(one.top + 1, len(rows))
        if any(place < len(rows[row]) and not is_empty(rows[row][place]) for place in places)
        or row in faults
    ]


def values_of(
    one: Understood, rows: list[int], findings: Findings, doubtful: list[Doubtful], *, guard: bool
) -> list[Values]:
    """Read every column that is known."""
    lines = [one.table.rows[row] for row in rows]
    return [
        _values(one, rows, lines, (place, found), findings, doubtful, guard=guard)
        for place, found in enumerate(one.heads)
        if found is not None
    ]


def _values(  # noqa: PLR0913, PLR0917  (what is known of a column)
    one: Understood,
    rows: list[int],
    lines: list[Sequence[object]],
    spot: tuple[int, Head],
    findings: Findings,
    doubtful: list[Doubtful],
    *,
    guard: bool,
) -> Values:
    place, found = spot
    column = found.column
    title = one.titles[place]
    reader = CellReader(
        column.field,
        findings.language,
        spoken(one.heads),
        column_title(one.sheet, column, findings.language),
        guard=guard,
        spaces=one.form is not None,
        shift=one.table.shift,
    )
    read = _languages if found.language == ORDER else reader.read
    given = _cells(lines, place)
    keys = (
        given
        if len(set(map(type, given))) <= 1
        else list(zip(map(type, given), given, strict=True))
    )
    known: dict[object, object] = {}
    told: dict[object, list[Issue]] = {}
    for key, cell in dict(zip(keys, given, strict=True)).items():
        known[key] = _read_once(cell, read, reader)
        if reader.noting.notes:
            told[key] = [*reader.noting.notes]
            reader.noting.notes.clear()
    cells = [known[key] for key in keys]
    for n, key in enumerate(keys if told else ()):
        for issue in told.get(key, ()):
            if issue.severity is Severity.ERROR:
                _fault(one, rows[n], (place, title, column), issue, findings, doubtful)
            else:
                findings.note(one.table, rows[n], place, title, issue, private=column.private)
    _broken_cells(one, rows, (place, title, column), cells, findings)
    return Values(place, title, found, cells)


def _cells(lines: list[Sequence[object]], place: int) -> list[object]:
    try:
        return list(map(itemgetter(place), lines))
    except IndexError:
        return [line[place] if place < len(line) else "" for line in lines]


def _read_once(cell: object, read: Callable[[object], object], reader: CellReader) -> object:
    """Value of a cell; its fault is noted alone."""
    if is_empty(cell):
        return EMPTY
    try:
        return read(cell)
    except InvalidValueError as error:
        reader.noting.notes[:] = [error.issue]
        return FAULTY


def _fault(  # noqa: PLR0913, PLR0917  (what is known of a fault)
    one: Understood,
    row: int,
    values: tuple[int, str, Column],
    issue: Issue,
    findings: Findings,
    doubtful: list[Doubtful],
) -> None:
    if issue.code in {"bad-id", "bad-code", "bad-reference"} and values[2].name != "id":
        doubtful.append(Doubtful(one, row, values, issue))
        return
    place, title, column = values
    findings.fault(one.table, row, place, title, issue, private=column.private)


def _broken_cells(
    one: Understood, rows: Iterable[int], spot: tuple[int, str, Column], cells: list[object],
    findings: Findings,
) -> None:  # fmt: skip
    place, title, column = spot
    if not any(broken == place for _, broken in one.table.faults):
        return
    for n, row in enumerate(rows):
        issue = one.table.faults.get((row, place))
        if issue is not None:
            cells[n] = FAULTY
            findings.fault(one.table, row, place, title, issue, private=column.private)


def _languages(given: object) -> tuple[str, ...]:
    return tuple(part.strip() for part in str(given).split(";") if part.strip())
