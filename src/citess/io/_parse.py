"""A strict reading of JSON: what every parser lets through is an issue here."""

import json
import math
from typing import Final, cast

from citess.errors import Issue, ReadError, Report
from citess.i18n import text_fault
from citess.io._layout import MAX_BYTES, MAX_DEPTH, MAX_INTEGER

_BOMS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_LONGEST_INTEGER: Final = 17


class _Object(dict[str, object]):
    """An object of the document, with the keys that it gives more than once."""

    repeated: tuple[str, ...] = ()


class _Unfit(str):
    """A number that is none: the text of it."""

    __slots__ = ()


class _NotFinite(_Unfit):
    __slots__ = ()


class _TooLarge(_Unfit):
    __slots__ = ()


def parse(content: bytes | str, max_bytes: int = MAX_BYTES) -> tuple[object, list[Issue]]:
    """Read JSON, with an issue for every duplicate key, unfit number and lone surrogate.

    Raises
    ------
    ReadError
        When it is no JSON at all, is not UTF-8, or is too large or too deep to be looked at.
    """
    try:
        tree = json.loads(
            _decoded(content, max_bytes),
            object_pairs_hook=_object,
            parse_constant=_NotFinite,
            parse_float=_float,
            parse_int=_integer,
        )
    except json.JSONDecodeError as error:
        raise _refusal(
            Issue.of("bad-json", "", error.doc[error.pos : error.pos + 20], reason=error)
        ) from None
    except RecursionError:
        raise _refusal(Issue.of("too-deep", "", "document", limit=MAX_DEPTH)) from None
    issues: list[Issue] = []
    return _clean(tree, "", 1, issues), issues


def _refusal(issue: Issue) -> ReadError:
    return ReadError(Report((issue,)))


def _decoded(content: bytes | str, max_bytes: int) -> str:
    if len(content) > max_bytes:
        raise _refusal(
            Issue.of("too-large", "", f"{len(content)} bytes", limit=f"{max_bytes} bytes")
        )
    if isinstance(content, str):
        if content.startswith("\ufeff"):
            raise _refusal(Issue.of("byte-order-mark", "", "\ufeff"))
        return content
    for mark in _BOMS:
        if content.startswith(mark):
            raise _refusal(Issue.of("byte-order-mark", "", content[:4]))
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        given = content[error.start : error.start + 4]
        raise _refusal(Issue.of("bad-encoding", "", given, reason=error.reason)) from None


def _object(pairs: list[tuple[str, object]]) -> _Object:
    found = _Object(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        found.repeated = tuple(dict.fromkeys(k for n, k in enumerate(keys) if k in keys[:n]))
    return found


def _float(text: str) -> object:
    number = float(text)
    return number if math.isfinite(number) else _NotFinite(text)


def _integer(text: str) -> object:
    if len(text) > _LONGEST_INTEGER or abs(int(text)) > MAX_INTEGER:
        return _TooLarge(text)
    return int(text)


def below(path: str, key: str) -> str:
    """Path of a key of an object."""
    return f"{path}.{key}" if path else key


def _clean(value: object, path: str, depth: int, issues: list[Issue]) -> object:
    if isinstance(value, dict | list) and depth > MAX_DEPTH:
        issues.append(
            Issue.of("too-deep", path, type(cast("object", value)).__name__, limit=MAX_DEPTH)
        )
        return None
    if isinstance(value, _Object):
        issues += [Issue.of("duplicate-key", path, key) for key in value.repeated]
        return {
            key: _clean(item, below(path, _checked(key, path, issues)), depth + 1, issues)
            for key, item in value.items()
        }
    if isinstance(value, list):
        items = cast("list[object]", value)
        return [_clean(v, f"{path}[{n}]", depth + 1, issues) for n, v in enumerate(items)]
    if isinstance(value, _Unfit):
        code = "not-finite" if isinstance(value, _NotFinite) else "number-too-large"
        issues.append(Issue.of(code, path, str(value)))
        return None
    if isinstance(value, str):
        return _checked(value, path, issues)
    return cast("object", value)  # type: ignore[redundant-cast]  # pyright sees dict[Unknown]


def _checked(text: str, path: str, issues: list[Issue]) -> str:
    if not text.isascii() and text_fault(text) == "surrogate":
        issues.append(Issue.of("surrogate", path, text))
    return text
