"""The domain: hubs, enterprises, services, partners and all that ties them."""

from typing import TYPE_CHECKING, Final

from citess._lazy import lazy_names

if TYPE_CHECKING:
    from citess.model.advocacy import Advocacy, AdvocacyKind
    from citess.model.age import AgeBand
    from citess.model.application import ApplicationStatus, FinanceApplication
    from citess.model.case import Case, Closure, Education, EmploymentStatus, IntakeChannel
    from citess.model.dataset import Dataset
    from citess.model.dated import DatedValue, value_at
    from citess.model.difference import Change, Difference, apply, diff
    from citess.model.enterprise import Enterprise, Formality, Initiative, Stage, StageEntry
    from citess.model.evidence import Evidence, Source, Sourced, SourceKind
    from citess.model.financing import FinancingLine, Instrument
    from citess.model.followup import FollowUp, Survival
    from citess.model.funding import Funding, FundingKind
    from citess.model.fusion import Decision, Fusion, fuse
    from citess.model.governance import Body, BodyKind, Mandate, Seat
    from citess.model.hub import Hub, HubMode, HubPhase, HubStatus, PhaseEntry, PriorityGroup
    from citess.model.hub_network import HubNetwork, NetworkMember, Replication, ReplicationStatus
    from citess.model.identifier import Identifier
    from citess.model.integrity import check
    from citess.model.jobs import JobsCount, JobsKind, LabourType
    from citess.model.label import (
        Assessment,
        AwardStatus,
        Criterion,
        CriterionFinding,
        Finding,
        Label,
        LabelAward,
        LabelEntry,
        LabelKind,
        LabelStatus,
    )
    from citess.model.law import (
        ImplementingText,
        LegalFramework,
        LegalStatus,
        StatusEntry,
        TextStatus,
    )
    from citess.model.legal_form import (
        LegalFormVersion,
        MemberScope,
        ProfitRule,
        VotingRule,
        may_trade,
    )
    from citess.model.matching import Candidate, Pair, duplicates, find
    from citess.model.merging import Conflict, Merge, merge
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
    from citess.model.pseudonyms import pseudonym
    from citess.model.record import evolve
    from citess.model.referral import Referral, ReferralOutcome
    from citess.model.rivalry import rivals
    from citess.model.self_assessment import MethodAnswer, Rating, SelfAssessment
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
    from citess.model.slices import Slice
    from citess.model.space import Space, SpaceKind
    from citess.model.spelling import fold
    from citess.model.support import (
        Diagnosis,
        Need,
        Plan,
        PlannedService,
        SessionMode,
        SupportSession,
    )
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
    "citess.model.advocacy": ("Advocacy", "AdvocacyKind"),
    "citess.model.age": ("AgeBand",),
    "citess.model.application": ("ApplicationStatus", "FinanceApplication"),
    "citess.model.case": ("Case", "Closure", "Education", "EmploymentStatus", "IntakeChannel"),
    "citess.model.dated": (
        "DatedValue",
        "value_at",
    ),
    "citess.model.dataset": ("Dataset",),
    "citess.model.difference": ("Change", "Difference", "apply", "diff"),
    "citess.model.enterprise": ("Enterprise", "Formality", "Initiative", "Stage", "StageEntry"),
    "citess.model.evidence": ("Evidence", "Source", "SourceKind", "Sourced"),
    "citess.model.financing": ("FinancingLine", "Instrument"),
    "citess.model.followup": ("FollowUp", "Survival"),
    "citess.model.funding": ("Funding", "FundingKind"),
    "citess.model.fusion": ("Decision", "Fusion", "fuse"),
    "citess.model.governance": ("Body", "BodyKind", "Mandate", "Seat"),
    "citess.model.hub": ("Hub", "HubMode", "HubPhase", "HubStatus", "PhaseEntry", "PriorityGroup"),
    "citess.model.hub_network": ("HubNetwork", "NetworkMember", "Replication", "ReplicationStatus"),
    "citess.model.identifier": ("Identifier",),
    "citess.model.integrity": ("check",),
    "citess.model.jobs": ("JobsCount", "JobsKind", "LabourType"),
    "citess.model.label": (
        "Assessment",
        "AwardStatus",
        "Criterion",
        "CriterionFinding",
        "Finding",
        "Label",
        "LabelAward",
        "LabelEntry",
        "LabelKind",
        "LabelStatus",
    ),
    "citess.model.law": (
        "ImplementingText",
        "LegalFramework",
        "LegalStatus",
        "StatusEntry",
        "TextStatus",
    ),
    "citess.model.legal_form": (
        "LegalFormVersion",
        "MemberScope",
        "ProfitRule",
        "VotingRule",
        "may_trade",
    ),
    "citess.model.matching": ("Candidate", "Pair", "duplicates", "find"),
    "citess.model.merging": ("Conflict", "Merge", "merge"),
    "citess.model.money": ("Money", "currency_decimals", "total"),
    "citess.model.observation": ("Observation", "ObservationStatus", "Relation"),
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
    "citess.model.programme": ("AssertedLevel", "Level", "Programme"),
    "citess.model.pseudonyms": ("pseudonym",),
    "citess.model.record": ("evolve",),
    "citess.model.referral": ("Referral", "ReferralOutcome"),
    "citess.model.rivalry": ("rivals",),
    "citess.model.self_assessment": ("MethodAnswer", "Rating", "SelfAssessment"),
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
    "citess.model.slices": ("Slice",),
    "citess.model.space": ("Space", "SpaceKind"),
    "citess.model.spelling": ("fold",),
    "citess.model.support": (
        "Diagnosis",
        "Need",
        "Plan",
        "PlannedService",
        "SessionMode",
        "SupportSession",
    ),
    "citess.model.territory": ("GroupingScheme", "Parent", "Point", "Territory", "TerritoryLevel"),
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
    "Advocacy",
    "AdvocacyKind",
    "AgeBand",
    "AgreementForm",
    "ApplicationStatus",
    "AssertedLevel",
    "Assessment",
    "AwardStatus",
    "Body",
    "BodyKind",
    "Bound",
    "Candidate",
    "Case",
    "Change",
    "Closure",
    "CoProducer",
    "CoProduction",
    "Conflict",
    "Criterion",
    "CriterionFinding",
    "Dataset",
    "DateLike",
    "DatedValue",
    "Decision",
    "Diagnosis",
    "Difference",
    "Education",
    "EmploymentStatus",
    "Enterprise",
    "Evidence",
    "FinanceApplication",
    "FinancingLine",
    "Finding",
    "FollowUp",
    "Formality",
    "Funding",
    "FundingKind",
    "Fusion",
    "GroupingScheme",
    "Hub",
    "HubMode",
    "HubNetwork",
    "HubPhase",
    "HubStatus",
    "Identifier",
    "ImplementingText",
    "Initiative",
    "Instrument",
    "IntakeChannel",
    "Intensity",
    "JobsCount",
    "JobsKind",
    "Label",
    "LabelAward",
    "LabelEntry",
    "LabelKind",
    "LabelStatus",
    "LabourType",
    "LegalFormVersion",
    "LegalFramework",
    "LegalStatus",
    "Level",
    "Mandate",
    "Member",
    "MemberScope",
    "Merge",
    "MethodAnswer",
    "Money",
    "Need",
    "NetworkMember",
    "Observation",
    "ObservationStatus",
    "OfferChannel",
    "Pair",
    "Parent",
    "PartialDate",
    "Partner",
    "Partnership",
    "PartnershipKind",
    "Period",
    "PhaseEntry",
    "Plan",
    "PlannedService",
    "Point",
    "PriceKind",
    "PriorityGroup",
    "ProfitRule",
    "Programme",
    "Rating",
    "Record",
    "Referral",
    "ReferralOutcome",
    "Relation",
    "Replication",
    "ReplicationStatus",
    "Role",
    "Seat",
    "Sector",
    "SelfAssessment",
    "Service",
    "ServiceOffer",
    "SessionMode",
    "Sex",
    "Shelf",
    "Slice",
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
    "SupportSession",
    "Survival",
    "Territory",
    "TerritoryLevel",
    "TextStatus",
    "VotingRule",
    "apply",
    "as_date",
    "check",
    "currency_decimals",
    "days_between",
    "diff",
    "duplicates",
    "evolve",
    "find",
    "fold",
    "fuse",
    "may_trade",
    "merge",
    "months_between",
    "pseudonym",
    "rivals",
    "total",
    "value_at",
]

_get, _names = lazy_names(__name__, _HOMES)


def __getattr__(name: str) -> object:
    return _get(name)


def __dir__() -> list[str]:
    return _names()
