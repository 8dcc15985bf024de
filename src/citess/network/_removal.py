"""What is left together when a node leaves, for every node in one pass over the ties."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from citess.network._arrays import TieArrays, read
from citess.network._extra import fast
from citess.network._robustness import mutual_rows
from citess.network._ties import N, Ties

if TYPE_CHECKING:
    import networkx as nx


def largest_component_without(graph: "nx.Graph[N] | TieArrays[N]") -> dict[N, int]:
    """Nodes in the largest component that is left after each node leaves alone.

    One search in depth tells for every node into which parts its component falls, so the time grows
    with nodes and ties and not with their product. Direction is ignored. The only node of a graph
    leaves nothing: 0.

    Raises
    ------
    TypeError
        When ``graph`` is no graph.

    References
    ----------
    Hopcroft, J. and Tarjan, R. (1973), doi:10.1145/362248.362272.

    Examples
    --------
    >>> import networkx as nx
    >>> largest_component_without(nx.star_graph(3))
    {0: 1, 1: 3, 2: 3, 3: 3}
    """
    ties = read(graph)
    found = by_arrays(ties) if isinstance(ties, TieArrays) else by_hand(ties)
    return dict(zip(ties.nodes, found, strict=True))


def by_hand(ties: Ties[Any]) -> list[int]:
    """The same in plain Python."""
    rows = ties.mutual().rows
    n = len(rows)
    place = [-1] * n
    order: list[int] = []
    parent: list[int] = []
    low: list[int] = []
    for root in range(n):
        if place[root] >= 0:
            continue
        place[root] = len(order)
        order.append(root)
        parent.append(place[root])
        low.append(place[root])
        trail = [(root, iter(rows[root]))]
        while trail:
            at, others = trail[-1]
            here = place[at]
            for other in others:
                if place[other] < 0:
                    place[other] = len(order)
                    order.append(other)
                    parent.append(here)
                    low.append(place[other])
                    trail.append((other, iter(rows[other])))
                    break
                if place[other] != parent[here]:
                    low[here] = min(low[here], place[other])
            else:
                trail.pop()
    return _left(order, parent, low)


def by_arrays(ties: TieArrays[Any]) -> list[int]:
    """The same with the search in depth of scipy.

    A node that is added is tied to one node of each component, so that one search finds all.
    """
    np, sparse = fast("numpy"), fast("scipy.sparse")
    graphs = fast("scipy.sparse.csgraph")
    n = len(ties.nodes)
    if not n:
        return []
    starts, heads, tails = mutual_rows(ties)
    _, part = graphs.connected_components(_table(sparse, np, starts, heads), directed=False)
    _, first = np.unique(part, return_index=True)
    joined = _table(
        sparse,
        np,
        np.concatenate((starts, [len(heads) + len(first)])),
        np.concatenate((heads, first.astype(heads.dtype))),
    )
    order, before = graphs.depth_first_order(joined, n, directed=True)
    order = order[1:]
    place = np.empty(n, dtype=np.int64)
    place[order] = np.arange(n)
    low = np.arange(n)
    back = heads != before[tails]
    np.minimum.at(low, place[tails[back]], place[heads[back]])
    above = before[order]
    root = above == n
    parent = np.where(root, np.arange(n), place[np.where(root, 0, above)])
    return _left(order.tolist(), parent.tolist(), low.tolist())


def _table(sparse: Any, np: Any, starts: Any, heads: Any) -> Any:
    n = len(starts) - 1
    return sparse.csr_array((np.ones(len(heads)), heads, starts), shape=(n, n))


def _left(order: Sequence[int], parent: Sequence[int], low: list[int]) -> list[int]:
    """Sizes from a search in depth: places of parents, and the first place reached from below."""
    n = len(order)
    size = [1] * n
    cut = [0] * n
    largest = [0] * n
    for at in range(n - 1, -1, -1):
        up = parent[at]
        if up == at:
            continue
        size[up] += size[at]
        if low[at] >= up:
            cut[up] += size[at]
            largest[up] = max(largest[up], size[at])
        else:
            low[up] = min(low[up], low[at])
    whole = list(size)
    for at, up in enumerate(parent):
        whole[at] = whole[up]
    roots = sorted((at for at in range(n) if parent[at] == at), key=size.__getitem__)
    tops = [size[root] for root in roots[-2:]]
    found = [0] * n
    for at, node in enumerate(order):
        others = tops[-1]
        if whole[at] == tops[-1]:
            others = tops[0] if len(tops) > 1 else 0
        found[node] = max(largest[at], whole[at] - 1 - cut[at], others)
    return found
