"""Ways of cases through a hub, on the days at which the answer turns."""

import pytest

from citess import Case, Closure, PartialDate, Sex, Survival
from citess.metrics import series
from citess.metrics._asked import Asked, as_period
from citess.metrics._words import word
from citess.metrics.tables.journeys import (
    _arm,
    _complete,
    _ended,
    _follows,
    _survived,
)


def day(text):
    return PartialDate(text)


@pytest.mark.parametrize(
    ("before", "after", "limit", "surely", "maybe"),
    [
        ("2022-01-05", "2022-01-05", None, True, True),
        ("2022-01-05", "2022-01-06", None, True, True),
        ("2022-01-05", "2022-01-04", None, False, False),
        ("2022-01-05", "2022-01", None, False, True),
        ("2022-01", "2022-01-31", None, True, True),
        ("2022-01", "2022-01-30", None, False, True),
        ("2022-01-05", "2022-01-15", 10, True, True),
        ("2022-01-05", "2022-01-16", 10, False, False),
        ("2022-01-05", "2022-01-05", 0, True, True),
        ("2021-12-31", "2022-01", 31, True, True),
        ("2021-12-31", "2022-01", 30, False, True),
        ("2021-12-31", "2022-02", 31, False, False),
        ("2021-12-31", "2022-02", 32, False, True),
    ],
)
def test_a_step_that_follows_another_in_time(before, after, limit, surely, maybe):
    assert surely is _follows(day(before), day(after), limit, surely=True)
    assert maybe is _follows(day(before), day(after), limit, surely=False)


def given(*steps):
    return [(day(on), (name, name.upper())) for on, name in steps]


@pytest.mark.parametrize(
    ("steps", "services", "limit", "complete"),
    [
        ("a", (("2022-01-01", "a"),), None, True),
        ("A", (("2022-01-01", "a"),), None, True),
        ("a", (), None, False),
        ("b", (("2022-01-01", "a"),), None, False),
        ("ab", (("2022-01-02", "a"), ("2022-01-03", "b")), None, True),
        ("ba", (("2022-01-02", "a"), ("2022-01-03", "b")), None, False),
        ("aa", (("2022-01-02", "a"),), None, False),
        ("aa", (("2022-01-02", "a"), ("2022-01-02", "a")), None, True),
        ("aba", (("2022-01-02", "a"), ("2022-01-02", "b")), None, False),
        ("abA", (("2022-01-02", "a"), ("2022-01-02", "b")), None, False),
        ("aba", (("2022-01-02", "a"), ("2022-01-02", "b"), ("2022-01-02", "a")), None, True),
        ("aba", (("2022-01-02", "a"), ("2022-01-02", "b"), ("2022-01-05", "a")), None, True),
        ("aba", (("2022-01", "a"), ("2022-01", "b")), None, False),
        ("aba", (("2022-01", "a"), ("2022-01", "b"), ("2022-01", "a")), None, None),
        ("ab", (("2022-01", "a"), ("2022-01", "b")), None, None),
        ("a", (("2021-12-31", "a"),), None, False),
        ("a", (("2022-01-31", "a"),), 30, True),
        ("a", (("2022-02-01", "a"),), 30, False),
        ("ab", (("2022-01-02", "a"), ("2022-01-09", "a"), ("2022-01-12", "b")), 3, False),
        ("ab", (("2022-01-02", "a"), ("2022-01-04", "a"), ("2022-01-07", "b")), 3, True),
    ],
)
def test_a_path_walked_in_order_and_in_time(steps, services, limit, complete):
    assert complete is _complete(day("2022-01-01"), list(steps), given(*services), limit)


@pytest.mark.parametrize(
    ("used", "arm"),
    [((1, 1), "both"), ((1, 0), "first"), ((0, 1), "second"), ((0, 0), "neither")],
)
def test_which_of_two_services_was_used(used, arm):
    assert arm == _arm(*map(bool, used))


def test_whether_an_outcome_was_reached():
    def case(closure):
        return Case(
            id="c", hub="h", opened=day("2022-01-01"), closed=day("2022-02-01"), closure=closure
        )

    wanted = frozenset({"created"})
    assert ("yes", "no", None) == (
        _ended(case(Closure.CREATED), wanted),
        _ended(case(Closure.COMPLETED), wanted),
        _ended(case(Closure.LOST_CONTACT), wanted),
    )
    assert _ended(Case(id="c", hub="h", opened=day("2022-01-01")), wanted) is None
    alive = frozenset({"active"})
    assert ("yes", "no", None, None) == (
        _survived(Survival.ACTIVE, alive),
        _survived(Survival.CLOSED, alive),
        _survived(Survival.LOST, alive),
        _survived(None, alive),
    )


@pytest.mark.parametrize(
    ("span", "step", "names"),
    [
        ("2021", "yearly", ["2021"]),
        ("2021-12-31/2022-01-02", "yearly", ["2021", "2022"]),
        ("2021-12-31/2022-01-01", "yearly", ["2021"]),
        ("2021-03-31/2021-04-02", "quarterly", ["2021-Q1", "2021-Q2"]),
        ("2021-03-31/2021-04-01", "quarterly", ["2021-Q1"]),
        ("2021-10/2022-02", "quarterly", ["2021-Q4", "2022-Q1"]),
        ("2021-12/2022-02", "monthly", ["2021-12", "2022-01"]),
        ("2021-01-31/2021-02-02", "monthly", ["2021-01", "2021-02"]),
        ("0999", "yearly", ["0999"]),
    ],
)
def test_calendar_periods_of_a_span(span, step, names):
    found = series(span, step)
    assert names == [name for name, _ in found]
    months = {"yearly": 12, "quarterly": 3, "monthly": 1}[step]
    for _, period in found:
        start, end = period.start.date.earliest, period.end.date.earliest
        assert (1, 1) == (start.day, end.day)
        assert 0 == (start.month - 1) % months
        assert months == (end.year - start.year) * 12 + end.month - start.month


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2023", "2023-01-01/2024-01-01"),
        ("2023-12", "2023-12-01/2024-01-01"),
        ("2024-02", "2024-02-01/2024-03-01"),
        ("2023-05-02", "2023-05-02/2023-05-03"),
        ("2021/2023", "2021-01-01/2023-01-01"),
        ("2021-02/2021-03-05", "2021-02-01/2021-03-05"),
    ],
)
def test_a_period_that_is_written(text, period):
    assert period == str(as_period(text))


def test_conditions_are_words():
    asked = Asked.of(where={"sex": (None, Sex.FEMALE), "hub": "a", "stage": None}, options={})
    assert {"sex": {"", "female"}, "hub": {"a"}, "stage": {""}} == asked.where
    assert ["3", "2.5", "", "no", "0.1"] == [*map(word, (3.0, 2.5, None, False, 0.1))]
