"""What a tally must be on arrival: a known version, whole, without anything about persons."""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Final, NoReturn, cast

from citess.errors import Issue, ReadError, Report, suggest
from citess.metrics._arriving_cells import FORM, Arrival, check_cells, texts
from citess.model.pseudonyms import PSEUDONYM, SHORTEST_KEY

FORMAT: Final = "citess.tally"
VERSION: Final = "1.0"
_MAJOR: Final = "1"
POPULATIONS: Final = "populations"
"""Part of the universe that names the populations counted, where there are any."""
NAMING: Final = frozenset({"case", "client", "id"})
"""Dimensions that name persons, or records about them, one by one."""


def words_of(document: Mapping[str, Any]) -> Iterator[str]:
    """Every word of its groups, facts, conditions, sources and populations."""
    for cell in document["cells"]:
        yield from (*cell["group"], *cell["fact"])
    for part in document["frame"]:
        yield from part["group"]
        for fact in part["facts"]:
            yield from fact
    for allowed in document["where"].values():
        yield from allowed
    yield from document["sources"]
    yield from document["universe"].get(POPULATIONS, ())


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


def arrived(text: str | bytes, *, threshold: int | None, key: bytes | None) -> dict[str, Any]:
    """Check a document of the exchange format; without a threshold, small numbers were agreed.

    Raises
    ------
    ReadError
        With every reason why it is refused.
    """
    document = _document(text)
    arrival = Arrival(threshold=threshold or 0)
    version = document.get("version")
    if document.get("format") != FORMAT:
        arrival.refuse("not-a-tally", "format", document.get("format"))
    elif not isinstance(version, str) or version.partition(".")[0] != _MAJOR:
        arrival.refuse("tally-version", "version", version, current=VERSION)
    elif _check_fields(document, arrival):
        _check_terms(document, arrival, key)
        _check_scope(document, arrival)
        check_cells(document["cells"], len(document["by"]), arrival)
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
    except ReadError:
        raise
    except (ValueError, RecursionError) as error:
        raise ReadError(Report((Issue.of("bad-json", "", "", reason=error),))) from None
    if not isinstance(found, dict):
        raise ReadError(Report((Issue.of("not-a-tally", "", found),)))
    return cast("dict[str, Any]", found)


def _check_fields(document: Mapping[str, Any], arrival: Arrival) -> bool:
    """Whether every field is there and of the right form, and no other."""
    for name in sorted(document.keys() - _FORMS.keys()):
        near = suggest(name, _FORMS)
        arrival.issues.append(Issue.of("personal-field", name, name, suggestion=near))
    for name, has_form in _FORMS.items():
        if name not in document:
            arrival.refuse("missing-field", name, None, field=name)
        elif not has_form(document[name]):
            arrival.refuse("wrong-type", name, document[name], **FORM)
    return not arrival.issues


def _check_terms(document: Mapping[str, Any], arrival: Arrival, key: bytes | None) -> None:
    if arrival.threshold and document["small_cells"] == "agreed":
        arrival.refuse("small-cells", "small_cells", "agreed")
    elif arrival.threshold:
        arrival.threshold = max(arrival.threshold, document["threshold"])
    arrival.keyed = document["key"] is not None
    if document["key"] is not None and (key is None or document["key"] != fingerprint(key)):
        arrival.refuse("other-key", "key", document["key"])


def _check_scope(document: Mapping[str, Any], arrival: Arrival) -> None:
    """Check what it is about: dimensions, conditions, day and period."""
    by, universe = document["by"], document["universe"]
    for name in sorted(NAMING & {*by, *document["where"]}):
        arrival.refuse("personal-field", "by" if name in by else "where", name)
    if len(set(by)) < len(by):
        arrival.refuse("repeated-value", "by", ", ".join(by))
    if document["on"] is not None and not _day(document["on"]):
        arrival.refuse("bad-date", "on", document["on"])
    for name in ("on", "period"):
        if universe[name] != document[name]:
            arrival.refuse("wrong-type", f"universe.{name}", universe[name], **FORM)
    groups = [tuple(part["group"]) for part in document["frame"]]
    for place, group in enumerate(groups):
        if len(group) not in {0, len(by)}:
            arrival.refuse("wrong-type", f"frame[{place}]", "/".join(group), **FORM)
        elif group in groups[:place]:
            arrival.refuse("repeated-cell", f"frame[{place}]", "/".join(group))


def _day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _text(found: object) -> bool:
    return isinstance(found, str)


def _optional(found: object) -> bool:
    return found is None or isinstance(found, str)


def _count(found: object) -> bool:
    return isinstance(found, int) and not isinstance(found, bool) and found >= 0


def _conditions(found: object) -> bool:
    values = cast("dict[str, object]", found).values() if isinstance(found, dict) else (None,)
    return all(map(texts, values))


def _universe(found: object) -> bool:
    parts = cast("dict[str, Any]", found) if isinstance(found, dict) else {}
    hubs = parts.get("hubs")
    whole = parts.keys() - {POPULATIONS} == {"hubs", "on", "period"} and bool(hubs) and texts(hubs)
    dated = whole and _optional(parts["on"]) and _optional(parts["period"])
    return dated and texts(parts.get(POPULATIONS, []))


def _frame(found: object) -> bool:
    return isinstance(found, list) and all(map(_framed, cast("list[object]", found)))


def _framed(part: object) -> bool:
    found = cast("dict[str, Any]", part) if isinstance(part, dict) else {}
    return (
        found.keys() == {"group", "facts"}
        and texts(found["group"])
        and isinstance(found["facts"], list)
        and all(map(texts, cast("list[object]", found["facts"])))
    )


_FORMS: Final[Mapping[str, Callable[[object], bool]]] = {
    "format": _text,
    "version": _text,
    "reads": _text,
    "by": texts,
    "on": _optional,
    "period": _optional,
    "where": _conditions,
    "universe": _universe,
    "threshold": _count,
    "small_cells": lambda found: found in {"agreed", "withheld"},
    "key": _optional,
    "cells": lambda found: isinstance(found, list),
    "frame": _frame,
    "sources": texts,
    "uncertain": _count,
}
"""Fields of the exchange format, and the form that each must have."""
