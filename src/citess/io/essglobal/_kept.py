"""What a document says of a record and citess has no field for: kept, and written back."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final, cast

from citess.errors import InvalidValueError, Issue
from citess.io._mending import mended
from citess.io._turtle import XSD, Iri, Literal, Triples, Value, is_iri
from citess.io.essglobal._terms import PART, iri, own
from citess.model import Space
from citess.model.rules import decimal

_NOT_NAME: Final = re.compile(r"[^A-Za-z0-9]")
_LANGUAGE: Final = re.compile(r"[A-Za-z]+(?:-[A-Za-z0-9]+)*")

_STREET: Final = ("street-address", "locality", "region", "postal-code")
_AXES: Final = (iri("geo:lat"), iri("geo:long"))
WITHIN: Final = iri("osspatialrelations:within")
"""Property of the place that an address lies within."""

GRID: Final = frozenset(_AXES)
"""Properties of coordinates."""

Kept = Mapping[str, object]
"""Values by property, in the shape of expanded JSON-LD."""


def said_address(kept: object, place: str, issues: list[Issue]) -> str | None:
    """Give the parts of an address that were said, in one line."""
    given = _mapping(kept)
    parts = (
        mended(str(one["@value"]), f"{place} {part}", issues)
        for part in _STREET
        for one in _each(given.get(iri(f"vcard:{part}")))
        if "@value" in one
    )
    return ", ".join(dict.fromkeys(part for part in parts if part)) or None


def still_said(kept: object, space: Space) -> Kept:
    """Give what was kept of an address, without what the record says differently by now."""
    given = _mapping(kept)
    then = _grid(given) or next(filter(None, map(_grid, _each(given.get(WITHIN)))), None)
    now = None if space.point is None else (space.point.latitude, space.point.longitude)
    gone: set[str] = set() if then == now else {WITHIN, *GRID}
    if said_address(given, "", []) != space.address:
        gone |= {iri(f"vcard:{part}") for part in _STREET}
    return {name: values for name, values in given.items() if name not in gone}


def _grid(given: Kept) -> tuple[Decimal, Decimal] | None:
    """Coordinates that were said; 0, 0 says that there are none."""
    try:
        north, east = (decimal(str(_each(given.get(axis))[0]["@value"]).strip()) for axis in _AXES)
    except (IndexError, KeyError, InvalidValueError, TypeError, ValueError):
        return None
    return (north, east) if north or east else None


def add_kept(triples: Triples, subject: str, kept: object) -> frozenset[str]:
    """Write back what was kept; give the properties that were written."""
    if not isinstance(kept, Mapping):
        return frozenset()
    said = ((name, _each(values)) for name, values in cast("Kept", kept).items())
    written = {name: each for name, each in said if each and is_iri(name)}
    for predicate, each in written.items():
        for n, value in enumerate(each):
            _add(triples, subject, predicate, value, n)
    return frozenset(written)


def _mapping(kept: object) -> Kept:
    return cast("Kept", kept) if isinstance(kept, Mapping) else dict[str, object]()


def _each(values: object) -> list[Kept]:
    many = cast("tuple[object, ...]", values) if isinstance(values, tuple | list) else ()
    return [cast("Kept", value) for value in many if isinstance(value, Mapping)]


def _add(triples: Triples, subject: str, predicate: str, value: Kept, n: int) -> None:
    node = value.get("@id")
    if "@value" in value:
        triples.add(subject, predicate, _literal(value))
    elif node is not None and not is_iri(str(node)):
        triples.add(subject, predicate, Literal(str(node), datatype=f"{XSD}anyURI"))
    else:
        name = _NOT_NAME.split(predicate.rstrip("/#"))[-1]
        below = f"{subject}{'-' if '#' in subject else '#'}kept-{name}-{n}"
        address = below if node is None else str(node)
        triples.add(subject, predicate, Iri(address))
        if node is not None and len(value) > 1:
            triples.add(subject, own(PART), Iri(address))
        add_kept(triples, address, {key: each for key, each in value.items() if key != "@id"})


def _literal(value: Kept) -> Value:
    language, datatype = str(value.get("@language", "")), str(value.get("@type", ""))
    return Literal(
        str(value["@value"]),
        language=language if _LANGUAGE.fullmatch(language) else "",
        datatype=datatype if is_iri(datatype) else "",
    )
