"""A network as a frame of edges: the same as the graph, on every engine."""

import ast
import itertools
import math
from pathlib import Path

import networkx as nx
import polars as pl
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import citess
from citess.metrics import edges as plans
from citess.metrics.edges import EdgeTable
from citess.metrics.edges._chance import across
from tests.few import few
from tests.metrics.edges.engines import BACKENDS, frames, plain

NAMES = st.none() | st.sampled_from("abcdef")
SECTORS = {"a": "public", "b": "sse", "c": "sse", "d": None, "z": "private"}
NODES = {"node": (list(SECTORS), "text"), "sector": (list(SECTORS.values()), "text")}
TIES = st.lists(st.tuples(NAMES, NAMES, st.sampled_from([0.5, 1.0, 2.0])), max_size=10)
QUICK = (Phase.explicit, Phase.generate)
less = few(10, phases=QUICK)


def table(backend, ties, **given):
    columns = list(zip(*ties, strict=True)) or [(), (), ()]
    names = ("source", "target", "hours")
    kinds = ("text", "text", "number")
    edges = {n: (list(c), k) for n, c, k in zip(names, columns, kinds, strict=True)}
    edges, nodes = frames(backend, edges, NODES)
    return EdgeTable(edges, nodes=nodes, sector="sector", **given)


def graph(ties, *, directed=False):
    found = nx.MultiDiGraph() if directed else nx.MultiGraph()
    for node, sector in SECTORS.items():
        found.add_node(node, **({"sector": sector} if sector else {}))
    for a, b, hours in ties:
        found.add_nodes_from(node for node in (a, b) if node is not None)
        if a is not None and b is not None:
            found.add_edge(a, b, hours=hours)
    return found


def unknown(ties):
    return sum(a is None or b is None for a, b, _ in ties)


def agree(expected, found, *, but=("missing", "z", "p", "expected", "method", "isolates_")):
    """Two measures, as far as frames can tell."""
    one, other = (m.to_dict() for m in (expected, found))
    for name in one:
        if name == "parts":
            assert one[name].keys() == other[name].keys()
            for part in one[name].keys() - set(but):
                assert close(one[name][part], other[name][part]), part
        elif name not in but:
            assert close(one[name], other[name]), name


def close(a, b):
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)
    return a == b


@pytest.mark.parametrize("backend", BACKENDS)
@less
@given(TIES)
def test_measures_of_edges_are_those_of_the_graph(backend, ties):
    for directed in (False, True):
        asked = table(backend, ties, directed=directed)
        known = graph(ties, directed=directed)
        modes = ("undirected", "directed") if directed else ("undirected",)
        for mode in modes:
            found = asked.density(mode=mode)
            agree(citess.metrics.density(known, mode=mode), found)
            assert unknown(ties) == found.missing
        expected = citess.metrics.ei_index(known, draws=2)
        agree(expected, asked.ei_index())
        assert expected.missing == asked.ei_index().missing
        agree(citess.metrics.tie_concentration(known), asked.tie_concentration())
        agree(citess.metrics.fragmentation(known), asked.fragmentation())
        strong = table(backend, ties, directed=directed, strength="hours")
        concentrated = citess.metrics.tie_concentration(known, strength="hours")
        agree(concentrated, strong.tie_concentration())
    agree(citess.metrics.reciprocity(known), asked.reciprocity())


@pytest.mark.parametrize("backend", BACKENDS)
@less
@given(TIES)
def test_degrees_and_strengths_of_edges_are_those_of_the_graph(backend, ties):
    for directed in (False, True):
        known = graph(ties, directed=directed)
        known.remove_edges_from(list(nx.selfloop_edges(known, keys=True)))
        one, strong = nx.Graph(known), table(backend, ties, directed=directed, strength="hours")
        arcs = nx.DiGraph(known) if directed else None
        degrees = [(node, one.degree(node)) for node in known]
        if directed:
            degrees = [(*row, arcs.out_degree(row[0]), arcs.in_degree(row[0])) for row in degrees]
        assert sorted(degrees) == plain(strong.degrees())
        rows = []
        for node in known:
            held = dict.fromkeys(one[node], 0.0)
            for a, b, hours in known.edges(data="hours"):
                if node in (a, b):
                    held[b if a == node else a] += hours
            total = sum(held.values())
            hhi = sum((value / total) ** 2 for value in held.values()) if total else None
            row = (node, total, hhi)
            if directed:
                row += (known.out_degree(node, "hours"), known.in_degree(node, "hours"))
            rows.append(row)
        for expected, row in zip(sorted(rows), plain(strong.strengths()), strict=True):
            assert all(map(close, expected, row))


@pytest.mark.parametrize("backend", BACKENDS)
@less
@given(TIES)
def test_sectors_of_edges_mix_as_in_the_graph(backend, ties):
    for directed in (False, True):
        known = nx.DiGraph(graph(ties, directed=True)) if directed else nx.Graph(graph(ties))
        expected = {}
        for a, b in known.edges():
            pair = tuple(known.nodes[node].get("sector", "") for node in (a, b))
            pair = pair if directed else tuple(sorted(pair))
            if a != b:
                expected[pair] = expected.get(pair, 0) + 1
        assert expected == table(backend, ties, directed=directed).mixing()


@pytest.mark.parametrize("backend", BACKENDS)
@settings(max_examples=4, phases=QUICK)
@given(TIES)
def test_loops_over_edges_settle_where_the_graph_does(backend, ties):
    for directed, strength in itertools.product((False, True), (None, "hours")):
        asked = table(backend, ties, directed=directed, strength=strength)
        known = graph(ties, directed=directed)
        ranks = citess.network.pagerank(known, strength=strength, damping=0.3)
        found = asked.pagerank(damping=0.3)
        assert [*sorted(ranks)] == [node for node, _ in plain(found.frame)]
        assert all(close(ranks[node], share) for node, share in plain(found.frame))
    parts = {n: min(part) for part in nx.weakly_connected_components(known) for n in part}
    assert sorted(parts.items()) == plain(asked.components().frame)


@pytest.mark.parametrize("backend", BACKENDS)
@less
@given(TIES, st.integers(2, 4) | st.none())
def test_a_capped_projection_is_that_of_the_graph_without_the_large_ones(backend, ties, cap):
    sides = [(a, b and b.upper(), hours) for a, b, hours in ties]
    known = nx.Graph((a, b) for a, b, _ in sides if a and b)
    large = [b for b in known if b.isupper() and cap and known.degree(b) > cap]
    out = sum(known.degree(b) for b in large)
    known.remove_nodes_from(large)
    members = [node for node in known if node.islower()]
    asked = table(backend, sides)
    for weight in ("count", "jaccard", "newman"):
        expected = citess.network.project(known, members, weight).edges(data=weight)
        found = asked.project(cap=cap, weight=weight)
        assert (len(large), out) == (found.left_out, found.ties_left_out)
        pairs = sorted((*sorted((a, b)), value) for a, b, value in expected)
        for one, other in zip(pairs, plain(found.frame), strict=True):
            assert all(map(close, one, other))


@pytest.mark.parametrize("backend", BACKENDS)
def test_density_of_two_sides_counts_pairs_across(backend):
    ties = [("a", "X", 1.0), ("b", "X", 1.0), ("b", "Y", 1.0), ("b", "Y", 1.0), ("c", None, 1.0)]
    found = table(backend, ties).density(mode="bipartite")
    assert (3, 6, 5, 1) == (found.numerator, found.denominator, found.n, found.missing)
    with pytest.raises(ValueError, match="two sides are wanted; 1 nodes stand in both columns"):
        table(backend, [*ties, ("Y", "Z", 1.0)]).density(mode="bipartite")


@pytest.mark.parametrize("backend", BACKENDS)
def test_whole_numbers_name_nodes_and_paths_are_short_work(backend):
    n = 130
    (edges,) = frames(
        backend, {"source": (list(range(n - 1)), "whole"), "target": (list(range(1, n)), "whole")}
    )
    found = EdgeTable(edges).components()
    assert [(node, 0) for node in range(n)] == sorted(plain(found.frame))
    assert found.rounds <= 12
    with pytest.raises(ValueError, match="components still join after 1 rounds"):
        EdgeTable(edges).components(rounds=1)
    with pytest.raises(ValueError, match=r"shares still move by .* in all after 2 rounds"):
        EdgeTable(edges).pagerank(rounds=2)
    ties = EdgeTable(edges).arrays()
    assert (n, n - 1) == (len(ties.nodes), ties.ties)


@pytest.mark.parametrize("backend", BACKENDS)
@less
@given(TIES)
def test_constraint_is_asked_of_arrays_and_of_circles(backend, ties):
    for directed, strength in itertools.product((False, True), (None, "hours")):
        known = graph(ties, directed=directed)
        expected = citess.network.constraint(known, strength=strength)
        asked = table(backend, ties, directed=directed, strength=strength)
        found = citess.network.constraint(asked.arrays(), strength=strength)
        assert expected.keys() == found.keys()
        assert all(close(expected[node], found[node]) for node in expected)
        for node in expected:
            if expected[node] is None:
                with pytest.raises(ValueError, match=f"no tie is known of the node {node!r}"):
                    asked.around(node)
                continue
            circle = asked.around(node)
            mine = citess.network.constraint(circle, strength=strength)[node]
            assert close(expected[node], mine)


def test_arrays_without_listed_nodes_keep_those_whose_tie_is_not_known():
    edges = pl.DataFrame({"source": ["a", "b"], "target": ["b", None]})
    assert ["a", "b"] == sorted(EdgeTable(edges).arrays().nodes)
    edges = pl.DataFrame({"source": ["a", "c"], "target": ["b", None]})
    assert ["a", "b", "c"] == sorted(EdgeTable(edges).arrays().nodes)


def test_moments_of_permuted_sectors_are_those_of_every_permutation():
    for known in (nx.path_graph(5), nx.star_graph(4), nx.Graph([(0, 1), (2, 3), (3, 4)])):
        labels = "aabbc"
        shares = [
            sum(chosen[a] != chosen[b] for a, b in known.edges()) / known.number_of_edges()
            for chosen in itertools.permutations(labels)
        ]
        mean = sum(shares) / len(shares)
        sd = math.sqrt(sum((share - mean) ** 2 for share in shares) / len(shares))
        crossings = sum(k * (k - 1) // 2 for _, k in known.degree())
        found = across([2, 2, 1], known.number_of_edges(), crossings)
        assert pytest.approx((mean, sd)) == (found.mean, found.sd)
    assert across([1], 0, 0) is None
    assert across([2], 0, 0) is None


def test_expected_mixing_of_edges_is_near_what_the_graph_draws():
    karate = nx.karate_club_graph()
    clubs = pl.DataFrame({"node": list(karate), "club": [c for _, c in karate.nodes("club")]})
    ties = pl.DataFrame([*karate.edges()], schema=["source", "target"], orient="row")
    found = EdgeTable(ties, nodes=clubs, sector="club").ei_index()
    drawn = citess.metrics.ei_index(karate, sector="club", draws=4000)
    assert pytest.approx(drawn.value) == found.value
    assert pytest.approx(drawn.parts["expected"], abs=0.01) == found.parts["expected"]
    assert pytest.approx(drawn.parts["z"], rel=0.1) == found.parts["z"]
    assert found.parts["p"] < 1e-6
    one = pl.DataFrame({"node": list(karate), "club": ["x"] * len(karate)})
    alike = EdgeTable(ties, nodes=one, sector="club").ei_index()
    assert (-1.0, None, None) == (alike.value, alike.parts["z"], alike.parts["p"])


def test_lazy_edges_give_lazy_frames_and_eager_ones_rows():
    edges = pl.DataFrame({"source": ["a"], "target": ["b"], "hours": [1]})
    assert isinstance(EdgeTable(edges).degrees(), pl.DataFrame)
    asked = EdgeTable(edges.lazy(), strength="hours")
    for found in (
        asked.degrees(), asked.strengths(), asked.pagerank().frame, asked.project(cap=9).frame
    ):  # fmt: skip
        assert isinstance(found, pl.LazyFrame)


ONE = pl.DataFrame({"source": ["a"], "target": ["b"], "hours": [1.0], "flag": [True]})
WHO = pl.DataFrame({"node": ["a", "a"], "sector": ["x", "y"], "old": [1, 1]})
REFUSED = {
    "no column 'form'; it has": lambda: EdgeTable(ONE, source="form"),
    "no column 'hour'; did you mean 'hours'": lambda: EdgeTable(ONE, strength="hour"),
    "must hold text or whole numbers, not Float64": lambda: EdgeTable(ONE, source="hours"),
    "must hold numbers, not String": lambda: EdgeTable(ONE, strength="target"),
    "must hold numbers, not Boolean": lambda: EdgeTable(ONE, strength="flag"),
    "'edges' must be a data frame, not list": lambda: EdgeTable([("a", "b")]),
    "nodes are String in 'source' and Int64 in 'old'": lambda: EdgeTable(
        ONE, nodes=WHO, node="old"
    ),
    "the node 'a' has two values of 'sector'": lambda: EdgeTable(ONE, nodes=WHO, sector="sector"),
    "sectors are told of nodes": lambda: EdgeTable(ONE, sector="sector"),
    "of one engine, not of polars and pandas": lambda: EdgeTable(ONE, nodes=WHO.to_pandas()),
    "2 nodes, such as 'a', have two values": lambda: EdgeTable(
        ONE,
        nodes=pl.DataFrame({"node": [*"aabb"], "sector": [*"xyxy"]}),
        sector="sector",
    ),
    "the strength 'hours' of 1 tie is no positive number": lambda: EdgeTable(
        ONE.with_columns(hours=-1.0), strength="hours"
    ),
    "the strength 'hours' of 3 ties is no positive": lambda: EdgeTable(
        pl.DataFrame({"source": [*"abc"], "target": [*"bcd"], "hours": [math.nan, None, math.inf]}),
        strength="hours",
    ),
    "'both' is no mode of density": lambda: EdgeTable(ONE).density(mode="both"),
    "wants ties with direction": lambda: EdgeTable(ONE).reciprocity(),
    "no sectors are given": lambda: EdgeTable(ONE, nodes=WHO).ei_index(),
    "no sectors are given: name the frame": lambda: EdgeTable(ONE).mixing(),
    "no node has the attribute 'sector'": lambda: EdgeTable(
        ONE, nodes=pl.DataFrame({"node": ["a"], "sector": [None]}), sector="sector"
    ).ei_index(),
    "no strength is given": lambda: EdgeTable(ONE).strengths(),
    "the cap is 2 or more": lambda: EdgeTable(ONE).project(cap=1),
    "weight must be one of count, jaccard, newman, not 'counts'; did you mean 'count'": lambda: (
        EdgeTable(ONE).project(cap=5, weight="counts")
    ),
    "not 'xyz'$": lambda: EdgeTable(ONE).project(cap=5, weight="xyz"),
    "damping is from 0 to below 1": lambda: EdgeTable(ONE).pagerank(damping=1),
    "tolerance above 0": lambda: EdgeTable(ONE).pagerank(tolerance=0),
    "rounds 1 or more": lambda: EdgeTable(ONE).pagerank(rounds=0),
}


@pytest.mark.parametrize("words", REFUSED)
def test_what_does_not_fit_is_refused_in_words(words):
    with pytest.raises((ValueError, TypeError), match=words):
        REFUSED[words]()


def test_an_engine_that_citess_does_not_know_is_named(monkeypatch):
    monkeypatch.setattr("citess.metrics.edges._door.BY_IMPLEMENTATION", {})
    with pytest.raises(citess.UnsupportedEngineError, match="a frame of edges does not run on"):
        EdgeTable(ONE)


def test_frames_that_hold_nothing_are_networks_of_nobody():
    for nothing in (
        pl.DataFrame({"source": [], "target": []}),
        pl.DataFrame({"source": [None], "target": [None]}),
    ):
        asked = EdgeTable(nothing, directed=True)
        for found in (
            asked.density(), asked.reciprocity(), asked.tie_concentration(), asked.fragmentation()
        ):  # fmt: skip
            assert found.value is None
            assert found.reason is not None
        for frame in (asked.degrees(), asked.pagerank().frame, asked.components().frame):
            assert [] == plain(frame)


def test_no_expression_stands_inside_an_aggregation():
    calls = [
        node.attr
        for path in Path(plans.__file__).parent.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"agg", "group_by", "over"}
    ]
    assert [] == calls
