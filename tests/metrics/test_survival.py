"""Survival: curves, enterprises, jobs, groups, restricted means; lost is not closed."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import citess
from citess import Dataset
from citess.metrics import (
    Undefined,
    enterprise_survival,
    job_retention,
    kaplan_meier,
    log_rank,
    rmst,
    spell_lengths,
    survival_curves,
    survival_difference,
)
from citess.metrics._linear import solve
from citess.metrics._ranks import cox
from tests.metrics.samples import (
    PLACEBO,
    REMISSION,
    REMISSION_ENDED,
    case,
    enterprise,
    follow_up,
    hub,
    land,
    needs_reference,
    reference,
)

DRUG = kaplan_meier(REMISSION, REMISSION_ENDED)


@needs_reference
def test_greenwood_errors_and_intervals_are_those_of_the_reference():
    for time, se in reference("greenwood_se")["value"].items():
        assert math.isclose(se, DRUG.at(int(time)).se, abs_tol=1e-9)
    for transform in ("plain", "log"):
        curve = kaplan_meier(REMISSION, REMISSION_ENDED, transform=transform)
        for time, (low, high) in reference(f"km_ci_{transform}")["value"].items():
            found = curve.at(int(time[1:])).interval
            assert math.isclose(low, found.low, abs_tol=1e-9)
            assert math.isclose(high, found.high, abs_tol=1e-9)
            assert f"greenwood {transform}" == found.method


def test_the_default_interval_is_log_log_and_says_so():
    found = DRUG.at(10).interval
    assert (0.5032, 0.8894) == (round(found.low, 4), round(found.high, 4))
    assert "greenwood log-log" == found.method


@needs_reference
def test_medians_and_log_rank_are_those_of_the_reference():
    medians = reference("median_survival")["value"]
    assert medians == {"six_mp": DRUG.median, "placebo": kaplan_meier(PLACEBO).median}
    record = reference("logrank")["value"]
    chi_square, df, p = log_rank(DRUG, kaplan_meier(PLACEBO))
    assert 1 == df
    assert math.isclose(record["chi2"], chi_square, abs_tol=1e-6)
    assert math.isclose(record["p"], p, abs_tol=1e-9)


@needs_reference
def test_the_median_wait_is_the_first_time_at_which_half_are_served():
    curve = kaplan_meier([2, 5, 5, 9, 12, 15], [1, 1, 1, 1, 0, 0])
    assert reference("median_wait_km")["value"] == curve.median


@given(st.lists(st.integers(1, 20), min_size=1, max_size=30))
def test_without_censoring_a_curve_is_the_share_beyond(durations):
    curve = kaplan_meier(durations)
    for time in durations:
        beyond = sum(d > time for d in durations) / len(durations)
        assert math.isclose(beyond, curve.at(time).survival, abs_tol=1e-9)
    mean, _ = curve.restricted_mean(max(durations))
    assert math.isclose(sum(durations) / len(durations), mean)


@given(
    st.lists(st.tuples(st.integers(1, 20), st.booleans(), st.booleans()), min_size=1, max_size=25),
    st.sampled_from(["log-log", "log", "plain"]),
)
def test_curves_fall_and_intervals_and_bounds_hold_them(lives, transform):
    times, ended, lost = zip(*lives, strict=True)
    curve = kaplan_meier(times, ended, lost=lost, transform=transform)
    assert all(a.survival >= b.survival for a, b in pairwise(curve.points))
    for point in curve.points:
        if point.interval is not None:
            assert 0 <= point.interval.low <= point.survival + 1e-9
            assert point.survival - 1e-9 <= point.interval.high <= 1
        low, high = curve.worst_and_best(point.time)
        assert low - 1e-9 <= point.survival <= high + 1e-9
    assert curve.n == curve.events + curve.censored


def test_beyond_the_longest_time_a_curve_says_nothing():
    curve = kaplan_meier([1, 2, 3], [1, 0, 0])
    assert (None, None) == (curve.at(4), curve.restricted_mean(4))
    assert None is curve.median
    assert None is curve.worst_and_best(4)
    ended = kaplan_meier([1, 2])
    point = ended.at(5)
    assert (0, None, None, 0) == (point.survival, point.se, point.interval, point.at_risk)
    assert None is kaplan_meier([]).at(1)
    assert "<survival of 3, 1 ended, 2 censored>" == repr(curve)


def test_where_nothing_ended_the_interval_is_exact_and_not_a_point():
    curve = kaplan_meier([30, 30], [0, 0])
    found = curve.at(12).interval
    assert (0.1581, 1.0) == (round(found.low, 4), found.high)
    assert "clopper-pearson, nothing ended yet" == found.method


def test_late_entry_leaves_out_time_that_nobody_watched():
    """Immortal time: those seen only once grown old cannot have been seen to close young."""
    late = kaplan_meier([5, 10, 12, 20], [1, 1, 1, 0], entry=[0, 8, 9, 15])
    naive = kaplan_meier([5, 10, 12, 20], [1, 1, 1, 0])
    assert 1 == late.at(5).at_risk
    assert (0.0, 0.75) == (late.at(5).survival, naive.at(5).survival)
    two = kaplan_meier([5, 6, 10, 12, 20], [1, 0, 1, 1, 0], entry=[0, 0, 8, 9, 15])
    assert (0.5, 2, 0.25) == (two.at(5).survival, two.at(10).at_risk, two.at(10).survival)


def test_a_curve_is_read_while_ten_are_at_risk():
    assert 17 == DRUG.reliable_until
    assert 0 == kaplan_meier([1, 2]).reliable_until
    assert 12 == kaplan_meier(range(1, 22), [0] * 21).reliable_until


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"observed": [1]}, "observed has as many values as durations, 2, not 1"),
        ({"entry": [0, 3]}, "entry is before the end of each duration: 3 is not before 2"),
        ({"entry": [0, -1]}, "entry are finite numbers of zero or more"),
        ({"lost": [1]}, "lost has as many values"),
        ({"transform": "arcsine"}, "'arcsine' is no transform; they are log-log, log, plain"),
        ({"level": 1}, "level is between 0 and 1"),
    ],
)
def test_impossible_columns_are_refused(columns, said):
    with pytest.raises(ValueError, match=said):
        kaplan_meier([1, 2], **columns)


def test_impossible_times_and_shares_are_refused():
    for bad in (-1, math.nan, math.inf):
        with pytest.raises(ValueError, match="durations are finite numbers of zero or more"):
            kaplan_meier([bad])
    with pytest.raises(ValueError, match="share is between 0 and 1"):
        DRUG.quantile(1)
    with pytest.raises(ValueError, match="until is above zero"):
        DRUG.restricted_mean(0)
    with pytest.raises(ValueError, match="until is a finite number above zero"):
        rmst([1], until=math.inf)


def test_survival_of_enterprises_is_read_from_facts():
    weeks = zip(REMISSION, REMISSION_ENDED, strict=True)
    facts = {}
    for week, ended in weeks:
        fact = ("event" if ended else "censored", str(week * 7))
        facts[fact] = facts.get(fact, 0) + 1
    found = enterprise_survival.compute(facts, at=10 * 7 / 30.4375)
    assert (0.7529, 0.0963) == (round(found.value, 4), round(found.parts["se"], 4))
    assert (21, 12, 15) == (found.n, found.censored, found.parts["at_risk"])
    assert () == found.warnings[1:]
    plain = enterprise_survival.compute(facts, at=2, transform="plain")
    assert "greenwood plain" == plain.interval.method


def life(id_, *stages, opened=None, seen=None, survival="active"):
    records = [enterprise(id_, *stages)]
    if opened is not None:
        records.append(case(f"{id_}-case", "h", opened, id_))
    if seen is not None:
        records.append(follow_up(f"{id_}-seen", f"{id_}-case", seen, survival))
    return records


BORN = ("start_up", "2020-01-01")


def alive(*lives):
    return Dataset.of(land(), hub("h"), *(record for one in lives for record in one))


def test_lost_is_not_closed_and_gives_the_worst_and_best_case():
    data = alive(
        life("a", BORN, opened="2020-01-01", seen="2023-01-01"),
        life("b", BORN, opened="2020-01-01", seen="2022-06-01"),
        life("c", BORN, ("closed", "2020-07-01"), opened="2020-01-01"),
        life("d", BORN, opened="2020-02-01", seen="2020-10-01", survival="lost"),
    )
    found = enterprise_survival(data, delayed_entry=False)
    assert (2 / 3, 4, 3, 1) == (found.value, found.n, found.censored, found.parts["lost"])
    assert (0.5, 0.75) == found.bounds
    assert {"few-events", "few-at-risk", "lost"} == set(found.warnings)
    assert None is found.parts["after_60_months"]


def test_a_closure_that_later_facts_contradict_is_none():
    data = alive(
        life("a", BORN, opened="2020-01-01", seen="2020-08-01", survival="closed"),
        [follow_up("later", "a-case", "2022-08-01", "active")],
    )
    found = enterprise_survival(data, delayed_entry=False)
    assert (1.0, 0) == (found.value, found.parts["events"])


def test_a_closure_that_a_follow_up_found_counts_on_its_day():
    data = alive(life("a", BORN, opened="2020-01-01", seen="2020-08-01", survival="closed"))
    assert 0.0 == enterprise_survival(data, delayed_entry=False).value


def test_enterprises_that_came_late_are_at_risk_from_then_on():
    old = life("old", ("start_up", "2015-01-01"), opened="2020-01-01", seen="2021-01-01")
    young = life("young", BORN, ("closed", "2020-03-01"), opened="2020-01-10")
    data = alive(old, young)
    assert 0.0 == enterprise_survival(data).value
    assert 0.5 == enterprise_survival(data, delayed_entry=False).value


def test_a_landmark_asks_for_those_alive_then():
    facts = {("event", "100"): 2, ("event", "500"): 1, ("censored", "900"): 3}
    found = enterprise_survival.compute(facts, at=24, landmark=12)
    assert (0.75, 4, 2) == (found.value, found.n, found.not_applicable)
    assert 1.0 == enterprise_survival.compute(facts, at=12, landmark=12).value


def test_without_a_day_of_creation_an_enterprise_is_not_known():
    data = alive(life("a", ("growth", "2020-01-01"), opened="2020-01-01"))
    found = enterprise_survival(data)
    assert (Undefined.NOT_KNOWN, 1) == (found.reason, found.missing)
    assert Undefined.ZERO_DENOMINATOR is enterprise_survival(Dataset()).reason


def test_immature_cohorts_have_no_survival_yet():
    data = alive(life("a", BORN, opened="2020-01-01", seen="2020-06-01"))
    assert Undefined.IMMATURE is enterprise_survival(data, at=36).reason


def test_a_period_takes_a_cohort_and_a_day_the_view_from_it():
    data = alive(
        life("a", BORN, ("closed", "2022-01-01"), opened="2020-01-01"),
        life("b", ("start_up", "2021-03-01"), opened="2021-03-01", seen="2023-01-01"),
    )
    assert 1 == enterprise_survival(data, period="2021").n
    assert 0 == enterprise_survival(data, period="2020", delayed_entry=False, at=30).value
    then = enterprise_survival(data, on="2021-06-01", delayed_entry=False, at=3)
    assert (1.0, 0) == (then.value, then.parts["events"])
    by = enterprise_survival(data, by="cohort", delayed_entry=False)
    assert {("2020",), ("2021",)} == set(by.breakdown)


def test_projects_that_never_became_an_enterprise_are_not_counted():
    data = alive(life("idea", ("idea", "2020-01-01"), opened="2020-01-01"))
    assert Undefined.ZERO_DENOMINATOR is enterprise_survival(data).reason


@pytest.mark.parametrize("option", ["at", "landmark"])
def test_impossible_months_are_refused(option):
    with pytest.raises(ValueError, match=f"{option} is a finite number, 0 or more, not -1"):
        enterprise_survival.compute({}, **{option: -1})


def test_curves_by_group_come_from_data_or_tallies():
    data = citess.datasets.synthetic()
    curves = survival_curves(data, by="hub")
    tally = enterprise_survival.tally(data, by="hub")
    assert {k: v.points for k, v in curves.items()} == {
        k: v.points for k, v in survival_curves(tally).items()
    }
    assert ["all"] == list(survival_curves(data, transform="log"))
    found = survival_difference(curves)
    assert set(curves) == set(found.method["groups"])


def test_groups_differ_by_log_rank_and_hazard():
    found = survival_difference(
        {"drug": (REMISSION, REMISSION_ENDED), "placebo": (PLACEBO, [1] * 21)}
    )
    assert (16.793, 42, 12) == (round(found.value, 3), found.n, found.censored)
    low, ratio, high = (found.parts[f"hazard_ratio{end}"] for end in ("_low", "", "_high"))
    assert low < ratio < high
    assert (9, 21) == (found.parts["observed:drug"], found.parts["observed:placebo"])
    assert math.isclose(30, found.parts["expected:drug"] + found.parts["expected:placebo"])


def test_strata_are_compared_within():
    strata = [
        {"a": ([1, 2, 3], [1, 1, 1]), "b": ([4, 5, 6], [1, 1, 1])},
        {"a": ([10, 20], [1, 1]), "b": ([30, 40], [1, 0])},
    ]
    found = survival_difference(*strata)
    assert 2 == found.method["strata"]
    assert found.value > 0
    with pytest.raises(ValueError, match="the same in every stratum"):
        log_rank(strata[0], {"a": ([1], [1]), "c": ([1], [1])})
    with pytest.raises(ValueError, match="give two or more groups"):
        log_rank(([1], [1]))


def test_few_events_are_tested_by_permutation_with_a_seed():
    groups = {"a": ([1, 2, 3, 4], [1, 1, 1, 0]), "b": ([7, 8, 9, 9], [1, 0, 0, 0])}
    found = survival_difference(groups, permutations=200)
    assert ("few-events",) == found.warnings
    assert 0 < found.parts["p_permutation"] <= 1
    assert found == survival_difference(groups, permutations=200)
    other = survival_difference(groups, permutations=200, seed=1)
    assert 1 == other.method["seed"]


def test_three_groups_have_two_degrees_of_freedom_and_no_ratio():
    found = survival_difference(([1, 2, 3],), ([2, 3, 4],), ([9, 9, 9], [0, 0, 0], [1, 1, 1]))
    assert 2 == found.parts["df"]
    assert "hazard_ratio" not in found.parts


def test_groups_of_which_none_ended_do_not_differ():
    found = survival_difference(([1], [0]), ([2], [0]))
    assert (Undefined.NO_VARIATION, 2) == (found.reason, found.censored)
    assert Undefined.ZERO_DENOMINATOR is survival_difference(([], []), ([], [])).reason
    with pytest.raises(ValueError, match="groups differ only where"):
        log_rank(([1], [0]), ([2], [0]))


def test_a_hazard_without_end_is_not_given():
    groups = (kaplan_meier([5, 6], [0, 0]), kaplan_meier([1, 2], [1, 1]))
    found = survival_difference(*groups, permutations=50)
    assert None is found.parts["hazard_ratio"]
    assert None is cox([[groups[1].lives, groups[0].lives]])
    assert None is solve([[0.0]], [1.0])
    assert [] == solve([], [])


@needs_reference
def test_the_mean_within_a_limit_is_the_area_below_the_curve():
    found = rmst([2, 5, 5, 9, 12, 15], [1, 1, 1, 1, 0, 0], until=10)
    assert math.isclose(2 + 3 * 5 / 6 + 4 * 0.5 + 1 / 3, found.value)
    assert found.interval.low < found.value < found.interval.high <= 10
    assert found.value == rmst(DRUG, until=10).value or found.n != DRUG.n
    assert 365 == reference("rmst")["parameters"]["t"]


def test_a_limit_beyond_the_data_gives_no_mean():
    assert Undefined.IMMATURE is rmst([1, 2], [1, 0], until=3).reason
    assert Undefined.ZERO_DENOMINATOR is rmst([], [], until=3).reason
    many = rmst(range(1, 20), until=5)
    assert (5, ()) == (many.method["until"], many.warnings)


def test_jobs_last_by_their_spells():
    spells = [
        ("2020-01-01", "2020-06-01"),
        ("2020-01-01", None),
        ("2020-01-01", "2025-01-01"),
        ("2023-01-01", None),
        (None, "2020-01-01"),
    ]
    lengths, ended, unknown = spell_lengths(spells, as_of="2022-01-01")
    assert (3, [True, False, False], 1) == (len(lengths), ended, unknown)
    found = job_retention(lengths, ended, at=12)
    assert math.isclose(2 / 3, found.value)
    assert None is found.bounds
    with pytest.raises(ValueError, match="a spell ends after it starts"):
        spell_lengths([("2020-02-01", "2020-01-01")], as_of="2022-01-01")


def test_jobs_lost_from_sight_give_bounds():
    found = job_retention([3, 8, 14, 20], [1, 0, 1, 0], at=12, lost=[0, 1, 0, 0])
    assert (0.75, (0.5, 0.75)) == (found.value, found.bounds)
    assert Undefined.ZERO_DENOMINATOR is job_retention([], []).reason
    assert Undefined.IMMATURE is job_retention([3], [0]).reason


def test_a_mean_beyond_the_last_end_is_that_of_all():
    assert math.isclose(1.5, rmst([1, 2], until=5).value)


def test_a_hazard_of_few_that_ended_converges():
    groups = [kaplan_meier([1, 3, 5], [1, 0, 1]), kaplan_meier([2, 4, 6], [1, 1, 0])]
    found = cox([[one.lives for one in groups]])
    assert math.isfinite(found.log_ratio)
    assert found.se > 0
    alone = [kaplan_meier([1], [1]), kaplan_meier([2], [0])]
    assert None is cox([[one.lives for one in alone]])
    nobody = [kaplan_meier([2], [0]), kaplan_meier([2], [0])]
    assert None is cox([[one.lives for one in nobody]])
