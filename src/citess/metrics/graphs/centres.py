"""Who is central, and how far ties gather on a few."""

from typing import TYPE_CHECKING, Final, Literal

from citess.metrics._definition import Better
from citess.metrics._facts import Number
from citess.metrics._graph_metric import graph_metric, node_metric, simple, strengths
from citess.metrics._measure import Outcome, Undefined
from citess.metrics._node_measures import NodeOutcome
from citess.metrics.graphs.positions import reasons
from citess.network import components
from citess.network import eigenvector as _eigenvector
from citess.network import pagerank as _pagerank

if TYPE_CHECKING:
    import networkx as nx

_PAIR: Final = 2
KINDS: Final = ("harmonic", "classic")


@graph_metric(
    "N02b",
    question="Do ties gather on a few?",
    limits="Who has many ties may have weak ones: name a strength where there is one.",
    unit="index",
    bounds=(0, 1),
    better=Better.CONTEXT,
    formula=r"\sum_v \Big(\frac{k_v}{\sum_u k_u}\Big)^2",
    missing="ties that nobody told of are not known",
    small_numbers="undefined without ties",
    aggregation="recompute on the merged graph",
    source="Herfindahl 1950; Hirschman 1964",
    level="network",
)
def tie_concentration(graph: "nx.Graph[str]", *, strength: str | None = None) -> Outcome:
    """Concentration of ties on members.

    Sum of the squared shares of ties (Herfindahl and Hirschman); ``parts`` holds one over it, the
    number of equal members that would give the same (``effective``), and the share of the
    ``greatest``. ``strength`` names the attribute to weigh ties by. Direction does not count.

    Raises
    ------
    ValueError
        When a tie lacks the strength, or it is no positive finite number.

    Examples
    --------
    >>> import networkx as nx
    >>> found = tie_concentration(nx.star_graph(4))
    >>> found.value, found.parts["effective"], found.parts["greatest"]
    (0.3125, 3.2, 0.5)
    """
    plain = simple(graph)
    weights = dict.fromkeys(plain.edges(), 1.0) if strength is None else strengths(graph, strength)
    held: dict[str, float] = dict.fromkeys(plain, 0.0)
    for pair, value in weights.items():
        for node in pair:
            held[node] += value
    total, squares = sum(held.values()), sum(value * value for value in held.values())
    return concentration_of(
        len(held), total, squares, max(held.values(), default=0), strength=strength
    )


def concentration_of(  # noqa: PLR0913  (sums of one column)
    n: int,
    total: float,
    squares: float,
    most: float,
    *,
    strength: str | None,
    missing: int = 0,
) -> Outcome:
    """Concentration of ties by their sum, the sum of their squares and the greatest."""
    if not total:
        return Outcome(reason=Undefined.ZERO_DENOMINATOR, n=n, missing=missing)
    value = squares / total**2
    return Outcome(
        value=value,
        n=n,
        missing=missing,
        parts={"effective": 1 / value, "greatest": most / total},
        method={"strength": strength},
    )


@node_metric(
    "N02c",
    question="How many contacts does each have?",
    limits="It counts contacts, not what they are worth.",
    unit="contacts",
    bounds=(0, None),
    better=Better.CONTEXT,
    formula=r"k_v = \#\{u : u \text{ is tied to } v\}",
    missing="ties that nobody told of are not known",
    small_numbers="no ranks below 5",
    aggregation="recompute on the merged graph",
    source="Freeman 1978, doi:10.1016/0378-8733(78)90021-7",
    level="organisation",
)
def degree(graph: "nx.Graph[str]", *, strength: str | None = None) -> NodeOutcome:
    """Degree of each node: how many others it is tied to.

    Direction, loops and parallel ties do not count. ``part("share")`` is that of all others;
    ``strength`` names an attribute of ties, whose sum is ``part("strength")``.

    Raises
    ------
    ValueError
        When a tie lacks the strength, or it is no positive finite number.

    Examples
    --------
    >>> import networkx as nx
    >>> found = degree(nx.star_graph(4))
    >>> found[0], found.part("share")[1]
    (4, 0.25)
    """
    plain = simple(graph)
    values: dict[str, Number | None] = dict(plain.degree())
    others = len(plain) - 1
    parts: dict[str, dict[str, Number | None]] = {
        "share": {
            node: k / others if k is not None and others else None for node, k in values.items()
        }
    }
    if strength is not None:
        held: dict[str, Number | None] = dict.fromkeys(plain, 0.0)
        for pair, value in strengths(graph, strength).items():
            for node in pair:
                held[node] = (held[node] or 0.0) + value
        parts["strength"] = held
    return NodeOutcome(values=values, parts=parts, method={"strength": strength})


@node_metric(
    "N03b",
    question="Who is near to all others?",
    limits="It counts steps along ties, whoever walks them.",
    unit="index",
    bounds=(0, 1),
    better=Better.CONTEXT,
    formula=r"\frac{1}{n - 1} \sum_{u \ne v} \frac{1}{d_{uv}},\quad"
    r" \text{classic } \frac{n - 1}{\sum_u d_{uv}}",
    missing="who cannot be reached adds nothing; the classic form is then undefined",
    small_numbers="undefined below 2 nodes; no ranks below 5",
    aggregation="recompute on the merged graph",
    source="Freeman 1978, doi:10.1016/0378-8733(78)90021-7; Rochat 2009",
    level="organisation",
)
def closeness(
    graph: "nx.Graph[str]", *, kind: Literal["harmonic", "classic"] = "harmonic"
) -> NodeOutcome:
    """Closeness of each node to all others.

    Harmonic: the mean of one over the steps to each other node, zero for those out of reach.
    ``kind="classic"`` is one over the mean number of steps, and no node has it unless all are
    connected: libraries differ there. Direction does not count.

    Raises
    ------
    ValueError
        When the kind does not exist.

    Examples
    --------
    >>> import networkx as nx
    >>> closeness(nx.path_graph(3))[0], closeness(nx.path_graph(3), kind="classic")[0]
    (0.75, 0.6666666666666666)
    >>> closeness(nx.Graph([("a", "b"), ("c", "d")]), kind="classic").reasons["a"].label()
    'the network is not connected'
    """
    import networkx as nx  # noqa: PLC0415  (slow to import, needed here only)

    if kind not in KINDS:
        msg = f"kind is one of {', '.join(KINDS)}, not {kind!r}"
        raise ValueError(msg)
    plain = simple(graph)
    n = len(plain)
    values: dict[str, Number | None] = dict.fromkeys(plain)
    if n < _PAIR or (kind == "classic" and len(components(plain)) > 1):
        why = Undefined.TOO_FEW if n < _PAIR else Undefined.DISCONNECTED
        return NodeOutcome(values=values, reasons=reasons(values, why), method={"kind": kind})
    for node in plain:
        steps = nx.single_source_shortest_path_length(plain, node).values()
        if kind == "classic":
            values[node] = (n - 1) / sum(steps)
        else:
            values[node] = sum(1 / d for d in steps if d) / (n - 1)
    return NodeOutcome(values=values, method={"kind": kind})


@node_metric(
    "N03c",
    question="Who is tied to those who count?",
    limits="In a network of several parts all weight goes to one of them.",
    unit="index",
    bounds=(0, 1),
    better=Better.CONTEXT,
    formula=r"x_v = \frac{1}{\lambda} \sum_{u \sim v} x_u,\quad \sum_v x_v^2 = 1",
    missing="ties that nobody told of are not known",
    small_numbers="undefined without ties; no ranks below 5",
    aggregation="recompute on the merged graph",
    source="Bonacich 1972, doi:10.1080/0022250X.1972.9989806",
    level="organisation",
)
def eigenvector(
    graph: "nx.Graph[str]", *, strength: str | None = None, tolerance: float = 1e-10
) -> NodeOutcome:
    """Eigenvector centrality of each node.

    A node counts by how much those tied to it count, whatever the direction. Squares add to 1, as
    ``method["norm"]`` says; ``part("greatest_is_one")`` is scaled as igraph does.

    Raises
    ------
    ValueError
        When a tie lacks the strength, the tolerance is not above 0, or values do not settle.

    Examples
    --------
    >>> import networkx as nx
    >>> found = eigenvector(nx.karate_club_graph())
    >>> round(found[33], 4), found.part("greatest_is_one")[33], found.method["norm"]
    (0.3734, 1.0, 'squares add to 1')
    """
    method = {"norm": "squares add to 1", "strength": strength, "tolerance": tolerance}
    plain = simple(graph)
    if strength is not None:
        for (a, b), value in strengths(graph, strength).items():
            plain.edges[a, b][strength] = value
    if not plain.number_of_edges():
        none: dict[str, Number | None] = dict.fromkeys(graph)
        why = reasons(none, Undefined.ZERO_DENOMINATOR)
        return NodeOutcome(values=none, reasons=why, method=method)
    found = _eigenvector(plain, strength=strength, tolerance=tolerance)
    top = max(found.values())
    return NodeOutcome(
        values=dict(found),
        parts={"greatest_is_one": {node: value / top for node, value in found.items()}},
        method=method,
    )


@node_metric(
    "N03d",
    question="Whom does a walk along ties meet most?",
    limits="Who is referred to by many counts, whatever the referrals came to.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.CONTEXT,
    formula=r"r_v = \frac{1 - d}{n} + d \sum_{u \to v} \frac{w_{uv}}{\sum_x w_{ux}} r_u",
    missing="ties that nobody told of are not known",
    small_numbers="no ranks below 5",
    aggregation="recompute on the merged graph",
    source="Page and others 1999",
    level="organisation",
)
def pagerank(
    graph: "nx.Graph[str]",
    *,
    strength: str | None = None,
    damping: float = 0.85,
    tolerance: float = 1e-10,
) -> NodeOutcome:
    """PageRank of each node: its share of the steps of a long walk.

    Shares add to 1, as ``method["norm"]`` says. The walk follows ties where they have a direction,
    starts anew anywhere with a chance of one less ``damping``, and stops when shares move by no
    more than ``tolerance`` in all.

    Raises
    ------
    ValueError
        When a tie lacks the strength, a number is out of its bounds, or shares do not settle.

    Examples
    --------
    >>> import networkx as nx
    >>> found = pagerank(nx.star_graph(2))
    >>> round(found[0], 4), found.method["norm"]
    (0.4865, 'shares add to 1')
    """
    found = _pagerank(graph, strength=strength, damping=damping, tolerance=tolerance)
    return NodeOutcome(
        values=dict(found),
        method={
            "norm": "shares add to 1",
            "strength": strength,
            "damping": damping,
            "tolerance": tolerance,
        },
    )


__all__ = [
    "closeness",
    "concentration_of",
    "degree",
    "eigenvector",
    "pagerank",
    "tie_concentration",
]
