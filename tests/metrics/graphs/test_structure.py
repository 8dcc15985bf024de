"""Backbones, groups, change, resilience, surveys, votes, spread: hand numbers and references."""

import json
import math
import os
from itertools import combinations
from pathlib import Path

import networkx as nx
import pytest

import citess
from citess import UnknownIdError
from citess.metrics import (
    Undefined,
    bipartite_clustering,
    communities,
    disparity_filter,
    edge_stability,
    fidelity,
    key_players,
    mediterranean_reach,
    modularity,
    multiplexity,
    public_collaboration_strength,
    reconstruct,
    replication_lineage,
    response_and_reciprocity,
    robustness,
    shared_ties,
    theil_between_countries,
    trust,
    validated_ties,
    value,
    votes,
    voting_power,
    what_if,
)
from citess.metrics.graphs import groups, resilience
from citess.metrics.graphs.backbones import disparity
from citess.metrics.graphs.groups import adjusted_rand
from citess.metrics.tests_of_chance import hypergeometric_p

REFERENCE = os.environ.get("CITESS_REFERENCE_DIR")
needs_reference = pytest.mark.skipif(
    REFERENCE is None, reason="CITESS_REFERENCE_DIR names no folder of reference values"
)
KARATE = nx.karate_club_graph()
DAVIS = nx.davis_southern_women_graph()
FLORENCE = nx.florentine_families_graph()


def reference(metric):
    records = json.loads(Path(REFERENCE or "", "reference_values.json").read_text("utf-8"))
    return next(r for r in records["records"] if r["metric"] == metric)["value"]


@needs_reference
def test_reference_values_of_structure_are_reproduced():
    found = bipartite_clustering(DAVIS)
    assert pytest.approx(reference("robins_alexander_clustering")) == found.value
    assert pytest.approx(reference("latapy_clustering_dot_mean")) == found.parts["latapy"]
    shared, expected = shared_ties(DAVIS), reference("one_mode_projection")
    assert (expected["edges"], expected["total_weight"]) == (shared.value, shared.parts["shared"])
    ties, expected = validated_ties(DAVIS), reference("svn_validated_links")
    assert (expected["fdr"], expected["bonferroni"], expected["tests"], expected["projected"]) == (
        ties.value,
        ties.parts["bonferroni"],
        ties.parts["tests"],
        ties.parts["projected"],
    )
    chance = hypergeometric_p(6, units=14, marked=8, drawn=7)
    assert pytest.approx(reference("svn_pvalue")) == chance
    chance = hypergeometric_p(5, units=20, marked=5, drawn=5)
    assert pytest.approx(reference("svn_pvalue_small")) == chance
    miserables, expected = nx.les_miserables_graph(), reference("disparity_filter")
    kept = disparity_filter(miserables, strength="weight")
    assert (expected["kept_05"], expected["edges"]) == (kept.numerator, kept.denominator)
    strict = disparity_filter(miserables, strength="weight", level=0.01)
    assert expected["kept_01"] == strict.numerator
    alphas = disparity(miserables, strength="weight")
    pair = ("Valjean", "Cosette") if ("Valjean", "Cosette") in alphas else ("Cosette", "Valjean")
    assert pytest.approx(expected["alpha_valjean_cosette"]) == alphas[pair]
    club = modularity(KARATE, groups="club", strength="weight", draws=10)
    assert pytest.approx(reference("modularity")) == club.value


@needs_reference
def test_reference_values_of_change_and_resilience_are_reproduced():
    before = nx.Graph(["AB", "BC", "CD"])
    after = nx.Graph(["AB", "BD", "CD", "DE"])
    held, expected = edge_stability(before, after), reference("edge_turnover")
    assert expected == {
        "jaccard": held.value,
        "persistence": held.parts["persistence"],
        "births": held.parts["births"],
        "deaths": held.parts["deaths"],
    }
    assert reference("edge_jaccard") == held.value
    layers = {
        "a": nx.Graph([(1, 2), (3, 4), (5, 6)]),
        "b": nx.Graph([(3, 4), (5, 6)]),
        "c": nx.Graph([(5, 6)]),
    }
    several, expected = multiplexity(layers), reference("multiplexity")
    assert (expected["mean"], pytest.approx(expected["share_multiplex"])) == (
        several.value,
        several.parts["multiplex"],
    )
    assert reference("robustness_R") == robustness(nx.complete_graph(10)).value
    tie_rules = reference("robustness_R_tie_rules")
    assert pytest.approx(tie_rules["lowest_id"]) == robustness(KARATE).value
    broken, expected = key_players(FLORENCE), reference("keyplayer_negative_F")
    assert ([expected["set"]], pytest.approx(expected["F"])) == (
        broken.method["sets"],
        broken.value,
    )
    far, expected = key_players(FLORENCE, aim="distance"), reference("keyplayer_negative_DF")
    assert ([expected["set"]], pytest.approx(expected["DF"])) == (far.method["sets"], far.value)
    near = key_players(FLORENCE, k=2, aim="reach")
    expected = reference("keyplayer_positive_reach_m1")
    assert pytest.approx(expected["reach"]) == near.value
    assert sorted(map(sorted, expected["sets"])) == sorted(near.method["sets"])


def test_the_councils_that_banzhaf_and_others_counted_are_reproduced():
    six = voting_power(dict(zip("FGIBNL", (4, 4, 4, 2, 2, 1), strict=True)), quota=12)
    assert [10 / 42] * 3 + [6 / 42] * 2 + [0.0] == pytest.approx(list(six.parts.values()))
    nassau = voting_power(dict(zip("hkonab", (31, 31, 28, 21, 2, 2), strict=True)))
    assert [1 / 3] * 3 + [0.0] * 3 == pytest.approx(list(nassau.parts.values()))


def test_votes_in_tenths_count_as_they_are_written():
    power = voting_power({"a": 0.1, "b": 0.3, "c": 0.2, "d": 0.2})
    whole = voting_power({"a": 1, "b": 3, "c": 2, "d": 2})
    assert (whole.parts, 1 / 12) == (power.parts, pytest.approx(power.parts["a"]))


@needs_reference
def test_reference_values_of_surveys_votes_and_spread_are_reproduced():
    public = public_collaboration_strength({"a": 4, "b": 2, "c": 0, "d": 5})
    assert reference("public_collaboration_strength") == public.value
    rating = {"about": "p", "by": "q", "reliability": 4, "mission": 3, "openness": 2}
    found, expected = trust([rating]), reference("partner_trust")
    assert (expected["mean"], pytest.approx(expected["rescaled"])) == (
        found.value,
        found.parts["rescaled"],
    )
    power = voting_power({"A": 50, "B": 30, "C": 20}, quota=51)
    assert reference("banzhaf") == power.parts
    spread = replication_lineage(nx.DiGraph([("A", "B"), ("A", "C"), ("B", "D")]))
    expected = reference("replication")
    assert expected["generations"] == spread.value
    assert expected["mean_offspring"] == spread.parts["offspring"]
    assert pytest.approx(expected["founder_share"]) == spread.parts["founders"]
    copy, expected = fidelity("abcdefgh", [*"abcdef", "x", "y", "z"]), reference("fidelity")
    assert (expected["fidelity"], pytest.approx(expected["jaccard"])) == (
        copy.value,
        copy.parts["jaccard"],
    )
    hubs = {("hub", code): 2 for code in ("TN", "IT", "ES", "FR", "MA", "LB")}
    reach = mediterranean_reach.compute({**hubs, ("hub", "GR"): 1, ("hub", "EG"): 1})
    assert pytest.approx(reference("med_reach")) == reach.value


def test_a_tie_that_cannot_be_validated_is_told_from_one_that_is_chance():
    few = validated_ties(DAVIS)
    assert ("cannot-validate",) == few.warnings
    many = nx.Graph()
    for event in range(60):
        members = ("a", "b") if event < 20 else (("c",), ("d",), ("e",))[event % 3]
        many.add_node(event, bipartite=1)
        for member in members:
            many.add_node(member, bipartite=0)
            many.add_edge(member, event)
    found = validated_ties(many)
    assert (1, [["a", "b"]], ()) == (found.value, found.method["ties"], found.warnings)
    assert found.value == validated_ties(many, onto=list("abcde")).value


def test_sides_of_a_graph_are_named_rightly():
    with pytest.raises(ValueError, match="onto names 'nobody'"):
        shared_ties(DAVIS, onto=["nobody"])
    with pytest.raises(ValueError, match="stays on one side"):
        shared_ties(KARATE, onto=[0, 1])
    with pytest.raises(ValueError, match="two sides is wanted"):
        bipartite_clustering(nx.cycle_graph(3))
    with pytest.raises(ValueError, match="the level lies between 0 and 1"):
        validated_ties(DAVIS, level=1)
    lone = nx.Graph()
    lone.add_node("a", bipartite=0)
    assert Undefined.TOO_FEW is shared_ties(lone).reason
    assert Undefined.TOO_FEW is validated_ties(lone).reason
    assert Undefined.ZERO_DENOMINATOR is bipartite_clustering(nx.path_graph(3)).reason
    assert () == shared_ties(nx.Graph([("a", 1), ("b", 2), ("c", 2)]), onto="abc").warnings


def test_strengths_are_positive_numbers_of_a_named_attribute():
    graph = nx.MultiGraph()
    graph.add_edge("a", "b", hours=3)
    graph.add_edge("b", "a", hours=1)
    graph.add_edge("a", "a", hours=9)
    assert {("a", "b"): 1.0} == disparity(graph, strength="hours")
    assert 0 == disparity_filter(graph, strength="hours").value
    for bad in (None, 0, math.inf, "much"):
        graph.add_edge("a", "c", key="x", hours=bad)
        with pytest.raises(
            ValueError, match=r"'hours' of the tie 'a' to 'c'|have no attribute 'hours'"
        ):
            disparity_filter(graph, strength="hours")
    with pytest.raises(ValueError, match="the level lies between"):
        disparity_filter(nx.Graph(), strength="hours", level=0)
    assert Undefined.ZERO_DENOMINATOR is disparity_filter(nx.Graph(), strength="hours").reason


def test_groups_are_found_again_with_their_stability(monkeypatch):
    found = communities(KARATE, seed=3)
    assert found == communities(KARATE, seed=3)
    assert found.parts["modularity"] <= 0.41979 + 1e-5
    assert found.parts["best"] >= found.parts["modularity"]
    assert 0 < found.parts["stability"] <= 1
    assert 34 == sum(map(len, found.method["groups"]))
    apart = communities(nx.disjoint_union(nx.complete_graph(4), nx.complete_graph(4)))
    assert (2, pytest.approx(1.0), ("few-members",)) == (
        apart.value,
        apart.parts["stability"],
        apart.warnings,
    )
    heavy = communities(KARATE, strength="weight", resolution=2.0, seeds=3)
    assert heavy.value > 4
    assert Undefined.ZERO_DENOMINATOR is communities(nx.empty_graph(3)).reason
    monkeypatch.setattr(groups, "_SEEDS", 0)
    assert communities(KARATE, seed=3).parts["modularity"] == found.parts["best"]
    with pytest.raises(ValueError, match="the runs are 2 or more"):
        communities(KARATE, seeds=1)


def test_agreement_of_groupings_beyond_chance():
    one = dict.fromkeys("abcd", 1)
    assert 1.0 == adjusted_rand(one, one)
    crossed = {"a": 1, "b": 1, "c": 2, "d": 2}
    other = {"a": 1, "b": 2, "c": 1, "d": 2}
    assert adjusted_rand(crossed, other) < 0
    assert 1.0 == adjusted_rand({"a": 1}, {"a": 1})


def test_modularity_never_weighs_unasked():
    plain = modularity(KARATE, groups="club", draws=50)
    assert pytest.approx(0.35823, abs=1e-5) == plain.value
    assert plain.parts["p"] < 0.05
    some = modularity(KARATE, groups={0: "x", 1: "x", 2: "y"}, draws=5)
    assert (31, 3) == (some.missing, some.n)
    with pytest.raises(ValueError, match="no node has a group: 'sector'"):
        modularity(KARATE)
    with pytest.raises(ValueError, match="the resolution is above 0"):
        modularity(KARATE, groups="club", resolution=0)
    lone = modularity(nx.empty_graph(2), groups={0: 1, 1: 2})
    assert Undefined.ZERO_DENOMINATOR is lone.reason


def test_who_came_and_went_is_told_from_what_changed():
    before, after = nx.Graph([("a", "b")]), nx.Graph([("a", "b"), ("c", "d")])
    found = edge_stability(before, after)
    assert (0.5, 1.0, 2, 0) == (
        found.value,
        found.parts["stayers"],
        found.parts["joined"],
        found.parts["left"],
    )
    assert Undefined.ZERO_DENOMINATOR is edge_stability(nx.Graph(), nx.empty_graph(1)).reason
    assert Undefined.ZERO_DENOMINATOR is multiplexity({"a": nx.Graph(), "b": nx.Graph()}).reason
    data = citess.datasets.synthetic()
    assert multiplexity(citess.network.layers(data)).value >= 1


def test_equals_are_told_apart_by_a_stated_rule():
    drawn = robustness(KARATE, seeds=(1, 2, 3, 4))
    assert drawn.parts["least"] <= drawn.value <= drawn.parts["greatest"]
    assert "lowest id first" == robustness(KARATE).method["equals"]
    with pytest.raises(ValueError, match="needs seeds"):
        robustness(KARATE, attack="random")
    assert Undefined.TOO_FEW is robustness(nx.empty_graph(2)).reason


def test_all_best_sets_are_returned_and_large_searches_say_so(monkeypatch):
    star = key_players(nx.star_graph(4), k=2)
    assert (1.0, 4) == (star.value, star.parts["sets"])
    ring = key_players(nx.cycle_graph(6), k=2)
    exact = max(
        resilience._fragmentation(nx.cycle_graph(6), frozenset(pair))
        for pair in combinations(range(6), 2)
    )
    assert (exact, True) == (ring.value, ring.method["exact"])
    monkeypatch.setattr(resilience, "_EXACT", 1)
    greedy = key_players(nx.star_graph(4), k=2, aim="reach", steps=1)
    assert (1.0, False, 1) == (greedy.value, greedy.method["exact"], greedy.parts["sets"])
    assert 1.0 == key_players(nx.path_graph(2), aim="distance").value
    assert Undefined.TOO_FEW is key_players(nx.path_graph(2), k=2).reason
    assert 1.0 == key_players(nx.path_graph(2), k=2, aim="reach").value
    with pytest.raises(ValueError, match="aim is one of fragmentation, distance, reach"):
        key_players(KARATE, aim="fame")
    with pytest.raises(ValueError, match="k and steps are 1 or more"):
        key_players(KARATE, k=0)


def test_answers_not_given_widen_bounds_and_are_flagged():
    found = public_collaboration_strength({"a": 5, "b": None, "c": None})
    assert (1.0, 2, ("response",)) == (found.value, found.missing, found.warnings)
    assert pytest.approx((1 / 3, 1.0)) == found.bounds
    assert Undefined.TOO_FEW is public_collaboration_strength({"a": 5}).reason
    assert Undefined.NOT_KNOWN is public_collaboration_strength({"a": None, "b": None}).reason
    for bad in (6, 2.5, -1):
        with pytest.raises(ValueError, match="whole number from 0 to 5"):
            public_collaboration_strength({"a": bad, "b": 1})


def test_trust_and_value_are_means_of_partners_not_of_ratings():
    rows = [
        {"about": "p", "by": str(n), "reliability": 4, "mission": 4, "openness": 4}
        for n in range(3)
    ]
    rows.append({"about": "q", "by": "0", "reliability": 1, "mission": None, "openness": 1})
    found = trust(rows)
    assert (2.5, 1, 1) == (found.value, found.missing, found.parts["few_raters"])
    assert {"p": 4.0, "q": 1.0} == found.method["partners"]
    assert ("few-raters-partner",) == found.warnings
    assert () == trust(rows[:3]).warnings
    assert Undefined.ZERO_DENOMINATOR is value([]).reason
    assert Undefined.NOT_KNOWN is value([{"about": "p", "by": "q"}]).reason
    with pytest.raises(ValueError, match="influence of 'p' is from 1 to 4, not 5"):
        value([{"about": "p", "by": "q", "influence": 5}])
    half = value([{"about": "p", "by": "q", "influence": 2}])
    assert (None, 2) == (half.parts["resources"], half.missing)


def test_a_survey_tells_who_did_not_answer_from_who_named_nobody():
    answers = {"a": ["b", "c", "a"], "b": ["a", "x"], "c": [], "d": None, "e": None}
    found = response_and_reciprocity(answers)
    assert (0.6, 2, ("response",)) == (found.value, found.missing, found.warnings)
    assert 0.5 == found.parts["confirmed"]
    assert found.parts["density_low"] < found.parts["density_high"]
    graph = reconstruct(answers)
    assert {True, False, None} == {
        graph.edges[pair]["confirmed"] for pair in (("a", "b"), ("a", "c"), ("b", "x"))
    }
    assert not graph.nodes["d"]["answered"]
    assert Undefined.ZERO_DENOMINATOR is response_and_reciprocity({}).reason
    alone = response_and_reciprocity({"a": []}).parts
    assert (None, None) == (alone["confirmed"], alone["density_low"])


def test_power_is_not_weight():
    found = voting_power({"a": 4, "b": 3, "c": 3, "d": 0})
    assert pytest.approx({"a": 1 / 3, "b": 1 / 3, "c": 1 / 3, "d": 0}) == found.parts
    assert 1.0 == voting_power({"boss": 6, "a": 2, "b": 2}).value
    assert Undefined.ZERO_DENOMINATOR is voting_power({}).reason
    for weights, quota, said in (
        ({"a": -1}, None, "zero or more"),
        ({"a": 1}, 2, "the quota lies above 0"),
        ({str(n): 1 for n in range(26)}, None, "up to 25 members"),
    ):
        with pytest.raises(ValueError, match=said):
            voting_power(weights, quota=quota)


def test_votes_of_a_body_are_those_of_the_day():
    data = citess.datasets.synthetic()
    body = next(iter(data.bodies))
    weights = votes(data, body, on="2021-01-01")
    assert 0 < voting_power(weights).value <= 1
    assert {} == votes(data, body, on="2035-01-01")
    with pytest.raises(UnknownIdError):
        votes(data, "parliament", on="2021-01-01")
    nobody = citess.Mandate(id="m", body=body)
    assert 1.0 == votes(data.add(nobody), body, on="2035-01-01")["not known"]


def test_the_two_tunisian_hubs_reach_one_country_of_22():
    found = mediterranean_reach(citess.datasets.tunisia())
    assert (1 / 22, 1 / 22, 0, 1) == (
        found.value,
        found.parts["two_or_more"],
        found.parts["north"],
        found.parts["south"],
    )
    assert 0.0 == found.parts["across"]
    assert 1.0 == mediterranean_reach(citess.datasets.tunisia(), eligible=["TN"]).value
    none = mediterranean_reach(citess.datasets.tunisia(), eligible=[])
    assert Undefined.ZERO_DENOMINATOR is none.reason
    assert Undefined.NOT_KNOWN is mediterranean_reach.compute({("hub", ""): 1}).reason
    both = mediterranean_reach.compute({("hub", "TN"): 1, ("hub", "IT"): 1, ("tie", "IT", "TN"): 1})
    assert 1.0 == both.parts["across"]
    made_up = mediterranean_reach(citess.datasets.synthetic())
    assert (0.0, 2) == (made_up.value, made_up.parts["elsewhere"])


def test_shores_are_balanced_and_linked_by_paths_of_hubs():
    level = citess.TerritoryLevel.COUNTRY
    name = citess.Text(en="Name")
    places = [citess.Territory(id=c, name=name, level=level) for c in ("tn", "it", "fr", "ma")]
    hubs = {"h-tn": "tn", "h-it": "it", "h-fr": "fr", "h-ma": "ma", "h-tn-2": "tn"}
    records = [citess.Hub(id=h, name=name, territories=(c,)) for h, c in hubs.items()]
    networks = [
        citess.HubNetwork(
            id=f"n-{n}",
            name=name,
            members=tuple(citess.NetworkMember(hub=h) for h in pair),
        )
        for n, pair in enumerate([("h-tn", "h-it"), ("h-it", "h-fr")])
    ]
    found = mediterranean_reach(citess.Dataset.of(*places, *records, *networks))
    # from Italy to Tunis one step, from France two; four of six pairs are not linked
    assert (found.parts["linked"], found.parts["path"]) == (2 / 6, 1.5)
    assert (found.parts["north"], found.parts["south"], found.parts["balance"]) == (2, 2, 1.0)
    assert found.parts["across"] == 0.5
    one = mediterranean_reach(citess.Dataset.of(*places, *records[:3]))
    assert (one.parts["balance"], one.parts["linked"], one.parts["path"]) == (0.5, 0.0, None)
    alone = mediterranean_reach(citess.datasets.tunisia()).parts
    assert (alone["balance"], alone["linked"], alone["path"]) == (0.0, None, None)
    abroad = mediterranean_reach.compute({("hub", "DE"): 1}).parts
    assert (abroad["balance"], abroad["elsewhere"]) == (None, 1)


def test_a_hub_in_a_place_without_a_country_is_missing():
    place = citess.Territory(
        id="place", name=citess.Text(en="Place"), level=citess.TerritoryLevel.OTHER
    )
    hub = citess.Hub(id="hub", name=citess.Text(en="Hub"), territories=("place",))
    found = mediterranean_reach(citess.Dataset.of(place, hub))
    assert (Undefined.NOT_KNOWN, 1) == (found.reason, found.missing)


def test_lineages_are_read_from_records_and_have_no_circles():
    found = replication_lineage(citess.datasets.synthetic(), hub_years=4.0)
    assert (1, 0.25) == (found.value, found.parts["per_hub_year"])
    ends = found.method["per_hub_year"]
    assert ends["low"] < 0.25 < ends["high"]
    json.dumps(found.to_dict())
    with pytest.raises(ValueError, match="no circles"):
        replication_lineage(nx.DiGraph([("a", "b"), ("b", "a")]))
    with pytest.raises(ValueError, match="years of hubs are above zero"):
        replication_lineage(nx.DiGraph([("a", "b")]), hub_years=0)
    assert Undefined.ZERO_DENOMINATOR is replication_lineage(nx.DiGraph()).reason
    lone = replication_lineage(nx.empty_graph(5, nx.DiGraph))
    assert (None, 0, ()) == (lone.parts["founders"], lone.value, lone.warnings)


def test_a_lineage_is_counted_whatever_its_ties_carry():
    graph = nx.MultiDiGraph([("a", "b", {"weight": 9}), ("a", "b"), ("b", "c", {"weight": 2.5})])
    found = replication_lineage(graph)
    assert (found.value, found.parts["offspring"], found.parts["founders"]) == (2, 2 / 3, 0.5)


def test_parts_nobody_knows_of_widen_the_bounds_of_fidelity():
    found = fidelity("abcd", "ab", unknown="d")
    assert (pytest.approx(2 / 3), (0.5, 0.75), 1) == (found.value, found.bounds, found.missing)
    assert Undefined.ZERO_DENOMINATOR is fidelity("", "a").reason
    assert Undefined.NOT_KNOWN is fidelity("a", "", unknown="a").reason
    with pytest.raises(ValueError, match="present or not known, not both"):
        fidelity("a", "a", unknown="a")


def test_countries_are_compared_with_their_people_counted():
    even = theil_between_countries({"a": 2, "b": 2}, {"a": 1, "b": 9})
    assert 0.0 == even.value
    found = theil_between_countries({"a": 0, "b": 3, "c": None})
    assert (pytest.approx(math.log(2)), 1, 0.0) == (found.value, found.missing, found.parts["a"])
    assert Undefined.TOO_FEW is theil_between_countries({"a": 1}).reason
    assert Undefined.ZERO_DENOMINATOR is theil_between_countries({"a": 0, "b": 0}).reason
    assert () == theil_between_countries({str(n): n for n in range(10)}).warnings
    with pytest.raises(ValueError, match="populations lack"):
        theil_between_countries({"a": 1, "b": 1}, {"a": 1})
    with pytest.raises(ValueError, match="values are zero or more"):
        theil_between_countries({"a": -1, "b": 1})


def test_what_breaks_without_cospe_is_told_in_three_languages():
    data = citess.datasets.tunisia()
    found = what_if(data, without=["cospe"])
    assert found.differences["fragmentation"] > 0
    assert found.cut_off
    assert 3 == len({found.text(language) for language in ("en", "fr", "ar")})
    assert "citess.what-if/1" == json.loads(json.dumps(found.to_dict()))["schema"]
    graph = nx.Graph([("a", "b"), ("c", "d")])
    tied = what_if(graph, plus=[("b", "c")], metrics=["fragmentation", "N02"])
    assert {"fragmentation": -1.0} == {
        name: x for name, x in tied.differences.items() if name == "fragmentation"
    }
    assert "N02" == tied.before["centralisation"].metric
    assert () == tied.cut_off
    gone = what_if(nx.Graph([("a", "b")]), without=["a", "b"], metrics=["N20"])
    assert {"global_efficiency": None} == gone.differences
    assert "too few" in gone.text()
    with pytest.raises(UnknownIdError, match="no member has the id 'cosp'; did you mean 'cospe'"):
        what_if(data, without=["cosp"])
    with pytest.raises(TypeError, match="women_share is no metric of a whole graph"):
        what_if(data, metrics=["women_share"])


@pytest.mark.parametrize("plus", [[("a", None)], [("a", "b", "c")], [("a",)], [(None, None)], [3]])
def test_what_if_ties_are_pairs_of_members(plus):
    with pytest.raises(TypeError, match="plus must be a list of pairs of members"):
        what_if(nx.Graph([("a", "b")]), plus=plus)
