"""Metrics of how evenly something is spread."""

from collections.abc import Iterable
from typing import Final

from citess.metrics._measure import Outcome, Undefined
from citess.metrics._registry import Better, value_metric

_FEW: Final = 10


@value_metric(
    "R08",
    question="Is the benefit concentrated on few?",
    limits="One number for a whole curve: two different spreads can have the same Gini.",
    unit="index",
    bounds=(0, 1),
    better=Better.LOWER,
    formula=r"G = \frac{2 \sum_i i\, x_{(i)}}{n \sum_i x_i} - \frac{n + 1}{n}",
    missing="values not known are left out and counted as missing",
    small_numbers="below 10 units flagged; parts hold the form corrected by n / (n - 1)",
    aggregation="recompute on all values; not additive",
    source="Gini 1912; PySAL inequality",
    level="enterprise",
)
def gini(values: Iterable[float | None]) -> Outcome:
    """Gini index of a benefit.

    0 when every unit has the same, near 1 when one has all. Values are zero or more; ``None`` is
    not known. ``parts["corrected"]`` is the form corrected for small samples.

    Raises
    ------
    ValueError
        When a value is negative.

    Examples
    --------
    >>> found = gini([1, 2, 3, 4, 10])
    >>> round(found.value, 4), round(found.parts["corrected"], 4)
    (0.4, 0.5)
    >>> gini([]).reason.label(), gini([0, 0]).reason.label()
    ('the denominator is zero', 'the denominator is zero')
    """
    given = list(values)
    known = sorted(value for value in given if value is not None)
    n, missing = len(known), len(given) - len(known)
    if known and known[0] < 0:
        msg = f"benefits are zero or more, not {known[0]!r}"
        raise ValueError(msg)
    total = sum(known)
    if total == 0:
        return Outcome(reason=Undefined.ZERO_DENOMINATOR, n=n, missing=missing)
    ranked = sum(rank * value for rank, value in enumerate(known, 1))
    value = max(0.0, 2 * ranked / (n * total) - (n + 1) / n)
    return Outcome(
        value=value,
        n=n,
        missing=missing,
        parts={"corrected": value * n / (n - 1) if n > 1 else None},
        warnings=("few-units",) if n < _FEW else (),
    )


__all__ = ["gini"]
