"""What the classes of support, governance, law and label refuse, each with its code."""

from decimal import Decimal

import pytest

import citess
from citess import (
    Assessment,
    Body,
    BodyKind,
    Case,
    CriterionFinding,
    Diagnosis,
    FinanceApplication,
    Finding,
    FollowUp,
    Funding,
    FundingKind,
    HubNetwork,
    Initiative,
    InvalidValueError,
    JobsCount,
    LabelAward,
    LegalFormVersion,
    Mandate,
    MethodAnswer,
    Money,
    Need,
    NetworkMember,
    PartialDate,
    Period,
    Plan,
    PlannedService,
    Rating,
    Referral,
    ReferralOutcome,
    Replication,
    SelfAssessment,
    ServiceOffer,
    Space,
    StageEntry,
    SupportSession,
    Text,
)

D = PartialDate
TND = Money.of(10, "TND")


def case(**given):
    return Case(**{"id": "c", "hub": "h", "opened": D("2021-03-02"), **given})


def referral(**given):
    return Referral(**{"id": "r", "case": "c", "to": "p", "sent": D("2021-05-03"), **given})


def application(**given):
    base = {"id": "f", "case": "c", "line": "l", "submitted": D("2022-03")}
    return FinanceApplication(**{**base, **given})


def jobs(**given):
    return JobsCount(**{"id": "j", "enterprise": "e", "on": D("2022"), "heads": 3, **given})


def session(**given):
    base = {"id": "s", "cases": ("c",), "service": "x", "on": D("2022")}
    return SupportSession(**{**base, **given})


def version(**given):
    base = {"id": "v", "form": "TN-GDA", "country": "tn", "text": Text(fr="loi")}
    return LegalFormVersion(**{**base, "period": Period.of("2020"), **given})


def self_assessment(**given):
    return SelfAssessment(**{"id": "q", "on": D("2026"), "hub": "h", **given})


BAD = [
    ("too-early", case, {"closed": D("2020")}),
    ("not-in-order", case, {"stages": tuple(
        StageEntry(stage=citess.Stage.IDEA, since=D(d)) for d in ("2022", "2021"))}),
    ("out-of-range", case, {"group_size": 0}),
    ("out-of-range", case, {"group_size": 2, "initiative": Initiative.INDIVIDUAL}),
    ("bad-pseudonym", case, {"client": "Leila"}),
    ("too-early", referral, {"served": D("2021-04")}),
    ("too-early", referral, {"accepted": D("2020")}),
    ("too-early", referral, {"accepted": D("2021-07"), "served": D("2021-06")}),
    ("excludes", referral, {"declined": D("2021-06"), "served": D("2021-07")}),
    ("missing-field", application, {"case": None}),
    ("too-early", application, {"decided": D("2021")}),
    ("negative-amount", application, {"asked": Money.of(-1, "TND")}),
    ("mixed-currencies", application, {"asked": TND, "granted": Money.of(5, "EUR")}),
    ("out-of-range", application, {"granted": TND, "disbursed": Money.of(11, "TND")}),
    ("excludes", application, {"granted": TND, "status": citess.ApplicationStatus.REFUSED}),
    ("missing-field", jobs, {"heads": None}),
    ("negative-amount", jobs, {"heads": -1}),
    ("out-of-range", jobs, {"fte": Decimal("3.5")}),
    ("out-of-range", jobs, {"share": Decimal("1.5")}),
    ("missing-field", session, {"cases": ()}),
    ("out-of-range", session, {"minutes": 0}),
    ("negative-amount", session, {"women": -1}),
    ("out-of-range", session, {"women": 4, "participants": 3}),
    ("may-not-trade", version, {"may_trade": True}),
    ("out-of-range", version, {"min_members": 0}),
    ("out-of-range", version, {"min_members": 5, "max_members": 4}),
    ("negative-amount", version, {"min_capital": Money.of(-1, "TND")}),
    ("missing-field", self_assessment, {"hub": None}),
    ("negative-amount", self_assessment, {"participants": -1}),
    ("repeated-value", self_assessment, {"answers": tuple(
        MethodAnswer(item="charter", rating=r) for r in (Rating.NO, Rating.YES))}),
    ("out-of-range", Need, {"domain": "legal", "score": 6}),
    ("repeated-value", Diagnosis, {"id": "d", "case": "c", "on": D("2021"), "needs": (
        Need(domain="legal", score=1), Need(domain="legal", score=2))}),
    ("negative-amount", Diagnosis, {"id": "d", "case": "c", "on": D("2021"), "members": -1}),
    ("too-early", Plan, {"id": "p", "case": "c", "on": D("2021-06"), "services": (
        PlannedService(service="x", due=D("2021-05")),)}),
    ("negative-amount", Space, {"id": "s", "name": Text(fr="S"), "capacity": -1}),
    ("negative-amount", ServiceOffer, {"id": "o", "hub": "h", "service": "s", "capacity": -1}),
    ("negative-amount", FollowUp, {"id": "u", "case": "c", "on": D("2022"), "months": -1}),
    ("out-of-range", FollowUp, {"id": "u", "case": "c", "on": D("2022"), "satisfaction": 6}),
    ("out-of-range", Body, {"id": "b", "of": "hub:h", "kind": BodyKind.BOARD, "seats": 0}),
    ("negative-amount", Mandate, {"id": "m", "body": "b", "weight": Decimal(-1)}),
    ("same-party", Funding, {"id": "g", "giver": "a", "receiver": "a"}),
    ("negative-amount", Funding, {"id": "g", "giver": "a", "receiver": "b",
        "amount": Money.of(-1, "TND")}),
    ("repeated-value", HubNetwork, {"id": "n", "name": Text(fr="n"), "members": (
        NetworkMember(hub="h"), NetworkMember(hub="h", period=Period.of("2020")))}),
    ("same-party", Replication, {"id": "r", "origin": "h", "copy": "h"}),
    ("repeated-value", Replication, {"id": "r", "origin": "h", "kept": ("charter",),
        "dropped": ("charter",)}),
    ("repeated-value", Assessment, {"id": "a", "label": "l", "subject": "hub:h", "on": D("2024"),
        "findings": tuple(CriterionFinding(criterion="c", finding=f) for f in
            (Finding.MET, Finding.NOT_MET))}),
    ("too-early", LabelAward, {"id": "w", "label": "l", "holder": "h", "on": D("2024"),
        "status": citess.AwardStatus.AWARDED, "until": D("2023")}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "make", "given"), BAD)
def test_what_cannot_be_is_refused(code, make, given):
    with pytest.raises(InvalidValueError) as refused:
        make(**given)
    assert code == refused.value.issue.code


def test_the_outcome_of_a_referral_by_day():
    served = referral(accepted=D("2021-05-10"), served=D("2021-06"))
    days = ("2021-05-01", "2021-05-05", "2021-05-20", "2021-06-10", "2021-07-01")
    sent, accepted, unknown, done = (
        ReferralOutcome.SENT,
        ReferralOutcome.ACCEPTED,
        ReferralOutcome.UNKNOWN,
        ReferralOutcome.SERVED,
    )
    assert [None, sent, accepted, unknown, done] == [served.outcome(day) for day in days]
    assert ReferralOutcome.UNKNOWN is referral(sent=D("2021")).outcome("2021-06-01")


def test_a_case_is_open_between_its_days():
    closed = case(closed=D("2021-06"))
    days = ("2021-03-01", "2021-04-01", "2021-06-10", "2021-07-01")
    assert [False, True, None, False] == [closed.is_open(day) for day in days]
    assert case(opened=D("2021"), closed=D("2022")).is_open("2021-03-01") is None


def test_the_least_that_is_allowed_is_allowed():
    assert 1 == session(minutes=1, participants=3, women=3).minutes
    assert 0 == session(participants=0).participants
    assert (1, 1) == (case(group_size=1).group_size, version(min_members=1).min_members)
    assert 1 == Body(id="b", of="hub:h", kind=BodyKind.BOARD, seats=1).seats
    assert 0 == Diagnosis(id="d", case="c", on=D("2021"), members=0).members
    assert 0 == FollowUp(id="u", case="c", on=D("2022"), months=0, satisfaction=1).months
    assert 0 == self_assessment(participants=0).participants
    assert (0, 5) == (Need(domain="legal", score=0).score, Need(domain="legal", score=5).score)
    assert 0 == Mandate(id="m", body="b", weight=Decimal(0)).weight
    assert 0 == jobs(heads=0, fte=Decimal(0), share=Decimal(1)).heads
    nothing = Money.of(0, "TND")
    assert nothing == Funding(id="g", giver="a", receiver="b", amount=nothing).amount
    assert nothing == version(min_capital=nothing).min_capital
    assert nothing == application(asked=nothing).asked
    assert TND == application(granted=TND, disbursed=TND).disbursed
    assert 3 == version(min_members=3, max_members=3).max_members


def test_what_is_derived():
    assert jobs(fte=Decimal("1.5"), share=Decimal("0.5")).fte == Decimal("1.5")
    kinds = (FundingKind.SALES, FundingKind.GRANT, None)
    made = [Funding(id="g", giver="a", receiver="b", kind=kind) for kind in kinds]
    assert [True, False, None] == [funding.is_earned for funding in made]
    assert Replication(id="r", origin="h").fidelity is None
    members = (
        NetworkMember(hub="h", period=Period.of("2018", "2019")),
        NetworkMember(hub="h", period=Period.of("2020")),
    )
    assert 2 == len(HubNetwork(id="n", name=Text(fr="n"), members=members).members)


PLACE = citess.Territory(id="tn", name=Text(fr="Tunisie"), level=citess.TerritoryLevel.COUNTRY)
HUB = citess.Hub(id="h", name=Text(fr="h"), territories=("tn",))
PARTNER = citess.Partner(id="p", name=Text(fr="p"))
ENTERPRISE = citess.Enterprise(id="e", name=Text(fr="e"))
LABEL = citess.Label(
    id="l",
    name=Text(fr="l"),
    kind=citess.LabelKind.LEGAL,
    history=(citess.LabelEntry(status=citess.LabelStatus.DEFINED, since=D("2020")),),
)
OTHER = citess.Label(id="o", name=Text(fr="o"), kind=citess.LabelKind.LEGAL)
CRITERION = citess.Criterion(id="k", label="o", text=Text(fr="k"))
FOUND = (CriterionFinding(criterion="k", finding=Finding.MET),)
AWARD = LabelAward(id="w", label="l", holder="h", on=D("2024"), status=citess.AwardStatus.AWARDED)

TOGETHER = [
    ("too-early", "referrals[r].sent", (case(opened=D("2022")), referral())),
    ("too-early", "support_sessions[s].on", (
        case(opened=D("2023")), citess.Service(id="x", name=Text(fr="x"), kind="legal"),
        session())),
    ("double-count", "jobs_counts[j2].on", (jobs(), jobs(id="j2"))),
    ("may-not-trade", "enterprises[g].activities[1]", (
        citess.Enterprise(id="g", name=Text(fr="g"), legal_form="TN-GDA", activities=("A", "G")),
        citess.Enterprise(id="z", name=Text(fr="z"), legal_form="TN-SMSA", activities=("G",)))),
    ("overlap", "legal_form_versions[v2].period", (version(), version(id="v2"))),
    ("not-awardable", "label_awards[w].on", (LABEL, AWARD)),
    ("wrong-label", "assessments[a].findings[0].criterion", (LABEL, OTHER, CRITERION, Assessment(
        id="a", label="l", subject="hub:h", on=D("2024"), findings=FOUND))),
    ("circle", "replications[r1].origin", (
        citess.Hub(id="i", name=Text(fr="i"), territories=("tn",)),
        Replication(id="r1", origin="h", copy="i"), Replication(id="r2", origin="i", copy="h"))),
]  # fmt: skip


@pytest.mark.parametrize(("code", "path", "records"), TOGETHER)
def test_records_that_contradict_each_other_are_refused(code, path, records):
    with pytest.raises(citess.IntegrityError) as refused:
        citess.Dataset.of(PLACE, HUB, PARTNER, ENTERPRISE, *records)
    assert (code, path) in {(issue.code, issue.path) for issue in refused.value.report}


def test_counts_of_other_days_kinds_or_sexes_stand_side_by_side():
    others = (
        jobs(id="j2", on=D("2023")),
        jobs(id="j3", kind=citess.JobsKind.CREATED),
        jobs(id="j4", sex=citess.Sex.FEMALE),
    )
    assert 4 == len(citess.Dataset.of(ENTERPRISE, jobs(), *others).jobs_counts)


def test_an_award_may_be_asked_for_and_given_where_no_source_says_no():
    asked = citess.evolve(AWARD, status=citess.AwardStatus.REQUESTED)
    given = citess.evolve(AWARD, id="w2", label="o")
    assert citess.Dataset.of(PLACE, HUB, LABEL, OTHER, asked, given).check().ok
