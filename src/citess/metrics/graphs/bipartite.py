"""Circles in graphs of two sides: who meets the same partners twice."""

from itertools import combinations
from statistics import fmean
from typing import TYPE_CHECKING

from citess.metrics._definition import Better
from citess.metrics._graph_metric import graph_metric, simple
from citess.metrics._measure import Outcome, Undefined

if TYPE_CHECKING:
    import networkx as nx


@graph_metric(
    "N15",
    question="Do those who share one agreement share another?",
    limits="Large agreements close circles by themselves: compare with a null model.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.CONTEXT,
    formula=r"\frac{4 C_4}{L_3}",
    missing="memberships that nobody told of are not known",
    small_numbers="undefined without paths of three ties",
    aggregation="recompute on the merged graph",
    source="Robins and Alexander 2004, doi:10.1023/B:CMOT.0000032580.12184.c0",
    level="network",
)
def bipartite_clustering(graph: "nx.Graph[str]") -> Outcome:
    """Clustering of a graph with two sides, after Robins and Alexander.

    Four times the circles of four over the paths of three ties. ``parts["latapy"]`` is the mean
    overlap of the circles of two nodes of one side that share a neighbour (dot), over all nodes.

    Raises
    ------
    ValueError
        When the graph has no two sides.

    Examples
    --------
    >>> import networkx as nx
    >>> found = bipartite_clustering(nx.davis_southern_women_graph())
    >>> round(found.value, 4), round(found.parts["latapy"], 4)
    (0.4678, 0.3285)
    """
    import networkx as nx  # noqa: PLC0415  (slow to import, needed here only)

    plain = simple(graph)
    if not nx.is_bipartite(plain):
        msg = "a graph with two sides is wanted; this one has a circle of odd length"
        raise ValueError(msg)
    degree = dict(plain.degree())
    paths = sum((degree[a] - 1) * (degree[b] - 1) for a, b in plain.edges())
    if not paths:
        return Outcome(reason=Undefined.ZERO_DENOMINATOR, n=len(plain))
    shared: dict[frozenset[str], int] = {}
    for middle in plain:
        for pair in combinations(plain[middle], 2):
            both = frozenset(pair)
            shared[both] = shared.get(both, 0) + 1
    circles = sum(k * (k - 1) // 2 for k in shared.values()) / 2
    return Outcome(
        value=4 * circles / paths,
        numerator=4 * circles,
        denominator=paths,
        n=len(plain),
        parts={"latapy": _latapy(plain, shared, degree)},
    )


def _latapy(
    graph: "nx.Graph[str]", shared: dict[frozenset[str], int], degree: dict[str, int]
) -> float:
    overlaps: dict[str, list[float]] = {node: [] for node in graph}
    for pair, k in shared.items():
        a, b = pair
        overlap = k / (degree[a] + degree[b] - k)
        overlaps[a].append(overlap)
        overlaps[b].append(overlap)
    return fmean(fmean(values) if values else 0.0 for values in overlaps.values())


__all__ = ["bipartite_clustering"]
