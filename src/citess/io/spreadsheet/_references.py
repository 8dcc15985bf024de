"""References between rows: which name no record, and what was meant."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, cast

from attrs import evolve

from citess import vocab
from citess.errors import Issue, suggest
from citess.i18n import Text
from citess.io.spreadsheet._build import Built, Grid
from citess.io.spreadsheet._columnar import EMPTY, FAULTY, Doubtful, Values
from citess.io.spreadsheet._columns import OWNER
from citess.io.spreadsheet._findings import Findings
from citess.model import Territory, TerritoryLevel, ids
from citess.model.integrity import targets_by_type
from citess.model.shelves import Record, kinds
from citess.model.spelling import fold

_TERRITORIES: Final = "territories"


class Known:
    """Records that rows can name: those read, those around them, territories of the vocabulary."""

    def __init__(self, built: Built, within: Iterable[Record]) -> None:
        self.added: dict[str, Territory] = {}
        self._ids: dict[str, set[str]] = {kind: set() for kind in kinds().values()}
        for grid in built.grids:
            sheet = grid.understood.sheet
            if sheet.entries is None:
                cells = cast("list[str]", grid.cells("id") or [])
                self._ids[sheet.shelf.kind].update(set(cells) - cast("set[str]", {EMPTY, FAULTY}))
        self._records = (*built.records, *within)
        for record in self._records:
            self._ids[kinds()[type(record)]].add(record.id)
        self._names: dict[str, dict[str, str]] = {}

    def kinds_of(self, column: Values) -> tuple[str, ...]:
        """Kinds of records that a column names; empty for a column that names none."""
        if column.column.name in {"id", OWNER}:
            return ()
        return targets_by_type().get(column.column.field.kind, ())

    def has(self, value: str, allowed: tuple[str, ...]) -> bool:
        """Tell whether a value names a record; a territory may come from the vocabulary."""
        if len(allowed) == len(self._ids):
            kind, _, id_ = value.partition(":")
            return self._is(kind, id_)
        return any(self._is(kind, value) for kind in allowed)

    def _is(self, kind: str, id_: str) -> bool:
        if id_ in self._ids.get(kind, ()):
            return True
        if kind == "territory" and id_ in vocab.scheme(_TERRITORIES):
            self.added.setdefault(id_, _territory(id_))
            return True
        return False

    def near(self, value: str, allowed: tuple[str, ...]) -> str | None:
        """Id that was perhaps meant: that of a record of this name, or one spelt much alike."""
        named = len(allowed) == len(self._ids)
        kind, _, rest = value.partition(":")
        wanted = (kind,) if named and kind in self._ids and rest else allowed
        key = fold(rest if named and rest else value)
        for one in wanted:
            if found := self._of(one).get(key):
                return f"{one}:{found}" if named else found
        known = [f"{one}:{id_}" if named else id_ for one in wanted for id_ in self._ids[one]]
        if "territory" in wanted and not named:
            known += vocab.scheme(_TERRITORIES)
        if near := suggest(value.casefold(), known):
            return near
        words = {word: (one, id_) for one in wanted for word, id_ in self._of(one).items()}
        near = suggest(key, words)
        if near is None:
            return None
        one, id_ = words[near]
        return f"{one}:{id_}" if named else id_

    def _of(self, kind: str) -> Mapping[str, str]:
        if kind not in self._names:
            found: dict[str, str] = {}
            if kind == "territory":
                for code, concept in vocab.scheme(_TERRITORIES).items():
                    shown = str(concept.facts.get("iso", code))
                    for word in (*(text for _, text in concept.labels.items()), *concept.aliases):
                        found.setdefault(fold(word), shown)
            for record in self._records:
                if kinds()[type(record)] == kind:
                    for word in _words(record):
                        found[fold(word)] = record.id
            self._names[kind] = found
        return self._names[kind]


def _words(record: Record) -> Iterator[str]:
    for name in ("name", "title"):
        text = getattr(record, name, None)
        if isinstance(text, Text):
            yield from (one for _, one in text.items())
    yield from cast("tuple[str, ...]", getattr(record, "aliases", ()))


def _territory(id_: str) -> Territory:
    concept = vocab.scheme(_TERRITORIES)[id_]
    level = str(concept.facts.get("level", TerritoryLevel.OTHER))
    return Territory(id=ids.TerritoryId(id_), name=concept.labels, level=TerritoryLevel(level))


def check_references(built: Built, known: Known, findings: Findings) -> None:
    """Find every cell that names no record, and say of faulty names what was perhaps meant."""
    for one in built.doubtful:
        _doubtful(one, known, findings)
    for grid in built.grids:
        for column in grid.columns:
            allowed = known.kinds_of(column)
            if allowed:
                _column(grid, column, allowed, known, findings)
        if grid.understood.sheet.entries is not None:
            _owners(grid, known, findings)


def _owners(grid: Grid, known: Known, findings: Findings) -> None:
    owner = next((c for c in grid.columns if c.column.name == OWNER), None)
    if owner is not None:
        _column(grid, owner, (grid.understood.sheet.shelf.kind,), known, findings)


def _column(
    grid: Grid, column: Values, allowed: tuple[str, ...], known: Known, findings: Findings
) -> None:
    lost: dict[object, bool] = {}
    for n, cell in enumerate(column.cells):
        if cell is EMPTY or cell is FAULTY:
            continue
        if cell not in lost:
            values = cast("tuple[str, ...]", cell if isinstance(cell, tuple) else (cell,))
            lost[cell] = not all(known.has(value, allowed) for value in values)
        if lost[cell]:
            values = cast("tuple[str, ...]", cell if isinstance(cell, tuple) else (cell,))
            for value in values:
                if not known.has(value, allowed):
                    issue = _lost(value, allowed, known)
                    typed = str(grid.understood.table.rows[grid.rows[n]][column.place]).strip()
                    if typed.casefold() == value != typed:
                        findings.forget(grid.understood.table, column.place, "read-as", typed)
                        issue = _as_typed(issue, typed, allowed)
                    findings.fault(
                        grid.understood.table, grid.rows[n], column.place, column.title, issue,
                        private=column.column.private,
                    )  # fmt: skip


def _lost(value: str, allowed: tuple[str, ...], known: Known) -> Issue:
    near = known.near(value, allowed)
    if len(allowed) == len(kinds()):
        kind = value.partition(":")[0]
        if kind not in kinds().values():
            return Issue.of("bad-reference", "", value, suggestion=near, kinds=", ".join(allowed))
        allowed = (kind,)
    return Issue.of("dangling-reference", "", value, suggestion=near, kind=", ".join(allowed))


def _as_typed(issue: Issue, typed: str, allowed: tuple[str, ...]) -> Issue:
    """Say the fault of what was typed; the name of a territory is no code of it."""
    if allowed != ("territory",):
        return evolve(issue, given=Issue.of(issue.code, "", typed).given)
    return Issue.of("bad-code", "", typed, suggestion=issue.suggestion, scheme="ISO 3166-2",
                    codes="TN-53 ...")  # fmt: skip


def _doubtful(one: Doubtful, known: Known, findings: Findings) -> None:
    place, title, column = one.values
    issue = one.issue
    allowed = (
        (one.understood.sheet.shelf.kind,)
        if column.name == OWNER
        else targets_by_type().get(column.field.kind, ())
    )
    if allowed:
        given = issue.given[1:-1]
        near = known.near(given, allowed)
        issue = evolve(issue, suggestion=near or issue.suggestion)
    findings.fault(one.understood.table, one.row, place, title, issue, private=column.private)
