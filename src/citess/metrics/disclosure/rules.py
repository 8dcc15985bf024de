"""Rules that tell which figures are unsafe by themselves."""

from collections.abc import Sequence
from math import isfinite
from typing import Final

from citess.metrics._measure import Outcome, Undefined
from citess.metrics._registry import Better, value_metric
from citess.metrics.disclosure.table import CountTable

THRESHOLD: Final = 5
"""Least count that is published, unless a policy says otherwise."""


@value_metric(
    "D01",
    question="Which cells of a table are unsafe to publish?",
    limits="A cell safe by itself can be undone by its margins: see the audit.",
    unit="cells",
    bounds=(0, None),
    better=Better.LOWER,
    formula=r"\#\{c : 0 < n_c < t\}",
    missing="every count is given",
    small_numbers="that is its subject",
    aggregation="look at all margins and linked tables together",
    source="Hundepool and others 2012, doi:10.1002/9781118348239",
    level="person",
)
def primary_suppression(
    table: CountTable, *, threshold: int = THRESHOLD, zeros: bool = False
) -> Outcome:
    """Cells too small to be published.

    Cells and margins below the threshold; zeros are safe unless ``zeros`` protects them too.
    ``method["cells"]`` lists them.

    Raises
    ------
    ValueError
        When the threshold is below 1.

    Examples
    --------
    >>> table = CountTable.grid([[20, 50, 10], [3, 19, 22], [17, 32, 12]])
    >>> primary_suppression(table).method["cells"]
    [['1', '0']]
    """
    if threshold < 1:
        msg = f"the threshold is 1 or more, not {threshold!r}"
        raise ValueError(msg)
    least = 0 if zeros else 1
    unsafe = [list(cell) for cell, n in table.counts.items() if least <= n < threshold]
    return Outcome(
        value=len(unsafe),
        n=len(table.counts),
        method={"cells": unsafe, "threshold": threshold, "zeros": zeros},
    )


@value_metric(
    "D02",
    question="Does one contributor make a sum?",
    limits="Holdings of one owner are merged first: nobody but the caller knows them.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.LOWER,
    formula=r"x_1 + \dots + x_n > \tfrac{k}{100} X,\quad X - x_1 - x_2 < \tfrac{p}{100} x_1",
    missing="every contribution is given",
    small_numbers="one contributor is always unsafe",
    aggregation="look at every cell of the table",
    source="Hundepool and others 2012, doi:10.1002/9781118348239",
    level="organisation",
)
def dominance(
    contributions: Sequence[float], *, n: int = 2, k: float = 85, p: float = 10
) -> Outcome:
    """Share of the greatest contributors in a sum, and whether it is unsafe.

    The value is the share of the ``n`` greatest; ``parts`` says 1 or 0 for each rule: ``nk`` when
    they make more than ``k`` per cent, ``p`` when the rest, without the two greatest, is less than
    ``p`` per cent of the greatest, so that the second can guess the first.

    Raises
    ------
    ValueError
        When a contribution is negative or not finite, or a rule is out of range.

    Examples
    --------
    >>> dominance([60, 30, 10]).parts, dominance([60, 30, 10], p=20).parts["p"]
    ({'nk': 1, 'p': 0}, 1)
    """
    if n < 1 or not 0 < k <= 100 or not p > 0:  # noqa: PLR2004  (per cent)
        msg = f"the rules want n of 1 or more, k up to 100, p above 0; not {n!r}, {k!r}, {p!r}"
        raise ValueError(msg)
    known = sorted(contributions, reverse=True)
    for amount in known:
        if not isfinite(amount) or amount < 0:
            msg = f"contributions are zero or more, not {amount!r}"
            raise ValueError(msg)
    whole = sum(known)
    if whole == 0:
        return Outcome(reason=Undefined.ZERO_DENOMINATOR, n=len(known))
    top = sum(known[:n])
    return Outcome(
        value=top / whole,
        numerator=top,
        denominator=whole,
        n=len(known),
        parts={
            "nk": int(100 * top > k * whole),
            "p": int(100 * (whole - sum(known[:2])) < p * known[0]),
        },
        method={"n": n, "k": k, "p": p},
    )


@value_metric(
    "D09",
    question="May a rate be published?",
    limits="It looks at one rate; linked rates and totals can still undo it.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.CONTEXT,
    formula=r"a \ge t,\quad n - a \ge t,\quad n \ge n_{min}",
    missing="both counts are given",
    small_numbers="that is its subject",
    aggregation="from exact counts, never from rounded ones",
    source="practice of statistical offices",
    level="person",
)
def safe_ratio(
    numerator: int, denominator: int, *, threshold: int = THRESHOLD, least: int = 2 * THRESHOLD
) -> Outcome:
    """Rate of two counts, withheld when it would tell of few people.

    Withheld unless those counted, those not counted and all together reach the threshold, the
    threshold and the least denominator. ``parts["class"]`` is then the number of the class of width
    a quarter that the rate lies in, from 1 to 4, where the denominator is large enough.

    Raises
    ------
    ValueError
        When the counts are negative or the numerator exceeds the denominator.

    Examples
    --------
    >>> safe_ratio(4, 6).reason.label(), safe_ratio(40, 60).value
    ('withheld to protect persons', 0.6666666666666666)
    """
    if not 0 <= numerator <= denominator:
        msg = f"counts are 0 up to the denominator, not {numerator!r} of {denominator!r}"
        raise ValueError(msg)
    method = {"threshold": threshold, "least": least}
    if denominator == 0:
        return Outcome(reason=Undefined.ZERO_DENOMINATOR, method=method)
    large = denominator >= least
    if large and numerator >= threshold and denominator - numerator >= threshold:
        return Outcome(
            value=numerator / denominator,
            numerator=numerator,
            denominator=denominator,
            n=denominator,
            method=method,
        )
    quarter = min(4, 1 + 4 * numerator // denominator) if large else None
    return Outcome(reason=Undefined.WITHHELD, parts={"class": quarter}, method=method)


__all__ = ["THRESHOLD", "dominance", "primary_suppression", "safe_ratio"]
