"""Reach, equity, chains, money and judgement of support: every number of an answer, by hand."""

import math
from statistics import NormalDist

import pytest

from citess.metrics import (
    NOT_APPLICABLE,
    Undefined,
    absorption,
    adverse_impact_ratio,
    capacity_utilisation,
    coproduction_index,
    decent_work_deficit,
    dissimilarity,
    donor_dependency,
    funding_concentration,
    herfindahl,
    hill_numbers,
    location_quotient,
    mobility_index,
    net_promoter,
    parity_index,
    penetration_rate,
    proportion,
    representation_quotient,
    runway,
    satisfaction,
    sector_balance,
    self_financing_ratio,
    shorrocks,
    stage_transition_matrix,
    stationary,
    stress_runway,
    transition_homogeneity,
    transition_probabilities,
    transitions,
    unique_beneficiaries,
    women_share,
    youth_share,
)
from citess.metrics.intervals import katz, sison_glaz, wilson

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


def test_net_promoters():
    ratings = {10: 20, 9: 30, 8: 20, 7: 10, 6: 5, 0: 15, None: 4}
    found = net_promoter(ratings)
    p, d = 0.5, 0.2
    se = 100 * math.sqrt((p + d - (p - d) ** 2) / 100)
    assert near((30, 30 - Z * se, 30 + Z * se)) == (
        found.value, found.interval.low, found.interval.high,
    )  # fmt: skip
    assert near((2600 / 104, 3400 / 104)) == found.bounds
    assert {"promoters": 50, "passives": 30, "detractors": 20, "se": near(se),
            "response_rate": near(100 / 104)} == found.parts  # fmt: skip
    assert (100, 4, (), "normal") == (
        found.n, found.missing, found.warnings, found.interval.method,
    )  # fmt: skip
    asked = net_promoter([10, 0, None], asked=4, allow_missing=True)
    assert (2, 2, ("few", "missing")) == (asked.n, asked.missing, asked.warnings)
    assert net_promoter([10, 0], asked=2).missing == 0
    with pytest.raises(ValueError, match="asked is at least 3, those in the ratings, not 2"):
        net_promoter([10, 0, None], asked=2)
    for bad in (-1, 11, 5.5):
        with pytest.raises(ValueError, match="ratings are whole numbers from 0 to 10"):
            net_promoter([bad])
    assert (100.0, 100.0) == (net_promoter([9]).value, net_promoter([9]).interval.high)
    assert (-100.0, -100.0) == (net_promoter([6]).value, net_promoter([6]).interval.low)
    extreme = net_promoter([10, 10, 10, 6]).interval
    assert (100.0, True) == (extreme.high, extreme.low > -100)
    assert Undefined.ZERO_DENOMINATOR is net_promoter([]).reason
    assert Undefined.NOT_KNOWN is net_promoter([None]).reason
    refused = net_promoter([10, 9, None, None], asked=4)
    assert (Undefined.TOO_MANY_MISSING, {"response_rate": 0.5}) == (refused.reason, refused.parts)


def test_content_users():
    facts = {("5",): 20, ("4",): 15, ("2",): 5, ("",): 4}
    found = satisfaction.compute(facts)
    assert (0.875, 35, 40, {"response_rate": near(40 / 44), "mean": near(170 / 40)}) == (
        found.value, found.numerator, found.denominator, found.parts,
    )  # fmt: skip
    assert {"threshold": 4} == found.method
    assert 0.5 == satisfaction.compute(facts, threshold=5).value
    assert 0.5 == satisfaction.compute(facts, threshold=4.5).value


def test_levels_of_co_production():
    found = coproduction_index(
        {"co_commission": 2, "co_design": 3, "co_deliver": None}, not_applicable=["co_assess"],
        raters=2,
    )  # fmt: skip
    assert (near(5 / 6), 5, 6, 2, 1, 1, near((5 / 9, 8 / 9))) == (
        found.value, found.numerator, found.denominator, found.n, found.missing,
        found.not_applicable, found.bounds,
    )  # fmt: skip
    assert {
        "breadth": 1.0,
        "least": 2,
        "full": 0,
        "geometric": near(math.sqrt(12) / 4),
    } == found.parts
    assert ((), {"raters": 2}) == (found.warnings, found.method)
    every = dict.fromkeys(("co_commission", "co_design", "co_deliver", "co_assess"), 2)
    assert (1, ("few-raters",)) == (
        coproduction_index(every).parts["full"], coproduction_index(every, raters=1).warnings,
    )  # fmt: skip
    assert 0 == coproduction_index({**every, "co_design": 1}).parts["full"]
    assert (0.0, 1.0) == (
        coproduction_index(dict.fromkeys(every, 0)).value,
        coproduction_index(dict.fromkeys(every, 3)).parts["geometric"],
    )
    for level in (-1, 4):
        with pytest.raises(ValueError, match="the level of co_design is between 0 and 3"):
            coproduction_index({"co_design": level})
    assert (Undefined.NOT_KNOWN, 4) == (
        coproduction_index({}).reason,
        coproduction_index({}).missing,
    )
    assert Undefined.NOT_APPLICABLE is coproduction_index({}, not_applicable=list(every)).reason


def test_jobs_that_lack_decent_work():
    jobs = [[1, 0, 0], [1, 1, None], [0, NOT_APPLICABLE, 1], [None, None, 1], [0, 0, 0]]
    found = decent_work_deficit(jobs, cutoff=2, seed=1, resamples=20)
    assert (near(0.25), 4, 1, 0, {"headcount": 0.25, "intensity": 1.0}) == (
        found.value, found.n, found.missing, found.not_applicable,
        {name: found.parts[name] for name in ("headcount", "intensity")},
    )  # fmt: skip
    assert near((2 / 3 / 5, 2 / 5)) == found.bounds
    assert (near(0.5), near(0.5), 0.0) == tuple(found.parts[f"contribution:{k}"] for k in "123")
    assert ("few", "missing") == found.warnings
    third = decent_work_deficit([[1, 1, None]], cutoff=1, resamples=2)
    assert (1.0, 0) == (third.value, third.missing)
    none = decent_work_deficit([[1, None, None]], cutoff=1)
    assert (Undefined.NOT_KNOWN, 1) == (none.reason, none.missing)
    weighed = decent_work_deficit([{"a": 1, "b": 0}, {"a": 0, "b": 1}], cutoff=1,
                                  weights={"a": 3, "b": 1}, groups="xy", resamples=2)  # fmt: skip
    assert (near(0.375), near(0.75), 0.0, 1, 1) == (
        weighed.value, weighed.parts["deficit:x"], weighed.parts["deficit:y"],
        weighed.parts["jobs:x"], weighed.parts["jobs:y"],
    )  # fmt: skip
    for cutoff in (0, 4):
        with pytest.raises(ValueError, match="cutoff is above 0 and at most 3"):
            decent_work_deficit([[1, 0, 0]], cutoff=cutoff)
    assert 1.0 == decent_work_deficit([[1, 1, 1]], cutoff=3, resamples=2).value
    with pytest.raises(ValueError, match="groups has one for each of the 1 jobs, not 2"):
        decent_work_deficit([[1, 0, 0]], cutoff=1, groups=["a", "b"])


def test_hours_of_a_hub():
    facts = {("a",): 10, ("b",): 9, ("sum", "minutes", "a"): 300, ("known", "minutes", "a"): 10,
             ("sum", "minutes", "b"): 60, ("known", "minutes", "b"): 8}  # fmt: skip
    found = capacity_utilisation.compute(facts, available=8)
    assert (0.75, 6, 8, 18, 1, (), {"target": [0.7, 0.9]}) == (
        found.value, found.numerator, found.denominator, found.n, found.missing, found.warnings,
        found.method,
    )  # fmt: skip
    assert ("over-capacity",) == capacity_utilisation.compute(facts, available=5.9).warnings
    assert () == capacity_utilisation.compute(facts, available=6).warnings


def test_chains_of_stages():
    counts = [[30, 10, 5], [2, 40, 8], [0, 3, 27]]
    assert [[near(30 / 45), near(10 / 45), near(5 / 45)], [0.04, 0.8, 0.16], [0.0, 0.1, 0.9]] == (
        transition_probabilities(counts)
    )
    assert [[None, None], [0.5, 0.5]] == transition_probabilities([[0, 0], [1, 1]])
    assert (None, 1.0, 2.0) == (shorrocks([[1]]), shorrocks([[0.5, 0.5], [0.5, 0.5]]),
                                shorrocks([[0, 1], [1, 0]]))  # fmt: skip
    assert near([0.4, 0.2, 0.4]) == stationary(
        [[0.5, 0.25, 0.25], [0.5, 0, 0.5], [0.25, 0.25, 0.5]]
    )
    assert [0.0, 1.0] == stationary([[0.5, 0.5], [0, 1]])
    assert stationary([[1, 0], [0, 1]]) is None
    walk = absorption([[0, 0.5, 0, 0.5, 0], [0.5, 0, 0.5, 0, 0], [0, 0.5, 0, 0, 0.5],
                       [0, 0, 0, 1, 0], [0, 0, 0, 0, 1]])  # fmt: skip
    assert ((0, 1, 2), (3, 4), near((3, 4, 3))) == (walk.transient, walk.absorbing, walk.steps)
    assert [near((0.75, 0.25)), near((0.5, 0.5)), near((0.25, 0.75))] == [*walk.chances]
    never = absorption([[1 / 2, 1 / 2, 0], [1, 0, 0], [0, 0, 1]])
    assert ((None, None), ((0.0,), (0.0,))) == (never.steps, never.chances)
    stopped = absorption([[0.5, 0.5], [0.5, 0.5]], absorbing=[1])
    assert ((0,), (1,), near((2,)), (near((1,)),)) == (
        stopped.transient, stopped.absorbing, stopped.steps, stopped.chances,
    )  # fmt: skip
    for place in (-1, 2):
        with pytest.raises(ValueError, match="absorbing names places from 0 to 1"):
            absorption([[0.5, 0.5], [0.5, 0.5]], absorbing=[place])
    for bad in ([[0.6, 0.6], [0, 1]], [[-0.1, 1], [0, 1]], [[1]] * 2, []):
        with pytest.raises(ValueError, match=r"row of probabilities|zero or more|is square"):
            absorption(bad)
    with pytest.raises(ValueError, match=r"adds up to one, not 0\.9"):
        shorrocks([[0.9, 0], [0, 1]])


def test_groups_that_move_alike():
    found = transition_homogeneity([[30, 10], [5, 25]], [[20, 20], [5, 25]])
    chi_square = 2 * (5**2 / 25 + 5**2 / 15)
    assert (near(chi_square), 2, near(math.exp(-chi_square / 2))) == (
        found.chi_square, found.df, found.p,
    )  # fmt: skip
    nothing = transition_homogeneity([[1, 0], [0, 0]], [[2, 0], [0, 0]])
    assert (0.0, 0, 1.0) == (nothing.chi_square, nothing.df, nothing.p)
    for groups in (([[1]],), ([[1]], [[1, 2], [3, 4]])):
        with pytest.raises(ValueError, match="give two or more matrices of one size"):
            transition_homogeneity(*groups)


def test_steps_of_enterprises():
    facts = transitions([[30, 10, 5], [2, 40, 8], [0, 3, 7]], ["idea", "creation", "growth"])
    found = stage_transition_matrix.compute(facts, level=0.9)
    assert (near(28 / 105), 28, 105, 105, ()) == (
        found.value, found.numerator, found.denominator, found.n, found.warnings,
    )  # fmt: skip
    first = sison_glaz([30, 10, 5], 0.9)[0]
    assert (45, near(2 / 3), first.low, first.high) == tuple(
        found.parts[name] for name in ("n:idea", "idea>idea", "low:idea>idea", "high:idea>idea")
    )
    assert ["idea", "creation", "growth"] == found.method["stages"]
    rate = {("spell", "idea", "creation"): 3, ("spell", "sum", "days", "idea", "creation"): 730.5,
            ("spell", "sum", "days", "idea", ""): 730.5}  # fmt: skip
    rated = stage_transition_matrix.compute({**facts, **rate})
    assert near(0.75) == rated.parts["rate:idea>creation"]
    few = stage_transition_matrix.compute(transitions([[5, 4], [5, 5]]))
    assert ("few-events",) == few.warnings
    assert () == stage_transition_matrix.compute(transitions([[5, 5], [0, 0]])).warnings
    mobile = mobility_index.compute(facts)
    assert near((3 - (30 / 45 + 0.8 + 0.7)) / 2) == mobile.value
    assert {"stages": 3, "most": 1.5} == mobile.parts
    assert Undefined.TOO_FEW is mobility_index.compute({("idea", "idea"): 3}).reason


def test_partners_of_a_hub():
    mix = {"public": 5, "private": 3, "sse": 2, "odd": 4, "": 1}
    found = sector_balance.compute(mix, sectors=("public", "private", "sse"))
    assert (near(0.62), 10, 1, 4, {"blau": near(0.62), "normalised": near(0.93),
                                   "unbiased": near(1 - 28 / 90)}) == (
        found.value, found.n, found.missing, found.not_applicable, found.parts,
    )  # fmt: skip
    assert ({"k": 3, "form": "blau"}, ()) == (found.method, found.warnings)
    small = sector_balance.compute({"public": 2, "sse": 2}, sectors=("public", "sse"))
    assert (near(1 - 4 / 12), ("unbiased",), "unbiased") == (
        small.value, small.warnings, small.method["form"],
    )  # fmt: skip
    five = sector_balance.compute({"public": 3, "sse": 2}, sectors=("public", "sse"))
    assert (near(0.48), ()) == (five.value, five.warnings)
    assert ("missing",) == sector_balance.compute({"public": 8, "sse": 9, "": 2}).warnings
    assert () == sector_balance.compute({"public": 9, "sse": 9, "": 2}).warnings
    for facts, scheme, reason in (
        ({"sse": 1}, None, Undefined.TOO_FEW),
        ({"sse": 2}, ("sse",), Undefined.TOO_FEW),
        ({"": 1}, None, Undefined.NOT_KNOWN),
        ({}, None, Undefined.ZERO_DENOMINATOR),
    ):
        assert reason is sector_balance.compute(facts, sectors=scheme).reason
    hills = hill_numbers.compute(mix)
    h = -sum(p * math.log(p) for p in (0.5, 0.3, 0.2))
    assert {"q0": 3, "q1": near(math.exp(h)), "q2": near(1 / 0.38), "j": near(h / math.log(3))} == (
        hills.parts
    )
    assert (near(math.exp(h)), 10, 1, 4) == (
        hills.value, hills.n, hills.missing, hills.not_applicable,
    )  # fmt: skip
    assert (1.0, None) == (
        hill_numbers.compute({"sse": 3}).value, hill_numbers.compute({"sse": 3}).parts["j"],
    )  # fmt: skip
