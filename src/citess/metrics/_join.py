"""Measures of several hubs: joined from their counts, compared by their difference."""

from collections.abc import Iterable

from attrs import evolve, frozen

from citess.metrics._catalogue import catalogue
from citess.metrics._measure import Interval, Measure, Outcome
from citess.metrics._proportion import proportion
from citess.metrics.intervals import newcombe


@frozen(kw_only=True)
class Comparison:
    """How much a measure differs between two sets of data."""

    metric: str
    """Id of the metric."""

    difference: float
    """First value less the second."""

    interval: Interval | None
    """Range of the difference for chance, where the metric has one."""

    reversed: bool = False
    """Whether every group of the breakdown differs the other way: Simpson's paradox."""


def pool(measures: Iterable[Measure]) -> Measure:
    """Join measures of one metric over data that share no record, from their counts.

    Numerators and denominators are summed, then divided: ratios are never averaged.

    Raises
    ------
    ValueError
        When there is none, they are of several metrics, days or periods, or the metric does not
        pool: then add the tallies.

    Examples
    --------
    >>> from citess.metrics import formality_share
    >>> from citess.metrics import Tally
    >>> few = Tally(reads="agreements", groups={(): {("signed",): 1, ("unsigned",): 1}})
    >>> many = Tally(reads="agreements", groups={(): {("signed",): 90, ("unsigned",): 10}})
    >>> round(pool([formality_share.of(few), formality_share.of(many)]).value, 3)
    0.892
    """
    given = tuple(measures)
    kinds = {(measure.metric, measure.on, measure.period) for measure in given}
    if len(kinds) != 1:
        msg = f"pool joins measures of one metric and time, not of {len(kinds)}"
        raise ValueError(msg)
    first = given[0]
    if not catalogue[first.metric].poolable:
        msg = f"{first.name} does not pool: add the tallies and compute it from their sum"
        raise ValueError(msg)
    joined = proportion(
        round(sum(measure.numerator or 0 for measure in given)),
        round(sum(measure.denominator or 0 for measure in given)),
        sum(measure.missing for measure in given),
    )
    return _as_measure(first, joined, given)


def _as_measure(like: Measure, found: Outcome, parts: tuple[Measure, ...]) -> Measure:
    return evolve(
        like,
        value=found.value,
        reason=found.reason,
        numerator=found.numerator,
        denominator=found.denominator,
        n=found.n,
        missing=found.missing,
        interval=found.interval if like.interval is not None else None,
        bounds=found.bounds,
        parts={},
        warnings=found.warnings,
        breakdown={},
        by=(),
        sources=tuple(sorted({source for part in parts for source in part.sources})),
    )


def compare(a: Measure, b: Measure) -> Comparison:
    """Compare two measures of one metric: their difference and, for shares, its interval.

    Raises
    ------
    ValueError
        When they are of different metrics.
    UndefinedMeasureError
        When one has no value.

    Examples
    --------
    >>> from citess.metrics import formality_share
    >>> from citess.metrics import Tally
    >>> counts = ({("signed",): 56, ("unsigned",): 14}, {("signed",): 48, ("unsigned",): 32})
    >>> a, b = (formality_share.of(Tally(reads="agreements", groups={(): n})) for n in counts)
    >>> found = compare(a, b)
    >>> round(found.difference, 2), round(found.interval.low, 4)
    (0.2, 0.0524)
    """
    if a.metric != b.metric:
        msg = f"{a.name} and {b.name} measure different things"
        raise ValueError(msg)
    p, q = float(a), float(b)
    interval = None
    if a.interval is not None and b.interval is not None:
        interval = newcombe(p * a.n, a.n, q * b.n, b.n)
    return Comparison(
        metric=a.metric, difference=p - q, interval=interval, reversed=_reversed(a, b, p - q)
    )


def _reversed(a: Measure, b: Measure, difference: float) -> bool:
    """Whether all groups that both are broken down by differ the other way than the wholes."""
    pairs = [
        (a.breakdown[group], b.breakdown[group]) for group in a.breakdown if group in b.breakdown
    ]
    known = [float(x) - float(y) for x, y in pairs if x.value is not None and y.value is not None]
    return a.by == b.by and len(known) > 1 and all(one * difference < 0 for one in known)
