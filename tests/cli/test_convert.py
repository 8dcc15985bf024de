"""``citess convert``: any format into any other, and every loss is told."""

import io
import json
import sys

import pytest

import citess
from citess.cli._main import run as run_command
from citess.io import FORMATS
from tests.io.scenes import mahdia


@pytest.fixture
def source(tmp_path):
    """A file of the native format."""
    path = tmp_path / "hubs.json"
    citess.save(mahdia(), path)
    return str(path)


@pytest.fixture
def run(capsys):
    """Runs a command; gives its exit code and what it wrote."""

    def go(*arguments):
        code = run_command(["convert", *map(str, arguments)])
        return (code, *capsys.readouterr())

    return go


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_written(name, source, run, tmp_path):
    code, out, err = run(source, tmp_path / "out", "--to", name)
    assert (0, "") == (code, out)
    lossless = {"json", "jsonl", "turtle", "csv", "xlsx"}
    assert (name in lossless) == (not err)
    assert (tmp_path / "out").exists()


@pytest.mark.parametrize("name", [name for name, one in FORMATS.items() if one.can_read])
def test_every_format_that_is_read_gives_the_hub_back(name, source, run, tmp_path):
    run(source, tmp_path / "out", "--to", name)
    code, _, _ = run(tmp_path / "out", tmp_path / "back.json", "--from", name)
    assert 0 == code
    back = citess.load(tmp_path / "back.json")
    assert "citess-mahdia" in back.hubs or name == "sse-csv"


def test_suffixes_tell_the_format(source, run, tmp_path):
    assert 0 == run(source, tmp_path / "a.graphml")[0]
    assert 0 == run(tmp_path / "a.graphml", tmp_path / "a.jsonl")[0]
    assert "citess-mahdia" in citess.load(tmp_path / "a.jsonl").hubs


def test_a_dash_is_a_stream(source, tmp_path, monkeypatch, capfdbinary):
    code = run_command(["convert", source, "-", "--to", "graphml"])
    document, err = capfdbinary.readouterr()
    assert (0, True, True) == (code, document.startswith(b"<?xml"), b"no home" in err)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(document)))
    assert 0 == run_command(["convert", "-", str(tmp_path / "a.json"), "--from", "graphml"])
    assert "amel" in citess.load(tmp_path / "a.json").partners


def test_the_standard_input_is_of_the_native_format(source, run, tmp_path, monkeypatch):
    content = citess.dumps(mahdia())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert 0 == run("-", tmp_path / "a.jsonl")[0]


def test_reports_are_given_as_json(source, run, tmp_path):
    code, out, err = run(source, tmp_path / "a.jgf", "--json")
    told = json.loads(out)
    assert (0, "", "citess.convert/1", True) == (code, err, told["schema"], told["ok"])
    assert {"spaces[]": 2} == told["loss"]["lost"]
    code, out, err = run(source, "-", "--to", "jgf", "--json")
    assert "jgf" == json.loads(err)["loss"]["format"]
    (tmp_path / "bad.jgf").write_text("{")
    code, out, err = run(tmp_path / "bad.jgf", tmp_path / "a.json", "--json")
    told = json.loads(out)
    assert (1, False, "bad-json") == (code, told["ok"], told["issues"][0]["code"])


def test_strict_refuses_and_writes_nothing(source, run, tmp_path):
    code, out, err = run(source, tmp_path / "a.gexf", "--strict")
    assert (1, "", True) == (code, out, "no home" in err)
    assert not (tmp_path / "a.gexf").exists()
    assert 0 == run(source, tmp_path / "a.jsonl", "--strict")[0]


def test_messages_are_in_the_language_wanted(source, run, tmp_path):
    code, _, err = run(source, tmp_path / "a.gexf", "--lang", "fr")
    assert (0, True) == (code, "fois" in err)
    code, _, err = run(tmp_path / "a.gexf", tmp_path / "a.json", "--lang", "fr")
    assert (2, "gexf est écrit et n'est pas lu\n") == (code, err)
    code, _, err = run(source, "-", "--to", "parquet", "--lang", "ar")
    assert (2, True) == (code, "parquet" in err)
    code, _, err = run("-", tmp_path / "a.json", "--from", "hsds-csv")
    assert (2, "hsds-csv is a folder of files; no stream can hold it\n") == (code, err)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["{source}", "out"], 2),
        (["{source}", "out", "--to", "graphlm"], 2),
        (["{source}"], 2),
        (["nowhere.json", "out.jsonl"], 3),
        (["{source}", "/no/such/folder/a.jsonl"], 3),
    ],
)
def test_exit_codes_are_those_of_the_other_commands(source, run, arguments, code):
    found, out, err = run(*(one.format(source=source) for one in arguments))
    assert (code, "") == (found, out)
    assert err


def test_measures_are_of_the_period_asked_for(run, tmp_path):
    path = tmp_path / "a.json"
    citess.save(citess.datasets.synthetic(enterprises=5), path)
    assert 0 == run(path, tmp_path / "a.jsonld", "--to", "cids", "--period", "2023")[0]
    graph = json.loads((tmp_path / "a.jsonld").read_text("utf-8"))["@graph"]
    assert any(node["@type"] == "cids:IndicatorReport" for node in graph)


def test_a_period_that_is_none_is_refused(source, run, tmp_path):
    code, _, err = run(source, tmp_path / "a.jsonld", "--to", "cids", "--period", "20x3")
    assert (2, True) == (code, "--period: '20x3'" in err)
    code, _, err = run(source, tmp_path / "a", "--to", "cids", "--on", "2023-13-01", "--lang", "fr")
    assert (2, True) == (code, "n'est pas une date" in err)
    days = ("--on", "2023-05-01", "--period", "2023")
    code, _, err = run(source, tmp_path / "a", "--to", "cids", *days, "--lang", "fr")
    assert (2, True) == (code, "pas les deux" in err)
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("did you mean 'geojson'?", "formats are json", "does not clearly name")),
        ("fr", ("vouliez-vous dire « geojson » ?", "les formats sont json", "pas clairement")),
        ("ar", ("هل تقصد «geojson»؟", "الصيغ هي json", "لا يدل بوضوح")),
    ],
)
def test_what_is_no_format_is_said_in_the_language(source, run, language, words):
    asked = (("out", "--to", "geojsn"), ("out", "--to", "zzz"), ("out.xyz",))
    for arguments, word in zip(asked, words, strict=True):
        code, _, err = run(source, *arguments, "--lang", language)
        assert (2, True) == (code, word in err)


def test_a_folder_that_is_not_there_is_named_by_the_file_wanted(source, run):
    _, _, err = run(source, "/no/such/folder/a.jsonl")
    assert "/no/such/folder/a.jsonl: No such file or directory\n" == err
