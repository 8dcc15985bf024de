"""Ties of a graph as plain dictionaries: simple, without loops, every value checked."""

import math
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from numbers import Real
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, cast

from attrs import field, frozen

from citess.errors import suggest
from citess.network._arguments import check_graph

if TYPE_CHECKING:
    import networkx as nx

N = TypeVar("N", bound=Hashable)
ACCEPTED: Final = "a networkx graph or TieArrays"
LEAST, MOST = 1e-70, 1e70
"""Values of ties that can be added, multiplied and squared without loss by millions."""

_FEW = 10_000


@frozen(kw_only=True, eq=False)
class Ties(Generic[N]):
    """Simple ties between numbered nodes, in plain Python."""

    nodes: tuple[N, ...]
    """Nodes, in the order of the graph; a tie names them by position."""

    rows: tuple[dict[int, float], ...]
    """Value of the tie from each node to each other; both ways where ties have no direction."""

    directed: bool
    """Whether ties have a direction."""

    loops: int = field(default=0)
    """Ties of a node to itself, which were left out."""

    merged: int = field(default=0)
    """Parallel ties that were merged into another."""

    def mutual(self) -> "Ties[N]":
        """Ties without direction: the value is that of both directions together."""
        if not self.directed:
            return self
        rows: list[dict[int, float]] = [dict(row) for row in self.rows]
        for a, row in enumerate(self.rows):
            for b, value in row.items():
                rows[b][a] = rows[b].get(a, 0.0) + value
        return Ties(nodes=self.nodes, rows=tuple(rows), directed=False)


def read_ties(
    graph: "nx.Graph[N]", *, strength: str | None = None, distance: str | None = None
) -> Ties[N]:
    """Simple ties of a networkx graph.

    Loops are left out and counted. Parallel ties are merged and counted: strengths add, the
    shortest distance stays, and without either a tie counts once.

    Raises
    ------
    TypeError
        When it is no networkx graph.
    ValueError
        When a tie lacks the attribute, or its value is no positive finite number.
    """
    check_graph(graph, accepted=ACCEPTED)
    name = value_name(strength=strength, distance=distance)
    nodes = tuple(graph)
    at = {node: n for n, node in enumerate(nodes)}
    rows: tuple[dict[int, float], ...] = tuple({} for _ in nodes)
    loops = merged = 0
    for u, v, data in links(graph):
        a, b = at[u], at[v]
        if a == b:
            loops += 1
            continue
        value = 1.0 if name is None else number(data, name, u, v, graph)
        if b in rows[a]:
            merged += 1
            value = merge(rows[a][b], value, strength=strength, distance=distance)
        rows[a][b] = value
        if not graph.is_directed():
            rows[b][a] = value
    return Ties(nodes=nodes, rows=rows, directed=graph.is_directed(), loops=loops, merged=merged)


def value_name(*, strength: str | None, distance: str | None) -> str | None:
    """Name of the one attribute that is read; strength and distance exclude each other."""
    for argument, name in (("strength", strength), ("distance", distance)):
        if not (name is None or isinstance(cast("object", name), str)):
            msg = f"{argument} must be the name of an attribute of ties or None, not {name!r}"
            raise TypeError(msg)
    if strength is not None and distance is not None:
        msg = f"strength={strength!r} and distance={distance!r} cannot both be given"
        raise ValueError(msg)
    return distance if strength is None else strength


def links(graph: "nx.Graph[N]") -> "Iterator[tuple[N, N, Mapping[str, object]]]":
    """Every tie once, with its attributes."""
    edges = cast("Iterable[tuple[N, N, Mapping[str, object]]]", graph.edges(data=True))
    yield from edges


def both_ways(graph: "nx.Graph[N]") -> "nx.Graph[N]":
    """The graph, where ties that say they have no direction (``directed=False``) go both ways.

    Graphs of citess that hold ties with a direction and ties without tell them apart so.
    """
    import networkx as nx  # noqa: PLC0415  (slow to import, needed here only)

    if not graph.is_directed():
        return graph
    back = [(v, u, data) for u, v, data in links(graph) if data.get("directed") is False]
    if not back:
        return graph
    made: nx.MultiDiGraph[N] = nx.MultiDiGraph(graph)
    made.add_edges_from(cast("Any", back))
    return made


def merge(old: float, new: float, *, strength: str | None, distance: str | None) -> float:
    """Value of two parallel ties as one."""
    if strength is not None:
        return old + new
    return old if distance is None else min(old, new)


def number(
    data: "Mapping[str, object]", name: str, u: object, v: object, graph: "nx.Graph[N]"
) -> float:
    """Value of a tie, which must be a positive finite number."""
    value = data.get(name)
    if value is None:
        raise no_such_attribute(name, graph)
    return positive(value, name, u, v)


def positive(value: object, name: str, u: object, v: object) -> float:
    """Refuse what is no positive finite number."""
    try:
        found = float(value) if isinstance(value, Real | Decimal) else math.nan
    except OverflowError:
        found = math.nan
    if not (math.isfinite(found) and found > 0):
        msg = (
            f"{name!r} of the tie {u!r} to {v!r} is {value!r}; "
            f"a positive finite number is needed, and ties that do not count are left out"
        )
        raise ValueError(msg)
    if not LEAST <= found <= MOST:
        msg = (
            f"{name!r} of the tie {u!r} to {v!r} is {value!r}; numbers from {LEAST!r} to {MOST!r} "
            f"can be reckoned with: give them in another unit"
        )
        raise ValueError(msg)
    return found


def no_such_attribute(name: str, graph: "nx.Graph[N]") -> ValueError:
    """What to raise when ties lack an attribute."""
    names: dict[str, None] = {}
    lacking = total = 0
    for _, _, data in links(graph):
        names.update(dict.fromkeys(key for key in data if isinstance(cast("object", key), str)))
        lacking += data.get(name) is None
        total += 1
    known = ", ".join(sorted(names)) or "none"
    near = suggest(name, sorted(names)) if name not in names else None
    hint = f"; did you mean {near!r}?" if near else f"; attributes of ties are: {known}"
    return ValueError(f"{lacking} of {total} ties have no attribute {name!r}{hint}")


def no_such_node(argument: str, node: object, nodes: Sequence[object]) -> ValueError:
    """What to raise when an argument names a node that is not there."""
    few = nodes if len(nodes) <= _FEW else ()
    near = suggest(str(node), [str(known) for known in few])
    hint = f"; did you mean {near!r}?" if near else ""
    return ValueError(f"{argument} names {node!r}, which is none of the {len(nodes)} nodes{hint}")


def sectors_of(graph: object, nodes: Sequence[object], sector: object) -> list[int]:
    """Number of the sector of each node; -1 where it is not known.

    Raises
    ------
    TypeError
        When it is neither the name of an attribute nor a mapping from nodes to sectors.
    ValueError
        When no node has the attribute, or the mapping names none of the nodes.
    """
    import networkx as nx  # noqa: PLC0415  (slow to import, needed here only)

    if isinstance(sector, Mapping):
        mapping = cast("Mapping[object, object]", sector)
        given = [mapping.get(node) for node in nodes]
        missing = f"sector names none of the {len(nodes)} nodes of the graph"
    elif isinstance(sector, str) and isinstance(graph, nx.Graph):
        attributes: list[dict[str, object]] = [cast("Any", graph).nodes[node] for node in nodes]
        given = [known.get(sector) for known in attributes]
        missing = _no_sector(attributes, sector)
    else:
        msg = (
            f"sector must be a mapping from nodes to sectors or, for a networkx graph, the name of "
            f"an attribute of nodes, not {sector!r}"
        )
        raise TypeError(msg)
    numbers: dict[object, int] = {}
    found = [
        numbers.setdefault(value, len(numbers)) if is_known(value, node) else -1
        for node, value in zip(nodes, given, strict=True)
    ]
    if nodes and not numbers:
        raise ValueError(missing)
    return found


def is_known(value: object, node: object) -> bool:
    """Whether a node has a sector: none and not a number are none.

    Raises
    ------
    TypeError
        When it is nothing that can be told apart from others.
    """
    try:
        hash(value)
    except TypeError as error:
        msg = f"the sector of {node!r} is {value!r}; text or a number is wanted"
        raise TypeError(msg) from error
    return value is not None and value == value  # noqa: PLR0124  (not a number: not known)


def _no_sector(attributes: Sequence[Mapping[str, object]], sector: str) -> str:
    names = sorted({str(key) for known in attributes for key in known})
    near = suggest(sector, names) if sector not in names else None
    hint = f"; did you mean {near!r}?" if near else f"; they have: {', '.join(names) or 'none'}"
    return f"no node has the attribute {sector!r}, which sector= names{hint}"
