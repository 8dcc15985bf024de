"""Documents of other versions: older ones move up, newer minor ones stay as they are."""

import json
from pathlib import Path

import pytest

import citess

FOLDER = Path(__file__).parent / "golden"
GOLDEN = FOLDER / "version-1.0.json"


def test_a_document_of_the_first_version_loads_migrates_and_saves(tmp_path):
    data = citess.load(GOLDEN)
    assert {"hubs": 1, "partners": 5, "enterprises": 4} == {
        name: len(getattr(data, name)) for name in ("hubs", "partners", "enterprises")
    }
    citess.save(data, tmp_path / "now.json")
    assert (
        (tmp_path / "now.json")
        .read_bytes()
        .startswith(b'{"format":"citess","schema_version":"1.2"')
    )
    assert data == citess.load(tmp_path / "now.json")


def test_migration_keeps_every_record_and_field():
    before, after = json.loads(GOLDEN.read_bytes()), json.loads(citess.dumps(citess.load(GOLDEN)))
    assert before.pop("schema_version") == "1.0"
    kept = {
        name: [dict(new, **old) for old, new in zip(olds, after[name], strict=True)]
        for name, olds in before.items()
        if isinstance(olds, list)
    }
    assert kept == {name: after[name] for name in kept}


SUPPORT = ("recorded", "superseded", "evidence", "sources")
TEXTS = {"name", "note", "description", "title", "instrument", "subject", "text", "asks"}


def grown(record):
    """A record as a newer version writes it: new fields, in order, at every depth."""
    if not isinstance(record, dict):
        return record
    new = {
        key: value if key in TEXTS else [*map(grown, value)] if isinstance(value, list) else value
        for key, value in record.items()
    }
    new = {
        key: grown(value) if isinstance(value, dict) and key not in TEXTS else value
        for key, value in new.items()
    }
    own = {key: value for key, value in new.items() if key not in SUPPORT}
    own["mood"] = {"b": [1.5, {"c": None}], "a": "ⵣ"}
    return dict(sorted(own.items())) | {key: new[key] for key in SUPPORT if key in new}


def in_json(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def written(shelves, version="1.7"):
    """A document in the layout of the native format."""
    parts = [f'{{"format":"citess","schema_version":"{version}"']
    for name, records in shelves.items():
        body = "\n" + ",\n".join(map(in_json, records)) if records else ""
        parts.append(f'"{name}":[{body}]')
    return (",\n".join(parts) + "}\n").encode()


def shelves_of(data):
    document = json.loads(citess.dumps(data))
    return {name: records for name, records in document.items() if isinstance(records, list)}


VOUCHERS = [{"id": "v1", "worth": 3}, {"worth": None, "id": "v2"}]


def newer_shelves():
    old = citess.datasets.synthetic(hubs=1, partners=3, enterprises=2, years=2)
    found = shelves_of(old)
    shelves = {name: [*map(grown, records)] for name, records in found.items()}
    past = {**shelves["partners"][0], "superseded": "2026-01-01"}
    return {**shelves, "vouchers": VOUCHERS, "past_partners": [past], "past_vouchers": VOUCHERS[:1]}


def test_what_this_version_writes_has_the_layout_of_these_tests():
    data = citess.datasets.synthetic(hubs=1, partners=3, enterprises=2, years=2)
    assert citess.dumps(data) == written(shelves_of(data), "1.2")


def test_a_newer_minor_version_round_trips_byte_for_byte():
    newer = written(newer_shelves())
    data = citess.loads(newer)
    assert b'"mood"' in newer
    assert newer == citess.dumps(data)
    assert (VOUCHERS, "1.7") == (data.extra["vouchers"], data.extra["schema_version"])
    assert data == citess.loads(citess.dumps(data))


def test_json_lines_of_a_newer_minor_version_round_trip_byte_for_byte(tmp_path):
    head = '{"format":"citess","schema_version":"1.7","generator":"g"}\n'
    told = [
        in_json({name: record}) + "\n"
        for name, records in newer_shelves().items()
        for record in records
    ]
    before, after = tmp_path / "before.jsonl", tmp_path / "after.jsonl"
    before.write_text(head + "".join(told), "utf-8")
    data = citess.load(before)
    citess.save(data, after)
    assert before.read_bytes() == after.read_bytes()
    assert VOUCHERS == data.extra["vouchers"]
    assert "g" == data.extra["generator"]
    kinds = [type(record).__name__ for record in citess.io.records(before)]
    assert len(kinds) == len(told) - 2 - 1 - 1


def test_lines_that_are_no_records_are_refused_in_every_version(tmp_path):
    head = '{"format":"citess","schema_version":"%s"}\n'
    path = tmp_path / "lines.jsonl"
    for version, line in (("1.2", '{"vouchers":{}}'), ("1.7", '{"format":{}}'), ("1.7", "5")):
        path.write_text(head % version + line, "utf-8")
        with pytest.raises(citess.ReadError, match="line 2"):
            citess.load(path)


def test_an_edit_of_a_newer_document_keeps_what_is_new():
    data = citess.loads(written(newer_shelves()))
    hub = next(iter(data.hubs.values()))
    edited = data.replace(citess.evolve(hub, charter=True))
    kept = json.loads(citess.dumps(edited))
    changed = [shelf for shelf, records in newer_shelves().items() if records != kept[shelf]]
    assert ["hubs"] == changed
    assert kept["hubs"][0]["mood"] == {"b": [1.5, {"c": None}], "a": "ⵣ"}


@pytest.mark.parametrize("version", ["2.0", "9.1"])
def test_a_newer_major_version_is_refused(version):
    with pytest.raises(citess.ReadError, match="newer-major"):
        citess.loads(f'{{"format":"citess","schema_version":"{version}"}}')


def lost(old, new, path=""):
    """Paths of the values of a document that another does not hold."""
    if isinstance(old, dict) and isinstance(new, dict):
        return [one for key in old for one in lost(old[key], new.get(key), f"{path}.{key}")]
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        pairs = enumerate(zip(old, new, strict=True))
        return [one for n, (was, now) in pairs for one in lost(was, now, f"{path}[{n}]")]
    return [] if old == new else [path]


def test_a_document_of_the_second_version_loads_and_keeps_every_value():
    path = FOLDER / "version-1.1.json"
    data = citess.load(path)
    old, new = json.loads(path.read_text("utf-8")), json.loads(citess.dumps(data))
    assert [".schema_version"] == lost(old, new)
    assert {"enterprises", "cases", "programmes"} <= old.keys()
    assert (2, 4) == (len(data.enterprises), len(data.partners))
