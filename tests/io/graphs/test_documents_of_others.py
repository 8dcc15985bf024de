"""Graphs that others wrote: read as far as they go, refused with every fault and its place."""

import json
import os
from pathlib import Path

import networkx as nx
import pytest

from citess import ReadError, Text, evolve
from citess.io import (
    from_graphml,
    from_jgf,
    from_node_link,
    read_graphml,
    to_graphml,
    to_jgf,
    to_node_link,
)
from citess.io.graphs._graphml_in import opened

FOLDER = os.environ.get("CITESS_STANDARDS_DIR")
JGF = Path(FOLDER) / "jgf-v2" if FOLDER else None
EXAMPLES = sorted((JGF / "examples").glob("*.json")) if JGF else []
needs_fixtures = pytest.mark.skipif(
    not EXAMPLES, reason="CITESS_STANDARDS_DIR does not name a folder with JSON Graph Format"
)


def faults(read, document):
    """Codes and places of the faults of a document."""
    with pytest.raises(ReadError) as caught:
        read(document)
    assert all(caught.value.text(language) for language in ("en", "fr", "ar"))
    return [(issue.code, issue.path) for issue in caught.value.report]


@needs_fixtures
def test_every_official_example_comes_back_equal():
    for file in EXAMPLES:
        document = json.loads(file.read_text("utf-8"))
        data, report = from_jgf(document)
        assert report.ok
        assert document == to_jgf(data)[0]


@needs_fixtures
def test_the_official_schema_accepts_what_is_written():
    import citess

    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is a test oracle")
    schema = json.loads((JGF / "json-graph-schema_v2.json").read_text("utf-8"))
    judge = jsonschema.Draft7Validator(schema)
    for data in (
        citess.Dataset(),
        citess.datasets.tunisia(),
        citess.datasets.synthetic(enterprises=9),
    ):
        assert [] == list(judge.iter_errors(json.loads(json.dumps(to_jgf(data)[0]))))


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ([], [("wrong-type", "")]),
        ({"graph": {"edges": []}, "graphs": []}, [("misplaced-member", "graphs")]),
        ({"graph": 1}, [("wrong-type", "graph")]),
        ({"graphs": {}}, [("wrong-type", "graphs")]),
        ({"graphs": [1]}, [("wrong-type", "graphs[0]")]),
        ({"graph": {"nodes": [], "edges": []}}, [("wrong-type", "graph.nodes")]),
        ({"graph": {"nodes": {"a": 1}, "edges": []}}, [("wrong-type", "graph.nodes[a]")]),
        ({"graph": {"directed": "no", "edges": []}}, [("wrong-type", "graph.directed")]),
        (
            {
                "graph": {
                    "nodes": {"a": {"label": 1, "x": 2}},
                    "edges": [{"source": "a"}, {"source": 1, "target": "a"}, 3],
                }
            },
            [
                ("misplaced-member", "graph.nodes[a].x"),
                ("wrong-type", "graph.nodes[a].label"),
                ("missing-field", "graph.edges[0]"),
                ("wrong-type", "graph.edges[1].source"),
                ("wrong-type", "graph.edges[2]"),
            ],
        ),
        (
            {"graph": {"edges": [], "hyperedges": []}},
            [("misplaced-member", "graph.edges")],
        ),
        (
            {"graph": {"hyperedges": [{"nodes": ["a", 1]}]}},
            [
                ("excludes", "graph.hyperedges[0].nodes"),
                ("wrong-type", "graph.hyperedges[0].nodes[1]"),
            ],
        ),
        (
            {"graph": {"hyperedges": [{"source": "a", "target": []}]}},
            [("wrong-type", "graph.hyperedges[0].source")],
        ),
        ({"graph": {"edges": [], "metadata": {"records": 3}}}, [("wrong-type", "records")]),
        (
            {"graph": {"edges": [], "metadata": {"records": {"hub": [], "hubs": {}}}}},
            [("unknown-table", "records.hub"), ("wrong-type", "records.hubs")],
        ),
        (
            {"graph": {"nodes": {"a": {"metadata": {"record": []}}}, "edges": []}},
            [("wrong-type", "nodes[a].record")],
        ),
        (
            {"graph": {"nodes": {"a": {"metadata": {"record": "{"}}}, "edges": []}},
            [("bad-json", "nodes[a].record")],
        ),
        (
            {"graph": {"nodes": {"a": {"metadata": {"record": {"name": True}}}}, "edges": []}},
            [("wrong-type", "partners[a].name")],
        ),
    ],
)
def test_json_graph_format_that_is_none_is_refused_with_its_places(document, expected):
    assert sorted(expected) == sorted(faults(from_jgf, document))


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"graphs": []},
        {"graph": {}},
        {"graph": {"edges": [{"source": "a", "target": "b", "directed": False}]}},
        {
            "graph": {
                "directed": False,
                "hyperedges": [
                    {"nodes": []},
                    {"nodes": ["a"]},
                    {"nodes": ["a", "b", "c"], "id": "h"},
                ],
            }
        },
        {
            "graphs": [
                {"nodes": {"a": {"metadata": {"x": 1}}}, "edges": []},
                {"nodes": {"a": {"label": "A"}}, "edges": []},
            ]
        },
        {"graph": {"nodes": {"a": {"label": "A"}}, "edges": [], "id": "i", "metadata": {"x": 1}}},
    ],
)
def test_json_graph_format_of_others_comes_back_equal(document):
    data, _ = from_jgf(document)
    assert document == to_jgf(data)[0]


def test_a_hyperedge_is_one_agreement():
    edge = {"nodes": ["a", "b", "c"], "id": "h"}
    data, _ = from_jgf({"graph": {"directed": False, "hyperedges": [edge]}})
    assert ["a", "b", "c"] == [member.party for member in data.partnerships["h"].members]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (1, [("wrong-type", ""), ("missing-field", "")]),
        ({}, [("missing-field", "")]),
        ({"nodes": []}, [("missing-field", "")]),
        (
            {"nodes": 1, "edges": [], "directed": 1},
            [("wrong-type", "directed"), ("wrong-type", "nodes")],
        ),
        (
            {"nodes": [{"id": []}, {"id": "a"}, {"id": "a"}], "links": []},
            [("wrong-type", "nodes[0].id"), ("repeated-value", "nodes[2].id")],
        ),
        (
            {"nodes": [], "links": [{"source": True, "target": 0}, {}]},
            [
                ("wrong-type", "links[0].source"),
                ("missing-field", "links[1]"),
                ("missing-field", "links[1]"),
            ],
        ),
    ],
)
def test_node_link_that_is_none_is_refused_with_its_places(document, expected):
    assert expected == faults(from_node_link, document)


def test_links_of_old_versions_and_of_d3_are_read():
    for document in (
        {"nodes": [{"name": "A"}, {"name": "B"}], "links": [{"source": 0, "target": 1}]},
        {"nodes": [{"id": 1}, {"id": 2}], "links": [{"source": 1, "target": 2, "key": 0}]},
        {"nodes": [{"id": "a"}], "edges": [{"source": "a", "target": "b"}], "links": []},
    ):
        data, report = from_node_link(document)
        assert (2, 1) == (len(data.partners), len(data.partnerships))
        assert document == to_node_link(data)[0]
        assert ("links" in document and "edges" in document) != report.ok


HEAD = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
GRAPH = HEAD + '<graph edgedefault="directed">'
END = "</graph></graphml>"


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("", [("bad-xml", "line 1")]),
        ("<a/>", [("unknown-shape", "line 1")]),
        ("<graphml>\n<graph/>\n</graphml>", [("missing-field", "line 2")]),
        ('<graphml>\n<graph edgedefault="both"/>\n</graphml>', [("bad-code", "line 2")]),
        (GRAPH + '<edge source="a" target="b" directed="no"/>' + END, [("bad-code", "line 1")]),
        (GRAPH + "<hyperedge><endpoint/></hyperedge>" + END, [("missing-field", "line 1")]),
        (
            HEAD
            + '<key id="k" attr.type="int"><default>x</default></key>\n<key id="k"/>'
            + END[8:],
            [("wrong-type", "line 1.k"), ("repeated-value", "line 2")],
        ),
        (
            HEAD
            + '<key id="k"/>'
            + GRAPH[len(HEAD) :]
            + '<node id="a"><data key="k">1</data>\n<data key="k">2</data></node>'
            + END,
            [("repeated-value", "line 2")],
        ),
        ('<!DOCTYPE a [<!ENTITY b "c">]>\n<graphml/>', [("has-dtd", "line 1")]),
        ('<!DOCTYPE a SYSTEM "file:///etc/passwd"><graphml/>', [("has-dtd", "line 1")]),
        (b"\xff", [("bad-encoding", "")]),
        (b'<?xml version="1.0" encoding="rot13"?><graphml/>', [("bad-encoding", "")]),
        (b'<?xml version="1.0" encoding="cp1259"?><graphml/>', [("bad-encoding", "")]),
        ("<graphml>\ud800</graphml>", [("bad-encoding", "line 1")]),
        (
            GRAPH + '\n<node/><node id="a"/><node id="a"/>' + END,
            [("missing-field", "line 2"), ("repeated-value", "line 2")],
        ),
        (GRAPH + '\n<edge source="a"/>' + END, [("missing-field", "line 2")]),
        (
            GRAPH + '<node id="a"><data key="x">1</data><data/></node>' + END,
            [("dangling-reference", "line 1"), ("missing-field", "line 1")],
        ),
        (HEAD + "<key/>" + END[8:], [("missing-field", "line 1")]),
    ],
)
def test_graphml_that_is_none_is_refused_with_its_lines(document, expected):
    assert expected == faults(from_graphml, document)


@pytest.mark.parametrize("type_", ["int", "boolean", "double"])
def test_values_of_graphml_that_are_not_of_their_type_are_refused(type_):
    key = f'<key id="k" for="node" attr.name="size" attr.type="{type_}"/>'
    document = HEAD + key + GRAPH[len(HEAD) :] + '<node id="a"><data key="k">x</data></node>' + END
    assert [("wrong-type", "line 1.size")] == faults(from_graphml, document)


def test_edges_have_the_direction_of_the_graph_that_they_stand_in():
    inner = (
        '<graph edgedefault="directed"><node id="b"/><node id="c"/>'
        '<edge source="b" target="c"/></graph>'
    )
    document = (
        f'{HEAD}<graph edgedefault="undirected"><node id="a">{inner}</node><node id="d"/>'
        '<edge source="a" target="d"/><edge source="d" target="b" directed="true"/></graph>'
        '<edge source="c" target="d"/></graphml>'
    )
    net, _ = opened(document)
    assert [True, False, True, False] == [edge.directed for edge in net.edges]


def test_graphml_of_other_tools_is_read():
    document = (
        HEAD
        + '<key id="l" for="node" yfiles.type="nodegraphics"/>'
        + '<key id="n" for="edge" attr.name="n" attr.type="int"><default>1</default></key>'
        + '<key id="x" for="all" attr.name="x" attr.type="boolean"><default>true</default></key>'
        + '<key id="f" for="graph" attr.name="f" attr.type="double"/><data key="f">2.5</data>'
        + '<graph edgedefault="undirected"><desc>text</desc>'
        + '<node id="a"><data key="l"><Shape><NodeLabel> Amel <Model>m</Model></NodeLabel>'
        + "<NodeLabel>Folder 1</NodeLabel></Shape></data>"
        + '<graph id="g" edgedefault="undirected"><node id="b"/></graph></node>'
        + "<endpoint node='a'/><hyperedge/><hyperedge><endpoint node='a'/></hyperedge>"
        + '<edge source="a" target="b" directed="true">'
        + '<data key="n">99999999999999999</data></edge>'
        + END
    )
    data, report = from_graphml(document)
    assert ["Amel", "b"] == [str(one.name) for one in data.partners.values()]
    codes = ["too-few-members", "too-few-members", "read-as"]
    assert codes == [issue.code for issue in report.issues]
    assert document == to_graphml(data)[0]


def test_a_hyperedge_of_graphml_is_one_agreement_of_its_nodes():
    document = (
        HEAD
        + '<key id="k" for="hyperedge" attr.name="kind"/>'
        + GRAPH[len(HEAD) :]
        + "<node id='a'/><node id='b'/><node id='c'/><hyperedge id='h'><data key='k'>funding</data>"
        + "".join(f"<endpoint node='{one}'/>" for one in "abcb")
        + "</hyperedge>"
        + END
    )
    data, report = from_graphml(document)
    (tie,) = data.partnerships.values()
    assert report.ok
    assert ("h", "funding", {"a", "b", "c"}) == (tie.id, tie.kind, {m.party for m in tie.members})
    assert document == to_graphml(data)[0]


def test_what_is_neither_node_nor_tie_does_not_outlive_a_change_unsaid():
    document = (
        GRAPH + '<node id="a"><port name="North"/></node><node id="b"/>'
        '<edge source="a" target="b" sourceport="North"/>' + END
    )
    data, _ = from_graphml(document)
    assert to_graphml(data)[1].ok
    partner = data.partners["a"]
    again, losses = to_graphml(data.replace(evolve(partner, name=Text(fr="Amel"))))
    assert {"graphml": 1} == losses.lost
    assert ("Amel" in again, "North" in again) == (True, False)


def test_nodes_of_the_same_id_in_several_graphs_of_graphml_are_the_same():
    key = '<key id="k" attr.name="k"/>'
    graph = '<graph edgedefault="directed"><data key="k">g</data><node id="a">{}</node></graph>'
    said = '<data key="k">1</data>'
    document = HEAD + key + graph.format(said) + graph.format(said) + "</graphml>"
    data, report = from_graphml(document)
    assert (["a"], True) == (list(data.partners), report.ok)
    assert document == to_graphml(data)[0]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "iso-8859-1", "windows-1252"])
def test_graphml_is_read_in_the_encoding_that_it_declares(encoding):
    name = encoding.removesuffix("-sig")
    document = f'<?xml version="1.0" encoding="{name}"?>' + GRAPH + '<node id="é"/>' + END
    assert "é" == str(next(iter(from_graphml(document.encode(encoding))[0].partners.values())).name)
    assert 1 == len(from_graphml("\ufeff" + document)[0].partners)


def test_a_file_that_is_too_large_is_not_looked_at(tmp_path):
    (tmp_path / "a.graphml").write_text(GRAPH + END)
    assert [("too-large", "")] == faults(
        lambda path: read_graphml(path, max_bytes=9), tmp_path / "a.graphml"
    )


def test_characters_that_xml_cannot_hold_come_back():
    from citess import Dataset, Partner, Text

    data = Dataset.of(
        Partner(id="a", name=Text(fr="\uffff \"<&>'\n\u0085".strip("\u0085\n") + "x"))
    )
    assert data == from_graphml(to_graphml(data)[0])[0]


def test_not_a_number_is_kept_as_text():
    key = '<key id="k" for="node" attr.name="size" attr.type="double"/>'
    document = (
        HEAD + key + GRAPH[len(HEAD) :] + '<node id="a"><data key="k">nan</data></node>' + END
    )
    data, _ = from_graphml(document)
    assert document == to_graphml(data)[0]


def test_ties_tell_their_period_and_sources_as_far_as_they_are_known():
    records = {"sources": [{"id": "s", "title": {"fr": "S"}, "kind": "web"}]}
    places = [{"id": "tn-53", "name": {"fr": "Mahdia"}, "level": "governorate"}]
    document = {
        "directed": True,
        "graph": {"records": {**records, "territories": places}},
        "nodes": [{"id": "h", "kind": "hub", "territory": "tn-53"}, {"id": "b", "none": None}],
        "edges": [
            {"source": "h", "target": "b", "key": "k", "sources": ["s", "x"], "end": "2019"},
            {"source": "h", "target": "b", "key": "k", "period": "2019/2018", "sources": "s"},
        ],
    }
    data, _ = from_node_link(document)
    assert ["tn-53"] == list(data.hubs["h"].territories)
    first, second = (data.partnerships[id_] for id_ in ("k", "k-1"))
    assert ("unknown/2019", ["s"]) == (str(first.period), list(first.sources))
    assert (None, ["s"]) == (second.period, list(second.sources))
    assert document == to_node_link(data)[0]


def test_values_that_are_null_are_left_out_of_xml():
    from citess.io import to_gexf
    from citess.io.graphs._graphml import _pieces
    from citess.io.graphs._node_link import _opened

    net, _ = _opened({"nodes": [{"id": "a", "x": None}, {"id": "b"}], "edges": []})
    assert "<data" not in "".join(_pieces(net))
    assert "<attvalue " not in to_gexf(nx.empty_graph(2))[0]
