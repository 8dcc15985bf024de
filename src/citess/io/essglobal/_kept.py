"""What a document says of a record and citess has no field for: kept, and written back."""

import re
from collections.abc import Mapping
from typing import Final, cast

from citess.io._turtle import XSD, Iri, Literal, Triples, Value, is_iri
from citess.io.essglobal._terms import PART, own

_NOT_NAME: Final = re.compile(r"[^A-Za-z0-9]")
_LANGUAGE: Final = re.compile(r"[A-Za-z]+(?:-[A-Za-z0-9]+)*")

Kept = Mapping[str, object]
"""Values by property, in the shape of expanded JSON-LD."""


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
