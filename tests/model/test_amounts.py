"""Amounts below nothing and laws out of order are refused; the least that can be is not."""

from decimal import Decimal

import pytest

import citess
from citess import (
    AgeBand,
    Dataset,
    Enterprise,
    FinancingLine,
    ImplementingText,
    InvalidValueError,
    JobsCount,
    LegalFramework,
    LegalStatus,
    Money,
    PartialDate,
    Text,
)

D = PartialDate
LESS, NOTHING = Money.of("-0.001", "TND"), Money.of(0, "TND")


def line(**given):
    return FinancingLine(id="l", name=Text(fr="l"), **given)


def law(**given):
    return LegalFramework(id="a", country="tn", status=LegalStatus.FRAMEWORK_LAW, **given)


@pytest.mark.parametrize(
    ("make", "code", "path", "given"),
    [
        (line, "negative-amount", "amount_min", {"amount_min": LESS}),
        (line, "negative-amount", "amount_max", {"amount_max": LESS}),
        (line, "negative-amount", "envelope", {"envelope": LESS}),
        (line, "negative-amount", "tenor_months", {"tenor_months": -1}),
        (line, "negative-amount", "grace_months", {"grace_months": -1}),
        (law, "out-of-range", "articles", {"articles": 0}),
        (law, "too-early", "replaced", {"adopted": D("2020"), "replaced": D("2019")}),
        (law, "too-early", "replaced", {"in_force": D("2020-05"), "replaced": D("2020-04")}),
    ],
)
def test_what_is_less_than_can_be_is_refused(make, code, path, given):
    with pytest.raises(InvalidValueError) as refused:
        make(**given)
    assert (code, path) == (refused.value.issue.code, refused.value.issue.path)


def test_the_least_that_can_be_is_taken():
    made = line(amount_min=NOTHING, amount_max=NOTHING, envelope=NOTHING, tenor_months=0)
    assert (NOTHING, 0) == (made.envelope, made.tenor_months)
    assert 0 == line(grace_months=0, rate=Decimal(0)).grace_months
    text = law(articles=1, adopted=D("2020"), in_force=D("2020"), replaced=D("2020"))
    assert (1, D("2020")) == (text.articles, text.replaced)


def test_a_text_is_not_issued_before_its_law():
    place = citess.Territory(id="tn", name=Text(fr="t"), level=citess.TerritoryLevel.COUNTRY)
    given = {"id": "i", "framework": "a", "subject": Text(fr="s")}
    early = ImplementingText(**given, issued=D("2020-06-29"))
    adopted = law(adopted=D("2020-06-30"))
    with pytest.raises(citess.IntegrityError, match=r"implementing_texts\[i\]\.issued.*too-early"):
        Dataset.of(place, adopted, early)
    for issued in (None, D("2020"), D("2020-06-30")):
        text = ImplementingText(**given, issued=issued)
        assert Dataset.of(place, adopted, text).implementing_texts["i"] == text
    assert Dataset.of(place, law(), early).check().ok


def test_the_same_ages_from_two_sources_are_the_same_ages():
    bees = Enterprise(id="e", name=Text(fr="e"))
    source = citess.Source(id="s", title=Text(fr="s"), kind=citess.SourceKind.WEB)
    bands = (AgeBand(lower=18, upper=35), AgeBand(lower=18, upper=35, sources=("s",)))
    one, other = (
        JobsCount(id=f"j{n}", enterprise="e", on=D("2022"), heads=3, age_band=band)
        for n, band in enumerate(bands)
    )
    with pytest.raises(citess.IntegrityError, match="double-count"):
        Dataset.of(source, bees, one, other)
    wider = citess.evolve(other, age_band=AgeBand(lower=18, upper=36))
    assert 2 == len(Dataset.of(source, bees, one, wider).jobs_counts)
