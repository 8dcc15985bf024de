"""Offers of citess as services of HSDS: one for each organisation that provides them."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final, cast

from citess.io.hsds._keys import key, number
from citess.io.hsds._profile import Entity
from citess.model import (
    Hub,
    HubStatus,
    OfferChannel,
    Period,
    Service,
    ServiceOffer,
    Space,
    Territory,
)

if TYPE_CHECKING:
    from citess.io.hsds._write import Writer

_BY_HUB: Final = {
    HubStatus.ACTIVE: "active",
    HubStatus.CLOSED: "defunct",
    HubStatus.DORMANT: "inactive",
    HubStatus.FORMING: "inactive",
    HubStatus.PLANNED: "inactive",
    HubStatus.PROPOSED: "inactive",
}


def services(writer: "Writer", offer: ServiceOffer) -> Iterator[Entity]:
    """Services of HSDS that an offer is: one for each provider, or one of its hub.

    All bear the same attributes, so that any of them gives the offer back.
    """
    values = writer.values(offer)
    first = writer.key("service_offer", offer.id)
    for n, party in enumerate(offer.providers or (offer.hub,)):
        link = key(f"{first} {party}") if n else first
        made: Entity = {"id": link} | _natural(writer, offer, link, str(party))
        made["attributes"] = writer.attributes(offer, values, link, "service")
        if not n:
            writer.required.check("service", made, offer)
        yield made


def _natural(writer: "Writer", offer: ServiceOffer, link: str, party: str) -> Entity:
    service = cast("Service | None", writer.records["service"].get(offer.service))
    hub = cast("Hub | None", writer.records["hub"].get(offer.hub))
    organisation = writer.organisation(party)
    made: Entity = {} if organisation is None else {"organization_id": organisation["id"]}
    made |= _said(offer, service)
    if status := _status(offer.period, hub):
        made["status"] = status
    spaces = writer.places_of(offer.hub) if offer.channel is OfferChannel.DIRECT else []
    parts: dict[str, list[Entity]] = {
        "service_areas": _areas(writer, offer, hub, link),
        "service_at_locations": _at_locations(writer, spaces, link),
        "languages": [
            {"id": key(f"language {link} {tag}"), "service_id": link, "code": tag}
            for tag in offer.languages
        ],
        "cost_options": _costs(offer, link),
    }
    made |= {name: found for name, found in parts.items() if found}
    if organisation is not None and "description" in organisation:
        made["organization"] = organisation
    return made


def _said(offer: ServiceOffer, service: Service | None) -> Entity:
    """Names, description, price in words and who is eligible."""
    names = [text for _, text in service.name.items()] if service else []
    made: Entity = dict(zip(("name", "alternate_name"), names, strict=False))
    if description := offer.description or (service and service.description):
        made["description"] = str(description)
    if offer.price is not None:
        made["fees_description"] = offer.price.english
    reserved = [offer.sex.english] if offer.sex else []
    if groups := [*reserved, *(group.english for group in offer.priority_groups)]:
        made["eligibility_description"] = "; ".join(groups)
    if offer.age_band is not None:
        ages = {"minimum_age": offer.age_band.lower, "maximum_age": offer.age_band.upper}
        made |= {name: age for name, age in ages.items() if age is not None}
    return made


def _status(period: Period | None, hub: Hub | None) -> str | None:
    """Status of a service: what its hub is; ``None`` where the offer may have ended."""
    if hub is None or hub.status is None:
        return "active" if period is not None and period.end.is_open else None
    if hub.status is HubStatus.ACTIVE and period is not None and not period.end.is_open:
        return None
    return _BY_HUB[hub.status]


def _areas(writer: "Writer", offer: ServiceOffer, hub: Hub | None, link: str) -> list[Entity]:
    territories = offer.territories or (hub.territories if hub is not None else ())
    known = cast("Mapping[str, Territory]", writer.records["territory"])
    found = [(id_, known.get(id_)) for id_ in territories]
    return [
        {"id": key(f"area {link} {id_}"), "service_id": link, "name": str(area.name)}
        for id_, area in found
        if area is not None
    ]


def _at_locations(writer: "Writer", spaces: list[Space], link: str) -> list[Entity]:
    """Where a service is given: at the space of its hub, when the hub has one alone."""
    if len(spaces) != 1:
        return []
    location = writer.place(spaces[0])
    return [
        {
            "id": key(f"at {link} {location['id']}"),
            "service_id": link,
            "location_id": location["id"],
            "location": location,
        }
    ]


def _costs(offer: ServiceOffer, link: str) -> list[Entity]:
    if offer.fee is None:
        return []
    made: Entity = {
        "id": key(f"cost {link}"),
        "service_id": link,
        "currency": str(offer.fee.currency),
        "amount": number(offer.fee.amount),
    }
    return [made]
