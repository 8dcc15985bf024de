"""The plan of spells: what became of each row and after how long, then how many."""

from collections import defaultdict
from typing import TYPE_CHECKING, Final, cast

import narwhals.stable.v2 as nw
from attrs import evolve

from citess.errors import IntegrityError, Issue, Report
from citess.metrics import _spells as words
from citess.metrics._facts import Fact, Number
from citess.metrics._tally import Group, Tally
from citess.metrics._words import word
from citess.metrics.frames._days import filled, months, number
from citess.metrics.frames._plan import Frame, counted, rows, sums_by
from citess.metrics.frames._rows import Selected, group_of, named
from citess.metrics.frames._time import day_of, last_of, true

if TYPE_CHECKING:
    from citess.metrics._asked import Asked
    from citess.metrics._spells import Spells
    from citess.metrics._tables import Tables

_WORDS: Final = (
    None,
    words.EVENT,
    words.CENSORED,
    words.UNSTATED,
    words.OPEN,
    words.UNKNOWN,
)
_LATE, _EVENT, _CENSORED, _UNSTATED, _OPEN, _UNKNOWN = range(len(_WORDS))


def spell_frames(reader: "Spells", tables: "Tables", asked: "Asked") -> Tally:
    """Read the spells of a frame."""
    return _Lasting(reader, tables, asked).tally()


class _Lasting:
    """A reading of spells of a frame in the making."""

    def __init__(self, reader: "Spells", tables: "Tables", asked: "Asked") -> None:
        self._reader, self._on, self._day = reader, asked.on, reader.day(asked)
        self._rows = Selected(reader, tables, evolve(asked, on=None))
        self._groups: dict[Group, defaultdict[Fact, Number]] = {(): defaultdict(int)}

    def tally(self) -> Tally:
        """Read, for the whole and for the groups."""
        self._check()
        by = bool(self._rows.groups)
        found = list(rows(self._lengths(by=by)))
        width = len(self._rows.groups)
        for row in found:
            self._put(row, width if by else 0)
        if by and self._rows.overlapping:
            for row in rows(self._lengths(by=False)):
                self._put(row, 0)
        elif by:
            rest = (row[width:] for row in found)
            for key, (n,) in sums_by(rest, len(self._rows.facts) + 3).items():
                self._put((*key, n), 0)
        return evolve(self._rows.tally(self._groups), on=self._on)

    def _put(self, row: tuple[object, ...], width: int) -> None:
        *key, what, length, entry, n = row
        head = _WORDS[cast("int", what)]
        if head is None:
            return
        facts = self._groups.setdefault(group_of(key[:width]), defaultdict(int))
        lengths = () if head in {words.OPEN, words.UNKNOWN} else (word(length),)
        label, times = self._reader.label, cast("int", n)
        facts[named(label, key[width:], (head, *lengths))] += times
        if cast("int", entry) >= 0 and lengths:
            facts[named(label, key[width:], (words.ENTERED, word(entry)))] += times

    def _lengths(self, *, by: bool) -> Frame:
        schema, reader, day = self._rows.schema, self._reader, self._day
        start, end = nw.col(reader.start), nw.col(reader.end)
        first, ending = filled(schema, reader.start), filled(schema, reader.end)
        seen = None if reader.seen is None else filled(schema, reader.seen)
        ended = ~end.is_null()
        if day is not None:
            ended = ended & true(end <= day_of(schema, reader.end, day))
        until, going = self._until(seen)
        code = (
            nw.when(self._unknown()).then(nw.lit(_UNKNOWN))
            .otherwise(
                nw.when(self._late()).then(nw.lit(_LATE))
                .otherwise(nw.when(ended).then(self._ending()).otherwise(going))
            )
        )  # fmt: skip
        stop = ending if until is None else nw.when(ended).then(ending).otherwise(until)
        stop = nw.when(stop < first).then(first).otherwise(stop)
        columns: dict[str, str | nw.Expr] = {"w": code, "p": first, "q": stop}
        if reader.entry is not None:
            entry = nw.col(reader.entry)
            late = ~entry.is_null() & true(entry > start)
            columns |= {
                "r": filled(schema, reader.entry),
                "z": nw.when(late).then(nw.lit(1)).otherwise(nw.lit(0)),
            }
        keys = (*(self._rows.groups if by else ()), *self._rows.facts)
        return self._counted(self._rows.project(columns, grouped=by), keys)

    def _counted(self, projected: Frame, keys: tuple[str, ...]) -> Frame:
        since = months if self._reader.unit == "months" else _days
        has_length = nw.col("w").is_in([_EVENT, _CENSORED, _UNSTATED])
        length = since(nw.col("p"), nw.col("q"))
        entry = nw.lit(-1)
        if self._reader.entry is not None:
            inside = (nw.col("z") == 1) & has_length
            entry = nw.when(inside).then(since(nw.col("p"), nw.col("r"))).otherwise(nw.lit(-1))
        measured = projected.select(
            *keys, "w", t=nw.when(has_length).then(length).otherwise(nw.lit(-1)), x=entry
        )
        return counted(measured, (*keys, "w", "t", "x")).select(*keys, "w", "t", "x", "n")

    def _until(self, seen: nw.Expr | None) -> tuple[nw.Expr | None, nw.Expr]:
        """When what had not ended was last seen, and what is said of it."""
        schema, reader, day = self._rows.schema, self._reader, self._day
        if seen is None:
            if day is None:
                return None, nw.lit(_OPEN)
            return day_of(schema, reader.start, day), nw.lit(_CENSORED)
        known = ~nw.col(reader.seen or "").is_null()
        if day is None:
            return seen, nw.when(known).then(nw.lit(_CENSORED)).otherwise(nw.lit(_OPEN))
        limit = day_of(schema, reader.seen or "", day)
        earlier = known & true(nw.col(reader.seen or "") < limit)
        return nw.when(earlier).then(seen).otherwise(limit), nw.lit(_CENSORED)

    def _ending(self) -> nw.Expr:
        reader = self._reader
        if reader.status is None:
            return nw.lit(_EVENT)
        status = nw.col(reader.status)
        event = true(status.is_in(list(reader.events))) & ~status.is_null()
        stated = nw.when(event).then(nw.lit(_EVENT)).otherwise(nw.lit(_CENSORED))
        return nw.when(status.is_null()).then(nw.lit(_UNSTATED)).otherwise(stated)

    def _late(self) -> nw.Expr:
        if self._day is None:
            return nw.lit(value=False)
        start = self._reader.start
        return true(nw.col(start) > day_of(self._rows.schema, start, self._day))

    def _unknown(self) -> nw.Expr:
        """Rows whose start is not known, or one of whose days is only known in part."""
        schema, reader = self._rows.schema, self._reader
        unknown = nw.col(reader.start).is_null()
        for name in (reader.start, reader.end, reader.seen):
            if name is not None and (last := last_of(schema, name)) != name:
                unknown = unknown | true(nw.col(last) > nw.col(name))
        return unknown

    def _check(self) -> None:
        """Refuse rows that end before they start."""
        reader = self._reader
        turned = self._rows.frame.filter(
            true(nw.col(reader.end) < nw.col(reader.start)) & ~self._unknown()
        )
        key = self._rows.table.key
        named_by = key if key is not None and key in self._rows.schema else reader.end
        found = turned.select(
            i=nw.col(named_by), p=nw.col(reader.start), q=nw.col(reader.end)
        ).head(words.SHOWN)
        issues = [
            Issue.of(
                "end-before-start",
                f"{reader.table}[{word(id_)}].{reader.end}",
                str(end)[:10],
                start=str(start)[:10],
            )
            for id_, start, end in rows(found)
        ]
        if issues:
            raise IntegrityError(Report(tuple(issues)))


def _days(first: nw.Expr, last: nw.Expr) -> nw.Expr:
    return number(last) - number(first)
