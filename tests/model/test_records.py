"""Records: checked on the way in, values ever after."""

import copy
import pickle
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import citess
from citess import (
    Enterprise,
    Evidence,
    FinancingLine,
    Hub,
    HubPhase,
    ImplementingText,
    InvalidValueError,
    LegalFramework,
    LegalStatus,
    Member,
    Money,
    PartialDate,
    Partnership,
    PartnershipKind,
    PhaseEntry,
    Programme,
    Stage,
    StageEntry,
    StatusEntry,
    Text,
    TextStatus,
)
from citess.model import AgreementForm
from citess.model.fields import field_types
from citess.model.shelves import shelf_types
from citess.testing import records

NAME = Text(fr="Nom")


def hub(**fields):
    return Hub(**{"id": "h", "name": NAME, "territories": ("t",), **fields})


def enterprise(*stages):
    entries = tuple(
        StageEntry(stage=stage, since=None if since is None else PartialDate(since))
        for stage, since in stages
    )
    return Enterprise(id="e", name=NAME, stages=entries)


@pytest.mark.parametrize("shelf", shelf_types(), ids=lambda shelf: shelf.kind)
def test_records_of_every_class_copy_pickle_hash_and_do_not_change(shelf):
    @settings(max_examples=10, deadline=None)
    @given(records(shelf.record))
    def check(record):
        assert record == copy.deepcopy(record) == pickle.loads(pickle.dumps(record))
        assert hash(record) == hash(copy.copy(record))
        with pytest.raises(AttributeError):
            record.id = "other"

    check()


@pytest.mark.parametrize("shelf", shelf_types(), ids=lambda shelf: shelf.kind)
def test_no_class_has_a_field_for_a_person(shelf):
    forbidden = {"first_name", "last_name", "birth_date", "birthdate", "person_name", "director"}
    assert set() == forbidden & set(field_types(shelf.record))


@pytest.mark.parametrize(
    ("fields", "error", "match"),
    [
        ({"id": "Bad Id"}, InvalidValueError, "did you mean 'bad-id'"),
        ({"id": 5}, TypeError, "id must be of type str, not 5"),
        ({"name": "Nom"}, TypeError, "name must be of type Text"),
        ({"territories": ["t"]}, TypeError, "territories must be a tuple"),
        ({"territories": ("t", "t")}, InvalidValueError, "repeated-value"),
        ({"territories": ()}, InvalidValueError, "missing-field"),
        ({"mode": "virtual"}, TypeError, "mode must be of type HubMode"),
        ({"charter": 1}, TypeError, "charter must be of type bool"),
        ({"website": "mahdia"}, InvalidValueError, "bad-url"),
        ({"aliases": ("",)}, InvalidValueError, "empty-text"),
        ({"nick": "x"}, TypeError, "nick"),
        ({"id": "a" * 121}, InvalidValueError, "bad-id"),
    ],
)
def test_what_a_field_cannot_be_is_refused(fields, error, match):
    with pytest.raises(error, match=match):
        hub(**fields)


def test_the_value_given_twice_is_named():
    with pytest.raises(InvalidValueError) as refused:
        hub(territories=("a", "b", "c", "b"))
    assert ("territories", "'b'") == (refused.value.issue.path, refused.value.issue.given)


def test_a_truth_is_no_number():
    with pytest.raises(TypeError, match="capacity must be of type int"):
        citess.Space(id="s", name=NAME, capacity=True)


def test_unknown_fields_are_kept_apart():
    record = hub(extra={"motto": "x"})
    assert {"motto": "x"} == dict(record.extra)
    assert {} == dict(hub().extra)
    assert hub() != record
    assert "motto" not in repr(record)


def test_a_copy_with_changes_is_checked():
    assert "other" == citess.evolve(hub(), id="other").id
    with pytest.raises(TypeError, match="name must be"):
        citess.evolve(hub(), name=5)


def test_phases_stand_in_order_of_time_and_answer_on_a_day():
    phases = (
        PhaseEntry(phase=HubPhase.TRIGGERING, since=PartialDate("2014-01-01")),
        PhaseEntry(phase=HubPhase.ACTIVATION, since=PartialDate("2017-03-01")),
    )
    record = hub(phases=phases)
    assert (None, HubPhase.TRIGGERING, HubPhase.ACTIVATION) == tuple(
        record.phase(day) for day in ("2013-12-31", "2014-01-01", "2018-01-01")
    )
    assert HubPhase.ACTIVATION is record.phase("2017-03-01")
    with pytest.raises(InvalidValueError, match=r"phases\[1\]\.since.*not-in-order"):
        hub(phases=phases[::-1])


def test_a_phase_of_unknown_date_is_not_told():
    assert hub(phases=(PhaseEntry(phase=HubPhase.TRIGGERING),)).phase("2020-01-01") is None
    vague = PhaseEntry(phase=HubPhase.TRIGGERING, since=PartialDate("2017"))
    assert hub(phases=(vague,)).phase("2017-06-01") is None


@pytest.mark.parametrize(
    ("stages", "day", "answer"),
    [
        ((), "2020-01-01", None),
        ([(Stage.IDEA, "2021-01-01")], "2020-01-01", False),
        ([(Stage.IDEA, "2021-01-01")], "2022-01-01", False),
        ([(Stage.START_UP, "2021-01-01")], "2021-01-01", True),
        ([(Stage.CREATION, "2021-01-01")], "2022-01-01", None),
        ([(Stage.START_UP, "2021")], "2021-06-01", None),
        ([(Stage.START_UP, None)], "2021-06-01", None),
        ([(Stage.IDEA, None)], "2021-06-01", False),
        ([(Stage.START_UP, "2021-01-01"), (Stage.CLOSED, "2023-01-01")], "2024-01-01", False),
        ([(Stage.START_UP, "2021-01-01"), (Stage.DORMANT, "2023-01-01")], "2024-01-01", True),
        ([(Stage.START_UP, "2021-01-01"), (Stage.CLOSED, "2023")], "2023-06-01", None),
    ],
)
def test_an_idea_is_not_an_enterprise(stages, day, answer):
    assert answer is enterprise(*stages).is_enterprise(day)


def test_stages_may_go_back_but_not_in_time():
    enterprise((Stage.START_UP, "2021"), (Stage.IDEA, "2022"))
    with pytest.raises(InvalidValueError, match="not-in-order"):
        enterprise((Stage.IDEA, "2022"), (Stage.START_UP, "2021"))


def test_an_agreement_ties_two_parties_or_more():
    with pytest.raises(InvalidValueError, match="too-few-members"):
        Partnership(id="p", kind=PartnershipKind.NETWORK, members=(Member(party="a"),))


def test_an_agreement_of_unknown_form_is_neither_signed_nor_unsigned():
    members = (Member(party="a"), Member(party="b"))

    def signed(form):
        kind = PartnershipKind.NETWORK
        return Partnership(id="p", kind=kind, members=members, form=form).is_signed

    assert (None, False, True) == (
        signed(None),
        signed(AgreementForm.INFORMAL),
        signed(AgreementForm.MOU),
    )


def test_a_member_has_a_role_once():
    member = Member(party="a")
    other = Member(party="a", role=citess.Role.LEAD)
    assert 2 == len(Programme(id="p", name=NAME, members=(member, other)).members)
    with pytest.raises(InvalidValueError, match="repeated-value"):
        Programme(id="p", name=NAME, members=(member, member))


@pytest.mark.parametrize(
    ("fields", "match"),
    [
        ({"amount_min": Money.of(5, "TND"), "amount_max": Money.of(9, "EUR")}, "mixed-currencies"),
        ({"envelope": Money.of(5, "TND"), "amount_max": Money.of(9, "EUR")}, "mixed-currencies"),
        ({"amount_min": Money.of(9, "TND"), "amount_max": Money.of(5, "TND")}, "out-of-range"),
        ({"rate": Decimal("-0.1")}, "out-of-range"),
        ({"tenor_months": 6, "grace_months": 7}, "out-of-range"),
    ],
)
def test_a_financing_line_fits_together(fields, match):
    with pytest.raises(InvalidValueError, match=match):
        FinancingLine(id="f", name=NAME, **fields)


def test_the_bounds_of_a_financing_line_may_meet():
    five = Money.of(5, "TND")
    line = FinancingLine(
        id="f",
        name=NAME,
        amount_min=five,
        amount_max=five,
        rate=Decimal(0),
        tenor_months=6,
        grace_months=6,
    )
    assert line.amount_min == line.amount_max


def test_a_law_is_not_in_force_before_it_is_adopted():
    with pytest.raises(InvalidValueError, match="end-before-start"):
        LegalFramework(
            id="l",
            country="tn",
            status=LegalStatus.DRAFT,
            adopted=PartialDate("2020"),
            in_force=PartialDate("2019"),
        )


def test_the_status_of_a_decree_is_that_of_the_latest_report():
    history = (
        StatusEntry(status=TextStatus.EXPECTED, since=PartialDate("2020-11")),
        StatusEntry(status=TextStatus.DRAFTED, since=PartialDate("2021-05")),
    )
    text = ImplementingText(
        id="d", framework="l", subject=NAME, history=history, issued=PartialDate("2023-01-01")
    )
    days = ("2020-11-15", "2020-12-01", "2022-01-01", "2023-01-01")
    assert [None, TextStatus.EXPECTED, TextStatus.DRAFTED, TextStatus.ISSUED] == [
        text.status(day) for day in days
    ]


def test_a_subject_names_its_kind():
    with pytest.raises(InvalidValueError, match="bad-reference"):
        citess.Observation(
            id="o",
            subject="citess-mahdia",
            indicator="jobs",
            value=None,
            unit="jobs",
            status=citess.ObservationStatus.TARGET,
        )


def test_evidence_is_unverified_unless_said():
    assert Evidence.UNVERIFIED is hub().evidence


@given(st.data())
def test_strategies_give_valid_hubs_by_type(data):
    assert isinstance(data.draw(st.from_type(Hub)), Hub)
