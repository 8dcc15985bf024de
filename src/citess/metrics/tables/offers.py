"""Tables of what is offered and what is needed: kind of service, stage, territory."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Final

from attrs import frozen

from citess import vocab
from citess.metrics.tables._table import Column, Table, attribute
from citess.model import Dataset, OfferChannel, Period, ServiceOffer, Stage
from citess.model.ids import HubId, PartnerId
from citess.model.partnership import PartnershipKind
from citess.model.time import Bound

Cell = tuple[str, str, str]
"""A need: kind of service, stage of the client, territory."""

SUPPORTED_STAGES: Final = (
    Stage.IDEA,
    Stage.PRE_CREATION,
    Stage.CREATION,
    Stage.START_UP,
    Stage.CONSOLIDATION,
    Stage.GROWTH,
)
"""Stages that a hub is there for, where the caller names none."""

ALWAYS: Final = Period.of("0001-01-01")
"""When a need holds."""


def required_kinds() -> tuple[str, ...]:
    """Kinds of service that one door should open: those of the vocabulary still in use."""
    kinds = vocab.scheme("service-kinds")
    return tuple(code for code, concept in kinds.items() if not concept.deprecated)


@frozen(kw_only=True)
class OfferCell:
    """One need that one offer meets by one provider, through one channel."""

    id: str
    """Offer."""

    hub: str
    """Hub at which it is offered."""

    service: str
    """Service of the catalogue."""

    kind: str
    """Kind of the service."""

    stage: str
    """Stage of the client."""

    territory: str
    """Where it is open."""

    provider: str | None
    """Who provides it."""

    sector: str | None
    """Part of society that the provider belongs to."""

    channel: str
    """Direct, by a signed referral, or only claimed."""

    period: Period | None
    """When it is offered that way."""

    sources: tuple[str, ...] = ()
    """Sources that the offer cites."""


def offer_cells(data: Dataset) -> Iterator[OfferCell]:
    """Needs that offers meet, one row for each provider and channel."""
    signed = _referral_agreements(data)
    for offer in data.service_offers.values():
        service = data.services[offer.service]
        stages = offer.stages or service.stages or tuple(Stage)
        territories = offer.territories or data.hubs[offer.hub].territories
        providers = offer.providers or (None,)
        ways = _ways(offer, signed)
        for stage, territory, provider, (channel, period) in product(
            map(str, stages), territories, providers, ways
        ):
            yield OfferCell(
                id=offer.id,
                hub=offer.hub,
                service=offer.service,
                kind=service.kind,
                stage=stage,
                territory=territory,
                provider=provider,
                sector=_sector(data, provider),
                channel=channel,
                period=period,
                sources=offer.sources,
            )


def _referral_agreements(data: Dataset) -> list[tuple[frozenset[str], Period | None]]:
    return [
        (frozenset(member.party for member in agreement.members), agreement.period)
        for agreement in data.partnerships.values()
        if agreement.kind is PartnershipKind.REFERRAL and agreement.is_signed
    ]


def _ways(
    offer: ServiceOffer, signed: list[tuple[frozenset[str], Period | None]]
) -> list[tuple[str, Period | None]]:
    """Channels of an offer with their periods: a referral stands on a signed agreement."""
    if offer.channel is OfferChannel.DIRECT:
        return [("direct", offer.period)]
    ways: list[tuple[str, Period | None]] = [("claimed", offer.period)]
    for parties, agreed in signed:
        if offer.hub in parties and parties.intersection(offer.providers):
            if offer.period is None or agreed is None:
                ways.append(("referral", offer.period or agreed))
            elif offer.period.overlaps(agreed) is not False:
                ways.append(("referral", _both(offer.period, agreed)))
    return ways


def _both(one: Period, other: Period) -> Period:
    """When both periods hold; an end that one of them does not know is that of the other."""
    starts = [bound for bound in (one.start, other.start) if bound.date is not None]
    ends = [bound for bound in (one.end, other.end) if bound.date is not None]
    start = max(starts, key=_earliest, default=Bound("unknown"))
    open_or_not = "open" if one.end.is_open and other.end.is_open else "unknown"
    end = min(ends, key=_latest, default=Bound(open_or_not))
    return Period(start=start, end=end)


def _earliest(bound: Bound) -> str:
    return "" if bound.date is None else bound.date.earliest.isoformat()


def _latest(bound: Bound) -> str:
    return "" if bound.date is None else bound.date.latest.isoformat()


def _sector(data: Dataset, provider: str | None) -> str | None:
    if provider is None:
        return None
    if HubId(provider) in data.hubs:
        return "hub"
    partner = data.partners.get(PartnerId(provider))
    return None if partner is None or partner.sector is None else str(partner.sector)


OFFERS: Final = Table(
    name="offers",
    rows=offer_cells,
    stock="period",
    columns={
        "id": attribute("id", meaning="offer"),
        "hub": attribute("hub", meaning="hub at which it is offered"),
        "service": attribute("service", meaning="service of the catalogue"),
        "kind": attribute("kind", meaning="kind of the service"),
        "stage": attribute("stage", meaning="stage of the client"),
        "territory": attribute("territory", meaning="where it is open"),
        "provider": attribute("provider", meaning="who provides it"),
        "sector": attribute("sector", meaning="part of society of the provider, or hub"),
        "channel": attribute("channel", meaning="direct, referral (signed) or claimed"),
    },
)
"""One row for each offer, stage, territory, provider and channel."""


@frozen(kw_only=True)
class NeedCell:
    """One need that a hub is there for."""

    hub: tuple[str, ...]
    """Hubs that serve the territory."""

    kind: str
    """Kind of service."""

    stage: str
    """Stage of the client."""

    territory: str
    """Where."""

    period: Period = ALWAYS
    """When it holds."""


def need_cells(data: Dataset, required: Iterable[Cell] | None = None) -> Iterator[NeedCell]:
    """Needs named, or every kind in use from idea to growth wherever a hub serves."""
    hubs: defaultdict[str, list[str]] = defaultdict(list)
    for hub in data.hubs.values():
        for served in hub.territories:
            hubs[served].append(hub.id)
    cells = (
        product(required_kinds(), map(str, SUPPORTED_STAGES), hubs)
        if required is None
        else {(str(kind), str(stage), str(territory)) for kind, stage, territory in required}
    )
    for kind, stage, territory in cells:
        there = tuple(hubs.get(territory, ()))
        yield NeedCell(hub=there, kind=kind, stage=stage, territory=territory)


NEEDS: Final = Table(
    name="needs",
    rows=need_cells,
    stock="period",
    key=None,
    columns={
        "hub": Column(path="hub", several=True, meaning="hubs that serve the territory"),
        "kind": attribute("kind", meaning="kind of service"),
        "stage": attribute("stage", meaning="stage of the client"),
        "territory": attribute("territory", meaning="where"),
    },
)
"""One row for each kind of service, stage and territory that is required."""
