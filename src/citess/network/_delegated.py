"""Questions that rustworkx answers for large graphs and networkx for small ones."""

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, cast

from citess.network._arrays import TieArrays, read
from citess.network._extra import fast
from citess.network._robustness import mutual_rows
from citess.network._ties import N, Ties

if TYPE_CHECKING:
    import networkx as nx


def components(graph: "nx.Graph[N] | TieArrays[N]") -> "list[frozenset[N]]":
    """Parts of a graph that hang together, largest first.

    Direction is ignored. Parts of one size stand in the order of their first node in the graph.

    Raises
    ------
    TypeError
        When ``graph`` is no graph.

    Examples
    --------
    >>> import networkx as nx
    >>> [len(part) for part in components(nx.Graph([(1, 2), (2, 3), (4, 5)]))]
    [3, 2]
    """
    ties, nodes = _mutual(graph)
    if isinstance(ties, TieArrays):
        parts: list[set[int]] = fast("rustworkx").connected_components(_compiled(ties))
    else:
        parts = list(_networkx().connected_components(_simple(ties)))
    ordered = sorted(parts, key=lambda part: (-len(part), min(part)))
    return [frozenset(map(nodes.__getitem__, part)) for part in ordered]


def core_numbers(graph: "nx.Graph[N] | TieArrays[N]") -> dict[N, int]:
    """Largest k for which a node belongs to the k-core.

    Direction is ignored, loops are left out and parallel ties merged.

    Raises
    ------
    TypeError
        When ``graph`` is no graph.

    References
    ----------
    Seidman, S. (1983), doi:10.1016/0378-8733(83)90028-X.

    Examples
    --------
    >>> import networkx as nx
    >>> core_numbers(nx.lollipop_graph(3, 1))
    {0: 2, 1: 2, 2: 2, 3: 1}
    """
    ties, nodes = _mutual(graph)
    if isinstance(ties, TieArrays):
        found = fast("rustworkx").core_number(_compiled(ties))
    else:
        found = _networkx().core_number(_simple(ties))
    return {node: int(found[at]) for at, node in enumerate(nodes)}


def betweenness(
    graph: "nx.Graph[N] | TieArrays[N]",
    *,
    distance: str | None = None,
    normalised: bool = True,
) -> dict[N, float | None]:
    """How often each node stands on the shortest paths between two others.

    Raw, a pair without direction counts once. Normalised, the sum is divided by the number of pairs
    of other nodes; below three nodes there is none and the value is ``None``. A tie of a graph with
    direction that has none (``directed=False``) goes both ways.

    Parameters
    ----------
    graph
        A networkx graph of any kind, or :class:`TieArrays`.
    distance
        Name of the attribute that holds the length of a tie, a positive finite number; ``None``
        gives every tie the length 1.
    normalised
        Whether to divide by the number of pairs.

    Raises
    ------
    TypeError
        When ``graph`` is no graph.
    ValueError
        When a tie lacks its distance, or it is no positive finite number.

    References
    ----------
    Freeman, L. (1977), doi:10.2307/3033543; Brandes, U. (2001),
    doi:10.1080/0022250X.2001.9990249.

    Examples
    --------
    >>> import networkx as nx
    >>> betweenness(nx.path_graph(3)), betweenness(nx.path_graph(3), normalised=False)[1]
    ({0: 0.0, 1: 1.0, 2: 0.0}, 1.0)
    """
    ties = read(graph, distance=distance, follows=True)
    n = len(ties.nodes)
    if isinstance(ties, TieArrays) and distance is None:
        whole = fast("rustworkx").betweenness_centrality(_compiled(ties), normalized=False)
        raw = [float(whole[at]) for at in range(n)]
    else:
        plain = ties.plain() if isinstance(ties, TieArrays) else ties
        found = _networkx().betweenness_centrality(
            _simple(plain), weight=None if distance is None else "value", normalized=False
        )
        raw = [float(found[at]) for at in range(n)]
    pairs = (n - 1) * (n - 2) / (1 if ties.directed else 2)
    if not normalised:
        return dict(zip(ties.nodes, raw, strict=True))
    return {
        node: value / pairs if pairs > 0 else None
        for node, value in zip(ties.nodes, raw, strict=True)
    }


def articulation_points(graph: "nx.Graph[N] | TieArrays[N]") -> frozenset[N]:
    """Nodes without which their part of the graph falls apart.

    Direction is ignored.

    Raises
    ------
    TypeError
        When ``graph`` is no graph.

    Examples
    --------
    >>> import networkx as nx
    >>> articulation_points(nx.path_graph(3))
    frozenset({1})
    """
    ties, nodes = _mutual(graph)
    if isinstance(ties, TieArrays):
        found: set[int] = fast("rustworkx").articulation_points(_compiled(ties))
    else:
        found = set(_networkx().articulation_points(_simple(ties)))
    return frozenset(map(nodes.__getitem__, found))


def bridges(graph: "nx.Graph[N] | TieArrays[N]") -> "tuple[tuple[N, N], ...]":
    """Pairs of nodes whose tie alone holds their part together, in the order of the graph.

    Direction is ignored and parallel ties count as one tie between the pair.

    Raises
    ------
    TypeError
        When ``graph`` is no graph.

    Examples
    --------
    >>> import networkx as nx
    >>> bridges(nx.lollipop_graph(3, 1))
    ((2, 3),)
    """
    ties, nodes = _mutual(graph)
    if isinstance(ties, TieArrays):
        lows, highs = _sorted(fast("rustworkx").bridges(_compiled(ties)))
    else:
        found = sorted((min(pair), max(pair)) for pair in _networkx().bridges(_simple(ties)))
        lows, highs = [a for a, _ in found], [b for _, b in found]
    place = nodes.__getitem__
    return tuple(zip(map(place, lows), map(place, highs), strict=True))


def _sorted(pairs: "set[tuple[int, int]]") -> tuple[list[int], list[int]]:
    """Both ends of each pair, the lower first, in order."""
    np = fast("numpy")
    ends = np.fromiter(chain.from_iterable(pairs), np.int64, 2 * len(pairs)).reshape(len(pairs), 2)
    ends.sort(axis=1)
    order = np.lexsort((ends[:, 1], ends[:, 0]))
    return ends[order, 0].tolist(), ends[order, 1].tolist()


def _mutual(
    graph: "nx.Graph[N] | TieArrays[N]",
) -> "tuple[Ties[N] | TieArrays[N], Sequence[N]]":
    ties = read(graph)
    if isinstance(ties, Ties):
        return ties.mutual(), ties.nodes
    if ties.directed:
        starts, heads, _ = mutual_rows(ties)
        ties = TieArrays[N](nodes=ties.nodes, starts=starts, heads=heads)
    return ties, ties.nodes


def _compiled(ties: TieArrays[Any]) -> Any:
    """The ties as a graph of rustworkx; nodes are their positions."""
    rustworkx = fast("rustworkx")
    found = (rustworkx.PyDiGraph if ties.directed else rustworkx.PyGraph)()
    found.add_nodes_from(range(len(ties.nodes)))
    tails, heads = ties.tails(), ties.heads
    if not ties.directed:
        once = tails < heads
        tails, heads = tails[once], heads[once]
    found.extend_from_edge_list(list(zip(tails.tolist(), heads.tolist(), strict=True)))
    return found


def _simple(ties: Ties[Any]) -> "nx.Graph[int]":
    """The ties as a simple graph of networkx; nodes are their positions."""
    networkx = _networkx()
    found = networkx.DiGraph() if ties.directed else networkx.Graph()
    found.add_nodes_from(range(len(ties.nodes)))
    found.add_edges_from(
        (a, b, {"value": value}) for a, row in enumerate(ties.rows) for b, value in row.items()
    )
    return cast("nx.Graph[int]", found)


def _networkx() -> Any:
    import networkx as nx  # noqa: PLC0415  (slow to import, needed here only)

    return nx
