"""Wrong arguments of questions are told in words, and never show what is personal."""

import pytest

import citess
from citess import (
    AgeBand,
    Case,
    CitessError,
    Enterprise,
    Initiative,
    InvalidValueError,
    Money,
    PartialDate,
    Profile,
    Sex,
    Stage,
    Text,
    UnknownIdError,
)

REAL = citess.datasets.tunisia()
MADE = citess.datasets.synthetic()
HUB = "synthetic-0-hub-0"
DAY = "2022-06-01"
TWICE = "futur-proche"

WRONG = {
    "somebody is nobody": lambda: citess.services_for(MADE, None, on=DAY),
    "somebody is a hub": lambda: citess.services_for(MADE, MADE.hubs[HUB], on=DAY),
    "services of no data": lambda: citess.services_for(None, Profile(), on=DAY),
    "no word for doubt": lambda: citess.services_for(MADE, Profile(), on=DAY, unknown="maybe"),
    "no day": lambda: citess.services_for(MADE, Profile(), on=None),
    "a year for a day": lambda: citess.services_for(MADE, Profile(), on="2022"),
    "an amount in words": lambda: citess.financing_for(REAL, Profile(), on=DAY, asked="5 TND"),
    "finance of no data": lambda: citess.financing_for(None, Profile(), on=DAY),
    "finance of nobody": lambda: citess.financing_for(REAL, None, on=DAY),
    "no word for doubt of lines": lambda: citess.financing_for(
        REAL, Profile(), on=DAY, unknown=None
    ),
    "forms of nobody": lambda: citess.eligible_forms("twelve", on=DAY),
    "forms of no data": lambda: citess.eligible_forms(Profile(), on=DAY, data=5),
    "law of no data": lambda: citess.legal_status(None, "tn", on=DAY),
    "law of a list": lambda: citess.legal_status(REAL, ["tn"], on=DAY),
    "no label": lambda: citess.awardable("citess", on=DAY),
    "story of no data": lambda: citess.timeline(None, "citess-mahdia"),
    "story of a record": lambda: citess.timeline(REAL, REAL.hubs["citess-mahdia"]),
    "story of nothing": lambda: citess.timeline(REAL, ""),
    "story of no kind": lambda: citess.timeline(REAL, "x:y"),
    "gaps of no data": lambda: citess.gaps(None, HUB, on=DAY),
    "gaps of no hub": lambda: citess.gaps(MADE, None, on=DAY),
    "a stage in words": lambda: citess.gaps(MADE, HUB, on=DAY, stages=("idea",)),
    "a word for stages": lambda: citess.gaps(MADE, HUB, on=DAY, stages="idea"),
    "a word for territories": lambda: citess.gaps(MADE, HUB, on=DAY, territories="tn"),
    "an unknown territory": lambda: citess.gaps(REAL, "citess-mahdia", on=DAY, territories=("x",)),
    "an unknown coverage": lambda: citess.gaps(MADE, HUB, on=DAY)["nowhere"],
    "no word for doubt of gaps": lambda: citess.gaps(MADE, HUB, on=DAY, unknown="maybe"),
}


@pytest.mark.parametrize("what", WRONG)
def test_wrong_arguments_are_told_in_words(what):
    with pytest.raises((CitessError, TypeError, ValueError)) as refused:
        WRONG[what]()
    assert "has no attribute" not in str(refused.value)
    assert "NoneType' is not" not in str(refused.value)


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({"age": "24"}, TypeError),
        ({"age": 24.5}, TypeError),
        ({"age": -1}, InvalidValueError),
        ({"age": 151}, InvalidValueError),
        ({"sex": "female"}, TypeError),
        ({"stage": "idea"}, TypeError),
        ({"languages": "ar"}, TypeError),
        ({"languages": (5,)}, TypeError),
        ({"groups": "women"}, TypeError),
        ({"territory": 5}, TypeError),
        ({"trade": "yes"}, TypeError),
        ({"capital": 5}, TypeError),
        ({"capital": Money.of(-1, "TND")}, InvalidValueError),
        ({"members": 0}, InvalidValueError),
        ({"members": 2, "initiative": Initiative.INDIVIDUAL}, InvalidValueError),
        ({"delegations": 0}, InvalidValueError),
        ({"governorates": 0}, InvalidValueError),
    ],
)
def test_a_profile_holds_what_can_be(given, kind):
    with pytest.raises(kind) as refused:
        Profile(**given)
    if {"age", "sex", "groups", "territory"} & {*given}:
        (value,) = given.values()
        assert repr(value) not in str(refused.value)


def test_the_least_and_most_of_a_profile_are_allowed():
    assert [0, 150] == [Profile(age=age).age for age in (0, 150)]
    least = Profile(members=1, delegations=1, governorates=1, initiative=Initiative.INDIVIDUAL)
    assert (1, 1, 1) == (least.members, least.delegations, least.governorates)
    assert 0 == Profile(capital=Money.of(0, "TND")).capital.amount
    assert "Profile(stage=<Stage.IDEA: 'idea'>)" == repr(
        Profile(stage=Stage.IDEA, territory="tn-43", age=24, sex=Sex.FEMALE)
    )


def test_an_unknown_territory_is_named_for_a_profile_and_withheld_for_a_case():
    with pytest.raises(UnknownIdError, match="no territory has the id 'tn-34x'"):
        citess.services_for(REAL, Profile(territory="tn-34x"), on=DAY)
    case = Case(id="c", hub="h", opened=PartialDate("2021"), territory="small-village")
    with pytest.raises(UnknownIdError, match="withheld") as refused:
        citess.services_for(MADE, case, on=DAY)
    assert "village" not in str(refused.value)


def test_the_repr_of_an_answer_about_a_case_does_not_tell_of_the_person():
    territory = "synthetic-0-territory-0"
    case = Case(
        id="c",
        hub=HUB,
        opened=PartialDate("2021-01-01"),
        territory=territory,
        sex=Sex.FEMALE,
        age_band=AgeBand(lower=18, upper=24),
    )
    found = citess.services_for(MADE.add(case), case, on=DAY)
    reasons = [reason for match in found for reason in match.reasons]
    name = MADE.territories[territory].name.get("en")
    assert any(name in reason.text() for reason in reasons)
    assert not any(name in repr(reason) for reason in reasons)


def test_a_negative_amount_is_refused_and_none_at_all_is_not():
    with pytest.raises(InvalidValueError, match="negative-amount"):
        citess.financing_for(REAL, Profile(), on=DAY, asked=Money.of(-1, "TND"))
    assert len(citess.financing_for(REAL, Profile(), on=DAY, asked=Money.of(0, "TND"))) > 0


def test_an_id_of_several_records_is_not_guessed():
    with pytest.raises(InvalidValueError, match="ambiguous-id") as refused:
        citess.timeline(REAL, TWICE)
    for language in ("en", "fr", "ar"):
        said = refused.value.text(language)
        assert f"programme:{TWICE}, financing_line:{TWICE}" in said
    moments = citess.timeline(REAL, f"programme:{TWICE}")
    assert f"programme:{TWICE}" in {moment.ref for moment in moments}


def test_the_day_on_which_something_was_written_down_is_told_in_three_languages():
    bees = Enterprise(id="bees", name=Text(fr="Ruches"))
    data = citess.Dataset().record(bees, on="2026-02-01")
    told = [citess.timeline(data, "bees")[0].text(language) for language in ("en", "fr", "ar")]
    assert [
        "2026-02-01 enterprise:bees written down",
        "2026-02-01 enterprise:bees enregistrement",
        "2026-02-01 enterprise:bees تسجيل",
    ] == told
