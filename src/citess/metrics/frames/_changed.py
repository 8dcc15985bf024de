"""The plan of a change: first and last values by packed keys, then their sums."""

from collections import defaultdict
from typing import TYPE_CHECKING, Final, cast

import narwhals.stable.v2 as nw

from citess.errors import IntegrityError, Issue, Report
from citess.metrics import _changed as words
from citess.metrics._facts import Fact, Number
from citess.metrics._tally import Group, Tally
from citess.metrics._words import word
from citess.metrics.frames._days import order
from citess.metrics.frames._numbers import check_whole, known, whole
from citess.metrics.frames._plan import Frame, How, counted, distinct, grouped, rows
from citess.metrics.frames._rows import Selected, group_of, named

if TYPE_CHECKING:
    from citess.metrics._asked import Asked
    from citess.metrics._changed import Changed
    from citess.metrics._tables import Tables

BASE: Final = 2**36
"""What a day is multiplied by to be packed with a value: 27 bits of day, 36 of value, in int64."""

_FACTS: Final = (
    words.START,
    words.END,
    words.GAIN,
    words.LOSS,
    words.KEPT,
    words.ENTERED,
    words.LEFT,
    words.CHANGED,
    words.ENTITIES,
    words.ONCE,
    words.ALONE,
    words.UNEVEN,
)

_REPEATED: Final = "repeated"
_NEAR: Final = 20_000_000
"""Day from which days are counted before they are squared: sums of squares stay small."""


def change_frames(reader: "Changed", tables: "Tables", asked: "Asked") -> Tally:
    """Read the changes of a frame."""
    return _Changing(reader, tables, asked).tally()


class _Changing:
    """A reading of changes of a frame in the making."""

    def __init__(self, reader: "Changed", tables: "Tables", asked: "Asked") -> None:
        self._reader = reader
        self._rows = Selected(reader, tables, asked)
        self._groups: dict[Group, defaultdict[Fact, Number]] = {(): defaultdict(int)}

    def tally(self) -> Tally:
        """Read, for the whole and for the groups."""
        reader = self._reader
        dtype = self._rows.schema[reader.value]
        numbers = self._rows.frame.filter(known(reader.value, dtype))
        check_whole(numbers, reader.value, dtype, reader.scale, (0, BASE - 1))
        incomplete = False
        for by in (False, True) if self._rows.groups else (False,):
            keys = (*(self._rows.groups if by else ()), *self._rows.facts)
            frame = self._projected(by=by)
            if not by:
                incomplete = self._count_unnamed(frame)
            self._read(frame, keys, width=len(self._rows.groups) if by else 0)
            if incomplete:
                self._count_incomplete(frame, keys, width=len(self._rows.groups) if by else 0)
        entities = self._entities() if self._rows.asked.accounted else ()
        return self._rows.tally(self._groups, entities=entities)

    def _projected(self, *, by: bool) -> Frame:
        reader = self._reader
        split = {f"s{place}": name for place, name in enumerate(reader.split)}
        return self._rows.project(
            {"e": reader.entity, "v": reader.value, "d": reader.date, **split}, grouped=by
        )

    def _known(self, frame: Frame) -> Frame:
        dtype = self._rows.schema[self._reader.value]
        return frame.filter(~nw.col("e").is_null() & ~nw.col("d").is_null() & known("v", dtype))

    def _read(self, frame: Frame, keys: tuple[str, ...], width: int) -> None:
        dtype = self._rows.schema[self._reader.value]
        series = (*keys, "e")
        day = order(nw.col("d"), self._rows.tables.engine)
        value = whole("v", dtype, self._reader.scale)
        split = [nw.col(f"s{place}") for place in range(len(self._reader.split))]
        names = [f"s{place}" for place in range(len(split))]
        days = self._known(frame).select(*series, *split, day=day, v=value)
        if split:
            days = self._joined(days, series, names)
        packed = days.select(
            *series,
            *(("m",) if split else ()),
            "day",
            k=nw.col("day") * BASE + nw.col("v"),
        )
        ends = self._ends(packed, series, split=bool(split), whole=width == 0)
        flows = grouped(ends, keys, {name: ("sum", name) for name in (*_FACTS, _REPEATED)})
        scale = self._reader.scale
        for row in rows(flows.select(*keys, _REPEATED, *_FACTS)):
            if row[len(keys)]:
                self._refuse(_repeated(packed, series), "repeated-value")
            group, fact = group_of(row[:width]), row[width : len(keys)]
            for name, number in zip(
                _FACTS, cast("tuple[int, ...]", row[len(keys) + 1 :]), strict=True
            ):
                if number:
                    scaled = scale != 1 and name in words.VALUES
                    known_ = self._groups.setdefault(group, defaultdict(int))
                    full = named(self._reader.label, fact, (name,))
                    known_[full] += number / scale if scaled else number

    def _joined(self, days: Frame, series: tuple[str, ...], names: list[str]) -> Frame:
        """Add the rows of a day that are told apart; refuse those that are not."""
        parts = grouped(days, (*series, "day", *names), {"n": ("len", ""), "v": ("sum", "v")})
        self._refuse(parts.filter(nw.col("n") > 1), "repeated-value")
        whole_row = nw.all_horizontal(
            *(nw.col(name).is_null() for name in names), ignore_nulls=False
        )
        marked = parts.select(
            *series, "day", "v", t=nw.when(whole_row).then(nw.lit(1)).otherwise(nw.lit(0))
        )
        joined = grouped(
            marked, (*series, "day"), {"v": ("sum", "v"), "m": ("len", ""), "t": ("sum", "t")}
        )
        self._refuse(joined.filter((nw.col("m") > 1) & (nw.col("t") > 0)), "total-and-parts")
        return joined

    def _ends(self, packed: Frame, series: tuple[str, ...], *, split: bool, whole: bool) -> Frame:
        """Facts of each entity, from its first and last day."""
        aggregates: dict[str, tuple[How, str]] = {"lo": ("min", "k"), "hi": ("max", "k")}
        if split:
            packed = packed.with_columns(p=nw.col("day") * BASE + nw.col("m"))
            aggregates |= {"plo": ("min", "p"), "phi": ("max", "p")}
        repeated = nw.lit(0)
        if whole and not split and self._rows.tables.engine == "polars":
            aggregates |= {"n": ("len", ""), "u": ("n_unique", "day")}
            repeated = _one(nw.col("n") != nw.col("u"))
        elif whole and not split:
            near = nw.col("day") - _NEAR
            packed = packed.with_columns(near=near, square=near * near)
            aggregates |= {"n": ("len", ""), "s": ("sum", "near"), "q": ("sum", "square")}
            repeated = _perhaps_repeated()
        ends = grouped(packed, series, aggregates)
        uneven = _differ(nw.col("plo"), nw.col("phi")) if split else nw.lit(0)
        first, last = _unpacked(nw.col("lo")), _unpacked(nw.col("hi"))
        once = _one((nw.col("lo") // BASE) == (nw.col("hi") // BASE))
        values = ends.select(
            *series, start=first, end=last, once=once, uneven=uneven, repeated=repeated
        )
        start, end = nw.col("start"), nw.col("end")
        gone = nw.lit(0)
        return values.select(
            *series,
            "start",
            "end",
            "once",
            "uneven",
            "repeated",
            gain=nw.when(end > start).then(end - start).otherwise(gone),
            loss=nw.when(end < start).then(start - end).otherwise(gone),
            kept=nw.when(end < start).then(end).otherwise(start),
            entered=_one((start == 0) & (end > 0)),
            left=_one((end == 0) & (start > 0)),
            changed=_one(start != end),
            alone=nw.when(nw.col("once") > 0).then(start).otherwise(gone),
            entities=nw.lit(1),
        )

    def _refuse(self, found: Frame, code: str) -> None:
        issues: list[Issue] = []
        columns = found.select("e", "day").head(words.SHOWN)
        for entity, day in sorted(rows(columns), key=str):
            path = f"{self._reader.table}[{word(entity)}].{self._reader.date}"
            issues.append(
                Issue.of(code, path, _written(cast("int", day), self._rows.tables.engine))
            )
        if issues:
            raise IntegrityError(Report(tuple(issues)))

    def _count_unnamed(self, frame: Frame) -> bool:
        """Tell whether something is not known of some row, beside its groups."""
        dtype = self._rows.schema[self._reader.value]
        rest = frame.filter(nw.col("e").is_null() | nw.col("d").is_null() | ~known("v", dtype))
        return next(rows(rest.select("e").head(1)), None) is not None

    def _count_incomplete(self, frame: Frame, keys: tuple[str, ...], width: int) -> None:
        """Count rows without an entity, and entities of which no value is known."""
        unnamed = counted(frame.filter(nw.col("e").is_null()), keys)
        self._put(unnamed, keys, width, "no-id")
        every = distinct(frame.filter(~nw.col("e").is_null()), (*keys, "e"))
        with_value = distinct(self._known(frame), (*keys, "e"))
        totals = (dict(self._numbers(counted(one, keys), keys)) for one in (every, with_value))
        all_, valued = totals
        for key, n in all_.items():
            self._add(key, width, words.UNKNOWN, n - valued.get(key, 0))

    def _numbers(self, found: Frame, keys: tuple[str, ...]) -> list[tuple[tuple[object, ...], int]]:
        return [(tuple(key), cast("int", n)) for *key, n in rows(found.select(*keys, "n"))]

    def _put(self, found: Frame, keys: tuple[str, ...], width: int, name: str) -> None:
        for key, n in self._numbers(found, keys):
            self._add(key, width, name, n)

    def _add(self, key: tuple[object, ...], width: int, name: str, n: int) -> None:
        if n:
            known_ = self._groups.setdefault(group_of(key[:width]), defaultdict(int))
            known_[named(self._reader.label, key[width:], (name,))] += n

    def _entities(self) -> list[str]:
        found = distinct(self._projected(by=False).select("e"), ("e",))
        entity = self._reader.entity
        return [f"{entity}:{word(one)}" for (one,) in rows(found) if one is not None]


def _repeated(packed: Frame, series: tuple[str, ...]) -> Frame:
    """Entities and days that have more than one row."""
    return grouped(packed, (*series, "day"), {"n": ("len", "")}).filter(nw.col("n") > 1)


def _perhaps_repeated() -> nw.Expr:
    """Whether a day may stand twice among the days of an entity: surely not, or to be looked at.

    Engines count different values slowly. The first and last day, the sum and the sum of squares
    tell two days between them apart from one another and from both ends; more are looked at.
    """
    n, first, last = nw.col("n"), nw.col("lo") // BASE - _NEAR, nw.col("hi") // BASE - _NEAR
    total = nw.col("s").cast(nw.Int64) - first - last
    squares = nw.col("q").cast(nw.Int64) - first * first - last * last
    apart = 2 * squares - total * total
    three = (first < total) & (total < last)
    four = (
        (apart > 0)
        & (2 * first * first - 2 * total * first + total * total != squares)
        & (2 * last * last - 2 * total * last + total * total != squares)
    )
    surely_not = (
        (n == 1)
        | ((n == 2) & (first < last))  # noqa: PLR2004  (numbers of days)
        | ((n == 3) & three)  # noqa: PLR2004
        | ((n == 4) & (first < last) & four)  # noqa: PLR2004
    )
    return _one(~surely_not)


def _one(condition: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0))


def _unpacked(key: nw.Expr) -> nw.Expr:
    return key - (key // BASE) * BASE


def _differ(first: nw.Expr, last: nw.Expr) -> nw.Expr:
    return _one(_unpacked(first) != _unpacked(last))


def _written(day: int, engine: str) -> str:
    """Day that an order stands for."""
    from datetime import date, timedelta  # noqa: PLC0415  (for an error only)

    if engine == "polars":
        return str(date(1970, 1, 1) + timedelta(days=day - 1_000_000))
    return f"{day // 10_000:04}-{day // 100 % 100:02}-{day % 100:02}"
