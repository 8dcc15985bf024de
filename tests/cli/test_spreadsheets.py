"""Commands for spreadsheets: templates, a folder to begin with, validation and marked copies."""

import json
from pathlib import Path

import pytest

import citess
from citess.cli import main
from citess.cli._texts import CATALOGUE
from citess.io.spreadsheet import read_xlsx, write_csv, write_xlsx

pytest.importorskip("xlsxwriter", reason="the extra 'tables' is not installed")
pytest.importorskip("python_calamine", reason="the extra 'tables' is not installed")


def run(capsys, *arguments):
    """Exit code, standard output and errors of a command."""
    with pytest.raises(SystemExit) as left:
        main([str(one) for one in arguments])
    out, err = capsys.readouterr()
    return left.value.code, out, err


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_template_writes_a_workbook_and_csv_files(capsys, tmp_path, language):
    code, out, _ = run(capsys, "template", tmp_path, "--lang", language)
    assert (0, str(tmp_path / "citess.xlsx")) == (code, out.splitlines()[0])
    assert citess.Dataset() == read_xlsx(tmp_path / "citess.xlsx")[0]
    assert (tmp_path / "csv" / "hubs.csv").exists()


def test_template_tells_its_files_as_json(capsys, tmp_path):
    code, out, _ = run(capsys, "template", tmp_path / "t.xlsx", "--json")
    found = json.loads(out)
    assert (0, "citess.template/1", [str(tmp_path / "t.xlsx")]) == (
        code,
        found["schema"],
        found["files"],
    )


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_a_template_that_was_filled_in_is_not_overwritten(capsys, tmp_path, language):
    assert 0 == run(capsys, "template", tmp_path, "--lang", language)[0]
    assert 0 == run(capsys, "template", tmp_path, "--lang", language)[0]
    filled = tmp_path / "csv" / "hubs.csv"
    filled.write_bytes(filled.read_bytes() + b"mahdia\n")
    before = {file: file.read_bytes() for file in tmp_path.rglob("*.*")}
    code, _, err = run(capsys, "template", tmp_path, "--lang", language)
    assert 3 == code
    assert CATALOGUE.text("init.exists", language) in err
    assert "hubs.csv" in err
    assert before == {file: file.read_bytes() for file in tmp_path.rglob("*.*")}


@pytest.mark.parametrize(
    ("language", "word"), [("en", "Data"), ("fr", "Données"), ("ar", "معطيات")]
)
def test_init_makes_a_folder_to_begin_with_and_never_overwrites(capsys, tmp_path, language, word):
    folder = tmp_path / "hub"
    assert 0 == run(capsys, "init", folder, "--lang", language)[0]
    assert citess.Dataset() == citess.load(folder / "dataset.json")
    assert word in (folder / "README.md").read_text("utf-8")
    assert (folder / "template" / "citess.xlsx").exists()
    before = (folder / "dataset.json").read_bytes()
    code, _, err = run(capsys, "init", folder, "--lang", language)
    assert (3, True) == (code, CATALOGUE.text("init.exists", language) in err)
    assert before == (folder / "dataset.json").read_bytes()


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_no_text_of_a_command_lacks_a_translation(language):
    assert () == CATALOGUE.missing(language)


@pytest.fixture
def faulty(tmp_path):
    path = tmp_path / "hubs.csv"
    path.write_text("id,nom,territoires,statut\nKalo Hub,Kalo,Mahdia,actiff\n", "utf-8")
    return path


def test_validate_lists_every_fault_of_a_csv_file_in_the_language(capsys, faulty):
    code, out, _ = run(capsys, "validate", faulty, "--lang", "fr")
    assert 1 == code
    for place in ("(A2)", "(C2)", "(D2)", "ligne 2, colonne statut", "vouliez-vous dire 'actif'"):
        assert place in out
    found = json.loads(run(capsys, "validate", faulty, "--json")[1])
    errors = [issue["code"] for issue in found["issues"] if issue["severity"] == "error"]
    assert (False, ["bad-id", "bad-code", "bad-code"]) == (found["ok"], errors)


def test_validate_marks_a_copy(capsys, tmp_path, faulty):
    path = tmp_path / "marked.xlsx"
    assert 1 == run(capsys, "validate", faulty, "--mark", path)[0]
    with pytest.raises(citess.ReadError, match="bad-code"):
        read_xlsx(path)


def test_validate_reads_workbooks_and_folders(capsys, tmp_path):
    data = citess.datasets.tunisia()
    write_xlsx(data, tmp_path / "t.xlsx")
    write_csv(data, tmp_path / "csv")
    assert (0, "no issue\n") == run(capsys, "validate", tmp_path / "t.xlsx")[:2]
    assert 0 == run(capsys, "validate", tmp_path / "csv")[0]
    (tmp_path / "t.xls").write_bytes(b"")
    assert "[not-a-workbook]" in run(capsys, "validate", tmp_path / "t.xls")[1]


def test_only_spreadsheets_can_be_marked(capsys, tmp_path):
    path = Path(tmp_path / "d.json")
    citess.save(citess.Dataset(), path)
    code, _, err = run(capsys, "validate", path, "--mark", tmp_path / "m.xlsx")
    assert (2, "only spreadsheets can be marked\n") == (code, err)
    code, _, err = run(capsys, "validate", path, "--mark", tmp_path / "m.xlsx", "--lang", "fr")
    assert (2, True) == (code, "feuilles de calcul" in err)
    assert 3 == run(capsys, "validate", tmp_path / "none.csv")[0]


def test_a_marked_copy_never_takes_the_place_of_the_file(capsys, tmp_path):
    path = tmp_path / "t.xlsx"
    write_xlsx(citess.Dataset(), path)
    before = path.read_bytes()
    other = tmp_path / ".." / tmp_path.name / "t.xlsx"
    code, _, err = run(capsys, "validate", path, "--mark", other, "--lang", "fr")
    assert (2, "la copie annotée prendrait la place du fichier ; nommez-en un autre\n") == (
        code,
        err,
    )
    assert before == path.read_bytes()
