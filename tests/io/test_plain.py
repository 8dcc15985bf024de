"""Documents handed over as Python objects: what JSON cannot hold is refused with its place."""

import math
from decimal import Decimal
from types import MappingProxyType

import pytest

import citess
from citess import ReadError
from citess.io import (
    from_geojson,
    from_hsds,
    from_jgf,
    from_node_link,
    to_geojson,
    to_jgf,
    to_node_link,
)
from citess.io._plain import DEPTH

READERS = {
    "geojson": (
        from_geojson,
        lambda value: {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [10, 35]},
            "properties": {"name": "Kiosque", "k": value},
        },
        "properties.k",
    ),
    "hsds": (
        from_hsds,
        lambda value: {
            "id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610",
            "name": "Ruches",
            "description": "Bees",
            "k": value,
        },
        "k",
    ),
    "node-link": (
        from_node_link,
        lambda value: {"nodes": [{"id": "a", "k": value}], "edges": []},
        "nodes[0].k",
    ),
    "jgf": (
        from_jgf,
        lambda value: {"graph": {"nodes": {"a": {"metadata": {"k": value}}}, "edges": []}},
        "graph.nodes.a.metadata.k",
    ),
}
every = pytest.mark.parametrize("name", READERS)


def nested(depth):
    """Lists inside each other."""
    value = 1
    for _ in range(depth):
        value = [value]
    return value


@every
@pytest.mark.parametrize(
    ("value", "code", "below"),
    [
        (math.nan, "not-finite", ""),
        ([1, -math.inf], "not-finite", "[1]"),
        (10**400, "number-too-large", ""),
        ({"a": "\ud800"}, "surrogate", ".a"),
        ({"\ud800": 1}, "surrogate", ""),
        ({1: 2}, "wrong-type", ""),
        ({"a": {"b", "c"}}, "wrong-type", ".a"),
        (b"x", "wrong-type", ""),
        (Decimal(1), "wrong-type", ""),
    ],
)
def test_what_json_cannot_hold_is_refused_with_its_place(name, value, code, below):
    read, around, path = READERS[name]
    with pytest.raises(ReadError) as caught:
        read(around(value))
    assert [(code, path + below)] == [(i.code, i.path) for i in caught.value.report]
    assert all(map(caught.value.text, ("en", "fr", "ar")))


@every
def test_every_fault_is_told_at_once(name):
    read, around, path = READERS[name]
    with pytest.raises(ReadError) as caught:
        read(around([math.nan, "fine", "é", object(), 2**60]))
    found = [issue.path for issue in caught.value.report]
    assert [f"{path}[0]", f"{path}[3]", f"{path}[4]"] == found


@every
def test_a_document_that_is_no_object_at_all_is_refused(name):
    read, _, _ = READERS[name]
    for document in (b"{}", object(), {1, 2}, 10**400):
        with pytest.raises(ReadError):
            read(document)


@every
def test_whatever_is_read_can_be_kept_in_the_native_format(name):
    read, around, path = READERS[name]
    depth = DEPTH - 1 - path.count(".") - path.count("[")
    data, _ = read(around(nested(depth)))
    assert data == citess.loads(citess.dumps(data))
    with pytest.raises(ReadError, match="too-deep"):
        read(around(nested(depth + 1)))
    with pytest.raises(ReadError, match="too-deep"):
        read(around(nested(500)))


def test_tuples_are_lists_as_in_a_geo_interface():
    point = {"type": "Point", "coordinates": (10.5, 35.25)}
    given = {"type": "Feature", "geometry": point, "properties": {"name": "Kiosque"}}
    data, _ = from_geojson(MappingProxyType({**given, "bbox": (10.5, 35.25, 10.5, 35.25)}))
    assert (Decimal("10.5"), Decimal("35.25")) == (
        data.spaces["kiosque"].point.longitude,
        data.spaces["kiosque"].point.latitude,
    )
    written, _ = to_geojson(data)
    assert [10.5, 35.25] == written["geometry"]["coordinates"]
    assert data == from_geojson(written)[0]


@pytest.mark.parametrize(
    ("read", "write", "document"),
    [
        (from_node_link, to_node_link, {"nodes": ({"id": "a"},), "links": ()}),
        (from_jgf, to_jgf, MappingProxyType({"graph": {"nodes": {"a": {}}, "edges": ()}})),
    ],
)
def test_graphs_with_tuples_come_back_with_lists(read, write, document):
    data, _ = read(document)
    assert ["a"] == list(data.partners)
    assert data == read(write(data)[0])[0]


def test_degrees_of_less_than_a_step_are_read_and_written_back():
    given = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [3.5e-7, -1e-9]},
        "properties": {"name": "Null Island"},
    }
    data, _ = from_geojson(given)
    assert data.spaces["null-island"].point.longitude == 0
    assert given == to_geojson(data)[0]
