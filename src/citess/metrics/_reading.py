"""Readers of one table: declared once, run on objects, on streams of records and on frames."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Protocol, TypedDict

from attrs import field, frozen

from citess.metrics._asked import Asked
from citess.metrics._count import Tense, records_only
from citess.metrics._facts import Fact, Number
from citess.metrics._selection import Selection
from citess.metrics._tally import Group, Ids, Tally
from citess.metrics._words import Sheet, Values
from citess.metrics.frames._engine import ENGINES
from citess.metrics.tables import TABLES, Column, Table
from citess.metrics.tables._table import Row
from citess.model import Dataset

if TYPE_CHECKING:
    import networkx as nx

    from citess.metrics._tables import Tables


class Fold(Protocol):
    """A tally in the making, to which rows are given in parts."""

    def take(self, rows: Iterable[Row], /) -> None:
        """Count some more rows."""
        ...

    def tally(self) -> Tally:
        """Give the tally of all rows taken."""
        ...


def _no_conditions() -> dict[str, frozenset[str]]:
    return {}


@frozen(kw_only=True)
class TableReader:
    """A reader of the rows of one table: what the readers of tables have in common."""

    table: str
    """Table whose rows are read."""

    of: tuple[str, ...] = ()
    """Columns whose values make the fact."""

    where: Mapping[str, frozenset[str]] = field(factory=_no_conditions)
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
        """What is read, in words: tallies of the same reading merge."""
        raise NotImplementedError  # each kind of reader has its own

    @property
    def options(self) -> tuple[str, ...]:
        """Options of a metric that it heeds."""
        return ()

    @property
    def needs(self) -> tuple[str, ...]:
        """Columns that it reads, beside those it is broken down by."""
        return tuple(dict.fromkeys((*self.of, *self.where)))

    def begin(self, data: Dataset, asked: Asked) -> Fold:
        """Begin to read rows; other records that columns need are those of a dataset."""
        raise NotImplementedError  # each kind of reader has its own

    @property
    def engines(self) -> tuple[str, ...]:
        """Engines on which it runs: all of them."""
        return ENGINES

    @property
    def works_rows_out(self) -> bool:
        """Whether its rows depend on what is asked, so that frames alone do not tell them."""
        return type(self).__call__ is not TableReader.__call__

    def on_frames(self, tables: "Tables", asked: Asked) -> Tally:
        """Read the rows of a frame."""
        raise NotImplementedError  # each kind of reader has its own

    def __call__(self, data: "Dataset | nx.Graph[str]", asked: Asked, /) -> Tally:
        """Read the rows of a dataset."""
        records = records_only(data)
        fold = self.begin(records, asked)
        fold.take(self.source.rows(records))
        return fold.tally()

    def said(self, what: str) -> str:
        """Say what is read of the table, by which facts and under which conditions."""
        conditions = "; ".join(
            f"{column} in {', '.join(sorted(allowed))}" for column, allowed in self.where.items()
        )
        given = f" where {conditions}" if conditions else ""
        return f"{what} of {self.table} by ({', '.join(self.of)}){given}"


class Rows:
    """What every fold over the rows of a table needs: the rows asked for, and their columns."""

    def __init__(self, reader: TableReader, data: Dataset, asked: Asked) -> None:
        table = reader.source
        refuse_persons(table, asked.by)
        columns = [table.column(name) for name in (*asked.by, *reader.of)]
        self.asked = asked
        self.selection = Selection(table, data, asked, reader.where)
        self.sheet = Sheet(columns, len(asked.by), reader.label)
        self._reads = reader.reads
        self._getters = [column.getter(data) for column in columns]

    def pick(self, rows: Iterable[Row]) -> list[Row]:
        """Rows asked for, of these."""
        return self.selection.pick(rows)

    def values(self, rows: list[Row]) -> Iterator[Values]:
        """Values of the groups and of the fact, row by row."""
        if not self._getters:
            return iter([()] * len(rows))
        return zip(*(map(get, rows) for get in self._getters), strict=True)

    def tally(self, *, entities: Iterable[str] = (), personal: bool = False) -> Tally:
        """Give the tally of what stands on the sheet."""
        selection, sheet, asked = self.selection, self.sheet, self.asked
        accounted = asked.accounted
        ids: Ids = {}
        for group, facts in sorted(sheet.ids.items()):
            if accounted:
                ids = {**ids, group: {f: frozenset(found) for f, found in sorted(facts.items())}}
            else:
                sheet.at(group).update({fact: len(found) for fact, found in facts.items()})
        groups: dict[Group, dict[Fact, Number]] = {
            group: dict(sorted(sheet.groups[group].items())) for group in sorted(sheet.groups)
        }
        return Tally(
            reads=self._reads,
            by=asked.by,
            on=asked.on,
            period=None if asked.period is None else str(asked.period),
            where=asked.where,
            universe=frozenset({*selection.universe, *(entities if accounted else ())}),
            hubs=frozenset(selection.hubs),
            groups=groups,
            ids=ids,
            personal=personal,
            sources=frozenset(selection.sources),
            uncertain=selection.uncertain,
        )


def names(given: str | Iterable[str]) -> tuple[str, ...]:
    """Names given as one or several."""
    return (given,) if isinstance(given, str) else tuple(given)


def refuse_persons(table: Table, by: Iterable[str]) -> None:
    """Refuse to break down by what stands for persons.

    Raises
    ------
    ValueError
        Naming the column.
    """
    for name in by:
        column = table.columns.get(name)
        if column is not None and column.personal:
            msg = f"{name!r} stands for persons: nothing is broken down by it"
            raise ValueError(msg)


def single(table: Table, name: str) -> Column:
    """Column of which each row has one value at most.

    Raises
    ------
    ValueError
        When a row may have several.
    """
    column = table.column(name)
    if column.several:
        msg = f"{table.name}.{name} has several values a row, where one is wanted"
        raise ValueError(msg)
    return column


class Declared(TypedDict, total=False):
    """What every reader of a table may be told."""

    of: str | Iterable[str]
    """Columns whose values make the fact."""
    where: Mapping[str, str | Iterable[str]]
    """Values that a column must have one of."""
    label: str | None
    """First word of every fact."""


class Common(TypedDict):
    """The same, as the fields of a reader."""

    of: tuple[str, ...]
    where: Mapping[str, frozenset[str]]
    label: str | None


def common(given: Declared) -> Common:
    """Read what every reader of a table may be told."""
    return {
        "of": names(given.get("of", ())),
        "where": {name: frozenset(names(one)) for name, one in given.get("where", {}).items()},
        "label": given.get("label"),
    }
