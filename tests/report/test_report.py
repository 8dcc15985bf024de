"""The report: what a hub manager reads, in three languages, without a guess."""

import json

import pytest

import citess
from citess import (
    AgreementForm,
    Dataset,
    Evidence,
    Hub,
    LegalFramework,
    LegalStatus,
    Member,
    Observation,
    ObservationStatus,
    Partner,
    Partnership,
    PartnershipKind,
    Territory,
    TerritoryLevel,
    Text,
)
from citess.model import ImplementingText
from citess.report import hub_report
from citess.report._words import Words

REAL = citess.datasets.tunisia()
NAME = Text(fr="Nom")
LAND = Territory(id="t", name=NAME, level=TerritoryLevel.COUNTRY)
HUB = Hub(id="h", name=Text(fr="Pôle"), territories=("t",))


def text(report):
    return json.dumps(report.to_dict(), ensure_ascii=False)


def section(report, title):
    return next(part for part in report.sections if part.title == title)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_real_report_has_every_part_and_no_raw_code(language):
    report = hub_report(REAL, language)
    assert 9 == len(report.sections)
    for raw in ("None", "tn-53", "not_known", "framework_not_applied", "citess-mahdia"):
        assert raw not in text(report)
    steps = report.sections[-2]
    assert 3 == len(steps.items)


def test_what_hubs_offer_is_not_known_and_never_zero():
    offers = section(hub_report(REAL), "What is known of their offers")
    assert ("CitESS Mahdia", "not known", "not known") == offers.table.rows[0]
    assert "which is not the same as nothing" in offers.paragraphs[0]


def test_rival_figures_stand_side_by_side_with_their_sources():
    rows = section(hub_report(REAL), "Rival figures").table.rows
    budget = {row[2] for row in rows if row[:2] == ("budget", "JEUN'ESS")}
    assert {"9,200,000 EUR", "10,000,000 USD", "30,000 TND"} == budget
    assert all(row[4] for row in rows)


def test_the_law_tells_days_and_texts():
    law = section(hub_report(REAL, on="2024-05-31"), "State of the law")
    assert any("1431 days after its adoption, 0 of 7" in line for line in law.paragraphs)
    assert ("Label of SSE enterprise", "expected, 2024-05") in law.table.rows


@pytest.mark.parametrize(
    ("language", "title", "reason"),
    [
        ("en", "Not measured", "nothing is recorded of it"),
        ("fr", "Non mesuré", "rien n'en est enregistré"),
        ("ar", "ما لم يُقَس", "لا يوجد أي تسجيل عنه"),
    ],
)
def test_what_cannot_be_measured_stands_apart_with_its_reason(language, title, reason):
    report = hub_report(REAL, language)
    measured, unmeasured = report.sections[5:7]
    assert title == unmeasured.title
    assert str(len(unmeasured.table.rows)) in unmeasured.paragraphs[0]
    assert reason in {row[1] for row in unmeasured.table.rows}
    assert not {row[0] for row in measured.table.rows} & {row[0] for row in unmeasured.table.rows}
    assert "0001" not in text(report)


def test_a_synthetic_report_shows_offers():
    report = hub_report(citess.datasets.synthetic(), on="2021-06-30")
    rows = section(report, "What is known of their offers").table.rows
    assert all(row[1].isdigit() for row in rows)


def test_a_report_on_nothing_says_so():
    report = hub_report(Dataset())
    assert "No hub is recorded." in text(report)
    assert "No law is recorded" in text(report)
    assert "No source contradicts another." in text(report)
    assert ("Record the next changes as they come, with their sources.",) == (
        report.sections[-2].items
    )


def test_a_report_without_a_day_says_so():
    assert "The data name no day" in text(hub_report(Dataset.of(LAND, HUB)))


def test_a_language_that_the_report_does_not_speak_is_named():
    with pytest.raises(ValueError, match="'de' is no language of the report; it speaks en, fr, ar"):
        hub_report(REAL, "de")
    with pytest.raises(ValueError, match="did you mean 'fr'"):
        hub_report(REAL, "frr")


def test_steps_follow_from_what_is_missing():
    agreement = Partnership(
        id="a",
        kind=PartnershipKind.NETWORK,
        members=(Member(party="h"), Member(party="p")),
        name=Text(fr="Accord"),
    )
    offer = citess.ServiceOffer(id="o", hub="h", service="s")
    service = citess.Service(id="s", name=NAME, kind="legal")
    partner = Partner(id="p", name=Text(fr="Partenaire"))
    data = Dataset.of(LAND, HUB, partner, agreement, offer, service)
    steps = hub_report(data).sections[-2].items
    assert (
        "Find out the sector of Partenaire.",
        "Find out whether the agreement “Accord” is signed.",
        "Cite a source for Pôle.",
    ) == steps
    form = citess.evolve(agreement, form=AgreementForm.MOU)
    known = citess.evolve(partner, sector=citess.Sector.SSE)
    sure = citess.evolve(HUB, evidence=Evidence.SYNTHETIC)
    steps = hub_report(data.replace(form, known, sure)).sections[-2].items
    assert ("Record the next changes as they come, with their sources.",) == steps


def law(**fields):
    return LegalFramework(id="l", country="t", status=LegalStatus.FRAMEWORK_LAW, **fields)


def test_a_law_of_which_nothing_is_reported_is_silent():
    decree = ImplementingText(id="d", framework="l", subject=Text(fr="Label"))
    report = hub_report(Dataset.of(LAND, HUB, law(), decree))
    state = section(report, "State of the law")
    assert "Of its 1 implementing texts, no source reports the status." in state.paragraphs
    assert (("Label", "not known"),) == state.table.rows


def test_a_law_of_unknown_age_says_so():
    decree = ImplementingText(
        id="d", framework="l", subject=Text(fr="Label"), issued=citess.PartialDate("2021-01-01")
    )
    report = hub_report(Dataset.of(LAND, HUB, law(), decree))
    assert "not known days after its adoption, 1 of 1" in text(report)
    steps = report.sections[-2].items
    assert not any("Watch" in step for step in steps)


def test_a_law_without_texts_has_no_table():
    state = section(hub_report(Dataset.of(LAND, HUB, law())), "State of the law")
    assert state.table is None


def test_words_name_records_figures_and_sources():
    words = Words(REAL, "fr")
    figure = Observation(
        id="f",
        subject="hub:citess-mahdia",
        indicator="unheard-of",
        value=None,
        unit="furlongs",
        status=ObservationStatus.REPORTED,
    )
    assert "non connu" == words.figure(figure)
    more = citess.evolve(figure, value=citess.Money.of(1500, "TND").amount)
    assert "1\u00a0500 furlongs" == words.figure(more)
    assert "unheard-of" == words.indicator("unheard-of")
    assert "aucun" == words.sources(())
    assert "iess-projects" == words.name("observation:iess-projects")
    assert "0,5 %".replace(",", ".") in words.figure(REAL.observations["sse-employment-press"])
