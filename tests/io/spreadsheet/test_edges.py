"""Rare cells and rare files."""

import datetime as dt
import io
import struct
import zipfile

import pytest

import citess
from citess import InvalidValueError, ReadError, Text, evolve
from citess.io.spreadsheet import read_csv, write_csv
from citess.io.spreadsheet._cells import typed
from citess.io.spreadsheet._dates import read_date
from citess.io.spreadsheet._findings import Findings
from citess.io.spreadsheet._gate import opened
from citess.io.spreadsheet._noting import Noting
from citess.io.spreadsheet._numbers import read_decimal
from citess.io.spreadsheet._table import Table
from citess.io.spreadsheet._words import Words, list_title
from citess.model import codes


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
    assert "service-kinds" == list_title(codes.ServiceKindCode)


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
