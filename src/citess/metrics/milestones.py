"""Metrics of what projects and enterprises reach: creation, graduation, registration."""

from collections.abc import Collection
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from attrs import evolve

from citess.metrics._counted import count
from citess.metrics._facts import NOT_KNOWN, Fact, Facts, Number
from citess.metrics._job_counts import as_number
from citess.metrics._lifetimes import ENDED, GOING, Life, Lifetimes
from citess.metrics._measure import Outcome, Undefined
from citess.metrics._proportion import proportion
from citess.metrics._quality import checked
from citess.metrics._registry import Better, metric
from citess.metrics.curves import SurvivalCurve
from citess.metrics.tables._spells import MONTH
from citess.model import DateLike, as_date
from citess.model.time import days_between, months_later

_EVER: Final = 12 * 1000
"""Months that no calendar holds."""

_REACHED: Final = "reached"
_NOT_REACHED: Final = "not_reached"

_MATURED: Final = (
    "units whose time is not over are censored: with mature_after, those that entered less than "
    "so many months before are left out, whether they reached it or not, and counted"
)


class _Ways:
    """Units that set out to reach something: on which day, after how long, watched how long."""

    def __init__(self, facts: Facts, mature_after: float | None, as_of: DateLike | None) -> None:
        self.reached: Number = facts[_REACHED]
        self.n: Number = facts[_REACHED] + facts[_NOT_REACHED]
        self.missing: Number = facts[NOT_KNOWN]
        self.immature: Number = 0
        self.gone: Number = 0
        self.lives: dict[Life, int] = {}
        rows = [(fact, n) for fact, n in facts.items() if len(fact) == len(("", "", ""))]
        self.limit = None if mature_after is None else checked("mature_after", mature_after)
        self.day = _last_day(rows) if as_of is None else as_date(as_of)
        for fact, n in rows:
            self._take(fact, n)

    def _take(self, fact: Fact, n: Number) -> None:
        entered, after, watched = fact
        if not entered:
            self.missing += n
            return
        days = None if after == NOT_KNOWN else as_number(after)
        if self.limit is not None and self.day is not None:
            start = date.fromisoformat(entered)
            limit = _days_of(start, self.limit)
            if (self.day - start).days < limit:
                self.immature += n
                return
            days = None if days is None or days > limit else days
            if days is None:
                self.gone += n if as_number(watched or "0") < limit else 0
        self.n += n
        self.reached += n if days is not None else 0
        until = days if days is not None else as_number(watched or "0")
        life = (0.0, float(until), GOING if days is None else ENDED)
        self.lives[life] = self.lives.get(life, 0) + round(n)

    def outcome(self, *, lasting: Number = 0, **method: object) -> Outcome:
        """Share of those that reached it, with the time that it took."""
        method = {"mature_after_months": self.limit, "cohort": "by day of entry", **method}
        if self.day is not None:
            method["as_of"] = self.day.isoformat()
        if self.n == 0 and self.immature:
            return Outcome(
                reason=Undefined.IMMATURE,
                missing=self.missing,
                censored=self.immature,
                method=method,
            )
        found = proportion(self.reached, self.n, self.missing)
        curve = SurvivalCurve(Lifetimes(self.lives))
        median = curve.median if self.lives else None
        whole = self.n + self.missing
        bounds = None
        if found.bounds is not None:
            bounds = (found.bounds[0], (self.reached + self.gone + self.missing) / whole)
        immature = ("immature",) if self.limit is None and self.lives else ()
        return evolve(
            found,
            censored=self.immature + (curve.censored if self.lives else 0),
            not_applicable=lasting,
            bounds=bounds,
            parts={
                "immature": self.immature,
                "seen_too_briefly": self.gone,
                "median_months": None if median is None else median / MONTH,
            },
            method=method,
            warnings=(*found.warnings, *immature),
        )


@lru_cache
def _days_of(start: date, months: float) -> float:
    """Days of some months after a day: months of the calendar where they are whole."""
    if months != int(months) or months >= _EVER:
        return months * MONTH
    return days_between(start, months_later(start, int(months)))


def _last_day(rows: Collection[tuple[Fact, Number]]) -> date | None:
    """Last day on which any unit was seen."""
    days = [
        date.fromisoformat(entered)
        + timedelta(days=int(as_number(max(after, watched, key=lambda d: float(d or 0)) or "0")))
        for (entered, after, watched), _ in rows
        if entered
    ]
    return max(days, default=None)


def _starting(facts: Facts, start: Collection[str]) -> tuple[Facts, Number]:
    """Units that began in one of some states, or of which that is not known; how many others."""
    kept: dict[Fact, Number] = {}
    others: Number = 0
    for fact, n in facts.items():
        if len(fact) != len(("", "", "", "")):
            kept[fact] = n
        elif not fact[0]:
            kept[NOT_KNOWN, "", ""] = kept.get((NOT_KNOWN, "", ""), 0) + n
        elif fact[0] in start:
            kept[fact[1:]] = kept.get(fact[1:], 0) + n
        else:
            others += n
    return Facts(kept), others


@metric(
    "T11a",
    reads=count("projects", of=("start", "entered_on", "created_after", "seen_for")),
    question="Do ideas become enterprises?",
    limits="An idea that is given up for good reasons is no failure; those that come are not "
    "those that do not.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.HIGHER,
    formula=r"\frac{k}{n}",
    missing=_MATURED,
    small_numbers="Wilson interval; below 30 flagged imprecise",
    aggregation="sum cohorts of different projects, then recompute",
    source="Wilson 1927, doi:10.1080/01621459.1927.10502953; common indicator RCO 01, "
    "Regulation (EU) 2021/1058",
    poolable=True,
    level="project",
)
def creation_rate(
    facts: Facts,
    *,
    mature_after: float | None = None,
    as_of: DateLike | None = None,
    **_: object,
) -> Outcome:
    """Share of projects that become an enterprise.

    Of the projects at intake, those that were created. With ``mature_after`` months, only cohorts
    that entered so long before ``as_of`` count (the last day on which any was seen, when not
    given), and a creation counts only within those months: so each had the same time. Without,
    young cohorts weigh it down, and it says so. Those not seen for so long, which may have been
    created unseen, widen the bounds. A period takes those that entered in it.

    Raises
    ------
    ValueError
        When ``mature_after`` is negative or not finite.

    Examples
    --------
    >>> found = creation_rate.compute({"reached": 12, "not_reached": 28})
    >>> found.value, round(found.interval.low, 3), round(found.interval.high, 3)
    (0.3, 0.181, 0.454)
    """
    kept, others = _starting(facts, ("project",))
    return _Ways(kept, mature_after, as_of).outcome(lasting=others)


@metric(
    "T11b",
    reads=count("projects", of=("start", "entered_on", "matured_after", "seen_for")),
    question="Do those who are accompanied come to stand on their own?",
    limits="Consolidation is what somebody noted, by a judgement that may differ between hubs.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.HIGHER,
    formula=r"\frac{k}{n}",
    missing=_MATURED,
    small_numbers="Wilson interval; below 30 flagged imprecise",
    aggregation="sum cohorts of different enterprises, then recompute",
    source="Wilson 1927, doi:10.1080/01621459.1927.10502953",
    poolable=True,
    level="enterprise",
)
def graduation_rate(
    facts: Facts,
    *,
    mature_after: float | None = None,
    as_of: DateLike | None = None,
    start: str | Collection[str] = ("project", "enterprise"),
    **_: object,
) -> Outcome:
    """Share of projects and enterprises that come to stand on their own.

    That reached consolidation, growth, scaling or transformation after intake. ``start`` keeps
    those that were a ``"project"`` or an ``"enterprise"`` at intake; those that stood on their own
    already (``"mature"``) do not apply. For ``mature_after`` and ``as_of`` see the creation rate.

    Raises
    ------
    ValueError
        When ``mature_after`` is negative or not finite.

    Examples
    --------
    >>> cohort = {("project", "2020-01-10", "400", "800"): 6}
    >>> cohort |= {("project", "2020-01-10", "", "900"): 9, ("project", "2022-06-01", "", "30"): 5}
    >>> graduation_rate.compute(cohort).value
    0.3
    >>> found = graduation_rate.compute(cohort, mature_after=24, as_of="2022-07-01")
    >>> found.value, found.parts["immature"], found.method["as_of"]
    (0.4, 5, '2022-07-01')
    """
    begun = (start,) if isinstance(start, str) else tuple(start)
    kept, others = _starting(facts, begun)
    return _Ways(kept, mature_after, as_of).outcome(lasting=others, start=list(begun))


@metric(
    "T10",
    reads=count("formalities", of=("at_first", "stated_on", "formal_after", "stated_for")),
    question="Do informal enterprises register?",
    limits="Registration is a form: it does not say that work in it is protected.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.HIGHER,
    formula=r"\frac{k}{n}",
    missing=_MATURED,
    small_numbers="Wilson interval; below 30 flagged imprecise",
    aggregation="sum cohorts of different enterprises, then recompute",
    source="ILO Recommendation 204 (2015); Wilson 1927, doi:10.1080/01621459.1927.10502953",
    poolable=True,
    level="enterprise",
)
def formalisation_rate(
    facts: Facts,
    *,
    mature_after: float | None = None,
    as_of: DateLike | None = None,
    informal: str | Collection[str] = ("informal", "semi_formal"),
    **_: object,
) -> Outcome:
    """Share of informal enterprises that register.

    Of those that the first follow-up found informal or partly registered, those that a later one
    found registered. For ``mature_after`` and ``as_of`` see the creation rate; time runs from the
    first follow-up.

    Raises
    ------
    ValueError
        When ``mature_after`` is negative or not finite.

    Examples
    --------
    >>> found = formalisation_rate.compute({"reached": 24, "not_reached": 36})
    >>> found.value, round(found.interval.low, 3), round(found.interval.high, 3)
    (0.4, 0.286, 0.526)
    """
    begun = (informal,) if isinstance(informal, str) else tuple(informal)
    kept, others = _starting(facts, begun)
    return _Ways(kept, mature_after, as_of).outcome(lasting=others, informal=list(begun))


__all__ = ["creation_rate", "formalisation_rate", "graduation_rate"]
