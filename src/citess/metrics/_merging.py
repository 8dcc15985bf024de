"""How tallies merge: numbers add, things unite, and what is known in part becomes bounds."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from attrs import frozen

from citess.metrics._facts import Fact, Number

if TYPE_CHECKING:
    from citess.metrics._tally import Tally

Group = tuple[str, ...]
Numbers = Mapping[Group, Mapping[Fact, Number]]
Ids = Mapping[Group, Mapping[Fact, frozenset[str]]]


@frozen
class Bounds:
    """Least and greatest value of a fact."""

    low: Number
    """Least value."""

    high: Number
    """Greatest value."""

    distinct: bool = False
    """Whether different things are counted, which several parts may share."""


Bounded = Mapping[Group, Mapping[Fact, Bounds]]
Facts = Mapping[Group, frozenset[Fact]]

POPULATION: Final = "population"
"""Table and label of the people there are, whom several hubs may share."""
_POPULATIONS: Final = f"{POPULATION}:"


def populations_of(universe: Iterable[str]) -> list[str]:
    """Names of the populations among the records counted."""
    return sorted(
        one.removeprefix(_POPULATIONS) for one in universe if one.startswith(_POPULATIONS)
    )


def merged(parts: Iterable[Numbers]) -> dict[Group, dict[Fact, Number]]:
    """Add numbers group by group, in order of the groups."""
    total: dict[Group, defaultdict[Fact, Number]] = {}
    for part in parts:
        for group, facts in part.items():
            numbers = total.setdefault(group, defaultdict(int))
            for fact, number in facts.items():
                numbers[fact] += number
    return {group: dict(sorted(total[group].items())) for group in sorted(total)}


def united(parts: Iterable[Mapping[Group, Iterable[Fact]]]) -> dict[Group, frozenset[Fact]]:
    """Join declared facts group by group, in order of the groups."""
    total: dict[Group, set[Fact]] = {}
    for part in parts:
        for group, facts in part.items():
            total.setdefault(group, set()).update(facts)
    return {group: frozenset(total[group]) for group in sorted(total)}


def joined(parts: Iterable[Ids]) -> dict[Group, dict[Fact, frozenset[str]]]:
    """Unite the things counted, group by group and fact by fact."""
    total: dict[Group, defaultdict[Fact, set[str]]] = {}
    for part in parts:
        for group, facts in part.items():
            known = total.setdefault(group, defaultdict(set))
            for fact, ids in facts.items():
                known[fact] |= ids
    return {
        group: {fact: frozenset(ids) for fact, ids in sorted(total[group].items())}
        for group in sorted(total)
    }


def bounded(a: "Tally", b: "Tally") -> dict[Group, dict[Fact, Bounds]]:
    """Bounds of the facts of which either tally knows no more, or whose things cannot be matched.

    Numbers add at both ends; of different things, several parts may share all or none, so the least
    is the greatest of them and the greatest their sum.
    """
    found: dict[Group, dict[Fact, Bounds]] = {}
    for group in sorted({*a.bounded, *b.bounded, *a.ids, *b.ids}):
        facts: set[Fact] = {*a.bounded.get(group, {}), *b.bounded.get(group, {})}
        if a.keyed != b.keyed:
            facts |= {*a.ids.get(group, {}), *b.ids.get(group, {})}
        for fact in sorted(facts):
            one, two = bounds_of(a, group, fact), bounds_of(b, group, fact)
            distinct = one.distinct or two.distinct
            low = max(one.low, two.low) if distinct else one.low + two.low
            found.setdefault(group, {})[fact] = Bounds(low, one.high + two.high, distinct)
    return found


def bounds_of(tally: "Tally", group: Group, fact: Fact) -> Bounds:
    """Bounds of a fact in a tally; both ends are the number where it is known."""
    if (known := tally.bounded.get(group, {}).get(fact)) is not None:
        return known
    if (ids := tally.ids.get(group, {}).get(fact)) is not None:
        return Bounds(len(ids), len(ids), distinct=True)
    number = tally.groups.get(group, {}).get(fact, 0)
    return Bounds(number, number)


def without(
    known: Mapping[Group, Mapping[Fact, "object"]], gone: Facts
) -> dict[Group, dict[Fact, object]]:
    """Leave out facts, group by group."""
    return {
        group: {fact: one for fact, one in facts.items() if fact not in gone.get(group, ())}
        for group, facts in known.items()
    }
