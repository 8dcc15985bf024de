"""Readers of how long rows lasted, and of totals per entity."""

from datetime import date

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import citess
from citess import Case, Closure, IntegrityError, PartialDate
from citess.metrics import spells, totals
from citess.metrics._asked import Asked
from citess.metrics._spells import length
from citess.metrics.tables import TABLES
from citess.metrics.tables._table import Table, attribute, derived
from citess.model import Dataset

HUB = (
    citess.Territory(id="t", name=citess.Text(fr="T"), level=citess.TerritoryLevel.COUNTRY),
    citess.Hub(id="h", name=citess.Text(fr="H"), territories=("t",)),
)


def asked(**given):
    return Asked.of(**{"options": {}, **given})


def cases(*rows):
    made = []
    for k, (opened, closed, closure) in enumerate(rows):
        made.append(
            Case(
                id=f"c{k}",
                hub="h",
                opened=PartialDate(opened),
                closed=None if closed is None else PartialDate(closed),
                closure=closure,
            )
        )
    return Dataset((*HUB, *made))


ROWS = cases(
    ("2020-01-31", "2020-03-01", Closure.CREATED),
    ("2020-01-31", "2020-02-10", Closure.LOST_CONTACT),
    ("2020-02-01", None, None),
    ("2020-02-01", "2020-02-05", None),
    ("2020", "2020-12-01", Closure.CREATED),
)
READS = spells("cases", start="opened", end="closed", status="closure", events="created")


def test_what_ended_otherwise_or_not_yet_is_censored():
    facts = READS(ROWS, asked(on="2020-03-02")).groups[()]
    expected = {
        ("event", "30"): 1,
        ("censored", "10"): 1,
        ("censored", "30"): 1,
        ("unstated", "4"): 1,
        ("unknown",): 1,
    }
    assert expected == facts


def test_without_a_day_what_goes_on_has_no_length():
    facts = READS(ROWS, asked()).groups[()]
    assert (1, 1) == (facts["open",], facts["unknown",])


def test_what_is_yet_to_end_or_start_on_the_day_has_not():
    facts = READS(ROWS, asked(on="2020-02-05")).groups[()]
    expected = {("censored", "5"): 2, ("censored", "4"): 1, ("unstated", "4"): 1, ("unknown",): 1}
    assert expected == facts
    assert {("unknown",): 1} == READS(ROWS, asked(on="2019-01-01")).groups[()]


def test_a_cohort_of_a_period_is_seen_from_a_later_day():
    given = asked(period="2020-02", options={"as_of": "2020-03-01"})
    assert {("censored", "29"): 1, ("unstated", "4"): 1, ("unknown",): 1} == READS(
        ROWS, given
    ).groups[()]


def test_calendar_months_are_counted_whole():
    reads = spells("cases", start="opened", end="closed", unit="months")
    assert 1 == reads(ROWS, asked(on="2020-03-01")).groups[()]["event", "1"]


def shifted(day, months):
    years, month = divmod(day.month - 1 + months, 12)
    return day.year + years, month + 1, day.day


@given(st.dates(date(1990, 1, 1), date(2030, 1, 1)), st.dates(date(1990, 1, 1), date(2030, 1, 1)))
def test_months_are_those_of_the_calendar(a, b):
    first, last = min(a, b), max(a, b)
    assert length(first, last, "days") == (last - first).days
    months = length(first, last, "months")
    assert shifted(first, months) <= (last.year, last.month, last.day) < shifted(first, months + 1)


def test_last_seen_and_late_entry_are_read_from_columns(monkeypatch):
    rows = {
        "c0": ("2020-01-01", None, date(2020, 1, 11), date(2020, 1, 4)),
        "c1": ("2020-01-01", "2020-02-01", None, date(2019, 1, 1)),
        "c2": ("2020-01-01", None, PartialDate("2020"), None),
    }
    table = Table(
        name="seen",
        rows=lambda data: data.cases.values(),
        flow="opened",
        columns={
            "id": attribute("id", meaning="case"),
            "opened": attribute("opened", kind="date", meaning="first day"),
            "closed": attribute("closed", kind="date", meaning="first day after"),
            "seen": derived(lambda row: rows[row.id][2], kind="date", meaning="last seen"),
            "entry": derived(lambda row: rows[row.id][3], kind="date", meaning="first seen"),
        },
    )
    monkeypatch.setitem(TABLES, "seen", table)
    reads = spells("seen", start="opened", end="closed", seen="seen", entry="entry")
    assert "seen on seen, entered on entry" in reads.reads
    data = cases(*((opened, closed, None) for opened, closed, _, _ in rows.values()))
    facts = reads(data, asked()).groups[()]
    expected = {("event", "31"): 1, ("censored", "10"): 1, ("entered", "3"): 1, ("unknown",): 1}
    assert expected == facts


def test_an_end_before_its_start_is_refused(monkeypatch):
    table = TABLES["cases"]
    turned = evolve(table, columns={**table.columns, "opened": table.columns["closed"],
                                    "closed": table.columns["opened"]})  # fmt: skip
    monkeypatch.setitem(TABLES, "cases", turned)
    with pytest.raises(IntegrityError, match="ends before it starts"):
        READS(ROWS, asked())


def test_a_start_that_is_not_known_has_no_length(monkeypatch):
    table = TABLES["cases"]
    columns = {**table.columns, "opened": derived(lambda _: None, kind="date", meaning="none")}
    monkeypatch.setitem(TABLES, "cases", evolve(table, columns=columns))
    assert {("unknown",): 5} == READS(ROWS, asked()).groups[()]


def money(*rows):
    givers = {giver for giver, _ in rows if giver}
    partners = [citess.Partner(id=g, name=citess.Text(fr=g)) for g in sorted(givers)]
    made = [
        citess.Funding(
            id=f"f{k}",
            giver=giver or "h",
            receiver="h" if giver else "x",
            amount=None if amount is None else citess.Money.of(amount, "TND"),
        )
        for k, (giver, amount) in enumerate(rows)
    ]
    return Dataset((*HUB, *partners, citess.Partner(id="x", name=citess.Text(fr="x")), *made))


def test_totals_are_summed_per_entity_and_counted():
    reads = totals("fundings", entity="giver", value="amount", scale=1000)
    tally = reads(money(("a", "1.5"), ("a", 1), ("b", "2.5"), ("b", None)), asked())
    assert {("total", "2.5"): 2, ("unknown",): 1} == tally.groups[()]


def test_totals_name_what_is_not_whole_and_what_has_several_values(monkeypatch):
    with pytest.raises(ValueError, match=r"fundings\[a\].amount must be a multiple of 1/1"):
        totals("fundings", entity="giver", value="amount")(money(("a", "1.5")), asked())
    with pytest.raises(ValueError, match="several values a row"):
        totals("sessions", entity="provider", value="minutes")(Dataset(), asked())
    table = TABLES["fundings"]
    columns = {**table.columns, "giver": derived(lambda _: None, meaning="nobody")}
    monkeypatch.setitem(TABLES, "fundings", evolve(table, columns=columns))
    reads = totals("fundings", entity="giver", value="amount", label="money")
    assert {("money", "no-id"): 1} == reads(money(("a", 1)), asked()).groups[()]


def test_totals_of_one_entity_in_two_tallies_do_not_add():
    reads = totals("fundings", entity="giver", value="amount")
    full = evolve(asked(), accounted=True)
    one = reads(money(("a", 1)), full)
    two = evolve(reads(money(("a", 1)), full), universe=frozenset({"giver:a"}))
    with pytest.raises(ValueError, match="counted twice, such as 'giver:a'"):
        one + two
