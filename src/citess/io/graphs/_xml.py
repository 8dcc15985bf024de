"""Text that XML can hold, and values as attributes of XML have them."""

import json
import re
from collections.abc import Iterable
from typing import Final, cast
from xml.sax.saxutils import escape

from citess.io.graphs._net import Item

_UNFIT: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_QUOTES: Final = {'"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"}
_LINES: Final = {"\r": "&#13;"}


def fit(text: str) -> str:
    """Give a text without the characters that XML cannot hold."""
    return _UNFIT.sub("", text)


def content(text: str) -> str:
    """Give the content of an element."""
    return escape(fit(text), _LINES)


def attribute(text: str) -> str:
    """Give the value of an attribute, without its quotes."""
    return escape(fit(text), _QUOTES)


def as_json(value: object) -> str:
    """Give JSON of which XML can hold every character."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _UNFIT.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    return json.dumps(found[0])[1:-1]


def scalar(value: object) -> object:
    """Give a value that is one: lists as their items apart by spaces, objects as JSON."""
    if isinstance(value, list):
        items = cast("list[object]", value)
        plain = all(isinstance(one, str) and one and not re.search(r"\s", one) for one in items)
        return " ".join(map(str, items)) if plain else as_json(items)
    return as_json(cast("object", value)) if isinstance(value, dict) else value


def column_types(rows: Iterable[Item]) -> dict[str, str]:
    """Names of values with their type: boolean, long, double or string."""
    found: dict[str, str] = {}
    for row in rows:
        for name, value in row.items():
            type_ = _type(scalar(value))
            old = found.setdefault(name, type_)
            if old != type_:
                found[name] = "double" if {old, type_} == {"long", "double"} else "string"
    return found


def _type(value: object) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "long" if -(2**63) <= value < 2**63 else "string"
    return "double" if isinstance(value, float) else "string"


def text_of(value: object) -> str:
    """Give a value as the text of an element."""
    plain = scalar(value)
    if isinstance(plain, bool):
        return "true" if plain else "false"
    if isinstance(plain, float):
        return {"inf": "INF", "-inf": "-INF", "nan": "NaN"}.get(str(plain), repr(plain))
    return str(plain)
