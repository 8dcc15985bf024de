"""JSON Graph Format, version 2."""

from typing import TYPE_CHECKING, Any, Final, cast

from citess.errors import Issue, Severity
from citess.io._plain import plain_document
from citess.io._travel import ImportReport, Losses, LossReport
from citess.io.graphs._kept import read, report, written
from citess.io.graphs._net import RECORD, RECORDS, Edge, Item, Net, Node
from citess.io.graphs._node_link import missing_nodes
from citess.io.graphs._shape import Faults, Names, pairs
from citess.model import Dataset

if TYPE_CHECKING:
    import networkx as nx

Jgf = dict[str, object]
"""A document of JSON Graph Format, as plain dictionaries and lists."""

FORMAT: Final = "jgf"
_TEXTS: Final = {"id": str, "label": str}
_GRAPH: Final = {**_TEXTS, "type": str, "directed": bool, "metadata": dict, "nodes": dict}
_NODE: Final = {"label": str, "metadata": dict}
_TIE: Final = {**_TEXTS, "relation": str, "metadata": dict}
_EDGE: Final = {**_TIE, "source": str, "target": str, "directed": bool}
_ENDS: Final = ("source", "target")


def to_jgf(source: "Dataset | nx.Graph[Any]", *, strict: bool = False) -> tuple[Jgf, LossReport]:
    """Make JSON Graph Format v2 of the partnership graph of a dataset, or of any graph.

    The ``relation`` of an edge is the role of its target; ``metadata`` of nodes and edges carry
    what :func:`citess.network.partnership_graph` says of them, and nodes their ``record`` in the
    native format; agreements, territories, sources and enterprises without a tie stand in
    ``records`` of the graph. Of other classes nothing is written, and they are counted.

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
    >>> from citess.io.graphs import from_jgf, to_jgf
    >>> document, losses = to_jgf(citess.datasets.tunisia())
    >>> document["graph"]["nodes"]["citess-mahdia"]["label"]
    'CitESS Mahdia'
    """
    losses = Losses(FORMAT)
    return report(losses, written(source, losses, _made, _opened), strict=strict)


def from_jgf(document: Jgf) -> tuple[Dataset, ImportReport]:
    """Make a dataset of JSON Graph Format v2, with edges or hyperedges, one graph or several.

    What citess wrote comes back as it was. Of others, nodes become partners, or what ``kind``
    says, and edges and hyperedges agreements; the document is kept in :attr:`extra` and written
    back. Nodes of the same id in several graphs are the same.

    Raises
    ------
    ReadError
        When the format does not allow it; the report holds every fault with its place.
    IntegrityError
        When records that it holds do not fit together.

    Examples
    --------
    >>> given = {"graph": {"nodes": {"a": {}, "b": {}}, "edges": [{"source": "a", "target": "b"}]}}
    >>> data, report = from_jgf(given)
    >>> data, to_jgf(data)[0] == given
    (Dataset(partners=2, partnerships=1), True)
    """
    return read(document, FORMAT, _made, _opened)


def _made(net: Net) -> Jgf:
    beside = {} if net.records is None else {RECORDS: net.records}
    given = dict(net.values)
    about: Item = {
        n: given.pop(n) for n in ("id", "type", "label") if isinstance(given.get(n), str)
    }
    metadata: Item = {**given, **beside}
    return {
        "graph": {
            **about,
            "directed": net.directed,
            **({"metadata": metadata} if metadata else {}),
            "nodes": {node.id: _node(node) for node in net.nodes},
            "edges": [_edge(edge, directed=net.directed) for edge in net.edges],
        }
    }


def _node(node: Node) -> Item:
    held = {} if node.record is None else {RECORD: node.record}
    metadata = {**node.values, **held}
    label = node.values.get("name", node.values.get("label", node.id))
    return {"label": str(label), **({"metadata": metadata} if metadata else {})}


def _edge(edge: Edge, *, directed: bool) -> Item:
    found: Item = {"id": edge.id, "source": edge.source, "target": edge.target}
    relation = edge.values.get("role", edge.values.get("relation"))
    if relation is not None:
        found["relation"] = str(relation)
    if edge.directed != directed:
        found["directed"] = edge.directed
    return {**found, **({"metadata": edge.values} if edge.values else {})}


def _opened(document: Jgf) -> tuple[Net, list[Issue]]:
    faults = Faults()
    document = cast("Jgf", plain_document(document))
    given = faults.fields(document, "")
    one = "graph" in given
    if isinstance(document, dict):  # pyright: ignore[reportUnnecessaryIsInstance]  (from anywhere)
        faults.only(given, {"graph"} if one else {"graphs"}, "", "document")
    graphs = [("graph", faults.fields(given["graph"], "graph"))] if one else []
    graphs = graphs or list(faults.items(given, "graphs", ""))
    opened = _Graphs(faults, one=one)
    for path, graph in graphs:
        opened.take(graph, path)
    faults.refuse()
    return opened.net(), opened.issues


class _Graphs:
    """The graphs of a document as one."""

    def __init__(self, faults: Faults, *, one: bool) -> None:
        self.issues: list[Issue] = []
        self._faults = faults
        self._one = one
        self._directed = False
        self._nodes: dict[str, Node] = {}
        self._edges: list[Edge] = []
        self._whole: Item = {}
        self._names = Names()

    def net(self) -> Net:
        self.issues += missing_nodes(self._nodes, self._edges)
        beside = self._whole.pop(RECORDS, None)
        nodes, edges = tuple(self._nodes.values()), tuple(self._edges)
        return Net(self._directed, nodes, edges, self._whole, beside)

    def take(self, graph: Item, path: str) -> None:
        ties = "hyperedges" if "hyperedges" in graph else "edges"
        self._faults.only(graph, {*_GRAPH, ties}, path, "graph")
        self._faults.typed(graph, _GRAPH, path)
        if ties not in graph:
            note = Issue.of(
                "required-by-standard",
                path,
                None,
                severity=Severity.NOTE,
                field="edges",
                format=FORMAT,
            )
            self.issues.append(note)
        directed = graph.get("directed", True) is True
        self._directed = self._directed or directed
        if isinstance(graph.get("nodes", {}), dict):
            self._take_nodes(cast("Item", graph.get("nodes", {})), f"{path}.nodes")
        if self._one:
            self._whole |= {n: graph[n] for n in ("id", "type", "label") if n in graph}
            metadata = graph.get("metadata")
            self._whole |= cast("Item", metadata) if isinstance(metadata, dict) else {}
        found = list(self._faults.items(graph, ties, path))
        lists = any("nodes" in item for _, item in found)
        for place, item in found:
            if ties == "edges":
                self._edge(item, place, directed=directed)
            else:
                self._hyperedge(item, place, directed=directed, lists=lists)

    def _take_nodes(self, nodes: Item, path: str) -> None:
        for id_, value in nodes.items():
            place = f"{path}[{id_}]"
            item = self._faults.fields(value, place)
            self._faults.only(item, _NODE, place, "node")
            self._faults.typed(item, _NODE, place)
            values = _values(item)
            held = values.pop(RECORD, None)
            old = self._nodes.get(id_)
            if old is not None:
                values, held = {**old.values, **values}, old.record if held is None else held
            self._nodes[id_] = Node(id_, values, held)

    def _edge(self, item: Item, path: str, *, directed: bool) -> None:
        self._faults.only(item, _EDGE, path, "edge")
        self._faults.typed(item, _EDGE, path)
        self._faults.needs(item, _ENDS, path)
        way = item.get("directed", directed) is True
        self._add(item, str(item.get("source")), str(item.get("target")), {}, way=way)

    def _hyperedge(self, item: Item, path: str, *, directed: bool, lists: bool) -> None:
        names = ("nodes",) if lists else _ENDS
        self._faults.only(item, {*_TIE, *names}, path, "hyperedge")
        self._faults.typed(item, _TIE, path)
        self._faults.needs(item, names, path)
        if lists and directed:
            issue = Issue.of("excludes", f"{path}.nodes", "nodes", other="directed: true")
            self._faults.issues.append(issue)
        ends = [self._faults.strings(item, name, path) for name in names]
        name = f"hyperedge-{len(self._edges)}"
        agreement: Item = {"agreement": str(item.get("id", name))}
        for a, b in pairs(ends):
            self._add(item, a, b, agreement, way=not lists)

    def _add(self, item: Item, source: str, target: str, more: Item, *, way: bool) -> None:
        n = len(self._edges)
        id_ = self._names.fresh(str(item.get("id", f"e{n}")), n)
        self._edges.append(Edge(id_, source, target, {**_values(item), **more}, way))


def _values(item: Item) -> Item:
    metadata = item.get("metadata")
    found = dict(cast("Item", metadata)) if isinstance(metadata, dict) else {}
    return {**{n: item[n] for n in ("label", "relation") if n in item}, **found}
