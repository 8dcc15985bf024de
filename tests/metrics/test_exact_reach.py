"""Reach, equity and money: every number of an answer, by hand."""

import math
from statistics import NormalDist

import pytest

from citess.metrics import (
    Undefined,
    adverse_impact_ratio,
    dissimilarity,
    donor_dependency,
    funding_concentration,
    herfindahl,
    location_quotient,
    parity_index,
    penetration_rate,
    proportion,
    representation_quotient,
    runway,
    self_financing_ratio,
    stress_runway,
    unique_beneficiaries,
    women_share,
    youth_share,
)
from citess.metrics.intervals import katz, wilson

Z = NormalDist().inv_cdf(0.975)


def near(expected, rel=1e-11):
    return pytest.approx(expected, rel=rel, abs=1e-13)


def test_a_share_with_all_that_stands_beside():
    found = proportion(9, 29, 3)
    assert (near(9 / 29), 9, 29, 29, 3, ("few",)) == (
        found.value, found.numerator, found.denominator, found.n, found.missing, found.warnings,
    )  # fmt: skip
    assert (wilson(9, 29), near((9 / 32, 12 / 32))) == (found.interval, found.bounds)
    assert () == proportion(9, 30, 3).warnings
    assert ("missing",) == proportion(9, 30, 4).warnings
    assert ("few", "missing") == proportion(9, 26, 3).warnings
    assert (Undefined.NOT_KNOWN, 2) == (proportion(0, 0, 2).reason, proportion(0, 0, 2).missing)
    assert Undefined.ZERO_DENOMINATOR is proportion(0, 0).reason


def test_different_people_and_claims():
    facts = {("people",): 40, ("by_hub", "a"): 30, ("by_hub", "b"): 20, ("by_hub", "no-id", "a"): 5}
    found = unique_beneficiaries.compute(facts)
    assert (40, 40, 5, (40, 45), ("missing",)) == (
        found.value, found.n, found.missing, found.bounds, found.warnings,
    )  # fmt: skip
    assert {"claimed": 50, "double_count_factor": 1.25, "share_unknown": near(1 / 9)} == found.parts
    fewer = unique_beneficiaries.compute({**facts, ("by_hub", "no-id", "a"): 4})
    assert () == fewer.warnings
    mostly_without = unique_beneficiaries.compute({**facts, ("by_hub", "no-id", "a"): 15})
    assert (40, (40, 55)) == (mostly_without.value, mostly_without.bounds)
    none = unique_beneficiaries.compute({("by_hub", "a"): 3, ("by_hub", "no-id", "a"): 2,
                                         ("by_hub", "b"): 4})  # fmt: skip
    assert (None, (5, 9), 9, Undefined.ONLY_BOUNDS) == (
        none.value, none.bounds, none.missing, none.reason,
    )  # fmt: skip
    assert (Undefined.ZERO_DENOMINATOR, None) == (
        unique_beneficiaries.compute({}).reason, unique_beneficiaries.compute({}).bounds,
    )  # fmt: skip


def test_people_without_a_pseudonym_count_one_by_one():
    facts = {("female",): 20, ("no-id", "female"): 5, ("male",): 15, ("no-id", ""): 2, ("",): 1}
    found = women_share.compute(facts)
    assert (near(25 / 40), 25, 40, 3) == (
        found.value, found.numerator, found.denominator, found.missing,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("band", "young", "old", "unsure"),
    [
        ("18-34", 50, 40, 11),
        ("18-24", 30, 70, 1),
        ("25-34", 20, 70, 11),
        ("18-39", 60, 0, 41),
        ("24-30", 0, 40, 61),
        ("35+", 40, 50, 11),
    ],
)
def test_bands_of_ages_within_another(band, young, old, unsure):
    facts = {("18-24",): 30, ("25-34",): 20, ("35-44",): 40, ("30-39",): 10, ("",): 1}
    found = youth_share.compute(facts, band=band)
    assert (young, young + old, unsure, unsure - 1) == (
        found.numerator, found.denominator, found.missing, found.parts["straddling"],
    )  # fmt: skip
    assert {"band": band} == found.method


PEOPLE = {"female": 5000, "male": 5200}


def test_parity_with_all_that_stands_beside():
    found = parity_index.compute({"female": 120, "male": 80, "": 20}, population=PEOPLE)
    assert near((1.56, 0.024, 80 / 5200)) == (found.value, found.numerator, found.denominator)
    assert katz(120, 5000, 80, 5200) == found.interval
    assert near(((120 / 5000) / (100 / 5200), (140 / 5000) / (80 / 5200))) == found.bounds
    assert (200, 20, {"adjusted": near(2 - 1 / 1.56), "within_band": 0}, ()) == (
        found.n, found.missing, found.parts, found.warnings,
    )  # fmt: skip
    few = parity_index.compute({"female": 14, "male": 15, "": 4}, population=PEOPLE, level=0.9)
    assert (("few", "missing"), 0.9) == (few.warnings, few.interval.level)
    assert () == parity_index.compute({"female": 15, "male": 15}, population=PEOPLE).warnings
    even = {"female": 1000, "male": 1000}
    for women, within in ((103, 1), (104, 0), (97, 1), (96, 0)):
        alike = parity_index.compute({"female": women, "male": 100}, population=even)
        assert (within, near(2 - 100 / women if women > 100 else women / 100)) == (
            alike.parts["within_band"], alike.parts["adjusted"],
        )  # fmt: skip
    beyond = parity_index.compute({"female": 60, "male": 50}, population={"female": 50, "male": 60})
    assert (None, ("beyond-population",)) == (beyond.interval, beyond.warnings)
    assert parity_index.compute(
        {"female": 50, "male": 60}, population={"female": 50, "male": 60}
    ).interval
    for facts, population, reason in (
        ({}, PEOPLE, Undefined.ZERO_DENOMINATOR),
        ({"female": 1, "male": 1}, None, Undefined.NOT_KNOWN),
        ({"female": 1, "male": 1}, {"female": 5, "male": 0}, Undefined.NOT_KNOWN),
        ({"female": 1, "male": 0}, PEOPLE, Undefined.ZERO_DENOMINATOR),
    ):
        assert reason is parity_index.compute(facts, population=population).reason
    assert 0.0 == parity_index.compute({"female": 0, "male": 5}, population=PEOPLE).value


def test_representation_with_all_that_stands_beside():
    found = representation_quotient.compute({"female": 120, "male": 80, "": 10}, reference=0.5)
    assert near((1.2, 0.6, 0.5)) == (found.value, found.numerator, found.denominator)
    share = wilson(120, 200)
    assert near((share.low * 2, share.high * 2)) == (found.interval.low, found.interval.high)
    assert (near((240 / 210, 260 / 210)), 200, 10, "wilson over a fixed reference", ()) == (
        found.bounds, found.n, found.missing, found.interval.method, found.warnings,
    )  # fmt: skip
    men = representation_quotient.compute(
        {"female": 12, "male": 8}, population=PEOPLE, group="male"
    )
    assert near(0.4 / (5200 / 10200)) == men.value
    assert ({"group": "male", "reference": near(5200 / 10200)}, ("few",)) == (
        men.method, men.warnings,
    )  # fmt: skip
    for facts, options, reason in (
        ({"female": 1}, {}, Undefined.NOT_KNOWN),
        ({}, {}, Undefined.ZERO_DENOMINATOR),
        ({"female": 1}, {"reference": 0}, Undefined.ZERO_DENOMINATOR),
        ({"": 3}, {"reference": 0.5}, Undefined.NOT_KNOWN),
        ({}, {"reference": 0.5}, Undefined.ZERO_DENOMINATOR),
    ):
        assert reason is representation_quotient.compute(facts, **options).reason
    assert near(1) == representation_quotient.compute({"female": 1}, reference=1).value
    for reference in (-0.1, 1.1):
        with pytest.raises(ValueError, match="reference is a finite number, 0 to 1"):
            representation_quotient.compute({"female": 1}, reference=reference)


def test_a_way_on_which_a_group_is_lost():
    counts = {"intake": (60, 50), "plan": (48, 40), "financed": (24, 30)}
    facts = {(step, sex): n for step, pair in counts.items()
             for sex, n in zip(("female", "male"), pair, strict=True)}  # fmt: skip
    steps = tuple(counts)
    found = adverse_impact_ratio.compute({**facts, ("intake", ""): 13}, steps=steps)
    assert near((0.4 / 0.6, 0.4, 0.6)) == (found.value, found.numerator, found.denominator)
    assert katz(24, 60, 30, 50) == found.interval
    assert ({"plan": near(1), "financed": near(0.5 / 0.75)}, "financed", 110, 13) == (
        found.parts, found.method["lost_at"], found.n, found.missing,
    )  # fmt: skip
    assert ("missing", "four-fifths") == found.warnings
    twelve = adverse_impact_ratio.compute({**facts, ("intake", ""): 12}, steps=steps)
    assert ("four-fifths",) == twelve.warnings
    just = {("a", "female"): 30, ("a", "male"): 30, ("b", "female"): 20, ("b", "male"): 25}
    assert () == adverse_impact_ratio.compute(just, steps="ab").warnings
    less = {**just, ("b", "female"): 19}
    assert ("four-fifths",) == adverse_impact_ratio.compute(less, steps="ab").warnings
    few = {**just, ("a", "male"): 29}
    assert ("few", "four-fifths") == adverse_impact_ratio.compute(few, steps="ab").warnings
    assert Undefined.ZERO_DENOMINATOR is adverse_impact_ratio.compute({}, steps="ab").reason
    hidden = adverse_impact_ratio.compute({("a", ""): 3}, steps="ab")
    assert Undefined.NOT_KNOWN is hidden.reason
    with pytest.raises(ValueError, match="steps are two or more"):
        adverse_impact_ratio.compute({}, steps="a")


def test_a_quotient_of_places():
    found = location_quotient(20, 200, 500, 10_000, level=0.9)
    assert (2.0, 0.1, 0.05, 200, katz(20, 200, 500, 10_000, 0.9), ()) == (
        found.value, found.numerator, found.denominator, found.n, found.interval, found.warnings,
    )  # fmt: skip
    assert ("few",) == location_quotient(2, 29, 500, 10_000).warnings
    assert (Undefined.NOT_KNOWN, 2) == (
        location_quotient(None, 1, None, 1).reason, location_quotient(None, 1, None, 1).missing,
    )  # fmt: skip
    assert Undefined.ZERO_DENOMINATOR is location_quotient(0, 0, 5, 10).reason
    assert near(1) == location_quotient(5, 5, 10, 10).value
    for given in ((6, 5, 1, 2), (1, 5, 3, 2)):
        with pytest.raises(ValueError, match="is at most"):
            location_quotient(*given)


def test_a_rate_of_a_population():
    found = penetration_rate.compute({"reached": 400}, population=8000)
    assert (0.05, 400, 8000, wilson(400, 8000), (0.05, 0.05), ()) == (
        found.value, found.numerator, found.denominator, found.interval, found.bounds,
        found.warnings,
    )  # fmt: skip
    full = penetration_rate.compute({"reached": 8}, population=8)
    assert (1.0, ()) == (full.value, full.warnings)
    beyond = penetration_rate.compute({"reached": 9}, population=8)
    assert (1.125, None, ("beyond-population",)) == (
        beyond.value, beyond.interval, beyond.warnings,
    )  # fmt: skip
    assert Undefined.NOT_KNOWN is penetration_rate.compute({"reached": 9}).reason
    assert Undefined.ZERO_DENOMINATOR is penetration_rate.compute({}, population=8).reason


def test_two_groups_in_two_hubs():
    facts = {("female", "a"): 30, ("female", "b"): 10, ("male", "a"): 20, ("male", "b"): 40,
             ("", "a"): 3}  # fmt: skip
    found = dissimilarity.compute(facts, seed=1, draws=50)
    assert (near(0.5 * (abs(30 / 40 - 20 / 60) * 2)), 100, 3) == (
        found.value, found.n, found.missing,
    )  # fmt: skip


def test_money_of_a_hub():
    found = herfindahl({"a": 30, "b": 30, "c": 20, "d": 20, "e": 0})
    assert (near(0.26), 4) == (found.value, found.n)
    assert {"effective": near(1 / 0.26), "normalised": near(0.01 / 0.75), "scaled": near(2600),
            "diversification": near(0.74)} == found.parts  # fmt: skip
    one = herfindahl({"a": 5})
    assert (1.0, None, 1) == (one.value, one.parts["normalised"], one.n)
    assert (Undefined.ZERO_DENOMINATOR, 2) == (
        herfindahl({"a": 0, "b": 0}).reason, herfindahl({"a": 0, "b": 0}).n,
    )  # fmt: skip
    for bad in (-1, math.inf):
        with pytest.raises(ValueError, match=r"zero or more|finite"):
            herfindahl({"a": bad})
    rows = {("a", "TND", "yes"): 2, ("b", "TND", "no"): 1, ("b", "TND", ""): 1}
    sums = {("sum", "amount", "a", "TND", "yes"): 60, ("sum", "amount", "b", "TND", "no"): 30,
            ("sum", "amount", "b", "TND", ""): 10}  # fmt: skip
    known = {("known", "amount", *fact): n for fact, n in rows.items()}
    facts = {**rows, **sums, **known}
    donor = donor_dependency.compute(facts)
    assert (0.6, 60, 100, 2, 0, {"project": near(2 / 3)}, {"donor": "a"}, ()) == (
        donor.value, donor.numerator, donor.denominator, donor.n, donor.missing, donor.parts,
        donor.method, donor.warnings,
    )  # fmt: skip
    assert "a" == donor_dependency.compute({"b": 5, "a": 5}).method["donor"]
    spread = funding_concentration.compute({**facts, ("a", "TND", "yes"): 3})
    assert (near(0.52), 1, ("missing",)) == (spread.value, spread.missing, spread.warnings)


@pytest.mark.parametrize(
    ("call", "value", "reason"),
    [
        (lambda: self_financing_ratio(30, 75, in_kind=0), 0.4, None),
        (lambda: self_financing_ratio(30, 50, in_kind=25), 0.4, None),
        (lambda: self_financing_ratio(80, 75), 80 / 75, None),
        (lambda: self_financing_ratio(None, 75), None, Undefined.NOT_KNOWN),
        (lambda: self_financing_ratio(30, None), None, Undefined.NOT_KNOWN),
        (lambda: self_financing_ratio(30, 0), None, Undefined.ZERO_DENOMINATOR),
        (lambda: runway(60_000, 12_000, 7_500), 60_000 / 4_500, None),
        (lambda: runway(60_000, 12_000, 12_000), None, Undefined.UNLIMITED),
        (lambda: runway(0, 12_000, 11_999), 0, None),
        (lambda: runway(None, 1, 1), None, Undefined.NOT_KNOWN),
        (lambda: stress_runway(60_000, 12_000, 7_500, 3_000), 8, None),
        (lambda: stress_runway(60_000, 12_000, 15_000, 3_000), None, Undefined.UNLIMITED),
        (lambda: stress_runway(60_000, 12_000, 15_000, None), None, Undefined.NOT_KNOWN),
    ],
)
def test_months_and_ratios_of_money(call, value, reason):
    found = call()
    assert ((None if value is None else near(value)), reason) == (found.value, found.reason)


def test_money_in_kind_is_asked_for():
    assert ("no-in-kind",) == self_financing_ratio(30, 75).warnings
    found = self_financing_ratio(30, 50, in_kind=25)
    assert ((), 30, 75, 1) == (found.warnings, found.numerator, found.denominator, found.n)
