"""How two measures go together over groups: a statement on groups, not on what is in them."""

from collections.abc import Sequence
from math import fsum, sqrt
from typing import Final

from attrs import frozen

from citess.metrics._join import same_level
from citess.metrics._measure import Measure, Undefined

_LEAST: Final = 3


@frozen(kw_only=True)
class Correlation:
    """Correlation of two measures over the groups that both are broken down by."""

    metrics: tuple[str, str]
    """Ids of the metrics."""

    level: str
    """What it holds of: groups by their dimensions, as ``"territory"``."""

    value: float | None = None
    """Correlation by Pearson, -1 to 1."""

    rank: float | None = None
    """Correlation of the ranks by Spearman, ties shared."""

    reason: Undefined | None = None
    """Why there is no number."""

    n: int = 0
    """Groups of which both values are known."""

    missing: int = 0
    """Groups of which one is not."""

    warnings: tuple[str, ...] = ("ecological",)
    """Codes of what must be known to read it."""


def correlate(a: Measure, b: Measure) -> Correlation:
    """Correlate two measures over the groups that both are broken down by.

    It holds of the groups: that hubs with more women create more jobs does not say that women do
    (Robinson 1950, doi:10.2307/2087176).

    Raises
    ------
    ValueError
        When the measures are of different levels, or not broken down by the same dimensions.

    Examples
    --------
    >>> from citess.metrics import Tally, correlate, formality_share
    >>> signed = {"a": 1, "b": 3, "c": 9}
    >>> groups = {(hub,): {("signed",): n, ("unsigned",): 9} for hub, n in signed.items()}
    >>> tally = Tally(reads="agreements", by=("hub",), groups={(): {}, **groups})
    >>> found = formality_share.of(tally)
    >>> round(correlate(found, found).value, 6), correlate(found, found).level
    (1.0, 'hub')
    """
    same_level(a, b)
    if not a.by or a.by != b.by:
        msg = (
            "two measures are correlated over the same groups: "
            f"{a.name} is broken down by {a.by!r}, {b.name} by {b.by!r}"
        )
        raise ValueError(msg)
    groups = sorted({*a.breakdown, *b.breakdown})
    values = [
        (one.value, other.value)
        for one, other in ((a.breakdown.get(g), b.breakdown.get(g)) for g in groups)
        if one is not None and other is not None
    ]
    known = [(float(x), float(y)) for x, y in values if x is not None and y is not None]
    x, y = [pair[0] for pair in known], [pair[1] for pair in known]
    reason = None
    if len(known) < _LEAST:
        reason = Undefined.TOO_FEW
    elif len(set(x)) == 1 or len(set(y)) == 1:
        reason = Undefined.NO_VARIATION
    return Correlation(
        metrics=(a.metric, b.metric),
        level=" x ".join(a.by),
        value=None if reason else _pearson(x, y),
        rank=None if reason else _pearson(_ranks(x), _ranks(y)),
        reason=reason,
        n=len(known),
        missing=len(groups) - len(known),
    )


def _pearson(x: Sequence[float], y: Sequence[float]) -> float:
    mean_x, mean_y = fsum(x) / len(x), fsum(y) / len(y)
    dx, dy = [one - mean_x for one in x], [one - mean_y for one in y]
    spread = sqrt(fsum(d * d for d in dx)) * sqrt(fsum(d * d for d in dy))
    found = fsum(p * q for p, q in zip(dx, dy, strict=True)) / spread
    return min(1.0, max(-1.0, found))


def _ranks(values: Sequence[float]) -> list[float]:
    """Ranks from 1; equal values share the mean of theirs."""
    ordered = sorted(values)
    return [ordered.index(one) + (ordered.count(one) + 1) / 2 for one in values]


__all__ = ["Correlation", "correlate"]
