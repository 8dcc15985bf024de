"""HSDS as a tabular data package: valid by a validator that is not ours, and nothing lost."""

import json
import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import citess
from citess.errors import LossError, ReadError
from citess.io.hsds import (
    from_hsds,
    read_hsds,
    read_hsds_package,
    to_hsds,
    write_hsds_package,
)
from citess.io.hsds._tables import text_of
from citess.testing import whole_datasets
from tests.io.hsds.official import VERSIONS, folder
from tests.io.hsds.test_hsds import exported, hub_with_a_space, not_exported
from tests.io.hsds.test_kept import A, B, C, organisation, service

DANGLING = [
    "taxonomy_terms.csv[2].taxonomy_id",
    "locations.csv[2].organization_id",
    "contacts.csv[2].organization_id",
    "contacts.csv[2].service_at_location_id",
]


def validated(path):
    """Whether frictionless finds the tables valid; the faults it finds otherwise."""
    frictionless = pytest.importorskip("frictionless", reason="frictionless is a test oracle")
    report = frictionless.validate(str(path))
    return [error.message for task in report.tasks for error in task.errors] + list(report.errors)


@pytest.mark.parametrize("data", [citess.datasets.tunisia(), citess.datasets.synthetic()])
@pytest.mark.parametrize("version", VERSIONS)
def test_frictionless_finds_the_package_valid(tmp_path, data, version):
    write_hsds_package(data, tmp_path / "package", version=version)
    assert [] == validated(tmp_path / "package" / "datapackage.json")


@pytest.mark.parametrize("data", [citess.datasets.tunisia(), hub_with_a_space()])
def test_frictionless_finds_it_valid_by_the_official_descriptor(tmp_path, data):
    write_hsds_package(data, tmp_path)
    shutil.copy(folder() / "datapackage.json", tmp_path / "official.json")
    assert [] == validated(tmp_path / "official.json")


def test_the_official_tables_have_exactly_four_dangling_references(tmp_path):
    data, report = read_hsds_package(folder() / "examples" / "csv")
    assert DANGLING == [issue.path for issue in report.issues]
    assert {"dangling-reference"} == {issue.code for issue in report.issues}
    assert (1, 1, 1, 1) == tuple(
        map(len, (data.partners, data.services, data.spaces, data.programmes))
    )
    losses = write_hsds_package(data, tmp_path)
    assert {path.replace("[2]", "") for path in DANGLING} == set(losses.lost)
    assert [] == validated(tmp_path / "datapackage.json")
    with pytest.raises(ReadError, match="is the id of no taxonomy"):
        read_hsds(folder() / "examples" / "csv", strict=True)


def test_the_descriptor_is_the_official_one_in_all_that_binds(tmp_path):
    official = json.loads((folder() / "datapackage.json").read_text("utf-8"))
    write_hsds_package(citess.Dataset(), tmp_path)
    ours = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    by_name = {one["name"]: one for one in ours["resources"]}
    assert set(by_name) == {one["name"] for one in official["resources"]}
    for theirs in official["resources"]:
        mine = by_name[theirs["name"]]
        assert theirs["path"] == mine["path"]
        assert theirs["schema"]["primaryKey"] == mine["schema"]["primaryKey"]
        keys = [
            sorted(json.dumps(key) for key in one["schema"].get("foreignKeys", ()))
            for one in (theirs, mine)
        ]
        assert keys[0] == keys[1]
        for field, own in zip(theirs["schema"]["fields"], mine["schema"]["fields"], strict=True):
            names = ("name", "type", "format", "constraints")
            assert [field.get(name) for name in names] == [own.get(name) for name in names]


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(whole_datasets(), st.sampled_from(tuple(VERSIONS)))
def test_any_dataset_comes_back_from_its_tables(tmp_path, data, version):
    losses = write_hsds_package(data, tmp_path, version=version)
    back, report = read_hsds_package(tmp_path)
    assert not report.issues
    assert exported(data) == back
    assert not_exported(data) == {p: n for p, n in losses.lost.items() if ".csv." not in p}


def test_a_place_of_an_organisation_that_a_table_forbids_names_none_and_says_so(tmp_path):
    whole = hub_with_a_space()
    hub = citess.evolve(whole.hubs["citess-mahdia"], description=None)
    data = citess.Dataset([*whole.territories.values(), hub, *whole.spaces.values()])
    losses = write_hsds_package(data, tmp_path)
    assert {"locations.csv.organization_id": 1} == losses.lost
    assert data == read_hsds_package(tmp_path)[0]
    assert [] == validated(tmp_path / "datapackage.json")


def test_rows_that_a_table_forbids_are_left_out_and_reported(tmp_path):
    data = citess.datasets.synthetic()
    losses = write_hsds_package(data, tmp_path)
    left = {
        issue.path: (issue.given, dict(issue.details)["field"])
        for issue in losses.issues
        if ".csv" in issue.path
    }
    many = len(data.hubs) + len(data.partners) + len(data.enterprises)
    assert (str(many), "description") == left["organizations.csv"]
    assert "organization_id" == left["services.csv"][1]
    assert exported(data) == read_hsds_package(tmp_path)[0]


def test_strict_refuses_and_writes_nothing(tmp_path):
    with pytest.raises(LossError):
        write_hsds_package(citess.datasets.synthetic(), tmp_path / "package", strict=True)
    assert [] == list(tmp_path.iterdir())


def test_foreign_objects_go_into_tables_and_what_has_no_column_is_counted(tmp_path):
    document = [
        organisation(
            email="?",
            phones=[{"id": B, "number": "+216 1"}, 3],
            locations=[{"id": C, "location_type": "virtual", "name": "Web", "latitude": 1.5}],
            attributes=[
                {
                    "id": B,
                    "value": "x",
                    "taxonomy_term": {
                        "id": C,
                        "name": "n",
                        "description": "d",
                        "taxonomy_detail": {"id": A, "name": "t", "description": "t"},
                    },
                }
            ],
            additional_websites=[{"id": B, "url": "https://example.org"}],
            metadata=[
                {
                    "id": B,
                    "last_action_date": "2020-13",
                    "last_action_type": "update",
                    "field_name": "name",
                    "previous_value": "a",
                    "replacement_value": "b",
                    "updated_by": "c",
                }
            ],
        ),
        service(capacities=[{"id": B, "unit": {"id": C, "name": "desk"}, "available": True}]),
        {"contents": "none of HSDS"},
    ]
    data, _ = from_hsds(document)
    losses = write_hsds_package(data, tmp_path)
    assert {
        "[]": 1,
        "organizations.csv.email": 1,
        "organizations[].additional_websites": 1,
        "organizations[].colour": 1,
        "organizations[].phones": 1,
        "organizations[].shade": 1,
        "services[].capacities": 1,
    } == losses.lost
    assert "metadata.csv" in {issue.path for issue in losses.issues}
    assert [] == validated(tmp_path / "datapackage.json")
    again, report = read_hsds_package(tmp_path)
    assert report.ok
    assert data.partners[A].name == again.partners[A].name
    assert {C, A, B} <= {one["id"] for one in to_hsds(again)[0]["taxonomy_terms"]} | {
        one["id"] for rows in to_hsds(again)[0].values() for one in rows
    }


def tables(path, **files):
    path.mkdir(exist_ok=True)
    for name, content in files.items():
        (path / f"{name}.csv").write_bytes(
            content if isinstance(content, bytes) else content.encode()
        )
    return path


def test_faults_of_tables_are_reported_with_file_row_and_column(tmp_path):
    path = tables(
        tmp_path,
        organizations=f"\ufeffid,name,description,year_incorporated\n{A},N,D,2011.5\n\n{A},M,,x\n",
        services=f"id,name,status\n{B},S,active,beyond\n",
        schedules=f"id,valid_from,opens_at,timezone\n{B},2020-1-1,8h,1e999\n",
    )
    data, report = read_hsds_package(path)
    assert [
        ("organizations.csv[4].id", "repeated-value"),
        ("services.csv[2].organization_id", "missing-field"),
        ("schedules.csv[2].valid_from", "bad-format"),
        ("schedules.csv[2].opens_at", "bad-format"),
        ("organizations.csv[4].description", "missing-field"),
        ("organizations.csv[4].year_incorporated", "wrong-type"),
        ("schedules.csv[2].timezone", "wrong-type"),
    ] == [(issue.path, issue.code) for issue in report.issues]
    assert "beyond" == to_hsds(data)[0]["services"][0]["column 4"]


@pytest.mark.parametrize("content", [b"id,name\n\xff,x\n", b'id\n"a\n', b'id\n"a"b\n'])
def test_a_file_that_is_no_csv_in_utf8_is_refused(tmp_path, content):
    with pytest.raises(ReadError, match=r"organizations\.csv"):
        read_hsds_package(tables(tmp_path, organizations=content))


def test_a_folder_of_other_files_is_empty(tmp_path):
    assert citess.Dataset() == read_hsds_package(tables(tmp_path, other="a\n", programs=""))[0]


def test_values_are_written_as_the_tables_want_them():
    assert ["", "true", "false", "a", "12", "1.5"] == [
        text_of(value) for value in (None, True, False, "a", 12, 1.5)
    ]


@pytest.mark.parametrize(
    ("text", "row"),
    [('"id', 1), ('id,name\n"a', 2), ('id,name\na,"x\ny"\nb,"z\nc,d\n', 3)],
)
def test_an_open_quotation_mark_has_the_row_that_opens_it(tmp_path, text, row):
    (tmp_path / "organizations.csv").write_text(text, "utf-8")
    with pytest.raises(ReadError) as caught:
        read_hsds_package(tmp_path)
    assert [f"organizations.csv[{row}]"] == [issue.path for issue in caught.value.report]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("name", ["organizations", "organization", "Organization"])
def test_tables_are_known_by_the_names_of_one_and_of_many(tmp_path, name, mark):
    text = f"id,name,description\n{A},Amel,Bees\n".replace(",", mark)
    (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    data, report = read_hsds_package(tmp_path)
    assert "Amel" == str(data.partners[A].name)
    codes = [(one.code, one.path, one.given) for one in report.issues]
    noted = [] if mark == "," else [("assumed-separator", f"{name}.csv", repr(mark))]
    assert noted == codes


def test_a_file_that_is_no_table_is_told(tmp_path):
    (tmp_path / "organizations.csv").write_text(f"id,name,description\n{A},Amel,Bees\n", "utf-8")
    (tmp_path / "holidays.csv").write_text("id,date\n", "utf-8")
    (tmp_path / "readme.md").write_text("", "utf-8")
    _, report = read_hsds_package(tmp_path)
    assert [("unknown-table", "holidays.csv")] == [(one.code, one.path) for one in report.issues]
    assert all(report.text(language) for language in ("en", "fr", "ar"))
