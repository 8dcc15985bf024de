"""Records and datasets as small pieces of HTML, for notebooks."""

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING, Any, Final, cast

from attrs import NOTHING, fields

from citess.i18n import Term, Text, direction
from citess.model.privacy import is_private_field

if TYPE_CHECKING:
    from citess.model.dataset import Dataset

_CELL: Final = "text-align:start;padding:.1em .6em;vertical-align:top"
_MOST: Final = 12
"""Items of one field that are shown."""


def table(caption: str, rows: Iterable[tuple[str, str]]) -> str:
    """Give a table of names and values; values are HTML already, colours the page's.

    Examples
    --------
    >>> table("a < b", [("n", "1")]).startswith("<table><caption>a &lt; b</caption>")
    True
    """
    body = "".join(
        f'<tr><th scope="row" style="{_CELL}">{escape(name)}</th>'
        f'<td dir="auto" style="{_CELL}">{value}</td></tr>'
        for name, value in rows
    )
    return f"<table><caption>{escape(caption)}</caption><tbody>{body}</tbody></table>"


def record_html(record: object) -> str:
    """Give what a record says, without what is personal, a note, or not understood."""
    cls = cast("Any", type(record))
    shown = [a for a in fields(cls) if a.name != "_extra" and not is_private_field(cls, a.name)]
    rows = [(a.name, value_html(getattr(record, a.name))) for a in shown if _says(record, a)]
    return table(cls.__name__, rows)


def _says(record: object, attribute: Any) -> bool:
    value: object = getattr(record, attribute.name)
    return attribute.default is NOTHING or value != attribute.default


def value_html(value: object) -> str:
    """Give a value as HTML: texts in every language with their direction, terms by their label."""
    if isinstance(value, Text):
        return "<br>".join(
            f'<span lang="{tag}" dir="{direction(tag)}">{escape(text)}</span>'
            for tag, text in value.items()
        )
    if isinstance(value, Term):
        return escape(value.label())
    if isinstance(value, tuple):
        items = cast("tuple[object, ...]", value)
        more = f" <small>+ {len(items) - _MOST}</small>" if len(items) > _MOST else ""
        return ", ".join(map(value_html, items[:_MOST])) + more
    return escape(str(value))


def dataset_html(data: "Dataset") -> str:
    """Give the number of records on each shelf that holds some."""
    filled = ((shelf.kind, f"{len(shelf):,}") for shelf in data.shelves() if len(shelf))
    return table("Dataset", filled)
