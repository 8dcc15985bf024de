"""What a tally must be on arrival: a known version, whole, without anything about persons."""

import hashlib
import hmac
import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NoReturn, cast

from attrs import define, field

from citess.errors import Issue, ReadError, Report, suggest
from citess.metrics._facts import Fact
from citess.metrics._merging import Group
from citess.model.pseudonyms import PSEUDONYM, SHORTEST_KEY

FORMAT: Final = "citess.tally"
VERSION: Final = "1.0"
_MAJOR: Final = "1"
_CELL: Final = frozenset({"group", "fact", "n", "distinct", "low", "high", "ids", "withheld"})
_VALUES: Final = (
    {"n"},
    {"distinct"},
    {"low", "high"},
    {"low", "high", "distinct"},
    {"ids"},
    {"withheld"},
)
_HASH: Final = re.compile(r"k-[0-9a-f]{32}")
_FORM: Final = {"given_type": "of another form", "expected_type": "what the exchange format has"}


def words_of(document: Mapping[str, Any]) -> Iterator[str]:
    """Every word of its groups and facts."""
    for cell in document["cells"]:
        yield from (*cell["group"], *cell["fact"])
    for part in document["frame"]:
        yield from part["group"]
        for fact in part["facts"]:
            yield from fact


def fingerprint(key: bytes) -> str:
    """Short name of a key, by which both sides see that they have the same.

    Raises
    ------
    ValueError
        When the key is too short.
    """
    if len(key) < SHORTEST_KEY:
        msg = f"the key must have {SHORTEST_KEY} bytes or more"
        raise ValueError(msg)
    return hmac.new(key, b"citess.tally", hashlib.sha256).hexdigest()[:16]


@define
class _Arrival:
    """A document being checked."""

    issues: list[Issue] = field(factory=list[Issue])
    seen: set[tuple[Group, Fact]] = field(factory=set[tuple[Group, Fact]])

    def refuse(self, code: str, path: str, given: object, **details: object) -> None:
        self.issues.append(Issue.of(code, path, given, **cast("Any", details)))


def arrived(text: str | bytes, *, small_cells: bool, key: bytes | None) -> dict[str, Any]:
    """Check a document of the exchange format.

    Raises
    ------
    ReadError
        With every reason why it is refused.
    """
    document = _document(text)
    arrival = _Arrival()
    version = document.get("version")
    if document.get("format") != FORMAT:
        arrival.refuse("not-a-tally", "format", document.get("format"))
    elif not isinstance(version, str) or version.partition(".")[0] != _MAJOR:
        arrival.refuse("tally-version", "version", version, current=VERSION)
    elif _check_fields(document, arrival):
        _check_terms(document, arrival, key, small_cells=small_cells)
        for place, cell in enumerate(document["cells"]):
            _check_cell(f"cells[{place}]", cell, len(document["by"]), arrival)
    if not arrival.issues and any(map(PSEUDONYM.fullmatch, words_of(document))):
        arrival.refuse("personal-field", "cells", "p-...")
    if arrival.issues:
        raise ReadError(Report(tuple(arrival.issues)))
    return document


def _document(text: str | bytes) -> dict[str, Any]:
    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        names = [name for name, _ in pairs]
        for name in names:
            if names.count(name) > 1:
                raise ReadError(Report((Issue.of("duplicate-key", name, name),)))
        return dict(pairs)

    def finite(word: str) -> NoReturn:
        raise ReadError(Report((Issue.of("not-finite", "cells", word),)))

    try:
        found: object = json.loads(text, object_pairs_hook=once, parse_constant=finite)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise ReadError(Report((Issue.of("bad-json", "", "", reason=error),))) from None
    if not isinstance(found, dict):
        raise ReadError(Report((Issue.of("not-a-tally", "", found),)))
    return cast("dict[str, Any]", found)


def _check_fields(document: Mapping[str, Any], arrival: "_Arrival") -> bool:
    """Whether every field is there and of the right form, and no other."""
    for name in sorted(document.keys() - _FORMS.keys()):
        near = suggest(name, _FORMS)
        arrival.issues.append(Issue.of("personal-field", name, name, suggestion=near))
    for name, has_form in _FORMS.items():
        if name not in document:
            arrival.refuse("missing-field", name, None, field=name)
        elif not has_form(document[name]):
            arrival.refuse("wrong-type", name, document[name], **_FORM)
    return not arrival.issues


def _check_terms(
    document: Mapping[str, Any], arrival: "_Arrival", key: bytes | None, *, small_cells: bool
) -> None:
    if document["small_cells"] == "agreed" and not small_cells:
        arrival.refuse("small-cells", "small_cells", "agreed")
    if document["key"] is not None and (key is None or document["key"] != fingerprint(key)):
        arrival.refuse("other-key", "key", document["key"])


def _text(found: object) -> bool:
    return isinstance(found, str)


def _optional(found: object) -> bool:
    return found is None or isinstance(found, str)


def _count(found: object) -> bool:
    return isinstance(found, int) and not isinstance(found, bool) and found >= 0


def _texts(found: object) -> bool:
    return isinstance(found, list) and all(map(_text, cast("list[object]", found)))


def _conditions(found: object) -> bool:
    values = cast("dict[str, object]", found).values() if isinstance(found, dict) else (None,)
    return all(map(_texts, values))


def _universe(found: object) -> bool:
    parts = cast("dict[str, Any]", found) if isinstance(found, dict) else {}
    hubs = parts.get("hubs")
    whole = parts.keys() == {"hubs", "on", "period"} and bool(hubs) and _texts(hubs)
    return whole and _optional(parts["on"]) and _optional(parts["period"])


def _frame(found: object) -> bool:
    return isinstance(found, list) and all(map(_framed, cast("list[object]", found)))


def _framed(part: object) -> bool:
    found = cast("dict[str, Any]", part) if isinstance(part, dict) else {}
    return (
        found.keys() == {"group", "facts"}
        and _texts(found["group"])
        and isinstance(found["facts"], list)
        and all(map(_texts, cast("list[object]", found["facts"])))
    )


_FORMS: Final[Mapping[str, Callable[[object], bool]]] = {
    "format": _text,
    "version": _text,
    "reads": _text,
    "by": _texts,
    "on": _optional,
    "period": _optional,
    "where": _conditions,
    "universe": _universe,
    "threshold": _count,
    "small_cells": lambda found: found in {"agreed", "withheld"},
    "key": _optional,
    "cells": lambda found: isinstance(found, list),
    "frame": _frame,
    "sources": _texts,
    "uncertain": _count,
}
"""Fields of the exchange format, and the form that each must have."""


def _check_cell(path: str, cell: object, width: int, arrival: _Arrival) -> None:
    if not isinstance(cell, dict):
        arrival.refuse("wrong-type", path, cell, **_FORM)
        return
    found = cast("dict[str, Any]", cell)
    if unknown := sorted(found.keys() - _CELL):
        arrival.refuse("personal-field", f"{path}.{unknown[0]}", unknown[0])
        return
    values = found.keys() - {"group", "fact"}
    placed = _texts(found.get("group")) and _texts(found.get("fact"))
    if not placed or values not in _VALUES or len(found["group"]) not in {0, width}:
        arrival.refuse("wrong-type", path, found, **_FORM)
        return
    where = (tuple(found["group"]), tuple(found["fact"]))
    if where in arrival.seen:
        arrival.refuse("repeated-cell", path, f"{'/'.join(where[0])} {'/'.join(where[1])}".strip())
    arrival.seen.add(where)
    if "ids" in found:
        ids = found["ids"]
        if not _texts(ids) or not all(map(_HASH.fullmatch, ids)):
            arrival.refuse("personal-field", f"{path}.ids", "...")
        elif len(set(ids)) < len(ids):
            arrival.refuse("repeated-value", f"{path}.ids", "...")
        return
    if not all(_sound(name, found[name]) for name in values) or found.get("low", 0) > found.get(
        "high", 0
    ):
        arrival.refuse("wrong-type", path, found, **_FORM)


def _sound(name: str, value: object) -> bool:
    if name == "withheld":
        return value is True
    if name == "distinct" and value is True:
        return True
    return isinstance(value, (int, float)) and not isinstance(value, bool)
