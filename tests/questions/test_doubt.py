"""What the data leave open is never answered by yes or no."""

from itertools import product

import pytest

import citess
from citess import (
    Case,
    Enterprise,
    Hub,
    Money,
    Parent,
    PartialDate,
    Partner,
    Period,
    Profile,
    Service,
    ServiceOffer,
    Stage,
    SupportSession,
    Territory,
    TerritoryLevel,
    Text,
    Verdict,
    evolve,
)

REAL = citess.datasets.tunisia()
DAY = "2022-06-01"
YES, NO, NOT_KNOWN = Verdict.YES, Verdict.NO, Verdict.NOT_KNOWN
STATE = citess.GroupingScheme.STATE
OTHER = citess.GroupingScheme.DISTRICT


def place(id_, level, *parents):
    held = tuple(Parent(scheme=scheme, territory=above) for scheme, above in parents)
    return Territory(id=id_, name=Text(en=id_), level=level, parents=held)


LEVEL = TerritoryLevel
PLACES = (
    place("tn", LEVEL.COUNTRY),
    place("centre", LEVEL.PLANNING_REGION, (STATE, "tn")),
    place("district-3", LEVEL.DISTRICT, (STATE, "tn")),
    place("district-5", LEVEL.DISTRICT, (STATE, "tn")),
    place("mahdia", LEVEL.GOVERNORATE, (STATE, "centre"), (OTHER, "district-3")),
    place("sfax", LEVEL.GOVERNORATE, (STATE, "centre")),
    place("gabes", LEVEL.GOVERNORATE, (OTHER, "district-5")),
    place("chebba", LEVEL.DELEGATION, (STATE, "mahdia")),
    place("rejiche", LEVEL.MUNICIPALITY, (STATE, "mahdia")),
    place("mareth", LEVEL.DELEGATION, (STATE, "gabes")),
    place("adrift", LEVEL.MUNICIPALITY),
)
HUB = Hub(id="hub", name=Text(en="hub"), territories=("mahdia",))
SERVICE = Service(id="statutes", name=Text(en="statutes"), kind="legal")


def offer(id_="offer", **given):
    base = {"period": Period.of("2020"), "providers": ("hub",), **given}
    return ServiceOffer(id=id_, hub="hub", service="statutes", **base)


def small(*records):
    partners = (Partner(id="p", name=Text(en="p")), Partner(id="q", name=Text(en="q")))
    return citess.Dataset.of(*PLACES, HUB, SERVICE, *partners, *records)


@pytest.mark.parametrize(
    ("lives", "open_in", "expected"),
    [
        ("chebba", "centre", YES),
        ("chebba", "district-3", YES),
        ("chebba", "district-5", NO),
        ("chebba", "mareth", NO),
        ("district-3", "centre", NOT_KNOWN),
        ("centre", "district-3", NOT_KNOWN),
        ("centre", "district-5", NO),
        ("mahdia", "chebba", NOT_KNOWN),
        ("mahdia", "sfax", NO),
        ("rejiche", "chebba", NOT_KNOWN),
        ("chebba", "rejiche", NOT_KNOWN),
        ("rejiche", "mareth", NO),
        ("adrift", "mareth", NOT_KNOWN),
        ("rejiche", "adrift", NO),
    ],
)
def test_territories_of_two_divisions_may_share_land(lives, open_in, expected):
    data = small(offer(territories=(open_in,)))
    (match,) = citess.services_for(data, Profile(territory=lives), on=DAY)
    assert expected is match.verdict
    assert ("territory",) * (expected is NOT_KNOWN) == match.missing


def served(*sessions):
    case = Case(id="c", hub="hub", opened=PartialDate("2021"))
    other = Case(id="d", hub="hub", opened=PartialDate("2021"))
    made = [
        SupportSession(id=f"s{n}", cases=(who,), service="statutes", on=PartialDate(on))
        for n, (who, on) in enumerate(sessions)
    ]
    return case, other, *made


@pytest.mark.parametrize(
    ("sessions", "capacity", "expected"),
    [
        ([("c", "2022-06-01")], 1, NO),
        ([("c", "2022-06-02")], 1, YES),
        ([("c", "2022-06")], 1, NOT_KNOWN),
        ([("c", "2022")], 1, NOT_KNOWN),
        ([("c", "2022")], 2, YES),
        ([("c", "2022-05"), ("d", "2022")], 2, NOT_KNOWN),
        ([("c", "2022-05"), ("c", "2022")], 2, YES),
        ([("c", "2021")], 1, YES),
        ([("c", "2022-05"), ("d", "2022")], 1, NO),
    ],
)
def test_places_perhaps_taken_leave_it_open_whether_it_is_full(sessions, capacity, expected):
    data = small(offer(capacity=capacity), *served(*sessions))
    (match,) = citess.services_for(data, Profile(territory="mahdia"), on=DAY)
    (reason,) = (reason for reason in match.reasons if reason.rule == "capacity")
    assert expected is reason.verdict
    assert ("sessions",) * (expected is NOT_KNOWN) == match.missing
    assert {"capacity"} == {r.rule for r in match.reasons if r.verdict is not YES} or (
        expected is YES
    )


def test_a_case_that_is_served_holds_its_place():
    data = small(offer(capacity=1), *served(("c", "2022-05-01")))
    asked = [citess.services_for(data, data.cases[id_], on=DAY).all[0] for id_ in ("c", "d")]
    verdicts = [{reason.rule: reason.verdict for reason in match.reasons} for match in asked]
    assert [YES, NO] == [found["capacity"] for found in verdicts]


DOUBTFUL = Period.of("2022")
CELLS = [
    ([], "uncovered", (), ()),
    ([{"period": Period.of("2030")}], "uncovered", (), ()),
    ([{}], "single_provider", ("hub",), ()),
    ([{"providers": ("p", "q")}], "covered", ("p", "q"), ()),
    ([{}, {"providers": ("p",)}], "covered", ("hub", "p"), ()),
    ([{}, {"providers": ("p",), "period": DOUBTFUL}], "not_known", ("hub",), ("period",)),
    ([{}, {"period": DOUBTFUL}], "single_provider", ("hub",), ()),
    ([{}, {"providers": ()}], "not_known", ("hub",), ("providers",)),
    ([{"providers": ("p", "q")}, {"providers": ()}], "covered", ("p", "q"), ()),
    ([{"providers": ("p", "q"), "period": DOUBTFUL}], "not_known", (), ("period",)),
    ([{"period": None}], "not_known", (), ("period",)),
    ([{"territories": ("chebba",)}], "not_known", (), ("territories",)),
    ([{"territories": ("district-3",)}], "single_provider", ("hub",), ()),
    ([{"territories": ("sfax",)}], "uncovered", (), ()),
]


@pytest.mark.parametrize(("offers", "coverage", "providers", "missing"), CELLS)
def test_one_provider_is_said_where_no_other_may_be(offers, coverage, providers, missing):
    made = [offer(f"o{n}", **given) for n, given in enumerate(offers)]
    elsewhere = offer("growth", stages=(Stage.GROWTH,))
    answer = citess.gaps(small(*made, elsewhere), "hub", on=DAY, stages=(Stage.IDEA,))
    (legal,) = (gap for gap in answer.cells if gap.cell[0] == "legal")
    assert (coverage, providers, missing) == (legal.coverage, legal.providers, legal.missing)
    assert missing == answer.missing
    assert NO is answer.verdict


def test_what_is_perhaps_offered_is_counted_in_or_out():
    made = (offer("a"), offer("b", providers=("p",), territories=("chebba",)))
    cells = [
        next(
            gap
            for gap in citess.gaps(
                small(*made), "hub", on=DAY, stages=(Stage.IDEA,), unknown=how
            )["covered" if how == "include" else "single_provider"]
            if gap.cell[0] == "legal"
        )
        for how in ("include", "exclude")
    ]  # fmt: skip
    assert [("hub", "p"), ("hub",)] == [gap.providers for gap in cells]


def test_gaps_say_what_is_missing():
    answer = citess.gaps(small(offer(period=None, providers=())), "hub", on=DAY)
    assert ("period", "providers") == answer.missing
    assert "whether it is open on 2022-06-01 is not known" in answer.explain()
    silent = citess.gaps(REAL, "citess-mahdia", on=DAY)
    assert {("offers",)} == {gap.missing for gap in silent.cells}
    assert NOT_KNOWN is citess.gaps(small(offer()), "hub", on=DAY, territories=()).verdict


LINE = citess.FinancingLine(
    id="line",
    name=Text(en="line"),
    stages=(Stage.IDEA,),
    legal_forms=("TN-SMSA",),
    territories=("tn",),
    period=Period.of("2020"),
)
WHO = Profile(stage=Stage.IDEA, legal_form="TN-SMSA", territory="mahdia")


@pytest.mark.parametrize(
    ("low", "high", "asked", "expected"),
    [
        (100, None, 50, NO),
        (100, None, 100, NOT_KNOWN),
        (None, 100, 100, YES),
        (None, 100, 101, NO),
        (50, 100, 50, YES),
        (None, None, 50, NOT_KNOWN),
    ],
)
def test_an_amount_without_a_known_limit_is_not_known(low, high, asked, expected):
    bounds = {
        name: Money.of(bound, "TND")
        for name, bound in (("amount_min", low), ("amount_max", high))
        if bound is not None
    }
    data = small(evolve(LINE, **bounds))
    (match,) = citess.financing_for(data, WHO, on=DAY, asked=Money.of(asked, "TND"))
    assert (expected, ("amount_max",) * (expected is NOT_KNOWN)) == (match.verdict, match.missing)


TWELVE = {"members": 12, "delegations": 1, "governorates": 1}
LATE = "2025-11-01"


def local_company(who, on=LATE, data=None):
    found = citess.eligible_forms(who, on=on, data=data)
    return next(match for match in found if match.version.form == "TN-SC-L")


@pytest.mark.parametrize(
    ("territory", "expected", "missing"),
    [
        ("tn-43", YES, ()),
        ("tn", YES, ()),
        ("fr", NO, ()),
        ("somewhere", NOT_KNOWN, ("territory",)),
        (None, YES, ()),
    ],
)
def test_a_legal_form_is_of_its_country(territory, expected, missing):
    match = local_company(Profile(**TWELVE, territory=territory))
    assert (expected, missing) == (match.verdict, match.missing)
    told = [match.explain(language) for language in ("en", "fr", "ar")]
    assert (territory is None) == ("law of Tunisia" not in told[0])
    assert len({*told}) == 3


def test_a_territory_of_no_country_leaves_the_law_open():
    far = place("far", LEVEL.OTHER)
    match = local_company(Profile(**TWELVE, territory="far"), data=REAL.add(far))
    assert (NOT_KNOWN, ("territory",)) == (match.verdict, match.missing)


def test_the_change_of_the_law_is_seen_on_its_days():
    days = ("2022-03-19", "2022-03-20", "2025-10-02", "2025-10-03", LATE)
    who = Profile(**TWELVE)
    asked = []
    for day in days:
        found = citess.eligible_forms(who, on=day)
        asked.append([m.version.min_members for m in found if m.version.form == "TN-SC-L"])
    assert [[], [50], [50], [10], [10]] == asked
    verdicts = [
        local_company(Profile(members=n, delegations=1), on=day).verdict
        for n, day in product((9, 10, 49, 50), ("2025-10-02", "2025-10-03"))
    ]
    assert [NO, NO, NO, YES, NO, YES, YES, YES] == verdicts


def test_members_of_two_governorates_are_not_of_one_delegation():
    assert NO is local_company(Profile(members=12, governorates=2)).verdict


def test_capital_in_another_currency_is_not_compared():
    found = {
        str(brought): local_company(Profile(**TWELVE, capital=brought))
        for brought in (Money.of(9000, "EUR"), Money.of(5000, "TND"), Money.of("4999.999", "TND"))
    }
    assert [NOT_KNOWN, YES, NO] == [match.verdict for match in found.values()]
    assert ("capital",) == found["9000.00 EUR"].missing
    told = [found["9000.00 EUR"].explain(language) for language in ("en", "fr", "ar")]
    assert all("9000.00 EUR" in text for text in told)


def test_trade_is_judged_by_the_vocabulary_where_the_text_does_not_say():
    version = REAL.legal_form_versions["tn-gda-1999"]
    data = REAL.replace(evolve(version, may_trade=None))
    found = citess.eligible_forms(Profile(members=9, trade=True), on=LATE, data=data)
    (gda,) = (match for match in found if match.version.form == "TN-GDA")
    assert ["trade"] == [reason.rule for reason in gda.against]


def test_forms_without_a_text_are_named_and_not_forgotten():
    found = citess.eligible_forms(Profile(**TWELVE), on=LATE)
    assert {"TN-MUT", "TN-UCPA", "TN-AMC", "TN-MUTASS"} <= {*found.silent}
    assert not {match.version.form for match in found} & {*found.silent}
    last = [found.explain(language).splitlines()[-1] for language in ("en", "fr", "ar")]
    assert "mutual society" in last[0]
    assert "société mutualiste" in last[1]
    assert "تعاونية" in last[2]
    nothing = citess.eligible_forms(Profile(), on=LATE, data=citess.Dataset())
    assert ((), 0) == (nothing.silent, len(nothing))
    assert "nothing to choose" in nothing.explain()


def test_a_case_asks_for_forms_though_its_enterprise_stands_in_other_data():
    case = Case(
        id="c", hub="hub", opened=PartialDate("2021"), enterprise="bees", group_size=12
    )  # fmt: skip
    bees = Enterprise(id="bees", name=Text(en="bees"), territories=("tn-43",))
    alone = local_company(case)
    assert (NOT_KNOWN, ("delegations",)) == (alone.verdict, alone.missing)
    assert local_company(case, data=REAL.add(bees)).reasons[1].rule == "country"


@pytest.mark.parametrize(
    ("opened", "on", "expected"),
    [
        ("2018-03-02", "2018-03-02", YES),
        ("2018-03-02", "2019-03-01", YES),
        ("2018-03-02", "2019-03-02", YES),
        ("2018-03-02", "2019-03-03", NOT_KNOWN),
        ("2018-03-02", "2020-03-02", NOT_KNOWN),
        ("2018-03-02", "2021-03-02", NO),
        ("2018", "2019-01-01", YES),
        ("2018", "2019-01-02", NOT_KNOWN),
        ("2018-03-02", "2017-03-02", NOT_KNOWN),
        ("2018-03-02", "2016-03-01", NO),
        ("1870", DAY, NO),
    ],
)
def test_the_age_at_intake_has_grown_since(opened, on, expected):
    at_intake = citess.AgeBand(lower=18, upper=19)
    case = Case(id="c", hub="hub", opened=PartialDate(opened), age_band=at_intake)
    reserved = citess.AgeBand(lower=18, upper=20)
    data = small(offer(age_band=reserved, period=Period.of("1800")), case)
    (match,) = citess.services_for(data, case, on=on)
    assert expected is {reason.rule: reason.verdict for reason in match.reasons}["age"]


def test_ages_without_an_upper_bound_have_none_later():
    case = Case(
        id="c", hub="hub", opened=PartialDate("2018-03-02"), age_band=citess.AgeBand(lower=17)
    )
    reserved = citess.AgeBand(lower=18)
    data = small(offer(age_band=reserved), case)
    asked = [
        {r.rule: r.verdict for r in citess.services_for(data, case, on=on).all[0].reasons}["age"]
        for on in ("2019-03-01", "2019-03-02")
    ]
    assert [NOT_KNOWN, YES] == asked


@pytest.mark.parametrize(
    ("country", "on", "expected", "missing"),
    [
        ("me", "2026-11-01", NOT_KNOWN, ("as_of",)),
        ("tr", "2020-01-01", NOT_KNOWN, ("as_of",)),
        ("dz", "2025-07-31", NO, ()),
        ("dz", "2025-08-01", NOT_KNOWN, ("status",)),
        ("fr", "2026-11-01", YES, ()),
    ],
)
def test_that_there_is_no_law_needs_a_report_with_a_date(country, on, expected, missing):
    answer = citess.legal_status(REAL, country, on=on)
    assert (expected, missing) == (answer.verdict, answer.missing)
    assert len({answer.explain(language) for language in ("en", "fr", "ar")}) == 3


def test_languages_are_named_in_the_language_of_the_answer():
    data = small(offer(languages=("ar-TN", "fr", "ber")))
    said = {
        tag: citess.services_for(data, Profile(languages=(tag,)), on=DAY).all[0].reasons
        for tag in ("ar", "ber", "es")
    }
    told = {
        tag: [
            next(r for r in reasons if r.rule == "language").text(one) for one in ("en", "fr", "ar")
        ]
        for tag, reasons in said.items()
    }
    assert told["ar"] == ["given in: Arabic", "rendu en : arabe", "يقدم باللغة: العربية"]
    assert told["ber"][0] == "given in: ber"
    assert told["es"][0] == "not given in: Spanish; given in: Arabic (TN), French, ber"
