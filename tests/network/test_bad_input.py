"""Odd graphs and wrong arguments: a reason, or an error of ours that says what is accepted."""

import math
from decimal import Decimal

import networkx as nx
import numpy as np
import pytest

import citess
from citess import metrics, network
from citess.metrics import catalogue
from citess.metrics.graphs.backbones import disparity
from citess.network import TieArrays, _arguments, _arrays, _backend
from tests.network.asked import NO_GRAPHS, asked, labelled, path, shown

TUNISIA = citess.datasets.tunisia()
DAVIS = nx.davis_southern_women_graph()


@pytest.fixture(params=["plain", "arrays"])
def way(request, monkeypatch):
    monkeypatch.setattr(_arrays, "LARGE", 10**9 if request.param == "plain" else 0)


def odd_graphs():
    yield from (nx.Graph(), nx.DiGraph())
    made = (
        nx.empty_graph(1), nx.empty_graph(1, nx.DiGraph), nx.empty_graph(4), nx.Graph([(0, 0)]),
        nx.Graph([(0, 0), (1, 2), (2, 3)]), nx.MultiGraph([(0, 1), (0, 1), (1, 2), (2, 2)]),
        nx.MultiDiGraph([(0, 1), (0, 1), (1, 0), (1, 2), (2, 2)]), nx.Graph([(0, 1), (2, 3)]),
        nx.DiGraph([(0, 1), (2, 3)]), nx.DiGraph([(0, 1), (1, 2), (2, 0), (2, 3)]),
        nx.grid_2d_graph(2, 2), nx.Graph([("a", 1), (1, (2, 3)), ((2, 3), frozenset({1}))]),
        nx.path_graph(2), nx.path_graph(3), nx.complete_graph(5),
    )  # fmt: skip
    yield from map(labelled, made)


def every_other(graph):
    return [*graph][::2] if isinstance(graph, nx.Graph) else []


KERNELS = {
    name: getattr(network, name)
    for name in (
        "constraint", "effective_size", "structural_holes", "clustering", "components",
        "core_numbers", "betweenness", "articulation_points", "bridges", "robustness",
        "largest_component_without", "pagerank", "eigenvector", "gould_fernandez",
        "cross_sector_betweenness",
    )
}  # fmt: skip
OTHERS = {
    "project": lambda graph: network.project(graph, every_other(graph)),
    "arrays": TieArrays.from_graph,
    "at": lambda graph: network.at(graph, "2020-01-01"),
    "during": lambda graph: network.during(graph, citess.Period.of("2020", "2021")),
    "turnover, first": lambda graph: network.turnover(graph, nx.path_graph(2)),
    "turnover, second": lambda graph: network.turnover(nx.path_graph(2), graph),
    "from_graph": network.from_graph,
    "edge_stability": lambda graph: metrics.edge_stability(graph, nx.path_graph(2)),
    "multiplexity": lambda graph: metrics.multiplexity({"a": graph, "b": nx.path_graph(2)}),
    "lineage": metrics.replication_lineage,
    "what_if": metrics.what_if,
    "against_chance": lambda graph: metrics.against_chance("N13a", graph, draws=5),
    "governance_mode": metrics.governance_mode,
    "disparity": lambda graph: disparity(graph, strength="w"),
}
METRICS = {
    metric.id: metric
    for kind in ("graph", "nodes")
    for metric in catalogue.taking(kind)
    if metric.id != "N18"
} | {"N18": lambda graph: metrics.disparity_filter(graph, strength="w")}
QUESTIONS = {**KERNELS, **OTHERS, **METRICS}


def numbers(found):
    if isinstance(found, dict):
        found = list(found.values())
    if isinstance(found, list | tuple):
        return [x for one in found for x in numbers(one)]
    return [found] if isinstance(found, float) else []


@pytest.mark.parametrize("name", QUESTIONS)
def test_odd_graphs_give_finite_values_or_reasons(name, way):
    for graph in odd_graphs():
        found = asked(lambda graph=graph: QUESTIONS[name](graph))
        assert not isinstance(found, str), found
        if isinstance(found, metrics.Measures):
            assert {n for n, x in found.values.items() if x is None} == set(found.reasons)
            found = [found.asdict(), *found.parts.values()]
        if isinstance(found, metrics.Measure):
            assert (found.value is None) == (found.reason is not None)
            found = [found.value, dict(found.parts)]
        assert all(map(math.isfinite, numbers(found)))


@pytest.mark.parametrize("graph", NO_GRAPHS, ids=shown)
@pytest.mark.parametrize("name", QUESTIONS)
def test_what_is_no_graph_is_said_to_be_none(name, graph):
    found = asked(lambda: QUESTIONS[name](graph))
    assert isinstance(found, TypeError)
    assert "networkx" in str(found)


NO_STRENGTHS = (
    math.nan, -1, 0, math.inf, -math.inf, "3", None, [1], 10**400, 1e71, 9e-71, 1j, b"1",
)  # fmt: skip
WEIGHED = {
    "strength": (
        network.constraint, network.effective_size, network.structural_holes, network.pagerank,
        network.eigenvector, metrics.tie_concentration, metrics.degree, metrics.eigenvector,
        metrics.pagerank, metrics.constraint, metrics.communities, metrics.modularity,
        metrics.disparity_filter,
    ),
    "distance": (
        network.betweenness, network.cross_sector_betweenness, metrics.betweenness,
        metrics.cross_sector_betweenness,
    ),
}  # fmt: skip
BY_NAME = [(function, option) for option in WEIGHED for function in WEIGHED[option]]


@pytest.mark.parametrize(("function", "option"), BY_NAME)
def test_values_of_ties_that_cannot_be_reckoned_with_are_refused(function, option, way):
    for value in NO_STRENGTHS:
        for kind in (nx.Graph, nx.MultiDiGraph):
            graph = labelled(kind([(0, 1), (1, 2), (2, 3), (0, 2)]))
            graph.edges[list(graph.edges)[1]]["w"] = value
            alike = labelled(nx.path_graph(4), value)
            for one in (graph, alike):
                found = asked(lambda one=one: function(one, **{option: "w"}))
                assert isinstance(found, ValueError), value
                assert "'w'" in str(found)


@pytest.mark.parametrize(("function", "option"), BY_NAME)
def test_values_of_ties_as_small_and_as_great_as_can_be_give_numbers(function, option, way):
    for values in ((1e-70, 1e70), (1e70, 1e70), (1e-70, 1e-70), (1e-70, 1)):
        graph = labelled(nx.lollipop_graph(4, 3))
        for n, edge in enumerate(graph.edges):
            graph.edges[edge]["w"] = values[n % 2]
        found = asked(lambda graph=graph: function(graph, **{option: "w"}))
        if isinstance(found, ValueError):
            assert "still move" in str(found)
            continue
        if isinstance(found, network.StructuralHoles):
            found = [dict(found.constraint), dict(found.hierarchy)]
            assert None not in [found[1][node] for node in range(6)]
        if isinstance(found, metrics.Measures):
            found = found.asdict()
        if isinstance(found, metrics.Measure):
            found = [found.value, dict(found.parts)]
        assert all(map(math.isfinite, numbers(found)))


@pytest.mark.parametrize(("function", "option"), BY_NAME)
def test_the_attribute_of_ties_must_be_there_and_named(function, option, way):
    for name in ("zzz", "", 3, ["w"], {}, False):
        found = asked(lambda name=name: function(path(), **{option: name}))
        if isinstance(name, str) and name:
            assert "5 of 5 ties have no attribute 'zzz'; attributes of ties are: w" in str(found)
        elif name != "":
            assert isinstance(found, TypeError)
            assert f"{option} must be the name of an attribute of ties" in str(found)


BUILDERS = (
    network.partnership_graph, network.agreement_graph, network.co_membership, network.layers,
    network.service_graph, network.hub_network, network.lineage, network.referral_graph,
    network.funding_graph, lambda data: list(network.agreements_of(data)),
)  # fmt: skip


@pytest.mark.parametrize("build", BUILDERS)
def test_graphs_are_built_of_datasets_only(build):
    for data in (*NO_GRAPHS, nx.Graph()):
        found = asked(lambda data=data: build(data))
        assert isinstance(found, TypeError)
        assert str(found).startswith("data must be a Dataset, not ")


def test_numbers_of_any_kind_are_strengths():
    for value in (2, 2.0, True, Decimal(2), np.float32(2), np.int64(2)):
        graph = labelled(nx.path_graph(3), value)
        assert network.constraint(graph, strength="w")[1] == 0.5
        assert metrics.degree(graph, strength="w").part("strength")[1] == 2 * float(value)
        for ties in (TieArrays.from_graph(graph, strength="w"),):
            assert ties.values.tolist() == [float(value)] * 4


def test_a_sector_that_is_not_a_number_is_not_known():
    graph = path(3)
    graph.add_edge(2, "x")
    graph.nodes["x"]["sector"] = math.nan
    found = metrics.ei_index(graph, draws=5)
    assert (found.value, found.n, found.missing) == (1.0, 2, 1)
    assert metrics.modularity(graph, draws=5).missing == 1
    assert network.gould_fernandez(graph).unknown == ("x",)


def test_windows_longer_than_time_are_none():
    for months in (300, 10**9, 10**400):
        assert [] == list(network.rolling(TUNISIA, "2020-01-01", "2022-01-01", months=months))


def test_what_is_a_number_and_what_is_none():
    for value in (0, -1, 2.5, np.float32(1), np.int64(1)):
        assert _arguments.is_number(value) is True
    for value in (True, math.nan, math.inf, 10**400, "1", None, 1j, Decimal(1)):
        assert _arguments.is_number(value) is False
    for value in (0, -1, 10**400, np.int64(1)):
        assert _arguments.is_whole(value) is True
    for value in (True, 1.0, "1", None):
        assert _arguments.is_whole(value) is False
    assert _arguments.listed("onto", iter("abca")) == ("a", "b", "c")


def test_refusals_name_the_argument_what_was_given_and_what_is_accepted():
    for call, said in (
        (
            lambda: _arguments.check_graph(nx.Graph),
            "graph must be a networkx graph, not the class Graph",
        ),
        (lambda: _arguments.check_graph([], "a"), "a must be a networkx graph, not list"),
        (lambda: _arguments.check_dataset(3), "data must be a Dataset, not int"),
        (
            lambda: _arguments.check_choice("aim", "x", ("a", "b")),
            "aim must be one of 'a', 'b', not 'x'",
        ),
        (lambda: _arguments.listed("onto", 3), "onto must be a list of nodes, not 3"),
        (
            lambda: _arguments.listed("onto", [[1]]),
            "onto must be a list of nodes, of which one is an unhashable type: 'list'",
        ),
        (
            lambda: _arguments.check_mapping("x", 3, "a to b"),
            "x must be a mapping from a to b, not 3",
        ),
        (lambda: network.constraint([]), "graph must be a networkx graph or TieArrays, not list"),
    ):
        with pytest.raises((TypeError, ValueError)) as caught:
            call()
        assert str(caught.value) == said
    assert _backend._is_node({}, []) is False


@pytest.mark.parametrize("metric", [metrics.density, metrics.mediterranean_reach])
def test_metrics_of_records_say_what_they_take(metric):
    for data in (*NO_GRAPHS, TieArrays.from_edges([0], [1])):
        found = asked(lambda data=data: metric(data))
        empty = isinstance(data, list | dict) and not data
        assert isinstance(found, metrics.Measure if empty else TypeError)


def test_the_density_of_two_sides_is_of_two_sides():
    graph = nx.complete_graph(5)
    nx.set_node_attributes(graph, {n: int(n > 0) for n in graph}, "bipartite")
    with pytest.raises(ValueError, match="the tie 1 to 2 stays on one side; ties of two sides"):
        metrics.density(graph, mode="bipartite")
    del graph.nodes[4]["bipartite"]
    with pytest.raises(ValueError, match="carries bipartite 0 or 1; 4 does not"):
        metrics.density(graph, mode="bipartite")
    assert metrics.density(nx.path_graph(3), mode="bipartite").reason is metrics.Undefined.TOO_FEW
    star = nx.star_graph(3)
    nx.set_node_attributes(star, {n: int(n > 0) for n in star}, "bipartite")
    assert metrics.density(star, mode="bipartite").value == 1.0
