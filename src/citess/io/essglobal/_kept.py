"""What a document says of a record and citess has no field for: kept, and written back."""

from collections.abc import Mapping
from typing import cast

from citess.io._turtle import Iri, Literal, Triples, Value, is_iri

Kept = Mapping[str, object]
"""Values by property, in the shape of expanded JSON-LD."""


def add_kept(triples: Triples, subject: str, kept: object) -> frozenset[str]:
    """Write back what was kept; give the properties that were written."""
    if not isinstance(kept, Mapping):
        return frozenset()
    found = cast("Kept", kept)
    for predicate, given in found.items():
        if not is_iri(predicate):
            continue
        values = cast("tuple[object, ...]", given) if isinstance(given, tuple | list) else ()
        for n, value in enumerate(values):
            if isinstance(value, Mapping):
                _add(triples, subject, predicate, cast("Kept", value), n)
    return frozenset(filter(is_iri, found))


def _add(triples: Triples, subject: str, predicate: str, value: Kept, n: int) -> None:
    node = value.get("@id")
    if "@value" in value:
        triples.add(subject, predicate, _literal(value))
    elif isinstance(node, str) and is_iri(node):
        triples.add(subject, predicate, Iri(node))
        add_kept(triples, node, {k: v for k, v in value.items() if k != "@id"})
    elif node is None:
        name = predicate.replace("#", "/").rstrip("/").rpartition("/")[2]
        below = f"{subject}{'-' if '#' in subject else '#'}kept-{name}-{n}"
        triples.add(subject, predicate, Iri(below))
        add_kept(triples, below, value)


def _literal(value: Kept) -> Value:
    return Literal(
        str(value["@value"]),
        language=str(value.get("@language", "")),
        datatype=str(value.get("@type", "")),
    )
