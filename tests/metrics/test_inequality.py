"""How evenly something is spread: printed values, laws, and a second way to compute each."""

import json
import math
import os
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citess.metrics import (
    Undefined,
    atkinson,
    concentration_index,
    gini,
    hoover,
    lorenz,
    palma,
    theil,
)
from citess.metrics.concentration import fractional_ranks
from citess.metrics.spread import gini_of, plain_gini, theil_of, theil_of_terms, theil_terms

REFERENCE = os.environ.get("CITESS_REFERENCE_DIR")
needs_reference = pytest.mark.skipif(
    REFERENCE is None, reason="CITESS_REFERENCE_DIR names no folder of reference values"
)
FIVE = [1, 2, 3, 4, 10]
benefits = st.lists(st.integers(0, 100), min_size=2, max_size=25).filter(any)


def reference(name):
    found = json.loads(Path(REFERENCE, "reference_values.json").read_text("utf-8"))["records"]
    return next(record for record in found if record["metric"] == name)


@needs_reference
@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("gini", lambda: gini(FIVE).value),
        ("atkinson", lambda: atkinson(FIVE, epsilon=0.5)),
        ("palma_hoover", lambda: {"hoover": hoover(FIVE)}),
        ("concentration_index", lambda: concentration_index([1, 2, 3, 4, 5]).value),
    ],
)
def test_indices_agree_with_the_reference_values(name, found):
    record = reference(name)
    assert pytest.approx(record["value"], abs=record["tolerance"]) == found()


def test_draws_of_nothing_have_no_gini():
    assert plain_gini([0.0, 0.0]) is None
    found = gini([0, 0, 0, 9], resamples=40, seed=1)
    assert found.interval.low <= found.value == 0.75 <= found.interval.high


def pairwise_gini(values):
    n, total = len(values), sum(values)
    return sum(abs(x - y) for x in values for y in values) / (2 * n * total)


@given(benefits)
def test_the_gini_is_the_mean_difference_over_twice_the_mean(values):
    found = gini(values, resamples=0)
    assert math.isclose(pairwise_gini(values), found.value, abs_tol=1e-12)
    assert 0 <= found.value <= 1
    assert math.isclose(found.value * len(values) / (len(values) - 1), found.parts["corrected"])
    assert math.isclose(found.value, gini([7 * x for x in values], resamples=0).value, abs_tol=1e-9)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 4)), min_size=2, max_size=12))
def test_weights_count_as_many_units(pairs):
    values, weights = zip(*pairs, strict=True)
    every = [x for x, n in pairs for _ in range(n)]
    if not sum(every):
        return
    for plain, heavy in (
        (gini(every, resamples=0), gini(values, weights, resamples=0)),
        (theil(every, resamples=0), theil(values, weights=weights, resamples=0)),
    ):
        assert math.isclose(plain.value, heavy.value, abs_tol=1e-12)
    assert math.isclose(hoover(every), hoover(values, weights), abs_tol=1e-12)
    assert math.isclose(atkinson(every, 0.5), atkinson(values, 0.5, weights), abs_tol=1e-9)


@given(benefits, st.data())
def test_theil_is_what_is_between_and_within(values, data):
    groups = data.draw(st.lists(st.sampled_from("abc"), min_size=len(values), max_size=len(values)))
    found = theil(values, groups, resamples=0)
    total, mean = found.value, sum(values) / len(values)
    within = 0.0
    for group in set(groups):
        part = [x for x, g in zip(values, groups, strict=True) if g == group]
        share = sum(part) / sum(values)
        within += share * (theil_of([(x, 1.0) for x in part]) or 0.0)
    assert math.isclose(total, found.parts["between"] + found.parts["within"], abs_tol=1e-9)
    assert math.isclose(within, found.parts["within"], abs_tol=1e-9)
    direct = sum(x / mean * math.log(x / mean) for x in values if x) / len(values)
    assert math.isclose(max(0.0, direct), total, abs_tol=1e-9)
    assert total <= math.log(len(values)) + 1e-9


def test_theil_of_the_catalogue_and_of_equal_benefits():
    found = theil(FIVE, groups=["a", "a", "a", "b", "b"])
    rounded = [round(x, 4) for x in (found.value, *found.parts.values())][:3]
    assert [0.2764, 0.1838, 0.0926] == rounded
    equal = theil([2, 2, 2], groups=["a", "a", "b"])
    assert (0.0, None) == (equal.value, equal.parts["between_share"])
    assert {} == theil(FIVE).parts
    with pytest.raises(ValueError, match="clusters has one key a value"):
        theil(FIVE, groups=["a"])


def test_values_not_known_are_left_out_and_too_many_refuse():
    found = gini([1, 2, 3, 4, 10, None])
    assert (0.4, 1, ("few-units", "missing")) == (
        pytest.approx(found.value),
        found.missing,
        found.warnings,
    )
    for index in (gini, theil):
        assert Undefined.TOO_MANY_MISSING is index([1, 2, None, None]).reason
        assert index([1, 2, None, None], allow_missing=True).value is not None
        assert Undefined.NOT_KNOWN is index([None]).reason
        assert Undefined.ZERO_DENOMINATOR is index([]).reason
        assert Undefined.ZERO_DENOMINATOR is index([0, 0]).reason
        assert Undefined.TOO_FEW is index([3]).reason


def test_what_is_no_benefit_is_refused():
    for wrong in (-1, math.nan, math.inf):
        with pytest.raises(ValueError, match="values is a finite number"):
            gini([1, wrong])
        with pytest.raises(ValueError, match="weights is a finite number"):
            gini([1, 2], [1, wrong])
    with pytest.raises(ValueError, match="weights has one number a value: 2, not 1"):
        gini([1, 2], [1])
    with pytest.raises(ValueError, match="clusters has one key a value: 2, not 1"):
        gini([1, 2], clusters=["a"])
    with pytest.raises(ValueError, match="epsilon is above 0"):
        atkinson([1, 2], epsilon=0)


def test_an_interval_of_the_gini_is_drawn_up_to_a_size_and_seeded():
    random = Random(1)
    values = [random.expovariate(1) for _ in range(60)]
    found = gini(values)
    assert found == gini(values)
    assert found.interval.low < found.value < found.interval.high
    assert found.interval.method.endswith("B=2000")
    assert gini(values, resamples=0).interval is None
    assert gini([1.0] * 250 + [2.0] * 251).interval is None
    assert "bca seed=5 B=50" == gini(values, seed=5, resamples=50).interval.method
    hubs = ["a"] * 30 + ["b"] * 30
    by_hub = gini([*values, None], clusters=[*hubs, "c"], seed=5, resamples=50)
    assert by_hub.interval != gini(values, seed=5, resamples=50).interval
    weighed = gini(values, [1.0] * 59 + [0.0], clusters=hubs, seed=5, resamples=50)
    assert 59 == weighed.n


def test_the_lorenz_curve_runs_below_the_diagonal():
    points = lorenz(FIVE)
    assert ((0.0, 0.0), (1.0, 1.0)) == (points[0], points[-1])
    assert all(y <= x for x, y in points)
    assert () == lorenz([0, 0])
    assert gini_of([(0.0, 1.0)]) is None
    assert theil_of([(0.0, 1.0)]) is None


@given(benefits, st.sampled_from((0.5, 1, 2)))
def test_atkinson_lies_between_none_and_all(values, epsilon):
    found = atkinson(values, epsilon)
    assert 0 <= found <= 1
    if min(values) == 0 and epsilon >= 1:
        assert 1 == found


def test_plain_indices_of_nothing_are_none():
    for index in (hoover, palma, lambda values: atkinson(values, 0.5)):
        assert index([0, 0]) is None
        assert index([]) is None
    assert palma([0] * 9 + [1]) is None
    assert 1 == atkinson([0, 1], 1)
    assert math.isclose(atkinson([1, 4], 1), 1 - 2 / 2.5)
    assert math.isclose(atkinson([1, 4], 2), 1 - 1.6 / 2.5)


@given(st.lists(st.integers(1, 50), min_size=10, max_size=10))
def test_the_palma_ratio_of_ten_is_the_top_one_over_the_bottom_four(values):
    ranked = sorted(values)
    assert math.isclose(ranked[-1] / sum(ranked[:4]), palma(values), rel_tol=1e-6)


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 5)), min_size=3, max_size=20))
def test_the_concentration_index_is_twice_a_covariance(pairs):
    h, wealth = zip(*pairs, strict=True)
    found = concentration_index(h, wealth)
    if not any(h):
        assert Undefined.ZERO_DENOMINATOR is found.reason
        return
    ranks = fractional_ranks(wealth)
    mu, middle = sum(h) / len(h), sum(ranks) / len(ranks)
    covariance = sum((x - mu) * (r - middle) for x, r in zip(h, ranks, strict=True)) / len(h)
    assert math.isclose(2 * covariance / mu, found.value, abs_tol=1e-9)
    assert -1 <= found.value <= 1
    reverse = concentration_index(h, [-w for w in wealth])
    assert math.isclose(found.value, -reverse.value, abs_tol=1e-9)


def test_ranked_by_itself_the_concentration_is_the_gini():
    found = concentration_index(FIVE, FIVE)
    assert math.isclose(gini(FIVE).value, found.value)
    low, high = found.interval.low, found.interval.high
    assert low < found.value < high


def test_erreygers_does_not_depend_on_what_is_counted():
    have = [0, 1, 0, 1, 1, 1]
    lack = [1 - x for x in have]
    first = concentration_index(have, bounds=(0, 1)).parts["erreygers"]
    second = concentration_index(lack, bounds=(0, 1)).parts["erreygers"]
    assert math.isclose(first, -second)
    assert concentration_index(have).parts["erreygers"] is None


def test_concentration_is_undefined_or_refused_where_it_cannot_be():
    assert Undefined.ZERO_DENOMINATOR is concentration_index([]).reason
    assert Undefined.NOT_KNOWN is concentration_index([None]).reason
    assert Undefined.TOO_FEW is concentration_index([1]).reason
    assert Undefined.TOO_MANY_MISSING is concentration_index([1, None]).reason
    assert 0 == concentration_index([1, 1, 1], [2, 2, 2]).value
    assert concentration_index([1, 1, 1], [2, 2, 2]).interval is None
    assert concentration_index([1, 2]).interval is None
    twelve = concentration_index([*range(12), None, None])
    assert ("missing",) == twelve.warnings
    with pytest.raises(ValueError, match="rank has one number a benefit"):
        concentration_index([1, 2], [1])
    with pytest.raises(ValueError, match="bounds rise"):
        concentration_index([1, 2], bounds=(1, 1))
    with pytest.raises(ValueError, match="benefits is a finite number, 0 to 1"):
        concentration_index([1, 2], bounds=(0, 1))
    with pytest.raises(ValueError, match="rank is a finite number"):
        concentration_index([1, 2], [1, math.nan])


@pytest.mark.deep
def test_the_standard_error_is_that_of_the_convenient_regression():
    api = pytest.importorskip("statsmodels.api")
    random = Random(3)
    h = [random.expovariate(1) for _ in range(80)]
    wealth = [random.randint(1, 20) for _ in range(80)]
    ranks, mu = fractional_ranks(wealth), sum(h) / 80
    middle = sum(ranks) / 80
    variance = sum((r - middle) ** 2 for r in ranks) / 80
    fit = api.OLS([2 * variance * x / mu for x in h], api.add_constant(ranks)).fit()
    found = concentration_index(h, wealth)
    assert math.isclose(fit.params[1], found.value, rel_tol=1e-9)
    assert math.isclose(fit.bse[1], found.parts["se"], rel_tol=1e-9)


@given(benefits)
def test_theil_is_the_same_from_its_terms(values):
    units = [(float(x), 1.0) for x in values]
    terms = [theil_terms(*unit) for unit in units]
    assert math.isclose(theil_of(units), theil_of_terms(terms), abs_tol=1e-9)
    assert theil_of_terms([theil_terms(0.0, 1.0)]) is None
