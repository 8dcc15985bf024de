"""A graph as every format of graphs has it: nodes, edges, and plain values said of them."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, cast

from attrs import field, frozen

from citess.i18n import Term, Text
from citess.io._homes import Homes, count_losses
from citess.io._told import by_kind, left_out, plain, told
from citess.io._travel import Losses
from citess.model import (
    Bound,
    Dataset,
    Enterprise,
    Hub,
    PartialDate,
    Partner,
    Partnership,
    Period,
    Programme,
    Source,
    Territory,
)
from citess.model.shelves import shelf_types
from citess.network import partnership_graph

if TYPE_CHECKING:
    import networkx as nx

Item = dict[str, object]

EXPORTED: Final = (Source, Territory, Hub, Partner, Enterprise, Partnership, Programme)
"""Classes that a graph with records holds in full."""

PARTIES: Final = {"hub": "hubs", "partner": "partners", "enterprise": "enterprises"}
"""Shelves of the records that are nodes, by their kind."""

HOMES: Final[Homes] = {
    Hub: ("name", "territories"),
    Partner: ("name", "sector", "territories"),
    Enterprise: ("name", "sector", "territories"),
    Partnership: ("kind", "members", "name", "form", "intensity", "period", "sources"),
    Programme: ("name", "members", "period", "sources"),
}
"""What nodes and edges say of a record where the format holds no records."""

RECORD: Final = "record"
RECORDS: Final = "records"


@frozen
class Node:
    """A party."""

    id: str
    """Its id, unique in the graph."""

    values: Item
    """What is said of it: strings, numbers, truths, and lists of them."""

    record: object = None
    """Its record in the native format, where the format holds it."""


@frozen
class Edge:
    """A tie."""

    id: str
    """Its id, unique in the graph."""

    source: str
    """Node it comes from."""

    target: str
    """Node it goes to."""

    values: Item
    """What is said of it."""

    directed: bool
    """Whether it has a direction."""


@frozen
class Net:
    """Nodes and edges, and what stands beside them."""

    directed: bool
    """Whether the graph has directed ties."""

    nodes: tuple[Node, ...]
    """Nodes, in order."""

    edges: tuple[Edge, ...]
    """Edges, in order."""

    values: Item = field(factory=dict[str, object])
    """What is said of the graph as a whole."""

    records: object = None
    """Records that are no node, by shelf, where the format holds them."""


def drawn(source: "Dataset | nx.Graph[Any]", losses: Losses, *, full: bool) -> Net:
    """Draw the partnership graph of a dataset, or take any graph of networkx as it is.

    Parameters
    ----------
    source
        Dataset or graph.
    losses
        Where to count what does not travel.
    full
        Whether the format holds whole records beside the values of nodes and edges.

    Raises
    ------
    TypeError
        When it is neither.
    ValueError
        When two nodes of the graph have the same name as text.
    """
    if not isinstance(source, Dataset):
        return _taken(source, losses)
    graph = partnership_graph(source)
    if not full:
        _count(source, graph, losses)
        return _net(graph, {}, None, None)
    left_out(source, EXPORTED, losses.format, losses)
    records: dict[str, dict[str, Item]] = {}
    for type_ in shelf_types():
        if type_.record in EXPORTED:
            records[type_.name] = {
                str(record.id): {
                    name: plain(value)
                    for name, value in told(record, losses, losses.format).items()
                }
                for record in by_kind(source)[type_.kind].values()
            }
    nodes = {id_: records[shelf].pop(id_) for id_, shelf in _shelves(graph)}
    beside = {shelf: list(items.values()) for shelf, items in records.items() if items}
    return _net(graph, nodes, beside, None)


def _shelves(graph: "nx.Graph[str]") -> list[tuple[str, str]]:
    return [(id_, PARTIES[str(facts["kind"])]) for id_, facts in graph.nodes(data=True)]


def _count(data: Dataset, graph: "nx.Graph[str]", losses: Losses) -> None:
    """Count what nodes and edges do not say."""
    count_losses(data, losses, HOMES, kept=losses.format)
    losses.lost("enterprises[]", sum(id_ not in graph for id_ in data.enterprises))
    named = sum(tie.name is not None for tie in data.partnerships.values())
    losses.changed("partnerships[].name", "its id", named)
    losses.changed("programmes[].name", "its id", len(data.programmes))
    untied = [p for p in data.programmes.values() if len({m.party for m in p.members}) < 2]  # noqa: PLR2004  (a tie has two ends)
    losses.lost("programmes[]", len(untied))
    count_named(data, losses)


def count_named(data: Dataset, losses: Losses) -> None:
    """Count names in other languages, and areas beyond the seat, which nodes do not say."""
    for shelf in PARTIES.values():
        parties = cast("Mapping[str, Partner]", getattr(data, shelf)).values()
        losses.changed(f"{shelf}[].name", "one name", sum(len(p.name.items()) > 1 for p in parties))
        losses.changed(
            f"{shelf}[].territories", "the first", sum(len(p.territories) > 1 for p in parties)
        )


def values_of(facts: Mapping[str, object]) -> Item:
    """Values as plain data, without what is not known."""
    return _values(facts, "", None)


def _taken(graph: "nx.Graph[Any]", losses: Losses) -> Net:
    import networkx as nx  # noqa: PLC0415  (slow to import, needed here only)

    if not isinstance(cast("object", graph), nx.Graph):
        msg = f"a graph is made of a Dataset or of a graph of networkx, not of {graph!r:.80}"
        raise TypeError(msg)
    names = {str(node) for node in graph}
    if len(names) < len(graph):
        msg = "two nodes of the graph have the same name as text"
        raise ValueError(msg)
    records = {
        str(n): _value(facts[RECORD], f"nodes[].{RECORD}", losses)
        for n, facts in graph.nodes(data=True)
        if RECORD in facts
    }
    beside = _value(graph.graph.get(RECORDS), f"graph.{RECORDS}", losses)
    return _net(graph, records, beside, losses)


def _net(
    graph: "nx.Graph[Any]", records: Mapping[str, object], beside: object, losses: Losses | None
) -> Net:
    directed = graph.is_directed()
    names = {id_: str(id_) for id_ in graph}
    nodes = tuple(
        Node(names[id_], _values(facts, "nodes[]", losses), records.get(names[id_]))
        for id_, facts in graph.nodes(data=True)
    )
    edges: list[Edge] = []
    keyed = graph.is_multigraph()
    given = cast("Any", graph).edges(data=True, **({"keys": True} if keyed else {}))
    taken: set[str] = set()
    for n, (a, b, *key, facts) in enumerate(cast("Iterable[tuple[Any, ...]]", given)):
        name = str(key[0]) if keyed and isinstance(key[0], str) else str(facts.get("id", f"e{n}"))
        while name in taken:
            name = f"{name}-{n}"
        taken.add(name)
        values = _values(facts, "edges[]", losses)
        way = directed and values.get("directed", True) is not False
        edges.append(Edge(name, names[a], names[b], values, way))
    whole = {
        key: value
        for key, value in graph.graph.items()
        if key not in {RECORDS, "node_default", "edge_default"}
    }
    return Net(directed, nodes, tuple(edges), _values(whole, "graph", losses), beside)


def _values(facts: Mapping[Any, object], path: str, losses: Losses | None) -> Item:
    """Values as plain data; ``None`` is dropped, and counted for graphs that users made."""
    found: Item = {}
    for key, value in facts.items():
        name = str(key)
        if name == RECORD:
            continue
        if value is None or _is_empty(value):
            if losses is not None and value is None:
                losses.lost(f"{path}.{name}")
        elif isinstance(value, Period):
            found[name] = str(value)
            for end, bound in (("start", value.start), ("end", value.end)):
                if bound.date is not None:
                    found[end] = str(bound.date)
        else:
            found[name] = _value(value, f"{path}.{name}", losses)
    return found


def _is_empty(value: object) -> bool:
    return isinstance(value, tuple) and not value


def _value(value: object, path: str, losses: Losses | None) -> object:
    if isinstance(value, Mapping):
        items = cast("Mapping[object, object]", value).items()
        return {str(key): _value(item, path, losses) for key, item in items}
    if isinstance(value, list | tuple | set | frozenset):
        many = cast("Iterable[object]", value)
        found = [_value(item, path, losses) for item in many]
        return sorted(found, key=str) if isinstance(value, set | frozenset) else found
    return _scalar(value, path, losses)


def _scalar(value: object, path: str, losses: Losses | None) -> object:
    if isinstance(value, Term | Text | PartialDate | Bound | Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | float | str):
        return value
    plain_of = getattr(value, "tolist", None)  # of numpy
    if callable(plain_of):
        return _value(plain_of(), path, losses)
    if losses is not None:
        losses.changed(path, "text")
    return str(value)
