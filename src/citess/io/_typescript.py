"""TypeScript types of the native format, made from the classes."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NewType, cast

from attrs import NOTHING, fields

from citess.i18n import Text
from citess.io._layout import FORMAT, PAST, SCHEMA_VERSION
from citess.model import Bound, PartialDate
from citess.model.fields import FieldType, field_types, is_domain_class, is_term_class
from citess.model.rules import id_rule, rule_of
from citess.model.shelves import shelf_types

_PLAIN: Final[dict[object, str]] = {
    str: "string",
    int: "number",
    bool: "boolean",
    Decimal: "Decimal",
    PartialDate: "PartialDate",
    Bound: "Bound",
    Text: "Text",
}
_HEAD: Final = f"""\
// Types of the native format of citess, version {SCHEMA_VERSION}; made from its classes.

/** Text by language tag; the first is the original. */
export type Text = {{ readonly [language: string]: string }};
/** A date as precise as its source: YYYY, YYYY-MM or YYYY-MM-DD. */
export type PartialDate = string;
/** An end of a period: a date, "open" or "unknown". */
export type Bound = string;
/** A decimal number, as a string. */
export type Decimal = string;
"""


def typescript() -> str:
    """Give the TypeScript types of the native format, for portals that read it.

    Every class is an interface and every closed list a union; fields that may be absent are
    optional. ``Dataset`` is a document, ``Line`` a line of JSON Lines after the header.

    Examples
    --------
    >>> "export interface Hub {" in typescript()
    True
    """
    made: dict[str, str] = {}
    for shelf in shelf_types():
        _add(shelf.record, made)
    return "\n".join((_HEAD, *(made[name] for name in sorted(made)), *_dataset()))


def _dataset() -> Iterator[str]:
    shelves = [(shelf.name, shelf.record.__name__) for shelf in shelf_types()]
    shelves += [(PAST + name, cls) for name, cls in shelves]
    yield "/** A document. */\nexport interface Dataset {"
    yield f'  readonly format: "{FORMAT}";\n  readonly schema_version: string;'
    yield from (f"  readonly {name}?: readonly {cls}[];" for name, cls in shelves)
    yield "}\n"
    yield "/** A line of JSON Lines after the first: one record. */\nexport type Line ="
    yield "\n".join(f"  | {{ readonly {name}: {cls} }}" for name, cls in shelves) + ";\n"


def _add(cls: type, made: dict[str, str]) -> str:
    """Add a class, and those that its fields need; give its name."""
    name = cls.__name__
    if name in made:
        return name
    made[name] = ""
    needed = {a.name for a in fields(cls) if a.default is NOTHING}
    lines = [f"/** {_label(cls)} */", f"export interface {name} {{"]
    for field, type_ in sorted(field_types(cls).items()):
        mark = "" if field in needed else "?"
        lines.append(f"  readonly {field}{mark}: {_type(type_, made)};")
    made[name] = "\n".join((*lines, "}\n"))
    return name


def _label(cls: type) -> str:
    return (cls.__doc__ or "").splitlines()[0].replace("*/", "* /")


def _type(field: FieldType, made: dict[str, str]) -> str:
    name = _kind(field.kind, made)
    if field.many:
        name = f"readonly {name}[]"
    return f"{name} | null" if field.optional else name


def _kind(kind: object, made: dict[str, str]) -> str:
    if is_domain_class(kind):
        return _add(cast("type", kind), made)
    if is_term_class(kind):
        name = kind.__name__
        doc = _label(kind)
        codes = " | ".join(f'"{term}"' for term in kind)
        made[name] = f"/** {doc} */\nexport type {name} = {codes};\n"
        return name
    if isinstance(kind, NewType):
        name = kind.__name__
        what = "id" if rule_of(kind) is id_rule else "code"
        made[name] = f"/** An {what}. */\nexport type {name} = string;\n".replace("An c", "A c")
        return name
    return _PLAIN[kind]
