"""Formats that are only written: GEXF, Cytoscape, Kumu, HIF and a list of edges."""

import csv
import io
import json
import os
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given

import citess
from citess import (
    Bound,
    Dataset,
    Hub,
    LossError,
    Partner,
    Period,
    Programme,
    StageEntry,
    Text,
    evolve,
)
from citess.io import (
    to_cytoscape,
    to_edge_csv,
    to_gexf,
    to_hif,
    to_kumu,
    write_cytoscape,
    write_edge_csv,
    write_gexf,
    write_hif,
    write_kumu,
)
from citess.network import co_membership, partnership_graph
from citess.testing import whole_datasets
from tests.few import few
from tests.io.scenes import mahdia

FOLDER = os.environ.get("CITESS_STANDARDS_DIR")
SCHEMA = Path(FOLDER) / "gexf" / "1.3" / "gexf.xsd" if FOLDER else None
WRITERS = {
    "gexf": (to_gexf, write_gexf),
    "cytoscape": (to_cytoscape, write_cytoscape),
    "kumu": (to_kumu, write_kumu),
    "hif": (to_hif, write_hif),
    "edge-csv": (to_edge_csv, write_edge_csv),
}


def judge():
    """Whether the official schema takes a document."""
    etree = pytest.importorskip("lxml.etree", reason="lxml is a test oracle")
    if SCHEMA is None:
        pytest.skip("CITESS_STANDARDS_DIR does not name a folder with the schema of GEXF")
    schema = etree.XMLSchema(etree.parse(str(SCHEMA)))
    return lambda document: schema.assertValid(etree.fromstring(document.encode()))


@few(25)
@given(whole_datasets(connected=True))
def test_gexf_is_valid_and_networkx_reads_the_same_network(data):
    check = judge()
    graph = partnership_graph(data)
    for dynamic in (True, False):
        document, _ = to_gexf(data, dynamic=dynamic)
        check(document)
        read = nx.read_gexf(io.BytesIO(document.encode()))
        assert list(graph) == list(read)
        ties = sorted((a, b) for a, b, _ in graph.edges(keys=True))
        assert ties == sorted((a, b) for a, b, *_ in read.edges)
        assert [facts["kind"] for _, facts in graph.nodes(data=True)] == [
            facts["kind"] for _, facts in read.nodes(data=True)
        ]


def test_gexf_of_real_data_is_valid_static_and_dynamic():
    check = judge()
    for data in (Dataset(), citess.datasets.tunisia(), citess.datasets.synthetic(enterprises=20)):
        for dynamic in (True, False):
            check(to_gexf(data, dynamic=dynamic)[0])
    check(to_gexf(co_membership(citess.datasets.tunisia(), "newman"))[0])


def test_gexf_says_how_long_parties_and_ties_last():
    data = mahdia()
    amel = evolve(data.partners["amel"], active=Period.of("2016", "2020-05-01"))
    hub = evolve(data.hubs["citess-mahdia"], created=citess.PartialDate("2017-02"))
    town = evolve(data.partners["town"], active=Period.of("unknown", "2019"))
    stage = StageEntry(stage=citess.Stage.IDEA, since=citess.PartialDate("2018"))
    bees = evolve(data.enterprises["bees"], stages=(stage,))
    tie = data.partnerships["tie"]
    wider = evolve(tie, members=(*tie.members, citess.Member(party="bees")))
    document, _ = to_gexf(data.replace(amel, hub, town, bees, wider))
    for told in (
        'id="amel" label="El Amel" start="2016-01-01" end="2020-04-30"',
        'id="citess-mahdia" label="CitESS Mahdia" start="2017-02-01">',
        'id="town" label="Commune" end="2018-12-31"',
        'id="bees" label="Ruches" start="2018-01-01">',
        'kind="cooperation" start="2017-03-01">',
        'mode="dynamic"',
    ):
        assert told in document
    assert 'mode="static"' in to_gexf(data, dynamic=False)[0]


def test_dates_of_any_graph_make_gexf_dynamic():
    graph = nx.Graph()
    graph.add_node("a", start="2017", end="2016")
    graph.add_node("b", start="2017-05", end="2018", period="nothing")
    graph.add_node("c", start="soon", period="2018/2017")
    graph.add_node("d", period="2018-05/2018-06")
    graph.add_node("e", period="2018-05-03/unknown", label="E")
    graph.add_edge("a", "b", weight=2, period="0001/0001-01-02")
    graph.add_edge("a", "c", weight=True, none=None)
    document, losses = to_gexf(graph)
    assert {"edges[].none": 1} == losses.lost
    assert '<node id="a" label="a">' in document
    assert '<node id="b" label="b" start="2017-05-01" end="2018-12-31">' in document
    assert '<node id="d" label="d" start="2018-05-01" end="2018-05-31">' in document
    assert '<node id="e" label="E" start="2018-05-03">' in document
    assert 'weight="2" start="0001-01-01" end="0001-01-01"' in document
    judge()(document)


def test_cytoscape_and_kumu_have_every_node_and_tie():
    data = mahdia()
    document, _ = to_cytoscape(data)
    graph = nx.cytoscape_graph(document)
    assert list(partnership_graph(data)) == list(graph)
    (tie,) = document["elements"]["edges"]
    assert ("citess-mahdia", "amel", "2017-03") == tuple(
        tie["data"][name] for name in ("source", "target", "start")
    )
    blueprint, _ = to_kumu(data)
    (link,) = blueprint["connections"]
    assert ("citess-mahdia", "amel", "directed", "cooperation") == tuple(
        link[name] for name in ("from", "to", "direction", "type")
    )
    ids = [one["id"] for part in blueprint.values() for one in part]
    assert len(ids) == len(set(ids))


def test_no_tie_has_the_id_of_a_node_where_tools_know_both_by_their_ids():
    graph = nx.MultiDiGraph()
    graph.add_edge("e0", "b", key="b")
    graph.add_edge("b", "b-0", id="e0")
    drawing = to_cytoscape(graph)[0]["elements"]
    blueprint = to_kumu(graph)[0]
    ids = [one["data"]["id"] for kind in ("nodes", "edges") for one in drawing[kind]]
    assert len(ids) == len(set(ids)) == 5
    assert ids == [one["id"] for kind in ("elements", "connections") for one in blueprint[kind]]


def test_values_that_kumu_has_a_use_for_are_renamed():
    graph = nx.Graph()
    graph.add_node("a", kind="hub", type="x", label="A", id=3)
    (element,) = to_kumu(graph)[0]["elements"]
    assert {"id": "a", "label": "A", "type": "hub", "type_": "x", "id_": 3} == element


def test_hif_keeps_agreements_of_three_and_more_whole():
    data = citess.datasets.tunisia()
    document, _ = to_hif(data)
    assert {"edge", "node", "attrs"} == set(document["incidences"][0])
    members = {}
    for one in document["incidences"]:
        members.setdefault(one["edge"], set()).add(one["node"])
    for tie in (*data.partnerships.values(), *data.programmes.values()):
        assert {member.party for member in tie.members} == members.get(tie.id, set())
    assert len(document["edges"]) == len(data.partnerships) + len(data.programmes)
    assert len(document["nodes"]) == len(data.hubs) + len(data.partners)


def test_hif_says_every_role_of_a_member():
    data = mahdia()
    tie = data.partnerships["tie"]
    twice = citess.Member(party="amel", role=citess.Role.FUNDER)
    document, _ = to_hif(data.replace(evolve(tie, members=(*tie.members, twice))))
    assert [{"role": "lead"}, {"role": "partner", "roles": ["partner", "funder"]}] == [
        one["attrs"] for one in document["incidences"]
    ]


def test_a_list_of_edges_is_harmless_and_says_who_is_missing():
    graph = nx.DiGraph()
    graph.add_edge("=1+1", "b", kind="x,y", role="lead", ok=True, sources=["a", "b"])
    graph.add_edge("b", "c", directed=False, kind=None)
    graph.add_node("d", size=1)
    document, losses = to_edge_csv(graph)
    first, second = csv.DictReader(io.StringIO(document))
    assert ("'=1+1", "Directed", "lead", "x,y", "true", "a b") == tuple(
        first[name] for name in ("Source", "Type", "Label", "kind", "ok", "sources")
    )
    assert ("Undirected", "") == (second["Type"], second["kind"])
    assert {"nodes[]": 1, "nodes[].size": 1, "edges[].kind": 1} == losses.lost


@pytest.mark.parametrize("name", WRITERS)
def test_files_hold_what_the_document_does(name, tmp_path):
    to, write = WRITERS[name]
    data = mahdia()
    document, losses = to(data)
    path = tmp_path / "network"
    assert losses == write(data, path)
    text = path.read_text("utf-8")
    assert document == (text if isinstance(document, str) else json.loads(text))
    with pytest.raises(LossError):
        to(data, strict=True)


@pytest.mark.parametrize("name", WRITERS)
def test_what_nodes_and_ties_do_not_say_is_counted(name):
    to, _ = WRITERS[name]
    data = mahdia().add(
        Programme(id="p", name=Text(fr="P")),
        Partner(id="q", name=Text(fr="Q", ar="ق"), description=Text(fr="x")),
    )
    lost = to(data)[1].lost
    assert {"territories[]": 1, "spaces[]": 2, "partners[].description": 1}.items() <= lost.items()
    assert ("hubs[].name" in lost, "partners[].name" in lost) == (True, True)
    if name != "hif":
        assert (1, 1) == (lost["enterprises[]"], lost["programmes[]"])


def test_a_hub_with_a_date_still_going_has_no_end():
    hub = Hub(id="h", name=Text(fr="H"), territories=("tn-53",))
    data = mahdia().add(hub)
    assert 'id="h" label="H">' in to_gexf(data)[0]
    assert Bound("open").is_open
