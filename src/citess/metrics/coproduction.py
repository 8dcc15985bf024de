"""Metrics of co-production: whether users commission, design, deliver and assess too."""

from collections.abc import Iterable, Mapping
from statistics import fmean, geometric_mean
from typing import Final

from citess.metrics._measure import Outcome, Undefined
from citess.metrics._registry import Better, value_metric
from citess.model import CoProduction

PHASES: Final = tuple(map(str, CoProduction))
_HIGHEST: Final = 3
_FULL: Final = 2
_RATERS: Final = 2

Levels = Mapping[str, float | None]


@value_metric(
    "G05",
    question="Do users co-commission, co-design, co-deliver and co-assess?",
    limits="Ratings are judgements: say who rated, on what evidence, and how far they agree.",
    unit="index",
    bounds=(0, 1),
    better=Better.HIGHER,
    formula=r"\frac{1}{3 \#P} \sum_{k \in P} l_k,\quad l_k \in [0, 3]",
    missing="phases not rated leave the mean and widen the bounds; n/a leaves both",
    small_numbers="below 2 raters flagged",
    aggregation="mean over services, weighted by clients",
    source="Loeffler 2020, doi:10.1007/978-3-030-55509-2_3",
    level="service",
)
def coproduction_index(
    levels: Levels,
    *,
    not_applicable: Iterable[str] = (),
    raters: int | None = None,
) -> Outcome:
    """Co-production index of a service.

    Mean level of the four phases over its greatest value. ``levels`` holds for each phase
    (``co_commission``, ``co_design``, ``co_deliver``, ``co_assess``) 0 for none, 1 for informed or
    consulted, 2 for involved, 3 for shared decision; ``None`` is not known. ``parts`` holds the
    breadth (share of phases above 0), the least level, 1 if every phase reaches 2 (``full``), and
    the geometric mean of the levels shifted by one, over its greatest value.

    Raises
    ------
    ValueError
        When a phase does not exist or a level is not between 0 and 3.

    Examples
    --------
    >>> found = coproduction_index(
    ...     {"co_commission": 2, "co_design": 3, "co_deliver": 3, "co_assess": 0}, raters=2
    ... )
    >>> round(found.value, 3), found.parts["breadth"], found.parts["least"], found.parts["full"]
    (0.667, 0.75, 0, 0)
    """
    out = frozenset(map(str, not_applicable))
    for phase in (*levels, *out):
        if phase not in PHASES:
            msg = f"{phase!r} is no phase of co-production; phases are {', '.join(PHASES)}"
            raise ValueError(msg)
    for phase, level in levels.items():
        if level is not None and not 0 <= level <= _HIGHEST:
            msg = f"the level of {phase} is between 0 and {_HIGHEST}, not {level!r}"
            raise ValueError(msg)
    asked = [phase for phase in PHASES if phase not in out]
    known = [level for phase in asked if (level := levels.get(phase)) is not None]
    if not known:
        reason = Undefined.NOT_KNOWN if asked else Undefined.NOT_APPLICABLE
        return Outcome(reason=reason, missing=len(asked), not_applicable=len(out))
    missing = len(asked) - len(known)
    low = sum(known) / (_HIGHEST * len(asked))
    return Outcome(
        value=fmean(known) / _HIGHEST,
        numerator=sum(known),
        denominator=_HIGHEST * len(known),
        n=len(known),
        missing=missing,
        not_applicable=len(out),
        bounds=(low, low + missing / len(asked)),
        parts={
            "breadth": sum(level > 0 for level in known) / len(known),
            "least": min(known),
            "full": int(min(known) >= _FULL and not missing),
            "geometric": _geometric(known),
        },
        method={"raters": raters},
        warnings=() if raters is not None and raters >= _RATERS else ("few-raters",),
    )


def _geometric(levels: list[float]) -> float:
    return geometric_mean([level + 1 for level in levels]) / (_HIGHEST + 1)


__all__ = ["coproduction_index"]
