"""Metrics of jobs: flows, full-time equivalents, who holds them."""

from collections.abc import Collection, Iterable
from functools import partial
from math import inf
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from citess.metrics._asked import Asked
from citess.metrics._changed import Changed
from citess.metrics._count import records_only
from citess.metrics._counted import SUM
from citess.metrics._derived import Derived, refuse_shaping
from citess.metrics._facts import Facts, Number
from citess.metrics._job_counts import (
    MEASURES,
    changed_rows,
    changes,
    checked_measure,
    last_rows,
    pairs_of,
)
from citess.metrics._measure import Outcome, Undefined
from citess.metrics._proportion import proportion
from citess.metrics._quality import checked, refused, warned
from citess.metrics._registry import Better, metric, value_metric
from citess.metrics._tally import Tally
from citess.metrics.reach import as_band
from citess.metrics.tables.jobs import OF_JOBS
from citess.model import AgeBand, Dataset

if TYPE_CHECKING:
    import networkx as nx

    from citess.metrics._tables import Tables


SHAPED: Final = ("kind", "stale_after")
"""Options that say which counts of jobs are read from records."""


@frozen(kw_only=True)
class JobsChanged(Changed):
    """Reads what changed in jobs; from records, between the ends of what is asked."""

    @property
    def options(self) -> tuple[str, ...]:
        """Options of a metric that it heeds: those that choose among counts."""
        return SHAPED

    def on_frames(self, tables: "Tables", asked: Asked) -> Tally:
        """Read the rows of a frame, which holds jobs of one kind.

        Raises
        ------
        ValueError
            When an option chooses among counts, as it does among records only.
        """
        refuse_shaping(self.table, SHAPED, asked)
        return super().on_frames(tables, asked)

    def __call__(self, data: "Dataset | nx.Graph[str]", asked: Asked, /) -> Tally:
        """Read the changes of a dataset."""
        records = records_only(data)
        fold = self.begin(records, asked)
        fold.take(changed_rows(self.value, records, asked))
        return fold.tally()


def _changed(measure: str, scale: int) -> JobsChanged:
    return JobsChanged(
        table="jobs",
        entity="enterprise",
        value=measure,
        date="on",
        split=OF_JOBS,
        scale=scale,
        label=measure,
    )


@metric(
    "E01",
    reads=(_changed("heads", 1), _changed("fte", 1000)),
    question="What happened to jobs?",
    limits="Gross: it does not say which jobs are due to the hub; see net additional jobs.",
    unit="jobs",
    bounds=(None, None),
    better=Better.HIGHER,
    formula=r"\sum \max(\Delta, 0) - \sum \max(-\Delta, 0)",
    missing="enterprises of which an end is not known are left out and counted; a closure is zero "
    "jobs, not missing; above 40 % missing refused",
    small_numbers="below 30 enterprises flagged imprecise",
    aggregation="unite the enterprises, then recompute",
    source="Davis, Haltiwanger and Schuh 1996, Job Creation and Destruction, MIT Press",
    at_ends=True,
    level="enterprise",
)
def job_flows(
    facts: Facts, *, measure: str = "heads", allow_missing: bool = False, **options: object
) -> Outcome:
    """Net change of jobs: created less destroyed.

    ``parts`` holds jobs created, destroyed, net and maintained, their rates over mean employment
    (Davis, Haltiwanger and Schuh) and reallocation. ``measure`` is ``"heads"`` or ``"fte"``.

    From records, jobs are those of the last count at most ``stale_after`` (12) months before the
    first day of the period, and before its end; without a period, of the first and last count. A
    project has none unless some were counted, and an enterprise that has closed has none, whatever
    was counted before; of one that was lost from sight it is not known. ``kind`` chooses the jobs:
    those existing. From frames, the first and the last day of each enterprise in the period count,
    and neither ``kind`` nor ``stale_after`` is taken: a frame holds jobs of one kind.

    Raises
    ------
    ValueError
        When there is no such measure.

    Examples
    --------
    >>> from citess.metrics import changes
    >>> found = job_flows.compute(changes([(0, 4), (5, 8), (6, 3), (2, 0)]))
    >>> [found.parts[name] for name in ("created", "destroyed", "net", "maintained")]
    [7, 5, 2, 8]
    >>> [round(found.parts[f"{name}_rate"], 3) for name in ("creation", "destruction", "net")]
    [0.5, 0.357, 0.143]
    """
    checked_measure(measure)
    flows = facts.below(measure) if {*MEASURES} & {fact[0] for fact in facts} else _flows(facts)
    missing = flows["unknown"] + flows["once"]
    n = flows["entities"] - flows["once"]
    method: dict[str, object] = {"measure": measure, **options}
    if n <= 0 or refused(n, missing, allow_missing=allow_missing):
        reason = Undefined.NOT_KNOWN if missing else Undefined.ZERO_DENOMINATOR
        reason = Undefined.TOO_MANY_MISSING if n > 0 else reason
        return Outcome(reason=reason, n=max(n, 0), missing=missing, method=method)
    created, destroyed, alone = flows["gain"], flows["loss"], flows["alone"]
    before, after = flows["start"] - alone, flows["end"] - alone
    mean = (before + after) / 2
    return Outcome(
        value=created - destroyed,
        n=n,
        missing=missing,
        parts={
            "created": created,
            "destroyed": destroyed,
            "net": created - destroyed,
            "maintained": flows["kept"] - alone,
            "before": before,
            "after": after,
            "mean_employment": mean,
            "creation_rate": created / mean if mean else None,
            "destruction_rate": destroyed / mean if mean else None,
            "net_rate": (created - destroyed) / mean if mean else None,
            "reallocation_rate": (created + destroyed) / mean if mean else None,
            "entries": flows["entered"],
            "exits": flows["left"],
        },
        method=method,
        warnings=warned(n, missing),
    )


def _flows(pairs: Facts) -> Facts:
    """Facts of changes from enterprises with their jobs before and after."""
    known, missing = pairs_of(pairs)
    return Facts(
        {
            "start": sum(a * n for a, _, n in known),
            "end": sum(b * n for _, b, n in known),
            "gain": sum(max(b - a, 0) * n for a, b, n in known),
            "loss": sum(max(a - b, 0) * n for a, b, n in known),
            "kept": sum(min(a, b) * n for a, b, n in known),
            "entered": sum(n for a, b, n in known if a == 0 < b),
            "left": sum(n for a, b, n in known if b == 0 < a),
            "entities": sum(n for *_, n in known),
            "unknown": missing,
        }
    )


@value_metric(
    "E02",
    question="How much work is there in one unit?",
    limits="Hours that are not recorded, such as those of family members, are not in it.",
    unit="fte",
    bounds=(0, None),
    better=Better.CONTEXT,
    formula=r"\frac{\sum h}{H}",
    missing="people whose hours are not known are left out and counted; above 40 % missing refused",
    small_numbers="none: a sum",
    aggregation="sum",
    source="International Labour Organization; IRIS+ PI4874",
    level="person",
)
def fte(
    hours: Iterable[float | None], *, full_time_hours: float, allow_missing: bool = False
) -> Outcome:
    """Full-time equivalents.

    Weekly hours over those of a full-time job, which differ by country (40, 44, 48 ...) and are
    recorded in ``method``. ``None`` is not known.

    Raises
    ------
    ValueError
        When hours are negative or not finite, or those of a full-time job are not above zero.

    Examples
    --------
    >>> found = fte([48, 24, 12], full_time_hours=48)
    >>> found.value, found.method
    (1.75, {'full_time_hours': 48})
    """
    full = checked("full_time_hours", full_time_hours)
    if full == 0:
        msg = "full_time_hours is above zero"
        raise ValueError(msg)
    given = list(hours)
    known = [checked("hours", one) for one in given if one is not None]
    missing = len(given) - len(known)
    method = {"full_time_hours": full_time_hours}
    if not known or refused(len(known), missing, allow_missing=allow_missing):
        reason = Undefined.NOT_KNOWN if missing else Undefined.ZERO_DENOMINATOR
        reason = Undefined.TOO_MANY_MISSING if known else reason
        return Outcome(reason=reason, n=len(known), missing=missing, method=method)
    return Outcome(
        value=sum(known) / full,
        numerator=sum(known),
        denominator=full_time_hours,
        n=len(known),
        missing=missing,
        method=method,
        warnings=("missing",) if "missing" in warned(len(known), missing) else (),
    )


def _holders(dimension: str) -> Derived:
    return Derived(
        table="jobs",
        of=(dimension,),
        sums=MEASURES,
        derive=partial(last_rows, dimension),
        shaped=SHAPED[:1],
    )


def _share(facts: Facts, of: Collection[str], known: Collection[str], **method: object) -> Outcome:
    """Share of heads, with that of full-time equivalents beside it."""
    summed = facts.below(SUM)
    heads = summed.below("heads") if summed else facts
    work = summed.below("fte")
    mine, all_known = _within(heads, of), _within(heads, known)
    found = proportion(mine, all_known, heads.total - all_known)
    whole = _within(work, known)
    parts = {
        "heads": mine,
        "fte": _within(work, of),
        "fte_share": _within(work, of) / whole if whole else None,
        "fte_missing": work.total - whole,
    }
    return evolve(found, parts=parts, method=method)


def _within(facts: Facts, words: Collection[str]) -> Number:
    return sum(facts[word] for word in sorted(words))


@metric(
    "E08a",
    reads=_holders("sex"),
    question="Do women get the jobs?",
    limits="A share of jobs says nothing of their hours, pay or safety: see full-time equivalents, "
    "the pay gap and the deficit of decent work.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.HIGHER,
    formula=r"\frac{w}{w + m}",
    missing="jobs whose holder's sex is not known leave the share and widen the bounds",
    small_numbers="Wilson interval; below 30 flagged imprecise",
    aggregation="sum jobs of different enterprises, then recompute",
    source="Wilson 1927, doi:10.1080/01621459.1927.10502953; SDG indicator 8.5",
    poolable=True,
    level="job",
)
def women_jobs_share(facts: Facts, *, kind: str = "existing", **_: object) -> Outcome:
    """Share of women among those who hold the jobs.

    Heads at the last count of each enterprise in the period, of one ``kind``; kinds are never
    added up. ``parts["fte_share"]`` is the same of full-time equivalents. A frame holds those
    counts alone, already of one kind.

    Examples
    --------
    >>> found = women_jobs_share.compute({"female": 81, "male": 182})
    >>> round(found.value, 3), round(found.interval.low, 4), round(found.interval.high, 4)
    (0.308, 0.2553, 0.3662)
    """
    return _share(facts, {"female"}, {"female", "male"}, kind=kind)


@metric(
    "E08b",
    reads=_holders("age_band"),
    question="Do young people get the jobs?",
    limits="Youth has no single age: shares by different bands do not compare.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.HIGHER,
    formula=r"\frac{y}{n}",
    missing="jobs whose holder's age is not known, or lies in a band across the limit, leave the "
    "share and widen the bounds",
    small_numbers="Wilson interval; below 30 flagged imprecise",
    aggregation="sum jobs of different enterprises, then recompute",
    source="Wilson 1927, doi:10.1080/01621459.1927.10502953; SDG indicator 8.6.1",
    poolable=True,
    level="job",
)
def youth_jobs_share(
    facts: Facts, *, band: AgeBand | str | None = None, kind: str = "existing", **_: object
) -> Outcome:
    """Share of young people among those who hold the jobs.

    Option ``band``: the ages that count as young, as an :class:`~citess.AgeBand` or ``"18-35"``;
    nobody is young without one, and it stands in ``method``. A job counts as young where its whole
    age band lies within. Jobs as for the share of women.

    Raises
    ------
    ValueError
        When the band is no band of ages.

    Examples
    --------
    >>> facts = {"18-24": 30, "25-60": 60, "20-30": 10}
    >>> found = youth_jobs_share.compute(facts, band="15-24")
    >>> round(found.value, 3), found.missing, found.method["band"]
    (0.333, 10, '15-24')
    >>> youth_jobs_share.compute(facts).reason.label()
    'not applicable'
    """
    if band is None:
        return Outcome(
            reason=Undefined.NOT_APPLICABLE, method={"kind": kind}, warnings=("no-age-band",)
        )
    low, high = _ends(band)
    words = {who for fact in facts if (who := fact[-1])}
    inside = {who for who in words if low <= _ends(who)[0] and _ends(who)[1] <= high}
    outside = {who for who in words if _ends(who)[1] < low or _ends(who)[0] > high}
    return _share(facts, inside, inside | outside, band=str(as_band(band)), kind=kind)


def _ends(band: AgeBand | str) -> tuple[float, float]:
    found = as_band(band)
    return found.lower, inf if found.upper is None else found.upper


__all__ = ["changes", "fte", "job_flows", "women_jobs_share", "youth_jobs_share"]
