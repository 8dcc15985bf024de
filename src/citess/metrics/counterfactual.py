"""Metric of the effect of support: difference in differences with a group that had none."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import product
from math import ceil, fsum, inf, isfinite, isnan, sqrt
from statistics import stdev
from typing import Final

from attrs import evolve, frozen

from citess.metrics._facts import Number
from citess.metrics._measure import Interval, Outcome, Undefined
from citess.metrics._quality import refused, warned
from citess.metrics._registry import Better, value_metric
from citess.metrics._special import beta_quantile
from citess.metrics.intervals import z_score

Panel = Iterable[Sequence[float | None]]
"""One row a unit: its values in order of time, the last two before and after."""

_ENDS: Final = 2
_FEW_CLUSTERS: Final = 10
_NOTHING: Final = 1e-18
_ROUNDING: Final = 1e-9


@frozen(kw_only=True)
class _Unit:
    """Change of one unit, whether it was supported, and the cluster it belongs to."""

    change: float
    supported: bool
    cluster: Hashable


def _read(panel: Panel, name: str) -> tuple[list[tuple[int, Sequence[float]]], int]:
    """Rows whose last two values are known, with their places, and how many others there are."""
    rows = [list(row) for row in panel]
    known: list[tuple[int, Sequence[float]]] = []
    for place, row in enumerate(rows):
        if len(row) < _ENDS:
            msg = f"each unit of {name} has a value before and one after, not {row!r}"
            raise ValueError(msg)
        if any(one is not None and not isfinite(one) for one in row):
            msg = f"values of {name} are finite, not {row!r}"
            raise ValueError(msg)
        if row[-1] is not None and row[-2] is not None:
            known.append((place, [float("nan") if one is None else one for one in row]))
    return known, len(rows) - len(known)


def _mean(values: Sequence[float]) -> float:
    return fsum(values) / len(values)


@value_metric(
    "E05",
    question="What changed that would not have without support?",
    limits="It holds if both groups would have moved alike without support: the trend before tells "
    "how far they did.",
    unit="difference",
    bounds=(None, None),
    better=Better.HIGHER,
    formula=r"(\bar T_1 - \bar T_0) - (\bar C_1 - \bar C_0)",
    missing="units of which an end is not known are left out and counted; above 40 % missing "
    "refused",
    small_numbers="standard error by cluster; below 10 clusters, wild bootstrap",
    aggregation="pool by strata or random effects",
    source="Angrist and Pischke 2009, Mostly Harmless Econometrics, chapters 5 and 8; Cameron, "
    "Gelbach and Miller 2008, doi:10.1162/rest.90.3.414",
    level="enterprise",
)
def counterfactual_effect(  # noqa: PLR0913  (two panels with their clusters)
    treated: Panel,
    control: Panel,
    *,
    treated_clusters: Sequence[Hashable] | None = None,
    control_clusters: Sequence[Hashable] | None = None,
    allow_missing: bool = False,
    level: float = 0.95,
) -> Outcome:
    """Effect of support: difference in differences.

    One row a unit, with its values in order of time: the last two are before and after; earlier
    ones give the trend before (``parts["trend_before"]``), which should be near zero. Clusters (one
    a unit, such as its hub) are of units that are alike; without, each unit is one. Below ten
    clusters, interval and ``parts["p"]`` come from a wild cluster bootstrap of all changes of sign.
    ``parts["balance"]`` is the standardised difference before support: above
    0.25 the groups are not alike.

    Raises
    ------
    ValueError
        When a unit has fewer than two values, one is not finite, clusters do not match, or the
        level is not between 0 and 1.

    Examples
    --------
    >>> found = counterfactual_effect([(4.0, 6.2)], [(4.1, 4.6)])
    >>> round(found.value, 4), found.interval
    (1.7, None)
    >>> treated = [(3, 4, 7), (4, 4, 6), (5, 6, 9), (4, 5, 7)]
    >>> control = [(4, 5, 5), (3, 4, 5), (5, 5, 6), (4, 5, 5)]
    >>> found = counterfactual_effect(treated, control)
    >>> round(found.value, 4), round(found.parts["se"], 4), found.parts["trend_before"]
    (2.0, 0.4082, 0.0)
    """
    z_score(level)
    one, missing_one = _read(treated, "treated")
    two, missing_two = _read(control, "control")
    missing, n = missing_one + missing_two, len(one) + len(two)
    counts: dict[str, Number | None] = {"n_treated": len(one), "n_control": len(two)}
    if not one or not two or refused(n, missing, allow_missing=allow_missing):
        reason = Undefined.NOT_KNOWN if missing else Undefined.ZERO_DENOMINATOR
        reason = Undefined.TOO_MANY_MISSING if one and two else reason
        return Outcome(reason=reason, n=n, missing=missing, parts=counts)
    units = [
        *_units(one, treated_clusters, supported=True, size=len(one) + missing_one),
        *_units(two, control_clusters, supported=False, size=len(two) + missing_two),
    ]
    effect = _effect(units)
    clusters = len({unit.cluster for unit in units})
    se = _error(units)
    method: dict[str, object] = {"clusters": clusters, "design": "difference in differences"}
    parts = {
        **counts,
        "change_treated": _mean([row[-1] - row[-2] for _, row in one]),
        "change_control": _mean([row[-1] - row[-2] for _, row in two]),
        "se": se,
        "clusters": clusters,
        "balance": _balance([row[-2] for _, row in one], [row[-2] for _, row in two]),
        "trend_before": _trend(one, two),
        "p": None,
    }
    interval = None
    if se is not None and clusters < _FEW_CLUSTERS:
        interval, parts["p"] = _wild(units, effect, se, level)
    elif se is not None:
        half = _t_score(level, clusters - 1) * se
        interval = Interval(low=effect - half, high=effect + half, method="cluster t", level=level)
    few = ("few-clusters",) if clusters < _FEW_CLUSTERS else ()
    return Outcome(
        value=effect,
        n=n,
        missing=missing,
        interval=interval,
        parts=parts,
        method=method,
        warnings=(*warned(n, missing), *few, "not-randomised"),
    )


def _units(
    rows: Sequence[tuple[int, Sequence[float]]],
    clusters: Sequence[Hashable] | None,
    *,
    supported: bool,
    size: int,
) -> list[_Unit]:
    if clusters is not None and len(clusters) != size:
        msg = f"clusters have one for each of {size} units, not {len(clusters)}"
        raise ValueError(msg)
    return [
        _Unit(
            change=row[-1] - row[-2],
            supported=supported,
            cluster=(supported, place) if clusters is None else ("", clusters[place]),
        )
        for place, row in rows
    ]


def _effect(units: Sequence[_Unit]) -> float:
    return _mean([u.change for u in units if u.supported]) - _mean(
        [u.change for u in units if not u.supported]
    )


def _residuals(units: Sequence[_Unit]) -> list[float]:
    """Changes less the mean of their group."""
    means = {
        supported: _mean([u.change for u in units if u.supported is supported])
        for supported in (True, False)
    }
    return [unit.change - means[unit.supported] for unit in units]


def _error(units: Sequence[_Unit]) -> float | None:
    """Standard error by cluster, with the correction for few of them (CR1)."""
    sizes = {supported: sum(u.supported is supported for u in units) for supported in (True, False)}
    scores: dict[Hashable, float] = {}
    for unit, rest in zip(units, _residuals(units), strict=True):
        share = (1 if unit.supported else -1) * rest / sizes[unit.supported]
        scores[unit.cluster] = scores.get(unit.cluster, 0.0) + share
    groups, n = len(scores), len(units)
    if groups < _ENDS or n <= _ENDS:
        return None
    correction = groups / (groups - 1) * (n - 1) / (n - _ENDS)
    variance = correction * fsum(score**2 for score in scores.values())
    return sqrt(variance) if variance > _NOTHING else None


def _wild(units: Sequence[_Unit], effect: float, se: float, level: float) -> tuple[Interval, float]:
    """Interval and p-value from turning the residuals of whole clusters (Rademacher weights)."""
    keys = list(dict.fromkeys(unit.cluster for unit in units))
    whole = _mean([unit.change for unit in units])
    null = [unit.change - whole for unit in units]
    rests = _residuals(units)
    seen, above = abs(effect / se), 0
    spread: list[float] = []
    for signs in product((1, -1), repeat=len(keys)):
        turn = dict(zip(keys, signs, strict=True))
        above += _score(units, [whole] * len(units), null, turn, 0.0) >= seen - _ROUNDING
        fitted = [unit.change - rest for unit, rest in zip(units, rests, strict=True)]
        spread.append(_score(units, fitted, rests, turn, effect))
    spread.sort()
    width = spread[ceil(level * len(spread)) - 1] * se
    interval = Interval(
        low=effect - width,
        high=effect + width,
        method=f"wild cluster bootstrap, {len(spread)} changes of sign",
        level=level,
    )
    return interval, above / len(spread)


def _score(
    units: Sequence[_Unit],
    fitted: Sequence[float],
    rests: Sequence[float],
    turn: Mapping[Hashable, int],
    true: float,
) -> float:
    """Distance of the effect from the true one, in standard errors, with residuals turned."""
    turned = [
        evolve(unit, change=fit + turn[unit.cluster] * rest)
        for unit, fit, rest in zip(units, fitted, rests, strict=True)
    ]
    away, se = abs(_effect(turned) - true), _error(turned)
    if se is None:
        return inf if away > _NOTHING else 0.0
    return away / se


def _balance(treated: Sequence[float], control: Sequence[float]) -> float | None:
    """Difference before support in pooled standard deviations."""
    if len(treated) < _ENDS or len(control) < _ENDS:
        return None
    spread = sqrt((stdev(treated) ** 2 + stdev(control) ** 2) / 2)
    return (_mean(treated) - _mean(control)) / spread if spread else None


def _trend(
    treated: Sequence[tuple[int, Sequence[float]]], control: Sequence[tuple[int, Sequence[float]]]
) -> float | None:
    """Difference in differences of the step before support."""
    steps = [
        [row[-2] - row[-3] for _, row in rows if len(row) > _ENDS and not isnan(row[-3])]
        for rows in (treated, control)
    ]
    return _mean(steps[0]) - _mean(steps[1]) if all(steps) else None


def _t_score(level: float, df: int) -> float:
    """Half-width of a t interval in standard errors."""
    share = beta_quantile(1 - level, df / 2, 0.5)
    return sqrt(df * (1 - share) / share)


__all__ = ["counterfactual_effect"]
