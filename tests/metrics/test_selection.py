"""Which rows a question picks, on the days at which that turns."""

from datetime import date

import pytest

import citess
from citess import Case, PartialDate, Period
from citess.metrics._asked import Asked
from citess.metrics._selection import Selection, happened
from citess.metrics._spells import length
from citess.metrics.tables import TABLES
from citess.model import Dataset
from tests.metrics.samples import hub, land

YEAR = Period.of("2022-03-10", "2023-03-10")
DATES = {
    "2022-03-09": False, "2022-03-10": True, "2022-03": None, "2022-02": False, "2022": None,
    "2022-04": True, "2023-03-09": True, "2023-03-10": False, "2023-03": None, "2023-04": False,
    "2023": None, "2021": False,
}  # fmt: skip


def picked(period, dates, **asked):
    cases = [
        Case(id=f"c{k:02}", hub="h", opened=PartialDate(on), sources=(f"s{k % 2}",))
        for k, on in enumerate(dates)
    ]
    sources = [
        citess.Source(id=f"s{k}", title=citess.Text(fr="S"), kind=citess.SourceKind.REPORT)
        for k in (0, 1)
    ]
    data = Dataset([land(), hub("h"), *cases, *sources])
    question = Asked(period=period, accounted=True, **asked)
    found = Selection(TABLES["cases"], data, question, {})
    rows = found.pick(list(data.cases.values()))
    return [str(row.opened) for row in rows], found


@pytest.mark.parametrize("on", DATES)
def test_what_happened_in_a_period(on):
    answer = DATES[on]
    assert answer is happened(PartialDate(on), YEAR)
    rows, found = picked(YEAR, [on])
    assert ([] if answer is False else [on], int(answer is None)) == (rows, found.uncertain)


def test_all_that_is_to_be_known_of_what_was_picked():
    rows, found = picked(YEAR, DATES)
    kept = [on for on, answer in DATES.items() if answer is not False]
    assert (kept, 4, {"h"}) == (rows, found.uncertain, found.hubs)
    places = [k for k, on in enumerate(DATES) if on in kept]
    assert {f"cases:c{k:02}" for k in places} == found.universe
    assert {f"s{k % 2}" for k in places} == found.sources
    whole, every = picked(None, DATES)
    assert ([*DATES], 0) == (whole, every.uncertain)
    none, nothing = picked(YEAR, ["2021"])
    assert ([], set(), set()) == (none, nothing.sources, nothing.universe)


def test_a_period_without_an_end_holds_what_comes():
    rows, _ = picked(Period.of("2022-03-10"), ["2022-03-09", "2022-03-10", "2030"])
    assert ["2022-03-10", "2030"] == rows


def test_values_that_are_asked_for():
    rows, _ = picked(None, ["2022-01-01"], where={"hub": frozenset({"h"})})
    assert ["2022-01-01"] == rows
    assert ([], ["2022-01-01"]) == (
        picked(None, ["2022-01-01"], where={"hub": frozenset({"g"})})[0],
        picked(None, ["2022-01-01"], where={"sex": frozenset({""})})[0],
    )
    assert [] == picked(None, ["2022-01-01"], where={"sex": frozenset({"female"})})[0]


def test_events_have_no_day():
    with pytest.raises(ValueError, match="cases are events: give a period"):
        picked(None, ["2022-01-01"], on="2022-01-01")


@pytest.mark.parametrize(
    ("first", "last", "days", "months"),
    [
        (date(2020, 1, 31), date(2020, 2, 29), 29, 0),
        (date(2020, 1, 31), date(2020, 3, 31), 60, 2),
        (date(2020, 1, 31), date(2020, 3, 30), 59, 1),
        (date(2019, 12, 1), date(2020, 1, 1), 31, 1),
        (date(2019, 12, 1), date(2021, 12, 1), 731, 24),
        (date(2020, 5, 5), date(2020, 5, 5), 0, 0),
    ],
)
def test_lengths_in_days_and_months(first, last, days, months):
    assert (days, months) == (length(first, last, "days"), length(first, last, "months"))
