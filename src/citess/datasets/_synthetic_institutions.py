"""Synthetic governance, funding, network, law and label."""

from collections.abc import Iterator
from decimal import Decimal

from citess.datasets._synthetic_scene import COUNTRY, FIRST_YEAR, SYNTHETIC, Scene, named
from citess.model import (
    Advocacy,
    AdvocacyKind,
    Assessment,
    AwardStatus,
    Body,
    BodyKind,
    Criterion,
    CriterionFinding,
    Finding,
    Funding,
    FundingKind,
    HubNetwork,
    HubStatus,
    Label,
    LabelAward,
    LabelEntry,
    LabelKind,
    LabelStatus,
    LegalFormVersion,
    Mandate,
    MethodAnswer,
    Money,
    NetworkMember,
    PartialDate,
    Period,
    Rating,
    Record,
    Relation,
    Replication,
    ReplicationStatus,
    Seat,
    SelfAssessment,
    Sex,
)
from citess.model.codes import LegalFormCode, MethodCode, UnitCode
from citess.model.ids import (
    AdvocacyId,
    AssessmentId,
    BodyId,
    CriterionId,
    FundingId,
    HubId,
    HubNetworkId,
    LabelAwardId,
    LabelId,
    LegalFormVersionId,
    MandateId,
    PartyId,
    RecordRef,
    ReplicationId,
    SelfAssessmentId,
    TerritoryId,
)

_ITEMS = ("social-capital", "actors", "networks", "donor-dependency", "charter", "financial")


def governance(scene: Scene) -> Iterator[Record]:
    """A board for each hub, with seats, and who pays for the hub."""
    for hub in range(scene.hubs):
        board = BodyId(scene.id("board", hub))
        yield Body(
            id=board,
            of=RecordRef(f"hub:{scene.id('hub', hub)}"),
            kind=BodyKind.BOARD,
            seats=7,
            evidence=SYNTHETIC,
        )
        for seat in range(6):
            start = FIRST_YEAR + seat % 2
            yield Mandate(
                id=MandateId(scene.id(f"mandate-{hub}", seat)),
                body=board,
                seat=tuple(Seat)[seat] if seat < len(Seat) - 1 else Seat.MEMBER,
                organisation=PartyId(scene.id("partner", scene.below(scene.partners))),
                period=Period.of(f"{start}-01-01", f"{start + 3}-01-01"),
                sex=scene.one((*Sex, None)),
                evidence=SYNTHETIC,
            )
        for n, kind in enumerate((FundingKind.GRANT, FundingKind.SUBSIDY, FundingKind.SALES)):
            yield Funding(
                id=FundingId(scene.id(f"funding-{hub}", n)),
                giver=PartyId(scene.id("partner", n % scene.partners)),
                receiver=PartyId(scene.id("hub", hub)),
                kind=kind,
                amount=Money.of(1000 * (1 + scene.below(50)), "TND"),
                restricted=kind is FundingKind.GRANT,
                period=Period.of(f"{FIRST_YEAR}-01-01", f"{FIRST_YEAR + 1}-01-01"),
                evidence=SYNTHETIC,
            )


def network(scene: Scene) -> Iterator[Record]:
    """A network of all hubs, replications of the first, and what hubs say of themselves."""
    hubs = [HubId(scene.id("hub", n)) for n in range(scene.hubs)]
    yield HubNetwork(
        id=HubNetworkId(scene.id("network", 0)),
        name=named("network", "Réseau", "شبكة", 0),
        members=tuple(NetworkMember(hub=hub) for hub in hubs),
        status=HubStatus.FORMING,
        evidence=SYNTHETIC,
    )
    for n, hub in enumerate(hubs):
        if n:
            yield Replication(
                id=ReplicationId(scene.id("replication", n)),
                origin=hubs[0],
                copy=hub,
                status=ReplicationStatus.ACHIEVED,
                kept=(MethodCode("charter"), MethodCode("networks")),
                adapted=(MethodCode("mixed-funding"),),
                evidence=SYNTHETIC,
            )
        yield SelfAssessment(
            id=SelfAssessmentId(scene.id("self-assessment", n)),
            on=PartialDate(f"{FIRST_YEAR + scene.years - 1}-12"),
            hub=hub,
            answers=tuple(
                MethodAnswer(item=MethodCode(item), rating=scene.one(tuple(Rating)))
                for item in _ITEMS
            ),
            participants=5 + scene.below(20),
            evidence=SYNTHETIC,
        )


def law(scene: Scene) -> Iterator[Record]:
    """Two versions of a legal form, a label with criteria, awards, and advocacy."""
    for n, (start, end) in enumerate(((FIRST_YEAR, FIRST_YEAR + 1), (FIRST_YEAR + 1, None))):
        yield LegalFormVersion(
            id=LegalFormVersionId(f"{COUNTRY}-form-version-{n}"),
            form=LegalFormCode("INFORMAL"),
            country=TerritoryId(COUNTRY),
            text=named("text", "Texte", "نص", n),
            period=Period.of(f"{start}-01-01", "open" if end is None else f"{end}-01-01"),
            min_members=10 - 5 * n,
            evidence=SYNTHETIC,
        )
    label, criterion = LabelId(scene.id("label", 0)), CriterionId(scene.id("criterion", 0))
    day = PartialDate(f"{FIRST_YEAR}-06-01")
    yield Label(
        id=label,
        name=named("label", "Label", "علامة", 0),
        kind=LabelKind.VOLUNTARY,
        history=(LabelEntry(status=LabelStatus.AWARDABLE, since=day),),
        evidence=SYNTHETIC,
    )
    yield Criterion(
        id=criterion,
        label=label,
        text=named("criterion", "Critère", "معيار", 0),
        threshold=Decimal(50),
        relation=Relation.AT_MOST,
        unit=UnitCode("percent"),
        evidence=SYNTHETIC,
    )
    for n in range(min(4, scene.partners)):
        holder = scene.id("partner", n)
        on = PartialDate(f"{FIRST_YEAR + 1}-{n + 1:02d}-01")
        finding = CriterionFinding(criterion=criterion, finding=tuple(Finding)[n])
        assessment = AssessmentId(scene.id("assessment", n))
        yield Assessment(
            id=assessment,
            label=label,
            subject=RecordRef(f"partner:{holder}"),
            on=on,
            findings=(finding,),
            evidence=SYNTHETIC,
        )
        yield LabelAward(
            id=LabelAwardId(scene.id("award", n)),
            label=label,
            holder=PartyId(holder),
            on=on,
            status=AwardStatus.AWARDED if finding.finding is Finding.MET else AwardStatus.REFUSED,
            assessment=assessment,
            evidence=SYNTHETIC,
        )
    yield Advocacy(
        id=AdvocacyId(scene.id("advocacy", 0)),
        country=TerritoryId(COUNTRY),
        kind=AdvocacyKind.FORUM,
        on=day,
        asks=named("demand", "Demande", "مطلب", 0),
        evidence=SYNTHETIC,
    )
