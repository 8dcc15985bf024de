"""The SSE standard CSV: what a file says comes back cell by cell."""

import contextlib
import csv
import io
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import citess
from citess.i18n import Text
from citess.io.sse_csv import COLUMNS, from_sse_csv, read_sse_csv, to_sse_csv, write_sse_csv
from citess.model import (
    Enterprise,
    GroupingScheme,
    Identifier,
    Parent,
    Point,
    Sector,
    SseStatus,
    Territory,
    TerritoryLevel,
    evolve,
)
from citess.model.rules import decimal
from citess.testing import mutated, whole_datasets
from tests.io.scenes import mahdia

OLDER = (*COLUMNS[:10], "Country Name", *COLUMNS[12:18], *COLUMNS[20:])
"""Columns of the first published version."""

STRUCTURES = ("Co-operative", "Producer co-operative", "Multi-stakeholder co-operative", "")
COUNTRIES = ("Tunisia", "Italy", "France", "Spain", "Ruritania")


def table(columns, rows):
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def sample(count=97):
    """A file like those that are published: numbered rows, contacts, coordinates of the town."""
    return table(
        OLDER,
        [
            {
                "Identifier": str(n),
                "Name": f'Coopérative "{n}", المهدية',
                "Description": f"Agriculture.\n\nMembers: {n}" if n % 3 else "",
                "Organisational Structure": STRUCTURES[n % 4],
                "Street Address": "n/a" if n % 5 else f"{n}, rue des Oliviers",
                "Locality": "Mahdia",
                "Postcode": "5100" if n % 2 else "",
                "Country Name": COUNTRIES[n % 5],
                "Website": f"http://www.coop{n}.example" if n % 2 else "",
                "Phone": "+216 00 000 000" if n % 7 == 0 else "",
                "Email": f"info{n}@coop.example",
                "Companies House Number": "01234567" if n == 3 else "",
                "Latitude": f"{35 + n / 1000}" if n % 4 else "0",
                "Longitude": f"{11 + n / 1000}" if n % 4 else "0",
                "Geo Container Latitude": "35.5" if n % 4 == 0 else "",
                "Geo Container Longitude": "11.06" if n % 4 == 0 else "",
            }
            for n in range(count)
        ],
    )


def test_a_file_with_the_published_header_comes_back_byte_by_byte():
    document = sample()
    data, report = from_sse_csv(document, language="fr")
    assert (97, 97) == (len(data.partners), len(data.spaces))
    assert {("bad-code", "'Ruritania'")} == {(one.code, one.given) for one in report.issues}
    back, losses = to_sse_csv(data)
    assert document == back
    assert set(losses.lost) == {"partners[].name", "partners[].description"}
    native = citess.loads(citess.dumps(data))
    assert document == to_sse_csv(native)[0]


def test_codes_countries_and_places_are_understood():
    data, _ = from_sse_csv(sample(), language="fr")
    one, four = data.partners["1"], data.partners["4"]
    assert ("ILO-COOP", "IT", Sector.SSE) == (one.legal_form, one.country, one.sector)
    assert data.partners["3"].legal_form is None
    assert (Identifier(scheme="GB-COH", value="01234567"),) == data.partners["3"].identifiers
    assert Point(latitude=decimal("35.001"), longitude=decimal("11.001")) == data.spaces["1"].point
    assert Point(latitude=decimal("35.5"), longitude=decimal("11.06")) == data.spaces["4"].point
    assert four.country is None
    assert "n/a, Mahdia" == data.spaces["4"].address
    assert Text(fr='Coopérative "1", المهدية') == one.name


def test_a_name_of_a_country_may_be_its_two_letters_and_one_not_known_is_doubtful():
    document = "Identifier,Name,Country Name\na,A,GB\nb,B,Atlantis\nc,C,Tunisie\nd,D,\n"
    data, report = from_sse_csv(document)
    assert ["GB", None, "TN", None] == [one.country for one in data.partners.values()]
    doubts = [(one.code, one.path, one.given) for one in report.issues]
    assert [("bad-code", "line 3, Country Name", "'Atlantis'")] == doubts
    assert document == to_sse_csv(data)[0]


def test_what_has_no_field_stays_and_only_what_is_edited_is_written_anew():
    data, _ = from_sse_csv(sample(3), language="fr")
    edited = evolve(data.partners["1"], website="https://new.example", legal_form="TN-ASSOC")
    moved = evolve(data.spaces["2"], point=Point(latitude=decimal("1"), longitude=decimal("2")))
    rows = list(csv.DictReader(io.StringIO(to_sse_csv(data.replace(edited, moved))[0])))
    assert ["0", "1", "2"] == [row["Identifier"] for row in rows]
    assert ("https://new.example", "info1@coop.example") == (rows[1]["Website"], rows[1]["Email"])
    assert ("1", "2", "") == (
        rows[2]["Latitude"],
        rows[2]["Longitude"],
        rows[2]["Geo Container Latitude"],
    )


def test_contacts_of_a_file_go_to_no_other_format():
    data, _ = from_sse_csv(sample(2))
    for document, losses in (citess.io.to_essglobal(data),):
        assert "@coop.example" not in document
        assert 2 == losses.lost["partners[].sse_csv"]


def test_hubs_enterprises_and_organisations_of_the_sse_get_a_row():
    document, losses = to_sse_csv(mahdia())
    rows = {row["Name"]: row for row in csv.DictReader(io.StringIO(document))}
    assert {"CitESS Mahdia", "El Amel", "Ruches"} == set(rows)
    assert ("35.504", "11.062") == (
        rows["CitESS Mahdia"]["Latitude"],
        rows["CitESS Mahdia"]["Longitude"],
    )
    assert "citessmahdia" == rows["CitESS Mahdia"]["Identifier"]
    assert "Producer cooperative" == rows["El Amel"]["Organisational Structure"]
    assert ("Agriculture", "Wholesale and retail trade", "Mahdia") == (
        rows["Ruches"]["Primary Activity"],
        rows["Ruches"]["Activities"],
        rows["Ruches"]["Region"],
    )
    lost = losses.lost
    assert (1, 1, 1, 1) == tuple(
        lost[path] for path in ("hubs[]", "partners[]", "enterprises[]", "enterprises[].activities")
    )


def test_identifiers_are_letters_and_digits_fewer_than_fifteen_and_unique():
    bees = [
        Enterprise(id=id_, name=Text(fr="x"), territories=("tn-53",))
        for id_ in ("a-b", "ab", "a-very-long-identifier", "citess-m-ahdia")
    ]
    rows = list(csv.DictReader(io.StringIO(to_sse_csv(mahdia().add(*bees))[0])))
    given = [row["Identifier"] for row in rows]
    assert len(set(given)) == len(given) == 7
    assert all(one.isalnum() and len(one) < 15 for one in given)


def test_a_place_known_by_its_area_only_is_a_container():
    area = evolve(
        mahdia().territories["tn-53"],
        point=Point(latitude=decimal("35.5"), longitude=decimal("11")),
    )
    rows = {
        row["Name"]: row
        for row in csv.DictReader(io.StringIO(to_sse_csv(mahdia().replace(area))[0]))
    }
    assert ("", "https://www.openstreetmap.org/?mlat=35.5&mlon=11", "35.5", "11") == tuple(
        rows["Ruches"][name]
        for name in (
            "Latitude",
            "Geo Container",
            "Geo Container Latitude",
            "Geo Container Longitude",
        )
    )


def test_an_organisation_said_to_be_outside_the_sse_gets_no_row():
    amel = evolve(mahdia().partners["amel"], sse_status=SseStatus.NONE)
    assert "El Amel" not in to_sse_csv(mahdia().replace(amel))[0]


@settings(max_examples=300 if os.environ.get("CITESS_DEEP") else 15)
@given(whole_datasets())
def test_any_dataset_reads_back_as_its_report_tells(data):
    document, losses = to_sse_csv(data)
    after, report = from_sse_csv(document)
    again, _ = to_sse_csv(after)
    assert document == again
    assert not [issue for issue in report.issues if issue.code not in MENDED]
    names = {str(party.name) for party in (*data.hubs.values(), *data.enterprises.values())}
    written = {str(partner.name) for partner in after.partners.values()}
    told = losses.lost.get("enterprises[]", 0)
    assert len(names - written) <= told
    hubs = {str(hub.name) for hub in data.hubs.values()}
    assert hubs <= written
    assert len(data.hubs) == losses.lost["hubs[]"]


MENDED = {"blank-edge", "unknown-code", "bad-code"}


@settings(max_examples=300 if os.environ.get("CITESS_DEEP") else 15)
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                name: st.text(st.characters(categories=("L", "N", "P", "Zs")), max_size=8)
                for name in COLUMNS
                if "itude" not in name
            }
        ),
        max_size=4,
    )
)
def test_any_file_that_is_read_comes_back_the_same(rows):
    numbered = [{**row, "Identifier": f"r{n}"} for n, row in enumerate(rows)]
    document = table(COLUMNS, numbered)
    data, _ = from_sse_csv(document)
    assert document == to_sse_csv(data)[0]


def test_every_fault_is_told_with_its_line_and_column():
    document = (
        "Identifier,Name,Latitude,Longitude,Country ID,Website,Primary Activity\n"
        "a,A,x,1,,,\n"
        "a,B,95,181,Tunisie,www.example.org,Agricultur\n"
        ",C,1,2,,,\n"
        "d,,1,2,,,,beyond\n"
    )
    with pytest.raises(citess.ReadError) as caught:
        from_sse_csv(document)
    assert [
        ("bad-number", "line 2, Latitude"),
        ("duplicate-id", "line 3, Identifier"),
        ("out-of-range", "line 3, Latitude"),
        ("out-of-range", "line 3, Longitude"),
        ("missing-field", "line 4, Identifier"),
        ("beyond-header", "line 5"),
    ] == sorted(
        ((issue.code, issue.path) for issue in caught.value.report), key=lambda pair: pair[1]
    )


def test_doubts_are_warnings_with_what_was_perhaps_meant():
    data, report = from_sse_csv(
        "Identifier,Name,Country ID,Website,Primary Activity\n"
        "a,,Tunisie,www.example.org,Agricultur\n"
    )
    assert Text(und="a") == data.partners["a"].name
    assert {
        "line 2, Country ID": None,
        "line 2, Name": None,
        "line 2, Primary Activity": "agriculture",
        "line 2, Website": None,
    } == {issue.path: issue.suggestion for issue in report.issues}


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ("", "missing-column"),
        ("Name\nx\n", "missing-column"),
        ("Identifier,Name,Name\n", "repeated-column"),
        (b"\xff\xfe", "bad-encoding"),
        ("\ud800", "bad-encoding"),
        ('Identifier,Name\na,"b\n', "bad-csv"),
        (b"Identifier,Name\n" + b"x" * 100, "too-large"),
    ],
)
def test_what_is_no_such_file_is_refused_with_a_reason(document, code):
    with pytest.raises(citess.ReadError) as caught:
        from_sse_csv(document, max_bytes=80)
    assert code in {issue.code for issue in caught.value.report}


def test_an_open_quotation_mark_has_the_line_on_which_its_row_begins():
    with pytest.raises(citess.ReadError) as caught:
        from_sse_csv('Identifier,Name,Description\na,A,"x\ny"\n\nb,B,"bees\nc,C,x\n')
    assert ["line 5"] == [issue.path for issue in caught.value.report]


@pytest.mark.parametrize("mark", [";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_cells_that_another_character_separates_are_read_and_it_is_said(mark, end):
    rows = (("Name", "Identifier", "Description"), ("El Amel", "amel", '"a, b; c"'))
    data, report = from_sse_csv(end.join(map(mark.join, rows)).encode("utf-8-sig"), language="fr")
    partner = data.partners["amel"]
    assert (Text(fr="El Amel"), Text(fr="a, b; c")) == (partner.name, partner.description)
    assert [("assumed-separator", repr(mark))] == [(one.code, one.given) for one in report.issues]
    assert 'El Amel,amel,"a, b; c"' in to_sse_csv(data)[0]


def test_a_header_with_commas_is_never_read_otherwise():
    text = "Identifier,Name,Description;Postcode\nx,y,z;1\n"
    data, report = from_sse_csv(text)
    assert (Text(und="y"), []) == (data.partners["x"].name, [*report.issues])


def test_the_language_must_be_a_tag():
    with pytest.raises(citess.ReadError, match="bad-language"):
        from_sse_csv("Identifier,Name\na,b\n", language="not a tag")


def test_the_country_of_an_area_is_that_of_what_contains_it():
    country = Territory(id="tn", name=Text(fr="Tunisie"), level=TerritoryLevel.COUNTRY)
    up = Parent(scheme=GroupingScheme.STATE, territory="tn")
    region = evolve(mahdia().territories["tn-53"], parents=(up,))
    other = evolve(country, id="atlantis", identifiers=(Identifier(scheme="x", value="AT"),))
    known = evolve(country, id="here", identifiers=(Identifier(scheme="ISO-3166-1", value="XY"),))
    data = mahdia().add(country, other, known).replace(region)
    data = data.add(
        Enterprise(id="far", name=Text(fr="Loin"), territories=("atlantis",)),
        Enterprise(id="near", name=Text(fr="Ici"), territories=("here",)),
    )
    rows = list(csv.DictReader(io.StringIO(to_sse_csv(data)[0])))
    assert {"Ruches": "TN", "Loin": "", "Ici": "XY"} == {
        row["Name"]: row["Country ID"] for row in rows if row["Name"] in {"Ruches", "Loin", "Ici"}
    }


def test_files_are_written_whole(tmp_path):
    path = tmp_path / "standard.csv"
    losses = write_sse_csv(mahdia(), path)
    assert not losses.ok
    assert path.read_text("utf-8") == to_sse_csv(mahdia())[0]
    assert 3 == len(read_sse_csv(path)[0].partners)
    with pytest.raises(citess.LossError):
        write_sse_csv(mahdia(), tmp_path / "other.csv", strict=True)
    assert not (tmp_path / "other.csv").exists()


@pytest.mark.deep
@settings(max_examples=int(os.environ.get("CITESS_FUZZ", "3000")))
@given(mutated(sample(4).encode()))
def test_damaged_files_raise_nothing_but_errors_of_citess(content):
    with contextlib.suppress(citess.CitessError):
        from_sse_csv(content)


def test_identifiers_that_have_no_column_are_counted():
    amel = evolve(mahdia().partners["amel"], identifiers=(Identifier(scheme="x", value="1"),))
    assert 1 == to_sse_csv(mahdia().replace(amel))[1].lost["partners[].identifiers"]
