"""JSON for tools that draw networks: Cytoscape and Kumu."""

from typing import TYPE_CHECKING, Any, Final

from citess.io._travel import Losses, LossReport
from citess.io.graphs._kept import report
from citess.io.graphs._net import Item, Net, drawn
from citess.io.graphs._shape import Names
from citess.model import Dataset

if TYPE_CHECKING:
    import networkx as nx

CYTOSCAPE: Final = "cytoscape"
KUMU: Final = "kumu"


def to_cytoscape(
    source: "Dataset | nx.Graph[Any]", *, strict: bool = False
) -> tuple[dict[str, object], LossReport]:
    """Make JSON for Cytoscape and Cytoscape.js of the partnership graph, or of any graph.

    Nodes and edges carry what :func:`citess.network.partnership_graph` says of them; whole records
    have no place and are counted.

    Parameters
    ----------
    source
        Dataset, or graph of networkx.
    strict
        Whether to refuse when something does not travel.

    Raises
    ------
    LossError
        When strict and something did not travel.

    Examples
    --------
    >>> import citess
    >>> document, losses = to_cytoscape(citess.datasets.tunisia())
    >>> document["elements"]["nodes"][0]["data"]["id"]
    'citess-mahdia'
    """
    losses = Losses(CYTOSCAPE)
    net = drawn(source, losses, full=False)
    nodes: list[Item] = [
        {"data": {**node.values, "id": node.id, "value": node.id}} for node in net.nodes
    ]
    edges: list[Item] = [
        {"data": {**edge.values, "id": id_, "source": edge.source, "target": edge.target}}
        for edge, id_ in zip(net.edges, _edge_ids(net), strict=True)
    ]
    document: dict[str, object] = {
        "data": net.values,
        "directed": net.directed,
        "multigraph": True,
        "elements": {"nodes": nodes, "edges": edges},
    }
    return report(losses, document, strict=strict)


def to_kumu(
    source: "Dataset | nx.Graph[Any]", *, strict: bool = False
) -> tuple[dict[str, object], LossReport]:
    """Make a blueprint for Kumu of the partnership graph, or of any graph.

    The type of an element is its kind, that of a connection the kind of the agreement; whole
    records have no place and are counted.

    Parameters
    ----------
    source
        Dataset, or graph of networkx.
    strict
        Whether to refuse when something does not travel.

    Raises
    ------
    LossError
        When strict and something did not travel.

    Examples
    --------
    >>> import citess
    >>> blueprint, losses = to_kumu(citess.datasets.tunisia())
    >>> blueprint["elements"][0]["label"], blueprint["elements"][0]["type"]
    ('CitESS Mahdia', 'hub')
    """
    losses = Losses(KUMU)
    net = drawn(source, losses, full=False)
    elements: list[Item] = []
    for node in net.nodes:
        values = dict(node.values)
        label = values.pop("name", values.pop("label", node.id))
        elements.append({"id": node.id, "label": str(label), **_typed(values)})
    connections: list[Item] = []
    for edge, id_ in zip(net.edges, _edge_ids(net), strict=True):
        way = "directed" if edge.directed else "undirected"
        values = {name: v for name, v in edge.values.items() if name != "directed"}
        ends: Item = {"id": id_, "from": edge.source, "to": edge.target, "direction": way}
        connections.append({**_typed(values), **ends})
    document: dict[str, object] = {"elements": elements, "connections": connections}
    return report(losses, document, strict=strict)


def _edge_ids(net: Net) -> list[str]:
    """Ids of edges that no node has: these tools know both by the same ids."""
    names = Names()
    for n, node in enumerate(net.nodes):
        names.fresh(node.id, n)
    return [names.fresh(edge.id, n) for n, edge in enumerate(net.edges)]


def _typed(values: Item) -> Item:
    """Values with the kind as the type; those that Kumu has a use of its own for are renamed."""
    given = dict(values)
    kind = given.pop("kind", None)
    found: Item = {} if kind is None else {"type": kind}
    own = {"id", "label", "from", "to", "direction", *found}
    return {**found, **{f"{name}_" if name in own else name: v for name, v in given.items()}}
