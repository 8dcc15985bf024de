"""Kernels on graphs small enough for a pencil, and the sizes at which they change their way."""

import itertools
import math
from fractions import Fraction

import networkx as nx
import numpy as np
import pytest

from citess import network
from citess.network import (
    TieArrays,
    _arrays,
    _brokerage,
    _crossing,
    _delegated,
    _robustness,
    _ties,
    _triangles,
)


@pytest.fixture(params=["plain", "arrays"])
def way(request, monkeypatch):
    monkeypatch.setattr(_arrays, "LARGE", 10**9 if request.param == "plain" else 0)
    return request.param


def weighed(*ties, kind=nx.Graph, name="w"):
    graph = kind()
    graph.add_weighted_edges_from(ties, weight=name)
    return graph


ARCS = weighed(("a", "b", 3), ("b", "a", 1), ("a", "c", 2), ("c", "b", 2), kind=nx.DiGraph)
"""Both directions together: a-b 4, a-c 2, b-c 2."""


def test_structural_holes_of_three_with_strengths(way):
    found = network.structural_holes(ARCS, strength="w")
    p_ab, p_ac = Fraction(2, 3), Fraction(1, 3)
    p_ca = p_cb = Fraction(1, 2)
    parts = (p_ab + p_ac * p_cb) ** 2, (p_ac + p_ab * Fraction(1, 3)) ** 2
    assert found.constraint["a"] == pytest.approx(float(sum(parts)))
    of_c = (p_ca + p_cb * p_ab) ** 2, (p_cb + p_ca * p_ab) ** 2
    assert found.constraint["c"] == pytest.approx(float(sum(of_c)))
    redundant = p_ac * Fraction(2, 4) + p_ab * Fraction(2, 2)
    assert found.effective_size["a"] == pytest.approx(float(2 - redundant))
    assert found.efficiency["a"] == pytest.approx(float(2 - redundant) / 2)
    shares = [float(part / sum(parts)) for part in parts]
    expected = sum(s * math.log(2 * s) for s in shares) / math.log(2)
    assert found.hierarchy["a"] == pytest.approx(expected)
    assert found.hierarchy["c"] == pytest.approx(0.0, abs=1e-12)
    counted = network.structural_holes(ARCS)
    assert counted.effective_size["a"] == pytest.approx(
        float(2 - (Fraction(1, 3) * Fraction(1, 2) + Fraction(2, 3)))
    )


def test_nodes_that_only_receive_ties_have_structural_holes(way):
    found = network.structural_holes(nx.DiGraph([(1, 2), (1, 3), (1, 4), (2, 3)]))
    assert found.effective_size == pytest.approx({1: 7 / 3, 2: 1.0, 3: 1.0, 4: 1.0})
    assert found.constraint == pytest.approx({1: 11 / 18, 2: 145 / 144, 3: 145 / 144, 4: 1.0})


def test_walks_with_strengths_and_a_direction(way):
    found = network.pagerank(
        weighed(("a", "b", 3), ("a", "c", 1), ("b", "a", 1), kind=nx.DiGraph),
        strength="w", damping=0.5,
    )  # fmt: skip
    # c stops: a = (1 + c) / 6 + b / 2, b = (1 + c) / 6 + 3a / 8, c = (1 + c) / 6 + a / 8
    a, b, c = found["a"], found["b"], found["c"]
    base = (0.5 * c + 0.5) / 3
    assert (a, b, c) == pytest.approx((base + b / 2, base + 3 * a / 8, base + a / 8))
    assert a + b + c == pytest.approx(1)
    assert network.pagerank(ARCS, damping=0) == pytest.approx(dict.fromkeys("abc", 1 / 3))
    near = network.eigenvector(weighed(("a", "b", 3), ("b", "c", 4)), strength="w")
    assert near == pytest.approx({"a": 0.3 * 2**0.5, "b": 0.5**0.5, "c": 0.4 * 2**0.5}, abs=1e-8)
    assert set(network.pagerank(nx.path_graph(4), tolerance=1e-3)) == {0, 1, 2, 3}


def test_rounds_are_counted_up_to_their_number(monkeypatch):
    monkeypatch.setattr(_arrays, "LARGE", 0)
    with pytest.raises(ValueError, match="tolerance=1e-14 after 10000 rounds"):
        network.eigenvector(nx.path_graph(400), tolerance=1e-14)


def test_betweenness_is_over_pairs_of_others(way):
    path = nx.path_graph(4)
    assert network.betweenness(path) == pytest.approx({0: 0, 1: 2 / 3, 2: 2 / 3, 3: 0})
    assert network.betweenness(path, normalised=False) == {0: 0, 1: 2, 2: 2, 3: 0}
    arcs = nx.path_graph(4, nx.DiGraph)
    assert network.betweenness(arcs) == pytest.approx({0: 0, 1: 1 / 3, 2: 1 / 3, 3: 0})
    assert network.betweenness(nx.path_graph(2)) == {0: None, 1: None}
    assert network.betweenness(nx.path_graph(3, nx.DiGraph)) == {0: 0.0, 1: 0.5, 2: 0.0}
    km = weighed(("a", "b", 1), ("b", "c", 1), ("a", "c", 3), name="km")
    assert network.betweenness(km, distance="km") == {"a": 0.0, "b": 1.0, "c": 0.0}
    assert network.betweenness(km) == {"a": 0.0, "b": 0.0, "c": 0.0}


def test_paths_across_sectors_of_unknown_and_two_ways(way):
    square = nx.cycle_graph(4)
    sectors = {0: "a", 1: "b", 2: "c"}
    raw = network.cross_sector_betweenness(square, sectors, normalised=False)
    assert raw == {0: 0.0, 1: 0.5, 2: 0.0, 3: 0.5}
    share = network.cross_sector_betweenness(square, sectors)
    assert share == pytest.approx({0: 0.0, 1: 0.5, 2: 0.0, 3: 1 / 6})
    assert network.cross_sector_betweenness(square, sectors, sources=[]) == dict.fromkeys(
        range(4), 0.0
    )
    one = network.cross_sector_betweenness(square, sectors, sources=[0], normalised=False)
    assert one == {0: 0.0, 1: 1.0, 2: 0.0, 3: 1.0}
    none = network.cross_sector_betweenness(square, sectors, sources=[3], normalised=False)
    assert none == dict.fromkeys(range(4), 0.0)


def test_seeds_tell_the_order_and_the_first_is_shown(way):
    graph = nx.path_graph(7)
    found = network.robustness(graph, seeds=(5, 6))
    first, second = network.robustness(graph, seeds=(5,)), network.robustness(graph, seeds=(6,))
    assert (found.order, found.sizes) == (first.order, first.sizes) != (second.order, second.sizes)
    assert found.values == (first.value, second.value)
    assert (found.seeds, network.robustness(graph).seeds) == ((5, 6), ())
    assert network.robustness(graph).order == (1, 3, 5, 0, 2, 4, 6)
    assert network.robustness(graph).sizes == (5, 3, 1, 1, 1, 1, 0)
    assert network.robustness(graph).value == 12 / 49
    mixed = nx.Graph([("b", "c"), ("c", 1)])
    assert network.robustness(mixed).order == ("c", 1, "b")
    assert _robustness.lowest_first(["c", "a", "b"]) == [2, 0, 1]


def brute(sectors, own, role):
    """Open paths of a role through a broker, and pairs of them that share a tie."""
    nodes = list(range(len(sectors)))
    broker = sectors.index(own)
    paths = [
        (i, j)
        for i, j in itertools.permutations([n for n in nodes if n != broker], 2)
        if role in (5, _brokerage.role_of(sectors[i], own, sectors[j]))
    ]
    shared = sum(
        (a[0] == b[0]) != (a[1] == b[1]) for a, b in itertools.combinations(paths, 2)
    )  # fmt: skip
    return len(paths), shared


@pytest.mark.parametrize("sizes", [(4, 3, 2), (5, 1), (3, 3, 2, 1), (2,), (1, 1, 1)])
def test_chance_of_each_role_is_that_of_counting_its_paths(sizes):
    sectors = [number for number, size in enumerate(sizes) for _ in range(size)]
    for density in (0.2, 0.7):
        found = _brokerage.moments(density, [*sectors, -1])
        assert list(found) == list(range(len(sizes)))
        for own in found:
            for place, role in enumerate(_brokerage.ROLES):
                paths, shared = brute(sectors, own, place)
                chance = density**2 * (1 - density)
                mean = paths * chance
                variance = mean * (1 - chance) + 2 * shared * (density * (1 - density)) ** 3
                assert found[own][0][role] == pytest.approx(mean)
                assert found[own][1][role] == pytest.approx(math.sqrt(variance))


def test_a_core_is_dense_where_products_cost_less_than_search():
    def core(*above, ties=0):
        return _triangles._core(np.array(above), ties)

    assert core() == 0
    assert core(1, 1, 0) == 3
    # four nodes: a product costs 0.3 * 4^3 + 100000 = 100019.2, a pair 60
    assert core(58, 5, 3, 2) == core(2, 3, 5, 58) == 0  # 1653 + 10 + 3 + 1 pairs
    assert core(1, 3, 5, 58) == 4
    # 65 nodes: 64 or all, by what the first node costs
    rest = [0] * 63 + [200]
    assert core(2, *rest) == 1
    assert core(20, *rest) == 0
    # never more than 2048 nodes, unless there are many ties
    far = np.zeros(3000, dtype=int)
    far[810:1010] = 2000
    assert _triangles._core(far, 0) == 3000 - 2048
    assert _triangles._core(far, 524_288) == 3000 - 2048
    assert _triangles._core(far, 600_000) == 3000 - int(math.sqrt(4_800_000)) == 810


def test_the_table_of_bits_knows_most_pairs_that_are_not_there():
    keys = np.arange(0, 40_000, 4, dtype=np.int64)
    seen = _triangles._Seen(keys)
    assert seen.maybe(keys).tolist() == list(range(len(keys)))
    assert len(seen.maybe(keys + 1)) < 0.1 * len(keys)
    assert _triangles._Seen(np.array([5])).maybe(np.array([5, 6])).tolist()[:1] == [0]


def test_triangles_come_in_batches_about_as_long_as_there_are_ties(monkeypatch):
    monkeypatch.setattr(_triangles, "_core", lambda above, _: len(above))
    up = _triangles.Upward.of(TieArrays.from_graph(nx.complete_graph(12)), None)
    whole = [len(a) for a, _, _ in up.batches()]
    assert whole == [220]
    monkeypatch.setattr(_triangles, "_BATCH", 10)
    parts = [len(a) for a, _, _ in up.batches()]
    assert sum(parts) == 220
    assert len(parts) > 1
    assert all(66 <= part < 66 + 11 for part in parts[:-1])
    assert (up.values.tolist(), up.size, up.core) == ([1] * 66, 12, 12)


def test_levels_are_followed_up_to_their_number():
    assert _crossing._bounds(np.arange(1499)) == [*range(1501)]
    assert _crossing._bounds(np.arange(1500)) is None
    assert _crossing._bounds(np.array([0, 0, 1, 1, 2])) == [0, 1, 3, 6]


@pytest.mark.parametrize(("ties", "kind"), [(1999, _ties.Ties), (2000, TieArrays)])
def test_graphs_of_two_thousand_ties_go_by_arrays(ties, kind):
    assert isinstance(_arrays.read(nx.path_graph(ties + 1)), kind)


def test_names_near_are_sought_among_ten_thousand_nodes():
    few = [f"x{n}" for n in range(10_000)]
    assert "; did you mean 'x1'?" in str(_ties.no_such_node("onto", "x1 ", few))
    assert str(_ties.no_such_node("onto", "x1 ", [*few, "y"])).endswith("10001 nodes")


def test_what_is_lacking_is_counted_and_what_is_there_is_listed():
    graph = nx.Graph([("a", "b", {"w": 1, "v": 2}), ("b", "c", {"v": None}), ("c", "d", {3: 4})])
    assert str(_ties.no_such_attribute("w", graph)) == (
        "2 of 3 ties have no attribute 'w'; attributes of ties are: v, w"
    )
    assert str(_ties.no_such_attribute("zz", nx.Graph())) == (
        "0 of 0 ties have no attribute 'zz'; attributes of ties are: none"
    )
    with pytest.raises(ValueError, match=r"which sector= names; they have: none$"):
        network.gould_fernandez(nx.path_graph(2))
    graph.nodes["a"].update(size=1, colour=2)
    with pytest.raises(ValueError, match=r"names; they have: colour, size$"):
        network.gould_fernandez(graph)
    graph.nodes["a"]["sector"] = math.nan
    with pytest.raises(ValueError, match=r"names; they have: colour, sector, size$"):
        network.gould_fernandez(graph)


def test_bridges_stand_in_the_order_of_the_graph(way):
    graph = nx.Graph()
    graph.add_nodes_from(range(6))
    graph.add_edges_from([(5, 4), (3, 2), (2, 1), (1, 3), (0, 3), (5, 0)])
    assert network.bridges(graph) == ((0, 3), (0, 5), (4, 5))
    assert network.bridges(nx.DiGraph([(1, 0), (0, 1), (1, 2)])) == ((1, 0), (1, 2))
    assert network.articulation_points(graph) == {0, 3, 5}
    assert [*map(sorted, network.components(nx.Graph([(3, 4), (1, 2), (5, 6), (5, 7)])))] == [
        [5, 6, 7], [3, 4], [1, 2],
    ]  # fmt: skip
    assert _delegated._sorted({(4, 5), (3, 0), (0, 2)}) == ([0, 0, 4], [2, 3, 5])


def test_what_is_left_when_each_leaves(way):
    graph = nx.Graph([(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (3, 5), (6, 7)])
    graph.add_node(8)
    assert network.largest_component_without(graph) == {
        0: 5, 1: 5, 2: 3, 3: 3, 4: 5, 5: 5, 6: 6, 7: 6, 8: 6,
    }  # fmt: skip
    apart = nx.Graph([(0, 1), (2, 3)])
    apart.add_node(4)
    assert network.largest_component_without(apart) == dict.fromkeys(range(5), 2)


def test_projections_weigh_what_is_shared(way):
    graph = nx.Graph([("a", 1), ("b", 1), ("c", 1), ("a", 2), ("b", 2), ("c", 3), ("d", 4)])
    expected = {
        "count": {"ab": 2, "ac": 1, "bc": 1},
        "jaccard": {"ab": 1.0, "ac": 1 / 3, "bc": 1 / 3},
        "newman": {"ab": 1.5, "ac": 0.5, "bc": 0.5},
        "overlap": {"ab": 1.0, "ac": 0.5, "bc": 0.5},
    }
    for weight, ties in expected.items():
        found = network.project(graph, "abcd", weight)
        assert {a + b: x for a, b, x in found.edges(data=weight)} == pytest.approx(ties)
        assert list(found) == list("abcd")
        kind = int if weight == "count" else float
        assert {kind} == {type(x) for *_, x in found.edges(data=weight)}
    arrays = network.project_arrays(TieArrays.from_graph(graph), "abcd", "newman")
    assert (arrays.name, arrays.ties, arrays.nodes) == ("newman", 3, list("abcd"))
    assert arrays.plain().rows == ({1: 1.5, 2: 0.5}, {0: 1.5, 2: 0.5}, {0: 0.5, 1: 0.5}, {})
    with pytest.raises(ValueError, match="the tie 'a' to 1 stays on one side; onto must name all"):
        network.project(nx.Graph([("a", 1), ("b", 2)]), ["b"])


def test_loops_and_parallel_ties_are_told_of_plain_ties():
    graph = nx.MultiGraph([(0, 0), (0, 0), (0, 1), (1, 0), (0, 1)])
    ties = _ties.read_ties(graph)
    assert (ties.loops, ties.merged, ties.directed) == (2, 2, False)
    assert ties.rows == ({1: 1.0}, {0: 1.0})
    arcs = _ties.read_ties(ARCS, strength="w")
    assert arcs.mutual().rows == ({1: 4.0, 2: 2.0}, {0: 4.0, 2: 2.0}, {0: 2.0, 1: 2.0})
    assert (arcs.mutual().directed, ties.mutual() is ties) == (False, True)
    bare = _ties.Ties(nodes=(), rows=(), directed=True)
    assert (bare.loops, bare.merged) == (0, 0)


def mixed():
    """A lead tied to two partners, who have an agreement without a lead with a third each."""
    graph = nx.MultiDiGraph()
    for a, b, way in (("lead", "x", True), ("x", "y", False), ("z", "x", False)):
        graph.add_edge(a, b, directed=way, km=1.0, hours=2.0)
    nx.set_node_attributes(graph, {"lead": "a", "x": "b", "y": "c", "z": "b"}, "sector")
    return graph


def test_ties_that_have_no_direction_go_both_ways(way):
    graph = mixed()
    arcs = nx.DiGraph([("lead", "x"), ("x", "y"), ("y", "x"), ("z", "x"), ("x", "z")])
    arcs.add_nodes_from(graph.nodes(data=True))
    nx.set_edge_attributes(arcs, 1.0, "km")
    assert network.betweenness(graph, normalised=False)["x"] == 4
    for function in (network.betweenness, network.cross_sector_betweenness):
        assert function(graph) == function(arcs)
        assert function(graph, distance="km") == function(arcs, distance="km")
    assert network.pagerank(graph) == pytest.approx(network.pagerank(arcs))
    assert network.pagerank(graph, strength="hours") == pytest.approx(network.pagerank(arcs))
    assert network.eigenvector(graph) == pytest.approx(network.eigenvector(arcs), abs=1e-7)
    found = network.gould_fernandez(graph)
    assert found.counts == network.gould_fernandez(arcs).counts
    assert found.whole["total"] == 4
    assert network.constraint(graph) == network.constraint(nx.DiGraph(list(graph.edges())))
    assert graph.number_of_edges() == 3
    assert _ties.both_ways(arcs) is arcs


def test_sectors_are_numbered_as_they_come():
    graph = nx.path_graph(5)
    nx.set_node_attributes(graph, {0: "b", 1: None, 2: "a", 3: math.nan, 4: "b"}, "sector")
    nodes = list(graph)
    assert _ties.sectors_of(graph, nodes, "sector") == [0, -1, 1, -1, 0]
    assert _ties.sectors_of(graph, nodes, {3: "x"}) == [-1, -1, -1, 0, -1]
    assert _ties.sectors_of(graph, [], {}) == []


def test_two_nodes_have_a_density_and_no_open_paths(way):
    found = network.gould_fernandez(nx.path_graph(2, nx.DiGraph), {0: "a", 1: "b"})
    assert found.expected[0] == dict.fromkeys(_brokerage.ROLES, 0.0)
    three = network.gould_fernandez(nx.path_graph(3, nx.DiGraph), {0: "a", 1: "a", 2: "b"})
    assert three.expected[1]["representative"] == pytest.approx((1 / 3) ** 2 * (2 / 3))
