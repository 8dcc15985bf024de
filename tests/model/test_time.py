"""What held on a day, what was known on a day, and that no past answer is ever lost."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

import citess
from citess import (
    Body,
    BodyKind,
    Dataset,
    Hub,
    Mandate,
    Member,
    PartialDate,
    Partner,
    Partnership,
    PartnershipKind,
    Period,
    Service,
    ServiceOffer,
    Territory,
    TerritoryLevel,
    Text,
    evolve,
)
from citess.io._fast import prove
from citess.model.time import months_later

REAL = citess.datasets.tunisia()
PLACE = Territory(id="t", name=Text(fr="t"), level=TerritoryLevel.OTHER)
HUB = Hub(id="h", name=Text(fr="h"), territories=("t",))
PARTNER = Partner(id="p", name=Text(fr="p"))
SERVICE = Service(id="s", name=Text(fr="s"), kind="legal")
BOARD = Body(id="b", of="hub:h", kind=BodyKind.BOARD)

dates = st.dates(dt.date(2019, 6, 1), dt.date(2021, 6, 30))
partial = st.tuples(dates, st.sampled_from((4, 7, 10))).map(lambda t: t[0].isoformat()[: t[1]])
starts = st.one_of(partial, st.just("unknown"))
ends = st.one_of(partial, st.sampled_from(("open", "unknown")))


@st.composite
def periods(draw):
    start, end = draw(starts), draw(ends)
    try:
        return Period.of(start, end)
    except citess.InvalidValueError:
        return (
            Period.of(end, start)
            if "open" not in {start, end} and start != end
            else Period.of(start)
        )


def possible_days(bound):
    """Every day on which the bound may lie, as far as it is known; infinities for the rest."""
    if bound.is_open:
        return [dt.date.max]
    if bound.is_unknown:
        return [dt.date.min, dt.date.max]
    return [bound.date.earliest, bound.date.latest]


def truth(period, day):
    """Three-valued truth by trying the extreme days of both bounds."""
    answers = {
        start <= day < end or (end == dt.date.max and start <= day)
        for start in possible_days(period.start)
        for end in possible_days(period.end)
    }
    return answers.pop() if len(answers) == 1 else None


def world(period):
    tie = Partnership(
        id="tie",
        kind=PartnershipKind.COOPERATION,
        members=(Member(party="h"), Member(party="p")),
        period=period,
    )
    offer = ServiceOffer(id="offer", hub="h", service="s", period=period)
    mandate = Mandate(id="mandate", body="b", period=period)
    return Dataset.of(PLACE, HUB, PARTNER, SERVICE, BOARD, tie, offer, mandate)


@settings(max_examples=200, deadline=None)
@given(periods(), dates)
def test_a_tie_an_offer_and_a_mandate_hold_on_the_days_their_period_covers(period, day):
    data, expected = world(period), truth(period, day)
    refs = {"partnership:tie", "service_offer:offer", "mandate:mandate"}
    sliced = data.at(day, unknown="report")
    for unknown in ("include", "exclude"):
        held = data.at(day, unknown=unknown)
        there = {citess.model.shelves.reference(r) for r in held.records()} & refs
        keep = expected is True or (expected is None and unknown == "include")
        assert (refs if keep else set()) == there
        assert held.check().ok
    assert (refs if expected is None else set()) == set(sliced.unknown)
    assert sliced.data == data.at(day)
    graphs = {
        how: citess.network.partnership_graph(data, on=day, unknown=how)
        for how in ("include", "exclude", "report")
    }
    edges = [graph.number_of_edges() for graph in graphs.values()]
    assert [expected is not False, expected is True, expected is not False] == [
        n > 0 for n in edges
    ]
    assert (("tie",) if expected is None else ()) == graphs["report"].graph["unknown"]


@settings(max_examples=100, deadline=None)
@given(periods(), dates, st.integers(1, 400))
def test_during_holds_when_some_day_is_shared(period, day, length):
    span = Period.of(day, day + dt.timedelta(days=length))
    data = world(period)
    shared = {truth(period, day + dt.timedelta(days=n)) for n in range(length)}
    kept = "tie" in data.during(span).partnerships
    surely = "tie" in data.during(span, unknown="exclude").partnerships
    assert kept >= bool(shared & {True, None})
    assert (True in shared) <= kept
    assert surely <= bool(shared & {True, None})
    assert isinstance(data.during(span, unknown="report").unknown, tuple)


def test_open_ends_and_unknown_ends_are_told_apart():
    going, lost = Period.of("2019", "open"), Period.of("2019", "unknown")
    assert (True, None) == (going.holds("2030-01-01"), lost.holds("2030-01-01"))


DAYS = ("2021-01-01", "2022-01-01", "2023-01-01")


def test_corrections_never_erase():
    first = Dataset.of(PLACE).record(HUB, on=DAYS[0])
    second = first.correct(evolve(HUB, charter=True), on=DAYS[1])
    third = second.retract("hub:h", on=DAYS[2])
    assert [None, True] == [second.known_on(day).hubs["h"].charter for day in DAYS[:2]]
    assert first == third.known_on("2021-06-01")
    assert second == third.known_on("2022-06-01")
    assert third == third.known_on(DAYS[2])
    assert 0 == len(third.known_on("2020-12-31").hubs)
    assert third == citess.loads(citess.dumps(third))
    assert "proven" == prove(citess.dumps(third))[0]
    assert third != second.without("hub:h")


def test_what_was_perhaps_known_is_asked_for():
    data = Dataset.of(PLACE, evolve(HUB, recorded=PartialDate("2021")))
    assert (1, 0) == tuple(
        len(data.known_on("2021-06-01", unknown=u).hubs) for u in ("include", "exclude")
    )
    told = data.known_on("2021-06-01", unknown="report")
    assert (data, ("hub:h",)) == (told.data, told.unknown)
    for day in ("2020-12-31", "2021-12-31"):
        assert () == data.known_on(day, unknown="report").unknown
    old = evolve(HUB, charter=False, superseded=PartialDate("2021"))
    data = Dataset([PLACE, evolve(HUB, recorded=PartialDate("2021"))], past=[old, old])
    assert 1 == len(data.past)
    assert [None, False] == [
        data.known_on("2021-06-01", unknown=u).hubs["h"].charter for u in ("include", "exclude")
    ]
    assert 1 == len(Dataset([PLACE], past=[evolve(old, superseded=None)]).known_on(DAYS[0]).hubs)
    unknown_then = evolve(old, recorded=PartialDate("2022"))
    assert 0 == len(Dataset([PLACE], past=[unknown_then]).known_on(DAYS[0]).hubs)


def test_records_are_written_down_in_order_of_time():
    data = Dataset.of(PLACE).record(HUB, on=DAYS[1])
    for edit in (
        lambda: data.record(PARTNER, on=DAYS[0]),
        lambda: data.correct(HUB, on=DAYS[0]),
        lambda: data.retract(HUB, on=DAYS[0]),
    ):
        with pytest.raises(ValueError, match="already"):
            edit()
    assert data == data.known_on(DAYS[1])


def test_bad_past_versions_are_reported_with_their_place():
    data = Dataset.of(PLACE).record(HUB, on=DAYS[0]).correct(HUB, on=DAYS[1])
    content = citess.dumps(data)
    for old, new in (
        (b'"past_hubs":[', b'"past_hubs":[7,'),
        (b'"past_hubs":[\n{', b'"past_hubs":[\n{"charter":7,'),
    ):
        with pytest.raises(citess.ReadError, match="past_hubs"):
            citess.loads(content.replace(old, new))
    repeated = content.replace(b'"territories":["t"]', b'"territories":["t","t"]')
    assert prove(repeated)[0] == "fault"
    spoiled = content[: content.index(b"past_hubs")] + content[
        content.index(b"past_hubs") :
    ].replace(b'["t"]', b'["T T"]')
    assert prove(spoiled)[0] == "fault"


def test_values_of_the_law_by_day():
    texts = [
        [
            (v.value, v.certain)
            for v in citess.model.value_at(REAL, "TN-SC-L", "min_members", on=day)
        ]
        for day in ("2021-01-01", "2022-06-01", "2025-10-03")
    ]
    assert [[], [(50, True)], [(10, True)]] == texts
    (law,) = citess.model.value_at(REAL, "tn-2020-30", "status", on="2021-01-01")
    assert citess.LegalStatus.FRAMEWORK_NOT_APPLIED is law.value
    assert "legal_framework:tn-2020-30" == law.ref
    thresholds = citess.model.value_at(REAL, "gr-sse-4430", "threshold", on="2021-01-01")
    assert 4 == len(thresholds)
    strategy = next(law for law in REAL.legal_frameworks.values() if law.adopted is None)
    assert 1 == len(citess.model.value_at(REAL, strategy.id, "status", on="1900-01-01"))
    (coarse,) = citess.model.value_at(REAL, "TN-SARL", "may_trade", on="2000-06-01")
    assert not coarse.certain
    (sure,) = citess.value_at(REAL, "TN-SARL", "may_trade", on="2000-06-01", unknown="include")
    assert (True, coarse.value) == (sure.certain, sure.value)
    without = citess.value_at(REAL, "TN-SARL", "may_trade", on="2000-06-01", unknown="exclude")
    assert () == without
    replaced = REAL.replace(
        evolve(REAL.legal_frameworks["tn-2020-30"], replaced=PartialDate("2027"))
    )
    assert () == citess.model.value_at(replaced, "tn-2020-30", "status", on="2030-01-01")


class Histories(RuleBasedStateMachine):
    """Recording, correcting, retracting and merging keep every past answer reproducible."""

    def __init__(self):
        super().__init__()
        self.data = Dataset.of(PLACE)
        self.day = dt.date(2021, 1, 1)
        self.answers = {self.day: self.data}
        self.number = 0

    def next_day(self):
        self.day += dt.timedelta(days=1)
        return self.day

    def keep(self, data):
        self.data = data
        self.answers[self.day] = data

    @rule()
    def record(self):
        self.number += 1
        self.keep(self.data.record(evolve(HUB, id=f"h{self.number}"), on=self.next_day()))

    @rule(data=st.data(), charter=st.none() | st.booleans())
    def correct(self, data, charter):
        if self.data.hubs:
            hub = self.data.hubs[data.draw(st.sampled_from(sorted(self.data.hubs)))]
            self.keep(self.data.correct(evolve(hub, charter=charter), on=self.next_day()))

    @rule(data=st.data())
    def retract(self, data):
        if self.data.hubs:
            id_ = data.draw(st.sampled_from(sorted(self.data.hubs)))
            self.keep(self.data.retract(f"hub:{id_}", on=self.next_day()))

    @rule(mode=st.sampled_from(citess.HubMode))
    def merge(self, mode):
        day = self.next_day()
        self.number += 1
        ours = self.data.record(evolve(PARTNER, id=f"p{self.number}"), on=day)
        theirs = self.data
        for hub in list(theirs.hubs.values())[:1]:
            theirs = theirs.correct(evolve(hub, mode=mode), on=day)
        merged = citess.merge(self.data, ours, theirs)
        assert () == merged.conflicts
        self.keep(merged.data)

    @invariant()
    def every_past_answer_stands(self):
        for day, answer in self.answers.items():
            assert answer == self.data.known_on(day)
        assert self.data == citess.loads(citess.dumps(self.data))


TestHistories = Histories.TestCase
TestHistories.settings = settings(max_examples=25, stateful_step_count=12, deadline=None)


@pytest.mark.parametrize(
    ("period", "date", "expected"),
    [
        (Period.of("2023-01-01", "2023-07-01"), "2023-03", True),
        (Period.of("2023-01-01", "2023-07-01"), "2023", None),
        (Period.of("2023-01-01", "2023-07-01"), "2023-07-01", False),
        (Period.of("2023-01-01", "2023-07-01"), "2022-12", False),
        (Period.of("2023-03-01", "2023-04-01"), "2023", None),
        (Period.of("2023"), "2024-05-01", True),
        (Period.of("2023"), "2023-05-01", None),
        (Period.of("2023-01-01", "unknown"), "2023-05-01", None),
        (Period.of("unknown", "2023-01-01"), "2022-05-01", None),
    ],
)
def test_a_period_contains_a_date_or_not_or_perhaps(period, date, expected):
    assert expected is period.contains(PartialDate(date))


def test_months_later_end_with_the_month():
    assert dt.date(2024, 2, 29) == months_later("2023-11-30", 3)
    assert dt.date(2022, 12, 31) == months_later("2023-01-31", -1)
