"""Metric of the survival of enterprises, and their curves by group."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

from citess.metrics._asked import By, Where
from citess.metrics._facts import Facts
from citess.metrics._job_counts import as_number
from citess.metrics._lifetimes import ENDED, GOING, LOST, Life, Lifetimes
from citess.metrics._measure import Outcome, Undefined
from citess.metrics._quality import FEW_EVENTS, checked
from citess.metrics._registry import Better, metric
from citess.metrics._spells import CENSORED, EVENT, spells
from citess.metrics._tally import Tally
from citess.metrics.curves import FEW_AT_RISK, SurvivalCurve
from citess.metrics.tables._spells import YEAR
from citess.model import Dataset, Period

MONTH: Final = YEAR / 12
"""Days of a month."""

_MONTHS: Final = (12, 36, 60)
_WATCHED: Final = frozenset({EVENT, CENSORED})


def _lives(
    facts: Facts, *, delayed_entry: bool, landmark: float = 0.0
) -> tuple[Lifetimes, int, int]:
    """Lifetimes in days of facts, with how many are not known, and how many were never watched."""
    found: Counter[Life] = Counter()
    missing = unwatched = 0
    for (what, *words), n in facts.items():
        if what not in _WATCHED:
            missing += round(n)
            continue
        days, entered, outcome = (*words, "", "")[:3]
        until = float(as_number(days))
        since = max(float(as_number(entered)) if delayed_entry and entered else 0.0, landmark)
        how = ENDED if what == EVENT else LOST if outcome == "lost" else GOING
        if since and since >= until:
            unwatched += round(n)
        else:
            found[since, until, how] += round(n)
    return Lifetimes(found), missing, unwatched


@metric(
    "T04",
    reads=spells(
        "enterprises",
        start="created_on",
        end="closed_on",
        seen="seen_on",
        of=("entered_after", "outcome"),
    ),
    question="How many enterprises are alive after one, three, five years?",
    limits="Those that are accompanied are not those that were not: it does not say that support "
    "made them live.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.HIGHER,
    formula=r"\hat S(t) = \prod_{t_i \le t} \left(1 - \frac{d_i}{n_i}\right)",
    missing="an enterprise lost from sight is not closed: it counts until last seen, and gives the "
    "bounds of the worst and best case; without a day of creation it is left out and counted",
    small_numbers="below 10 closures, or below 10 at risk, flagged",
    aggregation="unite the enterprises, then recompute",
    source="Kaplan and Meier 1958, doi:10.1080/01621459.1958.10501452; Greenwood 1926",
    level="enterprise",
)
def enterprise_survival(  # noqa: PLR0913  (each option stands for a choice that is recorded)
    facts: Facts,
    *,
    at: float = 12,
    delayed_entry: bool = True,
    landmark: float = 0,
    level: float = 0.95,
    transform: str = "log-log",
    **_: object,
) -> Outcome:
    """Share of enterprises alive some months after their creation.

    By default after 12 months; ``parts`` tells 12, 36 and 60 months too, each only as far as
    enterprises were watched. An enterprise that came to a hub later than it was created is at
    risk from then on only (``delayed_entry``): before, it could not have been seen to close.
    ``landmark`` asks for survival among those alive after so many months. A month has 30.4375
    days. A period takes the enterprises created in it; ``on`` or ``as_of`` is the day from which
    they are seen. Facts are ``("event", days)`` and ``("censored", days)``, with the days after
    which each was first seen and ``"lost"`` behind.

    Raises
    ------
    ValueError
        When a time is negative or not finite, or there is no such transform.

    Examples
    --------
    >>> lives = {("event", "300"): 2, ("censored", "800"): 10, ("censored", "200", "0", "lost"): 1}
    >>> found = enterprise_survival.compute(lives)
    >>> round(found.value, 4), found.censored, [round(end, 4) for end in found.bounds]
    (0.8333, 11, [0.7692, 0.8462])
    """
    day = checked("at", at) * MONTH
    lives, missing, unwatched = _lives(
        facts, delayed_entry=delayed_entry, landmark=checked("landmark", landmark) * MONTH
    )
    curve = SurvivalCurve(lives, level=level, transform=transform)
    method = {
        "at_months": at,
        "delayed_entry": delayed_entry,
        "landmark_months": landmark,
        "transform": transform,
        "cohort": "enterprises by day of creation",
    }
    found = at_time(curve, day, missing, method)
    parts = dict(found.parts)
    for months in _MONTHS:
        point = curve.at(months * MONTH)
        parts[f"after_{months}_months"] = None if point is None else point.survival
    for name in ("median", "reliable_until"):
        time = parts.pop(name)
        parts[f"{name}_months"] = None if time is None else time / MONTH
    return Outcome(
        value=found.value,
        reason=found.reason,
        n=found.n,
        missing=missing,
        not_applicable=unwatched,
        censored=found.censored,
        interval=found.interval,
        bounds=found.bounds,
        parts=parts,
        method=method,
        warnings=found.warnings,
    )


def at_time(
    curve: SurvivalCurve, time: float, missing: float, method: Mapping[str, object]
) -> Outcome:
    """Survival at a time, with what must be known to read it."""
    point = curve.at(time)
    reason = None
    if point is None:
        reason = Undefined.IMMATURE if curve.n else Undefined.ZERO_DENOMINATOR
        reason = Undefined.NOT_KNOWN if missing and not curve.n else reason
    at_risk = [step.at_risk for step in curve.points if step.time <= time]
    at_risk += [] if point is None else [point.at_risk]
    least = min(at_risk, default=0)
    codes = {
        "few-events": point is not None and curve.events < FEW_EVENTS,
        "few-at-risk": point is not None and least < FEW_AT_RISK,
        "lost": curve.lost > 0,
    }
    return Outcome(
        value=None if point is None else point.survival,
        reason=reason,
        n=curve.n,
        missing=missing,
        censored=curve.censored,
        interval=None if point is None else point.interval,
        bounds=curve.worst_and_best(time) if curve.lost and point is not None else None,
        parts={
            "se": None if point is None else point.se,
            "at_risk": None if point is None else point.at_risk,
            "events": curve.events,
            "lost": curve.lost,
            "median": curve.median,
            "reliable_until": curve.reliable_until,
        },
        method=method,
        warnings=tuple(code for code, holds in codes.items() if holds),
    )


def survival_curves(  # noqa: PLR0913  (what is asked of a metric)
    data: Dataset | Tally,
    *,
    by: By = None,
    period: str | Period | None = None,
    where: Where = None,
    delayed_entry: bool = True,
    level: float = 0.95,
    transform: str = "log-log",
) -> dict[str, SurvivalCurve]:
    """Survival curves of enterprises, in days, by group.

    ``data`` may be a tally of :data:`enterprise_survival`; without groups there is one curve,
    named ``"all"``.

    Examples
    --------
    >>> import citess
    >>> from citess.metrics import survival_curves, survival_difference
    >>> curves = survival_curves(citess.datasets.synthetic(), by="hub")
    >>> sorted(curves)
    ['synthetic-0-hub-0', 'synthetic-0-hub-1']
    >>> survival_difference(curves).parts["df"]
    1
    """
    tally = (
        data
        if isinstance(data, Tally)
        else enterprise_survival.tally(data, by=by, period=period, where=where)
    )
    found = {
        " / ".join(group) or "all": _lives(facts, delayed_entry=delayed_entry)[0]
        for group, facts in tally.facts().items()
        if group or not tally.by
    }
    return {
        name: SurvivalCurve(lives, level=level, transform=transform)
        for name, lives in found.items()
    }


__all__ = ["enterprise_survival", "survival_curves"]
