"""The domain: hubs, enterprises, services, partners and all that ties them."""

from typing import TYPE_CHECKING, Final

from citess._lazy import lazy_names

if TYPE_CHECKING:
    from citess.model.age import AgeBand
    from citess.model.dataset import Dataset
    from citess.model.difference import Change, Difference, diff
    from citess.model.enterprise import Enterprise, Formality, Initiative, Stage, StageEntry
    from citess.model.evidence import Evidence, Source, Sourced, SourceKind
    from citess.model.financing import FinancingLine, Instrument
    from citess.model.hub import Hub, HubMode, HubPhase, HubStatus, PhaseEntry, PriorityGroup
    from citess.model.identifier import Identifier
    from citess.model.integrity import check
    from citess.model.law import (
        ImplementingText,
        LegalFramework,
        LegalStatus,
        StatusEntry,
        TextStatus,
    )
    from citess.model.money import Money, currency_decimals, total
    from citess.model.observation import Observation, ObservationStatus, Relation
    from citess.model.partner import ActorLevel, Partner, Sector, SseStatus, SubSector, SupportRole
    from citess.model.partnership import (
        AgreementForm,
        Intensity,
        Member,
        Partnership,
        PartnershipKind,
        Role,
    )
    from citess.model.programme import AssertedLevel, Level, Programme
    from citess.model.record import evolve
    from citess.model.rivalry import rivals
    from citess.model.service import (
        CoProducer,
        CoProduction,
        OfferChannel,
        PriceKind,
        Service,
        ServiceOffer,
        Sex,
    )
    from citess.model.shelf import Shelf
    from citess.model.shelves import Record
    from citess.model.space import Space, SpaceKind
    from citess.model.territory import GroupingScheme, Parent, Point, Territory, TerritoryLevel
    from citess.model.time import (
        Bound,
        DateLike,
        PartialDate,
        Period,
        as_date,
        days_between,
        months_between,
    )

_HOMES: Final = {
    "citess.model.age": ("AgeBand",),
    "citess.model.dataset": ("Dataset",),
    "citess.model.difference": (
        "Change",
        "Difference",
        "diff",
    ),
    "citess.model.enterprise": (
        "Enterprise",
        "Formality",
        "Initiative",
        "Stage",
        "StageEntry",
    ),
    "citess.model.evidence": (
        "Evidence",
        "Source",
        "SourceKind",
        "Sourced",
    ),
    "citess.model.financing": (
        "FinancingLine",
        "Instrument",
    ),
    "citess.model.hub": (
        "Hub",
        "HubMode",
        "HubPhase",
        "HubStatus",
        "PhaseEntry",
        "PriorityGroup",
    ),
    "citess.model.identifier": ("Identifier",),
    "citess.model.integrity": ("check",),
    "citess.model.law": (
        "ImplementingText",
        "LegalFramework",
        "LegalStatus",
        "StatusEntry",
        "TextStatus",
    ),
    "citess.model.money": (
        "Money",
        "currency_decimals",
        "total",
    ),
    "citess.model.observation": (
        "Observation",
        "ObservationStatus",
        "Relation",
    ),
    "citess.model.partner": (
        "ActorLevel",
        "Partner",
        "Sector",
        "SseStatus",
        "SubSector",
        "SupportRole",
    ),
    "citess.model.partnership": (
        "AgreementForm",
        "Intensity",
        "Member",
        "Partnership",
        "PartnershipKind",
        "Role",
    ),
    "citess.model.programme": (
        "AssertedLevel",
        "Level",
        "Programme",
    ),
    "citess.model.record": ("evolve",),
    "citess.model.rivalry": ("rivals",),
    "citess.model.service": (
        "CoProducer",
        "CoProduction",
        "OfferChannel",
        "PriceKind",
        "Service",
        "ServiceOffer",
        "Sex",
    ),
    "citess.model.shelf": ("Shelf",),
    "citess.model.shelves": ("Record",),
    "citess.model.space": (
        "Space",
        "SpaceKind",
    ),
    "citess.model.territory": (
        "GroupingScheme",
        "Parent",
        "Point",
        "Territory",
        "TerritoryLevel",
    ),
    "citess.model.time": (
        "Bound",
        "DateLike",
        "PartialDate",
        "Period",
        "as_date",
        "days_between",
        "months_between",
    ),
}

__all__ = [
    "ActorLevel",
    "AgeBand",
    "AgreementForm",
    "AssertedLevel",
    "Bound",
    "Change",
    "CoProducer",
    "CoProduction",
    "Dataset",
    "DateLike",
    "Difference",
    "Enterprise",
    "Evidence",
    "FinancingLine",
    "Formality",
    "GroupingScheme",
    "Hub",
    "HubMode",
    "HubPhase",
    "HubStatus",
    "Identifier",
    "ImplementingText",
    "Initiative",
    "Instrument",
    "Intensity",
    "LegalFramework",
    "LegalStatus",
    "Level",
    "Member",
    "Money",
    "Observation",
    "ObservationStatus",
    "OfferChannel",
    "Parent",
    "PartialDate",
    "Partner",
    "Partnership",
    "PartnershipKind",
    "Period",
    "PhaseEntry",
    "Point",
    "PriceKind",
    "PriorityGroup",
    "Programme",
    "Record",
    "Relation",
    "Role",
    "Sector",
    "Service",
    "ServiceOffer",
    "Sex",
    "Shelf",
    "Source",
    "SourceKind",
    "Sourced",
    "Space",
    "SpaceKind",
    "SseStatus",
    "Stage",
    "StageEntry",
    "StatusEntry",
    "SubSector",
    "SupportRole",
    "Territory",
    "TerritoryLevel",
    "TextStatus",
    "as_date",
    "check",
    "currency_decimals",
    "days_between",
    "diff",
    "evolve",
    "months_between",
    "rivals",
    "total",
]

_get, _names = lazy_names(__name__, _HOMES)


def __getattr__(name: str) -> object:
    return _get(name)


def __dir__() -> list[str]:
    return _names()
