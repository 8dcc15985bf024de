"""The value of a formula whose facts are known in bounds alone."""

from collections.abc import Callable, Mapping
from typing import Final

from attrs import evolve

from citess.metrics._facts import Fact, Facts, Number
from citess.metrics._measure import Outcome, Undefined
from citess.metrics._merging import Bounds

_MANY: Final = 64
"""Facts in bounds beyond which a formula is not searched."""

Formula = Callable[[Facts], Outcome]


def within(
    formula: Formula, facts: Facts, bounds: Mapping[Fact, Bounds], *, at_ends: bool
) -> Outcome:
    """Give the least and greatest value of a formula over the bounds of its facts.

    Each fact is put to the end that takes the value further, again and again until none does: exact
    for counts, shares and other ratios of sums, whose extremes lie where every fact is at an end.
    Of other formulas it is only said that their counts are known in bounds alone.
    """
    loose = {fact: one for fact, one in bounds.items() if one.low != one.high}
    fixed = {**facts, **{fact: one.low for fact, one in bounds.items() if fact not in loose}}
    if not loose:
        return formula(Facts(fixed))
    most = formula(Facts({**fixed, **{fact: one.high for fact, one in loose.items()}}))
    if not at_ends:
        return Outcome(reason=most.reason or Undefined.ONLY_BOUNDS, missing=most.missing)
    if len(loose) > _MANY:
        return Outcome(reason=Undefined.WITHHELD, missing=most.missing)
    low = _furthest(formula, fixed, loose, sign=-1)
    high = _furthest(formula, fixed, loose, sign=1)
    if low is None or high is None:
        return Outcome(reason=most.reason or Undefined.ONLY_BOUNDS, missing=most.missing)
    return evolve(
        Outcome(reason=Undefined.ONLY_BOUNDS, bounds=(low, high)),
        n=most.n,
        missing=most.missing,
        warnings=most.warnings,
    )


def _furthest(
    formula: Formula, fixed: Mapping[Fact, Number], loose: Mapping[Fact, Bounds], *, sign: int
) -> float | None:
    """Value furthest in a direction, with the bounds that missing values leave it."""
    at = {fact: one.low for fact, one in loose.items()}

    def value(facts: Mapping[Fact, Number]) -> float | None:
        found = formula(Facts({**fixed, **facts}))
        if found.value is None:
            return None
        return found.value if found.bounds is None else found.bounds[sign > 0]

    best, moved = value(at), True
    while moved:
        moved = False
        for fact, one in loose.items():
            other = at | {fact: one.high if at[fact] == one.low else one.low}
            found = value(other)
            if found is not None and (best is None or sign * (found - best) > 0):
                best, at, moved = found, other, True
    return best
