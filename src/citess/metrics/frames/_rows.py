"""Rows of a frame that are asked for, projected to the columns of groups and facts."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, cast

import narwhals.stable.v2 as nw
from attrs import frozen

from citess.errors import Issue, ReadError, Report
from citess.metrics._asked import Asked
from citess.metrics._facts import NOT_KNOWN, Fact, Number
from citess.metrics._reading import TableReader, refuse_persons
from citess.metrics._tally import Group, Tally
from citess.metrics._words import NO_GROUP, word
from citess.metrics.frames._door import ANCESTORS, missing
from citess.metrics.frames._plan import Frame, distinct, number_of_rows, rows
from citess.metrics.frames._time import answer, dates_needed
from citess.metrics.tables._table import TERRITORY

if TYPE_CHECKING:
    from citess.metrics._tables import Tables


@frozen
class Link:
    """Values of a column that stand in a frame of their own."""

    on: str
    """Column of the rows by which they are found."""

    frame: Frame
    """Columns ``on`` and ``value``."""


class Selected:
    """The rows asked for, and how to project them.

    Raises
    ------
    ReadError
        With every column that is needed and lacking.
    """

    def __init__(self, reader: TableReader, tables: "Tables", asked: Asked) -> None:
        self.reader, self.tables, self.asked = reader, tables, asked
        self.table = reader.source
        self.schema = tables.schema(reader.table)
        self._check()
        self.frame = tables[reader.table]
        self.uncertain = 0
        for name, allowed in (*reader.where.items(), *asked.where.items()):
            self.frame = self._having(name, allowed)
        if (found := answer(self.table, self.schema, asked)) is not None:
            kept = self.frame.filter(~found.surely_not)
            self.uncertain = number_of_rows(kept.filter(~found.surely))
            self.frame = kept

    def _check(self) -> None:
        reader, asked, tables = self.reader, self.asked, self.tables
        if reader.table not in tables:
            issue = Issue.of("missing-column", "tables", reader.table, field=reader.table)
            raise ReadError(Report((issue,)))
        refuse_persons(self.table, asked.by)
        dates = dates_needed(self.table, asked)
        wanted = dict.fromkeys((*reader.needs, *asked.by, *asked.where, *dates))
        issues = [
            missing(reader.table, name, self.schema) for name in wanted if not self._has(name)
        ]
        if issues:
            raise ReadError(Report(tuple(issues)))

    def _has(self, name: str) -> bool:
        base, _, scheme = name.partition(":")
        there = base in self.schema or f"{self.reader.table}.{base}" in self.tables
        return there and (not scheme or (base == TERRITORY and ANCESTORS in self.tables))

    def find(self, name: str) -> str | Link:
        """Column of a name, or the frame in which its values stand."""
        base, _, scheme = name.partition(":")
        found: str | Link = base
        if base not in self.schema:
            linked = self.tables[f"{self.reader.table}.{base}"]
            found = Link("id", linked.select("id", value=nw.col(base)))
        return self._above(found, scheme) if scheme else found

    def _above(self, found: str | Link, scheme: str) -> Link:
        frame = self.tables[ANCESTORS].filter(nw.col("scheme") == scheme)
        if isinstance(found, str):
            return Link(found, frame.select(nw.col("territory").alias(found), value="ancestor"))
        above = frame.select(value="territory", above="ancestor")
        joined = found.frame.join(above, on="value", how="inner")
        return Link(found.on, distinct(joined.select(found.on, value="above"), (found.on, "value")))

    def _having(self, name: str, allowed: frozenset[str]) -> Frame:
        found = self.find(name)
        if isinstance(found, str):
            dtype = self.schema[found]
            return self.frame.filter(_among(nw.col(found), dtype, allowed))
        values = nw.col("value").is_in(sorted(allowed))
        having = distinct(found.frame.filter(values).select(found.on), (found.on,))
        kept = self.frame.join(having, on=found.on, how="semi")
        if NOT_KNOWN not in allowed:
            return kept
        without = self.frame.join(found.frame.select(found.on), on=found.on, how="anti")
        return nw.concat([kept, without])

    @property
    def facts(self) -> tuple[str, ...]:
        """Columns of the fact in projections."""
        return tuple(f"f{place}" for place in range(len(self.reader.of)))

    @property
    def groups(self) -> tuple[str, ...]:
        """Columns of the group in projections."""
        return tuple(f"b{place}" for place in range(len(self.asked.by)))

    @property
    def overlapping(self) -> bool:
        """Whether a row may be in several groups."""
        return any(isinstance(self.find(name), Link) for name in self.asked.by)

    def project(self, extra: Mapping[str, str | nw.Expr], *, grouped: bool) -> Frame:
        """Rows with the columns of the fact, of the group where wanted, and others."""
        names = dict(zip(self.facts, self.reader.of, strict=True))
        names |= {alias: one for alias, one in extra.items() if isinstance(one, str)}
        if grouped:
            names |= dict(zip(self.groups, self.asked.by, strict=True))
        frame, chosen = self.frame, dict[str, nw.Expr]()
        for alias, name in names.items():
            found = self.find(name)
            if isinstance(found, str):
                chosen[alias] = _key(nw.col(found), self.schema[found])
            else:
                values = found.frame.select(found.on, nw.col("value").alias(alias))
                frame = frame.join(
                    values.filter(~nw.col(found.on).is_null()), on=found.on, how="left"
                )
                chosen[alias] = nw.col(alias)
        others = {alias: one for alias, one in extra.items() if not isinstance(one, str)}
        return frame.select(**chosen, **others) if chosen or others else frame

    def tally(
        self,
        groups: Mapping[Group, Mapping[Fact, Number]],
        ids: Mapping[Group, Mapping[Fact, frozenset[str]]] | None = None,
        *,
        entities: Iterable[str] = (),
        personal: bool = False,
    ) -> Tally:
        """Give the tally of what was counted."""
        asked = self.asked
        return Tally(
            reads=self.reader.reads,
            by=asked.by,
            on=asked.on,
            period=None if asked.period is None else str(asked.period),
            where=asked.where,
            universe=frozenset({*self._universe(), *entities}),
            hubs=frozenset(self._values("hub")) if asked.accounted else frozenset(),
            groups={group: dict(sorted(groups[group].items())) for group in sorted(groups)},
            ids={} if ids is None else {g: dict(sorted(ids[g].items())) for g in sorted(ids)},
            personal=personal,
            sources=frozenset(self._values("source")),
            uncertain=self.uncertain,
        )

    def _universe(self) -> Iterable[str]:
        key = self.table.key
        if not self.asked.accounted or key is None or key not in self.schema:
            return ()
        return (f"{self.table.name}:{word(id_)}" for (id_,) in rows(self.frame.select(key)))

    def _values(self, name: str) -> Iterable[str]:
        """Different values of a column that the frame may have."""
        if not self._has(name):
            return ()
        found = self.find(name)
        if isinstance(found, str):
            values = distinct(self.frame.select(found), (found,))
        else:
            kept = found.frame.join(self.frame.select(found.on), on=found.on, how="semi")
            values = distinct(kept.select("value"), ("value",))
        return (word(value) for (value,) in rows(values) if value is not None)


def _key(column: nw.Expr, dtype: object) -> nw.Expr:
    """Column to group by: categories become their words."""
    return column.cast(nw.String) if isinstance(dtype, (nw.Categorical, nw.Enum)) else column


def _among(column: nw.Expr, dtype: object, allowed: frozenset[str]) -> nw.Expr:
    """Whether a column has one of some words."""
    values = [
        value for one in sorted(allowed - {NOT_KNOWN}) if (value := _value(one, dtype)) is not None
    ]
    known = ~column.is_null() & column.is_null()
    if values:
        known = _key(column, dtype).is_in(values).fill_null(value=False) & ~column.is_null()
    return (known | column.is_null()) if NOT_KNOWN in allowed else known


def _value(given: str, dtype: object) -> object:
    """Value that a word stands for in a column of a type; ``None`` where it can be none."""
    found = cast("nw.dtypes.DType", dtype)
    try:
        if isinstance(found, nw.Boolean):
            return {"yes": True, "no": False}.get(given)
        if found.is_integer():
            return int(given)
        if found.is_numeric():
            return float(given)
        if isinstance(found, nw.Date):
            return date.fromisoformat(given)
    except ValueError:
        return None
    return given


def named(label: str | None, fact: Iterable[object], head: Fact = ()) -> Fact:
    """Fact of some values, with the label and what it says before it."""
    words = tuple(map(word, fact))
    return (*head, *words) if label is None else (label, *head, *words)


def group_of(values: Iterable[object]) -> Group:
    """Group of some values."""
    return tuple(word(value) or NO_GROUP for value in values)
