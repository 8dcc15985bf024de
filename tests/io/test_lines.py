"""JSON Lines of the native format: complete, strict, and in the memory of a few records."""

import io
import json
import tracemalloc

import pytest
from hypothesis import given

import citess
from citess import CitessError, Dataset, IntegrityError, ReadError, evolve
from citess.io import read_jsonl, records, write_jsonl
from citess.metrics import women_share
from citess.testing import whole_datasets
from tests.few import few
from tests.io.scenes import mahdia

HEADER = b'{"format":"citess","schema_version":"1.2"}\n'
SERVICE = b'{"services":{"id":"s","kind":"advice","name":{"fr":"S"}}}'


def lines(data):
    """A dataset as lines."""
    stream = io.BytesIO()
    write_jsonl(data, stream)
    return stream.getvalue()


def codes(content, read=read_jsonl):
    """Codes and places of the faults of lines."""
    with pytest.raises(CitessError) as caught:
        read(io.BytesIO(content))
    return [(issue.code, issue.path) for issue in caught.value.report]


def stream(source):
    """Records of a stream."""
    return list(records(source))


@few(30)
@given(whole_datasets())
def test_any_dataset_comes_back_equal(data):
    content = lines(data)
    assert data == read_jsonl(io.BytesIO(content))
    assert data == read_jsonl(io.StringIO(content.decode()), fast=False)
    assert list(data.records()) == stream(io.BytesIO(content))
    assert content == lines(citess.loads(citess.dumps(data)))


def test_files_with_the_suffix_are_lines(tmp_path):
    data = mahdia()
    for name in ("a.jsonl", "a.ndjson"):
        path = tmp_path / name
        citess.save(data, path)
        assert lines(data) == path.read_bytes()
        assert data == citess.load(path)
        assert list(data.records()) == stream(path)
    with citess.edit(path) as box:
        box.data = box.data.without("space:shop")
    assert "shop" not in citess.load(path).spaces
    assert path.read_bytes().startswith(HEADER)


def test_unknown_fields_and_past_versions_come_back():
    data = mahdia()
    old = evolve(data.partners["amel"], superseded=citess.PartialDate("2020"))
    kept = Dataset(
        [evolve(r, extra={"tel": "1"}) if r.id == "amel" else r for r in data.records()],
        extra={"more": {"a": [1]}, "schema_version": "1.9"},
        past=[old],
    )
    content = lines(kept)
    back = read_jsonl(io.BytesIO(content))
    assert (kept, dict(kept.extra), kept.past) == (back, dict(back.extra), back.past)
    assert content == lines(back)
    found = stream(io.StringIO(content.decode()))
    assert list(kept.records()) == found
    assert {"tel": "1"} == dict(next(one for one in found if one.id == "amel").extra)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", [("unknown-format", "line 1")]),
        (b"\n\n[]", [("wrong-type", "line 3")]),
        (b"{", [("bad-json", "line 1")]),
        (b'{"hubs":{}}', [("unknown-format", "line 1.format")]),
        (b'{"format":"citess"}', [("missing-version", "line 1.schema_version")]),
        (b'{"format":"citess","schema_version":"2.0"}', [("newer-major", "line 1.schema_version")]),
        (HEADER + b"x", [("bad-json", "line 2")]),
        (HEADER + b"3", [("wrong-type", "line 2")]),
        (HEADER + b'{"hub":{}}', [("unknown-table", "line 2")]),
        (HEADER + b"{}", [("wrong-type", "line 2")]),
        (HEADER + SERVICE + b'\n{"hub":{}}', [("unknown-table", "line 3")]),
        (HEADER + b'{"sources":{}],"x":[{}}', [("bad-json", "line 2")]),
        (HEADER + b'{"\xff":{}}', [("bad-encoding", "line 2")]),
        (HEADER + b'{"sources":{"\xff":1}}', [("bad-encoding", "line 2")]),
        (HEADER + b'{"sources":' + b"[" * 2_000 + b"]" * 2_000 + b"}", [("too-deep", "line 2")]),
    ],
)
def test_what_are_no_lines_is_refused_with_the_place(content, expected):
    assert expected == codes(content)
    assert expected == codes(content, stream)


@pytest.mark.parametrize("read", [read_jsonl, stream])
def test_lines_are_refused_however_deep_they_are(read):
    for depth in range(880, 1_000):
        line = b'{"sources":{"id":' + b"[" * depth + b"]" * depth + b"}}"
        assert "too-deep" in {code for code, _ in codes(HEADER + line, read)}


def test_every_fault_is_told_at_once():
    content = HEADER + b'{"hubs":{"id":"A","name":{"fr":"A"},"territories":[]}}\n{"hub":1}\n'
    assert [("unknown-table", "line 3"), ("bad-id", "hubs[A].id")] == codes(content)[:2]
    assert ("dangling-reference", "spaces[s].hub") in codes(
        HEADER + b'{"spaces":{"id":"s","name":{"fr":"S"},"hub":"h"}}'
    )
    assert [("unknown-table", "line 3")] == codes(
        HEADER + b'{"spaces":{"id":"s","name":{"fr":"S"},"hub":"h"}}\n{"x":1}'
    )


def test_a_key_given_twice_is_refused_and_spaces_are_not():
    place = [("duplicate-key", "line 2")]
    assert place == codes(HEADER + b'{"sources":{},"sources":{}}')[:1]
    line = b' { "services" : {"id":"s", "kind":"advice", "name":{"fr":"S"}} } \r\n'
    assert "s" in read_jsonl(io.BytesIO(HEADER + line)).services
    assert ["s"] == [one.id for one in stream(io.BytesIO(HEADER + line))]


def test_faults_of_a_record_have_the_line_of_it():
    bad = b'{"services":{"id":"S","kind":"advice","name":{"fr":"x"},"name":{"fr":"y"}}}'
    assert [("duplicate-key", "services[line 2]"), ("bad-id", "services[line 2].id")] == codes(
        HEADER + bad, stream
    )
    rising = b'{"services":{"id":"b","kind":1,"name":{"fr":"x"}}}'
    assert [("wrong-type", "services[line 2].kind")] == codes(HEADER + rising, stream)
    assert [("wrong-type", "services[line 2]")] == codes(HEADER + b'{"services":[1]}', stream)


def test_older_versions_are_read():
    content = lines(mahdia()).replace(b'"schema_version":"1.2"', b'"schema_version":"1.0"', 1)
    assert mahdia() == read_jsonl(io.BytesIO(content))
    assert list(mahdia().records()) == stream(io.BytesIO(content))


def test_text_that_is_no_unicode_and_too_much_of_it_are_refused():
    with pytest.raises(ReadError, match="surrogate"):
        read_jsonl(io.StringIO("\ud800"))
    with pytest.raises(ReadError, match="too-large"):
        read_jsonl(io.BytesIO(HEADER), max_bytes=9)
    with pytest.raises(ReadError):
        stream(io.StringIO("\ud800"))


def test_records_without_their_references_are_only_found_by_the_whole():
    content = HEADER + b'{"spaces":{"id":"s","name":{"fr":"S"},"hub":"h"}}'
    assert ["s"] == [one.id for one in stream(io.BytesIO(content))]
    with pytest.raises(IntegrityError):
        read_jsonl(io.BytesIO(HEADER + json.dumps({"spaces": full_space()}).encode()))


def full_space():
    """A space whose hub is not there."""
    data = Dataset([evolve(mahdia().spaces["shop"], operator=None, territory=None)])
    space = json.loads(lines(data).splitlines()[1])["spaces"]
    return {**space, "hub": "h"}


def test_metrics_count_records_as_they_come(tmp_path):
    data = citess.datasets.synthetic(enterprises=50)
    citess.save(data, tmp_path / "a.jsonl")
    cases = (one for one in records(tmp_path / "a.jsonl") if isinstance(one, citess.Case))
    assert women_share(data).value == women_share(cases).value


def test_memory_does_not_grow_with_the_number_of_records():
    one = lines(citess.datasets.synthetic(enterprises=1))
    case = next(line for line in one.splitlines(keepends=True) if line.startswith(b'{"services":'))

    def peak(times):
        given = (HEADER if n == 0 else case for n in range(times))
        tracemalloc.start()
        count = sum(1 for _ in records(given))
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return count, found

    (few, small), (many, large) = peak(6_001), peak(30_001)
    assert (6_000, 30_000) == (few, many)
    assert large < 1.2 * small
