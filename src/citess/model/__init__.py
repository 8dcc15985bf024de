"""The domain: hubs, enterprises, services, partners and all that ties them."""

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
