"""Who joins the sectors: betweenness over pairs of nodes of different sectors."""

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Any

from citess.errors import suggest
from citess.network._arrays import TieArrays, read
from citess.network._extra import fast
from citess.network._ties import N, Ties, sectors_of

if TYPE_CHECKING:
    import networkx as nx

_WIDE = 1_000
_SCALES = (1.0, 2.0, 4.0, 16.0, 256.0)


def cross_sector_betweenness(
    graph: "nx.Graph[N] | TieArrays[N]",
    sector: "str | Mapping[N, object]" = "sector",
    *,
    distance: str | None = None,
    normalised: bool = True,
    sources: "Iterable[N] | None" = None,
) -> "dict[N, float | None]":
    """How often each node stands between nodes of different sectors.

    The sum over pairs of nodes of different sectors of the share of their shortest paths that pass
    through the node; a pair without direction counts once, one with direction each way. Normalised,
    it is divided by the number of such pairs among the *other* nodes, so that a node on every such
    path has 1; a node without such pairs has ``None``. Nodes of unknown sector are the end of no
    pair, yet may stand between. Loops are left out; parallel ties are merged.

    Parameters
    ----------
    graph
        A networkx graph of any kind, or :class:`TieArrays`.
    sector
        Name of the attribute of nodes that holds their sector, or a mapping from nodes to sectors.
    distance
        Name of the attribute that holds the length of a tie, a positive finite number; ``None``
        gives every tie the length 1.
    normalised
        Whether to divide by the number of pairs.
    sources
        Nodes from which paths start, to estimate large graphs: the sum over them is scaled by the
        number of nodes over theirs. ``None`` takes every node and is exact.

    Raises
    ------
    TypeError
        When ``graph`` is no graph, or ``sector`` neither a name nor a mapping.
    ValueError
        When no node has a sector, a tie lacks its distance, or a source is not in the graph.

    References
    ----------
    Brandes, U. (2001), doi:10.1080/0022250X.2001.9990249, restricted to pairs across sectors.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.path_graph(["town", "hub", "bank"])
    >>> sectors = {"town": "public", "hub": "sse", "bank": "private"}
    >>> cross_sector_betweenness(graph, sectors)
    {'town': 0.0, 'hub': 1.0, 'bank': 0.0}
    """
    ties = read(graph, distance=distance)
    nodes = tuple(ties.nodes)
    sectors = sectors_of(graph, nodes, sector)
    starts = range(len(nodes)) if sources is None else _positions(nodes, sources)
    if isinstance(ties, TieArrays):
        if distance is None:
            sums: Sequence[float] = by_arrays(ties, sectors, starts).tolist()
        else:
            sums = by_hand(ties.plain(), sectors, starts, lengths=True)
    else:
        sums = by_hand(ties, sectors, starts, lengths=distance is not None)
    scale = 1.0 if ties.directed else 0.5
    if sources is not None and len(starts):
        scale *= len(nodes) / len(starts)
    if not normalised:
        return {node: scale * total for node, total in zip(nodes, sums, strict=True)}
    pairs = _pairs(sectors, 1 if ties.directed else 2)
    return {
        node: scale * total / count if count else None
        for node, total, count in zip(nodes, sums, pairs, strict=True)
    }


def _positions(nodes: Sequence[Hashable], wanted: Iterable[Hashable]) -> list[int]:
    at = {node: n for n, node in enumerate(nodes)}
    found: list[int] = []
    for node in dict.fromkeys(wanted):
        if node not in at:
            near = suggest(str(node), [str(known) for known in nodes])
            hint = f"; did you mean {near!r}?" if near else f"; it has {len(nodes)} nodes"
            msg = f"sources names {node!r}, which is not in the graph{hint}"
            raise ValueError(msg)
        found.append(at[node])
    return found


def _pairs(sectors: Sequence[int], each: int) -> list[int]:
    """Pairs of different sectors among the other nodes, for each node."""
    sizes = Counter(number for number in sectors if number >= 0)
    total = sum(sizes.values())
    ordered = total**2 - sum(size**2 for size in sizes.values())
    return [
        (ordered - (2 * (total - sizes[number]) if number >= 0 else 0)) // each
        for number in sectors
    ]


def by_hand(
    ties: Ties[Any], sectors: Sequence[int], sources: Iterable[int], *, lengths: bool
) -> list[float]:
    """Sums over the sources in plain Python; paths are counted exactly, however many."""
    sums = [0.0] * len(sectors)
    for source in sources:
        own = sectors[source]
        if own < 0:
            continue
        order, before, paths = _dijkstra(ties, source) if lengths else _levels(ties, source)
        behind = [0.0] * len(sectors)
        for w in reversed(order[1:]):
            goal = sectors[w] >= 0 and sectors[w] != own
            for v in before[w]:
                behind[v] += paths[v] / paths[w] * (goal + behind[w])
            sums[w] += behind[w]
    return sums


def _levels(ties: Ties[Any], source: int) -> tuple[list[int], dict[int, list[int]], dict[int, int]]:
    far = {source: 0}
    paths = {source: 1}
    before: dict[int, list[int]] = {}
    order = [source]
    for v in order:
        for w in ties.rows[v]:
            if w not in far:
                far[w] = far[v] + 1
                paths[w] = 0
                before[w] = []
                order.append(w)
            if far[w] == far[v] + 1:
                paths[w] += paths[v]
                before[w].append(v)
    return order, before, paths


def _dijkstra(
    ties: Ties[Any], source: int
) -> tuple[list[int], dict[int, list[int]], dict[int, int]]:
    far = {source: 0.0}
    paths = {source: 1}
    before: dict[int, list[int]] = {}
    order: list[int] = []
    done: set[int] = set()
    queue = [(0.0, source)]
    while queue:
        here, v = heappop(queue)
        if v in done:
            continue
        done.add(v)
        order.append(v)
        for w, length in ties.rows[v].items():
            reach = here + length
            if w in done:
                continue
            if w in far and math.isclose(reach, far[w], rel_tol=1e-12):
                paths[w] += paths[v]
                before[w].append(v)
            elif w not in far or reach < far[w]:
                far[w] = reach
                paths[w] = paths[v]
                before[w] = [v]
                heappush(queue, (reach, w))
    return order, before, paths


def by_arrays(ties: TieArrays[Any], sectors: Sequence[int], sources: Iterable[int]) -> Any:
    """The same sums by arrays: shortest paths are counted by solving triangular systems."""
    np, sparse = fast("numpy"), fast("scipy.sparse")
    n = len(ties.nodes)
    of = np.asarray(sectors, dtype=np.int64)
    sums = np.zeros(n)
    if not len(ties.heads):
        return sums
    table = sparse.csr_array((np.ones(len(ties.heads)), ties.heads, ties.starts), shape=(n, n))
    tails = ties.tails()
    for source in sources:
        own = of[source]
        if own < 0:
            continue
        order, level = _search(table, source)
        goal = ((of >= 0) & (of != own))[order].astype(np.float64)
        behind = _behind(ties, tails, order, level, goal)
        if behind is None:
            exact = by_hand(ties.plain(), sectors, [source], lengths=False)
            sums += np.asarray(exact)
            continue
        behind[0] = 0.0
        sums[order] += behind
    return sums


def _search(table: Any, source: int) -> tuple[Any, Any]:
    """Nodes by distance from the source, and that distance."""
    np = fast("numpy")
    graphs = fast("scipy.sparse.csgraph")
    order, before = graphs.breadth_first_order(table, source, directed=True)
    place = np.empty(table.shape[0], dtype=np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    parent = place[before[order[1:]]]
    level = np.zeros(len(order), dtype=np.int32)
    first, depth = 1, 0
    while first < len(order) and depth < _WIDE:
        depth += 1
        level[first:] = depth
        first = 1 + int(np.searchsorted(parent, first))
    if first < len(order):
        above = parent.tolist()
        known = level.tolist()
        for at in range(first, len(order)):
            known[at] = known[above[at - 1]] + 1
        level = np.asarray(known, dtype=np.int32)
    return order, level


def _behind(ties: TieArrays[Any], tails: Any, order: Any, level: Any, goal: Any) -> Any:
    """How many goals each node stands before, by share of paths; nodes go by their place.

    Numbers of paths may exceed every float: they are scaled down by a power at each level, which
    leaves their ratios as they are. ``None`` where no scale helps.
    """
    np, sparse = fast("numpy"), fast("scipy.sparse")
    linear = fast("scipy.sparse.linalg")
    n, k = len(ties.nodes), len(order)
    place = np.full(n, -1, dtype=np.int32)
    place[order] = np.arange(k, dtype=np.int32)
    far = np.full(n, -5, dtype=np.int32)
    far[order] = level
    down = far[ties.heads] == far[tails] + 1
    a, b = place[tails[down]], place[ties.heads[down]]
    own = np.arange(k, dtype=np.int32)
    rows = np.concatenate((b, own))
    columns = np.concatenate((a, own))
    start = np.zeros(k)
    start[0] = 1.0
    for scale in _SCALES:
        data = np.concatenate((np.full(len(a), -1.0 / scale), np.ones(k)))
        system = sparse.csc_array((data, (rows, columns)), shape=(k, k))
        with np.errstate(all="ignore"):
            paths = linear.spsolve_triangular(system, start, lower=True, unit_diagonal=True)
            weight = linear.spsolve_triangular(
                system.T, goal / paths, lower=False, unit_diagonal=True
            )
            behind = paths * weight - goal
        if np.isfinite(behind).all():
            return np.maximum(behind, 0.0)
    return None
