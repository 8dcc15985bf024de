"""People served beside the people there are, as metrics of reach read both."""

from collections import Counter
from collections.abc import Iterable
from typing import Final, cast

from citess.metrics._asked import Asked
from citess.metrics._counted import NO_ID, SUM, count
from citess.metrics._derived import derive
from citess.metrics._facts import NOT_KNOWN, Facts, Number
from citess.metrics._merging import POPULATION
from citess.metrics.tables._table import Row
from citess.metrics.tables.population import populations
from citess.model import Dataset

PEOPLE: Final = "people"

SERVED_BY_SEX: Final = count("cases", of="sex", distinct="client", label=PEOPLE)
"""Reads different people served, by sex."""


def _populations(data: Dataset, asked: Asked) -> Iterable[Row]:
    return populations(data, asked.options.get(POPULATION))


PEOPLED: Final = derive(
    POPULATION,
    _populations,
    of="sex",
    sums="people",
    label=POPULATION,
    shaped=POPULATION,
    free=("territory", "sex"),
)
"""Reads the people there are, by sex."""


def people_of(facts: Facts) -> Facts:
    """Different people, and those without a pseudonym as one each."""
    people = facts.below(PEOPLE) if labelled(facts) else facts
    unnamed = people.below(NO_ID)
    named = Facts({fact: n for fact, n in people.items() if fact[:1] != (NO_ID,)})
    return Facts({fact: named[fact] + unnamed[fact] for fact in {*named, *unnamed}})


def labelled(facts: Facts) -> bool:
    """Whether facts were read from data, or written with their labels."""
    return any(fact[0] in {PEOPLE, POPULATION} for fact in facts)


def population_of(facts: Facts, given: object) -> dict[str, Number]:
    """People there are by sex: those read, or those given beside numbers counted by hand."""
    if labelled(facts):
        read = facts.below(POPULATION, SUM, "people")
        return {fact[0]: n for fact, n in read.items()}
    found: Counter[str] = Counter()
    for row in populations(Dataset(), given):
        found[row.sex or NOT_KNOWN] += cast("int", row.people)
    return dict(found)


__all__ = ["PEOPLE", "PEOPLED", "SERVED_BY_SEX", "labelled", "people_of", "population_of"]
