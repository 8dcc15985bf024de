"""Metrics of whether groups are served in different places."""

from collections.abc import Sequence
from itertools import accumulate
from math import sqrt
from random import Random
from typing import Final

from attrs import evolve

from citess.metrics._counted import count
from citess.metrics._facts import Facts, Number
from citess.metrics._measure import Outcome, Undefined
from citess.metrics._population import people_of
from citess.metrics._quality import checked, warned
from citess.metrics._registry import Better, metric
from citess.metrics._resampling import content_seed
from citess.metrics.tests_of_chance import randomisation

_LARGE: Final = 25.0
"""Variance above which a count drawn is taken for normal."""


def dissimilarity_index(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Share of one group that would have to move for both to be spread alike over places.

    Counts of the two groups, place by place. ``None`` where one group is empty.

    Raises
    ------
    ValueError
        When a count is negative or not finite, or the places are not the same number.

    Examples
    --------
    >>> round(dissimilarity_index((30, 10), (20, 40)), 4)
    0.4167
    """
    if len(first) != len(second):
        msg = f"second has one count a place: {len(first)}, not {len(second)}"
        raise ValueError(msg)
    for name, counts in (("first", first), ("second", second)):
        for n in counts:
            checked(name, n)
    a, b = sum(first), sum(second)
    if not (a and b):
        return None
    return sum(abs(x / a - y / b) for x, y in zip(first, second, strict=True)) / 2


@metric(
    "R15",
    reads=count("cases", of=("sex", "hub"), distinct="client"),
    question="Are women and men served in different hubs?",
    limits="Small hubs differ by chance: read it beside what chance alone would give.",
    unit="index",
    bounds=(0, 1),
    better=Better.LOWER,
    formula=r"D = \frac{1}{2} \sum_h \left|\frac{w_h}{W} - \frac{m_h}{M}\right|",
    missing="people whose group is not known are left out and counted",
    small_numbers="biased upwards: the value expected by chance, z and p stand beside",
    aggregation="recompute on the union of people; not additive",
    source="Duncan and Duncan 1955, doi:10.2307/2088328",
    level="person",
)
def dissimilarity(
    facts: Facts,
    *,
    groups: tuple[str, str] = ("female", "male"),
    seed: int | None = None,
    draws: int = 1000,
    **_: object,
) -> Outcome:
    """Dissimilarity of two groups over hubs.

    0 when women and men go to the same hubs in the same proportions, 1 when no hub serves both.
    ``parts`` holds what a random assignment of the same people to the same hubs gives: its mean
    ``expected``, how far the index is from it in standard deviations ``z``, and the chance ``p`` of
    as much. Options: ``groups``, ``seed`` (from the counts where none is given), ``draws``.

    Examples
    --------
    >>> from citess.metrics import dissimilarity
    >>> facts = {("female", "a"): 30, ("female", "b"): 10, ("male", "a"): 20, ("male", "b"): 40}
    >>> found = dissimilarity.compute(facts)
    >>> round(found.value, 4), found.parts["z"] > 3
    (0.4167, True)
    """
    people = people_of(facts)
    by_hub = _by_hub(people, groups)
    first, second = ([row[k] for row in by_hub.values()] for k in (0, 1))
    n = sum(first) + sum(second)
    found = Outcome(n=n, missing=people.missing)
    if not n:
        reason = Undefined.NOT_KNOWN if people.missing else Undefined.ZERO_DENOMINATOR
        return evolve(found, reason=reason)
    if len(by_hub) < 2:  # noqa: PLR2004  (two places)
        return evolve(found, reason=Undefined.TOO_FEW)
    value = dissimilarity_index(first, second)
    if value is None:
        return evolve(found, reason=Undefined.ZERO_DENOMINATOR)
    sizes = [round(a + b) for a, b in by_hub.values()]
    chosen = content_seed(groups, first, second) if seed is None else seed
    whole = round(sum(first))

    def draw(random: Random) -> float:
        drawn = assigned(random, sizes, whole)
        rest = [size - k for size, k in zip(sizes, drawn, strict=True)]
        return dissimilarity_index(drawn, rest) or 0.0

    null = randomisation(value, draw, seed=chosen, draws=draws)
    return evolve(
        found,
        value=value,
        parts={"expected": null.expected, "sd": null.sd, "z": null.z, "p": null.p},
        method={"groups": list(groups), "seed": chosen, "draws": draws, "hubs": len(by_hub)},
        warnings=warned(n, people.missing),
    )


def _by_hub(people: Facts, groups: tuple[str, str]) -> dict[str, tuple[Number, Number]]:
    hubs = sorted({fact[1] for fact in people if fact[0] in groups})
    return {hub: (people[groups[0], hub], people[groups[1], hub]) for hub in hubs}


def assigned(random: Random, sizes: Sequence[int], marked: int) -> list[int]:
    """Draw how many of the marked fall in each place, were they spread by chance.

    Examples
    --------
    >>> drawn = assigned(Random(1), [30, 70], 50)
    >>> sum(drawn), all(k <= n for k, n in zip(drawn, [30, 70]))
    (50, True)
    """
    left = list(accumulate(reversed(sizes)))[::-1]
    drawn: list[int] = []
    for size, units in zip(sizes, left, strict=True):
        k = _hypergeometric(random, units, marked, size)
        drawn.append(k)
        marked -= k
    return drawn


def _hypergeometric(random: Random, units: int, marked: int, drawn: int) -> int:
    """Draw a hypergeometric count: by drawing, or from the normal curve where it is large."""
    low, high = max(0, marked + drawn - units), min(marked, drawn)
    if low == high:
        return low
    mean = drawn * marked / units
    variance = mean * (units - marked) / units * (units - drawn) / (units - 1)
    if variance > _LARGE:
        return min(high, max(low, round(random.gauss(mean, sqrt(variance)))))
    return _drawn(random, units, marked, drawn)


def _drawn(random: Random, units: int, marked: int, drawn: int) -> int:
    """Draw one by one, of the smaller of the two lots, marked or not."""
    few, lot = sorted((marked, drawn))
    if few > units - lot:
        return few - _drawn_simply(random, units, few, units - lot)
    return _drawn_simply(random, units, lot, few)


def _drawn_simply(random: Random, units: int, marked: int, draws: int) -> int:
    found = 0
    for done in range(draws):
        found += random.random() * (units - done) < marked - found
    return found


__all__ = ["dissimilarity", "dissimilarity_index"]
