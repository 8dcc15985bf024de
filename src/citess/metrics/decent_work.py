"""Metric of decent work: how many jobs lack how much of it."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from enum import Enum
from math import fsum
from typing import Final

from attrs import frozen

from citess.metrics._facts import Number
from citess.metrics._measure import Outcome, Undefined
from citess.metrics._quality import checked, warned
from citess.metrics._registry import Better, value_metric
from citess.metrics.intervals import bca_bootstrap

CRITERIA: Final = ("contract", "social_security", "minimum_pay", "hours", "safety", "voice")
"""Criteria of decent work, where the caller names none."""

_ROUNDING: Final = 1e-9


class NotApplicable(Enum):
    """Marks what a question does not apply to."""

    NOT_APPLICABLE = "not_applicable"


NOT_APPLICABLE: Final = NotApplicable.NOT_APPLICABLE
"""A criterion that does not apply to a job: neither met, nor lacking, nor unknown."""

Lacks = bool | int | None | NotApplicable
"""Whether a job lacks a criterion; ``None`` is not known."""

Job = Sequence[Lacks] | Mapping[str, Lacks]


@frozen(kw_only=True)
class _Scored:
    """What a job lacks, as a share of the weight of what applies to it."""

    low: float
    """If all that is not known is met."""

    known: float | None
    """Of what is known; ``None`` where too much is not."""

    high: float
    """If all that is not known is lacking."""

    lacks: tuple[int, ...]
    """Places of the criteria known to be lacking."""


def _scored(job: Sequence[Lacks], weights: Sequence[float], most_missing: float) -> _Scored | None:
    applies = [k for k, one in enumerate(job) if one is not NOT_APPLICABLE and weights[k]]
    whole = fsum(weights[k] for k in applies)
    if not applies:
        return None
    known = [k for k in applies if job[k] is not None]
    lacks = tuple(k for k in known if job[k])
    lacking = fsum(weights[k] for k in lacks)
    told = fsum(weights[k] for k in known)
    enough = bool(known) and (len(applies) - len(known)) / len(applies) <= most_missing + _ROUNDING
    return _Scored(
        low=lacking / whole,
        known=lacking / told if enough else None,
        high=(lacking + whole - told) / whole,
        lacks=lacks,
    )


def _adjusted(scores: Sequence[float], cutoff: float) -> tuple[float, float, float | None]:
    """Adjusted headcount, headcount, and intensity among those counted."""
    poor = [score for score in scores if score >= cutoff - _ROUNDING]
    headcount = len(poor) / len(scores)
    intensity = fsum(poor) / len(poor) if poor else None
    return fsum(poor) / len(scores), headcount, intensity


def _rows(
    jobs: Iterable[Job], criteria: Sequence[str] | None
) -> tuple[list[list[Lacks]], tuple[str, ...]]:
    """Jobs as rows of equal length, with the names of the criteria."""
    given = list(jobs)
    names = list(criteria or ())
    for job in given:
        if isinstance(job, Mapping):
            names += [name for name in job if name not in names]
    width = max((len(job) for job in given if not isinstance(job, Mapping)), default=len(names))
    if not names:
        names = [str(place) for place in range(1, width + 1)]
    rows = [
        [job.get(name) for name in names] if isinstance(job, Mapping) else list(job)
        for job in given
    ]
    for row in rows:
        if len(row) != len(names):
            msg = f"each job says of {len(names)} criteria, {', '.join(names)}, not of {len(row)}"
            raise ValueError(msg)
        for one in row:
            if one not in (0, 1, None, NOT_APPLICABLE):
                msg = f"a job lacks a criterion (1), or not (0); not {one!r}"
                raise ValueError(msg)
    return rows, tuple(names)


@value_metric(
    "E09",
    question="Are the jobs decent?",
    limits="It counts what is asked: a criterion that nobody asks about is lacking to no one.",
    unit="index",
    bounds=(0, 1),
    better=Better.LOWER,
    formula=r"M_0 = H A = \frac{1}{n} \sum_{i:\, c_i \ge k} c_i",
    missing="a criterion that does not apply leaves the job's score; a job of which more than a "
    "third of the criteria is not known is left out and counted; bounds take all of it for met, "
    "and for lacking",
    small_numbers="below 30 jobs flagged imprecise; bootstrap interval",
    aggregation="average weighted by jobs: it decomposes by group",
    source="Alkire and Foster 2011, doi:10.1016/j.jpubeco.2010.11.006; ILO decent work indicators",
    level="job",
)
def decent_work_deficit(  # noqa: PLR0913  (each option stands for a choice that is recorded)
    jobs: Iterable[Job],
    *,
    cutoff: float,
    criteria: Sequence[str] | None = None,
    weights: Mapping[str, float] | None = None,
    groups: Sequence[Hashable] | None = None,
    most_missing: float = 1 / 3,
    seed: int | None = None,
    resamples: int = 2000,
) -> Outcome:
    """Deficit of decent work: the adjusted headcount of Alkire and Foster.

    Each job says of each criterion whether it is lacking: 1 lacking, 0 met, ``None`` not known, or
    :data:`NOT_APPLICABLE`; in a row, or by name. A job counts as lacking decent work when it lacks
    ``cutoff`` criteria or more; with ``weights``, or where some do not apply, the same share of
    their weight. ``parts`` holds the headcount H, the intensity A among those counted, the
    contribution of each criterion and, with ``groups`` (one a job), the deficit of each group.

    Raises
    ------
    ValueError
        When jobs differ in their criteria, a value is none of those, the cut-off is not above zero
        and at most the number of criteria, or a weight is negative.

    Examples
    --------
    >>> jobs = [[0, 0, 0, 0, 0], [1, 0, 0, 0, 0], [1, 1, 1, 0, 0], [1, 1, 1, 1, 1]]
    >>> found = decent_work_deficit(jobs, cutoff=2)
    >>> round(found.parts["headcount"], 4), round(found.parts["intensity"], 4)
    (0.5, 0.8)
    >>> round(found.value, 4)
    0.4
    """
    rows, names = _rows(jobs, criteria)
    loads = [checked("weights", (weights or {}).get(name, 0 if weights else 1)) for name in names]
    if not 0 < cutoff <= max(1, len(names)):
        msg = f"cutoff is above 0 and at most {len(names)}, the criteria, not {cutoff!r}"
        raise ValueError(msg)
    keys = [""] * len(rows) if groups is None else list(groups)
    if len(keys) != len(rows):
        msg = f"groups has one for each of the {len(rows)} jobs, not {len(keys)}"
        raise ValueError(msg)
    share = cutoff / max(1, len(names))
    scored = [_scored(row, loads, most_missing) for row in rows]
    applying = [(key, one) for key, one in zip(keys, scored, strict=True) if one is not None]
    told = [(key, one, one.known) for key, one in applying if one.known is not None]
    missing = len(applying) - len(told)
    method: dict[str, object] = {
        "cutoff": cutoff,
        "criteria": list(names),
        "weights": loads,
        "most_missing": most_missing,
    }
    others = len(rows) - len(applying)
    if not told:
        reason = Undefined.NOT_KNOWN if missing else Undefined.ZERO_DENOMINATOR
        return Outcome(reason=reason, missing=missing, not_applicable=others, method=method)
    scores = [score for *_, score in told]
    value, headcount, intensity = _adjusted(scores, share)
    parts: dict[str, Number | None] = {"headcount": headcount, "intensity": intensity}
    parts |= _contributions(rows, scored, loads, names, share, value)
    by_group = defaultdict[Hashable, list[float]](list)
    for key, _, score in told:
        by_group[key].append(score)
    if groups is not None:
        for key in sorted(by_group, key=str):
            parts[f"deficit:{key}"] = _adjusted(by_group[key], share)[0]
            parts[f"jobs:{key}"] = len(by_group[key])
    ends = [
        _adjusted([getattr(one, end) for _, one in applying], share)[0] for end in ("low", "high")
    ]
    return Outcome(
        value=value,
        n=len(told),
        missing=missing,
        not_applicable=others,
        interval=bca_bootstrap(
            scores, lambda drawn: _adjusted(drawn, share)[0], seed=seed, resamples=resamples
        ),
        bounds=(ends[0], ends[1]),
        parts=parts,
        method=method,
        warnings=warned(len(told), missing),
    )


def _contributions(  # noqa: PLR0913, PLR0917  (the columns of one table)
    rows: Sequence[Sequence[Lacks]],
    scored: Sequence[_Scored | None],
    loads: Sequence[float],
    names: Sequence[str],
    share: float,
    value: float,
) -> dict[str, Number | None]:
    """Share of the deficit that each criterion makes up."""
    sums, n = [0.0] * len(names), 0
    for row, one in zip(rows, scored, strict=True):
        if one is None or one.known is None:
            continue
        n += 1
        if one.known >= share - _ROUNDING:
            told = fsum(
                loads[k] for k, found in enumerate(row) if found not in (None, NOT_APPLICABLE)
            )
            for k in one.lacks:
                sums[k] += loads[k] / told
    return {
        f"contribution:{name}": amount / n / value if value else None
        for name, amount in zip(names, sums, strict=True)
    }


__all__ = ["CRITERIA", "NOT_APPLICABLE", "decent_work_deficit"]
