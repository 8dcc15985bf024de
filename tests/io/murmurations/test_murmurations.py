"""Murmurations profiles, by own checks of the rules of organizations_schema-v1.0.0."""

import json
import os
import re

import pytest
from hypothesis import given, settings

import citess
from citess.i18n import Text
from citess.io.murmurations import COUNTRIES, file_name, to_murmurations, write_murmurations
from citess.model import (
    ActorLevel,
    HubStatus,
    Member,
    PartialDate,
    Partnership,
    PartnershipKind,
    Period,
    Role,
    evolve,
)
from citess.testing import whole_datasets
from tests.io.scenes import mahdia

URL = re.compile(r"https?://.*")
SCHEMA_NAME = re.compile(r"[a-z][a-z0-9_]{7,97}-v[0-9]+\.[0-9]+\.[0-9]+")
STATUS = {"active", "completed", "cancelled", "on_hold", "in_planning"}
SCOPE = {"local", "regional", "national", "international"}
TEXTS = {"name", "nickname", "description", "mission", "full_address", "unique_id"}
KNOWN = TEXTS | {
    "linked_schemas",
    "primary_url",
    "tags",
    "status",
    "country_iso_3166",
    "geolocation",
    "relationships",
    "starts_at",
    "ends_at",
    "geographic_scope",
}


def faults(profile):
    """Everything in a profile that the rules do not allow: an own check, not the schema."""
    found = [name for name in profile if name not in KNOWN]
    found += [name for name in ("linked_schemas", "name") if name not in profile]
    found += [name for name in TEXTS & set(profile) if not isinstance(profile[name], str)]
    schemas = profile["linked_schemas"]
    found += [name for name in schemas if not SCHEMA_NAME.fullmatch(name)]
    found += ["name"] if len(profile["name"]) > 200 else []
    urls = [profile["primary_url"]] if "primary_url" in profile else []
    for tie in profile.get("relationships", []):
        found += [] if {"predicate_url", "object_url"} == set(tie) else ["relationships"]
        urls += tie.values()
    found += [url for url in urls if not URL.fullmatch(url) or len(url) > 2000]
    ties = [tuple(tie.items()) for tie in profile.get("relationships", [])]
    found += ["relationships twice"] if len(set(ties)) < len(ties) else []
    tags = profile.get("tags", ["-"])
    found += [] if 1 <= len(tags) <= 100 and len(set(tags)) == len(tags) else ["tags"]
    found += [tag for tag in tags if len(tag) > 100]
    found += ["status"] if profile.get("status", "active") not in STATUS else []
    found += ["scope"] if profile.get("geographic_scope", "local") not in SCOPE else []
    found += ["country"] if profile.get("country_iso_3166", "TN") not in COUNTRIES else []
    place = profile.get("geolocation", {"lat": 0, "lon": 0})
    inside = {"lat", "lon"} == set(place) and abs(place["lat"]) <= 90 and abs(place["lon"]) <= 180
    found += [] if inside else ["geolocation"]
    times = (profile.get(name, 0) for name in ("starts_at", "ends_at"))
    return found + [time for time in times if not isinstance(time, int | float)]


@pytest.mark.parametrize("make", [citess.datasets.tunisia, citess.datasets.synthetic, mahdia])
@pytest.mark.parametrize("base", [None, "https://example.org/profiles/"])
def test_own_check_profiles_keep_the_rules(make, base):
    profiles, losses = to_murmurations(make(), base=base)
    assert [] == [fault for profile in profiles.values() for fault in faults(profile)]
    assert not losses.ok
    assert profiles == to_murmurations(make(), base=base)[0]


@settings(max_examples=300 if os.environ.get("CITESS_DEEP") else 12)
@given(whole_datasets())
def test_own_check_holds_for_any_dataset(data):
    profiles, _ = to_murmurations(data, base="https://example.org/")
    assert [] == [fault for profile in profiles.values() for fault in faults(profile)]
    parties = (*data.hubs, *data.partners, *data.enterprises)
    assert len(parties) == len(profiles)
    assert profiles == json.loads(json.dumps(profiles))


def test_own_check_notices_a_bad_profile():
    bad = {
        "linked_schemas": ["x"],
        "name": "n" * 201,
        "status": "open",
        "geolocation": {"lat": 100, "lon": 0},
        "primary_url": "www.example.org",
        "tags": [],
        "phone": "1",
        "country_iso_3166": "ZZ",
    }
    assert {
        "phone",
        "x",
        "name",
        "www.example.org",
        "tags",
        "status",
        "country",
        "geolocation",
    } == (set(faults(bad)))


def test_agreements_are_links_to_the_addresses_of_the_others():
    tie = Partnership(
        id="fund",
        kind=PartnershipKind.FUNDING,
        members=(Member(party="town", role=Role.FUNDER), Member(party="amel")),
    )
    profiles, losses = to_murmurations(mahdia().add(tie), base="https://example.org/")
    assert [
        {
            "predicate_url": "http://www.w3.org/ns/org#linkedTo",
            "object_url": "https://example.org/hub-citess-mahdia.json",
        },
        {
            "predicate_url": "https://schema.org/funder",
            "object_url": "https://example.org/partner-town.json",
        },
    ] == sorted(profiles["partner:amel"]["relationships"], key=lambda one: one["predicate_url"])
    assert 2 == losses.lost["partnerships[].members"]
    without = to_murmurations(mahdia().add(tie))
    assert "relationships" not in without[0]["partner:amel"]
    assert 6 == without[1].lost["partnerships[].members"]


def test_states_times_places_and_reach_are_said_in_its_words():
    hub = evolve(
        mahdia().hubs["citess-mahdia"],
        status=HubStatus.DORMANT,
        created=PartialDate("2017-03"),
        aliases=("Cit'ESS", "CITESS"),
    )
    town = evolve(
        mahdia().partners["town"],
        country="ZZ",
        level=ActorLevel.LOCAL,
        active=Period.of("1956-03-20", "1970"),
        website="https://town.example",
    )
    profiles, losses = to_murmurations(mahdia().replace(hub, town))
    one, other = profiles["hub:citess-mahdia"], profiles["partner:town"]
    assert ("on_hold", 1488326400, "Cit'ESS") == (
        one["status"],
        one["starts_at"],
        one["nickname"],
    )
    assert ({"lat": 35.504, "lon": 11.062}, "Mahdia") == (one["geolocation"], one["full_address"])
    assert ("local", -435024000, 0, "https://town.example") == (
        other["geographic_scope"],
        other["starts_at"],
        other["ends_at"],
        other["primary_url"],
    )
    assert "country_iso_3166" not in other
    assert (1, 1) == (losses.lost["partners[].country"], losses.lost["hubs[].aliases"])


def test_long_names_are_cut_and_told():
    amel = evolve(
        mahdia().partners["amel"], name=Text(fr="x" * 300), description=Text(fr="a", ar="b")
    )
    profiles, losses = to_murmurations(mahdia().replace(amel))
    assert 200 == len(profiles["partner:amel"]["name"])
    assert 1 == losses.lost["partners[].name"] == losses.lost["partners[].description"]
    with pytest.raises(citess.LossError):
        to_murmurations(mahdia().replace(amel), strict=True)


def test_each_profile_is_a_file_of_its_own(tmp_path):
    folder = tmp_path / "profiles"
    write_murmurations(mahdia(), folder)
    profiles, _ = to_murmurations(mahdia())
    assert {file_name(reference) for reference in profiles} == {
        path.name for path in folder.iterdir() if not path.name.startswith(".")
    }
    assert profiles["partner:amel"] == json.loads((folder / "partner-amel.json").read_text("utf-8"))


def test_the_base_must_be_a_web_address():
    with pytest.raises(ValueError, match="base must be a web address"):
        to_murmurations(mahdia(), base="profiles/")


def test_of_several_territories_the_first_is_named_and_the_others_are_told():
    north = citess.Territory(
        id="tn-11", name=Text(fr="Tunis"), level=citess.TerritoryLevel.GOVERNORATE
    )
    amel = evolve(mahdia().partners["amel"], territories=("tn-53", "tn-11"))
    profiles, losses = to_murmurations(mahdia().add(north).replace(amel))
    assert profiles["partner:amel"]["full_address"].endswith("Mahdia")
    assert "partners[].territories" in {issue.path for issue in losses.issues}
