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

    One search tells for every node into which parts its component falls, so the time grows with
    nodes and ties and not with their product. Direction is ignored. The only node of a graph
    leaves nothing: 0.

    Raises
    ------
    TypeError
        When ``graph`` is no graph.

    References
    ----------
    Hopcroft, J. and Tarjan, R. (1973), doi:10.1145/362248.362272; Tarjan, R. and Vishkin, U.
    (1985), doi:10.1137/0214061.

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
    place: dict[int, int] = {}
    order: list[int] = []
    parent: list[int] = []
    low: list[int] = []
    for root in range(n):
        if root in place:
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
                if other not in place:
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
    return _left(order, parent, *_cuts(order, parent, low))


def by_arrays(ties: TieArrays[Any]) -> list[int]:
    """The same by the blocks of Tarjan and Vishkin, over a tree in breadth.

    The search in depth of scipy begins the row of a node anew at each return, which is quadratic at
    hubs. A node that is added is tied to one node of each component, so that one search finds all.
    """
    np, graphs = fast("numpy"), fast("scipy.sparse.csgraph")
    n = len(ties.nodes)
    if not n:
        return []
    starts, heads, tails = mutual_rows(ties)
    _, part = graphs.connected_components(_table(starts, heads), directed=False)
    _, first = np.unique(part, return_index=True)
    joined = _table(
        np.concatenate((starts, [len(heads) + len(first)])),
        np.concatenate((heads, first.astype(heads.dtype))),
    )
    order, before = graphs.breadth_first_order(joined, n, directed=True)
    order = order[1:]
    place = np.empty(n, dtype=np.int64)
    place[order] = np.arange(n)
    above = before[order]
    root = above == n
    parent = np.where(root, np.arange(n), place[np.where(root, 0, above)])
    listed: list[int] = parent.tolist()
    size = _below(listed)
    block = _blocks(place[tails], place[heads], parent, np.asarray(size), _numbers(listed, size))
    hangs = np.flatnonzero(~root & (root[parent] | (block != block[parent])))
    keys, group = np.unique(parent[hangs] * (n + 1) + block[hangs], return_inverse=True)
    pieces = np.bincount(group, np.asarray(size)[hangs], len(keys)).astype(np.int64)
    cut, largest = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    np.add.at(cut, keys // (n + 1), pieces)
    np.maximum.at(largest, keys // (n + 1), pieces)
    return _left(order.tolist(), listed, size, cut.tolist(), largest.tolist())


def _table(starts: Any, heads: Any) -> Any:
    np, sparse = fast("numpy"), fast("scipy.sparse")
    n = len(starts) - 1
    return sparse.csr_array((np.ones(len(heads)), heads, starts), shape=(n, n))


def _below(parent: Sequence[int]) -> list[int]:
    """Nodes of the branch that starts at each place; parents come first."""
    size = [1] * len(parent)
    for at in range(len(parent) - 1, -1, -1):
        if parent[at] != at:
            size[parent[at]] += size[at]
    return size


def _numbers(parent: Sequence[int], size: Sequence[int]) -> list[int]:
    """A number for each place, so that those of a branch follow each other."""
    number = [0] * len(parent)
    free = [0] * len(parent)
    total = 0
    for at, up in enumerate(parent):
        if up == at:
            number[at] = total
            total += size[at]
        else:
            number[at] = free[up]
            free[up] += size[at]
        free[at] = number[at] + 1
    return number


def _blocks(tail: Any, head: Any, parent: Any, size: Any, numbers: Sequence[int]) -> Any:
    """Which block the tie of each place to its parent belongs to."""
    np, sparse = fast("numpy"), fast("scipy.sparse")
    graphs = fast("scipy.sparse.csgraph")
    n = len(parent)
    number = np.asarray(numbers)
    free = (parent[tail] != head) & (parent[head] != tail)
    tail, head = tail[free], head[free]
    low, high = number.copy(), number.copy()
    np.minimum.at(low, tail, number[head])
    np.maximum.at(high, tail, number[head])
    least, most = low.tolist(), high.tolist()
    for at, up in zip(range(n - 1, -1, -1), parent[::-1].tolist(), strict=True):
        least[up] = min(least[up], least[at])
        most[up] = max(most[up], most[at])
    across = number[tail] + size[tail] <= number[head]
    own = np.arange(n)
    up = parent[parent] != parent
    start, end = number[parent], number[parent] + size[parent]
    up &= (np.asarray(least) < start) | (np.asarray(most) >= end)
    rows = np.concatenate((tail[across], own[up]))
    columns = np.concatenate((head[across], parent[up]))
    joins = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(n, n))
    return graphs.connected_components(joins, directed=False)[1].astype(np.int64)


def _cuts(
    order: Sequence[int], parent: Sequence[int], low: list[int]
) -> tuple[list[int], list[int], list[int]]:
    """Sizes of branches, of all that falls off each place, and of the largest of it."""
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
    return size, cut, largest


def _left(
    order: Sequence[int],
    parent: Sequence[int],
    size: Sequence[int],
    cut: Sequence[int],
    largest: Sequence[int],
) -> list[int]:
    """Largest component without each node, from what falls off it."""
    n = len(order)
    whole = list(size)
    for at, up in enumerate(parent):
        whole[at] = whole[up]
    tops = sorted(size[at] for at in range(n) if parent[at] == at)[-2:]
    found = [0] * n
    for at, node in enumerate(order):
        others = tops[-1]
        if whole[at] == tops[-1]:
            others = tops[0] if len(tops) > 1 else 0
        found[node] = max(largest[at], whole[at] - 1 - cut[at], others)
    return found
