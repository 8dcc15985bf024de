"""Counting rows of a table: how many, how much, how many different, by facts and groups."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product
from operator import attrgetter
from typing import TYPE_CHECKING, Final, cast

from attrs import define, field, frozen

from citess.metrics._asked import Asked
from citess.metrics._count import NO_GROUP, Tense, records_only
from citess.metrics._facts import NOT_KNOWN, Fact, Number
from citess.metrics._tally import Group, Tally
from citess.metrics.tables import TABLES, Column, Table
from citess.metrics.tables._table import Getter, Row
from citess.model import Dataset, PartialDate, Period
from citess.model.evidence import Sourced

if TYPE_CHECKING:
    import networkx as nx

SUM: Final = "sum"
KNOWN: Final = "known"
"""Facts of a summed column: its sum, and how many rows say it."""


@frozen(kw_only=True)
class Counted:
    """Counts the rows of a table by the values of some columns.

    The facts are the values of ``of``; with ``distinct``, different values of that column are
    counted instead of rows, and rows without one count as facts ``("no-id", *of)``; each column of
    ``sums`` adds the facts ``("sum", column, *of)`` and ``("known", column, *of)``. A ``label``
    stands before every fact, for metrics that read several counts.
    """

    table: str
    """Table whose rows are counted."""

    of: tuple[str, ...] = ()
    """Columns whose values make the fact."""

    distinct: str | None = None
    """Column whose different values are counted."""

    sums: tuple[str, ...] = ()
    """Columns of numbers that are summed."""

    where: Mapping[str, frozenset[str]] = field(factory=dict[str, frozenset[str]])
    """Values that a column must have one of."""

    label: str | None = None
    """First word of every fact."""

    @property
    def source(self) -> Table:
        """The table itself."""
        return TABLES[self.table]

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Dimensions by which it can be broken down: the columns that name no record or person."""
        return tuple(name for name, column in self.source.columns.items() if column.dimension)

    @property
    def tense(self) -> Tense:
        """Whether its rows are events of a period or states on a day."""
        return "stock" if self.source.flow is None else "flow"

    @property
    def reads(self) -> str:
        """What is counted, in words: tallies of the same count merge."""
        of = ", ".join(self.of)
        what = f"distinct {self.distinct}" if self.distinct else "rows"
        sums = f" with sums of {', '.join(self.sums)}" if self.sums else ""
        return f"{what} of {self.table} by ({of}){sums}"

    def __call__(self, data: "Dataset | nx.Graph[str]", asked: Asked, /) -> Tally:
        """Count the rows of a dataset."""
        records = records_only(data)
        return fold(self, records, self.source.rows(records), asked)


def count(
    table: str,
    *,
    of: str | Iterable[str] = (),
    distinct: str | None = None,
    sums: str | Iterable[str] = (),
    where: Mapping[str, str | Iterable[str]] | None = None,
    label: str | None = None,
) -> Counted:
    """Declare a count of the rows of a table.

    Examples
    --------
    >>> import citess
    >>> reads = count("cases", of="sex", distinct="client")
    >>> reads.reads
    'distinct client of cases by (sex)'
    """
    conditions = {
        column: frozenset((value,) if isinstance(value, str) else value)
        for column, value in (where or {}).items()
    }
    return Counted(
        table=table,
        of=(of,) if isinstance(of, str) else tuple(of),
        distinct=distinct,
        sums=(sums,) if isinstance(sums, str) else tuple(sums),
        where=conditions,
        label=label,
    )


def word(value: object) -> str:
    """Write a value as a word of a fact; what is not known is empty."""
    if value is None:
        return NOT_KNOWN
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


@define
class _Sheet:
    """The numbers of one count in the making."""

    groups: dict[Group, defaultdict[Fact, Number]]
    ids: dict[Group, dict[Fact, set[str]]]


def fold(counted: Counted, data: Dataset, rows: Iterable[Row], asked: Asked) -> Tally:
    """Count rows in one pass."""
    table = counted.source
    kept, doubtful = _timely(table, asked, _filtered(counted, data, rows, asked))
    columns = [table.column(name) for name in (*asked.by, *counted.of)]
    width = len(asked.by)
    sheet = _Sheet({(): defaultdict(int)}, {})
    if counted.distinct is None and not counted.sums:
        for values, n in Counter(map(_key(columns, data), kept)).items():
            _spread(sheet.groups, columns, values, width, counted, n)
    else:
        _fold_values(counted, data, kept, columns, width, sheet)
    return Tally(
        reads=counted.reads,
        by=asked.by,
        on=asked.on,
        period=None if asked.period is None else str(asked.period),
        universe=_universe(table, kept),
        groups={group: dict(sheet.groups[group]) for group in sorted(sheet.groups)},
        ids={
            group: {fact: frozenset(ids) for fact, ids in sorted(facts.items())}
            for group, facts in sorted(sheet.ids.items())
        },
        sources=_sources(kept),
        uncertain=doubtful,
    )


def _key(columns: list[Column], data: Dataset) -> Callable[[Row], object]:
    """What gets the values of some columns from a row, as a tuple."""
    paths = [column.path for column in columns if column.path is not None]
    if len(paths) == len(columns) > 1:
        return attrgetter(*paths)
    getters = [column.getter(data) for column in columns]
    return lambda row: tuple([get(row) for get in getters])


def _spread(
    groups: dict[Group, defaultdict[Fact, Number]],
    columns: list[Column],
    values: object,
    width: int,
    counted: Counted,
    n: Number,
    head: Fact = (),
) -> None:
    """Add a number to the whole and to every group; each of several values counts."""
    for by, fact in _placed(columns, cast("tuple[object, ...]", values), width):
        named = _named(counted, (*head, *fact))
        if by is None:
            groups[()][named] += n
        else:
            groups.setdefault(by, defaultdict(int))[named] += n


def _named(counted: Counted, fact: Fact) -> Fact:
    return fact if counted.label is None else (counted.label, *fact)


def _placed(
    columns: list[Column], values: tuple[object, ...], width: int
) -> Iterator[tuple[Group | None, Fact]]:
    """Facts of a row: for the whole (no group), and for each of its groups."""
    words = [
        tuple(map(word, cast("tuple[object, ...]", value))) or (NOT_KNOWN,)
        if column.several
        else (word(value),)
        for column, value in zip(columns, values, strict=True)
    ]
    facts = list(product(*words[width:]))
    yield from ((None, fact) for fact in facts)
    if width:
        for by in product(*words[:width]):
            group = tuple(one or NO_GROUP for one in by)
            yield from ((group, fact) for fact in facts)


def _fold_values(
    counted: Counted,
    data: Dataset,
    rows: list[Row],
    columns: list[Column],
    width: int,
    sheet: _Sheet,
) -> None:
    table = counted.source
    key = _key(columns, data)
    identity = table.column(counted.distinct).getter(data) if counted.distinct else None
    sums = [(name, table.column(name).getter(data)) for name in counted.sums]
    for row in rows:
        values = key(row)
        if identity is None:
            _spread(sheet.groups, columns, values, width, counted, 1)
        elif (id_ := identity(row)) is None:
            _spread(sheet.groups, columns, values, width, counted, 1, ("no-id",))
        else:
            for by, fact in _placed(columns, cast("tuple[object, ...]", values), width):
                known = sheet.ids.setdefault(by or (), {})
                known.setdefault(_named(counted, fact), set()).add(str(id_))
        for name, get in sums:
            number = cast("Number | None", get(row))
            if number is not None:
                _spread(sheet.groups, columns, values, width, counted, number, (SUM, name))
                _spread(sheet.groups, columns, values, width, counted, 1, (KNOWN, name))


def _filtered(counted: Counted, data: Dataset, rows: Iterable[Row], asked: Asked) -> Iterable[Row]:
    for name, allowed in (*counted.where.items(), *asked.where.items()):
        column = counted.source.column(name)
        rows = _having(column.getter(data), allowed, rows, several=column.several)
    return rows


def _having(
    get: Getter, allowed: frozenset[str], rows: Iterable[Row], *, several: bool
) -> Iterator[Row]:
    if several:
        return (
            row
            for row in rows
            if allowed.intersection(map(word, cast("tuple[object, ...]", get(row))))
        )
    return (row for row in rows if word(get(row)) in allowed)


def _timely(table: Table, asked: Asked, rows: Iterable[Row]) -> tuple[list[Row], int]:
    """Rows of the day or period asked for, and how many of them perhaps were not."""
    if asked.on is None and asked.period is None:
        return list(rows), 0
    answers = [(row, _holds(table, asked, row)) for row in rows]
    kept = [row for row, answer in answers if answer is not False]
    return kept, sum(answer is None for _, answer in answers)


def _holds(table: Table, asked: Asked, row: Row) -> bool | None:
    if asked.on is not None:
        if table.stock is None:
            msg = f"{table.name} are events: give a period (period=), not a day (on=)"
            raise ValueError(msg)
        held: Period | None = getattr(row, table.stock)
        return None if held is None else held.holds(asked.on)
    period = cast("Period", asked.period)
    if table.flow is not None:
        date: PartialDate | None = getattr(row, table.flow)
        return happened(date, period)
    held = getattr(row, table.stock or "")
    return None if held is None else held.overlaps(period)


def happened(date: PartialDate | None, period: Period) -> bool | None:
    """Whether a partial date lies in a period; ``None`` when that is not known.

    Examples
    --------
    >>> happened(PartialDate("2023"), Period.of("2023-01-01", "2023-07-01")) is None
    True
    """
    if date is None:
        return None
    start, end = period.start.date, period.end.date
    if (end and date.earliest >= end.latest) or (start and date.latest < start.earliest):
        return False
    begun = start is not None and date.earliest >= start.latest
    over = period.end.is_open or (end is not None and date.latest < end.earliest)
    return True if begun and over else None


def _universe(table: Table, rows: list[Row]) -> frozenset[str]:
    if table.key is None:
        return frozenset()
    return frozenset(f"{table.name}:{id_}" for id_ in map(attrgetter(table.key), rows))


def _sources(rows: list[Row]) -> frozenset[str]:
    cited = {row.sources for row in rows if isinstance(row, Sourced)}
    return frozenset(source for sources in cited for source in sources)
