"""RDF of the solidarity economy as a dataset, whoever wrote it."""

from typing import Final, NewType, cast

from citess.errors import IntegrityError, Issue, ReadError, Report, Severity
from citess.i18n import Text
from citess.io._careful import structure
from citess.io._layout import FORMAT as NATIVE
from citess.io._layout import MAX_BYTES, SCHEMA_VERSION
from citess.io._mending import fresh_id, language_tag
from citess.io._travel import ImportReport
from citess.io._turtle import RDF_TYPE, Iri
from citess.io.essglobal._foreign import Foreign
from citess.io.essglobal._graph import Node, Statements, parse_rdf
from citess.io.essglobal._interval import bound
from citess.io.essglobal._leftover import leftover, other_types
from citess.io.essglobal._terms import (
    FORMAT,
    KEPT,
    carried,
    iri,
    own,
    terms_of,
    versions,
)
from citess.io.essglobal._ties import Ties
from citess.model import Dataset, Period, Record, Space, codes
from citess.model.fields import FieldType, field_types, is_domain_class, is_term_class
from citess.model.ids import is_id
from citess.model.shelves import shelf_types

_DERIVED: Final = (
    "dcterms:hasPart",
    "dcterms:identifier",
    "dcterms:isPartOf",
    "dcterms:source",
    "dcterms:type",
    "gr:category",
    "gr:name",
    "org:memberDuring",
    "org:organization",
    "rdf:type",
    "vcard:hasAddress",
)
_DERIVED_TERMS: Final = (
    "economicSector",
    "hasAddress",
    "hasProductOrService",
    "legalForm",
    "organisationalStructure",
    "primarySector",
)


def from_essglobal(
    document: bytes | str,
    *,
    format: str = "turtle",  # noqa: A002  (the word of the field)
    max_bytes: int = MAX_BYTES,
) -> tuple[Dataset, ImportReport]:
    """Read ESSGlobal RDF, in any of its namespaces, from whoever wrote it.

    What citess wrote comes back as it was. Of others, initiatives become partners of the SSE,
    networks too, plain organisations partners of no known sector; their addresses become spaces,
    memberships and parts agreements. What is said beside that is kept and written back. Nothing
    is fetched. Needs the extra ``rdf``.

    Parameters
    ----------
    document
        The document.
    format
        ``"turtle"``, ``"nt"``, ``"xml"`` or ``"json-ld"`` with its context inside.
    max_bytes
        Largest document to look at.

    Raises
    ------
    ReadError
        When it is not RDF, or records do not fit; ``report`` holds every problem.
    MissingExtraError
        Without the extra ``rdf``.
    ValueError
        When the format is none that can be read.

    Examples
    --------
    >>> data, report = from_essglobal('''
    ...     @prefix ess: <https://dev.lod.coop/essglobal/2.1/vocab/> .
    ...     @prefix gr: <http://purl.org/goodrelations/v1#> .
    ...     <https://example.org/amel> a ess:SSEInitiative ; gr:name "El Amel"@FR .
    ... ''')
    >>> data.partners["el-amel"].name
    Text({'fr': 'El Amel'})
    """
    statements = parse_rdf(document, format, max_bytes)
    reader = _Reader(statements)
    shelves = reader.records()
    foreign = Foreign(statements, reader.names, shelves)
    foreign.read()
    Ties(foreign).read()
    issues = reader.issues + foreign.issues
    faults = tuple(issue for issue in issues if issue.severity is Severity.ERROR)
    if faults:
        raise ReadError(Report(faults))
    native = {"format": NATIVE, "schema_version": SCHEMA_VERSION, **shelves}
    try:
        data = structure(native)
    except IntegrityError as error:
        raise ReadError(error.report) from None
    return data, ImportReport.of(FORMAT, issues)


class _Reader:
    """Reads what citess wrote, by the annotations of each class."""

    def __init__(self, statements: Statements) -> None:
        self.statements = statements
        self.issues: list[Issue] = []
        self.names: dict[str, tuple[str, str]] = {}
        by_type = {own(cls.__name__): kind for kind, cls in carried().items()}
        for subject in statements.subjects():
            kinds = [by_type[name] for name in statements.types(subject) if name in by_type]
            if kinds:
                self.names[subject] = (kinds[0], self._id(subject, kinds[0]))

    def _id(self, subject: str, kind: str) -> str:
        told = [
            node.text
            for node in self.statements.values(subject, iri("dcterms:identifier"))
            if not isinstance(node, Iri)
        ]
        for text in told:
            if is_id(text):
                return text
        taken = {id_ for _, id_ in self.names.values()}
        return fresh_id(subject.rpartition("/")[2].rpartition("#")[2], taken, start=kind)

    def records(self) -> dict[str, list[dict[str, object]]]:
        """Documents of every record, by shelf."""
        shelves: dict[str, list[dict[str, object]]] = {}
        by_kind = {s.kind: s for s in shelf_types()}
        for subject, (kind, id_) in self.names.items():
            type_ = by_kind[kind]
            plain = self._object(subject, type_.record)
            kept = self._kept(subject, type_.record)
            if kept:
                plain[KEPT] = kept
            shelves.setdefault(type_.name, []).append({"id": id_, **plain})
        return shelves

    def _kept(self, subject: str, cls: type[Record]) -> dict[str, object]:
        """What others said of a record, and what somebody added to what citess wrote."""
        if cls is Space:
            node = f"{subject}#address"
            told = set(self.statements.texts(node, "citess:kept"))
            known = set(self.statements.about(node)) - told
            return leftover(self.statements, node, known, self.issues)
        told = set(self.statements.texts(subject, "citess:kept"))
        others = self._known(cls) - (told - {RDF_TYPE})
        kept = leftover(self.statements, subject, others, self.issues)
        if RDF_TYPE in told:
            types = {*map(iri, terms_of(cls).types), own(cls.__name__), iri("org:Organization")}
            kept |= other_types(self.statements, subject, types)
        return kept

    def _known(self, cls: type) -> frozenset[str]:
        terms = terms_of(cls)
        named = (*terms.fields.values(), *terms.rest.values(), *_DERIVED)
        spaces = [f"{start}vocab/" for start in versions().values()]
        return frozenset(
            {
                *(iri(name) for name in named),
                *(own(name) for name in (*field_types(cls), "kept")),
                *(f"{space}{name}" for space in spaces for name in _DERIVED_TERMS),
            }
        )

    def _object(self, subject: str, cls: type) -> dict[str, object]:
        if cls is Period:
            return {name: self._bound(subject, name) for name in ("start", "end")}
        found: dict[str, object] = {}
        for name, field in field_types(cls).items():
            if name in {"id", "note"} or field.personal:
                continue
            value = self._field(subject, name, field, cls)
            if value is not None:
                found[name] = value
        return found

    def _field(self, subject: str, name: str, field: FieldType, cls: type) -> object:
        terms = terms_of(cls)
        property_ = "dcterms:source" if name == "sources" else terms.fields.get(name)
        values = self.statements.values(subject, own(name))
        kept = self.statements.texts(subject, "citess:kept")
        if not values and property_ is not None and iri(property_) not in kept:
            values = self.statements.values(subject, iri(property_))
            if name in terms.rest and field.kind is Text:
                values = values + self.statements.values(subject, iri(terms.rest[name]))
        if not values:
            return None
        items = self._items(values)
        if field.kind is Text and not field.many:
            return self._text(items, f"{cls.__name__}.{name}")
        plain = [self._plain(node, name, field.kind) for node in items]
        return plain if field.many else plain[0]

    def _items(self, values: list[Node]) -> list[Node]:
        listed = self.statements.listed(values[0]) if len(values) == 1 else None
        return values if listed is None else listed

    def _text(self, items: list[Node], path: str) -> object:
        found: dict[str, str] = {}
        for node in items:
            if isinstance(node, Iri):
                continue
            tag = language_tag(node.language)
            if found.setdefault(tag, node.text) != node.text:
                self.issues.append(Issue.of("repeated-value", f"{path}.{tag}", node.text))
        return found or None

    def _plain(self, node: Node, name: str, kind: object) -> object:  # noqa: PLR0911  (one for each kind)
        text = node.value if isinstance(node, Iri) else node.text
        if kind is codes.WebAddress:
            return text
        if isinstance(node, Iri) and is_domain_class(kind):
            return self._object(text, cast("type", kind))
        if isinstance(node, Iri) and is_term_class(kind):
            return self._code(text, name)
        if isinstance(node, Iri) and isinstance(kind, NewType):
            known = self.names.get(text)
            return known[1] if known else fresh_id(text, (), start="unknown")
        if kind is bool:
            return {"true": True, "1": True, "false": False, "0": False}.get(text, text)
        if kind is int:
            return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else text  # noqa: PLR2004  (what every reader keeps)
        return text

    def _code(self, node: str, name: str) -> str:
        for notation in self.statements.values(node, iri("skos:notation")):
            if not isinstance(notation, Iri):
                return notation.text
        return node.rpartition(f"{name}-")[2]

    def _bound(self, node: str, name: str) -> str:
        for value in self.statements.values(node, own(name)):
            if not isinstance(value, Iri):
                return value.text
        return bound(self.statements, node, name)
