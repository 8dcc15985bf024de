"""Measures of several hubs: joined from their counts, compared by their difference."""

from collections.abc import Iterable
from math import fsum
from typing import Final, cast

from attrs import evolve, frozen

from citess.metrics._catalogue import catalogue
from citess.metrics._measure import Interval, Measure, Outcome, Undefined
from citess.metrics._quality import warned
from citess.metrics.intervals import newcombe, wilson

_EMPTY: Final = {
    None,
    Undefined.ZERO_DENOMINATOR,
    Undefined.NOT_KNOWN,
    Undefined.NOT_APPLICABLE,
    Undefined.IMMATURE,
}
"""Why a part may have no value and yet be joined: it has nothing to add."""

_SAID_OF_COUNTS: Final = ("few", "missing")
"""Warnings that follow from the counts, and so change when counts are joined."""

_AS_OF: Final = "as_of"
"""Day until which records were seen: of data joined, the latest."""

DEFINING: Final = ("version", "band", "currency", "measure", "kind", "full_time_hours", "mode")
"""Parameters with which a figure is another figure: goalposts, ages, money, unit of work ..."""


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

    warnings: tuple[str, ...] = ()
    """Codes of what must be known to read it: those of both measures."""


def pool(measures: Iterable[Measure]) -> Measure:
    """Join measures of one metric over data that share no record, from their counts.

    Numerators and denominators are summed, then divided: ratios are never averaged. A measure
    without a value joins where it has nothing to add; where its counts are withheld or too much is
    missing, neither is the whole defined.

    Raises
    ------
    ValueError
        When there is none, they are of several metrics, days, periods or parameters, or the metric
        does not pool: then add the tallies.
    TypeError
        When something else than measures is given.

    Examples
    --------
    >>> from citess.metrics import formality_share
    >>> from citess.metrics import Tally
    >>> few = Tally(reads="agreements", groups={(): {("signed",): 1, ("unsigned",): 1}})
    >>> many = Tally(reads="agreements", groups={(): {("signed",): 90, ("unsigned",): 10}})
    >>> round(pool([formality_share.of(few), formality_share.of(many)]).value, 3)
    0.892
    """
    given = _measures(measures)
    kinds = {(measure.metric, measure.on, measure.period) for measure in given}
    if len(kinds) != 1:
        msg = f"pool joins measures of one metric and time, not of {len(kinds)}"
        raise ValueError(msg)
    first = given[0]
    if not catalogue[first.metric].poolable:
        msg = f"{first.name} does not pool: add the tallies and compute it from their sum"
        raise ValueError(msg)
    for other in given[1:]:
        _same_parameters(first, other, {*first.method, *other.method} - {_AS_OF})
    seen = [str(part.method[_AS_OF]) for part in given if part.method.get(_AS_OF) is not None]
    found = _joined(given)
    return evolve(
        first,
        value=found.value,
        reason=found.reason,
        numerator=found.numerator,
        denominator=found.denominator,
        n=found.n,
        missing=found.missing,
        not_applicable=found.not_applicable,
        censored=found.censored,
        interval=found.interval,
        bounds=found.bounds,
        warnings=found.warnings,
        method={**first.method, **({_AS_OF: max(seen)} if seen else {})},
        parts={},
        breakdown={},
        by=(),
        sources=tuple(sorted({source for part in given for source in part.sources})),
    )


def _measures(given: object) -> tuple[Measure, ...]:
    """Refuse what are no measures."""
    if not isinstance(given, Iterable):
        msg = f"several measures are wanted, not one {type(given).__name__}"
        raise TypeError(msg)
    several = tuple(cast("Iterable[object]", given))
    for one in several:
        if not isinstance(one, Measure):
            msg = f"measures are wanted, not {type(one).__name__}"
            raise TypeError(msg)
    return cast("tuple[Measure, ...]", several)


def _joined(parts: tuple[Measure, ...]) -> Outcome:
    """Outcome of the whole, from those of its parts."""
    denominator = _sum(part.denominator for part in parts)
    numerator = _sum(part.numerator for part in parts)
    missing = sum(part.missing for part in parts)
    found = Outcome(
        n=sum(part.n for part in parts),
        missing=missing,
        not_applicable=sum(part.not_applicable for part in parts),
        censored=sum(part.censored for part in parts),
        warnings=_warnings(parts, denominator, missing),
    )
    barred = next((part.reason for part in parts if part.reason not in _EMPTY), None)
    if barred is not None or denominator == 0:
        reasons = {part.reason for part in parts}
        empty = Undefined.NOT_KNOWN if missing else Undefined.ZERO_DENOMINATOR
        (reason,) = reasons if len(reasons) == 1 else (barred or empty,)
        return evolve(found, reason=reason)
    shares = all(part.interval is None or part.interval.method == "wilson" for part in parts)
    level = next((part.interval.level for part in parts if part.interval is not None), None)
    return evolve(
        found,
        value=numerator / denominator,
        numerator=numerator,
        denominator=denominator,
        interval=wilson(numerator, denominator, level) if shares and level else None,
        bounds=_bounds(parts),
    )


def _sum(numbers: Iterable[float | int | None]) -> float | int:
    """Sum of what is known; exact for whole numbers, rounded once for others."""
    known = [number for number in numbers if number is not None]
    return sum(known) if all(isinstance(number, int) for number in known) else fsum(known)


def _bounds(parts: tuple[Measure, ...]) -> tuple[float, float] | None:
    """Bounds of the whole: each part weighs by the units that it could count."""
    least, most, weight = 0.0, 0.0, 0.0
    for part in parts:
        units = (part.denominator or 0) + part.missing
        if part.denominator and part.bounds is None:
            return None
        low, high = part.bounds or (0.0, 1.0)
        least, most, weight = least + low * units, most + high * units, weight + units
    return least / weight, most / weight


def _warnings(parts: tuple[Measure, ...], denominator: float, missing: float) -> tuple[str, ...]:
    """Warnings of the parts, save those that do not hold of the whole."""
    given = dict.fromkeys(code for part in parts for code in part.warnings)
    holding = warned(denominator, missing) if denominator else ()
    if any(part.value is None and part.missing for part in parts):
        given |= dict.fromkeys(holding)
    return tuple(code for code in given if code not in _SAID_OF_COUNTS or code in holding)


def _same_parameters(a: Measure, b: Measure, names: Iterable[str]) -> None:
    for name in sorted(names):
        if a.method.get(name) != b.method.get(name):
            msg = (
                f"{a.name} was computed with different parameters, which make it another figure: "
                f"{name} is {a.method.get(name)!r} and {b.method.get(name)!r}"
            )
            raise ValueError(msg)


def compare(a: Measure, b: Measure) -> Comparison:
    """Compare two measures of one metric: their difference and, for shares, its interval.

    Raises
    ------
    ValueError
        When they are of different metrics or levels, or were computed with parameters that make
        them different figures: other goalposts, ages, currencies, units of work.
    UndefinedMeasureError
        When one has no value.
    TypeError
        When something else than measures is given.

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
    a, b = _measures((a, b))
    if a.metric != b.metric:
        msg = f"{a.name} and {b.name} measure different things"
        raise ValueError(msg)
    same_level(a, b)
    _same_parameters(a, b, DEFINING)
    difference = float(a) - float(b)
    return Comparison(
        metric=a.metric,
        difference=difference,
        interval=_difference(a, b),
        reversed=_reversed(a, b, difference),
        warnings=tuple(dict.fromkeys((*a.warnings, *b.warnings))),
    )


def same_level(a: Measure, b: Measure) -> None:
    """Refuse measures whose units are of different levels.

    Raises
    ------
    ValueError
        Naming the levels.
    """
    if a.level != b.level:
        msg = (
            f"{a.name} is of the level {a.level!r} and {b.name} of {b.level!r}: "
            "what holds at one need not hold at the other"
        )
        raise ValueError(msg)


def _difference(a: Measure, b: Measure) -> Interval | None:
    """Interval of the difference of two shares, from their exact counts."""
    counts = [
        (one.numerator, one.denominator)
        for one in (a, b)
        if one.interval is not None
        and one.interval.method == "wilson"
        and one.numerator is not None
        and one.denominator
    ]
    if len(counts) < len((a, b)):
        return None
    (x, n), (y, m) = counts
    return newcombe(x, n, y, m)


def _reversed(a: Measure, b: Measure, difference: float) -> bool:
    """Whether all groups that both are broken down by differ the other way than the wholes."""
    pairs = [
        (a.breakdown[group], b.breakdown[group]) for group in a.breakdown if group in b.breakdown
    ]
    known = [float(x) - float(y) for x, y in pairs if x.value is not None and y.value is not None]
    return a.by == b.by and len(known) > 1 and all(one * difference < 0 for one in known)
