"""GeoJSON both ways: judged as RFC 7946 does, and nothing lost."""

import io
import json
import os
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import citess
from citess.errors import CitessError, LossError, ReadError
from citess.io._travel import Losses
from citess.io.geojson import (
    _files,
    from_geojson,
    read_geojson,
    to_geojson,
    write_geojson,
)
from citess.model import evolve
from citess.model.shelves import kinds, shelf_types
from citess.testing import whole_datasets

FOLDER = os.environ.get("CITESS_STANDARDS_DIR")
FIXTURES = sorted((Path(FOLDER) / "geojson" / "fixtures").rglob("*.json")) if FOLDER else []
KINDS = {"source", "territory", "space", "hub", "partner", "enterprise"}
needs_fixtures = pytest.mark.skipif(
    not FIXTURES, reason="CITESS_STANDARDS_DIR does not name a folder with the GeoJSON fixtures"
)


def exported(data):
    """What of a dataset is written."""
    return citess.Dataset([r for r in data.records() if kinds()[type(r)] in KINDS])


def sent(document):
    """A document as it arrives."""
    return json.loads(json.dumps(document))


def validator():
    """Validator of the official schema."""
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is a test oracle")
    if not FIXTURES:
        pytest.skip("CITESS_STANDARDS_DIR does not name a folder with the GeoJSON schema")
    file = Path(FOLDER) / "geojson" / "schema" / "GeoJSON.json"
    return jsonschema.Draft7Validator(json.loads(file.read_text("utf-8")))


@needs_fixtures
def test_every_official_fixture_is_judged_rightly():
    for file in FIXTURES:
        document = json.loads(file.read_text("utf-8"))
        if "invalid" in file.parts:
            with pytest.raises(ReadError) as caught:
                from_geojson(document)
            assert caught.value.report.errors
        else:
            data, report = from_geojson(document)
            assert report.issues.ok
            assert document == to_geojson(data)[0]
            assert document == to_geojson(citess.loads(citess.dumps(data)))[0]


@settings(max_examples=30)
@given(whole_datasets())
def test_any_dataset_comes_back_equal_or_differs_by_its_loss_report(data):
    document, losses = to_geojson(data)
    back, report = from_geojson(sent(document))
    assert report.ok
    assert exported(data) == back
    assert losses.lost == {
        f"{shelf.name}[]": len(getattr(data, shelf.name))
        for shelf in shelf_types()
        if shelf.kind not in KINDS and getattr(data, shelf.name)
    }


@settings(max_examples=15)
@given(whole_datasets())
def test_the_official_schema_accepts_what_is_written(data):
    assert [] == list(validator().iter_errors(sent(to_geojson(data)[0])))


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(whole_datasets())
def test_files_hold_what_the_document_does(tmp_path, data):
    document, losses = to_geojson(data)
    assert losses == write_geojson(data, tmp_path / "a.geojson")
    assert document == json.loads((tmp_path / "a.geojson").read_bytes())
    assert exported(data) == read_geojson(tmp_path / "a.geojson")[0]


def hub_with_spaces(*points):
    """A dataset with a hub that has a space at each point."""
    c = citess
    territory = c.Territory(
        id="tn-53", name=c.Text(fr="Mahdia"), level=c.TerritoryLevel.GOVERNORATE
    )
    hub = c.Hub(id="citess-mahdia", name=c.Text(fr="CitESS Mahdia"), territories=("tn-53",))
    spaces = [
        c.Space(id=f"s{n}", name=c.Text(fr=f"S{n}"), hub="citess-mahdia", point=point)
        for n, point in enumerate(points)
    ]
    return c.Dataset.of(territory, hub, *spaces)


def point(north, east):
    return citess.Point(latitude=Decimal(north), longitude=Decimal(east))


@pytest.mark.parametrize(
    ("points", "geometry"),
    [
        ([None], None),
        ([point("35.5", "11")], {"type": "Point", "coordinates": [11.0, 35.5]}),
        (
            [point("35.5", "11"), point("36", "-10.25")],
            {"type": "MultiPoint", "coordinates": [[11.0, 35.5], [-10.25, 36.0]]},
        ),
    ],
)
def test_a_hub_stands_where_its_spaces_do(points, geometry):
    document, losses = to_geojson(hub_with_spaces(*points))
    found = {feature["id"]: feature for feature in document["features"]}
    assert geometry == found["hub:citess-mahdia"]["geometry"]
    assert found["territory:tn-53"]["geometry"] is None
    assert ("hub", "CitESS Mahdia") == tuple(
        found["hub:citess-mahdia"]["properties"][name] for name in ("record", "label")
    )
    assert losses.ok


def test_coordinates_that_numbers_cannot_hold_come_back_exactly():
    data = hub_with_spaces(point("35.12345678901234567", "11"))
    document = sent(to_geojson(data)[0])
    assert data == from_geojson(document)[0]
    (space,) = [one for one in document["features"] if one["id"] == "space:s0"]
    space["geometry"]["coordinates"] = [12, 36]
    moved = from_geojson(document)[0].spaces["s0"].point
    assert ("36", "12") == (str(moved.latitude), str(moved.longitude))


@pytest.mark.parametrize("exact", ["x", {"latitude": "35.5"}, {"latitude": {}, "longitude": "1"}])
def test_an_exact_point_that_is_none_gives_way_to_the_geometry(exact):
    document = sent(to_geojson(hub_with_spaces(point("35.5", "11")))[0])
    (space,) = [one for one in document["features"] if one["id"] == "space:s0"]
    space["properties"]["point"] = exact
    assert point("35.5", "11") == from_geojson(document)[0].spaces["s0"].point


def feature(name="Lingare", coordinates=(11.04, 35.5), **more):
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": list(coordinates)},
        "properties": {"name": name, "seats": 12},
        **more,
    }


def collection(*features, **more):
    return {"type": "FeatureCollection", "features": list(features), **more}


def test_named_points_become_spaces_and_everything_else_is_kept():
    document = collection(
        feature("Lingare Mahdia", id=7),
        *[feature("Lingare Mahdia")] * 3,
        feature(" "),
        feature("beyond", (200, 10)),
        feature("المهدية"),
        feature("area") | {"geometry": {"type": "LineString", "coordinates": [[0, 0], [1, 1]]}},
        feature("nowhere") | {"geometry": None, "properties": None},
        feature(id="citess-mahdia")
        | {"properties": {"title": "CitESS", "description": "Hub", "address": "1 rue", "a": []}},
        name="from a map",
        sources=["x"],
    )
    data, report = from_geojson(document)
    ids = ["7", "citess-mahdia", "lingare-mahdia", "lingare-mahdia-2", "lingare-mahdia-3", "space"]
    assert ids == sorted(data.spaces)
    space = data.spaces["citess-mahdia"]
    assert ("CitESS", "Hub", "1 rue") == (str(space.name), str(space.description), space.address)
    (far, *aside) = report.issues
    assert "features[5].geometry.coordinates[0]" == far.path
    told = [(one.code, one.path, one.given, dict(one.details)["count"]) for one in aside]
    assert [
        ("kept-aside", "features", "'Point'", "2"),
        ("kept-aside", "features", "'LineString'", "1"),
        ("kept-aside", "features", "None", "1"),
    ] == told
    assert document == to_geojson(data)[0]
    assert document == to_geojson(citess.loads(citess.dumps(data)))[0]


def test_what_was_changed_since_is_laid_over_what_was_read():
    data, _ = from_geojson(collection(feature("A", id="a"), feature("B", id="b"), crs=None))
    changed = evolve(data.spaces["a"], capacity=9, point=point("36", "10"))
    made, _ = to_geojson(data.replace(changed).without("space:b"))
    (found,) = made["features"]
    assert {"type": "Point", "coordinates": [10.0, 36.0]} == found["geometry"]
    assert (12, 9) == (found["properties"]["seats"], found["properties"]["capacity"])
    assert made["crs"] is None
    again, _ = from_geojson(sent(made))
    assert 9 == again.spaces["a"].capacity
    assert {"seats": 12} == {k: v for k, v in again.spaces["a"].extra.items() if k == "seats"}
    emptied, _ = to_geojson(again.replace(evolve(again.spaces["a"], capacity=None)))
    assert "capacity" not in emptied["features"][0]["properties"]


def test_a_name_that_was_changed_leaves_the_place_where_it_is():
    data, _ = from_geojson(feature("A", id="a"))
    made, _ = to_geojson(data.replace(evolve(data.spaces["a"], name=citess.Text(fr="Z"))))
    assert feature()["geometry"] == made["geometry"]
    assert "Z" == made["properties"]["label"]


def test_new_records_stand_beside_what_was_read():
    data, _ = from_geojson(feature("A", id="a"))
    made, _ = to_geojson(data | hub_with_spaces(None))
    assert feature("A", id="a") == made["features"][0]
    assert 4 == len(made["features"])


def test_a_feature_of_citess_that_was_edited_elsewhere_is_kept_and_believed():
    document = sent(to_geojson(hub_with_spaces(point("35.5", "11")))[0])
    hub = next(one for one in document["features"] if one["id"] == "hub:citess-mahdia")
    hub["properties"]["website"] = "https://example.org/"
    hub["properties"]["colour"] = "blue"
    hub["geometry"] = None
    data, _ = from_geojson(document)
    assert "https://example.org/" == data.hubs["citess-mahdia"].website
    assert "blue" == data.hubs["citess-mahdia"].extra["colour"]
    found = to_geojson(data)[0]["features"]
    assert hub == next(one for one in found if one["id"] == "hub:citess-mahdia")
    twice = collection(*document["features"], hub)
    assert 3 == len(from_geojson(twice)[0])


def test_sources_stand_beside_the_features():
    data = citess.datasets.tunisia()
    document, _ = to_geojson(data)
    assert len(data.sources) == len(document["sources"])
    back, _ = from_geojson(sent(document))
    assert data.sources == back.sources


def test_fields_of_citess_that_are_unfit_are_refused_with_their_place():
    document = sent(to_geojson(hub_with_spaces())[0])
    document["features"][0]["properties"]["level"] = "province"
    with pytest.raises(ReadError, match=r"territories\[tn-53\]\.level: 'province'"):
        from_geojson(document)


def geometry(type_, coordinates, **more):
    return {"type": type_, "coordinates": coordinates, **more}


SQUARE = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]


@pytest.mark.parametrize(
    ("document", "place", "code"),
    [
        ([], "", "wrong-type"),
        ({"Type": "Point"}, "", "missing-field"),
        ({"type": 3}, "type", "bad-code"),
        (geometry("point", [0, 0]), "type", "bad-code"),
        (geometry("Point", "0 0"), "coordinates", "wrong-type"),
        (geometry("Point", [0, "0"]), "coordinates[1]", "bad-position"),
        (geometry("Point", [True, 0]), "coordinates[0]", "bad-position"),
        (geometry("Point", [0, float("nan")]), "coordinates[1]", "not-finite"),
        (geometry("MultiPoint", 3), "coordinates", "wrong-type"),
        (geometry("LineString", [[0, 0]]), "coordinates", "too-few-positions"),
        (geometry("Polygon", [SQUARE[:3]]), "coordinates[0]", "too-few-positions"),
        (geometry("Polygon", [[*SQUARE[:4], [2, 2]]]), "coordinates[0][4]", "open-ring"),
        (geometry("MultiPolygon", [[[*SQUARE[:4], [2, 2]]]]), "coordinates[0][0][4]", "open-ring"),
        (geometry("Point", [0, 0], bbox=[0, 0, 0, "1"]), "bbox", "bad-bbox"),
        (geometry("Point", [0, 0], bbox=3), "bbox", "bad-bbox"),
        (geometry("Point", [0, 0], properties={}), "properties", "misplaced-member"),
        (collection(coordinates=[]), "coordinates", "misplaced-member"),
        (feature(features=[]), "features", "misplaced-member"),
        (feature(id=True), "id", "wrong-type"),
        (feature(properties=[]), "properties", "wrong-type"),
        ({"type": "Feature", "geometry": None}, "", "missing-field"),
        ({"type": "FeatureCollection", "feature": []}, "", "missing-field"),
        ({"type": "FeatureCollection", "features": {}}, "features", "wrong-type"),
        (collection(geometry("Point", [0, 0])), "features[0].type", "bad-code"),
        (collection(3), "features[0]", "wrong-type"),
        (
            {"type": "GeometryCollection", "geometries": [feature()]},
            "geometries[0].type",
            "bad-code",
        ),
    ],
)  # fmt: skip
def test_what_the_standard_forbids_is_refused_with_its_place(document, place, code):
    with pytest.raises(ReadError) as caught:
        from_geojson(document)
    assert (place, code) in [(issue.path, issue.code) for issue in caught.value.report.errors]


def test_every_fault_is_reported_at_once():
    document = collection(geometry("Point", [0]), feature("a", (1,)), feature(geometry=3))
    with pytest.raises(ReadError) as caught:
        from_geojson(document)
    assert 3 == len(caught.value.report.errors)


@pytest.mark.parametrize(
    ("document", "place", "code"),
    [
        (geometry("Point", [181, 0]), "coordinates[0]", "out-of-range"),
        (geometry("Polygon", [SQUARE[::-1]]), "coordinates[0]", "wrong-winding"),
        (geometry("Polygon", [SQUARE, SQUARE]), "coordinates[1]", "wrong-winding"),
        (geometry("Point", [0, 0], crs={}), "crs", "misplaced-member"),
    ],
)
def test_what_the_standard_advises_against_is_a_warning(document, place, code):
    data, report = from_geojson(document)
    assert [(place, code)] == [(issue.path, issue.code) for issue in report.issues]
    assert not report.ok
    assert document == to_geojson(data)[0]


def test_rings_without_area_wind_neither_way():
    flat = [[0, 0], [1, 0], [2, 0], [0, 0]]
    assert from_geojson(geometry("Polygon", [flat]))[1].ok


def test_strict_refuses_and_leaves_the_old_file(tmp_path):
    (tmp_path / "a.geojson").write_text("old")
    data = citess.datasets.tunisia()
    with pytest.raises(LossError):
        to_geojson(data, strict=True)
    with pytest.raises(LossError):
        write_geojson(data, tmp_path / "a.geojson", strict=True)
    assert "old" == (tmp_path / "a.geojson").read_text()
    stream = io.BytesIO()
    with pytest.raises(LossError):
        write_geojson(data, stream, strict=True)
    assert b"" == stream.getvalue()
    write_geojson(hub_with_spaces(), stream, strict=True)
    assert hub_with_spaces() == read_geojson(io.BytesIO(stream.getvalue()))[0]


@pytest.mark.parametrize("document", [feature(), collection(feature(), name="x")])
def test_what_was_read_is_written_to_files_too(document):
    data, _ = from_geojson(document)
    stream = io.BytesIO()
    write_geojson(data, stream)
    assert document == json.loads(stream.getvalue())


def test_the_writer_makes_features_one_by_one():
    pieces = _files.pieces(hub_with_spaces(), Losses("geojson"))
    assert iter(pieces) is pieces
    assert b'{"type":"FeatureCollection"' == next(pieces)


def test_text_that_is_no_json_is_refused():
    for stream in (io.StringIO("{"), io.BytesIO(b"\xff")):
        with pytest.raises(ReadError):
            read_geojson(stream)


JUNK = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=6,
)


def spoilt(draw, value):
    """A document with some values replaced by anything."""
    if draw(st.integers(0, 12)) == 0:
        return draw(JUNK)
    if isinstance(value, dict):
        return {key: spoilt(draw, item) for key, item in value.items() if draw(st.integers(0, 15))}
    if isinstance(value, list):
        return [spoilt(draw, item) for item in value]
    return value


def survives(document):
    """A reading gives a dataset that can be written, or an error of citess."""
    try:
        data, report = from_geojson(document)
    except CitessError:
        return
    assert report.text("ar")
    to_geojson(data)


def everything():
    data = sent(to_geojson(hub_with_spaces(point("35.5", "11")))[0])
    polygon = geometry("Polygon", [SQUARE], bbox=[0, 0, 1, 1])
    group = {"type": "GeometryCollection", "geometries": [polygon, geometry("Point", [0, 0])]}
    return collection(*data["features"], feature(), feature() | {"geometry": group}, sources=[])


@settings(max_examples=30)
@given(st.data())
def test_no_document_brings_about_another_error(data):
    survives(spoilt(data.draw, everything()))


@pytest.mark.deep
@settings(max_examples=20_000)
@given(st.data())
def test_no_document_brings_about_another_error_at_length(data):
    survives(spoilt(data.draw, everything()))


def test_shapely_understands_what_has_coordinates():
    geometry_ = pytest.importorskip("shapely.geometry", reason="shapely is a test oracle")
    place = point("35.5", "11.25")
    space = citess.Space(id="a", name=citess.Text(fr="A"), point=place)
    territory = citess.Territory(
        id="t", name=citess.Text(fr="T"), level=citess.TerritoryLevel.COUNTRY, point=place
    )
    for one in (place, space, territory):
        assert (11.25, 35.5) == geometry_.shape(one).coords[0]


def test_what_has_no_coordinates_has_no_geometry():
    space = citess.Space(id="a", name=citess.Text(fr="A"))
    assert {
        "type": "Feature",
        "id": "space:a",
        "geometry": None,
        "properties": {"id": "a", "name": "A"},
    } == space.__geo_interface__
