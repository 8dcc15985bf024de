"""Triples, and Turtle that is the same for the same triples."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from attrs import field, frozen

XSD: Final = "http://www.w3.org/2001/XMLSchema#"
RDF_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

_IRI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*")
_LOCAL: Final = re.compile(r"[A-Za-z](?:[A-Za-z0-9_-]*[A-Za-z0-9])?")
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ESCAPED: Final = re.compile(r'[\\"\n\r\t]')


@frozen(order=True)
class Iri:
    """A resource by its address."""

    value: str
    """Absolute IRI."""


@frozen(order=True)
class Literal:
    """A text, in a language or of a datatype."""

    text: str
    """Lexical form."""

    language: str = ""
    """Language tag."""

    datatype: str = ""
    """IRI of its datatype; empty for plain text."""


@frozen
class Listing:
    """Values in order (``rdf:List``)."""

    items: tuple["Iri | Literal", ...]
    """Its items."""


Value = Iri | Literal | Listing


def is_iri(text: str) -> bool:
    """Tell whether a text can stand between angle brackets.

    Examples
    --------
    >>> is_iri("https://example.org/"), is_iri("https://example.org/{id}")
    (True, False)
    """
    return _IRI.fullmatch(text) is not None


def _nothing() -> dict[str, dict[str, dict[Value, None]]]:
    return {}


@frozen
class Triples:
    """Triples in the making; each is kept once."""

    _by_subject: dict[str, dict[str, dict[Value, None]]] = field(factory=_nothing)

    def add(self, subject: str, predicate: str, *values: Value) -> None:
        """Say something of a resource."""
        for value in values:
            self._by_subject.setdefault(subject, {}).setdefault(predicate, {})[value] = None

    def has(self, subject: str, predicate: str) -> bool:
        """Tell whether anything is said of a resource by a property."""
        return predicate in self._by_subject.get(subject, {})

    def turtle(self, prefixes: Mapping[str, str]) -> str:
        """Write everything, sorted by subject, property and value."""
        used: set[str] = set()
        blocks = [
            "\n".join(_block(subject, said, prefixes, used))
            for subject, said in sorted(self._by_subject.items())
        ]
        head = "".join(f"@prefix {name}: <{prefixes[name]}> .\n" for name in sorted(used))
        return "\n".join((head, *blocks))


def _block(
    subject: str, said: Mapping[str, Iterable[Value]], prefixes: Mapping[str, str], used: set[str]
) -> Iterator[str]:
    lines = [
        f"    {'a' if predicate == RDF_TYPE else _name(predicate, prefixes, used)} "
        + " , ".join(sorted(_shown(value, prefixes, used) for value in values))
        for predicate, values in sorted(said.items(), key=lambda pair: (pair[0] != RDF_TYPE, pair))
    ]
    yield f"<{subject}>"
    yield " ;\n".join(lines) + " .\n"


def _name(iri: str, prefixes: Mapping[str, str], used: set[str]) -> str:
    for prefix, start in prefixes.items():
        if iri.startswith(start) and _LOCAL.fullmatch(iri[len(start) :]):
            used.add(prefix)
            return f"{prefix}:{iri[len(start) :]}"
    return f"<{iri}>"


def _shown(value: Value, prefixes: Mapping[str, str], used: set[str]) -> str:
    if isinstance(value, Listing):
        return f"( {' '.join(_shown(item, prefixes, used) for item in value.items)} )"
    if isinstance(value, Iri):
        return _name(value.value, prefixes, used)
    quoted = _ESCAPED.sub(lambda found: _ESCAPES[found[0]], value.text)
    if value.language:
        return f'"{quoted}"@{value.language}'
    kind = f"^^{_name(value.datatype, prefixes, used)}" if value.datatype else ""
    return f'"{quoted}"{kind}'
