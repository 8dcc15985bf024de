"""What a measure says of itself, word by word, in each language."""

import networkx as nx
import pytest

from citess import evolve
from citess.metrics import constraint
from tests.metrics.test_measure_texts import share

FOUND = share(27, 19, 14)
SIGNED = r"\frac{\text{signed}}{\text{signed} + \text{unsigned}}"
TOLD = {
    "en": (
        (
            "Share of agreements that are signed: 0.587 (share of one); 27 of 46; 46 counted, "
            "14 not known; over the whole record"
        ),
        "95 % interval 0.4434 to 0.7171 (wilson)",
        "between 0.45 and 0.6833 whatever the missing values are",
        "Question: Are the ties signed?",
        f"Formula: {SIGNED}",
        "Limits: A signature says nothing of how much work is done together.",
        "Source: Wilson 1927, doi:10.1080/01621459.1927.10502953",
        "more than a tenth of the values are not known",
    ),
    "fr": (
        (
            "Part des accords signés : 0.587 (part de l'unité); 27 sur 46; 46 comptés, "
            "14 non connus; sur tout l'enregistrement"
        ),
        "intervalle à 95 % de 0.4434 à 0.7171 (wilson)",
        "entre 0.45 et 0.6833 quelles que soient les valeurs manquantes",
        "Question : Les liens sont-ils signés ?",
        f"Formule : {SIGNED}",
        "Limites : Une signature ne dit rien du travail fait ensemble.",
        "Source : Wilson 1927, doi:10.1080/01621459.1927.10502953",
        "plus d'un dixième des valeurs n'est pas connu",
    ),
}
CONSTRAINT = (
    "Contrainte de chaque nœud, selon Burt",
    "Question : Le cercle autour de chacun est-il fermé ?",
    r"Formule : \sum_j \Big(p_{ij} + \sum_q p_{iq} p_{qj}\Big)^2",
    (
        "Limites : Une faible contrainte laisse de la place au courtage ; elle ne dit pas qu'on"
        " s'en sert."
    ),
    "Source : Burt 1992; Burt 2004, doi:10.1086/421787",
)


@pytest.mark.parametrize("language", TOLD)
def test_a_measure_explains_itself(language):
    assert [*TOLD[language]] == FOUND.explain(language).splitlines()


def test_measures_of_nodes_explain_themselves():
    assert [*CONSTRAINT] == constraint(nx.star_graph(4)).explain("fr").splitlines()


@pytest.mark.parametrize(
    ("when", "en", "fr", "ar"),
    [
        ({}, "over the whole record", "sur tout l'enregistrement", "على كامل السجل"),
        ({"on": "2020-01-01"}, "on 2020-01-01", "au 2020-01-01", "بتاريخ 2020-01-01"),
        (
            {"period": "2020-01-01/2021-01-01"},
            "during 2020-01-01/2021-01-01",
            "pendant 2020-01-01/2021-01-01",
            "خلال 2020-01-01/2021-01-01",
        ),
        (
            {"period": "0001-01-01/2020-03-01"},
            "until 2020-02-29",
            "jusqu'au 2020-02-29",
            "حتى 2020-02-29",
        ),
    ],
)
def test_a_measure_says_when_it_holds(when, en, fr, ar):
    told = evolve(FOUND, **when)
    assert [en, fr, ar] == [told.text(tag).split("; ")[-1] for tag in ("en", "fr", "ar")]
