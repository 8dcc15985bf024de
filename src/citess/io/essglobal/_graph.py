"""RDF read into plain statements: offline, and no fault of a parser comes out as it is."""

import json
import logging
import warnings
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Final, cast

from citess.errors import Issue, MissingExtraError, ReadError, Report
from citess.io._given import check_text
from citess.io._layout import MAX_BYTES, MAX_DEPTH
from citess.io._turtle import RDF_TYPE, Iri, Literal
from citess.io.essglobal._terms import iri

FORMATS: Final = {
    ".ttl": "turtle",
    ".nt": "nt",
    ".rdf": "xml",
    ".xml": "xml",
    ".owl": "xml",
    ".jsonld": "json-ld",
    ".json": "json-ld",
}
"""Formats of RDF by suffix."""

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

Node = Iri | Literal


class Statements:
    """What a document says, by subject and property, sorted."""

    def __init__(self, triples: Iterator[tuple[str, str, Node]]) -> None:
        self._by_subject: dict[str, dict[str, list[Node]]] = {}
        for subject, predicate, value in triples:
            self._by_subject.setdefault(subject, {}).setdefault(predicate, []).append(value)
        for said in self._by_subject.values():
            for values in said.values():
                values.sort(key=_key)

    def subjects(self) -> list[str]:
        """Everything of which something is said, sorted."""
        return sorted(self._by_subject)

    def about(self, subject: str) -> Mapping[str, list[Node]]:
        """Everything that is said of a resource."""
        return self._by_subject.get(subject, {})

    def values(self, subject: str, predicate: str) -> list[Node]:
        """Values of a property, sorted."""
        return self.about(subject).get(predicate, [])

    def texts(self, subject: str, term: str) -> list[str]:
        """Values of a property, written as ``prefix:name``, whether texts or addresses."""
        nodes = self.values(subject, iri(term))
        return [node.value if isinstance(node, Iri) else node.text for node in nodes]

    def types(self, subject: str) -> list[str]:
        """Classes of a resource."""
        return [node.value for node in self.values(subject, RDF_TYPE) if isinstance(node, Iri)]

    def listed(self, node: Node) -> list[Node] | None:
        """Items of a list, or ``None`` when a node is none; a list in a circle ends there."""
        if node == Iri(f"{_RDF}nil"):
            return []
        seen: set[Node] = set()
        items: list[Node] = []
        while isinstance(node, Iri) and node not in seen:
            seen.add(node)
            first = self.values(node.value, f"{_RDF}first")
            if not first:
                break
            items.append(first[0])
            rest = self.values(node.value, f"{_RDF}rest")
            node = rest[0] if rest else Iri(f"{_RDF}nil")
        return items or None


def _key(node: Node) -> tuple[str, ...]:
    if isinstance(node, Iri):
        return ("0", node.value)
    return ("1", node.text, node.language, node.datatype)


def parse_rdf(content: bytes | str, format: str, max_bytes: int = MAX_BYTES) -> Statements:  # noqa: A002  (the word of the field)
    """Read statements.

    Raises
    ------
    MissingExtraError
        Without the extra ``rdf``.
    ReadError
        When the document is not RDF of that format, or would make the reader fetch something.
    ValueError
        When the format is none that can be read.
    """
    if format not in FORMATS.values():
        msg = f"format must be one of {', '.join(sorted(set(FORMATS.values())))}, not {format!r}"
        raise ValueError(msg)
    check_text(content)
    if find_spec("rdflib") is None:
        raise MissingExtraError("reading RDF", "rdf")
    if len(content) > max_bytes:
        limit = f"{max_bytes} bytes"
        raise _refusal(Issue.of("too-large", "", f"{len(content)} bytes", limit=limit))
    text = _decoded(content)
    if format == "xml" and ("<!DOCTYPE" in text or "<!ENTITY" in text):
        raise _refusal(Issue.of("has-dtd", "", "<!DOCTYPE"))
    if format == "json-ld":
        _check_context(text)
    return Statements(_triples(text, format))


def _decoded(content: bytes | str) -> str:
    try:
        raw = content.encode() if isinstance(content, str) else content
        return raw.decode("utf-8-sig")
    except UnicodeError as error:
        reason = getattr(error, "reason", error)
        raise _refusal(Issue.of("bad-encoding", "", content[:20], reason=reason)) from None


def _refusal(issue: Issue) -> ReadError:
    return ReadError(Report((issue,)))


def _check_context(text: str) -> None:
    """Refuse contexts that stand elsewhere: nothing is fetched."""
    try:
        waiting: list[tuple[object, int]] = [(json.loads(text), 0)]
    except (ValueError, RecursionError) as error:
        raise _refusal(Issue.of("bad-rdf", "", text[:20], reason=error, format="json-ld")) from None
    while waiting:
        value, depth = waiting.pop()
        if depth > MAX_DEPTH:
            raise _refusal(Issue.of("too-deep", "", "document", limit=MAX_DEPTH))
        if isinstance(value, list):
            waiting += [(item, depth + 1) for item in cast("list[object]", value)]
        elif isinstance(value, dict):
            pairs = cast("dict[str, object]", value)
            waiting += [(item, depth + 1) for item in pairs.values()]
            for key in ("@context", "@import"):
                item = pairs.get(key)
                items = cast("list[object]", item) if isinstance(item, list) else [item]
                for context in items:
                    if isinstance(context, str):
                        raise _refusal(Issue.of("remote-context", key, context))


@contextmanager
def _quiet() -> Generator[None]:
    """Keep the parser from telling the terminal what the report tells."""
    logger = logging.getLogger("rdflib.term")
    before = logger.disabled
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        logger.disabled = True
        try:
            yield
        finally:
            logger.disabled = before


def _triples(text: str, format: str) -> Iterator[tuple[str, str, Node]]:  # noqa: A002  (the word of the field)
    import rdflib  # noqa: PLC0415  (the extra rdf)

    graph = rdflib.Graph(bind_namespaces="none")
    try:
        with _quiet():
            graph.parse(data=text, format=format, publicID="urn:citess:document")
    except Exception as error:  # noqa: BLE001  (parsers raise errors of a dozen kinds)
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise _refusal(Issue.of("bad-rdf", "", text[:20], reason=reason, format=format)) from None
    for subject, predicate, value in graph:
        if isinstance(value, rdflib.Literal):
            words = _whole(value)
            yield _name(subject), str(predicate), _literal(words, value.language, value.datatype)
        else:
            yield _name(subject), str(predicate), Iri(_name(value))


def _literal(words: str, language: str | None, datatype: object) -> Literal:
    return Literal(words, language or "", "" if datatype is None else str(datatype))


def _name(node: object) -> str:
    from rdflib import BNode  # noqa: PLC0415  (the extra rdf)

    return f"_:{node}" if isinstance(node, BNode) else _whole(node)


def _whole(node: object) -> str:
    """Text of a node, without halves of characters."""
    return str(node).encode("utf-8", "replace").decode("utf-8")
