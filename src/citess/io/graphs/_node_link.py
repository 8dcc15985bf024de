"""Node-link JSON, as networkx and D3 have it."""

from typing import TYPE_CHECKING, Any, Final, cast

from citess.errors import Issue, Severity
from citess.io._plain import plain_document
from citess.io._travel import ImportReport, Losses, LossReport
from citess.io.graphs._kept import read, report, written
from citess.io.graphs._net import RECORD, RECORDS, Edge, Item, Net, Node
from citess.io.graphs._records import shape
from citess.io.graphs._shape import Faults, Names, number
from citess.model import Dataset

if TYPE_CHECKING:
    import networkx as nx

NodeLink = dict[str, object]
"""A node-link document, as plain dictionaries and lists."""

FORMAT: Final = "node-link"
_ID: Final = "a string or a number"


def to_node_link(
    source: "Dataset | nx.Graph[Any]", *, strict: bool = False
) -> tuple[NodeLink, LossReport]:
    """Make node-link JSON of the partnership graph of a dataset, or of any graph of networkx.

    Nodes and edges carry what :func:`citess.network.partnership_graph` says of them, dates as
    ISO strings, and nodes their ``record`` in the native format; agreements, territories, sources
    and enterprises without a tie stand in ``records`` of the graph. ``networkx.node_link_graph``
    reads it. Of other classes nothing is written, and they are counted.

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
    >>> from citess.io.graphs import from_node_link, to_node_link
    >>> document, losses = to_node_link(citess.datasets.tunisia())
    >>> document["nodes"][0]["id"], losses.lost["services[]"] > 0
    ('citess-mahdia', True)
    """
    losses = Losses(FORMAT)
    return report(losses, written(source, losses, _made, _opened), strict=strict)


def from_node_link(document: NodeLink) -> tuple[Dataset, ImportReport]:
    """Make a dataset of node-link JSON, with ``edges`` or ``links``.

    What citess wrote comes back as it was. Of others, nodes become partners, or what ``kind``
    says, and edges agreements; the document is kept in :attr:`extra` and written back.

    Raises
    ------
    ReadError
        When it is no such document; the report holds every fault with its place.
    IntegrityError
        When records that it holds do not fit together.

    Examples
    --------
    >>> given = {"nodes": [{"id": "a"}, {"id": "b"}], "links": [{"source": "a", "target": "b"}]}
    >>> data, report = from_node_link(given)
    >>> data, to_node_link(data)[0] == given
    (Dataset(partners=2, partnerships=1), True)
    """
    return read(document, FORMAT, _made, _opened)


def _made(net: Net) -> NodeLink:
    beside = {} if net.records is None else {RECORDS: net.records}
    return {
        "directed": net.directed,
        "multigraph": True,
        "graph": {**net.values, **beside},
        "nodes": [_node(node) for node in net.nodes],
        "edges": [
            {**edge.values, "source": edge.source, "target": edge.target, "key": edge.id}
            for edge in net.edges
        ],
    }


def _node(node: Node) -> Item:
    held = {} if node.record is None else {RECORD: node.record}
    return {**node.values, "id": node.id, **held}


def _opened(document: NodeLink) -> tuple[Net, list[Issue]]:
    faults = Faults()
    given = faults.fields(plain_document(document), "")
    faults.typed(given, {"directed": bool, "multigraph": bool, "graph": dict}, "")
    faults.needs(given, ("nodes",), "")
    links = "edges" if "edges" in given else "links"
    if "nodes" in given and links not in given:
        faults.needs(given, ("edges",), "")
    issues: list[Issue] = []
    if links == "edges" and "links" in given:
        issues.append(
            Issue.of("excludes", "links", "links", severity=Severity.WARNING, other="edges")
        )
    nodes, order = _nodes(given, faults)
    directed = given.get("directed", False) is True
    edges: list[Edge] = []
    names = Names()
    for n, (path, item) in enumerate(faults.items(given, links, "")):
        faults.needs(item, ("source", "target"), path)
        source, target = (
            _end(item, name, path, nodes, order, faults) for name in ("source", "target")
        )
        values = {key: v for key, v in item.items() if key not in {"source", "target", "key"}}
        way = directed and values.get("directed", True) is not False
        id_ = names.fresh(str(item.get("key") or f"e{n}"), n)
        edges.append(Edge(id_, source, target, values, way))
    faults.refuse()
    issues += missing_nodes(nodes, edges)
    whole = dict(cast("Item", given.get("graph", {})))
    beside = whole.pop(RECORDS, None)
    return Net(directed, tuple(nodes.values()), tuple(edges), whole, beside), issues


def _nodes(given: Item, faults: Faults) -> tuple[dict[str, Node], list[str]]:
    found: dict[str, Node] = {}
    order: list[str] = []
    for n, (path, item) in enumerate(faults.items(given, "nodes", "")):
        name = number(item.get("id", item.get("name", n)))
        if name is None:
            faults.issues.append(shape(f"{path}.id", item.get("id"), _ID))
            continue
        if name in found:
            faults.issues.append(Issue.of("repeated-value", f"{path}.id", name))
        values = {key: v for key, v in item.items() if key not in {"id", RECORD}}
        found[name] = Node(name, values, item.get(RECORD))
        order.append(name)
    return found, order


def _end(  # noqa: PLR0913, PLR0917  (one place of a document)
    item: Item, name: str, path: str, nodes: dict[str, Node], order: list[str], faults: Faults
) -> str:
    value = item.get(name)
    end = number(value)
    if end is None:
        if name in item:
            faults.issues.append(shape(f"{path}.{name}", value, _ID))
        return ""
    if end not in nodes and isinstance(value, int) and 0 <= value < len(order):
        return order[value]  # D3 names nodes by their place
    return end


def missing_nodes(nodes: dict[str, Node], edges: list[Edge]) -> list[Issue]:
    """Add the nodes that only edges name, and say so."""
    issues: list[Issue] = []
    for edge in edges:
        for end in (edge.source, edge.target):
            if end not in nodes:
                nodes[end] = Node(end, {})
                issues.append(
                    Issue.of(
                        "dangling-reference",
                        f"edges[{edge.id}]",
                        end,
                        severity=Severity.WARNING,
                        kind="node",
                    )
                )
    return issues
