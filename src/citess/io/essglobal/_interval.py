"""Starts and ends of intervals of time (OWL-Time)."""

from typing import Final

from citess.errors import InvalidValueError
from citess.io.essglobal._graph import Statements
from citess.model import PartialDate

_PROPERTIES: Final = {"start": "time:hasBeginning", "end": "time:hasEnd"}
_INSTANTS: Final = ("time:inXSDDate", "time:inXSDgYearMonth", "time:inXSDgYear")


def bound(statements: Statements, interval: str, name: str) -> str:
    """Date of the start or end of an interval; *unknown* where it tells none."""
    for instant in statements.texts(interval, _PROPERTIES[name]):
        dates = (text for said in _INSTANTS for text in statements.texts(instant, said))
        found = next(filter(_is_date, dates), None)
        if found is not None:
            return found
    return "unknown"


def _is_date(text: str) -> bool:
    try:
        PartialDate(text)
    except InvalidValueError:
        return False
    return True
