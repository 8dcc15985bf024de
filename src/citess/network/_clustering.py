"""Clustering: how often two contacts of a node are tied to each other."""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Generic, Literal

from attrs import frozen

from citess.network._arrays import TieArrays, read
from citess.network._extra import fast
from citess.network._ties import N, Ties
from citess.network._triangles import Upward

if TYPE_CHECKING:
    import networkx as nx

    from citess.network._arrays import Whole


@frozen(kw_only=True, eq=False)
class Clustering(Generic[N]):
    """Closed and open triples of a graph, node by node and in all."""

    triangles: "Mapping[N, int]"
    """How many triangles each node belongs to."""

    contacts: "Mapping[N, int]"
    """How many other nodes each node is tied to."""

    local: "Mapping[N, float | None]"
    """Share of the pairs of contacts that are tied; ``None`` below two contacts."""

    transitivity: float | None
    """Three times the triangles over all triples; ``None`` where there is no triple."""

    def mean(self, *, few: Literal["zero", "leave out"]) -> float | None:
        """Mean of the local shares, as Watts and Strogatz.

        Parameters
        ----------
        few
            What nodes with fewer than two contacts count: ``"zero"`` as networkx does,
            ``"leave out"`` as igraph does by default. There is no silent choice.

        Raises
        ------
        ValueError
            When ``few`` is neither.

        Examples
        --------
        >>> import networkx as nx
        >>> found = clustering(nx.lollipop_graph(3, 1))
        >>> round(found.mean(few="zero"), 4), round(found.mean(few="leave out"), 4)
        (0.5833, 0.7778)
        """
        if few not in ("zero", "leave out"):
            msg = f"few must be 'zero' or 'leave out', not {few!r}"
            raise ValueError(msg)
        known = [share for share in self.local.values() if share is not None]
        over = len(known) if few == "leave out" else len(self.local)
        return math.fsum(known) / over if over else None


def clustering(graph: "nx.Graph[N] | TieArrays[N]") -> Clustering[N]:
    """Clustering of each node and of the whole graph.

    Ties count once whatever their direction; loops are left out and parallel ties merged.

    Raises
    ------
    TypeError
        When ``graph`` is no graph.

    References
    ----------
    Watts, D. and Strogatz, S. (1998), doi:10.1038/30918.

    Examples
    --------
    >>> import networkx as nx
    >>> found = clustering(nx.lollipop_graph(3, 1))
    >>> found.local
    {0: 1.0, 1: 1.0, 2: 0.3333333333333333, 3: None}
    >>> found.transitivity, clustering(nx.empty_graph(2)).transitivity
    (0.6, None)
    """
    ties = read(graph)
    closed: list[int]
    contacts: list[int]
    if isinstance(ties, TieArrays):
        closed, contacts = (column.tolist() for column in by_arrays(ties))
    else:
        closed, contacts = by_hand(ties)
    local = [
        None if k < 2 else t / (k * (k - 1) / 2)  # noqa: PLR2004  (a pair)
        for t, k in zip(closed, contacts, strict=True)
    ]
    triples = sum(k * (k - 1) // 2 for k in contacts)
    return Clustering(
        triangles=dict(zip(ties.nodes, closed, strict=True)),
        contacts=dict(zip(ties.nodes, contacts, strict=True)),
        local=dict(zip(ties.nodes, local, strict=True)),
        transitivity=sum(closed) / triples if triples else None,
    )


def by_hand(ties: Ties[Any]) -> tuple[list[int], list[int]]:
    """Triangles and contacts of each node, in plain Python."""
    rows = ties.mutual().rows
    closed = [sum(len(row.keys() & rows[j].keys()) for j in row) // 2 for row in rows]
    return closed, [len(row) for row in rows]


def by_arrays(ties: TieArrays[Any]) -> "tuple[Whole, Whole]":
    """The same by arrays."""
    np = fast("numpy")
    up = Upward.of(ties, None)
    n = up.size
    closed = np.zeros(n, dtype=np.int64)
    for a, b, _ in up.batches():
        for end in (up.tail[a], up.head[a], up.head[b]):
            closed += np.bincount(end, minlength=n)
    rows, heads, _ = up.dense()
    if len(rows):
        k = n - up.core
        table = np.zeros((k, k), dtype=np.float32)
        table[rows, heads] = 1.0
        table[heads, rows] = 1.0
        both = (table @ table) * table
        closed[up.core :] += both.sum(axis=1, dtype=np.float64).astype(np.int64) // 2
    contacts = np.bincount(up.tail, minlength=n) + np.bincount(up.head, minlength=n)
    placed = np.empty((2, n), dtype=np.int64)
    placed[:, up.order] = closed, contacts
    return placed[0], placed[1]
