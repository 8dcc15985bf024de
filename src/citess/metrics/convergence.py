"""Metrics of change between countries: whether gaps close, and how many years they are."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import isfinite, log
from statistics import fmean, stdev
from typing import Final

from citess.metrics._measure import Interval, Outcome, Undefined
from citess.metrics._registry import Better, value_metric
from citess.metrics._resampling import bca_bootstrap
from citess.metrics.gaps import positive

Panel = Mapping[int, Mapping[str, float]]
Series = Mapping[float, float]

_FEW: Final = 10
_TWO: Final = 2
_THREE: Final = 3


@value_metric(
    "L12",
    question="Is the spread between countries shrinking?",
    limits="Countries that enter or leave change the spread: the panel is the same in all years.",
    unit="per-year",
    bounds=(None, None),
    better=Better.LOWER,
    formula=r"\sigma_t = \mathrm{sd}(\ln x_{ct}),\quad \text{slope of } \sigma_t \text{ on } t",
    missing="countries not known in every year are left out and counted as missing",
    small_numbers="below 10 countries flagged",
    aggregation="recompute on all countries",
    source="Barro and Sala-i-Martin 1992, doi:10.1086/261816",
    level="country",
)
def sigma_convergence(panel: Panel, *, bootstrap: bool = False, seed: int | None = None) -> Outcome:
    """Change of the spread between countries, a year.

    ``panel`` holds the values of countries by year. The value is the slope of the standard
    deviation of logarithms on the years, below zero where countries converge; ``parts`` holds that
    deviation (``"sd_log:1929"``) and the coefficient of variation (``"cv:1929"``) of each year.
    ``bootstrap=True`` gives an interval by drawing countries anew.

    Raises
    ------
    ValueError
        When a value is not above zero.

    Examples
    --------
    >>> panel = {2000: {"a": 1, "b": 4, "c": 9}, 2010: {"a": 4, "b": 6, "c": 9}}
    >>> found = sigma_convergence(panel)
    >>> round(found.value, 4), round(found.parts["sd_log:2000"], 3)
    (-0.0706, 1.111)
    """
    everyone = set[str]().union(*panel.values())
    steady = sorted(everyone.intersection(*panel.values())) if panel else []
    missing = len(everyone) - len(steady)
    if len(panel) < _TWO or len(steady) < _TWO:
        return Outcome(reason=Undefined.TOO_FEW, n=len(steady), missing=missing)
    years = sorted(panel)
    parts: dict[str, float | int | None] = {}
    for year in years:
        values = {country: panel[year][country] for country in steady}
        positive(values, "values")
        parts[f"sd_log:{year}"] = stdev(map(log, values.values()))
        parts[f"cv:{year}"] = stdev(values.values()) / fmean(values.values())

    def slope(countries: Sequence[str]) -> float:
        spreads = [stdev(log(panel[year][country]) for country in countries) for year in years]
        return _least_squares(years, spreads)[0]

    return Outcome(
        value=slope(steady),
        n=len(steady),
        interval=bca_bootstrap(steady, slope, seed=seed) if bootstrap else None,
        missing=missing,
        parts=parts,
        method={"ddof": 1, "panel": "balanced"},
        warnings=("few-countries",) if len(steady) < _FEW else (),
    )


def _least_squares(x: Sequence[float], y: Sequence[float]) -> tuple[float, float]:
    """Slope and intercept."""
    mx, my = fmean(x), fmean(y)
    spread = sum((a - mx) ** 2 for a in x)
    slope = sum((a - mx) * (b - my) for a, b in zip(x, y, strict=True)) / spread
    return slope, my - slope * mx


@value_metric(
    "L13",
    question="Do weak countries grow faster than strong ones?",
    limits="Chance alone makes the weakest seem to catch up: read it beside the spread.",
    unit="per-year",
    bounds=(None, None),
    better=Better.LOWER,
    formula=r"\frac{\ln x_1 - \ln x_0}{T} = a + b \ln x_0,\quad"
    r" \lambda = -\frac{\ln(1 + bT)}{T}",
    missing="countries not known in both years are left out and counted as missing",
    small_numbers="below 10 countries no inference",
    aggregation="recompute on all countries",
    source="Barro and Sala-i-Martin 1992, doi:10.1086/261816",
    level="country",
)
def beta_convergence(
    initial: Mapping[str, float],
    final: Mapping[str, float],
    years: float,
    *,
    bounded: tuple[float, float] | None = None,
) -> Outcome:
    """Slope of growth on the initial level.

    Below zero where weak countries grow faster. ``parts`` holds ``intercept``, ``stderr`` (least
    squares), ``stderr_hc3`` (robust), ``r2``, the ``speed`` of convergence and the ``half_life`` of
    a gap in years, both ``None`` without convergence, and the spread in both years
    (``sigma_initial``, ``sigma_final``), to be read beside. ``bounded`` gives the ends of a bounded
    index, whose logit is taken instead of the logarithm.

    Raises
    ------
    ValueError
        When a value is not above zero, or not within the bounds; or the years are not above zero.

    Examples
    --------
    >>> initial = {"a": 1.0, "b": 2.0, "c": 4.0}
    >>> found = beta_convergence(initial, {"a": 4.0, "b": 5.0, "c": 6.0}, years=10)
    >>> round(found.value, 4), round(found.parts["half_life"], 2)
    (-0.0708, 5.64)
    """
    positive({"years": years}, "years")
    both = sorted(initial.keys() & final.keys())
    missing = len(initial.keys() | final.keys()) - len(both)
    x = [_level(unit, initial[unit], bounded) for unit in both]
    y = [(_level(unit, final[unit], bounded) - a) / years for unit, a in zip(both, x, strict=True)]
    if len(both) < _THREE:
        return Outcome(reason=Undefined.TOO_FEW, n=len(both), missing=missing)
    if len(set(x)) == 1:
        return Outcome(reason=Undefined.NO_VARIATION, n=len(both), missing=missing)
    slope, intercept = _least_squares(x, y)
    errors = [b - intercept - slope * a for a, b in zip(x, y, strict=True)]
    stderr, robust = _standard_errors(x, errors)
    speed = -log(1 + slope * years) / years if -1 < slope * years < 0 else None
    few = len(both) < _FEW
    return Outcome(
        value=slope,
        n=len(both),
        missing=missing,
        interval=None if few else _about(slope, robust),
        parts={
            "intercept": intercept,
            "stderr": stderr,
            "stderr_hc3": robust,
            "r2": _explained(y, errors),
            "speed": speed,
            "half_life": None if speed is None else log(2) / speed,
            "sigma_initial": stdev(x),
            "sigma_final": stdev(a + years * b for a, b in zip(x, y, strict=True)),
        },
        method={"years": years, "scale": "log" if bounded is None else "logit"},
        warnings=("regression-to-the-mean", *(("few-countries",) if few else ())),
    )


def _level(unit: str, value: float, bounded: tuple[float, float] | None) -> float:
    if bounded is None:
        positive({unit: value}, "values")
        return log(value)
    low, high = bounded
    if not low < value < high:
        msg = f"values lie between {low!r} and {high!r}, not {value!r} (of {unit!r})"
        raise ValueError(msg)
    return log((value - low) / (high - value))


def _standard_errors(x: Sequence[float], errors: Sequence[float]) -> tuple[float, float | None]:
    """Of the slope: by least squares, and robust (HC3)."""
    mean, n = fmean(x), len(x)
    spread = sum((a - mean) ** 2 for a in x)
    plain = (sum(e * e for e in errors) / (n - 2) / spread) ** 0.5
    leverage = [1 / n + (a - mean) ** 2 / spread for a in x]
    if max(leverage) >= 1:
        return plain, None
    robust = sum(
        ((a - mean) * e / (1 - h)) ** 2 for a, e, h in zip(x, errors, leverage, strict=True)
    )
    return plain, robust**0.5 / spread


def _about(slope: float, error: float | None) -> Interval | None:
    if error is None:
        return None
    half = 1.959963984540054 * error
    return Interval(low=slope - half, high=slope + half, method="normal, HC3")


def _explained(y: Sequence[float], errors: Sequence[float]) -> float | None:
    mean = fmean(y)
    whole = sum((b - mean) ** 2 for b in y)
    return 1 - sum(e * e for e in errors) / whole if whole else None


@value_metric(
    "L15",
    question="How many years is a country behind the frontier?",
    limits="It says when the same level was reached, not whether the same road leads on.",
    unit="years",
    bounds=(None, None),
    better=Better.LOWER,
    formula=r"t_{\text{country}}(x) - t_{\text{frontier}}(x)",
    missing="a level that a series does not reach gives a bound, not a value",
    small_numbers="none",
    aggregation="never averaged over levels without saying which",
    source="Sicherl; OECD and JRC 2008, box 8",
    level="country",
)
def time_distance(country: Series, frontier: Series, level: float | None = None) -> Outcome:
    """Years between the frontier and a country at the same level.

    Series hold values by year, taken as straight between them. ``level`` is the last value of the
    country unless given; the first time that a series reaches it counts. Where the frontier was
    already above it when its series begins, the distance is at least ``parts["at_least"]``; where
    one of them never reached it, there is none.

    Raises
    ------
    ValueError
        When a series is empty or a number in it is not finite.

    Examples
    --------
    >>> time_distance({2020: 30, 2024: 40}, {2010: 35, 2012: 40, 2024: 80}).value
    12.0
    >>> found = time_distance({2024: 20}, {2010: 35, 2024: 80})
    >>> found.value, found.reason.label(), found.parts["at_least"]
    (None, 'only bounds are known', 14.0)
    """
    for name, series in (("country", country), ("frontier", frontier)):
        if not series or not all(map(isfinite, (*series, *series.values()))):
            msg = f"the series of the {name} holds finite values by year, not {dict(series)!r}"
            raise ValueError(msg)
    wanted = country[max(country)] if level is None else level
    late, early = _reached(country, wanted), _reached(frontier, wanted)
    method = {"level": wanted}
    if late is None or early is None:
        return Outcome(reason=Undefined.UNREACHABLE, method=method)
    if frontier[min(frontier)] > wanted:
        least = float(late - min(frontier))
        return Outcome(reason=Undefined.ONLY_BOUNDS, parts={"at_least": least}, method=method)
    return Outcome(value=late - early, n=1, method=method)


def _reached(series: Series, level: float) -> float | None:
    """First time at which a series reaches a level."""
    years = sorted(series)
    if series[years[0]] >= level:
        return float(years[0])
    for before, after in pairwise(years):
        low, high = series[before], series[after]
        if low < level <= high:
            return before + (level - low) / (high - low) * (after - before)
    return None


__all__ = ["beta_convergence", "sigma_convergence", "time_distance"]
