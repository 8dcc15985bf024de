"""Synthetic cases, and what hangs on them from intake to follow-up."""

import hashlib
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from citess.datasets._synthetic_offer import kinds_in_use
from citess.datasets._synthetic_scene import FIRST_YEAR, SYNTHETIC, Scene
from citess.model import (
    AgeBand,
    ApplicationStatus,
    Case,
    Closure,
    Diagnosis,
    EmploymentStatus,
    FinanceApplication,
    FollowUp,
    Formality,
    Initiative,
    IntakeChannel,
    JobsCount,
    JobsKind,
    Money,
    Need,
    PartialDate,
    Plan,
    PlannedService,
    Record,
    Referral,
    SessionMode,
    Sex,
    Stage,
    StageEntry,
    SupportSession,
    Survival,
)
from citess.model.codes import LanguageTag, ServiceKindCode
from citess.model.ids import (
    CaseId,
    DiagnosisId,
    EnterpriseId,
    FinanceApplicationId,
    FinancingLineId,
    FollowUpId,
    HubId,
    JobsCountId,
    PartyId,
    PlanId,
    Pseudonym,
    ReferralId,
    ServiceId,
    SupportSessionId,
    TerritoryId,
)

_BANDS: Final = (
    AgeBand(lower=18, upper=24),
    AgeBand(lower=25, upper=35),
    AgeBand(lower=36, upper=60),
)

_FIRST_FOLLOW_UP: Final = 6


def _date(scene: Scene, months: int) -> PartialDate:
    month = months + 1
    return PartialDate(f"{FIRST_YEAR + month // 12}-{1 + month % 12:02d}-{1 + scene.below(28):02d}")


def _client(scene: Scene, n: int) -> Pseudonym:
    return Pseudonym(f"p-{hashlib.sha256(scene.id('client', n).encode()).hexdigest()[:32]}")


def cases(scene: Scene) -> Iterator[Record]:
    """One case for each enterprise, at a hub, with all that hangs on it."""
    for n in range(scene.enterprises):
        hub = n % scene.hubs
        month = scene.below(12 * scene.years)
        collective = scene.chance(0.4)
        closed = scene.chance(0.5)
        case = Case(
            id=CaseId(scene.id("case", n)),
            hub=HubId(scene.id("hub", hub)),
            opened=_date(scene, month),
            enterprise=EnterpriseId(scene.id("enterprise", n)),
            initiative=Initiative.COLLECTIVE if collective else Initiative.INDIVIDUAL,
            group_size=2 + scene.below(10) if collective else 1,
            stages=(StageEntry(stage=Stage.IDEA, since=_date(scene, month)),),
            channel=scene.one((*IntakeChannel, None)),
            languages=(LanguageTag("ar"),),
            territory=TerritoryId(scene.id("territory", hub)),
            client=_client(scene, n),
            sex=scene.one((Sex.FEMALE, Sex.FEMALE, Sex.MALE, None)),
            age_band=scene.one((*_BANDS, None)),
            employment=scene.one((*EmploymentStatus, None)),
            closed=_date(scene, month + 14) if closed else None,
            closure=scene.one(tuple(Closure)) if closed else None,
            evidence=SYNTHETIC,
        )
        yield case
        yield from _support(scene, case, n, month)


def _support(scene: Scene, case: Case, n: int, month: int) -> Iterator[Record]:
    kinds = kinds_in_use()
    wanted = scene.some(range(len(kinds)), 3)
    service = ServiceId(scene.id("service", wanted[0]))
    partner = PartyId(scene.id("partner", scene.below(scene.partners)))
    needs = tuple(Need(domain=ServiceKindCode(kinds[k]), score=scene.below(6)) for k in wanted)
    diagnosis = DiagnosisId(scene.id("diagnosis", n))
    day = _date(scene, month + 1)
    yield Diagnosis(
        id=diagnosis,
        case=case.id,
        on=day,
        needs=needs,
        turnover=Money.of(1000 + 50 * (n % 17), "TND") if n % 7 else None,
        evidence=SYNTHETIC,
    )
    yield Plan(
        id=PlanId(scene.id("plan", n)),
        case=case.id,
        on=_date(scene, month + 2),
        diagnosis=diagnosis,
        services=tuple(PlannedService(service=ServiceId(scene.id("service", k))) for k in wanted),
        evidence=SYNTHETIC,
    )
    people = case.group_size or 1
    for session in range(1 + scene.below(3)):
        yield SupportSession(
            id=SupportSessionId(scene.id(f"session-{n}", session)),
            cases=(case.id,),
            service=service,
            on=_date(scene, month + 3 + session),
            providers=(partner,),
            mode=scene.one(tuple(SessionMode)),
            minutes=30 * (1 + scene.below(6)),
            participants=people,
            women=scene.below(people + 1),
            evidence=SYNTHETIC,
        )
    sent = month + 4
    answer = scene.below(4)
    yield Referral(
        id=ReferralId(scene.id("referral", n)),
        case=case.id,
        to=partner,
        sent=_date(scene, sent),
        service=service,
        accepted=_date(scene, sent + 1) if answer in {1, 2} else None,
        served=_date(scene, sent + 2) if answer == 1 else None,
        declined=_date(scene, sent + 1) if answer == 3 else None,  # noqa: PLR2004  (one of four)
        evidence=SYNTHETIC,
    )
    if scene.chance(0.5):
        yield _application(scene, case, n, month)
    yield from _outcomes(scene, case, n, month)


def _application(scene: Scene, case: Case, n: int, month: int) -> Record:
    asked = Money.of(2000 + 500 * scene.below(20), "TND")
    granted = scene.chance(0.5)
    return FinanceApplication(
        id=FinanceApplicationId(scene.id("application", n)),
        line=FinancingLineId(scene.id("line", n % scene.hubs)),
        submitted=_date(scene, month + 6),
        case=case.id,
        status=ApplicationStatus.GRANTED if granted else ApplicationStatus.REFUSED,
        decided=_date(scene, month + 8),
        asked=asked,
        granted=asked if granted else None,
        evidence=SYNTHETIC,
    )


def _outcomes(scene: Scene, case: Case, n: int, month: int) -> Iterator[Record]:
    for months in (6, 12):
        yield FollowUp(
            id=FollowUpId(scene.id(f"follow-up-{n}", months)),
            case=case.id,
            on=_date(scene, month + 8 + months),
            months=months,
            survival=scene.one(tuple(Survival)),
            formality=_formality(n, months),
            turnover=Money.of(1000 + 50 * (n % 17) + 25 * (n % 5) * months, "TND"),
            satisfaction=scene.one((1, 2, 3, 4, 5, None)),
            evidence=SYNTHETIC,
        )
    for place, sex in enumerate(Sex):
        heads = scene.below(6)
        yield JobsCount(
            id=JobsCountId(scene.id(f"jobs-{n}", place)),
            enterprise=EnterpriseId(scene.id("enterprise", n)),
            on=_date(scene, month + 20),
            kind=JobsKind.CREATED,
            heads=heads,
            fte=Decimal(heads) / 2,
            sex=sex,
            evidence=SYNTHETIC,
        )
    yield from _existing(scene, n, month)


def _formality(n: int, months: int) -> Formality | None:
    """What a follow-up finds: some are informal, of which some register; of some it is not said."""
    first = (Formality.INFORMAL, Formality.SEMI_FORMAL, Formality.FORMAL, None)[n % 4]
    registers = months > _FIRST_FOLLOW_UP and n % 3 == 0 and first is not None
    return Formality.FORMAL if registers else first


def _existing(scene: Scene, n: int, month: int) -> Iterator[Record]:
    """Jobs there are at intake and a year later, by sex; the second time by age too."""
    before = {Sex.FEMALE: (3 * n + month) % 8, Sex.MALE: (5 * n + month) % 9}
    after = {
        Sex.FEMALE: before[Sex.FEMALE] + n % 3,
        Sex.MALE: max(0, before[Sex.MALE] + n % 4 - 1),
    }
    whole = sum(after.values())
    young = whole // 3
    ages = dict(zip(_BANDS[::2], (young, whole - young), strict=True))
    for when, heads in enumerate((before, after)):
        for sex in Sex:
            yield _count(
                scene, n, f"{when}-{sex}", _date_of(month + 1 + 12 * when), heads[sex], sex
            )
    for band, people in ages.items():
        day = _date_of(month + 13)
        yield _count(scene, n, f"1-{band}", day, people, age_band=band)


def _date_of(months: int) -> PartialDate:
    return PartialDate(f"{FIRST_YEAR + months // 12}-{1 + months % 12:02d}-15")


def _count(  # noqa: PLR0913, PLR0917  (the fields of one record)
    scene: Scene,
    n: int,
    name: str,
    on: PartialDate,
    heads: int,
    sex: Sex | None = None,
    age_band: AgeBand | None = None,
) -> JobsCount:
    return JobsCount(
        id=JobsCountId(scene.id(f"jobs-{n}-existing", name)),
        enterprise=EnterpriseId(scene.id("enterprise", n)),
        on=on,
        heads=heads,
        fte=Decimal(heads) * 3 / 4,
        sex=sex,
        age_band=age_band,
        evidence=SYNTHETIC,
    )
