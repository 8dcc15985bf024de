"""What the cells of a tally must be on arrival: sound, each once, no smaller than agreed."""

import re
from collections.abc import Iterable, Mapping
from math import inf, isfinite
from typing import Any, Final, cast

from attrs import define, field

from citess.errors import Issue
from citess.metrics._facts import Fact, Number
from citess.metrics._merging import Group
from citess.metrics._small_cells import counter, protected

FORM: Final = {"given_type": "of another form", "expected_type": "what the exchange format has"}
_CELL: Final = frozenset({"group", "fact", "n", "distinct", "low", "high", "ids", "withheld"})
_VALUES: Final = (
    {"n"},
    {"distinct"},
    {"low", "high"},
    {"low", "high", "distinct"},
    {"ids"},
    {"withheld"},
)
_FLAGS: Final = ({"withheld"}, {"low", "high", "distinct"})
"""Values in which a word is no number but says yes."""

_LARGEST: Final = 2**53
_HASH: Final = re.compile(r"k-[0-9a-f]{32}")

Ends = tuple[float, float]
"""Least and greatest value of a cell."""


@define
class Arrival:
    """A document being checked."""

    threshold: int
    """Least number that may arrive; 0 where smaller ones were agreed."""

    keyed: bool = False
    """Whether it says with which key names were hashed."""

    issues: list[Issue] = field(factory=list[Issue])
    """What is wrong with it."""

    ends: dict[tuple[Group, Fact], Ends] = field(factory=dict[tuple[Group, Fact], Ends])
    """Least and greatest value of each cell."""

    def refuse(self, code: str, path: str, given: object, **details: object) -> None:
        """Note what is wrong."""
        self.issues.append(Issue.of(code, path, given, **cast("Any", details)))


def texts(found: object) -> bool:
    """Whether something is a list of words."""
    given = cast("list[object]", found)
    return isinstance(found, list) and all(isinstance(one, str) for one in given)


def check_cells(cells: Iterable[object], width: int, arrival: Arrival) -> None:
    """Check every cell, and that no group has more than the whole."""
    for place, cell in enumerate(cells):
        _check_cell(f"cells[{place}]", cell, width, arrival)
    if arrival.issues:
        return
    for (group, fact), (least, _) in arrival.ends.items():
        _, whole = arrival.ends.get(((), fact), (0, 0))
        if group and counter(fact) is None and least > whole:
            arrival.refuse("out-of-range", "cells", _told(group, fact), range=f"0 to {whole:g}")


def _told(group: Group, fact: Fact) -> str:
    return f"{'/'.join(group)} {'/'.join(fact)}".strip()


def _check_cell(path: str, cell: object, width: int, arrival: Arrival) -> None:
    if not isinstance(cell, dict):
        arrival.refuse("wrong-type", path, cell, **FORM)
        return
    found = cast("dict[str, Any]", cell)
    if unknown := sorted(found.keys() - _CELL):
        arrival.refuse("personal-field", f"{path}.{unknown[0]}", unknown[0])
        return
    values = {name: found[name] for name in found if name not in {"group", "fact"}}
    placed = texts(found.get("group")) and texts(found.get("fact"))
    if not placed or values.keys() not in _VALUES or len(found["group"]) not in {0, width}:
        arrival.refuse("wrong-type", path, found, **FORM)
        return
    group, fact = tuple(found["group"]), tuple(found["fact"])
    if (group, fact) in arrival.ends:
        arrival.refuse("repeated-cell", path, _told(group, fact))
        return
    ends = (
        _ids(path, values["ids"], arrival)
        if "ids" in values
        else (_numbers(path, values, fact, arrival))
    )
    arrival.ends[group, fact] = ends


def _ids(path: str, ids: object, arrival: Arrival) -> Ends:
    """Check keyed hashes: how many there are."""
    if not texts(ids) or not all(map(_HASH.fullmatch, cast("list[str]", ids))):
        arrival.refuse("personal-field", f"{path}.ids", "...")
        return 0, inf
    hashes = cast("list[str]", ids)
    if not arrival.keyed:
        arrival.refuse("other-key", f"{path}.ids", "...")
    if len(set(hashes)) < len(hashes):
        arrival.refuse("repeated-value", f"{path}.ids", "...")
    if 0 < len(hashes) < arrival.threshold:
        arrival.refuse("small-cells", f"{path}.ids", "...")
    return len(hashes), len(hashes)


def _numbers(path: str, values: Mapping[str, object], fact: Fact, arrival: Arrival) -> Ends:
    """Check a number, its bounds or that it is withheld: what it is at least and at most."""
    flags = {name for name in ("withheld", "distinct") if {*values} in _FLAGS}
    numbers = [value for name, value in values.items() if name not in flags]
    marks = [value for name, value in values.items() if name in flags]
    if any(mark is not True for mark in marks) or not all(map(_is_number, numbers)):
        arrival.refuse("wrong-type", path, dict(values), **FORM)
        return 0, inf
    known = cast("list[Number]", numbers)
    if not known:
        return 0, inf
    problem = _unsound(known, fact, different="distinct" in values)
    if problem is not None:
        code, details = problem
        arrival.refuse(code, path, known[0], **details)
        return 0, inf
    low, high = (
        cast("Number", values.get("low", known[0])),
        cast("Number", values.get("high", known[0])),
    )
    if low > high:
        arrival.refuse("wrong-type", path, dict(values), **FORM)
    elif protected(fact) and _tells(low, high, arrival.threshold):
        arrival.refuse("small-cells", path, known[0])
    return low, high


def _tells(low: Number, high: Number, threshold: int) -> bool:
    """Whether bounds tell more of a small number than that it is one."""
    return 0 < high < threshold and (low == high or low > 1 or high < threshold - 1)


def _unsound(
    numbers: list[Number], fact: Fact, *, different: bool
) -> tuple[str, dict[str, str]] | None:
    """Why numbers cannot be what a fact has."""
    if any(isinstance(number, float) and not isfinite(number) for number in numbers):
        return "not-finite", {}
    if any(abs(number) > _LARGEST for number in numbers):
        return "number-too-large", {}
    if (counter(fact) is None or protected(fact)) and min(numbers) < 0:
        return "out-of-range", {"range": "0 or more"}
    if different and any(number != int(number) for number in numbers):
        return "out-of-range", {"range": "a whole number"}
    return None


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
