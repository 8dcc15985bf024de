"""Ties between nodes of one side that share nodes of the other, with a cap on the other's ties."""

from typing import Final, Literal, TypeAlias, get_args

import narwhals.stable.v2 as nw
from attrs import frozen

from citess.errors import suggest
from citess.metrics.edges._door import A, B, W, known
from citess.metrics.edges._plans import numbers
from citess.metrics.frames._plan import Frame, distinct, grouped
from citess.network._arguments import is_whole

CappedWeight: TypeAlias = Literal["count", "jaccard", "newman"]
WEIGHTS: Final[tuple[str, ...]] = get_args(CappedWeight)
_LEAST: Final = 2


@frozen(kw_only=True)
class Projected:
    """Ties between nodes of one side, and what the cap left out."""

    frame: object
    """Frame of ``one``, ``other`` and the weight, of the engine of the edges."""

    left_out: int
    """Shared nodes with more ties than the cap."""

    ties_left_out: int
    """Ties of theirs."""


def projected(edges: Frame, cap: int | None, weight: str) -> tuple[Frame, int, int]:
    """Ties of the first side, and how many shared nodes and ties the cap leaves out.

    Raises
    ------
    ValueError
        When the cap is below 2, or the weight is unknown.
    """
    if cap is not None and not (is_whole(cap) and cap >= _LEAST):
        msg = f"the cap is {_LEAST} or more, or None for none, not {cap!r}"
        raise ValueError(msg)
    if weight not in WEIGHTS:
        near = suggest(str(weight), WEIGHTS)
        hint = f"; did you mean {near!r}?" if near else ""
        msg = f"weight must be one of {', '.join(WEIGHTS)}, not {weight!r}{hint}"
        raise ValueError(msg)
    simple = distinct(edges.filter(known()), (A, B))
    sizes = grouped(simple, (B,), {"k": ("len", "")}).select(B, nw.col("k").cast(nw.Int64))
    left_out, ties = 0, 0
    if cap is not None:
        large = sizes.filter(nw.col("k") > cap)
        left_out, ties = map(int, numbers(large, n=("len", ""), k=("sum", "k")))
        sizes = sizes.filter(nw.col("k") <= cap)
    kept = simple.join(sizes, on=B).filter(nw.col("k") > 0).select(A, B, "k")
    one = kept.select(nw.col(A).alias("one"), B, "k")
    other = kept.select(nw.col(A).alias("other"), B)
    met = one.join(other, on=B).filter(nw.col("one") < nw.col("other"))
    share = nw.lit(1.0) / (nw.col("k") - 1)
    both = met.select("one", "other", share.alias(W))
    found = grouped(both, ("one", "other"), {"n": ("len", ""), W: ("sum", W)})
    return _weighed(found, kept, weight), left_out, ties


def _weighed(found: Frame, kept: Frame, weight: str) -> Frame:
    """Pairs with the weight that is asked for, under its name."""
    shared = nw.col("n").cast(nw.Int64)
    if weight == "count":
        return found.select("one", "other", shared.alias("count"))
    if weight == "newman":
        return found.select("one", "other", nw.col(W).alias("newman"))
    degree = grouped(kept.select(A, B), (A,), {"d": ("len", "")})
    mine = degree.select(nw.col(A).alias("one"), nw.col("d").cast(nw.Int64).alias("d1"))
    theirs = degree.select(nw.col(A).alias("other"), nw.col("d").cast(nw.Int64).alias("d2"))
    all_ = found.select("one", "other", n=shared).join(mine, on="one").join(theirs, on="other")
    either = nw.col("d1") + nw.col("d2") - nw.col("n")
    return all_.select("one", "other", jaccard=nw.col("n") / either)
