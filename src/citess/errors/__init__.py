"""Problems as data, and the exceptions that carry them.

A problem in data is an :class:`Issue`: a stable code, where, what was given, what was expected.
Issues travel in a :class:`Report`; exceptions keep their facts as attributes, say them in every
language of citess through ``text(language)``, and pickle.
"""

from citess.errors._exceptions import (
    CitessError,
    CitessWarning,
    IntegrityError,
    InvalidValueError,
    LockedError,
    LossError,
    MissingExtraError,
    ReadError,
    UndefinedMeasureError,
    UnknownIdError,
    UnsupportedEngineError,
)
from citess.errors._issue import ISSUE_CODES, Issue, Report, Severity, suggest

__all__ = [
    "ISSUE_CODES",
    "CitessError",
    "CitessWarning",
    "IntegrityError",
    "InvalidValueError",
    "Issue",
    "LockedError",
    "LossError",
    "MissingExtraError",
    "ReadError",
    "Report",
    "Severity",
    "UndefinedMeasureError",
    "UnknownIdError",
    "UnsupportedEngineError",
    "suggest",
]
