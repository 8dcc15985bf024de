"""citess: hubs of the social and solidarity economy, their partners and services, as Python.

The face of the library: every name below is imported at first use, so ``import citess`` is light.

Examples
--------
>>> import citess
>>> data = citess.datasets.tunisia()
>>> len(data.hubs)
2
"""

from typing import TYPE_CHECKING, Final

from citess._lazy import lazy_names
from citess._version import __version__

if TYPE_CHECKING:
    from citess import datasets, errors, i18n, io, metrics, model, network, questions, vocab
    from citess.errors import (
        CitessError,
        CitessWarning,
        IntegrityError,
        InvalidValueError,
        Issue,
        LockedError,
        MissingExtraError,
        ReadError,
        Report,
        Severity,
        UndefinedMeasureError,
        UnknownIdError,
    )
    from citess.i18n import Term, Text
    from citess.io import dumps, edit, load, loads, save
    from citess.metrics import Measure
    from citess.model.advocacy import Advocacy, AdvocacyKind
    from citess.model.age import AgeBand
    from citess.model.application import ApplicationStatus, FinanceApplication
    from citess.model.case import Case, Closure, Education, EmploymentStatus, IntakeChannel
    from citess.model.dataset import Dataset
    from citess.model.difference import Change, Difference, diff
    from citess.model.enterprise import Enterprise, Formality, Initiative, Stage, StageEntry
    from citess.model.evidence import Evidence, Source, SourceKind
    from citess.model.financing import FinancingLine, Instrument
    from citess.model.followup import FollowUp, Survival
    from citess.model.funding import Funding, FundingKind
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
    from citess.model.money import Money
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
    from citess.model.pseudonym import pseudonym
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
    from citess.model.shelves import Record
    from citess.model.space import Space, SpaceKind
    from citess.model.support import (
        Diagnosis,
        Need,
        Plan,
        PlannedService,
        SessionMode,
        SupportSession,
    )
    from citess.model.territory import GroupingScheme, Parent, Point, Territory, TerritoryLevel
    from citess.model.time import Bound, DateLike, PartialDate, Period
    from citess.questions import (
        Answer,
        FinancingMatch,
        FormMatch,
        Gap,
        Gaps,
        LegalAnswer,
        Matches,
        Moment,
        OfferMatch,
        Profile,
        Reason,
        Verdict,
        awardable,
        eligible_forms,
        financing_for,
        gaps,
        legal_status,
        services_for,
        timeline,
    )

_HOME: Final = {
    "citess.errors": (
        "CitessError",
        "CitessWarning",
        "IntegrityError",
        "InvalidValueError",
        "Issue",
        "LockedError",
        "MissingExtraError",
        "ReadError",
        "Report",
        "Severity",
        "UndefinedMeasureError",
        "UnknownIdError",
    ),
    "citess.i18n": ("Term", "Text"),
    "citess.io": ("dumps", "edit", "load", "loads", "save"),
    "citess.metrics": ("Measure",),
    "citess.model.advocacy": ("Advocacy", "AdvocacyKind"),
    "citess.model.age": ("AgeBand",),
    "citess.model.application": ("ApplicationStatus", "FinanceApplication"),
    "citess.model.case": ("Case", "Closure", "Education", "EmploymentStatus", "IntakeChannel"),
    "citess.model.dataset": ("Dataset",),
    "citess.model.difference": ("Change", "Difference", "diff"),
    "citess.model.enterprise": ("Enterprise", "Formality", "Initiative", "Stage", "StageEntry"),
    "citess.model.evidence": ("Evidence", "Source", "SourceKind"),
    "citess.model.financing": ("FinancingLine", "Instrument"),
    "citess.model.followup": ("FollowUp", "Survival"),
    "citess.model.funding": ("Funding", "FundingKind"),
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
    "citess.model.money": ("Money",),
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
    "citess.model.pseudonym": ("pseudonym",),
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
    "citess.model.shelves": ("Record",),
    "citess.model.space": ("Space", "SpaceKind"),
    "citess.model.support": (
        "Diagnosis",
        "Need",
        "Plan",
        "PlannedService",
        "SessionMode",
        "SupportSession",
    ),
    "citess.model.territory": ("GroupingScheme", "Parent", "Point", "Territory", "TerritoryLevel"),
    "citess.model.time": ("Bound", "DateLike", "PartialDate", "Period"),
    "citess.questions": (
        "Answer",
        "FinancingMatch",
        "FormMatch",
        "Gap",
        "Gaps",
        "LegalAnswer",
        "Matches",
        "Moment",
        "OfferMatch",
        "Profile",
        "Reason",
        "Verdict",
        "awardable",
        "eligible_forms",
        "financing_for",
        "gaps",
        "legal_status",
        "services_for",
        "timeline",
    ),
}
_PACKAGES: Final = (
    "datasets",
    "errors",
    "i18n",
    "io",
    "metrics",
    "model",
    "network",
    "questions",
    "vocab",
)

__all__ = [
    "ActorLevel",
    "Advocacy",
    "AdvocacyKind",
    "AgeBand",
    "AgreementForm",
    "Answer",
    "ApplicationStatus",
    "AssertedLevel",
    "Assessment",
    "AwardStatus",
    "Body",
    "BodyKind",
    "Bound",
    "Case",
    "Change",
    "CitessError",
    "CitessWarning",
    "Closure",
    "CoProducer",
    "CoProduction",
    "Criterion",
    "CriterionFinding",
    "Dataset",
    "DateLike",
    "Diagnosis",
    "Difference",
    "Education",
    "EmploymentStatus",
    "Enterprise",
    "Evidence",
    "FinanceApplication",
    "FinancingLine",
    "FinancingMatch",
    "Finding",
    "FollowUp",
    "FormMatch",
    "Formality",
    "Funding",
    "FundingKind",
    "Gap",
    "Gaps",
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
    "IntegrityError",
    "Intensity",
    "InvalidValueError",
    "Issue",
    "JobsCount",
    "JobsKind",
    "Label",
    "LabelAward",
    "LabelEntry",
    "LabelKind",
    "LabelStatus",
    "LabourType",
    "LegalAnswer",
    "LegalFormVersion",
    "LegalFramework",
    "LegalStatus",
    "Level",
    "LockedError",
    "Mandate",
    "Matches",
    "Measure",
    "Member",
    "MemberScope",
    "MethodAnswer",
    "MissingExtraError",
    "Moment",
    "Money",
    "Need",
    "NetworkMember",
    "Observation",
    "ObservationStatus",
    "OfferChannel",
    "OfferMatch",
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
    "Profile",
    "ProfitRule",
    "Programme",
    "Rating",
    "ReadError",
    "Reason",
    "Record",
    "Referral",
    "ReferralOutcome",
    "Relation",
    "Replication",
    "ReplicationStatus",
    "Report",
    "Role",
    "Seat",
    "Sector",
    "SelfAssessment",
    "Service",
    "ServiceOffer",
    "SessionMode",
    "Severity",
    "Sex",
    "Source",
    "SourceKind",
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
    "Term",
    "Territory",
    "TerritoryLevel",
    "Text",
    "TextStatus",
    "UndefinedMeasureError",
    "UnknownIdError",
    "Verdict",
    "VotingRule",
    "__version__",
    "awardable",
    "check",
    "datasets",
    "diff",
    "dumps",
    "edit",
    "eligible_forms",
    "errors",
    "evolve",
    "financing_for",
    "gaps",
    "i18n",
    "io",
    "legal_status",
    "load",
    "loads",
    "may_trade",
    "metrics",
    "model",
    "network",
    "pseudonym",
    "questions",
    "rivals",
    "save",
    "services_for",
    "timeline",
    "vocab",
]

_get, _names = lazy_names(__name__, _HOME, _PACKAGES)


def __getattr__(name: str) -> object:
    return _get(name)


def __dir__() -> list[str]:
    return _names()
