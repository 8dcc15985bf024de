"""One-mode projection of a graph with two sides, with named weights."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, cast, get_args

from citess.errors import suggest
from citess.network._arguments import listed
from citess.network._arrays import TieArrays, read
from citess.network._extra import fast
from citess.network._ties import N, Ties, no_such_node

if TYPE_CHECKING:
    import networkx as nx

ProjectionWeight: TypeAlias = Literal["count", "jaccard", "newman", "overlap"]
PROJECTION_WEIGHTS: Final[tuple[str, ...]] = get_args(ProjectionWeight)
_BLOCK = 1 << 22


def project(
    graph: "nx.Graph[N] | TieArrays[N]",
    onto: Iterable[N],
    weight: ProjectionWeight = "count",
) -> "nx.Graph[N]":
    """Ties between nodes of one side that share nodes of the other.

    Every edge of the result carries the weight under its own name: ``count`` is the number of nodes
    they share; ``jaccard`` that over all that either is tied to; ``newman`` the sum over shared
    nodes of 1 over their degree less 1; ``overlap`` the number over the lower of both degrees.
    Nodes that share nothing stay, without ties; attributes of nodes are kept. One node of the other
    side with k ties makes k (k - 1) / 2 ties here. Direction is ignored, parallel ties are merged.

    Parameters
    ----------
    graph
        A networkx graph or :class:`TieArrays` whose ties go between two sides only.
    onto
        Nodes of one side.
    weight
        ``"count"``, ``"jaccard"``, ``"newman"`` or ``"overlap"``.

    Raises
    ------
    TypeError
        When ``graph`` is no graph.
    ValueError
        When ``onto`` names a node that is not in the graph, a tie stays on one side, or the weight
        is unknown.

    References
    ----------
    Newman, M. (2001), doi:10.1103/PhysRevE.64.016132.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.Graph([("a", "fair"), ("b", "fair"), ("b", "school"), ("c", "school")])
    >>> project(graph, ["a", "b", "c"], "jaccard").edges(data=True)
    EdgeDataView([('a', 'b', {'jaccard': 0.5}), ('b', 'c', {'jaccard': 0.5})])
    """
    import networkx as nx  # noqa: PLC0415  (slow to import, needed here only)

    found: nx.Graph[N] = nx.Graph()
    ties = read(graph)
    nodes = tuple(ties.nodes)
    chosen = _side(nodes, onto)
    if isinstance(graph, TieArrays):
        found.add_nodes_from(nodes[at] for at in chosen)
    else:
        found.add_nodes_from((nodes[at], graph.nodes[nodes[at]]) for at in chosen)
    _check(weight)
    for part in _parts(ties, chosen, weight):
        found.add_edges_from(
            (
                nodes[chosen[a]],
                nodes[chosen[b]],
                {weight: int(value) if weight == "count" else value},
            )
            for a, b, value in part
        )
    return found


def project_arrays(
    ties: TieArrays[N], onto: Iterable[N], weight: ProjectionWeight = "count"
) -> TieArrays[N]:
    """The same projection as arrays, for millions of ties (extra ``fast``).

    See :func:`project` for weights and errors.

    Raises
    ------
    TypeError
        When ``ties`` are no :class:`TieArrays`.

    Examples
    --------
    >>> ties = TieArrays.from_edges(["a", "b"], ["fair", "fair"])
    >>> project_arrays(ties, ["a", "b"])
    TieArrays: 2 nodes, 1 tie with 'count'
    """
    sparse, np = fast("scipy.sparse"), fast("numpy")
    if not isinstance(cast("object", ties), TieArrays):
        msg = f"ties must be TieArrays, not {type(ties).__name__}; project() takes a graph"
        raise TypeError(msg)
    _check(weight)
    chosen = _side(tuple(ties.nodes), onto)
    blocks = list(_blocks(ties, chosen, weight))
    k = len(chosen)
    columns = [
        np.concatenate([block[n] for block in blocks]) if blocks else np.empty(0, np.int32)
        for n in range(3)
    ]
    starts = np.concatenate(([0], np.cumsum(np.bincount(columns[0], minlength=k))))
    upper = sparse.csr_array(
        (columns[2].astype(np.float64), columns[1], starts.astype(np.int64)), shape=(k, k)
    )
    lower = upper.T.tocsr()
    table = lower.T.tocsr() + lower
    return TieArrays(
        nodes=[ties.nodes[at] for at in chosen], starts=table.indptr, heads=table.indices,
        values=table.data, name=weight,
    )  # fmt: skip


def _check(weight: str) -> None:
    if weight not in PROJECTION_WEIGHTS:
        near = suggest(str(weight), PROJECTION_WEIGHTS)
        hint = f"; did you mean {near!r}?" if near else ""
        msg = f"weight must be one of {', '.join(PROJECTION_WEIGHTS)}, not {weight!r}{hint}"
        raise ValueError(msg)


def _side(nodes: Sequence[Hashable], onto: Iterable[Hashable]) -> list[int]:
    at = {node: n for n, node in enumerate(nodes)}
    found: list[int] = []
    for node in listed("onto", onto):
        if node not in at:
            raise no_such_node("onto", node, nodes)
        found.append(at[node])
    return found


def _one_side(nodes: Sequence[object], a: int, b: int) -> ValueError:
    return ValueError(
        f"the tie {nodes[a]!r} to {nodes[b]!r} stays on one side; onto must name all nodes of one "
        "side, and ties go between two sides only"
    )


def _parts(
    ties: "Ties[N] | TieArrays[N]", chosen: Sequence[int], weight: str
) -> Iterator[Iterable[tuple[int, int, float]]]:
    if isinstance(ties, TieArrays):
        np = fast("numpy")
        for block in _blocks(ties, chosen, weight):
            order = np.lexsort((block[1], block[0]))
            yield zip(*(column[order].tolist() for column in block), strict=True)
    else:
        yield by_hand(ties, chosen, weight)


def by_hand(ties: Ties[Any], chosen: Sequence[int], weight: str) -> list[tuple[int, int, float]]:
    """Pairs of positions in ``chosen`` and their weight, in plain Python."""
    rows = ties.mutual().rows
    place = {at: n for n, at in enumerate(chosen)}
    for a, row in enumerate(rows):
        for b in row:
            if (a in place) == (b in place):
                raise _one_side(ties.nodes, a, b)
    found: list[tuple[int, int, float]] = []
    for n, at in enumerate(chosen):
        shared: dict[int, int] = {}
        sums: dict[int, float] = {}
        for middle in rows[at]:
            for other in rows[middle]:
                b = place[other]
                if b > n:
                    shared[b] = shared.get(b, 0) + 1
                    sums[b] = sums.get(b, 0.0) + 1 / (len(rows[middle]) - 1)
        for b in sorted(shared):
            mine, theirs = len(rows[at]), len(rows[chosen[b]])
            value = {
                "count": float(shared[b]),
                "jaccard": shared[b] / (mine + theirs - shared[b]),
                "newman": sums[b],
                "overlap": shared[b] / min(mine, theirs),
            }[weight]
            found.append((n, b, value))
    return found


def _blocks(
    ties: TieArrays[Any], chosen: Sequence[int], weight: str
) -> Iterator[tuple[Any, Any, Any]]:
    """Upper pairs and their weight, in blocks of rows that fit in memory."""
    np, sparse = fast("numpy"), fast("scipy.sparse")
    n, k = len(ties.nodes), len(chosen)
    place = np.full(n, -1, dtype=np.int32)
    place[np.asarray(chosen, dtype=np.int64)] = np.arange(k, dtype=np.int32)
    tails, heads = ties.tails(), ties.heads
    mine = place[tails] >= 0
    wrong = mine == (place[heads] >= 0)
    if wrong.any():
        first = int(np.argmax(wrong))
        raise _one_side(ties.nodes, int(tails[first]), int(heads[first]))
    if ties.directed:
        rows = np.concatenate((place[tails[mine]], place[heads[~mine]]))
        columns = np.concatenate((heads[mine], tails[~mine]))
    else:
        rows, columns = place[tails[mine]], heads[mine]
    left = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(k, n))
    left.data[:] = 1.0
    degree = np.diff(left.indptr)
    middle = np.bincount(left.indices, minlength=n)
    right = left.T.tocsr()
    if weight == "newman":
        left.data /= np.maximum(middle[left.indices] - 1, 1)
    work = np.cumsum(np.bincount(np.repeat(np.arange(k), degree), middle[left.indices], k))
    start = 0
    while start < k:
        done = work[start - 1] if start else 0.0
        stop = max(start + 1, int(np.searchsorted(work, done + _BLOCK, side="right")))
        product = (left[start:stop] @ right).tocsr()
        a = np.repeat(np.arange(start, stop, dtype=np.int32), np.diff(product.indptr))
        upper = a < product.indices
        a, b, value = a[upper], product.indices[upper], product.data[upper]
        if weight == "jaccard":
            value = value / (degree[a] + degree[b] - value)
        elif weight == "overlap":
            value = value / np.minimum(degree[a], degree[b])
        if len(a):
            yield a, b, value
        start = stop
