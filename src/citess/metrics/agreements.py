"""Metrics of the agreements: how many are signed."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from citess.metrics._count import Counting, checked_dimensions, records_only
from citess.metrics._measure import Outcome, Undefined
from citess.metrics._registry import Better, metric
from citess.metrics._statistics import wilson
from citess.metrics._tally import Fact, Tally
from citess.model import Dataset, Period

if TYPE_CHECKING:
    import networkx as nx

_DIMENSIONS: Final = ("hub", "intensity", "kind")
_FEW: Final = 30


def agreements(
    data: "Dataset | nx.Graph[str]",
    /,
    *,
    by: tuple[str, ...],
    on: str | None,
    period: Period | None,
    options: Mapping[str, object],  # noqa: ARG001  (of the formula)
) -> Tally:
    """Count partnerships that are signed, unsigned, and of unknown form."""
    data = records_only(data)
    counting = Counting("agreements", checked_dimensions(by, _DIMENSIONS), on, period)
    for agreement in data.partnerships.values():
        if counting.holds(agreement, agreement.period):
            parties = {member.party for member in agreement.members}
            intensity = agreement.intensity
            counting.add(
                ({None: "", True: "signed", False: "unsigned"}[agreement.is_signed],),
                hub=sorted(parties & data.hubs.keys()),
                intensity=() if intensity is None else (str(intensity),),
                kind=(str(agreement.kind),),
            )
    return counting.tally()


@metric(
    "G07",
    reads=agreements,
    question="Are the ties signed?",
    limits="A signature says nothing of how much work is done together.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.HIGHER,
    formula=r"\frac{\text{signed}}{\text{signed} + \text{unsigned}}",
    missing="agreements of unknown form leave the share and widen the bounds",
    small_numbers="Wilson interval; below 30 flagged imprecise",
    aggregation="sum numerators and denominators, then divide",
    source="Wilson 1927, doi:10.1080/01621459.1927.10502953",
    poolable=True,
)
def formality_share(facts: Mapping[Fact, int], **_: object) -> Outcome:
    """Share of agreements that are signed.

    Partnerships by memorandum, convention or statute among those of known form, with a Wilson
    interval; bounds hold whatever the unknown forms are. Programmes are not counted.

    Examples
    --------
    >>> from citess.metrics.agreements import formality_share
    >>> found = formality_share.compute({("signed",): 7, ("unsigned",): 3})
    >>> found.value, round(found.interval.low, 3), round(found.interval.high, 3)
    (0.7, 0.397, 0.892)
    """
    signed = facts.get(("signed",), 0)
    known = signed + facts.get(("unsigned",), 0)
    missing = facts.get(("",), 0)
    return proportion(signed, known, missing)


def proportion(count: int, known: int, missing: int) -> Outcome:
    """Share of those known, with its interval, and bounds for those that are not."""
    if known == 0:
        reason = Undefined.NOT_KNOWN if missing else Undefined.ZERO_DENOMINATOR
        return Outcome(reason=reason, missing=missing)
    few = ("few",) if known < _FEW else ()
    doubtful = ("missing",) if missing * 10 > known + missing else ()
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


__all__ = ["formality_share"]
