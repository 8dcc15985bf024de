"""Rows of the CSV files of an HSDS package, read and looked at."""

import csv
import math
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TextIO

from citess.errors import Issue, ReadError, Report, Severity
from citess.io._long_cells import long_cells
from citess.io.hsds._document import Root
from citess.io.hsds._profile import Entity
from citess.io.hsds._standard import VERSIONS, entities, fields_of, tables
from citess.io.hsds._tables import cell_fault

_NUMBER: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_INTEGER: Final = re.compile(r"[+-]?\d{1,15}", re.ASCII)
_SUFFIX: Final = ".csv"
_SEPARATORS: Final = (",", ";", "\t")
_TABLES: Final = "organizations, services, locations, service_at_location ..."
_TIMES: Final = frozenset({"date", "time"})


def read_tables(folder: Path) -> tuple[list[Root], tuple[Issue, ...]]:
    """Read the tables that a folder has.

    Raises
    ------
    ReadError
        When a file is no CSV in UTF-8.
    OSError
        When there is no such folder, or a file cannot be read.
    """
    files = sorted(file for file in folder.iterdir() if file.suffix.lower() == _SUFFIX)
    roots: list[Root] = []
    issues: list[Issue] = []
    for entity in entities(VERSIONS[-1]):
        for file in files:
            if tables().get(file.stem.lower()) == entity:
                roots += _read(entity, file, issues)
    issues += [
        Issue.of("unknown-table", file.name, file.stem, severity=Severity.WARNING, codes=_TABLES)
        for file in files
        if file.stem.lower() not in tables()
    ]
    return roots, (*issues, *_faults(roots))


def _separator(stream: TextIO) -> str:
    """Find the character that sets the column of ids apart: a comma, where none does."""
    line = stream.readline()
    stream.seek(0)
    titles = {mark: next(csv.reader([line], delimiter=mark), list[str]()) for mark in _SEPARATORS}
    return next((mark for mark, found in titles.items() if "id" in map(str.strip, found)), ",")


def _read(entity: str, file: Path, issues: list[Issue]) -> Iterator[Root]:
    n = 0
    try:
        with long_cells(), file.open(encoding="utf-8-sig", newline="") as stream:
            mark = _separator(stream)
            if mark != _SEPARATORS[0]:
                note = Issue.of("assumed-separator", file.name, mark, severity=Severity.NOTE)
                issues.append(note)
            reader = csv.reader(stream, delimiter=mark, strict=True)
            header = [name.strip() for name in next(reader, list[str]())]
            n = 1
            for n, cells in enumerate(reader, start=2):
                if cells:
                    yield Root(entity, _row(entity, header, cells), f"{file.name}[{n}]")
    except UnicodeDecodeError as error:
        given = error.object[error.start : error.start + 4]
        issue = Issue.of("bad-encoding", file.name, given, reason=error.reason)
        raise ReadError(Report((issue,))) from None
    except csv.Error as error:
        issue = Issue.of("unknown-shape", f"{file.name}[{n + 1}]", str(error), format="CSV")
        raise ReadError(Report((issue,))) from None


def _row(entity: str, header: list[str], cells: list[str]) -> Entity:
    """Cells by column; those beyond the header keep their number."""
    names = [*header, *(f"column {n + 1}" for n in range(len(header), len(cells)))]
    known = fields_of(entity)
    return {
        name: _number(cell) if name in known and known[name].kind == "number" else cell
        for name, cell in zip(names, cells, strict=False)
        if cell
    }


def _number(cell: str) -> object:
    if _INTEGER.fullmatch(cell):
        return int(cell)
    if _NUMBER.fullmatch(cell) and math.isfinite(float(cell)):
        return float(cell)
    return cell


def _faults(roots: list[Root]) -> Iterator[Issue]:
    """What the tables do not allow beyond what no object of HSDS may be."""
    there: dict[str, set[object]] = defaultdict(set)
    for root in roots:
        id_ = root.content.get("id")
        if id_ in there[root.entity]:
            yield _doubt(Issue.of("repeated-value", "id", id_), root)
        there[root.entity].add(id_)
    for root in roots:
        for name, field in fields_of(root.entity).items():
            value = root.content.get(name)
            if value is None:
                if field.required_in_tables and not field.required:
                    yield _doubt(Issue.of("missing-field", name, None, field=name), root)
                continue
            if field.target and value not in there[field.target]:
                dangling = Issue.of("dangling-reference", name, value, kind=field.target)
                yield _doubt(dangling, root)
            issue = cell_fault(root.entity, field, value) if field.kind in _TIMES else None
            if issue is not None:
                yield _doubt(issue.at(name), root)


def _doubt(issue: Issue, root: Root) -> Issue:
    at = issue.at(root.path)
    return Issue(at.code, at.path, at.given, at.suggestion, Severity.WARNING, at.details)
