"""Traps of measuring, one by one: each has a guard, and each guard its test."""

from decimal import Decimal

import networkx as nx
import pytest

import citess
from citess import Dataset, PartialDate, UndefinedMeasureError
from citess.metrics import (
    Interval,
    Rate,
    Tally,
    Undefined,
    beta_convergence,
    betweenness,
    capacity_utilisation,
    catalogue,
    claims,
    compare,
    correlate,
    cost_per_job,
    creation_rate,
    density,
    donor_dependency,
    double_count_adjustment,
    enterprise_survival,
    formality_share,
    fte,
    funding_concentration,
    gini,
    institutional_framework_index,
    job_flows,
    label_verdict,
    net_additional_jobs,
    pool,
    publish,
    rank_robustness,
    readiness_geometric,
    readiness_score,
    real_revenue_growth,
    response_and_reciprocity,
    runway,
    safe_ratio,
    self_financing_ratio,
    shared_ties,
    unique_beneficiaries,
    validated_ties,
    women_share,
    youth_share,
)
from citess.metrics._registry import Better
from citess.metrics.composite import Goalpost, Scorecard
from citess.metrics.disclosure import CountTable

DATA = citess.datasets.synthetic(hubs=3)
CARD = Scorecard(version="1", goalposts=dict.fromkeys("abcd", Goalpost(worst=0, best=100)))


def shares(**by_hub):
    groups = {
        (hub,): {("signed",): signed, ("unsigned",): total - signed}
        for hub, (signed, total) in by_hub.items()
    }
    whole = {
        ("signed",): sum(signed for signed, _ in by_hub.values()),
        ("unsigned",): sum(total - signed for signed, total in by_hub.values()),
    }
    return formality_share.of(Tally(reads="agreements", by=("hub",), groups={(): whole, **groups}))


def test_double_counting_of_jobs_is_undone_by_ids_and_bounded_without():
    named = double_count_adjustment.compute(claims([(10, {"a", "b"}), (6, {"a"})]))
    assert (26, 16) == (named.parts["claimed"], named.parts["jobs"])
    assert 16 == named.parts["share:a"] + named.parts["share:b"]
    nameless = double_count_adjustment.compute(claims(without_ids={"a": 16, "b": 10}))
    assert (None, Undefined.ONLY_BOUNDS) == (nameless.value, nameless.reason)
    assert (16, 26) == (nameless.parts["least"], nameless.parts["most"])


def test_double_counting_of_people_is_undone_by_ids():
    tally = unique_beneficiaries.tally(DATA, by="hub")
    with pytest.raises(ValueError, match="would be counted twice"):
        tally + tally


@pytest.mark.parametrize("id_", catalogue)
def test_ecological_fallacy_every_metric_says_of_what_level_it_is(id_):
    assert catalogue[id_].level


def test_ecological_fallacy_measures_of_two_levels_are_neither_compared_nor_correlated():
    by_hub = women_share(DATA, by="hub")
    as_of_hubs = citess.evolve(by_hub, level="hub")
    with pytest.raises(ValueError, match="of the level 'person' and women_share of 'hub'"):
        compare(by_hub, as_of_hubs)
    with pytest.raises(ValueError, match="need not hold at the other"):
        correlate(by_hub, as_of_hubs)


def test_ecological_fallacy_a_correlation_of_groups_says_that_it_is_of_groups():
    a, b = shares(x=(1, 10), y=(5, 10), z=(5, 10)), shares(x=(9, 10), y=(3, 10), z=(1, 10))
    found = correlate(a, b)
    assert (("G07", "G07"), "hub", 3, 0) == (found.metrics, found.level, found.n, found.missing)
    assert ("ecological",) == found.warnings
    assert pytest.approx(-0.970725343394151) == found.value
    assert pytest.approx(-0.866025403784439) == found.rank
    assert pytest.approx(-1) == correlate(a, shares(x=(9, 10), y=(3, 10), z=(3, 10))).value
    few = correlate(shares(x=(1, 10), y=(5, 10), z=(0, 0)), b)
    assert (None, None, Undefined.TOO_FEW, 2, 1) == (
        few.value, few.rank, few.reason, few.n, few.missing,
    )  # fmt: skip
    flat = shares(x=(1, 2), y=(1, 2), z=(1, 2))
    assert Undefined.NO_VARIATION is correlate(flat, b).reason
    assert Undefined.NO_VARIATION is correlate(b, flat).reason
    assert 1 == correlate(a, shares(x=(9, 10), y=(3, 10))).missing
    with pytest.raises(ValueError, match="over the same groups: formality_share"):
        correlate(a, formality_share(DATA))
    with pytest.raises(ValueError, match="over the same groups"):
        correlate(formality_share(DATA), formality_share(DATA))


def test_simpson_reversal_is_told():
    a = shares(easy=(81, 87), hard=(192, 263))
    b = shares(easy=(234, 270), hard=(55, 80))
    found = compare(a, b)
    assert (True, True) == (found.difference < 0, found.reversed)


def test_small_numbers_two_of_two_have_a_wide_interval():
    found = formality_share.compute({("signed",): 2})
    assert (1.0, pytest.approx(0.3424, abs=1e-4)) == (found.value, found.interval.low)
    assert ("few",) == found.warnings


def test_small_numbers_no_ranks_below_five_units():
    units = {unit: dict.fromkeys("abcd", float(n)) for n, unit in enumerate("vwxy")}
    assert Undefined.TOO_FEW is rank_robustness(units, CARD, draws=8, seed=1).reason


def test_zero_division_is_a_reason_and_never_a_number():
    for found in (
        formality_share(Dataset()),
        self_financing_ratio(30, 0),
        capacity_utilisation.compute({"delivered": 0}, available=0),
    ):
        assert (None, Undefined.ZERO_DENOMINATOR) == (found.value, found.reason)


def test_zero_division_a_surplus_has_no_end_and_says_so():
    assert (None, Undefined.UNLIMITED) == (
        runway(60_000, 7_000, 7_500).value,
        runway(60_000, 7_000, 7_500).reason,
    )


def test_missing_is_not_zero_and_no_policy_is_silent():
    values = {"a": 50, "b": 50, "c": 50, "d": None}
    found = readiness_score(values, CARD)
    assert (None, Undefined.NOT_KNOWN, 1) == (found.value, found.reason, found.missing)
    named = readiness_score(values, CARD, missing="exclude")
    assert (0.5, "exclude") == (named.value, named.method["missing"])


def test_mean_of_ratios_is_not_pooled():
    parts = [shares(a=(1, 2)), shares(b=(90, 100))]
    assert pytest.approx(91 / 102) == pool(parts).value
    with pytest.raises(TypeError):
        sum(parts)


def test_immature_cohorts_are_left_out_on_demand_and_counted():
    early, late = (creation_rate(DATA, as_of="2022-12-31", mature_after=n) for n in (24, 12))
    assert 0 < early.n < late.n
    assert early.censored > 0
    assert {"cohort"} <= {*enterprise_survival(DATA).method}


def test_survivorship_late_entry_and_landmarks_are_options_that_are_recorded():
    method = enterprise_survival(DATA, landmark=6).method
    assert (True, 6) == (method["delayed_entry"], method["landmark_months"])


def test_lost_is_neither_closed_nor_alive():
    lives = {("event", "300"): 2, ("censored", "800"): 10, ("censored", "200", "0", "lost"): 1}
    found = enterprise_survival.compute(lives)
    worst, best = found.bounds
    assert worst < found.value <= best
    assert "lost" in found.warnings


def test_regression_to_the_mean_is_flagged_and_the_spread_stands_beside():
    initial = {"a": 1.0, "b": 2.0, "c": 4.0}
    found = beta_convergence(initial, {"a": 4.0, "b": 5.0, "c": 6.0}, years=10)
    assert "regression-to-the-mean" in found.warnings
    assert found.parts["sigma_final"] < found.parts["sigma_initial"]
    bounded = beta_convergence(
        {"a": 0.1, "b": 0.2, "c": 0.4}, {"a": 0.4, "b": 0.5, "c": 0.6}, 10, bounded=(0, 1)
    )
    assert "logit" == bounded.method["scale"]


def test_attribution_gross_jobs_are_not_net_jobs():
    gross = job_flows(DATA, period="2022")
    net = net_additional_jobs(gross, deadweight=0.2)
    assert gross.unit != net.unit
    assert (None, Undefined.NOT_KNOWN) == (net.value, net.reason)
    assert net.bounds[0] < net.bounds[1]
    with pytest.raises(ValueError, match="net"):
        cost_per_job(1000, gross)
    said = Rate(0.2, source="survey 2023")
    whole = net_additional_jobs(
        100, deadweight=said, displacement=said, attribution=said, leakage=said
    )
    assert pytest.approx(100 * 0.8**4) == whole.value


def test_currencies_are_never_added_and_real_growth_needs_prices():
    found = real_revenue_growth(100, 121, prices=(100, 110))
    assert pytest.approx(0.1) == found.value
    with pytest.raises(TypeError, match="prices"):
        real_revenue_growth(100, 121)
    money = [citess.Money(amount=Decimal(1), currency=code) for code in ("TND", "EUR")]
    with pytest.raises(ValueError, match="currenc"):
        cost_per_job(money, 1)


def test_the_young_have_no_single_age():
    assert Undefined.NOT_APPLICABLE is youth_share(DATA).reason
    narrow, wide = youth_share(DATA, band="15-24"), youth_share(DATA, band="18-35")
    assert ("15-24", "18-35") == (narrow.method["band"], wide.method["band"])
    with pytest.raises(ValueError, match="band is '15-24' and '18-35'"):
        pool([narrow, wide])
    with pytest.raises(ValueError, match="make it another figure"):
        compare(narrow, wide)


def test_a_full_week_is_named_and_recorded():
    with pytest.raises(TypeError, match="full_time_hours"):
        fte([48])
    long, short = fte([48], full_time_hours=48), fte([48], full_time_hours=40)
    assert (1.0, 1.2) == (long.value, short.value)
    with pytest.raises(ValueError, match="full_time_hours is 48 and 40"):
        compare(long, short)


def test_non_response_of_a_network_is_flagged():
    found = response_and_reciprocity({"a": ["b"], "b": None, "c": None, "d": ["a"]})
    assert (0.5, 2) == (found.value, found.missing)
    assert "response" in found.warnings


def test_density_is_not_compared_over_sizes_without_a_word():
    small, large = density(nx.complete_graph(4)), density(nx.path_graph(40))
    assert "mean_degree" in small.parts
    assert "no-comparison" in compare(small, large).warnings


def test_projected_cliques_and_low_power_are_told():
    davis = nx.davis_southern_women_graph()
    tied = shared_ties(davis, onto=davis.graph["top"])
    validated = validated_ties(davis, onto=davis.graph["top"])
    assert "cliques" in {*tied.warnings, *validated.warnings}
    assert 0 == validated.value
    assert "cannot-validate" in validated.warnings


def test_multiple_testing_is_corrected_and_said():
    davis = nx.davis_southern_women_graph()
    found = validated_ties(davis, onto=davis.graph["top"])
    assert {"correction", "tests"} & {*found.method, *found.parts}


def test_betweenness_is_no_merit():
    assert Better.CONTEXT is catalogue["N03"].better
    assert betweenness is catalogue["N03"].function


def test_gaming_a_composite_does_not_buy_what_is_lacking():
    cheap = {"a": 100, "b": 100, "c": 100, "d": 0}
    assert 0.75 == readiness_score(cheap, CARD).value
    found = readiness_geometric(cheap, CARD)
    assert (0, ("zero-score",)) == (found.value, found.warnings)
    facts = {("mandatory", "not_met"): 1, ("other", "met"): 9}
    assert 0 == label_verdict.compute(facts, threshold=0.5).parts["verdict"]


def test_rank_fetish_a_rank_has_an_interval():
    units = {unit: {"a": 10.0 * n, "b": 60 - 9.0 * n, "c": n, "d": 5} for n, unit in
             enumerate("uvwxyz")}  # fmt: skip
    found = rank_robustness(units, CARD, draws=16, seed=1)
    rank = found.method["ranks"]["u"]
    assert rank["low"] <= rank["median"] <= rank["high"]
    with pytest.raises(TypeError, match="no order"):
        assert readiness_score(units["u"], CARD) < readiness_score(units["v"], CARD)


def test_moving_goalposts_scores_of_two_versions_are_not_compared():
    moved = Scorecard(version="2", goalposts=dict.fromkeys("abcd", Goalpost(worst=0, best=50)))
    values = dict.fromkeys("abcd", 25)
    old, new = readiness_score(values, CARD), readiness_score(values, moved)
    assert (0.25, 0.5) == (old.value, new.value)
    with pytest.raises(ValueError, match="version is '1' and '2'"):
        compare(old, new)


def assessed(*by):
    label = citess.Label(id="l", name=citess.Text(en="Label"), kind=citess.LabelKind.VOLUNTARY)
    criterion = citess.Criterion(id="c", label="l", text=citess.Text(en="C"), required=False)
    land = citess.Territory(id="t", name=citess.Text(en="T"), level=citess.TerritoryLevel.COUNTRY)
    hubs = [citess.Hub(id=id_, name=citess.Text(en=id_), territories=("t",)) for id_ in "hg"]
    partner = citess.Partner(id="p", name=citess.Text(en="P"))
    made = [
        citess.Assessment(
            id=f"a{n}",
            label="l",
            subject="hub:h",
            on=PartialDate("2024"),
            assessor=who,
            findings=(citess.CriterionFinding(criterion="c", finding=citess.Finding.MET),),
        )
        for n, who in enumerate(by)
    ]
    return Dataset.of(label, criterion, land, *hubs, partner, *made)


@pytest.mark.parametrize(
    ("by", "counted", "warnings"),
    [
        (("h",), {"self": 1}, {"self-assessed"}),
        (("g", "g"), {"peer": 2}, set()),
        (("p", None), {"external": 1, "not known": 1}, set()),
        (("h", "p"), {"external": 1, "self": 1}, {"self-assessed", "mixed-provenance"}),
    ],
)
def test_self_assessment_is_no_benchmark_and_is_flagged(by, counted, warnings):
    found = label_verdict(assessed(*by), threshold=0.5)
    assert (counted, warnings) == (found.method["assessments"], {*found.warnings})
    assert 1.0 == found.value


def test_self_ratings_of_a_framework_are_flagged():
    ratings = dict.fromkeys(("culture", "institutions", "law", "finance", "markets"), 5)
    outside = institutional_framework_index(ratings, raters=3, provenance="external")
    assert ((), ["external"]) == (outside.warnings, outside.method["provenance"])
    mixed = institutional_framework_index(ratings, raters=3, provenance=("self", "peer"))
    assert ("self-assessed", "mixed-provenance") == mixed.warnings
    with pytest.raises(ValueError, match="provenance is self, peer or external, not me"):
        institutional_framework_index(ratings, provenance="me")


def test_differencing_two_editions_tells_of_nobody():
    first = publish(CountTable.grid([[20, 50, 10], [9, 19, 22], [17, 32, 12]]))
    second = CountTable.grid([[20, 50, 10], [9, 20, 22], [17, 32, 12]])
    assert None in {row.value for row in publish(second, previous=[first]).rows}


def test_rounding_comes_after_dividing():
    a, b = self_financing_ratio(30.4, 75.2, in_kind=0), self_financing_ratio(10.4, 20.2, in_kind=0)
    joined = pool([a, b])
    assert (40.8, 95.4) == (joined.numerator, joined.denominator)
    assert (40.8 / 95.4, None) == (joined.value, joined.interval)
    above = pool([self_financing_ratio(90, 75, in_kind=0)])
    assert 1.2 == above.value
    assert safe_ratio(4, 6, threshold=5).value != 1


def test_randomness_has_a_seed_that_is_recorded_and_follows_from_the_data():
    values = [1, 2, 3, 4, 10, 12]
    first, again, other = gini(values), gini(values), gini(values, seed=7)
    assert first == again
    assert "seed=" in first.interval.method
    assert "seed=7" in other.interval.method


def test_intervals_of_ratios_are_not_taken_for_those_of_shares():
    a = citess.evolve(
        shares(a=(1, 2)),
        value=1.5,
        interval=Interval(low=1.0, high=2.0, method="katz"),
    )
    assert None is compare(a, a).interval
    assert None is compare(citess.evolve(a, interval=None), a).interval


def test_withheld_parts_are_not_pooled_as_if_they_were_nothing():
    known, hidden = shares(a=(5, 10)), citess.evolve(
        shares(b=(5, 10)), value=None, reason=Undefined.WITHHELD, numerator=None,
        denominator=None, interval=None, bounds=None,
    )  # fmt: skip
    found = pool([known, hidden])
    assert (None, Undefined.WITHHELD) == (found.value, found.reason)
    with pytest.raises(UndefinedMeasureError):
        found.require()
    empty = shares(c=(0, 0))
    assert 0.5 == pool([known, empty]).value
    assert Undefined.ZERO_DENOMINATOR is pool([empty, empty]).reason


def test_one_funder_is_not_many():
    found = funding_concentration.compute({"a": 1})
    assert (1, None) == (found.value, found.parts["normalised"])
    assert "a" == donor_dependency.compute({"a": 1}).method["donor"]
