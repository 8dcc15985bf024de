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
    from citess import datasets, errors, i18n, io, metrics, model, network, vocab
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
    from citess.i18n import (
        Term,
        Text,
    )
    from citess.io import (
        dumps,
        edit,
        load,
        loads,
        save,
    )
    from citess.metrics import (
        Measure,
    )
    from citess.model.age import (
        AgeBand,
    )
    from citess.model.dataset import (
        Dataset,
    )
    from citess.model.difference import (
        Change,
        Difference,
        diff,
    )
    from citess.model.enterprise import (
        Enterprise,
        Formality,
        Initiative,
        Stage,
        StageEntry,
    )
    from citess.model.evidence import (
        Evidence,
        Source,
        SourceKind,
    )
    from citess.model.financing import (
        FinancingLine,
        Instrument,
    )
    from citess.model.hub import (
        Hub,
        HubMode,
        HubPhase,
        HubStatus,
        PhaseEntry,
        PriorityGroup,
    )
    from citess.model.identifier import (
        Identifier,
    )
    from citess.model.integrity import (
        check,
    )
    from citess.model.law import (
        ImplementingText,
        LegalFramework,
        LegalStatus,
        StatusEntry,
        TextStatus,
    )
    from citess.model.money import (
        Money,
    )
    from citess.model.observation import (
        Observation,
        ObservationStatus,
        Relation,
    )
    from citess.model.partner import (
        ActorLevel,
        Partner,
        Sector,
        SseStatus,
        SubSector,
        SupportRole,
    )
    from citess.model.partnership import (
        AgreementForm,
        Intensity,
        Member,
        Partnership,
        PartnershipKind,
        Role,
    )
    from citess.model.programme import (
        AssertedLevel,
        Level,
        Programme,
    )
    from citess.model.record import (
        evolve,
    )
    from citess.model.rivalry import (
        rivals,
    )
    from citess.model.service import (
        CoProducer,
        CoProduction,
        OfferChannel,
        PriceKind,
        Service,
        ServiceOffer,
        Sex,
    )
    from citess.model.shelves import (
        Record,
    )
    from citess.model.space import (
        Space,
        SpaceKind,
    )
    from citess.model.territory import (
        GroupingScheme,
        Parent,
        Point,
        Territory,
        TerritoryLevel,
    )
    from citess.model.time import (
        Bound,
        DateLike,
        PartialDate,
        Period,
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
    "citess.i18n": (
        "Term",
        "Text",
    ),
    "citess.io": (
        "dumps",
        "edit",
        "load",
        "loads",
        "save",
    ),
    "citess.metrics": ("Measure",),
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
    "citess.model.money": ("Money",),
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
    ),
}
_PACKAGES: Final = ("datasets", "errors", "i18n", "io", "metrics", "model", "network", "vocab")

__all__ = [
    "ActorLevel",
    "AgeBand",
    "AgreementForm",
    "AssertedLevel",
    "Bound",
    "Change",
    "CitessError",
    "CitessWarning",
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
    "IntegrityError",
    "Intensity",
    "InvalidValueError",
    "Issue",
    "LegalFramework",
    "LegalStatus",
    "Level",
    "LockedError",
    "Measure",
    "Member",
    "MissingExtraError",
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
    "ReadError",
    "Record",
    "Relation",
    "Report",
    "Role",
    "Sector",
    "Service",
    "ServiceOffer",
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
    "Term",
    "Territory",
    "TerritoryLevel",
    "Text",
    "TextStatus",
    "UndefinedMeasureError",
    "UnknownIdError",
    "__version__",
    "check",
    "datasets",
    "diff",
    "dumps",
    "edit",
    "errors",
    "evolve",
    "i18n",
    "io",
    "load",
    "loads",
    "metrics",
    "model",
    "network",
    "rivals",
    "save",
    "vocab",
]

_get, _names = lazy_names(__name__, _HOME, _PACKAGES)


def __getattr__(name: str) -> object:
    return _get(name)


def __dir__() -> list[str]:
    return _names()
