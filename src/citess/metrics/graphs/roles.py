"""Brokers between sectors: the five roles of Gould and Fernandez."""

from typing import TYPE_CHECKING, Final

from citess.metrics._definition import Better
from citess.metrics._graph_metric import graph_metric, node_metric
from citess.metrics._measure import Outcome, Undefined
from citess.metrics._node_measures import NodeOutcome
from citess.metrics.graphs.positions import reasons
from citess.network import gould_fernandez as _roles

if TYPE_CHECKING:
    import networkx as nx

ROLES: Final = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison")
TOTAL: Final = "total"


@graph_metric(
    "N05",
    question="Which brokerage between sectors is there?",
    limits="A broker by position may broker nothing in fact.",
    unit="paths",
    bounds=(0, None),
    better=Better.CONTEXT,
    formula=r"\#\{i \to v \to j : i \not\to j\} \text{ by the sectors of } i, v, j",
    missing="paths through or between nodes of unknown sector are left out",
    small_numbers="z beside: many roles arise by chance",
    aggregation="sum over nodes; recompute on the merged graph",
    source="Gould and Fernandez 1989, doi:10.2307/270949",
    level="network",
)
def gould_fernandez(graph: "nx.Graph[str]", *, sector: str = "sector") -> Outcome:
    """Brokerage between sectors in the whole network.

    The value is the number of open paths i to v to j; ``parts`` holds it by role: coordinator
    (one sector), itinerant (v is of another than both), representative and gatekeeper (out of and
    into the sector of v), liaison (three sectors). For each node see
    :func:`citess.metrics.brokerage`.

    Raises
    ------
    ValueError
        When no node has a sector.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.path_graph(["city", "hub", "firm"], nx.DiGraph)
    >>> nx.set_node_attributes(graph, dict(city="public", hub="sse", firm="private"), "sector")
    >>> found = gould_fernandez(graph)
    >>> found.value, found.parts["liaison"]
    (1, 1)
    """
    found = _roles(graph, sector)
    return Outcome(
        value=found.whole[TOTAL],
        n=len(found.counts),
        missing=len(found.unknown),
        parts={role: found.whole[role] for role in ROLES},
        method={"sector": sector},
    )


@node_metric(
    "N05b",
    question="Which brokerage role does each play?",
    limits="A broker by position may broker nothing in fact.",
    unit="paths",
    bounds=(0, None),
    better=Better.CONTEXT,
    formula=r"\#\{i \to v \to j : i \not\to j\}",
    missing="nodes of unknown sector have none",
    small_numbers="z beside: many roles arise by chance; no ranks below 5",
    aggregation="recompute on the merged graph",
    source="Gould and Fernandez 1989, doi:10.2307/270949",
    level="organisation",
)
def brokerage(graph: "nx.Graph[str]", *, role: str = TOTAL, sector: str = "sector") -> NodeOutcome:
    """Brokerage of each node between sectors, in one role or in all.

    ``role`` is ``"total"``, ``"coordinator"``, ``"itinerant"``, ``"representative"``,
    ``"gatekeeper"`` or ``"liaison"``; ``part("expected")`` and ``part("z")`` compare it with
    chance, sectors held fixed.

    Raises
    ------
    ValueError
        When no node has a sector, or the role does not exist.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.path_graph(["city", "hub", "firm"], nx.DiGraph)
    >>> nx.set_node_attributes(graph, dict(city="public", hub="sse", firm="private"), "sector")
    >>> brokerage(graph, role="liaison")["hub"]
    1
    """
    if role not in (*ROLES, TOTAL):
        msg = f"role is one of {', '.join((*ROLES, TOTAL))}, not {role!r}"
        raise ValueError(msg)
    found = _roles(graph, sector)
    values = {node: found.counts[node][role] if node in found.counts else None for node in graph}
    return NodeOutcome(
        values=values,
        reasons=reasons(values, Undefined.NOT_KNOWN),
        parts={
            name: {node: part[node][role] if node in part else None for node in graph}
            for name, part in (("expected", found.expected), ("z", found.z))
        },
        method={"sector": sector, "role": role},
    )


__all__ = ["brokerage", "gould_fernandez"]
