"""Metrics of the network: reference values, all small graphs, and every odd input."""

import json
import math
import os
import pickle
import re
from pathlib import Path

import networkx as nx
import pytest

import citess
from citess.metrics import (
    Undefined,
    attribute_assortativity,
    average_clustering,
    betweenness,
    brokerage,
    catalogue,
    centralisation,
    constraint,
    cross_sector_betweenness,
    degree_assortativity,
    density,
    effective_size,
    efficiency,
    ei_index,
    fragmentation,
    global_efficiency,
    gould_fernandez,
    hierarchy,
    k_core,
    krackhardt_hierarchy,
    reciprocity,
    small_world,
    transitivity,
)
from citess.network import agreement_graph, co_membership

REFERENCE = os.environ.get("CITESS_REFERENCE_DIR")
needs_reference = pytest.mark.skipif(
    REFERENCE is None, reason="CITESS_REFERENCE_DIR names no folder of reference values"
)
KARATE = nx.karate_club_graph()
FLORENCE = nx.florentine_families_graph()
SMALL = [graph for graph in nx.graph_atlas_g() if len(graph) <= 6]
SPECIAL = {
    "N14": "wants a graph with direction",
    "N15": "two sides is wanted",
    "N16": "stays on one side|carries bipartite=0",
    "N17": "stays on one side|carries bipartite=0",
}
"""Metrics that want a graph of a special kind, and what they say of others."""
OPTIONS = {"N18": {"strength": "hours"}}
OF_GRAPHS = [found.id for found in catalogue.taking("graph")]
OF_NODES = [found.id for found in catalogue.taking("nodes")]


def reference(metric):
    records = json.loads(Path(REFERENCE or "", "reference_values.json").read_text("utf-8"))
    return next(r for r in records["records"] if r["metric"] == metric)["value"]


@needs_reference
def test_reference_values_of_whole_networks_are_reproduced():
    assert reference("degree_centralization_freeman") == centralisation(nx.cycle_graph(10)).value
    star = centralisation(nx.star_graph(9)).parts
    assert pytest.approx(reference("betweenness_centralization_freeman")) == star["betweenness"]
    assert pytest.approx(reference("closeness_centralization_freeman")) == star["closeness"]
    karate = reference("degree_centralization")["loops_false"]
    assert pytest.approx(karate) == centralisation(KARATE).value
    assert pytest.approx(reference("degree_assortativity")) == degree_assortativity(KARATE).value
    core, expected = k_core(KARATE), reference("k_core")
    assert (expected["max_core"], expected["size"]) == (core.value, core.parts["size"])
    assert pytest.approx(reference("transitivity")) == transitivity(KARATE).value
    assert pytest.approx(reference("average_clustering")) == average_clustering(KARATE).value
    assert pytest.approx(reference("global_efficiency")) == global_efficiency(KARATE).value
    assert pytest.approx(reference("small_world_sigma_analytic")) == small_world(KARATE).value
    davis = nx.davis_southern_women_graph()
    assert pytest.approx(reference("bipartite_density")) == density(davis, mode="bipartite").value


@needs_reference
def test_reference_values_of_nodes_are_reproduced():
    for node, value in reference("betweenness").items():
        assert pytest.approx(value, abs=1e-6) == betweenness(KARATE).part("raw")[int(node)]
    for node, value in reference("burt_constraint").items():
        assert pytest.approx(value) == constraint(nx.complete_graph(3))[int(node)]
    for node, value in reference("burt_effective_size").items():
        assert pytest.approx(value) == effective_size(KARATE)[int(node)]
    for node, value in reference("burt_hierarchy").items():
        assert pytest.approx(value) == hierarchy(KARATE)[int(node)]
    path = nx.path_graph(["p", "h", "f"])
    nx.set_node_attributes(path, {"p": "public", "h": "sse", "f": "private"}, "sector")
    assert reference("cross_sector_betweenness") == cross_sector_betweenness(path)["h"]


@pytest.mark.parametrize("graph", SMALL, ids=lambda g: g.name)
def test_all_graphs_of_up_to_six_nodes_agree_with_networkx(graph):
    plain = nx.Graph(graph)
    if len(plain) > 1:
        assert pytest.approx(nx.global_efficiency(plain)) == global_efficiency(plain).value
        assert nx.number_connected_components(plain) == fragmentation(plain).value
    if plain.number_of_edges():
        assert pytest.approx(nx.transitivity(plain)) == (transitivity(plain).value or 0)
        found = degree_assortativity(plain)
        if found.value is not None:
            with_nx = nx.degree_pearson_correlation_coefficient(plain)
            assert pytest.approx(with_nx) == found.value
    if len(plain):
        assert pytest.approx(nx.average_clustering(plain)) == average_clustering(plain).value
        assert max(nx.core_number(plain).values()) == k_core(plain).value
    found = betweenness(plain).part("raw")
    assert pytest.approx(nx.betweenness_centrality(plain, normalized=False)) == found.asdict()


@pytest.mark.parametrize("id_", [*OF_GRAPHS, *OF_NODES])
@pytest.mark.parametrize(
    "graph",
    [
        nx.Graph(),
        nx.empty_graph(1),
        nx.empty_graph(3),
        nx.Graph([(0, 0)]),
        nx.MultiGraph([(0, 1), (0, 1), (1, 1)]),
        nx.Graph([(0, 1), (2, 3)]),
        nx.DiGraph([(0, 1), (1, 0), (1, 2)]),
    ],
    ids=["empty", "one node", "isolates", "loop", "parallel", "apart", "directed"],
)
def test_odd_graphs_give_a_reason_or_an_error_of_ours(id_, graph):
    graph = graph.copy()
    for node in graph:
        graph.nodes[node]["sector"] = ("public", "sse")[node % 2]
    nx.set_edge_attributes(graph, 1.0, "hours")
    try:
        found = catalogue[id_](graph, **OPTIONS.get(id_, {}))
    except ValueError as error:
        found = str(error)
    if isinstance(found, str):
        assert re.search(SPECIAL[id_], found)
        return
    if id_ in OF_GRAPHS:
        assert (found.value is None) == (found.reason is not None)
        assert found.value is None or math.isfinite(found.value)
        json.dumps(found.to_dict(), allow_nan=False)
    else:
        assert set(found.reasons) == {n for n, value in found.asdict().items() if value is None}
        json.dumps(found.to_dict(), allow_nan=False)


@pytest.mark.parametrize("id_", [*OF_GRAPHS, *OF_NODES])
def test_each_answers_on_the_real_network_and_explains_itself(id_):
    data = citess.datasets.tunisia()
    asked = co_membership(data) if id_ == "N18" else data
    if id_ in {"N15", "N16", "N17"}:
        asked = agreement_graph(data)
    found = catalogue[id_](asked, **({"strength": "count"} if id_ == "N18" else {}))
    assert 3 == len({found.explain(language) for language in ("en", "fr", "ar")})
    assert catalogue[id_] is catalogue[id_].function
    assert found == pickle.loads(pickle.dumps(found))
    assert found._repr_html_().startswith("<table>")


@pytest.mark.parametrize("id_", [*OF_GRAPHS, *OF_NODES])
def test_what_is_no_graph_is_named(id_):
    with pytest.raises(TypeError, match="a dataset or a graph of networkx is wanted, not dict"):
        catalogue[id_]({}, **OPTIONS.get(id_, {}))


@pytest.mark.parametrize("id_", OF_NODES)
def test_relabelling_nodes_changes_no_value(id_):
    graph = nx.Graph(FLORENCE)
    for n, node in enumerate(graph):
        graph.nodes[node]["sector"] = "abc"[n % 3]
    names = {node: f"x-{node}" for node in graph}
    there = catalogue[id_](nx.relabel_nodes(graph, names)).asdict()
    for node, value in catalogue[id_](graph).asdict().items():
        assert value is None or pytest.approx(value) == there[names[node]]


def by_hand(arcs, node):
    """Burt's formula to the letter, with directions added."""
    z = {}
    for a, b in arcs.edges:
        z[a, b] = z.get((a, b), 0) + 1
        z[b, a] = z.get((b, a), 0) + 1
    near = [other for other in arcs if (node, other) in z]
    whole = sum(z[node, other] for other in near)
    top = {j: max(z[j, k] for k in arcs if (j, k) in z) for j in near}
    return sum(
        1 - sum(z[node, q] / whole * z.get((j, q), 0) / top[j] for q in near if q != j)
        for j in near
    )


def test_directions_are_added_and_strengths_count_where_named():
    arcs = nx.DiGraph([(1, 2), (1, 3), (1, 4), (2, 3)])
    assert pytest.approx({n: by_hand(arcs, n) for n in arcs}) == effective_size(arcs).asdict()
    assert pytest.approx(13.775, abs=1e-3) == effective_size(KARATE, strength="weight")[0]
    for bad in (math.nan, -1, 0):
        graph = nx.Graph()
        graph.add_edge(0, 1, weight=bad)
        with pytest.raises(ValueError, match="weight"):
            constraint(graph, strength="weight")
    with pytest.raises(ValueError, match="power"):
        constraint(KARATE, strength="power")


def test_no_ranks_below_five_nodes():
    with pytest.raises(ValueError, match="no ranks below 5 nodes, there are 4"):
        constraint(nx.path_graph(4)).top()
    top = betweenness(FLORENCE).top(2)
    assert "Medici" == top[0][0]
    assert pytest.approx(47.5) == betweenness(FLORENCE).part("raw")["Medici"]


def test_measures_of_nodes_are_looked_up_filtered_and_taken_apart():
    found = efficiency(nx.lollipop_graph(3, 2))
    assert len(found) == len(list(found)) == 5
    with pytest.raises(KeyError, match="no node is called 'Medicis'; did you mean 'Medici'"):
        betweenness(FLORENCE)["Medicis"]
    with pytest.raises(KeyError, match="no node is called 9"):
        found[9]
    with pytest.raises(KeyError, match="has no part 'z'; it has none"):
        found.part("z")
    kept = betweenness(FLORENCE).filter(lambda node, value: node.startswith("S"))
    assert ["Salviati", "Strozzi"] == sorted(kept)
    assert {"node", "value", "reason", "raw"} == set(kept.rows()[0])
    many = betweenness(nx.path_graph(12))
    assert "+2" in many._repr_html_()
    alone = constraint(nx.empty_graph(1))
    assert "not applicable" in alone._repr_html_()
    assert {0: Undefined.NOT_APPLICABLE} == alone.reasons


def test_layers_break_a_measure_down_by_kind_of_tie():
    data = citess.datasets.synthetic()
    found = fragmentation(data, by="kind")
    assert {"referral", "programme"} <= {group[0] for group in found.breakdown}
    some = fragmentation(data, by="kind", kinds=["programme"])
    assert [("programme",)] == list(some.breakdown)
    with pytest.raises(ValueError, match="broken down by 'kind'"):
        fragmentation(KARATE, by="kind")
    with pytest.raises(ValueError, match="kinds choose agreements of a dataset"):
        fragmentation(KARATE, kinds=["programme"])
    assert "2021-01-01" == fragmentation(data, on="2021-01-01").on


def test_a_graph_is_read_as_of_a_day():
    graph = nx.Graph()
    graph.add_edge("a", "b", period=citess.Period.of("2020-01-01", "2021-01-01"))
    assert [1, 2] == [fragmentation(graph, on=day).value for day in ("2020-06-01", "2021-06-01")]


def test_ties_across_are_compared_with_permuted_sectors():
    found = ei_index(KARATE, sector="club", draws=200, seed=5)
    assert found == ei_index(KARATE, sector="club", draws=200, seed=5)
    assert found.parts["z"] < -5
    assert pytest.approx(-0.7179, abs=1e-4) == found.value
    graph = nx.Graph([(0, 1)])
    graph.nodes[0]["sector"] = "sse"
    assert (Undefined.NOT_KNOWN, 1) == ((found := ei_index(graph)).reason, found.missing)
    assert Undefined.NOT_KNOWN is attribute_assortativity(graph).reason
    with pytest.raises(ValueError, match="no node has the attribute 'sector'"):
        ei_index(KARATE)
    with pytest.raises(ValueError, match="draws is 2 or more"):
        ei_index(KARATE, sector="club", draws=-1)


def test_one_sector_alone_has_no_assortativity():
    graph = nx.path_graph(3)
    nx.set_node_attributes(graph, "sse", "sector")
    assert Undefined.NO_VARIATION is attribute_assortativity(graph).reason
    nx.set_node_attributes(graph, {0: "public"}, "sector")
    assert attribute_assortativity(graph).value is not None


def test_the_error_of_assortativity_is_that_of_networkx_jackknife():
    value = attribute_assortativity(KARATE, sector="club")
    total = 0.0
    for edge in KARATE.edges:
        without = nx.Graph(KARATE)
        without.remove_edge(*edge)
        total += (nx.attribute_assortativity_coefficient(without, "club") - value.value) ** 2
    assert pytest.approx(total**0.5) == value.parts["stderr"]
    pair = nx.Graph([(0, 1), (2, 3)])
    nx.set_node_attributes(pair, {0: "a", 1: "b", 2: "b", 3: "b"}, "sector")
    assert attribute_assortativity(pair).parts["stderr"] is None


def test_reciprocity_wants_directions():
    with pytest.raises(ValueError, match="wants a graph with direction"):
        reciprocity(KARATE)
    found = reciprocity(nx.DiGraph([("a", "b"), ("b", "a"), ("b", "c"), ("c", "c")]))
    assert (pytest.approx(2 / 3), 0.5) == (found.value, found.parts["dyads"])
    assert Undefined.ZERO_DENOMINATOR is reciprocity(nx.DiGraph()).reason


def test_brokers_of_unknown_sector_have_no_role():
    graph = nx.path_graph(["city", "hub", "firm"], nx.DiGraph)
    nx.set_node_attributes(graph, {"city": "public", "firm": "private"}, "sector")
    found = brokerage(graph)
    assert {"hub": Undefined.NOT_KNOWN} == found.reasons
    assert 1 == gould_fernandez(graph).missing
    assert None is found.part("z")["hub"]
    with pytest.raises(ValueError, match="role is one of coordinator"):
        brokerage(graph, role="boss")


def test_hierarchy_is_over_pairs_and_not_over_ways():
    mixed = krackhardt_hierarchy(nx.DiGraph([("a", "b"), ("b", "a"), ("b", "c")]))
    assert (mixed.value, mixed.parts["hierarchy"]) == (2 / 3, 2 / 3)
    apart = krackhardt_hierarchy(nx.DiGraph([(0, 1), (1, 0), (2, 3), (3, 2), (4, 5)]))
    assert apart.value == 1 / 3
    assert krackhardt_hierarchy(nx.path_graph(3)).value == 0


def test_dimensions_of_hierarchy_of_a_circle_and_a_tree():
    circle = krackhardt_hierarchy(nx.cycle_graph(4, nx.DiGraph))
    assert (0.0, 1.0) == (circle.value, circle.parts["lubness"])
    tree = krackhardt_hierarchy(nx.DiGraph([("a", "b"), ("a", "c"), ("d", "c")]))
    assert tree.parts["lubness"] < 1
    pairs = krackhardt_hierarchy(nx.DiGraph([(0, 1), (2, 3)]))
    assert (None, pytest.approx(1 / 3)) == (pairs.parts["lubness"], pairs.parts["connectedness"])
    assert Undefined.ZERO_DENOMINATOR is krackhardt_hierarchy(nx.empty_graph(3)).reason
    assert Undefined.TOO_FEW is krackhardt_hierarchy(nx.empty_graph(2)).reason


def test_a_network_apart_is_read_in_its_largest_part_and_flagged():
    graph = nx.disjoint_union(nx.complete_graph(5), nx.path_graph(2))
    graph.add_edge(0, 5)
    found = small_world(nx.disjoint_union(graph, nx.empty_graph(2)))
    assert ("largest-part", "few-nodes") == found.warnings
    assert 2 == found.method["nodes_left_out"]
    assert Undefined.TOO_FEW is small_world(nx.path_graph(4)).reason
    assert None is centralisation(nx.Graph([(0, 1), (2, 3)])).parts["closeness"]


def test_betweenness_takes_lengths_by_name():
    graph = nx.cycle_graph(5)
    nx.set_edge_attributes(graph, 1.0, "km")
    graph.edges[0, 1]["km"] = 10.0
    assert betweenness(graph, distance="km")[3] > betweenness(graph)[3]
    nx.set_node_attributes(graph, {n: "ab"[n % 2] for n in graph}, "sector")
    assert cross_sector_betweenness(graph, distance="km")[3] is not None
