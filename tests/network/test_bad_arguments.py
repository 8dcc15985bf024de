"""Wrong arguments are told in words: which, what was given, what is accepted."""

import math

import networkx as nx
import numpy as np
import polars as pl
import pytest

import citess
from citess import metrics, network
from citess.metrics.edges import EdgeTable
from citess.network import TieArrays
from tests.network.asked import NO_GRAPHS, asked, path, shown

TUNISIA = citess.datasets.tunisia()
DAVIS = nx.davis_southern_women_graph()

NUMBERS = (math.nan, math.inf, "x", None, [1], -1, 1.5, 10**400, 1j)
NAMES = (None, 3, "zzz", ["sector"], {})
LISTS = (3, math.nan, [[1]], ["nobody"])


def with_periods(value):
    graph = path()
    nx.set_edge_attributes(graph, value, "period")
    return graph


def with_sectors(value):
    graph = path()
    nx.set_node_attributes(graph, value, "sector")
    return graph


RATED = [{"about": "a", "by": "b", "mission": 3}]
WRONG = {
    "damping": (lambda v: network.pagerank(path(), damping=v), NUMBERS),
    "tolerance of a walk": (lambda v: network.pagerank(path(), tolerance=v), (*NUMBERS[:6], 0)),
    "tolerance": (lambda v: network.eigenvector(path(), tolerance=v), (*NUMBERS[:6], 0)),
    "attack": (lambda v: network.robustness(path(), attack=v), NAMES),
    "seeds": (lambda v: network.robustness(path(), seeds=v), (None, 3, [1.5], [True], "a", [[1]])),
    "onto": (lambda v: network.project(path(), v), (*LISTS, None)),
    "onto of arrays": (lambda v: network.project_arrays(TieArrays.from_graph(path()), v), LISTS),
    "arrays to project": (lambda v: network.project_arrays(v, []), (*NO_GRAPHS, nx.Graph())),
    "weight": (lambda v: network.project(path(), [0, 2, 4], v), NAMES),
    "sector": (lambda v: network.gould_fernandez(path(), v), (*NAMES, {0: [1]}, {0: math.nan})),
    "sectors": (lambda v: network.gould_fernandez(with_sectors(v)), ([1], math.nan, {0: [1]})),
    "sources": (lambda v: network.cross_sector_betweenness(path(), sources=v), LISTS),
    "few": (lambda v: network.clustering(path()).mean(few=v), NAMES),
    "on": (lambda v: network.at(path(), v), (*NAMES, "2020-13-01", "yesterday")),
    "unknown of a slice": (lambda v: network.at(path(), "2020-01-01", unknown=v), NAMES),
    "period": (lambda v: network.during(path(), v), (*NAMES, "2020")),
    "periods of ties": (lambda v: network.at(with_periods(v), "2020-01-01"), ("2020", 3, [1])),
    "months": (
        lambda v: network.rolling(TUNISIA, "2020-01-01", "2022-01-01", months=v),
        NUMBERS[:7],
    ),
    "step": (
        lambda v: network.rolling(TUNISIA, "2020-01-01", "2022-01-01", step=v),
        (*NUMBERS[:7], 0),
    ),
    "dataset to roll over": (lambda v: network.rolling(v, "2020-01-01", "2022-01-01"), NO_GRAPHS),
    "period of referrals": (lambda v: network.referral_graph(TUNISIA, v), ("2020", 3)),
    "period of money": (lambda v: network.funding_graph(TUNISIA, v), ("2020", 3)),
    "kinds": (
        lambda v: network.partnership_graph(TUNISIA, kinds=v),
        (3, ["zzz"], [[1]], "programme"),
    ),
    "unknown of partnerships": (lambda v: network.partnership_graph(TUNISIA, unknown=v), NAMES),
    "unknown of agreements": (
        lambda v: network.agreement_graph(TUNISIA, unknown=v),
        (*NAMES, "report"),
    ),
    "unknown of members": (lambda v: network.co_membership(TUNISIA, unknown=v), (*NAMES, "report")),
    "unknown of offers": (lambda v: network.service_graph(TUNISIA, unknown=v), (*NAMES, "report")),
    "unknown of hubs": (lambda v: network.hub_network(TUNISIA, unknown=v), (*NAMES, "report")),
    "unknown of layers": (lambda v: network.layers(TUNISIA, unknown=v), (*NAMES, "report")),
    "kind of closeness": (lambda v: metrics.closeness(path(), kind=v), NAMES),
    "sector of an index": (lambda v: metrics.ei_index(path(), sector=v), NAMES),
    "sectors of an index": (lambda v: metrics.ei_index(with_sectors(v)), ([1], math.nan)),
    "sectors of likeness": (
        lambda v: metrics.attribute_assortativity(with_sectors(v)),
        ([1], math.nan),
    ),
    "draws": (lambda v: metrics.ei_index(path(), draws=v), (*NUMBERS[:7], 1)),
    "seed": (lambda v: metrics.ei_index(path(), seed=v, draws=2), ([1], "x", 1.5, None)),
    "role": (lambda v: metrics.brokerage(path(), role=v), NAMES),
    "resolution": (lambda v: metrics.communities(path(), resolution=v), (*NUMBERS[:6], 0, 10**400)),
    "runs": (lambda v: metrics.communities(path(), seeds=v), (*NUMBERS[:7], 1)),
    "first run": (lambda v: metrics.communities(path(), seed=v), NUMBERS[:7]),
    "groups": (lambda v: metrics.modularity(path(), groups=v), (*NAMES, {0: [1]}, {0: math.nan})),
    "groups of nodes": (
        lambda v: metrics.modularity(with_sectors(v)),
        ([1], math.nan, {0: 1, 1: [2]}),
    ),
    "resolution of a grouping": (
        lambda v: metrics.modularity(path(), resolution=v),
        (*NUMBERS[:6], 0),
    ),
    "members": (lambda v: metrics.shared_ties(DAVIS, onto=v), LISTS),
    "level of backbones": (lambda v: metrics.validated_ties(DAVIS, level=v), (*NUMBERS, 0, 1)),
    "level": (lambda v: metrics.disparity_filter(path(), strength="w", level=v), (*NUMBERS, 0, 1)),
    "strength": (lambda v: metrics.disparity_filter(path(), strength=v), NAMES),
    "k": (lambda v: metrics.key_players(path(), k=v), (*NUMBERS[:7], 0, True)),
    "steps": (lambda v: metrics.key_players(path(), aim="reach", steps=v), (*NUMBERS[:7], 0)),
    "aim": (lambda v: metrics.key_players(path(), aim=v), NAMES),
    "layers": (metrics.multiplexity, (*NO_GRAPHS[:5], {"a": None})),
    "levels": (
        metrics.public_collaboration_strength,
        (None, 3, [1], {"a": "x", "b": 1}, {"a": True, "b": 1}, {"a": [1], "b": 1}),
    ),
    "ratings": (
        metrics.trust,
        (
            None,
            3,
            [1],
            [{}],
            {"a": 1},
            [{"about": "a"}],
            [{**RATED[0], "mission": True}],
            [{**RATED[0], "by": None}],
        ),
    ),
    "ratings of members": (
        lambda v: metrics.relative_connectivity(path(), ratings=v),
        (None, 3, [1], [{}]),
    ),
    "votes": (
        metrics.voting_power,
        (None, 3, [1], {"a": None}, {"a": "x"}, {"a": math.nan}, {"a": 10**400}, {"a": True}),
    ),
    "quota": (
        lambda v: metrics.voting_power({"a": 1, "b": 2}, quota=v),
        (math.nan, math.inf, "x", [1], 0, -1, 4),
    ),
    "body": (lambda v: metrics.votes(v, "x", on="2020-01-01"), NO_GRAPHS),
    "nominations": (
        metrics.response_and_reciprocity,
        (None, 3, [1], {"a": 3}, {"a": "bc"}, {"a": [[1]]}, {"a": [None]}),
    ),
    "answers": (
        metrics.reconstruct,
        (None, 3, [1], {"a": 3}, {"a": "bc"}, {"a": [[1]]}, {"a": [None]}),
    ),
    "years": (
        lambda v: metrics.replication_lineage(nx.DiGraph([(0, 1)]), hub_years=v),
        (math.nan, math.inf, "x", 0, -1, 10**400),
    ),
    "a lineage": (metrics.replication_lineage, (nx.path_graph(3),)),
    "core": (lambda v: metrics.fidelity(v, "a"), (None, 3, [[1]])),
    "present": (lambda v: metrics.fidelity("a", v), (None, 3, [[1]])),
    "countries": (lambda v: metrics.mediterranean_reach(TUNISIA, eligible=v), (3, math.nan, [[1]])),
    "decisions": (
        lambda v: metrics.governance_mode(path(), decisions=v),
        (3, [1], {"a": "x"}, {"a": None}, {"a": 10**400}),
    ),
    "without": (lambda v: metrics.what_if(path(), without=v), (None, *LISTS)),
    "plus": (
        lambda v: metrics.what_if(path(), plus=v),
        (None, 3, "ab", ["abc"], [1], [(1,)], [(1, 2, 3)], [([1], 2)], [(None, 1)]),
    ),
    "metrics": (
        lambda v: metrics.what_if(path(), metrics=v),
        (None, 3, ["zzz"], [3], [None], ["N03"]),
    ),
    "metric": (
        lambda v: metrics.against_chance(v, path(), draws=3),
        (None, 3, "zzz", metrics.betweenness),
    ),
    "null": (lambda v: metrics.against_chance("N02", path(), null=v), NAMES),
    "part": (lambda v: metrics.against_chance("N02", path(), part=v, draws=3), NAMES[1:]),
    "labels": (lambda v: metrics.against_chance("N02", path(), null="labels", attribute=v), NAMES),
    "most": (metrics.betweenness(path()).top, (*NUMBERS[:7], True)),
    "sources of arrays": (
        lambda v: TieArrays.from_edges(v, [1, 2]),
        (None, 3, [1], [[1], [2]], np.eye(2)),
    ),
    "nodes of arrays": (
        lambda v: TieArrays.from_edges([0, 1], [1, 2], nodes=v),
        (3, [0, 1], [[1], [2]], [0, 1, 2, 2], range(2)),
    ),
    "columns": (
        lambda v: TieArrays.from_edges([0, 1], [1, 2], strength=v),
        (
            3,
            "w",
            ["w"],
            {"w": 3},
            {"w": None},
            {"w": ["3", "4"]},
            {"w": np.array(["3", "4"])},
            {"w": np.array(["3", "x"], object)},
            {"w": np.array([1j, 1])},
            {"w": np.eye(2)},
            {"w": [[1], [2]]},
            {"w": [1, None]},
            {"w": [10**400, 1]},
            {"w": np.array([1e71, 1])},
        ),
    ),
}


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name in WRONG for value in WRONG[name][1]], ids=shown
)
def test_wrong_arguments_are_told_in_words(name, value):
    if value is None and name == "part":
        return
    assert isinstance(asked(lambda: WRONG[name][0](value)), Exception)


def edges(**columns):
    given = {"source": ["a", "b", "b", "c"], "target": ["b", "c", "a", "c"], **columns}
    return pl.DataFrame(given)


TABLE = EdgeTable(edges(w=[1.0, 2, 3, 4]), strength="w")
SEATS = EdgeTable(pl.DataFrame({"source": ["a", "b"], "target": ["x", "x"]}))
OF_EDGES = {
    "edges": (EdgeTable, (None, 3, [], "x", {}, nx.path_graph(2), pl.Series([1]))),
    "source": (lambda v: EdgeTable(edges(), source=v), (None, 3, "zz", ["a"])),
    "strength": (lambda v: EdgeTable(edges(), strength=v), (3, "zz", ["a"], "source")),
    "values": (
        lambda v: EdgeTable(edges(w=v), strength="w"),
        (
            [1, 2, 3, None],
            [1.0, 2.0, 3.0, math.nan],
            [1.0, 2.0, 3.0, math.inf],
            [1, 2, 3, -1],
            [1, 2, 3, 0],
            ["1"] * 4,
            [1e71] * 4,
            [9e-71] * 4,
        ),
    ),
    "nodes": (
        lambda v: EdgeTable(edges(), nodes=v),
        (3, [], "x", pl.DataFrame({"n": ["a"]}), pl.DataFrame({"node": [1]})),
    ),
    "sector": (lambda v: EdgeTable(edges(), sector=v), ("sector",)),
    "mode": (lambda v: TABLE.density(mode=v), NAMES),
    "cap": (lambda v: SEATS.project(cap=v), (math.nan, "x", [1], 1, 2.5, True)),
    "weight": (lambda v: SEATS.project(cap=None, weight=v), (None, 3, "overlap", ["count"])),
    "damping": (lambda v: TABLE.pagerank(damping=v), NUMBERS[:6]),
    "tolerance": (lambda v: TABLE.pagerank(tolerance=v), (*NUMBERS[:6], 0)),
    "rounds of a walk": (lambda v: TABLE.pagerank(rounds=v), NUMBERS[:7]),
    "rounds": (lambda v: TABLE.components(rounds=v), (*NUMBERS[:7], 0)),
    "rounds of parts": (lambda v: TABLE.fragmentation(rounds=v), (*NUMBERS[:7], 0)),
    "around": (TABLE.around, ("zz", 3, None, [1], math.nan)),
    "around a number": (
        EdgeTable(pl.DataFrame({"source": [1], "target": [2]})).around,
        ("a", True),
    ),
    "directed": (lambda _: TABLE.reciprocity(), (0,)),
    "sectors": (lambda _: TABLE.ei_index(), (0,)),
}


@pytest.mark.parametrize(
    ("name", "value"),
    [(name, value) for name in OF_EDGES for value in OF_EDGES[name][1]],
    ids=shown,
)
def test_wrong_frames_of_edges_are_told_in_words(name, value):
    assert isinstance(asked(lambda: OF_EDGES[name][0](value)), Exception)
