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


def test_a_newer_minor_version_round_trips_byte_for_byte():
    data = citess.datasets.synthetic(hubs=1, partners=2, enterprises=1, years=1)
    newer = citess.dumps(data).replace(b'"schema_version":"1.2"', b'"schema_version":"1.7"')
    newer = (
        newer.replace(b'"hub_networks":[', b'"hub_networks":[', 1).replace(
            b"\n]}\n", b'\n],\n"vouchers":[{"id":"v1","worth":3}]}\n'
        )
        if newer.endswith(b"\n]}\n")
        else newer[:-2] + b',\n"vouchers":[{"id":"v1","worth":3}]}\n'
    )
    again = citess.dumps(citess.loads(newer))
    assert newer == again


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
