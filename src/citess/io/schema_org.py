"""Datasets as schema.org JSON-LD, for portals that want to be found."""

import json
import os
from collections.abc import Iterable
from typing import Final

from citess.i18n import Text
from citess.io._file import write_atomically
from citess.io._homes import Homes, count_losses
from citess.io._mending import UNDETERMINED
from citess.io._names import urn_of
from citess.io._places import Places, is_initiative, iso_code
from citess.io._schema_org import (
    Node,
    address,
    ages,
    dated,
    geo,
    property_values,
    said,
    tagged,
)
from citess.io._travel import Losses, LossReport
from citess.model import (
    Dataset,
    Enterprise,
    Hub,
    HubNetwork,
    Identifier,
    Partner,
    Period,
    PriceKind,
    Programme,
    Role,
    Sector,
    Service,
    ServiceOffer,
    Source,
    Space,
    Territory,
    TerritoryLevel,
)

FORMAT: Final = "schema-org"
"""Name of the format, as ``citess convert --to`` has it."""

_SHARED: Final = frozenset(
    {"name", "territories", "identifiers", "description", "sources", "aliases", "website"}
)
_HOMES: Final[Homes] = {
    Hub: _SHARED | {"created", "languages", "legal_entity"},
    Partner: _SHARED | {"sector", "country", "active"},
    Enterprise: _SHARED | {"activities"},
    Space: _SHARED | {"hub", "operator", "territory", "address", "point", "capacity"},
    Territory: _SHARED | {"level", "parents", "point"},
    Service: frozenset({"name", "kind", "description"}),
    ServiceOffer: _SHARED
    | {"hub", "service", "providers", "age_band", "sex", "priority_groups"}
    | {"price", "fee", "languages", "period"},
    Programme: _SHARED | {"title", "members", "period"},
    HubNetwork: _SHARED | {"members", "founded"},
    Source: frozenset({"title", "publisher", "url", "language", "published"}),
}
_ISO: Final = "iso-3166-1"
_TYPES: Final = {
    Sector.PUBLIC: "GovernmentOrganization",
    Sector.ACADEMIA: "EducationalOrganization",
}


def to_schema_org(
    data: Dataset, *, base: str | None = None, strict: bool = False
) -> tuple[dict[str, object], LossReport]:
    """Write a dataset as schema.org JSON-LD: organisations, services, places, programmes.

    Hubs, partners and enterprises are organisations, offers are services with their provider,
    audience and price, spaces and territories are places, programmes are projects. Agreements
    have no home: a membership has, but neither its dates nor its role.

    Parameters
    ----------
    data
        What to write.
    base
        Web address below which the records are published; without it each has a UUID that never
        changes.
    strict
        Whether to refuse when something has no home.

    Raises
    ------
    LossError
        When strict and something did not travel.

    Examples
    --------
    >>> import citess
    >>> document, losses = to_schema_org(citess.datasets.tunisia())
    >>> document["@context"], losses.lost["partnerships[]"]
    ('https://schema.org', 4)
    """
    losses = Losses(FORMAT)
    count_losses(data, losses, _HOMES, kept=FORMAT)
    nodes = list(_Writer(data, losses, base).nodes())
    return {"@context": "https://schema.org", "@graph": nodes}, losses.report(strict=strict)


def write_schema_org(
    data: Dataset,
    path: str | os.PathLike[str],
    *,
    base: str | None = None,
    strict: bool = False,
) -> LossReport:
    """Write a file of schema.org JSON-LD, as :func:`to_schema_org` does.

    Raises
    ------
    LossError
        When strict and something did not travel; the file is not touched then.
    OSError
        When the file cannot be written; an old one is whole.
    """
    document, losses = to_schema_org(data, base=base, strict=strict)
    text = json.dumps(document, ensure_ascii=False, indent=2)
    write_atomically(path, [text.encode(), b"\n"])
    return losses


class _Writer:
    def __init__(self, data: Dataset, losses: Losses, base: str | None) -> None:
        self._data = data
        self._losses = losses
        self._base = base
        self._places = Places(data)

    def nodes(self) -> Iterable[Node]:
        """Give a node for each record that has a home."""
        data = self._data
        yield from map(self._hub, data.hubs.values())
        yield from map(self._partner, data.partners.values())
        yield from map(self._enterprise, data.enterprises.values())
        yield from map(self._network, data.hub_networks.values())
        yield from map(self._project, data.programmes.values())
        yield from map(self._service, data.service_offers.values())
        yield from map(self._space, data.spaces.values())
        yield from map(self._area, data.territories.values())
        yield from map(self._work, data.sources.values())
        offered = {offer.service for offer in data.service_offers.values()}
        self._losses.lost("services[]", len(set(data.services) - offered))

    def _name(self, kind: str, id_: str) -> str:
        return urn_of(f"{kind}:{id_}") if self._base is None else f"{self._base}{kind}/{id_}"

    def _refs(self, kind: str, ids: Iterable[str]) -> list[Node]:
        return [{"@id": self._name(kind, id_)} for id_ in ids]

    def _party(self, id_: str) -> Node:
        kinds = ("hub", "partner", "enterprise")
        kind = next(kind for kind in kinds if id_ in self._data.shelf(kind))
        return {"@id": self._name(kind, id_)}

    def _texts(self, path: str, name: Text, *others: Text | str | None) -> Node:
        """Give a name, and all others in their languages."""
        more: list[object] = [tagged(*pair) for pair in name.items()[1:]]
        for other in others:
            pairs = other.items() if isinstance(other, Text) else ((UNDETERMINED, other),)
            more += [tagged(tag, text) for tag, text in pairs if text]
        if name.languages[0] != UNDETERMINED:
            self._losses.changed(path, "the first without its language")
        return {"name": str(name), "alternateName": more}

    def _described(self, text: Text | None) -> object:
        if text is None:
            return None
        found = [tagged(*pair) for pair in text.items()]
        return found[0] if len(found) == 1 else found

    def _organisation(self, kind: str, type_: str, party: Hub | Partner | Enterprise) -> Node:
        aliases = () if isinstance(party, Enterprise) else party.aliases
        sites = self._places.sites(party)
        return {
            "@type": type_,
            "@id": self._name(kind, party.id),
            **self._texts(f"{kind}s[].name", party.name, *aliases),
            "description": self._described(party.description),
            "identifier": property_values(party.identifiers),
            "areaServed": self._refs("territory", party.territories),
            "location": self._refs("space", (site.id for site in sites)),
            "address": address(self._places.country(party), None),
            "subjectOf": self._refs("source", party.sources),
        }

    def _hub(self, hub: Hub) -> Node:
        carrier = hub.legal_entity
        return said(
            {
                **self._organisation("hub", "NGO", hub),
                "url": hub.website,
                "foundingDate": dated(hub.created),
                "knowsLanguage": list(hub.languages),
                "parentOrganization": None if carrier is None else self._party(carrier),
            }
        )

    def _partner(self, partner: Partner) -> Node:
        type_ = "Organization" if partner.sector is None else _TYPES.get(partner.sector)
        type_ = type_ or ("NGO" if is_initiative(partner) else "Organization")
        return said(
            {
                **self._organisation("partner", type_, partner),
                "url": partner.website,
                **self._span("partners[].active", partner.active),
            }
        )

    def _enterprise(self, enterprise: Enterprise) -> Node:
        return said(
            {
                **self._organisation("enterprise", "Organization", enterprise),
                "isicV4": list(enterprise.activities),
            }
        )

    def _network(self, network: HubNetwork) -> Node:
        if network.members:
            self._losses.changed("hub_networks[].members", "the hubs, without role and period")
        return said(
            {
                "@type": "Organization",
                "@id": self._name("hub_network", network.id),
                **self._texts("hub_networks[].name", network.name),
                "description": self._described(network.description),
                "url": network.website,
                "foundingDate": dated(network.founded),
                "member": self._refs("hub", dict.fromkeys(m.hub for m in network.members)),
                "subjectOf": self._refs("source", network.sources),
            }
        )

    def _project(self, programme: Programme) -> Node:
        members = {member.party: member.role for member in programme.members}
        funders = [self._party(id_) for id_, role in members.items() if role is Role.FUNDER]
        others = [self._party(id_) for id_, role in members.items() if role is not Role.FUNDER]
        if others:
            self._losses.changed("programmes[].members", "members and funders")
        return said(
            {
                "@type": "Project",
                "@id": self._name("programme", programme.id),
                **self._texts("programmes[].name", programme.name, programme.title),
                "description": self._described(programme.description),
                "identifier": property_values(programme.identifiers),
                "areaServed": self._refs("territory", programme.territories),
                "member": others,
                "funder": funders,
                **self._span("programmes[].period", programme.period),
                "subjectOf": self._refs("source", programme.sources),
            }
        )

    def _span(self, path: str, period: Period | None) -> Node:
        if period is None:
            return {}
        if period.end.date is None:
            self._losses.changed(path, "known dates: an open end is not told from an unknown one")
        start, end = period.start.date, period.end.date
        return {"foundingDate": dated(start), "dissolutionDate": dated(end)}

    def _service(self, offer: ServiceOffer) -> Node:
        service = self._data.services[offer.service]
        providers = [self._party(id_) for id_ in offer.providers] or self._refs("hub", [offer.hub])
        channel = said(
            {
                "@type": "ServiceChannel",
                "availableLanguage": list(offer.languages),
                "serviceLocation": self._refs("space", self._sites(offer)),
            }
        )
        return said(
            {
                "@type": "Service",
                "@id": self._name("service_offer", offer.id),
                **self._texts("services[].name", service.name),
                "description": self._described(offer.description or service.description),
                "serviceType": service.kind,
                "provider": providers,
                "areaServed": self._refs("territory", offer.territories),
                "audience": self._audience(offer),
                "availableChannel": channel if len(channel) > 1 else None,
                "offers": self._price(offer),
                "subjectOf": self._refs("source", offer.sources),
            }
        )

    def _sites(self, offer: ServiceOffer) -> Iterable[str]:
        return (space.id for space in self._places.sites(self._data.hubs[offer.hub]))

    def _audience(self, offer: ServiceOffer) -> Node | None:
        band = offer.age_band
        found = said(
            {
                "audienceType": [group.label("en") for group in offer.priority_groups],
                "suggestedGender": None if offer.sex is None else offer.sex.value,
                **({} if band is None else ages(band)),
            }
        )
        return {"@type": "PeopleAudience", **found} if found else None

    def _price(self, offer: ServiceOffer) -> Node | None:
        fee, period = offer.fee, offer.period
        start = None if period is None else dated(period.start.date)
        end = None if period is None else dated(period.end.date)
        dates = {"validFrom": start, "validThrough": end}
        price = "0" if offer.price is PriceKind.FREE else None
        if fee is not None:
            price = str(fee.amount)
        if offer.price not in {None, PriceKind.FREE}:
            self._losses.changed("service_offers[].price", "the amount, where it is known")
        if period is not None and end is None:
            self._losses.changed("service_offers[].period", "known dates")
        currency = None if fee is None else fee.currency
        found = said({"price": price, "priceCurrency": currency, **dates})
        return {"@type": "Offer", **found} if found else None

    def _space(self, space: Space) -> Node:
        country = self._places.country(space)
        area = self._places.area(space)
        point = space.point
        return said(
            {
                "@type": "Place",
                "@id": self._name("space", space.id),
                **self._texts("spaces[].name", space.name),
                "description": self._described(space.description),
                "address": address(country, space.address),
                "geo": geo(point),
                "containedInPlace": None if area is None else self._refs("territory", [area.id]),
                "maximumAttendeeCapacity": space.capacity,
                "subjectOf": self._refs("source", space.sources),
            }
        )

    def _area(self, area: Territory) -> Node:
        country = area.level is TerritoryLevel.COUNTRY
        code = iso_code(area) if country else None
        told = {(one.scheme, one.value) for one in area.identifiers}
        known = [Identifier(scheme=_ISO, value=code)] if code and (_ISO, code) not in told else []
        return said(
            {
                "@type": "Country" if country else "AdministrativeArea",
                "@id": self._name("territory", area.id),
                **self._texts("territories[].name", area.name, *area.aliases),
                "identifier": property_values([*area.identifiers, *known]),
                "geo": geo(area.point),
                "containedInPlace": self._refs(
                    "territory", dict.fromkeys(up.territory for up in area.parents)
                ),
                "subjectOf": self._refs("source", area.sources),
            }
        )

    def _work(self, source: Source) -> Node:
        publisher = source.publisher
        named = None if publisher is None else {"@type": "Organization", "name": str(publisher)}
        return said(
            {
                "@type": "CreativeWork",
                "@id": self._name("source", source.id),
                **self._texts("sources[].title", source.title),
                "publisher": named,
                "url": source.url,
                "inLanguage": source.language,
                "datePublished": dated(source.published),
            }
        )
