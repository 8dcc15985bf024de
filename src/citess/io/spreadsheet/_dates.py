"""Dates as people type them.

The rule: the year first is ISO (``2017-03-14``, ``2017/03``, ``2017``); otherwise the day comes
first (``14/03/2017``, ``14.3.2017``, ``14 mars 2017``) and a month and a year are ``03/2017``.
Where the day could be the month, the reading is noted. Two digits are no year, a number of days is
no date, and a time of day is none either: they are faults, with what was perhaps meant.
"""

import re
from datetime import date, datetime, timedelta
from typing import Final

from citess.errors import InvalidValueError, Issue
from citess.io.spreadsheet._noting import Noting
from citess.model import PartialDate
from citess.model.spelling import fold

_ISO: Final = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?", re.ASCII)
_DAY_FIRST: Final = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", re.ASCII)
_MONTH_FIRST: Final = re.compile(r"(\d{1,2})[-/. ](\d{4})", re.ASCII)
_SHORT: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{2})", re.ASCII)
_NAMED: Final = re.compile(r"(?:(\d{1,2})(?:er|st|nd|rd|th)? )?([^\W\d]+)\.? (\d{4})")
_TIMED: Final = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}.*", re.ASCII)
_TIMED_DAY_FIRST: Final = re.compile(
    r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}),? \d{1,2}:\d{2}.*", re.ASCII
)
_SERIAL: Final = re.compile(r"\d{5}(?:[.,]\d+)?", re.ASCII)
_EPOCH: Final = date(1899, 12, 30)
_HIJRI: Final = range(1300, 1500)
_SERIALS: Final = range(10_000, 80_000)
_YEARS: Final = range(1, 10_000)
_LONGEST: Final = 64
_PIVOT: Final = 30
_MONTHS: Final = (
    "january janvier \u062c\u0627\u0646\u0641\u064a \u064a\u0646\u0627\u064a\u0631 jan janv",
    "february fevrier \u0641\u064a\u0641\u0631\u064a \u0641\u0628\u0631\u0627\u064a\u0631 feb fevr",
    "march mars \u0645\u0627\u0631\u0633 mar",
    "april avril \u0623\u0641\u0631\u064a\u0644 \u0623\u0628\u0631\u064a\u0644 apr avr",
    "may mai \u0645\u0627\u064a \u0645\u0627\u064a\u0648",
    "june juin \u062c\u0648\u0627\u0646 \u064a\u0648\u0646\u064a\u0648 jun",
    "july juillet \u062c\u0648\u064a\u0644\u064a\u0629 \u064a\u0648\u0644\u064a\u0648 jul juil",
    "august aout \u0623\u0648\u062a \u0623\u063a\u0633\u0637\u0633 aug",
    "september septembre \u0633\u0628\u062a\u0645\u0628\u0631 sep sept",
    "october octobre \u0623\u0643\u062a\u0648\u0628\u0631 oct",
    "november novembre \u0646\u0648\u0641\u0645\u0628\u0631 nov",
    "december decembre \u062f\u064a\u0633\u0645\u0628\u0631 dec",
)
_MONTH: Final = {fold(w): n for n, line in enumerate(_MONTHS, 1) for w in line.split()}


def read_date(given: object, noting: Noting) -> PartialDate:
    """Read a date that a person typed, or that a spreadsheet keeps.

    Raises
    ------
    InvalidValueError
        When it is none by the rule; the suggestion is what was perhaps meant.

    Examples
    --------
    >>> noting = Noting()
    >>> typed = ("14/03/2017", "03/2017", "2017", "١٤/٠٣/٢٠١٧", "14 mars 2017")
    >>> [str(read_date(one, noting)) for one in typed]
    ['2017-03-14', '2017-03', '2017', '2017-03-14', '2017-03-14']
    """
    if isinstance(given, datetime):
        if (given.hour, given.minute, given.second, given.microsecond) != (0, 0, 0, 0):
            raise _fault(given.isoformat(sep=" "), given.date().isoformat())
        return PartialDate(given.date().isoformat())
    if isinstance(given, date):
        return PartialDate(given.isoformat())
    if isinstance(given, bool):
        raise _fault(given)
    if isinstance(given, int | float):
        whole = int(given) if given == given and abs(given) < _YEARS.stop * 10 else 0  # noqa: PLR0124  (not a number is not equal to itself)
        if whole == given and whole in _YEARS:
            return _year(f"{whole:04}", given, noting)
        raise _fault(given, _serial(whole, noting))
    if not isinstance(given, str) or len(given) > _LONGEST:
        raise _fault(given)
    return _typed(given, noting)


def _typed(given: str, noting: Noting) -> PartialDate:
    text = "".join(str(int(c)) if c.isdecimal() else c for c in given.strip())
    text = text.strip("\u200e\u200f\u202a\u202b\u202c")
    if matched := _ISO.fullmatch(text):
        whole, *rest = matched.groups()
        return _year("-".join((whole, *(f"{int(p):02}" for p in rest if p))), given, noting)
    if matched := _DAY_FIRST.fullmatch(text):
        day, month, year = map(int, matched.groups())
        return _day_first(given, (year, month, day), noting)
    if matched := _MONTH_FIRST.fullmatch(text):
        month, year = map(int, matched.groups())
        return _made(f"{year:04}-{month:02}", given)
    if matched := _NAMED.fullmatch(text):
        first, name, last = matched.groups()
        if number := _MONTH.get(fold(name)):
            return _made(f"{last}-{number:02}" + (f"-{int(first):02}" if first else ""), given)
    raise _fault(given, _meant(text, noting))


def _day_first(given: str, parts: tuple[int, int, int], noting: Noting) -> PartialDate:
    year, month, day = parts
    try:
        found = PartialDate(f"{year:04}-{month:02}-{day:02}")
    except ValueError:
        raise _fault(given, _iso(year, day, month)) from None
    if day <= 12 and day != month:  # noqa: PLR2004  (months of a year)
        noting.note("ambiguous-date", given, kept=found)
    return found


def _year(text: str, given: object, noting: Noting) -> PartialDate:
    found = _made(text, given)
    if found.earliest.year in _HIJRI:
        noting.note("hijri-date", given)
    return found


def _made(text: str, given: object) -> PartialDate:
    try:
        return PartialDate(text)
    except InvalidValueError:
        raise _fault(given) from None


def _meant(text: str, noting: Noting) -> str | None:
    if matched := _TIMED.fullmatch(text):
        return matched[1]
    if matched := _TIMED_DAY_FIRST.fullmatch(text):
        day, month, year = map(int, matched.groups())
        return _iso(year, month, day)
    if matched := _SHORT.fullmatch(text):
        day, month, year = map(int, matched.groups())
        return _iso((2000 if year < _PIVOT else 1900) + year, month, day)
    if _SERIAL.fullmatch(text):
        return _serial(int(text[:5]), noting)
    return None


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _serial(days: int, noting: Noting) -> str | None:
    shifted = days + noting.shift
    return (_EPOCH + timedelta(shifted)).isoformat() if shifted in _SERIALS else None


def _fault(given: object, suggestion: str | None = None) -> InvalidValueError:
    return InvalidValueError(Issue.of("bad-date", "", given, suggestion=suggestion))
