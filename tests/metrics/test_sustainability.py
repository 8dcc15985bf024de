"""Money, continuity and mixes: hand numbers, reference values, real and synthetic data."""

import json
import os
from pathlib import Path

import pytest

import citess
from citess import Funding, Hub, Money, PartialDate, Partner, Period, Text
from citess.metrics import (
    Undefined,
    coproduction_index,
    distance_to_target_mix,
    donor_dependency,
    funding_concentration,
    herfindahl,
    member_vitality,
    runway,
    self_financing_ratio,
    service_survival,
    stress_runway,
    survival_past_project,
)

REFERENCE = os.environ.get("CITESS_REFERENCE_DIR")
needs_reference = pytest.mark.skipif(
    REFERENCE is None, reason="CITESS_REFERENCE_DIR names no folder of reference values"
)


def reference(metric):
    records = json.loads(Path(REFERENCE or "", "reference_values.json").read_text("utf-8"))
    return next(r["value"] for r in records["records"] if r["metric"] == metric)


def funding(id_, giver, amount, **facts):
    money = None if amount is None else Money.of(amount, facts.pop("currency", "TND"))
    return Funding(id=id_, giver=giver, receiver="hub", amount=money, sources=("s",), **facts)


def dataset(*fundings):
    return citess.Dataset.of(
        citess.Source(id="s", title=Text(en="Accounts"), kind=citess.SourceKind.REPORT),
        citess.Territory(
            id="t", name=Text(en="T"), level=citess.TerritoryLevel.OTHER, sources=("s",)
        ),
        Hub(id="hub", name=Text(en="Hub"), territories=("t",), sources=("s",)),
        *(Partner(id=p, name=Text(en=p), sources=("s",)) for p in ("a", "b")),
        *fundings,
    )


@needs_reference
def test_reference_values_of_money_and_continuity_are_reproduced():
    hhi = herfindahl({"a": 30, "b": 30, "c": 20, "d": 20})
    assert pytest.approx(reference("hhi"), abs=1e-9) == hhi.parts["scaled"]
    toy = reference("funding_hhi")
    found = funding_concentration.compute({"a": 0.5, "b": 0.3, "c": 0.2})
    assert pytest.approx(toy["hhi"]) == found.value
    assert pytest.approx(toy["effective"]) == found.parts["effective"]
    assert pytest.approx(toy["normalised"]) == found.parts["normalised"]
    assert pytest.approx(toy["diversification"]) == found.parts["diversification"]
    assert pytest.approx(reference("runway")["months"]) == runway(60000, 12000, 7500).value
    stressed = stress_runway(60000, 12000, 7500, 3000).value
    assert reference("runway_without_top_donor") == stressed
    assert reference("self_financing_ratio") == self_financing_ratio(30, 75).value
    hubs, expected = (
        survival_past_project.compute({"alive": 2}),
        reference("hub_survival_past_project"),
    )
    assert pytest.approx(expected["ci"], abs=1e-4) == [hubs.interval.low, hubs.interval.high]
    members, expected = member_vitality(30, 27), reference("member_retention")
    assert pytest.approx(expected["ci"], abs=1e-4) == [members.interval.low, members.interval.high]
    mix = distance_to_target_mix.compute({"public": 5, "private": 3, "sse": 2})
    assert pytest.approx(reference("distance_to_target_mix")) == mix.value
    levels = {"co_commission": 2, "co_design": 3, "co_deliver": 3, "co_assess": 0}
    joint, expected = coproduction_index(levels), reference("coproduction_index")
    assert pytest.approx(expected["mean"]) == joint.value
    assert (expected["coverage"], expected["min"]) == (joint.parts["breadth"], joint.parts["least"])
    assert pytest.approx(expected["geometric_shifted"]) == joint.parts["geometric"]


def test_currencies_are_never_added():
    data = dataset(
        funding("f1", "a", 60), funding("f2", "b", 40, currency="EUR"), funding("f3", "b", 40)
    )
    assert Undefined.SEVERAL_CURRENCIES is funding_concentration(data).reason
    assert Undefined.SEVERAL_CURRENCIES is donor_dependency(data).reason
    assert pytest.approx(0.52) == funding_concentration(data, currency="TND").value
    assert Undefined.ZERO_DENOMINATOR is funding_concentration(data, currency="USD").reason


def test_amounts_not_known_are_missing_and_not_zero():
    data = dataset(funding("f1", "a", 60, restricted=True), funding("f2", "b", None))
    assert Undefined.TOO_MANY_MISSING is donor_dependency(data).reason
    found = donor_dependency(data, allow_missing=True)
    assert (1.0, 1, "a", 1.0) == (
        found.value,
        found.missing,
        found.method["donor"],
        found.parts["project"],
    )
    unknown = funding_concentration(dataset(funding("f2", "b", None)))
    assert (Undefined.NOT_KNOWN, 1) == (unknown.reason, unknown.missing)
    assert Undefined.ZERO_DENOMINATOR is donor_dependency.compute({"a": 0}).reason
    assert Undefined.ZERO_DENOMINATOR is funding_concentration.compute({}).reason
    assert Undefined.ZERO_DENOMINATOR is herfindahl({"a": 0}).reason


def test_one_source_has_no_normalised_concentration():
    found = funding_concentration.compute({"a": 7})
    assert (1.0, None) == (found.value, found.parts["normalised"])


@pytest.mark.parametrize("amount", [-1, float("nan"), float("inf")])
def test_impossible_amounts_are_refused_by_name(amount):
    with pytest.raises(ValueError, match="an amount is zero or more"):
        herfindahl({"a": amount})
    with pytest.raises(ValueError, match="reserves is zero or more"):
        runway(amount, 1, 1)
    with pytest.raises(ValueError, match="earned is zero or more"):
        self_financing_ratio(amount, 1)


def test_income_that_covers_costs_is_unlimited_and_not_infinite():
    assert Undefined.UNLIMITED is runway(100, 10, 10).reason
    assert Undefined.NOT_KNOWN is runway(None, 10, 5).reason
    assert Undefined.NOT_KNOWN is stress_runway(100, 10, None, 5).reason
    with pytest.raises(ValueError, match="more than the income"):
        stress_runway(100, 10, 5, 6)


def test_costs_in_kind_are_said():
    assert ("no-in-kind",) == self_financing_ratio(30, 75).warnings
    assert 0.3 == self_financing_ratio(30, 75, in_kind=25).value
    assert Undefined.NOT_KNOWN is self_financing_ratio(None, 75).reason
    assert Undefined.ZERO_DENOMINATOR is self_financing_ratio(30, 0, in_kind=0).reason


def test_both_tunisian_hubs_outlived_a_project():
    found = survival_past_project(citess.datasets.tunisia(), by="programme")
    assert (1.0, 2) == (found.value, found.n)
    assert 1.0 == found.method["rule_of_three"]
    assert ("restart",) in found.breakdown
    assert 0 == survival_past_project(citess.datasets.tunisia(), on="2017-01-01").n


def test_a_hub_at_rest_did_not_outlive_its_project():
    found = survival_past_project.compute({"alive": 6, "over": 2, "": 1})
    assert (0.75, 1, {}) == (found.value, found.missing, found.method)
    assert "few-hubs" not in found.warnings
    assert Undefined.NOT_KNOWN is survival_past_project.compute({"": 1}).reason


def test_offers_are_followed_a_year_after_the_programme_or_to_the_day_asked_for():
    data = citess.datasets.synthetic()
    offers = [o for o in data.service_offers.values() if o.period]
    later, now = service_survival(data), service_survival(data, on="2024-06-01")
    assert 0 < later.n + later.missing <= len(offers)
    assert now.n + now.missing >= later.n + later.missing
    leap = citess.Dataset(
        citess.evolve(r, period=Period.of("2019", "2020-02-29"))
        if r.id == "synthetic-0-programme-0"
        else r
        for r in data.records()
    )
    assert service_survival(leap).n > 0


def test_members_are_counted_within_the_association():
    found = member_vitality(30, 27, joined=3, active=15, present=20)
    assert [0.1, 0.5, 2 / 3] == [found.parts[k] for k in ("entry", "active", "attendance")]
    assert Undefined.ZERO_DENOMINATOR is member_vitality(0, 0).reason
    with pytest.raises(ValueError, match="stayed is a count from 0 to 5 members, not 6"):
        member_vitality(5, 6)


def test_a_target_mix_sums_to_one():
    found = distance_to_target_mix.compute({"public": 2, "": 1}, target={"public": 0.5, "sse": 0.5})
    assert (0.5, 1, ("few-partners",)) == (found.value, found.missing, found.warnings)
    with pytest.raises(ValueError, match="sum to one"):
        distance_to_target_mix.compute({"public": 2}, target={"public": 0.5})
    assert Undefined.NOT_KNOWN is distance_to_target_mix.compute({"": 2}).reason
    assert Undefined.ZERO_DENOMINATOR is distance_to_target_mix.compute({}).reason


def test_a_phase_not_rated_is_not_a_phase_without_users():
    found = coproduction_index({"co_design": 3, "co_deliver": None}, not_applicable=["co_assess"])
    assert (1.0, 2, 1, 0) == (found.value, found.missing, found.not_applicable, found.parts["full"])
    assert pytest.approx((1 / 3, 1)) == found.bounds
    assert ("few-raters",) == found.warnings
    assert Undefined.NOT_KNOWN is coproduction_index({}).reason
    assert (
        Undefined.NOT_APPLICABLE
        is coproduction_index({}, not_applicable=citess.CoProduction).reason
    )
    with pytest.raises(ValueError, match="'co_pay' is no phase"):
        coproduction_index({"co_pay": 1})
    with pytest.raises(ValueError, match="between 0 and 3, not 4"):
        coproduction_index({"co_design": 4})


def test_a_programme_without_an_end_leaves_nothing_behind():
    data = dataset()
    going = citess.Programme(
        id="p",
        name=Text(en="P"),
        members=(citess.Member(party="hub"),),
        period=Period.of(PartialDate("2020")),
        sources=("s",),
    )
    assert 0 == survival_past_project(data.add(going)).n
