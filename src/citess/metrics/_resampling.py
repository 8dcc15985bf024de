"""Bootstrap of anything that can be computed from units drawn anew."""

import hashlib
from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from math import isfinite
from random import Random
from statistics import NormalDist
from typing import Final, TypeVar

from citess.metrics._measure import Interval

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)
_NORMAL: Final = NormalDist()
_SEEDS: Final = 2**31


def content_seed(*content: object) -> int:
    """Seed that follows from what is resampled, so that the same data give the same interval.

    Examples
    --------
    >>> content_seed([1, 2, 3]) == content_seed([1, 2, 3]) != content_seed([1, 2, 4])
    True
    """
    digest = hashlib.sha256(repr(content).encode()).digest()
    return int.from_bytes(digest[:8]) % _SEEDS


def bca_bootstrap(  # noqa: PLR0913  (what is drawn, how, and how often)
    units: Sequence[T],
    statistic: Callable[[Sequence[T]], float | None],
    *,
    clusters: Sequence[Hashable] | None = None,
    seed: int | None = None,
    resamples: int = 2000,
    level: float = 0.95,
) -> Interval | None:
    """Bias-corrected and accelerated bootstrap interval of any statistic.

    Efron 1987, doi:10.1080/01621459.1987.10478410. Whole ``clusters`` (one key a unit, such as its
    hub) are drawn where they are given, since units of one hub are alike. The seed follows from
    the data where none is given, and stands in the method. The interval is widened to hold the
    estimate where the bootstrap would leave it out. ``None`` below two units or clusters, where
    the statistic is not defined (gives ``None``) on the whole, or on more than half the resamples.

    Raises
    ------
    ValueError
        When clusters do not match the units, there are fewer than 2 resamples, or the level is not
        between 0 and 1.

    Examples
    --------
    >>> from statistics import mean
    >>> from citess.metrics.intervals import bca_bootstrap
    >>> interval = bca_bootstrap([2, 4, 4, 5, 9, 12], mean, seed=7)
    >>> interval.method, interval.low < 6 < interval.high
    ('bca seed=7 B=2000', True)
    """
    if clusters is not None and len(clusters) != len(units):
        msg = f"clusters has one key a unit: {len(units)}, not {len(clusters)}"
        raise ValueError(msg)
    if resamples < 2:  # noqa: PLR2004  (a spread takes two)
        msg = f"resamples is 2 or more, not {resamples}"
        raise ValueError(msg)
    if not 0 < level < 1:
        msg = f"level is between 0 and 1, not {level!r}"
        raise ValueError(msg)
    blocks = _blocks(units, clusters)
    estimate = _finite(statistic(units))
    if estimate is None or len(blocks) < 2:  # noqa: PLR2004  (a spread takes two)
        return None
    if seed is None:
        seed = content_seed(units, clusters)
    drawn = _draws(blocks, statistic, Random(seed), resamples)  # noqa: S311  (no secret: a seeded draw that can be repeated)
    if len(drawn) * 2 < resamples:
        return None
    low, high = _ends(drawn, estimate, _jackknife(blocks, statistic), level)
    return Interval(
        low=min(low, estimate),
        high=max(high, estimate),
        method=f"bca seed={seed} B={resamples}",
        level=level,
    )


def redrawn(
    counts: Mapping[K, float], statistic: Callable[[Counter[K]], float | None], seed: int | None
) -> Interval | None:
    """Bootstrap interval of what is computed from counts, by drawing what was counted anew.

    Examples
    --------
    >>> found = redrawn({"a": 6, "b": 4}, lambda drawn: drawn["a"] / drawn.total(), seed=1)
    >>> found.method, found.low < 0.6 < found.high
    ('bca seed=1 B=2000', True)
    """
    units = [kind for kind in counts for _ in range(round(counts[kind]))]
    return bca_bootstrap(units, lambda drawn: statistic(Counter(drawn)), seed=seed)


def _blocks(units: Sequence[T], clusters: Sequence[Hashable] | None) -> list[list[T]]:
    if clusters is None:
        return [[unit] for unit in units]
    found: dict[Hashable, list[T]] = {}
    for key, unit in zip(clusters, units, strict=True):
        found.setdefault(key, []).append(unit)
    return list(found.values())


def _finite(value: float | None) -> float | None:
    return None if value is None or not isfinite(value) else float(value)


def _draws(
    blocks: list[list[T]],
    statistic: Callable[[Sequence[T]], float | None],
    random: Random,
    resamples: int,
) -> list[float]:
    k = len(blocks)
    units = [block[0] for block in blocks]
    alone = all(len(block) == 1 for block in blocks)
    values = (
        _finite(
            statistic(
                random.choices(units, k=k)
                if alone
                else [unit for block in random.choices(blocks, k=k) for unit in block]
            )
        )
        for _ in range(resamples)
    )
    return sorted(value for value in values if value is not None)


def _jackknife(
    blocks: list[list[T]], statistic: Callable[[Sequence[T]], float | None]
) -> list[float]:
    values = (
        _finite(
            statistic(
                [unit for place, block in enumerate(blocks) if place != left for unit in block]
            )
        )
        for left in range(len(blocks))
    )
    return [value for value in values if value is not None]


def _ends(
    drawn: list[float], estimate: float, left_out: list[float], level: float
) -> tuple[float, float]:
    n = len(drawn)
    below = sum(value < estimate for value in drawn) + sum(value == estimate for value in drawn) / 2
    bias = _NORMAL.inv_cdf(min(max(below, 0.5), n - 0.5) / n)
    centre = sum(left_out) / len(left_out) if left_out else estimate
    cubes = sum((centre - value) ** 3 for value in left_out)
    squares = sum((centre - value) ** 2 for value in left_out)
    skew = cubes / (6 * squares**1.5) if squares > 0 else 0.0

    def place(share: float) -> float:
        z = bias + _NORMAL.inv_cdf(share)
        return _NORMAL.cdf(bias + z / (1 - skew * z))

    tail = (1 - level) / 2
    return _quantile(drawn, place(tail)), _quantile(drawn, place(1 - tail))


def _quantile(values: list[float], share: float) -> float:
    """Value of sorted ones at a share, between two by their distance."""
    at = share * (len(values) - 1)
    low = min(int(at), len(values) - 1)
    high = min(low + 1, len(values) - 1)
    return values[low] + (at - low) * (values[high] - values[low])
