"""Rare cells and rare files."""

import csv
import datetime as dt
import io
import struct
import zipfile
from decimal import Decimal

import pytest
import xlsxwriter

import citess
from citess import InvalidValueError, ReadError, Text, evolve
from citess.io.spreadsheet import read_csv, read_xlsx, write_csv, write_xlsx
from citess.io.spreadsheet._cells import typed
from citess.io.spreadsheet._dates import read_date
from citess.io.spreadsheet._findings import Findings
from citess.io.spreadsheet._gate import opened
from citess.io.spreadsheet._noting import Noting
from citess.io.spreadsheet._numbers import read_decimal
from citess.io.spreadsheet._table import Table
from citess.io.spreadsheet._words import Words


def faults(text, kind):
    """Code, cell and suggestion of every error in some text."""
    with pytest.raises(ReadError) as caught:
        read_csv(io.BytesIO(text.encode()), sheets={"table": kind})
    return [(i.code, dict(i.details).get("cell"), i.suggestion) for i in caught.value.report.errors]


def test_a_currency_that_is_none_is_a_fault_with_a_suggestion():
    text = "id,name (fr),envelope: amount,envelope: currency\nf,F,5,dinar tunisie\n"
    (found,) = faults(text, "financing_lines")
    assert ("bad-currency", "D2", "Tunisian dinar") == found
    text = "id,name (fr),kind\ns,S,conseil juridique !\n"
    assert "bad-code" == faults(text, "services")[0][0]


def test_a_value_within_a_value_may_hold_a_fault():
    text = "id,name (fr),envelope: amount,envelope: currency,envelope: date\nf,F,5,TND,never\n"
    assert [("bad-date", "E2", None)] == faults(text, "financing_lines")


def test_days_numbers_and_truth_are_told_apart():
    day = dt.date(2017, 3, 14)
    assert ("2017-03-14", "2017-03-14") == (typed(day), str(read_date(day, Noting())))
    midnight = dt.datetime(2017, 3, 14)  # noqa: DTZ001  (spreadsheets know no zone)
    assert "2017-03-14" == str(read_date(midnight, Noting()))
    for given, read in ((True, read_decimal), (day, read_decimal), ((), read_date)):
        with pytest.raises(InvalidValueError):
            read(given, Noting())
    with pytest.raises(InvalidValueError, match="not-finite"):
        read_decimal(float("inf"), Noting())


def test_a_word_of_two_codes_is_that_of_its_language():
    words = Words(
        [
            ("a", {"en": "x", "fr": "y"}, ()),
            ("b", {"en": "y", "fr": "z"}, ()),
            ("c", {"en": "z"}, ()),
        ]
    )
    assert ("a", "b", None) == (words.code("y", "fr"), words.code("y", "en"), words.code("q", "en"))


def test_a_party_that_is_misspelt_in_capitals_is_shown_as_typed():
    text = "id,name (fr),hub\ne,E,KALO\n"
    with pytest.raises(ReadError, match="'KALO' is the id of no hub"):
        read_csv(io.BytesIO(text.encode()), sheets={"table": "enterprises"})


def test_entries_that_differ_only_in_their_notes_are_written_once(tmp_path):
    data = citess.datasets.tunisia()
    text = next(one for one in data.implementing_texts.values() if one.history)
    entry = text.history[0]
    twice = tuple(evolve(entry, note=Text(fr=note)) for note in "ab")
    losses = write_csv(data.replace(evolve(text, history=twice)), tmp_path)
    assert 1 == losses.lost["implementing_texts[].history"]
    assert 1 == len(read_csv(tmp_path)[0].implementing_texts[text.id].history)


def test_what_is_said_of_no_table_keeps_its_path():
    findings = Findings("en")
    findings.loose(citess.Issue.of("bad-id", "hubs[h].id", "H"))
    assert ["hubs[h].id"] == [issue.path for issue in findings.issues()]
    assert {} == Table("f", None, ()).faults


def test_an_archive_whose_directory_lies_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as made:
        made.writestr("xl/workbook.xml", b"<a/>")
        made.writestr("xl/picture.png", b"x")
    content = bytearray(stream.getvalue())
    assert opened(bytes(content), "f").parts
    place = content.find(b"PK\x01\x02")
    content[place + 42 : place + 46] = struct.pack("<I", 1 << 30)
    with pytest.raises(ReadError, match="not-a-workbook"):
        opened(bytes(content), "f")


def test_an_archive_that_says_more_than_it_holds_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", b" " * 1_000)
    content = stream.getvalue().replace(struct.pack("<I", 1_000), struct.pack("<I", 2_000))
    with pytest.raises(ReadError, match="zip-bomb"):
        opened(content, "f")


def test_an_archive_whose_names_are_no_text_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr("xl/\u00e9.xml", b"x")
    with pytest.raises(ReadError, match="not-a-workbook"):
        opened(stream.getvalue().replace("\u00e9".encode(), b"\xff\xff"), "f")


def test_more_digits_than_a_spreadsheet_keeps_are_written_as_text():
    amount = Decimal("12345678901234567.891")
    line = citess.FinancingLine(
        id="f",
        name=Text(fr="F"),
        envelope=citess.Money(amount=amount, currency="TND"),
    )
    stream = io.BytesIO()
    write_xlsx(citess.Dataset([line]), stream)
    assert (
        amount == read_xlsx(io.BytesIO(stream.getvalue()))[0].financing_lines["f"].envelope.amount
    )


def test_a_row_may_be_shorter_than_the_titles_and_white_space_is_nothing():
    text = "id,name (fr),territories,created,charter\nh,H,tn-53\ni,I,tn-53,  ,yes\n"
    hubs = read_csv(io.BytesIO(text.encode()), sheets={"table": "hubs"})[0].hubs
    assert [(None, None), (None, True)] == [(hubs[i].created, hubs[i].charter) for i in "hi"]


def test_what_is_noticed_in_a_column_is_counted():
    text = "id,name (fr),territories,created\nh,H,tn-53,01/02/2020\ni,I,tn-53,03/02/2020\n"
    _, report = read_csv(io.BytesIO(text.encode()), sheets={"table": "hubs"})
    counts = [dict(i.details)["count"] for i in report.issues if i.code == "ambiguous-date"]
    assert ["2"] == counts


def test_an_encoding_and_a_separator_that_are_given_are_not_assumed():
    content = "id;name (fr);territories\nh;P\u00f4le;tn-53\n".encode("cp1252")
    data, report = read_csv(
        io.BytesIO(content), sheets={"table": "hubs"}, encoding="cp1252", delimiter=";"
    )
    assert "P\u00f4le" == data.hubs["h"].name.get("fr")
    assert not {"assumed-encoding", "assumed-separator"} & {i.code for i in report.issues}


def test_a_cell_longer_than_the_csv_module_reads_by_itself_hides_no_separator():
    note = "a, b, c; " * 20_000
    text = f'id;name (fr);territories;description (fr)\nh;P;tn-53;"{note}"\n'
    before = csv.field_size_limit()
    data, report = read_csv(io.BytesIO(text.encode()), sheets={"table": "hubs"})
    assert note.strip() == data.hubs["h"].description.get("fr").strip()
    assert "';'" in {issue.given for issue in report.issues if issue.code == "assumed-separator"}
    assert before == csv.field_size_limit()


def test_a_misspelt_title_with_a_language_names_no_column_that_has_none():
    text = "id,name (fr),territories,statuss (fr)\nh,H,tn-53,active\n"
    data, report = read_csv(io.BytesIO(text.encode()), sheets={"table": "hubs"})
    assert None is data.hubs["h"].status
    assert ["unknown-column"] == [i.code for i in report.issues.warnings]


def test_an_unfinished_number_has_no_suggestion():
    text = "id,name (fr),envelope: amount,envelope: currency\nf,F,(1..),TND\n"
    assert [("bad-number", "C2", None)] == faults(text, "financing_lines")


def test_one_of_several_names_may_be_lost():
    text = "id,name (fr),territories\nh,H,tn-53; tn-99\n"
    assert [("dangling-reference", "C2")] == [one[:2] for one in faults(text, "hubs")]


def folder_faults(folder, files):
    """Code, file and cell of every error in the files of a folder."""
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    with pytest.raises(ReadError) as caught:
        read_csv(folder)
    facts = [(issue, dict(issue.details)) for issue in caught.value.report.errors]
    return [(i.code, f["file"], f.get("cell"), i.suggestion) for i, f in facts]


HUB = {"hubs.csv": "id,name (fr),territories\nh,P\u00f4le Kalo,tn-53\n"}


def test_a_name_that_is_nearly_that_of_a_record_suggests_its_id(tmp_path):
    files = HUB | {"enterprises.csv": "id,nom,p\u00f4le\ne,E,pole-kaloo\n"}
    assert [("dangling-reference", "enterprises.csv", "C2", "h")] == folder_faults(tmp_path, files)


def test_entries_without_the_column_of_their_record_lack_it(tmp_path):
    files = HUB | {"hubs.phases.csv": "phase,since\np0,2017\n"}
    assert [("missing-column", "hubs.phases.csv", "B1", None)] == folder_faults(tmp_path, files)


def test_entries_without_a_column_that_they_need_lack_it(tmp_path):
    files = HUB | {"hubs.phases.csv": "record,since\nh,2017\n"}
    assert [("missing-column", "hubs.phases.csv", "B1", None)] == folder_faults(tmp_path, files)


def test_values_of_an_entry_that_do_not_fit_together_are_a_fault(tmp_path):
    files = {"diagnoses.needs.csv": "record,domain,score,scale\nd,training,6,5\n"}
    found = folder_faults(tmp_path, HUB | files)
    assert ("out-of-range", "C2") in [(code, cell) for code, _, cell, _ in found]


def test_a_fault_of_a_field_that_has_no_column_stands_at_the_id():
    text = "id,enterprise,on\nj,e,2020\n"
    assert ("missing-field", "A2") in [one[:2] for one in faults(text, "jobs_counts")]


def test_doubts_about_the_records_around_keep_their_path():
    around = citess.Dataset([citess.Partner(id="p", name=Text(fr="P"), legal_form="TN-UNHEARD")])
    content = b"id,name (fr),territories\nh,H,tn-53\n"
    _, report = read_csv(io.BytesIO(content), sheets={"table": "hubs"}, within=around)
    assert ["partners[p].legal_form"] == [issue.path for issue in report.issues.warnings]


def test_records_of_a_form_may_name_a_parent_and_have_no_number():
    text = "id,name (fr),territories,_parent_index\nh,H,tn-53,1\n"
    assert ["h"] == list(read_csv(io.BytesIO(text.encode()), sheets={"table": "hubs"})[0].hubs)


def test_only_the_cells_of_a_column_that_hold_an_error_are_faults():
    stream = io.BytesIO()
    made = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = made.add_worksheet("Hubs")
    for number, row in enumerate(
        (
            ("id", "name (fr)", "territories", "created"),
            ("h", "H", "tn-53", "2017"),
            ("i", "I", "tn-53", None),
        )
    ):
        sheet.write_row(number, 0, row)
    sheet.write_formula("D3", "=1/0", None, "#DIV/0!")
    made.close()
    with pytest.raises(ReadError) as caught:
        read_xlsx(io.BytesIO(stream.getvalue()))
    found = [(i.code, dict(i.details)["cell"]) for i in caught.value.report.errors]
    assert [("error-cell", "D3")] == found


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-9", "encoding is one that Python knows, such as 'utf-8', not 'utf-9'"),
        ("cp1252", "cp1252 lacks 'ش' of partners.csv; utf-8 has every character"),
    ],
)
def test_an_encoding_that_cannot_hold_a_file_leaves_the_folder_as_it_was(tmp_path, encoding, told):
    partners = [citess.Partner(id="b", name=citess.Text(ar="ش"))]
    data = citess.Dataset([*partners, citess.Partner(id="c", name=citess.Text(fr="C"))])
    with pytest.raises(ValueError, match=told):
        write_csv(data, tmp_path / "new", encoding=encoding)
    assert [] == [*tmp_path.iterdir()]
