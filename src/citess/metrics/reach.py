"""Metrics of who is reached: how many, which shares, compared with whom."""

from citess.metrics._counted import count
from citess.metrics._facts import Facts
from citess.metrics._measure import Outcome
from citess.metrics._proportion import proportion
from citess.metrics._registry import Better, metric


@metric(
    "R02a",
    reads=count("cases", of="sex", distinct="client"),
    question="Does the hub serve women?",
    limits="A share says nothing of how many women there were to serve: see the parity index.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.HIGHER,
    formula=r"\frac{w}{w + m}",
    missing="people whose sex is not known leave the share and widen the bounds",
    small_numbers="Wilson interval; below 30 flagged imprecise",
    aggregation="unite the people, then recompute",
    source="Wilson 1927, doi:10.1080/01621459.1927.10502953",
    poolable=True,
    level="person",
)
def women_share(facts: Facts, **_: object) -> Outcome:
    """Share of women among the people supported.

    Different people by their pseudonym; cases without one count as a person each.

    Examples
    --------
    >>> found = women_share.compute({"female": 81, "male": 182})
    >>> round(found.value, 3), round(found.interval.low, 4), round(found.interval.high, 4)
    (0.308, 0.2553, 0.3662)
    """
    people = with_unnamed(facts)
    return proportion(people["female"], people.known, people.missing)


def with_unnamed(facts: Facts) -> Facts:
    """Different people, and those without a pseudonym as one each."""
    unnamed = facts.below("no-id")
    named = Facts({fact: n for fact, n in facts.items() if fact[:1] != ("no-id",)})
    return Facts({fact: named[fact] + unnamed[fact] for fact in {*named, *unnamed}})


__all__ = ["women_share"]
