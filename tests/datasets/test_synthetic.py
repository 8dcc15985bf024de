"""Synthetic data: reproducible, flagged, complete enough for every metric."""

import pytest

import citess
from citess import AgreementForm, Evidence, Sector, rivals
from citess.metrics import Undefined, catalogue
from tests.metrics.asking import TOO_FEW, told

DATA = citess.datasets.synthetic()


def test_every_record_is_flagged():
    assert {Evidence.SYNTHETIC} == {record.evidence for record in DATA.records()}


def test_the_check_finds_nothing():
    assert [] == list(DATA.check())


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others():
    assert citess.dumps(DATA) == citess.dumps(citess.datasets.synthetic(seed=0))
    assert DATA != citess.datasets.synthetic(seed=1)


@pytest.mark.parametrize("id_", [found.id for found in catalogue.taking("records")])
@pytest.mark.parametrize("seed", range(5))
def test_every_metric_is_defined(id_, seed):
    found = catalogue[id_](citess.datasets.synthetic(seed=seed), **told(id_))
    expected = Undefined.TOO_FEW if id_ in TOO_FEW else None
    assert expected is found.reason


def test_every_sector_and_a_partner_of_unknown_sector_are_there():
    assert {*Sector, None} == {partner.sector for partner in DATA.partners.values()}


def test_every_form_and_an_agreement_of_unknown_form_and_one_of_three_parties_are_there():
    agreements = DATA.partnerships.values()
    assert {*AgreementForm, None} == {agreement.form for agreement in agreements}
    assert {2, 3} <= {len(agreement.members) for agreement in agreements}


def test_some_offers_name_their_stages_and_territories_and_some_do_not():
    offers = DATA.service_offers.values()
    assert {False, True} == {bool(offer.stages) for offer in offers}
    assert {False, True} == {bool(offer.territories) for offer in offers}


def test_some_enterprises_go_back_a_stage_and_forth_again():
    reached = [[entry.stage for entry in one.stages] for one in DATA.enterprises.values()]
    assert [] != [stages for stages in reached if stages[-1:] == stages[-3:-2]]


def test_figures_have_rivals():
    figures = DATA.observations
    assert len(figures) == sum(len(group) for group in rivals(figures.values()).values())


def test_sizes_are_as_asked():
    data = citess.datasets.synthetic(hubs=5, partners=7, enterprises=11, years=1)
    assert (5, 7, 11) == (len(data.hubs), len(data.partners), len(data.enterprises))


@pytest.mark.parametrize(
    ("name", "value"),
    [("hubs", 0), ("partners", 1), ("enterprises", -1), ("years", 0), ("seed", -1)],
)
def test_a_size_that_makes_no_sense_is_refused(name, value):
    with pytest.raises(ValueError, match=f"{name} must be .* or more, not {value}"):
        citess.datasets.synthetic(**{name: value})


def test_the_least_sizes_work():
    data = citess.datasets.synthetic(hubs=1, partners=2, enterprises=0, years=1)
    assert data.check().ok


def test_services_are_co_produced_in_every_phase():
    offers = citess.datasets.synthetic().service_offers.values()
    modes = {mode for offer in offers for one in offer.co_producers for mode in one.modes}
    assert {*citess.CoProduction} == modes
    for offer in offers:
        parties = [one.party for one in offer.co_producers]
        assert {*offer.providers} <= {*parties} <= {*offer.providers, offer.hub}
        assert len(parties) == len({*parties})
