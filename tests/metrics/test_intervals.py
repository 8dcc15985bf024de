"""Intervals and tests of chance: printed values, other libraries, and what each must keep."""

import json
import math
import os
from pathlib import Path
from random import Random
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citess.metrics._special import beta_share, gamma_rest, gamma_share
from citess.metrics.intervals import (
    bca_bootstrap,
    clopper_pearson,
    garwood,
    katz,
    newcombe,
    sison_glaz,
    wilson,
)
from citess.metrics.tests_of_chance import (
    benjamini_hochberg,
    bonferroni,
    chi_square_p,
    hypergeometric_p,
    normal_p,
    randomisation,
)

REFERENCE = os.environ.get("CITESS_REFERENCE_DIR")
needs_reference = pytest.mark.skipif(
    REFERENCE is None, reason="CITESS_REFERENCE_DIR names no folder of reference values"
)
shares = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
levels = st.sampled_from((0.8, 0.9, 0.95, 0.99))


def reference(name):
    records = json.loads(Path(REFERENCE, "reference_values.json").read_text("utf-8"))["records"]
    return next(record for record in records if record["metric"] == name)


def ends(interval):
    return [interval.low, interval.high]


@needs_reference
@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("wilson_ci", lambda: ends(wilson(0, 20))),
        ("clopper_pearson_ci", lambda: ends(clopper_pearson(0, 20))),
        ("newcombe_diff_ci", lambda: ends(newcombe(56, 70, 48, 80))),
        ("svn_pvalue", lambda: hypergeometric_p(6, units=14, marked=8, drawn=7)),
        ("multinomial_ci_sison_glaz", lambda: [ends(one) for one in sison_glaz([30, 10, 5])]),
    ],
)
def test_intervals_agree_with_the_reference_values(name, found):
    record = reference(name)
    flat = lambda value: (  # noqa: E731  (recursion in one line)
        [x for part in value for x in flat(part)] if isinstance(value, list) else [value]
    )
    assert pytest.approx(flat(record["value"]), abs=record["tolerance"]) == flat(found())


@needs_reference
def test_the_garwood_interval_agrees_with_the_reference_value():
    record = reference("poisson_rate_ci_garwood")
    expected = [record["value"]["lo"], record["value"]["hi"]]
    assert pytest.approx(expected, abs=record["tolerance"]) == ends(garwood(10, 200))


@given(shares, levels)
def test_intervals_of_a_share_hold_it_and_stay_within_zero_and_one(counts, level):
    k, n = counts
    for method in (wilson, clopper_pearson):
        found = method(k, n, level)
        assert 0 <= found.low <= k / n <= found.high <= 1
        assert level == found.level


@given(shares, levels)
def test_the_exact_interval_is_as_likely_as_it_says(counts, level):
    k, n = counts
    found = clopper_pearson(k, n, level)
    tail = (1 - level) / 2
    if k:
        assert math.isclose(tail, beta_share(found.low, k, n - k + 1), rel_tol=1e-9)
    if k < n:
        assert math.isclose(1 - tail, beta_share(found.high, k + 1, n - k), rel_tol=1e-9)


@given(shares, shares)
def test_differences_and_ratios_lie_in_their_intervals(first, second):
    (a, n), (b, m) = first, second
    difference = newcombe(a, n, b, m)
    assert -1 <= difference.low <= a / n - b / m <= difference.high <= 1
    if b:
        ratio = katz(a, n, b, m)
        assert 0 <= ratio.low <= (a / n) / (b / m) <= ratio.high


def test_a_ratio_of_nothing_or_of_all_says_how_it_was_made():
    assert "katz" == katz(1, 10, 1, 10).method
    assert ("katz, half added", 0.0) == (katz(0, 10, 3, 10).method, katz(0, 10, 3, 10).low)
    every = katz(10, 10, 8, 8)
    assert every.low < 1 < every.high


@given(st.integers(0, 300), st.floats(0.1, 1000), levels)
def test_a_rate_lies_in_its_interval(events, exposure, level):
    found = garwood(events, exposure, level)
    assert 0 <= found.low <= events / exposure <= found.high


@given(st.lists(st.integers(0, 40), min_size=1, max_size=6).filter(any), levels)
def test_shares_of_a_whole_lie_in_their_intervals(counts, level):
    for count, found in zip(counts, sison_glaz(counts, level), strict=True):
        assert 0 <= found.low <= count / sum(counts) <= found.high <= 1


def test_shares_of_large_counts_keep_their_digits():
    few = sison_glaz([1000, 3])[1]
    assert [0.0009970089730807576, 0.006445059270987713] == pytest.approx(ends(few), rel=1e-9)
    for count, found in zip((100_000, 50_000), sison_glaz([100_000, 50_000]), strict=True):
        alone = wilson(count, 150_000)
        assert alone.low - found.low == pytest.approx(0, abs=2e-4)
        assert found.high - alone.high == pytest.approx(0, abs=2e-4)
    assert sison_glaz([1_000_000, 3])[1].high < 1e-5


def test_a_single_count_may_have_any_share():
    assert [[0.0, 1.0]] == [ends(found) for found in sison_glaz([1, 0])][1:]
    assert [1.0, 1.0] == ends(sison_glaz([7])[0])


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: wilson(1, 0), "n is a finite number above 0"),
        (lambda: wilson(1, math.inf), "n is a finite number above 0"),
        (lambda: wilson(math.nan, 3), "successes is between 0 and n"),
        (lambda: wilson(4, 3), "successes is between 0 and n"),
        (lambda: wilson(1, 3, 1.0), "level is between 0 and 1"),
        (lambda: clopper_pearson(-1, 3), "successes is between 0 and n"),
        (lambda: newcombe(1, 3, 1, 0), "other_n is a finite number above 0"),
        (lambda: katz(1, 3, 4, 3), "other_successes is between 0 and other_n"),
        (lambda: katz(1, 3, 0, 3), "a ratio to 0 is not defined"),
        (lambda: garwood(-1), "events is a finite number of 0 or more"),
        (lambda: garwood(1, 0), "exposure is a finite number above 0"),
        (lambda: sison_glaz([1, -1]), "counts are whole numbers"),
        (lambda: sison_glaz([0.5]), "counts are whole numbers"),
        (lambda: sison_glaz([0, 0]), "counts have a sum above 0"),
        (lambda: hypergeometric_p(1, units=3, marked=4, drawn=1), r"marked \(4\)"),
        (lambda: benjamini_hochberg([1.2]), "p_values are between 0 and 1"),
        (lambda: bonferroni([math.nan]), "p_values are between 0 and 1"),
        (lambda: chi_square_p(-1, 1), "statistic is a finite number"),
        (lambda: chi_square_p(1, 0), "df is a finite number above 0"),
        (lambda: randomisation(1, Random.random, seed=1, draws=1), "draws is 2 or more"),
        (lambda: bca_bootstrap([1, 2], mean, clusters=["a"]), "one key a unit"),
        (lambda: bca_bootstrap([1, 2], mean, resamples=1), "resamples is 2 or more"),
        (lambda: bca_bootstrap([1, 2], mean, level=0), "level is between 0 and 1"),
    ],
)
def test_what_cannot_be_is_refused_by_name(call, named):
    with pytest.raises(ValueError, match=named):
        call()


def test_the_bootstrap_is_the_same_each_time_and_says_its_seed():
    values = [3.0, 1.0, 4.0, 1.0, 5.0, 9.0]
    found = bca_bootstrap(values, mean, resamples=500)
    assert found == bca_bootstrap(values, mean, resamples=500)
    assert found != bca_bootstrap(values[:-1], mean, resamples=500)
    seed = int(found.method.split()[1].removeprefix("seed="))
    assert found == bca_bootstrap(values, mean, resamples=500, seed=seed)
    assert found.low < mean(values) < found.high


def test_the_bootstrap_draws_whole_clusters():
    values = [0.0, 0.0, 0.0, 10.0, 10.0, 10.0, 5.0, 5.0, 5.0]
    hubs = ["a"] * 3 + ["b"] * 3 + ["c"] * 3
    alone = bca_bootstrap(values, mean, seed=1, resamples=400)
    together = bca_bootstrap(values, mean, clusters=hubs, seed=1, resamples=400)
    assert together.high - together.low > alone.high - alone.low


def test_the_bootstrap_of_what_does_not_vary_or_is_not_defined():
    assert [4.0, 4.0] == ends(bca_bootstrap([4, 4, 4], mean, seed=1, resamples=50))
    assert bca_bootstrap([4], mean) is None
    assert bca_bootstrap([4, 5], lambda _: None) is None
    assert bca_bootstrap([4, 5], lambda _: math.nan) is None
    seldom = bca_bootstrap(
        list(range(9)), lambda units: 1.0 if len(set(units)) == 9 else None, resamples=50, seed=1
    )
    assert seldom is None
    whole_only = bca_bootstrap(
        [1, 2], lambda units: 1.0 if len(units) == 2 else None, resamples=50, seed=1
    )
    assert [1.0, 1.0] == ends(whole_only)


@given(st.integers(1, 60), st.data())
def test_chances_of_a_draw_sum_to_one(units, data):
    marked = data.draw(st.integers(0, units))
    drawn = data.draw(st.integers(0, units))
    seen = data.draw(st.integers(0, units))
    other = hypergeometric_p(drawn - seen + 1, units=units, marked=units - marked, drawn=drawn)
    assert math.isclose(
        1, hypergeometric_p(seen, units=units, marked=marked, drawn=drawn) + other, abs_tol=1e-12
    )


def test_a_large_draw_agrees_with_the_exact_one():
    exact = hypergeometric_p(36, units=20_000, marked=4_000, drawn=150)
    large = hypergeometric_p(36, units=20_001, marked=4_000, drawn=150)
    assert math.isclose(exact, large, rel_tol=0.01)
    every = hypergeometric_p(0, units=30_000, marked=9, drawn=9)
    assert math.isclose(1, every, rel_tol=1e-9)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_adjusted_chances_keep_their_order_and_are_never_smaller(p_values):
    adjusted, strict = benjamini_hochberg(p_values), bonferroni(p_values)
    for p, fdr, fwer in zip(p_values, adjusted, strict, strict=True):
        assert p <= fdr + 1e-15
        assert fdr <= fwer + 1e-15 <= 1 + 1e-15
    ranked = sorted(zip(p_values, adjusted, strict=True))
    assert sorted(adjusted) == [fdr for _, fdr in ranked]


def test_tails_of_distributions_meet_in_the_middle():
    for x, a in ((0.5, 3.0), (9.0, 3.0), (4.0, 3.0)):
        assert math.isclose(1, gamma_share(x, a) + gamma_rest(x, a))
    assert (0.0, 0.0, 1.0) == (gamma_rest(math.inf, 2), beta_share(0, 2, 3), beta_share(1, 2, 3))
    assert (1.0, 0.0) == (gamma_rest(0, 2), gamma_share(0, 2))
    assert math.isclose(math.exp(-2), chi_square_p(4, 2))
    assert math.isclose(1, normal_p(0))


def test_a_randomisation_without_spread_has_no_score():
    null = randomisation(1.0, lambda _: 1.0, seed=3, draws=9)
    assert (1.0, 0.0, None, 1.0) == (null.expected, null.sd, null.z, null.p)


@pytest.mark.deep
def test_intervals_agree_with_scipy_and_statsmodels():
    stats = pytest.importorskip("scipy.stats")
    proportions = pytest.importorskip("statsmodels.stats.proportion")
    random = Random(5)
    for _ in range(200):
        n = random.randint(1, 300)
        k = random.randint(0, n)
        for ours, theirs in ((wilson, "wilson"), (clopper_pearson, "exact")):
            other = stats.binomtest(k, n).proportion_ci(method=theirs)
            assert pytest.approx([other.low, other.high], abs=1e-11) == ends(ours(k, n))
        high = stats.chi2.ppf(0.975, 2 * k + 2) / 2
        assert math.isclose(high, garwood(k).high, rel_tol=1e-11)
        counts = [random.randint(1, 30) for _ in range(random.randint(2, 6))]
        theirs = proportions.multinomial_proportions_confint(counts, method="sison-glaz")
        for (low, high), found in zip(theirs, sison_glaz(counts), strict=True):
            assert pytest.approx([low, high], abs=1e-6) == ends(found)
        marked, drawn = random.randint(0, n), random.randint(0, n)
        seen = random.randint(0, n)
        tail = stats.hypergeom.sf(seen - 1, n, marked, drawn)
        found = hypergeometric_p(seen, units=n, marked=marked, drawn=drawn)
        assert math.isclose(tail, found, rel_tol=1e-8, abs_tol=1e-12)


@pytest.mark.deep
def test_the_bootstrap_agrees_with_scipy():
    stats = pytest.importorskip("scipy.stats")
    random = Random(2)
    values = [random.expovariate(1) for _ in range(60)]
    theirs = stats.bootstrap(
        (values,), lambda x, axis: x.mean(axis), method="BCa", n_resamples=9999
    )
    found = bca_bootstrap(values, mean, seed=1, resamples=9999)
    expected = [theirs.confidence_interval.low, theirs.confidence_interval.high]
    assert pytest.approx(expected, abs=0.03) == ends(found)
