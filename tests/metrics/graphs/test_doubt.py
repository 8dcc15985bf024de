"""Intervals of change and of layers, and brokers between sectors against chance."""

import math
from random import Random

import networkx as nx
import polars as pl
import pytest

import citess
from citess import network
from citess.metrics import (
    betweenness,
    centralisation,
    cross_sector_betweenness,
    density,
    edge_stability,
    k_core,
    multiplexity,
)
from citess.metrics.edges import EdgeTable

BEFORE = nx.gnp_random_graph(12, 0.3, seed=1)
AFTER = nx.gnp_random_graph(14, 0.3, seed=2)


def jackknife(value, left_out):
    n = len(left_out)
    mean = sum(left_out) / n
    error = math.sqrt((n - 2) / (2 * n) * sum((one - mean) ** 2 for one in left_out))
    return value - 1.959964 * error, value + 1.959964 * error


def without(graph, node):
    return graph.subgraph(set(graph) - {node})


def test_the_interval_of_stability_is_that_of_leaving_out_each_node():
    found = edge_stability(BEFORE, AFTER)
    left = [edge_stability(without(BEFORE, n), without(AFTER, n)).value for n in range(14)]
    low, high = jackknife(found.value, left)
    assert (found.interval.low, found.interval.high) == pytest.approx((max(low, 0), high))
    assert (found.interval.method, found.interval.level) == ("node jackknife", 0.95)
    few = nx.path_graph(3)
    assert edge_stability(few, few).interval is None
    star = nx.star_graph(4)
    assert edge_stability(star, star).interval is None
    pairs = nx.Graph([(0, 1), (2, 3)])
    assert (edge_stability(pairs, pairs).interval.low, edge_stability(pairs, pairs).value) == (1, 1)


def test_the_interval_of_layers_is_that_of_leaving_out_each_node():
    layers = {"a": BEFORE, "b": AFTER, "c": nx.path_graph(12)}
    found = multiplexity(layers)
    left = [
        multiplexity({name: without(layer, n) for name, layer in layers.items()}).value
        for n in range(14)
    ]
    low, high = jackknife(found.value, left)
    assert (found.interval.low, found.interval.high) == pytest.approx((max(low, 1), min(high, 3)))
    assert multiplexity({"a": nx.star_graph(4)}).interval is None


def test_brokers_between_sectors_are_compared_with_permuted_sectors():
    graph = nx.barbell_graph(4, 1)
    nx.set_node_attributes(
        graph, {n: "left" if n < 4 else "right" for n in graph if n != 4}, "sector"
    )
    plain = cross_sector_betweenness(graph)
    assert set(plain.parts) == {"raw"}
    found = cross_sector_betweenness(graph, draws=50, seed=3)
    assert found.asdict() == plain.asdict()
    assert found == cross_sector_betweenness(graph, draws=50, seed=3)
    assert found.part("expected").asdict() != (
        cross_sector_betweenness(graph, draws=50, seed=4).part("expected").asdict()
    )
    random, labels, drawn = Random(3), ["left"] * 4 + ["right"] * 4, []
    for _ in range(50):
        random.shuffle(labels)
        sectors = dict(zip([0, 1, 2, 3, 5, 6, 7, 8], labels, strict=True))
        drawn.append(network.cross_sector_betweenness(graph, sectors)[4])
    mean = sum(drawn) / 50
    sd = math.sqrt(sum((x - mean) ** 2 for x in drawn) / 49)
    assert found.part("expected")[4] == pytest.approx(mean)
    assert found.part("z")[4] == pytest.approx((1 - mean) / sd)
    assert 1 / 51 <= found.part("p")[4] < 0.2
    assert (found.method["draws"], found.method["seed"]) == (50, 3)
    pair = nx.path_graph(3)
    nx.set_node_attributes(pair, {0: "a", 1: "a", 2: "b"}, "sector")
    assert cross_sector_betweenness(pair, draws=20).part("z").asdict() == dict.fromkeys(range(3))
    for wrong in (1, -1, 2.5, "x"):
        with pytest.raises(ValueError, match="draws is 2 or more"):
            cross_sector_betweenness(graph, draws=wrong)


def test_ties_that_may_not_have_held_are_told():
    data = citess.datasets.tunisia()
    for metric in (centralisation, betweenness):
        assert metric(data, on="2021-01-01").warnings == ("uncertain-ties",)
        assert metric(data).warnings == ()
    sure = network.partnership_graph(data, "2021-01-01", unknown="exclude")
    assert centralisation(sure).warnings == ()
    graph = nx.Graph()
    graph.add_edge("a", "b", period=None)
    assert (centralisation(graph).warnings, centralisation(graph, on="2021-01-01").warnings) == (
        (), ("uncertain-ties",),
    )  # fmt: skip


def test_a_tie_without_direction_is_one_each_way():
    assert density(nx.star_graph(3), mode="directed").value == 0.5
    assert density(nx.DiGraph([(0, 1), (1, 2)]), mode="directed").value == 1 / 3
    graph = nx.MultiDiGraph()
    graph.add_edge("a", "b", directed=True)
    graph.add_edge("b", "c", directed=False)
    graph.add_edge("c", "b", directed=True)
    graph.add_edge("c", "c", directed=False)
    found = density(graph, mode="directed")
    assert (found.numerator, found.parts["merged_ties"], found.parts["loops"]) == (3, 1, 1)
    assert found.parts["mean_degree"] == 1
    data = citess.datasets.tunisia()
    one = density(data, mode="directed", kinds=["peer_exchange"])
    assert one.numerator == 6
    assert density(data, kinds=["peer_exchange"]).numerator == 3
    frame = pl.DataFrame({"source": [0, 0, 2], "target": [1, 1, 2]})
    for way, ties, merged in ((False, 2, 2), (True, 1, 1)):
        found = EdgeTable(frame, directed=way).density(mode="directed")
        assert (found.numerator, found.parts["merged_ties"], found.parts["loops"]) == (
            ties,
            merged,
            1,
        )
        same = nx.MultiDiGraph if way else nx.MultiGraph
        assert found.value == density(same([(0, 1), (0, 1), (2, 2)]), mode="directed").value


def test_cores_leave_out_loops_and_say_so():
    graph = nx.Graph([(0, 1), (1, 2)])
    assert k_core(graph).warnings == ()
    graph.add_edge(1, 1)
    assert (k_core(graph).value, k_core(graph).warnings) == (1, ("loops",))
    assert len({k_core(graph).explain(language) for language in ("en", "fr", "ar")}) == 3
