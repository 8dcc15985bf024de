"""JSON Schema of the native format, made from the classes."""

from decimal import Decimal
from typing import NewType, cast

from attrs import NOTHING, fields

from citess.i18n import Text
from citess.io._layout import FORMAT, HEADER, MAX_INTEGER, PAST, SCHEMA_VERSION
from citess.model import Bound, PartialDate
from citess.model.fields import FieldType, field_types, is_domain_class, is_term_class
from citess.model.ids import LONGEST_ID, SLUG
from citess.model.rules import id_rule, rule_of
from citess.model.shelves import shelf_types

Schema = dict[str, object]

_DATE = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"


def json_schema() -> Schema:
    """Give the JSON Schema (2020-12) of the native format.

    It describes shapes; that ids are unique and references resolve is for :func:`citess.check`.

    Examples
    --------
    >>> json_schema()["$defs"]["Hub"]["required"]
    ['id', 'name', 'territories']
    """
    definitions: dict[str, Schema] = {}
    shelves = {
        shelf.name: {"type": "array", "items": _class(shelf.record, definitions)}
        for shelf in shelf_types()
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"citess dataset {SCHEMA_VERSION}",
        "type": "object",
        "required": list(HEADER),
        "properties": {
            "format": {"const": FORMAT},
            "schema_version": {"type": "string", "pattern": r"^1\.(0|[1-9][0-9]*)$"},
            **shelves,
            **{PAST + name: shelf for name, shelf in shelves.items()},
        },
        "$defs": dict(sorted(definitions.items())),
    }


def _class(cls: type, definitions: dict[str, Schema]) -> Schema:
    if cls.__name__ not in definitions:
        definitions[cls.__name__] = {}
        types = field_types(cls)
        required = [a.name for a in fields(cls) if a.default is NOTHING]
        definitions[cls.__name__] = {
            "type": "object",
            "description": (cls.__doc__ or "").splitlines()[0],
            "required": sorted(required),
            "properties": {name: _field(kind, definitions) for name, kind in sorted(types.items())},
        }
    return {"$ref": f"#/$defs/{cls.__name__}"}


def _field(field: FieldType, definitions: dict[str, Schema]) -> Schema:
    schema = _kind(field.kind, definitions)
    if field.many:
        items = schema
        schema = Schema(type="array", items=items, uniqueItems=True)
    either: Schema = {"anyOf": [schema, {"type": "null"}]}
    return either if field.optional else schema


def _kind(kind: object, definitions: dict[str, Schema]) -> Schema:
    if is_domain_class(kind):
        return _class(cast("type", kind), definitions)
    if is_term_class(kind):
        return {"enum": [str(term) for term in kind]}
    if isinstance(kind, NewType):
        return _string(kind)
    return dict(_VALUES[cast("type", kind)])


def _string(kind: NewType) -> Schema:
    if rule_of(kind) is id_rule:
        return {"type": "string", "pattern": f"^{SLUG.pattern}$", "maxLength": LONGEST_ID}
    return {"type": "string", "minLength": 1}


_VALUES: dict[type, Schema] = {
    str: {"type": "string", "minLength": 1},
    int: {"type": "integer", "minimum": -MAX_INTEGER, "maximum": MAX_INTEGER},
    bool: {"type": "boolean"},
    Decimal: {"type": "string", "pattern": r"^-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?$"},
    PartialDate: {"type": "string", "pattern": f"^{_DATE}$"},
    Bound: {"type": "string", "pattern": f"^({_DATE}|open|unknown)$"},
    Text: {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"pattern": "^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$"},
        "additionalProperties": {"type": "string", "minLength": 1},
    },
}
