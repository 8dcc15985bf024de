"""Spread, convergence and judgement to the last digits: by statsmodels 0.15 and by hand."""

import math
from statistics import NormalDist, fmean, stdev

import pytest

from citess.metrics import (
    Undefined,
    atkinson,
    beta_convergence,
    cohen_kappa,
    concentration_index,
    cronbach_alpha,
    gini,
    hoover,
    krippendorff_alpha,
    levelling_gap,
    lorenz,
    palma,
    sigma_convergence,
    theil,
    theil_between_countries,
    time_distance,
)
from citess.metrics.concentration import fractional_ranks
from citess.metrics.inequality import drawn
from citess.metrics.spread import gini_of, plain_gini, theil_of, theil_of_terms, theil_terms

Z = NormalDist().inv_cdf(0.975)


def near(expected, rel=1e-11):
    return pytest.approx(expected, rel=rel, abs=1e-13)


def test_the_curve_of_lorenz():
    assert ((0.0, 0.0), near((0.25, 0.0)), near((0.75, 0.4)), (1.0, 1.0)) == lorenz(
        [3, None, 0, 1], [1, 5, 1, 2]
    )
    assert () == lorenz([]) == lorenz([0, 0]) == lorenz([3], [0])
    assert ((0.0, 0.0), (1.0, 1.0)) == lorenz([3, 9], [2, 0])
    for wrong in (([1], [1, 2]), ([1, 2], [1])):
        with pytest.raises(ValueError, match="weights has one number a value"):
            lorenz(*wrong)
    for wrong in (([-1], None), ([1], [-1]), ([math.nan], None)):
        with pytest.raises(ValueError, match="is a finite number, 0 or more"):
            lorenz(*wrong)


@pytest.mark.parametrize(
    ("values", "index"),
    [
        ([1, 2, 3, 4, 10], 0.4),
        ([0, 0, 0, 1], 0.75),
        ([5, 5, 5], 0.0),
        ([1, 3], 0.25),
        ([7], 0.0),
        ([0.1] * 7, 0.0),
    ],
)
def test_the_index_of_gini(values, index):
    assert near(index) == plain_gini(values) == plain_gini(values[::-1])
    assert near(index) == gini_of([(value, 1) for value in values])
    assert near(index) == gini_of([(value, 0.5) for value in values for _ in range(2)])
    assert 0 <= plain_gini(values) <= 1
    assert plain_gini([0, 0]) is None
    assert gini_of([(0, 3)]) is None


def test_gini_with_all_that_stands_beside():
    found = gini([1, 2, 3, 4, 10, None], seed=1, resamples=40)
    assert (5, 1, near(0.5), ("few-units", "missing"), "bca seed=1 B=40") == (
        found.n, found.missing, found.parts["corrected"], found.warnings, found.interval.method,
    )  # fmt: skip
    assert ("few-units", ()) == (gini([1] * 9).warnings[0], gini([1] * 10, resamples=0).warnings)
    assert (Undefined.TOO_FEW, 1) == (gini([3]).reason, gini([3]).n)
    assert (Undefined.ZERO_DENOMINATOR, 2) == (gini([0, 0]).reason, gini([0, 0]).n)
    assert (Undefined.NOT_KNOWN, 1) == (gini([None]).reason, gini([None]).missing)
    weighed = gini([1, 2, 10], [2, 1, 1], resamples=0)
    assert (near(gini([1, 1, 2, 10], resamples=0).value), None, None) == (
        weighed.value, weighed.parts["corrected"], weighed.interval,
    )  # fmt: skip
    assert 0.8 == gini([1, 2, 3], level=0.8, resamples=9).interval.level
    assert (2000, 2000, 0, 7, 0) == (drawn(1, None), drawn(500, None), drawn(501, None),
                                     drawn(900, 7), drawn(3, 0))  # fmt: skip


def test_the_index_of_theil():
    values = [1, 2, 3, 4, 10]
    by_hand = fmean(x / 4 * math.log(x / 4) for x in values)
    assert near(by_hand) == theil_of([(x, 1) for x in values])
    assert near(by_hand) == theil_of_terms([theil_terms(x, 1) for x in values])
    assert near(math.log(2)) == theil_of([(0, 1), (4, 1)])
    assert near(math.log(2)) == theil_of_terms([theil_terms(0, 1), theil_terms(4, 1)])
    assert near(theil_of([(3, 1), (3, 1), (9, 1)])) == theil_of([(3, 2), (9, 1)])
    assert (3, 6, near(6 * math.log(2))) == theil_terms(2, 3)
    assert theil_of([(0, 1)]) is None
    assert theil_of_terms([(1.0, 0.0, 0.0)]) is None
    assert 0.0 == theil_of([(0.1, 1)] * 3)
    found = theil(values, groups="aaabb", resamples=0)
    between = (3 * 2 / 4 * math.log(2 / 4) + 2 * 7 / 4 * math.log(7 / 4)) / 5
    assert near((by_hand, between, by_hand - between, between / by_hand)) == (
        found.value, found.parts["between"], found.parts["within"], found.parts["between_share"],
    )  # fmt: skip
    assert ({"groups": 2}, 5, ("few-units",)) == (found.method, found.n, found.warnings)
    even = theil([2, 2], groups="ab", resamples=0)
    assert (0.0, None, 0.0) == (even.value, even.parts["between_share"], even.parts["within"])
    assert {} == theil(values, resamples=0).parts


def test_the_index_of_atkinson():
    values = [1, 2, 3, 4, 10]
    assert near(0.13351045273669038) == atkinson(values, epsilon=0.5)
    geometric = math.prod(values) ** 0.2
    assert near(1 - geometric / 4) == atkinson(values, epsilon=1)
    harmonic = 5 / sum(1 / x for x in values)
    assert near(1 - harmonic / 4) == atkinson(values, epsilon=2)
    assert near(atkinson([1, 1, 5], epsilon=0.7)) == atkinson([1, 5], 0.7, [2, 1])
    assert 1.0 == atkinson([0, 5], epsilon=1) == atkinson([0, 5], epsilon=3)
    assert near(1 - 0.5) == atkinson([0, 5], epsilon=0.5)
    assert atkinson([0, 0], epsilon=1) is None
    assert 0.0 == atkinson([3, 3], epsilon=1)
    for epsilon in (0, -1):
        with pytest.raises(ValueError, match="epsilon is"):
            atkinson([1], epsilon=epsilon)


def test_what_would_have_to_move_and_the_ends_of_the_curve():
    assert near(0.3) == hoover([1, 2, 3, 4, 10])
    assert near(hoover([1, 1, 5])) == hoover([1, 5], [2, 1])
    assert hoover([0]) is None
    assert near((11 / 20) / (4 / 20)) == palma([1] * 9 + [11])
    assert near((10 / 55) / (10 / 55)) == palma(range(1, 11))
    assert near(0.15 / 0.2) == palma([1, 3]) == palma([1, 3], [2, 2])
    assert palma([0, 0, 0, 0, 5]) is None
    assert palma([0]) is None
    assert near(0.25) == palma([7])


H = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3.0]
WEALTH = [2, 7, 1, 8, 2, 8, 1, 8, 2, 8.0]


def test_concentration_with_ties_as_the_convenient_regression_has_it():
    assert near([0.35, 0.55, 0.1, 0.8, 0.35, 0.8, 0.1, 0.8, 0.35, 0.8]) == fractional_ranks(WEALTH)
    found = concentration_index(H, WEALTH)
    assert near((0.07179487179487179, 0.1135393764584544, 3.9)) == (
        found.value, found.parts["se"], found.parts["mean"],
    )  # fmt: skip
    half = Z * 0.1135393764584544
    assert near((found.value - half, found.value + half)) == (
        found.interval.low, found.interval.high,
    )  # fmt: skip
    assert ((), "convenient regression", 10) == (found.warnings, found.interval.method, found.n)
    bounded = concentration_index(H, WEALTH, bounds=(1, 9))
    assert near(4 * 3.9 / 8 * 0.07179487179487179) == bounded.parts["erreygers"]
    assert [1, 9] == bounded.method["bounds"]
    assert ("few-units",) == concentration_index(H[:9], WEALTH[:9]).warnings


def test_concentration_of_few_or_of_ties():
    two = concentration_index([1, 3])
    assert (near(0.25), None, None) == (two.value, two.parts["se"], two.interval)
    assert concentration_index([1, 3, 4]).parts["se"] is not None
    tied = concentration_index([1, 3, 4], [5, 5, 5])
    assert (0.0, None) == (tied.value, tied.parts["se"])
    assert Undefined.TOO_FEW is concentration_index([1]).reason
    assert Undefined.ZERO_DENOMINATOR is concentration_index([0, 0]).reason
    assert Undefined.ZERO_DENOMINATOR is concentration_index([]).reason
    assert Undefined.NOT_KNOWN is concentration_index([None]).reason
    for bounds in ((1, 1), (2, 1)):
        with pytest.raises(ValueError, match="bounds rise from the least"):
            concentration_index([1], bounds=bounds)
    with pytest.raises(ValueError, match="benefits is a finite number, 0 to 1, not 2"):
        concentration_index([2], bounds=(0, 1))


FIRST = dict(zip("abcdefghijkl", [1.0, 2, 3, 5, 8, 13, 4, 6, 7, 9, 10, 3.5], strict=True))
LAST = dict(zip("abcdefghijkl", [2.5, 3, 6, 7, 9, 15, 8, 7, 9.5, 12, 11, 7], strict=True))


def test_convergence_as_least_squares_has_it():
    found = beta_convergence(FIRST, LAST, 7)
    slope = -0.04520309447794647
    speed = -math.log(1 + slope * 7) / 7
    expected = {
        "intercept": 0.12891009852328852,
        "stderr": 0.009286401735511478,
        "stderr_hc3": 0.008707329024031119,
        "r2": 0.7032127024219943,
        "speed": speed,
        "half_life": math.log(2) / speed,
        "sigma_initial": stdev(map(math.log, FIRST.values())),
        "sigma_final": stdev(map(math.log, LAST.values())),
    }
    assert {name: near(number) for name, number in expected.items()} == found.parts
    half = Z * 0.008707329024031119
    assert near((slope, slope - half, slope + half)) == (
        found.value, found.interval.low, found.interval.high,
    )  # fmt: skip
    assert (("regression-to-the-mean",), "normal, HC3", {"years": 7, "scale": "log"}) == (
        found.warnings, found.interval.method, found.method,
    )  # fmt: skip


def test_convergence_of_few_and_within_bounds():
    nine = {name: FIRST[name] for name in "abcdefghi"}
    few = beta_convergence(nine, LAST, 7)
    assert (9, 3, None, ("regression-to-the-mean", "few-countries")) == (
        few.n, few.missing, few.interval, few.warnings,
    )  # fmt: skip
    ten = beta_convergence({**nine, "j": 9.0}, LAST, 7)
    assert ten.interval is not None
    bounded = beta_convergence(
        {"a": 0.2, "b": 0.5, "c": 0.7}, {"a": 0.4, "b": 0.6, "c": 0.75}, 5, bounded=(0, 1)
    )
    assert near((-0.06705435218508471, 0.0971265655645005, 0.0124332957766556, 0.034612506763033),
                1e-9) == (
        bounded.value, bounded.parts["intercept"], bounded.parts["stderr"],
        bounded.parts["stderr_hc3"],
    )  # fmt: skip
    assert "logit" == bounded.method["scale"]
    for value in (0, 1):
        with pytest.raises(ValueError, match="values lie between 0 and 1"):
            beta_convergence({"a": value}, {"a": 0.5}, 5, bounded=(0, 1))
    apart = beta_convergence({"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 3, "c": 9}, 5)
    assert (True, None, None) == (apart.value > 0, apart.parts["speed"], apart.parts["half_life"])
    assert Undefined.TOO_FEW is beta_convergence({"a": 1, "b": 2}, {"a": 1, "b": 3}, 5).reason
    same = beta_convergence({"a": 2, "b": 2, "c": 2}, {"a": 1, "b": 3, "c": 4}, 5)
    assert Undefined.NO_VARIATION is same.reason
    lever = beta_convergence({"a": 1, "b": 1, "c": 3}, {"a": 2, "b": 3, "c": 4}, 5)
    assert lever.parts["stderr_hc3"] is None
    steady = beta_convergence({"a": 1, "b": 2, "c": 4}, {"a": 1, "b": 2, "c": 4}, 1)
    assert (0.0, None, None) == (steady.value, steady.parts["speed"], steady.parts["r2"])
    overshot = beta_convergence({"a": 1, "b": 2, "c": 4}, {"a": 4, "b": 2, "c": 1}, 1)
    assert (near(-2), None) == (overshot.value, overshot.parts["speed"])


def test_the_spread_of_countries_by_year():
    panel = {2000: {"a": 1, "b": 4, "c": 9, "d": 5}, 2005: {"a": 2, "b": 4, "c": 8},
             2010: {"a": 4, "b": 6, "c": 9}}  # fmt: skip
    found = sigma_convergence(panel)
    deviations = [stdev(map(math.log, (panel[year][c] for c in "abc"))) for year in sorted(panel)]
    slope = (deviations[2] - deviations[0]) / 10
    assert (near(slope), 3, 1, ("few-countries",)) == (
        found.value, found.n, found.missing, found.warnings,
    )  # fmt: skip
    cv = stdev([4, 6, 9]) / (19 / 3)
    assert near((deviations[1], cv)) == (found.parts["sd_log:2005"], found.parts["cv:2010"])
    many = {f"c{n}": n + 1.0 for n in range(10)}
    assert () == sigma_convergence({1: many, 2: many}).warnings
    assert Undefined.TOO_FEW is sigma_convergence({1: many}).reason
    assert Undefined.TOO_FEW is sigma_convergence({}).reason
    assert Undefined.TOO_FEW is sigma_convergence({1: {"a": 1}, 2: {"a": 2}}).reason


@pytest.mark.parametrize(
    ("country", "frontier", "level", "years", "least"),
    [
        ({2020: 30, 2024: 40}, {2010: 35, 2012: 40}, None, 12, None),
        ({2020: 30, 2024: 40}, {2010: 30, 2012: 40}, 35, 11, None),
        ({2020: 30, 2024: 40}, {2010: 30, 2012: 40}, 30, 10, None),
        ({2020: 30, 2024: 40}, {2010: 31, 2012: 40}, 30, None, 10),
        ({2020: 30, 2024: 40}, {2010: 30, 2012: 40}, 41, None, None),
        ({2020: 30, 2024: 40}, {2010: 30, 2012: 35}, 36, None, None),
        ({2020: 30, 2022: 20, 2024: 35}, {2010: 30, 2012: 40}, 33, 2022 + 26 / 15 - 2010.6, None),
        ({2020: 50}, {2010: 30, 2030: 70}, None, 0, None),
        ({2010: 50}, {2010: 30, 2030: 70}, None, -10, None),
    ],
)
def test_years_between_a_country_and_the_frontier(country, frontier, level, years, least):
    found = time_distance(country, frontier, level)
    if years is not None:
        assert (near(years), 1) == (found.value, found.n)
    elif least is not None:
        assert (Undefined.ONLY_BOUNDS, {"at_least": least}) == (found.reason, found.parts)
    else:
        assert Undefined.UNREACHABLE is found.reason
    wanted = country[max(country)] if level is None else level
    assert {"level": wanted} == found.method


def test_gaps_and_inequality_of_countries():
    scores = {"a": 40, "b": 50, "c": 60, "d": 80}
    people = {"a": 1, "b": 2, "c": 3, "d": 4}
    found = levelling_gap(scores, population=people)
    assert (0.28125, 0.5, near(2 / 10 * 0.375 + 0.05 + 3 / 10 * 0.25), ("few-countries",)) == (
        found.value, found.parts["ratio"], found.parts["weighted"], found.warnings,
    )  # fmt: skip
    assert {"frontier": 80, "fixed": False} == found.method
    assert () == levelling_gap({**scores, "e": 9}).warnings
    fixed = levelling_gap(scores, frontier=60)
    assert (near((1 / 3 + 1 / 6) / 4), True) == (fixed.value, fixed.method["fixed"])
    assert levelling_gap(scores, population={"a": 1}).parts["weighted"] is None
    assert Undefined.ZERO_DENOMINATOR is levelling_gap({"a": 0}).reason
    assert Undefined.ZERO_DENOMINATOR is levelling_gap({}).reason
    assert Undefined.NOT_KNOWN is levelling_gap({"a": None}).reason
    assert (0.0, None) == (
        levelling_gap({"a": 0, "b": 5}).parts["ratio"],
        levelling_gap({"a": 0}, frontier=5).parts["ratio"],
    )
    between = theil_between_countries({"a": 1, "b": 3}, {"a": 3, "b": 1})
    half = {"a": 0.5 * math.log(0.5 / 0.75), "b": 0.5 * math.log(0.5 / 0.25)}
    assert ({name: near(x) for name, x in half.items()}, near(sum(half.values())), True) == (
        between.parts, between.value, between.method["weighted"],
    )  # fmt: skip
    assert ("few-countries",) == between.warnings
    ten = theil_between_countries({f"c{n}": n + 1 for n in range(10)})
    assert ((), False, 10) == (ten.warnings, ten.method["weighted"], ten.n)
    nothing = theil_between_countries({"a": 0, "b": 4})
    assert (0.0, near(math.log(2))) == (nothing.parts["a"], nothing.value)
    assert Undefined.TOO_FEW is theil_between_countries({"a": 1}).reason
    assert Undefined.ZERO_DENOMINATOR is theil_between_countries({"a": 0, "b": 0}).reason


def test_items_and_assessors():
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    found = cohen_kappa([*pairs, (None, "y")])
    assert (near(0.4), 50, 1, ()) == (found.value, found.n, found.missing, found.warnings)
    assert ("few",) == cohen_kappa(pairs[:29]).warnings
    assert () == cohen_kappa(pairs[:30]).warnings
    assert Undefined.NO_VARIATION is cohen_kappa([("y", "y")] * 3).reason
    assert (Undefined.NOT_KNOWN, 1) == (
        cohen_kappa([(None, 1)]).reason, cohen_kappa([(None, 1)]).missing,
    )  # fmt: skip
    assert Undefined.ZERO_DENOMINATOR is cohen_kappa([]).reason
    units = [(1, 1), (1, 2), (2, 2), (3, None), (1, 1, 3)]
    nominal = krippendorff_alpha(units)
    observed, expected = (2 + 4 / 2) / 9, 2 * (5 * 3 + 5 * 1 + 3 * 1) / 72
    assert near((1 - observed / expected, observed, expected)) == (
        nominal.value, nominal.parts["observed"], nominal.parts["expected"],
    )  # fmt: skip
    assert (9, 1, ("few",)) == (nominal.n, nominal.missing, nominal.warnings)
    interval = krippendorff_alpha(units, scale="interval")
    observed, expected = (2 + 16 / 2) / 9, 2 * (15 * 1 + 5 * 4 + 3 * 1) / 72
    assert near(1 - observed / expected) == interval.value
    ordinal = krippendorff_alpha(units, scale="ordinal")
    apart = {(1, 2): 4.0**2, (1, 3): (9 - 3) ** 2, (2, 3): 2.0**2}
    observed = (2 * apart[1, 2] + 4 * apart[1, 3] / 2) / 9
    expected = 2 * (15 * apart[1, 2] + 5 * apart[1, 3] + 3 * apart[2, 3]) / 72
    assert near(1 - observed / expected) == ordinal.value
    assert () == krippendorff_alpha([(1, 2)] * 15).warnings
    assert Undefined.NO_VARIATION is krippendorff_alpha([(1, 1)]).reason
    assert Undefined.NOT_KNOWN is krippendorff_alpha([(1,)]).reason
    with pytest.raises(ValueError, match="ratings of an interval scale are numbers"):
        krippendorff_alpha([("a", "b")], scale="interval")


def test_alpha_of_items():
    items = {"a": [1, 2, 3, 4.0], "b": [2, 4, 6, 9.0], "c": [1, 3, 2, 4.0]}
    sums = [4, 9, 11, 17]
    raw = 3 / 2 * (1 - sum(stdev(v) ** 2 for v in items.values()) / stdev(sums) ** 2)
    found = cronbach_alpha(items, standardised=False)
    assert near((raw, raw)) == (found.value, found.parts["raw"])
    without = 2 * (
        1 - (stdev([1, 2, 3, 4]) ** 2 + stdev([2, 4, 6, 9]) ** 2) / stdev([3, 6, 9, 13]) ** 2
    )
    assert near(without) == found.parts["without:c"]
    assert ({"standardised": False, "items": 3}, 4, ("few",)) == (
        found.method, found.n, found.warnings,
    )  # fmt: skip
    assert cronbach_alpha({"a": [1, 2.0], "b": [3, 5.0]}).parts["without:a"] is None
    many = {"a": [float(n % 7) for n in range(30)], "b": [float(n % 5) for n in range(30)]}
    assert () == cronbach_alpha(many).warnings
    assert Undefined.TOO_FEW is cronbach_alpha({"a": [1, 2.0]}).reason
    assert Undefined.TOO_FEW is cronbach_alpha({"a": [1.0], "b": [2.0]}).reason
    assert Undefined.NO_VARIATION is cronbach_alpha({"a": [1, 1.0], "b": [2, 3.0]}).reason
    with pytest.raises(ValueError, match="items hold one value for each unit"):
        cronbach_alpha({"a": [1.0], "b": [2, 3.0]})
