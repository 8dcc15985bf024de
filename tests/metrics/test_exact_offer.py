"""The offer, who meets it, its access and its return: every number of an answer, by hand."""

import math

import pytest

from citess.metrics import (
    Facts,
    Range,
    Undefined,
    bundle_lift,
    claims,
    complementarity_gain,
    contributions,
    double_count_adjustment,
    enhanced_2sfca,
    gravity_access,
    legal_pipeline,
    offer_continuity,
    one_stop_completeness,
    redundancy_ratio,
    service_coverage,
    service_overlap,
    shapley_coverage,
    single_provider_share,
    sroi_ratio,
    territorial_coverage,
    two_step_floating_catchment,
)
from citess.metrics.bundles import bundle, bundles
from citess.metrics.services import offered
from citess.metrics.tests_of_chance import hypergeometric_p

A, B, C = {1, 2, 3}, {2, 3, 4, 5, 6}, {6, 7}


def near(expected, rel=1e-11):
    return pytest.approx(expected, rel=rel, abs=1e-13)


def cell(need):
    return (str(need), "any", "any")


def test_needs_that_are_met():
    facts = offered({"a": (1, 2, 9)}, required=range(1, 5))
    found = service_coverage.compute(facts)
    assert (0.5, 2, 4, 4, 0) == (
        found.value, found.numerator, found.denominator, found.n, found.not_applicable,
    )  # fmt: skip
    assert ({"offered_beyond_need": 1, "unmet": 2}, [[*cell(3)], [*cell(4)]]) == (
        found.parts, found.method["gaps"],
    )  # fmt: skip
    weighed = {cell(1): 3, cell(2): 0, cell(3): 1, cell(4): None}
    heavy = service_coverage.compute(offered({"a": (1, 2)}, required=weighed), required=weighed)
    assert (0.75, 3, 4, 3, 1) == (
        heavy.value, heavy.numerator, heavy.denominator, heavy.n, heavy.not_applicable,
    )  # fmt: skip
    many = service_coverage.compute(offered({"a": [0]}, required=range(150)))
    assert (100, 149) == (len(many.method["gaps"]), many.parts["unmet"])
    none = service_coverage.compute(offered({}, required=[1]))
    assert (Undefined.NOT_KNOWN, 0, 1) == (none.reason, none.n, none.denominator)
    nothing = service_coverage.compute(offered({"a": [1]}))
    assert (Undefined.ZERO_DENOMINATOR, None) == (nothing.reason, nothing.denominator)


def test_kinds_behind_one_door():
    facts = {**offered({"a": (1, 2)}, required=range(1, 5)),
             **offered({"b": (2, 3)}, channel="referral"),
             **offered({"c": (3, 4, 9)}, channel="claimed")}  # fmt: skip
    found = one_stop_completeness.compute(facts)
    assert (0.75, 3, 4, 4, {"direct": 0.5, "effective": 0.75, "claimed": 1}) == (
        found.value, found.numerator, found.denominator, found.n, found.parts,
    )  # fmt: skip
    none = one_stop_completeness.compute(offered({}, required=[1]))
    assert (Undefined.NOT_KNOWN, 1, 0) == (none.reason, none.denominator, none.n)
    assert Undefined.ZERO_DENOMINATOR is one_stop_completeness.compute(offered({"a": [1]})).reason


def test_an_offer_that_is_duplicated():
    facts = {**offered({"a": A, "b": B}), **offered({"": {9}})}
    found = redundancy_ratio.compute(facts)
    assert (0.25, 2, 8, 2, 1, {"single_provider_share": near(4 / 6)}) == (
        found.value, found.numerator, found.denominator, found.n, found.missing, found.parts,
    )  # fmt: skip
    alone = single_provider_share.compute(facts)
    assert (near(4 / 6), 4, 6, 6, 1) == (
        alone.value, alone.numerator, alone.denominator, alone.n, alone.missing,
    )  # fmt: skip
    assert [[*cell(1), "a"], [*cell(4), "b"], [*cell(5), "b"], [*cell(6), "b"]] == (
        alone.method["cells"]
    )
    for metric in (redundancy_ratio, single_provider_share, shapley_coverage):
        assert Undefined.TOO_FEW is metric.compute(offered({"a": A})).reason
        assert Undefined.NOT_KNOWN is metric.compute({}).reason
        nameless = metric.compute(offered({"": A}))
        assert (Undefined.NOT_KNOWN, 3) == (nameless.reason, nameless.missing)


def test_what_each_adds():
    found = contributions({"a": A, "b": B, "c": C, "d": ()}, {1: 2, 6: 0.5})
    assert {
        "a": (near(2 + 0.5 + 0.5), 2, 4),
        "b": (near(0.5 + 0.5 + 1 + 1 + 0.25), 2, 4.5),
        "c": (near(1.25), 1, 1.5),
        "d": (0.0, 0, 0),
    } == {who: (one.shapley, one.unique, one.total) for who, one in found.items()}
    for weight in (-1, math.nan, math.inf):
        with pytest.raises(ValueError, match="weights are numbers of 0 or more"):
            contributions({"a": [1]}, {1: weight})
    joint = shapley_coverage.compute(offered({"a": A, "b": B}))
    assert (6, 2, {"a": 2.0, "b": 4.0, "unique:a": 1, "unique:b": 3}) == (
        joint.value, joint.n, joint.parts,
    )  # fmt: skip
    demand = {cell(1): 2, cell(2): 3}
    weighed = shapley_coverage.compute(offered({"a": A, "b": B}, required=demand), required=demand)
    assert (5, {"a": 3.5, "b": 1.5, "unique:a": 2, "unique:b": 0}) == (
        weighed.value, weighed.parts,
    )  # fmt: skip
    sectors = {("offer", *cell(1), "a", "direct", "sse"): 1,
               ("offer", *cell(2), "b", "direct", "public"): 1,
               ("offer", *cell(2), "c", "direct", "sse"): 1}  # fmt: skip
    by_sector = shapley_coverage.compute(sectors).parts
    assert (1.5, 0.5) == (by_sector["sector:sse"], by_sector["sector:public"])


def test_what_the_others_fill():
    found = complementarity_gain.compute(offered({"a": A, "b": {*B, 99}}, required=range(1, 9)))
    assert (near(1 / 3), 1, 3, 2, {"best_alone": 5, "together": 6}, {"best": "b"}) == (
        found.value, found.numerator, found.denominator, found.n, found.parts, found.method,
    )  # fmt: skip
    full = complementarity_gain.compute(offered({"a": A, "b": B}, required=[2, 3]))
    assert (Undefined.NOT_APPLICABLE, {"best": "a"}, 2) == (full.reason, full.method, full.n)
    beyond = complementarity_gain.compute(offered({"a": [7], "b": [8]}, required=[1]))
    assert (0.0, None, {"best_alone": 0, "together": 0}) == (
        beyond.value, beyond.method["best"], beyond.parts,
    )  # fmt: skip
    for facts, reason in (
        (offered({"a": A, "b": B}), Undefined.ZERO_DENOMINATOR),
        (offered({"a": A}, required=[1]), Undefined.TOO_FEW),
        (offered({}, required=[1]), Undefined.NOT_KNOWN),
    ):
        assert reason is complementarity_gain.compute(facts).reason


def test_offers_that_are_alike():
    found = service_overlap(A, B)
    assert (near(1 / 3), 2, 6, 2, {"simpson": near(2 / 3)}) == (
        found.value, found.numerator, found.denominator, found.n, found.parts,
    )  # fmt: skip
    assert (0.0, None) == (service_overlap(A, ()).value, service_overlap(A, ()).parts["simpson"])
    assert (Undefined.NOT_KNOWN, 1, 2) == (
        service_overlap(None, A).reason, service_overlap(A, None).missing,
        service_overlap(None, None).missing,
    )  # fmt: skip
    assert Undefined.ZERO_DENOMINATOR is service_overlap((), ()).reason


def test_an_offer_that_goes_on():
    facts = {("before", str(n)): 1 for n in (1, 2, 3, 4)}
    facts |= {("after", str(n)): 1 for n in (2, 3, 4, 5, 6)}
    facts |= {("perhaps-before", "6"): 1, ("perhaps-after", "4"): 1, ("perhaps-after", "1"): 1}
    found = offer_continuity.compute(facts)
    assert (0.75, 3, 4, 4, 2) == (
        found.value, found.numerator, found.denominator, found.n, found.missing,
    )  # fmt: skip
    assert {"persistence": 1.0, "kept": 3, "ended": 0, "begun": 1} == found.parts
    begun = offer_continuity.compute({("after", "1"): 1})
    assert (0.0, None, 1) == (begun.value, begun.parts["persistence"], begun.parts["begun"])
    ended = offer_continuity.compute({("before", "1"): 1, ("before", "2"): 1, ("after", "2"): 1})
    assert (0.5, 0.5, 1) == (ended.value, ended.parts["persistence"], ended.parts["ended"])
    for words, reason in (
        ({}, Undefined.ZERO_DENOMINATOR),
        ({("perhaps-after", "1"): 1}, Undefined.NOT_KNOWN),
        ({("", "1"): 1}, Undefined.NOT_APPLICABLE),
    ):
        assert reason is offer_continuity.compute(words).reason


def test_services_used_together():
    lift, p = bundle(100, 40, 30, 18)
    assert (1.5, hypergeometric_p(18, units=100, marked=40, drawn=30)) == (lift, p)
    assert (1.0, 1.0) == bundle(5, 5, 5, 5)
    for counts in ((5, 0, 1, 0), (5, 6, 1, 1), (5, 1, 0, 0), (5, 1, 6, 1)):
        with pytest.raises(ValueError, match="are between 1 and clients"):
            bundle(*counts)
    for counts in ((5, 4, 4, 2), (5, 2, 3, 3), (9, 2, 3, -1)):
        with pytest.raises(ValueError, match="does not fit"):
            bundle(*counts)
    facts = {("clients",): 100, ("uses", "a"): 40, ("uses", "b"): 30, ("uses", "c"): 50,
             ("both", "a", "b"): 18, ("both", "c", "a"): 9, ("both", "b", "c"): 15}  # fmt: skip
    every = bundles(Facts(facts))
    assert [("a", "b"), ("b", "c"), ("a", "c")] == [(one.first, one.second) for one in every]
    assert (18, 12.0, 1.5, near(3 * p)) == (
        every[0].together, every[0].expected, every[0].lift, every[0].q,
    )  # fmt: skip
    found = bundle_lift.compute(facts)
    assert (1.5, 18, 12.0, 100, ()) == (
        found.value, found.numerator, found.denominator, found.n, found.warnings,
    )  # fmt: skip
    assert {"p": near(p), "q": near(3 * p), "pairs_tested": 3, "pairs_validated": 1} == found.parts
    assert (["a", "b"], 0.05) == (found.method["pair"], found.method["alpha"])
    strict = bundle_lift.compute(facts, alpha=0.02)
    assert (0, ("cannot-validate",)) == (strict.parts["pairs_validated"], strict.warnings)
    seldom = bundle_lift.compute(facts, pair=("c", "a"))
    assert (0.45, ("few-events",)) == (seldom.value, seldom.warnings)
    ten = bundle_lift.compute({**facts, ("both", "c", "a"): 10}, pair=("a", "c"))
    assert () == ten.warnings
    for pair in (("a", "a"), ("a",), ("a", "b", "c")):
        with pytest.raises(ValueError, match="pair is two different kinds"):
            bundle_lift.compute(facts, pair=pair)
    for alpha in (-0.1, 1.1):
        with pytest.raises(ValueError, match="alpha is a finite number, 0 to 1"):
            bundle_lift.compute(facts, alpha=alpha)
    for given, pair, reason in (
        ({("clients",): 5, ("uses", "a"): 2}, None, Undefined.TOO_FEW),
        (facts, ("a", "x"), Undefined.ZERO_DENOMINATOR),
        ({}, None, Undefined.ZERO_DENOMINATOR),
    ):
        assert reason is bundle_lift.compute(given, pair=pair).reason


PEOPLE = {"A": 100, "B": 200, "C": 50}
SUPPLY = {"x": 10, "y": 6}
COSTS = {"A": {"x": 10, "y": 40}, "B": {"x": 25, "y": 25}, "C": {"x": 50, "y": 10}}


def test_who_lives_within_reach():
    found = territorial_coverage(PEOPLE, COSTS, within=10)
    assert (near(150 / 350), 150, 350, 3, 0, near((150 / 350, 150 / 350))) == (
        found.value, found.numerator, found.denominator, found.n, found.missing, found.bounds,
    )  # fmt: skip
    assert ({"mean_time_to_nearest": near((1000 + 5000 + 500) / 350)}, {"within": 10}, ()) == (
        found.parts, found.method, found.warnings,
    )  # fmt: skip
    assert 0.0 == territorial_coverage(PEOPLE, COSTS, within=9.9).value


def test_supply_a_head():
    found = two_step_floating_catchment(PEOPLE, SUPPLY, COSTS, within=25)
    x, y = 10 / 300, 6 / 250
    assert {"A": near(x), "B": near(x + y), "C": near(y), "without_access": 0} == found.parts
    assert (near(16 / 350), near(16), 350, 3, ()) == (
        found.value, found.numerator, found.denominator, found.n, found.warnings,
    )  # fmt: skip
    assert {"x": near(x), "y": near(y)} == found.method["supply_per_head_at_hub"]
    near_by = two_step_floating_catchment(PEOPLE, {**SUPPLY, "z": 4}, COSTS, within=24.9)
    assert (1, ["z"], ("no-demand",)) == (
        near_by.parts["without_access"], near_by.method["without_demand"], near_by.warnings,
    )  # fmt: skip
    decay = enhanced_2sfca(PEOPLE, SUPPLY, COSTS)
    x, y = 10 / (100 + 0.22 * 200), 6 / (0.22 * 200 + 50)
    assert {"A": near(x), "B": near(0.22 * (x + y)), "C": near(y), "without_access": 0} == (
        decay.parts
    )
    assert [[10, 1.0], [20, 0.68], [30, 0.22]] == decay.method["bands"]
    bands = enhanced_2sfca({"a": 1}, {"x": 1}, {"a": {"x": 20}}).parts
    assert near(1) == bands["a"]
    for wrong in (((20, 1), (10, 0.5)), ((10, 1), (10, 0.5))):
        with pytest.raises(ValueError, match="bands rise by their limits"):
            enhanced_2sfca(PEOPLE, SUPPLY, COSTS, bands=wrong)
    assert Undefined.ZERO_DENOMINATOR is enhanced_2sfca({"a": 0}, {"x": 1}, {"a": {"x": 1}}).reason
    assert Undefined.NOT_KNOWN is enhanced_2sfca({"a": 1}, {"x": None}, {"a": {"x": 1}}).reason


def test_access_by_gravity():
    found = gravity_access(SUPPLY, COSTS, beta=2, population=PEOPLE)
    parts = {"A": 10 / 100 + 6 / 1600, "B": 16 / 625, "C": 10 / 2500 + 6 / 100}
    mean = (100 * parts["A"] + 200 * parts["B"] + 50 * parts["C"]) / 350
    assert ({zone: near(x) for zone, x in parts.items()}, near(mean), 350) == (
        found.parts, found.value, found.denominator,
    )  # fmt: skip
    assert {"beta": 2, "floor": 1.0, "raised_to_floor": 0} == found.method
    zero = gravity_access({"x": 10}, {"A": {"x": 0}, "B": {"x": 5}}, floor=2)
    assert (near((5 + 2) / 2), 1, ("cost-floor",)) == (
        zero.value, zero.method["raised_to_floor"], zero.warnings,
    )  # fmt: skip
    with pytest.raises(ValueError, match="floor is above 0, not 0"):
        gravity_access(SUPPLY, COSTS, floor=0)


def test_texts_that_a_law_calls_for():
    law = ("law", "tn", "framework_not_applied", "1431")
    facts = {
        law: 1,
        ("text", "tn", "expected"): 2,
        ("text", "tn", "issued"): 3,
        ("text", "tn", ""): 1,
    }
    found = legal_pipeline.compute(facts)
    assert (0.6, 3, 5, 5, 1, near((3 / 6, 4 / 6)), {"stage": 3, "days": 1431}) == (
        found.value, found.numerator, found.denominator, found.n, found.missing, found.bounds,
        found.parts,
    )  # fmt: skip
    every = {law: 1, ("text", "tn", "issued"): 3}
    assert (4, 5) == (
        legal_pipeline.compute(every).parts["stage"],
        legal_pipeline.compute({**every, ("budget", "tn"): 1}).parts["stage"],
    )
    none = legal_pipeline.compute({law: 1})
    assert (Undefined.NOT_KNOWN, {"stage": 2, "days": None}) == (none.reason, none.parts)
    assert (Undefined.ZERO_DENOMINATOR, {"stage": None, "days": None}) == (
        legal_pipeline.compute({}).reason, legal_pipeline.compute({}).parts,
    )  # fmt: skip
    unknown = legal_pipeline.compute({("text", "tn", ""): 2})
    assert (Undefined.NOT_KNOWN, 2) == (unknown.reason, unknown.missing)


def test_jobs_claimed_twice():
    facts = claims([(10, {"h1", "h2"}), (6, {"h1"}), (3, ()), (8, {"h1": 3, "h2": 1})])
    found = double_count_adjustment.compute(facts)
    assert (near(42 / 24), 42, 24, 24) == (
        found.value, found.numerator, found.denominator, found.n,
    )  # fmt: skip
    assert {
        "claimed": 42, "jobs": 24, "claimed_twice": 18, "unclaimed": 3, "claimed:h1": 24,
        "claimed:h2": 18, "share:h1": near(17), "share:h2": near(7),
    } == found.parts  # fmt: skip
    assert {"claimant": "hub", "weights": "equal"} == found.method
    nothing = claims([(8, {"h1": 1, "h2": 0})])
    assert (8, 0) == tuple(
        double_count_adjustment.compute(nothing).parts[name]
        for name in ("claimed:h1", "claimed:h2")
    )
    mixed = double_count_adjustment.compute(claims([(10, {"a"})], without_ids={"b": 6, "c": 12}))
    assert (None, 10, 18, near((1.0, 28 / 12)), 12, 28) == (
        mixed.value, mixed.n, mixed.missing, mixed.bounds, mixed.parts["least"],
        mixed.parts["most"],
    )  # fmt: skip
    assert Undefined.ZERO_DENOMINATOR is double_count_adjustment.compute({}).reason


def test_social_return():
    found = sroi_ratio({"income": [800, 700], "health": [200]}, discount=0.25, investment=500)
    income, health = 800 / 1.25 + 700 / 1.25**2, 200 / 1.25
    assert near(((income + health) / 500, income + health, 500)) == (
        found.value, found.numerator, found.denominator,
    )  # fmt: skip
    assert near((health / 500, (income + health) / 500)) == found.bounds
    shares = {"share:income": income, "share:health": health}
    assert {"present_value": near(income + health)} | {
        name: near(part / (income + health)) for name, part in shares.items()
    } == found.parts
    assert ({"discount": 0.25, "investment": 500}, 2, ("no-range",)) == (
        found.method, found.n, found.warnings,
    )  # fmt: skip
    vague = sroi_ratio([Range(low=100, high=300)], discount=0, investment=100, seed=1, draws=50)
    assert (2.0, ("monte carlo seed=1 B=50"), (), {"seed": 1, "draws": 50}) == (
        vague.value, vague.interval.method, vague.warnings,
        {name: vague.method[name] for name in ("seed", "draws")},
    )  # fmt: skip
    assert 1 <= vague.interval.low < 2 < vague.interval.high <= 3
