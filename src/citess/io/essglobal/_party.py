"""What is written of hubs, organisations and enterprises beside their fields."""

from typing import Protocol

from citess import vocab
from citess.io import _sse_codes as codes
from citess.io._homes import kept_of
from citess.io._places import Places, is_initiative, is_local
from citess.io._travel import Losses
from citess.io._turtle import Iri, Literal, Triples, Value
from citess.io.essglobal._kept import WITHIN, said_address, still_said
from citess.io.essglobal._terms import KEPT, iri, versions
from citess.model import (
    Dataset,
    Enterprise,
    Hub,
    Partner,
    Space,
    Territory,
    TerritoryLevel,
)


class Saying(Protocol):
    """Whatever writes triples of a dataset."""

    data: Dataset
    version: str
    losses: Losses
    triples: Triples

    def name(self, kind: str, id_: str) -> str:
        """Address of a record."""
        ...

    def say(self, subject: str, property_: str, *values: Value) -> None:
        """Say something by a term."""
        ...

    def term(self, name: str) -> str:
        """Full address of a term."""
        ...

    def keep(self, subject: str, kept: object) -> bool:
        """Write back what was kept of a resource."""
        ...


class Parties:
    """Writes classes, codes and addresses of parties."""

    def __init__(self, writer: Saying) -> None:
        self._writer = writer
        self._places = Places(writer.data)

    def write(self, subject: str, party: Hub | Partner | Enterprise) -> None:
        """Write what a party is, its codes, and its address."""
        say = self._writer.say
        of_sse = is_initiative(party)
        if isinstance(party, Hub):
            say(subject, "dcterms:type", Iri(iri("citess:Hub")))
        else:
            name = "essglobal:SSEInitiative" if of_sse else "org:Organization"
            say(subject, "rdf:type", Iri(self._writer.term(name)))
        if party.legal_form is not None:
            say(subject, "dcterms:type", Iri(f"urn:citess:legal-forms:{party.legal_form}"))
        if party.legal_form is not None and of_sse:
            self._legal_form(subject, party.legal_form)
        if isinstance(party, Enterprise) and of_sse:
            self._activities(subject, party)
        sites = self._places.sites(party)
        if sites:
            node = f"{self._writer.name('space', sites[0].id)}#address"
        else:
            node = f"{subject}#address"
            self._address(node, self._places.area(party))
        say(subject, "essglobal:hasAddress" if of_sse else "vcard:hasAddress", Iri(node))
        if isinstance(party, Partner) and party.country is not None:
            self._country(node, party.country)

    def place(self, subject: str, space: Space) -> None:
        """Write the address of a space; what another document said of it stays as it was."""
        node = f"{subject}#address"
        self._writer.say(subject, "essglobal:hasAddress", Iri(node))
        kept = still_said(kept_of(space, KEPT), space)
        self._writer.keep(node, kept)
        if said_address(kept, node, []) is None and space.address is not None:
            self._writer.say(node, "vcard:street-address", Literal(space.address))
        self._address(node, self._places.area(space), space)

    def _code(self, list_: str, code: str) -> Iri:
        return Iri(f"{versions()[self._writer.version]}standard/{list_}/{code}")

    def _legal_form(self, subject: str, code: str) -> None:
        say = self._writer.say
        form, structure = codes.legal_form(code), codes.structure(code)
        if form is not None:
            say(subject, "essglobal:legalForm", self._code("legal-form", form))
        if structure is not None:
            found = self._code("organisational-structure", structure)
            say(subject, "essglobal:organisationalStructure", found)

    def _activities(self, subject: str, enterprise: Enterprise) -> None:
        for n, activity in enumerate(enterprise.activities):
            found = codes.sector(activity)
            if found is not None:
                name = "economicSector" if n else "primarySector"
                self._writer.say(subject, f"essglobal:{name}", self._code(*found))

    def _address(self, node: str, area: Territory | None, space: Space | None = None) -> None:
        """Write where an address is: once of itself, once of the place it lies within."""
        say = self._writer.say
        say(node, "rdf:type", Iri(self._writer.term("essglobal:Address")))
        if area is not None:
            self._names(node, area)
        point = None if space is None else space.point
        if point is not None and not self._writer.triples.has(node, iri("geo:lat")):
            for axis, value in (("lat", point.latitude), ("long", point.longitude)):
                say(node, f"geo:{axis}", Literal(str(value), datatype=iri("xsd:decimal")))
        if self._writer.triples.has(node, WITHIN):
            return
        if space is not None and point is not None:
            within = f"{self._writer.name('space', space.id)}#point"
        elif area is not None:
            name = self._writer.name("territory", area.id)
            within = name if area.point is None else f"{name}#point"
        else:
            within = f"{node}-place"
            say(within, "rdf:type", Iri(self._writer.term("geo:SpatialThing")))
        say(node, "osspatialrelations:within", Iri(within))

    def _names(self, node: str, area: Territory) -> None:
        property_ = "vcard:locality" if is_local(area) else "vcard:region"
        if area.level is TerritoryLevel.COUNTRY:
            property_ = "vcard:country-name"
        tag, words = area.name.items()[0]
        if not self._writer.triples.has(node, iri(property_)):
            self._writer.say(node, property_, Literal(words, language="" if tag == "und" else tag))

    def _country(self, node: str, code: str) -> None:
        known = vocab.scheme("territories")
        property_ = "vcard:country-name"
        if code.lower() in known and not self._writer.triples.has(node, iri(property_)):
            words = Literal(known[code.lower()].label("en"), language="en")
            self._writer.say(node, property_, words)
