"""The CitESS profile: attributes that hold what HSDS has no home for."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final, cast

import msgspec

from citess.i18n import Term, Text
from citess.io._told import plain
from citess.io.hsds._keys import key
from citess.io.hsds._standard import entities
from citess.model.fields import FieldType, field_types, is_domain_class, is_term_class
from citess.model.shelves import Record, ShelfType, kinds, shelf_types

Entity = dict[str, object]

TAXONOMY: Final = "CitESS"
"""Taxonomy of the terms of the profile."""

PROFILE_VERSION: Final = "1"
"""Version of the profile."""

MEMBER: Final = "member"
"""Code of attributes that tell an organisation's agreements and its role there."""

EXPORTED: Final = (
    "source",
    "territory",
    "hub",
    "partner",
    "enterprise",
    "service",
    "service_offer",
    "space",
    "programme",
    "partnership",
)
"""Kinds of records that are written; the others are no matter for a public directory."""


def exported_classes() -> tuple[type[Record], ...]:
    """Classes of the kinds that are written."""
    return tuple(shelf.record for shelf in shelf_types() if shelf.kind in EXPORTED)


def attributes(
    record: Record, values: Mapping[str, object], link: str, entity: str, version: str
) -> Iterator[Entity]:
    """Give the attributes that hold the fields of a record.

    Parameters
    ----------
    record
        The record.
    values
        Those of its fields that are told.
    link, entity
        UUID and kind of the object that they say something of.
    version
        Version of HSDS.
    """
    kind = kinds()[type(record)]
    types = field_types(type(record))
    for name, value in values.items():
        many = types[name].many
        items = cast("tuple[object, ...]", value) if many else (value,)
        for n, item in enumerate(items):
            for code, text in _coded(f"{kind}.{name}", item):
                term = _term(code, _label(item, name), _meaning(item, kind, name))
                yield attribute(term, text, link, entity, version, str(n) if many else "")


def attribute(  # noqa: PLR0913, PLR0917  (the columns of the table)
    term: Mapping[str, object], value: str, link: str, entity: str, version: str, place: str = ""
) -> Entity:
    """Make one attribute: a term of the profile, and a value."""
    code = cast("str", term["code"])
    made: Entity = {
        "id": key(f"{link} {code} {place}"),
        "link_id": link,
        "link_entity": entity,
        "value": value,
        "taxonomy_term": dict(term),
    }
    if version != "3.0":
        made["label"] = code
    return made


def member_term(role: Term) -> Mapping[str, object]:
    """Term of the role that an organisation has in an agreement."""
    meaning = f"role in the agreement whose id is the value: {role.english}"
    return _term(f"{MEMBER}:{role}", role.english, meaning)


def _coded(code: str, item: object) -> Iterator[tuple[str, str]]:
    if isinstance(item, Text):
        for language, text in item.items():
            yield f"{code}@{language}", text
    elif isinstance(item, Term):
        yield f"{code}:{item.value}", item.value
    else:
        data = plain(item)
        yield code, data if isinstance(data, str) else msgspec.json.encode(data).decode()


def _label(item: object, name: str) -> str:
    return item.english if isinstance(item, Term) else name.replace("_", " ")


def _meaning(item: object, kind: str, name: str) -> str:
    of = f"{name.replace('_', ' ')} of a {kind.replace('_', ' ')}"
    return f"{of}: {item.english}" if isinstance(item, Term) else of


@cache
def _term(code: str, name: str, meaning: str) -> Mapping[str, object]:
    return {
        "id": key(f"term {code}"),
        "code": code,
        "name": name,
        "description": meaning,
        "taxonomy": TAXONOMY,
        "taxonomy_id": key(f"taxonomy {TAXONOMY}"),
    }


def is_text(kind: object) -> bool:
    """Whether values of a kind are written as they are, and not as JSON."""
    return not (is_domain_class(kind) or kind is int or kind is bool)


def gathered(kind: str, found: list[tuple[str, str]]) -> dict[str, object]:
    """Put values of attributes together again as an object of the native format.

    Parameters
    ----------
    kind
        Kind of the record.
    found
        Codes, without the kind, and values, in order.
    """
    types = field_types(next(shelf.record for shelf in shelf_types() if shelf.kind == kind))
    item: dict[str, object] = {}
    for code, value in found:
        name, _, language = code.partition("@")
        name = name.partition(":")[0]
        field = types.get(name)
        before = item.get(name)
        if language:
            texts = cast("dict[str, str]", before) if isinstance(before, dict) else {}
            item[name] = {**texts, language: value}
        elif field is None:
            item[name] = value
        elif field.many:
            values = cast("list[object]", before) if isinstance(before, list) else []
            item[name] = [*values, _read(field, value)]
        else:
            item[name] = _read(field, value)
    return item


def _read(field: FieldType, value: str) -> object:
    if is_text(field.kind):
        return value
    try:
        return msgspec.json.decode(value)
    except (msgspec.MsgspecError, RecursionError):
        return value


def hsds_profile() -> dict[str, Entity]:
    """Give the CitESS profile of HSDS: a JSON merge patch (RFC 7386) for each schema file.

    The profile adds no property and forbids none: it says which attributes a reader finds and how
    their values are written.

    Examples
    --------
    >>> profile = hsds_profile()
    >>> sorted(profile)[:2]
    ['attribute.json', 'taxonomy_term.json']
    >>> "hub.territories" in profile["taxonomy_term.json"]["properties"]["code"]["examples"]
    True
    """
    codes = [code for shelf in shelf_types() if shelf.kind in EXPORTED for code in _codes(shelf)]
    return {
        "attribute.json": {
            "properties": {
                "link_entity": {
                    "description": "the object that link_id names; source and partnership are "
                    "records of citess that HSDS has no object for",
                    "examples": [*entities("3.0")[:7], "source", "partnership"],
                },
                "value": {
                    "description": "a string as it is; a number, a truth value or an object as "
                    "JSON in the native format of citess; one attribute for each value of a list "
                    "and for each language of a text",
                },
            }
        },
        "taxonomy_term.json": {
            "properties": {
                "code": {
                    "description": "kind.field of the native format, followed by :code for a "
                    "value of a closed list and by @language for a text",
                    "examples": codes,
                },
                "taxonomy": {"examples": [TAXONOMY]},
            }
        },
    }


def _codes(shelf: ShelfType) -> Iterator[str]:
    for name, field in field_types(shelf.record).items():
        if is_term_class(field.kind):
            yield from (f"{shelf.kind}.{name}:{term.value}" for term in field.kind)
        elif field.kind is Text:
            yield f"{shelf.kind}.{name}@fr"
        else:
            yield f"{shelf.kind}.{name}"
