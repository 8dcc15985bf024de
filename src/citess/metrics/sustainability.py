"""Metrics of money: whether one funder holds the hub, and how long the money lasts."""

from collections import defaultdict
from collections.abc import Mapping
from math import isfinite
from typing import Final

from attrs import evolve, frozen

from citess.metrics._counted import KNOWN, SUM, count
from citess.metrics._facts import NOT_KNOWN, Fact, Facts, Number
from citess.metrics._measure import Outcome, Undefined
from citess.metrics._quality import doubted, refused
from citess.metrics._registry import Better, metric, value_metric

_INCOME: Final = count("fundings", of=("giver", "currency", "project"), sums="amount")
_MONEY: Final = "amount"
_WORDS: Final = 3


def herfindahl(amounts: Mapping[str, Number]) -> Outcome:
    """Herfindahl-Hirschman index of shares, from amounts or shares by source.

    ``parts`` holds the effective number of sources, the index normalised to 0 for equal shares,
    and on the scale of 10,000 that competition authorities use.

    Raises
    ------
    ValueError
        When an amount is negative or not finite.

    Examples
    --------
    >>> found = herfindahl({"a": 30, "b": 30, "c": 20, "d": 20})
    >>> round(found.value, 4), round(found.parts["scaled"]), round(found.parts["effective"], 3)
    (0.26, 2600, 3.846)
    """
    for source, amount in amounts.items():
        if not isfinite(amount) or amount < 0:
            msg = f"an amount is zero or more, not {amount!r} (of {source!r})"
            raise ValueError(msg)
    total = sum(amounts.values())
    n = sum(amount > 0 for amount in amounts.values())
    if total == 0:
        return Outcome(reason=Undefined.ZERO_DENOMINATOR, n=len(amounts))
    index = sum((amount / total) ** 2 for amount in amounts.values())
    return Outcome(
        value=min(1.0, index),
        n=n,
        parts={
            "effective": 1 / index,
            "normalised": (index - 1 / n) / (1 - 1 / n) if n > 1 else None,
            "scaled": 10_000 * index,
            "diversification": 1 - index,
        },
    )


@metric(
    "H01",
    reads=_INCOME,
    question="Does one funder hold the hub?",
    limits="Shares of money only; a small gift may hold the key to a larger one.",
    unit="index",
    bounds=(0, 1),
    better=Better.LOWER,
    formula=r"H = \sum_i s_i^2,\quad \frac{1}{H},\quad \frac{H - 1/n}{1 - 1/n}",
    missing="fundings without an amount are left out and counted as missing; above two fifths "
    "there is no value unless allowed",
    small_numbers="with one source the normalised form is undefined",
    aggregation="recompute on pooled income; a distribution over hubs beside it",
    source="Carroll and Stater 2009, doi:10.1093/jopart/mun025",
    level="hub",
)
def funding_concentration(
    facts: Facts, *, currency: str | None = None, allow_missing: bool = False, **_: object
) -> Outcome:
    """Concentration of funding on few sources.

    Herfindahl-Hirschman index of the amounts by giver. Option ``currency``: the one to count, where
    several are recorded; currencies are never added. With ``allow_missing``, more than two fifths
    of the fundings may lack their amount.

    Examples
    --------
    >>> found = funding_concentration.compute({"a": 0.5, "b": 0.3, "c": 0.2})
    >>> [round(x, 4) for x in (found.value, found.parts["effective"], found.parts["normalised"])]
    [0.38, 2.6316, 0.07]
    """
    income = _income(facts, currency, allow_missing=allow_missing)
    if income.reason is not None:
        return Outcome(reason=income.reason, missing=income.missing)
    found = herfindahl(income.by_giver)
    return evolve(found, missing=income.missing, warnings=income.warnings)


@metric(
    "H03",
    reads=_INCOME,
    question="How much of the income comes from the greatest donor?",
    limits="It tells how much would be lost at once, not how likely that is.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.LOWER,
    formula=r"\max_i s_i",
    missing="fundings without an amount are left out and counted as missing; above two fifths "
    "there is no value unless allowed",
    small_numbers="with one source the share is one",
    aggregation="sum amounts by giver, then recompute",
    source="citess",
    level="hub",
)
def donor_dependency(
    facts: Facts, *, currency: str | None = None, allow_missing: bool = False, **_: object
) -> Outcome:
    """Share of the greatest donor in the income.

    ``parts["project"]`` is the share tied to a purpose or a programme, among income of which that
    is known; ``method["donor"]`` names the donor. Options ``currency`` and ``allow_missing``, as
    for :func:`funding_concentration`.

    Examples
    --------
    >>> found = donor_dependency.compute({"a": 0.5, "b": 0.3, "c": 0.2})
    >>> found.value, found.method["donor"], found.parts["project"]
    (0.5, 'a', None)
    """
    income = _income(facts, currency, allow_missing=allow_missing)
    total = sum(income.by_giver.values())
    if income.reason is not None or total == 0:
        reason = income.reason or Undefined.ZERO_DENOMINATOR
        return Outcome(reason=reason, missing=income.missing)
    donor = min(income.by_giver, key=lambda name: (-income.by_giver[name], name))
    known = income.tied + income.free
    return Outcome(
        value=income.by_giver[donor] / total,
        numerator=income.by_giver[donor],
        denominator=total,
        n=len(income.by_giver),
        missing=income.missing,
        parts={"project": income.tied / known if known else None},
        method={"donor": donor},
        warnings=income.warnings,
    )


@frozen(kw_only=True)
class _Income:
    by_giver: Mapping[str, Number]
    tied: Number = 0
    free: Number = 0
    missing: Number = 0
    reason: Undefined | None = None
    warnings: tuple[str, ...] = ()


def _income(facts: Facts, currency: str | None, *, allow_missing: bool) -> _Income:
    """Amounts of one currency by giver; hand numbers name the giver alone."""
    sums = facts.below(SUM, _MONEY)
    if not sums:
        by_hand: dict[Fact, Number] = {
            (*fact, NOT_KNOWN, NOT_KNOWN): x for fact, x in facts.items() if len(fact) == 1
        }
        sums = Facts(by_hand)
    rows = sum(x for fact, x in facts.items() if len(fact) == _WORDS)
    told = facts.below(KNOWN, _MONEY).total
    missing = rows - told
    currencies = {fact[1] for fact in sums}
    if currency is None and len(currencies) > 1:
        return _Income(by_giver={}, missing=missing, reason=Undefined.SEVERAL_CURRENCIES)
    wanted = {fact: x for fact, x in sums.items() if currency in {None, fact[1]}}
    if not wanted:
        reason = Undefined.NOT_KNOWN if missing else Undefined.ZERO_DENOMINATOR
        return _Income(by_giver={}, missing=missing, reason=reason)
    if refused(told, missing, allow_missing=allow_missing):
        return _Income(by_giver={}, missing=missing, reason=Undefined.TOO_MANY_MISSING)
    by_giver: defaultdict[str, Number] = defaultdict(int)
    tied: defaultdict[str, Number] = defaultdict(int)
    for (giver, _, project), amount in wanted.items():
        by_giver[giver] += amount
        tied[project] += amount
    return _Income(
        by_giver=by_giver,
        tied=tied["yes"],
        free=tied["no"],
        missing=missing,
        warnings=doubted(told, missing),
    )


@value_metric(
    "H02",
    question="Does the hub earn what it costs?",
    limits="Costs must hold what is given in kind, or the ratio flatters.",
    unit="ratio",
    bounds=(0, None),
    better=Better.HIGHER,
    formula=r"\frac{\text{earned income}}{\text{operating costs}}",
    missing="not defined without income and costs",
    small_numbers="none",
    aggregation="sum numerators and denominators, then divide",
    source="operational self-sufficiency of microfinance",
    poolable=True,
    level="hub",
)
def self_financing_ratio(
    earned: float | None, costs: float | None, *, in_kind: float | None = None
) -> Outcome:
    """Earned income over operating costs.

    May exceed 1. ``costs`` in money and ``in_kind`` in the value of what is given in kind, of the
    same period and currency; without ``in_kind`` a warning says so.

    Raises
    ------
    ValueError
        When an amount is negative or not finite.

    Examples
    --------
    >>> self_financing_ratio(30, 75, in_kind=0).value
    0.4
    >>> self_financing_ratio(30, 0).reason.label()
    'the denominator is zero'
    """
    amounts = {"earned": earned, "costs": costs, "in_kind": in_kind}
    _checked(amounts)
    if earned is None or costs is None:
        return Outcome(reason=Undefined.NOT_KNOWN, missing=1)
    total = costs + (in_kind or 0)
    if total == 0:
        return Outcome(reason=Undefined.ZERO_DENOMINATOR, numerator=earned, denominator=0)
    return Outcome(
        value=earned / total,
        numerator=earned,
        denominator=total,
        n=1,
        warnings=() if in_kind is not None else ("no-in-kind",),
    )


@value_metric(
    "H04",
    question="How many months until the cash ends?",
    limits="It takes costs and income as they are now; see the stress runway beside it.",
    unit="months",
    bounds=(0, None),
    better=Better.HIGHER,
    formula=r"\frac{\text{reserves}}{\text{costs} - \text{secured income}}",
    missing="not defined without reserves, costs and income",
    small_numbers="none",
    aggregation="least and median over hubs, never the mean",
    source="Nonprofit Finance Fund, practice",
    level="hub",
)
def runway(reserves: float | None, costs: float | None, income: float | None) -> Outcome:
    """Months that the reserves last.

    Costs and secured income are of one month. Where income covers the costs there is no end, and
    the reason says so: not a great number.

    Raises
    ------
    ValueError
        When an amount is negative or not finite.

    Examples
    --------
    >>> round(runway(60_000, 12_000, 7_500).value, 2)
    13.33
    >>> runway(60_000, 7_000, 7_500).reason.label()
    'there is no end: income covers the costs'
    """
    return _lasting(reserves, costs, income)


def _lasting(reserves: float | None, costs: float | None, income: float | None) -> Outcome:
    _checked({"reserves": reserves, "costs": costs, "income": income})
    if reserves is None or costs is None or income is None:
        return Outcome(reason=Undefined.NOT_KNOWN, missing=1)
    burnt = costs - income
    if burnt <= 0:
        return Outcome(reason=Undefined.UNLIMITED, n=1)
    return Outcome(value=reserves / burnt, numerator=reserves, denominator=burnt, n=1)


@value_metric(
    "H12",
    question="How many months would be left if the greatest donor went?",
    limits="One donor leaving at once; others may follow or step in.",
    unit="months",
    bounds=(0, None),
    better=Better.HIGHER,
    formula=r"\frac{\text{reserves}}{\text{costs} - (\text{income} - \text{greatest donor})}",
    missing="not defined without reserves, costs, income and the greatest donor",
    small_numbers="none",
    aggregation="least over hubs, never the mean",
    source="citess",
    level="hub",
)
def stress_runway(
    reserves: float | None, costs: float | None, income: float | None, greatest: float | None
) -> Outcome:
    """Months that the reserves last without the greatest donor.

    All but the reserves are of one month; ``greatest`` is the part of the income that the greatest
    donor gives.

    Raises
    ------
    ValueError
        When an amount is negative or not finite, or the greatest donor gives more than the income.

    Examples
    --------
    >>> stress_runway(60_000, 12_000, 7_500, 3_000).value
    8.0
    """
    _checked({"greatest": greatest})
    if greatest is None or income is None:
        return Outcome(reason=Undefined.NOT_KNOWN, missing=1)
    if greatest > income:
        msg = f"the greatest donor gives {greatest!r}, more than the income of {income!r}"
        raise ValueError(msg)
    return _lasting(reserves, costs, income - greatest)


def _checked(amounts: Mapping[str, float | None]) -> None:
    for name, amount in amounts.items():
        if amount is not None and not (isfinite(amount) and amount >= 0):
            msg = f"{name} is zero or more, not {amount!r}"
            raise ValueError(msg)


__all__ = [
    "donor_dependency",
    "funding_concentration",
    "herfindahl",
    "runway",
    "self_financing_ratio",
    "stress_runway",
]
