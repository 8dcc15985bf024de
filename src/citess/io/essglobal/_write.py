"""Datasets as RDF: ESSGlobal, W3C ORG and their companions, as Turtle."""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Final, NewType, cast

from citess.i18n import Term, Text
from citess.io._homes import Homes, count_losses, kept_of
from citess.io._mending import UNDETERMINED
from citess.io._names import urn_of
from citess.io._told import defaults
from citess.io._travel import Losses, LossReport
from citess.io._turtle import RDF_TYPE, XSD, Iri, Listing, Literal, Triples, Value, is_iri
from citess.io.essglobal._kept import add_kept
from citess.io.essglobal._party import Parties
from citess.io.essglobal._terms import (
    FORMAT,
    KEPT,
    Terms,
    carried,
    iri,
    own,
    prefixes,
    terms_of,
)
from citess.model import (
    Bound,
    Dataset,
    Enterprise,
    Hub,
    HubNetwork,
    Member,
    NetworkMember,
    PartialDate,
    Partner,
    Partnership,
    Period,
    Programme,
    Record,
    ServiceOffer,
    Space,
    codes,
    ids,
)
from citess.model.fields import FieldType, field_types, is_domain_class
from citess.model.shelves import kinds, place, shelf_types

_PARTIES: Final = ("hub", "partner", "enterprise")
_DATES: Final = {4: "gYear", 7: "gYearMonth", 10: "date"}
_INSTANTS: Final = {4: "time:inXSDgYear", 7: "time:inXSDgYearMonth", 10: "time:inXSDDate"}
_BUILT: Final[Mapping[type, frozenset[str]]] = {
    Hub: frozenset({"legal_form"}),
    Partner: frozenset({"legal_form", "sector"}),
    Enterprise: frozenset({"legal_form", "activities", "sector"}),
    Space: frozenset({"hub", "operator", "address", "point"}),
    ServiceOffer: frozenset({"hub"}),
    Partnership: frozenset({"members", "period"}),
    Programme: frozenset({"members", "period"}),
    HubNetwork: frozenset({"members"}),
}


def to_essglobal(
    data: Dataset,
    *,
    version: str = "1.1",
    base: str | None = None,
    profile: bool = True,
    strict: bool = False,
) -> tuple[str, LossReport]:
    """Write a dataset as ESSGlobal RDF in Turtle, for the map of the solidarity economy.

    Hubs are networks, organisations and enterprises of the SSE are initiatives, all others are
    plain organisations; agreements are W3C ORG memberships with role and interval. Every
    initiative has one address within one place, so that the query of the map gives one row for
    each. Fields about persons, notes and unknown fields are left out and counted.

    Parameters
    ----------
    data
        What to write.
    version
        Namespace of ESSGlobal: ``"1.1"``, ``"V2a"`` or ``"2.1"``.
    base
        Web address below which the records are published, such as
        ``"https://example.org/data/"``; without it each has a UUID that never changes.
    profile
        Whether to write what these vocabularies have no term for under terms of citess, so that
        it can be read back.
    strict
        Whether to refuse when something has no home.

    Raises
    ------
    LossError
        When strict and something did not travel.
    ValueError
        When there is no such version, or the base is no web address.

    Examples
    --------
    >>> import citess
    >>> document, losses = to_essglobal(citess.datasets.tunisia())
    >>> document.count("essglobal:Network"), losses.lost["observations[]"] > 100
    (2, True)
    """
    if base is not None and not (is_iri(base) and base.startswith(("http://", "https://"))):
        msg = f"base must be a web address such as 'https://example.org/data/', not {base!r}"
        raise ValueError(msg)
    losses = Losses(FORMAT)
    count_losses(data, losses, _homes(profile=profile), kept=KEPT)
    writer = _Writer(data, version, base, losses, profile=profile)
    for cls in carried().values():
        for record in data.shelf(kinds()[cls]).values():
            writer.record(record)
    writer.ties()
    return writer.triples.turtle(prefixes(version)), losses.report(strict=strict)


def _homes(*, profile: bool) -> Homes:
    """Fields with a home; a reference to a class that is not carried has none."""
    gone = {s.id_type for s in shelf_types() if s.kind not in carried()}
    return {
        cls: frozenset(
            name
            for name, field in field_types(cls).items()
            if field.kind not in gone
            and (profile or name in {*terms_of(cls).fields, *_BUILT.get(cls, ()), "sources"})
        )
        for cls in carried().values()
    }


class _Writer:
    def __init__(
        self, data: Dataset, version: str, base: str | None, losses: Losses, *, profile: bool
    ) -> None:
        self.data = data
        self.version = version
        self.base = base
        self.losses = losses
        self.profile = profile
        self.triples = Triples()
        self.kept: set[tuple[str, str]] = set()
        self.homes = _homes(profile=profile)
        self.kind_of = {id_: kind for kind in _PARTIES for id_ in data.shelf(kind)}
        self.parties = Parties(self)

    def name(self, kind: str, id_: str) -> str:
        """Address of a record."""
        ref = f"{kind}:{id_}"
        return urn_of(ref) if self.base is None else f"{self.base}{kind}/{id_}"

    def term(self, name: str) -> str:
        """Full address of a term."""
        return iri(name, self.version)

    def say(self, subject: str, property_: str, *values: Value) -> None:
        """Say something by a term, unless another document said its own and that is kept."""
        if (subject, self.term(property_)) not in self.kept:
            self.triples.add(subject, self.term(property_), *values)

    def keep(self, subject: str, kept: object) -> bool:
        """Write back what was kept of a resource, and that it was."""
        written = add_kept(self.triples, subject, kept)
        if self.profile and written:
            self.triples.add(subject, own("kept"), *map(Iri, sorted(written)))
        self.kept |= {(subject, name) for name in written if name != RDF_TYPE}
        return bool(written)

    def record(self, record: Record) -> None:
        """Write a record: what it is, its fields, what follows from its class."""
        kind = kinds()[type(record)]
        subject = self.name(kind, record.id)
        if not isinstance(record, Space):
            self.keep(subject, kept_of(record, KEPT))
        self.say(subject, "dcterms:identifier", Literal(str(record.id)))
        if self.profile:
            self.say(subject, "rdf:type", Iri(own(type(record).__name__)))
        self.fields(subject, record, self.homes[type(record)])
        if isinstance(record, Hub | Partner | Enterprise):
            self.parties.write(subject, record)
        elif isinstance(record, Space):
            self.parties.place(subject, record)
        elif isinstance(record, ServiceOffer):
            self._offer(subject, record)

    def fields(self, subject: str, part: object, home: Collection[str] | None = None) -> None:
        """Write the fields of a record or of a part of one."""
        cls = cast("type", type(part))
        terms = terms_of(cls)
        for name in terms.types:
            self.say(subject, "rdf:type", Iri(self.term(name)))
        if isinstance(part, Period):
            self._period(subject, part)
            return
        types = field_types(cls)
        said = {n: getattr(part, n) for n, d in defaults(cls).items() if getattr(part, n) != d}
        if cls in {Member, NetworkMember}:
            said["role"] = cast("Member | NetworkMember", part).role
        for name, value in said.items():
            known = home is None or name in home
            if known and name not in {"id", "note"} and not types[name].personal:
                self._field(subject, name, value, types[name], terms)

    def _field(
        self, subject: str, name: str, value: object, field: FieldType, terms: Terms
    ) -> None:
        property_ = "dcterms:source" if name == "sources" else terms.fields.get(name)
        if property_ is not None and (subject, self.term(property_)) in self.kept:
            property_ = None
        if isinstance(value, Text):
            self._text(subject, name, value, property_, terms)
            return
        if not field.many:
            found = self._value(subject, name, value, field.kind)
            if property_ is not None:
                self.say(subject, property_, found)
            elif self.profile:
                self.triples.add(subject, own(name), found)
            elif name == "point":
                self.say(subject, "geo:location", found)
            return
        many = cast("tuple[object, ...]", value)
        each = tuple(
            self._value(subject, f"{name}-{n}", item, field.kind) for n, item in enumerate(many)
        )
        if property_ is not None:
            self.say(subject, property_, *each)
        self._order(subject, name, each, needed=property_ is None or len(each) > 1, of=terms)

    def _order(
        self, subject: str, name: str, each: Iterable[Iri | Literal], *, needed: bool, of: Terms
    ) -> None:
        if needed and self.profile:
            self.triples.add(subject, own(name), Listing(tuple(each)))
        elif needed and name in of.fields:
            shelf = next(s.name for s in shelf_types() if s.record.__name__ == of.name)
            self.losses.changed(f"{shelf}[].{name}", "the values without their order")

    def _text(
        self, subject: str, name: str, text: Text, property_: str | None, terms: Terms
    ) -> None:
        each = [_words(tag, words) for tag, words in text.items()]
        rest = terms.rest.get(name)
        if property_ is None:
            if self.profile:
                self.triples.add(subject, own(name), each[0] if len(each) == 1 else _list(each))
            return
        self.say(subject, property_, each[0])
        if rest is not None and len(each) > 1:
            self.say(subject, rest, *each[1:])
        told = len(each) == 1 or (rest is not None and len(each) == 2)  # noqa: PLR2004  (one other language)
        self._order(subject, name, each, needed=not told, of=terms)

    def _value(self, subject: str, name: str, value: object, kind: object) -> Iri | Literal:  # noqa: PLR0911  (one for each kind)
        if isinstance(value, Term):
            return self._role(value) if name == "role" else Literal(value.value)
        if kind is codes.WebAddress:
            address = str(value)
            return Iri(address) if is_iri(address) else Literal(address, datatype=f"{XSD}anyURI")
        if isinstance(kind, NewType):
            of = self._kind(kind, str(value))
            return Literal(str(value)) if of is None else Iri(self.name(of, str(value)))
        if is_domain_class(kind):
            node = _below(subject, name)
            self.fields(node, value)
            return Iri(node)
        if isinstance(value, PartialDate | Bound):
            return _date(str(value))
        if isinstance(value, bool):
            return Literal(str(value).lower(), datatype=f"{XSD}boolean")
        if isinstance(value, int | Decimal):
            name_ = "integer" if isinstance(value, int) else "decimal"
            return Literal(str(value), datatype=f"{XSD}{name_}")
        return Literal(str(value))

    def _kind(self, id_type: object, id_: str) -> str | None:
        if id_type is ids.PartyId:
            return self.kind_of[id_]
        return next((s.kind for s in shelf_types() if s.id_type is id_type), None)

    def _role(self, role: Term) -> Iri:
        node = iri(f"citess:{role.list_name()}-{role.value}")
        self.say(node, "rdf:type", Iri(self.term("org:Role")))
        self.say(node, "skos:notation", Literal(role.value))
        self.say(node, "skos:prefLabel", Literal(role.label("en"), language="en"))
        return Iri(node)

    def _offer(self, subject: str, offer: ServiceOffer) -> None:
        """Write what is offered, and that the hub offers it."""
        service = self.data.services[offer.service]
        tag, words = service.name.items()[0]
        self.say(subject, "gr:name", _words(tag, words))
        self.say(subject, "gr:category", Literal(service.kind))
        self.say(self.name("hub", offer.hub), "essglobal:hasProductOrService", Iri(subject))

    def _period(self, node: str, period: Period) -> None:
        """Write an interval of time: an open end and an unknown one are told apart."""
        for name, property_, bound in (
            ("start", "time:hasBeginning", period.start),
            ("end", "time:hasEnd", period.end),
        ):
            if self.profile and bound.date is None:
                self.triples.add(node, own(name), Literal(str(bound)))
            if bound.is_open:
                continue
            instant = _below(node, name)
            self.say(node, property_, Iri(instant))
            self.say(instant, "rdf:type", Iri(self.term("time:Instant")))
            if bound.date is not None:
                self.say(instant, _INSTANTS[len(str(bound))], _date(str(bound)))

    def ties(self) -> None:
        """Write who belongs to what: memberships name their agreement, networks their parts."""
        for kind in ("partnership", "programme", "hub_network"):
            for record in self.data.shelf(kind).values():
                tie = cast("Partnership | Programme | HubNetwork", record)
                self._memberships(self.name(kind, record.id), tie)
        for hub in self.data.hubs.values():
            if not self.triples.has(self.name("hub", hub.id), self.term("dcterms:hasPart")):
                self.losses.lacks(place(hub), "dcterms:hasPart")

    def _memberships(self, subject: str, tie: Partnership | Programme | HubNetwork) -> None:
        parties: list[str] = []
        members = cast("tuple[Member | NetworkMember, ...]", tie.members)
        for n, member in enumerate(members):
            id_ = _party_of(member)
            party = self.name(self.kind_of[id_], id_)
            node = _below(subject, f"members-{n}")
            if not self.profile:
                self.fields(node, member)
            self.say(node, "org:organization", Iri(subject))
            if not isinstance(tie, HubNetwork) and tie.period is not None:
                span = _below(subject, "period")
                self.fields(span, tie.period)
                self.say(node, "org:memberDuring", Iri(span))
            self.say(subject, "dcterms:hasPart", Iri(party))
            parties.append(party)
        kinds_ = [self.kind_of[_party_of(member)] for member in members]
        hubs = [party for party, kind in zip(parties, kinds_, strict=True) if kind == "hub"]
        for hub in hubs if isinstance(tie, Partnership) else ():
            for other in parties:
                if other not in hubs:
                    self.say(hub, "dcterms:hasPart", Iri(other))
                    self.say(other, "dcterms:isPartOf", Iri(hub))


def _party_of(member: Member | NetworkMember) -> str:
    return member.hub if isinstance(member, NetworkMember) else member.party


def _below(subject: str, name: str) -> str:
    return f"{subject}{'-' if '#' in subject else '#'}{name.replace('_', '-')}"


def _words(tag: str, text: str) -> Literal:
    return Literal(text, language="" if tag == UNDETERMINED else tag)


def _list(items: list[Literal]) -> Listing:
    return Listing(tuple(items))


def _date(text: str) -> Literal:
    kind = _DATES.get(len(text)) if text[0].isdigit() else None
    return Literal(text, datatype=f"{XSD}{kind}" if kind else "")
