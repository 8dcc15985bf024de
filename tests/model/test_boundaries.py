"""Answers on the very days at which they change, against all days that coarse dates may mean."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import citess
from citess import (
    Bound,
    Case,
    Dataset,
    Enterprise,
    Hub,
    HubPhase,
    IntegrityError,
    InvalidValueError,
    Label,
    LabelKind,
    LabelStatus,
    PartialDate,
    Period,
    PhaseEntry,
    Referral,
    ReferralOutcome,
    Stage,
    StageEntry,
    Text,
)
from citess.model.fusion import Decision
from citess.model.label import LabelEntry
from citess.model.matching import _compared
from citess.model.recording import in_doubt
from citess.model.rules import decimal_rule

DATES = st.sampled_from(["2021-04", "2021-04-30", "2021-05", "2021-05-01", "2021-05-31"]).map(
    PartialDate
)
AROUND = st.sampled_from((0, 1, 2, 30, 31, 32, 61, 62, 63)).map(
    lambda n: date(2021, 3, 31) + timedelta(days=n)
)


def days_of(partial):
    n = (partial.latest - partial.earliest).days
    return [partial.earliest + timedelta(days=k) for k in range(n + 1)]


def common(answers, unknown=None):
    found = set(answers)
    return found.pop() if len(found) == 1 else unknown


@example(PartialDate("2021-04"), PartialDate("2021-05"), date(2021, 5, 31))
@example(PartialDate("2021-04"), PartialDate("2021-05"), date(2021, 5, 30))
@example(PartialDate("2021-04"), PartialDate("2021-05"), date(2021, 5, 1))
@example(PartialDate("2021-04"), PartialDate("2021-05"), date(2021, 4, 30))
@given(DATES, DATES, AROUND)
def test_a_case_is_open_if_it_is_on_all_days_that_its_dates_may_mean(first, last, day):
    if last.before(first) is not False:
        return
    possible = [(a, b) for a, b in product(days_of(first), days_of(last)) if a <= b]
    expected = common(a <= day < b for a, b in possible)
    found = Case(id="c", hub="h", opened=first, closed=last).is_open(day)
    assert found in {expected, None}
    assert found is expected or first.latest > last.earliest


@example(PartialDate("2021-05"), date(2021, 5, 31))
@example(PartialDate("2021-05"), date(2021, 5, 30))
@example(PartialDate("2021-05"), date(2021, 5, 1))
@given(DATES, AROUND)
def test_a_referral_is_answered_when_all_days_of_the_answer_are_past(answered, day):
    sent = PartialDate("2021-04-01")
    for outcome in (ReferralOutcome.DECLINED, ReferralOutcome.SERVED, ReferralOutcome.DROPPED):
        made = Referral(id="r", case="c", to="p", sent=sent, **{outcome.value: answered})
        expected = common(
            (
                None if day < sent.earliest else outcome if one <= day else ReferralOutcome.SENT
                for one in days_of(answered)
            ),
            ReferralOutcome.UNKNOWN,
        )
        assert expected is made.outcome(day)


@example(PartialDate("2021-05"), date(2021, 5, 31))
@given(DATES, AROUND)
def test_a_stage_is_possible_while_its_day_may_have_come(since, day):
    idea, creation = PartialDate("2021-04-01"), since
    made = Enterprise(
        id="e",
        name=Text(fr="E"),
        stages=(
            StageEntry(stage=Stage.IDEA, since=idea),
            StageEntry(stage=Stage.CREATION, since=creation),
        ),
    )
    expected = {
        Stage.CREATION if one <= day else Stage.IDEA
        for one in days_of(creation)
        if idea.earliest <= day
    }
    assert expected == made.possible_stages(day)


@example(PartialDate("2021-05"), date(2021, 5, 31))
@given(DATES, AROUND)
def test_a_hub_is_in_the_phase_that_all_days_allow(since, day):
    first, second = HubPhase.TRIGGERING, HubPhase.CONSULTATION
    start = PartialDate("2021-04-01")
    made = Hub(
        id="h",
        name=Text(fr="H"),
        territories=("t",),
        phases=(PhaseEntry(phase=first, since=start), PhaseEntry(phase=second, since=since)),
    )
    expected = common(
        second if one <= day else first if start.earliest <= day else None for one in days_of(since)
    )
    assert expected is made.phase(day)


def test_a_label_reported_later_tells_of_no_earlier_day():
    entries = (
        LabelEntry(status=LabelStatus.DEFINED, since=PartialDate("2021-05")),
        LabelEntry(status=LabelStatus.AWARDABLE, since=PartialDate("2021-07-01")),
    )
    label = Label(id="l", name=Text(fr="L"), kind=LabelKind.LEGAL, history=entries)
    days = ("2021-05-30", "2021-05-31", "2021-06-30", "2021-07-01")
    assert [None, None, None, True] == [label.is_awardable(day) for day in days]


def test_a_record_is_in_doubt_until_the_last_day_that_its_date_may_mean():
    record = citess.Territory(
        id="t",
        name=Text(fr="T"),
        level=citess.TerritoryLevel.COUNTRY,
        recorded=PartialDate("2021-05"),
    )
    days = [date(2021, 4, 30), date(2021, 5, 1), date(2021, 5, 30), date(2021, 5, 31)]
    assert [False, True, True, False] == [bool(in_doubt([record], day)) for day in days]


def test_a_negative_zero_is_no_number_and_nothing_is_suggested():
    assert [None, "0.5"] == [decimal_rule(Decimal(x)).suggestion for x in ("-0.0", "0.50")]
    assert "-0" == decimal_rule(Decimal("-0")).given.strip("'")
    assert decimal_rule(Decimal(0)) is None


def test_values_of_other_types_are_not_equal():
    shelf = Dataset().hubs
    for value in (PartialDate("2021"), Bound.of("2021"), Period.of("2021"), Text(fr="a"), shelf):
        for other in (5, "2021", None, object(), {}):
            assert (value == other) is False
            assert (value != other) is True
    assert PartialDate("2021") != Bound.of("2021")


def test_a_record_is_known_from_the_last_day_on_which_it_may_have_been_written_down():
    record = citess.Territory(
        id="t",
        name=Text(fr="T"),
        level=citess.TerritoryLevel.COUNTRY,
        recorded=PartialDate("2021-05"),
    )
    data = Dataset([record])
    for day, surely in (("2021-05-30", 0), ("2021-05-31", 1), ("2021-06-01", 1)):
        assert surely == len(data.known_on(day, unknown="exclude").territories)
        assert 1 == len(data.known_on(day).territories)


def test_an_acronym_has_up_to_six_letters():
    assert 0 == _compared("utapps", "utaprs", "name", place=False)[0]
    assert 0 < _compared("utappsx", "utaprsx", "name", place=False)[0]


def test_only_the_form_that_may_not_trade_is_told_of_trade():
    def made(id_, form, *activities):
        return Enterprise(id=id_, name=Text(fr=id_), legal_form=form, activities=activities)

    trade = citess.model.consistency.TRADE
    fit = [made("a", "TN-GDA"), made("b", "TN-SMSA", trade)]
    assert 2 == len(Dataset(fit).enterprises)
    with pytest.raises(IntegrityError) as refused:
        Dataset([*fit, made("c", "TN-GDA", "A", trade)])
    assert ["enterprises[c].activities[1]"] == [issue.path for issue in refused.value.report]


def test_what_is_decided_is_shown_and_the_datasets_are_not():
    assert "Decision(name: 'a' | 'b', joined=True)" == repr(
        Decision(field="name", kept="a", other="b", joined=True)
    )
    first, second = "partner:a", "partner:b"
    data = Dataset(citess.Partner(id=ref[-1], name=Text(fr="Espace")) for ref in (first, second))
    shown = repr(citess.fuse(data, first, second))
    assert "Dataset(" not in shown
    assert first in shown


@pytest.mark.parametrize("name", ["participants", "women"])
def test_none_may_have_come_but_not_fewer(name):
    def session(number):
        return citess.SupportSession(
            id="s", cases=("c",), service="x", on=PartialDate("2021"), **{name: number}
        )

    assert 0 == getattr(session(0), name)
    with pytest.raises(InvalidValueError, match="negative"):
        session(-1)
