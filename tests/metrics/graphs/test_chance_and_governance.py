"""Null models, intervals of networks, centres, intensity and modes of governance."""

import math
from collections import Counter

import networkx as nx
import polars as pl
import pytest

import citess
from citess.errors import UnknownIdError
from citess.metrics import (
    Outcome,
    Undefined,
    against_chance,
    average_clustering,
    betweenness,
    bipartite_clustering,
    catalogue,
    centralisation,
    closeness,
    constraint,
    degree,
    density,
    ei_index,
    eigenvector,
    governance_mode,
    k_core,
    krackhardt_hierarchy,
    pagerank,
    reciprocity,
    relative_connectivity,
    tie_concentration,
    tie_intensity,
    transitivity,
    trust,
    value,
)

KARATE = nx.karate_club_graph()
FLORENCE = nx.florentine_families_graph()
DAVIS = nx.davis_southern_women_graph()


def drawn(monkeypatch, null, graph, draws=30, **options):
    """Networks that a null model draws."""
    found = []

    def keep(one, **_):
        found.append(one)
        return Outcome(value=0)

    monkeypatch.setattr(citess.metrics.fragmentation, "compute", keep)
    against_chance("fragmentation", graph, null=null, draws=draws, **options)
    return found[1:]


def test_ties_drawn_by_chance_are_as_many(monkeypatch):
    for graph in (FLORENCE, nx.gn_graph(12, seed=1)):
        for one in drawn(monkeypatch, "ties", graph):
            assert graph.number_of_edges() == one.number_of_edges()
            assert (graph.is_directed(), [*graph]) == (one.is_directed(), [*one])
            assert not [*nx.selfloop_edges(one)]


def test_ties_drawn_by_the_toss_of_a_coin_are_half_of_all(monkeypatch):
    for graph, possible in ((FLORENCE, 105), (nx.gn_graph(12, seed=1), 132)):
        ties = [one.number_of_edges() for one in drawn(monkeypatch, "size", graph, draws=200)]
        assert pytest.approx(possible / 2, abs=2) == sum(ties) / len(ties)
        assert len(set(ties)) > 5


def test_degrees_stay_where_ties_are_swapped(monkeypatch):
    seen = set()
    for one in drawn(monkeypatch, "degrees", KARATE):
        assert dict(KARATE.degree()) == dict(one.degree())
        assert not [*nx.selfloop_edges(one)]
        seen.add(frozenset(map(frozenset, one.edges())))
    assert len(seen) == 30
    graph = nx.gnp_random_graph(12, 0.3, seed=3, directed=True)
    for one in drawn(monkeypatch, "degrees", graph):
        assert (dict(graph.in_degree()), dict(graph.out_degree())) == (
            dict(one.in_degree()), dict(one.out_degree()),
        )  # fmt: skip


def test_both_sides_stay_where_ties_of_two_sides_are_swapped(monkeypatch):
    for one in drawn(monkeypatch, "degrees", DAVIS):
        assert dict(DAVIS.degree()) == dict(one.degree())
        assert all(one.nodes[a]["bipartite"] != one.nodes[b]["bipartite"] for a, b in one.edges())
    assert [1, 1] == [
        len(one.edges()) for one in drawn(monkeypatch, "degrees", nx.path_graph(2), 2)
    ]


def test_mutual_and_one_way_pairs_stay_as_many(monkeypatch):
    graph = nx.DiGraph([("a", "b"), ("b", "a"), ("b", "c"), ("d", "e")])
    seen = set()
    for one in drawn(monkeypatch, "dyads", graph):
        pairs = Counter(frozenset(arc) for arc in one.edges())
        assert {1: 2, 2: 1} == Counter(pairs.values())
        seen.add(frozenset(one.edges()))
    assert len(seen) > 20


def test_one_way_pairs_go_either_way_alike(monkeypatch):
    graph = nx.DiGraph([(a, b) for a in range(8) for b in range(a + 1, 8)])
    forward = [
        sum(a < b for a, b in one.edges()) / one.number_of_edges()
        for one in drawn(monkeypatch, "dyads", graph, draws=100)
    ]
    assert pytest.approx(1 / 2, abs=0.03) == sum(forward) / len(forward)


def test_labels_are_permuted_and_ties_stay(monkeypatch):
    graph = nx.path_graph(6)
    nx.set_node_attributes(graph, {0: "x", 1: "x", 2: "y", 3: None}, "sector")
    seen = set()
    for one in drawn(monkeypatch, "labels", graph):
        assert [*graph.edges()] == [*one.edges()]
        values = [one.nodes[node].get("sector") for node in range(6)]
        assert (["x", "x", "y"], [None] * 3) == (sorted(values[:3]), values[3:])
        seen.add(tuple(values))
    assert len(seen) == 3


def test_metrics_are_compared_with_chance():
    star = against_chance(centralisation, nx.star_graph(9), draws=60)
    assert star.z > 4
    assert star.p < 0.02
    assert star == against_chance("N02", nx.star_graph(9), draws=60)
    assert star != against_chance("N02", nx.star_graph(9), draws=60, seed=1)
    close_ = against_chance("centralisation", KARATE, part="closeness", null="size", draws=50)
    assert close_.z > 2
    clubs = against_chance(
        ei_index, KARATE, null="labels", attribute="club", sector="club", draws=200
    )
    assert clubs.z < -4
    assert against_chance(bipartite_clustering, DAVIS, null="degrees", draws=50).p < 0.1
    data = citess.datasets.tunisia()
    assert against_chance("N13a", data, draws=20, on="2021-01-01").z > 3
    arcs = nx.DiGraph([(0, 1), (1, 0), (2, 3), (3, 2), (4, 5), (5, 4)])
    assert against_chance(reciprocity, arcs, draws=200).p < 0.02
    tree = nx.balanced_tree(2, 3, nx.DiGraph)
    assert against_chance(krackhardt_hierarchy, tree, part="hierarchy", draws=20) is not None


def test_what_is_not_defined_is_not_compared():
    assert against_chance("N13a", nx.Graph()) is None
    assert against_chance("N02", nx.path_graph(4), part="closeness", draws=50) is None


def test_null_models_that_do_not_suit_are_refused():
    with pytest.raises(ValueError, match="null is one of size, ties, degrees, dyads, labels"):
        against_chance("N02", KARATE, null="erdos")
    with pytest.raises(ValueError, match="dyads are of a graph with direction"):
        against_chance("N02", KARATE, null="dyads")
    with pytest.raises(ValueError, match="no node has the attribute 'sector'"):
        against_chance("N02", KARATE, null="labels")
    with pytest.raises(TypeError, match="N03 betweenness> is no metric of a whole graph"):
        against_chance("N03", KARATE)
    with pytest.raises(TypeError, match="N01 density> is no metric of a whole graph"):
        against_chance(density, KARATE)
    with pytest.raises(UnknownIdError):
        against_chance("N99", KARATE)


@pytest.mark.parametrize("metric", [centralisation, k_core, transitivity, average_clustering])
def test_the_interval_of_a_network_is_that_of_leaving_out_each_node(metric):
    found = metric(KARATE)
    left_out = [metric(KARATE.subgraph(set(KARATE) - {node})).value for node in KARATE]
    mean, n = sum(left_out) / 34, 34
    error = math.sqrt((n - 2) / (2 * n) * sum((one - mean) ** 2 for one in left_out))
    assert pytest.approx(found.value - 1.959964 * error) == found.interval.low
    assert found.interval.low <= found.value <= found.interval.high
    assert ("node jackknife", 0.95) == (found.interval.method, found.interval.level)


def test_the_interval_of_a_density_is_worked_out_from_degrees():
    for graph, mode in ((FLORENCE, "undirected"), (nx.gn_graph(9, seed=2), "directed")):
        found = density(graph, mode=mode)
        left = [density(graph.subgraph(set(graph) - {v}), mode=mode).value for v in graph]
        mean, n = sum(left) / len(left), len(left)
        error = math.sqrt((n - 2) / (2 * n) * sum((one - mean) ** 2 for one in left))
        assert pytest.approx(found.value - 1.959964 * error) == found.interval.low
    assert density(nx.path_graph(3)).interval is None
    assert density(DAVIS, mode="bipartite").interval is None


def test_an_interval_stays_within_bounds_and_is_left_out_where_it_cannot_be():
    assert transitivity(nx.path_graph(3)).interval is None
    assert transitivity(nx.star_graph(5)).interval is None
    assert transitivity(nx.complete_graph(101)).interval is None
    full = transitivity(nx.complete_graph(5)).interval
    assert (1.0, 1.0) == (full.low, full.high)
    lonely = nx.Graph([(0, 1), (1, 2), (0, 2), (2, 3), (3, 4), (4, 5)])
    assert transitivity(lonely).interval.low == 0
    assert density(nx.star_graph(9)).interval.low == 0


def test_answers_of_partners_have_an_interval():
    rows = [
        {"about": f"p{n}", "by": "x", **dict.fromkeys(("reliability", "mission", "openness"), s)}
        for n, s in enumerate((1, 2, 3, 4, 4, 4))
    ]
    found = trust(rows)
    assert found.interval.low < found.value < found.interval.high
    assert value(rows).interval is None
    strength = citess.metrics.public_collaboration_strength({"a": 4, "b": 2, "c": 0, "d": 5})
    assert strength.interval.low < 0.55 < strength.interval.high
    assert found.interval == trust(rows).interval


def test_centres_are_those_of_networkx_and_say_their_norm():
    assert pytest.approx(nx.pagerank(KARATE, weight=None, tol=1e-12)) == pagerank(KARATE).asdict()
    expected = nx.eigenvector_centrality(KARATE, weight=None, tol=1e-12, max_iter=1000)
    found = eigenvector(KARATE)
    assert pytest.approx(expected, abs=1e-8) == found.asdict()
    assert max(found.part("greatest_is_one").asdict().values()) == 1.0
    harmonic = {node: x / 33 for node, x in nx.harmonic_centrality(KARATE).items()}
    assert pytest.approx(harmonic) == closeness(KARATE).asdict()
    classic = closeness(KARATE, kind="classic")
    assert pytest.approx(nx.closeness_centrality(KARATE)) == classic.asdict()
    weighed = nx.eigenvector_centrality(KARATE, weight="weight", tol=1e-12, max_iter=1000)
    assert pytest.approx(weighed, abs=1e-8) == eigenvector(KARATE, strength="weight").asdict()
    held = degree(KARATE, strength="weight")
    assert dict(KARATE.degree()) == held.asdict()
    assert dict(KARATE.degree(weight="weight")) == held.part("strength").asdict()
    assert pytest.approx(nx.degree_centrality(KARATE)) == held.part("share").asdict()


def test_centres_of_odd_graphs_have_reasons():
    apart = nx.Graph([("a", "b"), ("c", "d")])
    assert {Undefined.DISCONNECTED} == set(closeness(apart, kind="classic").reasons.values())
    assert {"a": 1 / 3} == closeness(apart).filter(lambda node, _: node == "a").asdict()
    one = nx.Graph()
    one.add_edge("a", "a")
    assert {"a": Undefined.TOO_FEW} == closeness(one).reasons
    assert {"a": Undefined.ZERO_DENOMINATOR} == eigenvector(one).reasons
    assert {"a": None} == degree(one).part("share").asdict()
    assert {} == pagerank(nx.Graph()).asdict()
    with pytest.raises(ValueError, match="kind is one of harmonic, classic, not 'near'"):
        closeness(apart, kind="near")


def test_ties_gather_or_spread():
    assert 1 / 4 == tie_concentration(nx.cycle_graph(4)).value
    assert 4.0 == tie_concentration(nx.cycle_graph(4)).parts["effective"]
    heavy = nx.Graph()
    heavy.add_weighted_edges_from([("a", "b", 3), ("b", "c", 1)], "hours")
    found = tie_concentration(heavy, strength="hours")
    assert ((9 + 16 + 1) / 64, 0.5) == (found.value, found.parts["greatest"])
    empty = tie_concentration(nx.empty_graph(3))
    assert (Undefined.ZERO_DENOMINATOR, 3) == (empty.reason, empty.n)


def test_measures_of_nodes_are_a_frame():
    found = betweenness(nx.path_graph(5)).to_frame()
    assert isinstance(found, pl.DataFrame)
    assert [0.0, 3.0, 4.0, 3.0, 0.0] == found["raw"].to_list()
    assert ["0", "1", "2", "3", "4"] == found["node"].to_list()
    alone = nx.Graph([("a", "b")])
    alone.add_node("c")
    rows = constraint(alone).to_frame("pandas")
    assert ["not_applicable"] == [why for why in rows["reason"] if isinstance(why, str)]
    assert ["metric", "name", "label", "node", "value", "reason", "unit", "on"] == list(rows)
    nobody = betweenness(nx.Graph()).to_frame("pyarrow")
    assert (0, "raw" not in nobody.column_names) == (nobody.num_rows, False)
    with pytest.raises(ValueError, match="makes no frames"):
        betweenness(alone).to_frame("excel")


def test_the_closest_of_parallel_ties_counts():
    graph = nx.MultiDiGraph()
    graph.add_edge("a", "b", intensity="awareness")
    graph.add_edge("b", "a", intensity="coordination")
    graph.add_edge("a", "a", intensity="integration")
    graph.add_edge("b", "a")
    graph.add_edge("a", "c")
    found = tie_intensity(graph)
    assert (3 / 4, 1, 1) == (found.value, found.n, found.missing)
    assert (3 / 8, 7 / 8) == found.bounds
    assert 1.0 == found.parts["coordination"]
    assert Undefined.NOT_KNOWN is tie_intensity(nx.path_graph(2)).reason
    assert Undefined.ZERO_DENOMINATOR is tie_intensity(nx.empty_graph(2)).reason
    graph.add_edge("a", "c", intensity="friends")
    with pytest.raises(ValueError, match="'a' to 'c' has the intensity 'friends', not one of none"):
        tie_intensity(graph)


def test_connectivity_without_answers_or_ties_has_reasons():
    graph = nx.path_graph(["a", "b"])
    assert {Undefined.NOT_KNOWN} == set(relative_connectivity(graph).reasons.values())
    items = ("reliability", "mission", "openness", "influence", "involvement", "resources")
    said = [{"about": "a", "by": "b", **dict.fromkeys(items, 2)}]
    alone = nx.Graph()
    alone.add_node("a")
    found = relative_connectivity(alone, ratings=said)
    assert {"a": Undefined.ZERO_DENOMINATOR} == found.reasons
    half = [{"about": "a", "by": "b", "reliability": 4}]
    assert {"a", "b"} == set(relative_connectivity(graph, ratings=half).reasons)
    found = relative_connectivity(graph, ratings=iter(said))
    assert ({"a": 1.0, "b": None}, 2.0) == (found.asdict(), found.part("score")["a"])


def codes(found):
    return [reason.code for reason in found.reasons]


def test_modes_of_governance_follow_decisions_ties_and_administration():
    star, ring = nx.star_graph(5), nx.cycle_graph(6)
    alone, equal = {"a": 2, "b": 1}, {"a": 1, "b": 1}
    lead, shared = "lead-organisation", "shared"
    modes = {
        (star, 1): (alone, False, lead), (star, 2): (None, None, lead),
        (star, 3): (equal, False, None), (ring, 1): (equal, False, shared),
        (ring, 2): (None, None, shared), (ring, 3): (alone, False, None),
        (nx.path_graph(2), 1): (alone, None, lead), (nx.path_graph(2), 2): (None, None, None),
        (nx.path_graph(2), 3): ({"a": 0}, False, None),
        (ring, 4): (alone, True, "network-administrative-organisation"),
    }  # fmt: skip
    for (graph, _), (decisions, administered, expected) in modes.items():
        found = governance_mode(graph, decisions=decisions, administered=administered)
        assert expected == (None if found.mode is None else found.mode.value)
        assert len(found.reasons) == 3
    told = governance_mode(ring, decisions=equal, administered=False)
    assert ["not-administered", "several-decide", "ties-spread"] == codes(told)
    unknown = governance_mode(nx.path_graph(2))
    assert ["administration-not-known", "decisions-not-known", "few"] == codes(unknown)
    for language in ("en", "fr", "ar"):
        assert 4 == len(unknown.text(language).splitlines())
    assert "gouverné par tous les membres" == told.text("fr").splitlines()[0]
    assert {"schema": "citess.governance/1", "mode": None} == {
        name: part for name, part in unknown.to_dict().items() if name != "reasons"
    }
    assert "shared" == told.to_dict()["mode"]
    with pytest.raises(ValueError, match="the decisions of 'a' are zero or more, not -1"):
        governance_mode(ring, decisions={"a": -1})
    with pytest.raises(ValueError, match="the decisions of 'a' are zero or more, not nan"):
        governance_mode(ring, decisions={"a": math.nan})


def test_every_metric_of_a_graph_can_be_computed_without_its_interval():
    assert catalogue["N13a"].compute(KARATE).interval is None
