"""Metric of two services that do more together than the sum of each."""

from collections.abc import Iterable, Sequence
from math import exp, fsum, log, sqrt
from typing import Final, cast

from attrs import evolve, frozen

from citess.metrics._asked import Asked, option
from citess.metrics._derived import derive
from citess.metrics._facts import NOT_KNOWN, Facts, Number
from citess.metrics._measure import Interval, Measure, Outcome, Undefined
from citess.metrics._quality import FEW_EVENTS, doubted, refused
from citess.metrics._registry import Better, metric
from citess.metrics.intervals import wilson, z_score
from citess.metrics.tables._table import Row
from citess.metrics.tables.journeys import service_arms
from citess.metrics.tests_of_chance import chi_square_p
from citess.model import Closure, Dataset

ARMS: Final = ("both", "first", "second", "neither")
"""Which of two services were used."""

DESIGNS: Final = ("observational", "adjusted", "randomised")
_LEAST: Final = 10


@frozen(kw_only=True)
class Synergy:
    """What two services do together beyond what each does alone, on three scales."""

    contrast: float
    """Interaction contrast: both, less first, less second, plus neither."""

    se: float
    """Its standard error by the delta method."""

    reri: float | None
    """Relative excess risk due to interaction; ``None`` where neither reaches the outcome."""

    reri_interval: Interval | None
    """Its interval by the delta method."""

    index: float | None
    """Rothman's synergy index S; ``None`` where it has no sense."""

    index_interval: Interval | None
    """Its interval by the delta method on the logarithm."""

    attributable: float | None
    """Share of the outcome with both that is due to their going together."""


def synergy(
    shares: tuple[float, float, float, float],
    sizes: tuple[float, float, float, float],
    level: float = 0.95,
) -> Synergy:
    """Contrast the outcome with both services, the first, the second and neither.

    Rothman 1976, doi:10.1093/oxfordjournals.aje.a112335; Hosmer and Lemeshow 1992,
    doi:10.1097/00001648-199209000-00012.

    Raises
    ------
    ValueError
        When a share is not between 0 and 1, or an arm is empty.

    Examples
    --------
    >>> found = synergy((0.60, 0.30, 0.35, 0.20), (100, 100, 100, 100))
    >>> round(found.contrast, 2), round(found.se, 4), round(found.reri, 2), round(found.index, 1)
    (0.15, 0.0915, 0.75, 1.6)
    """
    if not all(0 <= share <= 1 for share in shares):
        msg = f"shares are between 0 and 1, not {shares!r}"
        raise ValueError(msg)
    if not all(size > 0 for size in sizes):
        msg = f"sizes are above 0, not {sizes!r}"
        raise ValueError(msg)
    z = z_score(level)
    both, first, second, neither = shares
    spreads = [p * (1 - p) / n for p, n in zip(shares, sizes, strict=True)]
    contrast = both - first - second + neither
    reri = reri_interval = None
    if neither > 0:
        reri = contrast / neither
        slopes = (1 / neither, -1 / neither, -1 / neither, -(both - first - second) / neither**2)
        half = z * _delta(slopes, spreads)
        reri_interval = _interval(reri - half, reri + half, "delta", level)
    together, apart = both - neither, first + second - 2 * neither
    index = index_interval = None
    if neither > 0 and apart > 0:
        index = together / apart
        if together > 0:
            slopes = (1 / together, -1 / apart, -1 / apart, -1 / together + 2 / apart)
            half = z * _delta(slopes, spreads)
            low, high = exp(log(index) - half), exp(log(index) + half)
            index_interval = _interval(low, high, "delta, log", level)
    return Synergy(
        contrast=contrast,
        se=sqrt(sum(spreads)),
        reri=reri,
        reri_interval=reri_interval,
        index=index,
        index_interval=index_interval,
        attributable=contrast / both if both > 0 else None,
    )


def _delta(slopes: Iterable[float], spreads: Iterable[float]) -> float:
    return sqrt(sum(slope * slope * spread for slope, spread in zip(slopes, spreads, strict=True)))


def _interval(low: float, high: float, method: str, level: float) -> Interval:
    return Interval(low=low, high=high, method=method, level=level)


def _arms(data: Dataset, asked: Asked) -> Iterable[Row]:
    outcome = option(asked, "outcome", cast("str | Iterable[str]", str(Closure.CREATED)))
    return service_arms(
        data,
        cast("str | None", asked.options.get("first")),
        cast("str | None", asked.options.get("second")),
        (outcome,) if isinstance(outcome, str) else outcome,
        option(asked, "months", 12),
    )


@metric(
    "S09",
    reads=derive(
        "service_arms",
        _arms,
        of=("arm", "outcome"),
        shaped=("first", "second", "outcome", "months"),
    ),
    question="Do two services together do more than the sum of each?",
    limits="Who uses both may differ from who uses one: without a design that deals with it, this "
    "is a contrast and not an effect.",
    unit="index",
    bounds=(-2, 2),
    better=Better.HIGHER,
    formula=r"IC = p_{11} - p_{10} - p_{01} + p_{00}",
    missing="cases whose outcome is not known are left out, counted, and widen the bounds",
    small_numbers="undefined below 10 cases in one of the four arms; below 10 events flagged",
    aggregation="stratified by hub, or recompute on the union of cases",
    source="Rothman 1976, doi:10.1093/oxfordjournals.aje.a112335; Hosmer and Lemeshow 1992, "
    "doi:10.1097/00001648-199209000-00012",
    at_ends=True,
    level="case",
)
def synergy_contrast(
    facts: Facts,
    *,
    design: str = "observational",
    level: float = 0.95,
    allow_missing: bool = False,
    **_: object,
) -> Outcome:
    """Synergy of two services.

    Interaction contrast of the shares that reach the outcome: with both services, less with the
    first alone, less with the second alone, plus with neither. ``parts`` holds RERI, the index S
    and the attributable proportion with their intervals; ``parts["synergistic"]`` is 1 where the
    whole interval is above zero. Where all or none of every arm reach it, the interval is made of
    those of Wilson. Options ``first`` and ``second``: services or kinds; ``outcome``:
    a reason of closure (``"created"``) or a survival (``"active"``, at ``months`` after support);
    ``design``: ``"observational"``, ``"adjusted"`` or ``"randomised"``.

    Raises
    ------
    ValueError
        When the design has no such name.

    Examples
    --------
    >>> from citess.metrics import synergy_contrast
    >>> reached = {"both": 60, "first": 30, "second": 35, "neither": 20}
    >>> facts = {(arm, "yes"): n for arm, n in reached.items()}
    >>> facts |= {(arm, "no"): 100 - n for arm, n in reached.items()}
    >>> found = synergy_contrast.compute(facts)
    >>> round(found.value, 2), round(found.interval.low, 3), round(found.interval.high, 3)
    (0.15, -0.029, 0.329)
    >>> found.warnings
    ('observational',)
    """
    if design not in DESIGNS:
        msg = f"{design!r} is no design; they are {', '.join(DESIGNS)}"
        raise ValueError(msg)
    sizes = {arm: facts[arm, "yes"] + facts[arm, "no"] for arm in ARMS}
    unknown = {arm: facts[arm, NOT_KNOWN] for arm in ARMS}
    n, missing = sum(sizes.values()), sum(unknown.values())
    found = Outcome(n=n, missing=missing, method={"design": design, "arms": dict(sizes)})
    if n + missing == 0:
        unnamed = facts.total > 0
        reason = Undefined.NOT_APPLICABLE if unnamed else Undefined.ZERO_DENOMINATOR
        return evolve(found, reason=reason)
    if min(sizes.values()) < _LEAST:
        return evolve(found, reason=Undefined.TOO_FEW)
    if refused(n, missing, allow_missing=allow_missing):
        return evolve(found, reason=Undefined.TOO_MANY_MISSING)
    shares = tuple(facts[arm, "yes"] / sizes[arm] for arm in ARMS)
    result = synergy(
        cast("tuple[float, float, float, float]", shares),
        cast("tuple[float, float, float, float]", tuple(sizes.values())),
        level,
    )
    below = above = z_score(level) * result.se
    if result.se == 0:
        below, above = _without_spread([(facts[arm, "yes"], sizes[arm]) for arm in ARMS], level)
    interval = _interval(
        max(-2.0, result.contrast - below),
        min(2.0, result.contrast + above),
        "delta" if result.se > 0 else "newcombe, no spread",
        level,
    )
    few = min(facts[arm, answer] for arm in ARMS for answer in ("yes", "no")) < FEW_EVENTS
    return evolve(
        found,
        value=result.contrast,
        interval=interval,
        bounds=_worst(facts, unknown),
        parts={
            "se": result.se,
            "reri": result.reri,
            **_ends("reri", result.reri_interval),
            "s": result.index,
            **_ends("s", result.index_interval),
            "attributable_proportion": result.attributable,
            "synergistic": int(interval.low > 0),
        },
        warnings=(
            *(("observational",) if design == "observational" else ()),
            *(("few-events",) if few else ()),
            *doubted(n, missing),
        ),
    )


def _without_spread(arms: Sequence[tuple[Number, Number]], level: float) -> tuple[float, float]:
    """Distances down and up in the manner of Newcombe, from the Wilson intervals of four shares."""
    down = up = 0.0
    for (reached, size), sign in zip(arms, (1, -1, -1, 1), strict=True):
        share, one = reached / size, wilson(reached, size, level)
        ends = (share - one.low, one.high - share)[::sign]
        down, up = down + ends[0] ** 2, up + ends[1] ** 2
    return sqrt(down), sqrt(up)


def _ends(name: str, interval: Interval | None) -> dict[str, Number | None]:
    return {
        f"{name}_low": None if interval is None else interval.low,
        f"{name}_high": None if interval is None else interval.high,
    }


def _worst(facts: Facts, unknown: dict[str, Number]) -> tuple[float, float]:
    """Least and greatest contrast, whatever the outcomes not known are."""
    low = high = 0.0
    for arm, sign in zip(ARMS, (1, -1, -1, 1), strict=True):
        whole = facts[arm, "yes"] + facts[arm, "no"] + unknown[arm]
        ends = sorted(
            (sign * facts[arm, "yes"] / whole, sign * (facts[arm, "yes"] + unknown[arm]) / whole)
        )
        low, high = low + ends[0], high + ends[1]
    return low, high


@frozen(kw_only=True)
class Pooled:
    """A contrast joined over strata, and how much they differ."""

    value: float
    """Mean of the strata, each weighed by how sure it is."""

    interval: Interval
    """Its interval."""

    heterogeneity: float
    """Cochran's Q."""

    p: float | None
    """Chance of strata that differ as much; ``None`` of one stratum."""

    strata: int
    """Strata that have a contrast."""

    left_out: int
    """Strata that have none."""


def pooled_synergy(strata: Iterable[Measure | Outcome], level: float = 0.95) -> Pooled | None:
    """Join synergy contrasts of strata, such as hubs: by inverse variance, never by their mean.

    Who uses both services may differ between hubs; strata keep hubs from being compared with each
    other. ``None`` where no stratum has a contrast with a spread.

    Examples
    --------
    >>> from citess.metrics import synergy_contrast
    >>> reached = {"both": 60, "first": 30, "second": 35, "neither": 20}
    >>> facts = {(arm, "yes"): n for arm, n in reached.items()}
    >>> facts |= {(arm, "no"): 100 - n for arm, n in reached.items()}
    >>> found = pooled_synergy([synergy_contrast.compute(facts)] * 4)
    >>> round(found.value, 2), found.interval.low > 0, found.p
    (0.15, True, 1.0)
    """
    given: Sequence[Measure | Outcome] = list(strata)
    known = [
        (float(one.value), float(se))
        for one in given
        if one.value is not None and (se := one.parts.get("se"))
    ]
    if not known:
        return None
    weights = [1 / se**2 for _, se in known]
    whole = fsum(weights)
    value = fsum(w * x for w, (x, _) in zip(weights, known, strict=True)) / whole
    spread = fsum(w * (x - value) ** 2 for w, (x, _) in zip(weights, known, strict=True))
    half = z_score(level) / sqrt(whole)
    return Pooled(
        value=value,
        interval=_interval(value - half, value + half, "inverse variance", level),
        heterogeneity=spread,
        p=chi_square_p(spread, len(known) - 1) if len(known) > 1 else None,
        strata=len(known),
        left_out=len(given) - len(known),
    )


__all__ = ["ARMS", "Pooled", "Synergy", "pooled_synergy", "synergy", "synergy_contrast"]
