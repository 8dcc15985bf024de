"""Synthetic hubs, partners, services, offers and agreements."""

from collections.abc import Iterator, Sequence
from typing import Final

from citess import vocab
from citess.datasets._synthetic_scene import FIRST_YEAR, SYNTHETIC, Scene, named
from citess.i18n import Text
from citess.model import (
    ActorLevel,
    AgreementForm,
    CoProducer,
    CoProduction,
    Hub,
    HubMode,
    HubPhase,
    HubStatus,
    Intensity,
    Member,
    OfferChannel,
    Partner,
    Partnership,
    PartnershipKind,
    Period,
    PhaseEntry,
    PriceKind,
    PriorityGroup,
    Programme,
    Record,
    Role,
    Sector,
    Service,
    ServiceOffer,
    Stage,
)
from citess.model.codes import CountryCode, LanguageTag, ServiceKindCode
from citess.model.ids import (
    HubId,
    PartnerId,
    PartnershipId,
    PartyId,
    ProgrammeId,
    ServiceId,
    ServiceOfferId,
    TerritoryId,
)

_STAGES: Final = (Stage.IDEA, Stage.PRE_CREATION, Stage.CREATION, Stage.START_UP, Stage.GROWTH)
_SECTORS: Final = (*Sector, Sector.SSE, Sector.PUBLIC, None)
_FORMS: Final = (*AgreementForm, AgreementForm.CONVENTION, None)
_OTHER_KINDS: Final = tuple(k for k in PartnershipKind if k is not PartnershipKind.REFERRAL)


def hubs(scene: Scene) -> Iterator[Record]:
    """Hubs, each with a territory of its own."""
    for n in range(scene.hubs):
        yield Hub(
            id=HubId(scene.id("hub", n)),
            name=named("hub", "Pôle", "قطب", n),
            territories=(TerritoryId(scene.id("territory", n)),),
            mode=scene.one(tuple(HubMode)),
            status=HubStatus.ACTIVE,
            created=scene.month(),
            phases=(PhaseEntry(phase=HubPhase.TRIGGERING), PhaseEntry(phase=HubPhase.ACTIVATION)),
            priority_groups=(PriorityGroup.WOMEN, PriorityGroup.YOUTH),
            languages=(LanguageTag("ar"), LanguageTag("fr")),
            evidence=SYNTHETIC,
        )


def partners(scene: Scene) -> Iterator[Record]:
    """Partners of every sector, some of unknown sector."""
    for n in range(scene.partners):
        yield Partner(
            id=PartnerId(scene.id("partner", n)),
            name=named("partner", "Partenaire", "شريك", n),
            sector=_SECTORS[n] if n < len(_SECTORS) else scene.one(_SECTORS),
            level=scene.one(tuple(ActorLevel)),
            country=CountryCode("ZZ"),
            territories=(TerritoryId(scene.id("territory", scene.below(scene.hubs))),),
            evidence=SYNTHETIC,
        )


def kinds_in_use() -> list[str]:
    """Kinds of service that are not deprecated."""
    return [code for code, c in vocab.scheme("service-kinds").items() if not c.deprecated]


def services(scene: Scene) -> Iterator[Service]:
    """One service of each kind in use."""
    for n, kind in enumerate(kinds_in_use()):
        yield Service(
            id=ServiceId(scene.id("service", n)),
            name=named("service", "Service", "خدمة", n),
            kind=ServiceKindCode(kind),
            stages=scene.some(_STAGES, 3),
            evidence=SYNTHETIC,
        )


def _partner(scene: Scene) -> PartyId:
    return PartyId(scene.id("partner", scene.below(scene.partners)))


def _two_partners(scene: Scene) -> tuple[PartyId, ...]:
    places = scene.some(range(scene.partners), min(2, scene.partners))
    return tuple(PartyId(scene.id("partner", n)) for n in places)


def offers(scene: Scene, catalogue: Sequence[Service]) -> Iterator[Record]:
    """Offers at every hub, direct and by referral, with the agreements behind referrals.

    Some name their stages and territories, some leave them to the service and the hub.
    """
    for hub in range(scene.hubs):
        for n, service in enumerate(catalogue):
            if scene.chance(0.2):
                continue
            referred = scene.chance(0.3)
            providers = _two_partners(scene) if scene.chance(0.4) else (_partner(scene),)
            place = hub * len(catalogue) + n
            seat = TerritoryId(scene.id("territory", hub))
            yield ServiceOffer(
                id=ServiceOfferId(scene.id("offer", place)),
                hub=HubId(scene.id("hub", hub)),
                service=service.id,
                providers=providers,
                channel=OfferChannel.REFERRAL if referred else OfferChannel.DIRECT,
                stages=service.stages if place % 2 else (),
                territories=(seat,) if place % 3 else (),
                price=scene.one(tuple(PriceKind)),
                languages=(LanguageTag("ar"), LanguageTag("fr")),
                capacity=10 + scene.below(90),
                period=scene.period(),
                co_producers=_co_producers(place, PartyId(scene.id("hub", hub)), providers),
                evidence=SYNTHETIC,
            )
            if referred and scene.chance(0.7):
                yield _referral(scene, place, hub, providers)


def _co_producers(
    place: int, hub: PartyId, providers: tuple[PartyId, ...]
) -> tuple[CoProducer, ...]:
    """Who provides delivers; who else takes part differs from offer to offer, without chance."""
    modes: dict[PartyId, set[CoProduction]] = {
        party: {CoProduction.CO_DELIVER} for party in providers
    }
    for step, party, mode in (
        (2, hub, CoProduction.CO_DESIGN),
        (3, providers[-1], CoProduction.CO_ASSESS),
        (4, hub, CoProduction.CO_COMMISSION),
    ):
        if place % step == 0:
            modes.setdefault(party, set()).add(mode)
    return tuple(
        CoProducer(party=party, modes=tuple(mode for mode in CoProduction if mode in found))
        for party, found in modes.items()
    )


def _referral(scene: Scene, place: int, hub: int, providers: tuple[PartyId, ...]) -> Record:
    parties = (PartyId(scene.id("hub", hub)), *providers)
    return Partnership(
        id=PartnershipId(scene.id("referral", place)),
        kind=PartnershipKind.REFERRAL,
        members=tuple(Member(party=party) for party in parties),
        form=AgreementForm.CONVENTION,
        intensity=Intensity.COORDINATION,
        period=scene.period(),
        evidence=SYNTHETIC,
    )


_ENDED: Final = Period.of(f"{FIRST_YEAR}-01-01", f"{FIRST_YEAR + 1}-07-01")
"""The first programme is over, so that what outlives it can be counted."""


def agreements(scene: Scene) -> Iterator[Record]:
    """Agreements of two and three parties, of every form, and one programme for each hub."""
    for n in range(scene.partners):
        others = {_partner(scene) for _ in range(1 + scene.below(2))}
        hub = PartyId(scene.id("hub", n % scene.hubs))
        parties = (hub, *sorted(others))
        yield Partnership(
            id=PartnershipId(scene.id("agreement", n)),
            kind=scene.one(_OTHER_KINDS),
            members=tuple(Member(party=party) for party in parties),
            form=_FORMS[n % len(_FORMS)],
            intensity=scene.one(tuple(Intensity)),
            period=scene.period(),
            evidence=SYNTHETIC,
        )
    for n in range(scene.hubs):
        drawn = scene.period()
        lead, *rest = dict.fromkeys(_partner(scene) for _ in range(5))
        members = (Member(party=lead, role=Role.LEAD), *(Member(party=party) for party in rest))
        yield Programme(
            id=ProgrammeId(scene.id("programme", n)),
            name=named("programme", "Programme", "برنامج", n),
            title=Text(en="Programme made up for demonstration"),
            members=(*members, Member(party=PartyId(scene.id("hub", n)))),
            period=_ENDED if n == 0 else drawn,
            evidence=SYNTHETIC,
        )
