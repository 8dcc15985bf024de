"""Metrics of the service offer: coverage, completeness, redundancy, fragility, continuity."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final, cast

from attrs import evolve

from citess.metrics._asked import Asked
from citess.metrics._derived import derive
from citess.metrics._facts import NOT_KNOWN, Facts
from citess.metrics._grid import NEEDED, OFFERED, met, met_by_named, needed, offered, too_few
from citess.metrics._measure import Outcome, Undefined
from citess.metrics._registry import Better, metric
from citess.metrics.tables._table import Row
from citess.metrics.tables.offers import (
    SUPPORTED_STAGES,
    Cell,
    OfferCell,
    offer_cells,
    required_kinds,
)
from citess.model import Dataset, DateLike, as_date

GAPS_SHOWN: Final = 100
"""Needs that nobody meets which a measure lists."""


@metric(
    "S01",
    reads=(OFFERED, NEEDED),
    question="Which needs can a client have met here?",
    limits="An offer on paper is not a service used; needs are those of the grid, not of people.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.HIGHER,
    formula=r"C = \frac{\sum_{c \in R} w_c [n_c \ge 1]}{\sum_{c \in R} w_c}",
    missing="no offer recorded is not known, never zero; what does not apply is not required",
    small_numbers="census: no interval",
    aggregation="union of offers, then recompute; never the mean of hubs",
    source="citess; weighted set coverage",
    at_ends=True,
)
def service_coverage(facts: Facts, *, required: object = None, **_: object) -> Outcome:
    """Service coverage.

    Share of required needs that at least one offer meets. A need is a kind of service, a stage and
    a territory. Option ``required``: needs as triples, or their weights by triple (the demand, say;
    ``None`` where a need does not apply); by default every kind of the vocabulary in use, from idea
    to growth, in every territory that a hub serves. ``method["gaps"]`` lists needs not met.

    Examples
    --------
    >>> from citess.metrics.services import offered, service_coverage
    >>> service_coverage.compute(offered({"a": range(9)}, required=range(12))).value
    0.75
    """
    weights, not_applicable = needed(facts, required)
    offers = met(facts)
    total = sum(weights.values())
    found = Outcome(denominator=total, n=len(weights), not_applicable=not_applicable)
    if total == 0:
        return evolve(found, reason=Undefined.ZERO_DENOMINATOR, denominator=None)
    if not offers:
        return evolve(found, reason=Undefined.NOT_KNOWN, n=0)
    covered = sum(weight for cell, weight in weights.items() if cell in offers)
    gaps = [list(cell) for cell in weights if cell not in offers]
    return evolve(
        found,
        value=covered / total,
        numerator=covered,
        parts={"offered_beyond_need": len(offers.keys() - weights.keys()), "unmet": len(gaps)},
        method={"gaps": gaps[:GAPS_SHOWN]},
    )


@metric(
    "S02",
    reads=(OFFERED, NEEDED),
    question="How many of the required kinds does one door open?",
    limits="A kind counts when one offer of it exists, whatever its stage and place.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.HIGHER,
    formula=r"\text{direct} = \frac{\#(D \cap R)}{\#R},\quad"
    r" \text{effective} = \frac{\#((D \cup F) \cap R)}{\#R}",
    missing="no offer recorded is not known, never zero",
    small_numbers="below 5 hubs: list, no ranking",
    aggregation="union of kinds for a network; distribution over hubs",
    source="citess",
    at_ends=True,
)
def one_stop_completeness(facts: Facts, *, required: object = None, **_: object) -> Outcome:
    """One-stop completeness.

    Share of required kinds of service that are offered directly or behind a signed referral
    agreement (the value, ``effective``), and directly alone (``parts["direct"]``). A referral
    without a signed agreement does not count; ``parts["claimed"]`` tells how many kinds have only
    such. Option ``required`` as for the service coverage.

    Examples
    --------
    >>> from citess.metrics.services import offered, one_stop_completeness
    >>> facts = {**offered({"a": range(4)}, required=range(8))}
    >>> facts |= offered({"b": (4, 5)}, channel="referral")
    >>> found = one_stop_completeness.compute(facts)
    >>> found.parts["direct"], found.value
    (0.5, 0.75)
    """
    weights, not_applicable = needed(facts, required)
    kinds = {cell[0] for cell in weights}
    by_channel: defaultdict[str, set[str]] = defaultdict(set)
    for fact in facts:
        if fact[0] == "offer":
            by_channel[fact[5]].add(fact[1])
    found = Outcome(n=len(kinds), not_applicable=not_applicable)
    if not kinds:
        return evolve(found, reason=Undefined.ZERO_DENOMINATOR)
    if not by_channel:
        return evolve(found, reason=Undefined.NOT_KNOWN, denominator=len(kinds), n=0)
    direct = by_channel["direct"] & kinds
    effective = direct | by_channel["referral"] & kinds
    return evolve(
        found,
        value=len(effective) / len(kinds),
        numerator=len(effective),
        denominator=len(kinds),
        parts={
            "direct": len(direct) / len(kinds),
            "effective": len(effective) / len(kinds),
            "claimed": len(by_channel["claimed"] & kinds - effective),
        },
    )


@metric(
    "S03",
    reads=OFFERED,
    question="How much of the offer is duplicated?",
    limits="Redundancy is waste and insurance: read it beside the single-provider share.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.CONTEXT,
    formula=r"1 - \frac{\#\bigcup_i A_i}{\sum_i \#A_i}",
    missing="needs met by nobody named are left out and counted as missing",
    small_numbers="undefined below 2 providers",
    aggregation="union of providers' needs, then recompute",
    source="set cover theory",
    at_ends=True,
)
def redundancy_ratio(facts: Facts, **_: object) -> Outcome:
    """Redundancy ratio.

    Share of the offer, provider by provider, that others offer too. Undefined below two providers.
    ``parts["single_provider_share"]`` is its good side: redundancy is insurance as well as waste.

    Examples
    --------
    >>> from citess.metrics.services import offered, redundancy_ratio
    >>> redundancy_ratio.compute(offered({"a": {1, 2, 3}, "b": {2, 3, 4, 5, 6}})).value
    0.25
    """
    cells, missing = met_by_named(facts)
    claims = sum(map(len, cells.values()))
    reason = too_few(cells)
    if reason:
        return Outcome(reason=reason, missing=missing)
    alone = sum(len(who) == 1 for who in cells.values())
    return Outcome(
        value=1 - len(cells) / claims,
        numerator=claims - len(cells),
        denominator=claims,
        n=len(set[str]().union(*cells.values())),
        missing=missing,
        parts={"single_provider_share": alone / len(cells)},
    )


@metric(
    "S04",
    reads=OFFERED,
    question="Which needs fall if one partner leaves?",
    limits="A provider may be one person strong: the count is of organisations.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.LOWER,
    formula=r"\frac{\#\{c : n_c = 1\}}{\#\{c : n_c \ge 1\}}",
    missing="needs met by nobody named are left out and counted as missing",
    small_numbers="undefined below 2 providers",
    aggregation="union of providers' needs, then recompute",
    source="reliability, N-1 criterion",
    at_ends=True,
)
def single_provider_share(facts: Facts, **_: object) -> Outcome:
    """Single-provider share.

    Share of the needs met that one provider alone meets; the needs are listed in
    ``method["cells"]`` with their provider.

    Examples
    --------
    >>> from citess.metrics.services import offered, single_provider_share
    >>> facts = offered({"a": (1, 2, 3), "b": (2, 3, 4, 5)})
    >>> found = single_provider_share.compute(facts)
    >>> found.numerator, found.denominator, found.method["cells"][0]
    (3, 5, ['1', 'any', 'any', 'a'])
    """
    cells, missing = met_by_named(facts)
    reason = too_few(cells)
    if reason:
        return Outcome(reason=reason, missing=missing)
    alone = sorted([*cell, *who] for cell, who in cells.items() if len(who) == 1)
    return Outcome(
        value=len(alone) / len(cells),
        numerator=len(alone),
        denominator=len(cells),
        n=len(cells),
        missing=missing,
        method={"cells": alone},
    )


def _at_both_ends(data: Dataset, asked: Asked) -> Iterable[Row]:
    """Needs met on the first day asked for, and on the last."""
    first, last = _ends(asked)
    for cell in offer_cells(data):
        held = cell.period
        for when, day in (("before", first), ("after", last)):
            if day is None:
                yield evolve(cell, channel=NOT_KNOWN)
            elif (answer := None if held is None else held.holds(day)) is not False:
                yield evolve(cell, channel=when if answer else f"perhaps-{when}")


def _ends(asked: Asked) -> tuple[date | None, date | None]:
    before, after = (
        cast("DateLike | None", asked.options.get(name)) for name in ("before", "after")
    )
    if before is not None and after is not None:
        return as_date(before), as_date(after)
    period = asked.period
    if period is None or period.start.date is None or period.end.date is None:
        return None, None
    return period.start.date.earliest, period.end.date.latest - timedelta(days=1)


CONTINUITY: Final = derive(
    "offers",
    _at_both_ends,
    of=("channel", "kind", "stage", "territory"),
    shaped=("before", "after"),
    frames=False,
)
"""Reads needs met at both ends of a period."""


@metric(
    "S15",
    reads=CONTINUITY,
    question="Did the offer survive between two days?",
    limits="What has another name is another offer; a need still met may be met by others.",
    unit="index",
    bounds=(0, 1),
    better=Better.HIGHER,
    formula=r"J = \frac{\#(A_0 \cap A_1)}{\#(A_0 \cup A_1)},\quad \frac{\#(A_0 \cap A_1)}{\#A_0}",
    missing="needs of which it is not known whether they were met are left out, and counted",
    small_numbers="undefined where nothing was offered on either day",
    aggregation="union of offers, then recompute",
    source="Snijders, van de Bunt and Steglich 2010, doi:10.1016/j.socnet.2009.02.004",
    at_ends=True,
    level="offer",
)
def offer_continuity(facts: Facts, **_: object) -> Outcome:
    """Continuity of the offer.

    How alike (Jaccard) the needs met on the first and on the last day of a period are;
    ``parts["persistence"]`` is the share of those met on the first day that are still met on the
    last. The days are the ends of ``period``, or the options ``before`` and ``after``.

    Examples
    --------
    >>> from citess.metrics.services import offer_continuity
    >>> facts = {("before", str(n)): 1 for n in (1, 2, 3, 4)}
    >>> facts |= {("after", str(n)): 1 for n in (2, 3, 4, 5)}
    >>> found = offer_continuity.compute(facts)
    >>> found.value, found.parts["persistence"]
    (0.6, 0.75)
    """
    before, after, maybe = (
        {fact[1:] for fact in facts if fact[0] in words}
        for words in (("before",), ("after",), ("perhaps-before", "perhaps-after"))
    )
    doubtful = len(maybe - (before & after))
    before, after = before - maybe | before & after, after - maybe | before & after
    kept, ever = before & after, before | after
    if not ever:
        reason = Undefined.NOT_APPLICABLE if NOT_KNOWN in {fact[0] for fact in facts} else None
        empty = Undefined.NOT_KNOWN if doubtful else Undefined.ZERO_DENOMINATOR
        return Outcome(reason=reason or empty, missing=doubtful)
    return Outcome(
        value=len(kept) / len(ever),
        numerator=len(kept),
        denominator=len(ever),
        n=len(ever),
        missing=doubtful,
        parts={
            "persistence": len(kept) / len(before) if before else None,
            "kept": len(kept),
            "ended": len(before - after),
            "begun": len(after - before),
        },
    )


__all__ = [
    "SUPPORTED_STAGES",
    "Cell",
    "OfferCell",
    "offer_continuity",
    "offered",
    "one_stop_completeness",
    "redundancy_ratio",
    "required_kinds",
    "service_coverage",
    "single_provider_share",
]
