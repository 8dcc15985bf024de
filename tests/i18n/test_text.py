"""Texts in several languages, and the words of every closed list."""

import copy
import pickle
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

import citess
import citess.errors._texts
import citess.metrics._texts
import citess.model
import citess.model._texts
import citess.questions
import citess.questions._texts
import citess.report._texts
from citess.i18n import LABEL_LANGUAGES, LANGUAGES, Catalogue, Term, Text, direction, text_fault

LOADED = [getattr(citess.model, name) for name in citess.model.__all__]
CATALOGUES = {
    "terms": Term.catalogue(),
    "errors": citess.errors._texts.CATALOGUE,
    "model": citess.model._texts.CATALOGUE,
    "metrics": citess.metrics._texts.CATALOGUE,
    "questions": citess.questions._texts.CATALOGUE,
    "report": citess.report._texts.CATALOGUE,
}


@pytest.mark.parametrize("name", CATALOGUES)
def test_every_text_exists_in_every_language(name):
    catalogue = CATALOGUES[name]
    assert (LABEL_LANGUAGES if name == "terms" else LANGUAGES) == catalogue.languages()
    assert {()} == {catalogue.missing(language) for language in catalogue.languages()}


def names(text):
    return {field for _, field, _, _ in string.Formatter().parse(text) if field}


@pytest.mark.parametrize("name", ["errors", "metrics", "model", "questions", "report"])
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_translations_name_the_same_facts(name, language):
    english, other = (CATALOGUES[name].texts(tag) for tag in ("en", language))
    assert {key: names(text) for key, text in english.items()} == {
        key: names(other[key]) for key in english
    }


def test_no_language_has_a_text_that_english_lacks():
    for catalogue in CATALOGUES.values():
        for language in catalogue.languages():
            more = set(catalogue.texts(language)) - set(catalogue.texts("en"))
            assert {
                key for key in more if key.split(".")[-1] not in {"two", "few", "many"}
            } == set()


def test_an_unknown_key_raises_and_an_unknown_language_falls_back():
    catalogue = Catalogue("citess.errors", {"a": "A"})
    assert "A" == catalogue.text("a", "it")
    assert {} == catalogue.texts("it")
    with pytest.raises(KeyError, match="b"):
        catalogue.text("b")


def test_a_text_gives_the_best_language_it_has():
    text = Text(it="Gruppo", fr="Groupe")
    assert ("Groupe", "Gruppo", "Groupe") == (text.get("fr-CA"), text.get("it"), text.get("zh"))
    assert "Gruppo" == Text(it="Gruppo").get("ar")
    assert ("ltr", "rtl") == (text.direction("ar"), Text(ar="تونس").direction("en"))
    assert "rtl" == direction("ar-TN")
    assert ["rtl"] * 4 == [direction(tag) for tag in ("aeb", "ary", "az-Arab", "ku-Arab-IQ")]
    assert ["ltr"] * 3 == [direction(tag) for tag in ("ar-Latn", "ber-Tfng", "en-GB")]


def test_a_text_is_a_value():
    text = Text({"pt-BR": "olá"}, fr="salut")
    again = pickle.loads(pickle.dumps(text))
    assert text == again == copy.deepcopy(text)
    assert hash(text) == hash(again)
    assert text != Text(fr="salut")
    assert text != "olá"
    assert ["pt-BR", "fr"] == list(text)
    assert (2, True, ("pt-BR", "fr")) == (len(text), "fr" in text, text.languages)
    assert "Text({'pt-BR': 'olá', 'fr': 'salut'})" == repr(text)


def test_a_text_cannot_be_changed():
    text = Text(fr="salut")
    with pytest.raises(AttributeError, match="immutable"):
        text.fr = "x"
    with pytest.raises(AttributeError, match="immutable"):
        del text._json


@pytest.mark.parametrize(
    ("given_", "error", "match"),
    [
        ({}, ValueError, "at least one language"),
        ({"French": "a"}, ValueError, "not a language tag"),
        ({"fr": 5}, TypeError, "maps language tags to strings"),
        ({5: "a"}, TypeError, "maps language tags to strings"),
        ({"fr": " a"}, ValueError, "blank"),
    ],
)
def test_an_unfit_text_is_refused(given_, error, match):
    with pytest.raises(error, match=match):
        Text(given_)


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("", "empty"),
        ("a" * 1_000_001, "too-long"),
        ("é" * 1_000_001, "too-long"),
        ("\ud800", "surrogate"),
        ("a ", "blank"),
        ("\u00a0a", "blank"),
        ("a\x00", "control"),
        ("a\u2066b", "bidi"),
        ("e\u0301", "not-nfc"),
        ("e\u0301\n.", "not-nfc"),
        ("a\tb\nc", None),
        ("سيدي بوزيد", None),
        ("x\u200cy", None),
    ],
)
def test_a_fault_is_named(value, fault):
    assert fault == text_fault(value)


@given(st.text())
def test_a_fit_text_is_kept_as_it_is(value):
    if text_fault(value) is None:
        assert value == str(Text(fr=value))
    else:
        with pytest.raises(ValueError, match="unfit"):
            Text(fr=value)


def test_a_term_is_its_code():
    assert "sse" == citess.Sector.SSE == str(citess.Sector.SSE)
    assert "hub_phase" == citess.HubPhase.list_name()


@pytest.mark.parametrize(
    ("n", "shown"),
    [
        (0, "لا توجد أي مشكلة"),
        (1, "مشكلة واحدة"),
        (2, "مشكلتان"),
        (5, "5 مشاكل"),
        (12, "12 مشكلة"),
        (100, "100 مشكلة"),
        (103, "103 مشاكل"),
    ],
)
def test_arabic_counts_have_their_plural(n, shown):
    issue = citess.Issue.of("bad-id", "a", "b")
    assert shown == citess.Report((issue,) * n).text("ar").splitlines()[0]


def test_counts_in_other_languages():
    issue = citess.Issue.of("bad-id", "a", "b")
    heads = [
        citess.Report((issue,) * n).text(tag).splitlines()[0]
        for tag in ("fr", "en")
        for n in (1, 2)
    ]
    assert ["1 problème", "2 problèmes", "1 issue", "2 issues"] == heads
    with pytest.raises(KeyError):
        Catalogue("citess.i18n", {}).count("a", 1)


@pytest.mark.parametrize("tag", [None, 7, b"fr", ["fr"]])
def test_a_language_is_a_tag(tag):
    with pytest.raises(TypeError, match="a language is a tag such as 'fr', not"):
        Text(fr="a").get(tag)
