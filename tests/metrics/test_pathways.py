"""The way through a hub: paths, referrals, waits, needs, hours, answers; by hand and on records."""

import json
import math
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import citess
from citess import PartialDate
from citess.metrics import (
    Undefined,
    capacity_utilisation,
    demand_satisfaction,
    matured,
    net_promoter,
    pathway_completion,
    pool,
    referral_completion,
    satisfaction,
    waiting_time,
)
from tests.metrics.small_hub import case, partner, records, session

REFERENCE = os.environ.get("CITESS_REFERENCE_DIR")
needs_reference = pytest.mark.skipif(
    REFERENCE is None, reason="CITESS_REFERENCE_DIR names no folder of reference values"
)
PATH = ("legal", "finance")


def reference(id_):
    found = json.loads(Path(REFERENCE, "reference_values.json").read_text("utf-8"))["records"]
    return next(record for record in found if record.get("catalogue_id") == id_)


def share(found):
    return {"p": found.value, "ci": [found.interval.low, found.interval.high]}


WAITS = {
    ("event", "2"): 1,
    ("event", "5"): 2,
    ("event", "9"): 1,
    ("censored", "12"): 1,
    ("censored", "15"): 1,
}
WORKED = {
    "S08": lambda: share(pathway_completion.compute({"complete": 7, "broken": 3})),
    "S11": lambda: share(referral_completion.compute({"served": 36, "declined": 12})),
    "S12": lambda: waiting_time.compute(WAITS).value,
    "S13": lambda: share(demand_satisfaction.compute({"served": 84, "unserved": 36})),
    "S14": lambda: capacity_utilisation.compute({"delivered": 960}, available=1200).value,
    "S16": lambda: {
        "nps": (found := net_promoter({10: 50, 7: 30, 0: 20})).value,
        "se": found.parts["se"],
    },
}


def flat(value):
    if isinstance(value, dict):
        return [x for part in value.values() for x in flat(part)]
    return [x for part in value for x in flat(part)] if isinstance(value, list) else [value]


@needs_reference
@pytest.mark.parametrize("id_", WORKED)
def test_the_worked_examples_of_the_way_through_a_hub_are_reproduced(id_):
    record = reference(id_)
    assert pytest.approx(flat(record["value"]), abs=record["tolerance"]) == flat(WORKED[id_]())


def walk(*sessions, closed="2023-01-01", opened="2022-01-01", **options):
    data = records(case("c", opened, closed), *sessions)
    return pathway_completion(data, sequence=PATH, **options)


def test_a_path_is_complete_when_its_services_came_in_order():
    assert (
        1 == walk(session("c", "legal", "2022-02-01"), session("c", "finance", "2022-03-01")).value
    )
    assert (
        0 == walk(session("c", "finance", "2022-02-01"), session("c", "legal", "2022-03-01")).value
    )
    assert 0 == walk(session("c", "legal", "2022-02-01")).value


def test_each_step_of_a_path_comes_in_time():
    late = (session("c", "legal", "2022-01-20"), session("c", "finance", "2022-06-01"))
    assert (1, 0) == (walk(*late).value, walk(*late, limit=60).value)
    again = (*late, session("c", "legal", "2022-05-01"))
    assert (0, 1) == (walk(*again, limit=60).value, walk(*again, limit=140).value)
    with pytest.raises(ValueError, match="limit is a finite number, 0 or more"):
        walk(*late, limit=-1)


def test_dates_too_coarse_to_tell_the_order_leave_a_path_unknown():
    coarse = walk(session("c", "legal", "2022-02"), session("c", "finance", "2022-02-10"))
    assert (None, Undefined.NOT_KNOWN, 1) == (coarse.value, coarse.reason, coarse.missing)


def test_journeys_still_open_are_censored_and_not_failed():
    sessions = (session("c", "legal", "2022-02-01"), session("c", "finance", "2022-03-01"))
    found = walk(*sessions, closed=None)
    assert (None, Undefined.IMMATURE, 1) == (found.value, found.reason, found.censored)
    settled = walk(*sessions, closed=None, as_of="2023-01-01", mature_after=300)
    assert (1, 0) == (settled.value, settled.censored)
    early = walk(sessions[0], closed=None, as_of="2022-02-02", mature_after=300)
    assert (Undefined.IMMATURE, 1) == (early.reason, early.censored)
    mixed = pathway_completion.compute({"complete": 3, "broken": 1, "open": 2, "open-complete": 1})
    assert (0.75, 3, 1) == (mixed.value, mixed.censored, mixed.parts["open_complete"])


def test_the_path_is_that_of_the_last_plan_and_unknown_without_one():
    steps = tuple(citess.PlannedService(service=f"s-{kind}") for kind in PATH)
    plans = (
        citess.Plan(id="p1", case="c", on=PartialDate("2022-01-02"), services=steps),
        citess.Plan(id="p2", case="c", on=PartialDate("2022-01-05"), services=steps[:1]),
    )
    base = (case("c", closed="2023-01-01"), session("c", "legal", "2022-02-01"))
    assert 1 == pathway_completion(records(*base, *plans)).value
    assert 0 == pathway_completion(records(*base, plans[0])).value
    assert (Undefined.NOT_KNOWN, 1) == (
        (found := pathway_completion(records(*base))).reason,
        found.missing,
    )


def test_a_need_that_two_diagnoses_of_one_day_found_is_one():
    def diagnosis(id_, *domains):
        needs = tuple(citess.Need(domain=one, score=3) for one in domains)
        return citess.Diagnosis(id=id_, case="c", on=PartialDate("2022-01-02"), needs=needs)

    found = demand_satisfaction(
        records(
            case("c", closed="2023-01-01"),
            session("c", "legal", "2022-02-01"),
            diagnosis("d1", "legal", "finance"),
            diagnosis("d2", "legal", "marketing"),
        )
    )
    assert (1, 3) == (found.numerator, found.denominator)


def test_too_much_missing_is_refused_where_it_is_not_allowed():
    facts = {"complete": 1, "broken": 1, "": 2}
    assert 0.5 == pathway_completion.compute(facts, allow_missing=True).value
    refused = pathway_completion.compute(facts)
    assert Undefined.TOO_MANY_MISSING is refused.reason


def referral(n, sent="2022-01-01", **answers):
    dates = {name: PartialDate(day) for name, day in answers.items()}
    return citess.Referral(id=f"r{n}", case="c", to="p", sent=PartialDate(sent), **dates)


def test_referrals_of_records_arrive_or_not():
    data = records(
        case("c"),
        partner("p"),
        referral(1, served="2022-01-11"),
        referral(2, served="2022-01-21", accepted="2022-01-05"),
        referral(3, served="2022-02"),
        referral(4, declined="2022-01-05"),
        referral(5, dropped="2022-01-05"),
        referral(6, accepted="2022-01-05"),
        referral(7, sent="2022-06-01"),
        referral(8, sent="2022-06-01", served="2022-06-02"),
    )
    found = referral_completion(data, by=("hub", "to"))
    assert (0.5, 8, 2, (0.5, 0.75)) == (found.value, found.n, found.censored, found.bounds)
    assert {"declined": 1, "dropped": 1, "accepted": 1, "median_days": 10} == found.parts
    assert {("hub", "p")} == set(found.breakdown)
    assert "still-open" in found.warnings
    old = referral_completion(data, period=matured("2022-07-01", days=90))
    assert (0.5, 6, 1, 15) == (old.value, old.n, old.censored, old.parts["median_days"])


def test_referrals_without_answers_have_no_median():
    found = referral_completion.compute({"declined": 2, "": 1})
    assert (0, None, 1) == (found.value, found.parts["median_days"], found.missing)
    assert Undefined.ZERO_DENOMINATOR is referral_completion.compute({}).reason


def test_immature_cohorts_are_left_out_by_a_period():
    assert "2022-01-01/2022-04-03" == str(matured("2022-07-01", days=90, since="2022-01-01"))
    with pytest.raises(ValueError, match="nothing that began since 2022-01-01 had 90 days"):
        matured("2022-03-01", days=90, since="2022-01-01")
    with pytest.raises(ValueError, match="days is a finite number"):
        matured("2022-03-01", days=-1)


def test_who_still_waits_is_censored_and_not_dropped():
    data = records(
        case("a"),
        session("a", "legal", "2022-01-11"),
        session("a", "legal", "2022-03-11"),
        case("b", "2022-01-01"),
        session("b", "legal", "2022-01-31"),
        case("c", "2022-01-01", "2022-02-20"),
        case("d", "2022-01-01"),
        case("e", "2022-01-05"),
        session("e", "legal", "2022-01-05"),
    )
    found = waiting_time(data, as_of="2022-06-01", target=10)
    assert (30, 5, 2, 0) == (found.value, found.n, found.censored, found.missing)
    assert (10, pytest.approx(0.4)) == (found.parts["q25"], found.parts["within_target"])
    assert ("few-events",) == found.warnings
    unknown = waiting_time(data)
    assert (10, 1) == (unknown.value, unknown.missing)
    assert "missing" in unknown.warnings


def test_a_wait_that_half_have_not_ended_has_no_median():
    found = waiting_time.compute({("event", "3"): 1, ("censored", "9"): 3})
    assert (None, Undefined.IMMATURE, 3) == (found.value, found.reason, found.parts["q25"])
    assert Undefined.ZERO_DENOMINATOR is waiting_time.compute({}).reason
    assert Undefined.NOT_KNOWN is waiting_time.compute({("open",): 2}).reason
    half = {("event", "3"): 1, ("open",): 1}
    assert Undefined.TOO_MANY_MISSING is waiting_time.compute(half).reason
    assert 3 == waiting_time.compute(half, allow_missing=True).value
    assert waiting_time.compute({("event", "3"): 5, ("event", "9.5"): 6}).value == 9.5
    with pytest.raises(ValueError, match="target is a finite number"):
        waiting_time.compute(WAITS, target=math.nan)


@given(st.lists(st.integers(0, 40), min_size=1, max_size=30))
def test_the_median_wait_without_censoring_is_that_of_the_waits(days):
    facts = {}
    for length in days:
        facts["event", str(length)] = facts.get(("event", str(length)), 0) + 1
    found = waiting_time.compute(facts)
    assert sorted(days)[(len(days) - 1) // 2] == found.value
    if found.interval is not None:
        assert found.interval.low <= found.value <= found.interval.high


def test_needs_found_by_a_diagnosis_are_met_or_open():
    def diagnosis(id_, case_, on, **scores):
        needs = tuple(citess.Need(domain=kind, score=n) for kind, n in scores.items())
        return citess.Diagnosis(id=id_, case=case_, on=PartialDate(on), needs=needs)

    sent = citess.Referral(
        id="r",
        case="a",
        to="p",
        sent=PartialDate("2022-02-01"),
        service="s-training",
        served=PartialDate("2022-03"),
    )
    data = records(
        partner("p"),
        case("a", closed="2023-01-01"),
        diagnosis("d1", "a", "2022-01-10", legal=3, finance=2, training=5),
        diagnosis("d2", "a", "2022-05-10", legal=1),
        session("a", "legal", "2022-02-01"),
        session("a", "finance", "2022-01-02"),
        sent,
        case("b"),
        diagnosis("d3", "b", "2022-01-10", legal=3, finance=0),
        citess.evolve(sent, id="r2", case="b", service=None),
    )
    found = demand_satisfaction(data, by="kind")
    assert (0.5, 4, 1, (0.5, 0.75)) == (found.value, found.n, found.censored, found.bounds)
    values = {group[0]: measure.value for group, measure in found.breakdown.items()}
    assert {"legal": 0.5, "finance": 0, "training": 1} == values


def test_hours_delivered_stand_over_hours_available():
    data = records(
        case("a"),
        case("b", hub="other"),
        session("a", "legal", "2022-02-01", minutes=90),
        session("a", "legal", "2022-02-02"),
        session("b", "legal", "2022-02-01", minutes=150),
        hubs=("hub", "other"),
    )
    hours = {"hub": 2, "other": 2}
    assert (1.0, Undefined.TOO_MANY_MISSING) == (
        capacity_utilisation(data, available=hours).value,
        capacity_utilisation(data, available=hours, by="hub").breakdown["hub",].reason,
    )
    found = capacity_utilisation(data, available=hours, by="hub", allow_missing=True)
    assert (1.0, 4, 2, 1) == (found.value, found.numerator, found.n, found.missing)
    values = {group[0]: (one.value, one.warnings) for group, one in found.breakdown.items()}
    assert {"hub": (0.75, ("missing",)), "other": (1.25, ("over-capacity",))} == values
    assert 0.5 == capacity_utilisation(data, available=8).value
    assert 0.75 == capacity_utilisation(data, available={"hub": 2}).value
    assert Undefined.NOT_KNOWN is capacity_utilisation(data).reason
    assert Undefined.ZERO_DENOMINATOR is capacity_utilisation(data, available=0).reason
    untimed = records(case("a"), session("a", "legal", "2022-02-02"))
    assert Undefined.NOT_KNOWN is capacity_utilisation(untimed, available=8).reason
    assert Undefined.ZERO_DENOMINATOR is capacity_utilisation.compute({}, available=8).reason
    with pytest.raises(ValueError, match="available is a finite number"):
        capacity_utilisation(data, available=math.inf)
    with pytest.raises(ValueError, match="delivered is a finite number"):
        capacity_utilisation.compute({"delivered": -1}, available=8)


def test_answers_and_silence_give_a_net_score_with_bounds():
    found = net_promoter([10, 9, 8, 6, None])
    assert (25.0, 4, 1, 0.8) == (
        found.value,
        found.n,
        found.missing,
        found.parts["response_rate"],
    )
    assert (0.0, 40.0) == found.bounds
    assert ("few", "missing") == found.warnings
    silent = net_promoter([10, 9], asked=10)
    assert (Undefined.TOO_MANY_MISSING, 0.2) == (silent.reason, silent.parts["response_rate"])
    assert 100 == net_promoter([10, 9], asked=10, allow_missing=True).value
    assert Undefined.ZERO_DENOMINATOR is net_promoter([]).reason
    assert Undefined.NOT_KNOWN is net_promoter([None]).reason
    for wrong in ([11], [-1], [7.5], {8: -1}):
        with pytest.raises(ValueError, match="ratings"):
            net_promoter(wrong)
    with pytest.raises(ValueError, match="asked is at least 2"):
        net_promoter([10, None], asked=1)


@given(st.lists(st.integers(0, 10), min_size=1))
def test_a_net_score_lies_in_its_interval(ratings):
    found = net_promoter(ratings)
    assert -100 <= found.interval.low <= found.value <= found.interval.high <= 100


def test_answers_of_follow_ups_are_content_or_not():
    def follow_up(n, answer):
        return citess.FollowUp(
            id=f"u{n}", case="c", on=PartialDate("2022-06-01"), satisfaction=answer
        )

    answers = (5, 4, 3, None)
    data = records(case("c"), *(follow_up(n, answer) for n, answer in enumerate(answers)))
    found = satisfaction(data)
    assert (2 / 3, 3, 1, 0.75, 4) == (
        found.value,
        found.n,
        found.missing,
        found.parts["response_rate"],
        found.parts["mean"],
    )
    assert 1 / 3 == satisfaction(data, threshold=5).value
    assert Undefined.TOO_MANY_MISSING is satisfaction.compute({"5": 1, "": 1}).reason
    assert 1 == satisfaction.compute({"5": 1, "": 1}, allow_missing=True).value
    assert Undefined.NOT_KNOWN is satisfaction.compute({"": 1}).reason


def test_mean_of_ratios_two_hubs_pool_and_are_not_averaged():
    data = records(
        case("a"),
        case("b", hub="other"),
        partner("p"),
        *(
            citess.Referral(
                id=f"a{n}",
                case="a",
                to="p",
                sent=PartialDate("2022-01-01"),
                served=PartialDate("2022-01-02") if n else None,
            )
            for n in range(2)
        ),
        *(
            citess.Referral(
                id=f"b{n}",
                case="b",
                to="p",
                sent=PartialDate("2022-01-01"),
                served=PartialDate("2022-01-02") if n >= 10 else None,
            )
            for n in range(100)
        ),
        hubs=("hub", "other"),
    )
    found = referral_completion(data, by="hub")
    assert 91 / 102 == found.value == pool(found.breakdown.values()).value
