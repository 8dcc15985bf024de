"""Loops over a frame of edges: PageRank and components, each round kept apart."""

from collections.abc import Callable
from typing import Final

import narwhals.stable.v2 as nw

from citess.metrics.edges._checkpoint import Checkpoints
from citess.metrics.edges._door import A, B, V, W
from citess.metrics.edges._plans import PAIR, numbers, size
from citess.metrics.frames._plan import Frame, distinct, grouped

RANK: Final = "pagerank"
PART: Final = "component"
_OLD: Final = "old"
_IDLE: Final = "idle"
_ROOT: Final = "root"


def pagerank(
    nodes: Frame, arcs: Frame, *, damping: float, tolerance: float, most: int
) -> tuple[Frame, int]:
    """Shares of a walk that settles, and after how many rounds.

    Raises
    ------
    ValueError
        When shares still move after the most rounds allowed.
    """
    n = size(nodes)
    with Checkpoints() as kept:
        held = kept.keep(arcs)
        total = grouped(held.select(A, W), (A,), {"t": ("sum", W)})
        share = (nw.col(W) / nw.col("t")).alias("s")
        moves = kept.keep(held.join(total.select(A, "t"), on=A).select(A, B, share))
        state = kept.keep(_start(nodes, total, n))
        change = 0.0
        for done in range(most + 1):
            change, waiting = numbers(
                state.select(x=(nw.col(RANK) - nw.col(_OLD)).abs(), y=nw.col(_IDLE) * nw.col(RANK)),
                x=("sum", "x"),
                y=("sum", "y"),
            )
            if not n or (done and change <= tolerance):
                kept.let_go(held, moves)
                return state.select(V, RANK), done
            base = (damping * waiting + 1 - damping) / n
            after = kept.keep(_moved(state, moves, damping, base))
            kept.let_go(state)
            state = after
        msg = f"shares still move by {change!r} in all after {most} rounds, more than {tolerance!r}"
        raise ValueError(msg)


def _start(nodes: Frame, total: Frame, n: int) -> Frame:
    """Equal shares; ``idle`` is 1 for nodes from which no arc starts."""
    known = nodes.join(total.select(nw.col(A).alias(V), "t"), on=V, how="left")
    idle = nw.when(nw.col("t").is_null()).then(nw.lit(1.0)).otherwise(nw.lit(0.0))
    equal = nw.lit(1.0 / max(n, 1))
    return known.select(V, idle.alias(_IDLE), equal.alias(_OLD), equal.alias(RANK))


def _moved(state: Frame, moves: Frame, damping: float, base: float) -> Frame:
    """Shares after one step of the walk."""
    flows = moves.join(state.select(nw.col(V).alias(A), RANK), on=A).select(
        B, (nw.col("s") * nw.col(RANK)).alias("f")
    )
    came = grouped(flows, (B,), {"f": ("sum", "f")}).select(nw.col(B).alias(V), "f")
    found = state.select(V, _IDLE, nw.col(RANK).alias(_OLD)).join(came, on=V, how="left")
    flow = nw.col("f")
    rank = nw.when(flow.is_null()).then(nw.lit(0.0)).otherwise(flow) * damping + base
    return found.select(V, _IDLE, _OLD, rank.alias(RANK))


def components(nodes: Frame, pairs: Frame, *, most: int) -> tuple[Frame, int]:
    """Least node that each node can reach, and after how many rounds.

    Large star and small star by turns (Kiveris and others 2014, doi:10.1145/2670979.2670997): every
    round ties nodes to the least node near, until all that is left are stars.

    Raises
    ------
    ValueError
        When stars still change after the most rounds allowed.
    """
    with Checkpoints() as kept:
        ties = kept.keep(pairs)
        for done in range(most + 1):
            if _are_stars(ties):
                root = ties.select(nw.col("hi").alias(V), nw.col("lo").alias(_ROOT))
                found = nodes.join(root, on=V, how="left")
                name, least = nw.col(V), nw.col(_ROOT)
                part = nw.when(least.is_null()).then(name).otherwise(least)
                return found.select(V, part.alias(PART)), done
            for star in (_large_star, _small_star):
                after = kept.keep(star(ties))
                kept.let_go(ties)
                ties = after
        msg = f"components still join after {most} rounds"
        raise ValueError(msg)


def _are_stars(ties: Frame) -> bool:
    """Whether every node hangs on one lower node, which hangs on none."""
    lower = distinct(ties.select("lo"), ("lo",)).select(nw.col("lo").alias("hi"), one=nw.lit(1))
    times = grouped(ties.select("hi"), ("hi",), {"k": ("len", "")}).select("hi", "k")
    both = times.join(lower, on="hi", how="left").select(
        x=nw.when(~nw.col("one").is_null() | (nw.col("k") > 1)).then(nw.lit(1)).otherwise(nw.lit(0))
    )
    (wrong,) = numbers(both, x=("sum", "x"))
    return not wrong


def _star(near: Frame, keep: Callable[[nw.Expr, nw.Expr], nw.Expr]) -> Frame:
    """Tie neighbours ``z`` of each node ``v`` to the least of them and of the node itself."""
    least = grouped(near, (V,), {"m": ("min", "z")}).select(V, "m")
    node, low = nw.col(V), nw.col("m")
    least = least.select(V, nw.when(low < node).then(low).otherwise(node).alias("m"))
    tied = near.join(least, on=V).filter(keep(nw.col("z"), nw.col(V)))
    found = tied.select(nw.col("m").alias("lo"), nw.col("z").alias("hi"))
    return distinct(found.filter(nw.col("lo") != nw.col("hi")), PAIR)


def _large_star(ties: Frame) -> Frame:
    """Tie the greater neighbours of each node to the least near."""
    one = ties.select(nw.col("lo").alias(V), nw.col("hi").alias("z"))
    other = ties.select(nw.col("hi").alias(V), nw.col("lo").alias("z"))
    return _star(nw.concat([one, other]), lambda near, node: near > node)


def _small_star(ties: Frame) -> Frame:
    """Tie each node and its lower neighbours to the least of them."""
    lower = ties.select(nw.col("hi").alias(V), nw.col("lo").alias("z"))
    itself = distinct(ties.select("hi"), ("hi",)).select(
        nw.col("hi").alias(V), nw.col("hi").alias("z")
    )
    return _star(nw.concat([lower, itself]), lambda near, node: near <= node)
