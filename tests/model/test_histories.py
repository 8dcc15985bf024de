"""What a history of partial dates allows on a day, against all days that its dates may mean."""

from datetime import date, timedelta
from itertools import pairwise, product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import citess
from citess import (
    Case,
    Enterprise,
    Hub,
    HubPhase,
    InvalidValueError,
    PartialDate,
    PhaseEntry,
    Profile,
    Stage,
    StageEntry,
    Text,
    Verdict,
)
from citess.model.history import last_begun

FIRST, LAST = date(2020, 12, 1), date(2021, 6, 30)
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
STAGES = (Stage.IDEA, Stage.START_UP, Stage.CLOSED)
SINCE = st.none() | st.sampled_from(
    [PartialDate(text) for text in ("2021-01", "2021-02", "2021-02-01", "2021-02-14", "2021-03-31")]
)


def may_stand(entries, day):
    """Every way in which days in order of time can be read from the dates of a history."""
    known = [entry.since for entry in entries if entry.since is not None]
    told = {end for since in known for end in (since.earliest, since.latest)}
    days = sorted({FIRST, day, day + timedelta(days=1), *told})
    meanings = [
        [d for d in days if e.since is None or e.since.earliest <= d <= e.since.latest]
        for e in entries
    ]
    ways = product(*meanings)
    return [way for way in ways if all(first <= second for first, second in pairwise(way))]


@example([PartialDate("2021-03-31"), None], date(2021, 3, 30))
@example([PartialDate("2021-02-14"), PartialDate("2021-02")], date(2021, 2, 13))
@example([PartialDate("2021-02"), PartialDate("2021-02-01")], date(2021, 2, 1))
@example([None, PartialDate("2021-01")], date(2021, 1, 31))
@given(st.lists(SINCE, max_size=3), st.sampled_from(DAYS))
def test_a_history_allows_what_some_reading_of_its_dates_allows(dates, day):
    entries = [StageEntry(stage=s, since=since) for s, since in zip(STAGES, dates, strict=False)]
    ways = may_stand(entries, day)
    begun = {sum(one <= day for one in way) for way in ways}
    allowed = {None if n == 0 else entries[n - 1] for n in begun}
    assert not ways or allowed == {*last_begun(entries, day)}


def test_what_has_no_date_does_not_begin_before_what_stands_before_it():
    stages = (
        StageEntry(stage=Stage.IDEA, since=PartialDate("2021-03-01")),
        StageEntry(stage=Stage.CREATION),
    )
    made = Enterprise(id="e", name=Text(fr="e"), stages=stages)
    days = ("2021-02-28", "2021-03-01")
    assert [frozenset(), {Stage.IDEA, Stage.CREATION}] == [made.possible_stages(d) for d in days]
    phases = tuple(PhaseEntry(phase=p, since=None) for p in HubPhase)
    hub = Hub(id="h", name=Text(fr="h"), territories=("t",), phases=phases[:1])
    assert hub.phase("2021-01-01") is None


def test_a_stage_that_surely_began_makes_an_enterprise_whatever_came_before():
    stages = (
        StageEntry(stage=Stage.IDEA),
        StageEntry(stage=Stage.START_UP, since=PartialDate("2022-01-01")),
    )
    made = Enterprise(id="e", name=Text(fr="e"), stages=stages)
    days = ("2021-12-31", "2022-01-01")
    assert [False, True] == [made.is_enterprise(day) for day in days]


def test_an_entry_surely_earlier_than_one_further_up_is_refused():
    dates = ("2021-03", "2021", "2021-01")
    stages = tuple(StageEntry(stage=Stage.IDEA, since=PartialDate(d)) for d in dates)
    with pytest.raises(InvalidValueError, match=r"stages\[2\]\.since.*not-in-order"):
        Enterprise(id="e", name=Text(fr="e"), stages=stages)
    assert Enterprise(id="e", name=Text(fr="e"), stages=stages[:2]).stages == stages[:2]


DATA = citess.datasets.synthetic()
OFFER = next(o for o in DATA.service_offers.values() if o.stages == (Stage.IDEA,) or o.stages)


def stage_of(who, day, *records):
    data = DATA.replace(citess.evolve(OFFER, stages=(Stage.IDEA,))).add(*records)
    (match,) = (m for m in citess.services_for(data, who, on=day) if m.offer.id == OFFER.id)
    return next(reason.verdict for reason in match.reasons if reason.rule == "stage")


def test_a_stage_that_perhaps_had_not_begun_is_not_known():
    idea = (StageEntry(stage=Stage.IDEA, since=PartialDate("2021")),)
    bees = Enterprise(id="bees", name=Text(fr="e"), stages=idea)
    days = ("2020-12-31", "2021-06-01", "2021-12-31")
    expected = [Verdict.NOT_KNOWN, Verdict.NOT_KNOWN, Verdict.YES]
    assert expected == [stage_of(bees, day, bees) for day in days]
    undated = Enterprise(id="bees", name=Text(fr="e"), stages=(StageEntry(stage=Stage.IDEA),))
    assert Verdict.NOT_KNOWN is stage_of(undated, "2021-06-01", undated)


def test_a_case_asks_its_enterprise_where_its_own_stages_may_not_have_begun():
    since = PartialDate("2020-01-01")
    bees = Enterprise(
        id="bees", name=Text(fr="e"), stages=(StageEntry(stage=Stage.IDEA, since=since),)
    )
    hub = next(iter(DATA.hubs))
    opened = PartialDate("2021-01-01")
    own = (StageEntry(stage=Stage.IDEA, since=PartialDate("2021-09")),)
    case = Case(id="bees-1", hub=hub, opened=opened, enterprise="bees", stages=own)
    days = ("2021-06-01", "2021-09-15", "2021-10-01")
    assert [Verdict.YES] * 3 == [stage_of(case, day, bees, case) for day in days]
    grown = (StageEntry(stage=Stage.GROWTH, since=PartialDate("2021-09")),)
    other = citess.evolve(case, stages=grown)
    expected = [Verdict.YES, Verdict.NOT_KNOWN, Verdict.NO]
    assert expected == [stage_of(other, day, bees, other) for day in days]
    assert Profile().stage is None
