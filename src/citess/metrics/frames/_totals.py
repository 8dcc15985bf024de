"""The plan of totals: a sum per entity, then how many have which."""

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, cast

import narwhals.stable.v2 as nw

from citess.metrics._facts import Fact, Number
from citess.metrics._tally import Group, Tally
from citess.metrics._totals import NO_ID, TOTAL, UNKNOWN, amount
from citess.metrics._words import word
from citess.metrics.frames._numbers import check_whole, known, whole
from citess.metrics.frames._plan import Frame, counted, distinct, grouped, rows
from citess.metrics.frames._rows import Selected, group_of, named

if TYPE_CHECKING:
    from citess.metrics._asked import Asked
    from citess.metrics._tables import Tables
    from citess.metrics._totals import Totals

_LARGEST: Final = 2**53


def total_frames(reader: "Totals", tables: "Tables", asked: "Asked") -> Tally:
    """Read the totals of a frame."""
    rows_ = Selected(reader, tables, asked)
    dtype = rows_.schema[reader.value]
    numbers = rows_.frame.filter(known(reader.value, dtype))
    check_whole(numbers, reader.value, dtype, reader.scale, (None, _LARGEST))
    groups: dict[Group, defaultdict[Fact, Number]] = {(): defaultdict(int)}
    for by in (False, True) if rows_.groups else (False,):
        keys = (*(rows_.groups if by else ()), *rows_.facts)
        width = len(rows_.groups) if by else 0
        frame = rows_.project({"e": reader.entity, "v": reader.value}, grouped=by)
        for name, key, value, n in _parts(frame, keys, dtype, reader.scale):
            head = (name,) if value is None else (name, amount(value, reader.scale))
            if n:
                facts = groups.setdefault(group_of(key[:width]), defaultdict(int))
                facts[named(reader.label, key[width:], head)] += n
    entities = _entities(rows_, reader.entity) if asked.accounted else ()
    return rows_.tally(groups, entities=entities)


def _parts(
    frame: Frame, keys: tuple[str, ...], dtype: object, scale: int
) -> Iterator[tuple[str, tuple[object, ...], int | None, int]]:
    """Rows without an entity or a value, and entities by their total."""
    nameless, valued = nw.col("e").is_null(), known("v", dtype)
    one, none = nw.lit(1), nw.lit(0)
    lacking = frame.filter(nameless | ~valued).select(
        *keys,
        a=nw.when(nameless).then(one).otherwise(none),
        z=nw.when(nameless).then(none).otherwise(one),
    )
    counts = grouped(lacking, keys, {"a": ("sum", "a"), "z": ("sum", "z")})
    for *key, without, unknown in rows(counts.select(*keys, "a", "z")):
        yield NO_ID, tuple(key), None, cast("int", without or 0)
        yield UNKNOWN, tuple(key), None, cast("int", unknown or 0)
    summed = frame.filter(~nameless & valued).select(*keys, "e", v=whole("v", dtype, scale))
    totals = grouped(summed, (*keys, "e"), {"t": ("sum", "v")})
    for *key, total, n in rows(counted(totals, (*keys, "t")).select(*keys, "t", "n")):
        yield TOTAL, tuple(key), cast("int", total), cast("int", n)


def _entities(selected: Selected, entity: str) -> list[str]:
    found = distinct(selected.frame.select(entity), (entity,))
    return [f"{entity}:{word(one)}" for (one,) in rows(found) if one is not None]
