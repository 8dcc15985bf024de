"""Answers of people, jobs and chains of stages: every number of them, by hand."""

import math
from statistics import NormalDist

import pytest

from citess.metrics import (
    NOT_APPLICABLE,
    Undefined,
    absorption,
    capacity_utilisation,
    coproduction_index,
    decent_work_deficit,
    hill_numbers,
    mobility_index,
    net_promoter,
    satisfaction,
    sector_balance,
    shorrocks,
    stage_transition_matrix,
    stationary,
    transition_homogeneity,
    transition_probabilities,
    transitions,
)
from citess.metrics.intervals import sison_glaz, wilson

Z = NormalDist().inv_cdf(0.975)


def near(expected, rel=1e-11):
    return pytest.approx(expected, rel=rel, abs=1e-13)


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
    for ratings, ends in (([9] * 3, (-1, 0)), ([8] * 3, (-0.5, 0.5)), ([0] * 3, (0, 1))):
        alike, width = net_promoter(ratings), 200 * (1 - wilson(3, 3).low)
        assert near((alike.value + ends[0] * width, alike.value + ends[1] * width)) == (
            alike.interval.low, alike.interval.high,
        )  # fmt: skip
        assert "wilson, all alike" == alike.interval.method
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
