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

from citess._face import ELSEWHERE
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
        LossError,
        MissingExtraError,
        ReadError,
        Report,
        Severity,
        UndefinedMeasureError,
        UnknownIdError,
        UnsupportedEngineError,
    )
    from citess.i18n import Term, Text
    from citess.io import dumps, edit, load, loads, save
    from citess.metrics import Measure
    from citess.model import (
        ActorLevel,
        Advocacy,
        AdvocacyKind,
        AgeBand,
        AgreementForm,
        ApplicationStatus,
        AssertedLevel,
        Assessment,
        AwardStatus,
        Body,
        BodyKind,
        Bound,
        Case,
        Change,
        Closure,
        Conflict,
        CoProducer,
        CoProduction,
        Criterion,
        CriterionFinding,
        Dataset,
        DatedValue,
        DateLike,
        Diagnosis,
        Difference,
        Education,
        EmploymentStatus,
        Enterprise,
        Evidence,
        FinanceApplication,
        FinancingLine,
        Finding,
        FollowUp,
        Formality,
        Funding,
        FundingKind,
        Fusion,
        GroupingScheme,
        Hub,
        HubMode,
        HubNetwork,
        HubPhase,
        HubStatus,
        Identifier,
        ImplementingText,
        Initiative,
        Instrument,
        IntakeChannel,
        Intensity,
        JobsCount,
        JobsKind,
        Label,
        LabelAward,
        LabelEntry,
        LabelKind,
        LabelStatus,
        LabourType,
        LegalFormVersion,
        LegalFramework,
        LegalStatus,
        Level,
        Mandate,
        Member,
        MemberScope,
        Merge,
        MethodAnswer,
        Money,
        Need,
        NetworkMember,
        Observation,
        ObservationStatus,
        OfferChannel,
        Parent,
        PartialDate,
        Partner,
        Partnership,
        PartnershipKind,
        Period,
        PhaseEntry,
        Plan,
        PlannedService,
        Point,
        PriceKind,
        PriorityGroup,
        ProfitRule,
        Programme,
        Rating,
        Record,
        Referral,
        ReferralOutcome,
        Relation,
        Replication,
        ReplicationStatus,
        Role,
        Seat,
        Sector,
        SelfAssessment,
        Service,
        ServiceOffer,
        SessionMode,
        Sex,
        Slice,
        Source,
        SourceKind,
        Space,
        SpaceKind,
        SseStatus,
        Stage,
        StageEntry,
        StatusEntry,
        SubSector,
        SupportRole,
        SupportSession,
        Survival,
        Territory,
        TerritoryLevel,
        TextStatus,
        VotingRule,
        apply,
        check,
        diff,
        duplicates,
        evolve,
        find,
        fuse,
        may_trade,
        merge,
        pseudonym,
        rivals,
        value_at,
    )
    from citess.questions import (
        Answer,
        FinancingMatch,
        FormMatch,
        FormMatches,
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

# One name a line would fill the file.
# fmt: off
__all__ = [
    "ActorLevel", "Advocacy", "AdvocacyKind", "AgeBand", "AgreementForm", "Answer",
    "ApplicationStatus", "AssertedLevel", "Assessment", "AwardStatus", "Body", "BodyKind",
    "Bound", "Case", "Change", "CitessError", "CitessWarning", "Closure", "CoProducer",
    "CoProduction", "Conflict", "Criterion", "CriterionFinding", "Dataset", "DateLike",
    "DatedValue", "Diagnosis", "Difference", "Education", "EmploymentStatus", "Enterprise",
    "Evidence", "FinanceApplication", "FinancingLine", "FinancingMatch", "Finding", "FollowUp",
    "FormMatch", "FormMatches", "Formality", "Funding", "FundingKind", "Fusion", "Gap", "Gaps",
    "GroupingScheme", "Hub", "HubMode", "HubNetwork", "HubPhase", "HubStatus", "Identifier",
    "ImplementingText", "Initiative", "Instrument", "IntakeChannel", "IntegrityError",
    "Intensity", "InvalidValueError", "Issue", "JobsCount", "JobsKind", "Label", "LabelAward",
    "LabelEntry", "LabelKind", "LabelStatus", "LabourType", "LegalAnswer", "LegalFormVersion",
    "LegalFramework", "LegalStatus", "Level", "LockedError", "LossError", "Mandate", "Matches",
    "Measure", "Member", "MemberScope", "Merge", "MethodAnswer", "MissingExtraError", "Moment",
    "Money", "Need", "NetworkMember", "Observation", "ObservationStatus", "OfferChannel",
    "OfferMatch", "Parent", "PartialDate", "Partner", "Partnership", "PartnershipKind",
    "Period", "PhaseEntry", "Plan", "PlannedService", "Point", "PriceKind", "PriorityGroup",
    "Profile", "ProfitRule", "Programme", "Rating", "ReadError", "Reason", "Record", "Referral",
    "ReferralOutcome", "Relation", "Replication", "ReplicationStatus", "Report", "Role", "Seat",
    "Sector", "SelfAssessment", "Service", "ServiceOffer", "SessionMode", "Severity", "Sex",
    "Slice", "Source", "SourceKind", "Space", "SpaceKind", "SseStatus", "Stage", "StageEntry",
    "StatusEntry", "SubSector", "SupportRole", "SupportSession", "Survival", "Term",
    "Territory", "TerritoryLevel", "Text", "TextStatus", "UndefinedMeasureError",
    "UnknownIdError", "UnsupportedEngineError", "Verdict", "VotingRule", "__version__", "apply",
    "awardable", "check", "datasets", "diff", "dumps", "duplicates", "edit", "eligible_forms",
    "errors", "evolve", "financing_for", "find", "fuse", "gaps", "i18n", "io", "legal_status",
    "load", "loads", "may_trade", "merge", "metrics", "model", "network", "pseudonym",
    "questions", "rivals", "save", "services_for", "timeline", "value_at", "vocab",
]
# fmt: on

_away = {*_PACKAGES, "__version__", *(name for names in ELSEWHERE.values() for name in names)}
_HOME: Final = {**ELSEWHERE, "citess.model": tuple(n for n in __all__ if n not in _away)}

_get, _names = lazy_names(__name__, _HOME, _PACKAGES)


def __getattr__(name: str) -> object:
    return _get(name)


def __dir__() -> list[str]:
    return _names()
