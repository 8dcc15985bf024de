"""Questions that cannot be meant: each is refused in words, none is answered in silence."""

from datetime import date

import pytest

import citess
from citess import Period
from citess.metrics import (
    Measure,
    Outcome,
    Tally,
    compare,
    evaluate,
    formality_share,
    job_flows,
    matured,
    pool,
    reader,
    series,
    synergy_contrast,
    waiting_time,
    women_share,
    youth_share,
)
from citess.metrics._asked import as_period
from citess.metrics._registry import Metric
from citess.model import Dataset

DATA = citess.datasets.synthetic(hubs=2)
FACTS = (
    "unit", "bounds", "better", "formula", "missing", "small_numbers", "aggregation", "source",
)  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "error", "words"),
    [
        ({"by": 5}, TypeError, "by names dimensions, as 'hub' or .*, not 5"),
        ({"by": ["hub", None]}, TypeError, "by names dimensions"),
        ({"by": ["hub", "hub"]}, ValueError, "by names each dimension once"),
        ({"where": "sex"}, TypeError, "where gives columns the values they must have"),
        ({"where": ["sex"]}, TypeError, "where gives columns"),
        ({"period": 2023}, TypeError, "a period is a Period or written as '2023'.*, not 2023"),
        ({"period": [2023]}, TypeError, "a period is a Period"),
        ({"period": []}, ValueError, "a series has one period or more, each once"),
        ({"period": ["2021", "2021"]}, ValueError, "each once, not .'2021-01-01/2022-01-01'"),
        ({"period": "9999"}, ValueError, "so that 9999 is too late"),
        ({"period": "yearly:9999"}, ValueError, "so that 9999 is too late"),
        ({"colour": 3}, TypeError, "'colour' is no option of women_share; it has none"),
    ],
)
def test_what_cannot_be_asked_of_a_metric_is_refused_in_words(asked, error, words):
    with pytest.raises(error, match=words):
        women_share(DATA, **asked)


def test_one_period_after_the_other_may_be_given_and_overlap():
    found = women_share(DATA, period=["2020/2022", Period.of("2021-01-01", "2023-01-01")])
    assert [("2020-01-01/2022-01-01",), ("2021-01-01/2023-01-01",)] == list(found.breakdown)
    assert ["2021"] == [name for name, _ in series(Period.of("2021-01-01", "2021-01-02"), "yearly")]


def test_the_last_period_that_there_is():
    assert "9999-01-01/9999-12-31" == str(as_period("9999/9999-12-31"))
    assert "9999-12-30/9999-12-31" == str(as_period("9999-12-30"))


@pytest.mark.parametrize("call", [youth_share, youth_share.tally, youth_share.compute])
def test_an_option_misspelt_is_refused_and_the_right_one_told(call):
    given = {("18-24",): 1} if call == youth_share.compute else DATA
    with pytest.raises(TypeError, match="'bnd' is no option of youth_share; it has band; did you"):
        call(given, bnd="18-35")
    with pytest.raises(TypeError, match="'bnd' is no option of youth_share"):
        youth_share.of(youth_share.tally(DATA), bnd="18-35")


def test_options_are_those_of_the_formula_and_of_what_is_read():
    assert ("measure", "allow_missing", "kind", "stale_after") == job_flows.options
    assert ("target", "level", "allow_missing", "as_of") == waiting_time.options
    assert {"design", "first", "second", "outcome", "months"} < {*synergy_contrast.options}
    assert () == women_share.options
    assert women_share(iter(DATA.records()), context=Dataset()).n == women_share(DATA).n


def test_what_a_reader_of_ones_own_heeds_is_not_known_unless_it_says_so():
    @reader()
    def own(data, asked):
        return Tally(reads="own", groups={(): {("x",): asked.options["times"]}})

    def formula(facts, **_):
        return Outcome(value=facts["x"])

    facts = {name: getattr(women_share, name) for name in FACTS}
    free = Metric(formula, "X09", own, **facts, question="", limits="")
    assert (None, 3) == (free.options, free(DATA, times=3).value)
    told = Metric(
        formula, "X09", reader(options=("times",))(own.function), **facts, question="", limits=""
    )
    assert (("times",), 3) == (told.options, told(DATA, times=3).value)
    with pytest.raises(TypeError, match="'time' is no option of formula; it has times"):
        told(DATA, time=3)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: evaluate(DATA, ["women_share"], When="2021"), "asked by, on, period, where, not"),
        (lambda: pool([women_share(DATA), 5]), "measures are wanted, not int"),
        (lambda: pool(women_share(DATA)), "several measures are wanted, not one Measure"),
        (lambda: compare(women_share(DATA), 5), "measures are wanted, not int"),
    ],
)
def test_what_is_no_question_or_no_measure_is_refused(call, words):
    with pytest.raises(TypeError, match=words):
        call()


def test_evaluate_takes_one_metric_and_needs_one_that_has_the_dimension():
    assert evaluate(DATA, "women_share") == evaluate(DATA, [women_share])
    assert evaluate(DATA, women_share) == evaluate(DATA, ["R02a"])
    with pytest.raises(ValueError, match="no metric of records has the dimensions colour"):
        evaluate(DATA, by="colour")
    assert 0 == len(evaluate(DATA, []))


def test_a_part_without_a_value_may_make_too_much_missing():
    def of(**facts):
        counts = {("" if name == "unknown" else name,): n for name, n in facts.items()}
        return formality_share.of(Tally(reads="x", groups={(): counts}))

    whole = of(signed=50, unsigned=50, unknown=20)
    parts = of(signed=50, unsigned=50), of(unknown=20)
    assert ("missing",) == whole.warnings == pool(parts).warnings
    assert () == pool((of(signed=50, unsigned=50), of(unknown=11))).warnings
    assert whole.bounds == pytest.approx(pool(parts).bounds)
    assert isinstance(pool(parts), Measure)


@pytest.mark.parametrize(
    ("days", "last"),
    [(0, "2023-07-01"), (1, "2023-06-30"), (180, "2023-01-02"), (29, "2023-06-02")],
)
def test_what_has_had_its_days(days, last):
    assert f"2023-01-01/{last}" == str(matured("2023-06-30", days=days, since="2023-01-01"))


def test_nothing_can_have_had_more_days_than_there_were():
    for days in (181, 10**9):
        with pytest.raises(
            ValueError, match=f"nothing that began since 2023-01-01 had {days} days"
        ):
            matured("2023-06-30", days=days, since=date(2023, 1, 1))
    with pytest.raises(ValueError, match="days is a finite number, 0 or more, not -1"):
        matured("2023-06-30", days=-1)


def test_a_definition_says_all_that_it_must_and_nothing_else():
    def share(facts, **_):
        """Share."""

    facts = {name: getattr(women_share, name) for name in FACTS}
    with pytest.raises(TypeError, match="the definition of the metric X09 lacks limits, question"):
        Metric(share, "X09", women_share.readers, **facts)
    with pytest.raises(TypeError, match="the definition of the metric X09 has no fact 'pooled'"):
        Metric(share, "X09", women_share.readers, **facts, question="", limits="", pooled=True)
