"""Services used together: more than by chance, and to more effect; by hand and on records."""

import json
import math
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import citess
from citess import PartialDate
from citess.metrics import Undefined, bundle_lift, synergy_contrast
from citess.metrics.bundles import bundle, bundles
from citess.metrics.synergies import ARMS, pooled_synergy, synergy
from citess.metrics.tests_of_chance import hypergeometric_p
from tests.metrics.small_hub import case, records, session

REFERENCE = os.environ.get("CITESS_REFERENCE_DIR")
needs_reference = pytest.mark.skipif(
    REFERENCE is None, reason="CITESS_REFERENCE_DIR names no folder of reference values"
)
REACHED = {"both": 60, "first": 30, "second": 35, "neither": 20}


def facts_of(reached, sizes=None, unknown=0):
    sizes = sizes or dict.fromkeys(ARMS, 100)
    found = {(arm, "yes"): n for arm, n in reached.items()}
    found |= {(arm, "no"): sizes[arm] - n for arm, n in reached.items()}
    return found | {(arm, ""): unknown for arm in ARMS}


def reference(key, id_):
    found = json.loads(Path(REFERENCE, "reference_values.json").read_text("utf-8"))["records"]
    return next(record for record in found if record.get(key) == id_)


@needs_reference
def test_the_worked_example_of_synergy_is_reproduced():
    found = synergy_contrast.compute(facts_of(REACHED))
    for record in (reference("catalogue_id", "S09"), reference("metric", "interaction_contrast")):
        expected, near = record["value"], {"abs": max(record["tolerance"], 1e-9)}
        assert pytest.approx(expected["IC"], **near) == found.value
        assert pytest.approx(expected["se"], **near) == found.parts["se"]
        assert pytest.approx(expected["RERI"], **near) == found.parts["reri"]
        s = expected.get("S", expected.get("synergy_S"))
        assert pytest.approx(s, **near) == found.parts["s"]
        ends = [found.interval.low, found.interval.high]
        assert pytest.approx(expected["ci"], abs=1e-6) == ends
    assert math.isclose(0.25, found.parts["attributable_proportion"])


@needs_reference
def test_the_worked_example_of_a_bundle_is_reproduced():
    record = reference("catalogue_id", "S10")
    counts = {("clients",): 100, ("uses", "A"): 40, ("uses", "B"): 30, ("both", "A", "B"): 18}
    found = bundle_lift.compute(counts, pair=("B", "A"))
    assert {"lift": found.value, "p_hypergeom": pytest.approx(found.parts["p"], abs=1e-4)} == {
        **record["value"]
    }


def test_attribution_is_not_claimed_without_a_design():
    found = synergy_contrast.compute(facts_of(REACHED))
    assert ("observational", ("observational",)) == (found.method["design"], found.warnings)
    assert () == synergy_contrast.compute(facts_of(REACHED), design="randomised").warnings
    with pytest.raises(ValueError, match="'blind' is no design; they are observational"):
        synergy_contrast.compute(facts_of(REACHED), design="blind")


def test_small_numbers_an_arm_of_nine_gives_no_contrast():
    sizes = {**dict.fromkeys(ARMS, 100), "neither": 9}
    few = synergy_contrast.compute(facts_of({**REACHED, "neither": 2}, sizes))
    assert (None, Undefined.TOO_FEW) == (few.value, few.reason)
    rare = synergy_contrast.compute(facts_of({**REACHED, "neither": 9}))
    assert "few-events" in rare.warnings
    assert 0 == rare.parts["synergistic"]
    strong = synergy_contrast.compute(facts_of({**REACHED, "both": 90}))
    assert (1, True) == (strong.parts["synergistic"], strong.interval.low > 0)


def test_missing_outcomes_widen_the_bounds_and_may_be_too_many():
    found = synergy_contrast.compute(facts_of(REACHED, unknown=20))
    assert (400, 80) == (found.n, found.missing)
    low, high = found.bounds
    assert low < found.value < high
    assert math.isclose(low, 60 / 120 - 50 / 120 - 55 / 120 + 20 / 120)
    assert "missing" in found.warnings
    many = facts_of(REACHED, unknown=90)
    assert Undefined.TOO_MANY_MISSING is synergy_contrast.compute(many).reason
    assert synergy_contrast.compute(many, allow_missing=True).value is not None


@pytest.mark.parametrize(
    ("shares", "reri", "index", "index_interval"),
    [
        ((0.5, 0.2, 0.2, 0.0), False, False, False),
        ((0.5, 0.1, 0.1, 0.2), True, False, False),
        ((0.1, 0.3, 0.3, 0.2), True, True, False),
        ((0.0, 0.3, 0.3, 0.2), True, True, False),
        ((0.5, 0.3, 0.3, 0.2), True, True, True),
    ],
)
def test_ratios_without_a_sense_are_left_out(shares, reri, index, index_interval):
    found = synergy(shares, (50, 50, 50, 50))
    assert (reri, index, index_interval) == tuple(
        value is not None for value in (found.reri, found.index, found.index_interval)
    )
    assert (found.attributable is None) is (shares[0] == 0)


def test_the_delta_method_agrees_with_numerical_slopes():
    shares, sizes = (0.6, 0.3, 0.35, 0.2), (80, 90, 100, 110)
    found = synergy(shares, sizes)
    spreads = [p * (1 - p) / n for p, n in zip(shares, sizes, strict=True)]

    def se(function):
        step = 1e-6
        total = 0.0
        for k, spread in enumerate(spreads):
            up = [p + step * (k == j) for j, p in enumerate(shares)]
            down = [p - step * (k == j) for j, p in enumerate(shares)]
            total += ((function(up) - function(down)) / (2 * step)) ** 2 * spread
        return math.sqrt(total)

    reri = se(lambda p: (p[0] - p[1] - p[2]) / p[3] + 1)
    assert math.isclose(1.959964 * reri, found.reri_interval.high - found.reri, rel_tol=1e-5)
    log_s = se(lambda p: math.log((p[0] - p[3]) / (p[1] + p[2] - 2 * p[3])))
    half = math.log(found.index_interval.high / found.index)
    assert math.isclose(1.959964 * log_s, half, rel_tol=1e-5)


def test_what_is_no_share_or_no_arm_is_refused():
    with pytest.raises(ValueError, match="shares are between 0 and 1"):
        synergy((0.5, 0.2, 0.2, math.nan), (10, 10, 10, 10))
    with pytest.raises(ValueError, match="sizes are above 0"):
        synergy((0.5, 0.2, 0.2, 0.1), (10, 10, 10, 0))


def test_synergy_of_records_looks_at_services_used_and_what_came_of_them():
    cases, sessions, follow_ups = [], [], []
    for arm, kinds in zip(ARMS, (("legal", "finance"), ("legal",), ("finance",), ()), strict=True):
        for n in range(12):
            closure = citess.Closure.CREATED if n < REACHED[arm] / 10 else citess.Closure.ABANDONED
            if n == 11:
                closure = citess.Closure.LOST_CONTACT
            id_ = f"{arm}-{n}"
            cases.append(case(id_, closed="2023-01-01", closure=closure))
            sessions += [session(id_, kind, "2022-03-01") for kind in kinds]
            survival = citess.Survival.ACTIVE if n < 8 else citess.Survival.CLOSED
            follow_ups.append(
                citess.FollowUp(
                    id=f"u-{id_}",
                    case=id_,
                    on=PartialDate("2024-01-01"),
                    months=12,
                    survival=citess.Survival.LOST if n == 0 else survival,
                )
            )
    data = records(*cases, *sessions, *follow_ups)
    found = synergy_contrast(data, first="legal", second="s-finance")
    assert (44, 4) == (found.n, found.missing)
    assert math.isclose((6 - 3 - 4 + 2) / 11, found.value)
    alive = synergy_contrast(data, first="legal", second="finance", outcome=("active",))
    assert (44, 4) == (alive.n, alive.missing)
    assert abs(alive.value) < 1e-12
    nobody = synergy_contrast(data, first="legal", second="finance", outcome="active", months=36)
    assert Undefined.TOO_FEW is nobody.reason
    assert Undefined.NOT_APPLICABLE is synergy_contrast(data).reason
    assert Undefined.ZERO_DENOMINATOR is synergy_contrast.compute({}).reason


def test_multiple_testing_every_pair_is_adjusted_for():
    counts = {("clients",): 60}
    counts |= {("uses", kind): 20 for kind in "abcd"}
    counts |= {("both", "a", "b"): 18, ("both", "c", "d"): 9}
    found = bundle_lift.compute(counts)
    assert (["a", "b"], 6) == (found.method["pair"], found.parts["pairs_tested"])
    every = bundles(citess.metrics.Facts(counts))
    assert sorted(one.p for one in every) == [one.p for one in every]
    assert all(one.p <= one.q for one in every)
    assert [18, 9, 0, 0, 0, 0] == [one.together for one in every]
    weak = next(one for one in every if one.together == 9)
    assert math.isclose(3 * weak.p, weak.q) or weak.p < weak.q
    assert 1 == found.parts["pairs_validated"]


def test_low_power_says_that_nothing_can_be_validated():
    counts = {("clients",): 6, ("uses", "a"): 3, ("uses", "b"): 3, ("both", "a", "b"): 2}
    found = bundle_lift.compute(counts)
    assert ("few-events", "cannot-validate") == found.warnings
    assert 0 == found.parts["pairs_validated"]


def test_a_pair_is_two_kinds_that_were_used():
    counts = {("clients",): 6, ("uses", "a"): 3, ("uses", "b"): 3}
    with pytest.raises(ValueError, match="two different kinds of service"):
        bundle_lift.compute(counts, pair=("a", "a"))
    assert Undefined.ZERO_DENOMINATOR is bundle_lift.compute(counts, pair=("a", "z")).reason
    assert Undefined.TOO_FEW is bundle_lift.compute({("clients",): 6, ("uses", "a"): 3}).reason
    assert Undefined.ZERO_DENOMINATOR is bundle_lift.compute({}).reason
    with pytest.raises(ValueError, match=r"first \(0\)"):
        bundle(10, 0, 3, 0)
    with pytest.raises(ValueError, match=r"both \(4\) does not fit"):
        bundle(10, 4, 3, 4)


@given(st.integers(1, 50), st.data())
def test_a_lift_is_one_where_services_are_independent(clients, data):
    first = data.draw(st.integers(1, clients))
    second = data.draw(st.integers(1, clients))
    both = data.draw(st.integers(max(0, first + second - clients), min(first, second)))
    lift, p = bundle(clients, first, second, both)
    assert (lift == 1) is (both * clients == first * second)
    assert p == hypergeometric_p(both, units=clients, marked=second, drawn=first)


def test_bundles_of_records_count_cases_once():
    data = records(
        case("a"),
        session("a", "legal", "2022-02-01"),
        session("a", "legal", "2022-02-02"),
        session("a", "finance", "2022-02-03"),
        case("b"),
        session("b", "training", "2022-02-03"),
        case("c"),
    )
    found = bundle_lift(data, pair=("legal", "finance"), by="hub")
    assert (2.0, 1, 2, 0.5) == (found.value, found.numerator, found.n, found.denominator)
    assert 2.0 == found.breakdown["hub",].value
    assert 3 == found.parts["pairs_tested"]


def test_simpson_strata_are_pooled_by_how_sure_they_are():
    sure = synergy_contrast.compute(facts_of(REACHED))
    unsure_sizes = dict.fromkeys(ARMS, 10)
    unsure = synergy_contrast.compute(
        facts_of({"both": 1, "first": 4, "second": 4, "neither": 4}, unsure_sizes)
    )
    few = synergy_contrast.compute({})
    found = pooled_synergy([sure, unsure, few])
    assert (2, 1) == (found.strata, found.left_out)
    assert unsure.value < (sure.value + unsure.value) / 2 < found.value < sure.value
    assert 0 < found.p < 1
    alone = pooled_synergy([sure])
    assert (sure.value, None) == (pytest.approx(alone.value), alone.p)
    assert alone.interval.low == pytest.approx(sure.interval.low)
    assert pooled_synergy([few]) is None
