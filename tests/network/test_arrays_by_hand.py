"""Arrays and the backend of networkx to the letter: what columns say, what is covered, why not."""

import networkx as nx
import numpy as np
import pytest

from citess import network
from citess.network import TieArrays, _backend, _ties, _triangles


def test_arrays_are_what_their_columns_say():
    ties = TieArrays.from_edges("ba", "ab", strength={"w": [1, 2.5]}, directed=True)
    assert (ties.nodes, ties.starts.tolist(), ties.heads.tolist(), ties.values.tolist()) == (
        ["b", "a"], [0, 1, 2], [1, 0], [1.0, 2.5],
    )  # fmt: skip
    assert (ties.name, ties.directed, ties.ties, ties.loops, ties.merged) == ("w", True, 2, 0, 0)
    assert ties.tails().tolist() == [0, 1]
    assert ties.valued(strength="w") is ties
    bare = ties.valued(strength=None)
    assert (bare.name, bare.values, bare.directed, bare.heads is ties.heads) == (
        None, None, True, True,
    )  # fmt: skip
    assert repr(ties) == "TieArrays: 2 nodes, 2 ties with a direction and 'w'"
    merged = TieArrays.from_edges("aabc", "bbac", strength={"w": [1, 2, 3, 4]})
    assert (merged.ties, merged.loops, merged.merged, merged.values.tolist()) == (
        1,
        1,
        2,
        [6.0, 6.0],
    )
    short = TieArrays.from_edges("aabc", "bbac", distance={"w": [3, 2, 5, 4]})
    assert (short.ties, short.loops, short.merged, short.values.tolist()) == (1, 1, 2, [2.0, 2.0])
    plain = merged.plain()
    assert (plain.loops, plain.merged, plain.directed) == (1, 2, False)
    assert plain.rows == ({1: 6.0}, {0: 6.0}, {})
    assert TieArrays.from_edges([], []).ties == 0
    few = TieArrays(nodes=["a"], starts=np.array([0, 0]), heads=np.array([], dtype=int))
    assert (few.loops, few.merged, few.directed, few.values, few.name) == (0, 0, False, None, None)


def test_columns_of_numbers_are_positions_in_a_range():
    one, other = np.array([0, 2]), np.array([2, 1])
    ties = TieArrays.from_edges(one, other, nodes=range(3))
    assert isinstance(ties.nodes, range)
    assert ties.plain().rows == ({2: 1.0}, {2: 1.0}, {0: 1.0, 1: 1.0})
    shifted = TieArrays.from_edges(np.array([1]), np.array([3]), nodes=range(1, 4))
    assert shifted.plain().rows == ({2: 1.0}, {}, {0: 1.0})
    for wrong in (3, -1):
        with pytest.raises(ValueError, match=f"a tie names {wrong}, which is none of the 3 nodes"):
            TieArrays.from_edges(np.array([0]), np.array([wrong]), nodes=range(3))
    listed = TieArrays.from_edges([0, 2], [2, 1], nodes=range(3))
    assert (listed.nodes, listed.plain().rows) == ([0, 1, 2], ties.plain().rows)
    mixed = TieArrays.from_edges(np.array([7]), ["x"])
    assert mixed.nodes == [7, "x"]


def test_graphs_give_arrays_with_their_loops():
    graph = nx.MultiDiGraph([("a", "a"), ("a", "b"), ("a", "b"), ("b", "a")])
    ties = TieArrays.from_graph(graph)
    assert (ties.ties, ties.loops, ties.merged, ties.directed) == (2, 1, 1, True)
    simple = TieArrays.from_graph(nx.Graph([("a", "a"), ("a", "b"), ("b", "c")]))
    assert (simple.ties, simple.loops, simple.merged, simple.directed) == (2, 1, 0, False)
    assert (simple.values, simple.name) == (None, None)
    assert simple.heads.tolist() == [1, 0, 2, 1]


@pytest.mark.parametrize(
    "record",
    [
        network.StructuralHoles, network.Clustering, network.Brokerage, network.Robustness,
        TieArrays, _ties.Ties, _triangles.Upward,
    ],
)  # fmt: skip
def test_records_are_made_by_name_and_are_themselves_alone(record):
    fields = [field.name for field in record.__attrs_attrs__]
    one, other = (record(**dict.fromkeys(fields, ())) for _ in range(2))
    assert one != other
    with pytest.raises(TypeError):
        record(*([()] * len(fields)))


@pytest.mark.parametrize(
    ("name", "arguments", "named", "why"),
    [
        ("clustering", (None, None), {}, None),
        ("clustering", (None, "weight"), {}, "'weight'"),
        ("clustering", (None,), {"weight": "w"}, "'weight'"),
        ("clustering", (None,), {}, None),
        ("average_clustering", (None, "weight", True), {}, "'weight'"),
        ("average_clustering", (None, None, True), {}, None),
        ("bridges", (0,), {}, "'root'"),
        ("bridges", (), {}, None),
        ("bridges", (None,), {}, None),
        ("constraint", (None, "weight"), {}, None),
        ("triangles", (), {}, None),
    ],
)
def test_arguments_are_covered_wherever_they_stand(name, arguments, named, why):
    graph = nx.path_graph(3)
    for given in (graph, _backend.convert_from_nx(graph)):
        found = _backend.can_run(name, (given, *arguments), named)
        assert found is True if why is None else why in found


def test_graphs_are_covered_or_it_is_said_why():
    arcs, loop, many = nx.DiGraph([(0, 1)]), nx.Graph([(0, 0)]), nx.MultiGraph([(0, 1)])
    for name in ("constraint", "effective_size"):
        assert _backend.can_run(name, (arcs,), {}) is True
    for name in ("clustering", "core_number", "bridges", "triangles"):
        assert "direction" in _backend.can_run(name, (arcs,), {})
    for name in ("constraint", "effective_size", "core_number", "bridges"):
        assert "itself" in _backend.can_run(name, (loop,), {})
    for name in ("clustering", "triangles", "transitivity"):
        assert _backend.can_run(name, (loop,), {}) is True
        assert "parallel" in _backend.can_run(name, (many,), {})


def test_conversions_take_one_strength_and_its_default():
    graph = nx.Graph([(0, 1, {"w": 3}), (1, 2)])
    for attributes, values in (
        ({"w": 1}, [3, 3, 1, 1]), ({"w": None}, [3, 3, 1, 1]), ({"w": 2.0}, [3, 3, 2, 2]),
    ):  # fmt: skip
        made = _backend.convert_from_nx(graph, edge_attrs=attributes)
        assert (made.ties.values.tolist(), made.attribute) == (values, "w")
    for attributes in (None, {}):
        made = _backend.convert_from_nx(graph, edge_attrs=attributes)
        assert (made.ties.values, made.attribute) == (None, None)
    assert (len(made), made.is_directed(), made.is_multigraph()) == (3, False, False)
    assert _backend.transitivity(_backend.convert_from_nx(nx.path_graph(2))) == 0
    assert _backend.triangles(made, [0, 7]) == {0: 0}
    assert _backend.clustering(made, 1) == 0
    zeros = _backend.convert_from_nx(nx.lollipop_graph(3, 1))
    assert _backend.average_clustering(zeros) == pytest.approx(7 / 12)
    assert _backend.average_clustering(zeros, count_zeros=False) == pytest.approx(7 / 9)
    assert _backend.average_clustering(zeros, [0, 3]) == 0.5
