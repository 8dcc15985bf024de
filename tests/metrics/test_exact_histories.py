"""Histories of enterprises on the days at which what is known of them changes."""

from datetime import date
from decimal import Decimal

import pytest

import citess
from citess import (
    Case,
    Closure,
    FollowUp,
    Formality,
    JobsKind,
    PartialDate,
    Period,
    Stage,
    StageEntry,
    Survival,
)
from citess.metrics._asked import Asked
from citess.metrics._job_counts import (
    NONE,
    UNKNOWN,
    as_number,
    by_words,
    cells_of,
    changes,
    checked_measure,
    days_counted,
    ends,
    pairs_of,
)
from citess.metrics.tables._histories import History, day_of, histories
from citess.metrics.tables._spells import spells, years
from citess.model import Dataset
from tests.metrics.samples import enterprise, hub, jobs, land


def case(id_="c", opened="2020-06-01", stages=(), **fields):
    entries = tuple(
        StageEntry(stage=Stage(stage), since=day and PartialDate(day)) for stage, day in stages
    )
    return Case(id=id_, hub="h", opened=PartialDate(opened), stages=entries, **fields)


def seen(on, survival=None, **fields):
    return FollowUp(id=f"f{on}", case="c", on=PartialDate(on), survival=survival, **fields)


def history(*stages, cases=(), **parts):
    return History(id="e", enterprise=enterprise("e", *stages), cases=cases, **parts)


def asked(period=None, **options):
    return Asked(period=period and Period.of(*period), options=options)


@pytest.mark.parametrize(
    ("given", "day"),
    [
        ("2022-03-05", date(2022, 3, 5)),
        ("2022-03", date(2022, 3, 16)),
        ("2022-02", date(2022, 2, 14)),
        ("2021", date(2021, 7, 2)),
        ("2020", date(2020, 7, 1)),
    ],
)
def test_the_middle_of_a_day_that_is_not_exact(given, day):
    assert day == day_of(PartialDate(given))


def test_creation_is_the_first_entry_into_it():
    made = history(("idea", "2020-01-01"), ("creation", "2020-05-01"), ("start_up", "2020-09-01"))
    assert date(2020, 5, 1) == made.created_on
    assert history(("growth", "2020-01-01"), ("creation", "2020-05-01")).created_on is None
    assert history(("idea", "2020-01-01")).created_on is None
    assert history(("start_up", "2020-09-01")).created_on == date(2020, 9, 1)
    of_case = History(id="c", cases=(case(stages=[("creation", "2020-07-01"), ("idea", None)]),))
    assert (date(2020, 7, 1), 1) == (of_case.created_on, len(of_case.stages))


def test_a_closure_holds_unless_it_was_seen_alive_later():
    born = ("creation", "2020-01-01")
    shut = history(born, ("closed", "2021-01-01"))
    assert (date(2021, 1, 1), date(2021, 1, 1), "closed") == (
        shut.closed_on, shut.last_seen, shut.outcome,
    )  # fmt: skip
    same = history(born, ("closed", "2021-01-01"), sessions=(PartialDate("2021-01-01"),))
    assert date(2021, 1, 1) == same.closed
    later = history(born, ("closed", "2021-01-01"), sessions=(PartialDate("2021-01-02"),))
    assert (None, "going", date(2021, 1, 2)) == (later.closed, later.outcome, later.last_seen)
    told = history(born, follow_ups=(seen("2021-03-01", Survival.CLOSED),))
    assert date(2021, 3, 1) == told.closed
    before = History(id="c", cases=(case(opened="2019-01-01", stages=[("closed", "2019-06-01")]),))
    assert (None, date(2019, 6, 1)) == (before.closed_on, before.closed)
    assert before.outcome is None


@pytest.mark.parametrize(
    ("survival", "alive", "outcome"),
    [
        (Survival.ACTIVE, date(2022, 1, 1), "going"),
        (Survival.DORMANT, date(2022, 1, 1), "going"),
        (Survival.LOST, date(2020, 1, 1), "lost"),
        (None, date(2020, 1, 1), "going"),
    ],
)
def test_what_a_follow_up_shows(survival, alive, outcome):
    found = history(("creation", "2020-01-01"), follow_ups=(seen("2022-01-01", survival),))
    assert (alive, outcome) == (found.last_alive, found.outcome)
    assert (outcome == "lost") == found.is_lost


def test_the_last_follow_up_tells_whether_it_was_lost():
    lost, there = seen("2022-01-01", Survival.LOST), seen("2022-02-01", Survival.ACTIVE)
    born = ("creation", "2020-01-01")
    assert not history(born, follow_ups=(lost, there)).is_lost
    assert history(born, follow_ups=(there, seen("2022-03-01", Survival.LOST))).is_lost
    assert not history(born, ("closed", "2023-01-01"), follow_ups=(lost,)).is_lost


def test_jobs_that_exist_show_that_it_is_there():
    born = ("creation", "2020-01-01")
    for count, alive in (
        (jobs("e", "2021-05-01", 3), date(2021, 5, 1)),
        (jobs("e", "2021-05-01", 0), date(2020, 1, 1)),
        (jobs("e", "2021-05-01", 3, kind=JobsKind.CREATED), date(2020, 1, 1)),
    ):
        assert alive == history(born, counts=(count,)).last_alive


def test_days_from_intake():
    cases = (case(opened="2020-06-01"), case("d", opened="2020-03-01"))
    found = history(("idea", "2020-01-01"), ("creation", "2020-03-11"), ("growth", "2020-04-01"),
                    cases=cases)  # fmt: skip
    assert (PartialDate("2020-03-01"), 10, 31, 92) == (
        found.entered, found.created_after, found.matured_after, found.seen_for,
    )  # fmt: skip
    assert ("project", 0) == (found.start, found.entered_after)
    late = history(("creation", "2020-02-20"), cases=cases)
    assert (None, 10, "enterprise") == (late.created_after, late.entered_after, late.start)
    on_the_day = history(("creation", "2020-03-01"), cases=cases)
    assert (0, 0, "enterprise") == (
        on_the_day.created_after, on_the_day.entered_after, on_the_day.start,
    )  # fmt: skip
    closed = case(closed=PartialDate("2020-08-01"), closure=Closure.CREATED)
    assert 61 == History(id="c", cases=(closed,)).created_after
    served = case(closed=PartialDate("2020-08-01"), closure=Closure.FINANCED)
    assert History(id="c", cases=(served,)).created_after is None
    assert (None, None, None) == (
        history().entered, history().start, history().created_after,
    )  # fmt: skip


def test_what_it_was_at_intake():
    assert "project" == History(id="c", cases=(case(stages=[("idea", None)]),)).start
    assert History(id="c", cases=(case(),)).start is None
    gone = history(("closed", "2020-01-01"), cases=(case(),))
    assert gone.start is None
    after = history(("idea", "2020-01-01"), ("creation", "2020-06-02"), cases=(case(),))
    assert "project" == after.start
    then = history(("idea", "2020-01-01"), ("creation", "2020-06-01"), cases=(case(),))
    assert "enterprise" == then.start


def test_whether_it_was_ever_more_than_a_project():
    assert history().was_enterprise
    assert not history(("idea", None)).was_enterprise
    assert history(("idea", None), ("creation", None)).was_enterprise
    assert History(id="c", cases=(case(stages=[("growth", None)]),)).was_enterprise


def test_what_follow_ups_say_in_order():
    said = (seen("2022-02-01", formality=Formality.FORMAL), seen("2022-01-01"),
            seen("2021-01-01", formality=Formality.INFORMAL))  # fmt: skip
    assert ((date(2021, 1, 1), Formality.INFORMAL), (date(2022, 2, 1), Formality.FORMAL)) == (
        history(follow_ups=said).statements
    )


def test_histories_of_enterprises_and_of_cases_without_one():
    records = [
        land(), hub("h"), enterprise("e", ("creation", "2020-01-01"), hub="h"),
        case("c", enterprise="e"), case("d"), seen("2021-01-01", Survival.ACTIVE),
        jobs("e", "2021-05-01", 3),
    ]  # fmt: skip
    found = {one.id: one for one in histories(Dataset(records))}
    assert {"e", "d"} == found.keys()
    assert (1, 1, 1, ("h",)) == (
        len(found["e"].cases), len(found["e"].follow_ups), len(found["e"].counts), found["e"].hubs,
    )  # fmt: skip
    assert (None, (), ("h",)) == (found["d"].enterprise, found["d"].counts, found["d"].hubs)


def test_what_stood_on_its_own_at_intake_does_not_come_to_do_so():
    grown = [("growth", "2019-01-01"), ("scale", "2021-01-01")]
    begun = [("start_up", "2019-01-01"), ("growth", "2021-01-01")]
    data = Dataset([
        land(), hub("h"), enterprise("a", *grown, hub="h"), enterprise("b", *begun, hub="h"),
        case("ca", enterprise="a"), case("cb", enterprise="b"),
    ])  # fmt: skip
    assert ["mature", "enterprise"] == [one.start for one in histories(data)]
    found = citess.metrics.graduation_rate(data)
    assert (1.0, 1, 1) == (found.value, found.n, found.not_applicable)


def test_a_closure_that_later_facts_deny_is_no_step():
    parts = {
        "cases": (case(opened="2018-02-01"),),
        "follow_ups": (seen("2020-03-01", Survival.ACTIVE),),
    }
    made = history(("start_up", "2018-01-01"), ("closed", "2019-06-01"), **parts)
    assert [(Stage.START_UP, None)] == [(one.stage, one.to) for one in spells(made)]
    assert {(Stage.START_UP, Stage.START_UP)} == {(one.stage, one.to) for one in years(made)}
    shut = history(("start_up", "2018-01-01"), ("closed", "2020-06-01"), **parts)
    assert [(Stage.START_UP, Stage.CLOSED)] == [(one.stage, one.to) for one in spells(shut)]
    told = history(("start_up", "2018-01-01"), follow_ups=(seen("2019-03-01", Survival.CLOSED),))
    assert [Stage.START_UP, Stage.CLOSED] == [one.to for one in years(told)]


BORN = ("creation", "2019-01-01")


def both(given, *period, measure="heads", **options):
    found = ends(given, asked(period or None, **options), measure)
    if found is None:
        return None
    return tuple("?" if end.day == UNKNOWN else end.day.split(()).get((), 0) for end in found)


def test_jobs_at_both_ends_of_a_period():
    counts = (jobs("e", "2020-01-01", 3), jobs("e", "2020-12-31", 5), jobs("e", "2022-06-01", 8))
    made = history(BORN, counts=counts)
    year = ("2020-01-01", "2021-01-01")
    assert (3, 5) == both(made, *year)
    assert ("?", 3) == both(made, "2019-06-01", "2020-06-01")
    assert (5, 8) == both(made, "2021-01-01", "2022-06-02")
    assert (5, "?") == both(made, "2021-01-01", "2022-06-01")
    assert (5, "?") == both(made, "2021-12-31", "2022-02-01")
    assert ("?", "?") == both(made, "2022-01-01", "2022-02-01")
    leap = history(BORN, counts=(jobs("e", "2020-01-01", 3),))
    assert (3, "?") == both(leap, "2021-01-01", "2021-03-01")
    assert ("?", "?") == both(leap, "2021-01-02", "2021-03-01")
    assert (3, "?") == both(leap, "2021-01-15", "2021-03-01", stale_after=12.5)
    assert (3, "?") == both(leap, "2021-01-01", "2021-03-01", stale_after=99_999)
    assert (5, 8) == both(made, "2021-12-31", "2022-07-01", stale_after=24)
    assert ("?", "?") == both(made, "2021-01-02", "2021-02-01", stale_after=0)
    with pytest.raises(ValueError, match="stale_after is a finite number, 0 or more, not -1"):
        both(made, "2021-01-02", "2021-02-01", stale_after=-1)
    assert (3, 8) == both(made)
    assert both(made, *year, kind="created") == ("?", "?")


def test_both_ends_of_a_change_are_different_days():
    born = history(BORN, counts=(jobs("e", "2020-01-01", 3),))
    project = history(("idea", "2020-06-01"), counts=(jobs("e", "2020-01-01", 3),))
    shut = history(BORN, ("closed", "2020-01-01"), counts=(jobs("e", "2020-01-01", 3),))
    assert [(3, "?"), (3, "?"), (3, 0)] == [both(one) for one in (born, project, shut)]
    first, last = ends(shut, asked(None), "heads")
    assert date(2020, 1, 1) == first.on < last.on
    first, last = ends(born, asked(("2020-03-01", "2020-03-02")), "heads")
    assert (3, UNKNOWN, True) == (first.day.split(())[()], last.day, first.on < last.on)


def test_jobs_counted_on_the_day_of_closure_are_lost():
    shut = enterprise("e", BORN, ("closed", "2020-01-01"), hub="h")
    found = citess.metrics.job_flows(Dataset([land(), hub("h"), shut, jobs("e", "2020-01-01", 3)]))
    assert (-3, 1, 0) == (found.value, found.n, found.missing)


def test_jobs_of_what_closed_or_was_not_yet():
    counts = (jobs("e", "2020-01-01", 3), jobs("e", "2020-12-01", 5))
    shut = history(BORN, ("closed", "2020-12-31"), counts=counts)
    assert (3, 0) == both(shut, "2020-01-01", "2021-01-01")
    assert (3, 5) == both(shut, "2020-01-01", "2020-12-31")
    assert (3, 0) == both(shut)
    assert both(shut, "2021-01-01", "2022-01-01") is None
    young = history(("idea", "2019-06-01"), ("creation", "2020-03-01"), counts=counts[1:])
    assert (0, 5) == both(young)
    assert (0, 5) == both(young, "2020-02-29", "2021-01-01")
    assert ("?", 5) == both(young, "2020-03-01", "2021-01-01")
    idea = history(("idea", "2019-06-01"))
    assert both(idea) is None
    assert ("?", "?") == both(history(BORN))
    once = history(BORN, counts=counts[:1])
    assert (3, "?") == both(once)


def test_counts_of_a_day_put_together():
    women = jobs("e", "2020-01-01", 4, sex=citess.Sex.FEMALE)
    total, work = jobs("e", "2020-01-01", 10), jobs("e", "2020-01-01", fte=Decimal("7.5"))
    assert {("", "", ""): 10, ("female", "", ""): 4} == cells_of([women, total, work], "heads")
    assert {("", "", ""): 7.5} == cells_of([women, work], "fte")
    found = days_counted(history(counts=(total, women)), JobsKind.EXISTING, "heads")
    assert [date(2020, 1, 1)] == [on for on, _ in found]
    assert [] == days_counted(history(counts=(work,)), JobsKind.EXISTING, "heads")
    assert [] == days_counted(history(counts=(total,)), JobsKind.CREATED, "heads")
    assert {} == NONE.split(("sex",)) == UNKNOWN.split(())


DAY = {("", "", ""): 10, ("female", "", ""): 4, ("", "15-24", ""): 3}


@pytest.mark.parametrize(
    ("cells", "wanted", "expected"),
    [
        (DAY, (), {(): 10}),
        (DAY, ("sex",), {("female",): 4, ("",): 6}),
        (DAY, ("age_band",), {("15-24",): 3, ("",): 7}),
        ({("female", "", ""): 4, ("male", "", ""): 6}, ("sex",), {("female",): 4, ("male",): 6}),
        ({("female", "", ""): 4, ("male", "", ""): 6}, (), {(): 10}),
        ({("female", "", ""): 4, ("male", "", ""): 6, ("", "", ""): 10}, ("sex",),
         {("female",): 4, ("male",): 6}),
        ({("female", "15-24", ""): 4, ("", "", ""): 9}, ("sex",), {("female",): 4, ("",): 5}),
        ({("female", "15-24", ""): 4, ("female", "", ""): 6}, ("sex",), {("female",): 6}),
        ({("", "", ""): 9}, ("sex", "age_band"), {("", ""): 9}),
        ({}, ("sex",), {}),
    ],
)  # fmt: skip
def test_one_split_is_read_and_what_it_leaves_is_unknown(cells, wanted, expected):
    assert expected == by_words(cells, wanted)


def test_pairs_of_numbers():
    facts = changes([(0, 4), (0, 4), (2.5, None), (None, None)])
    assert ([(0, 4, 2)], 2) == pairs_of(facts)
    assert {("0", "4"): 2, ("2.5", ""): 1, ("", ""): 1} == dict(facts)
    assert (4, -4, 2.5) == (as_number("4"), as_number("-4"), as_number("2.5"))
    for pair in ((-1, 0), (0, float("inf")), (float("nan"), 0)):
        with pytest.raises(ValueError, match="is a number of zero or more"):
            changes([pair])
    assert "fte" == checked_measure("fte")
    with pytest.raises(ValueError, match="'hours' is no measure of jobs; they are heads, fte"):
        checked_measure("hours")
