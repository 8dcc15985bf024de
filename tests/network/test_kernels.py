"""Arrays and plain Python against the definitions, on every small graph and on random ones."""

import random

import networkx as nx
import pytest

from citess import network
from citess.network import _arrays, _crossing, _triangles
from tests.network import oracles

WAYS = ("plain", "arrays", "search", "dense")


@pytest.fixture(params=WAYS)
def way(request, monkeypatch):
    """Plain Python; arrays; arrays that search every pair; arrays with a dense core."""
    monkeypatch.setattr(_arrays, "LARGE", 10**9 if request.param == "plain" else 0)
    if request.param == "search":
        monkeypatch.setattr(_triangles, "_core", lambda above, _: len(above))
        monkeypatch.setattr(_triangles, "_BATCH", 5)
    if request.param == "dense":
        monkeypatch.setattr(_triangles, "_core", lambda above, _: len(above) // 2)
    return request.param


def some(count=500):
    return oracles.random_graphs(count)


def near(expected, actual):
    assert list(expected) == list(actual)
    for node, value in expected.items():
        if value is None or actual[node] is None:
            assert value is actual[node], node
        else:
            assert value == pytest.approx(actual[node], rel=1e-9, abs=1e-10), node


def holes_of(graph, **named):
    found = network.structural_holes(graph, **named)
    return found.constraint, found.effective_size, found.efficiency, found.hierarchy


def test_structural_holes_are_burts_on_every_small_graph(way):
    for graph in oracles.small_graphs():
        for expected, actual in zip(oracles.holes(graph), holes_of(graph), strict=True):
            near(expected, actual)


def test_structural_holes_are_burts_on_random_graphs(way):
    for graph in some():
        for name in (None, "w"):
            found = holes_of(graph, strength=name)
            for expected, actual in zip(oracles.holes(graph, name), found, strict=True):
                near(expected, actual)


def test_constraint_is_that_of_networkx_where_graphs_are_simple(way):
    graph = nx.gnp_random_graph(30, 0.2, seed=3)
    near(nx.constraint(graph), network.constraint(graph))
    near(nx.effective_size(graph), network.effective_size(graph))


def test_brokerage_is_what_triples_say(way):
    for graph in some():
        sector = dict(graph.nodes(data="sector"))
        found = network.gould_fernandez(graph)
        expected = oracles.roles(graph, sector)
        for node, counts in expected.items():
            if sector[node] is None:
                assert node in found.unknown
                continue
            actual = dict(found.counts[node])
            assert sum(counts.values()) == actual.pop("total")
            assert counts == actual


def test_brokerage_without_direction_counts_both_ways(way):
    for graph in oracles.small_graphs()[1:]:
        sector = {node: node % 3 for node in graph}
        found = network.gould_fernandez(graph, sector)
        for node, counts in oracles.roles(graph, sector).items():
            assert counts.items() <= found.counts[node].items()


def test_paths_across_sectors_are_what_enumeration_says(way, monkeypatch):
    for levels in (5_000, 2):
        monkeypatch.setattr(_crossing, "_LEVELS", levels)
        for graph in some(250):
            sector = dict(graph.nodes(data="sector"))
            raw = network.cross_sector_betweenness(graph, normalised=False)
            near(oracles.crossing(graph, sector), raw)


def test_paths_across_sectors_follow_lengths(way):
    for graph in some(200):
        sector = dict(graph.nodes(data="sector"))
        raw = network.cross_sector_betweenness(graph, distance="w", normalised=False)
        near(oracles.crossing(graph, sector, "w"), raw)


def test_paths_across_sectors_are_those_of_every_small_graph(way):
    for graph in oracles.small_graphs()[1:]:
        sector = {node: node % 2 for node in graph}
        raw = network.cross_sector_betweenness(graph, sector, normalised=False)
        near(oracles.crossing(graph, sector), raw)


def test_clustering_is_that_of_networkx(way):
    for graph in [*oracles.small_graphs(), *some(200)]:
        found = network.clustering(graph)
        made = oracles.undirected(graph)
        near(nx.triangles(made), found.triangles)
        near(nx.clustering(made), {node: share or 0 for node, share in found.local.items()})
        assert (found.transitivity or 0) == pytest.approx(nx.transitivity(made))
        if made:
            assert found.mean(few="zero") == pytest.approx(nx.average_clustering(made))


def test_removal_in_one_pass_is_removal_node_by_node(way):
    for graph in [*oracles.small_graphs(), *some(300)]:
        assert oracles.without(graph) == network.largest_component_without(graph)


def test_the_curve_is_that_of_removal_one_after_the_other(way):
    for graph in [*oracles.small_graphs(), *some(300)]:
        found = network.robustness(graph)
        expected = oracles.attack(graph)
        assert expected == found.sizes
        if expected:
            assert found.value == pytest.approx(sum(expected) / len(expected) ** 2)


def test_delegated_questions_have_the_answers_of_networkx(way):
    for graph in [*oracles.small_graphs(), *some(200)]:
        made = oracles.undirected(graph)
        assert {frozenset(part) for part in nx.connected_components(made)} == set(
            network.components(graph)
        )
        near(nx.core_number(made), network.core_numbers(graph))
        assert set(nx.articulation_points(made)) == network.articulation_points(graph)
        assert {frozenset(pair) for pair in nx.bridges(made)} == {
            frozenset(pair) for pair in network.bridges(graph)
        }
        directed = oracles.plain(graph)
        near(
            nx.betweenness_centrality(directed, normalized=False),
            network.betweenness(graph, normalised=False),
        )
        lengths = (
            oracles.plain(graph, "w", shortest=True)
            if "w" in str(graph.edges(data=True))
            else directed
        )
        near(
            nx.betweenness_centrality(lengths, weight="value", normalized=False),
            network.betweenness(
                graph, distance="w" if lengths is not directed else None, normalised=False
            ),
        )


def test_walks_settle_where_networkx_settles(way):
    for graph in some(100):
        for name in (None, "w"):
            made = oracles.plain(graph, name)
            expected = nx.pagerank(made, weight="value", tol=1e-14, max_iter=1000)
            near(expected, network.pagerank(graph, strength=name))


def test_eigenvectors_are_those_of_networkx(way):
    for graph in some(200):
        made = oracles.undirected(graph)
        if len(made) < 3 or not nx.is_connected(made):
            continue
        expected = nx.eigenvector_centrality_numpy(made)
        found = network.eigenvector(made)
        assert expected == pytest.approx(found, abs=1e-6)


SIDES = ("count", "jaccard", "newman", "overlap")


@pytest.mark.parametrize("weight", SIDES)
def test_projections_are_those_of_networkx(way, weight, monkeypatch):
    from citess.network import _projection

    monkeypatch.setattr(_projection, "_BLOCK", 20)
    reference = {
        "count": nx.bipartite.weighted_projected_graph,
        "jaccard": nx.bipartite.overlap_weighted_projected_graph,
        "newman": nx.bipartite.collaboration_weighted_projected_graph,
        "overlap": lambda graph, nodes: nx.bipartite.overlap_weighted_projected_graph(
            graph, nodes, jaccard=False
        ),
    }[weight]
    for seed in range(60):
        draw = random.Random(seed)
        graph = nx.bipartite.random_graph(
            draw.randint(1, 8), draw.randint(1, 8), 0.4, seed=seed, directed=seed % 3 == 0
        )
        nodes = [node for node in graph if graph.nodes[node]["bipartite"] == 0]
        made = oracles.undirected(graph)
        expected = {
            frozenset((u, v)): d["weight"] for u, v, d in reference(made, nodes).edges(data=True)
        }
        found = network.project(graph, nodes, weight)
        assert nodes == list(found)
        assert expected == pytest.approx(
            {frozenset((u, v)): d[weight] for u, v, d in found.edges(data=True)}
        )
        arrays = network.project_arrays(network.TieArrays.from_graph(graph), nodes, weight)
        again = arrays.plain()
        assert expected == pytest.approx(
            {
                frozenset((nodes[a], nodes[b])): value
                for a, row in enumerate(again.rows)
                for b, value in row.items()
            }
        )


def test_order_and_names_of_nodes_change_nothing(way):
    for graph in some(40):
        names = {node: f"x{99 - k}" for k, node in enumerate(graph)}
        other = type(graph)()
        other.add_nodes_from((names[node], graph.nodes[node]) for node in reversed(list(graph)))
        other.add_edges_from((names[u], names[v]) for u, v in graph.edges())
        for function in (
            network.constraint,
            network.largest_component_without,
            network.core_numbers,
            network.cross_sector_betweenness,
        ):
            before, after = function(graph), function(other)
            for node, name in names.items():
                assert before[node] == pytest.approx(after[name])


def test_numbers_of_paths_beyond_every_float_keep_their_ratio(monkeypatch):
    grid = nx.convert_node_labels_to_integers(nx.grid_2d_graph(24, 24))
    sector = {node: node % 2 for node in grid}
    expected = network.cross_sector_betweenness(grid, sector, sources=[0], normalised=False)
    monkeypatch.setattr(_arrays, "LARGE", 0)
    monkeypatch.setattr(_crossing, "_HUGE", 3.0)
    near(expected, network.cross_sector_betweenness(grid, sector, sources=[0], normalised=False))
    monkeypatch.setattr(_crossing, "_LEVELS", 3)
    near(expected, network.cross_sector_betweenness(grid, sector, sources=[0], normalised=False))


def chain_of_diamonds(length):
    graph = nx.Graph()
    for k in range(length):
        for side in range(4):
            graph.add_edge(5 * k, 5 * k + 1 + side)
            graph.add_edge(5 * k + 1 + side, 5 * k + 5)
    return graph


@pytest.mark.parametrize("levels", [5_000, 3])
def test_paths_that_double_forever_are_counted_exactly(levels, monkeypatch):
    graph = chain_of_diamonds(600)
    sector = {node: min(node, 1) for node in graph}
    expected = network.cross_sector_betweenness(graph, sector, sources=[0], normalised=False)
    monkeypatch.setattr(_arrays, "LARGE", 0)
    monkeypatch.setattr(_crossing, "_LEVELS", levels)
    near(expected, network.cross_sector_betweenness(graph, sector, sources=[0], normalised=False))


@pytest.mark.parametrize("levels", [5_000, 3])
def test_where_no_scale_helps_paths_are_counted_in_whole_numbers(levels, monkeypatch):
    graph = chain_of_diamonds(900)
    nx.add_path(graph, [0, *range(-1, -1801, -1)])
    sector = {node: int(node < 0) for node in graph}
    expected = network.cross_sector_betweenness(graph, sector, sources=[0], normalised=False)
    monkeypatch.setattr(_arrays, "LARGE", 0)
    monkeypatch.setattr(_crossing, "_LEVELS", levels)
    monkeypatch.setattr(_crossing, "_SCALES", (1.0,))
    near(expected, network.cross_sector_betweenness(graph, sector, sources=[0], normalised=False))


def test_a_dense_graph_goes_by_products_of_matrices():
    n = 200
    graph = nx.complete_graph(n)
    ties = network.TieArrays.from_graph(graph)
    assert _triangles.Upward.of(ties, None).core < n
    share = 1 / (n - 1)
    closed = (n - 1) * (share + (n - 2) * share**2) ** 2
    assert network.constraint(graph)[0] == pytest.approx(closed)
    assert network.effective_size(graph)[0] == pytest.approx(1.0)
    assert network.clustering(graph).transitivity == pytest.approx(1.0)
    assert network.gould_fernandez(graph, {node: node % 3 for node in graph}).whole["total"] == 0
