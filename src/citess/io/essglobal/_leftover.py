"""What a document says of a resource beside what was understood."""

import re
from collections.abc import Collection
from typing import Final

from citess.errors import Issue, Severity
from citess.io._turtle import RDF_TYPE, Iri
from citess.io.essglobal._graph import Node, Statements
from citess.io.essglobal._terms import PART, own, vocabulary_term

_KEPT: Final = re.compile(r"[#-]kept-[\w.-]*-\d+$")
_DEEPEST: Final = 16
_MOST: Final = 20_000


def leftover(
    statements: Statements, subject: str, known: Collection[str], issues: list[Issue]
) -> dict[str, object]:
    """Give the other properties of a resource, with the parts that hang on it, as plain data.

    Parts of parts are followed for sixteen steps and twenty thousand values; what lies beyond is
    told.
    """
    gathering = _Gathering(statements)
    found = gathering.of(subject, known, 0)
    if gathering.cut:
        limit = f"{_DEEPEST} steps, {_MOST} values"
        given = f"{gathering.cut} parts"
        issue = Issue.of("too-deep", subject, given, severity=Severity.WARNING, limit=limit)
        issues.append(issue)
    return found


class _Gathering:
    def __init__(self, statements: Statements) -> None:
        self.cut = 0
        self._statements = statements
        self._left = _MOST

    def of(self, subject: str, known: Collection[str], depth: int) -> dict[str, object]:
        said = self._statements.about(subject)
        return {
            predicate: [self._plain(subject, node, depth) for node in values]
            for predicate, values in sorted(said.items())
            if predicate not in known and predicate != own(PART)
        }

    def _plain(self, subject: str, node: Node, depth: int) -> dict[str, object]:
        self._left -= 1
        if not isinstance(node, Iri):
            plain = {"@value": node.text, "@language": node.language, "@type": node.datatype}
            return {key: text for key, text in plain.items() if text or key == "@value"}
        told = node in self._statements.values(subject, own(PART))
        part = told or node.value.startswith((f"{subject}#", f"{subject}-"))
        nameless = node.value.startswith("_:")
        nameless = nameless or (part and not told and _KEPT.search(node.value) is not None)
        below: dict[str, object] = {}
        if part or nameless:
            if depth < _DEEPEST and self._left > 0:
                below = self.of(node.value, (), depth + 1)
            else:
                self.cut += 1
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
