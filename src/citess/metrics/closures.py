"""Metrics of closures: for each year that enterprises live, and against what is expected."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from math import fsum
from typing import Final

from citess.metrics._asked import Asked, By, Where
from citess.metrics._counted import SUM
from citess.metrics._derived import Derived
from citess.metrics._facts import Fact, Facts, Number
from citess.metrics._measure import Outcome, Undefined
from citess.metrics._quality import FEW_EVENTS, checked
from citess.metrics._registry import Better, metric, value_metric
from citess.metrics.intervals import garwood
from citess.metrics.tables._histories import History, day_of, known_histories
from citess.metrics.tables._spells import YEAR, anniversary
from citess.metrics.tables.enterprise_years import Exposure
from citess.model import Dataset, PartialDate, Period

Stratum = tuple[str, ...]
"""Activity, and whole years of age, of enterprises."""

_CLOSED: Final = "closed"
_YEARS: Final = "years"


def exposures(data: Dataset, asked: Asked) -> Iterator[Exposure]:
    """Rows of the days that enterprises were watched in the period, by year of their age."""
    period = asked.period
    first = None if period is None or period.start.date is None else day_of(period.start.date)
    last = None if period is None or period.end.date is None else day_of(period.end.date)
    for history in known_histories(data):
        created, seen = history.created_on, history.closed_on or history.seen_on
        if created is not None and seen is not None:
            entered = created if history.entered is None else day_of(history.entered)
            start = max(created, entered, first or created)
            end = seen if last is None else min(seen, last)
            closed = history.closed_on is not None and (last is None or seen < last)
            yield from _by_age(history, created, start, end, closed=closed)
        elif history.was_enterprise:
            yield Exposure(
                history=history,
                on=PartialDate.of(first or history.last_seen or date.min),
                sources=history.sources,
            )


def _by_age(
    history: History, created: date, start: date, end: date, *, closed: bool
) -> Iterator[Exposure]:
    if start > end:
        return
    age = start.year - created.year
    age -= anniversary(created, age) > start
    cuts = [start, min(anniversary(created, age + 1), end)]
    while cuts[-1] < end:
        cuts.append(min(anniversary(created, age + len(cuts)), end))
    for place, (since, until) in enumerate(pairwise(cuts)):
        over = closed and until == end
        if until > since or over:
            yield Exposure(
                history=history,
                on=PartialDate.of(since),
                age=age + place,
                days=(until - since).days,
                closed=over,
                sources=history.sources,
            )


def _strata(facts: Facts) -> tuple[dict[Stratum, list[Number]], Number]:
    """Closures and years watched of each stratum, with how many are not known."""
    found: dict[Stratum, list[Number]] = {}
    missing: Number = 0
    for fact, n in facts.items():
        word, *stratum = fact
        sums = found.setdefault(tuple(stratum), [0, 0])
        if word == _CLOSED:
            sums[0] += n
        elif word == _YEARS:
            sums[1] += n
        else:
            missing += n
    return {stratum: sums for stratum, sums in found.items() if any(sums)}, missing


def _read(facts: Facts) -> Facts:
    """Facts of closures, of years and of what is not known, from those of rows."""
    if not facts.below(SUM):
        return facts
    found: dict[Fact, Number] = {}
    for (closed, *stratum), n in facts.items():
        if closed == "yes":
            found[_CLOSED, *stratum] = n
        elif closed == "":
            found["", *stratum] = n
    for (_, *stratum), days in sorted(facts.below(SUM, "days").items()):
        key = (_YEARS, *stratum)
        found[key] = found.get(key, 0) + days / YEAR
    return Facts(found)


@metric(
    "T13",
    reads=Derived(
        table="enterprise_years",
        of=("closed", "activity", "age"),
        sums=("days",),
        derive=exposures,
    ),
    question="How many enterprises close in a year?",
    limits="Young enterprises close more often: see the standardised ratio to compare.",
    unit="per-year",
    bounds=(0, None),
    better=Better.LOWER,
    formula=r"\frac{d}{\sum \text{years watched}}",
    missing="enterprises without a day of creation are left out and counted; those lost from sight "
    "count until last seen",
    small_numbers="Garwood's exact interval; below 10 closures flagged",
    aggregation="sum closures and years, then divide",
    source="Garwood 1936, doi:10.1093/biomet/28.3-4.437",
    at_ends=True,
    level="enterprise",
)
def closure_rate(facts: Facts, **_: object) -> Outcome:
    """Closures for each year that enterprises were watched.

    An enterprise is watched from its creation, or from when a hub first saw it if that is later,
    until it closes or was last seen; only the days in the period count. A frame holds years already
    cut at the ends of the period: of those, the ones that begin in it count.

    Examples
    --------
    >>> found = closure_rate.compute({"closed": 10, "years": 200})
    >>> found.value, round(found.interval.low, 4), round(found.interval.high, 4)
    (0.05, 0.024, 0.092)
    """
    strata, missing = _strata(_read(facts))
    closed = sum(sums[0] for sums in strata.values())
    years = fsum(sums[1] for sums in strata.values())
    method = {"exposure": "enterprise-years in the period"}
    if years == 0:
        reason = Undefined.NOT_KNOWN if missing else Undefined.ZERO_DENOMINATOR
        return Outcome(reason=reason, missing=missing, method=method)
    return Outcome(
        value=closed / years,
        numerator=closed,
        denominator=years,
        n=closed,
        missing=missing,
        interval=garwood(closed, years),
        parts={"closures": closed, "years": years},
        method=method,
        warnings=("few-events",) if closed < FEW_EVENTS else (),
    )


def closure_strata(
    data: Dataset, *, by: By = None, period: str | Period | None = None, where: Where = None
) -> dict[str, tuple[dict[Stratum, Number], dict[Stratum, Number]]]:
    """Closures, and years watched, by activity and year of age, for each group.

    Without groups there is one, named ``"all"``.

    Examples
    --------
    >>> import citess
    >>> found = closure_strata(citess.datasets.synthetic(), by="hub", period="2023")
    >>> sorted(found)
    ['synthetic-0-hub-0', 'synthetic-0-hub-1']
    """
    tally = closure_rate.tally(data, by=by, period=period, where=where)
    found: dict[str, tuple[dict[Stratum, Number], dict[Stratum, Number]]] = {}
    for group, facts in tally.facts().items():
        if group or not tally.by:
            strata, _ = _strata(_read(facts))
            found[" / ".join(group) or "all"] = (
                {stratum: sums[0] for stratum, sums in strata.items() if sums[0]},
                {stratum: sums[1] for stratum, sums in strata.items() if sums[1]},
            )
    return found


@value_metric(
    "T14",
    question="Do fewer enterprises close than elsewhere, with the same mix of activity and age?",
    limits="It is no better than the reference: its years, its country and what it calls closed.",
    unit="factor",
    bounds=(0, None),
    better=Better.LOWER,
    formula=r"\frac{O}{\sum_s r_s \, t_s}",
    missing="strata without a reference rate give no value; they are named",
    small_numbers="exact Poisson interval; below 10 closures flagged",
    aggregation="sum observed and expected, then divide; never the mean of ratios",
    source="Indirect standardisation; Garwood 1936, doi:10.1093/biomet/28.3-4.437",
    level="enterprise",
)
def standardised_closure_ratio(
    observed: Number | Mapping[Stratum, Number],
    *,
    expected: Number | None = None,
    exposure: Mapping[Stratum, Number] | None = None,
    rates: Mapping[Stratum, Number] | None = None,
    level: float = 0.95,
) -> Outcome:
    """Closures observed for each one expected.

    ``observed`` are the closures, in all or by stratum, as activity and age. What is expected is
    given, or comes from the years watched in each stratum (``exposure``) and the reference closures
    for each enterprise-year (``rates``); :func:`closure_strata` gives the first two from data.

    Raises
    ------
    ValueError
        When a number is negative or not finite, or neither what is expected nor both exposure and
        rates are given.

    Examples
    --------
    >>> found = standardised_closure_ratio(10, expected=8)
    >>> found.value, round(found.interval.low, 2), round(found.interval.high, 2)
    (1.25, 0.6, 2.3)
    >>> years, rates = {("A", "0"): 50, ("A", "1"): 30}, {("A", "0"): 0.1, ("A", "1"): 0.1}
    >>> standardised_closure_ratio(10, exposure=years, rates=rates).parts["expected"]
    8.0
    """
    closed = sum(observed.values()) if isinstance(observed, Mapping) else observed
    checked("observed", closed)
    lacking: list[Stratum] = []
    if expected is None:
        if exposure is None or rates is None:
            msg = "give what is expected, or both exposure and rates"
            raise ValueError(msg)
        lacking = sorted(stratum for stratum in exposure if stratum not in rates)
        expected = fsum(
            checked("exposure", years) * checked("rates", rates[stratum])
            for stratum, years in exposure.items()
            if stratum in rates
        )
    checked("expected", expected)
    method = {"without_rate": [list(stratum) for stratum in lacking]}
    parts = {"observed": closed, "expected": expected}
    if lacking or expected == 0:
        reason = Undefined.NOT_KNOWN if lacking else Undefined.ZERO_DENOMINATOR
        return Outcome(reason=reason, missing=len(lacking), parts=parts, method=method)
    return Outcome(
        value=closed / expected,
        numerator=closed,
        denominator=expected,
        n=closed,
        interval=garwood(closed, expected, level),
        parts=parts,
        method=method,
        warnings=("few-events",) if closed < FEW_EVENTS else (),
    )


__all__ = ["closure_rate", "closure_strata", "standardised_closure_ratio"]
