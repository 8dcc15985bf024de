"""Two machines: a dataset that is edited, and the life of a case; both keep their word."""

import datetime as dt

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

import citess
from citess import (
    Case,
    FollowUp,
    Hub,
    PartialDate,
    Partner,
    Referral,
    Service,
    SupportSession,
    Territory,
    TerritoryLevel,
    Text,
)
from citess.testing import whole_datasets

CALM = settings(max_examples=15, stateful_step_count=12, deadline=None)


class Editing(RuleBasedStateMachine):
    """Every edit keeps integrity, or raises and changes nothing."""

    @initialize(data=whole_datasets())
    def begin(self, data):
        self.data = data
        self.refs = {self.name(record): record for record in data.records()}

    @staticmethod
    def name(record):
        return citess.model.shelves.reference(record)

    def attempt(self, edit, refs):
        before, content = self.data, citess.dumps(self.data)
        try:
            self.data = edit()
        except citess.CitessError:
            assert self.data is before
            assert content == citess.dumps(before)
        else:
            self.refs = refs

    @precondition(lambda self: len(self.data.territories))
    @rule(number=st.integers(0, 3), hub=st.booleans())
    def add(self, number, hub):
        place = next(iter(self.data.territories))
        id_ = f"new-{number}"
        record = (
            Hub(id=id_, name=Text(fr=id_), territories=(place,))
            if hub
            else Partner(id=id_, name=Text(fr=id_), territories=(place,))
        )
        self.attempt(lambda: self.data.add(record), {**self.refs, self.name(record): record})

    @precondition(lambda self: self.refs)
    @rule(data=st.data())
    def remove(self, data):
        ref = data.draw(st.sampled_from(sorted(self.refs)))
        rest = {name: record for name, record in self.refs.items() if name != ref}
        self.attempt(lambda: self.data.without(ref), rest)

    @precondition(lambda self: self.refs)
    @rule(data=st.data(), evidence=st.sampled_from(citess.Evidence))
    def replace(self, data, evidence):
        ref = data.draw(st.sampled_from(sorted(self.refs)))
        record = citess.evolve(self.refs[ref], evidence=evidence)
        self.attempt(lambda: self.data.replace(record), {**self.refs, ref: record})

    @rule(other=whole_datasets(hubs=1))
    def merge(self, other):
        both = {**self.refs, **{self.name(r): r for r in other.records()}}
        self.attempt(lambda: self.data | other, both)

    @invariant()
    def it_fits_together_and_holds_what_was_done(self):
        assert self.data.check().ok
        assert {self.name(r): r for r in self.data.records()} == self.refs


class CaseLife(RuleBasedStateMachine):
    """A case from intake to follow-up: what hangs on it never comes before it."""

    def __init__(self):
        super().__init__()
        place = Territory(id="t", name=Text(fr="t"), level=TerritoryLevel.OTHER)
        hub = Hub(id="h", name=Text(fr="h"), territories=("t",))
        partner = Partner(id="p", name=Text(fr="p"))
        service = Service(id="s", name=Text(fr="s"), kind="legal")
        self.data = citess.Dataset.of(place, hub, partner, service)
        self.opened = None
        self.day = dt.date(2021, 1, 1)
        self.count = 0

    def date(self, shift):
        return PartialDate(str(self.day + dt.timedelta(days=shift)))

    def put(self, record, day):
        allowed = not day.before(self.opened)
        if allowed:
            self.data = self.data.add(record)
            return
        with pytest.raises(citess.IntegrityError) as refused:
            self.data.add(record)
        assert {"too-early"} == {issue.code for issue in refused.value.report}

    @precondition(lambda self: self.opened is None)
    @rule(shift=st.integers(0, 400))
    def open(self, shift):
        self.opened = self.date(shift)
        self.data = self.data.add(Case(id="c", hub="h", opened=self.opened))

    @precondition(lambda self: self.opened)
    @rule(shift=st.integers(0, 800), minutes=st.integers(1, 300))
    def meet(self, shift, minutes):
        self.count += 1
        day = self.date(shift)
        self.put(
            SupportSession(id=f"m{self.count}", cases=("c",), service="s", on=day, minutes=minutes),
            day,
        )

    @precondition(lambda self: self.opened)
    @rule(shift=st.integers(0, 800), answer=st.integers(-30, 60))
    def refer(self, shift, answer):
        self.count += 1
        sent, served = self.date(shift), self.date(shift + answer)
        given = {"id": f"r{self.count}", "case": "c", "to": "p", "sent": sent, "served": served}
        if answer >= 0:
            self.put(Referral(**given), sent)
            return
        with pytest.raises(citess.InvalidValueError, match="too-early"):
            Referral(**given)

    @precondition(lambda self: self.opened)
    @rule(shift=st.integers(0, 1500))
    def follow_up(self, shift):
        self.count += 1
        day = self.date(shift)
        self.put(FollowUp(id=f"u{self.count}", case="c", on=day), day)

    @precondition(lambda self: self.opened)
    @rule(shift=st.integers(-100, 900))
    def close(self, shift):
        case = self.data.cases["c"]
        day = self.date(shift)
        try:
            self.data = self.data.replace(citess.evolve(case, closed=day))
        except citess.InvalidValueError:
            assert day.before(self.opened)
            assert case is self.data.cases["c"]

    @invariant()
    def its_story_is_in_order_and_survives_saving(self):
        if self.opened is not None:
            moments = citess.timeline(self.data, "case:c")
            own = [m for m in moments if m.ref.partition(":")[0] != "case"]
            assert all(not m.date.before(self.opened) for m in own)
        assert self.data == citess.loads(citess.dumps(self.data))


TestEditing = Editing.TestCase
TestEditing.settings = CALM
TestCaseLife = CaseLife.TestCase
TestCaseLife.settings = settings(CALM, max_examples=40)
