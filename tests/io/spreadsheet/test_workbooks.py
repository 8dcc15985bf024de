"""Workbooks: what is refused before it is parsed, and what is amiss in their cells."""

import io
import struct
import zipfile

import pytest
import xlsxwriter

import citess
from citess import Dataset, ReadError
from citess.io.spreadsheet import read_xlsx, write_xlsx
from citess.io.spreadsheet._gate import opened

HEAD = ["Id", "Nom (fr)", "Territoires", "Création", "Charte"]


def book(rows, name="Pôles", *, change=None, **options):
    """Bytes of a workbook with one sheet of rows."""
    stream = io.BytesIO()
    made = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, **options})
    sheet = made.add_worksheet(name)
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, column, cell)
            elif cell is not None:
                sheet.write(number, column, cell)
    if change is not None:
        change(made, sheet)
    made.close()
    return stream.getvalue()


def rezipped(content, change=None, extra=()):
    """The same workbook with parts changed or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", 8) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, change(name, part) if change else part)
        for name, part in extra:
            new.writestr(name, part)
    return stream.getvalue()


def read(content, **options):
    """Read bytes."""
    return read_xlsx(io.BytesIO(content), **options)


def codes(content, **options):
    """Codes and cells of every error."""
    with pytest.raises(ReadError) as caught:
        read(content, **options)
    return [(i.code, dict(i.details).get("cell")) for i in caught.value.report.errors]


GOOD = book([HEAD, ["h", "H", "tn-53"]])
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def doctype(name, part):
    """Put a document type definition before a sheet."""
    if name.endswith("sheet1.xml"):
        return part.replace(b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "bb">]><worksheet', 1)
    return part


def lying(content):
    """A bomb whose directory says that it is small."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", 8) as made:
        made.writestr("xl/workbook.xml", b" " * 3_000_000)
    found = bytearray(stream.getvalue())
    size = struct.pack("<I", 3_000_000)
    place = found.find(size)
    while place >= 0:
        found[place : place + 4] = struct.pack("<I", 1_000)
        place = found.find(size)
    return bytes(found)


def many():
    """An archive of too many entries."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for n in range(1_001):
            made.writestr(f"xl/{n}", b"")
    return stream.getvalue()


def locked():
    """A workbook whose first entry says that it is encrypted."""
    found = bytearray(GOOD)
    place = found.find(b"PK\x01\x02")
    found[place + 8] |= 1
    return bytes(found)


REFUSED = {
    "text": (b"id,name", "not-a-workbook"),
    "nothing": (b"", "not-a-workbook"),
    "cut short": (GOOD[:-100], "not-a-workbook"),
    "another zip": (
        rezipped(GOOD, lambda n, p: p).replace(b"xl/workbook", b"xx/workbook"),
        "not-a-workbook",
    ),
    "old Excel": (OLE + b"\0" * 600, "other-workbook"),
    "a password": (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "an entry with a password": (locked(), "encrypted"),
    "OpenDocument": (
        b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
        "other-workbook",
    ),
    "binary workbook": (rezipped(GOOD, extra=[("xl/workbook.bin", b"x")]), "other-workbook"),
    "macros": (rezipped(GOOD, extra=[("xl/vbaProject.bin", b"x")]), "has-macros"),
    "macro type": (
        rezipped(GOOD, lambda n, p: p.replace(b"spreadsheetml.sheet.main", b"macroEnabled.main")),
        "has-macros",
    ),
    "document type": (rezipped(GOOD, doctype), "has-dtd"),
    "document type in UTF-16": (
        rezipped(
            GOOD, lambda n, p: doctype(n, p).decode().encode("utf-16") if "sheet1" in n else p
        ),
        "has-dtd",
    ),
    "an entry above": (rezipped(GOOD, extra=[("../x", b"x")]), "unsafe-entry"),
    "an entry above, Windows": (rezipped(GOOD, extra=[("xl\\..\\..\\x", b"x")]), "unsafe-entry"),
    "an absolute entry": (rezipped(GOOD, extra=[("/etc/x", b"x")]), "unsafe-entry"),
    "a drive": (rezipped(GOOD, extra=[("C:x", b"x")]), "unsafe-entry"),
    "a nested archive": (rezipped(GOOD, extra=[("xl/a.zip", b"x")]), "unsafe-entry"),
    "a bomb": (rezipped(GOOD, extra=[("xl/x.xml", b" " * 40_000_000)]), "zip-bomb"),
    "a lying bomb": (lying(GOOD), "zip-bomb"),
    "many entries": (many(), "zip-bomb"),
    "broken XML": (
        rezipped(GOOD, lambda n, p: p[:-40] if "xl/workbook.xml" in n else p),
        "not-a-workbook",
    ),
    "no cells": (rezipped(GOOD, lambda n, p: p[:40] if "sheet1" in n else p), "not-a-workbook"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_unsafe_and_foreign_files_are_refused_before_they_are_parsed(name):
    content, code = REFUSED[name]
    found = [found for found, _ in codes(content)]
    assert code in found or (name == "a lying bomb" and found == ["not-a-workbook"])


def test_an_entry_given_twice_is_refused():
    stream = io.BytesIO(GOOD)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(stream, "a") as made:
        made.writestr("xl/workbook.xml", b"<x/>")
    assert "unsafe-entry" in [code for code, _ in codes(stream.getvalue())]


@pytest.mark.parametrize(
    ("sheet", "huge"),
    [
        ('<row r="1"><c r="A1"/></row>', False),
        ('<row r="1048576"><c r="XFD1048576"/></row>', True),
        ("<row r='1048576'><c r = 'XFD1048576'/></row>", True),
        ('<row r="1"><c r="AB1"/></row>', False),
        ('<x:row r="1"><x:c r="xfd1048576"/></x:row>', True),
        ('<row r="5"/>', False),
        ('<row r="1048576"><c r="A1048576"/></row>', False),
        ('<row r="a"/>', False),
    ],
)
def test_a_sheet_that_makes_a_reader_take_too_much_memory_is_refused(sheet, huge):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr("xl/workbook.xml", "<workbook/>")
        made.writestr("xl/worksheets/sheet1.xml", f"<worksheet>{sheet}</worksheet>")
    if not huge:
        assert opened(stream.getvalue(), "f").content
        return
    with pytest.raises(ReadError, match="too-large"):
        opened(stream.getvalue(), "f")


def test_places_name_the_sheet_the_cell_and_its_title():
    content = book([HEAD, ["h", "H", "Mahdia"]])
    for language, place in (
        ("en", "workbook.xlsx, sheet Pôles, C2 (Territoires)"),
        ("fr", "workbook.xlsx, feuille Pôles, C2 (Territoires)"),
        ("ar", "workbook.xlsx، ورقة Pôles، C2 (Territoires)"),
    ):
        with pytest.raises(ReadError) as caught:
            read(content, language=language)
        assert [place] == [issue.path for issue in caught.value.report.errors]


def test_cells_keep_their_kinds():
    import datetime as dt

    def more(made, sheet):
        day = made.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_datetime(1, 3, dt.datetime(2017, 3, 14), day)  # noqa: DTZ001
        sheet.write_datetime(2, 3, dt.datetime(2017, 3, 14, 9), day)  # noqa: DTZ001
        sheet.write_boolean(1, 4, bool(1))
        sheet.write_number(3, 3, 2017)
        sheet.write_number(4, 3, 43000)
        sheet.write_boolean(5, 3, bool(1))
        sheet.write_number(6, 3, 1e300)
        sheet.write_number(1, 5, 71)
        sheet.write_number(2, 5, 1.5)

    rows = [[*HEAD, "Autres noms"]] + [[f"h{n}", "H", "tn-53"] for n in range(6)]
    assert [
        ("bad-date", "D3"),
        ("bad-date", "D5"),
        ("bad-date", "D6"),
        ("bad-date", "D7"),
    ] == codes(book(rows, change=more))
    rows = [[*HEAD, "Autres noms"], [7, 2017, "tn-53"]]
    data, _ = read(book(rows))
    assert ("2017", "7") == (data.hubs["7"].name.get("fr"), data.hubs["7"].id)


def test_error_cells_and_formulas_without_a_value_are_faults():
    def more(_, sheet):
        sheet.write_formula("D2", "=1/0", None, "#DIV/0!")
        sheet.write_formula("E2", "=1=1", None, "")
        sheet.write_formula("B2", '="Kalo"', None, "Kalo")

    content = book([HEAD, ["h", None, "tn-53"]], change=more)
    bare = rezipped(content, lambda n, p: p.replace(b' t="str"', b"") if "sheet1" in n else p)
    assert [("error-cell", "D2"), ("formula-without-value", "E2")] == codes(bare)
    assert ("error-cell", "D2") in codes(content)
    with pytest.raises(ReadError) as caught:
        read_xlsx(io.BytesIO(bare))
    assert ["'#DIV/0!'", "'=1=1'"] == [issue.given for issue in caught.value.report.errors]
    shared = rezipped(
        content,
        lambda n, p: (
            p.replace(b"<f>1=1</f>", b'<f t="shared" si="0"/>').replace(b' t="str"', b"")
            if "sheet1" in n
            else p
        ),
    )
    with pytest.raises(ReadError) as caught:
        read_xlsx(io.BytesIO(shared))
    assert ["'#DIV/0!'", "'='"] == [issue.given for issue in caught.value.report.errors]


def test_merged_cells_and_hidden_sheets_are_said():
    def more(_, sheet):
        sheet.merge_range("E3:E4", "oui")
        sheet.merge_range("G1:H1", "")
        sheet.hide()

    other = {"change": lambda made, sheet: (made.add_worksheet("x").activate(), more(made, sheet))}
    rows = [HEAD, ["h", "H", "tn-53"], ["i", "I", "tn-53"], ["j", "J", "tn-53"]]
    data, report = read(book(rows, **other))
    assert [True, None] == [data.hubs[name].charter for name in "ij"]
    assert ["E3:E4"] == [i.given[1:-1] for i in report.issues if i.code == "merged-cells"]
    assert "hidden-sheet" in {issue.code for issue in report.issues}
    assert not report.ok


def test_columns_without_a_title_and_strange_sheets_are_set_aside():
    def more(made, _):
        made.add_worksheet("Divers").write(0, 0, "x")
        made.add_worksheet("_mine").write(0, 0, "x")
        made.add_chartsheet("Graphique")

    data, report = read(book([[*HEAD, None], ["h", "H", "tn-53", None, None, "note"]], change=more))
    assert ["h"] == list(data.hubs)
    assert {"unknown-column", "unknown-table"} == {i.code for i in report.issues.warnings}


def test_a_sheet_of_an_ordinary_name_is_known_by_its_titles():
    data, _ = read(book([HEAD, ["h", "H", "tn-53"]], name="Feuil1"))
    assert ["h"] == list(data.hubs)


@pytest.mark.parametrize(("since_1904", "number"), [(True, 41346), (False, 42808)])
def test_a_day_that_is_a_number_is_suggested_in_the_calendar_of_its_workbook(since_1904, number):
    content = book([HEAD, ["h", "H", "tn-53", number]], date_1904=since_1904)
    with pytest.raises(ReadError) as caught:
        read_xlsx(io.BytesIO(content))
    assert ["2017-03-14"] == [issue.suggestion for issue in caught.value.report.errors]


def test_the_1904_calendar_is_read():
    import datetime as dt

    def more(made, sheet):
        day = made.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_datetime(1, 3, dt.datetime(2017, 3, 14), day)  # noqa: DTZ001

    content = book([HEAD, ["h", "H", "tn-53"]], change=more, date_1904=True)
    assert "2017-03-14" == str(read(content)[0].hubs["h"].created)


def test_cells_without_an_address_are_passed_over():
    content = rezipped(
        book([HEAD, ["h", "H", "tn-53"]]),
        lambda n, p: (
            p.replace(b"</sheetData>", b'<row><c t="e"><v>#REF!</v></c></row></sheetData>')
            if "sheet1" in n
            else p
        ),
    )
    assert ["h"] == list(read(content)[0].hubs)


def test_other_ways_to_name_the_parts_of_a_workbook_are_understood():
    def absolute(name, part):
        return (
            part.replace(b'"worksheets/', b'"/xl/worksheets/')
            if name.endswith("xml.rels")
            else part
        )

    def broken(_, sheet):
        sheet.write_formula("D2", "=1/0", None, "#DIV/0!")

    content = rezipped(book([HEAD, ["h", "H", "tn-53"]], change=broken), absolute)
    assert [("error-cell", "D2")] == codes(content)


def test_a_workbook_of_nothing_says_so():
    assert [("no-table", None)] == codes(book([]))


def test_a_reader_that_panics_is_a_fault(monkeypatch):
    import python_calamine

    class PanicException(BaseException):
        pass

    def panics(_):
        raise PanicException

    def stops(_):
        raise KeyboardInterrupt

    class Fake:
        from_filelike = staticmethod(panics)

    monkeypatch.setattr(python_calamine, "CalamineWorkbook", Fake)
    assert [("not-a-workbook", None)] == codes(GOOD)
    Fake.from_filelike = staticmethod(stops)
    with pytest.raises(KeyboardInterrupt):
        read(GOOD)


def test_a_stream_or_a_path_is_read_and_written(tmp_path):
    data = citess.datasets.synthetic(enterprises=2)
    path = tmp_path / "t.xlsx"
    write_xlsx(data, path, include_personal=True)
    assert data == read_xlsx(path)[0]
    with pytest.raises(ReadError, match="too-large"):
        read_xlsx(path, max_bytes=10)
    assert Dataset() != data
