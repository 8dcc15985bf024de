"""Which numbers are too small to leave a hub, and what leaves in their place."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from citess.metrics._changed import ENTITIES, VALUES
from citess.metrics._counted import KNOWN, SUM
from citess.metrics._facts import Fact, Number
from citess.metrics._merging import POPULATION, Bounds, Group, bounds_of
from citess.metrics._tally import Tally

LEAST: Final = 3
"""Least threshold that hides anything: below it, what is small is one."""

_TOTALS: Final = {**dict.fromkeys(VALUES, ENTITIES), SUM: KNOWN}
"""Facts that are sums, and the fact that says over how many."""

_PEOPLE: Final = ("people",)
_BY_HUB: Final = "by_hub"
"""Label of the people of each hub, who together are at least all people."""


def counter(fact: Fact) -> Fact | None:
    """Fact that says over how many a fact sums, where it is a sum; the label may stand before."""
    for place, word in enumerate(fact[:2]):
        if word in _TOTALS:
            return (*fact[:place], _TOTALS[word], *fact[place + 1 :])
    return None


def protected(fact: Fact) -> bool:
    """Whether a fact counts persons or records about them, so that a small number may tell of one.

    How many people a territory has is known of itself: it is their number that may be small, and
    not that of the rows that say it.
    """
    if fact[:1] == (POPULATION,):
        return fact[1:2] == (SUM,)
    return counter(fact) is None


def small_cells(tally: Tally, threshold: int) -> dict[tuple[Group, Fact], Bounds | None]:
    """What leaves in place of each cell that is too small, or that would tell one that is.

    Sums over few leave as nothing at all.
    """
    cells: defaultdict[Fact, dict[Group, Bounds]] = defaultdict(dict)
    for place in (tally.groups, tally.ids, tally.bounded):
        for group, facts in place.items():
            for fact in facts:
                cells[fact][group] = bounds_of(tally, group, fact)
    hidden: dict[tuple[Group, Fact], Bounds | None] = {}
    for fact, by_group in cells.items():
        if protected(fact):
            found = _hidden(by_group, threshold)
            hidden |= {(group, fact): bounds for group, bounds in found.items()}
    for fact, by_group in cells.items():
        counted = None if fact[:1] == (POPULATION,) else counter(fact)
        for group in () if counted is None else by_group:
            few = bounds_of(tally, group, counted or ()).high < threshold
            if few or (group, counted or ()) in hidden:
                hidden[group, fact] = None
    return hidden | _people_of_hubs(cells, hidden)


def _people_of_hubs(
    cells: Mapping[Fact, Mapping[Group, Bounds]],
    hidden: Mapping[tuple[Group, Fact], Bounds | None],
) -> dict[tuple[Group, Fact], Bounds]:
    """Hide the people of every hub where some are few: those of the others would tell them."""
    hubs = [fact for fact in cells if fact[:1] == (_BY_HUB,) and len(fact) == len(_PEOPLE) + 1]
    together = cells.get(_PEOPLE, {})
    if not any(fact in {_PEOPLE, *hubs} for _, fact in hidden):
        return {}
    found: dict[tuple[Group, Fact], Bounds] = {}
    for fact in hubs:
        for group in cells[fact].keys() & together.keys():
            people = hidden.get((group, _PEOPLE)) or together[group]
            found[group, fact] = _loose(cells[fact][group], people.high)
    return found


def _hidden(by_group: Mapping[Group, Bounds], threshold: int) -> dict[Group, Bounds]:
    """Bounds in place of small numbers, and of others where the small could be told from them."""
    whole = by_group.get(())
    groups = {group: one for group, one in by_group.items() if group and one.high > 0}
    small = [group for group, one in groups.items() if one.high < threshold]
    few = threshold - 1
    if whole is not None and 0 < whole.high < threshold:
        if len(small) >= few:
            return _all_told(groups, small, whole, few)
        return {group: _loose(by_group[group], few) for group in (*small, ())}
    if whole is None or not small or len(groups) == 1:
        return {group: _loose(groups[group], few) for group in small}
    others = [group for group, one in groups.items() if one.high >= threshold]
    others.sort(key=lambda group: (groups[group].high, group))
    if sum(one.high for one in groups.values()) > whole.high:
        hidden = {group: _loose(groups[group], few) for group in small}
        return hidden | {group: _loose(groups[group], whole.high) for group in others[:1]}
    return _closed(groups, small, others, whole, few)


def _closed(
    groups: Mapping[Group, Bounds],
    small: list[Group],
    others: list[Group],
    whole: Bounds,
    few: int,
) -> dict[Group, Bounds]:
    """Hide the smallest others, unless what the small have together tells them no better.

    Of numbers of one or more, each is at most what they have together less one for every other.
    Where there are others, all that are as small as the smallest are hidden: so which numbers are
    hidden says nothing of which of them is which.
    """
    least = min((groups[group].high for group in others), default=0)
    hidden = [*small, *(group for group in others if groups[group].high == least)]
    shown = sum(one.high for group, one in groups.items() if group not in hidden)
    most = whole.high - shown - len(hidden) + 1
    if most < few:
        return _all_told(groups, small, whole, few)
    return {group: _loose(groups[group], most) for group in hidden}


def _all_told(
    groups: Mapping[Group, Bounds], small: list[Group], whole: Bounds, few: int
) -> dict[Group, Bounds]:
    """Hide the whole with its parts, all of which are small."""
    found = {group: _loose(groups[group], few) for group in small}
    return found | {(): Bounds(len(small), len(small) * few, whole.distinct)}


def _loose(known: Bounds, high: Number) -> Bounds:
    return Bounds(min(1, known.low), high, known.distinct)
