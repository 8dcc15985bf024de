"""Metrics of how evenly something is spread: Gini and Theil, with their intervals."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from math import fsum
from typing import Final, TypeVar

from attrs import evolve

from citess.metrics._measure import Interval, Outcome, Undefined
from citess.metrics._quality import doubted, refused
from citess.metrics._registry import Better, value_metric
from citess.metrics._resampling import bca_bootstrap
from citess.metrics.spread import (
    Weighed,
    gini_of,
    plain_gini,
    theil_of,
    theil_of_terms,
    theil_terms,
    weighed,
)

T = TypeVar("T")
FEW_UNITS: Final = 10
RESAMPLES: Final = 2000
"""Draws of a bootstrap, where the caller names no number."""

RESAMPLED_UP_TO: Final = 500
"""Units up to which an interval is drawn without being asked for."""


def _checked_units(
    units: Sequence[Weighed], missing: int, *, allow_missing: bool
) -> Outcome | None:
    """Why there is no index of these units."""
    n = len(units)
    if not units:
        reason = Undefined.NOT_KNOWN if missing else Undefined.ZERO_DENOMINATOR
        return Outcome(reason=reason, missing=missing)
    if refused(n, missing, allow_missing=allow_missing):
        return Outcome(reason=Undefined.TOO_MANY_MISSING, n=n, missing=missing)
    if n < 2:  # noqa: PLR2004  (a spread takes two)
        return Outcome(reason=Undefined.TOO_FEW, n=n, missing=missing)
    if fsum(value * weight for value, weight in units) <= 0:
        return Outcome(reason=Undefined.ZERO_DENOMINATOR, n=n, missing=missing)
    return None


def _flags(n: int, missing: int) -> tuple[str, ...]:
    few = ("few-units",) if n < FEW_UNITS else ()
    return (*few, *doubted(n, missing))


def drawn(n: int, resamples: int | None) -> int:
    """How often to draw: as asked, or the default for as many units as it takes no time for."""
    if resamples is not None:
        return resamples
    return RESAMPLES if n <= RESAMPLED_UP_TO else 0


@value_metric(
    "R08",
    question="Is the benefit concentrated on few?",
    limits="One number for a whole curve: two different spreads can have the same Gini.",
    unit="index",
    bounds=(0, 1),
    better=Better.LOWER,
    formula=r"G = \frac{2 \sum_i i\, x_{(i)}}{n \sum_i x_i} - \frac{n + 1}{n}",
    missing="values not known are left out and counted as missing; above two fifths there is no "
    "index",
    small_numbers="undefined below 2 units, flagged below 10; parts hold the form corrected by "
    "n / (n - 1)",
    aggregation="recompute on all values; not additive: Theil's index decomposes",
    source="Gini 1912; PySAL inequality",
    level="enterprise",
)
def gini(  # noqa: PLR0913  (each option stands for a choice that is recorded)
    values: Iterable[float | None],
    weights: Iterable[float] | None = None,
    *,
    clusters: Sequence[Hashable] | None = None,
    seed: int | None = None,
    resamples: int | None = None,
    level: float = 0.95,
    allow_missing: bool = False,
) -> Outcome:
    """Gini index of a benefit.

    0 when every unit has the same, near 1 when one has all. Values are zero or more; ``None`` is
    not known. ``weights`` tell how many units have each value. ``parts["corrected"]`` is the form
    corrected for small samples, of values without weights. The interval is a BCa bootstrap, drawn
    up to 500 units unless ``resamples`` says how often; 0 leaves it out. ``clusters`` gives a key a
    value, such as the hub, by which whole groups are drawn.

    Raises
    ------
    ValueError
        When a value or weight is negative or not finite.

    Examples
    --------
    >>> found = gini([1, 2, 3, 4, 10])
    >>> round(found.value, 4), round(found.parts["corrected"], 4)
    (0.4, 0.5)
    >>> gini([]).reason.label(), gini([0, 0]).reason.label()
    ('the denominator is zero', 'the denominator is zero')
    """
    given = list(values)
    heavy = None if weights is None else list(weights)
    units, missing = weighed(given, heavy)
    if stopped := _checked_units(units, missing, allow_missing=allow_missing):
        return stopped
    n, keys = len(units), _kept(given, heavy, clusters)
    often = drawn(n, resamples)
    if heavy is None:
        plain = [value for value, _ in units]
        value = plain_gini(plain) or 0.0
        interval = _drawn_interval(plain, plain_gini, keys, seed, often, level)
    else:
        value = gini_of(units) or 0.0
        interval = _drawn_interval(units, gini_of, keys, seed, often, level)
    return Outcome(
        value=value,
        n=n,
        missing=missing,
        interval=interval,
        parts={"corrected": value * n / (n - 1) if weights is None else None},
        warnings=_flags(n, missing),
    )


def _drawn_interval(  # noqa: PLR0913, PLR0917  (what is drawn, how, and how often)
    units: Sequence[T],
    statistic: Callable[[Sequence[T]], float | None],
    clusters: list[Hashable] | None,
    seed: int | None,
    resamples: int,
    level: float,
) -> Interval | None:
    if not resamples:
        return None
    return bca_bootstrap(
        units, statistic, clusters=clusters, seed=seed, resamples=resamples, level=level
    )


def _kept(
    values: Sequence[float | None],
    weights: Sequence[float] | None,
    clusters: Sequence[Hashable] | None,
) -> list[Hashable] | None:
    """Clusters of the units that are known and weigh something.

    Raises
    ------
    ValueError
        When there is not one a value.
    """
    if clusters is None:
        return None
    if len(clusters) != len(values):
        msg = f"clusters has one key a value: {len(values)}, not {len(clusters)}"
        raise ValueError(msg)
    heavy = [1.0] * len(values) if weights is None else weights
    rows = zip(clusters, values, heavy, strict=True)
    return [key for key, value, weight in rows if value is not None and weight > 0]


@value_metric(
    "R10",
    question="Does the benefit differ between territories, or within them?",
    limits="What stands between groups depends on how they are drawn.",
    unit="nats",
    bounds=(0, None),
    better=Better.LOWER,
    formula=r"T = \frac{1}{n} \sum_i \frac{x_i}{\mu} \ln \frac{x_i}{\mu} = T_B + T_W",
    missing="values not known are left out and counted as missing; above two fifths there is no "
    "index; a value of zero adds nothing",
    small_numbers="undefined below 2 units, flagged below 10",
    aggregation="decomposes exactly into between and within groups",
    source="Theil 1967",
    level="enterprise",
)
def theil(  # noqa: PLR0913  (each option stands for a choice that is recorded)
    values: Iterable[float | None],
    groups: Iterable[Hashable] | None = None,
    *,
    weights: Iterable[float] | None = None,
    clusters: Sequence[Hashable] | None = None,
    seed: int | None = None,
    resamples: int | None = None,
    level: float = 0.95,
    allow_missing: bool = False,
) -> Outcome:
    """Theil index of a benefit, between and within groups.

    0 when every unit has the same, up to ln n when one has all. ``groups`` gives the group of each
    value, such as its territory: ``parts["between"]`` and ``parts["within"]`` sum to the index,
    ``parts["between_share"]`` is the share between. The interval is drawn as that of the Gini.

    Raises
    ------
    ValueError
        When a value or weight is negative or not finite, or there is not one group a value.

    Examples
    --------
    >>> found = theil([1, 2, 3, 4, 10], groups=["a", "a", "a", "b", "b"])
    >>> round(found.value, 4), round(found.parts["between"], 4), round(found.parts["within"], 4)
    (0.2764, 0.1838, 0.0926)
    """
    given = list(values)
    heavy = None if weights is None else list(weights)
    units, missing = weighed(given, heavy)
    kept = _kept(given, heavy, None if groups is None else list(groups))
    if stopped := _checked_units(units, missing, allow_missing=allow_missing):
        return stopped
    value, n = theil_of(units) or 0.0, len(units)
    found = Outcome(
        value=value,
        n=n,
        missing=missing,
        interval=_drawn_interval(
            [theil_terms(*unit) for unit in units],
            theil_of_terms,
            _kept(given, heavy, clusters),
            seed,
            drawn(n, resamples),
            level,
        ),
        warnings=_flags(n, missing),
    )
    if kept is None:
        return found
    between = _between(units, kept)
    share = between / value if value > 0 else None
    parts = {"between": between, "within": max(0.0, value - between), "between_share": share}
    return evolve(found, parts=parts, method={"groups": len(set(kept))})


def _between(units: Sequence[Weighed], groups: Sequence[Hashable]) -> float:
    """Theil's index if every unit had the mean of its group."""
    people: dict[Hashable, float] = {}
    benefit: dict[Hashable, float] = {}
    for (value, weight), group in zip(units, groups, strict=True):
        people[group] = people.get(group, 0.0) + weight
        benefit[group] = benefit.get(group, 0.0) + value * weight
    return theil_of([(benefit[group] / n, n) for group, n in people.items()]) or 0.0


__all__ = ["gini", "theil"]
