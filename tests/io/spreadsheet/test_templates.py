"""Templates, marked copies, and forms."""

import io
import shutil
import subprocess
import zipfile
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

import citess
from citess import Dataset, ReadError, Text
from citess.io._others import placeholder
from citess.io.spreadsheet import mark, read_csv, read_xlsx, template, write_xlsx
from citess.io.spreadsheet._columns import ordered_fields, sheet_types
from citess.io.spreadsheet._headers import head, sheet_named
from citess.io.spreadsheet._titles import CATALOGUE, LONGEST_SHEET, column_title, sheet_title
from citess.io.spreadsheet._validation import RANGES
from citess.model.fields import field_type, is_domain_class
from citess.model.integrity import leaves
from citess.model.shelves import shelf_types
from citess.model.spelling import fold
from tests.io.spreadsheet.travelled import travelled

LANGUAGES = ("en", "fr", "ar")


def part(path, name):
    """Text of a part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode()


def parts(path):
    """Text of every sheet of a workbook."""
    with zipfile.ZipFile(path) as archive:
        count = sum(name.startswith("xl/worksheets/sheet") for name in archive.namelist())
        names = [f"xl/worksheets/sheet{n}.xml" for n in range(1, count + 1)]
        return [archive.read(name).decode() for name in names]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_of_every_class_has_one_column_with_its_own_title(language):
    for shelf in shelf_types():
        sheets = [sheet for sheet in sheet_types() if sheet.shelf is shelf]
        columns = {
            ((sheet.entries,) if sheet.entries else ()) + column.path
            for sheet in sheets
            for column in sheet.columns
        }
        assert {path for path, _ in leaves(shelf.record)} <= columns
        for sheet in sheets:
            titles = [fold(column_title(sheet, column, language)) for column in sheet.columns]
            assert len(titles) == len(set(titles)), sheet.name
            for column in sheet.columns:
                tag = "fr" if column.is_text else None
                title = column_title(sheet, column, language, tag)
                assert (column, tag) == (head(sheet, title).column, head(sheet, title).language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sheet_has_a_name_that_spreadsheets_allow(language):
    names = [sheet_title(sheet, language) for sheet in sheet_types()]
    assert len(names) == len({name.casefold() for name in names})
    assert all(0 < len(name) <= LONGEST_SHEET and not set(name) & set("[]:*?/\\") for name in names)
    assert [sheet.name for sheet in sheet_types()] == [sheet_named(name).name for name in names]


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_no_title_lacks_a_translation(language):
    assert () == CATALOGUE.missing(language)
    assert set() == CATALOGUE.texts(language).keys() - CATALOGUE.texts("en").keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_template_has_every_sheet_with_lists_checks_notes_and_locked_titles(tmp_path, language):
    (path,) = template(tmp_path / "t.xlsx", language=language)
    names = CalamineWorkbook.from_path(path).sheet_names
    assert [sheet_title(sheet, language) for sheet in sheet_types()] == names[1:-1]
    sheets = parts(path)
    hubs = sheets[1 + [sheet.name for sheet in sheet_types()].index("hubs")]
    for mark_ in ('type="list"', 'type="custom"', "sheetProtection", "legacyDrawing", "DATEVALUE"):
        assert mark_ in hubs
    assert all(("rightToLeft" in sheet) is (language == "ar") for sheet in sheets[:-1])
    assert "veryHidden" in part(path, "xl/workbook.xml")
    assert (Dataset(), True) == (read_xlsx(path)[0], read_xlsx(path)[1].ok)


def test_a_template_is_the_same_bytes_every_time(tmp_path):
    first = template(tmp_path / "a", language="fr")
    second = template(tmp_path / "b", language="fr")
    assert [f.read_bytes() for f in first] == [f.read_bytes() for f in second]
    assert len(sheet_types()) + 1 == len(first)
    assert Dataset() == read_csv(tmp_path / "a" / "csv")[0]


@pytest.mark.parametrize("name", RANGES)
def test_ranges_are_those_of_the_classes(name):
    other = next(other for other in RANGES if other != name)
    for bound, beyond in zip(RANGES[name], (-1, 1), strict=True):
        citess.Point(**{name: Decimal(bound), other: Decimal(0)})
        with pytest.raises(ValueError, match="out-of-range"):
            citess.Point(**{name: Decimal(bound + beyond), other: Decimal(0)})


def test_a_stand_in_fits_every_required_field():
    for sheet in sheet_types():
        for field in ordered_fields(sheet.row).values():
            value = placeholder(field)
            assert value is not None
    assert () == placeholder(field_type(tuple[str, ...]))
    assert is_domain_class(type(placeholder(field_type(citess.Period))))


def marked(content, **options):
    """Report and workbook of a marked copy."""
    stream = io.BytesIO()
    report = mark(io.BytesIO(content), stream, **options)
    return report, stream.getvalue()


FAULTY = b"id;nom;territoires;statut;site web\nKalo Hub;Kalo;tn-53;actiff;=cmd\nb;;tn-53;;\n"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_marked_copy_colours_and_comments_the_faulty_cells(tmp_path, language):
    report, content = marked(FAULTY, sheets={"table": "hubs"}, language=language)
    path = tmp_path / "m.xlsx"
    path.write_bytes(content)
    assert ["A2", "D2", "E2", "B3"] == [dict(i.details)["cell"] for i in report.errors]
    comments = part(path, "xl/comments1.xml")
    for cell, suggestion in (("A2", "kalo-hub"), ("D2", None), ("B3", None)):
        assert f'ref="{cell}"' in comments
        assert suggestion is None or suggestion in comments
    assert "FFFFC7CE" in part(path, "xl/styles.xml")
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name("table").to_python()
    assert ["Kalo Hub", "Kalo", "tn-53", "actiff", "'=cmd"] == rows[1]
    with pytest.raises(ReadError) as caught:
        read_xlsx(path, sheets={"table": "hubs"}, language=language)
    cells = [dict(i.details)["cell"] for i in caught.value.report.errors]
    assert ["A2", "D2", "E2", "B3"] == cells


def test_a_marked_copy_of_a_workbook_keeps_every_sheet(tmp_path):
    stream = io.BytesIO()
    data = citess.datasets.tunisia()
    write_xlsx(data, stream, language="fr")
    report, content = marked(stream.getvalue())
    assert report.ok
    assert travelled(data)[0] == read_xlsx(io.BytesIO(content))[0]
    folder = tmp_path / "f"
    folder.mkdir()
    (folder / "hubs.csv").write_text("id,name (fr),territories,x\nh,H,tn-53,1\n", "utf-8")
    (folder / "a*b.csv").write_text("q\n1\n", "utf-8")
    (folder / "a_b.csv").write_text("q\n1\n", "utf-8")
    (folder / "a?b.csv").write_text("q\n1\n", "utf-8")
    found = mark(folder, tmp_path / "m.xlsx")
    assert {"unknown-column", "unknown-table"} == {i.code for i in found.warnings}
    names = CalamineWorkbook.from_path(tmp_path / "m.xlsx").sheet_names
    assert ["Read me", "a b", "a b 2", "a_b", "hubs"] == names


def test_dates_and_numbers_of_a_marked_copy_keep_their_kinds():
    import datetime as dt

    import xlsxwriter

    stream = io.BytesIO()
    made = xlsxwriter.Workbook(stream)
    sheet = made.add_worksheet("Hubs")
    for column, cell in enumerate(
        ["id", "name (fr)", "territories", "created", "charter", "phone"]
    ):
        sheet.write(0, column, cell)
    day = made.add_format({"num_format": "yyyy-mm-dd"})
    hour = made.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    sheet.write_row(1, 0, ["h", "H", "tn-53"])
    sheet.write_datetime(1, 3, dt.date(2017, 3, 14), day)
    sheet.write_boolean(1, 4, bool(1))
    sheet.write_number(1, 5, 71.5)
    sheet.write_row(2, 0, ["i", "I", "tn-53"])
    sheet.write_datetime(2, 3, dt.datetime(2017, 3, 14, 10), hour)  # noqa: DTZ001
    made.close()
    report, content = marked(stream.getvalue())
    assert ["D3"] == [dict(i.details)["cell"] for i in report.errors]
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("Hubs").to_python()
    assert [dt.date(2017, 3, 14), True, 71.5] == rows[1][3:]


KOBO = {
    "Suivi": [
        [
            "start",
            "intake/id",
            "intake/nom",
            "intake/activites",
            "intake/activites/A",
            "_id",
            "_uuid",
            "_index",
        ],
        ["2021-01-01", "e1", "Huiles", "A C", 1, 11, "aa-1", 1],
        ["2021-01-02", "e2", "Miel", "A", 1, 12, "aa-2", 2],
    ],
    "etapes": [
        ["etape", "depuis", "_index", "_parent_table_name", "_parent_index", "_submission__id"],
        ["idea", "2020", 1, "Suivi", 1, 11],
        ["growth", "03/2021", 2, "Suivi", 1, 11],
        ["idea", "2021", 3, "Suivi", 2, 12],
    ],
}
NAMES = {
    "sheets": {"Suivi": "enterprises", "etapes": "enterprises.stages"},
    "columns": {"etape": "stage", "depuis": "since"},
}


def kobo(sheets):
    """Workbook of a form."""
    import xlsxwriter

    stream = io.BytesIO()
    made = xlsxwriter.Workbook(stream)
    for name, rows in sheets.items():
        sheet = made.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    made.close()
    return io.BytesIO(stream.getvalue())


def test_repeat_groups_of_a_kobo_export_are_joined():
    data, report = read_xlsx(kobo(KOBO), **NAMES)
    first = data.enterprises["e1"]
    assert ("Huiles", ("A", "C")) == (first.name.get("fr"), first.activities)
    assert ["2020", "2021-03"] == [str(entry.since) for entry in first.stages]
    assert ["idea"] == [str(entry.stage) for entry in data.enterprises["e2"].stages]
    assert report.ok
    assert "set-aside" in {issue.code for issue in report.issues}


def test_ids_are_made_of_the_keys_of_a_form_that_asks_for_none():
    without = {
        name: [row[:1] + row[2:] if name == "Suivi" else row for row in rows]
        for name, rows in KOBO.items()
    }
    data, _ = read_xlsx(kobo(without), **NAMES)
    assert ["aa-1", "aa-2"] == list(data.enterprises)
    assert 2 == len(data.enterprises["aa-1"].stages)


def test_a_row_of_a_repeat_group_without_a_parent_is_a_fault():
    lost = {
        **KOBO,
        "etapes": [*KOBO["etapes"], ["idea", "2022", 4, "Suivi", 9, 13], ["idea", "2022"]],
    }
    with pytest.raises(ReadError) as caught:
        read_xlsx(kobo(lost), **NAMES)
    found = [(i.code, dict(i.details)["cell"]) for i in caught.value.report.errors]
    assert [("dangling-reference", "E5"), ("missing-field", "E6")] == found


def test_the_rows_of_a_repeat_group_are_not_at_fault_for_the_id_of_their_parent():
    blank = {**KOBO, "Suivi": [row[:] for row in KOBO["Suivi"]]}
    blank["Suivi"][1][1] = ""
    blank["Suivi"][2][1] = "E 2"
    with pytest.raises(ReadError) as caught:
        read_xlsx(kobo(blank), **NAMES)
    found = [(i.code, dict(i.details)["cell"]) for i in caught.value.report.errors]
    assert [("missing-field", "B2"), ("bad-id", "B3")] == found


def test_an_odk_export_is_joined_by_its_keys(tmp_path):
    main = "SubmissionDate,intake-nom,KEY\n2021,Huiles,uuid:0F1A-1\n2021,Miel,uuid:0F1A-2\n"
    repeat = "etape,depuis,PARENT_KEY,KEY,SET-OF-etapes\nidea,2020,uuid:0F1A-1,uuid:0F1A-1/e[1],x\n"
    (tmp_path / "suivi.csv").write_text(main, "utf-8")
    (tmp_path / "suivi-etapes.csv").write_text(repeat, "utf-8")
    names = {
        "sheets": {"suivi": "enterprises", "suivi-etapes": "enterprises.stages"},
        "columns": NAMES["columns"],
    }
    data, _ = read_csv(tmp_path, **names)
    assert ["0f1a-1", "0f1a-2"] == list(data.enterprises)
    assert Text(fr="Huiles") == data.enterprises["0f1a-1"].name
    assert 1 == len(data.enterprises["0f1a-1"].stages)


def test_a_repeat_group_alone_names_its_parents_by_their_keys():
    alone = {"etapes": KOBO["etapes"]}
    with pytest.raises(ReadError, match="dangling-reference"):
        read_xlsx(kobo(alone), **NAMES)


@pytest.mark.deep
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_filled_arabic_template_goes_through_libreoffice(tmp_path):
    data = citess.datasets.tunisia()
    path = tmp_path / "t.xlsx"
    write_xlsx(data, path, language="ar")
    (empty,) = template(tmp_path / "empty.xlsx", language="ar")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    for file in (path, empty):
        subprocess.run(
            [
                "soffice",
                "--headless",
                profile,
                "--convert-to",
                "xlsx:Calc MS Excel 2007 XML",
                "--outdir",
                str(tmp_path / "out"),
                str(file),
            ],
            check=True,
            capture_output=True,
            timeout=300,
        )
    assert travelled(data)[0] == read_xlsx(tmp_path / "out" / "t.xlsx")[0]
    assert Dataset() == read_xlsx(tmp_path / "out" / "empty.xlsx")[0]
    for name in ("t.xlsx", "empty.xlsx"):
        before = sum(sheet.count('type="list"') for sheet in parts(tmp_path / name))
        after = sum(sheet.count('type="list"') for sheet in parts(tmp_path / "out" / name))
        assert before == after > 0
