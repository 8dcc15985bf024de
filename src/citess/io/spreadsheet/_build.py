"""Tables made into records: every fault of every cell at once."""

from collections.abc import Callable, Mapping, Sequence
from typing import cast

from attrs import evolve, field, frozen

from citess.errors import InvalidValueError, Issue
from citess.io._others import first_of, others, required_fields, steps
from citess.io.spreadsheet._block import Block
from citess.io.spreadsheet._columnar import EMPTY, FAULTY, Doubtful, Values, data_rows, values_of
from citess.io.spreadsheet._columns import OWNER
from citess.io.spreadsheet._findings import Findings
from citess.io.spreadsheet._form import keys, made_id
from citess.io.spreadsheet._headers import Head
from citess.io.spreadsheet._recognise import Understood
from citess.io.spreadsheet._table import is_empty, typed_key
from citess.io.spreadsheet._titles import column_title
from citess.model.shelves import Record

_Entries = dict[tuple[str, str, str], list[tuple[object, "Grid", int]]]


def _no_entries() -> _Entries:
    return {}


@frozen
class Grid:
    """A table whose columns were read."""

    understood: Understood
    """The table."""

    rows: Sequence[int]
    """Its rows that hold something."""

    columns: list[Values]
    """Its columns."""

    def place(self, name: str, language: str) -> tuple[int, str, bool]:
        """Column, title and privacy of the cell that a field stands in, or should stand in."""
        exact = (c for c in self.columns if c.column.name == name)
        below = (c for c in self.columns if c.column.path[0] == name.partition(".")[0])
        found = next(exact, None) or next(below, None)
        sheet = self.understood.sheet
        asked = sheet.column(name)
        if found is None:
            ids = (c for c in self.columns if c.column.name in {"id", OWNER})
            found = next(ids, None)
        if found is None:
            return 0, column_title(sheet, asked, language), asked.private
        return found.place, found.title, asked.private

    def cells(self, name: str) -> list[object] | None:
        """Values of a column by its name."""
        return next((c.cells for c in self.columns if c.column.name == name), None)


@frozen
class Built:
    """What was made of the tables."""

    records: list[Record] = field(factory=list[Record])
    """Records that could be made."""

    places: dict[tuple[str, str], tuple[Grid, int]] = field(
        factory=dict[tuple[str, str], tuple[Grid, int]]
    )
    """Grid and number of the row of each record, by shelf and id."""

    entries: _Entries = field(factory=_no_entries)
    """Entries by shelf, id of the record and field, with where they stand."""

    grids: list[Grid] = field(factory=list[Grid])
    """Tables that were read."""

    doubtful: list[Doubtful] = field(factory=list[Doubtful])
    """Faulty names of records, of which it is not known yet what was meant."""


def build(found: Sequence[Understood], findings: Findings, *, guard: bool) -> Built:
    """Make records of tables."""
    built = Built()
    for one in found:
        rows = data_rows(one)
        columns = values_of(one, rows, findings, built.doubtful, guard=guard)
        built.grids.append(Grid(one, rows, columns))
    owners = _form_ids(built.grids)
    for grid in built.grids:
        if grid.understood.sheet.entries is not None:
            _owned(grid, owners)
            _entries(grid, built, findings)
    for grid in built.grids:
        if grid.understood.sheet.entries is None:
            _records(grid, built, findings)
    return built


def _form_ids(grids: Sequence[Grid]) -> dict[tuple[str, str], object]:
    """Ids of the records of forms, by shelf and by key; ids are made where forms ask for none."""
    found: dict[tuple[str, str], object] = {}
    for grid in grids:
        form, sheet = grid.understood.form, grid.understood.sheet
        if form is None or sheet.entries is not None:
            continue
        cells = grid.cells("id")
        if cells is None and form.id is not None:
            table = grid.understood.table.rows
            given = (table[row][form.id : form.id + 1] for row in grid.rows)
            made: list[object] = [made_id(cell[0]) if cell else EMPTY for cell in given]
            cells = made
            head = Head(sheet.column("id"))
            grid.columns.append(Values(form.id, grid.understood.titles[form.id], head, cells))
        each = (FAULTY if cell is EMPTY else cell for cell in cells or ())
        ids = dict(zip(grid.rows, each, strict=False))
        own = keys(grid.understood.table, grid.understood.top, form, ids)
        found |= {(sheet.shelf.name, key): id_ for key, id_ in own.items()}
    return found


def _owned(grid: Grid, owners: Mapping[tuple[str, str], object]) -> None:
    """Join the rows of a repeat group to the records they belong to."""
    form, sheet = grid.understood.form, grid.understood.sheet
    if form is None or form.parent is None or grid.cells(OWNER) is not None:
        return
    table = grid.understood.table.rows
    cells: list[object] = []
    for row in grid.rows:
        cell = table[row][form.parent] if form.parent < len(table[row]) else None
        key = "" if is_empty(cell) else typed_key(cell)
        cells.append(owners.get((sheet.shelf.name, key), key or EMPTY))
    head = Head(sheet.column(OWNER))
    grid.columns.append(Values(form.parent, grid.understood.titles[form.parent], head, cells))


def _fault_in(grid: Grid, findings: Findings) -> Callable[[int, str, Issue], None]:
    def fault(n: int, name: str, issue: Issue) -> None:
        place, title, private = grid.place(name, findings.language)
        found = evolve(issue, path="")
        findings.fault(grid.understood.table, grid.rows[n], place, title, found, private=private)

    return fault


def _entries(grid: Grid, built: Built, findings: Findings) -> None:
    sheet = grid.understood.sheet
    mine = [column for column in grid.columns if column.column.path != (OWNER,)]
    block = Block(sheet.row, mine)
    fault = _fault_in(grid, findings)
    owners = grid.cells(OWNER)
    for n in range(len(grid.rows)):
        owner = EMPTY if owners is None else owners[n]
        if owner is EMPTY and owners is not None:
            fault(n, OWNER, Issue.of("missing-field", "", None, field=OWNER))
        made = _entry(block, n, fault)
        if owner not in {EMPTY, FAULTY}:
            key = (sheet.shelf.name, str(owner), cast("str", sheet.entries))
            built.entries.setdefault(key, []).append((made, grid, n))


def _entry(block: Block, n: int, fault: Callable[[int, str, Issue], None]) -> object:
    found, bad = block.given(n, fault)
    for name in block.missing(found, bad):
        if name in block.present:
            fault(n, name, Issue.of("missing-field", "", None, field=name))
        bad.add(name)
    if bad:
        return FAULTY
    try:
        return block.construct(found)
    except InvalidValueError as error:
        fault(n, error.issue.path, error.issue)
        return FAULTY


def _records(grid: Grid, built: Built, findings: Findings) -> None:
    sheet = grid.understood.sheet
    block = Block(sheet.row, grid.columns)
    fault = _fault_in(grid, findings)
    many = [name for shelf, _, name in built.entries if shelf == sheet.shelf.name]
    shelves = sorted(set(many))
    checked = cast("Callable[..., Record]", sheet.row)
    for n in range(len(grid.rows)):
        found, bad = block.given(n, fault)
        id_ = found.get("id")
        key = (sheet.shelf.name, cast("str", id_))
        several = False
        if id_ is not None and key in built.places:
            issue = Issue.of("duplicate-id", "", id_, kinds=sheet.shelf.kind)
            fault(n, "id", issue)
            bad.add("id")
        elif id_ is not None:
            built.places[key] = (grid, n)
            for name in shelves:
                if entries := built.entries.get((*key, name)):
                    found[name] = tuple([one for one, _, _ in entries if one is not FAULTY])
                    several = several or len(entries) > 1
        if not bad and not block.missing(found, bad):
            try:
                record = checked(**found) if several else block.construct(found)
                built.records.append(cast("Record", record))
            except InvalidValueError as error:
                _told(error.issue, (grid, n), built, findings, id_=id_)
                bad.add(first_of(error.issue))
            else:
                continue
        _checked_in_part(grid, block, (n, found, bad), built, findings)


def _checked_in_part(
    grid: Grid,
    block: Block,
    row: tuple[int, dict[str, object], set[str]],
    built: Built,
    findings: Findings,
) -> None:
    """Look for what else is wrong in a row, without what is known to be."""
    n, found, bad = row
    fault = _fault_in(grid, findings)
    for name in block.missing(found, bad):
        if name in block.present:
            fault(n, name, Issue.of("missing-field", "", None, field=name))
        bad.add(name)
    issues, record = others(block.cls, found, bad)
    for issue in issues:
        _told(issue, (grid, n), built, findings, id_=found.get("id"))
    if record is not None and not required_fields(block.cls) & bad:
        built.records.append(cast("Record", record))


def _told(
    issue: Issue, place: tuple[Grid, int], built: Built, findings: Findings, *, id_: object
) -> None:
    """Say a fault of a record where it stands: in its own row, or in that of an entry."""
    key = (place[0].understood.sheet.shelf.name, str(id_))
    located(issue, key, place, built, findings)


def located(  # noqa: PLR0913  (an issue, its record and where that stands)
    issue: Issue,
    key: tuple[str, str],
    place: tuple[Grid, int],
    built: Built,
    findings: Findings,
    *,
    doubt: bool = False,
) -> None:
    """Put an issue whose path names fields of a record where the cell stands."""
    grid, n = place
    parts = list(steps(issue.path))
    name = ".".join(str(part) for part in parts if isinstance(part, str))
    entries = built.entries.get((*key, str(parts[0])), [])
    entries = [one for one in entries if one[0] is not FAULTY]
    if entries:
        number = next((part for part in parts if isinstance(part, int)), None)
        _, grid, n = entries[number if number is not None and number < len(entries) else -1]
        name = ".".join(str(p) for p in parts[1:] if isinstance(p, str)) or OWNER
    column, title, private = grid.place(name, findings.language)
    found = evolve(issue, path="")
    at = (grid.understood.table, grid.rows[n], column)
    if doubt:
        findings.doubt(*at, title, found)
    else:
        findings.fault(*at, title, found, private=private)
