"""Survival to the last digits: by lifelines 0.30 and by hand."""

import math
from random import Random
from statistics import NormalDist

import pytest

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
    waiting_time,
)
from citess.metrics._lifetimes import Lifetimes, lifetimes
from citess.metrics._linear import solve, solve_all
from citess.metrics._ranks import permuted, rank_sums
from citess.metrics._tally import Tally
from tests.metrics.samples import REMISSION, REMISSION_ENDED

Z = NormalDist().inv_cdf(0.975)
MONTH = 365.25 / 12
ENTRY = [0, 0, 1, 2, 0, 0, 3, 0, 0, 5, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 10]


def near(expected, rel=1e-11):
    return pytest.approx(expected, rel=rel, abs=1e-13)


def ends(interval):
    return (interval.low, interval.high)


def test_a_curve_point_by_point():
    """Of 6: one of six at 2, two of five at 5, one of three at 9, two still going."""
    curve = kaplan_meier([2, 5, 5, 9, 12, 15], [1, 1, 1, 1, 0, 0])
    survival = [5 / 6, 1 / 2, 1 / 3]
    spread = [1 / 30, 1 / 30 + 2 / 15, 1 / 30 + 2 / 15 + 1 / 6]
    found = [(p.time, p.survival, p.se, p.at_risk, p.events) for p in curve.points]
    assert [
        (time, near(s), near(s * math.sqrt(v)), n, d)
        for time, s, v, n, d in zip((2, 5, 9), survival, spread, (6, 5, 3), (1, 2, 1), strict=True)
    ] == found
    assert (6, 4, 2, 0, 15) == (curve.n, curve.events, curve.censored, curve.lost, curve.last)
    assert (1.0, 0.0, 6, 0) == tuple(
        getattr(curve.at(1.9), name) for name in ("survival", "se", "at_risk", "events")
    )
    assert (near(5 / 6), 6, 1) == (
        curve.at(2).survival, curve.at(2).at_risk, curve.at(2).events,
    )  # fmt: skip
    assert (near(5 / 6), 5, 0) == (
        curve.at(3).survival, curve.at(3).at_risk, curve.at(3).events,
    )  # fmt: skip
    assert (near(1 / 3), 1) == (curve.at(15).survival, curve.at(15).at_risk)
    assert curve.at(15.1) is None
    assert (5, 2, 9, None) == (
        curve.median, curve.quantile(1 / 6), curve.quantile(2 / 3), curve.quantile(0.7),
    )  # fmt: skip
    assert 5 == curve.quantile(0.17)
    for share in (0, 1):
        with pytest.raises(ValueError, match="share is between 0 and 1"):
            curve.quantile(share)


def test_intervals_by_their_transform():
    lives = ([2, 5, 5, 9, 12, 15], [1, 1, 1, 1, 0, 0])
    s, half = 0.5, Z * math.sqrt(1 / 30 + 2 / 15)
    width = math.exp(half / math.log(2))
    expected = {
        "log-log": (s**width, s ** (1 / width)),
        "log": (s * math.exp(-half), min(1, s * math.exp(half))),
        "plain": (s * (1 - half), s * (1 + half)),
    }
    for transform, both in expected.items():
        found = kaplan_meier(*lives, transform=transform).at(5).interval
        assert near(both) == ends(found)
        assert (f"greenwood {transform}", 0.95) == (found.method, found.level)
    first = kaplan_meier(*lives, transform="log", level=0.99).at(2).interval
    assert (1.0, 0.99) == (first.high, first.level)
    last = kaplan_meier([1, 2], [1, 1], transform="plain")
    assert (0.0, 1.0) == ends(last.at(1).interval)
    gone = last.at(2)
    assert (0.0, None, None) == (gone.survival, gone.se, gone.interval)
    assert 0.0 == last.at(9).survival
    early = kaplan_meier(*lives).at(1).interval
    assert (near(0.025 ** (1 / 6)), 1.0) == ends(early)
    assert ("clopper-pearson, nothing ended yet", 0.95) == (early.method, early.level)
    still = kaplan_meier([5], [0]).at(5)
    assert (near(0.025), 1.0) == ends(still.interval)


def test_remission_as_lifelines_has_it():
    curve = kaplan_meier(REMISSION, REMISSION_ENDED)
    expected = {
        6: (0.6197179552659839, 0.951551747646997),
        10: (0.5031995107999565, 0.8893618351692654),
        23: (0.18805200595923238, 0.6801426284952413),
    }
    for time, both in expected.items():
        assert near(both) == ends(curve.at(time).interval)
    late = kaplan_meier(REMISSION, REMISSION_ENDED, entry=ENTRY)
    survival = {6: 0.85, 7: 0.796875, 10: 0.7399553571428572, 22: 0.5285395408163265,
                23: 0.44044961734693877}  # fmt: skip
    for time, share in survival.items():
        assert near(share) == late.at(time).survival


def test_the_mean_within_a_limit():
    curve = kaplan_meier([2, 5, 5, 9, 12, 15], [1, 1, 1, 1, 0, 0])
    areas = [2, 3 * 5 / 6, 4 / 2, 1 / 3]
    beyond = [sum(areas[1:]), sum(areas[2:]), areas[3]]
    variance = beyond[0] ** 2 / 30 + beyond[1] ** 2 * 2 / 15 + beyond[2] ** 2 / 6
    assert near((sum(areas), math.sqrt(variance))) == curve.restricted_mean(10)
    assert near((4.5, math.sqrt(2.5**2 / 30))) == curve.restricted_mean(5)
    assert near((1.0, 0.0)) == curve.restricted_mean(1)
    assert curve.restricted_mean(15.5) is None
    for until in (0, -1):
        with pytest.raises(ValueError, match="until is above zero"):
            curve.restricted_mean(until)
    found = rmst(curve, until=10, level=0.9)
    half = NormalDist().inv_cdf(0.95) * math.sqrt(variance)
    assert near((sum(areas) - half, sum(areas) + half)) == ends(found.interval)
    assert (6, 2, {"until": 10}, {"se": near(math.sqrt(variance)), "events": 4}) == (
        found.n, found.censored, found.method, found.parts,
    )  # fmt: skip
    assert (("few-events",), "greenwood normal", 0.9) == (
        found.warnings, found.interval.method, found.interval.level,
    )  # fmt: skip
    assert () == rmst(range(1, 11), until=5).warnings
    assert ("few-events",) == rmst(range(1, 10), until=5).warnings
    assert 10 == rmst(curve, until=10, level=0.9999).interval.high
    wide = rmst([1, 1, 9, 9], [1, 1, 0, 0], until=9, level=0.9999).interval
    assert (0.0, 9) == ends(wide)
    for until in (0, math.inf):
        with pytest.raises(ValueError, match="until is a finite number above zero"):
            rmst(curve, until=until)


def test_who_is_at_risk():
    lives = lifetimes([5, 5, 8, 3], [1, 0, 1, 0], entry=[0, 2, 5, 0], lost=[0, 1, 0, 0])
    assert [(0.1, 2), (2, 2), (2.1, 3), (3, 3), (3.1, 2), (5, 2), (5.1, 1), (8, 1), (8.1, 0)] == [
        (time, lives.at_risk(time)) for time in (0.1, 2, 2.1, 3, 3.1, 5, 5.1, 8, 8.1)
    ]
    assert ({5: 1, 8: 1}, 8, 4) == (lives.ended, lives.last, lives.n)
    assert {5: 2, 8: 1} == lives.worst().ended
    assert {5: 1, 8: 1} == lives.best().ended
    assert 3 == lives.best().at_risk(5.1) + 1
    assert (0.0, 0) == (Lifetimes({}).last, Lifetimes({}).n)


def test_what_cannot_be_lived_is_refused():
    for columns in ({"observed": [1]}, {"entry": [1]}, {"lost": [1]}):
        with pytest.raises(ValueError, match="has as many values as durations, 2, not 1"):
            lifetimes([1, 2], **columns)
    for bad in (-1, math.nan, math.inf):
        with pytest.raises(ValueError, match="durations"):
            lifetimes([bad])
    with pytest.raises(ValueError, match="entry"):
        lifetimes([3], entry=[3])
    assert 1 == lifetimes([3], entry=[2.9]).n
    assert 1 == lifetimes([0]).n


def test_the_limit_of_reading():
    assert 0.0 == kaplan_meier(range(1, 10)).reliable_until
    assert 1 == kaplan_meier(range(1, 11)).reliable_until
    assert 2 == kaplan_meier(range(1, 12)).reliable_until
    assert 11 == kaplan_meier([11] * 10, [0] * 10).reliable_until


A = ([6, 7, 10, 15, 3], [1, 0, 1, 1, 0])
B = ([1, 2, 4, 8, 8], [1, 1, 1, 1, 1])
C = ([5, 9, 12, 2], [1, 1, 0, 1])


def test_groups_differ_as_lifelines_has_it():
    assert near((4.752681818434298, 2, 0.09288984880915979)) == log_rank(A, B, C)
    found = survival_difference(A, B, permutations=99, seed=3)
    expected = {
        "p": 0.04404050997156665, "df": 1, "observed:1": 3, "observed:2": 5,
        "expected:1": 5.2936507936507935, "expected:2": 2.7063492063492065,
        "hazard_ratio": 7.050721614710, "hazard_ratio_low": 0.813290327,
        "hazard_ratio_high": 61.1253738,
    }  # fmt: skip
    assert {name: near(x, 1e-8) for name, x in expected.items()} == {
        name: x for name, x in found.parts.items() if name != "p_permutation"
    }
    assert (10, 2, ("few-events",)) == (found.n, found.censored, found.warnings)
    assert {
        "groups": ["1", "2"], "strata": 1, "permutations": 99, "seed": 3,
        "hazard_ratio": "2 to 1, cox, efron, level 0.95",
    } == found.method  # fmt: skip
    ten = survival_difference(([1, 2, 3, 4, 5], [1] * 5), ([6, 7, 8, 9, 10], [1] * 5))
    assert ((), False) == (ten.warnings, "p_permutation" in ten.parts)
    with pytest.raises(ValueError, match="give two or more groups"):
        log_rank(A)
    with pytest.raises(ValueError, match="the same in every stratum"):
        log_rank({"a": A, "b": B}, {"a": A, "c": B})


def test_two_strata_add_up():
    one, two = {"a": A, "b": B}, {"a": C, "b": B}
    sums = [rank_sums([[kaplan_meier(*s[name]).lives for name in "ab"]]) for s in (one, two)]
    both = rank_sums([[kaplan_meier(*s[name]).lives for name in "ab"] for s in (one, two)])
    assert tuple(map(sum, zip(*(s.observed for s in sums), strict=True))) == both.observed
    assert near(tuple(map(sum, zip(*(s.expected for s in sums), strict=True)))) == both.expected
    excess = both.observed[0] - both.expected[0]
    variance = sum(s.variance[0][0] for s in sums)
    assert near(excess**2 / variance) == log_rank(one, two)[0]


def test_a_permutation_counts_what_was_seen_as_one_draw():
    groups = [kaplan_meier(*s).lives for s in (A, B)]
    assert 1.0 == permuted([groups], 0.0, draws=9, random=Random(1))
    assert 1 / 10 == permuted([groups], 99.0, draws=9, random=Random(1))


def test_systems_of_equations():
    assert near([1.0, 3.0]) == solve([[2, 1], [1, 3]], [5, 10])
    assert near([2.0, 1.0]) == solve([[0, 1], [1, 0]], [1, 2])
    assert [near([1, 0]), near([0, 1])] == solve_all([[2, 0], [0, 4]], [[2, 0], [0, 4]])
    assert near([1.0, 2.0, 3.0]) == solve([[1, 2, 3], [4, 5, 6], [7, 8, 10]], [14, 32, 53])
    assert solve([[1, 2], [2, 4]], [1, 2]) is None
    assert near([1e13]) == solve([[1e-13]], [1])


def test_enterprises_alive_after_some_months():
    facts = {
        ("event", "300"): 2, ("event", "500"): 1, ("censored", "800"): 9,
        ("censored", "200", "0", "lost"): 1, ("censored", "100", "100"): 1, ("unknown", ""): 3,
    }  # fmt: skip
    found = enterprise_survival.compute(facts)
    assert (near(10 / 12), 13, 3, 1, 10) == (
        found.value, found.n, found.missing, found.not_applicable, found.censored,
    )  # fmt: skip
    assert near((10 / 13, 11 / 13)) == found.bounds
    assert (near(10 / 12), None, None) == tuple(
        found.parts[f"after_{months}_months"] for months in (12, 36, 60)
    )
    assert ("few-events", "lost") == found.warnings
    assert (3, 1, None, near(500 / MONTH)) == tuple(
        found.parts[name] for name in ("events", "lost", "median_months", "reliable_until_months")
    )
    assert near(9 / 12) == enterprise_survival.compute(facts, at=500 / MONTH + 1e-9).value
    assert near(10 / 12) == enterprise_survival.compute(facts, at=499.9 / MONTH).value
    later = enterprise_survival.compute(facts, landmark=301 / MONTH, at=500 / MONTH + 1e-9)
    assert (near(9 / 10), 10) == (later.value, later.n)
    early = enterprise_survival.compute(facts, delayed_entry=False)
    assert (0, 14) == (early.not_applicable, early.n)
    assert Undefined.NOT_KNOWN is enterprise_survival.compute({("unknown", ""): 3}).reason
    assert Undefined.ZERO_DENOMINATOR is enterprise_survival.compute({}).reason
    short = {("event", "300"): 2, ("censored", "301"): 1}
    assert Undefined.IMMATURE is enterprise_survival.compute(short).reason
    ten = enterprise_survival.compute({("event", "900"): 10})
    assert ((), 1.0) == (ten.warnings, ten.value)
    nine = enterprise_survival.compute({("event", "900"): 9})
    assert ("few-events", "few-at-risk") == nine.warnings
    tally = Tally(reads="x", by=("hub",), groups={(): facts, ("a",): facts})
    curves = survival_curves(tally)
    assert (["a"], 13) == (list(curves), curves["a"].n)
    assert 13 == survival_curves(Tally(reads="x", groups={(): facts}))["all"].n


def test_lengths_of_spells():
    spells = [("2020-01-01", "2021-01-01"), ("2021-01-01", None), ("2020-01-01", "2022-01-01"),
              ("2020-01-01", "2022-01-02"), ("2022-01-01", None), ("2022-01-02", None),
              ("2020-01-01", "2020-01-01"), (None, "2020-01-01")]  # fmt: skip
    lengths, ended, unknown = spell_lengths(spells, as_of="2022-01-01")
    assert near([366 / MONTH, 365 / MONTH, 731 / MONTH, 731 / MONTH, 0, 0]) == lengths
    assert ([True, False, True, False, False, True], 1) == (ended, unknown)
    with pytest.raises(ValueError, match="a spell ends after it starts"):
        spell_lengths([("2020-01-02", "2020-01-01")], as_of="2022-01-01")


def test_jobs_that_still_exist():
    found = job_retention([3, 8, 14, 20, 30], [1, 0, 1, 0, 0], at=14)
    assert (near(0.8 * 2 / 3), 5, 3, 3, 2) == (
        found.value, found.n, found.censored, found.parts["at_risk"], found.parts["events"],
    )  # fmt: skip
    assert {"at": 14, "transform": "log-log"} == found.method
    assert near(0.8) == job_retention([3, 8, 14, 20, 30], [1, 0, 1, 0, 0]).value
    assert 12 == job_retention([3, 8, 14, 20, 30], [1, 0, 1, 0, 0]).method["at"]


def test_a_wait_of_all_and_within_a_target():
    waits = {("event", "2"): 1, ("event", "5"): 2, ("event", "9"): 1, ("censored", "12"): 1,
             ("censored", "15"): 1}  # fmt: skip
    found = waiting_time.compute(waits, target=5)
    assert (5, 6, 2) == (found.value, found.n, found.censored)
    assert "few-events" in found.warnings
