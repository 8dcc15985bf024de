"""Jobs, pay, segregation, members and the time to a stage: every number of an answer, by hand."""

import math
from random import Random

import pytest

from citess.metrics import (
    Undefined,
    changes,
    dissimilarity,
    expected_time_to_stage,
    fte,
    gender_pay_gap,
    job_flows,
    member_vitality,
    sector_balance,
    service_survival,
    survival_past_project,
    women_jobs_share,
    youth_jobs_share,
)
from citess.metrics.intervals import wilson
from citess.metrics.segregation import assigned, dissimilarity_index


def near(expected, rel=1e-11):
    return pytest.approx(expected, rel=rel, abs=1e-13)


def test_flows_of_jobs():
    pairs = [(0, 4), (5, 8), (6, 3), (2, 0), (3, 3), (None, 1)]
    found = job_flows.compute(changes(pairs))
    assert (2, 5, 1, ("few", "missing"), {"measure": "heads"}) == (
        found.value, found.n, found.missing, found.warnings, found.method,
    )  # fmt: skip
    assert {
        "created": 7, "destroyed": 5, "net": 2, "maintained": 11, "before": 16, "after": 18,
        "mean_employment": 17, "creation_rate": near(7 / 17), "destruction_rate": near(5 / 17),
        "net_rate": near(2 / 17), "reallocation_rate": near(12 / 17), "entries": 1, "exits": 1,
    } == found.parts  # fmt: skip
    none = job_flows.compute(changes([(0, 0)]))
    assert (0, None, None) == (
        none.value, none.parts["net_rate"], none.parts["reallocation_rate"],
    )  # fmt: skip
    once = {("heads", "entities"): 5, ("heads", "once"): 2, ("heads", "unknown"): 1,
            ("heads", "start"): 20, ("heads", "end"): 26, ("heads", "alone"): 4,
            ("heads", "gain"): 9, ("heads", "loss"): 3, ("heads", "kept"): 17}  # fmt: skip
    frame = job_flows.compute(once, allow_missing=True)
    assert (6, 3, 3, 16, 22, 13) == (
        frame.value, frame.n, frame.missing, frame.parts["before"], frame.parts["after"],
        frame.parts["maintained"],
    )  # fmt: skip
    assert Undefined.TOO_MANY_MISSING is job_flows.compute(once).reason
    assert Undefined.ZERO_DENOMINATOR is job_flows.compute({}).reason
    assert (Undefined.NOT_KNOWN, 0, 1) == tuple(
        getattr(job_flows.compute(changes([(None, 1)])), name)
        for name in ("reason", "n", "missing")
    )
    assert () == job_flows.compute(changes([(1, 2)] * 30)).warnings
    with pytest.raises(ValueError, match="'hours' is no measure of jobs"):
        job_flows.compute(changes(pairs), measure="hours")


def test_work_in_one_unit():
    found = fte([48, 24, None, 12], full_time_hours=48)
    assert (1.75, 84, 48, 3, 1, ("missing",)) == (
        found.value, found.numerator, found.denominator, found.n, found.missing, found.warnings,
    )  # fmt: skip
    assert () == fte([40] * 9 + [None], full_time_hours=40).warnings
    assert (Undefined.ZERO_DENOMINATOR, Undefined.NOT_KNOWN, Undefined.TOO_MANY_MISSING) == (
        fte([], full_time_hours=40).reason, fte([None], full_time_hours=40).reason,
        fte([1, None], full_time_hours=40).reason,
    )  # fmt: skip
    assert near(1 / 40) == fte([1, None], full_time_hours=40, allow_missing=True).value
    with pytest.raises(ValueError, match="full_time_hours is above zero"):
        fte([1], full_time_hours=0)


def test_who_holds_the_jobs():
    found = women_jobs_share.compute({"female": 20, "male": 20, "": 5})
    assert (0.5, 20, 40, 5, wilson(20, 40), near((20 / 45, 25 / 45)), ("missing",)) == (
        found.value, found.numerator, found.denominator, found.missing, found.interval,
        found.bounds, found.warnings,
    )  # fmt: skip
    assert "existing" == found.method["kind"]
    young = youth_jobs_share.compute(
        {"15-24": 8, "18-24": 10, "24-30": 7, "25-60": 12, "10-14": 3, "": 2}, band="15-24"
    )
    assert (near(18 / 33), 18, 33, 9, "15-24") == (
        young.value, young.numerator, young.denominator, young.missing, young.method["band"],
    )  # fmt: skip
    assert (Undefined.NOT_APPLICABLE, ("no-age-band",)) == (
        youth_jobs_share.compute({"15-24": 1}).reason,
        youth_jobs_share.compute({"15-24": 1}).warnings,
    )
    open_band = youth_jobs_share.compute({"65+": 3, "18-64": 5}, band="60+")
    assert (1.0, 5) == (open_band.value, open_band.missing)


def test_what_men_and_women_earn():
    found = gender_pay_gap(
        men=[(800, 40), 30, 10], women=[(300, 20), 5, None], seed=1, resamples=20
    )
    assert (near(0.5), 5, 1) == (found.value, found.n, found.missing)
    assert {"mean": near(0.5), "median": near(0.5), "men": 20.0, "women": 10.0, "n_men": 3,
            "n_women": 2} == found.parts  # fmt: skip
    assert ({"statistic": "mean", "adjusted": False}, ("few", "missing"), "bca seed=1 B=20") == (
        found.method, found.warnings, found.interval.method,
    )  # fmt: skip
    middle = gender_pay_gap(men=[10, 20, 60], women=[10, 10, 40], statistic="median", resamples=2)
    assert (0.5, near(1 / 3)) == (middle.value, middle.parts["mean"])
    assert Undefined.ZERO_DENOMINATOR is gender_pay_gap(men=[], women=[1]).reason
    assert Undefined.NOT_KNOWN is gender_pay_gap(men=[None], women=[1]).reason
    missing = gender_pay_gap(men=[1], women=[1, None, None])
    assert Undefined.TOO_MANY_MISSING is missing.reason
    with pytest.raises(ValueError, match="'mode' is no statistic of pay"):
        gender_pay_gap(men=[1], women=[1], statistic="mode")


def test_groups_that_go_to_other_hubs():
    assert near(5 / 12) == dissimilarity_index([30, 10], [20, 40])
    assert (1.0, 0.0, None, None) == (
        dissimilarity_index([1, 0], [0, 2]), dissimilarity_index([1, 2], [2, 4]),
        dissimilarity_index([0, 0], [1, 2]), dissimilarity_index([1, 2], [0, 0]),
    )  # fmt: skip
    with pytest.raises(ValueError, match="second has one count a place: 2, not 1"):
        dissimilarity_index([1, 2], [1])
    facts = {("female", "a"): 30, ("female", "b"): 10, ("male", "a"): 20, ("male", "b"): 40,
             ("", "a"): 12}  # fmt: skip
    found = dissimilarity.compute(facts, seed=4, draws=60)
    assert (near(5 / 12), 100, 12, ("missing",)) == (
        found.value, found.n, found.missing, found.warnings,
    )  # fmt: skip
    assert {"groups": ["female", "male"], "seed": 4, "draws": 60, "hubs": 2} == found.method
    assert 0 < found.parts["expected"] < 0.2
    assert (near(1 / 61), True) == (found.parts["p"], found.parts["z"] > 3)
    for given, reason in (
        ({}, Undefined.ZERO_DENOMINATOR),
        ({("", "a"): 3}, Undefined.NOT_KNOWN),
        ({("female", "a"): 3, ("male", "a"): 3}, Undefined.TOO_FEW),
        ({("female", "a"): 3, ("female", "b"): 3}, Undefined.ZERO_DENOMINATOR),
    ):
        assert reason is dissimilarity.compute(given).reason


@pytest.mark.parametrize(
    ("sizes", "marked"),
    [([3, 4, 5], 6), ([5, 5], 0), ([5, 5], 10), ([1, 9], 9), ([2, 30], 3), ([400, 600], 500)],
)
def test_places_drawn_by_chance(sizes, marked):
    random, n = Random(7), 400
    sums = [0] * len(sizes)
    for _ in range(n):
        drawn = assigned(random, sizes, marked)
        assert sum(drawn) == marked
        assert all(0 <= k <= size for k, size in zip(drawn, sizes, strict=True))
        sums = [a + b for a, b in zip(sums, drawn, strict=True)]
    whole = sum(sizes)
    for total, size in zip(sums, sizes, strict=True):
        spread = size * marked * (whole - marked) * (whole - size) / whole**2 / (whole - 1)
        assert abs(total / n - size * marked / whole) <= 4 * math.sqrt(spread / n) + 1e-12


def test_members_who_stay():
    found = member_vitality(30, 27, joined=6, active=15, present=30)
    assert (0.9, 27, 30, {"entry": 0.2, "active": 0.5, "attendance": 1.0}, ()) == (
        found.value, found.numerator, found.denominator, found.parts, found.warnings,
    )  # fmt: skip
    assert 2.0 == member_vitality(3, 3, joined=6).parts["entry"]
    assert 0.0 == member_vitality(3, 0).value
    assert Undefined.ZERO_DENOMINATOR is member_vitality(0, 0).reason
    for counts in ({"stayed": 31}, {"stayed": -1}, {"stayed": 1, "active": 31},
                   {"stayed": 1, "present": 31}, {"stayed": 1, "joined": -1}):  # fmt: skip
        with pytest.raises(ValueError, match="is a count from 0 to 30 members"):
            member_vitality(30, **counts)


def test_what_lives_on():
    hubs = survival_past_project.compute({"alive": 4, "over": 1, "": 2})
    assert (0.8, 4, 5, 2, near((4 / 7, 6 / 7))) == (
        hubs.value, hubs.numerator, hubs.denominator, hubs.missing, hubs.bounds,
    )  # fmt: skip
    assert "few-hubs" not in hubs.warnings
    assert "few-hubs" in survival_past_project.compute({"alive": 4}).warnings
    offers = service_survival.compute({"alive": 9, "over": 3, "": 1})
    assert (0.75, 1) == (offers.value, offers.missing)


WALK = {("1", "0"): 1, ("1", "2"): 1, ("2", "1"): 1, ("2", "3"): 1, ("3", "2"): 1, ("3", "4"): 1}


def test_time_until_a_stage():
    found = expected_time_to_stage.compute(WALK, to="4", ends="0", start="2")
    assert (near(4), 6, {"period_years": 1, "to": ["4"], "ends": ["0"], "start": "2"}) == (
        found.value, found.n, found.method,
    )  # fmt: skip
    assert {
        "from:1": near(3), "from:2": near(4), "from:3": near(3), "1>0": near(0.75),
        "1>4": near(0.25), "2>0": near(0.5), "2>4": near(0.5), "3>0": near(0.25),
        "3>4": near(0.75), "reaches:1": near(0.25), "reaches:2": near(0.5),
        "reaches:3": near(0.75),
    } == found.parts  # fmt: skip
    assert near(3) == expected_time_to_stage.compute(WALK, to=["4"], ends=["0"]).value
    dark = expected_time_to_stage.compute(WALK, to="4", ends=[], start="2")
    assert (Undefined.NOT_KNOWN, 1, None) == (
        dark.reason, dark.parts["unknown_after:2"], dark.parts["reaches:2"],
    )  # fmt: skip
    stuck = {("1", "1"): 1, ("2", "3"): 1}
    never = expected_time_to_stage.compute(stuck, to="3", ends=[], start="1")
    assert (Undefined.UNREACHABLE, 0.0) == (never.reason, never.parts["reaches:1"])
    there = expected_time_to_stage.compute({("3", "3"): 1}, to="3")
    assert Undefined.NOT_APPLICABLE is there.reason
    assert Undefined.ZERO_DENOMINATOR is expected_time_to_stage.compute({}).reason
    with pytest.raises(ValueError, match="start is one of 1, 2, 3, not '0'"):
        expected_time_to_stage.compute(WALK, to="4", ends="0", start="0")


def test_one_sector_may_be_named_alone():
    alone = sector_balance.compute({"sse": 3, "public": 2}, sectors="sse")
    assert (Undefined.TOO_FEW, 3, 2) == (alone.reason, alone.n, alone.not_applicable)
