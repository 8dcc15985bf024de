"""Spells: how long what started lasted, or has lasted so far; the facts of a life table."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Final, Literal, NotRequired, Unpack, cast

from attrs import evolve, frozen

from citess.errors import IntegrityError, Issue, Report
from citess.metrics._asked import Asked
from citess.metrics._count import Tense
from citess.metrics._facts import NOT_KNOWN
from citess.metrics._reading import Declared, Rows, TableReader, common, names
from citess.metrics._tally import Tally
from citess.metrics._words import Values, word
from citess.metrics.tables._table import Getter, Row
from citess.model import Dataset, PartialDate, as_date

if TYPE_CHECKING:
    from citess.metrics._tables import Tables

SpellUnit = Literal["days", "months"]

EVENT: Final = "event"
CENSORED: Final = "censored"
UNSTATED: Final = "unstated"
ENTERED: Final = "entered"
OPEN: Final = "open"
UNKNOWN: Final = "unknown"
SHOWN: Final = 20
"""Impossible rows that an error lists."""


@frozen(kw_only=True)
class Spells(TableReader):
    """Reads how long each row lasted, from a start to an end or to when it was last seen.

    The facts, each followed by the values of ``of``, add up over rows:

    - ``("event", length)``: it ended, by one of ``events`` where a ``status`` says how;
    - ``("censored", length)``: it ended otherwise, or was still going when last seen;
    - ``("unstated", length)``: it ended, and nobody said how; bounds take it for either;
    - ``("entered", length)``: with ``entry``, it came under observation that long after its start;
    - ``("open",)``: it had not ended, and nothing says when it was last seen;
    - ``("unknown",)``: its start, or a whole day of its end, is not known.

    What had not ended is last seen on the day of ``seen``, or on the day asked for (``on=``, or the
    option ``as_of`` beside a period); what ended or started later had not on that day. Lengths are
    whole days, or whole calendar months.
    """

    start: str
    """Column of the first day."""

    end: str
    """Column of the first day after."""

    status: str | None = None
    """Column that says how it ended."""

    events: tuple[str, ...] = ()
    """Values of the status that are the event; the others censor."""

    seen: str | None = None
    """Column of the day on which it was last seen."""

    entry: str | None = None
    """Column of the day on which it came under observation."""

    unit: SpellUnit = "days"
    """Unit of the lengths."""

    @property
    def tense(self) -> Tense:
        """A life table is seen from a day."""
        return "stock"

    @property
    def reads(self) -> str:
        """What is read, in words."""
        ends = f" when {self.status} is {' or '.join(self.events)}" if self.status else ""
        seen = "".join(
            f", {verb} on {column}"
            for verb, column in (("seen", self.seen), ("entered", self.entry))
            if column
        )
        return self.said(f"{self.unit} from {self.start} to {self.end}{ends}{seen}")

    @property
    def options(self) -> tuple[str, ...]:
        """Options of a metric that it heeds: the day from which it is seen."""
        return ("as_of",)

    @property
    def needs(self) -> tuple[str, ...]:
        """Columns that it reads."""
        own = (self.start, self.end, self.status, self.seen, self.entry)
        return tuple(dict.fromkeys((*super().needs, *(name for name in own if name))))

    def day(self, asked: Asked) -> date | None:
        """Day from which it is seen."""
        given = asked.on or asked.options.get("as_of")
        return None if given is None else as_date(cast("str", given))

    def on_frames(self, tables: "Tables", asked: Asked) -> Tally:
        """Read the rows of a frame."""
        from citess.metrics.frames._spells import spell_frames  # noqa: PLC0415  (narwhals)

        return spell_frames(self, tables, asked)

    def begin(self, data: Dataset, asked: Asked) -> "_Lasting":
        """Begin to read rows."""
        return _Lasting(self, data, asked)


class _Lasting:
    """A reading of spells in the making."""

    def __init__(self, reader: Spells, data: Dataset, asked: Asked) -> None:
        table = reader.source
        self._reader, self._on, self._day = reader, asked.on, reader.day(asked)
        self._rows = Rows(reader, data, evolve(asked, on=None))
        self._start, self._end, self._status, self._seen, self._entry = (
            table.column(name).getter(data) if name else _nothing
            for name in (reader.start, reader.end, reader.status, reader.seen, reader.entry)
        )
        self._counts: Counter[tuple[Values, tuple[str, ...]]] = Counter()
        self._issues: list[Issue] = []

    def take(self, rows: Iterable[Row]) -> None:
        """Read some more rows."""
        kept = self._rows.pick(rows)
        for values, row in zip(self._rows.values(kept), kept, strict=True):
            for fact in self._facts(row):
                self._counts[values, fact] += 1

    def _facts(self, row: Row) -> Iterable[tuple[str, ...]]:
        start, end, seen = (_day(get, row) for get in (self._start, self._end, self._seen))
        if start == NOT_KNOWN or NOT_KNOWN in (end, seen):
            return ((UNKNOWN,),)
        first, last = cast("date | None", start), cast("date | None", end)
        if first is None:
            return ((UNKNOWN,),)
        if last is not None and last < first:
            self._refuse(row, first, last)
        if self._day is not None and first > self._day:
            return ()
        return self._spell(row, first, last, cast("date | None", seen))

    def _spell(
        self, row: Row, first: date, last: date | None, seen: date | None
    ) -> Iterable[tuple[str, ...]]:
        day = self._day
        if last is not None and (day is None or last <= day):
            what, until = self._ending(row), last
        else:
            until_seen = min((one for one in (seen, day) if one is not None), default=None)
            if until_seen is None:
                return ((OPEN,),)
            what, until = CENSORED, max(until_seen, first)
        unit = self._reader.unit
        fact = (what, str(length(first, until, unit)))
        entry = cast("date | None", _day(self._entry, row) or None)
        if entry is None or entry <= first:
            return (fact,)
        return (fact, (ENTERED, str(length(first, entry, unit))))

    def _ending(self, row: Row) -> str:
        if self._reader.status is None:
            return EVENT
        status = word(self._status(row))
        if status == NOT_KNOWN:
            return UNSTATED
        return EVENT if status in self._reader.events else CENSORED

    def _refuse(self, row: Row, first: date, last: date) -> None:
        path = f"{self._reader.table}[{getattr(row, 'id', '')}].{self._reader.end}"
        self._issues.append(Issue.of("end-before-start", path, str(last), start=first))

    def tally(self) -> Tally:
        """Give the tally of all rows taken.

        Raises
        ------
        IntegrityError
            When a row ends before it starts.
        """
        if self._issues:
            raise IntegrityError(Report(tuple(self._issues[:SHOWN])))
        for (values, fact), n in self._counts.items():
            self._rows.sheet.add(values, n, fact)
        return evolve(self._rows.tally(), on=self._on)


def _nothing(_: Row) -> None:
    return None


def _day(get: Getter, row: Row) -> date | str | None:
    """Day that a column says; empty where it is known less precisely than that."""
    found = get(row)
    if isinstance(found, PartialDate):
        return found.earliest if found.precision == "day" else NOT_KNOWN
    return cast("date | None", found)


def length(first: date, last: date, unit: SpellUnit) -> int:
    """Whole days or whole calendar months from one day to another.

    Examples
    --------
    >>> length(date(2020, 1, 31), date(2020, 3, 1), "months")
    1
    >>> length(date(2020, 1, 31), date(2020, 3, 1), "days")
    30
    """
    if unit == "days":
        return (last - first).days
    months = 12 * (last.year - first.year) + last.month - first.month
    return months - (last.day < first.day)


class SpellsOf(Declared):
    """What a reading of spells is told."""

    start: str
    """Column of the first day."""
    end: str
    """Column of the first day after."""
    status: NotRequired[str]
    """Column that says how it ended."""
    events: NotRequired[str | Iterable[str]]
    """Values of the status that are the event; the others censor."""
    seen: NotRequired[str]
    """Column of the day on which it was last seen."""
    entry: NotRequired[str]
    """Column of the day on which it came under observation."""
    unit: NotRequired[SpellUnit]
    """Unit of the lengths."""


def spells(table: str, **given: Unpack[SpellsOf]) -> Spells:
    """Declare a reading of how long the rows of a table lasted.

    See :class:`~citess.metrics.Spells` for the facts.

    Examples
    --------
    >>> reads = spells("cases", start="opened", end="closed", status="closure", events="created")
    >>> reads.reads
    'days from opened to closed when closure is created of cases by ()'
    """
    return Spells(
        table=table,
        start=given["start"],
        end=given["end"],
        status=given.get("status"),
        events=names(given.get("events", ())),
        seen=given.get("seen"),
        entry=given.get("entry"),
        unit=given.get("unit", "days"),
        **common(given),
    )
