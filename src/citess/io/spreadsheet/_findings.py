"""What is found while tables are read: faults with their cells, notes counted by column."""

from typing import Final

from attrs import evolve

from citess.errors import Issue, Severity
from citess.io.spreadsheet._table import Table, cell_name
from citess.io.spreadsheet._titles import CATALOGUE
from citess.model.fields import WITHHELD

_WARNINGS: Final = frozenset(
    {"garbled-text", "hijri-date", "unknown-table", "unknown-column", "merged-cells"}
)
Spot = tuple[int, int, int]


class Findings:
    """Issues in the making, in the order of files, rows and columns."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._tables: list[Table] = []
        self._faults: dict[tuple[Spot, str, str], Issue] = {}
        self._notes: dict[tuple[int, int, str, str], tuple[Spot, Issue, int]] = {}

    def fault(  # noqa: PLR0913  (a place and what is said of it)
        self,
        table: Table,
        row: int,
        column: int,
        title: str,
        issue: Issue,
        *,
        private: bool = False,
    ) -> None:
        """Add what is wrong in a cell."""
        spot = (self._number(table), row, column)
        found = _withheld(issue) if private else issue
        key = (spot, issue.code, found.given)
        self._faults.setdefault(key, self._placed(table, row, column, title, found))

    def note(  # noqa: PLR0913  (a place and what is said of it)
        self,
        table: Table,
        row: int,
        column: int,
        title: str,
        issue: Issue,
        *,
        private: bool = False,
        times: int = 1,
    ) -> None:
        """Count an assumption; the first place in the column stands for the others."""
        spot = (self._number(table), row, column)
        each = issue.given if issue.code in {"read-as", "set-aside"} else ""
        key = (spot[0], column, issue.code, each)
        if key in self._notes:
            first, known, count = self._notes[key]
            self._notes[key] = (first, known, count + times)
            return
        severity = Severity.WARNING if issue.code in _WARNINGS else Severity.NOTE
        found = evolve(_withheld(issue) if private else issue, severity=severity)
        placed = self._placed(table, row, column, title, found)
        self._notes[key] = (spot, placed, times)

    def forget(self, table: Table, column: int, code: str, given: str) -> None:
        """Take back a note whose value turned out to be a fault."""
        shown = Issue.of(code, "", given).given
        self._notes.pop((self._number(table), column, code, shown), None)

    def doubt(self, table: Table, row: int, column: int, title: str, issue: Issue) -> None:
        """Add a warning about one cell."""
        spot = (self._number(table), row, column)
        key = (spot, issue.code, issue.given)
        self._faults.setdefault(key, self._placed(table, row, column, title, issue))

    def loose(self, issue: Issue) -> None:
        """Add what is said of no table."""
        self._faults[(-1, -1, len(self._faults)), issue.code, issue.path] = issue

    def whole(self, table: Table, issue: Issue) -> None:
        """Add what is said of a table as a whole."""
        spot = (self._number(table), -1, len(self._faults))
        path = place_of(table, self.language)
        details = _facts(issue, file=table.file, sheet=table.sheet or "")
        self._faults[spot, issue.code, ""] = evolve(issue, path=path, details=details)

    def issues(self) -> tuple[Issue, ...]:
        """Every fault, doubt and note, in order of place."""
        found = [(spot, issue) for (spot, _, _), issue in self._faults.items()]
        found += [(spot, _counted(issue, count)) for spot, issue, count in self._notes.values()]
        return tuple(issue for _, issue in sorted(found, key=lambda one: (one[0], one[1].code)))

    @property
    def errors(self) -> int:
        """How many faults there are."""
        return sum(issue.severity is Severity.ERROR for issue in self._faults.values())

    def _number(self, table: Table) -> int:
        for number, known in enumerate(self._tables):
            if known is table:
                return number
        self._tables.append(table)
        return len(self._tables) - 1

    def _placed(self, table: Table, row: int, column: int, title: str, issue: Issue) -> Issue:
        cell = cell_name(row, column)
        details = _facts(issue, file=table.file, sheet=table.sheet or "", cell=cell)
        return evolve(issue, path=cell_place(table, row, column, title, self.language),
                      details=details)  # fmt: skip


def place_of(table: Table, language: str) -> str:
    """Place of a table, in words."""
    if table.sheet is None:
        return table.file
    return CATALOGUE.text("place.sheet", language, file=table.file, sheet=table.sheet)


def cell_place(table: Table, row: int, column: int, title: str, language: str) -> str:
    """Place of a cell, in words: ``hubs.xlsx, sheet Hubs, B4 (Territoire)``."""
    comma = "\u060c " if language.partition("-")[0] == "ar" else ", "
    cell = cell_name(row, column)
    if table.sheet is not None:
        last = CATALOGUE.text("place.cell", language, cell=cell, title=title)
        return comma.join((place_of(table, language), last))
    number = table.lines[row] if row < len(table.lines) else row + 1
    line = CATALOGUE.text("place.line", language, line=number)
    last = CATALOGUE.text("place.column", language, title=title, cell=cell)
    return comma.join((table.file, line, last))


def _withheld(issue: Issue) -> Issue:
    return evolve(issue, given=WITHHELD, suggestion=None)


def _facts(issue: Issue, **more: str) -> tuple[tuple[str, str], ...]:
    return tuple(sorted({**more, **dict(issue.details)}.items()))


def _counted(issue: Issue, count: int) -> Issue:
    return evolve(issue, details=_facts(evolve(issue, details=()), **dict(issue.details),
                                        count=str(count)))  # fmt: skip
