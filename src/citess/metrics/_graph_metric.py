"""Metrics of a graph: of the whole, and of every node."""

from collections.abc import Callable, Collection, Mapping
from functools import update_wrapper
from typing import TYPE_CHECKING, Final, Unpack, cast

from attrs import evolve

from citess.metrics._catalogue import catalogue
from citess.metrics._definition import Defined, Definition
from citess.metrics._measure import Group, Measure, Outcome
from citess.metrics._node_measures import Measures, NodeOutcome
from citess.metrics._registry import as_measure
from citess.metrics._vertices import jackknife_interval, without_each
from citess.model import Dataset, DateLike, as_date
from citess.network import at, layers, partnership_graph
from citess.network._arguments import check_graph, is_graph
from citess.network._ties import links, number

if TYPE_CHECKING:
    import networkx as nx

KIND: Final = "kind"


def graph_of(
    data: "Dataset | nx.Graph[str]",
    on: DateLike | None,
    kinds: Collection[str] | None,
) -> "nx.Graph[str]":
    """Graph to ask: the partnership graph of a dataset, or a graph as it held on a day.

    Raises
    ------
    TypeError
        When given neither a dataset nor a graph of networkx.
    ValueError
        When kinds of agreement are asked for of a graph that is given.
    """
    if isinstance(data, Dataset):
        return partnership_graph(data, on, kinds)
    if not is_graph(data):
        msg = f"a dataset or a graph of networkx is wanted, not {type(data).__name__}"
        raise TypeError(msg)
    if kinds is not None:
        msg = "kinds choose agreements of a dataset; of a graph, give the edges wanted"
        raise ValueError(msg)
    return data if on is None else at(data, on)


def _doubts(graph: "nx.Graph[str]") -> tuple[str, ...]:
    """Whether some ties may not have held, as graphs of citess tell of each."""
    doubtful = any(facts.get("certain") is False for _, _, facts in links(graph))
    return ("uncertain-ties",) if doubtful else ()


def simple(graph: "nx.Graph[str]") -> "nx.Graph[str]":
    """Simple graph without direction: parallel ties merged, loops dropped; nodes keep facts."""
    import networkx as nx  # noqa: PLC0415  (slow to import, needed here only)

    found: nx.Graph[str] = nx.Graph()
    found.add_nodes_from(graph.nodes(data=True))
    found.add_edges_from((a, b) for a, b in graph.edges() if a != b)
    return found


def directed(graph: "nx.Graph[str]") -> "nx.DiGraph[str]":
    """Simple graph with direction: a tie without one goes both ways; loops are dropped.

    Ties of a graph of citess say by ``directed`` whether they have a direction.
    """
    import networkx as nx  # noqa: PLC0415  (slow to import, needed here only)

    found: nx.DiGraph[str] = nx.DiGraph()
    found.add_nodes_from(graph.nodes(data=True))
    for a, b, facts in graph.edges(data=True):
        if a != b:
            found.add_edge(a, b)
            if not graph.is_directed() or facts.get("directed") is False:
                found.add_edge(b, a)
    return found


def strengths(graph: "nx.Graph[str]", name: str) -> dict[tuple[str, str], float]:
    """Strength of each tied pair, by the attribute that holds it: parallel ties add up.

    Raises
    ------
    TypeError
        When it is no graph of networkx, or the name no text.
    ValueError
        When a tie lacks the strength, or it is no positive finite number.
    """
    check_graph(graph)
    if not isinstance(cast("object", name), str):
        msg = f"strength must be the name of an attribute of ties, not {name!r}"
        raise TypeError(msg)
    found: dict[tuple[str, str], float] = {}
    for a, b, facts in links(graph):
        value = number(facts, name, a, b, graph)
        if a != b:
            pair = (b, a) if (b, a) in found else (a, b)
            found[pair] = found.get(pair, 0.0) + value
    return found


class GraphMetric(Defined):
    """A definition over a graph: called on a dataset, whose partnership graph is taken, or a graph.

    Examples
    --------
    >>> import citess, networkx as nx
    >>> metric = citess.metrics.catalogue["N25"]
    >>> metric.takes, metric(nx.empty_graph(3)).value
    ('graph', 3)
    """

    def __init__(
        self,
        function: Callable[..., Outcome],
        id_: str,
        **facts: Unpack[Definition],
    ) -> None:
        update_wrapper(self, function)
        super().__init__(function, id_, "graph", **facts)
        self._formula = function

    @property
    def function(self) -> "GraphMetric":
        """What to call on a graph: the metric itself."""
        return self

    def compute(self, graph: "nx.Graph[str]", /, **options: object) -> Outcome:
        """Compute the formula of a graph, without the interval that leaving out nodes gives."""
        return self._formula(graph, **options)

    def _outcome(self, graph: "nx.Graph[str]", options: Mapping[str, object]) -> Outcome:
        found = self._formula(graph, **options)
        if not self.jackknife or found.value is None:
            return found
        left_out = without_each(graph, lambda left: self._formula(left, **options).value)
        if left_out is None:
            return found
        return evolve(found, interval=jackknife_interval(found.value, left_out, self.bounds))

    def __call__(
        self,
        data: "Dataset | nx.Graph[str]",
        *,
        on: DateLike | None = None,
        kinds: Collection[str] | None = None,
        by: str | None = None,
        **options: object,
    ) -> Measure:
        """Compute the measure of a graph.

        Parameters
        ----------
        data
            Dataset, whose partnership graph is taken, or a graph of networkx.
        on
            Day on which ties hold.
        kinds
            Kinds of agreement of a dataset.
        by
            ``"kind"`` breaks a dataset down by layers of ties.
        options
            Options of the metric, named in its description.

        Raises
        ------
        TypeError
            When given neither a dataset nor a graph.
        ValueError
            When a graph is to be broken down, or kinds are asked of a graph.
        """
        if by is not None and (by != KIND or not isinstance(data, Dataset)):
            msg = f"a dataset is broken down by {KIND!r} of its agreements, not by {by!r}"
            raise ValueError(msg)
        day = None if on is None else as_date(on).isoformat()
        graph = graph_of(data, on, kinds)
        found = self._outcome(graph, options)
        found = evolve(found, warnings=(*found.warnings, *_doubts(graph)))
        whole = as_measure(self, found, on=day)
        if by is None or not isinstance(data, Dataset):
            return whole
        parts: dict[Group, Measure] = {
            (kind,): as_measure(self, self._outcome(layer, options), on=day)
            for kind, layer in layers(data, on).items()
            if kinds is None or kind in kinds
        }
        return evolve(whole, breakdown=parts, by=(KIND,))


class NodeMetric(Defined):
    """A definition over the nodes of a graph: one value each.

    Examples
    --------
    >>> import citess, networkx as nx
    >>> metric = citess.metrics.catalogue["N06"]
    >>> metric(nx.complete_graph(3)).asdict()[0]
    1.125
    """

    def __init__(
        self,
        function: Callable[..., NodeOutcome],
        id_: str,
        **facts: Unpack[Definition],
    ) -> None:
        update_wrapper(self, function)
        super().__init__(function, id_, "nodes", **facts)
        self._formula = function

    @property
    def function(self) -> "NodeMetric":
        """What to call on a graph: the metric itself."""
        return self

    def __call__(  # type: ignore[override]  # one measure for each node
        self,
        data: "Dataset | nx.Graph[str]",
        *,
        on: DateLike | None = None,
        kinds: Collection[str] | None = None,
        **options: object,
    ) -> Measures:
        """Compute the measure of every node.

        Parameters
        ----------
        data
            Dataset, whose partnership graph is taken, or a graph of networkx.
        on
            Day on which ties hold.
        kinds
            Kinds of agreement of a dataset.
        options
            Options of the metric, named in its description.

        Raises
        ------
        TypeError
            When given neither a dataset nor a graph.
        ValueError
            When kinds are asked of a graph.
        """
        graph = graph_of(data, on, kinds)
        found = self._formula(graph, **options)
        return Measures(
            values=dict(found.values),
            reasons=dict(found.reasons),
            parts={name: dict(values) for name, values in found.parts.items()},
            method=found.method,
            warnings=(*found.warnings, *_doubts(graph)),
            metric=self.id,
            name=self.name,
            unit=self.unit,
            on=None if on is None else as_date(on).isoformat(),
        )


def graph_metric(
    id: str,  # noqa: A002  (the word of the field)
    **facts: Unpack[Definition],
) -> Callable[[Callable[..., Outcome]], GraphMetric]:
    """Make a question of a graph a metric, and register it."""

    def define(
        function: Callable[..., Outcome],
    ) -> GraphMetric:
        made = GraphMetric(function, id, **facts)
        catalogue.add(made)
        return made

    return define


def node_metric(
    id: str,  # noqa: A002  (the word of the field)
    **facts: Unpack[Definition],
) -> Callable[[Callable[..., NodeOutcome]], NodeMetric]:
    """Make a question of the nodes of a graph a metric, and register it."""

    def define(
        function: Callable[..., NodeOutcome],
    ) -> NodeMetric:
        made = NodeMetric(function, id, **facts)
        catalogue.add(made)
        return made

    return define


__all__ = [
    "GraphMetric",
    "NodeMetric",
    "directed",
    "graph_metric",
    "node_metric",
    "simple",
    "strengths",
]
