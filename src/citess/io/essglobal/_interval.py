"""Starts and ends of intervals of time (OWL-Time)."""

from typing import Final

from citess.errors import InvalidValueError
from citess.io._turtle import Iri
from citess.io.essglobal._graph import Statements
from citess.io.essglobal._terms import iri
from citess.model import PartialDate

_PROPERTIES: Final = {"start": "time:hasBeginning", "end": "time:hasEnd"}
_INSTANTS: Final = ("time:inXSDDate", "time:inXSDgYearMonth", "time:inXSDgYear")


def bound(statements: Statements, interval: str, name: str) -> str:
    """Date of the start or end of an interval; *unknown* where it tells none."""
    for instant in statements.values(interval, iri(_PROPERTIES[name])):
        for property_ in _INSTANTS if isinstance(instant, Iri) else ():
            for text in statements.texts(str(instant.value), property_):  # type: ignore[union-attr]
                if _is_date(text):
                    return text
    return "unknown"


def _is_date(text: str) -> bool:
    try:
        PartialDate(text)
    except InvalidValueError:
        return False
    return True
