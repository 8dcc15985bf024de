"""Plans over a frame of edges: project, group by with plain aggregates, project."""

from typing import Final, cast

import narwhals.stable.v2 as nw

from citess.metrics.edges._door import A, B, G, V, W, known
from citess.metrics.frames._plan import Frame, How, distinct, grouped, rows

PAIR: Final = ("lo", "hi")


def proper(edges: Frame) -> Frame:
    """Ties between two known nodes, loops left out."""
    return edges.filter(known()).filter(nw.col(A) != nw.col(B))


def pairs(edges: Frame) -> Frame:
    """Tied pairs of nodes, each once, as ``lo`` and ``hi``; parallel ties are merged."""
    return distinct(ordered(proper(edges)), PAIR)


def ordered(ties: Frame) -> Frame:
    """Ends of ties as ``lo`` and ``hi``, in order."""
    a, b = nw.col(A), nw.col(B)
    return ties.select(
        lo=nw.when(a < b).then(a).otherwise(b),
        hi=nw.when(a < b).then(b).otherwise(a),
    )


def arcs(edges: Frame, *, strength: bool, directed: bool) -> Frame:
    """Ties as arcs ``a`` to ``b`` with the strength ``w``; without direction they go both ways."""
    one = proper(edges)
    if not strength:
        one = one.select(A, B, **{W: nw.lit(1.0)})
    both = (
        one if directed else nw.concat([one, one.select(nw.col(B).alias(A), nw.col(A).alias(B), W)])
    )
    if strength:
        return grouped(both, (A, B), {W: ("sum", W)})
    return distinct(both, (A, B)).select(A, B, **{W: nw.lit(1.0)})


def nodes(edges: Frame, listed: Frame | None) -> Frame:
    """Every node: at an end of a tie, or listed."""
    parts = [edges.select(**{V: nw.col(A)}), edges.select(**{V: nw.col(B)})]
    if listed is not None:
        parts.append(listed.select(V))
    return distinct(nw.concat(parts).filter(~nw.col(V).is_null()), (V,))


def sectors(listed: Frame) -> Frame:
    """Sector of each node that has one."""
    named = listed.filter(~nw.col(V).is_null()).filter(~nw.col(G).is_null())
    return grouped(named.select(V, G), (V,), {G: ("min", G)})


def with_sectors(ties: Frame, listed: Frame, ends: tuple[str, str]) -> Frame:
    """Ties with the sector of both ends, as ``ga`` and ``gb``; null where it is not known."""
    one, other = ends
    of = sectors(listed)
    left = of.select(nw.col(V).alias(one), nw.col(G).alias("ga"))
    right = of.select(nw.col(V).alias(other), nw.col(G).alias("gb"))
    found = ties.select(one, other).join(left, on=one, how="left")
    return found.join(right, on=other, how="left").select(one, other, "ga", "gb")


def ends(ties: Frame) -> Frame:
    """Both nodes of each pair, as ``v``."""
    return nw.concat([ties.select(**{V: nw.col(end)}) for end in PAIR])


def joined(every: Frame, *counts: tuple[Frame, str, type[nw.dtypes.DType]]) -> Frame:
    """Nodes with columns of numbers of theirs; zero where they have none."""
    names: list[str] = []
    for frame, name, dtype in counts:
        names.append(name)
        every = every.join(frame.select(V, name), on=V, how="left")
        number = nw.col(name).cast(nw.Float64())
        filled = nw.when(number.is_null()).then(nw.lit(0.0)).otherwise(number).cast(dtype())
        every = every.select(V, *names[:-1], filled.alias(name))
    return every


def summed(ties: Frame, key: str, **aggregates: tuple[How, str]) -> Frame:
    """Aggregate ties by one of their ends, which becomes ``v``."""
    return grouped(ties, (key,), aggregates).select(nw.col(key).alias(V), *aggregates)


def numbers(frame: Frame, **aggregates: tuple[How, str]) -> tuple[float, ...]:
    """Reduce all rows to numbers; nothing adds up to zero."""
    (found,) = rows(grouped(frame, (), aggregates))
    return tuple(cast("float", value or 0) for value in found)


def size(frame: Frame) -> int:
    """Number of rows."""
    return int(numbers(frame, n=("len", ""))[0])
