"""A network as a frame of edges, and what is asked of it."""

from typing import TYPE_CHECKING, Any, Final, cast

import narwhals.stable.v2 as nw
from attrs import frozen

from citess.metrics._registry import as_measure
from citess.metrics.edges._counts import EdgeCounts, Node
from citess.metrics.edges._door import (
    A,
    B,
    V,
    W,
    known,
)
from citess.metrics.edges._loops import components, pagerank
from citess.metrics.edges._plans import (
    arcs,
    ends,
)
from citess.metrics.edges._projection import CappedWeight, Projected, projected
from citess.metrics.frames._plan import Frame, distinct, grouped, rows
from citess.metrics.graphs.cohesion import fragmentation, fragmentation_of
from citess.network import TieArrays
from citess.network._arguments import is_number, is_whole

if TYPE_CHECKING:
    import networkx as nx

    from citess.metrics._measure import Measure

_ROUNDS: Final = 200


@frozen(kw_only=True)
class Settled:
    """What a loop came to."""

    frame: object
    """Frame of the nodes, of the engine of the edges."""

    rounds: int
    """Rounds that it took."""


class EdgeTable(EdgeCounts):
    """A network as a frame of edges, of pandas, Polars, PyArrow, DuckDB, ibis, Spark or Dask.

    One row is one tie. Parallel ties count once and loops do not, as in the metrics of graphs;
    strengths of parallel ties add. A tie of which an end is null is not known: it is counted as
    missing. Measures come back as of a graph; what is asked of nodes comes back as a frame of the
    same engine, lazy where the edges are lazy.

    Parameters
    ----------
    edges
        Frame with one row a tie.
    source
        Column of the nodes where ties start, text or whole numbers.
    target
        Column of the nodes where ties end.
    strength
        Column of the strength of ties; ``None`` lets every tied pair count once.
    directed
        Whether ties have a direction.
    nodes
        Frame with one row a node, of the same engine: nodes without ties, and sectors.
    node
        Column of ``nodes`` that names the node.
    sector
        Column of ``nodes`` that tells the sector.

    Raises
    ------
    TypeError
        When a frame is none, or a column is of a type that does not fit.
    ValueError
        When a column is lacking, a tie has no positive strength, a node has two sectors, or frames
        are of two engines.
    UnsupportedEngineError
        When citess does not know the engine.

    Examples
    --------
    >>> import polars as pl
    >>> from citess.metrics.edges import EdgeTable
    >>> ties = pl.DataFrame({"a": ["hub", "hub", "city"], "b": ["city", "firm", "hub"]})
    >>> table = EdgeTable(ties, source="a", target="b")
    >>> table.density().value
    0.6666666666666666
    >>> table.degrees().sort("node").rows()
    [('city', 1), ('firm', 1), ('hub', 2)]
    """

    __slots__ = ()

    def project(self, *, cap: int | None, weight: CappedWeight = "count") -> Projected:
        """Tie the nodes of the first column that share nodes of the second.

        A shared node of k ties makes k (k - 1) / 2 ties: those of more than ``cap`` are left out,
        and counted. The frame has ``one``, ``other`` and the weight under its name: ``count``,
        ``jaccard`` or ``newman``, as :func:`citess.network.project` of the graph without them.

        Raises
        ------
        ValueError
            When the cap is below 2, the weight is unknown, or a node stands on both sides.

        Examples
        --------
        >>> import polars as pl
        >>> seats = pl.DataFrame({"who": ["a", "b", "b", "c"], "board": ["x", "x", "y", "y"]})
        >>> found = EdgeTable(seats, source="who", target="board").project(cap=50)
        >>> sorted(found.frame.rows()), found.left_out
        ([('a', 'b', 1), ('b', 'c', 1)], 0)
        """
        self._possible("bipartite")
        frame, left_out, ties = projected(self._edges, cap, weight)
        return Projected(frame=self._given(frame), left_out=left_out, ties_left_out=ties)

    def pagerank(
        self, *, damping: float = 0.85, tolerance: float = 1e-10, rounds: int = _ROUNDS
    ) -> Settled:
        """PageRank of each node, as :func:`citess.network.pagerank` of the same graph.

        A loop: each round joins all ties, and is kept apart. Rounds stop when shares move by no
        more than ``tolerance`` in all, whatever the number of nodes.

        Raises
        ------
        ValueError
            When a number is out of its bounds, or shares still move after ``rounds``.
        """
        fits = is_number(damping) and is_number(tolerance) and is_whole(rounds)
        if not (fits and 0 <= damping < 1 and tolerance > 0 and rounds >= 1):
            msg = (
                "damping is from 0 to below 1, tolerance above 0 and rounds 1 or more, not "
                f"{damping!r}, {tolerance!r}, {rounds!r}"
            )
            raise ValueError(msg)
        frame, done = pagerank(
            self._nodes(), self._arcs(strength=self.strength is not None),
            damping=damping, tolerance=tolerance, most=rounds,
        )  # fmt: skip
        return Settled(frame=self._given(frame.rename({V: "node"})), rounds=done)

    def components(self, *, rounds: int = _ROUNDS) -> Settled:
        """Part of the network that each node is in, named by the least node in it.

        A loop whose rounds grow with the logarithm of the number of nodes, on long paths too.

        Raises
        ------
        ValueError
            When parts still join after ``rounds``, or those are no whole number of 1 or more.
        """
        frame, done = self._parts(rounds)
        return Settled(frame=self._given(frame.rename({V: "node"})), rounds=done)

    def _parts(self, rounds: int) -> "tuple[Frame, int]":
        if not (is_whole(rounds) and rounds >= 1):
            msg = f"rounds are 1 or more, in whole numbers, not {rounds!r}"
            raise ValueError(msg)
        return components(self._nodes(), self._pairs(), most=rounds)

    def fragmentation(self, *, rounds: int = _ROUNDS) -> "Measure":
        """Parts (N25), as :func:`citess.metrics.fragmentation` of the graph; isolates not by name.

        Raises
        ------
        ValueError
            When parts still join after ``rounds``, or those are no whole number of 1 or more.
        """
        frame, done = self._parts(rounds)
        sizes = grouped(frame, ("component",), {"k": ("len", "")}).select("k")
        by_size = {
            int(str(k)): int(str(n)) for k, n in rows(grouped(sizes, ("k",), {"n": ("len", "")}))
        }
        return as_measure(fragmentation, fragmentation_of(by_size, {"rounds": done}))

    def arrays(self) -> "TieArrays[Node]":
        """Ties as arrays, for kernels such as :func:`citess.network.constraint` (extra ``fast``).

        Raises
        ------
        MissingExtraError
            When the extra is not installed.
        """
        frame = self._edges.filter(known()).collect()
        columns = {name: _column(frame[name]) for name in frame.columns}
        more = self._listed is not None or self._missing()
        made: TieArrays[Node] = cast("Any", TieArrays).from_edges(
            columns[A],
            columns[B],
            strength=None if self.strength is None else {self.strength: columns[W]},
            nodes=[cast("Node", node) for (node,) in rows(self._nodes())] if more else None,
            directed=self.directed,
        )
        return made

    def around(self, node: Node) -> "nx.Graph[Node]":
        """Ties of a node and of its contacts, as a graph: all that its constraint depends on.

        Strengths of parallel ties are added, under the name of their column.

        Raises
        ------
        TypeError
            When the node is not named as those of the ties are.
        ValueError
            When the node has no tie.

        Examples
        --------
        >>> import polars as pl
        >>> from citess.network import constraint
        >>> ties = pl.DataFrame({"a": ["hub", "hub", "far"], "b": ["city", "firm", "off"]})
        >>> circle = EdgeTable(ties, source="a", target="b").around("hub")
        >>> sorted(circle), constraint(circle)["hub"]
        (['city', 'firm', 'hub'], 0.5)
        """
        import networkx as nx  # noqa: PLC0415  (slow to import, needed here only)

        text = isinstance(self._edges.collect_schema()[A], nw.String)
        asked = cast("object", node)
        if isinstance(asked, bool) or not isinstance(asked, str if text else int):
            wanted = "text" if text else "a whole number"
            msg = f"node must be {wanted}, as the nodes of these ties are, not {node!r}"
            raise TypeError(msg)
        mine = self._pairs().filter((nw.col("lo") == node) | (nw.col("hi") == node))
        circle = [one for (one,) in rows(distinct(ends(mine), (V,)))]
        if not circle:
            msg = f"no tie is known of the node {node!r}"
            raise ValueError(msg)
        near = self._edges.filter(nw.col(A).is_in(circle) | nw.col(B).is_in(circle))
        found: nx.Graph[Node] = nx.DiGraph() if self.directed else nx.Graph()
        ties = arcs(near, strength=self.strength is not None, directed=True)
        for one, other, value in rows(ties.select(A, B, W)):
            a, b = cast("Node", one), cast("Node", other)
            found.add_edge(a, b)
            if self.strength is not None:
                facts = found.edges[a, b]
                facts[self.strength] = facts.get(self.strength, 0.0) + cast("float", value)
        return found


def _column(series: nw.Series[Any]) -> Any:
    return series.to_list() if isinstance(series.dtype, nw.String) else series.to_numpy()


__all__ = ["EdgeTable", "Node", "Settled"]
