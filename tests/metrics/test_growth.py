"""Growth, milestones and closures: entries and exits, young cohorts, exact intervals."""

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import citess
from citess import Closure, Dataset, Formality, Money
from citess.metrics import (
    Undefined,
    changes,
    closure_rate,
    closure_strata,
    creation_rate,
    formalisation_rate,
    graduation_rate,
    growth_symmetric,
    high_growth_share,
    job_pairs,
    pool,
    real_revenue_growth,
    standardised_closure_ratio,
    turnover_pairs,
)
from tests.metrics.samples import (
    case,
    close,
    enterprise,
    follow_up,
    hub,
    jobs,
    land,
    needs_reference,
    reference,
)


@needs_reference
def test_symmetric_growth_is_that_of_the_worked_example():
    record = reference("dhs_growth")
    for (a, b), expected in zip(((5, 8), (0, 4), (2, 0)), record["value"], strict=True):
        assert close(record, growth_symmetric(a, b).value, expected)


def test_growth_of_nothing_to_nothing_is_no_growth():
    found = growth_symmetric([0, 0], [0, 0])
    assert (Undefined.ZERO_DENOMINATOR, 2) == (found.reason, found.not_applicable)
    assert Undefined.NOT_KNOWN is growth_symmetric(None, 3).reason


@given(
    st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)).filter(any), min_size=1, max_size=12)
)
def test_symmetric_growth_of_several_is_weighted_by_size(pairs):
    before, after = zip(*pairs, strict=True)
    found = growth_symmetric(before, after, resamples=20)
    weighted = sum(growth_symmetric(a, b, resamples=2).value * (a + b) for a, b in pairs) / sum(
        a + b for a, b in pairs
    )
    assert math.isclose(weighted, found.value, abs_tol=1e-9)
    assert -2 <= found.value <= 2
    interval = found.interval
    assert interval is None or interval.low - 1e-9 <= found.value <= interval.high + 1e-9


def test_too_much_missing_is_refused_unless_allowed():
    before, after = [1, 2, None, 4], [2, None, 3, 8]
    found = growth_symmetric(before, after)
    assert (Undefined.TOO_MANY_MISSING, 2, 2) == (found.reason, found.n, found.missing)
    allowed = growth_symmetric(before, after, allow_missing=True)
    assert ("few", "missing") == allowed.warnings
    assert () == growth_symmetric([1] * 30, [2] * 30, resamples=2).warnings
    assert Undefined.TOO_MANY_MISSING is real_revenue_growth(before, after, prices=(1, 1)).reason


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ([1], [1, 2], "before and after have as many values: 1, not 2"),
        ([-1], [1], "before is a finite number, 0 or more, not -1"),
        ([1], [math.nan], "after is a finite number, 0 or more, not nan"),
        (Money.of(1, "TND"), Money.of(1, "EUR"), "amounts are in one currency, not in EUR, TND"),
    ],
)
def test_impossible_amounts_are_refused(before, after, said):
    with pytest.raises(ValueError, match=said):
        growth_symmetric(before, after)


@needs_reference
def test_growth_is_fast_beyond_the_rate_over_three_years():
    record = reference("high_growth_threshold")
    found = high_growth_share.compute(changes([(10, 17)]), rate=0.2)
    assert close(record, found.parts["least_after"])
    assert 0 == found.value
    assert 1 == high_growth_share.compute(changes([(10, 18)]), rate=0.2).value


def test_growth_of_exactly_the_rate_is_not_fast():
    assert 0 == high_growth_share.compute(changes([(1000, 1331)]), rate=0.1).value
    assert 1 == high_growth_share.compute(changes([(1000, 1332)]), rate=0.1).value


def test_small_enterprises_do_not_grow_fast_by_definition():
    found = high_growth_share.compute(changes([(4, 40), (9, None), (12, None), (None, 5)]))
    assert (Undefined.NOT_KNOWN, 2, 2) == (found.reason, found.not_applicable, found.missing)
    with pytest.raises(ValueError, match="rate is a finite number"):
        high_growth_share.compute({}, rate=-1)
    with pytest.raises(ValueError, match="least is a finite number"):
        high_growth_share.compute({}, least=math.nan)


def test_pairs_of_jobs_come_from_data():
    data = Dataset.of(
        enterprise("a", ("start_up", "2018-01-01")),
        jobs("a", "2018-12-01", 10),
        jobs("a", "2021-12-01", 15),
        enterprise("b", ("start_up", "2018-01-01")),
        jobs("b", "2018-12-01", 3),
    )
    assert ([10, 3], [15, None]) == job_pairs(data, period="2019/2022")
    found = high_growth_share(data, period="2019/2022")
    assert (1, 1) == (found.value, found.not_applicable)
    assert 0 == high_growth_share(data, period="2019/2022", rate=0.2).value


@needs_reference
def test_real_growth_takes_prices_out():
    record = reference("real_growth")
    assert close(record, real_revenue_growth(100, 121, prices=(100, 110)).value)
    money = real_revenue_growth(Money.of(100, "TND"), Money.of(121, "TND"), prices=(100, 110))
    assert close(record, money.value)
    assert close(record, real_revenue_growth(Decimal(100), 121, prices=(100, 110)).value)


def test_revenue_from_nothing_is_left_to_symmetric_growth():
    found = real_revenue_growth([0, 0], [10, 20], prices=(100, 110))
    assert (Undefined.ZERO_DENOMINATOR, 2, 2) == (
        found.reason,
        found.parts["symmetric"],
        found.not_applicable,
    )
    assert Undefined.NOT_KNOWN is real_revenue_growth(None, 1, prices=(1, 1)).reason
    for bad in ((0, 1), (1, math.inf), (-1, 1)):
        with pytest.raises(ValueError, match="prices are two finite indices above zero"):
            real_revenue_growth(1, 1, prices=bad)


def test_turnover_comes_from_diagnosis_and_last_follow_up():
    def diagnosis(id_, on, turnover):
        return citess.Diagnosis(id=id_, case="c", on=citess.PartialDate(on), turnover=turnover)

    data = Dataset.of(
        land(),
        hub("h"),
        case("c", "h", "2020-01-01"),
        diagnosis("d1", "2020-01-02", None),
        diagnosis("d2", "2020-01-03", Money.of(100, "TND")),
        diagnosis("d3", "2020-01-04", Money.of(900, "TND")),
        follow_up("f1", "c", "2021-01-01", turnover=Money.of(121, "TND")),
        follow_up("f2", "c", "2021-06-01", turnover=Money.of(130, "TND")),
        follow_up("f3", "c", "2022-06-01"),
    )
    assert ([Money.of(100, "TND")], [Money.of(130, "TND")]) == turnover_pairs(data)


@needs_reference
def test_registration_and_creation_have_the_intervals_of_the_worked_examples():
    record = reference("formalisation_rate")
    found = formalisation_rate.compute({"reached": 24, "not_reached": 36})
    assert close(record, found.value, record["value"]["p"])
    assert close(record, found.interval.low, record["value"]["ci"][0])
    assert close(record, found.interval.high, record["value"]["ci"][1])
    assert 0.3 == creation_rate.compute({"reached": 12, "not_reached": 28, "": 2}).value


def ideas():
    def idea(id_, opened, *later, **fields):
        return [
            enterprise(id_, ("idea", opened), *later),
            case(f"{id_}-case", "h", opened, id_, **fields),
        ]

    return Dataset.of(
        land(),
        hub("h"),
        *idea("fast", "2020-01-01", ("start_up", "2020-07-01"), ("growth", "2021-07-01")),
        *idea("slow", "2020-01-01", ("creation", "2022-06-01")),
        *idea("gone", "2020-01-01"),
        *idea("young", "2022-01-01"),
        follow_up("seen", "gone-case", "2022-03-01", "active"),
        *idea(
            "closed-as-created",
            "2020-01-01",
            closed=citess.PartialDate("2020-10-01"),
            closure=Closure.CREATED,
        ),
        enterprise("old", ("growth", "2015-01-01")),
        case("old-case", "h", "2020-02-01", "old"),
        case("loose", "h", "2020-02-01"),
        enterprise("no-case", ("idea", "2020-01-01")),
    )


def test_immature_cohorts_are_left_out_when_asked():
    data = ideas()
    found = creation_rate(data)
    assert (3, 5, 2, 1) == (found.numerator, found.n, found.missing, found.not_applicable)
    assert "immature" in found.warnings
    found = creation_rate(data, mature_after=12, as_of="2022-06-30")
    assert (2, 4, 1) == (found.numerator, found.n, found.parts["immature"])
    assert "immature" not in found.warnings
    assert (12, "2022-06-30") == (found.method["mature_after_months"], found.method["as_of"])
    assert 3 == creation_rate(data, mature_after=36, as_of="2024-01-01").numerator
    assert Undefined.IMMATURE is creation_rate(data, mature_after=60, as_of="2022-06-30").reason


def test_a_project_seen_too_briefly_may_have_been_created_unseen():
    facts = {
        ("project", "2020-01-01", "", "30"): 1,
        ("project", "2020-01-01", "", "900"): 2,
        ("project", "2020-01-01", "200", "900"): 1,
    }
    found = creation_rate.compute(facts, mature_after=12)
    assert (0.25, 1, (0.25, 0.5)) == (found.value, found.parts["seen_too_briefly"], found.bounds)
    assert "2022-06-19" == found.method["as_of"]
    assert Undefined.ZERO_DENOMINATOR is creation_rate.compute({}).reason
    with pytest.raises(ValueError, match="mature_after is a finite number"):
        creation_rate.compute({}, mature_after=-1)


def test_graduation_may_keep_those_that_began_alike():
    data = ideas()
    found = graduation_rate(data)
    assert (1, 5, 1) == (found.numerator, found.n, found.not_applicable)
    assert 5 == graduation_rate(data, start="project").n
    assert {("2020",), ("2022",), ("not known",)} == set(
        graduation_rate(data, by="cohort").breakdown
    )


def test_informal_enterprises_register_or_not():
    def said(n, *pairs):
        yield case(f"c{n}", "h", "2020-01-01")
        for k, (day, formality) in enumerate(pairs):
            yield follow_up(f"f{n}-{k}", f"c{n}", day, formality=Formality(formality))

    data = Dataset.of(
        land(),
        hub("h"),
        *said(1, ("2020-06-01", "informal"), ("2021-06-01", "formal")),
        *said(2, ("2020-06-01", "semi_formal"), ("2021-06-01", "semi_formal")),
        *said(3, ("2020-06-01", "formal")),
        *said(4),
    )
    found = formalisation_rate(data)
    assert (0.5, 2, 1, 1) == (found.value, found.n, found.not_applicable, found.missing)
    assert 1 == formalisation_rate(data, informal="informal").value
    assert math.isclose(365 / 30.4375, found.parts["median_months"])


def test_shares_of_cohorts_pool():
    parts = [
        creation_rate.of(citess.metrics.Tally(reads="x", groups={(): facts}))
        for facts in (
            {("reached",): 1, ("not_reached",): 1},
            {("reached",): 90, ("not_reached",): 10},
        )
    ]
    assert math.isclose(91 / 102, pool(parts).value)


@needs_reference
def test_closures_have_garwoods_interval():
    record = reference("poisson_rate_ci_garwood")["value"]
    found = closure_rate.compute({"closed": 10, "years": 200})
    assert record["rate"] == found.value
    assert math.isclose(record["lo"], found.interval.low, abs_tol=1e-9)
    assert math.isclose(record["hi"], found.interval.high, abs_tol=1e-9)


def watched():
    return Dataset.of(
        land(),
        hub("h"),
        enterprise("a", ("start_up", "2020-02-29"), ("closed", "2022-05-01"), activities=("A",)),
        case("c", "h", "2021-01-01", "a"),
        enterprise("b", ("start_up", "2020-01-01")),
        case("d", "h", "2020-01-01", "b"),
        follow_up("f", "d", "2023-01-01", "active"),
        enterprise("no-day", ("growth", "2020-01-01")),
        enterprise("idea", ("idea", "2020-01-01")),
        enterprise("flash", ("start_up", "2020-01-01"), ("closed", "2020-01-01")),
    )


def test_only_days_watched_in_the_period_count():
    data = watched()
    found = closure_rate(data)
    days = 485 + 1096
    assert (2, 1) == (found.numerator, found.missing)
    assert math.isclose(days / 365.25, found.denominator)
    assert ("few-events",) == found.warnings
    found = closure_rate(data, period="2022")
    assert 1 == found.numerator
    assert math.isclose((120 + 365) / 365.25, found.denominator)
    assert 0 == closure_rate(data, period="2021").value
    assert Undefined.NOT_KNOWN is closure_rate.compute({"": 3}).reason
    assert Undefined.NOT_KNOWN is closure_rate(data, period="2010").reason
    assert Undefined.ZERO_DENOMINATOR is closure_rate(Dataset()).reason
    once = Dataset.of(enterprise("once", ("start_up", "2020-01-01")))
    assert Undefined.ZERO_DENOMINATOR is closure_rate(once).reason


def test_a_rate_of_many_closures_is_not_flagged():
    assert () == closure_rate.compute({"closed": 10, "years": 3}).warnings


def test_closures_are_told_by_activity_and_age():
    observed, years = closure_strata(watched())["all"]
    assert {("A", "2"): 1, ("", "0"): 1} == observed
    assert {("A", "0"), ("A", "1"), ("A", "2"), ("", "0"), ("", "1"), ("", "2")} == set(years)
    rates = dict.fromkeys(years, 0.1)
    found = standardised_closure_ratio(observed, exposure=years, rates=rates)
    assert math.isclose(2 / (0.1 * sum(years.values())), found.value)
    assert {"h", "not known"} == set(closure_strata(watched(), by="hub"))


@needs_reference
def test_the_standardised_ratio_has_an_exact_interval():
    record = reference("standardised_closure_ratio")
    found = standardised_closure_ratio(10, expected=8)
    assert close(record, found.value, record["value"]["r"])
    assert close(record, found.interval.low, record["value"]["ci"][0])
    assert close(record, found.interval.high, record["value"]["ci"][1])


def test_strata_without_a_reference_are_named():
    found = standardised_closure_ratio(1, exposure={("A", "0"): 3.0, ("B", "0"): 2.0}, rates={})
    assert (Undefined.NOT_KNOWN, 2) == (found.reason, found.missing)
    assert [["A", "0"], ["B", "0"]] == found.method["without_rate"]
    assert Undefined.ZERO_DENOMINATOR is standardised_closure_ratio(0, expected=0).reason
    assert ("few-events",) == standardised_closure_ratio(1, expected=1).warnings
    with pytest.raises(ValueError, match="give what is expected, or both"):
        standardised_closure_ratio(1)
    with pytest.raises(ValueError, match="observed is a finite number"):
        standardised_closure_ratio(-1, expected=1)


def test_projects_are_told_by_the_sex_and_age_of_their_clients():
    data = Dataset.of(
        land(),
        hub("h"),
        enterprise("a", ("idea", "2020-01-01"), ("start_up", "2020-06-01")),
        case("c1", "h", "2020-01-01", "a", sex=citess.Sex.FEMALE, territory="t"),
        case("c2", "h", "2020-01-01", "a", age_band=citess.AgeBand(lower=18, upper=24)),
        case("loose", "h", "2020-01-01", sex=citess.Sex.MALE, territory="t"),
    )
    found = creation_rate(data, by=("sex", "age_band", "territory", "sector"))
    assert {
        ("female", "18-24", "t", "not known"),
        ("male", "not known", "t", "not known"),
    } == set(found.breakdown)
    assert {("not known",)} == set(creation_rate(data, by="activity").breakdown)
