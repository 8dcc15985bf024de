"""Ways through a hub, growth and closures: every number of an answer, by hand."""

import math
from datetime import date, timedelta
from decimal import Decimal

import pytest

from citess import Money
from citess.metrics import (
    Undefined,
    changes,
    closure_rate,
    creation_rate,
    demand_satisfaction,
    formalisation_rate,
    graduation_rate,
    growth_symmetric,
    high_growth_share,
    pathway_completion,
    real_revenue_growth,
    referral_completion,
    standardised_closure_ratio,
    waiting_time,
)
from citess.metrics.intervals import garwood, wilson

MONTH = 365.25 / 12


def near(expected, rel=1e-11):
    return pytest.approx(expected, rel=rel, abs=1e-13)


def test_a_path_that_was_completed():
    facts = {"complete": 21, "broken": 9, "open": 4, "open-complete": 2, "": 3}
    found = pathway_completion.compute(facts)
    assert (0.7, 21, 30, 3, 6, {"open_complete": 2}, wilson(21, 30), ()) == (
        found.value, found.numerator, found.denominator, found.missing, found.censored,
        found.parts, found.interval, found.warnings,
    )  # fmt: skip
    assert near((21 / 33, 24 / 33)) == found.bounds
    waiting = pathway_completion.compute({"open": 4, "open-complete": 2})
    assert (Undefined.IMMATURE, 6) == (waiting.reason, waiting.censored)
    assert Undefined.ZERO_DENOMINATOR is pathway_completion.compute({}).reason
    assert Undefined.NOT_KNOWN is pathway_completion.compute({"": 2}).reason
    three_fifths = {"complete": 2, "broken": 1, "": 2}
    assert near(2 / 3) == pathway_completion.compute(three_fifths).value
    less = pathway_completion.compute({**three_fifths, "": 3})
    assert (Undefined.TOO_MANY_MISSING, 3, 3) == (less.reason, less.n, less.missing)


def test_referrals_and_how_long_they_took():
    facts = {("served", "4"): 10, ("served", "8"): 10, ("served", ""): 4, ("declined", ""): 3,
             ("dropped", ""): 1, ("accepted", ""): 2, ("sent", ""): 2, ("", ""): 3}  # fmt: skip
    found = referral_completion.compute(facts)
    assert (0.75, 24, 32, 4, 3, ("still-open",)) == (
        found.value, found.numerator, found.denominator, found.censored, found.missing,
        found.warnings,
    )  # fmt: skip
    assert {"declined": 3, "dropped": 1, "accepted": 2, "median_days": 6.0} == found.parts
    assert near((24 / 35, 31 / 35)) == found.bounds
    odd = referral_completion.compute({("served", "4"): 1, ("served", "8"): 1, ("served", "9"): 1})
    assert (8.0, ("few",), 0) == (odd.parts["median_days"], odd.warnings, odd.censored)
    assert referral_completion.compute({"served": 3}).parts["median_days"] is None


def test_needs_that_were_met():
    found = demand_satisfaction.compute({"served": 20, "unserved": 10, "open": 10, "": 4})
    assert (0.5, 20, 40, 10, 4, near((20 / 44, 34 / 44)), ("still-open",)) == (
        found.value, found.numerator, found.denominator, found.censored, found.missing,
        found.bounds, found.warnings,
    )  # fmt: skip


def test_waits_with_all_that_stands_beside():
    facts = {("event", "2"): 4, ("event", "5"): 3, ("event", "9"): 3, ("censored", "12"): 2,
             ("unknown", ""): 1}  # fmt: skip
    found = waiting_time.compute(facts, target=5)
    quartiles = {"q25": 2, "q75": 9, "within_target": near(7 / 12)}
    assert (5, 12, 1, 2, quartiles, {"target": 5}, ()) == (
        found.value, found.n, found.missing, found.censored, found.parts, found.method,
        found.warnings,
    )  # fmt: skip
    assert (2, 9, "greenwood log-log, inverted", 0.95) == (
        found.interval.low, found.interval.high, found.interval.method, found.interval.level,
    )  # fmt: skip
    doubtful = waiting_time.compute({**facts, ("unknown", ""): 2, ("event", "9"): 2})
    assert ("few-events", "missing") == doubtful.warnings
    halves = waiting_time.compute({("event", "2.5"): 3})
    assert (2.5, None) == (halves.value, halves.parts["within_target"])
    late = waiting_time.compute({("event", "2"): 1, ("censored", "9"): 2})
    assert (Undefined.IMMATURE, None) == (late.reason, late.interval)
    assert (Undefined.NOT_KNOWN, 2) == (
        waiting_time.compute({("unknown", ""): 2}).reason,
        waiting_time.compute({("unknown", ""): 2}).missing,
    )
    assert Undefined.ZERO_DENOMINATOR is waiting_time.compute({}).reason
    many = {("event", "2"): 3, ("unknown", ""): 3}
    assert Undefined.TOO_MANY_MISSING is waiting_time.compute(many).reason
    assert 2 == waiting_time.compute(many, allow_missing=True).value
    unsure = waiting_time.compute({("event", "2"): 1, ("event", "3"): 1, ("censored", "9"): 1})
    assert (3, None) == (unsure.value, unsure.interval)


def test_growth_that_bears_entry_and_exit():
    found = growth_symmetric([0, 5, 6, 2, 0, None], [4, 8, 3, 0, 0, 1], seed=1, resamples=30)
    assert (near(2 * 2 / 28), 4, 1, 1, "bca seed=1 B=30") == (
        found.value, found.n, found.missing, found.not_applicable, found.interval.method,
    )  # fmt: skip
    rates = [2, 2 * 3 / 13, -2 * 3 / 9, -2]
    assert (1, 1, near(sum(rates) / 4), near((rates[1] + rates[2]) / 2)) == tuple(
        found.parts[name] for name in ("entries", "exits", "mean", "median")
    )
    assert ("few", "missing") == found.warnings
    euros, dinars = (Money(amount=Decimal(5), currency=code) for code in ("EUR", "TND"))
    assert 0.0 == growth_symmetric(euros, euros).value
    with pytest.raises(ValueError, match="amounts are in one currency, not in EUR, TND"):
        growth_symmetric(euros, dinars)
    with pytest.raises(ValueError, match="as many values: 2, not 1"):
        growth_symmetric([1, 2], [1])
    assert Undefined.NOT_KNOWN is growth_symmetric(None, 1).reason
    assert Undefined.ZERO_DENOMINATOR is growth_symmetric(0, 0).reason
    assert Undefined.TOO_MANY_MISSING is growth_symmetric([1, None], [1, 2]).reason
    assert 0.0 == growth_symmetric([1, None], [1, 2], allow_missing=True).value


def test_growth_that_is_fast():
    facts = changes([(10, 17), (10, 18), (20, 34), (9, 40), (10, None), (9, None), (None, 3)])
    found = high_growth_share.compute(facts, rate=0.2, allow_missing=True)
    assert (near(1 / 3), 1, 3, 2, 2) == (
        found.value, found.numerator, found.denominator, found.missing, found.not_applicable,
    )  # fmt: skip
    assert {"factor": near(1.728), "least_after": near(17.28)} == found.parts
    assert {"rate": 0.2, "years": 3, "least": 10} == found.method
    exactly = high_growth_share.compute(changes([(10, 11)]), rate=0.1, years=1)
    assert 0.0 == exactly.value
    above = high_growth_share.compute(changes([(10, 11.01)]), years=1)
    assert (1.0, 0.1) == (above.value, above.method["rate"])
    small = high_growth_share.compute(changes([(5, 11)]), least=5, years=1)
    assert (1.0, 0) == (small.value, small.not_applicable)
    for option in ({"rate": -0.1}, {"years": -1}, {"least": -1}):
        with pytest.raises(ValueError, match="is a finite number, 0 or more"):
            high_growth_share.compute(facts, **option)


def test_growth_without_inflation():
    found = real_revenue_growth([100, 50, 0, None], [121, 44, 10, 9], prices=(100, 110), seed=2,
                                resamples=20)  # fmt: skip
    assert (near(-0.05), 2, 1, 1) == (
        found.value, found.n, found.missing, found.not_applicable,
    )  # fmt: skip
    total = 121 / 1.1 + 40 + 10 / 1.1
    assert (near(2 * (total - 150) / (total + 150)), near(0.1), near(-0.05)) == tuple(
        found.parts[name] for name in ("symmetric", "inflation", "mean")
    )
    assert ({"prices": [100, 110]}, ("few", "missing"), "bca seed=2 B=20") == (
        found.method, found.warnings, found.interval.method,
    )  # fmt: skip
    entry = real_revenue_growth(0, 5, prices=(1, 2))
    assert (Undefined.ZERO_DENOMINATOR, 1, 2.0) == (
        entry.reason, entry.not_applicable, entry.parts["symmetric"],
    )  # fmt: skip
    assert Undefined.NOT_KNOWN is real_revenue_growth(None, 5, prices=(1, 2)).reason
    for prices in ((0, 1), (1, math.inf), (1, -1), (1,)):
        with pytest.raises(ValueError, match="prices are two finite indices above zero"):
            real_revenue_growth(1, 1, prices=prices)


@pytest.mark.parametrize(
    ("entered", "created", "days"),
    [
        ("2021-01-01", "2022-01-01", "365"),
        ("2020-01-01", "2021-01-01", "366"),
        ("2020-02-29", "2021-02-28", "365"),
    ],
)
def test_a_cohort_is_mature_on_its_anniversary(entered, created, days):
    facts = {("project", entered, days, days): 1}
    ripe = creation_rate.compute(facts, mature_after=12, as_of=created)
    assert (1.0, 0) == (ripe.value, ripe.parts["immature"])
    day_before = (date.fromisoformat(created) - timedelta(days=1)).isoformat()
    young = creation_rate.compute(facts, mature_after=12, as_of=day_before)
    assert (None, Undefined.IMMATURE) == (young.value, young.reason)
    late = {("project", entered, str(int(days) + 1), "900"): 1}
    assert 0.0 == creation_rate.compute(late, mature_after=12, as_of="2024-01-01").value
    ever = creation_rate.compute(facts, mature_after=99_999, as_of=created)
    assert Undefined.IMMATURE is ever.reason


def test_projects_that_became_enterprises():
    facts = {
        ("project", "2020-01-10", "400", "800"): 6,
        ("project", "2020-01-10", "", "900"): 9,
        ("project", "2020-01-10", "", "100"): 1,
        ("project", "2022-06-01", "", "30"): 5,
        ("project", "", "", ""): 2,
        ("", "2020-01-10", "", "9"): 1,
        ("enterprise", "2020-01-10", "", "9"): 4,
    }
    found = creation_rate.compute(facts)
    assert (near(6 / 21), 6, 21, 3, 15, 4, ("few", "missing", "immature")) == (
        found.value, found.numerator, found.denominator, found.missing, found.censored,
        found.not_applicable, found.warnings,
    )  # fmt: skip
    assert near((6 / 24, 9 / 24)) == found.bounds
    assert {"immature": 0, "seen_too_briefly": 0, "median_months": None} == found.parts
    assert {"mature_after_months": None, "cohort": "by day of entry", "as_of": "2022-07-01"} == (
        found.method
    )
    ripe = creation_rate.compute(facts, mature_after=24)
    assert (near(6 / 16), 16, 5, 1, 15, near((6 / 19, 10 / 19))) == (
        ripe.value, ripe.denominator, ripe.parts["immature"], ripe.parts["seen_too_briefly"],
        ripe.censored, ripe.bounds,
    )  # fmt: skip
    assert "immature" not in ripe.warnings
    within = creation_rate.compute(facts, mature_after=400 / MONTH)
    assert 6 == within.numerator
    before = creation_rate.compute(facts, mature_after=399 / MONTH, as_of="2022-07-01")
    assert 0 == before.numerator
    just = {("project", "2022-06-01", "5", "30"): 1}
    assert 1 == creation_rate.compute(just, mature_after=30 / MONTH, as_of="2022-07-01").n
    early = creation_rate.compute(just, mature_after=30 / MONTH, as_of="2022-06-30")
    assert (Undefined.IMMATURE, 1) == (early.reason, early.censored)
    quick = creation_rate.compute({("project", "2020-01-10", "300", "800"): 2,
                                   ("project", "2020-01-10", "600", "800"): 1})  # fmt: skip
    assert near(300 / MONTH) == quick.parts["median_months"]
    by_hand = creation_rate.compute({"reached": 12, "not_reached": 28, "": 2})
    assert (0.3, 2, 0, ()) == (
        by_hand.value, by_hand.missing, by_hand.censored, by_hand.warnings,
    )  # fmt: skip


def test_other_milestones_keep_those_that_began_alike():
    cohort = {
        ("project", "2020-01-10", "400", "800"): 6,
        ("enterprise", "2020-01-10", "", "900"): 4,
    }
    both, one = graduation_rate.compute(cohort), graduation_rate.compute(cohort, start="project")
    assert (0.6, 0, 1.0, 4, ["project"]) == (
        both.value, both.not_applicable, one.value, one.not_applicable, one.method["start"],
    )  # fmt: skip
    rows = {("informal", "2020-01-10", "90", "800"): 2, ("semi_formal", "2020-01-10", "", "8"): 3,
            ("formal", "2020-01-10", "0", "8"): 5}  # fmt: skip
    found = formalisation_rate.compute(rows)
    assert (0.4, 5, ["informal", "semi_formal"]) == (
        found.value, found.not_applicable, found.method["informal"],
    )  # fmt: skip
    assert 1.0 == formalisation_rate.compute(rows, informal=("informal",)).value


def test_closures_of_years_watched():
    rows = {
        ("yes", "A", "0"): 3, ("", "A", "0"): 2, ("no", "A", "0"): 9,
        ("sum", "days", "yes", "A", "0"): 365.25, ("sum", "days", "no", "A", "0"): 3652.5,
    }  # fmt: skip
    found = closure_rate.compute(rows)
    assert (near(3 / 11), 3, near(11), 3, 2, ("few-events",)) == (
        found.value, found.numerator, found.denominator, found.n, found.missing, found.warnings,
    )  # fmt: skip
    assert garwood(3, found.denominator) == found.interval
    assert {"closures": 3, "years": near(11)} == found.parts
    assert () == closure_rate.compute({"closed": 10, "years": 200}).warnings
    assert Undefined.ZERO_DENOMINATOR is closure_rate.compute({}).reason
    assert Undefined.NOT_KNOWN is closure_rate.compute({"": 2}).reason
    none = closure_rate.compute({"years": 5})
    assert (0.0, 0) == (none.value, none.n)


def test_closures_for_each_one_expected():
    found = standardised_closure_ratio({("A",): 6, ("B",): 4}, expected=8, level=0.9)
    assert (1.25, 10, 8, 10, garwood(10, 8, 0.9), ()) == (
        found.value, found.numerator, found.denominator, found.n, found.interval, found.warnings,
    )  # fmt: skip
    years, rates = {("A",): 50, ("B",): 30}, {("A",): 0.1, ("B",): 0.2}
    of_years = standardised_closure_ratio(9, exposure=years, rates=rates)
    assert (near(9 / 11), ("few-events",), near(11)) == (
        of_years.value, of_years.warnings, of_years.parts["expected"],
    )  # fmt: skip
    lacking = standardised_closure_ratio(9, exposure=years, rates={("A",): 0.1})
    assert (Undefined.NOT_KNOWN, 1, [["B"]], near(5)) == (
        lacking.reason, lacking.missing, lacking.method["without_rate"],
        lacking.parts["expected"],
    )  # fmt: skip
    assert Undefined.ZERO_DENOMINATOR is standardised_closure_ratio(1, expected=0).reason
    for given in ({}, {"exposure": years}, {"rates": rates}):
        with pytest.raises(ValueError, match="give what is expected, or both"):
            standardised_closure_ratio(1, **given)
