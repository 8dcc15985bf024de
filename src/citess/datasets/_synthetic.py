"""Synthetic datasets: realistic, reproducible, and flagged in every record."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from citess.datasets import _synthetic_cases as synthetic_cases
from citess.datasets import _synthetic_institutions as institutions
from citess.datasets import _synthetic_offer as offer
from citess.datasets._synthetic_scene import COUNTRY, FIRST_YEAR, SYNTHETIC, Scene, named
from citess.i18n import Text
from citess.model import (
    Dataset,
    Enterprise,
    FinancingLine,
    Formality,
    GroupingScheme,
    ImplementingText,
    Initiative,
    Instrument,
    LegalFramework,
    LegalStatus,
    Money,
    Observation,
    ObservationStatus,
    Parent,
    PartialDate,
    Period,
    Record,
    Sector,
    Stage,
    StageEntry,
    StatusEntry,
    Territory,
    TerritoryLevel,
    TextStatus,
)
from citess.model.codes import ActivityCode, IndicatorCode, UnitCode
from citess.model.ids import (
    EnterpriseId,
    FinancingLineId,
    HubId,
    ImplementingTextId,
    LegalFrameworkId,
    ObservationId,
    PartyId,
    RecordRef,
    TerritoryId,
)

_PATH: Final = (Stage.IDEA, Stage.PRE_CREATION, Stage.CREATION, Stage.START_UP, Stage.GROWTH)
_ENDS: Final = (Stage.CLOSED, Stage.DORMANT, Stage.IDEA)
_MONTHS_IN_STAGE: Final = 4
_STATES: Final = (TextStatus.ISSUED, TextStatus.DRAFTED, TextStatus.EXPECTED)


def synthetic(
    *, hubs: int = 2, partners: int = 24, enterprises: int = 60, years: int = 3, seed: int = 0
) -> Dataset:
    """Make a dataset that looks like the real thing and is none of it.

    The same arguments give the same dataset on every machine and Python. Every record carries
    ``Evidence.SYNTHETIC`` and a name that says so; ids begin with ``synthetic-<seed>``.

    Parameters
    ----------
    hubs, partners, enterprises, years
        How many; at least 1 hub, 2 partners, 0 enterprises and 1 year.
    seed
        Which of many; 0 or more.

    Raises
    ------
    ValueError
        When a number is below what is allowed.

    Examples
    --------
    >>> data = synthetic(enterprises=10, seed=7)
    >>> data == synthetic(enterprises=10, seed=7), len(data.enterprises)
    (True, 10)
    """
    given = {"hubs": hubs, "partners": partners, "enterprises": enterprises, "years": years}
    least = {"hubs": 1, "partners": 2, "enterprises": 0, "years": 1, "seed": 0}
    for name, number in {**given, "seed": seed}.items():
        if number < least[name]:
            msg = f"{name} must be {least[name]} or more, not {number}"
            raise ValueError(msg)
    scene = Scene(**given, seed=seed)
    before: list[Record] = [*_places(scene), *offer.hubs(scene), *offer.partners(scene)]
    catalogue = tuple(offer.services(scene))
    parts = (
        before,
        catalogue,
        offer.offers(scene, catalogue),
        offer.agreements(scene),
        _enterprises(scene),
        _finance(scene),
        _law(scene),
        _figures(scene),
        synthetic_cases.cases(scene),
        institutions.governance(scene),
        institutions.network(scene),
        institutions.law(scene),
    )
    return Dataset(record for part in parts for record in part)


def _places(scene: Scene) -> Iterator[Record]:
    yield Territory(
        id=TerritoryId(COUNTRY),
        name=Text(en="Synthetic land", fr="Pays synthétique", ar="بلد مصطنع"),
        level=TerritoryLevel.COUNTRY,
        evidence=SYNTHETIC,
    )
    for n in range(scene.hubs):
        parent = Parent(
            scheme=GroupingScheme.STATE, territory=TerritoryId(COUNTRY), evidence=SYNTHETIC
        )
        yield Territory(
            id=TerritoryId(scene.id("territory", n)),
            name=named("territory", "Territoire", "إقليم", n),
            level=TerritoryLevel.GOVERNORATE,
            parents=(parent,),
            evidence=SYNTHETIC,
        )


def _enterprises(scene: Scene) -> Iterator[Record]:
    for n in range(scene.enterprises):
        hub = scene.below(scene.hubs)
        yield Enterprise(
            id=EnterpriseId(scene.id("enterprise", n)),
            name=named("enterprise", "Entreprise", "مؤسسة", n),
            hub=HubId(scene.id("hub", hub)),
            stages=_stages(scene),
            initiative=scene.one(tuple(Initiative)),
            formality=scene.one((*Formality, None)),
            sector=scene.one((Sector.SSE, Sector.SSE, Sector.PRIVATE)),
            activities=(ActivityCode(scene.one("ACGIJ")),),
            territories=(TerritoryId(scene.id("territory", hub)),),
            evidence=SYNTHETIC,
        )


def _stages(scene: Scene) -> tuple[StageEntry, ...]:
    reached: list[Stage] = list(_PATH[: 1 + scene.below(len(_PATH))])
    if len(reached) > 1 and scene.chance(0.15):
        reached += reached[-2:]
    if scene.chance(0.2):
        reached.append(scene.one(_ENDS))
    first = scene.below(12 * scene.years)
    entries: list[StageEntry] = []
    for step, stage in enumerate(reached):
        month = first + _MONTHS_IN_STAGE * step
        date = PartialDate(f"{FIRST_YEAR + month // 12}-{1 + month % 12:02d}")
        entries.append(StageEntry(stage=stage, since=date))
    return tuple(entries)


def _finance(scene: Scene) -> Iterator[Record]:
    for n in range(scene.hubs):
        yield FinancingLine(
            id=FinancingLineId(scene.id("line", n)),
            name=named("line", "Ligne", "خط تمويل", n),
            providers=(PartyId(scene.id("partner", n % scene.partners)),),
            instruments=(scene.one(tuple(Instrument)),),
            amount_min=Money.of(1000, "TND"),
            amount_max=Money.of(5000 + 1000 * scene.below(20), "TND"),
            rate=Decimal("0.05"),
            tenor_months=60,
            grace_months=6,
            period=scene.period(),
            evidence=SYNTHETIC,
        )


def _law(scene: Scene) -> Iterator[Record]:
    law = LegalFrameworkId(scene.id("law", 0))
    yield LegalFramework(
        id=law,
        country=TerritoryId(COUNTRY),
        status=LegalStatus.FRAMEWORK_NOT_APPLIED,
        as_of=PartialDate(f"{FIRST_YEAR + scene.years}-01-01"),
        instrument=named("law", "Loi", "قانون", 0),
        adopted=PartialDate(f"{FIRST_YEAR}-01-01"),
        evidence=SYNTHETIC,
    )
    for n, state in enumerate((*_STATES, None)):
        since = PartialDate(f"{FIRST_YEAR}-06-01")
        yield ImplementingText(
            id=ImplementingTextId(scene.id("decree", n)),
            framework=law,
            subject=named("decree", "Décret", "أمر", n),
            history=() if state is None else (StatusEntry(status=state, since=since),),
            evidence=SYNTHETIC,
        )


def _figures(scene: Scene) -> Iterator[Record]:
    for n in range(scene.hubs):
        for year in range(FIRST_YEAR, FIRST_YEAR + scene.years):
            for rival in range(2):
                yield Observation(
                    id=ObservationId(scene.id(f"figure-{n}-{year}", rival)),
                    subject=RecordRef(f"hub:{scene.id('hub', n)}"),
                    indicator=IndicatorCode("jobs"),
                    value=Decimal(20 + scene.below(30) + 100 * rival),
                    unit=UnitCode("jobs"),
                    status=ObservationStatus.REPORTED,
                    period=Period.of(f"{year}-01-01", f"{year + 1}-01-01"),
                    evidence=SYNTHETIC,
                )
