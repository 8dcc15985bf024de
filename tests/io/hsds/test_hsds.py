"""HSDS both ways: the official recipe, the official examples, anything that Hypothesis makes."""

import json
from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import citess
from citess.errors import LossError, ReadError, Severity
from citess.io.hsds import from_hsds, hsds_profile, to_hsds
from citess.io.hsds._profile import EXPORTED
from citess.io.hsds._standard import entities, fields_of, file_name, is_list, part
from citess.model import evolve
from citess.model.shelves import kinds, shelf_types
from citess.testing import whole_datasets
from tests.few import few
from tests.io.hsds.official import (
    VERSIONS,
    example,
    folder,
    leaves,
    refusals,
    validators,
)

NAMES = (
    "organization_full.json",
    "service_full.json",
    "service_at_location_full.json",
    "location.json",
    "taxonomy.json",
    "taxonomy_term.json",
)
PAGES = (
    "organization_list.json",
    "service_list.json",
    "service_at_location_list.json",
    "taxonomy_list.json",
    "taxonomy_term_list.json",
    "base.json",
    "tabular.json",
)
ORGANISATION = "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610"
SERVICE = "ac148810-d857-441c-9679-408f346de14b"


def exported(data):
    """What of a dataset is written."""
    return citess.Dataset([r for r in data.records() if kinds()[type(r)] in EXPORTED])


def not_exported(data):
    """How many records of each other class a dataset has."""
    counts = Counter(
        f"{shelf.name}[]"
        for shelf in shelf_types()
        if shelf.kind not in EXPORTED
        for _ in getattr(data, shelf.name)
    )
    return dict(counts)


def sent(document):
    """A document as it arrives."""
    return json.loads(json.dumps(document))


@pytest.mark.parametrize("version", VERSIONS)
def test_what_the_library_knows_of_the_standard_is_what_the_schemas_say(version):
    files = (folder(version) / "schema").glob("*.json")
    schemas = {f.stem: json.loads(f.read_text("utf-8")) for f in files if f.stem != "openapi"}
    assert set(schemas) == set(entities(version))
    kinds_of = {"date-time": "datetime"}
    for entity, schema in schemas.items():
        single = {
            name: one
            for name, one in schema["properties"].items()
            if one.get("type") != "array" and "$ref" not in one
        }
        known = {n: f for n, f in fields_of(entity).items() if version != "3.0" or not f.since_3_1}
        assert set(single) == set(known)
        required = set(schema.get("required", ()))
        in_tables = required | set(schema.get("tabular_required", ()))
        for name, one in single.items():
            told = one.get("format") or one.get("datapackage_type")
            told = told or ("number" if one["type"] == "number" else "string")
            assert kinds_of.get(told, told) == known[name].kind
            assert tuple(one.get("enum", ())) == known[name].codes
            assert (name in required) is known[name].required
            assert (name in in_tables) is known[name].required_in_tables
        for name in set(schema["properties"]) - set(single):
            one = schema["properties"][name]
            ref = one.get("$ref") or one["items"]["$ref"]
            assert ref == f"{part(name)}.json"
            assert is_list(name) is ("items" in one)
        assert schema["path"] == f"{file_name(entity)}.csv"


@pytest.mark.parametrize("version", VERSIONS)
def test_the_strict_recipe_accepts_what_is_written_of_real_data(version):
    document, losses = to_hsds(citess.datasets.tunisia(), version=version)
    refused = refusals(sent(document), version)
    lacking = {i.path: dict(i.details)["field"] for i in losses.issues if "lacks" in str(i)}
    assert {"'description' is a required property"} == {error.message for error in refused}
    names = {error.instance["name"] for error in refused}
    programmes = [p for p in citess.datasets.tunisia().programmes.values() if p.name]
    assert names == {str(p.name) for p in programmes if f"programmes[{p.id}]" in lacking}


@pytest.mark.parametrize("version", VERSIONS)
def test_the_strict_recipe_accepts_an_organisation_a_service_and_a_service_at_location(version):
    document, losses = to_hsds(hub_with_a_space(), version=version)
    assert [] == refusals(sent(document), version)
    assert [] == refusals(sent(document), version, profile=True)
    (service,) = document["services"]
    (place,) = service["service_at_locations"]
    checks = validators(version)
    assert [] == list(checks["service_at_location"].iter_errors(place))
    assert [34.881, 9.526] == [place["location"]["latitude"], place["location"]["longitude"]]
    assert service["status"] == "active"
    assert losses.ok


@pytest.mark.parametrize("name", NAMES + PAGES)
def test_official_examples_come_back_with_every_path_and_value(name):
    given = example(name)
    data, report = from_hsds(given)
    document, losses = to_hsds(data)
    assert sorted(leaves(given)) == sorted(leaves(document))
    assert given == document
    assert losses.ok
    assert name == "tabular.json" or not report.issues


def test_the_full_examples_have_349_leaves_and_none_is_lost_through_the_native_format():
    for name in NAMES[:3]:
        given = example(name)
        data, _ = from_hsds(given)
        again = citess.loads(citess.dumps(data))
        assert data == again
        found = list(leaves(to_hsds(again)[0]))
        assert len({path for path, _ in found}) == 349
        assert sorted(found) == sorted(leaves(given))


def test_an_official_organisation_becomes_records():
    data, _ = from_hsds(example("organization_full.json"))
    partner = data.partners[ORGANISATION]
    assert str(partner.name) == "Example Organization Inc."
    assert partner.website == "http://example.com"
    assert str(partner.active) == "2011/unknown"
    assert [("GB-COH", "1234567")] == [(i.scheme, i.value) for i in partner.identifiers]
    (programme,) = data.programmes.values()
    assert [ORGANISATION] == [member.party for member in programme.members]
    (space,) = data.spaces.values()
    assert space.point is None  # the latitude of the example is 100
    assert space.address == "1-30 Main Street, MyVillage, MyCity, ABC 1234"
    (service,) = data.services.values()
    assert (service.id, service.kind) == (SERVICE, "unclassified")
    assert ["unknown-code"] == [issue.code for issue in data.check() if "kind" in issue.path]


@few(30)
@given(whole_datasets(), st.sampled_from(tuple(VERSIONS)))
def test_any_dataset_comes_back_equal_or_differs_by_its_loss_report(data, version):
    document, losses = to_hsds(data, version=version)
    back, _ = from_hsds(sent(document))
    assert exported(data) == back
    assert not_exported(data) == losses.lost


def is_valid_or_lacks(data, version):
    """What the schemas refuse is what the report says is lacking, and nothing else."""
    folder(version)
    document, losses = to_hsds(data, version=version)
    refused = refusals(sent(document), version)
    assert {"required"} >= {error.validator for error in refused}
    lacking = {
        dict(issue.details)["field"]
        for issue in losses.issues
        if issue.code == "required-by-standard"
    }
    missing = {error.message.split("'")[1] for error in refused}
    assert missing == {name for name in lacking if "," not in name}
    if not losses.ok:
        with pytest.raises(LossError) as caught:
            to_hsds(data, version=version, strict=True)
        assert losses.issues == caught.value.report


@few(30)
@given(whole_datasets(), st.sampled_from(tuple(VERSIONS)))
def test_any_dataset_is_valid_or_strict_lists_the_fields_it_lacks(data, version):
    is_valid_or_lacks(data, version)


@pytest.mark.deep
@settings(max_examples=400)
@given(whole_datasets(size=3), st.sampled_from(tuple(VERSIONS)))
def test_any_dataset_is_valid_or_lacks_at_length(data, version):
    is_valid_or_lacks(data, version)


def hub_with_a_space(**changes):
    """A small dataset that lacks nothing HSDS requires."""
    c = citess
    territory = c.Territory(
        id="tn-53", name=c.Text(fr="Mahdia", ar="المهدية"), level=c.TerritoryLevel.GOVERNORATE
    )
    hub = c.Hub(
        id="citess-mahdia",
        name=c.Text(fr="CitESS Mahdia"),
        territories=("tn-53",),
        status=c.HubStatus.ACTIVE,
        description=c.Text(fr="Pôle de l'ESS"),
    )
    space = c.Space(
        id="lingare",
        name=c.Text(fr="Lingare"),
        hub="citess-mahdia",
        point=c.Point(latitude=Decimal("34.881"), longitude=Decimal("9.526")),
    )
    service = c.Service(id="statutes", name=c.Text(fr="Statuts"), kind="legal")
    offer = c.ServiceOffer(id="o1", hub="citess-mahdia", service="statutes", **changes)
    return c.Dataset.of(territory, hub, space, service, offer)


@pytest.mark.parametrize(
    ("hub", "period", "status"),
    [
        (None, None, None),
        (None, citess.Period.of("2020"), "active"),
        (None, citess.Period.of("2020", "2021"), None),
        (citess.HubStatus.ACTIVE, None, "active"),
        (citess.HubStatus.ACTIVE, citess.Period.of("2020", "unknown"), None),
        (citess.HubStatus.CLOSED, citess.Period.of("2020"), "defunct"),
        (citess.HubStatus.DORMANT, None, "inactive"),
    ],
)
def test_the_status_of_a_service_is_said_where_it_is_known(hub, period, status):
    data = hub_with_a_space(period=period)
    data = data.replace(evolve(data.hubs["citess-mahdia"], status=hub))
    document, losses = to_hsds(data)
    assert status == document["services"][0].get("status")
    lacking = [issue.path for issue in losses.issues]
    assert lacking == ([] if status else ["service_offers[o1]"])


def test_what_an_offer_says_stands_in_the_fields_of_hsds_too():
    data = hub_with_a_space(
        price=citess.PriceKind.PAID,
        fee=citess.Money.of("5.5", "TND"),
        sex=citess.Sex.FEMALE,
        age_band=citess.AgeBand(lower=18),
        priority_groups=(citess.PriorityGroup.YOUTH,),
        languages=("ar", "fr"),
        channel=citess.OfferChannel.REFERRAL,
        description=citess.Text(fr="Aide aux statuts"),
    )
    (service,) = to_hsds(data)[0]["services"]
    assert ("paid", "female; youth", 18) == (
        service["fees_description"],
        service["eligibility_description"],
        service["minimum_age"],
    )
    assert "maximum_age" not in service
    assert [("TND", 5.5)] == [(one["currency"], one["amount"]) for one in service["cost_options"]]
    assert ["ar", "fr"] == [one["code"] for one in service["languages"]]
    assert ["Mahdia"] == [one["name"] for one in service["service_areas"]]
    assert "Aide aux statuts" == service["description"]
    assert "service_at_locations" not in service
    assert "CitESS Mahdia" == service["organization"]["name"]
    assert data == from_hsds(sent(to_hsds(data)[0]))[0]


def test_an_offer_of_several_providers_is_a_service_of_each_and_comes_back_as_one():
    text = citess.Text(fr="Rucher", ar="منحل")
    partners = [citess.Partner(id=f"p{n}", name=text, description=text) for n in range(2)]
    data = hub_with_a_space()
    offer = evolve(data.service_offers["o1"], providers=("p0", "p1"))
    data = data.add(*partners).replace(offer)
    document, losses = to_hsds(data)
    assert losses.ok
    assert 2 == len({service["organization_id"] for service in document["services"]})
    assert ("Rucher", "منحل") == tuple(
        document["services"][0]["organization"][name] for name in ("name", "alternate_name")
    )
    assert data == from_hsds(sent(document))[0]


def test_a_programme_is_described_by_its_title_where_it_has_no_description():
    programme = citess.Programme(
        id="iess", name=citess.Text(en="iESS!"), title=citess.Text(en="Social economy")
    )
    data = citess.Dataset.of(programme)
    document, losses = to_hsds(data)
    assert "Social economy" == document["programs"][0]["description"]
    assert losses.ok
    assert data == from_hsds(sent(document))[0]


def test_the_profile_names_every_field_that_is_written():
    examples = hsds_profile()["taxonomy_term.json"]["properties"]["code"]["examples"]
    assert "hub.status:active" in examples
    assert "space.name@fr" in examples
    assert "service_offer.fee" in examples
    assert len(examples) == len(set(examples))


def test_a_version_that_is_none_is_refused():
    with pytest.raises(ValueError, match=r"in the versions 3\.0, 3\.1, not '2\.0'"):
        to_hsds(citess.Dataset(), version="2.0")


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"email": "nobody"}, [("email", "bad-format", Severity.WARNING)]),
        ({"id": "s1"}, [("id", "bad-format", Severity.WARNING)]),
        ({"status": "open"}, [("status", "bad-code", Severity.WARNING)]),
        ({"name": None}, [("name", "missing-field", Severity.WARNING)]),
        ({"url": "no address"}, [("url", "bad-format", Severity.WARNING)]),
        ({"last_modified": "today"}, [("last_modified", "bad-format", Severity.WARNING)]),
        ({"minimum_age": "12"}, [("minimum_age", "wrong-type", Severity.WARNING)]),
        ({"minimum_age": True}, [("minimum_age", "wrong-type", Severity.WARNING)]),
        ({"name": 12}, [("name", "wrong-type", Severity.WARNING)]),
        ({"phones": {}}, [("phones", "wrong-type", Severity.WARNING)]),
        ({"phones": ["+216"]}, [("phones[0]", "wrong-type", Severity.WARNING)]),
        ({"program": []}, [("program", "wrong-type", Severity.WARNING)]),
        ({"phones": [{"id": "1"}]}, [
            ("phones[0].id", "bad-format", Severity.NOTE),
            ("phones[0].number", "missing-field", Severity.NOTE),
        ]),
        ({"schedules": [{"id": SERVICE, "freq": "DAILY"}]}, [
            ("schedules[0].freq", "bad-code", Severity.WARNING),
        ]),
        ({"organization": None, "phones": None}, []),
    ],
)  # fmt: skip
def test_what_the_schema_forbids_is_reported_with_its_place(changes, found):
    given = {"id": SERVICE, "name": "Counselling", "status": "active", "description": "x"}
    given |= changes
    data, report = from_hsds(given)
    assert found == [(issue.path, issue.code, issue.severity) for issue in report.issues]
    assert given == to_hsds(data)[0]
    if report.issues.warnings:
        with pytest.raises(ReadError) as caught:
            from_hsds(given, strict=True)
        assert report.issues == caught.value.report


@pytest.mark.parametrize(
    "document",
    [
        None,
        1,
        "hsds",
        {},
        {"colour": "red"},
        [1],
        {"contents": [1]},
        {"organizations": [1]},
        {"version": "3.0", "organizations": "none"},
    ],
)
def test_what_is_no_document_of_hsds_is_refused(document):
    with pytest.raises(ReadError):
        from_hsds(document)


def test_lists_that_are_null_are_none():
    data, _ = from_hsds({"version": "3.1", "organizations": None, "services": []})
    assert 0 == len(data)
    partner = citess.Partner(id="a", name=citess.Text(fr="A"))
    document, _ = to_hsds(data.add(partner))
    assert ["A"] == [one["name"] for one in document["organizations"]]


def test_a_document_that_is_nested_too_deeply_is_refused():
    document = {"id": "1"}
    for _ in range(5000):
        document = {"organization": document}
    with pytest.raises(ReadError, match="nested too deeply"):
        from_hsds(document)
