"""Whatever is given, nothing escapes but the errors of citess; what is private stays."""

import contextlib
import json
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import citess
from citess.errors import CitessError
from citess.io._told import left_out, shelf_of, told
from citess.io._travel import Losses
from citess.io.hsds import from_hsds, read_hsds_package, to_hsds
from citess.io.hsds._profile import TAXONOMY
from citess.io.hsds._standard import recognised
from citess.model import evolve
from tests.io.hsds.test_hsds import hub_with_a_space, sent
from tests.io.hsds.test_kept import A, B

JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=6,
)


def paths(value, path=()):
    """Places of a document."""
    yield path
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from paths(item, (*path, key))


def replaced(value, path, other):
    """A document with another value at one place."""
    if not path:
        return other
    made = dict(value) if isinstance(value, dict) else list(value)
    made[path[0]] = replaced(made[path[0]], path[1:], other)
    return made


def spoilt(draw, document):
    """A document with values replaced by anything, or by others of its own."""
    for _ in range(draw(st.integers(1, 4))):
        places = [path for path in paths(document) if path]
        if not places:
            break
        own = st.sampled_from(places).map(lambda path: at(document, path))  # noqa: B023
        document = replaced(document, draw(st.sampled_from(places)), draw(JUNK | own))
    return document


def at(document, path):
    for step in path:
        document = document[step]
    return document


def document():
    data = hub_with_a_space(
        providers=("citess-mahdia",),
        age_band=citess.AgeBand(lower=18, upper=35),
        fee=citess.Money.of("5.5", "TND"),
        priority_groups=(citess.PriorityGroup.WOMEN,),
    )
    return sent(to_hsds(data)[0])


def survives(given_document):
    """A reading gives a dataset that can be written, or an error of citess."""
    try:
        data, report = from_hsds(given_document)
    except CitessError:
        return
    assert report.text("ar")
    made, _ = to_hsds(data)
    json.dumps(made)


@settings(max_examples=30)
@given(st.data())
def test_no_document_brings_about_another_error(data):
    survives(spoilt(data.draw, document()))


@settings(max_examples=30)
@given(JUNK)
def test_no_junk_brings_about_another_error(junk):
    survives(junk)


@pytest.mark.deep
@settings(max_examples=20_000)
@given(st.data())
def test_no_document_brings_about_another_error_at_length(data):
    survives(spoilt(data.draw, document()))


@pytest.mark.deep
@settings(max_examples=5_000)
@given(st.binary(max_size=200), st.sampled_from(("organizations", "services", "attributes")))
def test_no_table_brings_about_another_error_at_length(tmp_path_factory, content, name):
    folder = tmp_path_factory.getbasetemp() / f"hsds-{os.getpid()}"
    folder.mkdir(exist_ok=True)
    for file in folder.iterdir():
        file.unlink()
    (folder / f"{name}.csv").write_bytes(b"id,name,description,status,link_id,value\n" + content)
    with contextlib.suppress(CitessError):
        read_hsds_package(folder)


def attribute(code, value, **more):
    term = {"id": B, "code": code, "name": "n", "description": "d", "taxonomy": TAXONOMY}
    return {"id": f"{code} {value}", "link_id": A, "taxonomy_term": term, "value": value, **more}


@pytest.mark.parametrize(
    ("codes", "issue"),
    [
        ([("hub.status:gone", "gone")], "bad-code"),
        ([("partner.sector:x", "x")], "bad-code"),
        ([("partner.active", "{")], "wrong-type"),
        ([("partner.active", "[" * 5000)], "wrong-type"),
        ([("partner.name", "a"), ("partner.name@fr", "b")], None),
        ([("partner.name@fr", "a"), ("partner.aliases", "b"), ("partner.aliases", "c")], None),
        ([("partner.name@fr", "a"), ("partner.name@x!", "b")], "bad-language"),
        ([("partner.identifiers@fr", "b"), ("partner.identifiers", "{}")], "missing-field"),
        ([("partner.name@fr", "a"), ("partner.tel", "1")], None),
        ([("partner.name@fr", "a"), ("partner.id", "Ä")], "bad-id"),
        ([("partner.name@fr", "a"), ("partner.id@fr", "a")], "wrong-type"),
    ],
)
def test_attributes_of_the_profile_that_are_unfit_are_located(codes, issue):
    given_document = {
        "organizations": [{"id": A, "name": "N", "description": "D"}],
        "attributes": [attribute(*code) for code in codes],
    }
    if issue is None:
        data, _ = from_hsds(given_document)
        assert given_document == to_hsds(data)[0]
    else:
        with pytest.raises(CitessError, match=issue):
            from_hsds(given_document)


def test_objects_that_are_none_of_hsds_are_kept_and_counted():
    document = [{"colour": "red"}, {"id": A, "name": "N", "description": "D"}, {}]
    data, report = from_hsds(document)
    assert [("kept-aside", (("count", "2"),))] == [(one.code, one.details) for one in report.issues]
    assert document == to_hsds(data)[0]


def test_attributes_that_say_nothing_of_the_profile_are_kept():
    given_document = {
        "attributes": [
            {"id": B, "link_id": A, "value": "x"},
            attribute("partner.name@fr", 3),
            attribute("member:lead", "visit"),
            {**attribute("partner.name@fr", "x"), "taxonomy_term": None, "taxonomy_term_id": "no"},
        ]
    }
    data, _ = from_hsds(given_document)
    assert 0 == len(data)
    assert given_document == to_hsds(data)[0]


def test_what_is_private_or_unknown_is_withheld_and_counted():
    data = hub_with_a_space()
    hub = evolve(data.hubs["citess-mahdia"], extra={"tel": "+216"})
    parents = (citess.Parent(scheme=citess.GroupingScheme.STATE, territory="tn"),)
    tunisia = citess.Territory(
        id="tn", name=citess.Text(fr="Tunisie"), level=citess.TerritoryLevel.COUNTRY
    )
    below = {"parents": {"0": {"x": 1}}}
    mahdia = evolve(data.territories["tn-53"], parents=parents, extra=below)
    data = data.add(tunisia).replace(hub, mahdia)
    data = citess.Dataset(data.records(), extra={"later": 1})
    past = data.record(on="2020-01-01").correct(data.spaces["lingare"], on="2021-01-01")
    document_, losses = to_hsds(past)
    assert {
        "hubs[].tel": 1,
        "later": 1,
        "past_spaces[]": 1,
        "territories[].parents[].x": 1,
    } == losses.lost
    assert "+216" not in json.dumps(document_)


def test_fields_about_persons_and_notes_are_never_told():
    case = citess.Case(
        id="c1",
        hub="h",
        opened=citess.PartialDate("2020"),
        note=citess.Text(fr="secret"),
        rural=True,
    )
    losses = Losses("any")
    assert "note" not in told(case, losses, "any")
    assert {"cases[].note": 1, "cases[].rural": 1} == losses.report().lost
    assert "cases" == shelf_of(case)


def test_nothing_is_left_out_of_nothing():
    losses = Losses("any")
    left_out(citess.Dataset(), (), "any", losses)
    assert losses.report().ok


@pytest.mark.parametrize(
    ("given_object", "kind"),
    [
        ({"id": A, "name": "n", "description": "d"}, "organization"),
        ({"id": A, "name": "n", "status": "active"}, "service"),
        ({"id": A, "service_id": A, "location_id": A}, "service_at_location"),
        ({"id": A, "link_id": A, "value": "x"}, "attribute"),
        ({"id": A, "name": "n", "attributes": [{"link_entity": "program"}]}, "program"),
        ({"id": A, "name": "n", "attributes": [{"link_entity": "moon"}]}, "organization"),
        ({"id": A, "name": "n", "description": "d", "version": "1", "metadata": []}, "taxonomy"),
        ({"colour": "red"}, None),
    ],
)
def test_objects_are_recognised_by_their_fields(given_object, kind):
    assert kind == recognised(given_object)


def test_a_program_names_its_organisation_by_id_too():
    given_document = {
        "organizations": [{"id": A, "name": "N", "description": "D"}],
        "programs": [
            {"id": B, "organization_id": A, "name": "P", "description": "D"},
            {"id": "3", "organization_id": "none", "name": "Q", "description": "D"},
        ],
    }
    data, _ = from_hsds(given_document)
    assert [A] == [member.party for member in data.programmes[B].members]
    assert () == data.programmes["3"].members
