"""What a document says of a resource beside what was understood."""

import re
from collections.abc import Collection
from typing import Final

from citess.io._turtle import RDF_TYPE, Iri
from citess.io.essglobal._graph import Node, Statements
from citess.io.essglobal._terms import PART, own, vocabulary_term

_KEPT: Final = re.compile(r"[#-]kept-[\w.-]*-\d+$")
_DEEPEST: Final = 4
_MOST: Final = 1_000


def leftover(
    statements: Statements, subject: str, known: Collection[str], depth: int = 0
) -> dict[str, object]:
    """Give the other properties of a resource, with the parts that hang on it, as plain data."""
    found: dict[str, object] = {}
    for predicate, values in sorted(statements.about(subject).items()):
        if predicate not in known and predicate != own(PART):
            found[predicate] = [_plain(statements, subject, node, depth) for node in values[:_MOST]]
    return found


def _plain(statements: Statements, subject: str, node: Node, depth: int) -> dict[str, object]:
    if not isinstance(node, Iri):
        plain: dict[str, object] = {"@value": node.text}
        if node.language:
            plain["@language"] = node.language
        if node.datatype:
            plain["@type"] = node.datatype
        return plain
    told = Iri(node.value) in statements.values(subject, own(PART))
    part = told or node.value.startswith((f"{subject}#", f"{subject}-"))
    nameless = node.value.startswith("_:") or (
        part and not told and _KEPT.search(node.value) is not None
    )
    part = part or nameless
    below = leftover(statements, node.value, (), depth + 1) if part and depth < _DEEPEST else {}
    return below if nameless else {"@id": node.value, **below}


def other_types(statements: Statements, subject: str, known: Collection[str]) -> dict[str, object]:
    """Give the classes of a resource that are not written of themselves."""
    written = {"SSEInitiative", *map(vocabulary_term, known)}
    other = [
        {"@id": name}
        for name in statements.types(subject)
        if name not in known and (vocabulary_term(name) or name) not in written
    ]
    return {RDF_TYPE: other} if other else {}
