"""networkx calls citess: by name, by priority, from its cache, and in its own tests."""

import math
import os
import subprocess
import sys

import networkx as nx
import pytest

from citess._networkx import info
from citess.network import _backend, _extra

SUITES = (
    "networkx.algorithms.tests.test_structuralholes",
    "networkx.algorithms.tests.test_cluster",
    "networkx.algorithms.tests.test_core",
    "networkx.algorithms.tests.test_bridges",
    "networkx.algorithms.components.tests.test_biconnected",
)


def karate():
    return nx.karate_club_graph()


def test_every_function_listed_is_there():
    for name in info()["functions"]:
        assert callable(getattr(_backend, name))


def test_by_name_networkx_gets_the_answers_of_citess():
    graph = karate()
    for function in (
        nx.constraint,
        nx.effective_size,
        nx.triangles,
        nx.clustering,
        nx.core_number,
    ):
        assert function(graph) == pytest.approx(function(karate(), backend="citess"))
    for function in (nx.average_clustering, nx.transitivity):
        assert function(graph) == pytest.approx(function(karate(), backend="citess"))
    for function in (nx.articulation_points, nx.bridges):
        assert set(function(graph)) == set(function(karate(), backend="citess"))


def test_effective_size_follows_burt_where_networkx_does_not():
    assert nx.effective_size(karate(), weight="weight", backend="citess")[0] == pytest.approx(
        13.775
    )


def test_under_a_priority_citess_answers_and_the_conversion_is_kept():
    graph = karate()
    with nx.config(backend_priority=["citess"], warnings_to_ignore={"cache"}):
        assert nx.effective_size(graph, weight="weight")[0] == pytest.approx(13.775)
        (kept,) = graph.__networkx_cache__["backends"]["citess"].values()
        assert isinstance(kept, _backend.ConvertedGraph)
        assert nx.constraint(graph, weight="weight")[0] < 1
        assert [kept] == list(graph.__networkx_cache__["backends"]["citess"].values())
        graph.add_edge(0, 99, weight=1)
        assert not graph.__networkx_cache__.get("backends")
        assert nx.density(graph) > 0
        assert nx.clustering(graph, weight="weight")[0] > 0


@pytest.mark.parametrize(
    ("call", "why"),
    [
        (lambda: nx.constraint(nx.MultiGraph([(0, 1)]), backend="citess"), "parallel"),
        (lambda: nx.clustering(nx.DiGraph([(0, 1)]), backend="citess"), "direction"),
        (lambda: nx.constraint(nx.Graph([(0, 0)]), backend="citess"), "loop"),
        (lambda: nx.clustering(karate(), weight="weight", backend="citess"), "weight"),
        (lambda: nx.average_clustering(karate(), None, "weight", backend="citess"), "weight"),
        (lambda: list(nx.bridges(karate(), root=0, backend="citess")), "root"),
    ],
)
def test_what_is_not_covered_is_left_to_networkx(call, why):
    with pytest.raises(NotImplementedError):
        call()


def test_strengths_that_are_no_positive_numbers_are_left_to_networkx():
    graph = nx.Graph([(0, 1, {"weight": -1})])
    with pytest.raises(NotImplementedError, match="a positive finite number is needed"):
        _backend.convert_from_nx(graph, edge_attrs={"weight": 1})
    with nx.config(backend_priority=["citess"], warnings_to_ignore={"cache"}):
        assert nx.constraint(graph, weight="weight")[0] == 1.0


def test_a_missing_strength_counts_one_as_in_networkx():
    graph = nx.Graph([(0, 1, {"weight": 2}), (1, 2)])
    expected = nx.constraint(graph, weight="weight")
    assert expected == pytest.approx(nx.constraint(graph, weight="weight", backend="citess"))


def test_nodes_may_be_chosen():
    graph = karate()
    for function in (nx.triangles, nx.clustering):
        assert function(graph, 0) == function(karate(), 0, backend="citess")
        assert function(graph, [0, 1, 99]) == function(karate(), [0, 1, 99], backend="citess")
    assert list(nx.constraint(karate(), nodes=[3], backend="citess")) == [3]
    for zeros in (True, False):
        assert nx.average_clustering(graph, [0, 11, 2], count_zeros=zeros) == pytest.approx(
            nx.average_clustering(karate(), [0, 11, 2], count_zeros=zeros, backend="citess")
        )
    assert math.isnan(nx.constraint(nx.empty_graph(1), backend="citess")[0])


def test_a_converted_graph_says_what_it_is_and_goes_back():
    graph = nx.DiGraph([("a", "b"), ("b", "b")])
    made = _backend.convert_from_nx(graph)
    assert (len(made), made.is_directed(), made.is_multigraph()) == (2, True, False)
    assert _backend.convert_to_nx(made) is graph
    assert _backend.convert_to_nx(3) == 3
    assert _backend.can_run("constraint", (made,), {}) == "ties of a node to itself are networkx's"
    assert _backend.can_run("constraint", (), {"G": nx.path_graph(2)}) is True
    assert graph.__networkx_backend__ == "networkx"


def test_without_the_extra_networkx_answers(monkeypatch):
    def refuse(name):
        raise ImportError(name)

    monkeypatch.setattr(_extra, "import_module", refuse)
    assert _backend.can_run("constraint", (karate(),), {}) == "it needs the extra 'fast' of citess"


def test_importing_networkx_loads_nothing_of_citess_but_the_list():
    code = "import networkx, sys; print(sorted(m for m in sys.modules if m.startswith('citess.')))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "citess.network" not in run.stdout
    assert "citess.model" not in run.stdout


@pytest.mark.deep
@pytest.mark.parametrize("suite", SUITES)
@pytest.mark.parametrize("fallback", ["", "1"])
def test_the_tests_of_networkx_pass(suite, fallback, tmp_path):
    environment = os.environ | {
        "NETWORKX_TEST_BACKEND": "citess",
        "NETWORKX_FALLBACK_TO_NX": fallback,
    }
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--pyargs", suite]
    run = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout[-2000:]
    assert " failed" not in run.stdout
