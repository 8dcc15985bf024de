"""Quotation marks that nothing closes and text of two encodings: said where they stand."""

import io

import pytest

from citess import ReadError
from citess.io.spreadsheet import read_csv
from citess.io.spreadsheet._csv_rows import csv_rows

HEAD = "id;nom (fr);territoires;description (fr)\r\n"


def faults(text, kind="hubs", **options):
    """Code, cell, line and value of every error."""
    with pytest.raises(ReadError) as caught:
        read_csv(io.BytesIO(text.encode()), sheets={"table": kind}, **options)
    return [(i.code, dict(i.details)["cell"], i.given) for i in caught.value.report.errors]


@pytest.mark.parametrize(
    ("rows", "cell", "given"),
    [
        ('a;A;tn-53;"Bees\r\nb;B;tn-53;x\r\nc;C;tn-53;y\r\n', "D2", "'\"Bees'"),
        ('a;"A;tn-53;x\r\nb;B;tn-53;"y; z"\r\nc;C;tn-53;\r\n', "B2", "'\"A;tn-53;x'"),
        ('a;A;tn-53;"x"\r\nb;B;tn-53;"', "D3", "'\"'"),
        ('a;A;tn-53;"x\r\ny"z\r\n', "D2", "'\"x'"),
    ],
)
def test_a_quotation_mark_that_nothing_closes_is_a_fault_of_its_cell(rows, cell, given):
    found = faults(HEAD + rows)
    assert ("open-quote", cell, given) == found[0]
    assert ["open-quote"] == [code for code, _, _ in found if code == "open-quote"]


def test_rows_below_an_open_quotation_mark_are_looked_at_too():
    rows = 'a;A;tn-53;"x\r\nb;B;tn-99;y\r\nc;;tn-53;"z\r\nd;"D\r\nE";tn-98;\r\n'
    found = [(code, cell) for code, cell, _ in faults(HEAD + rows)]
    assert [
        ("open-quote", "D2"),
        ("dangling-reference", "C3"),
        ("missing-field", "B4"),
        ("open-quote", "D4"),
        ("dangling-reference", "C5"),
    ] == found


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_line_is_said_in_the_language(language):
    text = HEAD + 'a;A;tn-53;"l1\r\nl2"\r\nb;B;tn-53;"x\r\n'
    with pytest.raises(ReadError) as caught:
        read_csv(io.BytesIO(text.encode()), sheets={"table": "hubs"}, language=language)
    (fault,) = caught.value.report.errors
    line = {"fr": "ligne 4", "ar": "السطر 4"}[language]
    assert line in fault.text(language)


def test_it_is_told_in_titles_and_columns_set_aside_as_well():
    assert ("open-quote", "B1", "(withheld)") in faults('id;"nom (fr)\r\na;A\r\n', kind="partners")
    assert ("open-quote", "C2", "(withheld)") in faults(
        'id;nom (fr);telephone\r\na;A;"71\r\n', kind="partners"
    )
    assert ("open-quote", "C2", "(withheld)") in faults('id;nom\r\na;A;"71\r\n', kind="partners")


def test_what_is_private_is_not_shown_with_it():
    text = 'id;pôle;ouvert le;sexe\r\nc;h;2021;"secretword\r\n'
    found = faults(text, kind="cases")
    assert ("open-quote", "D2", "(withheld)") in found


def test_quotation_marks_that_are_closed_are_none_of_this():
    rows = csv_rows('a;"b\r\nc";"d""e"\r\nf;g"h;"i"j', ";", "f")
    assert ([["a", "b\r\nc", 'd"e'], ["f", 'g"h', "ij"]], [1, 3]) == (rows.cells, rows.lines)
    assert {} == rows.faults
    assert [] == csv_rows("", ";", "f").cells


@pytest.mark.parametrize("content", ["café", "Été : « fête » d\u2019été", "à Tunis", "قطب المهدية"])
def test_utf_8_within_a_file_of_another_encoding_is_doubtful(content):
    text = f"id;nom (fr);territoires\r\na;{content.encode().decode('cp1252', 'replace')};tn-53\r\n"
    data, report = read_csv(io.BytesIO(text.encode()), sheets={"table": "hubs"})
    (doubt,) = report.issues.warnings
    assert ("garbled-text", "B2") == (doubt.code, dict(doubt.details)["cell"])
    assert ["a"] == list(data.hubs)


def test_a_file_of_two_encodings_says_what_was_meant():
    content = HEAD.encode() + "a;café;tn-53;\r\n".encode() + "b;fête;tn-53;\r\n".encode("cp1252")
    data, report = read_csv(io.BytesIO(content), sheets={"table": "hubs"})
    (doubt,) = report.issues.warnings
    assert ("garbled-text", "café", "fête") == (
        doubt.code,
        doubt.suggestion,
        data.hubs["b"].name.get("fr"),
    )


@pytest.mark.parametrize("text", ["SÃO", "Ø\u00a020", "Â", "« é »", "Île", "ÖÜß"])
def test_letters_that_are_meant_are_not_doubtful(text):
    content = f"{HEAD}a;{text};tn-53;\r\n".encode()
    assert read_csv(io.BytesIO(content), sheets={"table": "hubs"})[1].ok


def test_a_column_that_is_not_there_is_named_in_the_language():
    text = "nom (fr)\r\nA\r\n"
    with pytest.raises(ReadError) as caught:
        read_csv(io.BytesIO(text.encode()), sheets={"table": "hubs"}, language="fr")
    assert "Territoires" in list(caught.value.report.errors)[-1].path
