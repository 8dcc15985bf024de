"""A backend of networkx: its own functions, answered by the arrays of citess.

``nx.constraint(graph, backend="citess")`` calls it; so does plain ``nx.constraint(graph)`` once
``nx.config.backend_priority = ["citess"]``. networkx converts a graph once and keeps the conversion
until the graph changes. What the backend does not cover, networkx answers itself under a priority,
and refuses under ``backend=``.
"""

# ruff: noqa: N803  (names of arguments are networkx's)

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from citess.network._arrays import TieArrays
from citess.network._clustering import Clustering
from citess.network._clustering import clustering as _clustering
from citess.network._delegated import articulation_points as _articulation_points
from citess.network._delegated import bridges as _bridges
from citess.network._delegated import core_numbers as _core_numbers
from citess.network._extra import has_fast
from citess.network._holes import structural_holes as _structural_holes

if TYPE_CHECKING:
    import networkx as nx

_DIRECTED: Final = frozenset({"constraint", "effective_size"})
_LOOPLESS: Final = frozenset({"constraint", "effective_size", "core_number", "bridges"})
_ARGUMENTS: Final = {
    "clustering": (2, "weight"),
    "average_clustering": (2, "weight"),
    "bridges": (1, "root"),
}


class ConvertedGraph:
    """A graph of networkx with its arrays beside it, as networkx keeps it in its cache."""

    __networkx_backend__ = "citess"

    def __init__(self, graph: "nx.Graph[Any]", attribute: str | None, default: float) -> None:
        self.graph = graph
        self.attribute = attribute
        self.ties = self._arrays(graph, attribute, default)

    @staticmethod
    def _arrays(graph: "nx.Graph[Any]", attribute: str | None, default: float) -> TieArrays[Any]:
        if attribute is None:
            return TieArrays[Any].from_graph(graph)
        edges: list[tuple[Any, Any, Any]] = list(graph.edges(data=attribute, default=default))
        nodes = list(graph)
        return TieArrays[Any].from_edges(
            [u for u, _, _ in edges],
            [v for _, v, _ in edges],
            strength={attribute: [value for _, _, value in edges]},
            nodes=nodes,
            directed=graph.is_directed(),
        )

    def is_directed(self) -> bool:
        """Whether ties have a direction."""
        return self.ties.directed

    def is_multigraph(self) -> bool:
        """Whether the graph may hold parallel ties."""
        return self.graph.is_multigraph()

    def __len__(self) -> int:
        return len(self.ties.nodes)


def convert_from_nx(  # noqa: PLR0913, PLR0917  (the signature is networkx's)
    graph: "nx.Graph[Any]",
    edge_attrs: Mapping[str, float | None] | None = None,
    node_attrs: Mapping[str, object] | None = None,  # noqa: ARG001
    preserve_edge_attrs: bool = False,  # noqa: ARG001, FBT001, FBT002
    preserve_node_attrs: bool = False,  # noqa: ARG001, FBT001, FBT002
    preserve_graph_attrs: bool = False,  # noqa: ARG001, FBT001, FBT002
    name: str | None = None,  # noqa: ARG001
    graph_name: str | None = None,  # noqa: ARG001
) -> ConvertedGraph:
    """Arrays of a graph of networkx.

    Raises
    ------
    NotImplementedError
        When strengths are not positive finite numbers; networkx then answers itself.
    """
    attribute, default = next(iter((edge_attrs or {}).items()), (None, 1.0))
    try:
        return ConvertedGraph(graph, attribute, 1.0 if default is None else default)
    except ValueError as error:
        raise NotImplementedError(str(error)) from error


def convert_to_nx(result: object, *, name: str | None = None) -> object:  # noqa: ARG001
    """Give back the graph of networkx that was converted."""
    return result.graph if isinstance(result, ConvertedGraph) else result


def can_run(name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> bool | str:
    """Whether the backend covers a call, or why it does not."""
    if not has_fast():
        return "it needs the extra 'fast' of citess"
    graph = args[0] if args else kwargs["G"]
    if graph.is_multigraph():
        return "parallel ties are networkx's"
    if name not in _DIRECTED and graph.is_directed():
        return "ties with a direction are networkx's"
    if name in _LOOPLESS and _has_loop(graph):
        return "ties of a node to itself are networkx's"
    place = _ARGUMENTS.get(name)
    if place is not None:
        at, argument = place
        if (args[at] if len(args) > at else kwargs.get(argument)) is not None:
            return f"the argument {argument!r} is networkx's"
    return True


def constraint(
    G: ConvertedGraph, nodes: Iterable[Any] | None = None, weight: str | None = None
) -> dict[Any, float]:
    """Burt's constraint; not a number for a node without ties."""
    return _chosen(_structural_holes(G.ties, strength=weight).constraint, nodes)


def effective_size(
    G: ConvertedGraph, nodes: Iterable[Any] | None = None, weight: str | None = None
) -> dict[Any, float]:
    """Burt's effective size; not a number for a node without ties."""
    return _chosen(_structural_holes(G.ties, strength=weight).effective_size, nodes)


def triangles(G: ConvertedGraph, nodes: Any = None) -> Any:
    """Triangles that each node belongs to."""
    return _some(_clustering(G.ties).triangles, nodes)


def clustering(G: ConvertedGraph, nodes: Any = None, weight: None = None) -> Any:  # noqa: ARG001  (refused by can_run)
    """Share of the pairs of contacts that are tied; 0 below two contacts."""
    return _some(_zeros(_clustering(G.ties)), nodes)


def average_clustering(
    G: ConvertedGraph,
    nodes: Iterable[Any] | None = None,
    weight: None = None,  # noqa: ARG001  (refused by can_run)
    count_zeros: bool = True,  # noqa: FBT001, FBT002  (the signature is networkx's)
) -> float:
    """Mean of the local shares, zeros counted or not."""
    shares: dict[Any, float] = _zeros(_clustering(G.ties))
    found = [shares[node] for node in (shares if nodes is None else _within(shares, nodes))]
    if not count_zeros:
        found = [share for share in found if share > 0]
    return sum(found) / len(found)


def transitivity(G: ConvertedGraph) -> float:
    """Closed triples over all; 0 where there is none."""
    return _clustering(G.ties).transitivity or 0


def core_number(G: ConvertedGraph) -> dict[Any, int]:
    """Largest k for which a node belongs to the k-core."""
    return _core_numbers(G.ties)


def articulation_points(G: ConvertedGraph) -> Iterator[Any]:
    """Nodes without which their part falls apart."""
    yield from _articulation_points(G.ties)


def bridges(G: ConvertedGraph, root: None = None) -> Iterator[tuple[Any, Any]]:  # noqa: ARG001  (refused by can_run)
    """Ties that alone hold their part together."""
    yield from _bridges(G.ties)


def _has_loop(graph: Any) -> bool:
    if isinstance(graph, ConvertedGraph):
        return graph.ties.loops > 0
    return any(node in others for node, others in graph.adjacency())


def _chosen(values: Mapping[Any, float | None], nodes: Iterable[Any] | None) -> dict[Any, float]:
    found = values if nodes is None else {node: values[node] for node in nodes}
    return {node: math.nan if value is None else value for node, value in found.items()}


def _zeros(found: Clustering[Any]) -> dict[Any, float]:
    return {node: share or 0 for node, share in found.local.items()}


def _some(values: Mapping[Any, Any], nodes: Any) -> Any:
    if nodes is None:
        return dict(values)
    if _is_node(values, nodes):
        return values[nodes]
    return {node: values[node] for node in _within(values, nodes)}


def _is_node(values: Mapping[Any, Any], node: object) -> bool:
    try:
        return node in values
    except TypeError:
        return False


def _within(values: Mapping[Any, Any], nodes: Iterable[Any]) -> Iterator[Any]:
    """Nodes of the graph among those named; others are passed over, as in networkx."""
    return (node for node in dict.fromkeys(nodes) if node in values)
