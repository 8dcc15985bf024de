"""Which package defines the names of the face of citess that are not of the model."""

from typing import Final

ELSEWHERE: Final = {
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
