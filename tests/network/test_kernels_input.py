"""What functions of graphs do with graphs that are empty, odd or wrong."""

import math
from decimal import Decimal

import networkx as nx
import pytest

from citess import MissingExtraError, network
from citess.network import TieArrays, _arrays, _extra, _spectral, _ties

WEIGHED = (
    network.structural_holes,
    network.constraint,
    network.effective_size,
    network.pagerank,
    network.eigenvector,
)
PLAIN = (
    *WEIGHED,
    network.clustering,
    network.robustness,
    network.largest_component_without,
    network.components,
    network.core_numbers,
    network.betweenness,
    network.articulation_points,
    network.bridges,
)
SECTORAL = (network.gould_fernandez, network.cross_sector_betweenness)


@pytest.fixture(params=["plain", "arrays"], autouse=True)
def way(request, monkeypatch):
    monkeypatch.setattr(_arrays, "LARGE", 10**9 if request.param == "plain" else 0)
    return request.param


def no_extra(monkeypatch):
    def refuse(name):
        raise ImportError(name)

    monkeypatch.setattr(_extra, "import_module", refuse)


@pytest.mark.parametrize("function", PLAIN)
def test_what_is_no_graph_is_refused_by_name(function):
    with pytest.raises(TypeError, match="graph must be a networkx graph or TieArrays, not list"):
        function([("a", "b")])


def test_an_empty_graph_has_no_values():
    graph = nx.Graph()
    assert network.constraint(graph) == {}
    assert network.clustering(graph).transitivity is None
    assert network.clustering(graph).mean(few="zero") is None
    assert network.clustering(graph).mean(few="leave out") is None
    assert network.robustness(graph).value is None
    assert network.robustness(graph).order == ()
    assert network.largest_component_without(graph) == {}
    assert network.components(graph) == []
    assert network.core_numbers(graph) == {}
    assert network.betweenness(graph) == {}
    assert network.articulation_points(graph) == frozenset()
    assert network.bridges(graph) == ()
    assert network.pagerank(graph) == {}
    assert network.gould_fernandez(graph).whole["total"] == 0
    assert network.cross_sector_betweenness(graph) == {}
    assert list(network.project(graph, [])) == []


def test_a_lone_node_is_undefined_where_contacts_are_needed():
    graph = nx.Graph()
    graph.add_node("a", sector="sse")
    holes = network.structural_holes(graph)
    assert (holes.constraint, holes.efficiency, holes.hierarchy) == ({"a": None},) * 3
    assert network.clustering(graph).local == {"a": None}
    assert network.betweenness(graph) == {"a": None}
    assert network.cross_sector_betweenness(graph) == {"a": None}
    assert network.robustness(graph).value == 0.0
    assert network.largest_component_without(graph) == {"a": 0}
    assert network.pagerank(graph) == {"a": 1.0}
    assert network.gould_fernandez(graph).z["a"]["liaison"] is None


def test_a_graph_without_ties_has_no_eigenvector():
    with pytest.raises(ValueError, match="needs a tie, and graph has none"):
        network.eigenvector(nx.empty_graph(2))


@pytest.mark.parametrize("value", [0, -1, math.nan, math.inf, "3", [3], 10**400])
@pytest.mark.parametrize("function", WEIGHED)
def test_a_strength_that_is_no_positive_finite_number_is_refused(function, value):
    graph = nx.Graph([("a", "b", {"w": 1}), ("b", "c", {"w": value})])
    with pytest.raises(ValueError, match=r"'w' of the tie 'b' to 'c' is .*; a positive finite"):
        function(graph, strength="w")


@pytest.mark.parametrize("function", [network.betweenness, network.cross_sector_betweenness])
def test_a_distance_must_be_positive(function):
    graph = nx.Graph([("a", "b", {"d": -1.0})])
    graph.nodes["a"]["sector"] = "x"
    with pytest.raises(ValueError, match=r"'d' of the tie 'a' to 'b' is -1.0"):
        function(graph, distance="d")


def test_strengths_may_be_any_kind_of_number():
    graph = nx.Graph([("a", "b", {"w": Decimal(2)}), ("b", "c", {"w": True})])
    assert network.constraint(graph, strength="w")["a"] == 1.0


@pytest.mark.parametrize("kind", [nx.Graph, nx.MultiGraph])
def test_a_misspelt_strength_is_told_with_what_is_near(kind):
    graph = kind([("a", "b", {"weight": 1})])
    with pytest.raises(ValueError, match="1 of 1 ties have no attribute 'weigth'; did you mean 'w"):
        network.constraint(graph, strength="weigth")
    with pytest.raises(ValueError, match="'zzz'; attributes of ties are: weight"):
        network.constraint(graph, strength="zzz")
    graph.add_edge("b", "c", weight=None)
    with pytest.raises(ValueError, match="1 of 2 ties have no attribute 'weight'; attributes"):
        network.constraint(graph, strength="weight")
    bare = kind([("a", "b")])
    with pytest.raises(ValueError, match="attributes of ties are: none"):
        network.constraint(bare, strength="weight")


def test_a_name_must_be_a_name():
    graph = nx.path_graph(3)
    with pytest.raises(
        TypeError, match="strength must be the name of an attribute of ties or None"
    ):
        network.constraint(graph, strength=3)
    with pytest.raises(ValueError, match="strength='a' and distance='b' cannot both be given"):
        _ties.read_ties(graph, strength="a", distance="b")


@pytest.mark.parametrize("function", SECTORAL)
def test_sectors_come_by_name_or_by_node(function):
    graph = nx.path_graph(3)
    with pytest.raises(ValueError, match="no node has the attribute 'sector', which sector= names"):
        function(graph)
    with pytest.raises(ValueError, match="sector names none of the 3 nodes"):
        function(graph, {"x": "sse"})
    with pytest.raises(TypeError, match="sector must be a mapping from nodes to sectors or"):
        function(graph, 3)
    with pytest.raises(TypeError, match="not 'sector'"):
        function(TieArrays.from_graph(graph))
    graph.nodes[0]["sectors"] = "sse"
    with pytest.raises(ValueError, match="did you mean 'sectors'"):
        function(graph)


def test_sources_must_be_in_the_graph_and_estimates_are_scaled():
    graph = nx.path_graph(["town", "hub", "bank"])
    sectors = {"town": "public", "hub": "sse", "bank": "private"}
    found = network.cross_sector_betweenness(graph, sectors, sources=["town"], normalised=False)
    assert found["hub"] == pytest.approx(1.5)
    with pytest.raises(ValueError, match="sources names 'towm', which is none of the 3 nodes; did"):
        network.cross_sector_betweenness(graph, sectors, sources=["towm"])


def test_two_sectors_leave_pairs_only_for_others():
    graph = nx.star_graph(2)
    found = network.cross_sector_betweenness(graph, {0: "a", 1: "a", 2: "b"})
    assert found == {0: 1.0, 1: 0.0, 2: None}
    directed = nx.DiGraph([(1, 0), (0, 2)])
    found = network.cross_sector_betweenness(directed, {0: "a", 1: "a", 2: "b"})
    assert found == {0: 0.5, 1: 0.0, 2: None}


def test_a_projection_names_what_is_wrong():
    graph = nx.Graph([("a", "fair"), ("b", "fair")])
    with pytest.raises(ValueError, match="onto names 'x', which is none of the 3 nodes"):
        network.project(graph, ["x"])
    with pytest.raises(
        ValueError, match=r"the tie 'b' to 'fair' stays on one side|the tie 'fair' to 'b'"
    ):
        network.project(graph, ["a"])
    with pytest.raises(
        ValueError, match=r"weight must be one of count, jaccard.*did you mean 'newman'"
    ):
        network.project(graph, ["a", "b"], "newmann")
    with pytest.raises(ValueError, match=r"weight must be one of .*, not 'zzz'$"):
        network.project(graph, ["a", "b"], "zzz")


def test_a_projection_keeps_lone_nodes_and_their_attributes():
    graph = nx.Graph([("a", "fair")])
    graph.add_node("b", sector="sse")
    found = network.project(graph, ["a", "b"])
    assert list(found.nodes(data=True)) == [("a", {}), ("b", {"sector": "sse"})]
    arrays = TieArrays.from_graph(graph)
    assert list(network.project(arrays, ["a", "b"])) == ["a", "b"]
    assert network.project_arrays(arrays, ["a", "b"]).ties == 0


def test_robustness_says_what_it_needs():
    graph = nx.path_graph(3)
    with pytest.raises(ValueError, match="attack must be 'degree' or 'random', not 'ddos'"):
        network.robustness(graph, attack="ddos")
    with pytest.raises(ValueError, match="attack='random' needs seeds"):
        network.robustness(graph, attack="random")
    with pytest.raises(TypeError, match="seeds must be whole numbers, not 'a'"):
        network.robustness(graph, seeds=["a"])


def test_robustness_under_seeds_is_a_mean_that_repeats():
    graph = nx.karate_club_graph()
    found = network.robustness(graph, seeds=(1, 2, 3))
    assert found.value == pytest.approx(sum(found.values) / 3)
    assert len(set(found.values)) > 1
    assert found.values == network.robustness(graph, seeds=(1, 2, 3)).values
    chance = network.robustness(graph, attack="random", seeds=(1, 2))
    assert chance.value > found.value
    assert sorted(chance.order) == sorted(graph)


def test_equals_of_several_types_fall_by_type_and_text():
    graph = nx.Graph([("a", 1), (2, "b")])
    assert network.robustness(graph).order[0] == 1


def test_walks_say_which_number_is_out_of_bounds(monkeypatch):
    graph = nx.path_graph(4)
    with pytest.raises(ValueError, match="damping must be at least 0 and below 1, not 1"):
        network.pagerank(graph, damping=1)
    for function in (network.pagerank, network.eigenvector):
        with pytest.raises(ValueError, match="tolerance must be above 0, not 0"):
            function(graph, tolerance=0)
    monkeypatch.setattr(_spectral, "_ROUNDS", 1)
    for function in (network.pagerank, network.eigenvector):
        with pytest.raises(ValueError, match="values still move by more than tolerance"):
            function(graph)


def test_means_of_clustering_have_no_silent_choice():
    with pytest.raises(ValueError, match="few must be 'zero' or 'leave out', not 'nan'"):
        network.clustering(nx.path_graph(3)).mean(few="nan")


def test_loops_and_parallel_ties_are_counted():
    graph = nx.MultiDiGraph([("a", "a"), ("a", "b"), ("a", "b"), ("b", "a")])
    for ties in (_ties.read_ties(graph), TieArrays.from_graph(graph)):
        assert (ties.loops, ties.merged) == (1, 1)
    simple = nx.Graph([("a", "a"), ("a", "b")])
    for ties in (_ties.read_ties(simple), TieArrays.from_graph(simple)):
        assert (ties.loops, ties.merged) == (1, 0)


def test_the_shortest_of_parallel_ties_stays():
    graph = nx.MultiGraph()
    graph.add_edge("a", "b", d=3)
    graph.add_edge("b", "a", d=2)
    ties = TieArrays.from_graph(graph, distance="d")
    assert (ties.values.tolist(), ties.merged) == ([2.0, 2.0], 1)
    assert _ties.read_ties(graph, distance="d").rows == ({1: 2.0}, {0: 2.0})
    directed = TieArrays.from_edges("aab", "bba", distance={"d": [3, 2, 1]}, directed=True)
    assert (directed.values.tolist(), directed.merged) == ([2.0, 1.0], 1)


def test_arrays_are_asked_for_the_values_they_hold():
    ties = TieArrays.from_edges("ab", "bc", strength={"weight": [1, 3]})
    assert network.constraint(ties, strength="weight")["b"] == pytest.approx(0.625)
    assert network.constraint(ties)["b"] == pytest.approx(0.5)
    with pytest.raises(ValueError, match="these ties hold 'weight', not 'weigth'; did you mean 'w"):
        network.constraint(ties, strength="weigth")
    with pytest.raises(ValueError, match=r"these ties hold no values, not 'w'$"):
        network.constraint(TieArrays.from_edges("a", "b"), strength="w")
    assert (
        network.betweenness(TieArrays.from_edges("ab", "bc", distance={"d": [1, 3]}), distance="d")[
            "b"
        ]
        == 1.0
    )
    found = network.cross_sector_betweenness(
        TieArrays.from_edges("ab", "bc", distance={"d": [1, 3]}), {"a": 1, "c": 2}, distance="d"
    )
    assert found["b"] == 1.0


def test_columns_must_fit_each_other():
    import numpy as np

    with pytest.raises(ValueError, match="sources names 2 nodes and targets 1"):
        TieArrays.from_edges("ab", "b")
    with pytest.raises(ValueError, match="'w' has 1 values for 2 ties"):
        TieArrays.from_edges("ab", "bc", strength={"w": [1]})
    with pytest.raises(ValueError, match="one column of values, not 'w' and 'd'"):
        TieArrays.from_edges("ab", "bc", strength={"w": [1, 2]}, distance={"d": [1, 2]})
    with pytest.raises(ValueError, match="a tie names 'c', which is none of the 2 nodes"):
        TieArrays.from_edges("ab", "bc", nodes=["a", "b"])
    with pytest.raises(ValueError, match="nodes names 2 nodes, of which 1 differ"):
        TieArrays.from_edges("a", "a", nodes=["a", "a"])
    with pytest.raises(ValueError, match="a tie names 5, which is none of the 3 nodes"):
        TieArrays.from_edges(np.array([0]), np.array([5]), nodes=range(3))
    with pytest.raises(ValueError, match="'w' of the tie 1 to 2 is nan"):
        TieArrays.from_edges([0, 1], [1, 2], strength={"w": np.array([1, math.nan])})


def test_columns_of_whole_numbers_are_nodes():
    import numpy as np

    ties = TieArrays.from_edges(np.array([7, 7]), np.array([9, 3]))
    assert (ties.nodes, ties.ties) == ([3, 7, 9], 2)
    ties = TieArrays.from_edges(np.array([7]), np.array([9]), nodes=[9, 7])
    assert ties.plain().rows == ({1: 1.0}, {0: 1.0})
    assert network.constraint(
        TieArrays.from_edges(np.array([0]), np.array([1]), nodes=range(3))
    ) == {
        0: 1.0,
        1: 1.0,
        2: None,
    }


def test_arrays_say_what_they_hold():
    shown = repr(TieArrays.from_edges("aabb", "abaa"))
    assert shown == "TieArrays: 2 nodes, 1 tie, 1 loop left out, 2 parallel ties merged"
    assert repr(TieArrays.from_edges("a", "b", directed=True)) == (
        "TieArrays: 2 nodes, 1 tie with a direction"
    )


def test_many_nodes_are_not_searched_for_a_near_name():
    error = _ties.no_such_node("onto", "x1", [f"x{k}" for k in range(20_000)])
    assert str(error) == "onto names 'x1', which is none of the 20000 nodes"


def test_without_the_extra_plain_python_answers_and_arrays_name_it(monkeypatch):
    graph = nx.karate_club_graph()
    expected = network.constraint(graph)
    no_extra(monkeypatch)
    assert network.constraint(graph) == pytest.approx(expected)
    with pytest.raises(MissingExtraError, match=r"citess\[fast\]"):
        TieArrays.from_graph(graph)


def test_chance_is_that_of_a_random_graph_with_fixed_sectors():
    graph = nx.DiGraph([(0, 1), (1, 2), (2, 3), (3, 4)])
    sector = {0: "a", 1: "a", 2: "b", 3: "b", 4: "c"}
    found = network.gould_fernandez(graph, sector)
    d = 4 / 20
    assert found.expected[0]["liaison"] == pytest.approx(d**2 * (1 - d) * 4)
    assert found.expected[0]["itinerant"] == pytest.approx(d**2 * (1 - d) * 2)
    assert found.expected[0]["gatekeeper"] == pytest.approx(d**2 * (1 - d) * 3)
    assert found.expected[0]["total"] == pytest.approx(d**2 * (1 - d) * 12)
    mean = d**2 * (1 - d) * 12
    spread = mean * (1 - d**2 * (1 - d)) + 2 * 4 * 3 * 2 * d**3 * (1 - d) ** 3
    assert found.deviation[0]["total"] == pytest.approx(spread**0.5)
    assert found.z[1]["total"] == pytest.approx((1 - mean) / spread**0.5)
