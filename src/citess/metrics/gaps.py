"""Metrics of gaps between countries: how far behind, and how unequal."""

from collections.abc import Mapping, Sequence
from math import fsum, isfinite, log
from statistics import fmean
from typing import Final

from citess.metrics._measure import Outcome, Undefined
from citess.metrics._quality import doubted, refused
from citess.metrics._registry import Better, value_metric
from citess.metrics._resampling import bca_bootstrap

_FEW: Final = 10
_FEW_UNITS: Final = 5
_TWO: Final = 2


def positive(values: Mapping[str, float], what: str) -> None:
    """Check that values are finite and above zero.

    Raises
    ------
    ValueError
        Naming the first that is not.
    """
    for unit, value in values.items():
        if not isfinite(value) or value <= 0:
            msg = f"{what} are above zero, not {value!r} (of {unit!r})"
            raise ValueError(msg)


@value_metric(
    "L11",
    question="How far are countries behind the frontier?",
    limits="The frontier moves: name a fixed one to compare years.",
    unit="index",
    bounds=(0, 1),
    better=Better.LOWER,
    formula=r"\frac{1}{n} \sum_c \Big(1 - \frac{x_c}{x^*}\Big)",
    missing="countries not known are left out, counted, and widen the bounds; above two fifths "
    "there is no value unless allowed",
    small_numbers="below 5 countries: a list only, flagged",
    aggregation="recompute on all countries",
    source="distance to frontier",
    level="country",
)
def levelling_gap(
    scores: Mapping[str, float | None],
    *,
    frontier: float | None = None,
    population: Mapping[str, float] | None = None,
    allow_missing: bool = False,
) -> Outcome:
    """Mean gap of countries to the frontier.

    ``frontier`` is the score to reach: the greatest one unless given; scores above it have no gap.
    ``parts`` holds the least over the greatest score (``ratio``), and the gap weighted by
    ``population`` (``weighted``) where that is given for every country. With ``allow_missing``,
    more than two fifths of the countries may be unknown.

    Raises
    ------
    ValueError
        When a score is negative or not finite, or the frontier or a population is not above zero.

    Examples
    --------
    >>> found = levelling_gap({"a": 40, "b": 50, "c": 60, "d": 80})
    >>> found.value, found.parts["ratio"]
    (0.28125, 0.5)
    """
    known = {country: x for country, x in scores.items() if x is not None}
    missing = len(scores) - len(known)
    for country, x in known.items():
        if not isfinite(x) or x < 0:
            msg = f"scores are zero or more, not {x!r} (of {country!r})"
            raise ValueError(msg)
    best = max(known.values(), default=0.0)
    goal = best if frontier is None else frontier
    if frontier is not None:
        positive({"frontier": frontier}, "frontiers")
    if not known or goal == 0:
        reason = Undefined.ZERO_DENOMINATOR if known or not missing else Undefined.NOT_KNOWN
        return Outcome(reason=reason, n=len(known), missing=missing)
    if refused(len(known), missing, allow_missing=allow_missing):
        return Outcome(reason=Undefined.TOO_MANY_MISSING, n=len(known), missing=missing)
    gaps = {country: max(0.0, 1 - x / goal) for country, x in known.items()}
    return Outcome(
        value=fmean(gaps.values()),
        n=len(gaps),
        missing=missing,
        bounds=_bounds(fsum(gaps.values()), len(gaps), missing, fixed=frontier is not None),
        parts={
            "ratio": min(known.values()) / best if best else None,
            "weighted": _weighted(gaps, population),
        },
        method={"frontier": goal, "fixed": frontier is not None},
        warnings=(
            *(("few-countries",) if len(gaps) < _FEW_UNITS else ()),
            *doubted(len(gaps), missing),
        ),
    )


def _bounds(total: float, n: int, missing: int, *, fixed: bool) -> tuple[float, float]:
    """Least and greatest mean gap: who is not known may be at the frontier, or set a far one."""
    every = n + missing
    far = 0 if fixed or not missing else every - 1
    return total / every, max(total + missing, far) / every


def _weighted(gaps: Mapping[str, float], population: Mapping[str, float] | None) -> float | None:
    if population is None or not gaps.keys() <= population.keys():
        return None
    positive(population, "populations")
    people = sum(population[country] for country in gaps)
    return sum(gap * population[country] for country, gap in gaps.items()) / people


@value_metric(
    "L14",
    question="How unequal are countries, people counted?",
    limits="What differs within countries is not seen here.",
    unit="nats",
    bounds=(0, None),
    better=Better.LOWER,
    formula=r"T_B = \sum_c s_c \ln \frac{s_c}{p_c}",
    missing="countries not known are left out and counted as missing; above two fifths there is no "
    "value unless allowed",
    small_numbers="undefined below 2 countries, flagged below 10",
    aggregation="adds to what differs within countries",
    source="Theil 1967",
    level="country",
)
def theil_between_countries(
    means: Mapping[str, float | None],
    population: Mapping[str, float] | None = None,
    *,
    allow_missing: bool = False,
    bootstrap: bool = False,
    seed: int | None = None,
) -> Outcome:
    """Theil index between countries, people counted.

    ``means`` holds a value a head by country, such as hubs or support; ``population`` how many
    people: without it every country counts as one. s is the share of a country in the whole, p its
    share in the people. ``parts`` holds what each country adds. With ``allow_missing``, more than
    two fifths of the countries may be unknown. ``bootstrap=True`` gives an interval by drawing
    countries anew.

    Raises
    ------
    ValueError
        When a value is negative, or a population is missing or not above zero.

    Examples
    --------
    >>> round(theil_between_countries({"a": 1, "b": 3}, {"a": 3, "b": 1}).value, 4)
    0.1438
    """
    known = {country: x for country, x in means.items() if x is not None}
    missing = len(means) - len(known)
    people = dict.fromkeys(known, 1.0) if population is None else dict(population)
    if not known.keys() <= people.keys():
        msg = f"populations lack {sorted(known.keys() - people.keys())}"
        raise ValueError(msg)
    positive(people, "populations")
    for country, x in known.items():
        if not isfinite(x) or x < 0:
            msg = f"values are zero or more, not {x!r} (of {country!r})"
            raise ValueError(msg)
    if len(known) < _TWO:
        return Outcome(reason=Undefined.TOO_FEW, n=len(known), missing=missing)
    if refused(len(known), missing, allow_missing=allow_missing):
        return Outcome(reason=Undefined.TOO_MANY_MISSING, n=len(known), missing=missing)
    units = [(x * people[country], people[country]) for country, x in known.items()]
    value = _theil(units)
    if value is None:
        return Outcome(reason=Undefined.ZERO_DENOMINATOR, n=len(known), missing=missing)
    return Outcome(
        value=value,
        n=len(known),
        missing=missing,
        interval=bca_bootstrap(units, _theil, seed=seed) if bootstrap else None,
        parts=dict(zip(known, _added(units), strict=True)),
        method={"weighted": population is not None},
        warnings=(
            *(("few-countries",) if len(known) < _FEW else ()),
            *doubted(len(known), missing),
        ),
    )


def _added(countries: Sequence[tuple[float, float]]) -> list[float]:
    """What each country adds, told by what it has and its people; none where nobody has any."""
    whole, everyone = (sum(each) for each in zip(*countries, strict=True))
    if whole == 0:
        return []
    shares = [(has / whole, people / everyone) for has, people in countries]
    return [share * log(share / people) if share else 0.0 for share, people in shares]


def _theil(countries: Sequence[tuple[float, float]]) -> float | None:
    added = _added(countries)
    return max(0.0, sum(added)) if added else None


__all__ = ["levelling_gap", "positive", "theil_between_countries"]
