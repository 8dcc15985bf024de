"""Two machines: a dataset that is edited, and the life of a case; both keep their word."""

import datetime as dt

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

import citess
from citess import (
    Case,
    Diagnosis,
    FinanceApplication,
    FollowUp,
    Hub,
    PartialDate,
    Partner,
    Plan,
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
        line = citess.FinancingLine(id="l", name=Text(fr="l"))
        offer = citess.ServiceOffer(id="o", hub="h", service="s", stages=(citess.Stage.IDEA,))
        self.data = citess.Dataset.of(place, hub, partner, service, line, offer)
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
    @rule(shift=st.integers(0, 800), score=st.integers(0, 5))
    def diagnose(self, shift, score):
        self.count += 1
        day = self.date(shift)
        need = citess.Need(domain="legal", score=score)
        self.put(Diagnosis(id=f"d{self.count}", case="c", on=day, needs=(need,)), day)

    @precondition(lambda self: self.opened)
    @rule(shift=st.integers(0, 800), due=st.integers(-20, 100))
    def plan(self, shift, due):
        self.count += 1
        day, by = self.date(shift), self.date(shift + due)
        services = (citess.PlannedService(service="s", due=by),)
        given = {"id": f"p{self.count}", "case": "c", "on": day, "services": services}
        if due >= 0:
            self.put(Plan(**given), day)
            return
        with pytest.raises(citess.InvalidValueError, match="too-early"):
            Plan(**given)

    @precondition(lambda self: self.opened)
    @rule(shift=st.integers(0, 800), decided=st.integers(-20, 100))
    def apply_for_money(self, shift, decided):
        self.count += 1
        day, answer = self.date(shift), self.date(shift + decided)
        given = {"id": f"a{self.count}", "case": "c", "line": "l", "submitted": day}
        if decided >= 0:
            self.put(FinanceApplication(**given, decided=answer), day)
            return
        with pytest.raises(citess.InvalidValueError, match="too-early"):
            FinanceApplication(**given, decided=answer)

    @precondition(lambda self: self.opened)
    @rule(shift=st.integers(0, 800), stage=st.sampled_from(citess.Stage))
    def enter(self, shift, stage):
        case = self.data.cases["c"]
        entry = citess.StageEntry(stage=stage, since=self.date(shift))
        last = case.stages[-1].since if case.stages else None
        if entry in case.stages or (last is not None and entry.since.before(last)):
            with pytest.raises(citess.InvalidValueError):
                citess.evolve(case, stages=(*case.stages, entry))
            return
        changed = citess.evolve(case, stages=(*case.stages, entry))
        self.data = self.data.replace(changed)
        (match,) = citess.services_for(self.data, changed, on=str(entry.since))
        assert (stage is citess.Stage.IDEA) == (
            {reason.rule: reason.verdict for reason in match.reasons}["stage"] is citess.Verdict.YES
        )

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
