"""Initiatives, addresses and ties in the documents of others."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from citess.errors import InvalidValueError, Issue, Severity
from citess.io._mending import fresh_id, language_tag, mended
from citess.io._places import country_named
from citess.io._sse_codes import form_of
from citess.io._turtle import Iri
from citess.io.essglobal._graph import Statements
from citess.io.essglobal._kept import GRID, WITHIN, said_address
from citess.io.essglobal._leftover import leftover, other_types
from citess.io.essglobal._terms import KEPT, code_of, iri, vocabulary_term
from citess.model.rules import decimal, web_rule

_ORGANISATIONS: Final = ("org:Organization", "http://www.w3.org/ns/org#FormalOrganization")
_NAMES: Final = (
    "gr:name",
    "rdfs:label",
    "skos:prefLabel",
    "foaf:name",
    "vcard:fn",
    "schema:name",
    "http://schema.org/name",
    "dcterms:title",
)
_BOUNDS: Final = {"lat": 90, "long": 180}
_INSTANTS: Final = ("time:inXSDDate", "time:inXSDgYearMonth", "time:inXSDgYear")
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")

Plain = dict[str, object]


class Foreign:
    """Adds to documents of records what others say in other ways."""

    def __init__(
        self,
        statements: Statements,
        names: dict[str, tuple[str, str]],
        shelves: dict[str, list[Plain]],
    ) -> None:
        self.statements = statements
        self.names = names
        self.shelves = shelves
        self.issues: list[Issue] = []
        self.new: list[str] = []
        self.taken: dict[str, set[str]] = {"space": set(), "partnership": set(), "party": set()}
        for kind, id_ in names.values():
            of = "party" if kind in {"hub", "partner", "enterprise"} else kind
            of = "partnership" if kind == "programme" else of
            self.taken.setdefault(of, set()).add(id_)

    def read(self) -> None:
        """Read organisations and their addresses."""
        for subject in self.statements.subjects():
            if subject not in self.names and (sector := self._sector(subject)) is not None:
                self._organisation(subject, sector)

    def _sector(self, subject: str) -> str | None:
        types = self.statements.types(subject)
        if any(vocabulary_term(name) in {"SSEInitiative", "Network"} for name in types):
            return "sse"
        plain = {iri(name) if name.startswith("org:") else name for name in _ORGANISATIONS}
        return "" if plain & set(types) else None

    def _organisation(self, subject: str, sector: str) -> None:
        name = self._name(subject)
        told = self.statements.texts(subject, "dcterms:identifier")
        wanted = next(iter(told), None) or str(next(iter(name.values())))
        id_ = fresh_id(wanted, self.taken["party"], start="organisation")
        self.taken["party"].add(id_)
        self.names[subject] = ("partner", id_)
        self.new.append(subject)
        plain: Plain = {"id": id_, "name": name}
        if sector:
            plain["sector"] = sector
        known = {iri("rdf:type"), iri("dcterms:hasPart"), iri("dcterms:isPartOf")}
        known |= self._named(subject)
        self._described(subject, plain, known)
        form = form_of(code for _, code in self._codes(subject, "organisationalStructure"))
        form = form or form_of(code for _, code in self._codes(subject, "legalForm"))
        if form is not None:
            plain["legal_form"] = form
        known |= self._address(subject, id_, name, plain)
        kept = leftover(self.statements, subject, known, self.issues)
        kept |= other_types(self.statements, subject, {iri("org:Organization")})
        if kept:
            plain[KEPT] = kept
        self.shelves.setdefault("partners", []).append(plain)

    def _name(self, subject: str) -> dict[str, str]:
        for property_ in _NAMES:
            found = self.languages(subject, property_)
            if found:
                return found
        local = re.split(r"[/#:]", subject.rstrip("/#"))[-1]
        words = _CAMEL.sub(" ", local.replace("_", " ").replace("-", " ")).strip()
        self.issues.append(
            Issue.of("missing-field", subject, None, severity=Severity.WARNING, field="gr:name")
        )
        return {"und": mended(words, subject, self.issues) or "?"}

    def _named(self, subject: str) -> set[str]:
        """Property that the name was taken from: the others stay what they are."""
        full = [name if "//" in name else iri(name) for name in _NAMES]
        said = self.statements.about(subject)
        return set([name for name in full if name in said][:1])

    def languages(self, subject: str, property_: str) -> dict[str, str]:
        """Texts of a property by language, made fit."""
        address = property_ if "//" in property_ else iri(property_)
        found: dict[str, str] = {}
        nodes = (n for n in self.statements.values(subject, address) if not isinstance(n, Iri))
        for node in sorted(nodes, key=lambda node: node.language.casefold()):
            words = mended(node.text, f"{subject} {property_}", self.issues)
            tag = language_tag(node.language)
            if words is not None and tag not in found:
                found[tag] = words
        return found

    def _described(self, subject: str, plain: Plain, known: set[str]) -> None:
        description = self.languages(subject, "dcterms:description")
        if description:
            plain["description"] = description
            known.add(iri("dcterms:description"))
        addresses = self.statements.texts(subject, "foaf:homepage")
        if len(addresses) == 1 and web_rule(addresses[0]) is None:
            plain["website"] = addresses[0]
            known.add(iri("foaf:homepage"))

    def _codes(self, subject: str, name: str) -> Iterable[tuple[str, str]]:
        for predicate, values in self.statements.about(subject).items():
            if vocabulary_term(predicate) == name:
                for node in values:
                    found = code_of(node.value) if isinstance(node, Iri) else None
                    if found is not None:
                        yield found

    def _address(self, subject: str, id_: str, name: dict[str, str], plain: Plain) -> set[str]:
        """Make a space of the address of an organisation; give the properties that led there."""
        led: set[str] = set()
        for predicate, values in self.statements.about(subject).items():
            address = vocabulary_term(predicate) == "hasAddress"
            if not address and predicate != iri("vcard:hasAddress"):
                continue
            led.add(predicate)
            for node in values:
                if isinstance(node, Iri):
                    self._space(node.value, id_, name)
                    self._country(node.value, plain)
        return led

    def _space(self, node: str, operator: str, name: dict[str, str]) -> None:
        """Make a space of an address; all it says is kept, to be written back as it was."""
        point = self._point(node)
        places = [one.value for one in self.statements.values(node, WITHIN) if isinstance(one, Iri)]
        for place in places if point is None else ():
            point = point or self._point(place)
        kept = leftover(self.statements, node, {iri("rdf:type")}, self.issues)
        if places:
            kept[WITHIN] = [{"@id": place, **self._grid(place)} for place in places]
        address = said_address(kept, node, self.issues)
        if address is None and point is None and not set(kept) - GRID:
            return
        id_ = fresh_id(operator, self.taken["space"], start="space")
        self.taken["space"].add(id_)
        space: Plain = {
            "id": id_,
            "name": name,
            "operator": operator,
            **({KEPT: kept} if kept else {}),
        }
        if address is not None:
            space["address"] = address
        if point is not None:
            space["point"] = point
        self.shelves.setdefault("spaces", []).append(space)

    def _grid(self, place: str) -> Plain:
        """Coordinates of a place, as they were said."""
        others = set(self.statements.about(place)) - GRID
        return leftover(self.statements, place, others, self.issues)

    def _country(self, node: str, plain: Plain) -> None:
        said = (
            self.statements.texts(node, f"vcard:{part}") for part in ("country-name", "country")
        )
        code = country_named({text for texts in said for text in texts})
        if code is not None:
            plain.setdefault("country", code)

    def _point(self, node: str) -> dict[str, str] | None:
        """Coordinates of a place; 0, 0 is how these data say that there are none."""
        found: dict[str, str] = {}
        for axis, limit in _BOUNDS.items():
            for text in self.statements.texts(node, f"geo:{axis}"):
                value = _number(text)
                if value is None or abs(value) > limit:
                    place = f"{node} geo:{axis}"
                    range_ = f"-{limit} to {limit}"
                    self.issues.append(Issue.of("out-of-range", place, text, range=range_))
                else:
                    found[axis] = str(value)
        if len(found) < len(_BOUNDS) or set(found.values()) == {"0"}:
            return None
        return {"latitude": found["lat"], "longitude": found["long"]}


def _number(text: str) -> Decimal | None:
    try:
        return decimal(text.strip())
    except (InvalidValueError, TypeError, ValueError):
        return None
