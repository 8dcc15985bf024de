"""What was read is written back, and what was changed since is laid over it."""

from decimal import Decimal

import pytest

import citess
from citess.io.hsds import from_hsds, to_hsds
from citess.io.hsds._keys import record_key
from citess.model import evolve
from tests.io.hsds.test_hsds import hub_with_a_space, sent

A = "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610"
B = "ac148810-d857-441c-9679-408f346de14b"
C = "3a19ff88-4620-4d17-9830-ac1d859eb5d5"


def organisation(**more):
    return {"id": A, "name": "Ruches", "description": "Bees", "colour": "yellow", **more}


def service(**more):
    inside = {"id": A, "name": "Ruches", "description": "Bees", "shade": 3}
    return {"id": B, "name": "Miel", "status": "active", "organization": inside, **more}


def back(document, *records, without=()):
    """A document read, edited, written and read again."""
    data, _ = from_hsds(document)
    edited = data.without(*without).replace(*(change(data) for change in records))
    made, _ = to_hsds(edited)
    return made, from_hsds(sent(made))[0], edited


def test_a_name_that_was_changed_is_changed_wherever_it_stands():
    made, again, _ = back(
        [organisation(), service()],
        lambda data: evolve(data.partners[A], name=citess.Text(fr="Rucher")),
    )
    assert made[0] | {"attributes": []} == organisation(name="Rucher", attributes=[])
    assert "Rucher" == made[1]["organization"]["name"]
    assert 3 == made[1]["organization"]["shade"]
    assert citess.Text(fr="Rucher") == again.partners[A].name


def test_what_hsds_has_no_home_for_is_added_as_attributes_and_read_again():
    made, again, edited = back(
        organisation(attributes=[{"id": B, "value": "x"}]),
        lambda data: evolve(data.partners[A], sector=citess.Sector.SSE),
    )
    assert ["x", "sse"] == [attribute["value"] for attribute in made["attributes"]]
    assert citess.Sector.SSE is again.partners[A].sector
    assert edited.partners[A].name == again.partners[A].name
    twice, _ = to_hsds(again.replace(evolve(again.partners[A], sector=citess.Sector.PUBLIC)))
    assert ["x", "public"] == [attribute["value"] for attribute in twice["attributes"]]
    assert "colour" in twice


def test_a_date_is_kept_as_precisely_as_it_was_given():
    made, again, edited = back(
        organisation(year_incorporated=2011),
        lambda data: evolve(data.partners[A], active=citess.Period.of("2012-05", "unknown")),
    )
    assert 2012 == made["year_incorporated"]
    assert edited.partners[A].active == again.partners[A].active


def test_what_was_taken_away_goes_from_every_place():
    made, again, _ = back([organisation(), service()], without=[f"partner:{A}"])
    assert [{"id": B, "name": "Miel", "status": "active"}] == made
    assert not again.partners


def test_a_field_that_was_emptied_goes():
    document = organisation(website="https://example.org/")
    made, _, _ = back(document, lambda data: evolve(data.partners[A], website=None))
    assert made == organisation()


def test_parts_that_were_taken_away_go_and_the_others_stay():
    programme = {"id": B, "name": "P", "description": "p", "extra": 1}
    document = organisation(programs=[programme, {"id": C, "name": "Q", "description": "q"}])
    made, again, _ = back(document, without=[f"programme:{C}"])
    assert [programme] == made["programs"]
    assert [B] == list(again.programmes)


def test_new_records_stand_beside_what_was_read():
    data, _ = from_hsds(organisation())
    more = data | hub_with_a_space()
    made, losses = to_hsds(more)
    assert losses.ok
    assert organisation() in made["organizations"]
    assert ["Statuts"] == [one["name"] for one in made["services"]]
    again, _ = from_hsds(sent(made))
    for ref in ("hub:citess-mahdia", "service_offer:o1", "space:lingare", "service:statutes"):
        assert more.get(ref) == evolve(again.get(ref), extra=None)
    assert organisation() in to_hsds(again)[0]["organizations"]


def test_what_a_page_says_of_itself_stays_when_it_becomes_a_document_of_lists():
    data, _ = from_hsds({"total_items": 1, "contents": [organisation()]})
    made, losses = to_hsds(data | hub_with_a_space())
    assert (losses.ok, 1) == (True, made["total_items"])
    assert organisation() in made["organizations"]


def test_two_readings_that_are_put_together_keep_both():
    first, _ = from_hsds(organisation())
    second, _ = from_hsds({"id": C, "name": "Autre", "description": "x", "size": 9})
    made, _ = to_hsds(first | second)
    assert {"yellow", 9} == {o.get("colour", o.get("size")) for o in made["organizations"]}


def test_what_is_kept_survives_the_native_format():
    data, _ = from_hsds([organisation(), service()])
    assert data == citess.loads(citess.dumps(data))
    assert [organisation(), service()] == to_hsds(citess.loads(citess.dumps(data)))[0]


def test_a_document_of_the_profile_that_was_edited_elsewhere_is_kept_and_believed():
    document = sent(to_hsds(hub_with_a_space())[0])
    (hub,) = document["organizations"]
    hub["name"] = "CitESS de Mahdia"
    hub["colour"] = "blue"
    hub["locations"][0]["latitude"] = 35
    data, _ = from_hsds(document)
    assert Decimal(35) == data.spaces["lingare"].point.latitude
    assert citess.Text(fr="CitESS de Mahdia") == data.hubs["citess-mahdia"].name
    assert document == to_hsds(data)[0]
    renamed = data.replace(evolve(data.hubs["citess-mahdia"], name=citess.Text(fr="Mahdia")))
    (service_,) = to_hsds(renamed)[0]["services"]
    assert "Mahdia" == service_["organization"]["name"]
    edited = data.replace(evolve(data.spaces["lingare"], capacity=12))
    again, _ = from_hsds(sent(to_hsds(edited)[0]))
    assert 12 == again.spaces["lingare"].capacity
    more = again.replace(evolve(again.spaces["lingare"], capacity=13))
    assert 13 == from_hsds(sent(to_hsds(more)[0]))[0].spaces["lingare"].capacity
    assert {"blue"} == {o["colour"] for o in to_hsds(more)[0]["organizations"]}


@pytest.mark.parametrize("value", ["{}", '{"latitude":"x","longitude":"1"}', "nowhere"])
def test_coordinates_win_over_an_attribute_that_is_no_point(value):
    document = sent(to_hsds(hub_with_a_space())[0])
    (hub,) = document["organizations"]
    (space,) = hub["locations"]
    attribute = next(
        one for one in space["attributes"] if one["taxonomy_term"]["code"] == "space.point"
    )
    attribute["value"] = value
    data, _ = from_hsds(document)
    assert Decimal("34.881") == data.spaces["lingare"].point.latitude
    assert document == to_hsds(data)[0]


def test_ids_that_are_no_uuid_are_kept():
    document = [
        organisation(id="Reg 12"),
        organisation(id=A.upper()),
        organisation(id="réseau"),
    ]
    made, again, _ = back(
        document, lambda data: evolve(data.partners[A], name=citess.Text(fr="Rucher"))
    )
    assert ["Ruches", "Rucher", "Ruches"] == [one["name"] for one in made]
    assert ["Reg 12", A.upper(), "réseau"] == [one["id"] for one in made]
    assert 3 == len(again.partners)


@pytest.mark.parametrize(
    ("fields", "point"),
    [
        ({"latitude": 35.5, "longitude": 11}, ("35.5", "11")),
        ({"latitude": 100, "longitude": 101}, None),
        ({"latitude": True, "longitude": 11}, None),
        ({"latitude": "35", "longitude": 11}, None),
        ({"latitude": 1e-40, "longitude": 11}, None),
        ({"longitude": 11}, None),
    ],
)
def test_only_coordinates_on_the_globe_make_a_point(fields, point):
    given = {"id": C, "location_type": "physical", "name": "Lingare", "addresses": [], **fields}
    data, _ = from_hsds(given)
    found = data.spaces[C].point
    assert point == (found and (str(found.latitude), str(found.longitude)))
    assert given == to_hsds(data)[0]


def test_what_no_record_can_hold_is_passed_over_and_kept():
    given = organisation(
        website="not an address",
        year_incorporated=0,
        organization_identifiers=[
            {"id": B, "identifier": "1"},
            {"id": B, "identifier_type": "RNE", "identifier": "2"},
            {"id": B, "identifier_type": "RNE", "identifier": "2"},
            3,
        ],
        name="  Ru\u0000ches ",
    )
    data, _ = from_hsds(given)
    partner = data.partners[A]
    assert "Ruches" == str(partner.name)
    assert (None, None) == (partner.website, partner.active)
    assert ["RNE:2"] == [str(one) for one in partner.identifiers]
    assert given == to_hsds(data)[0]


def test_addresses_that_say_nothing_give_no_address():
    addresses = [None, {"id": A, "city": " "}, {"id": B, "city": "Mahdia"}]
    given = {"id": C, "location_type": "physical", "name": "L", "addresses": addresses}
    assert "Mahdia" == from_hsds(given)[0].spaces[C].address


def test_a_uuid_is_its_own_key():
    assert A == record_key("partner", A)
    assert record_key("hub", "a") != record_key("partner", "a")


def test_decimals_that_numbers_cannot_hold_come_back_exactly():
    data = hub_with_a_space()
    exact = citess.Point(latitude=Decimal("34.8812345678901234567"), longitude=Decimal(9))
    data = data.replace(evolve(data.spaces["lingare"], point=exact))
    assert data == from_hsds(sent(to_hsds(data)[0]))[0]
