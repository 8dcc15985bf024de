"""Metrics of the way through a hub: paths walked, referrals, waits, needs met, hours used."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final, cast

from attrs import evolve

from citess.metrics._asked import Asked
from citess.metrics._counted import KNOWN, SUM, count
from citess.metrics._derived import derive
from citess.metrics._facts import NOT_KNOWN, Facts, Number
from citess.metrics._lifetimes import ENDED, GOING, Life, Lifetimes
from citess.metrics._measure import Interval, Outcome, Undefined
from citess.metrics._proportion import proportion
from citess.metrics._quality import FEW_EVENTS, checked, doubted, refused
from citess.metrics._registry import Better, metric
from citess.metrics._spells import CENSORED, EVENT, spells
from citess.metrics.curves import SurvivalCurve
from citess.metrics.tables._table import Row
from citess.metrics.tables.journeys import OPEN, SERVED, journeys
from citess.model import Case, Dataset, DateLike, as_date

MINUTES: Final = 60


def _journeys(data: Dataset, asked: Asked) -> Iterable[Row]:
    options = asked.options
    limit = cast("float | None", options.get("limit"))
    if limit is not None:
        checked("limit", limit)
    sequence = cast("Sequence[str] | None", options.get("sequence"))
    as_of, days = options.get("as_of"), cast("int", options.get("mature_after", 0))
    day = None if as_of is None else as_date(cast("DateLike", as_of))

    def settled(case: Case) -> bool:
        return case.closed is not None or (day is not None and _had(case, day, days))

    return journeys(data, sequence, limit, settled)


def _had(case: Case, day: date, days: int) -> bool:
    return (day - case.opened.latest).days >= days


@metric(
    "S08",
    reads=derive(
        "journeys",
        _journeys,
        of="state",
        shaped=("sequence", "limit", "as_of", "mature_after"),
    ),
    question="Is the path that a client needs served in order, without a hole?",
    limits="A path served is not a project that succeeds; the path is what the plan says.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.HIGHER,
    formula=r"\frac{\#\{\text{settled journeys served in order, each step in time}\}}"
    r"{\#\{\text{settled journeys}\}}",
    missing="journeys still open are censored; those without a plan, or with dates too coarse to "
    "tell the order, are missing and widen the bounds; above two fifths there is no value unless "
    "allowed",
    small_numbers="Wilson interval; below 30 flagged imprecise",
    aggregation="sum journeys, then divide",
    source="process mining (conformance)",
    poolable=True,
    level="case",
)
def pathway_completion(facts: Facts, *, allow_missing: bool = False, **_: object) -> Outcome:
    """Completion of the path.

    Share of settled cases whose needed services were given in order. The needed services are those
    of the last plan, or the option ``sequence``: kinds or services in order. Option ``limit``: days
    within which each step must follow the one before, the first from intake. A case is settled when
    it is closed, or had ``mature_after`` days by the day ``as_of``; others are censored. With
    ``allow_missing``, more than two fifths may be missing.

    Examples
    --------
    >>> from citess.metrics import pathway_completion
    >>> found = pathway_completion.compute({"complete": 7, "broken": 3})
    >>> found.value, round(found.interval.low, 3), round(found.interval.high, 3)
    (0.7, 0.397, 0.892)
    """
    complete, known = facts["complete"], facts["complete"] + facts["broken"]
    censored = facts[OPEN] + facts["open-complete"]
    found = evolve(
        _share(complete, known, facts.missing, allow_missing=allow_missing), censored=censored
    )
    if known == 0 and censored:
        return evolve(found, reason=Undefined.IMMATURE)
    return evolve(found, parts={"open_complete": facts["open-complete"]})


def _share(count_: Number, known: Number, missing: Number, *, allow_missing: bool) -> Outcome:
    if known and refused(known, missing, allow_missing=allow_missing):
        return Outcome(reason=Undefined.TOO_MANY_MISSING, n=known, missing=missing)
    return proportion(count_, known, missing)


@metric(
    "S11",
    reads=count("referrals", of=("outcome", "days")),
    question="Do referrals arrive?",
    limits="What was not written back is not arrived here, though it may have been served.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.HIGHER,
    formula=r"\frac{\text{accepted and served}}{\text{sent}}",
    missing="referrals still open count as sent; they are censored and widen the bounds upwards",
    small_numbers="Wilson interval; below 30 flagged imprecise",
    aggregation="sum referrals, then divide",
    source="closed-loop referral practice of IHI and CMS",
    poolable=True,
    level="referral",
)
def referral_completion(facts: Facts, **_: object) -> Outcome:
    """Completion of referrals.

    Share of the referrals sent that were served. Those still open are among those sent; the upper
    bound takes them for served, and a ``period`` that has matured leaves them out
    (:func:`citess.metrics.matured`). ``parts["median_days"]`` is the median time from sending to
    service of those served.

    Examples
    --------
    >>> from citess.metrics import referral_completion
    >>> found = referral_completion.compute({"served": 36, "declined": 8, "sent": 4})
    >>> found.value, round(found.interval.low, 3), found.censored, round(found.bounds[1], 3)
    (0.75, 0.612, 4, 0.833)
    """
    by_outcome: Counter[str] = Counter()
    days: Counter[float] = Counter()
    for (outcome, *length), n in facts.items():
        by_outcome[outcome] += round(n)
        if outcome == SERVED and length and length[0]:
            days[float(length[0])] += round(n)
    missing = by_outcome.pop(NOT_KNOWN, 0)
    still_open = by_outcome["sent"] + by_outcome["accepted"]
    found = _open_ended(by_outcome[SERVED], by_outcome.total(), still_open, missing)
    return evolve(
        found,
        parts={
            "declined": by_outcome["declined"],
            "dropped": by_outcome["dropped"],
            "accepted": by_outcome["accepted"],
            "median_days": _median(days),
        },
    )


def _open_ended(served: int, asked: int, still_open: int, missing: int) -> Outcome:
    """Share of what was asked for that is served, where some may be served yet."""
    found = proportion(served, asked, missing)
    if found.value is None:
        return found
    whole = asked + missing
    return evolve(
        found,
        censored=still_open,
        bounds=(served / whole, (served + still_open + missing) / whole),
        warnings=(*found.warnings, *(("still-open",) if still_open else ())),
    )


def _median(lengths: Counter[float]) -> float | None:
    values = sorted(lengths.elements())
    if not values:
        return None
    middle = len(values) // 2
    return (values[middle] + values[~middle]) / 2


@metric(
    "S12",
    reads=spells("waits", start="requested", end="served", seen="closed"),
    question="How long until the first service?",
    limits="A first service is not yet the service that was needed.",
    unit="days",
    bounds=(0, None),
    better=Better.LOWER,
    formula=r"\hat t_{0.5} = \min\{t : \hat S(t) \le 0.5\}",
    missing="who still waits is censored on the day of closure or of the question; without either, "
    "or without whole days, it is missing",
    small_numbers="below 10 services flagged",
    aggregation="unite the cases, then recompute",
    source="Kaplan and Meier 1958, doi:10.1080/01621459.1958.10501452; Brookmeyer and Crowley 1982",
    level="case",
)
def waiting_time(
    facts: Facts,
    *,
    target: float | None = None,
    level: float = 0.95,
    allow_missing: bool = False,
    **_: object,
) -> Outcome:
    """Median wait from intake to the first service, in days.

    By Kaplan and Meier: who still waits is not left out but censored, on the day of closure or on
    the option ``as_of``. ``parts`` holds the quartiles and, with the option ``target``, the share
    served within so many days. Undefined where fewer than half have been served.

    Examples
    --------
    >>> from citess.metrics import waiting_time
    >>> facts = {("event", "2"): 1, ("event", "5"): 2, ("event", "9"): 1}
    >>> facts |= {("censored", "12"): 1, ("censored", "15"): 1}
    >>> found = waiting_time.compute(facts, target=5)
    >>> found.value, found.n, found.censored, found.parts["within_target"]
    (5, 6, 2, 0.5)
    """
    lives: Counter[Life] = Counter()
    for (what, *length), n in facts.items():
        if what in {EVENT, CENSORED}:
            how = ENDED if what == EVENT else GOING
            lives[0.0, checked("days", float(length[0])), how] += round(n)
    curve = SurvivalCurve(Lifetimes(lives), level=level)
    missing = facts.total - curve.n
    found = Outcome(n=curve.n, missing=missing, censored=curve.censored)
    if curve.n == 0:
        reason = Undefined.NOT_KNOWN if missing else Undefined.ZERO_DENOMINATOR
        return evolve(found, reason=reason)
    if refused(curve.n, missing, allow_missing=allow_missing):
        return evolve(found, reason=Undefined.TOO_MANY_MISSING)
    few = ("few-events",) if curve.events < FEW_EVENTS else ()
    within = None if target is None else curve.at(checked("target", target))
    quartiles = {f"q{round(100 * q)}": _whole(curve.quantile(q)) for q in (0.25, 0.75)}
    found = evolve(
        found,
        parts={**quartiles, "within_target": None if within is None else 1 - within.survival},
        warnings=(*few, *doubted(curve.n, missing)),
        method={"target": target},
    )
    if curve.median is None:
        return evolve(found, reason=Undefined.IMMATURE)
    return evolve(found, value=_whole(curve.median), interval=_of_median(curve))


def _whole(number: float | None) -> Number | None:
    return int(number) if number is not None and number.is_integer() else number


def _of_median(curve: SurvivalCurve) -> Interval | None:
    """Times between which the curve may cross one half; none where it may never do so."""
    low = high = None
    for point in curve.points:
        ends = (0.0, 0.0) if point.interval is None else (point.interval.low, point.interval.high)
        low = point.time if low is None and ends[0] <= 0.5 else low  # noqa: PLR2004  (one half)
        high = point.time if high is None and ends[1] <= 0.5 else high  # noqa: PLR2004  (one half)
    if low is None or high is None:
        return None
    return Interval(low=low, high=high, method="greenwood log-log, inverted", level=curve.level)


@metric(
    "S13",
    reads=count("demands", of="state"),
    question="How much of the demand is met?",
    limits="Only needs that a diagnosis found are counted; nobody sees the need that never came.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.HIGHER,
    formula=r"\frac{\text{needs served}}{\text{needs found}}",
    missing="needs not served in a case still open are censored, and widen the bounds upwards",
    small_numbers="Wilson interval; below 30 flagged imprecise",
    aggregation="sum needs, then divide",
    source="citess",
    poolable=True,
    level="need",
)
def demand_satisfaction(facts: Facts, **_: object) -> Outcome:
    """Satisfaction of demand.

    Share of the kinds of service that a first diagnosis found a need of and that were given, here
    or where the case was referred. Needs of open cases count as not yet met; a ``period`` that has
    matured leaves the recent ones out (:func:`citess.metrics.matured`).

    Examples
    --------
    >>> from citess.metrics import demand_satisfaction
    >>> found = demand_satisfaction.compute({"served": 84, "unserved": 36})
    >>> found.value, round(found.interval.low, 3), round(found.interval.high, 3)
    (0.7, 0.613, 0.775)
    """
    return _open_ended(
        round(facts[SERVED]), round(facts.known), round(facts[OPEN]), round(facts.missing)
    )


@metric(
    "S14",
    reads=count("sessions", of="hub", sums="minutes"),
    question="Is the capacity used?",
    limits="Hours of sessions leave out preparation and travel; above 1 the hub works beyond it.",
    unit="ratio",
    bounds=(0, None),
    better=Better.CONTEXT,
    formula=r"\frac{\text{hours delivered}}{\text{hours available}}",
    missing="sessions without a length are missing and deliver no hour; hubs without available "
    "hours leave both sides",
    small_numbers="below 5 hubs: list, no ranking",
    aggregation="sum hours, then divide",
    source="citess",
    at_ends=True,
    level="hub",
)
def capacity_utilisation(
    facts: Facts,
    *,
    available: float | Mapping[str, float] | None = None,
    allow_missing: bool = False,
    **_: object,
) -> Outcome:
    """Use of capacity.

    Hours of support delivered over hours available; 0.7 to 0.9 is a good range, above 1 is flagged.
    Option ``available``: hours in the period, of the whole or by hub. With ``allow_missing``, more
    than two fifths of the sessions may lack their length. By hand, facts are hours:
    ``{"delivered": 960}``.

    Examples
    --------
    >>> from citess.metrics import capacity_utilisation
    >>> capacity_utilisation.compute({"delivered": 960}, available=1200).value
    0.8
    """
    by_hand = facts["delivered"]
    minutes, timed = facts.below(SUM, "minutes"), facts.below(KNOWN, "minutes").total
    rows = {fact[0]: n for fact, n in facts.items() if len(fact) == 1 and fact[0] != "delivered"}
    missing = sum(rows.values()) - timed
    found = Outcome(n=timed, missing=missing)
    if not facts:
        return evolve(found, reason=Undefined.ZERO_DENOMINATOR)
    if available is None or (rows and not timed):
        return evolve(found, reason=Undefined.NOT_KNOWN)
    if refused(timed, missing, allow_missing=allow_missing):
        return evolve(found, reason=Undefined.TOO_MANY_MISSING)
    if isinstance(available, Mapping):
        known = {hub: checked("available", available[hub]) for hub in rows if hub in available}
        whole = sum(known.values())
        delivered = sum(minutes[hub] for hub in known) / MINUTES
    else:
        whole = checked("available", available)
        delivered = checked("delivered", by_hand) + minutes.total / MINUTES
    if whole == 0:
        return evolve(found, reason=Undefined.ZERO_DENOMINATOR)
    share = delivered / whole
    return evolve(
        found,
        value=share,
        numerator=delivered,
        denominator=whole,
        warnings=(
            *(("over-capacity",) if share > 1 else ()),
            *doubted(timed, missing),
        ),
        method={"target": [0.7, 0.9]},
    )


__all__ = [
    "capacity_utilisation",
    "demand_satisfaction",
    "pathway_completion",
    "referral_completion",
    "waiting_time",
]
