"""Metrics of the agreements: how many are signed."""

from citess.metrics._counted import count
from citess.metrics._facts import Facts
from citess.metrics._measure import Outcome
from citess.metrics._proportion import proportion
from citess.metrics._registry import Better, metric


@metric(
    "G07",
    reads=count("agreements", of="signed"),
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
def formality_share(facts: Facts, **_: object) -> Outcome:
    """Share of agreements that are signed.

    Partnerships by memorandum, convention or statute among those of known form, with a Wilson
    interval; bounds hold whatever the unknown forms are. Programmes are not counted.

    Examples
    --------
    >>> from citess.metrics.agreements import formality_share
    >>> found = formality_share.compute({"signed": 7, "unsigned": 3})
    >>> found.value, round(found.interval.low, 3), round(found.interval.high, 3)
    (0.7, 0.397, 0.892)
    """
    return proportion(facts["signed"], facts.known, facts.missing)


__all__ = ["formality_share"]
