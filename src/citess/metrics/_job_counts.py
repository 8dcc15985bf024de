"""Jobs by enterprise: counts of a day put together, before and after a period."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from attrs import evolve, frozen

from citess.metrics._asked import Asked, option
from citess.metrics._facts import NOT_KNOWN, Fact, Facts, Number
from citess.metrics._quality import checked
from citess.metrics._words import NO_GROUP, word
from citess.metrics.tables._histories import History, day_of, known_histories
from citess.metrics.tables._spells import MONTH
from citess.metrics.tables._table import age_text
from citess.metrics.tables.jobs import OF_JOBS, JobsPair, JobsRow
from citess.model import Dataset, JobsCount, JobsKind, PartialDate
from citess.model.enterprise import PROJECT_STAGES
from citess.model.time import months_later

MEASURES: Final = ("heads", "fte")
STALE: Final = 12
"""Months for which a count says something of the days after it."""

_MILLI: Final = Decimal("0.001")

Cell = tuple[str, ...]
"""Sex, age band and labour of a count, ``""`` where it is over all of them."""


def cells_of(counts: Iterable[JobsCount], measure: str) -> dict[Cell, Number]:
    """Counts of one day by sex, age band and labour, those that give the measure."""
    found: dict[Cell, Number] = {}
    for count in counts:
        value = getattr(count, measure)
        if value is not None:
            cell = (word(count.sex), age_text(count.age_band) or NOT_KNOWN, word(count.labour))
            found[cell] = value if isinstance(value, int) else float(value)
    return found


def by_words(cells: Mapping[Cell, Number], wanted: tuple[str, ...]) -> dict[Cell, Number]:
    """Jobs by the dimensions wanted, from the counts that tell them with the least detail.

    A day may hold a total, a split by sex and a split by age, which are the same jobs. What a
    total holds beyond a split that is not complete is of an unknown kind.

    Examples
    --------
    >>> day = {("", "", ""): 10, ("female", "", ""): 4, ("", "15-24", ""): 3}
    >>> by_words(day, ("sex",)), by_words(day, ())
    ({('female',): 4, ('',): 6}, {(): 10})
    """
    places = [OF_JOBS.index(name) for name in wanted]
    shapes = {tuple(bool(part) for part in cell) for cell in cells}
    if not shapes:
        return {}
    shape = min(shapes, key=lambda s: (-sum(s[place] for place in places), sum(s), s))
    found: dict[Cell, Number] = defaultdict(int)
    for cell, number in cells.items():
        if tuple(bool(part) for part in cell) == shape:
            found[tuple(cell[place] for place in places)] += number
    least = min(shapes, key=lambda s: (sum(s), s))
    total = sum(n for cell, n in cells.items() if tuple(bool(part) for part in cell) == least)
    rest = total - sum(found.values())
    if rest > 0 and not sum(least):
        found[(NOT_KNOWN,) * len(places)] += rest
    return dict(found)


@frozen(kw_only=True)
class Day:
    """Jobs that an enterprise had on a day; ``None`` is not known."""

    cells: Mapping[Cell, Number] | None
    """By sex, age band and labour; empty is no job at all."""

    def split(self, wanted: tuple[str, ...]) -> dict[Cell, Number]:
        """Jobs by the dimensions wanted."""
        return by_words(self.cells or {}, wanted)


NONE: Final = Day(cells={})
UNKNOWN: Final = Day(cells=None)


@frozen(kw_only=True)
class End:
    """One end of a change: a day, and the jobs then."""

    on: date
    """Day."""

    day: Day
    """Jobs."""

    counted: int = 0
    """Day on which they were counted, as an ordinal; 0 where none had to be."""


def days_counted(history: History, kind: JobsKind, measure: str) -> list[tuple[date, Day]]:
    """Days on which jobs of a kind were counted, in order of time."""
    by_day: dict[date, list[JobsCount]] = defaultdict(list)
    for count in history.counts:
        if count.kind is kind:
            by_day[day_of(count.on)].append(count)
    found = ((day, cells_of(by_day[day], measure)) for day in sorted(by_day))
    return [(day, Day(cells=cells)) for day, cells in found if cells]


def ends(history: History, asked: Asked, measure: str) -> tuple[End, End] | None:
    """Jobs before and after; ``None`` for what was no enterprise all the while."""
    kind = JobsKind(option(asked, "kind", "existing"))
    counted = days_counted(history, kind, measure)
    period = asked.period
    start, end = (
        (None, None)
        if period is None
        else tuple(
            None if bound.date is None else day_of(bound.date)
            for bound in (period.start, period.end)
        )
    )
    stale = option(asked, "stale_after", STALE)
    before = (
        _first(history, counted)
        if start is None
        else _at(history, counted, start, _fresh(start, stale))
    )
    after = (
        _last(history, counted, before.on)
        if end is None
        else _at(
            history,
            counted,
            date.fromordinal(max(1, end.toordinal() - 1)),
            max(_fresh(end, stale), before.counted + 1),
        )
    )
    if before.day == after.day == NONE:
        return None
    later = date.fromordinal(max(after.on.toordinal(), before.on.toordinal() + 1))
    return before, evolve(after, on=later)


@lru_cache
def _fresh(day: date, months: float) -> int:
    """First day, as an ordinal, on which a count still says something of a later one."""
    whole = int(checked("stale_after", months))
    if day.year - whole // 12 <= date.min.year + 1:
        return 0
    return months_later(day, -whole).toordinal() - round((months - whole) * MONTH)


def _first(history: History, counted: list[tuple[date, Day]]) -> End:
    """Jobs at the first day known: none for a project, else those first counted."""
    opening = history.stages[0] if history.stages else None
    if opening is not None and opening.stage in PROJECT_STAGES and opening.since is not None:
        begun = day_of(opening.since)
        if not counted or begun < counted[0][0]:
            return End(on=begun, day=NONE)
    if counted:
        return End(on=counted[0][0], day=counted[0][1], counted=counted[0][0].toordinal())
    return End(on=history.last_seen or date.min, day=UNKNOWN)


def _last(history: History, counted: list[tuple[date, Day]], first: date) -> End:
    """Jobs at the last day known: none once closed, else those counted last, after the first."""
    if history.closed is not None:
        return End(on=history.closed, day=NONE)
    if counted and counted[-1][0] > first:
        return End(on=counted[-1][0], day=counted[-1][1])
    if not (counted or history.was_enterprise):
        return End(on=first, day=NONE)
    return End(on=first, day=UNKNOWN)


def _at(history: History, counted: list[tuple[date, Day]], on: date, since: int) -> End:
    """Jobs on a day: none after closure, the last count not too old, none before creation."""
    if history.closed is not None and history.closed <= on:
        return End(on=on, day=NONE)
    recent = [
        (when.toordinal(), found)
        for when, found in counted
        if since <= when.toordinal() <= on.toordinal()
    ]
    if recent:
        return End(on=on, day=recent[-1][1], counted=recent[-1][0])
    enterprise = history.enterprise
    project = enterprise is not None and enterprise.is_enterprise(on) is False
    return End(on=on, day=NONE if project else UNKNOWN)


def checked_measure(measure: str) -> str:
    """Check that a measure of jobs is one.

    Raises
    ------
    ValueError
        Naming those that there are.
    """
    if measure not in MEASURES:
        msg = f"{measure!r} is no measure of jobs; they are {', '.join(MEASURES)}"
        raise ValueError(msg)
    return measure


def changed_rows(measure: str, data: Dataset, asked: Asked) -> Iterator[JobsRow]:
    """Rows of jobs on the first and last day of what is asked, in the measure asked for."""
    wanted = tuple(name for name in OF_JOBS if name in asked.by or name in asked.where)
    asked_for = checked_measure(option(asked, "measure", "heads")) == measure
    for history in known_histories(data) if asked_for else ():
        found = ends(history, asked, measure)
        if found is None:
            continue
        before, after = found
        row = JobsRow(
            id=history.id,
            history=history,
            on=PartialDate.of(before.on),
            sources=history.sources,
        )
        if UNKNOWN in (before.day, after.day):
            yield row
            continue
        days = [(end.on, end.day.split(wanted)) for end in found]
        for place, (on, cells) in enumerate(days):
            for cell in sorted({**days[0][1], **days[1][1]}):
                name = "/".join((history.id, str(place), *cell))
                there = evolve(row, id=name, on=PartialDate.of(on))
                words = {key: part or NO_GROUP for key, part in zip(wanted, cell, strict=True)}
                yield _filled(there, measure, cells.get(cell, 0), words)


def _filled(row: JobsRow, measure: str, number: Number, words: Mapping[str, str | None]) -> JobsRow:
    """Row with jobs, and the sex, age and tie that they are of."""
    heads = round(number) if measure == "heads" else None
    return evolve(
        row,
        heads=heads,
        fte=Decimal(str(number)).quantize(_MILLI) if heads is None else None,
        sex=words.get("sex"),
        age_band=words.get("age_band"),
        labour=words.get("labour"),
    )


def last_rows(dimension: str, data: Dataset, asked: Asked) -> Iterator[JobsRow]:
    """Rows of jobs at the last count of each enterprise, by one dimension and those asked for."""
    kind = JobsKind(option(asked, "kind", "existing"))
    names = dict.fromkeys((dimension, *asked.by, *asked.where))
    wanted = tuple(name for name in OF_JOBS if name in names)
    for history in known_histories(data):
        for measure in MEASURES:
            counted = [
                (when, day)
                for when, day in days_counted(history, kind, measure)
                if asked.period is None or asked.period.holds(when) is not False
            ]
            for on, day in counted[-1:]:
                row = JobsRow(
                    id=f"{history.id}/{measure}",
                    history=history,
                    on=PartialDate.of(on),
                    sources=history.sources,
                )
                for cell, number in sorted(day.split(wanted).items()):
                    words: dict[str, str | None] = {
                        name: part or None for name, part in zip(wanted, cell, strict=True)
                    }
                    yield _filled(row, measure, number, words)


def pair_rows(data: Dataset, asked: Asked) -> Iterator[JobsPair]:
    """Rows of enterprises with their jobs before and after."""
    measure = checked_measure(option(asked, "measure", "heads"))
    for history in known_histories(data):
        found = ends(history, asked, measure)
        if found is not None:
            before, after = (
                None if end.day == UNKNOWN else end.day.split(()).get((), 0) for end in found
            )
            yield JobsPair(
                history=history,
                before=before,
                after=after,
                since=PartialDate.of(found[0].on),
                sources=history.sources,
            )


def changes(pairs: Iterable[tuple[Number | None, Number | None]]) -> Facts:
    """Facts of enterprises from their numbers before and after; ``None`` is not known.

    Raises
    ------
    ValueError
        When a number is negative or not finite.

    Examples
    --------
    >>> from citess.metrics import changes, job_flows
    >>> job_flows.compute(changes([(0, 4), (5, 8), (6, 3), (2, 0)])).value
    2
    """
    found: dict[Fact, Number] = defaultdict(int)
    for pair in pairs:
        for name, number in zip(("before", "after"), pair, strict=True):
            if number is not None and not 0 <= number < float("inf"):
                msg = f"{name} is a number of zero or more, not {number!r}"
                raise ValueError(msg)
        found[tuple(map(word, pair))] += 1
    return Facts(found)


def pairs_of(facts: Facts) -> tuple[list[tuple[float, float, int]], int]:
    """Known numbers before and after with how many have them, and how many are not known."""
    known: list[tuple[float, float, int]] = []
    missing = 0
    for fact, n in facts.items():
        before, after = fact
        if not before or not after:
            missing += round(n)
        else:
            known.append((as_number(before), as_number(after), round(n)))
    return sorted(known), missing


def as_number(text: str) -> Number:
    """Read a word of a fact as a number: whole where it is.

    Examples
    --------
    >>> as_number("4"), as_number("2.5")
    (4, 2.5)
    """
    return int(text) if text.lstrip("-").isdigit() else float(text)
