"""Documents of other formats that are handed over as Python objects: only what JSON can hold."""

import math
from collections.abc import Mapping
from typing import Final, cast

from citess.errors import Issue, ReadError, Report
from citess.i18n import text_fault
from citess.io._layout import MAX_DEPTH, MAX_INTEGER
from citess.io._parse import below
from citess.io._strict import wrong_type

DEPTH: Final = MAX_DEPTH - 8
"""How deep a document may be, so that the native format can hold it inside a record."""


def plain_document(document: object) -> object:
    """Give a document as JSON would hold it: tuples are lists.

    Raises
    ------
    ReadError
        When it holds what JSON cannot, or is nested too deeply; every fault has its place.
    """
    if _is_plain(document):
        return document
    issues: list[Issue] = []
    taken = _taken(document, "", 1, issues)
    if issues:
        raise ReadError(Report(tuple(issues)))
    return taken


def _is_plain(document: object) -> bool:
    """Tell, level by level, whether nothing is to be refused or turned."""
    level: list[object] = [document]
    for _ in range(DEPTH + 1):
        inner: list[object] = []
        for value in level:
            if isinstance(value, dict):
                given = cast("dict[object, object]", value)
                if not all(map(_is_fit_text, given)):
                    return False
                inner += given.values()
            elif isinstance(value, list):
                inner += cast("list[object]", value)
            elif not (value is None or _is_fit_text(value) or _is_fit_number(value)):
                return False
        if not inner:
            return True
        level = inner
    return False


def _is_fit_text(value: object) -> bool:
    return isinstance(value, str) and (value.isascii() or text_fault(value) != "surrogate")


def _is_fit_number(value: object) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, int) and abs(value) <= MAX_INTEGER


def _taken(value: object, path: str, depth: int, issues: list[Issue]) -> object:
    if isinstance(value, Mapping | list | tuple) and depth > DEPTH:
        issues.append(Issue.of("too-deep", path, type(cast("object", value)).__name__, limit=DEPTH))
        return None
    if isinstance(value, Mapping):
        return {
            key: _taken(item, _checked_key(key, path, issues), depth + 1, issues)
            for key, item in cast("Mapping[object, object]", value).items()
        }
    if isinstance(value, list | tuple):
        items = cast("list[object]", value)
        return [_taken(item, f"{path}[{n}]", depth + 1, issues) for n, item in enumerate(items)]
    issues += _faults(value, path)
    return value


def _checked_key(key: object, path: str, issues: list[Issue]) -> str:
    if not isinstance(key, str):
        issues.append(wrong_type(key, "a string").issue.at(path))
        return path
    issues += _faults(key, path)
    return below(path, key)


def _faults(value: object, path: str) -> list[Issue]:
    if value is None or _is_fit_text(value) or _is_fit_number(value):
        return []
    if isinstance(value, str):
        return [Issue.of("surrogate", path, value)]
    if isinstance(value, float):
        return [Issue.of("not-finite", path, value)]
    if isinstance(value, int):
        digits = value.bit_length() * 3 // 10
        return [Issue.of("number-too-large", path, f"about 10^{digits}")]
    return [wrong_type(value, "a value of JSON").issue.at(path)]
