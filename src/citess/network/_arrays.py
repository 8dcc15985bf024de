"""Ties as typed columns, for graphs of millions of ties."""

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, pairwise
from numbers import Real
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, cast

from attrs import field, frozen

from citess.errors import suggest
from citess.network._arguments import check_graph, check_mapping, listed
from citess.network._extra import LARGE, fast, has_fast
from citess.network._ties import (
    ACCEPTED,
    LEAST,
    MOST,
    N,
    Ties,
    both_ways,
    no_such_attribute,
    no_such_node,
    positive,
    read_ties,
    value_name,
)

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np
    import numpy.typing as npt

    Floats: TypeAlias = npt.NDArray[np.float64]
    Whole: TypeAlias = npt.NDArray[np.signedinteger[Any]]


@frozen(kw_only=True, eq=False, repr=False)
class TieArrays(Generic[N]):
    """Simple ties between nodes, in compressed rows (extra ``fast``).

    Functions of :mod:`citess.network` take it wherever they take a graph. It holds what a graph of
    networkx holds in about a twentieth of the memory, so that ten million ties fit. Loops are left
    out and parallel ties merged; ``loops`` and ``merged`` count them.

    Examples
    --------
    >>> ties = TieArrays.from_edges(["a", "b", "b", "c"], ["b", "c", "a", "c"])
    >>> ties
    TieArrays: 3 nodes, 2 ties, 1 loop left out, 1 parallel tie merged
    >>> from citess.network import constraint
    >>> constraint(ties)["a"]
    1.0
    """

    nodes: Sequence[N]
    """Nodes; a tie names them by position."""

    starts: "Whole" = field()
    """Where the row of each node starts in ``heads``, and where the last one ends."""

    heads: "Whole" = field()
    """Position of the other end of each tie, sorted in each row; both ways without direction."""

    values: "Floats | None" = field(default=None)
    """Value of each entry of ``heads``, or ``None`` where every tie counts as one."""

    name: str | None = None
    """Name of the values, by which ``strength=`` or ``distance=`` asks for them."""

    directed: bool = False
    """Whether ties have a direction."""

    loops: int = 0
    """Ties of a node to itself, which were left out."""

    merged: int = 0
    """Parallel ties that were merged into another."""

    @classmethod
    def from_edges(  # noqa: PLR0913  (each names a column or its meaning)
        cls,
        sources: "Iterable[N]",
        targets: "Iterable[N]",
        *,
        strength: "Mapping[str, Iterable[float]] | None" = None,
        distance: "Mapping[str, Iterable[float]] | None" = None,
        nodes: "Sequence[N] | None" = None,
        directed: bool = False,
    ) -> "TieArrays[N]":
        """Arrays from two columns of nodes, and at most one named column of values.

        Columns of whole numbers in numpy arrays are quickest; with ``nodes=range(n)`` they are
        taken as positions at once. Strengths of parallel ties add, of distances the shortest
        stays.

        Raises
        ------
        MissingExtraError
            When the extra ``fast`` is not installed.
        ValueError
            When columns differ in length, a node is not among ``nodes``, or a value is no positive
            finite number.

        Examples
        --------
        >>> TieArrays.from_edges([0, 1], [1, 2], strength={"meetings": [3, 1]}, directed=True)
        TieArrays: 3 nodes, 2 ties with a direction and 'meetings'
        """
        np = fast("numpy")
        given = _one(strength, distance)
        found, (tail, head) = _numbered(sources, targets, nodes)
        values = None
        if given is not None:
            values = _column(given[1], given[0], found, tail, head)
        loop = tail == head
        loops = int(np.count_nonzero(loop))
        if loops:
            tail, head = tail[~loop], head[~loop]
            values = None if values is None else values[~loop]
        starts, heads, values, merged = compress(
            len(found), tail, head, values, both=not directed, shortest=distance is not None
        )
        name = None if given is None else given[0]
        return cls(
            nodes=found, starts=starts, heads=heads, values=values, name=name,
            directed=directed, loops=loops, merged=merged,
        )  # fmt: skip

    @classmethod
    def from_graph(
        cls,
        graph: "nx.Graph[N]",
        *,
        strength: str | None = None,
        distance: str | None = None,
    ) -> "TieArrays[N]":
        """Arrays of a networkx graph, with the one attribute that is named.

        Raises
        ------
        MissingExtraError
            When the extra ``fast`` is not installed.
        TypeError
            When it is no networkx graph.
        ValueError
            When a tie lacks the attribute, or its value is no positive finite number.

        Examples
        --------
        >>> import networkx as nx
        >>> TieArrays.from_graph(nx.karate_club_graph(), strength="weight")
        TieArrays: 34 nodes, 78 ties with 'weight'
        """
        np = fast("numpy")
        check_graph(graph, accepted=ACCEPTED)
        name = value_name(strength=strength, distance=distance)
        nodes = list(graph)
        if graph.is_multigraph() or name is not None:
            us, vs, found = _lists(graph, name)
            column = None if name is None else {name: found}
            return cls.from_edges(
                us, vs, nodes=nodes, directed=graph.is_directed(),
                strength=column if strength else None, distance=column if distance else None,
            )  # fmt: skip
        at = dict(zip(nodes, range(len(nodes)), strict=True))
        rows = [row for _, row in graph.adjacency()]
        counts = np.fromiter(map(len, rows), np.int64, len(rows))
        total = int(counts.sum())
        head = np.fromiter(map(at.__getitem__, chain.from_iterable(rows)), np.int32, total)
        tail = np.repeat(np.arange(len(nodes), dtype=np.int32), counts)
        loop = tail == head
        loops = int(np.count_nonzero(loop))
        if loops:
            tail, head = tail[~loop], head[~loop]
        starts, heads, _, _ = compress(len(nodes), tail, head, None, both=False, shortest=False)
        return cls(
            nodes=nodes, starts=starts, heads=heads, directed=graph.is_directed(), loops=loops
        )

    @property
    def ties(self) -> int:
        """How many ties there are; without direction, each counts once."""
        return len(self.heads) if self.directed else len(self.heads) // 2

    def tails(self) -> "Whole":
        """Position of the node in whose row each entry of ``heads`` stands."""
        np = fast("numpy")
        return cast(
            "Whole", np.repeat(np.arange(len(self.nodes), dtype=np.int32), np.diff(self.starts))
        )

    def valued(self, *, strength: str | None, distance: str | None = None) -> "TieArrays[N]":
        """The same ties, with the values that are asked for and no others.

        Raises
        ------
        ValueError
            When the values asked for are not those it holds.
        """
        name = value_name(strength=strength, distance=distance)
        if name == self.name:
            return self
        if name is not None:
            near = suggest(name, [self.name] if self.name else [])
            held = f"hold {self.name!r}" if self.name else "hold no values"
            hint = f"; did you mean {near!r}?" if near else ""
            msg = f"these ties {held}, not {name!r}{hint}"
            raise ValueError(msg)
        return TieArrays(
            nodes=self.nodes, starts=self.starts, heads=self.heads, directed=self.directed,
            loops=self.loops, merged=self.merged,
        )  # fmt: skip

    def plain(self) -> Ties[N]:
        """The same ties as dictionaries."""
        starts = self.starts.tolist()
        heads = self.heads.tolist()
        values = [1.0] * len(heads) if self.values is None else self.values.tolist()
        rows = tuple(dict(zip(heads[a:b], values[a:b], strict=True)) for a, b in pairwise(starts))
        return Ties(
            nodes=tuple(self.nodes), rows=rows, directed=self.directed,
            loops=self.loops, merged=self.merged,
        )  # fmt: skip

    def __repr__(self) -> str:
        kind = " with a direction" if self.directed else ""
        named = f" {'and' if kind else 'with'} {self.name!r}" if self.name else ""
        text = f"TieArrays: {len(self.nodes)} nodes, {_counted(self.ties, 'tie')}{kind}{named}"
        if self.loops:
            text += f", {_counted(self.loops, 'loop')} left out"
        if self.merged:
            text += f", {_counted(self.merged, 'parallel tie')} merged"
        return text


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def read(
    graph: "nx.Graph[N] | TieArrays[N]",
    *,
    strength: str | None = None,
    distance: str | None = None,
    follows: bool = False,
) -> "Ties[N] | TieArrays[N]":
    """Ties in the form that suits: arrays where they are given, or many and the extra is there.

    What ``follows`` directions has ties that say they have none both ways.
    """
    if isinstance(graph, TieArrays):
        return graph.valued(strength=strength, distance=distance)
    check_graph(graph, accepted=ACCEPTED)
    graph = both_ways(graph) if follows else graph
    if graph.number_of_edges() >= LARGE and has_fast():
        return TieArrays[N].from_graph(graph, strength=strength, distance=distance)
    return read_ties(graph, strength=strength, distance=distance)


def compress(  # noqa: PLR0913  (columns of one table)
    n: int,
    tail: "Whole",
    head: "Whole",
    values: "Floats | None",
    *,
    both: bool,
    shortest: bool,
) -> "tuple[Whole, Whole, Floats | None, int]":
    """Rows of ties, sorted, parallel ties merged, and how many were.

    With ``both`` each tie also stands in the row of its other end.
    """
    np, sparse = fast("numpy"), fast("scipy.sparse")
    if both:
        tail, head = np.concatenate((tail, head)), np.concatenate((head, tail))
        values = None if values is None else np.concatenate((values, values))
    if values is not None and shortest:
        order = np.lexsort((values, head, tail))
        tail, head, values = tail[order], head[order], values[order]
        first = np.ones(len(tail), dtype=bool)
        first[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
        merged = len(tail) - int(np.count_nonzero(first))
        tail, head, values = tail[first], head[first], values[first]
        starts = np.concatenate(([0], np.cumsum(np.bincount(tail, minlength=n))))
        return starts, head, values, merged // 2 if both else merged
    data = np.ones(len(tail), dtype=np.int8) if values is None else values
    table = sparse.csr_array((data, (tail, head)), shape=(n, n))
    merged = len(tail) - table.nnz
    found = None if values is None else table.data
    return table.indptr, table.indices, found, merged // 2 if both else merged


def _one(
    strength: "Mapping[str, Iterable[float]] | None",
    distance: "Mapping[str, Iterable[float]] | None",
) -> "tuple[str, Iterable[float]] | None":
    for argument, columns in (("strength", strength), ("distance", distance)):
        if columns is not None:
            check_mapping(argument, columns, "a name to the values of the ties")
    given = [*(strength or {}).items(), *(distance or {}).items()]
    if len(given) > 1:
        names = " and ".join(repr(name) for name, _ in given)
        msg = f"ties have one column of values, not {names}"
        raise ValueError(msg)
    return given[0] if given else None


def _column(
    given: "Iterable[float]", name: str, nodes: "Sequence[object]", tail: "Whole", head: "Whole"
) -> "Floats":
    np = fast("numpy")
    if not isinstance(cast("object", given), Iterable):
        msg = f"{name!r} must be the values of the ties, not {given!r}"
        raise TypeError(msg)
    column: Any = given
    numeric = isinstance(column, np.ndarray) and column.ndim == 1 and column.dtype.kind in "biuf"
    every: Any = given if numeric else list(given)
    if len(every) != len(tail):
        msg = f"{name!r} has {len(every)} values for {len(tail)} ties"
        raise ValueError(msg)
    plain = numeric or all(issubclass(kind, Real) for kind in {*map(type, every)})
    try:
        values = np.asarray(every if plain else [math.nan] * len(every), dtype=np.float64)
    except OverflowError:
        values = np.full(len(every), np.nan)
    for n in np.flatnonzero(~((values >= LEAST) & (values <= MOST))).tolist():
        value = every[n].item() if numeric else every[n]
        values[n] = positive(value, name, nodes[int(tail[n])], nodes[int(head[n])])
    return cast("Floats", values)


def _numbered(
    sources: "Iterable[N]", targets: "Iterable[N]", nodes: "Sequence[N] | None"
) -> "tuple[Sequence[N], tuple[Whole, Whole]]":
    np = fast("numpy")
    ends: list[tuple[str, Any]] = [("sources", sources), ("targets", targets)]
    columns: list[Any] = [
        side if isinstance(side, np.ndarray) and side.ndim == 1 else _nodes(argument, side)
        for argument, side in ends
    ]
    if len(columns[0]) != len(columns[1]):
        msg = f"sources names {len(columns[0])} nodes and targets {len(columns[1])}"
        raise ValueError(msg)
    whole = all(isinstance(side, np.ndarray) and side.dtype.kind in "iu" for side in columns)
    if whole and isinstance(nodes, range) and nodes == range(len(nodes)):
        for side in columns:
            outside = (side < 0) | (side >= len(nodes))
            if outside.any():
                raise no_such_node("a tie", int(side[np.argmax(outside)]), nodes)
        return cast("Any", nodes), (columns[0].astype(np.int32), columns[1].astype(np.int32))
    if whole and nodes is None:
        found, at = np.unique(np.concatenate(columns), return_inverse=True)
        at = at.astype(np.int32)
        return found.tolist(), (at[: len(columns[0])], at[len(columns[0]) :])
    lists: list[list[N]] = [
        side.tolist() if isinstance(side, np.ndarray) else side for side in columns
    ]
    once = listed("sources and targets", chain.from_iterable(lists))
    every = list(once) if nodes is None else _nodes("nodes", nodes)
    number = dict(zip(listed("nodes", every), range(len(every)), strict=False))
    if len(number) != len(every):
        msg = f"nodes names {len(every)} nodes, of which {len(number)} differ"
        raise ValueError(msg)
    try:
        tail, head = (
            np.fromiter(map(number.__getitem__, side), np.int32, len(side)) for side in lists
        )
    except KeyError as error:
        raise no_such_node("a tie", error.args[0], every) from None
    return cast("Any", every), (tail, head)


def _nodes(argument: str, side: "Iterable[N]") -> list[N]:
    if not isinstance(cast("object", side), Iterable):
        msg = f"{argument} must be a list of nodes, not {side!r}"
        raise TypeError(msg)
    return list(side)


def _lists(graph: "nx.Graph[N]", name: str | None) -> "tuple[list[N], list[N], list[float]]":
    edges = cast("Any", graph.edges(data=name if name is not None else True))
    if not edges:
        return [], [], []
    us, vs, values = (list(column) for column in zip(*edges, strict=True))
    if name is not None and None in values:
        raise no_such_attribute(name, graph)
    return us, vs, values
