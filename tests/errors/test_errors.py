"""Problems and exceptions: facts, sentences in three languages, pickles."""

import pickle

import pytest

from citess.errors import (
    ISSUE_CODES,
    CitessError,
    IntegrityError,
    InvalidValueError,
    Issue,
    LockedError,
    MissingExtraError,
    ReadError,
    Report,
    Severity,
    UndefinedMeasureError,
    UnknownIdError,
    UnsupportedEngineError,
    suggest,
)
from citess.errors._texts import ISSUES

FACTS = {
    "refs": "hub:a, label:a",
    "reason": "r",
    "limit": 64,
    "given_type": "a list",
    "expected_type": "a string",
    "field": "name",
    "current": "1.0",
    "kinds": "hub",
    "scheme": "units",
    "codes": "a, b",
    "decimals": 3,
    "range": "0 to 1",
    "start": "2017",
    "currency": "TND",
    "kind": "hub",
    "chain": "a > b > a",
    "event": "sent",
    "date": "2021-05",
    "other": "served",
    "form": "TN-GDA",
    "label": "kalo",
    "format": "geojson",
    "count": "3",
    "kept": "years",
    "least": 4,
    "type": "Feature",
}
ISSUE = Issue.of("bad-date", "hubs[a].created", "2017-13", suggestion="2017-12")
REPORT = Report((ISSUE,))
ERRORS = [
    (CitessError("plain"), Exception),
    (UnknownIdError("hub", "mahdi", "mahdia"), KeyError),
    (UnknownIdError("hub", "x"), KeyError),
    (InvalidValueError(ISSUE), ValueError),
    (IntegrityError(REPORT), ValueError),
    (ReadError(REPORT), ValueError),
    (UnsupportedEngineError("density", "polars", ("objects",)), ValueError),
    (UndefinedMeasureError("density", "too_few", "too few units"), ValueError),
    (MissingExtraError("plots", "plot"), ImportError),
    (LockedError("a.json", "process 1", 2.0), TimeoutError),
]


@pytest.mark.parametrize("code", ISSUE_CODES)
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_every_issue_has_a_sentence_in_every_language(code, language):
    text = Issue.of(code, "hubs[a]", "given", **FACTS).text(language)
    assert text.endswith(f"[{code}]")
    assert "{" not in text


@pytest.mark.parametrize("code", ISSUE_CODES)
def test_an_issue_names_what_is_wrong_in_lower_case_without_a_full_stop(code):
    for text in ISSUES[code]:
        assert not text.endswith(".")
        assert text[:1] == text[:1].lower() or text[:4] in {"UTF-", "YYYY"} or text[:2] == "a "


@pytest.mark.parametrize(("error", "builtin"), ERRORS)
def test_an_exception_is_the_builtin_that_callers_expect_and_pickles(error, builtin):
    again = pickle.loads(pickle.dumps(error))
    assert isinstance(error, builtin)
    assert (str(error), vars(error)) == (str(again), vars(again))


@pytest.mark.parametrize(("error", "builtin"), ERRORS[1:])
def test_an_exception_speaks_three_languages(error, builtin):
    assert 3 == len({error.text(language) for language in ("en", "fr", "ar")})


def test_a_report_tells_errors_from_warnings():
    warning = Issue.of("no-source", "hubs[a].sources", (), severity=Severity.WARNING)
    report = Report((ISSUE, warning))
    assert ((ISSUE,), (warning,), False) == (report.errors, report.warnings, report.ok)
    assert Report((warning,)).ok
    assert [ISSUE, warning] == list(report)
    assert (2, "2 issues") == (len(report), str(report).splitlines()[0])
    assert "no issue" == str(Report())
    assert "1 problème" == REPORT.text("fr").splitlines()[0]


def test_an_issue_moves_below_another_place():
    assert "programmes[p].hubs[a].created" == ISSUE.at("programmes[p]").path
    assert "x[0]" == Issue.of("bad-id", "[0]", "a").at("x").path
    assert "x" == Issue.of("bad-id", "", "a").at("x").path
    assert "x" == Issue.of("bad-id", "x", "a").at("").path


def test_an_issue_is_plain_data_for_json():
    found = ISSUE.to_dict("fr")
    assert ("bad-date", "error", "2017-12") == tuple(
        found[key] for key in ("code", "severity", "suggestion")
    )
    assert ISSUE.expected == ISSUE.to_dict()["expected"]


def test_what_was_given_is_shown_short_and_visible():
    assert "'\\u202e'" == Issue.of("bidi-character", "a", "\u202e").given
    assert 80 == len(Issue.of("bad-id", "a", "x" * 500).given)


def test_a_suggestion_is_near_or_none():
    assert ("mahdia", "TND", None) == (
        suggest("mahdi", ["mahdia"]),
        suggest("tnd", ["TND"]),
        suggest("xyz", ["mahdia"]),
    )


@pytest.mark.parametrize(
    ("details", "french", "arabic"),
    [
        (("wrong-type", {"given_type": "a string", "expected_type": "an object"}), "objet", "كائن"),
        (("out-of-range", {"range": "-90 to 90"}), "-90 à 90", "من -90 إلى 90"),
        (("out-of-range", {"range": "12.5 TND or more"}), "12.5 TND ou plus", "12.5 TND أو أكثر"),
        (("out-of-range", {"range": "odd"}), "odd", "odd"),
    ],
)
def test_types_and_ranges_are_said_in_the_language_of_the_sentence(details, french, arabic):
    code, facts = details
    issue = Issue.of(code, "a", 1, **facts)
    assert (french in issue.text("fr"), arabic in issue.text("ar")) == (True, True)
    assert list(facts.values())[-1] in issue.text()


def test_every_type_of_json_has_a_name_in_three_languages():
    from citess.errors._texts import WORDS
    from citess.io._strict import _NAMES

    assert set(_NAMES.values()) <= set(WORDS.values())
