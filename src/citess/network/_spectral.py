"""PageRank and eigenvector centrality, by rounds that stop at an absolute tolerance."""

import math
from typing import TYPE_CHECKING, Any

from citess.network._arguments import is_number
from citess.network._arrays import TieArrays, read
from citess.network._extra import fast
from citess.network._ties import N, Ties

if TYPE_CHECKING:
    import networkx as nx

_ROUNDS = 10_000


def pagerank(
    graph: "nx.Graph[N] | TieArrays[N]",
    *,
    strength: str | None = None,
    damping: float = 0.85,
    tolerance: float = 1e-12,
) -> dict[N, float]:
    """Share of time that a walker along ties spends at each node.

    With probability ``damping`` the walker follows a tie, in proportion to its strength, else it
    starts anew anywhere; from a node without ties it always starts anew. A tie of a graph with
    direction that has none (``directed=False``) goes both ways. Rounds stop when the
    shares move by at most ``tolerance`` in all, whatever the number of nodes: networkx multiplies
    its tolerance by that number, which stops large graphs at once.

    Parameters
    ----------
    graph
        A networkx graph of any kind, or :class:`TieArrays`.
    strength
        Name of the attribute that holds the strength of a tie, a positive finite number; ``None``
        lets every tie count as one.
    damping
        Between 0 and 1, without 1.
    tolerance
        Above 0.

    Raises
    ------
    TypeError
        When ``graph`` is no graph.
    ValueError
        When a tie lacks the strength, a number is out of its bounds, or the shares do not settle.

    References
    ----------
    Page, L. et al. (1999), The PageRank Citation Ranking.

    Examples
    --------
    >>> import networkx as nx
    >>> found = pagerank(nx.star_graph(2))
    >>> round(found[0], 4), round(sum(found.values()), 4)
    (0.4865, 1.0)
    >>> pagerank(nx.Graph())
    {}
    """
    if not (is_number(damping) and 0 <= damping < 1):
        msg = f"damping must be at least 0 and below 1, not {damping!r}"
        raise ValueError(msg)
    _check_tolerance(tolerance)
    ties = read(graph, strength=strength, follows=True)
    n = len(ties.nodes)
    if not n:
        return {}
    walk = _walk_arrays(ties) if isinstance(ties, TieArrays) else _walk_hand(ties)
    found = walk(damping, tolerance)
    return dict(zip(ties.nodes, found, strict=True))


def eigenvector(
    graph: "nx.Graph[N] | TieArrays[N]",
    *,
    strength: str | None = None,
    tolerance: float = 1e-10,
) -> dict[N, float]:
    """Eigenvector centrality: a node counts by how much those tied to it count.

    Squares add to 1, as in networkx; igraph scales the largest to 1. Where ties have a direction, a
    node counts by those that are tied to it. Rounds stop when no value moves by more than
    ``tolerance``, whatever the number of nodes. Where the graph falls into parts, all weight goes
    to the densest; where two parts are equally dense the answer depends on their sizes. A graph
    without ties has no such centrality.

    Parameters
    ----------
    graph
        A networkx graph of any kind, or :class:`TieArrays`.
    strength
        Name of the attribute that holds the strength of a tie, a positive finite number; ``None``
        lets every tie count as one.
    tolerance
        Above 0.

    Raises
    ------
    TypeError
        When ``graph`` is no graph.
    ValueError
        When a tie lacks the strength, the tolerance is out of its bounds, there is no tie, or the
        values do not settle.

    References
    ----------
    Bonacich, P. (1972), doi:10.1080/0022250X.1972.9989806.

    Examples
    --------
    >>> import networkx as nx
    >>> {node: round(value, 4) for node, value in eigenvector(nx.path_graph(3)).items()}
    {0: 0.5, 1: 0.7071, 2: 0.5}
    """
    _check_tolerance(tolerance)
    ties = read(graph, strength=strength, follows=True)
    arcs = len(ties.heads) if isinstance(ties, TieArrays) else sum(map(len, ties.rows))
    if not arcs:
        msg = "eigenvector centrality needs a tie, and graph has none"
        raise ValueError(msg)
    if isinstance(ties, TieArrays):
        found = _powers_arrays(ties, tolerance)
    else:
        found = _powers_hand(ties, tolerance)
    return dict(zip(ties.nodes, found, strict=True))


def _check_tolerance(tolerance: float) -> None:
    if not (is_number(tolerance) and tolerance > 0):
        msg = f"tolerance must be above 0, not {tolerance!r}"
        raise ValueError(msg)


def _unsettled(tolerance: float) -> ValueError:
    return ValueError(
        f"values still move by more than tolerance={tolerance!r} after {_ROUNDS} rounds; "
        "a larger tolerance may do, or the graph has no single answer"
    )


def _walk_hand(ties: Ties[Any]) -> Any:
    n = len(ties.nodes)
    totals = [math.fsum(row.values()) for row in ties.rows]

    def walk(damping: float, tolerance: float) -> list[float]:
        share = [1 / n] * n
        for _ in range(_ROUNDS):
            idle = math.fsum(value for value, total in zip(share, totals, strict=True) if not total)
            moved = [(damping * idle + 1 - damping) / n] * n
            for at, row in enumerate(ties.rows):
                for other, value in row.items():
                    moved[other] += damping * share[at] * value / totals[at]
            change = math.fsum(abs(a - b) for a, b in zip(share, moved, strict=True))
            share = moved
            if change <= tolerance:
                return share
        raise _unsettled(tolerance)

    return walk


def _walk_arrays(ties: TieArrays[Any]) -> Any:
    np = fast("numpy")
    n = len(ties.nodes)
    table = _table(ties)
    totals = table.sum(axis=1)
    idle = totals == 0
    scale = 1 / np.where(idle, 1, totals)
    turned = table.T.tocsr()

    def walk(damping: float, tolerance: float) -> list[float]:
        share = np.full(n, 1 / n)
        for _ in range(_ROUNDS):
            rest = (damping * share[idle].sum() + 1 - damping) / n
            moved = damping * (turned @ (share * scale)) + rest
            change = np.abs(moved - share).sum()
            share = moved
            if change <= tolerance:
                found: list[float] = share.tolist()
                return found
        raise _unsettled(tolerance)

    return walk


def _powers_hand(ties: Ties[Any], tolerance: float) -> list[float]:
    n = len(ties.nodes)
    score = [1.0] * n
    for _ in range(_ROUNDS):
        moved = list(score)
        for at, row in enumerate(ties.rows):
            for other, value in row.items():
                moved[other] += score[at] * value
        norm = math.sqrt(math.fsum(value * value for value in moved))
        moved = [value / norm for value in moved]
        change = max(abs(a - b) for a, b in zip(score, moved, strict=True))
        score = moved
        if change <= tolerance:
            return score
    raise _unsettled(tolerance)


def _powers_arrays(ties: TieArrays[Any], tolerance: float) -> list[float]:
    np = fast("numpy")
    n = len(ties.nodes)
    turned = _table(ties).T.tocsr()
    score = np.ones(n)
    for _ in range(_ROUNDS):
        moved = score + turned @ score
        moved /= math.sqrt(float(moved @ moved))
        change = float(np.abs(moved - score).max())
        score = moved
        if change <= tolerance:
            found: list[float] = score.tolist()
            return found
    raise _unsettled(tolerance)


def _table(ties: TieArrays[Any]) -> Any:
    np, sparse = fast("numpy"), fast("scipy.sparse")
    n = len(ties.nodes)
    data = np.ones(len(ties.heads)) if ties.values is None else ties.values
    return sparse.csr_array((data, ties.heads, ties.starts), shape=(n, n))
