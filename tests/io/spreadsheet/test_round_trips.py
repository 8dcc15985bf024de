"""Everything goes through both formats and comes back, or is counted as left out."""

import io
import os
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import citess
from citess import Dataset, Hub, LossError, MissingExtraError, Source, Territory, Text, evolve
from citess.io.spreadsheet import read_csv, read_xlsx, write_csv, write_xlsx
from citess.testing import whole_datasets
from tests.io.spreadsheet.travelled import travelled

LANGUAGES = ("en", "fr", "ar")
MANY = int(os.environ.get("CITESS_DEEP", "0")) * 300 or 12


def workbook(data, **options):
    """Bytes of a workbook, and what did not travel."""
    stream = io.BytesIO()
    losses = write_xlsx(data, stream, **options)
    return stream.getvalue(), losses


def back(content):
    """Dataset of a workbook."""
    return read_xlsx(io.BytesIO(content))[0]


@settings(max_examples=MANY)
@given(whole_datasets(), st.sampled_from(LANGUAGES), st.booleans())
def test_a_workbook_comes_back_equal_but_for_what_is_counted(data, language, personal):
    content, losses = workbook(data, language=language, include_personal=personal)
    expected, lost = (data, {}) if personal else travelled(data)
    assert (expected, lost) == (back(content), losses.lost)


@settings(max_examples=MANY)
@given(whole_datasets(), st.sampled_from(LANGUAGES), st.booleans(), st.sampled_from(",;\t|"))
def test_a_folder_of_csv_comes_back_equal_but_for_what_is_counted(
    tmp_path_factory, data, language, personal, mark
):
    folder = tmp_path_factory.mktemp("csv")
    losses = write_csv(data, folder, language=language, include_personal=personal, delimiter=mark)
    found, report = read_csv(folder)
    expected, lost = (data, {}) if personal else travelled(data)
    assert (expected, lost) == (found, losses.lost)
    doubts = {issue.code for issue in report.issues.warnings}
    assert {"hijri-date", "unknown-code", "garbled-text"} >= doubts


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tunisian_data_come_back(language, tmp_path):
    data = citess.datasets.tunisia()
    expected, lost = travelled(data)
    content, losses = workbook(data, language=language)
    assert (expected, lost) == (back(content), losses.lost)
    write_csv(data, tmp_path, language=language)
    assert expected == read_csv(tmp_path)[0]


def test_equal_data_give_equal_bytes():
    data = citess.datasets.synthetic(enterprises=3)
    assert workbook(data, language="ar")[0] == workbook(data, language="ar")[0]


def test_strict_writing_refuses_what_cannot_travel(tmp_path):
    data = citess.datasets.tunisia()
    path = tmp_path / "t.xlsx"
    with pytest.raises(LossError, match="was left out"):
        write_xlsx(data, path, strict=True)
    with pytest.raises(LossError):
        write_csv(data, tmp_path / "csv", strict=True)
    assert (False, False) == (path.exists(), (tmp_path / "csv").exists())


def hub(**fields):
    """A dataset of one hub and its land."""
    land = Territory(id="tn-53", name=Text(fr="Mahdia"), level=citess.TerritoryLevel.GOVERNORATE)
    return Dataset.of(land, Hub(id="h", name=Text(fr="H"), territories=("tn-53",), **fields))


PAYLOADS = [
    "=1+1",
    "+1",
    "-5",
    "@SUM(A1)",
    "\uff1dcmd",
    "'=x",
    "''+x",
    "'plain'",
    "\uff0b1",
    "\uff0d1",
    "\uff201",
    '=HYPERLINK("x")',
    "'",
    "a=1",
    "-",
    "_x0041_",
    "a _x000D_ b",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_looks_like_a_formula_is_made_harmless_and_comes_back(payload, tmp_path):
    data = hub(description=Text(fr=payload), aliases=(payload, f"{payload};x\\y"))
    content, _ = workbook(data)
    assert data == back(content)
    write_csv(data, tmp_path)
    assert data == read_csv(tmp_path)[0]
    from python_calamine import CalamineWorkbook

    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("Hubs").to_python()
    shown = [str(cell) for cell in rows[1]] + (tmp_path / "hubs.csv").read_text("utf-8-sig").split(
        ","
    )
    assert [] == [
        cell for cell in shown if cell.strip('"')[:1] in set("=+-@\uff1d\uff0b\uff0d\uff20")
    ]


def test_machines_may_do_without_the_guard(tmp_path):
    data = hub(description=Text(fr="=1+1"))
    write_csv(data, tmp_path, guard=False)
    assert "'=" not in (tmp_path / "hubs.csv").read_text("utf-8-sig")
    assert data == read_csv(tmp_path, guard=False)[0]
    assert data == read_xlsx(io.BytesIO(workbook(data, guard=False)[0]), guard=False)[0]


def test_numbers_are_never_guarded(tmp_path):
    data = citess.datasets.tunisia()
    write_csv(data, tmp_path)
    assert "'-" not in (tmp_path / "observations.csv").read_text("utf-8-sig")


def test_what_a_workbook_cannot_hold_is_counted():
    data = hub(description=Text(fr="x" * 40_000, ar="\ufffe"))
    content, losses = workbook(data)
    assert {"hubs[].description": 2} == losses.lost
    found = back(content).hubs["h"].description
    assert (32_767, "\ufffd") == (len(found.get("fr")), found.get("ar"))


def test_unknown_fields_and_past_versions_are_counted(tmp_path):
    data = hub(phases=(citess.PhaseEntry(phase=citess.HubPhase.TRIGGERING),))
    extra = evolve(data.hubs["h"], extra={"tel": "1", "phases": {"0": {"x": 1}}})
    whole = Dataset(
        [*data.territories.values(), extra], extra={"new": 1}, past=[data.territories["tn-53"]]
    )
    losses = write_csv(whole, tmp_path)
    expected = {"hubs[].phases[].x": 1, "hubs[].tel": 1, "new": 1, "past_territories": 1}
    assert expected == losses.lost


def test_what_stands_below_an_unknown_field_is_not_named(tmp_path):
    data = hub()
    extra = evolve(data.hubs["h"], extra={"contacts": {"Canary 7d1f": {"tel": "1"}}})
    losses = write_csv(Dataset([*data.territories.values(), extra]), tmp_path)
    assert {"hubs[].contacts": 1} == losses.lost
    assert "Canary" not in losses.text()


def test_an_unknown_field_of_a_part_is_named(tmp_path):
    data = hub()
    point = citess.Point(latitude=Decimal("35.5"), longitude=Decimal("11.1"))
    land = data.territories["tn-53"]
    place = evolve(land, point=point, extra={"point": {"height": 3}})
    losses = write_csv(Dataset([place, *data.hubs.values()]), tmp_path)
    assert {"territories[].point.height": 1} == losses.lost


def test_unknown_fields_within_a_value_are_counted(tmp_path):
    band = citess.AgeBand(lower=15, upper=29)
    below = {"age_band": {"why": "x"}}
    line = citess.FinancingLine(id="f", name=Text(fr="F"), age_band=band, extra=below)
    assert {"financing_lines[].age_band.why": 1} == write_csv(Dataset.of(line), tmp_path).lost


def test_a_class_that_lost_its_records_is_emptied(tmp_path):
    write_csv(hub(), tmp_path)
    (tmp_path / "mine.csv").write_text("keep", "utf-8")
    source = Source(id="s", title=Text(fr="S"), kind=citess.SourceKind.WEB)
    write_csv(Dataset.of(source), tmp_path)
    found, report = read_csv(tmp_path)
    assert (Dataset.of(source), ["unknown-table"]) == (
        found,
        [issue.code for issue in report.issues.warnings],
    )


def test_nothing_is_a_dataset_too(tmp_path):
    write_csv(Dataset(), tmp_path)
    assert Dataset() == read_csv(tmp_path)[0] == back(workbook(Dataset())[0])


def test_texts_keep_their_order_of_languages():
    data = hub()
    both = [
        evolve(data.hubs["h"], id="a", name=Text(ar="ق", fr="H")),
        evolve(data.hubs["h"], id="b", name=Text({"fr": "H", "ar": "ق", "pt-BR": "P"})),
    ]
    data = Dataset([*data.records(), *both])
    found = back(workbook(data, language="ar")[0])
    assert ("ar", "fr") == found.hubs["a"].name.languages
    assert data == found


def test_codes_that_no_vocabulary_has_come_back():
    data = hub(legal_form="XX-1")
    assert data == back(workbook(data)[0])
    clash = hub(legal_form="Cooperative")
    assert clash == back(workbook(clash)[0])


def test_the_report_says_which_extra_is_missing(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "python_calamine", None)
    monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)
    with pytest.raises(MissingExtraError, match="tables"):
        read_xlsx(io.BytesIO(b""))
    with pytest.raises(MissingExtraError, match="tables"):
        write_xlsx(Dataset(), io.BytesIO())
