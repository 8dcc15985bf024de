"""The open code lists: complete in three languages, consistent, with successors."""

import pytest

import citess
from citess import UnknownIdError, vocab
from citess.i18n import LABEL_LANGUAGES, Text
from citess.model import currency_decimals
from citess.vocab import Concept, Scheme


@pytest.mark.parametrize("name", vocab.schemes())
def test_every_concept_has_labels_in_six_languages(name):
    scheme = vocab.scheme(name)
    lacking = [c.code for c in scheme.values() if not {*LABEL_LANGUAGES} <= set(c.labels)]
    assert [] == lacking
    assert {"en", "fr", "ar"} <= set(scheme.title)
    assert scheme.source


@pytest.mark.parametrize("name", vocab.schemes())
def test_wider_concepts_and_successors_exist(name):
    scheme = vocab.scheme(name)
    named = {code for c in scheme.values() for code in (*c.broader, c.replaced_by or c.code)}
    assert set() == named - set(scheme)


DEFINED = (
    "activities",
    "citess-method",
    "co-production",
    "essglobal-structures",
    "evidence",
    "hub-phase",
    "intensity",
    "legal-forms",
    "role",
    "sector",
    "service-kinds",
    "stage",
)


@pytest.mark.parametrize("name", DEFINED)
def test_every_concept_is_defined_in_three_languages(name):
    scheme = vocab.scheme(name)
    lacking = [c.code for c in scheme.values() if c.definition is None or len(c.definition) < 3]
    assert [] == lacking


def test_matches_name_schemes_and_codes_that_exist():
    matches = [
        match.partition(":")
        for name in vocab.schemes()
        for c in vocab.scheme(name).values()
        for match in c.matches
    ]
    assert {"essglobal", "isic-rev4", "data-inclusion"} == {scheme for scheme, _, _ in matches}
    structures = {code for scheme, _, code in matches if scheme == "essglobal"}
    assert {c for c in structures if not c.startswith("A")} <= set(
        vocab.scheme("essglobal-structures")
    )


def test_the_method_has_phases_determinants_risks_coping_and_sustainabilities():
    method = vocab.scheme("citess-method")
    kinds = [concept.facts["kind"] for concept in method.values()]
    assert (4, 3, 4, 5, 4) == tuple(
        kinds.count(kind) for kind in ("phase", "determinant", "risk", "coping", "sustainability")
    )
    answered = {c.facts["copes_with"] for c in method.values() if "copes_with" in c.facts}
    assert {c.code for c in method.values() if c.facts["kind"] == "risk"} == answered


def concept(code, label="x"):
    return Concept(code=code, labels=Text(en=label))


def test_schemes_and_concepts_of_ones_own_are_added(monkeypatch):
    monkeypatch.setattr("citess.vocab._scheme._loaded", {})
    monkeypatch.setattr("citess.vocab._scheme._added", {})
    vocab.add(Scheme("fish", Text(en="fish"), "own", {"tuna": concept("tuna")}))
    vocab.add(Scheme("service-kinds", Text(en="more"), "own", {"childcare": concept("childcare")}))
    assert "fish" in vocab.schemes()
    assert ("childcare", "legal") == tuple(
        code
        for code in reversed(vocab.scheme("service-kinds")._concepts)
        if code in {"childcare", "legal"}
    )
    with pytest.raises(ValueError, match="another meaning"):
        vocab.add(Scheme("fish", Text(en="fish"), "own", {"tuna": concept("tuna", "y")}))
    monkeypatch.setattr("citess.vocab._scheme._loaded", {})
    assert {"tuna"} == set(vocab.scheme("fish"))


class Entry:
    """An entry point as importlib gives it."""

    name, value = "fish", "shop:fish"

    def __init__(self, given):
        self.given = given

    def load(self):
        return self.given


@pytest.mark.parametrize("lazy", [False, True])
def test_installed_packages_bring_schemes(monkeypatch, lazy):
    made = Scheme("fish", Text(en="fish"), "own", {"tuna": concept("tuna")})
    monkeypatch.setattr("citess.vocab._scheme._loaded", {})
    entries = {"fish": (Entry((lambda: made) if lazy else made),)}
    monkeypatch.setattr("citess.vocab._scheme._installed", lambda: entries)
    assert {"tuna"} == set(vocab.scheme("fish"))


def test_an_entry_that_is_no_scheme_is_refused(monkeypatch):
    monkeypatch.setattr("citess.vocab._scheme._loaded", {})
    monkeypatch.setattr("citess.vocab._scheme._installed", lambda: {"fish": (Entry(7),)})
    with pytest.raises(TypeError, match="shop:fish"):
        vocab.scheme("fish")


def test_several_entries_of_one_name_are_joined(monkeypatch):
    import importlib.metadata

    from citess.vocab import _scheme

    monkeypatch.setattr(importlib.metadata, "entry_points", lambda group: (Entry(1), Entry(2)))
    assert [1, 2] == [entry.given for entry in _scheme._installed.__wrapped__()["fish"]]


def test_a_deprecated_code_leads_to_its_successor():
    kinds = vocab.scheme("service-kinds")
    assert kinds["coaching"].deprecated
    assert ("advice", "legal") == (kinds.successor("coaching"), kinds.successor("legal"))


def test_successors_in_a_circle_end():
    def concept(code, other):
        return Concept(code=code, labels=Text(en=code), replaced_by=other)

    scheme = Scheme("s", Text(en="s"), "", {"a": concept("a", "b"), "b": concept("b", "a")})
    assert "b" == scheme.successor("a")


def test_the_governorates_have_one_planning_region_and_one_district_each():
    land = vocab.scheme("territories")
    governorates = [c for c in land.values() if c.facts["level"] == "governorate"]
    levels = [sorted(str(land[above].facts["level"]) for above in c.broader) for c in governorates]
    assert [["country", "district", "planning_region"]] * 24 == levels


def test_currencies_have_the_decimals_of_iso_4217():
    assert (3, 2, 0) == tuple(currency_decimals(code) for code in ("TND", "EUR", "JPY"))


def test_an_unknown_scheme_or_code_is_named_with_a_suggestion():
    with pytest.raises(UnknownIdError, match="did you mean 'units'"):
        vocab.scheme("unit")
    with pytest.raises(UnknownIdError, match="did you mean 'TND'"):
        vocab.scheme("currencies")["TNDD"]


def test_a_scheme_is_a_mapping():
    scheme = vocab.scheme("units")
    assert ("Scheme('units', 9 concepts)", True, 9) == (repr(scheme), "jobs" in scheme, len(scheme))
    assert "jobs" in list(scheme)


def test_every_territory_has_a_level_that_is_defined_in_three_languages():
    levels = {concept.facts["level"] for concept in vocab.scheme("territories").values()}
    for level in citess.TerritoryLevel:
        told = {level.definition(language) for language in ("en", "fr", "ar")}
        assert len(told - {None}) == 3
    assert levels <= {str(level) for level in citess.TerritoryLevel}
