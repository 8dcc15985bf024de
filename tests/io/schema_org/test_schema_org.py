"""schema.org JSON-LD, by an own check table."""

import json
import os

import pytest
from hypothesis import given, settings

import citess
from citess.i18n import Text
from citess.io.schema_org import to_schema_org, write_schema_org
from citess.model import (
    AgeBand,
    CoProducer,
    CoProduction,
    Dataset,
    HubNetwork,
    Money,
    NetworkMember,
    Partner,
    Period,
    PriceKind,
    PriorityGroup,
    Sector,
    Service,
    ServiceOffer,
    Sex,
    evolve,
)
from citess.model.rules import decimal
from citess.testing import whole_datasets
from tests.io.scenes import mahdia
from tests.io.schema_org.vocabulary import faults


@pytest.mark.parametrize("make", [citess.datasets.tunisia, citess.datasets.synthetic, mahdia])
def test_own_check_every_class_and_property_exists_and_fits_its_domain(make):
    document, losses = to_schema_org(make())
    assert ([], False) == (faults(document), losses.ok)
    assert document == to_schema_org(make())[0]


@settings(max_examples=300 if os.environ.get("CITESS_DEEP") else 12)
@given(whole_datasets())
def test_own_check_holds_for_any_dataset(data):
    document, _ = to_schema_org(data, base="https://example.org/")
    assert [] == faults(json.loads(json.dumps(document)))


def by_name(data):
    return {node["name"]: node for node in to_schema_org(data)[0]["@graph"]}


def offered(**changes):
    service = Service(id="statutes", kind="legal", name=Text(fr="Statuts", ar="x"))
    offer = ServiceOffer(id="o1", hub="citess-mahdia", service="statutes")
    return mahdia().add(service, evolve(offer, **changes))


def test_kinds_of_organisations_are_told_apart():
    lab = Partner(id="lab", name=Text(en="Lab"), sector=Sector.ACADEMIA)
    firm = Partner(id="firm", name=Text(en="Firm"), sector=Sector.PRIVATE)
    who = Partner(id="who", name=Text(en="Who"), active=Period.of("2001", "2005"))
    nodes = by_name(mahdia().add(lab, firm, who))
    assert {
        "CitESS Mahdia": "NGO",
        "El Amel": "NGO",
        "Commune": "GovernmentOrganization",
        "Lab": "EducationalOrganization",
        "Firm": "Organization",
        "Who": "Organization",
        "Ruches": "Organization",
        "Lingare": "Place",
        "Boutique": "Place",
        "Mahdia": "AdministrativeArea",
    } == {name: node["@type"] for name, node in nodes.items()}
    assert ("2001", "2005") == (nodes["Who"]["foundingDate"], nodes["Who"]["dissolutionDate"])
    assert {"latitude": 35.504, "longitude": 11.062, "@type": "GeoCoordinates"} == (
        nodes["Lingare"]["geo"]
    )


def test_an_offer_is_a_service_with_provider_audience_and_price():
    offer = by_name(
        offered(
            providers=("amel",),
            age_band=AgeBand(lower=18, upper=35),
            sex=Sex.FEMALE,
            priority_groups=(PriorityGroup.RURAL,),
            price=PriceKind.FREE,
            languages=("ar",),
            period=Period.of("2020", "2021"),
            description=Text(fr="Une heure", ar="x"),
        )
    )["Statuts"]
    assert {"@type": "Offer", "price": "0", "validFrom": "2020", "validThrough": "2021"} == (
        offer["offers"]
    )
    assert {
        "@type": "PeopleAudience",
        "audienceType": ["rural people"],
        "suggestedGender": "female",
        "suggestedMinAge": 18,
        "suggestedMaxAge": 35,
    } == offer["audience"]
    assert 1 == len(offer["provider"])
    assert ["ar"] == offer["availableChannel"]["availableLanguage"]
    assert 2 == len(offer["description"])


def test_a_fee_has_its_currency_and_a_hub_that_names_no_provider_provides():
    fee = Money(amount=decimal("12.5"), currency="TND")
    data = offered(price=PriceKind.PAID, fee=fee, period=Period.of("2020"))
    document, losses = to_schema_org(data)
    node = next(node for node in document["@graph"] if node["@type"] == "Service")
    hub = next(node for node in document["@graph"] if node["name"] == "CitESS Mahdia")
    assert {"@type": "Offer", "price": "12.5", "priceCurrency": "TND", "validFrom": "2020"} == (
        node["offers"]
    )
    assert [{"@id": hub["@id"]}] == node["provider"]
    assert (1, 1) == (losses.lost["service_offers[].price"], losses.lost["service_offers[].period"])


def test_what_has_no_home_is_counted():
    network = HubNetwork(
        id="n", name=Text(en="N"), members=(NetworkMember(hub="citess-mahdia"),), founded=None
    )
    maker = CoProducer(party="amel", modes=(CoProduction.CO_DESIGN,))
    spare = Service(id="spare", kind="advice", name=Text(en="Spare"))
    data = offered(co_producers=(maker,)).add(network, spare)
    losses = to_schema_org(data)[1].lost
    assert (1, 1, 1, 1) == tuple(
        losses[path]
        for path in (
            "partnerships[]",
            "service_offers[].co_producers",
            "hub_networks[].members",
            "services[]",
        )
    )
    with pytest.raises(citess.LossError):
        to_schema_org(data, strict=True)
    assert to_schema_org(Dataset(), strict=True)[0]["@graph"] == []


def test_a_country_has_its_two_letters():
    tunisia = by_name(citess.datasets.tunisia())["Tunisia"]
    assert "Country" == tunisia["@type"]
    assert "TN" in {one["value"] for one in tunisia["identifier"]}


def test_own_check_notices_what_is_wrong():
    document = {
        "@graph": [
            {"@id": "a", "@type": "Hub"},
            {"@id": "b", "@type": "Place", "member": "c", "colour": "red", "address": "x"},
            {"@id": "c", "@type": "NGO", "member": [{"@id": "b"}], "name": 5},
        ]
    }
    assert {
        ("Hub", "no such class"),
        ("Place", "member", "outside its domain"),
        ("Place", "member", "c"),
        ("Place", "colour", "no such property"),
        ("NGO", "name", 5),
    } == {fault for fault in faults(document) if not isinstance(fault[-1], dict)}
    assert ("NGO", "member", {"@id": "b"}) in faults(document)


def test_files_hold_the_same(tmp_path):
    path = tmp_path / "data.jsonld"
    assert not write_schema_org(mahdia(), path, base="https://example.org/").ok
    document = json.loads(path.read_text("utf-8"))
    assert document == to_schema_org(mahdia(), base="https://example.org/")[0]


def test_a_name_of_no_known_language_is_told_whole():
    area = evolve(mahdia().territories["tn-53"], name=Text(und="Mahdia"))
    losses = to_schema_org(mahdia().replace(area))[1]
    assert "territories[].name" not in losses.lost


def test_a_network_without_members_loses_none():
    network = HubNetwork(id="n", name=Text(en="N"))
    document, losses = to_schema_org(Dataset([network]))
    assert ["N"] == [node["name"] for node in document["@graph"]]
    assert "hub_networks[].members" not in {issue.path for issue in losses.issues}
