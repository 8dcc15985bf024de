"""Metrics of who lives within reach: coverage in a time, floating catchments, potential access."""

from collections.abc import Mapping, Sequence
from math import fsum
from typing import Final

from attrs import evolve

from citess.metrics._measure import Outcome, Undefined
from citess.metrics._quality import checked, doubted, refused
from citess.metrics._registry import Better, value_metric
from citess.metrics._ways import Amounts, Costs, mapped, named

_MISSING: Final = (
    "zones without population or any cost are left out and counted, single costs and supplies not"
    " known add nothing and are counted; above two fifths there is no value"
)
STEP_WEIGHTS: Final = ((10.0, 1.0), (20.0, 0.68), (30.0, 0.22))
"""Weights of Luo and Qi: up to 10 minutes, 20 and 30."""


@value_metric(
    "R11",
    question="Who lives within reach of a hub?",
    limits="Within reach is not served; times differ by hour, season and means of transport.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.HIGHER,
    formula=r"\frac{\sum_z P_z\,[\min_h c_{zh} \le t]}{\sum_z P_z}",
    missing="zones without population, without any time, or of which a time that may be in reach "
    "is not known are left out, counted, and widen the bounds: to all of it where nobody knows of "
    "how many",
    small_numbers="census: no interval; vary the time and the means",
    aggregation="sum populations, then divide",
    source="citess; logic of SDG 9.1.1",
    level="territory",
)
def territorial_coverage(
    population: Amounts, times: Costs, *, within: float, allow_missing: bool = False
) -> Outcome:
    """Territorial coverage.

    Share of the population that lives within some travel time of the nearest hub. Give travel
    times, not straight lines. ``None`` is not known; a hub that a zone does not name is out of
    reach. With ``allow_missing``, more than two fifths of the zones may be unknown.

    Raises
    ------
    ValueError
        When a number is negative or not finite, or a zone with times has no population given.

    Examples
    --------
    >>> from citess.metrics import territorial_coverage
    >>> times = {"a": {"hub": 10}, "b": {"hub": 25}, "c": {"hub": 40}}
    >>> found = territorial_coverage({"a": 100, "b": 150, "c": 100}, times, within=30)
    >>> round(found.value, 3), found.numerator, found.denominator
    (0.714, 250.0, 350.0)
    """
    checked("within", within)
    every = named(population, "population")
    given = mapped(population, None, times)
    nearest = {zone: min(given.costs[zone].values()) for zone in given.people}
    decided = {
        zone: n
        for zone, n in given.people.items()
        if nearest[zone] <= within or zone not in given.doubtful
    }
    whole = fsum(decided.values())
    unknown = fsum(n for zone, n in every.items() if n is not None and zone not in decided)
    found = Outcome(n=len(decided), missing=len(every) - len(decided))
    if whole == 0:
        reason = Undefined.NOT_KNOWN if found.missing else Undefined.ZERO_DENOMINATOR
        return evolve(found, reason=reason)
    if refused(len(decided), len(every) - len(decided), allow_missing=allow_missing):
        return evolve(found, reason=Undefined.TOO_MANY_MISSING)
    inside = fsum(n for zone, n in decided.items() if nearest[zone] <= within)
    bounds = (inside / (whole + unknown), (inside + unknown) / (whole + unknown))
    surely = not given.doubtful.intersection(decided)
    mean = fsum(nearest[zone] * n for zone, n in decided.items()) / whole if surely else None
    return evolve(
        found,
        value=inside / whole,
        numerator=inside,
        denominator=whole,
        bounds=(0.0, 1.0) if None in every.values() else bounds,
        parts={"mean_time_to_nearest": mean},
        method={"within": within},
        warnings=doubted(found.n, found.missing),
    )


def _catchments(
    population: Amounts,
    supply: Amounts,
    costs: Costs,
    bands: Sequence[tuple[float, float]],
    *,
    allow_missing: bool,
) -> Outcome:
    """Both steps of a floating catchment, with a weight for each band of cost."""
    for limit, weight in bands:
        checked("limit of a band", limit)
        checked("weight of a band", weight)
    if [limit for limit, _ in bands] != sorted({limit for limit, _ in bands}):
        msg = f"bands rise by their limits, not {tuple(bands)!r}"
        raise ValueError(msg)
    given = mapped(population, supply, costs)
    found = Outcome(n=len(given.people), missing=given.missing)
    whole = fsum(given.people.values())
    if whole == 0 or not given.supply:
        known = given.missing == 0 and bool(given.supply or not supply)
        reason = Undefined.ZERO_DENOMINATOR if known else Undefined.NOT_KNOWN
        return evolve(found, reason=reason)
    if given.refused(allow_missing=allow_missing):
        return evolve(found, reason=Undefined.TOO_MANY_MISSING)
    demand = {
        hub: fsum(
            n * _weight(given.costs[zone].get(hub), bands) for zone, n in given.people.items()
        )
        for hub in given.supply
    }
    ratios = {hub: given.supply[hub] / n for hub, n in demand.items() if n > 0}
    access = {
        zone: fsum(_weight(row.get(hub), bands) * ratio for hub, ratio in ratios.items())
        for zone, row in given.costs.items()
    }
    used = fsum(access[zone] * n for zone, n in given.people.items())
    alone = sorted(hub for hub in given.supply if hub not in ratios)
    return evolve(
        found,
        value=used / whole,
        numerator=used,
        denominator=whole,
        parts={**access, "without_access": sum(n == 0 for n in access.values())},
        method={
            "bands": [list(band) for band in bands],
            "supply_per_head_at_hub": ratios,
            "without_demand": alone,
            **given.unknown(),
        },
        warnings=(*(("no-demand",) if alone else ()), *given.doubted()),
    )


def _weight(cost: float | None, bands: Sequence[tuple[float, float]]) -> float:
    if cost is None:
        return 0.0
    return next((weight for limit, weight in bands if cost <= limit), 0.0)


@value_metric(
    "R12",
    question="How much supply is there per head, competition included?",
    limits="Everyone within reach counts alike and nobody beyond: vary the reach.",
    unit="per-head",
    bounds=(0, None),
    better=Better.HIGHER,
    formula=r"R_j = \frac{S_j}{\sum_{c_{ij} \le t} P_i},\quad A_i = \sum_{c_{ij} \le t} R_j",
    missing=_MISSING,
    small_numbers="census: no interval; vary the reach",
    aggregation="mean weighted by population: it is the supply in reach over the population",
    source="Luo and Wang 2003, doi:10.1068/b29120",
    level="territory",
)
def two_step_floating_catchment(
    population: Amounts,
    supply: Amounts,
    costs: Costs,
    *,
    within: float,
    allow_missing: bool = False,
) -> Outcome:
    """Two-step floating catchment area.

    Supply per head of each hub over everyone within its reach; then, for each zone, the sum over
    the hubs within reach. ``parts`` holds the access of each zone; the value is the mean weighted
    by population. Supply that nobody can reach is flagged and named.

    Raises
    ------
    ValueError
        When a number is negative or not finite, or names do not match.

    Examples
    --------
    >>> from citess.metrics import two_step_floating_catchment
    >>> costs = {"a": {"x": 10, "y": 40}, "b": {"x": 20, "y": 15}}
    >>> found = two_step_floating_catchment(
    ...     {"a": 100, "b": 100}, {"x": 4, "y": 2}, costs, within=30
    ... )
    >>> found.parts["a"], found.parts["b"], found.value
    (0.02, 0.04, 0.03)
    """
    checked("within", within)
    return _catchments(population, supply, costs, ((within, 1.0),), allow_missing=allow_missing)


@value_metric(
    "R13",
    question="How much supply is there per head, the nearer the more?",
    limits="The weights are a choice: vary them.",
    unit="per-head",
    bounds=(0, None),
    better=Better.HIGHER,
    formula=r"R_j = \frac{S_j}{\sum_i W(c_{ij}) P_i},\quad A_i = \sum_j W(c_{ij}) R_j",
    missing=_MISSING,
    small_numbers="census: no interval; vary the weights",
    aggregation="mean weighted by population: it is the supply in reach over the population",
    source="Luo and Qi 2009, doi:10.1016/j.healthplace.2009.06.002",
    level="territory",
)
def enhanced_2sfca(
    population: Amounts,
    supply: Amounts,
    costs: Costs,
    *,
    bands: Sequence[tuple[float, float]] = STEP_WEIGHTS,
    allow_missing: bool = False,
) -> Outcome:
    """Enhanced two-step floating catchment area.

    As the two-step floating catchment, with a weight by band of cost in both steps: 1 up to 10
    minutes, 0.68 up to 20 and 0.22 up to 30, or ``bands`` of (limit, weight).

    Raises
    ------
    ValueError
        When a number is negative or not finite, bands do not rise, or names do not match.

    Examples
    --------
    >>> from citess.metrics import enhanced_2sfca
    >>> found = enhanced_2sfca([100, 100], [5], [[10], [20]])
    >>> round(found.parts["0"], 4), round(found.parts["1"], 4)
    (0.0298, 0.0202)
    """
    return _catchments(population, supply, costs, bands, allow_missing=allow_missing)


@value_metric(
    "R14",
    question="How much supply is near, far supply counting less?",
    limits="It ignores who else needs the supply; the exponent is a choice: vary it.",
    unit="supply-by-cost",
    bounds=(0, None),
    better=Better.HIGHER,
    formula=r"A_i = \sum_j S_j\, c_{ij}^{-\beta}",
    missing=_MISSING,
    small_numbers="census: no interval; vary the exponent",
    aggregation="distribution, and mean weighted by population",
    source="Hansen 1959, doi:10.1080/01944365908978307",
    level="territory",
)
def gravity_access(  # noqa: PLR0913  (each option stands for a choice that is recorded)
    supply: Amounts,
    costs: Costs,
    *,
    beta: float = 1.0,
    population: Amounts | None = None,
    floor: float = 1.0,
    allow_missing: bool = False,
) -> Outcome:
    """Potential access by gravity.

    Supply of every hub over its cost to the power ``beta``, summed for each zone. ``parts`` holds
    the access of each zone; the value is the mean, weighted by ``population`` where that is given.
    A cost of zero is raised to ``floor``. With ``allow_missing``, more than two fifths of the
    zones, costs or supplies may be unknown.

    Raises
    ------
    ValueError
        When a number is negative or not finite, the floor is not above 0, or names do not match.

    Examples
    --------
    >>> from citess.metrics import gravity_access
    >>> costs = {"a": {"x": 10, "y": 40}, "b": {"x": 20, "y": 15}}
    >>> found = gravity_access({"x": 10, "y": 6}, costs)
    >>> round(found.parts["a"], 2), round(found.parts["b"], 2)
    (1.15, 0.9)
    """
    checked("beta", beta)
    if checked("floor", floor) == 0:
        msg = "floor is above 0, not 0"
        raise ValueError(msg)
    zones = map(str, costs if isinstance(costs, Mapping) else range(len(costs)))
    weights: Amounts = dict.fromkeys(zones, 1.0) if population is None else population
    given = mapped(weights, supply, costs)
    found = Outcome(n=len(given.people), missing=given.missing)
    whole = fsum(given.people.values())
    if whole == 0 or not given.supply:
        known = given.missing == 0 and bool(given.supply or not supply)
        reason = Undefined.ZERO_DENOMINATOR if known else Undefined.NOT_KNOWN
        return evolve(found, reason=reason)
    if given.refused(allow_missing=allow_missing):
        return evolve(found, reason=Undefined.TOO_MANY_MISSING)
    raised = sum(cost == 0 for row in given.costs.values() for cost in row.values())
    access = {
        zone: fsum(
            given.supply[hub] * (cost or floor) ** -beta
            for hub, cost in row.items()
            if hub in given.supply
        )
        for zone, row in given.costs.items()
    }
    return evolve(
        found,
        value=fsum(access[zone] * n for zone, n in given.people.items()) / whole,
        denominator=whole,
        parts=access,
        method={"beta": beta, "floor": floor, "raised_to_floor": raised, **given.unknown()},
        warnings=(*(("cost-floor",) if raised else ()), *given.doubted()),
    )


__all__ = [
    "enhanced_2sfca",
    "gravity_access",
    "territorial_coverage",
    "two_step_floating_catchment",
]
