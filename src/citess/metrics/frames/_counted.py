"""The plan of a count: one grouping for numbers of rows and sums, two for different things."""

from collections import defaultdict
from typing import TYPE_CHECKING, cast

import narwhals.stable.v2 as nw

from citess.metrics._counted import KNOWN, NO_ID, SUM
from citess.metrics._facts import Fact, Number
from citess.metrics._tally import Group, Tally
from citess.metrics.frames._plan import Frame, How, grouped, rows, sums_by
from citess.metrics.frames._rows import Selected, group_of, named

if TYPE_CHECKING:
    from citess.metrics._asked import Asked
    from citess.metrics._counted import Counted
    from citess.metrics._tables import Tables

Groups = dict[Group, defaultdict[Fact, "Number"]]


def count_frames(reader: "Counted", tables: "Tables", asked: "Asked") -> Tally:
    """Count the rows of a frame."""
    return _Counting(reader, tables, asked).tally()


class _Counting:
    """A count of a frame in the making."""

    def __init__(self, reader: "Counted", tables: "Tables", asked: "Asked") -> None:
        self._reader = reader
        self._rows = Selected(reader, tables, asked)
        self._groups: Groups = {(): defaultdict(int)}
        self._ids: dict[Group, dict[Fact, frozenset[str]]] = {}

    def tally(self) -> Tally:
        """Count, for the whole and for the groups."""
        if self._reader.distinct is None or self._reader.sums:
            self._count()
        if self._reader.distinct is not None:
            self._count_ids()
        table, one = self._rows.table, self._reader.distinct
        personal = one in table.columns and table.columns[one or ""].personal
        return self._rows.tally(self._groups, self._ids, personal=personal)

    def _count(self) -> None:
        extra: dict[str, str | nw.Expr] = {}
        aggregates: dict[str, tuple[How, str]] = {"n": ("len", "")}
        for place, name in enumerate(self._reader.sums):
            found = nw.col(name)
            floats = cast("nw.dtypes.DType", self._rows.schema[name]).is_float()
            extra[f"s{place}"] = nw.when(~found.is_nan()).then(found) if floats else found
            aggregates |= {f"t{place}": ("sum", f"s{place}"), f"k{place}": ("count", f"s{place}")}
        if not self._rows.groups or self._rows.overlapping:
            self._put(self._grouped(extra, aggregates, by=False), width=0)
        if self._rows.groups:
            found_rows = list(rows(self._grouped(extra, aggregates, by=True)))
            for row in found_rows:
                self._add(group_of(row[: len(self._rows.groups)]), row[len(self._rows.groups) :])
            if not self._rows.overlapping:
                start, width = len(self._rows.groups), len(self._rows.facts)
                for fact, numbers in sums_by((row[start:] for row in found_rows), width).items():
                    self._add((), (*fact, *numbers))

    def _grouped(
        self,
        extra: dict[str, str | nw.Expr],
        aggregates: dict[str, tuple[How, str]],
        *,
        by: bool,
    ) -> Frame:
        keys = (*(self._rows.groups if by else ()), *self._rows.facts)
        return grouped(self._rows.project(extra, grouped=by), keys, aggregates).select(
            *keys, *aggregates
        )

    def _put(self, found: Frame, *, width: int) -> None:
        for row in rows(found):
            self._add(group_of(row[:width]), row[width:])

    def _add(self, group: Group, row: tuple[object, ...]) -> None:
        """Add the numbers of a row: how many, then the sum and the known of each column."""
        width = len(self._rows.facts)
        fact, numbers = row[:width], cast("tuple[Number, ...]", row[width:])
        known = self._groups.setdefault(group, defaultdict(int))
        label = self._reader.label
        if not numbers[0]:
            return
        if self._reader.distinct is None:
            known[named(label, fact)] += numbers[0]
        for name, total, times in zip(self._reader.sums, numbers[1::2], numbers[2::2], strict=True):
            if times:
                known[named(label, fact, (SUM, name))] += total
                known[named(label, fact, (KNOWN, name))] += times

    def _count_ids(self) -> None:
        for by in (False, True) if self._rows.groups else (False,):
            keys = (*(self._rows.groups if by else ()), *self._rows.facts)
            frame = self._distinct(by=by)
            width = len(self._rows.groups) if by else 0
            if self._rows.asked.accounted:
                pairs = grouped(frame, (*keys, "x"), {"n": ("len", "")}).select(*keys, "x", "n")
                self._keep(pairs, width)
            else:
                self._count_different(frame, keys, width)

    def _distinct(self, *, by: bool) -> Frame:
        return self._rows.project({"x": self._reader.distinct or ""}, grouped=by)

    def _count_different(self, frame: Frame, keys: tuple[str, ...], width: int) -> None:
        """Count different things; what is not known is one of them for every engine."""
        nameless = nw.when(nw.col("x").is_null()).then(nw.lit(1)).otherwise(nw.lit(0))
        told = frame.select(*keys, "x", z=nameless)
        aggregates: dict[str, tuple[How, str]] = {"u": ("n_unique", "x"), "s": ("sum", "z")}
        found = grouped(told, keys, aggregates).select(*keys, "u", "s")
        for *values, different, without in rows(found):
            lacking = cast("int", without or 0)
            self._number(tuple(values), width, (), cast("int", different or 0) - (lacking > 0))
            self._number(tuple(values), width, (NO_ID,), lacking)

    def _number(self, values: tuple[object, ...], width: int, head: Fact, n: int) -> None:
        if not n:
            return
        group = group_of(values[:width])
        fact = named(self._reader.label, values[width:], head)
        self._groups.setdefault(group, defaultdict(int))[fact] += n

    def _keep(self, pairs: Frame, width: int) -> None:
        found: dict[Group, defaultdict[Fact, set[str]]] = {}
        for *values, id_, n in rows(pairs):
            if id_ is None:
                self._number(tuple(values), width, (NO_ID,), cast("int", n))
                continue
            fact = named(self._reader.label, values[width:])
            known = found.setdefault(group_of(values[:width]), defaultdict(set))
            known[fact].add(str(id_))
        for group, facts in found.items():
            self._ids[group] = {fact: frozenset(ids) for fact, ids in facts.items()}
