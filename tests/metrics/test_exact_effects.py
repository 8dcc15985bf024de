"""Effects to the last digits: checked with statsmodels 0.15, numpy and by hand."""

import math
from decimal import Decimal
from random import Random
from statistics import NormalDist, fmean, variance

import pytest

from citess import Money
from citess.metrics import (
    Range,
    Rate,
    Undefined,
    cost_per_job,
    counterfactual_effect,
    net_additional_jobs,
    synergy_contrast,
)
from citess.metrics._propagation import propagate
from citess.metrics.intervals import wilson
from citess.metrics.synergies import Outcome, pooled_synergy, synergy

Z = NormalDist().inv_cdf(0.975)
TREATED = [(3, 4, 7), (4, 4, 6), (5, 6, 9), (4, 5, 7.5)]
CONTROL = [(4, 5, 5), (3, 4, 5.5), (5, 5, 6), (4, 5, 4)]


def near(expected, rel=1e-9):
    return pytest.approx(expected, rel=rel, abs=1e-12)


def half(found):
    return (found.interval.high - found.interval.low) / 2


def test_an_effect_with_few_clusters_turns_their_signs():
    found = counterfactual_effect(TREATED, CONTROL)
    assert near((2.25, 2.25, 0.6038073644245605, 0.015625)) == (
        found.value,
        (found.interval.high + found.interval.low) / 2,
        found.parts["se"],
        found.parts["p"],
    )
    assert near(1.7219131626650175) == half(found)
    assert near(0.9123325210310226) == half(counterfactual_effect(TREATED, CONTROL, level=0.8))
    assert (2.625, 0.375, 4, 4, 8) == tuple(
        found.parts[name]
        for name in ("change_treated", "change_control", "n_treated", "n_control", "clusters")
    )
    assert ("wild cluster bootstrap, 256 changes of sign", 0.95) == (
        found.interval.method, found.interval.level,
    )  # fmt: skip
    assert ("few", "few-clusters", "not-randomised") == found.warnings
    assert {"clusters": 8, "design": "difference in differences"} == found.method
    assert (0.0, 0.0, 8, 0) == (
        found.parts["balance"], found.parts["trend_before"], found.n, found.missing,
    )  # fmt: skip


def test_an_effect_of_units_in_clusters():
    found = counterfactual_effect(
        TREATED, CONTROL, treated_clusters="aabb", control_clusters="bccd"
    )
    assert near((0.7249880267210554, 0.125, 4)) == tuple(
        found.parts[name] for name in ("se", "p", "clusters")
    )
    assert near(3.3223125103858986) == half(found)


MORE = [(4.0, 9.0), (7.0, 15.0), (1.0, 3.0), (7.0, 15.0), (2.0, 5.0), (7.0, 11.0), (3.0, 10.0)]
OTHER = [(3.0, 7.0), (6.0, 11.0), (1.0, 2.0), (7.0, 14.0), (7.0, 12.0), (7.0, 10.0)]


def test_an_effect_with_many_clusters_has_the_interval_of_t():
    found = counterfactual_effect(MORE, OTHER)
    assert near((1.1190476190476186, 1.2403285876136776)) == (found.value, found.parts["se"])
    assert near(2.7024438396957136) == half(found)
    assert near(-0.2874587751683358) == found.parts["balance"]
    assert ("cluster t", None, None, ("few", "not-randomised")) == (
        found.interval.method, found.parts["p"], found.parts["trend_before"], found.warnings,
    )  # fmt: skip
    ten = counterfactual_effect(MORE[:5], OTHER[:5])
    assert (10, "cluster t") == (ten.parts["clusters"], ten.interval.method)
    nine = counterfactual_effect(MORE[:5], OTHER[:4])
    assert nine.interval.method.startswith("wild")
    assert "few-clusters" in nine.warnings
    many = counterfactual_effect(MORE * 3, OTHER * 2)
    assert ("not-randomised",) == many.warnings


def test_two_units_have_no_error_and_three_have():
    assert counterfactual_effect([(0, 1)], [(0, 0)]).parts["se"] is None
    three = counterfactual_effect([(0, 1), (0, 2)], [(0, 0)])
    assert near(math.sqrt(3 / 2 * 2 / 1 * (2 * 0.25**2))) == three.parts["se"]
    one = counterfactual_effect(
        [(0, 1), (0, 2)], [(0, 0)], treated_clusters="aa", control_clusters="a"
    )
    assert (None, 1) == (one.parts["se"], one.parts["clusters"])


def test_a_contrast_of_four_arms():
    """0.60 with both, 0.30 and 0.35 with one, 0.20 with neither, of 100 each."""
    found = synergy((0.6, 0.3, 0.35, 0.2), (100, 100, 100, 100))
    spreads = [0.0024, 0.0021, 0.002275, 0.0016]
    assert near((0.15, math.sqrt(sum(spreads)), 0.75, 1.6, 0.25)) == (
        found.contrast, found.se, found.reri, found.index, found.attributable,
    )  # fmt: skip
    slopes = (5, -5, -5, (0.3 + 0.35 - 0.6) / 0.04)
    delta = math.sqrt(sum(s * s * v for s, v in zip(slopes, spreads, strict=True)))
    assert near((0.75 - Z * delta, 0.75 + Z * delta)) == (
        found.reri_interval.low, found.reri_interval.high,
    )  # fmt: skip
    slopes = (1 / 0.4, -4, -4, -1 / 0.4 + 8)
    delta = math.sqrt(sum(s * s * v for s, v in zip(slopes, spreads, strict=True)))
    assert near((1.6 * math.exp(-Z * delta), 1.6 * math.exp(Z * delta))) == (
        found.index_interval.low, found.index_interval.high,
    )  # fmt: skip
    assert ("delta", "delta, log", 0.95) == (
        found.reri_interval.method, found.index_interval.method, found.index_interval.level,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("shares", "reri", "index", "attributable"),
    [
        ((0.5, 0.3, 0.2, 0.0), None, None, 0.0),
        ((0.5, 0.2, 0.2, 0.2), 1.5, None, 0.6),
        ((0.2, 0.3, 0.2, 0.2), -0.5, 0.0, -0.5),
        ((0.1, 0.3, 0.2, 0.2), -1.0, -1.0, -2.0),
        ((0.0, 0.3, 0.2, 0.2), -1.5, -2.0, None),
        ((1.0, 0.0, 0.0, 1.0), 2.0, None, 2.0),
    ],
)
def test_what_has_no_sense_is_not_given(shares, reri, index, attributable):
    found = synergy(shares, (10, 10, 10, 10))
    for expected, number in ((reri, found.reri), (index, found.index),
                             (attributable, found.attributable)):  # fmt: skip
        assert (None if expected is None else near(expected)) == number
    assert (found.index_interval is None) == (index is None or index <= 0)
    assert (found.reri_interval is None) == (reri is None)


def arms(*reached_by_arm, of=100, unknown=0):
    reached = dict(zip(("both", "first", "second", "neither"), reached_by_arm, strict=True))
    facts = {(arm, "yes"): n for arm, n in reached.items()}
    facts |= {(arm, "no"): of - n for arm, n in reached.items()}
    return facts | {(arm, ""): unknown for arm in reached}


def test_a_contrast_at_its_limits():
    assert synergy_contrast.compute(arms(6, 5, 5, 5, of=10)).value is not None
    assert Undefined.TOO_FEW is synergy_contrast.compute(arms(6, 5, 5, 5, of=9)).reason
    usual = synergy_contrast.compute(arms(60, 30, 35, 20))
    assert near((0.15 - Z * usual.parts["se"], 0.15 + Z * usual.parts["se"])) == (
        usual.interval.low, usual.interval.high,
    )  # fmt: skip
    assert (400, 0, 0, near((0.15, 0.15)), ("observational",)) == (
        usual.n, usual.missing, usual.parts["synergistic"], usual.bounds, usual.warnings,
    )  # fmt: skip
    assert 1 == synergy_contrast.compute(arms(80, 30, 35, 20)).parts["synergistic"]
    assert "few-events" not in synergy_contrast.compute(arms(60, 30, 35, 10)).warnings
    assert "few-events" in synergy_contrast.compute(arms(60, 30, 35, 9)).warnings
    assert "few-events" in synergy_contrast.compute(arms(91, 30, 35, 20)).warnings
    extreme = synergy_contrast.compute(arms(10, 0, 0, 10, of=10))
    lost = 1 - wilson(10, 10).low
    assert (2.0, near(2 - 2 * lost), 2.0, "newcombe, no spread", 0.0) == (
        extreme.value, extreme.interval.low, extreme.interval.high, extreme.interval.method,
        extreme.parts["se"],
    )  # fmt: skip
    least = synergy_contrast.compute(arms(0, 10, 10, 0, of=10))
    assert (-2.0, -2.0, near(-2 + 2 * lost)) == (
        least.value, least.interval.low, least.interval.high,
    )  # fmt: skip
    one = synergy_contrast.compute(arms(20, 0, 0, 0, of=20))
    lost = 1 - wilson(20, 20).low
    assert (1.0, near((1 - math.sqrt(3) * lost, 1 + lost))) == (
        one.value, (one.interval.low, one.interval.high),
    )  # fmt: skip
    with_unknown = synergy_contrast.compute(arms(60, 30, 35, 20, unknown=10))
    low = 60 / 110 - 40 / 110 - 45 / 110 + 20 / 110
    high = 70 / 110 - 30 / 110 - 35 / 110 + 30 / 110
    assert (40, near((low, high))) == (with_unknown.missing, with_unknown.bounds)


def test_contrasts_joined_by_how_sure_they_are():
    def stratum(value, se):
        return Outcome(value=value, parts={"se": se})

    found = pooled_synergy(
        [stratum(0.1, 0.1), stratum(0.4, 0.2), Outcome(reason=Undefined.TOO_FEW)]
    )
    mean = (0.1 * 100 + 0.4 * 25) / 125
    assert near((mean, mean - Z / math.sqrt(125), mean + Z / math.sqrt(125))) == (
        found.value, found.interval.low, found.interval.high,
    )  # fmt: skip
    q = 100 * (0.1 - mean) ** 2 + 25 * (0.4 - mean) ** 2
    assert near((q, math.erfc(math.sqrt(q / 2)))) == (found.heterogeneity, found.p)
    assert (2, 1, "inverse variance") == (found.strata, found.left_out, found.interval.method)
    alone = pooled_synergy([stratum(0.1, 0.1)])
    assert (near(0.1), None, near(0)) == (alone.value, alone.p, alone.heterogeneity)


def said(**rates):
    return {name: Rate(rate, source="s") for name, rate in rates.items()}


RATES = {"deadweight": 0.25, "displacement": 0.1, "attribution": 0.2, "leakage": 0.05}


def test_jobs_due_to_the_hub():
    found = net_additional_jobs(100, **said(**RATES))
    left = 100 * 0.75 * 0.9 * 0.8 * 0.95
    assert (near(left), near((left, left)), None, 100, 0) == (
        found.value, found.bounds, found.interval, found.n, found.missing,
    )  # fmt: skip
    fading = said(drop_off=0.1)
    for year in (1, 2, 3):
        found = net_additional_jobs(100, **said(**RATES), **fading, year=year)
        assert near(left * 0.9 ** (year - 1)) == found.value
    assert Undefined.NOT_KNOWN is net_additional_jobs(100, **said(**RATES), year=2).reason
    assert net_additional_jobs(100, **said(**RATES), year=1).reason is None
    for year in (0, 1.5):
        with pytest.raises(ValueError, match="year is a whole number of 1 or more"):
            net_additional_jobs(100, **said(**RATES), year=year)


def test_rates_that_nobody_says_leave_bounds():
    unsaid = net_additional_jobs(100, **{**said(**RATES), "leakage": 0.05})
    left = 100 * 0.75 * 0.9 * 0.8
    assert (None, near((0.0, left)), near(left * 0.95), 1, ("rates-without-source",)) == (
        unsaid.value, unsaid.bounds, unsaid.parts["as_claimed"], unsaid.missing, unsaid.warnings,
    )  # fmt: skip
    assert (["leakage"], []) == (unsaid.method["without_source"], unsaid.method["not_known"])
    unknown = net_additional_jobs(100, **{**said(**RATES), "leakage": None})
    assert (near((0.0, left)), 1, ()) == (unknown.bounds, unknown.missing, unknown.warnings)
    assert "as_claimed" not in unknown.parts
    for bad in (-0.1, 1.1):
        with pytest.raises(ValueError, match="a rate is between 0 and 1"):
            Rate(bad)
    assert (0, 1) == (Rate(0).value, Rate(1).value)


def test_a_vague_rate_is_drawn():
    vague = Rate(Range(low=0.1, high=0.3), source="s")
    found = net_additional_jobs(100, **{**said(**RATES), "attribution": vague}, seed=3, draws=400)
    assert near((100 * 0.75 * 0.9 * 0.7 * 0.95, 100 * 0.75 * 0.9 * 0.9 * 0.95)) == found.bounds
    assert near(100 * 0.75 * 0.9 * 0.8 * 0.95) == found.value
    assert ("monte carlo seed=3 B=400", 0.95) == (found.interval.method, found.interval.level)
    assert near(1, 0.05) == found.parts["first:attribution"]
    assert near(1, 0.1) == found.parts["total:attribution"]
    assert (3, 400) == (found.method["seed"], found.method["draws"])


def test_draws_are_carried_through():
    """A product of two uniform numbers, drawn again as the estimators say."""
    ranges = {
        "a": Range(low=1, high=2, shape="uniform"),
        "b": Range(low=1, high=3, shape="uniform"),
    }
    found = propagate(lambda x: x["a"] * x["b"], ranges, seed=9, draws=50, level=0.8)
    random = Random(9)
    one, two = ([(random.uniform(1, 2), random.uniform(1, 3)) for _ in range(50)] for _ in range(2))
    a, b = ([x * y for x, y in some] for some in (one, two))
    mean, spread = fmean([*a, *b]), variance([*a, *b])
    mixed = [q[0] * p[1] for p, q in zip(one, two, strict=True)]
    first = sum((y - mean) * (z - x) for x, y, z in zip(a, b, mixed, strict=True)) / (50 * spread)
    total = sum((x - z) ** 2 for x, z in zip(a, mixed, strict=True)) / (100 * spread)
    assert near((mean, first, total)) == (found.mean, found.first_order["a"], found.total["a"])
    values = sorted([*a, *b])
    ends = [values[int(at)] + (at % 1) * (values[int(at) + 1] - values[int(at)])
            for at in (0.1 * 99, 0.9 * 99)]  # fmt: skip
    assert near(ends) == [found.interval.low, found.interval.high]
    assert (0.8, "monte carlo seed=9 B=50") == (found.interval.level, found.interval.method)
    still = propagate(lambda _: 2.0, ranges, seed=1, draws=2)
    assert ({"a": 0.0, "b": 0.0}, 2.0, 2.0) == (still.total, still.interval.low, still.mean)
    for level in (0, 1):
        with pytest.raises(ValueError, match="level is between 0 and 1"):
            propagate(lambda _: 2.0, ranges, seed=1, level=level)
    with pytest.raises(ValueError, match="draws is 2 or more, not 1"):
        propagate(lambda _: 2.0, ranges, seed=1, draws=1)


def test_shapes_of_a_range():
    assert 0.375 == Range(low=0.25, high=0.5).middle
    assert 0.2 == Range(low=0.2, high=0.4, mode=0.2).middle
    random, again = Random(4), Random(4)
    assert Range(low=1, high=5, mode=2).draw(random) == again.triangular(1, 5, 2)
    beta = Range(low=1, high=5, mode=2, shape="beta").draw(random)
    assert near(1 + 4 * again.betavariate(2, 4)) == beta
    assert Range(low=1, high=5, shape="uniform").draw(random) == again.uniform(1, 5)
    assert 2 == Range(low=2, high=2).draw(random)
    assert random.random() == again.random()
    for bad in (
        {"low": 2, "high": 1},
        {"low": 1, "high": 2, "mode": 3},
        {"low": 0, "high": math.inf},
    ):
        with pytest.raises(ValueError, match="a range goes from low to high"):
            Range(**bad)


def test_the_cost_of_a_job():
    found = cost_per_job([400_000, None, 140_000], 54, years=3)
    assert (10_000, 540_000, 54, 54, 1, near(10_000 / 3), ("missing",)) == (
        found.value, found.numerator, found.denominator, found.n, found.missing,
        found.parts["per_job_year"], found.warnings,
    )  # fmt: skip
    assert () == cost_per_job(100, 10).warnings
    assert ("few-events",) == cost_per_job(100, 9).warnings
    assert Undefined.ZERO_DENOMINATOR is cost_per_job(100, 0).reason
    assert Undefined.NOT_APPLICABLE is cost_per_job(100, -1).reason
    assert (Undefined.NOT_KNOWN, 1) == (
        cost_per_job([None], 9).reason,
        cost_per_job([None], 9).missing,
    )
    assert (
        "TND" == cost_per_job([Money(amount=Decimal(5), currency="TND")] * 2, 2).method["currency"]
    )
    for years in (0, -1, math.inf):
        with pytest.raises(ValueError, match="years are above zero"):
            cost_per_job(1, 1, years=years)


def test_fiellers_interval():
    found = cost_per_job(1000, 50, costs_se=100, jobs_se=5)
    g = (Z * 5 / 50) ** 2
    spread = Z / 50 * math.sqrt(100**2 * (1 - g) + 20**2 * 5**2)
    assert near(((20 - spread) / (1 - g), (20 + spread) / (1 - g))) == (
        found.interval.low, found.interval.high,
    )  # fmt: skip
    assert ("fieller", 0.95) == (found.interval.method, found.interval.level)
    exact = cost_per_job(1000, 50, jobs_se=5, level=0.9).interval
    z = NormalDist().inv_cdf(0.95)
    g = (z / 10) ** 2
    assert near(((20 - z * 2) / (1 - g), (20 + z * 2) / (1 - g))) == (exact.low, exact.high)
    assert cost_per_job(1000, 50).interval is None
    assert cost_per_job(1000, 50, jobs_se=26).interval is None
    assert 0.0 == cost_per_job(10, 50, costs_se=100).interval.low


@pytest.mark.parametrize("level", [0, 1, 1.5, -0.2, math.nan])
@pytest.mark.parametrize("size", [1, 4])
def test_the_level_of_an_effect_is_between_none_and_all(level, size):
    with pytest.raises(ValueError, match="level is between 0 and 1"):
        counterfactual_effect(TREATED[:size], CONTROL[:size], level=level)
