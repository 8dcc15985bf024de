"""What chance alone would give: null models of a network, for any metric of the whole."""

from collections.abc import Callable, Hashable
from random import Random
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, cast

from citess.metrics._catalogue import catalogue
from citess.metrics._facts import Number
from citess.metrics._graph_metric import GraphMetric, directed, graph_of, simple
from citess.metrics._measure import Outcome
from citess.metrics.tests_of_chance import Null, randomisation

if TYPE_CHECKING:
    import networkx as nx

    from citess.model import Dataset, DateLike

NullModel: TypeAlias = Literal["size", "ties", "degrees", "dyads", "labels"]
_SWAPS: Final = 10
"""Swaps tried for each tie: enough to forget where they were."""


def against_chance(  # noqa: PLR0913  (what is compared, with what, and how often)
    metric: "GraphMetric | str",
    data: "Dataset | nx.Graph[str]",
    *,
    null: NullModel = "ties",
    part: str | None = None,
    attribute: str = "sector",
    draws: int = 1000,
    seed: int = 0,
    on: "DateLike | None" = None,
    **options: object,
) -> Null | None:
    """Compare a metric of a whole network with networks drawn by chance.

    Null models are: ``"size"``, as many nodes, each tie there or not by the toss of a coin;
    ``"ties"``, as many nodes and ties (both conditional uniform graph tests); ``"degrees"``, the
    same degrees, by swaps of ties (configuration model without loops or parallel ties, each side of
    a graph with two sides kept); ``"dyads"``, as many mutual, one-way and absent pairs; and
    ``"labels"``, the same ties, with the values of an ``attribute`` of nodes permuted. Direction is
    kept where the graph has one; loops and parallel ties are left out.

    Parameters
    ----------
    metric
        A metric of a whole graph, or its id or name.
    data
        Dataset, whose partnership graph is taken, or a graph.
    null
        Null model.
    part
        Name of one of the measure's ``parts``; ``None`` compares the value.
    attribute
        Attribute of nodes that ``"labels"`` permutes.
    draws
        Number of networks drawn.
    seed
        Of the draws.
    on
        Day on which ties hold.
    options
        Options of the metric.

    Returns
    -------
    Null
        Expected value, standard deviation, z and p; ``None`` where the value is not defined, or not
        on some network drawn.

    Raises
    ------
    UnknownIdError
        When no metric has the name.
    ValueError
        When the null model does not exist or does not suit the graph, or the measure has no such
        part.

    Examples
    --------
    >>> import networkx as nx
    >>> from citess.metrics import against_chance, transitivity
    >>> found = against_chance(transitivity, nx.karate_club_graph(), draws=100, seed=7)
    >>> found.expected < 0.2, found.z > 3, found.p < 0.02
    (True, True, True)

    References
    ----------
    Anderson, Butts and Carley 1999, doi:10.1016/S0378-8733(99)00011-8; Maslov and Sneppen 2002,
    doi:10.1126/science.1065103.
    """
    if null not in tuple(_MODELS):
        msg = f"null is one of {', '.join(_MODELS)}, not {null!r}"
        raise ValueError(msg)
    asked = _named(metric) if isinstance(metric, str) else metric
    if not isinstance(asked, GraphMetric):
        msg = f"{asked!r} is no metric of a whole graph"
        raise TypeError(msg)
    graph = graph_of(data, on, None)
    plain: nx.Graph[str] = directed(graph) if graph.is_directed() else simple(graph)
    draw = _MODELS[null](plain, attribute)

    def value(drawn: "nx.Graph[str]") -> float | None:
        found = asked.compute(drawn, **options)
        number = found.value if part is None else _part(found, part)
        return None if number is None else float(number)

    def drawn(random: Random) -> float:
        number = value(draw(random))
        if number is None:
            raise _UndefinedDrawError
        return number

    seen = value(plain)
    if seen is None:
        return None
    try:
        return randomisation(seen, drawn, seed=seed, draws=draws)
    except _UndefinedDrawError:
        return None


def _part(found: Outcome, part: str) -> Number | None:
    """Part of an outcome; an undefined outcome may have none."""
    if part not in tuple(found.parts) and found.value is not None:
        held = ", ".join(found.parts) or "none"
        msg = f"part must be one of the measure's parts, not {part!r}; it has {held}"
        raise ValueError(msg)
    return found.parts.get(part)


class _UndefinedDrawError(Exception):
    """A network was drawn on which the metric is not defined."""


def _named(name: str) -> object:
    return catalogue[name] if name in catalogue else catalogue.named(name)


Draw: TypeAlias = "Callable[[Random], nx.Graph[str]]"


def _like(graph: "nx.Graph[str]", ties: "list[tuple[str, str]]") -> "nx.Graph[str]":
    """Graph of the same nodes, with other ties."""
    found = graph.__class__()
    found.add_nodes_from(graph.nodes(data=True))
    found.add_edges_from(ties)
    return found


def _pairs(graph: "nx.Graph[str]") -> "list[tuple[str, str]]":
    nodes = list(graph)
    if graph.is_directed():
        return [(a, b) for a in nodes for b in nodes if a != b]
    return [(a, b) for n, a in enumerate(nodes) for b in nodes[n + 1 :]]


def _size(graph: "nx.Graph[str]", _: str) -> Draw:
    pairs = _pairs(graph)
    return lambda random: _like(graph, [pair for pair in pairs if random.random() < 1 / 2])


def _ties(graph: "nx.Graph[str]", _: str) -> Draw:
    pairs, m = _pairs(graph), graph.number_of_edges()
    return lambda random: _like(graph, random.sample(pairs, m))


def _dyads(graph: "nx.Graph[str]", _: str) -> Draw:
    if not graph.is_directed():
        msg = "dyads are of a graph with direction; null='ties' suits one without"
        raise ValueError(msg)
    nodes = list(graph)
    pairs = [(a, b) for n, a in enumerate(nodes) for b in nodes[n + 1 :]]
    tied = {frozenset(arc) for arc in graph.edges()}
    mutual = graph.number_of_edges() - len(tied)

    def draw(random: Random) -> "nx.Graph[str]":
        chosen = random.sample(pairs, len(tied))
        arcs = [(a, b) if random.random() < 1 / 2 else (b, a) for a, b in chosen[mutual:]]
        both = [arc for a, b in chosen[:mutual] for arc in ((a, b), (b, a))]
        return _like(graph, [*both, *arcs])

    return draw


def _degrees(graph: "nx.Graph[str]", _: str) -> Draw:
    side = {node: facts.get("bipartite") for node, facts in graph.nodes(data=True)}
    two = not graph.is_directed() and all(
        side[a] is not None and side[b] is not None and side[a] != side[b] for a, b in graph.edges()
    )

    def oriented(tie: tuple[str, str]) -> tuple[str, str]:
        """A tie of two sides from one side to the other, always the same way."""
        a, b = tie
        return tie if not two or str(side[a]) < str(side[b]) else (b, a)

    fixed = graph.is_directed() or two

    def key(tie: tuple[str, str]) -> Hashable:
        """What tells ties apart: without direction, either way is the same."""
        return tie if fixed else frozenset(tie)

    def draw(random: Random) -> "nx.Graph[str]":
        ties = [oriented(tie) for tie in graph.edges()]
        there = set(map(key, ties))
        for _ in range(_SWAPS * len(ties) if len(ties) > 1 else 0):
            one, other = random.sample(range(len(ties)), 2)
            (a, b), (c, d) = ties[one], ties[other]
            if not fixed and random.random() < 1 / 2:
                c, d = d, c
            new = [key((a, d)), key((c, b))]
            if a == d or c == b or there & set(new):
                continue
            there -= {key(ties[one]), key(ties[other])}
            there |= set(new)
            ties[one], ties[other] = (a, d), (c, b)
        return _like(graph, ties)

    return draw


def _labels(graph: "nx.Graph[str]", attribute: str) -> Draw:
    if not isinstance(cast("object", attribute), str):
        msg = f"attribute must be the name of an attribute of nodes, not {attribute!r}"
        raise TypeError(msg)
    known = [node for node, facts in graph.nodes(data=True) if facts.get(attribute) is not None]
    if not known:
        msg = f"no node has the attribute {attribute!r}"
        raise ValueError(msg)

    def draw(random: Random) -> "nx.Graph[str]":
        values = [graph.nodes[node][attribute] for node in known]
        random.shuffle(values)
        found = _like(graph, list(graph.edges()))
        for node, value in zip(known, values, strict=True):
            found.nodes[node][attribute] = value
        return found

    return draw


_MODELS: Final[dict[str, "Callable[[nx.Graph[str], str], Draw]"]] = {
    "size": _size,
    "ties": _ties,
    "degrees": _degrees,
    "dyads": _dyads,
    "labels": _labels,
}

__all__ = ["NullModel", "against_chance"]
