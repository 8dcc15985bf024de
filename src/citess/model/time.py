"""Dates that may be partial, periods that may be open, and the calendar between them."""

import calendar
import re
from datetime import date, datetime
from functools import total_ordering
from typing import Final, Literal, NoReturn, cast

from citess.errors import InvalidValueError, Issue
from citess.model.record import record

DateLike = str | date
"""A day: ``"2017-03-14"`` or a date; a datetime with a time of day is refused."""

Precision = Literal["year", "month", "day"]

_DATE: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_OPEN: Final = "open"
_UNKNOWN: Final = "unknown"


def as_date(day: DateLike) -> date:
    """Read a whole day.

    Raises
    ------
    TypeError
        When a datetime has a time of day, or the value is no date at all.
    InvalidValueError
        When a string is not a whole ISO 8601 date.

    Examples
    --------
    >>> as_date("2020-06-30")
    datetime.date(2020, 6, 30)
    """
    if isinstance(day, datetime):
        if (day.hour, day.minute, day.second, day.microsecond) != (0, 0, 0, 0):
            msg = f"a day is wanted, not a time of day: {day!r}"
            raise TypeError(msg)
        return day.date()
    if isinstance(day, date):
        return date(day.year, day.month, day.day)
    if not isinstance(cast("object", day), str):
        msg = f"a date such as '2020-06-30' is wanted, not {day!r}"
        raise TypeError(msg)
    partial = PartialDate(day)
    if partial.precision != "day":
        raise InvalidValueError(Issue.of("bad-date", "", day))
    return partial.earliest


def _end_of_month(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


class _Fixed:
    """An immutable value known by its text."""

    __slots__ = ("_json",)
    _json: str

    def __str__(self) -> str:
        return self._json

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._json!r})"

    def __eq__(self, other: object) -> bool:
        if isinstance(other, _Fixed) and type(other) is type(self):
            return self._json == other._json
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self._json)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        msg = f"{type(self).__name__} is immutable: {name} cannot be set"
        raise AttributeError(msg)

    def __delattr__(self, name: str) -> NoReturn:
        msg = f"{type(self).__name__} is immutable: {name} cannot be deleted"
        raise AttributeError(msg)

    def __reduce__(self) -> tuple[type, tuple[str]]:
        return type(self), (self._json,)


@total_ordering
class PartialDate(_Fixed):
    """A date as precise as its source: a year, a month or a day (ISO 8601).

    Dates sort by their first possible day, the less precise first; whether one is *before*
    another may be unknown: see :meth:`before`.

    Raises
    ------
    InvalidValueError
        When the text is none of ``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD``, or no such day exists.

    Examples
    --------
    >>> founded = PartialDate("2017-03")
    >>> founded.precision, founded.latest
    ('month', datetime.date(2017, 3, 31))
    >>> founded.before("2017-03-14") is None
    True
    """

    __slots__ = ("earliest", "latest")
    earliest: date
    """First day that it may be."""
    latest: date
    """Last day that it may be."""

    def __init__(self, text: str) -> None:
        matched = _DATE.fullmatch(text)
        try:
            if matched is None:
                raise ValueError  # noqa: TRY301  (one place names what is wrong)
            year, month, day = (None if part is None else int(part) for part in matched.groups())
            first = date(year or 0, 1 if month is None else month, 1 if day is None else day)
        except ValueError:
            raise InvalidValueError(Issue.of("bad-date", "", text)) from None
        last = first if day else _end_of_month(first.year, first.month if month else 12)
        object.__setattr__(self, "_json", text)
        object.__setattr__(self, "earliest", first)
        object.__setattr__(self, "latest", last)

    @classmethod
    def of(cls, day: "DateLike | PartialDate") -> "PartialDate":
        """Make one from a date, a string, or another."""
        if isinstance(day, PartialDate):
            return day
        return cls(day) if isinstance(day, str) else cls(as_date(day).isoformat())

    @property
    def precision(self) -> Precision:
        """How precise it is."""
        by_length: dict[int, Precision] = {4: "year", 7: "month", 10: "day"}
        return by_length[len(self._json)]

    def before(self, other: "DateLike | PartialDate") -> bool | None:
        """Whether it is earlier than another date; ``None`` when that is not known."""
        that = PartialDate.of(other)
        if self.latest < that.earliest:
            return True
        return False if self.earliest >= that.latest else None

    def __lt__(self, other: "PartialDate") -> bool:
        return (self.earliest, len(self._json)) < (other.earliest, len(other._json))


class Bound(_Fixed):
    """An end of a period: a date, *open* (still going) or *unknown*.

    Examples
    --------
    >>> Bound("2017-03").date, Bound("open").is_open, Bound("unknown").is_unknown
    (PartialDate('2017-03'), True, True)
    """

    __slots__ = ("date",)
    date: PartialDate | None
    """The date, when there is one."""

    def __init__(self, text: str) -> None:
        date_ = None if text in {_OPEN, _UNKNOWN} else PartialDate(text)
        object.__setattr__(self, "_json", text)
        object.__setattr__(self, "date", date_)

    @classmethod
    def of(cls, end: "DateLike | PartialDate | Bound") -> "Bound":
        """Make one from a date, a string such as ``"open"``, or another."""
        if isinstance(end, Bound):
            return end
        return cls(end) if isinstance(end, str) else cls(str(PartialDate.of(end)))

    @property
    def is_open(self) -> bool:
        """Whether there is no end: the period is still going."""
        return self._json == _OPEN

    @property
    def is_unknown(self) -> bool:
        """Whether there is an end of which the date is not known, or perhaps none."""
        return self._json == _UNKNOWN


@record
class Period:
    """A half-open stretch of time ``[start, end)``.

    The day of ``end`` is the first on which it no longer holds; *open* is still going, *unknown*
    is a gap in the sources. A start is never open.

    Raises
    ------
    InvalidValueError
        When it surely ends before it starts, or starts open.

    Examples
    --------
    >>> period = Period.of("2014-10-01", "2017")
    >>> period.holds("2016-01-01"), period.holds("2017-06-01"), period.holds("2018-01-01")
    (True, None, False)
    """

    start: Bound
    """First day, or *unknown*."""

    end: Bound
    """First day after, *open* or *unknown*."""

    def __attrs_post_init__(self) -> None:
        start, end = self.start, self.end
        if start.is_open:
            raise InvalidValueError(Issue.of("bad-date", "start", str(start)))
        if start.date and end.date and not start.date.earliest < end.date.latest:
            raise InvalidValueError(Issue.of("end-before-start", "end", str(end), start=start))

    @classmethod
    def of(
        cls, start: "DateLike | PartialDate | Bound", end: "DateLike | PartialDate | Bound" = "open"
    ) -> "Period":
        """Make a period from dates or strings; without an end it is still going."""
        return cls(start=Bound.of(start), end=Bound.of(end))

    def holds(self, on: DateLike) -> bool | None:
        """Whether the period covers a day; ``None`` when that is not known."""
        return self.covers(as_date(on))

    def covers(self, day: date) -> bool | None:
        """Tell the same of a day that is a plain date already."""
        begun = _reached(self.start, day)
        if begun is False:
            return False
        ended = False if self.end.is_open else _reached(self.end, day)
        if ended is True:
            return False
        return None if begun is None or ended is None else True

    def overlaps(self, other: "Period") -> bool | None:
        """Whether two periods share a day; ``None`` when that is not known."""
        parts = (_precedes(self.end, other.start), _precedes(other.end, self.start))
        if True in parts:
            return False
        return None if None in parts else True

    def contains(self, date: PartialDate) -> bool | None:
        """Whether a date lies in the period; ``None`` when that is not known."""
        start, end = self.start.date, self.end.date
        if (end and date.earliest >= end.latest) or (start and date.latest < start.earliest):
            return False
        begun = start is not None and date.earliest >= start.latest
        over = self.end.is_open or (end is not None and date.latest < end.earliest)
        return True if begun and over else None

    def __str__(self) -> str:
        return f"{self.start}/{self.end}"


def _reached(bound: Bound, day: date) -> bool | None:
    if bound.date is None:
        return None
    if day < bound.date.earliest:
        return False
    return True if day >= bound.date.latest else None


def _precedes(end: Bound, start: Bound) -> bool | None:
    if end.is_open:
        return False
    if end.date is None or start.date is None:
        return None
    if end.date.latest <= start.date.earliest:
        return True
    return False if end.date.earliest > start.date.latest else None


def days_between(first: DateLike, last: DateLike) -> int:
    """Days from one day to another.

    Examples
    --------
    >>> days_between("2020-06-30", "2020-07-03")
    3
    """
    return (as_date(last) - as_date(first)).days


def months_between(first: DateLike, last: DateLike) -> int:
    """Whole calendar months from one day to another: how many may be added before it is passed.

    Examples
    --------
    >>> months_between("2014-10-01", "2017-10-01"), months_between("2000-01-02", "2000-04-01")
    (36, 2)
    """
    a, b = as_date(first), as_date(last)
    if b < a:
        return -months_between(b, a)
    months = 12 * (b.year - a.year) + b.month - a.month
    return months - (months_later(a, months) > b)


def months_later(day: DateLike, months: int) -> date:
    """Day that lies some calendar months later, or the last of a month that is too short.

    Examples
    --------
    >>> months_later("2023-11-30", 3)
    datetime.date(2024, 2, 29)
    """
    import pendulum  # noqa: PLC0415  (slow to import, needed here only)

    found = pendulum.Date(*as_date(day).timetuple()[:3]).add(months=months)
    return date(found.year, found.month, found.day)
