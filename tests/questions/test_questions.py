"""Questions: three-valued answers whose reasons name what fits, fails and is missing."""

import pytest

import citess
from citess import (
    AgeBand,
    Case,
    Enterprise,
    FinancingLine,
    Hub,
    Money,
    PartialDate,
    Period,
    PriorityGroup,
    Profile,
    Service,
    ServiceOffer,
    Sex,
    Stage,
    StageEntry,
    Territory,
    TerritoryLevel,
    Text,
    Verdict,
    evolve,
)

REAL = citess.datasets.tunisia()
MADE = citess.datasets.synthetic()
DAY = "2022-06-01"


def name(text):
    return Text(en=text)


def small(**offer):
    """A hub of one territory in a country, with one offer by the hub itself."""
    country = Territory(id="tn", name=name("Tunisia"), level=TerritoryLevel.COUNTRY)
    parent = citess.Parent(scheme=citess.GroupingScheme.STATE, territory="tn")
    places = [
        Territory(id=id_, name=name(id_), level=TerritoryLevel.GOVERNORATE, parents=(parent,))
        for id_ in ("mahdia", "tunis")
    ]
    hub = Hub(
        id="hub", name=name("hub"), territories=("mahdia",), priority_groups=(PriorityGroup.WOMEN,)
    )
    service = Service(id="statutes", name=name("statutes"), kind="legal")
    given = {"period": Period.of("2020"), "providers": ("hub",), **offer}
    made = ServiceOffer(id="offer", hub="hub", service="statutes", **given)
    return citess.Dataset.of(country, *places, hub, service, made)


def verdict(data, who, rule, on=DAY):
    (match,) = citess.services_for(data, who, on=on)
    found = {reason.rule: reason.verdict for reason in match.reasons}
    return match.verdict, found.get(rule)


BAND = AgeBand(lower=18, upper=35)
YES, NO, NOT_KNOWN = Verdict.YES, Verdict.NO, Verdict.NOT_KNOWN


@pytest.mark.parametrize(
    ("offer", "who", "rule", "expected"),
    [
        ({}, Profile(territory="mahdia"), "territory", YES),
        ({}, Profile(territory="tunis"), "territory", NO),
        ({}, Profile(territory="tn"), "territory", NOT_KNOWN),
        ({}, Profile(), "territory", NOT_KNOWN),
        ({"territories": ("tn",)}, Profile(territory="tunis"), "territory", YES),
        ({"stages": (Stage.IDEA,)}, Profile(stage=Stage.IDEA, territory="mahdia"), "stage", YES),
        ({"stages": (Stage.IDEA,)}, Profile(stage=Stage.GROWTH), "stage", NO),
        ({"stages": (Stage.IDEA,)}, Profile(), "stage", NOT_KNOWN),
        ({"age_band": BAND}, Profile(age=24, territory="mahdia"), "age", YES),
        ({"age_band": BAND}, Profile(age=36), "age", NO),
        ({"age_band": BAND}, Profile(age_band=AgeBand(lower=30, upper=40)), "age", NOT_KNOWN),
        ({"age_band": AgeBand(lower=18)}, Profile(age_band=AgeBand(lower=20)), "age", YES),
        ({"age_band": BAND}, Profile(), "age", NOT_KNOWN),
        ({"sex": Sex.FEMALE}, Profile(sex=Sex.FEMALE), "sex", YES),
        ({"sex": Sex.FEMALE}, Profile(sex=Sex.MALE), "sex", NO),
        ({"sex": Sex.FEMALE}, Profile(), "sex", NOT_KNOWN),
        ({"languages": ("ar-TN",)}, Profile(languages=("ar",)), "language", YES),
        ({"languages": ("fr",)}, Profile(languages=("ar",)), "language", NO),
        ({}, Profile(languages=("ar",)), "language", NOT_KNOWN),
        ({"period": None}, Profile(), "period", NOT_KNOWN),
        ({"period": Period.of("2023")}, Profile(), "period", NO),
        ({"providers": ()}, Profile(territory="mahdia"), "provider", NOT_KNOWN),
        ({"capacity": 0}, Profile(), "capacity", NO),
        ({"capacity": 3}, Profile(), "capacity", YES),
        ({}, Profile(sex=Sex.FEMALE), "priority", YES),
        ({}, Profile(sex=Sex.MALE), "priority", None),
    ],
)
def test_every_rule_of_an_offer_speaks(offer, who, rule, expected):
    whole, one = verdict(small(**offer), who, rule)
    assert expected == one
    assert whole is NO or one is not NO


def test_an_offer_that_fits_names_its_providers_in_three_languages():
    (match,) = citess.services_for(small(), Profile(territory="mahdia"), on=DAY).fit
    assert (("hub",), ()) == (match.providers, match.missing)
    assert ["open in mahdia", "ouvert à mahdia", "مفتوح في mahdia"] == [
        match.reasons[1].text(language) for language in ("en", "fr", "ar")
    ]
    assert "statutes: yes" == str(match).splitlines()[0]
    assert "open on 2022-06-01" == str(match.reasons[0])


def test_what_is_missing_is_listed():
    found = citess.services_for(small(sex=Sex.FEMALE), Profile(), on=DAY)
    assert ("territory", "sex") == found.missing
    assert ((), ()) == (found.fit, found.others)
    assert 1 == len(found)
    assert str(found) == found.explain() == found.not_known[0].explain()


def test_a_full_offer_is_closed_for_the_year():
    data = small(capacity=1)
    case = Case(id="c", hub="hub", opened=PartialDate("2022-01-05"), sex=Sex.FEMALE)
    session = citess.SupportSession(
        id="s", cases=("c",), service="statutes", on=PartialDate("2022-02-01")
    )
    data = data.add(case, session)
    assert NO is verdict(data, Profile(territory="mahdia"), "capacity")[1]
    assert YES is verdict(data, Profile(territory="mahdia"), "capacity", on="2023-03-01")[1]


def test_cases_and_enterprises_ask_with_what_is_known_of_them():
    data = small(stages=(Stage.IDEA,), sex=Sex.FEMALE)
    entry = StageEntry(stage=Stage.IDEA, since=PartialDate("2021-01-01"))
    bees = Enterprise(id="bees", name=name("bees"), stages=(entry,), territories=("mahdia",))
    of_bees = Case(id="c", hub="hub", opened=PartialDate("2021"), enterprise="bees", sex=Sex.FEMALE)
    alone = Case(id="d", hub="hub", opened=PartialDate("2021"), sex=Sex.MALE, stages=(entry,))
    data = data.add(bees, of_bees, alone)
    assert YES is citess.services_for(data, of_bees, on=DAY).all[0].verdict
    assert bees is citess.services_for(data, bees, on=DAY).subject
    assert {"sex"} == {*citess.services_for(data, bees, on=DAY).missing}
    assert NO is citess.services_for(data, alone, on=DAY).all[0].verdict
    nowhere = Enterprise(id="n", name=name("n"))
    assert ("stage", "territory", "sex") == citess.services_for(data, nowhere, on=DAY).missing


def test_those_served_first_come_first():
    data = small().add(
        evolve(
            small().service_offers["offer"],
            id="a-first",
            priority_groups=(PriorityGroup.RURAL, PriorityGroup.YOUTH),
        )
    )
    who = Profile(territory="mahdia", age=20, youth=BAND, groups=(PriorityGroup.RURAL,))
    assert ["a-first", "offer"] == [m.offer.id for m in citess.services_for(data, who, on=DAY).fit]
    woman = evolve_profile(who, sex=Sex.FEMALE, groups=(), youth=None)
    assert ["offer", "a-first"] == [
        m.offer.id for m in citess.services_for(data, woman, on=DAY).fit
    ]


def evolve_profile(profile, **changes):
    import attrs

    return attrs.evolve(profile, **changes)


def test_a_stage_entered_at_some_time_of_the_year_is_not_known():
    stages = (
        StageEntry(stage=Stage.IDEA, since=PartialDate("2021")),
        StageEntry(stage=Stage.CREATION, since=PartialDate("2022")),
    )
    case = Case(id="c", hub="hub", opened=PartialDate("2021"), stages=stages)
    seen = [verdict(small(stages=(Stage.IDEA,)), case, "stage", on) for on in (
        "2022-01-01", "2022-06-01", "2022-12-31")]  # fmt: skip
    assert [Verdict.NOT_KNOWN, Verdict.NOT_KNOWN, Verdict.NO] == [stage for _, stage in seen]


def test_what_is_not_known_is_counted_in_out_or_apart():
    data = small(period=Period.of("2022", "unknown"))
    found = {
        how: citess.services_for(data, Profile(territory="mahdia"), on=DAY, unknown=how)
        for how in ("include", "exclude", "report")
    }
    sizes = {how: (len(m.fit), len(m.not_known), len(m.others)) for how, m in found.items()}
    assert {"include": (1, 0, 0), "exclude": (0, 0, 1), "report": (0, 1, 0)} == sizes
    assert {("period",)} == {m.missing for m in found.values()}
    assert {Verdict.NOT_KNOWN} == {m.all[0].verdict for m in found.values()}
    forms = [citess.eligible_forms(Profile(), on=DAY, unknown=u) for u in ("include", "exclude")]
    assert [True, False] == [bool(m.fit) for m in forms]
    lines = [
        citess.financing_for(REAL, Profile(), on=DAY, unknown=u) for u in ("include", "exclude")
    ]
    assert [True, False] == [bool(m.fit) for m in lines]
    cells = [
        {gap.coverage for gap in citess.gaps(data, "hub", on=DAY, unknown=how).cells}
        for how in ("include", "exclude", "report")
    ]
    assert [
        {"single_provider", "uncovered"}, {"uncovered"}, {"not_known", "uncovered"}
    ] == cells  # fmt: skip


def test_a_profile_does_not_show_the_person():
    shown = repr(Profile(age=24, sex=Sex.FEMALE, groups=(PriorityGroup.RURAL,), stage=Stage.IDEA))
    assert "IDEA" in shown
    assert not [word for word in ("24", "FEMALE", "RURAL", "(age", "sex") if word in shown]


def test_nobody_is_young_without_a_band():
    assert frozenset() == Profile(age=20).belongs_to()
    assert {PriorityGroup.YOUTH} == Profile(age=20, youth=BAND).belongs_to()


def test_a_woman_of_24_with_a_collective_idea_is_served_in_arabic():
    who = Profile(
        age=24,
        sex=Sex.FEMALE,
        stage=Stage.IDEA,
        initiative=citess.Initiative.COLLECTIVE,
        languages=("ar",),
        territory="synthetic-0-territory-0",
    )
    found = citess.services_for(MADE, who, on=DAY)
    assert found.fit
    assert all(match.providers for match in found.fit)
    assert all(match.against for match in found.others)
    assert "نعم" in found.explain("ar")


def test_an_answer_is_no_boolean():
    with pytest.raises(TypeError, match="three values"):
        bool(citess.awardable(REAL.labels["citess"], on=DAY))


def test_nothing_to_choose_from_is_said():
    assert "nothing" in citess.services_for(REAL, Profile(), on=DAY).explain()


LINE = FinancingLine(
    id="line",
    name=name("line"),
    stages=(Stage.IDEA,),
    legal_forms=("TN-SMSA",),
    territories=("tn",),
    amount_min=Money.of(1000, "TND"),
    amount_max=Money.of(5000, "TND"),
    period=Period.of("2020"),
)
FITS = Profile(stage=Stage.IDEA, legal_form="TN-SMSA", territory="mahdia")


@pytest.mark.parametrize(
    ("changes", "who", "asked", "rule", "expected"),
    [
        ({}, FITS, None, "form", YES),
        ({}, FITS, Money.of(2000, "TND"), "amount", YES),
        ({}, FITS, Money.of(500, "TND"), "amount", NO),
        ({}, FITS, Money.of(9000, "TND"), "amount", NO),
        ({}, FITS, Money.of(10, "EUR"), "amount", NOT_KNOWN),
        ({}, Profile(legal_form="TN-GDA"), None, "form", NO),
        ({}, Profile(legal_form="X-1"), None, "form", NO),
        ({}, Profile(), None, "form", NOT_KNOWN),
        ({"legal_forms": ()}, FITS, None, "forms", NOT_KNOWN),
        ({"stages": ()}, FITS, None, "stages", NOT_KNOWN),
        ({"territories": ()}, FITS, None, "territories", NOT_KNOWN),
    ],
)
def test_every_rule_of_a_line_speaks(changes, who, asked, rule, expected):
    data = small().add(evolve(LINE, **changes))
    (match,) = citess.financing_for(data, who, on=DAY, asked=asked)
    assert {rule: expected} == {r.rule: r.verdict for r in match.reasons if r.rule == rule}
    assert match.explain("fr").startswith("line: ")
    assert (match.verdict is YES) == (changes == {} and expected is YES)


def test_an_enterprise_asks_for_finance():
    bees = Enterprise(id="bees", name=name("bees"), legal_form="TN-SMSA", territories=("mahdia",))
    found = citess.financing_for(small().add(LINE, bees), bees, on=DAY)
    assert bees is found.subject
    assert ("stage",) == found.missing


def forms(who, on, data=None):
    return {m.version.form: m for m in citess.eligible_forms(who, on=on, data=data)}


TWELVE = Profile(members=12, delegations=1, governorates=1)


def test_twelve_people_of_one_delegation_may_found_a_local_company_since_october_2025():
    before, after = (forms(TWELVE, on)["TN-SC-L"] for on in ("2022-06-01", "2025-11-01"))
    assert (NO, YES) == (before.verdict, after.verdict)
    assert "décret-loi n° 2022-15" in before.explain("fr")
    assert "décret-loi n° 2025-3" in after.explain("fr")
    assert ("s34", "s36") == before.sources
    assert "TN-SC-L" not in forms(TWELVE, "2021-01-01")


@pytest.mark.parametrize(
    ("who", "form", "expected"),
    [
        (TWELVE, "TN-SC-R", NO),
        (Profile(members=20, delegations=3, governorates=1), "TN-SC-R", YES),
        (Profile(members=20, delegations=3, governorates=2), "TN-SC-R", NO),
        (Profile(members=20, delegations=3), "TN-SC-R", NOT_KNOWN),
        (Profile(members=20), "TN-SC-R", NOT_KNOWN),
        (Profile(members=20), "TN-SC-L", NOT_KNOWN),
        (Profile(members=20, delegations=2), "TN-SC-L", NO),
        (Profile(delegations=1), "TN-SC-L", NOT_KNOWN),
        (Profile(members=12, delegations=1, capital=Money.of(4000, "TND")), "TN-SC-L", NO),
        (Profile(members=12, delegations=1, capital=Money.of(5000, "TND")), "TN-SC-L", YES),
        (Profile(members=1, capital=Money.of(1, "TND")), "TN-SUARL", YES),
        (Profile(members=2), "TN-SUARL", NO),
        (Profile(), "TN-SUARL", NOT_KNOWN),
        (Profile(members=3, trade=True), "TN-GDA", NO),
        (Profile(members=3, trade=True), "TN-SMSA", NOT_KNOWN),
        (Profile(members=12, delegations=1, trade=True), "TN-SC-L", NOT_KNOWN),
    ],
)
def test_the_rules_of_legal_forms(who, form, expected):
    assert expected == forms(who, "2025-11-01")[form].verdict


def test_a_version_of_unknown_beginning_is_not_certain():
    version = evolve(
        REAL.legal_form_versions["tn-sc-l-2025"], form="X-1", period=Period.of("unknown")
    )
    data = citess.Dataset((*(r for r in REAL.records() if r.id != version.id), version))
    found = forms(TWELVE, DAY, data)["X-1"]
    assert (NOT_KNOWN, "X-1") == (found.verdict, found.explain().partition(":")[0])
    one = Enterprise(id="bees", name=name("bees"))
    assert one is citess.eligible_forms(one, on=DAY).subject


@pytest.mark.parametrize(
    ("label", "on", "expected"),
    [
        ("tn-entreprise-ess", "2019-01-01", NOT_KNOWN),
        ("tn-entreprise-ess", "2021-01-01", NO),
        ("tn-entreprise-ess", "2026-01-01", NOT_KNOWN),
        ("gr-sse-4430", "2016-01-01", NOT_KNOWN),
        ("gr-sse-4430", "2020-01-01", YES),
        ("citess", "2026-01-01", NOT_KNOWN),
    ],
)
def test_awardable(label, on, expected):
    assert expected == citess.awardable(REAL.labels[label], on=on).verdict


def test_a_label_stays_awardable_until_it_is_abolished():
    entries = [
        ("awardable", "2020-01-01"),
        ("abolished", "2022-01-01"),
        ("awardable", "2024-01-01"),
    ]
    history = tuple(
        citess.LabelEntry(status=citess.LabelStatus(status), since=PartialDate(since))
        for status, since in entries
    )
    label = citess.Label(id="l", name=name("l"), kind=citess.LabelKind.LEGAL, history=history)
    days = ("2021-01-01", "2022-01-01", "2023-01-01", "2025-01-01")
    assert [True, False, False, True] == [label.is_awardable(day) for day in days]
    asked = evolve(
        label,
        history=(history[0], evolve(history[1], status=citess.LabelStatus.SUSPENDED), history[2]),
    )
    assert [True, False, None, True] == [asked.is_awardable(day) for day in days]


def test_the_law_of_tunisia_then_and_now():
    then = citess.legal_status(REAL, "tn", on="2022-11-30")
    assert (NO, "tn-2020-30", 883) == (then.verdict, then.law.id, then.days_since)
    assert (0, 7) == (len(then.issued), len(then.outstanding))
    now = citess.legal_status(REAL, "tn", on="2026-11-01")
    assert (NOT_KNOWN, ("status", "history")) == (now.verdict, now.missing)
    early = citess.legal_status(REAL, "tn", on="2019-01-01")
    assert (NOT_KNOWN, None) == (early.verdict, early.law)
    assert "Tunisia" in early.explain("en")


def test_a_law_in_force_and_texts_issued():
    assert YES is citess.legal_status(REAL, "fr", on="2020-01-01").verdict
    made = citess.legal_status(MADE, "synthetic-land", on="2023-06-01")
    assert 1 == len(made.issued)
    assert {YES, NOT_KNOWN} <= {reason.verdict for reason in made.reasons}
    assert citess.legal_status(REAL, "mt", on="2024-01-01").days_since is None


@pytest.mark.parametrize(
    ("country", "on", "expected"),
    [
        ("es", "2011-03-29", Verdict.NO),
        ("es", "2011-04-29", Verdict.NO),
        ("es", "2011-04-30", Verdict.YES),
        ("mt", "2021-12-31", Verdict.NOT_KNOWN),
        ("mt", "2022-06-01", Verdict.NOT_KNOWN),
        ("mt", "2022-12-31", Verdict.YES),
    ],
)
def test_a_law_is_in_force_from_the_day_it_says(country, on, expected):
    answer = citess.legal_status(REAL, country, on=on)
    assert expected is answer.verdict
    assert ("in_force" in answer.missing) == (on == "2022-06-01")


def test_a_law_that_was_replaced_some_day_of_a_year_is_not_known():
    law = evolve(REAL.legal_frameworks["es-2011-5"], replaced=PartialDate("2024"))
    data = REAL.replace(law)
    days = ("2023-12-31", "2024-06-01", "2025-01-01")
    verdicts = [citess.legal_status(data, "es", on=day).verdict for day in days]
    assert [Verdict.YES, Verdict.NOT_KNOWN, Verdict.NOT_KNOWN] == verdicts
    undated = REAL.replace(evolve(law, replaced=None, adopted=None, in_force=None))
    assert Verdict.YES is citess.legal_status(undated, "es", on=DAY).verdict


def test_a_text_issued_later_was_not_issued_before():
    text = next(t for t in REAL.implementing_texts.values() if t.framework == "tn-2020-30")
    data = REAL.replace(evolve(text, issued=PartialDate("2025-06")))

    def said(day):
        answer = citess.legal_status(data, "tn", on=day)
        (reason,) = [r for r in answer.reasons if dict(r.facts).get("text") == text.subject]
        return reason.verdict

    days = ("2025-05-31", "2025-06-15", "2025-06-30")
    assert [Verdict.NO, Verdict.NOT_KNOWN, Verdict.YES] == [said(day) for day in days]


def test_a_text_reported_on_the_day_itself_is_known():
    text = next(iter(REAL.implementing_texts.values()))
    day = next(e.since for e in text.history if e.since.precision == "day")
    answer = citess.legal_status(REAL, "tn", on=str(day))
    assert NO in {reason.verdict for reason in answer.reasons if reason.rule == "text"}


def test_the_timeline_of_a_record_and_what_names_it():
    moments = citess.timeline(MADE, "case:synthetic-0-case-3")
    assert [m.date for m in moments] == sorted(m.date for m in moments)
    assert {"case", "diagnosis", "plan", "referral"} <= {m.ref.partition(":")[0] for m in moments}
    assert "دخول فكرة" in " ".join(m.text("ar") for m in moments)
    assert moments == citess.timeline(MADE, "synthetic-0-case-3")
    assert any(m.event == "start" for m in citess.timeline(REAL, "programme:iess"))
    with pytest.raises(citess.UnknownIdError):
        citess.timeline(REAL, "nobody")


@pytest.mark.parametrize(
    ("offer", "expected"),
    [
        ({}, "single_provider"),
        ({"period": None}, "not_known"),
        ({"period": Period.of("2030")}, "uncovered"),
        ({"providers": ()}, "not_known"),
        ({"stages": (Stage.GROWTH,)}, "uncovered"),
        ({"territories": ("tunis",)}, "uncovered"),
    ],
)
def test_gaps_of_one_cell(offer, expected):
    answer = citess.gaps(small(**offer), "hub", on=DAY, stages=(Stage.IDEA,))
    (legal,) = (gap for gap in answer.cells if gap.cell[0] == "legal")
    assert expected == legal.coverage
    assert NO is answer.verdict
    assert legal in answer[expected]


def test_gaps_of_a_hub_without_offers_are_not_known():
    answer = citess.gaps(REAL, "citess-mahdia", on=DAY)
    assert (NOT_KNOWN, ("offers",)) == (answer.verdict, answer.missing)
    assert ["not_known"] == list(answer.counts())
    assert "legal support / awareness / tn-53: not known" in map(str, answer.cells)


def test_all_covered_is_yes_and_doubt_is_not_known():
    offers = []
    services = []
    for kind, concept in citess.vocab.scheme("service-kinds").items():
        if not concept.deprecated and kind != "legal":
            services.append(Service(id=f"s-{kind}", name=name(kind), kind=kind))
            offers.append(
                ServiceOffer(
                    id=f"o-{kind}",
                    hub="hub",
                    service=f"s-{kind}",
                    providers=("hub",),
                    period=Period.of("2020"),
                )
            )
    assert YES is citess.gaps(small().add(*services, *offers), "hub", on=DAY).verdict
    assert (
        NOT_KNOWN is citess.gaps(small(period=None).add(*services, *offers), "hub", on=DAY).verdict
    )
