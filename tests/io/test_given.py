"""Writers say what they are made of; graphs of users may hold anything."""

import datetime as dt
import io

import networkx as nx
import pytest

import citess
from citess import Dataset
from citess.io import (
    from_essglobal,
    from_graphml,
    from_networkx,
    from_sse_csv,
    read_csv,
    read_geojson,
    read_graphml,
    read_hsds,
    read_jgf,
    read_jsonl,
    read_node_link,
    read_xlsx,
    to_cids,
    to_cytoscape,
    to_edge_csv,
    to_essglobal,
    to_geojson,
    to_gexf,
    to_graphml,
    to_hif,
    to_hsds,
    to_jgf,
    to_kumu,
    to_murmurations,
    to_node_link,
    to_schema_org,
    to_sse_csv,
    write_csv,
    write_geojson,
    write_hsds,
    write_hsds_package,
    write_jsonl,
    write_parquet,
    write_xlsx,
)

MAKERS = (
    citess.dumps, to_cytoscape, to_edge_csv, to_essglobal, to_geojson, to_gexf, to_graphml, to_hif,
    to_hsds, to_jgf, to_kumu, to_murmurations, to_node_link, to_schema_org, to_sse_csv,
    lambda given: to_cids(given, []),
)  # fmt: skip
WRITERS = (
    citess.save, write_csv, write_geojson, write_hsds, write_hsds_package, write_jsonl,
    write_parquet, write_xlsx,
)  # fmt: skip

READERS = (
    citess.load, read_csv, read_geojson, read_graphml, read_hsds, read_jgf, read_jsonl,
    read_node_link, read_xlsx,
)  # fmt: skip


@pytest.mark.parametrize("given", [None, 3, "hubs.json", {}])
@pytest.mark.parametrize("make", MAKERS)
def test_what_is_no_dataset_is_refused_with_words(make, given):
    with pytest.raises(TypeError, match=r"is made of a Dataset.* not of "):
        make(given)


@pytest.mark.parametrize("write", WRITERS)
def test_nothing_is_written_of_what_is_no_dataset(write, tmp_path):
    with pytest.raises(TypeError, match=r"is made of a Dataset, not of int"):
        write(3, tmp_path / "a.json")
    assert not (tmp_path / "a.json").exists()


@pytest.mark.parametrize("given", [None, 3, b"{}", ["a"]])
@pytest.mark.parametrize("read", READERS)
def test_what_is_neither_a_path_nor_a_stream_is_refused_with_words(read, given):
    with pytest.raises(TypeError, match="source is the path of a file or a stream"):
        read(given)


@pytest.mark.parametrize("given", [None, 3, ["a"]])
@pytest.mark.parametrize("take", [from_graphml, from_essglobal, from_sse_csv])
def test_what_is_neither_text_nor_bytes_is_refused_with_words(take, given):
    with pytest.raises(TypeError, match="document is text or bytes, not"):
        take(given)


def test_nodes_that_are_equal_are_one_whatever_their_type():
    graph = nx.DiGraph()
    graph.add_node(1, name="One")
    graph.add_edge("a", 1.0)
    graph.add_edges_from([("b", True)])
    data, _ = from_networkx(graph)
    assert {"1", "a", "b"} == set(data.partners)
    assert 2 == len(data.partnerships)
    assert {"1", "a", "b"} == set(from_graphml(to_graphml(graph)[0])[0].partners)


@pytest.mark.parametrize("value", [b"x", {1: {2, 3}}, dt.date(2020, 1, 1), object(), len])
def test_records_of_a_graph_that_are_none_are_refused_or_written_as_text(value):
    graph = nx.Graph()
    graph.add_node("a", record={"id": "a", "name": value})
    graph.graph["records"] = {"sources": [value]}
    with pytest.raises(citess.CitessError):
        from_networkx(graph)
    document, losses = to_graphml(graph)
    assert document.startswith("<?xml")
    assert losses.ok or {"nodes[].record", "graph.records"} == set(losses.lost)


def test_a_dataset_is_written_all_the_same():
    stream = io.BytesIO()
    write_jsonl(Dataset(), stream)
    assert stream.getvalue()
