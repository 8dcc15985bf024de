"""The table of formats: every one is found, reads what it wrote, and opens no network."""

import io
import socket

import pytest

import citess
from citess.errors import MissingExtraError
from citess.io import FORMATS, format_named, format_of, parquet, write_parquet
from citess.metrics import Tables, formality_share
from tests.io.scenes import mahdia

WANTED = {
    *("json", "jsonl", "hsds", "hsds-csv", "geojson", "graphml", "gexf", "node-link", "jgf"),
    *("hif", "kumu", "cytoscape", "turtle", "sse-csv", "cids", "schema-org", "murmurations"),
    *("csv", "xlsx", "parquet"),
}


@pytest.fixture
def cut_off(monkeypatch):
    """A machine without a network."""

    def refuse(*_, **__):
        raise AssertionError("the network was opened")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)


def test_every_format_of_the_command_is_there():
    assert set() == WANTED - set(FORMATS)
    assert "graphml" == format_of("a.GraphML").name


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_opens_the_network(name, cut_off, tmp_path):
    one = format_named(name)
    data = citess.datasets.synthetic(enterprises=4)
    path = tmp_path / "file.ttl"
    losses = one.write(data, path, on="2023-06-30" if one.measures else None)
    assert one.native == losses.ok
    if one.can_read:
        back, report = one.read(path)
        assert data == back or not one.native
        assert report.issues.ok


@pytest.mark.parametrize("name", [name for name, one in FORMATS.items() if not one.folder])
def test_streams_hold_what_files_do(name, tmp_path):
    one = format_named(name)
    stream = io.BytesIO()
    one.write(mahdia(), stream)
    one.write(mahdia(), tmp_path / "file")
    assert (tmp_path / "file").read_bytes() == stream.getvalue()
    if one.can_read:
        assert one.read(io.BytesIO(stream.getvalue()))[1].issues.ok


def test_what_cannot_be_is_refused():
    with pytest.raises(ValueError, match="cannot be read"):
        format_named("gexf").read("a.gexf")
    with pytest.raises(ValueError, match="cannot come as a stream"):
        format_named("hsds-csv").read(io.BytesIO())
    with pytest.raises(ValueError, match="no stream can hold it"):
        format_named("parquet").write(mahdia(), io.BytesIO())
    with pytest.raises(ValueError, match="formats are json"):
        format_named("?")
    with pytest.raises(ValueError, match="does not clearly name a format"):
        format_of("file.rdf")
    assert "turtle" == format_of("file.rdf", reading=True).name


def test_folders_are_known_by_what_they_hold(tmp_path):
    assert "csv" == format_of(str(tmp_path)).name
    format_named("hsds-csv").write(mahdia(), tmp_path)
    assert "hsds-csv" == format_of(str(tmp_path)).name


def test_public_names_are_all_there():
    assert all(getattr(citess.io, name) is not None for name in citess.io.__all__)
    assert set(citess.io.__all__) <= set(dir(citess.io))


def test_parquet_gives_the_same_measures_and_nothing_about_persons(tmp_path):
    polars = pytest.importorskip("polars", reason="the extra tables is not installed")
    data = citess.datasets.synthetic(enterprises=10)
    losses = write_parquet(data, tmp_path)
    assert {"territories[]": 3, "cases[].client": 10}.items() <= losses.lost.items()
    agreements = polars.read_parquet(tmp_path / "agreements.parquet")
    assert formality_share(Tables(agreements=agreements)).value == formality_share(data).value
    for path in tmp_path.iterdir():
        names = polars.read_parquet_schema(path)
        assert not {"client", "disability"} & set(names)
    write_parquet(data, tmp_path, include_personal=True)
    assert "client" in polars.read_parquet_schema(tmp_path / "cases.parquet")


def test_parquet_takes_any_engine_that_is_there(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet, "_ENGINES", ("no_such_engine", "pyarrow"))
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    write_parquet(mahdia(), tmp_path)
    assert (tmp_path / "agreements.parquet").exists()
    monkeypatch.setattr(parquet, "_ENGINES", ("no_such_engine",))
    with pytest.raises(MissingExtraError, match="tables"):
        write_parquet(mahdia(), tmp_path)
