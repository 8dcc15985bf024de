"""Who joins the sectors: betweenness over pairs of nodes of different sectors."""

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Any

from citess.network._arguments import listed
from citess.network._arrays import TieArrays, read
from citess.network._extra import fast
from citess.network._ties import N, Ties, no_such_node, sectors_of

if TYPE_CHECKING:
    import networkx as nx

_LEVELS = 1_500
_HUGE = 1e100
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
    pair, yet may stand between. Loops are left out; parallel ties are merged; a tie of a graph with
    direction that has none (``directed=False``) goes both ways.

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
    ties = read(graph, distance=distance, follows=True)
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
    for node in listed("sources", wanted):
        if node not in at:
            raise no_such_node("sources", node, nodes)
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
    """The same sums by arrays."""
    np, sparse = fast("numpy"), fast("scipy.sparse")
    n = len(ties.nodes)
    of = np.asarray(sectors, dtype=np.int64)
    sums = np.zeros(n)
    if not len(ties.heads):
        return sums
    table = sparse.csr_array((np.ones(len(ties.heads)), ties.heads, ties.starts), shape=(n, n))
    place = np.empty(n, dtype=np.int32)
    for source in sources:
        own = of[source]
        if own < 0:
            continue
        order, parent = _search(table, source, place)
        goal = ((of >= 0) & (of != own))[order].astype(np.float64)
        bounds = _bounds(parent)
        if bounds is not None:
            behind = _by_level(*_downward(ties, order, place, _level(bounds)), bounds, goal)
        else:
            behind = _by_solving(*_downward(ties, order, place, _depth(parent)), goal)
        if behind is None:
            sums += np.asarray(by_hand(ties.plain(), sectors, [source], lengths=False))
        else:
            behind[0] = 0.0
            sums[order] += behind
    return sums


def _search(table: Any, source: int, place: Any) -> tuple[Any, Any]:
    """Nodes by distance from the source, and the place of the node before each in a tree."""
    np = fast("numpy")
    graphs = fast("scipy.sparse.csgraph")
    order, before = graphs.breadth_first_order(table, source, directed=True)
    place.fill(-1)
    place[order] = np.arange(len(order), dtype=np.int32)
    return order, place[before[order[1:]]]


def _bounds(parent: Any) -> "list[int] | None":
    """Where each distance starts and the last one ends; ``None`` where there are too many."""
    np = fast("numpy")
    k = len(parent) + 1
    bounds = [0, 1]
    while bounds[-1] < k:
        if len(bounds) > _LEVELS:
            return None
        bounds.append(1 + int(parent.searchsorted(np.int32(bounds[-1]))))
    return bounds


def _level(bounds: Sequence[int]) -> Any:
    np = fast("numpy")
    return np.repeat(np.arange(len(bounds) - 1, dtype=np.int32), np.diff(bounds))


def _depth(parent: Any) -> Any:
    """Distance of each place and one more, by solving for one more than that of its parent."""
    np = fast("numpy")
    k = len(parent) + 1
    start = np.ones(k)
    rows = np.arange(1, k, dtype=np.int32)
    return np.rint(_solve(_system(parent, rows, k, 1.0), start)).astype(np.int32)


def _downward(ties: TieArrays[Any], order: Any, place: Any, level: Any) -> tuple[Any, Any]:
    """Ties from one distance to the next, as places of both ends, by the nearer."""
    np = fast("numpy")
    first = ties.starts[order]
    count = ties.starts[order + 1] - first
    ends = np.cumsum(count, dtype=np.int64)
    index = np.arange(int(ends[-1]), dtype=np.int64) + np.repeat(first - (ends - count), count)
    near = np.repeat(np.arange(len(order), dtype=np.int32), count)
    far = place[ties.heads[index]]
    down = level[far] > level[near]
    return near[down], far[down]


def _by_level(near: Any, far: Any, bounds: Sequence[int], goal: Any) -> Any:
    """How many goals each place stands before, distance by distance.

    Numbers of paths may exceed every float; each distance is scaled by its largest. ``None`` where
    even so one vanishes.
    """
    np = fast("numpy")
    paths = np.ones(len(goal))
    cuts = np.searchsorted(near, bounds).tolist()
    steps = range(len(bounds) - 2)
    scales = [1.0] * (len(bounds) - 1)
    for step in steps:
        ties = slice(cuts[step], cuts[step + 1])
        low, high = bounds[step + 1], bounds[step + 2]
        found = np.bincount(far[ties] - low, paths[near[ties]], high - low)
        largest = float(found.max())
        if largest > _HUGE:
            scales[step + 1] = largest
            found /= largest
        paths[low:high] = found
    if not paths.all():
        return None
    behind = np.zeros(len(goal))
    for step in reversed(steps):
        ties = slice(cuts[step], cuts[step + 1])
        low, high = bounds[step], bounds[step + 1]
        ahead = slice(high, bounds[step + 2])
        weight = (goal[ahead] + behind[ahead]) / paths[ahead]
        sums = np.bincount(near[ties] - low, weight[far[ties] - high], high - low)
        behind[low:high] = sums * paths[low:high] / scales[step + 1]
    return behind


def _by_solving(near: Any, far: Any, goal: Any) -> Any:
    """The same where distances are many and narrow, by two triangular systems."""
    np = fast("numpy")
    k = len(goal)
    start = np.zeros(k)
    start[0] = 1.0
    for scale in _SCALES:
        system = _system(near, far, k, 1 / scale)
        with np.errstate(all="ignore"):
            paths = _solve(system, start)
            behind = paths * _solve(system.T, goal / paths) - goal
        if np.isfinite(behind).all():
            return np.maximum(behind, 0.0)
    return None


def _system(columns: Any, rows: Any, k: int, step: float) -> Any:
    """Each place less ``step`` times those before it; columns ascend."""
    np, sparse = fast("numpy"), fast("scipy.sparse")
    own = np.arange(k, dtype=np.int32)
    at = np.searchsorted(columns, own).astype(np.int32) + own
    data = np.full(len(rows) + k, -step)
    data[at] = 1.0
    heads = np.empty(len(data), dtype=np.int32)
    heads[at] = own
    heads[np.arange(1, len(rows) + 1, dtype=np.int32) + columns] = rows
    starts = np.append(at, np.int32(len(data)))
    return sparse.csc_array((data, heads, starts), shape=(k, k))


def _solve(system: Any, right: Any) -> Any:
    linear = fast("scipy.sparse.linalg")
    lower = system.format == "csc"
    return linear.spsolve_triangular(system, right, lower=lower, unit_diagonal=True)
