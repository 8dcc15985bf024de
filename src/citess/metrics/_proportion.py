"""A share of those whose answer is known: the commonest formula."""

from typing import Final

from citess.metrics._facts import Number
from citess.metrics._measure import Outcome, Undefined
from citess.metrics.intervals import wilson

_FEW: Final = 30
_TENTH: Final = 10


def proportion(count: Number, known: Number, missing: Number = 0) -> Outcome:
    """Share of those known, with its interval, and bounds for those that are not."""
    if known == 0:
        reason = Undefined.NOT_KNOWN if missing else Undefined.ZERO_DENOMINATOR
        return Outcome(reason=reason, missing=missing)
    few = ("few",) if known < _FEW else ()
    doubtful = ("missing",) if missing * _TENTH > known + missing else ()
    return Outcome(
        value=count / known,
        numerator=count,
        denominator=known,
        n=known,
        missing=missing,
        interval=wilson(count, known),
        bounds=(count / (known + missing), (count + missing) / (known + missing)),
        warnings=(*few, *doubtful),
    )
