"""Who stands where: centralisation of the whole, betweenness and structural holes of each."""

from collections.abc import Callable, Iterable, Mapping
from random import Random
from typing import TYPE_CHECKING, Any, Final, cast

from citess.metrics._definition import Better
from citess.metrics._facts import Number
from citess.metrics._graph_metric import graph_metric, node_metric, simple
from citess.metrics._measure import Outcome, Undefined
from citess.metrics._node_measures import NodeOutcome
from citess.metrics.tests_of_chance import randomisation
from citess.network import betweenness as _betweenness
from citess.network import components, structural_holes
from citess.network import cross_sector_betweenness as _crossing
from citess.network._ties import is_known

if TYPE_CHECKING:
    import networkx as nx

_LEAST: Final = 3


def reasons(values: Mapping[str, Number | None], why: Undefined) -> dict[str, Undefined]:
    """The same reason for every node without a value."""
    return {node: why for node, value in values.items() if value is None}


@graph_metric(
    "N02",
    question="Is the network built around one?",
    limits="A network of one centre can be efficient or fragile: it says which shape, not which.",
    unit="index",
    bounds=(0, 1),
    better=Better.CONTEXT,
    formula=r"\frac{\sum_v (\max_u c_u - c_v)}{\max_G \sum_v (\max_u c_u - c_v)}",
    missing="ties that nobody told of are not known",
    small_numbers="undefined below 3 nodes; closeness undefined unless all are connected",
    aggregation="recompute on the merged graph",
    source="Freeman 1978, doi:10.1016/0378-8733(78)90021-7",
    jackknife=True,
    level="network",
)
def centralisation(graph: "nx.Graph[str]") -> Outcome:
    """Centralisation of a network, after Freeman.

    The value is that of degree; ``parts`` holds ``degree``, ``betweenness`` and ``closeness``.
    Loops do not count; direction and parallel ties are merged.

    Examples
    --------
    >>> import networkx as nx
    >>> found = centralisation(nx.star_graph(9))
    >>> found.value, found.parts["betweenness"], round(found.parts["closeness"], 6)
    (1.0, 1.0, 1.0)
    """
    plain = simple(graph)
    n = len(plain)
    if n < _LEAST:
        return Outcome(reason=Undefined.TOO_FEW, n=n)
    degrees = [degree for _, degree in plain.degree()]
    between = [value or 0.0 for value in _betweenness(plain).values()]
    by_degree = _spread(degrees) / ((n - 1) * (n - 2))
    return Outcome(
        value=by_degree,
        n=n,
        parts={
            "degree": by_degree,
            "betweenness": _spread(between) / (n - 1),
            "closeness": _closeness(plain),
        },
        method={"loops": False, "projection": "simple"},
    )


def _spread(values: list[int] | list[float]) -> float:
    top = max(values)
    return sum(top - value for value in values)


def _closeness(graph: "nx.Graph[str]") -> float | None:
    import networkx as nx  # noqa: PLC0415  (slow to import, needed here only)

    n = len(graph)
    if len(components(graph)) > 1:
        return None
    near: list[float] = list(cast("Any", nx).closeness_centrality(graph).values())
    return _spread(near) / ((n - 1) * (n - 2) / (2 * n - 3))


@node_metric(
    "N03",
    question="Who stands between others?",
    limits="A broker can be a bottleneck: neither good nor bad by itself.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.CONTEXT,
    formula=r"b_v = \sum_{s \ne v \ne t} \frac{\sigma_{st}(v)}{\sigma_{st}},\quad"
    r" \frac{b_v}{(n - 1)(n - 2) / 2}",
    missing="ties that nobody told of are not known",
    small_numbers="undefined below 3 nodes; no ranks below 5",
    aggregation="recompute on the merged graph",
    source="Freeman 1977, doi:10.2307/3033543",
    level="organisation",
)
def betweenness(graph: "nx.Graph[str]", *, distance: str | None = None) -> NodeOutcome:
    """Betweenness of each node.

    Normalised by the pairs of other nodes; ``part("raw")`` counts pairs. Direction and parallel
    ties are merged, unless ``distance`` names the attribute that holds the length of a tie.

    Examples
    --------
    >>> import networkx as nx
    >>> found = betweenness(nx.path_graph(5))
    >>> found[2], found.part("raw")[2]
    (0.6666666666666666, 4.0)
    """
    asked = graph if distance else simple(graph)
    raw = _betweenness(asked, distance=distance, normalised=False)
    shares = _betweenness(asked, distance=distance)
    return NodeOutcome(
        values=shares,
        reasons=reasons(shares, Undefined.TOO_FEW),
        parts={"raw": raw},
        method={"distance": distance, "normalised": "pairs of other nodes"},
    )


@node_metric(
    "N04",
    question="Who joins the sectors?",
    limits="It counts shortest paths, whoever walks them; a sector not known ends no path.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.HIGHER,
    formula=r"\frac{1}{\#P_v} \sum_{(s, t) \in P_v} \frac{\sigma_{st}(v)}{\sigma_{st}},\quad"
    r" P_v = \{s, t \ne v : \text{sectors differ}\}",
    missing="nodes of unknown sector are the end of no pair",
    small_numbers="undefined without two other nodes of different sectors; no ranks below 5",
    aggregation="recompute on the merged graph",
    source="citess; Brandes 2008, doi:10.1016/j.socnet.2007.11.001",
    level="organisation",
)
def cross_sector_betweenness(
    graph: "nx.Graph[str]",
    *,
    sector: str = "sector",
    distance: str | None = None,
    draws: int = 0,
    seed: int = 0,
) -> NodeOutcome:
    """Betweenness of each node over pairs of different sectors.

    A node on every shortest path between sectors has 1; pairs count once. ``part("raw")`` counts
    pairs. ``sector`` names the attribute of nodes. With ``draws``, sectors are permuted that many
    times among the nodes that have one, and ``part("expected")``, ``part("z")`` and the two-sided
    ``part("p")`` compare each node with chance.

    Raises
    ------
    ValueError
        When no node has a sector, a tie lacks its distance, or draws are neither 0 nor 2 or more.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.path_graph(["city", "hub", "firm"])
    >>> nx.set_node_attributes(graph, dict(city="public", hub="sse", firm="private"), "sector")
    >>> cross_sector_betweenness(graph)["hub"]
    1.0
    """
    asked = graph if distance else simple(graph)
    shares = _crossing(asked, sector, distance=distance)
    raw = _crossing(asked, sector, distance=distance, normalised=False)
    parts: dict[str, Mapping[str, Number | None]] = {"raw": raw}
    method: dict[str, object] = {"sector": sector, "distance": distance}
    if draws != 0:
        parts |= _by_chance(asked, sector, distance, shares, draws=draws, seed=seed)
        method |= {"draws": draws, "seed": seed, "null": "permuted sectors"}
    return NodeOutcome(
        values=shares,
        reasons=reasons(shares, Undefined.NOT_APPLICABLE),
        parts=parts,
        method=method,
    )


def _by_chance(  # noqa: PLR0913  (what is asked, and how often)
    graph: "nx.Graph[str]",
    sector: str,
    distance: str | None,
    shares: Mapping[str, float | None],
    *,
    draws: int,
    seed: int,
) -> dict[str, dict[str, Number | None]]:
    """Each node against the same ties with sectors permuted; none where a draw has no pairs."""
    every = graph.nodes(data=sector)
    known = {node: value for node, value in every if is_known(value, node)}
    labels = list(known.values())
    drawn: list[dict[str, float | None]] = []

    def one(random: Random) -> float:
        random.shuffle(labels)
        sectors = dict(zip(known, labels, strict=True))
        drawn.append(_crossing(graph, sectors, distance=distance))
        return 0.0

    randomisation(0.0, one, seed=seed, draws=draws)
    parts: dict[str, dict[str, Number | None]] = {name: {} for name in ("expected", "z", "p")}
    for node, share in shares.items():
        values = [value for found in drawn if (value := found[node]) is not None]
        if share is None or len(values) < draws:
            for part in parts.values():
                part[node] = None
            continue
        null = randomisation(share, _each(values), seed=seed, draws=draws)
        parts["expected"][node], parts["z"][node] = null.expected, null.z
        parts["p"][node] = null.two_sided
    return parts


def _each(values: Iterable[float]) -> Callable[[Random], float]:
    """What was drawn before, one after the other."""
    left = iter(values)
    return lambda _: next(left)


def _holes(graph: "nx.Graph[str]", which: str, strength: str | None) -> NodeOutcome:
    found = getattr(structural_holes(graph, strength=strength), which)
    values = dict(found)
    return NodeOutcome(
        values=values,
        reasons=reasons(values, Undefined.NOT_APPLICABLE),
        method={"strength": strength, "directed": "both directions added"},
    )


@node_metric(
    "N06",
    question="How closed is the circle around each?",
    limits="Low constraint gives room to broker; it does not say that the room is used.",
    unit="index",
    bounds=(0, None),
    better=Better.LOWER,
    formula=r"\sum_j \Big(p_{ij} + \sum_q p_{iq} p_{qj}\Big)^2",
    missing="nodes without ties have none",
    small_numbers="a closed triangle gives 1.125: no error; no ranks below 5",
    aggregation="recompute on the merged graph",
    source="Burt 1992; Burt 2004, doi:10.1086/421787",
    level="organisation",
)
def constraint(graph: "nx.Graph[str]", *, strength: str | None = None) -> NodeOutcome:
    """Constraint of each node, after Burt.

    How far its contacts close in on a node; above 1 is possible. Directions are added. ``strength``
    names the attribute that holds the strength of a tie; without it every tie counts as one.

    Raises
    ------
    ValueError
        When a tie lacks the strength, or it is no positive finite number.

    Examples
    --------
    >>> import networkx as nx
    >>> constraint(nx.complete_graph(3))[0]
    1.125
    """
    return _holes(graph, "constraint", strength)


@node_metric(
    "N07a",
    question="How many contacts are not redundant?",
    limits="Redundant contacts are also insurance: read it beside the constraint.",
    unit="contacts",
    bounds=(0, None),
    better=Better.CONTEXT,
    formula=r"\sum_j \Big(1 - \sum_q p_{iq} m_{jq}\Big)",
    missing="nodes without ties have none",
    small_numbers="no ranks below 5",
    aggregation="recompute on the merged graph",
    source="Burt 1992; Borgatti 1997, Connections 20(1)",
    level="organisation",
)
def effective_size(graph: "nx.Graph[str]", *, strength: str | None = None) -> NodeOutcome:
    """Effective size of the circle of each node, after Burt.

    Contacts less those that others reach already, on weighted and directed ties too, where networkx
    differs. ``strength`` as for :func:`constraint`.

    Raises
    ------
    ValueError
        When a tie lacks the strength, or it is no positive finite number.

    Examples
    --------
    >>> import networkx as nx
    >>> effective_size(nx.star_graph(4))[0], effective_size(nx.complete_graph(4))[0]
    (4.0, 1.0)
    """
    return _holes(graph, "effective_size", strength)


@node_metric(
    "N07b",
    question="What share of the contacts is not redundant?",
    limits="One contact is never redundant: see the effective size beside it.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.CONTEXT,
    formula=r"\frac{\text{effective size}}{\text{contacts}}",
    missing="nodes without ties have none",
    small_numbers="no ranks below 5",
    aggregation="recompute on the merged graph",
    source="Burt 1992",
    level="organisation",
)
def efficiency(graph: "nx.Graph[str]", *, strength: str | None = None) -> NodeOutcome:
    """Efficiency of the circle of each node, after Burt.

    Effective size over the number of contacts. ``strength`` as for :func:`constraint`.

    Examples
    --------
    >>> import networkx as nx
    >>> efficiency(nx.complete_graph(4))[0]
    0.3333333333333333
    """
    return _holes(graph, "efficiency", strength)


@node_metric(
    "N07c",
    question="Does the constraint of each come from one contact?",
    limits="It needs two contacts or more.",
    unit="index",
    bounds=(0, 1),
    better=Better.CONTEXT,
    formula=r"\frac{\sum_j (c_{ij} N / C) \ln (c_{ij} N / C)}{N \ln N}",
    missing="nodes with fewer than two contacts have none",
    small_numbers="no ranks below 5",
    aggregation="recompute on the merged graph",
    source="Burt 1992",
    level="organisation",
)
def hierarchy(graph: "nx.Graph[str]", *, strength: str | None = None) -> NodeOutcome:
    """Hierarchy of the constraint of each node, after Burt.

    0 when every contact constrains alike, 1 when all comes from one. ``strength`` as for
    :func:`constraint`.

    Examples
    --------
    >>> import networkx as nx
    >>> round(hierarchy(nx.complete_graph(4))[0], 6)
    0.0
    """
    return _holes(graph, "hierarchy", strength)


__all__ = [
    "betweenness",
    "centralisation",
    "constraint",
    "cross_sector_betweenness",
    "effective_size",
    "efficiency",
    "hierarchy",
]
