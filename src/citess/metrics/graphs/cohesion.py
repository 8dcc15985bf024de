"""How well a network hangs together: parts, cores, triangles, paths, hierarchy."""

from collections import Counter
from collections.abc import Mapping
from itertools import combinations
from math import log
from typing import TYPE_CHECKING, Any, Final, Literal, cast

from citess.metrics._definition import Better
from citess.metrics._graph_metric import directed, graph_metric, simple
from citess.metrics._measure import Outcome, Undefined
from citess.network import clustering, components, core_numbers

if TYPE_CHECKING:
    import networkx as nx

_PAIR: Final = 2
_LEAST: Final = 3
_SMALL: Final = 50


@graph_metric(
    "N10",
    question="Where is the solid core?",
    limits="A core of many loose ties looks like one of few strong ones.",
    unit="ties",
    bounds=(0, None),
    better=Better.CONTEXT,
    formula=r"\max \{k : \text{every node of a part has } k \text{ ties within it}\}",
    missing="ties that nobody told of are not known",
    small_numbers="undefined without nodes",
    aggregation="recompute on the merged graph",
    source="Seidman 1983, doi:10.1016/0378-8733(83)90028-X",
    jackknife=True,
    level="network",
)
def k_core(graph: "nx.Graph[str]") -> Outcome:
    """Greatest core of a network.

    Greatest k such that some nodes have k ties or more among themselves; ``method["core"]`` lists
    them. Loops, direction and parallel ties do not count; where there are loops it warns.

    Examples
    --------
    >>> import networkx as nx
    >>> found = k_core(nx.karate_club_graph())
    >>> found.value, found.parts["size"]
    (4, 10)
    """
    cores = core_numbers(graph)
    if not cores:
        return Outcome(reason=Undefined.TOO_FEW)
    top = max(cores.values())
    core = [node for node, k in cores.items() if k == top]
    return Outcome(
        value=top,
        n=len(cores),
        parts={"size": len(core)},
        method={"core": list(map(str, core))},
        warnings=("loops",) if any(a == b for a, b in graph.edges()) else (),
    )


@graph_metric(
    "N13a",
    question="Do partners of a partner work together?",
    limits="One agreement of many parties makes many triangles by itself.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.CONTEXT,
    formula=r"\frac{3 \Delta}{\text{triples}}",
    missing="ties that nobody told of are not known",
    small_numbers="undefined without triples",
    aggregation="recompute on the merged graph",
    source="Luce and Perry 1949; Newman 2001",
    jackknife=True,
    level="network",
)
def transitivity(graph: "nx.Graph[str]") -> Outcome:
    """Share of triples that are closed.

    Three times the triangles over all paths of two ties.

    Examples
    --------
    >>> import networkx as nx
    >>> round(transitivity(nx.karate_club_graph()).value, 5)
    0.25568
    """
    found = clustering(graph)
    triples = sum(k * (k - 1) // 2 for k in found.contacts.values())
    if found.transitivity is None:
        return Outcome(reason=Undefined.ZERO_DENOMINATOR, n=len(found.contacts))
    return Outcome(
        value=found.transitivity,
        numerator=sum(found.triangles.values()),
        denominator=triples,
        n=len(found.contacts),
    )


@graph_metric(
    "N13b",
    question="How closed are the circles around the members, on average?",
    limits="Nodes with few ties weigh as much as those with many.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.CONTEXT,
    formula=r"\frac{1}{n} \sum_v \frac{2 \Delta_v}{k_v (k_v - 1)}",
    missing="ties that nobody told of are not known",
    small_numbers="nodes with fewer than two ties count zero, or leave, as the caller says",
    aggregation="recompute on the merged graph",
    source="Watts and Strogatz 1998, doi:10.1038/30918",
    jackknife=True,
    level="network",
)
def average_clustering(
    graph: "nx.Graph[str]", *, few: Literal["zero", "leave out"] = "zero"
) -> Outcome:
    """Mean local clustering.

    Share of the pairs of contacts that are tied, averaged over nodes. ``few`` says what nodes with
    fewer than two ties count: ``"zero"``, or they are left out (``"leave out"``); it is recorded.

    Raises
    ------
    ValueError
        When ``few`` is neither.

    Examples
    --------
    >>> import networkx as nx
    >>> karate = nx.karate_club_graph()
    >>> round(average_clustering(karate).value, 4)
    0.5706
    >>> round(average_clustering(karate, few="leave out").value, 4)
    0.5879
    """
    found = clustering(graph)
    value = found.mean(few=few) if found.local else None
    if value is None:
        return Outcome(reason=Undefined.TOO_FEW, n=len(found.local), method={"few": few})
    left = sum(share is None for share in found.local.values())
    n = len(found.local) - (left if few == "leave out" else 0)
    return Outcome(value=value, n=n, parts={"few_ties": left}, method={"few": few})


@graph_metric(
    "N19",
    question="Are paths short and circles closed at once?",
    limits="Small networks look like small worlds by chance: read it above 50 nodes.",
    unit="index",
    bounds=(0, None),
    better=Better.CONTEXT,
    formula=r"\sigma = \frac{C / C_r}{L / L_r},\quad C_r = \frac{k}{n},\quad L_r ="
    r" \frac{\ln n}{\ln k}",
    missing="a network that is not connected is read in its largest part, and flagged",
    small_numbers="below 50 nodes flagged",
    aggregation="recompute on the merged graph",
    source="Humphries and Gurney 2008, doi:10.1371/journal.pone.0002051; analytic",
    level="network",
)
def small_world(graph: "nx.Graph[str]") -> Outcome:
    """Small-world index, analytic.

    Clustering and path length over those expected in a random graph of the same size and mean
    degree; above 1 with short paths it is a small world. ``parts`` holds ``clustering`` (mean
    local) and ``path_length``.

    Examples
    --------
    >>> import networkx as nx
    >>> round(small_world(nx.karate_club_graph()).value, 3)
    4.064
    """
    import networkx as nx  # noqa: PLC0415  (slow to import, needed here only)

    plain = simple(graph)
    parts = components(plain)
    core = plain.subgraph(parts[0]) if parts else plain
    n = len(core)
    mean = 2 * core.number_of_edges() / n if n else 0.0
    warnings = (
        *(("largest-part",) if len(parts) > 1 else ()),
        *(("few-nodes",) if n < _SMALL else ()),
    )
    closed = clustering(core).mean(few="zero") if n else None
    if mean <= 1 or not closed:
        return Outcome(reason=Undefined.TOO_FEW, n=n, warnings=warnings)
    path = float(nx.average_shortest_path_length(core))
    return Outcome(
        value=(closed / (mean / n)) / (path / (log(n) / log(mean))),
        n=n,
        parts={"clustering": closed, "path_length": path},
        method={"null": "analytic", "nodes_left_out": len(plain) - n},
        warnings=warnings,
    )


@graph_metric(
    "N20",
    question="How near is everybody to everybody?",
    limits="It counts steps, not how well a tie works.",
    unit="index",
    bounds=(0, 1),
    better=Better.HIGHER,
    formula=r"\frac{1}{n (n - 1)} \sum_{u \ne v} \frac{1}{d_{uv}}",
    missing="nodes that cannot reach each other add nothing",
    small_numbers="undefined below 2 nodes",
    aggregation="recompute on the merged graph",
    source="Latora and Marchiori 2001, doi:10.1103/PhysRevLett.87.198701",
    jackknife=True,
    level="network",
)
def global_efficiency(graph: "nx.Graph[str]") -> Outcome:
    """Global efficiency of a network.

    Mean of one over the number of steps between two nodes; unconnected pairs count zero, so it is
    defined where closeness is not.

    Examples
    --------
    >>> import networkx as nx
    >>> round(global_efficiency(nx.karate_club_graph()).value, 4)
    0.492
    """
    import networkx as nx  # noqa: PLC0415  (slow to import, needed here only)

    plain = simple(graph)
    n = len(plain)
    if n < _PAIR:
        return Outcome(reason=Undefined.TOO_FEW, n=n)
    near = sum(
        1 / steps
        for _, lengths in nx.all_pairs_shortest_path_length(plain)
        for steps in lengths.values()
        if steps
    )
    return Outcome(value=near / (n * (n - 1)), n=n)


@graph_metric(
    "N25",
    question="Who is left out?",
    limits="A part of its own may be left out, or want to be.",
    unit="parts",
    bounds=(0, None),
    better=Better.LOWER,
    formula=r"F = 1 - \frac{\sum_k s_k (s_k - 1)}{n (n - 1)}",
    missing="ties that nobody told of are not known",
    small_numbers="fragmentation undefined below 2 nodes",
    aggregation="recompute on the merged graph",
    source="Borgatti 2006, doi:10.1007/s10588-006-7084-x",
    level="network",
)
def fragmentation(graph: "nx.Graph[str]") -> Outcome:
    """Parts of a network that do not hang together.

    The value is how many; ``parts`` holds the ``isolates``, the share of the ``largest`` and
    Borgatti's ``fragmentation`` (share of pairs that cannot reach each other);
    ``method["isolates"]`` lists who is tied to nobody. Direction does not count.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.florentine_families_graph()
    >>> graph.remove_node("Medici")
    >>> found = fragmentation(graph)
    >>> found.value, found.parts["isolates"], round(found.parts["fragmentation"], 4)
    (3, 1, 0.3846)
    """
    parts = components(graph)
    alone = sorted(str(node) for part in parts if len(part) == 1 for node in part)
    return fragmentation_of(Counter(map(len, parts)), {"isolates": alone})


def fragmentation_of(parts: Mapping[int, int], method: Mapping[str, object]) -> Outcome:
    """Fragmentation of a network by the number of its parts of each size."""
    n = sum(size * times for size, times in parts.items())
    if n == 0:
        return Outcome(reason=Undefined.TOO_FEW)
    reached = sum(size * (size - 1) * times for size, times in parts.items())
    return Outcome(
        value=sum(parts.values()),
        n=n,
        parts={
            "isolates": parts.get(1, 0),
            "largest": max(parts) / n,
            "fragmentation": 1 - reached / (n * (n - 1)) if n > 1 else None,
        },
        method=method,
    )


@graph_metric(
    "N26",
    question="Is the network a hierarchy?",
    limits="Four traits of a pure tree of command: real partnerships have few of them.",
    unit="index",
    bounds=(0, 1),
    better=Better.CONTEXT,
    formula=r"1 - \frac{\#\{\text{mutually reachable pairs}\}}{\#\{\text{reachable pairs}\}}",
    missing="ties that nobody told of are not known",
    small_numbers="undefined below 3 nodes",
    aggregation="recompute on the merged graph",
    source="Krackhardt 1994; as R sna",
    level="network",
)
def krackhardt_hierarchy(graph: "nx.Graph[str]") -> Outcome:
    """Graph-theoretical dimensions of hierarchy, after Krackhardt.

    The value is the hierarchy: of the pairs of which one can reach the other, the share of those
    of which the other cannot reach the first. ``parts``
    holds ``connectedness`` (pairs that hang together), ``hierarchy``, ``efficiency`` (few ties
    beyond those needed) and ``lubness`` (pairs with a common superior). Ties without direction go
    both ways.

    Examples
    --------
    >>> import networkx as nx
    >>> found = krackhardt_hierarchy(nx.DiGraph([("a", "b"), ("a", "c"), ("b", "d")]))
    >>> [found.parts[k] for k in ("connectedness", "hierarchy", "efficiency", "lubness")]
    [1.0, 1.0, 1.0, 1.0]
    """
    arcs = directed(graph)
    n = len(arcs)
    if n < _LEAST:
        return Outcome(reason=Undefined.TOO_FEW, n=n)
    parts = components(arcs)
    together = sum(len(part) * (len(part) - 1) for part in parts)
    reach = _reach(arcs)
    reached = {frozenset((a, b)) for a in arcs for b in reach[a]}
    one_way = 2 * len(reached) - sum(map(len, reach.values()))
    value = one_way / len(reached) if reached else None
    needed = sum(len(part) - 1 for part in parts)
    spare = together - needed
    extra = arcs.number_of_edges() - needed
    return Outcome(
        value=value,
        reason=None if reached else Undefined.ZERO_DENOMINATOR,
        n=n,
        parts={
            "connectedness": together / (n * (n - 1)),
            "hierarchy": value,
            "efficiency": 1 - extra / spare if spare else None,
            "lubness": _lubness(arcs, parts, reach),
        },
    )


def _reach(arcs: "nx.DiGraph[str]") -> dict[str, set[str]]:
    """Nodes that each node can reach, itself left out."""
    import networkx as nx  # noqa: PLC0415  (slow to import, needed here only)

    return {node: set[str](cast("Any", nx).descendants(arcs, node)) for node in arcs}


def _lubness(
    arcs: "nx.DiGraph[str]", parts: list[frozenset[str]], reach: dict[str, set[str]]
) -> float | None:
    """Share of pairs of a part that have a least superior, beyond what cannot fail."""
    above = {node: {node} | {up for up in arcs if node in reach[up]} for node in arcs}
    possible = sum((len(part) - 1) * (len(part) - 2) // 2 for part in parts)
    if not possible:
        return None
    lacking = sum(
        not _least(above[a] & above[b], reach)
        for part in parts
        for a, b in combinations(sorted(part, key=str), 2)
    )
    return 1 - lacking / possible


def _least(common: set[str], reach: dict[str, set[str]]) -> bool:
    """Whether one of the common superiors is below all others."""
    return any(all(low in reach[up] or low == up for up in common) for low in common)


__all__ = [
    "average_clustering",
    "fragmentation",
    "fragmentation_of",
    "global_efficiency",
    "k_core",
    "krackhardt_hierarchy",
    "small_world",
    "transitivity",
]
