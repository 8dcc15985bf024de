"""What is due to the hub, at which cost and return; the quality and pay of the jobs."""

import math

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from citess import Money, UndefinedMeasureError
from citess.metrics import (
    NOT_APPLICABLE,
    Range,
    Rate,
    Tally,
    Undefined,
    changes,
    compare,
    cost_per_job,
    counterfactual_effect,
    decent_work_deficit,
    gender_pay_gap,
    job_flows,
    net_additional_jobs,
    sroi_ratio,
)
from citess.metrics._propagation import propagate
from citess.metrics._quality import checked
from tests.metrics.samples import close, needs_reference, reference

SAID = "survey"
RATES = {
    "deadweight": Rate(0.25, source=SAID),
    "displacement": Rate(0.10, source=SAID),
    "attribution": Rate(0.20, source=SAID),
    "leakage": Rate(0, source=SAID),
}


def flows(*pairs):
    return job_flows.of(Tally(reads="jobs", groups={(): dict(changes(pairs))}))


@needs_reference
def test_net_jobs_are_those_of_the_worked_example():
    record = reference("net_additional_jobs")
    found = net_additional_jobs(100, **RATES)
    assert close(record, found.value)
    assert (found.value, found.value) == found.bounds
    assert None is found.interval
    fading = Rate(0.1, source=SAID)
    years = [net_additional_jobs(100, **RATES, drop_off=fading, year=y).value for y in (1, 2, 3)]
    assert [54.0, 48.6, 43.74] == [round(one, 4) for one in years]


def test_gross_is_not_net():
    gross = flows((0, 4), (5, 8), (6, 3))
    net = net_additional_jobs(gross, **RATES)
    assert math.isclose(7 * 0.54, net.value)
    assert ("jobs", "net-additional-jobs") == (gross.unit, net.unit)
    with pytest.raises(ValueError, match="measure different things"):
        compare(gross, net)
    with pytest.raises(ValueError, match="gross jobs come from job flows, not from net_additional"):
        net_additional_jobs(net, **RATES)
    with pytest.raises(ValueError, match="job_flows is not net: give net additional jobs"):
        cost_per_job(100, gross)
    with pytest.raises(UndefinedMeasureError):
        net_additional_jobs(flows(), **RATES)


@pytest.mark.parametrize("name", RATES)
def test_a_rate_that_is_not_known_gives_a_range_and_never_zero(name):
    found = net_additional_jobs(100, **{**RATES, name: None})
    assert (None, Undefined.NOT_KNOWN, 1) == (found.value, found.reason, found.missing)
    low, high = found.bounds
    assert (0, 100 * math.prod(1 - r.value for n, r in RATES.items() if n != name)) == (low, high)
    assert [name] == found.method["not_known"]
    assert "as_claimed" not in found.parts


def test_a_rate_without_a_source_is_not_known():
    found = net_additional_jobs(100, deadweight=0.25, displacement=0.1, attribution=0.2, leakage=0)
    assert (None, ("rates-without-source",)) == (found.value, found.warnings)
    assert math.isclose(54, found.parts["as_claimed"])
    assert (0, 100) == found.bounds
    assert None is net_additional_jobs(100, **{**RATES, "leakage": Rate(0.1)}).value
    assert None is net_additional_jobs(100, **RATES, year=2).value


def test_ranges_propagate_with_their_share_of_the_doubt():
    rates = {
        **RATES,
        "deadweight": Rate(Range(low=0.1, mode=0.25, high=0.5), source=SAID),
        "attribution": Rate(Range(low=0.15, high=0.25, shape="beta"), source=SAID),
    }
    found = net_additional_jobs(100, **rates, seed=1)
    low, high = found.bounds
    assert low < found.interval.low < found.value < found.interval.high < high
    assert "monte carlo seed=1 B=8192" == found.interval.method
    first, total = (
        [found.parts[f"{kind}:{n}"] for n in ("deadweight", "attribution")]
        for kind in ("first", "total")
    )
    assert first[0] > 0.9
    assert first[1] < 0.2
    assert all(t >= f - 0.03 for f, t in zip(first, total, strict=True))
    assert found == net_additional_jobs(100, **rates, seed=1)
    assert (
        net_additional_jobs(100, **rates).method["seed"]
        == net_additional_jobs(100, **rates).method["seed"]
    )


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=4, max_size=4))
def test_net_jobs_lie_within_their_bounds(ends):
    rates = {
        name: Rate(Range(low=min(pair), high=max(pair)), source=SAID)
        for name, pair in zip(RATES, ends, strict=True)
    }
    found = net_additional_jobs(100, **rates, draws=20)
    low, high = found.bounds
    assert low - 1e-9 <= found.value <= high + 1e-9
    if found.interval is not None:
        assert low - 1e-9 <= found.interval.low <= found.interval.high <= high + 1e-9


def test_indices_of_a_product_are_those_of_its_moments():
    """Of a product of independent factors, the indices follow from means and variances."""
    ranges = {
        "a": Range(low=0, high=1, shape="uniform"),
        "b": Range(low=1, high=3, shape="uniform"),
    }
    found = propagate(lambda x: x["a"] * x["b"], ranges, seed=5, draws=20000)
    mean, var = {"a": 0.5, "b": 2}, {"a": 1 / 12, "b": 1 / 3}
    whole = (var["a"] + 0.25) * (var["b"] + 4) - 1
    for name, other in (("a", "b"), ("b", "a")):
        assert abs(var[name] * mean[other] ** 2 / whole - found.first_order[name]) < 0.02
        total = var[name] * (var[other] + mean[other] ** 2) / whole
        assert abs(total - found.total[name]) < 0.02
    still = propagate(lambda _: 3.0, ranges, seed=5, draws=5)
    assert {"a": 0.0, "b": 0.0} == still.first_order
    assert 4.0 == propagate(lambda x: x["c"], {"c": Range(low=4, high=4)}, seed=1, draws=3).mean


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: Range(low=1, high=0), "a range goes from low to high"),
        (lambda: Range(low=0, high=1, mode=2), "a range goes from low to high"),
        (lambda: Range(low=0, high=math.inf), "a range goes from low to high"),
        (lambda: Range(low=0, high=1, shape="bell"), "'bell' is no shape"),
        (lambda: Rate(1.5), "a rate is between 0 and 1, not 1.5"),
        (lambda: Rate(-0.1), "a rate is between 0 and 1, not -0.1"),
        (lambda: net_additional_jobs(-1, **RATES), "gross is a finite number"),
        (lambda: net_additional_jobs(1, **RATES, year=0), "year is a whole number"),
        (lambda: propagate(lambda _: 1, {}, seed=1, draws=1), "draws is 2 or more"),
        (lambda: propagate(lambda _: 1, {}, seed=1, level=2), "level is between 0 and 1"),
        (lambda: checked("x", math.nan, None), "x is a finite number, not nan"),
    ],
)
def test_what_makes_no_sense_is_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call()


@needs_reference
def test_the_cost_of_a_job_is_that_of_the_worked_example():
    found = cost_per_job(540_000, 54, years=2)
    assert close(reference("cost_per_net_job"), found.value)
    assert (5000, None) == (found.parts["per_job_year"], found.interval)


def test_without_net_jobs_there_is_no_cost_of_one():
    assert Undefined.ZERO_DENOMINATOR is cost_per_job(100, 0).reason
    assert Undefined.NOT_APPLICABLE is cost_per_job(100, -3).reason
    assert Undefined.NOT_KNOWN is cost_per_job([None], 3).reason
    found = cost_per_job([100, None], 5)
    assert (20, 1, ("few-events", "missing")) == (found.value, found.missing, found.warnings)


def test_the_doubt_of_jobs_is_carried_into_their_cost():
    rates = {**RATES, "deadweight": Rate(Range(low=0.1, high=0.5), source=SAID)}
    jobs = net_additional_jobs(100, **rates, seed=1)
    found = cost_per_job(Money.of(54000, "TND"), jobs)
    assert math.isclose(54000 / jobs.interval.high, found.interval.low)
    assert "TND" == found.method["currency"]
    certain = net_additional_jobs(100, **RATES)
    assert None is cost_per_job(1, certain).interval
    all_in_doubt = {**RATES, "deadweight": Rate(Range(low=1, high=1), source=SAID)}
    none = net_additional_jobs(100, **{**all_in_doubt, "leakage": rates["deadweight"]})
    assert Undefined.ZERO_DENOMINATOR is cost_per_job(1, none).reason
    perhaps_none = evolve(jobs, interval=evolve(jobs.interval, low=0.0))
    assert None is cost_per_job(1, perhaps_none).interval


def test_fiellers_interval_has_an_end_only_where_jobs_are_surely_some():
    found = cost_per_job(1000, 50, costs_se=50, jobs_se=5)
    g = (1.959963984540054 * 5 / 50) ** 2
    half = 1.959963984540054 / 50 * math.sqrt(2500 * (1 - g) + 400 * 25)
    assert math.isclose((20 - half) / (1 - g), found.interval.low)
    assert math.isclose((20 + half) / (1 - g), found.interval.high)
    assert None is cost_per_job(1000, 5, jobs_se=5).interval
    assert "fieller" == cost_per_job(1000, 50, costs_se=50).interval.method


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: cost_per_job([Money.of(1, "TND"), Money.of(1, "EUR")], 1), "EUR, TND"),
        (lambda: cost_per_job([Money.of(1, "TND"), 1], 1), "TND and none"),
        (lambda: cost_per_job(-1, 1), "costs is a finite number"),
        (lambda: cost_per_job(1, math.nan), "net_jobs is a finite number"),
        (lambda: cost_per_job(1, 1, years=0), "years are above zero"),
        (lambda: cost_per_job(1, 1, jobs_se=-1), "jobs_se is a finite number"),
    ],
)
def test_impossible_costs_are_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call()


@needs_reference
def test_social_return_is_that_of_the_worked_example():
    record = reference("sroi_pv")
    found = sroi_ratio([1000, 900, 810], discount=0.035, investment=1200)
    assert close(record, found.parts["present_value"], record["value"]["pv"])
    assert close(record, found.value, record["value"]["ratio"])


def test_social_return_always_has_a_range_and_the_share_of_each_proxy():
    found = sroi_ratio([1000], discount=0, investment=500)
    assert ((0, 2), ("no-range",), 1) == (found.bounds, found.warnings, found.parts["share:all"])
    values = {"income": [Range(low=500, high=900)], "health": [100]}
    found = sroi_ratio(values, discount=Range(low=0, high=0.1), investment=500, seed=2, draws=500)
    assert found.interval.low < found.value < found.interval.high
    assert ((), 2) == (found.warnings, found.method["seed"])
    assert found.parts["first:income:1"] > found.parts["first:discount"]
    assert sroi_ratio(values, discount=0, investment=500, draws=9).interval is not None


def test_without_an_investment_there_is_no_return():
    assert Undefined.ZERO_DENOMINATOR is sroi_ratio([1], discount=0, investment=0).reason
    assert Undefined.ZERO_DENOMINATOR is sroi_ratio([], discount=0, investment=1).reason
    assert None is sroi_ratio([0], discount=0, investment=1).parts["share:all"]
    found = sroi_ratio([1], discount=0, investment=Range(low=0, high=1))
    assert (2, None, ("no-range",)) == (found.value, found.interval, found.warnings)
    for bad in ({"discount": -0.1, "investment": 1}, {"discount": 0, "investment": math.inf}):
        with pytest.raises(ValueError, match="is a finite number, 0 or more"):
            sroi_ratio([1], **bad)
    with pytest.raises(ValueError, match="values is a finite number"):
        sroi_ratio([Range(low=-1, high=1)], discount=0, investment=1)


@needs_reference
def test_the_effect_is_the_difference_of_differences():
    record = reference("diff_in_diff")
    found = counterfactual_effect([(4.0, 6.2)], [(4.1, 4.6)])
    assert close(record, found.value)
    assert (None, None) == (found.interval, found.parts["se"])
    assert "not-randomised" in found.warnings


TREATED = [(3, 4, 7), (4, 4, 6), (5, 6, 9), (4, 5, 7), (3, 4, None)]
CONTROL = [(4, 5, 5), (3, 4, 5), (5, 5, 6), (None, 5, 5), (4, 5, 4)]


def test_groups_that_were_not_alike_before_are_seen():
    found = counterfactual_effect(TREATED, CONTROL)
    assert (4, 5, 1) == (found.parts["n_treated"], found.parts["n_control"], found.missing)
    assert math.isclose(0.75 - 0.75, found.parts["trend_before"])
    assert found.parts["balance"] < 0
    assert 0 < found.parts["p"] <= 1
    assert "few-clusters" in found.warnings
    assert "512 changes of sign" in found.interval.method
    assert found.interval.low < found.value < found.interval.high
    far = counterfactual_effect([(1, 2), (1, 3), (1, 2)], [(9, 9), (9, 8), (9, 9)])
    assert None is far.parts["balance"]
    assert None is far.parts["trend_before"]


def test_units_of_one_cluster_are_alike():
    groups = list("aabbccddeeff")
    treated = [(0, 1 + k % 3) for k in range(12)]
    control = [(0, k % 2) for k in range(12)]
    found = counterfactual_effect(
        treated,
        control,
        treated_clusters=groups,
        control_clusters=[g.upper() for g in groups],
    )
    assert (12, "cluster t") == (found.parts["clusters"], found.interval.method)
    assert "few-clusters" not in found.warnings
    shared = counterfactual_effect(
        treated, control, treated_clusters=groups, control_clusters=groups
    )
    assert 6 == shared.parts["clusters"]
    with pytest.raises(ValueError, match="clusters have one for each of 12 units, not 2"):
        counterfactual_effect(treated, control, treated_clusters=["a", "b"])


def test_units_that_all_change_alike_leave_no_doubt_to_measure():
    found = counterfactual_effect([(1, 3), (2, 4)], [(1, 2), (3, 4)])
    assert (1, None, None) == (found.value, found.interval, found.parts["se"])


def test_two_clusters_can_still_turn():
    found = counterfactual_effect(
        [(0, 1), (0, 3)],
        [(0, 1), (0, 0)],
        treated_clusters=["a", "b"],
        control_clusters=["a", "b"],
    )
    assert found.interval.low <= found.value <= found.interval.high


def test_a_panel_without_ends_has_no_effect():
    assert Undefined.ZERO_DENOMINATOR is counterfactual_effect([], [(1, 2)]).reason
    assert Undefined.NOT_KNOWN is counterfactual_effect([(1, None)], [(1, 2)]).reason
    half = [(1, 2), (None, 2), (None, 3)]
    assert Undefined.TOO_MANY_MISSING is counterfactual_effect(half, [(1, 2)]).reason
    assert 0 == counterfactual_effect(half, [(1, 2)], allow_missing=True).value
    with pytest.raises(ValueError, match="each unit of treated has a value before and one after"):
        counterfactual_effect([(1,)], [(1, 2)])
    with pytest.raises(ValueError, match="values of control are finite"):
        counterfactual_effect([(1, 2)], [(1, math.nan)])


JOBS = [[0, 0, 0, 0, 0], [1, 0, 0, 0, 0], [1, 1, 1, 0, 0], [1, 1, 1, 1, 1]]


@needs_reference
def test_the_deficit_of_decent_work_is_that_of_the_worked_example():
    record = reference("decent_work_deficit_AF")
    found = decent_work_deficit(JOBS, cutoff=2)
    assert close(record, found.value, record["value"]["M0"])
    assert close(record, found.parts["headcount"], record["value"]["H"])
    assert close(record, found.parts["intensity"], record["value"]["A"])
    contributions = [v for k, v in found.parts.items() if k.startswith("contribution:")]
    assert math.isclose(1, sum(contributions))


@given(
    st.lists(st.lists(st.integers(0, 1), min_size=4, max_size=4), min_size=1, max_size=12),
    st.integers(1, 4),
)
def test_the_deficit_decomposes_by_group_and_is_headcount_times_intensity(jobs, cutoff):
    groups = [k % 2 for k in range(len(jobs))]
    found = decent_work_deficit(jobs, cutoff=cutoff, groups=groups, resamples=5)
    parts = found.parts
    whole = sum(parts[f"deficit:{g}"] * parts[f"jobs:{g}"] for g in set(groups))
    assert math.isclose(whole / len(jobs), found.value, abs_tol=1e-9)
    intensity = parts["intensity"]
    assert math.isclose(found.value, parts["headcount"] * (intensity or 0), abs_tol=1e-9)


def test_not_applicable_missing_and_zero_are_three_states():
    na = NOT_APPLICABLE
    assert 0.5 == decent_work_deficit([[1, 0, na, na]], cutoff=2, resamples=2).value
    assert 0.25 == decent_work_deficit([[1, 0, 0, 0]], cutoff=1, resamples=2).value
    found = decent_work_deficit([[1, 0, None], [1, None, None], [na, na, na]], cutoff=1)
    assert (1, 1, 1) == (found.n, found.missing, found.not_applicable)
    assert (0.5, 1 / 3) == (found.value, found.bounds[0])
    assert math.isclose(5 / 6, found.bounds[1])
    assert Undefined.NOT_KNOWN is decent_work_deficit([[None, 1]], cutoff=1).reason
    assert Undefined.ZERO_DENOMINATOR is decent_work_deficit([], cutoff=1).reason
    assert Undefined.ZERO_DENOMINATOR is decent_work_deficit([[na]], cutoff=1).reason


def test_jobs_may_name_their_criteria_and_weigh_them():
    jobs = [{"contract": 1, "safety": 0}, {"contract": 1, "safety": 1}, {"safety": 0}]
    found = decent_work_deficit(
        jobs, cutoff=2, weights={"contract": 3, "safety": 1}, most_missing=0.5
    )
    assert (1 / 3, 3) == (found.value, found.n)
    assert ["contract", "safety"] == found.method["criteria"]
    named = decent_work_deficit([[1, 0]], cutoff=1, criteria=["contract", "voice"])
    assert 1 == named.parts["contribution:contract"]
    mixed = decent_work_deficit([[1, 0]], cutoff=1, weights={"1": 1})
    assert (1.0, 0) == (mixed.value, mixed.parts["contribution:2"])


@pytest.mark.parametrize(
    ("jobs", "options", "said"),
    [
        ([[1, 0], [1]], {"cutoff": 1}, "each job says of 2 criteria, 1, 2, not of 1"),
        ([[2, 0]], {"cutoff": 1}, "a job lacks a criterion"),
        ([[1, 0]], {"cutoff": 3}, "cutoff is above 0 and at most 2"),
        ([[1, 0]], {"cutoff": 0}, "cutoff is above 0"),
        ([[1, 0]], {"cutoff": 1, "groups": []}, "groups has one for each of the 1 jobs"),
        ([[1, 0]], {"cutoff": 1, "weights": {"1": -1}}, "weights is a finite number"),
    ],
)
def test_impossible_jobs_are_refused(jobs, options, said):
    with pytest.raises(ValueError, match=said):
        decent_work_deficit(jobs, **options)


@needs_reference
def test_the_pay_gap_is_that_of_the_worked_example():
    assert close(reference("gender_pay_gap"), gender_pay_gap(men=[800], women=[700]).value)


def test_pay_is_that_of_an_hour():
    found = gender_pay_gap(men=[(800, 40), (400, 40)], women=[(300, 20)], seed=1)
    assert (0.0, 15.0, 15.0) == (found.value, found.parts["men"], found.parts["women"])
    found = gender_pay_gap(men=[10, 20, 90], women=[10, 15, 20], statistic="median", seed=1)
    assert (0.25, 0.25, 0.625) == (found.value, found.parts["median"], found.parts["mean"])
    assert found.interval.low <= found.value <= found.interval.high


def test_a_gap_takes_both_sexes():
    assert Undefined.ZERO_DENOMINATOR is gender_pay_gap(men=[1], women=[]).reason
    assert Undefined.NOT_KNOWN is gender_pay_gap(men=[1], women=[None]).reason
    assert Undefined.ZERO_DENOMINATOR is gender_pay_gap(men=[0], women=[1]).reason
    found = gender_pay_gap(men=[1, (None, 3)], women=[1, (3, None)])
    assert (Undefined.TOO_MANY_MISSING, 2) == (found.reason, found.missing)
    with pytest.raises(ValueError, match="'mode' is no statistic of pay"):
        gender_pay_gap(men=[1], women=[1], statistic="mode")
    with pytest.raises(ValueError, match="hours of men are above zero"):
        gender_pay_gap(men=[(1, 0)], women=[1])
    with pytest.raises(ValueError, match="women is a finite number"):
        gender_pay_gap(men=[1], women=[-1])
