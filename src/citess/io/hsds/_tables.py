"""HSDS objects as rows of tables, and the descriptor of the tables."""

import re
from collections.abc import Iterator, Mapping
from typing import Final, cast

from citess.errors import Issue
from citess.io._travel import Losses
from citess.io.hsds._check import value_fault
from citess.io.hsds._profile import Entity
from citess.io.hsds._standard import (
    StandardField,
    entities,
    fields_of,
    file_name,
    is_list,
    plural,
    within,
)

Row = dict[str, object]

_FORMS: Final = {
    "date": re.compile(r"\d{4}-\d\d-\d\d"),
    "time": re.compile(r"\d\d:\d\d(?::\d\d)?"),
}

_TYPES: Final = {
    "string": ("string", None),
    "uuid": ("string", "uuid"),
    "uri": ("string", "uri"),
    "email": ("string", "email"),
    "number": ("number", None),
    "date": ("date", None),
    "time": ("time", None),
    "datetime": ("datetime", None),
}


def columns(entity: str, version: str) -> list[StandardField]:
    """Columns of the table of an object, in order."""
    given = fields_of(entity).values()
    return [field for field in given if version != "3.0" or not field.since_3_1]


def rows(entity: str, content: Entity, version: str, losses: Losses) -> Iterator[tuple[str, Row]]:
    """Rows of an object and of those inside it; what no table has a column for is counted."""
    known = {field.name for field in columns(entity, version)}
    row: Row = {name: value for name, value in content.items() if name in known}
    inside = {id(one): inner for inner, one in within(content)}
    after: list[tuple[str, Row]] = []
    for name, value in content.items():
        if name in known or value is None:
            continue
        items = cast("list[object]", value) if isinstance(value, list) else [value]
        for item in items:
            inner = inside.get(id(item))
            if inner is None or inner not in entities(version):
                losses.lost(f"{plural(entity)}[].{name}")
            elif is_list(name):
                below = {**_link(entity, inner, row), **cast("Entity", item)}
                after += rows(inner, below, version, losses)
            else:
                below = cast("Entity", item)
                yield from rows(inner, below, version, losses)
                row.setdefault(_KEYS.get(name, f"{name}_id"), below.get("id"))
    yield entity, {name: value for name, value in row.items() if name in known}
    yield from after


def _link(entity: str, inner: str, row: Row) -> Row:
    """Columns by which a row names the one it stands under."""
    if inner == "attribute":
        return {"link_id": row.get("id"), "link_entity": entity}
    if inner == "metadata":
        return {"resource_id": row.get("id"), "resource_type": entity}
    return {f"{entity}_id": row.get("id")} if f"{entity}_id" in fields_of(inner) else {}


def descriptor(version: str) -> Entity:
    """Describe the tables: the ``datapackage.json`` of a folder."""
    return {
        "name": "human_services_data",
        "profile": "tabular-data-package",
        "version": f"{version}.0",
        "resources": [_resource(entity, version) for entity in entities(version)],
    }


def _resource(entity: str, version: str) -> Entity:
    given = columns(entity, version)
    schema: Entity = {
        "fields": [_column(entity, field) for field in given],
        "primaryKey": "id",
    }
    keys = [
        {"fields": field.name, "reference": {"resource": field.target, "fields": "id"}}
        for field in given
        if field.target in entities(version)
    ]
    if keys:
        schema["foreignKeys"] = keys
    return {
        "name": entity,
        "path": f"{file_name(entity)}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _column(entity: str, field: StandardField) -> Entity:
    type_, format_ = _TYPES[field.kind]
    constraints: Entity = {
        "required": field.required_in_tables,
        "unique": is_unique(entity, field.name),
    }
    if field.codes:
        constraints["enum"] = list(field.codes)
    made: Entity = {"name": field.name, "type": type_, "constraints": constraints}
    return made if format_ is None else {**made, "format": format_}


def is_unique(entity: str, name: str) -> bool:
    """Whether a column holds each value once; HSDS allows an organisation one program alone."""
    return name == "id" or name in _UNIQUE.get(entity, ())


_UNIQUE: Final[Mapping[str, tuple[str, ...]]] = {
    "program": ("organization_id",),
    "taxonomy_term": ("code",),
}


_KEYS: Final = {"taxonomy_detail": "taxonomy_id"}


def cell_fault(entity: str, field: StandardField, value: object) -> Issue | None:
    """Find what a table does not allow in a cell."""
    issue = value_fault(entity, field, value)
    form = _FORMS.get(field.kind)
    if issue is None and form is not None and not form.fullmatch(cast("str", value)):
        return Issue.of("bad-format", "", value, format=field.kind)
    return issue


def text_of(value: object) -> str:
    """Write one value as the text of a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else repr(value)
