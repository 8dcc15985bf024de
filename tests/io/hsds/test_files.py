"""HSDS in files and streams: the same as in memory, object by object."""

import io
import json

import pytest
from hypothesis import HealthCheck, given, settings

import citess
from citess.errors import LossError, ReadError
from citess.io._travel import Losses
from citess.io.hsds import _files as files
from citess.io.hsds import from_hsds, read_hsds, to_hsds, write_hsds
from citess.testing import whole_datasets
from tests.io.hsds.test_hsds import exported, hub_with_a_space
from tests.io.hsds.test_kept import organisation, service


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(whole_datasets())
def test_files_hold_what_the_document_does(tmp_path, data):
    document, losses = to_hsds(data)
    assert losses == write_hsds(data, tmp_path / "a.json")
    assert document == json.loads((tmp_path / "a.json").read_bytes())
    assert exported(data) == read_hsds(tmp_path / "a.json")[0]
    assert losses == write_hsds(data, tmp_path / "a.jsonl")
    assert exported(data) == read_hsds(tmp_path / "a.jsonl")[0]
    stream = io.BytesIO()
    assert losses == write_hsds(data, stream, lines=True)
    assert (tmp_path / "a.jsonl").read_bytes() == stream.getvalue()


def test_files_are_told_apart_by_their_suffix(tmp_path):
    for name in ("a.json", "a.jsonl"):
        write_hsds(hub_with_a_space(), tmp_path / name)
        assert hub_with_a_space() == read_hsds(tmp_path / name)[0]


def test_equal_data_give_equal_bytes():
    streams = [io.BytesIO(), io.BytesIO()]
    for stream in streams:
        write_hsds(citess.datasets.tunisia(), stream, version="3.1")
    assert streams[0].getvalue() == streams[1].getvalue()


@pytest.mark.parametrize("document", [organisation(), [organisation(), service()]])
def test_what_was_read_is_written_to_files_too(tmp_path, document):
    data, _ = from_hsds(document)
    write_hsds(data, tmp_path / "a.json")
    assert document == json.loads((tmp_path / "a.json").read_bytes())
    write_hsds(data, tmp_path / "a.ndjson")
    lines = (tmp_path / "a.ndjson").read_text("utf-8").splitlines()
    assert (document if isinstance(document, list) else [document]) == list(map(json.loads, lines))


def test_strict_refuses_and_leaves_the_old_file(tmp_path):
    (tmp_path / "a.json").write_text("old")
    for name in ("a.json", "a.jsonl"):
        with pytest.raises(LossError):
            write_hsds(citess.datasets.tunisia(), tmp_path / name, strict=True)
    assert ["a.json"] == [file.name for file in tmp_path.iterdir()]
    assert "old" == (tmp_path / "a.json").read_text()
    stream = io.BytesIO()
    with pytest.raises(LossError):
        write_hsds(citess.datasets.tunisia(), stream, strict=True)
    assert b"" == stream.getvalue()
    write_hsds(hub_with_a_space(), stream, strict=True)
    assert hub_with_a_space() == read_hsds(io.BytesIO(stream.getvalue()))[0]


def test_the_writer_makes_objects_one_by_one():
    pieces = files._lines(hub_with_a_space(), "3.0", Losses("hsds"))
    assert iter(pieces) is pieces
    assert b'"name":"CitESS"' in next(pieces)


def test_text_streams_marks_and_empty_lines_are_read():
    line = json.dumps(organisation())
    for stream in (
        io.StringIO(f"\ufeff{line}\n\n{line}\r\n"),
        io.BytesIO(f"\ufeff{line}\n\n{line}\r\n".encode()),
    ):
        assert 1 == len(read_hsds(stream, lines=True)[0].partners)


@pytest.mark.parametrize("lines", [True, False])
@pytest.mark.parametrize(
    "content", [b"{", b"\xff", b"1", b'{"id":1,"id":2}', b"NaN", b"[" * 70 + b"]" * 70]
)
def test_what_is_no_json_is_refused_with_its_line(content, lines):
    with pytest.raises(ReadError) as caught:
        read_hsds(io.BytesIO(b"\n" * lines + content), lines=lines)
    assert lines is caught.value.report.issues[0].path.startswith("line 2")


def test_a_document_that_is_too_large_is_refused():
    with pytest.raises(ReadError, match="too large"):
        read_hsds(io.BytesIO(b"{}" * 10), max_bytes=10)


def test_many_records_that_lack_the_same_are_named_and_then_counted():
    c = citess
    data = c.Dataset(c.Enterprise(id=f"e-{n}", name=c.Text(fr="E")) for n in range(150))
    _, losses = to_hsds(data)
    assert 101 == len(losses.issues)
    assert ("enterprises[]", "50") == (losses.issues.issues[0].path, losses.issues.issues[0].given)
