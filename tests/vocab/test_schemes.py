"""The open code lists: complete in three languages, consistent, with successors."""

import pytest

from citess import UnknownIdError, vocab
from citess.i18n import Text
from citess.model import currency_decimals
from citess.vocab import Concept, Scheme


@pytest.mark.parametrize("name", vocab.schemes())
def test_every_concept_has_labels_in_three_languages(name):
    scheme = vocab.scheme(name)
    lacking = [c.code for c in scheme.values() if not {"en", "fr", "ar"} <= set(c.labels)]
    assert [] == lacking
    assert {"en", "fr", "ar"} <= set(scheme.title)
    assert scheme.source


@pytest.mark.parametrize("name", vocab.schemes())
def test_wider_concepts_and_successors_exist(name):
    scheme = vocab.scheme(name)
    named = {code for c in scheme.values() for code in (*c.broader, c.replaced_by or c.code)}
    assert set() == named - set(scheme)


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
