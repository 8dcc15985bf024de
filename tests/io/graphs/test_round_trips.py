"""Graphs both ways: what travels comes back, what does not is counted."""

import io
import json
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from hypothesis import given

import citess
from citess import Dataset, IntegrityError, LossError, Partner, Text, evolve
from citess.io import (
    from_graphml,
    from_jgf,
    from_networkx,
    from_node_link,
    read_graphml,
    read_jgf,
    read_node_link,
    to_graphml,
    to_jgf,
    to_node_link,
    write_graphml,
    write_jgf,
    write_node_link,
)
from citess.io.graphs._net import values_of
from citess.model.shelves import kinds, shelf_types
from citess.network import partnership_graph
from citess.testing import whole_datasets
from tests.few import few
from tests.io.scenes import mahdia

KINDS = {"source", "territory", "hub", "partner", "enterprise", "partnership", "programme"}
FORMATS = {
    "node-link": (to_node_link, from_node_link, read_node_link, write_node_link),
    "jgf": (to_jgf, from_jgf, read_jgf, write_jgf),
    "graphml": (to_graphml, from_graphml, read_graphml, write_graphml),
}
every = pytest.mark.parametrize("name", FORMATS)


def exported(data):
    """What of a dataset is written."""
    return Dataset([r for r in data.records() if kinds()[type(r)] in KINDS])


def sent(document):
    """A document as it arrives."""
    return document if isinstance(document, str) else json.loads(json.dumps(document))


@every
@few(30)
@given(whole_datasets())
def test_any_dataset_comes_back_equal_or_differs_by_its_loss_report(name, data):
    to, from_, *_ = FORMATS[name]
    document, losses = to(data)
    back, report = from_(sent(document))
    assert report.ok
    assert exported(data) == back
    assert losses.lost == {
        f"{shelf.name}[]": len(getattr(data, shelf.name))
        for shelf in shelf_types()
        if shelf.kind not in KINDS and getattr(data, shelf.name)
    }


@few(20)
@given(whole_datasets(connected=True))
def test_networkx_reads_the_same_network_from_every_format(data):
    graph = partnership_graph(data)
    ties = sorted((a, b, key) for a, b, key in graph.edges(keys=True))
    linked = nx.node_link_graph(sent(to_node_link(data)[0]), edges="edges")
    marked = nx.MultiDiGraph(
        nx.read_graphml(io.BytesIO(to_graphml(data)[0].encode()), force_multigraph=True)
    )
    for read in (linked, marked):
        assert list(graph) == list(read)
        assert ties == sorted((a, b, key) for a, b, key in read.edges(keys=True))
        assert exported(data) == from_networkx(read)[0]


@every
def test_files_and_streams_hold_what_the_document_does(name, tmp_path):
    to, _, read, write = FORMATS[name]
    data = mahdia()
    path = tmp_path / "network"
    losses = write(data, path)
    assert losses == to(data)[1]
    assert read(path)[0] == exported(data)
    stream = io.BytesIO()
    write(data, stream)
    assert stream.getvalue() == path.read_bytes()
    assert exported(data) == read(io.BytesIO(stream.getvalue()))[0]
    with pytest.raises(LossError):
        write(data, tmp_path / "strict", strict=True)
    assert not (tmp_path / "strict").exists()


def test_two_agreements_in_the_same_roles_have_different_ids():
    data = mahdia()
    tie = data.partnerships["tie"]
    data = data.add(evolve(tie, id="again"))
    root = ET.fromstring(to_graphml(data)[0])
    edges = [one.get("id") for one in root.iter() if one.tag.endswith("}edge")]
    assert ["again:citess-mahdia:amel", "tie:citess-mahdia:amel"] == sorted(edges)


@every
def test_documents_of_others_are_kept_and_changes_are_laid_over_them(name):
    to, from_, *_ = FORMATS[name]
    graph = nx.MultiDiGraph()
    graph.add_node("A b", name="Amel", colour="red", sector="sse", kind="hub", territory="nowhere")
    graph.add_node("c", kind="enterprise", sector="sse")
    graph.add_edge(
        "A b", "c", key="k", kind="funding", role="funder", shade=3, start="2017", formality="mou"
    )
    graph.add_edge("A b", "A b", key="loop")
    document = sent(to(graph)[0])
    data, report = from_(document)
    assert ["dangling-reference", "missing-field", "too-few-members"] == sorted(
        issue.code for issue in report.issues
    )
    (tie,) = data.partnerships.values()
    assert ("funding", "2017/unknown", "mou") == (str(tie.kind), str(tie.period), str(tie.form))
    assert document == to(data)[0]
    assert document == to(citess.loads(citess.dumps(data)))[0]
    (id_,) = data.partners
    changed = data.replace(evolve(data.partners[id_], name=Text(fr="Espoir")))
    made, losses = to(changed)
    renamed = name != "graphml"  # whose ids were made when it was written
    assert (1, renamed) == (losses.lost["edges[]"], losses.lost.get("nodes[].id", 0))
    again = sent(made)
    back = from_(again)[0]
    assert "Espoir" == str(back.partners[id_].name)
    assert "red" in str(again)
    assert "shade" in str(again)


@every
def test_what_another_tool_changed_in_a_node_is_taken_over(name):
    to, from_, *_ = FORMATS[name]
    text = json.dumps(to(mahdia())[0], ensure_ascii=False)
    text = text.replace('"name": "El Amel"', '"name": "Amel 2"').replace(">El Amel<", ">Amel 2<")
    text = text.replace('"sector": "public"', '"sector": "private"').replace(
        ">public<", ">private<"
    )
    data, _ = from_(json.loads(text))
    assert Text(und="Amel 2") == data.partners["amel"].name
    assert "private" == str(data.partners["town"].sector)
    assert Text(fr="CitESS Mahdia", ar="x") == data.hubs["citess-mahdia"].name


def test_members_whose_node_is_gone_leave_their_agreements():
    document = sent(to_node_link(mahdia())[0])
    document["nodes"] = [node for node in document["nodes"] if node["id"] != "amel"]
    document["edges"] = []
    data, report = from_node_link(document)
    assert {} == dict(data.partnerships)
    assert ["dangling-reference"] == [issue.code for issue in report.issues]


def test_any_graph_of_networkx_is_written_and_what_is_none_is_counted():
    graph = nx.Graph(title="Réseau", made=citess.PartialDate("2024"))
    graph.add_node(
        1, size=2.5, ok=True, none=None, when=citess.Period.of("2017"), many=["a b"], odd=object
    )
    graph.add_node(2, size=3, tags={"b", "a"}, map={1: None}, big=2**70, inf=float("inf"))
    graph.add_edge(1, 2, weight=1, none=None)
    for to in (to_node_link, to_jgf, to_graphml):
        document, losses = to(graph)
        assert {"nodes[].none": 1, "nodes[].odd": 1, "edges[].none": 1} == losses.lost
        assert document
    root = nx.read_graphml(io.BytesIO(to_graphml(graph)[0].encode()))
    assert ("2017", True, "a b") == (
        root.nodes["1"]["start"],
        root.nodes["1"]["ok"],
        root.nodes["2"]["tags"],
    )
    assert 2.5 == root.nodes["1"]["size"]
    assert not root.is_directed()


def test_what_a_graph_of_networkx_says_and_no_record_does_is_counted():
    graph = nx.DiGraph(name="Net")
    graph.add_node("a", name="A", label="a", founded=1990, kind="partner", sector="ngo", x=None)
    graph.add_node("b", sector="sse", kind="moon")
    graph.add_edge("a", "b", kind="funding", role="funder", source_role="?", start="2017", weight=3)
    data, report = from_networkx(graph)
    assert (2, 1) == (len(data.partners), len(data.partnerships))
    left = {one.path for one in report.issues.warnings if one.code == "left-out"}
    assert {
        "edges[].source_role",
        "edges[].weight",
        "graph.name",
        "nodes[].founded",
        "nodes[].kind",
        "nodes[].label",
        "nodes[].sector",
    } == left


def test_numbers_of_numpy_and_days_are_plain():
    numpy = pytest.importorskip("numpy", reason="the extra fast is not installed")
    from datetime import date

    graph = nx.DiGraph()
    graph.add_node("a", size=numpy.float64(0.5), on=date(2024, 5, 31), at=numpy.arange(2))
    (node,) = to_node_link(graph)[0]["nodes"]
    assert {"size": 0.5, "on": "2024-05-31", "at": [0, 1], "id": "a"} == node


def test_values_of_any_kind_are_plain():
    assert {"odd": "<object>", "many": [1]} == values_of({"odd": _Odd(), "many": (1,), "no": None})


class _Odd:
    def __str__(self):
        return "<object>"


def test_what_is_no_graph_is_refused():
    with pytest.raises(TypeError, match="made of a Dataset or of a graph"):
        to_jgf("hubs.json")
    graph = nx.Graph()
    graph.add_nodes_from([1, "1"])
    with pytest.raises(ValueError, match="same name as text"):
        to_jgf(graph)


def test_nodes_whose_names_collide_get_different_ids():
    graph = nx.Graph()
    graph.add_edges_from([("é!", "é?"), ("é!", "e"), ("é?", "e")])
    data, _ = from_networkx(graph)
    assert 3 == len(data.partners)
    assert 3 == len(data.partnerships)


def test_records_that_do_not_fit_together_are_refused():
    graph = nx.Graph()
    graph.add_node("a", record={"name": {"fr": "A"}, "territories": ["tn-53"]})
    with pytest.raises(IntegrityError, match="tn-53"):
        from_networkx(graph)


@pytest.mark.deep
def test_igraph_reads_the_same_network(tmp_path):
    igraph = pytest.importorskip("igraph", reason="igraph is a test oracle")
    for data in (citess.datasets.tunisia(), citess.datasets.synthetic(enterprises=40)):
        path = tmp_path / "network.graphml"
        write_graphml(data, path)
        read = igraph.Graph.Read_GraphML(str(path))
        graph = partnership_graph(data)
        names = read.vs["id"]
        assert list(graph) == names
        for one in ("kind", "name", "sector", "territory"):
            assert [graph.nodes[n][one] or "" for n in names] == read.vs[one]
        ties = sorted(
            (a, b, f["agreement"], f["role"], str(f["period"] or ""))
            for a, b, f in graph.edges(data=True)
        )
        assert ties == sorted(
            (names[e.source], names[e.target], e["agreement"], e["role"], e["period"])
            for e in read.es
        )


def test_a_party_without_a_node_is_beside_the_graph():
    data = mahdia()
    assert "bees" not in [node["id"] for node in to_node_link(data)[0]["nodes"]]
    assert "bees" in from_node_link(to_node_link(data)[0])[0].enterprises


def test_extra_fields_are_withheld_and_counted():
    partner = Partner(id="a", name=Text(fr="A"), extra={"tel": "1"})
    assert {"partners[].tel": 1} == to_jgf(Dataset.of(partner))[1].lost


def test_odd_keys_and_values_of_networkx_are_written():
    graph = nx.MultiGraph()
    graph.add_edge("a", "b", key="k")
    graph.add_edge("b", "c", key="k")
    document, losses = to_node_link(graph)
    assert ["k", "k-1"] == [edge["key"] for edge in document["edges"]]
    odd = nx.Graph()
    odd.add_node("a", odd=object, record={"name": {"fr": "A"}})
    net, _ = to_node_link(from_networkx(odd)[0])
    assert {"fr": "A"} == net["nodes"][0]["record"]["name"]
    assert losses.ok
