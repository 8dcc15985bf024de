"""Metrics of growth: symmetric, fast, and in real terms."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from math import fsum, isfinite
from statistics import median
from typing import Final

from citess.metrics._asked import Where
from citess.metrics._derived import derive
from citess.metrics._facts import Facts
from citess.metrics._job_counts import pair_rows, pairs_of
from citess.metrics._measure import Outcome, Undefined
from citess.metrics._proportion import proportion
from citess.metrics._quality import checked, refused, warned
from citess.metrics._registry import Better, metric, value_metric
from citess.metrics.intervals import bca_bootstrap
from citess.metrics.tables._histories import day_of
from citess.model import Dataset, Money, Period

Amount = float | Decimal | Money | None
Pair = tuple[float, float]

EU: Final = 0.1
"""Growth a year above which an enterprise grows fast: Implementing Regulation (EU) 2020/1197."""

OECD: Final = 0.2
"""The same in the manual of Eurostat and the OECD."""

_SIZE: Final = 10
_ROUNDING: Final = 1e-9


def _pairs(
    before: Amount | Iterable[Amount], after: Amount | Iterable[Amount]
) -> tuple[list[Pair], int]:
    """Numbers before and after of each unit, with how many are not known.

    Raises
    ------
    ValueError
        When lengths differ, a number is negative or not finite, or money has two currencies.
    """
    first, second = _listed(before), _listed(after)
    if len(first) != len(second):
        msg = f"before and after have as many values: {len(first)}, not {len(second)}"
        raise ValueError(msg)
    currencies = {one.currency for one in (*first, *second) if isinstance(one, Money)}
    if len(currencies) > 1:
        msg = f"amounts are in one currency, not in {', '.join(sorted(currencies))}"
        raise ValueError(msg)
    known = [
        (_number("before", a), _number("after", b))
        for a, b in zip(first, second, strict=True)
        if a is not None and b is not None
    ]
    return known, len(first) - len(known)


def _listed(given: Amount | Iterable[Amount]) -> list[Amount]:
    if given is None or isinstance(given, float | int | Decimal | Money):
        return [given]
    return list(given)


def _number(name: str, amount: float | Decimal | Money) -> float:
    return checked(name, float(amount.amount if isinstance(amount, Money) else amount))


def _symmetric(pair: Pair) -> float | None:
    before, after = pair
    return 2 * (after - before) / (before + after) if before + after else None


def _aggregate(pairs: Sequence[Pair]) -> float | None:
    whole = fsum(a + b for a, b in pairs)
    return 2 * fsum(b - a for a, b in pairs) / whole if whole else None


@value_metric(
    "T07",
    question="How much do enterprises grow, those that enter and close among them?",
    limits="It is no percentage: doubling is 0.667, and entry is always 2.",
    unit="rate",
    bounds=(-2, 2),
    better=Better.HIGHER,
    formula=r"\frac{2 (x_1 - x_0)}{x_1 + x_0}",
    missing="units of which an end is not known are left out and counted; with both zero, it does "
    "not apply; above 40 % missing refused",
    small_numbers="below 30 flagged imprecise; bootstrap interval by enterprise",
    aggregation="weighted by size: the rate of the sums",
    source="Davis, Haltiwanger and Schuh 1996, Job Creation and Destruction, MIT Press",
    level="enterprise",
)
def growth_symmetric(
    before: Amount | Iterable[Amount],
    after: Amount | Iterable[Amount],
    *,
    allow_missing: bool = False,
    seed: int | None = None,
    resamples: int = 2000,
) -> Outcome:
    """Symmetric growth between two dates.

    Of one unit or of several, in jobs, revenue or anything of zero or more; of several it is the
    rate of their sums, and ``parts`` holds the median and the plain mean of theirs. ``None`` is not
    known. :func:`job_pairs` and :func:`turnover_pairs` give both columns from data.

    Raises
    ------
    ValueError
        When the columns differ in length, a number is negative or not finite, or money has two
        currencies.

    Examples
    --------
    >>> [round(growth_symmetric(a, b).value, 4) for a, b in ((5, 8), (0, 4), (2, 0))]
    [0.4615, 2.0, -2.0]
    >>> growth_symmetric(0, 0).reason.value
    'zero_denominator'
    >>> found = growth_symmetric([0, 5, 6, 2], [4, 8, 3, 0], seed=1)
    >>> round(found.value, 4), found.parts["entries"], found.parts["exits"]
    (0.1429, 1, 1)
    """
    pairs, missing = _pairs(before, after)
    grown = [pair for pair in pairs if any(pair)]
    still = len(pairs) - len(grown)
    value = _aggregate(grown)
    if value is None or refused(len(grown), missing, allow_missing=allow_missing):
        reason = Undefined.NOT_KNOWN if missing else Undefined.ZERO_DENOMINATOR
        reason = Undefined.TOO_MANY_MISSING if grown else reason
        return Outcome(reason=reason, n=len(grown), missing=missing, not_applicable=still)
    rates = [rate for pair in grown if (rate := _symmetric(pair)) is not None]
    return Outcome(
        value=value,
        n=len(grown),
        missing=missing,
        not_applicable=still,
        interval=bca_bootstrap(grown, _aggregate, seed=seed, resamples=resamples),
        parts={
            "median": median(rates),
            "mean": fsum(rates) / len(rates),
            "entries": sum(a == 0 for a, _ in grown),
            "exits": sum(b == 0 for _, b in grown),
        },
        warnings=warned(len(grown), missing),
    )


@metric(
    "T08",
    reads=derive(
        "job_pairs",
        pair_rows,
        of=("before", "after"),
        shaped=("kind", "measure", "stale_after"),
    ),
    question="How many enterprises grow fast?",
    limits="Of few enterprises of ten jobs or more, the share says little; small ones are left "
    "out.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.HIGHER,
    formula=r"\frac{\#\{x_0 \ge 10,\ x_1 > x_0 (1 + r)^3\}}{\#\{x_0 \ge 10\}}",
    missing="enterprises of which an end is not known leave the share and widen the bounds; above "
    "two fifths there is no value unless allowed",
    small_numbers="Wilson interval; below 30 flagged imprecise",
    aggregation="sum enterprises, then recompute",
    source="Eurostat and OECD 2007, Manual on Business Demography Statistics; Implementing "
    "Regulation (EU) 2020/1197 for 10 %",
    poolable=True,
    level="enterprise",
)
def high_growth_share(
    facts: Facts,
    *,
    rate: float = EU,
    years: float = 3,
    least: float = _SIZE,
    allow_missing: bool = False,
    **_: object,
) -> Outcome:
    """Share of enterprises that grow fast.

    Of those with ``least`` (10) jobs or more at the start, those that grew by more than ``rate`` a
    year on average over ``years`` (3): 10 % in the European Union, 20 % for the OECD. Ask for a
    period of as many years, as ``"2019/2022"``. Smaller enterprises do not apply. With
    ``allow_missing``, more than two fifths may be unknown. From records, ``measure``, ``kind`` and
    ``stale_after`` choose the jobs as for the job flows.

    Raises
    ------
    ValueError
        When the rate, the years or the least size are not finite numbers of zero or more.

    Examples
    --------
    >>> from citess.metrics import changes
    >>> facts = changes([(10, 17), (10, 18), (20, 34), (4, 40)])
    >>> found = high_growth_share.compute(facts, rate=0.2)
    >>> round(found.value, 4), found.not_applicable, round(found.parts["factor"], 3)
    (0.3333, 1, 1.728)
    """
    factor = (1 + checked("rate", rate)) ** checked("years", years)
    checked("least", least)
    pairs, unknown = pairs_of(facts)
    large = [(a, b, n) for a, b, n in pairs if a >= least]
    fast = sum(n for a, b, n in large if b > a * factor * (1 + _ROUNDING))
    lost_small = sum(round(n) for (a, b), n in facts.items() if a and not b and float(a) < least)
    unknown -= lost_small
    small = lost_small + sum(n for a, _, n in pairs if a < least)
    known = sum(n for *_, n in large)
    found = proportion(fast, known, unknown)
    if known and refused(known, unknown, allow_missing=allow_missing):
        return Outcome(
            reason=Undefined.TOO_MANY_MISSING, n=known, missing=unknown, not_applicable=small
        )
    return Outcome(
        value=found.value,
        reason=found.reason,
        numerator=found.numerator,
        denominator=found.denominator,
        n=found.n,
        missing=found.missing,
        not_applicable=small,
        interval=found.interval,
        bounds=found.bounds,
        parts={"factor": factor, "least_after": least * factor},
        method={"rate": rate, "years": years, "least": least},
        warnings=found.warnings,
    )


@value_metric(
    "T09",
    question="Do sales grow in real terms?",
    limits="One index of prices for all: what an enterprise buys and sells may have moved apart.",
    unit="rate",
    bounds=(-1, None),
    better=Better.HIGHER,
    formula=r"\operatorname{median} \left( \frac{x_1 / x_0}{p_1 / p_0} - 1 \right)",
    missing="units of which an end is not known are left out and counted; those that start from "
    "nothing do not apply: see symmetric growth; above 40 % missing refused",
    small_numbers="below 30 flagged imprecise; bootstrap interval by enterprise",
    aggregation="recompute on all enterprises; the median, not the mean",
    source="Deflation by a consumer price index; Efron 1987, doi:10.1080/01621459.1987.10478410",
    level="enterprise",
)
def real_revenue_growth(  # noqa: PLR0913  (two columns, the prices, and how to resample)
    before: Amount | Iterable[Amount],
    after: Amount | Iterable[Amount],
    *,
    prices: tuple[float, float],
    allow_missing: bool = False,
    seed: int | None = None,
    resamples: int = 2000,
) -> Outcome:
    """Median growth of revenue in real terms.

    ``prices`` are the index of prices at both dates. Amounts are numbers or :class:`citess.Money`
    of one currency; ``None`` is not known. Where all start from nothing, ``parts["symmetric"]``
    still tells the growth of the sums at constant prices.

    Raises
    ------
    ValueError
        When the columns differ in length, a number is negative or not finite, money has two
        currencies, or a price index is not above zero.

    Examples
    --------
    >>> round(real_revenue_growth(100, 121, prices=(100, 110)).value, 4)
    0.1
    >>> found = real_revenue_growth([100, 50, 0], [121, 44, 10], prices=(100, 110), seed=1)
    >>> round(found.value, 4), found.n, found.not_applicable
    (-0.05, 2, 1)
    """
    if len(prices) != 2 or not all(isfinite(index) and index > 0 for index in prices):  # noqa: PLR2004  (before and after)
        msg = f"prices are two finite indices above zero, not {prices!r}"
        raise ValueError(msg)
    inflation = prices[1] / prices[0]
    pairs, missing = _pairs(before, after)
    rates = [b / a / inflation - 1 for a, b in pairs if a > 0]
    parts = {
        "symmetric": _aggregate([(a, b / inflation) for a, b in pairs]),
        "inflation": inflation - 1,
    }
    others = len(pairs) - len(rates)
    method = {"prices": list(prices)}
    if not rates or refused(len(rates), missing, allow_missing=allow_missing):
        reason = Undefined.NOT_KNOWN if missing else Undefined.ZERO_DENOMINATOR
        reason = Undefined.TOO_MANY_MISSING if rates else reason
        return Outcome(
            reason=reason,
            n=len(rates),
            missing=missing,
            not_applicable=others,
            parts=parts,
            method=method,
        )
    return Outcome(
        value=median(rates),
        n=len(rates),
        missing=missing,
        not_applicable=others,
        interval=bca_bootstrap(rates, median, seed=seed, resamples=resamples),
        parts={**parts, "mean": fsum(rates) / len(rates)},
        method=method,
        warnings=warned(len(rates), missing),
    )


def job_pairs(
    data: Dataset, *, period: str | Period | None = None, where: Where = None
) -> tuple[list[float | None], list[float | None]]:
    """Jobs of enterprises before and after a period, enterprise by enterprise.

    As the job flows read them, in heads.

    Examples
    --------
    >>> import citess
    >>> before, after = job_pairs(citess.datasets.synthetic(), period="2022")
    >>> len(before) == len(after)
    True
    """
    tally = high_growth_share.tally(data, period=period, where=where)
    pairs = [
        tuple(float(word) if word else None for word in fact)
        for fact, n in tally.facts()[()].items()
        for _ in range(round(n))
    ]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def turnover_pairs(data: Dataset) -> tuple[list[Money | None], list[Money | None]]:
    """Turnover of cases at the diagnosis and at the last follow-up that tells it.

    Of cases with a diagnosis; ``None`` is not known.

    Examples
    --------
    >>> import citess
    >>> before, after = turnover_pairs(citess.datasets.synthetic())
    >>> len(before) == len(after)
    True
    """
    later: dict[str, Money] = {}
    for one in sorted(data.follow_ups.values(), key=lambda found: (day_of(found.on), found.id)):
        if one.turnover is not None:
            later[one.case] = one.turnover
    earlier: dict[str, Money | None] = {}
    for first in sorted(data.diagnoses.values(), key=lambda found: (day_of(found.on), found.id)):
        if earlier.get(first.case) is None:
            earlier[first.case] = first.turnover
    cases = sorted(earlier)
    return [earlier[case] for case in cases], [later.get(case) for case in cases]


__all__ = [
    "growth_symmetric",
    "high_growth_share",
    "job_pairs",
    "real_revenue_growth",
    "turnover_pairs",
]
