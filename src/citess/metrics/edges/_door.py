"""What a frame of edges must be before anything is asked of it."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, cast

import narwhals.stable.v2 as nw

from citess.errors import UnsupportedEngineError, suggest
from citess.metrics.frames._door import at_the_door
from citess.metrics.frames._engine import BY_IMPLEMENTATION, FRAMES
from citess.metrics.frames._plan import Frame, grouped, rows
from citess.network._ties import LEAST, MOST

if TYPE_CHECKING:
    from citess.metrics.tables._table import Kind

A: Final = "a"
"""Column of the nodes where ties start."""

B: Final = "b"
"""Column of the nodes where ties end."""

W: Final = "w"
"""Column of the strength of ties."""

V: Final = "v"
"""Column of nodes."""

G: Final = "g"
"""Column of the sector of nodes."""


def opened(what: str, frame: object, columns: Mapping[str, "tuple[str, Kind]"]) -> Frame:
    """Take the columns of a frame that are asked for, under short names and of known types.

    Raises
    ------
    TypeError
        When it is no frame, or a column is not named by text or of a type that does not fit.
    ValueError
        When a column is lacking.
    UnsupportedEngineError
        When the frame is of an engine that citess does not know.
    """
    for name, _ in columns.values():
        if not isinstance(cast("object", name), str):
            msg = f"columns of {what} are named by text, not by {name!r}"
            raise TypeError(msg)
    kinds = dict(columns.values())
    found = at_the_door(what, frame, kinds)
    engine_of(found)
    schema = dict(found.collect_schema())
    chosen: dict[str, nw.Expr] = {}
    for short, (name, kind) in columns.items():
        if name not in schema:
            near = suggest(name, schema)
            hint = f"; did you mean {near!r}?" if near else f"; it has {', '.join(schema)}"
            msg = f"the frame of {what} has no column {name!r}{hint}"
            raise ValueError(msg)
        chosen[short] = _fitting(what, name, kind, schema[name])
    return found.select(**chosen)


def _fitting(what: str, name: str, kind: "Kind", dtype: nw.dtypes.DType) -> nw.Expr:
    column = nw.col(name)
    if kind == "number" and dtype.is_numeric():
        return column.cast(nw.Float64)
    if kind == "text" and dtype.is_integer():
        return column.cast(nw.Int64)
    if kind == "text" and isinstance(dtype, (nw.String, nw.Categorical, nw.Enum)):
        return column.cast(nw.String)
    wanted = "numbers" if kind == "number" else "text or whole numbers"
    msg = f"the column {name!r} of {what} must hold {wanted}, not {dtype}"
    raise TypeError(msg)


def engine_of(frame: Frame) -> str:
    """Engine of a frame, by the name its users know.

    Raises
    ------
    UnsupportedEngineError
        When citess does not know it.
    """
    implementation = str(frame.implementation.value)
    if implementation not in BY_IMPLEMENTATION:
        raise UnsupportedEngineError("a frame of edges", implementation, FRAMES)
    return BY_IMPLEMENTATION[implementation]


def is_eager(frame: object) -> bool:
    """Whether a frame of the user holds its rows, so that results hold theirs."""
    return isinstance(nw.from_native(cast("Any", frame), pass_through=False), nw.DataFrame)


def check_alike(frames: Sequence[tuple[str, Frame, str]]) -> None:
    """Check that nodes are named alike everywhere: all by text, or all by whole numbers.

    Raises
    ------
    TypeError
        Naming both columns.
    """
    first, *others = ((name, frame.collect_schema()[short]) for name, frame, short in frames)
    for name, dtype in others:
        if dtype != first[1]:
            msg = (
                f"nodes are {first[1]} in {first[0]!r} and {dtype} in {name!r}: one type is wanted"
            )
            raise TypeError(msg)


def check_strength(edges: Frame, name: str) -> None:
    """Check that every tie between known nodes has a strength.

    Raises
    ------
    ValueError
        Saying how many have none.
    """
    value = nw.col(W)
    good = ~value.is_null() & (value >= LEAST) & (value <= MOST)
    wrong = edges.filter(known()).select(x=nw.when(good).then(nw.lit(0)).otherwise(nw.lit(1)))
    ((bad,),) = rows(grouped(wrong, (), {"x": ("sum", "x")}))
    if bad:
        ties = "1 tie" if bad == 1 else f"{bad} ties"
        msg = f"the strength {name!r} of {ties} is no positive number from {LEAST!r} to {MOST!r}"
        raise ValueError(msg)


def known() -> nw.Expr:
    """Whether both ends of a tie are known."""
    return ~nw.col(A).is_null() & ~nw.col(B).is_null()


def check_sectors(nodes: Frame, name: str) -> None:
    """Check that no node has two sectors.

    Raises
    ------
    ValueError
        Saying how many have, and naming one.
    """
    both = grouped(
        nodes.filter(~nw.col(V).is_null()), (V,), {"low": ("min", G), "high": ("max", G)}
    ).filter(nw.col("low") != nw.col("high"))
    found = grouped(both.select(V), (), {"n": ("len", ""), "one": ("min", V)})
    ((n, one),) = rows(found)
    if n:
        nodes_ = f"the node {one!r} has" if n == 1 else f"{n} nodes, such as {one!r}, have"
        msg = f"{nodes_} two values of {name!r}"
        raise ValueError(msg)
