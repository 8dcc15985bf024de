"""Metrics of who is reached: how many, which shares, compared with whom."""

from math import sqrt
from typing import Final

from attrs import evolve

from citess.errors import InvalidValueError
from citess.metrics._counted import NO_ID, count
from citess.metrics._facts import NOT_KNOWN, Facts
from citess.metrics._measure import Interval, Outcome, Undefined
from citess.metrics._population import PEOPLED, people_of, population_of
from citess.metrics._proportion import proportion
from citess.metrics._quality import doubted
from citess.metrics._registry import Better, metric
from citess.metrics.intervals import wilson, z_score
from citess.model import AgeBand

_PEOPLE: Final = "people"
_BY_HUB: Final = "by_hub"


@metric(
    "R01",
    reads=(
        count("cases", distinct="client", label=_PEOPLE),
        count("cases", of="hub", distinct="client", label=_BY_HUB),
    ),
    question="How many different people were supported?",
    limits="It counts people met, not how much was done for each of them.",
    unit="people",
    bounds=(0, None),
    better=Better.HIGHER,
    formula=r"N = \#\left(\bigcup_h B_h\right),\quad \text{factor} = \frac{\sum_h \#B_h}{N}",
    missing="cases without a pseudonym are left out and counted: the bounds take them for people "
    "already counted, or for new ones; without any pseudonym there are only bounds",
    small_numbers="below 5 withheld when published",
    aggregation="unite the people, then recount; without pseudonyms only bounds, never the sum",
    source="definition of unique clients of IRIS+",
    at_ends=True,
    level="person",
)
def unique_beneficiaries(facts: Facts, **_: object) -> Outcome:
    """Different people supported.

    People by their pseudonym, each once however many hubs they went to.
    ``parts["double_count_factor"]`` is the sum over hubs to the people: above 1, a sum of the hubs
    would count people twice.

    Examples
    --------
    >>> from citess.metrics import unique_beneficiaries
    >>> facts = {("people",): 4, ("by_hub", "a"): 3, ("by_hub", "b"): 2}
    >>> found = unique_beneficiaries.compute(facts)
    >>> found.value, found.parts["double_count_factor"]
    (4, 1.25)
    >>> alone = unique_beneficiaries.compute({("by_hub", "a"): 3, ("by_hub", "b"): 2})
    >>> alone.value, alone.bounds, alone.reason.label()
    (None, (3, 5), 'only bounds are known')
    """
    people, hubs = facts.below(_PEOPLE), facts.below(_BY_HUB)
    named, by_hub = people[()], {fact[0]: n for fact, n in hubs.items() if fact[0] != NO_ID}
    unnamed = {fact[0]: n for fact, n in hubs.below(NO_ID).items()}
    if not named:
        unnamed = {hub: unnamed.get(hub, 0) + by_hub.get(hub, 0) for hub in {*unnamed, *by_hub}}
        by_hub = {}
    nameless, claims = sum(unnamed.values()), sum(by_hub.values())
    at_one = max((by_hub.get(h, 0) + unnamed.get(h, 0) for h in {*by_hub, *unnamed}), default=0)
    found = Outcome(n=named, missing=nameless, bounds=(named or at_one, named + nameless))
    if not named:
        reason = Undefined.ONLY_BOUNDS if nameless else Undefined.ZERO_DENOMINATOR
        return evolve(found, reason=reason, bounds=found.bounds if nameless else None)
    return evolve(
        found,
        value=named,
        parts={
            "claimed": claims,
            "double_count_factor": claims / named,
            "share_unknown": nameless / (named + nameless),
        },
        warnings=doubted(named, nameless),
    )


@metric(
    "R02a",
    reads=count("cases", of="sex", distinct="client"),
    question="Does the hub serve women?",
    limits="A share says nothing of how many women there were to serve: see the parity index.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.HIGHER,
    formula=r"\frac{w}{w + m}",
    missing="people whose sex is not known leave the share and widen the bounds",
    small_numbers="Wilson interval; below 30 flagged imprecise",
    aggregation="unite the people, then recompute",
    source="Wilson 1927, doi:10.1080/01621459.1927.10502953",
    poolable=True,
    level="person",
)
def women_share(facts: Facts, **_: object) -> Outcome:
    """Share of women among the people supported.

    Different people by their pseudonym; cases without one count as a person each.

    Examples
    --------
    >>> found = women_share.compute({"female": 81, "male": 182})
    >>> round(found.value, 3), round(found.interval.low, 4), round(found.interval.high, 4)
    (0.308, 0.2553, 0.3662)
    """
    people = people_of(facts)
    return proportion(people["female"], people.known, people.missing)


@metric(
    "R02b",
    reads=count("cases", of="age_band", distinct="client"),
    question="Does the hub serve the young?",
    limits="The young are those of the band that is named; their age is that at intake.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.HIGHER,
    formula=r"\frac{y}{y + o}",
    missing="people whose age is not known, or whose band lies on both sides of an end of the one "
    "named, leave the share and widen the bounds",
    small_numbers="Wilson interval; below 30 flagged imprecise",
    aggregation="unite the people, then recompute",
    source="Wilson 1927, doi:10.1080/01621459.1927.10502953",
    poolable=True,
    level="person",
)
def youth_share(facts: Facts, *, band: AgeBand | str | None = None, **_: object) -> Outcome:
    """Share of the young among the people supported.

    Option ``band``: the ages that count as young, as an :class:`~citess.AgeBand` or ``"18-35"``:
    15-24 for the United Nations, 18-29 or 18-35 elsewhere. Nobody is young without one.

    Raises
    ------
    ValueError
        When the band is no band of ages.

    Examples
    --------
    >>> from citess.metrics import youth_share
    >>> facts = {"18-24": 30, "25-34": 20, "35-44": 40, "30-39": 10}
    >>> found = youth_share.compute(facts, band="18-34")
    >>> found.value, found.missing, found.bounds
    (0.5555555555555556, 10, (0.5, 0.6))
    >>> youth_share.compute(facts).reason.label()
    'not applicable'
    """
    people = people_of(facts)
    if band is None:
        warnings = ("no-age-band",)
        return Outcome(reason=Undefined.NOT_APPLICABLE, n=people.total, warnings=warnings)
    wanted = as_band(band)
    young = old = unsure = 0.0
    for (text, *_rest), n in people.items():
        inside = None if text == NOT_KNOWN else _inside(as_band(text), wanted)
        young, old, unsure = (
            young + n * (inside is True),
            old + n * (inside is False),
            unsure + n * (inside is None),
        )
    found = proportion(round(young), round(young + old), round(unsure))
    straddling = unsure - people.missing
    return evolve(
        found, method={"band": str(wanted)}, parts={**found.parts, "straddling": round(straddling)}
    )


def as_band(given: AgeBand | str) -> AgeBand:
    """Read a band of ages: ``"18-35"``, ``"65+"``.

    Raises
    ------
    ValueError
        When it is none.

    Examples
    --------
    >>> as_band("65+").upper is None
    True
    """
    if isinstance(given, AgeBand):
        return given
    lower, dash, upper = given.removesuffix("+").partition("-")
    try:
        return AgeBand(lower=int(lower), upper=int(upper) if dash else None)
    except (ValueError, InvalidValueError):
        msg = f"a band of ages is such as '18-35' or '65+', not {given!r}"
        raise ValueError(msg) from None


def _inside(band: AgeBand, wanted: AgeBand) -> bool | None:
    """Whether all of a band is within another; ``None`` where part of it is."""
    least, most = band.lower, _last(band)
    if most < wanted.lower or least > _last(wanted):
        return False
    return True if wanted.lower <= least and most <= _last(wanted) else None


def _last(band: AgeBand) -> float:
    return float("inf") if band.upper is None else band.upper


@metric(
    "R18",
    reads=(count("cases", distinct="client", label=_PEOPLE), PEOPLED),
    question="Which part of the target population is reached?",
    limits="Reached once is reached here; who came from elsewhere is in the number above only.",
    unit="ratio",
    bounds=(0, None),
    better=Better.HIGHER,
    formula=r"\frac{\text{different people reached}}{\text{people in the target population}}",
    missing="cases without a pseudonym are left out, counted, and widen the bounds",
    small_numbers="Wilson interval; below 5 withheld when published",
    aggregation="unite the people, sum the populations, then divide",
    source="citess; IRIS+ PI4060 over PI6686",
    at_ends=True,
    level="person",
)
def penetration_rate(facts: Facts, *, population: object = None, **_: object) -> Outcome:
    """Penetration of the target population.

    Different people supported, to the people there are. Option ``population``: how many there are,
    in all, by sex, or by territory and sex as ``{("tn-53", "female"): 5000}``; by hand, facts are
    ``{"reached": 400}``.

    Examples
    --------
    >>> from citess.metrics import penetration_rate
    >>> penetration_rate.compute({"reached": 400}, population=8000).value
    0.05
    """
    people = facts.below(_PEOPLE)
    named, unnamed = people[()] + facts["reached"], people[NO_ID]
    whole = sum(population_of(facts, population).values())
    found = Outcome(n=named, missing=unnamed)
    if not named:
        reason = Undefined.ONLY_BOUNDS if unnamed else Undefined.ZERO_DENOMINATOR
        return evolve(found, reason=reason)
    if not whole:
        return evolve(found, reason=Undefined.NOT_KNOWN)
    beyond = named > whole
    return evolve(
        found,
        value=named / whole,
        numerator=named,
        denominator=whole,
        interval=None if beyond else wilson(named, whole),
        bounds=(named / whole, (named + unnamed) / whole),
        warnings=(
            *(("beyond-population",) if beyond else ()),
            *doubted(named, unnamed),
        ),
    )


def chapman(first: int, second: int, both: int, level: float = 0.95) -> tuple[float, Interval]:
    """Estimate how many people there are from two lists that overlap.

    Chapman's estimate of capture and recapture (Chapman 1951, University of California
    Publications in Statistics 1): for hubs that share some pseudonyms only. It holds where being on
    one list makes nobody more or less likely to be on the other.

    Raises
    ------
    ValueError
        When more are on both lists than on one, or a number is negative.

    Examples
    --------
    >>> estimate, interval = chapman(100, 80, 20)
    >>> round(estimate, 1), round(interval.low), round(interval.high)
    (388.6, 264, 513)
    """
    if not 0 <= both <= min(first, second):
        msg = f"both is between 0 and the shorter list ({min(first, second)}), not {both}"
        raise ValueError(msg)
    estimate = (first + 1) * (second + 1) / (both + 1) - 1
    spread = (first + 1) * (second + 1) * (first - both) * (second - both)
    half = z_score(level) * sqrt(spread / ((both + 1) ** 2 * (both + 2)))
    least = first + second - both
    return estimate, Interval(
        low=max(least, estimate - half),
        high=max(estimate, estimate + half),
        method="chapman",
        level=level,
    )


__all__ = [
    "as_band",
    "chapman",
    "penetration_rate",
    "unique_beneficiaries",
    "women_share",
    "youth_share",
]
