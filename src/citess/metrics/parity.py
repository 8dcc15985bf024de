"""Metrics of whether groups fare alike: parity, representation, and where a funnel loses them."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from attrs import evolve

from citess.metrics._counted import count
from citess.metrics._facts import NOT_KNOWN, Facts, Number
from citess.metrics._measure import Interval, Outcome, Undefined
from citess.metrics._population import PEOPLED, SERVED_BY_SEX, people_of, population_of
from citess.metrics._quality import between, checked, doubted, warned
from citess.metrics._registry import Better, metric, value_metric
from citess.metrics.intervals import katz, wilson
from citess.metrics.tables.journeys import STEPS

PARITY_BAND: Final = (0.97, 1.03)
"""Ratios taken for parity by UNESCO."""

FOUR_FIFTHS: Final = 0.8
_ROUNDING: Final = 1e-12


def _ratio(
    a: Number, n: Number, b: Number, m: Number, level: float
) -> tuple[float | None, Interval | None]:
    """Ratio of two rates with Katz's interval, where the counts are parts of the wholes."""
    if not (n and m and b):
        return None, None
    fits = a <= n and b <= m
    return (a / n) / (b / m), katz(a, n, b, m, level) if fits else None


def adjusted(index: float) -> float:
    """Parity index on a scale alike on both sides of 1: above 1, two less its inverse.

    Examples
    --------
    >>> adjusted(0.5), adjusted(2)
    (0.5, 1.5)
    """
    return 2 - 1 / index if index > 1 else index


@metric(
    "R04",
    reads=(SERVED_BY_SEX, PEOPLED),
    question="Are women and men reached at equal rates?",
    limits="Equal rates of too little are parity too; who needs support may differ from who lives "
    "there.",
    unit="index",
    bounds=(0, None),
    better=Better.CONTEXT,
    formula=r"GPI = \frac{w / W}{m / M},\quad GPI' = 2 - \frac{1}{GPI} \text{ above } 1",
    missing="people whose sex is not known leave both rates and widen the bounds",
    small_numbers="Katz interval; below 30 people flagged imprecise",
    aggregation="sum people and populations, then divide",
    source="UNESCO Institute for Statistics; Katz et al. 1978, doi:10.2307/2530610",
    at_ends=True,
    level="person",
)
def parity_index(
    facts: Facts, *, population: object = None, level: float = 0.95, **_: object
) -> Outcome:
    """Gender parity index of people supported.

    Rate at which women are reached over the rate at which men are: 1 is parity.
    ``parts["adjusted"]`` is alike on both sides of 1, ``parts["within_band"]`` tells whether the
    index is within 0.97 to 1.03. Option ``population``: how many women and men there are, as
    ``{"female": 5000, "male": 5200}``, or by territory and sex as
    ``{("tn-53", "female"): 5000}``.

    Examples
    --------
    >>> from citess.metrics import parity_index
    >>> population = {"female": 5000, "male": 5200}
    >>> found = parity_index.compute({"female": 120, "male": 80}, population=population)
    >>> round(found.value, 2), round(found.interval.low, 2), round(found.interval.high, 2)
    (1.56, 1.18, 2.06)
    >>> round(found.parts["adjusted"], 3)
    1.359
    """
    people, there = people_of(facts), population_of(facts, population)
    women, men, unknown = people["female"], people["male"], people.missing
    all_women, all_men = there.get("female"), there.get("male")
    found = Outcome(n=women + men, missing=unknown)
    if not people:
        return evolve(found, reason=Undefined.ZERO_DENOMINATOR)
    if not (all_women and all_men):
        return evolve(found, reason=Undefined.NOT_KNOWN)
    value, interval = _ratio(women, all_women, men, all_men, level)
    if value is None:
        return evolve(found, reason=Undefined.ZERO_DENOMINATOR)
    low, high = (
        (women / all_women) / ((men + unknown) / all_men),
        ((women + unknown) / all_women) / (men / all_men),
    )
    beyond = interval is None
    return evolve(
        found,
        value=value,
        numerator=women / all_women,
        denominator=men / all_men,
        interval=interval,
        bounds=(low, high),
        parts={
            "adjusted": adjusted(value),
            "within_band": int(PARITY_BAND[0] - _ROUNDING <= value <= PARITY_BAND[1] + _ROUNDING),
        },
        warnings=(
            *warned(women + men, unknown),
            *(("beyond-population",) if beyond else ()),
        ),
    )


@metric(
    "R05",
    reads=(SERVED_BY_SEX, PEOPLED),
    question="Are they represented as in the reference population?",
    limits="It takes the reference share for certain, and says nothing of how many are reached.",
    unit="index",
    bounds=(0, None),
    better=Better.CONTEXT,
    formula=r"RQ = \frac{s_{\text{people supported}}}{s_{\text{reference}}}",
    missing="people whose group is not known leave the share and widen the bounds",
    small_numbers="Wilson interval over the reference; below 30 flagged imprecise",
    aggregation="sum people, then divide",
    source="demographic representation quotient; location quotient of regional science",
    at_ends=True,
    level="person",
)
def representation_quotient(
    facts: Facts,
    *,
    reference: float | None = None,
    group: str = "female",
    population: object = None,
    level: float = 0.95,
    **_: object,
) -> Outcome:
    """Representation quotient.

    Share of a group among the people supported, over its share in a reference population: 1 is
    represented alike. Options: ``group``, a sex, ``"female"`` by default; ``reference``, its share
    there, or ``population`` as for the parity index. Cite the source and year of the reference.

    Raises
    ------
    ValueError
        When the reference is not between 0 and 1.

    Examples
    --------
    >>> from citess.metrics import representation_quotient
    >>> found = representation_quotient.compute({"female": 120, "male": 80}, reference=0.49)
    >>> round(found.value, 3), round(found.interval.low, 3), round(found.interval.high, 3)
    (1.224, 1.083, 1.358)
    """
    people, there = people_of(facts), population_of(facts, population)
    known, unknown = people.known, people.missing
    found = Outcome(n=known, missing=unknown)
    if reference is None:
        whole = sum(there.values())
        reference = there.get(group, 0) / whole if whole else None
    if reference is None:
        reason = Undefined.NOT_KNOWN if people else Undefined.ZERO_DENOMINATOR
        return evolve(found, reason=reason)
    between("reference", reference, 0, 1)
    if known == 0 or reference == 0:
        reason = Undefined.NOT_KNOWN if unknown and reference else Undefined.ZERO_DENOMINATOR
        return evolve(found, reason=reason)
    named = sum(n for fact, n in people.items() if fact[0] == group)
    share, interval, whole = named / known, wilson(named, known, level), people.total
    return evolve(
        found,
        value=share / reference,
        numerator=share,
        denominator=reference,
        interval=Interval(
            low=interval.low / reference,
            high=interval.high / reference,
            method="wilson over a fixed reference",
            level=level,
        ),
        bounds=(
            named / whole / reference,
            (named + unknown) / whole / reference,
        ),
        method={"group": group, "reference": reference},
        warnings=warned(known, unknown),
    )


@metric(
    "R07",
    reads=count("case_steps", of=("step", "sex")),
    question="At which step are groups lost?",
    limits="Groups may differ in what they came with: a ratio is a flag, not a proof.",
    unit="index",
    bounds=(0, None),
    better=Better.CONTEXT,
    formula=r"\frac{a_g / n_g}{a_r / n_r}",
    missing="cases whose group is not known leave the rates and are counted",
    small_numbers="Katz interval; below 30 in a group flagged imprecise",
    aggregation="sum the cases of each step, then divide",
    source="US EEOC, Uniform Guidelines on Employee Selection Procedures, 1978 (four fifths)",
    at_ends=True,
    level="case",
)
def adverse_impact_ratio(
    facts: Facts,
    *,
    steps: Sequence[str] = STEPS,
    group: str = "female",
    reference: str = "male",
    level: float = 0.95,
    **_: object,
) -> Outcome:
    """Adverse impact ratio along the way through a hub.

    Rate at which a group gets from the first step to the last, over that of the reference group:
    below four fifths it is flagged. ``parts`` holds the ratio of each step to the one before,
    ``method["lost_at"]`` names the step with the lowest. Options: ``steps`` in order, by default
    intake, diagnosis, plan, support, application, financed; ``group`` and ``reference``, as sexes.

    Raises
    ------
    ValueError
        When fewer than two steps are named.

    Examples
    --------
    >>> from citess.metrics import adverse_impact_ratio
    >>> facts = {("applied", "female"): 60, ("applied", "male"): 50}
    >>> facts |= {("granted", "female"): 30, ("granted", "male"): 40}
    >>> found = adverse_impact_ratio.compute(facts, steps=("applied", "granted"))
    >>> found.value, found.warnings
    (0.625, ('four-fifths',))
    """
    if len(steps) < 2:  # noqa: PLR2004  (a way has two ends)
        msg = f"steps are two or more, in order, not {tuple(steps)!r}"
        raise ValueError(msg)
    first, last = steps[0], steps[-1]
    n_group, n_reference = facts[first, group], facts[first, reference]
    missing = facts[first, NOT_KNOWN]
    found = Outcome(n=n_group + n_reference, missing=missing)
    value, interval = _ratio(
        facts[last, group], n_group, facts[last, reference], n_reference, level
    )
    ratios = {
        step: _ratio(
            facts[step, group],
            facts[before, group],
            facts[step, reference],
            facts[before, reference],
            level,
        )[0]
        for before, step in pairwise(steps)
    }
    known = {step: ratio for step, ratio in ratios.items() if ratio is not None}
    lost_at = min(known, key=lambda step: known[step], default=None)
    method = {"group": group, "reference": reference, "steps": list(steps), "lost_at": lost_at}
    if value is None:
        reason = Undefined.NOT_KNOWN if missing and not found.n else Undefined.ZERO_DENOMINATOR
        return evolve(found, reason=reason, parts=ratios, method=method)
    flagged = min(value, *known.values()) < FOUR_FIFTHS - _ROUNDING
    few = warned(min(n_group, n_reference)) if min(n_group, n_reference) else ()
    doubtful = doubted(found.n, missing)
    return evolve(
        found,
        value=value,
        numerator=facts[last, group] / n_group,
        denominator=facts[last, reference] / n_reference,
        interval=interval,
        parts=ratios,
        method=method,
        warnings=(*few, *doubtful, *(("four-fifths",) if flagged else ())),
    )


@value_metric(
    "R16",
    question="Is something over-represented here?",
    limits="A small whole gives high quotients by chance; the place is part of the whole.",
    unit="index",
    bounds=(0, None),
    better=Better.CONTEXT,
    formula=r"LQ = \frac{s_t / n_t}{S / N}",
    missing="a count not known gives no value",
    small_numbers="Katz interval; below 30 units flagged imprecise",
    aggregation="sum counts, then divide",
    source="regional science",
    level="enterprise",
)
def location_quotient(
    local: float | None,
    local_total: float | None,
    whole: float | None,
    whole_total: float | None,
    *,
    level: float = 0.95,
) -> Outcome:
    """Location quotient.

    Share of a kind, such as enterprises of the social economy, in a place over its share in the
    whole: above 1 it is over-represented here.

    Raises
    ------
    ValueError
        When a count is negative or not finite, or a part is greater than its total.

    Examples
    --------
    >>> from citess.metrics import location_quotient
    >>> location_quotient(20, 200, 500, 10000).value
    2.0
    >>> location_quotient(20, 200, 0, 10000).reason.label()
    'the denominator is zero'
    """
    given = {
        "local": local,
        "local_total": local_total,
        "whole": whole,
        "whole_total": whole_total,
    }
    known = {name: checked(name, n) for name, n in given.items() if n is not None}
    if len(known) < len(given):
        return Outcome(reason=Undefined.NOT_KNOWN, missing=len(given) - len(known))
    for part, total in (("local", "local_total"), ("whole", "whole_total")):
        if known[part] > known[total]:
            msg = f"{part} is at most {total} ({known[total]!r}), not {known[part]!r}"
            raise ValueError(msg)
    value, interval = _ratio(
        known["local"], known["local_total"], known["whole"], known["whole_total"], level
    )
    if value is None:
        return Outcome(reason=Undefined.ZERO_DENOMINATOR, n=known["local_total"])
    return Outcome(
        value=value,
        numerator=known["local"] / known["local_total"],
        denominator=known["whole"] / known["whole_total"],
        n=known["local_total"],
        interval=interval,
        warnings=warned(known["local_total"]),
    )


__all__ = [
    "FOUR_FIFTHS",
    "PARITY_BAND",
    "adjusted",
    "adverse_impact_ratio",
    "location_quotient",
    "parity_index",
    "representation_quotient",
]
