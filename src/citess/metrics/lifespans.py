"""Metrics of how long things last: the mean within a limit, and jobs."""

from collections.abc import Iterable
from math import isfinite

from citess.metrics._measure import Interval, Outcome, Undefined
from citess.metrics._quality import FEW_EVENTS, checked
from citess.metrics._registry import Better, value_metric
from citess.metrics.curves import SurvivalCurve, kaplan_meier
from citess.metrics.intervals import z_score
from citess.metrics.survival import MONTH, at_time
from citess.model import DateLike, as_date


@value_metric(
    "T06",
    question="How long do they live on average within a limit?",
    limits="It says nothing of what comes after the limit.",
    unit="time",
    bounds=(0, None),
    better=Better.HIGHER,
    formula=r"\int_0^{\tau} \hat S(t)\, dt",
    missing="what is not known is left out before; censored units count until last seen",
    small_numbers="below 10 events flagged",
    aggregation="pool differences between groups",
    source="Royston and Parmar 2013, doi:10.1186/1471-2288-13-152",
    level="enterprise",
)
def rmst(
    durations: Iterable[float] | SurvivalCurve,
    observed: Iterable[object] | None = None,
    *,
    until: float,
    entry: Iterable[float] | None = None,
    level: float = 0.95,
) -> Outcome:
    """Mean time lived within a limit.

    The area below the survival curve up to ``until``, in the unit of the durations. A limit beyond
    the longest time watched gives no value, unless nobody is left.

    Raises
    ------
    ValueError
        When the limit is not above zero, or a duration is negative or not finite.

    Examples
    --------
    >>> found = rmst([2, 5, 5, 9, 12, 15], [1, 1, 1, 1, 0, 0], until=10)
    >>> round(found.value, 4), round(found.parts["se"], 4)
    (6.8333, 1.2342)
    >>> rmst([2, 5, 5, 9], [1, 1, 1, 0], until=10).reason.value
    'immature'
    """
    if not (isfinite(until) and until > 0):
        msg = f"until is a finite number above zero, not {until!r}"
        raise ValueError(msg)
    curve = (
        durations
        if isinstance(durations, SurvivalCurve)
        else kaplan_meier(durations, observed, entry=entry)
    )
    method = {"until": until}
    found = curve.restricted_mean(until)
    if found is None:
        reason = Undefined.IMMATURE if curve.n else Undefined.ZERO_DENOMINATOR
        return Outcome(reason=reason, n=curve.n, censored=curve.censored, method=method)
    mean, se = found
    half = z_score(level) * se
    return Outcome(
        value=mean,
        n=curve.n,
        censored=curve.censored,
        interval=Interval(
            low=max(0.0, mean - half),
            high=min(until, mean + half),
            method="greenwood normal",
            level=level,
        ),
        parts={"se": se, "events": curve.events},
        method=method,
        warnings=("few-events",) if curve.events < FEW_EVENTS else (),
    )


def spell_lengths(
    spells: Iterable[tuple[DateLike | None, DateLike | None]], *, as_of: DateLike
) -> tuple[list[float], list[bool], int]:
    """Lengths of spells in months, whether each had ended, and how many have no known start.

    A spell without an end, or with one after ``as_of``, is going on that day; one that begins
    after it is not counted yet.

    Raises
    ------
    ValueError
        When a spell ends before it starts.

    Examples
    --------
    >>> spells = [("2020-01-01", "2021-01-01"), ("2021-01-01", None), (None, None)]
    >>> lengths, ended, unknown = spell_lengths(spells, as_of="2022-01-01")
    >>> [round(length, 1) for length in lengths], ended, unknown
    ([12.0, 12.0], [True, False], 1)
    """
    last = as_date(as_of)
    lengths: list[float] = []
    ended: list[bool] = []
    unknown = 0
    for given_start, given_end in spells:
        if given_start is None:
            unknown += 1
            continue
        start = as_date(given_start)
        end = None if given_end is None else as_date(given_end)
        if end is not None and end < start:
            msg = f"a spell ends after it starts: {end} is before {start}"
            raise ValueError(msg)
        if start <= last:
            over = end is not None and end <= last
            stop = end if over and end is not None else last
            lengths.append((stop - start).days / MONTH)
            ended.append(over)
    return lengths, ended, unknown


@value_metric(
    "E11",
    question="Do jobs last?",
    limits="It follows the job, not the person: one who leaves for a better job ends it too.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.HIGHER,
    formula=r"\hat S(t) = \prod_{t_i \le t} \left(1 - \frac{d_i}{n_i}\right)",
    missing="jobs that go on are censored, not missing; those lost from sight too, and they give "
    "the bounds",
    small_numbers="below 10 ends, or below 10 at risk, flagged",
    aggregation="stratify by hub, or recompute on all spells",
    source="Kaplan and Meier 1958, doi:10.1080/01621459.1958.10501452",
    level="job",
)
def job_retention(  # noqa: PLR0913  (each option stands for a choice that is recorded)
    durations: Iterable[float],
    ended: Iterable[object],
    *,
    at: float = 12,
    entry: Iterable[float] | None = None,
    lost: Iterable[object] | None = None,
    level: float = 0.95,
    transform: str = "log-log",
) -> Outcome:
    """Share of jobs that still exist some time after they began.

    Durations of spells of work in months, or any unit that ``at`` is in, and whether each had
    ended; :func:`spell_lengths` makes them from dates.

    Raises
    ------
    ValueError
        When columns differ in length, or a time is negative or not finite.

    Examples
    --------
    >>> found = job_retention([3, 8, 14, 20, 30], [1, 0, 1, 0, 0], at=12)
    >>> found.value, found.censored, found.parts["at_risk"], found.parts["median"]
    (0.8, 3, 3, None)
    """
    curve = kaplan_meier(durations, ended, entry=entry, lost=lost, level=level, transform=transform)
    return at_time(curve, checked("at", at), 0, {"at": at, "transform": transform})


__all__ = ["job_retention", "rmst", "spell_lengths"]
