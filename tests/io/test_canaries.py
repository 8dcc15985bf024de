"""No format but the native one lets out what is about persons, notes or fields not understood."""

import json
import logging
import zipfile

import pytest

import citess
from citess import Text
from citess.io import FORMATS
from citess.model.fields import field_types, is_domain_class
from citess.model.ids import Pseudonym
from citess.model.shelves import shelf_types

CANARY = "Canary 7d1f"
HEX = "p-" + "c0ffee" * 5 + "00"
VILLAGE = "canary-village"


def marked(value):
    """The same value with canaries in every note, pseudonym and unknown field, at every depth."""
    changes, parts = {}, {}
    for name, field in field_types(type(value)).items():
        given = getattr(value, name)
        if name == "note":
            changes[name] = Text(fr=CANARY, ar=CANARY)
        elif field.kind is Pseudonym:
            changes[name] = (HEX,) if field.many else HEX
        elif is_domain_class(field.kind) and given:
            changes[name] = tuple(map(marked, given)) if field.many else marked(given)
            below = {"unknown": CANARY}
            parts[name] = dict.fromkeys(map(str, range(len(given))), below) if field.many else below
    if hasattr(value, "id"):
        unknown = {"unknown": CANARY, "deeper": {CANARY: [CANARY, {CANARY: 1}]}}
        changes["extra"] = unknown | parts
    return citess.evolve(value, **changes) if changes else value


def scene():
    made = citess.datasets.synthetic(hubs=2, enterprises=4)
    real = citess.datasets.tunisia()
    place = next(iter(made.territories.values()))
    village = citess.evolve(place, id=VILLAGE, name=Text(fr="Village"), parents=(), identifiers=())
    homes = [citess.evolve(case, territory=VILLAGE) for case in made.cases.values()]
    projects = [citess.evolve(c, id=f"{c.id}-alone", enterprise=None, client=None) for c in homes]
    data = made.add(village).replace(*homes).add(*projects)
    more = [record for record in real.records() if not isinstance(record, citess.Case)]
    records = [marked(record) for record in citess.Dataset((*data.records(), *more)).records()]
    past = [citess.evolve(one, superseded=citess.PartialDate("2026")) for one in records[::50]]
    return citess.Dataset(records, extra={"top": CANARY, "deep": {CANARY: CANARY}}, past=past)


DATA = scene()


def leaks(text):
    return [canary for canary in (CANARY, HEX) if canary in str(text)]


def contents(path):
    """Every piece of text in what was written, out of its packing."""
    for file in [path] if path.is_file() else sorted(path.rglob("*")):
        if file.suffix == ".parquet":
            polars = pytest.importorskip("polars", reason="the extra tables is not installed")
            frame = polars.read_parquet(file)
            yield file.name, json.dumps(frame.to_dict(as_series=False), default=str)
        elif file.is_file() and zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as packed:
                for name in packed.namelist():
                    yield name, packed.read(name).decode("utf-8", "replace")
        elif file.is_file():
            yield file.name, file.read_bytes().decode("utf-8", "replace")


def test_the_scene_holds_every_class_and_its_canaries():
    assert set() == {s.record for s in shelf_types()} - {type(r) for r in DATA.records()}
    assert [CANARY, HEX] == leaks(citess.dumps(DATA).decode())


def test_no_repr_or_page_of_any_class_shows_a_canary():
    for record in DATA.records():
        assert [] == leaks(repr(record)) == leaks(str(record)) == leaks(record._repr_html_())
    assert [] == leaks(repr(DATA)) == leaks(DATA._repr_html_())


@pytest.mark.parametrize("name", [name for name, one in FORMATS.items() if not one.native])
def test_no_format_lets_a_canary_out(name, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    one = FORMATS[name]
    target = tmp_path / "out"
    day = "2023-06-01" if one.measures else None
    losses = one.write(DATA, target, on=day)
    assert not losses.ok
    for language in ("en", "fr", "ar"):
        assert [] == leaks(json.dumps(losses.to_dict(language))) == leaks(losses.text(language))
    written = dict(contents(target))
    assert written
    assert {} == {file: found for file, text in written.items() if (found := leaks(text))}
    with pytest.raises(citess.LossError) as refused:
        one.write(DATA, tmp_path / "strict", strict=True, on=day)
    assert [] == leaks(refused.value) == leaks(caplog.text)


def test_where_clients_live_is_no_seat_of_their_project(tmp_path):
    FORMATS["parquet"].write(DATA, tmp_path)
    told = {file for file, text in contents(tmp_path) if VILLAGE in text}
    assert told <= {"ancestors.parquet"}
    citess.io.write_parquet(DATA, tmp_path, include_personal=True)
    told = {file for file, text in contents(tmp_path) if VILLAGE in text}
    assert {"projects.territory.parquet", "cases.parquet"} <= told
