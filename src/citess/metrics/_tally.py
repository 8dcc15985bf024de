"""Tallies: counts by keys that merge, so that the same metric runs on parts and on the whole."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve, field, frozen

from citess.metrics._facts import Fact, Facts, Number

Group = tuple[str, ...]
Ids = Mapping[Group, Mapping[Fact, frozenset[str]]]


def _no_frame() -> dict[Group, frozenset[Fact]]:
    return {}


def _no_ids() -> dict[Group, dict[Fact, frozenset[str]]]:
    return {}


@frozen(kw_only=True)
class Tally:
    """How often each fact was met, for the whole and for each group.

    ``tally(a) + tally(b) == tally(a | b)`` when no record is in both: a tally declares its
    universe, and the same record twice is refused.

    Examples
    --------
    >>> import citess
    >>> metric = citess.metrics.catalogue["G01"]
    >>> a, b = (citess.datasets.synthetic(seed=seed) for seed in (0, 1))
    >>> metric.tally(a) + metric.tally(a)
    Traceback (most recent call last):
    ...
    ValueError: 24 records would be counted twice, such as 'partners:synthetic-0-partner-0'
    """

    reads: str
    """What was counted: ``"partners"``, ``"offers"`` ..."""

    by: tuple[str, ...] = ()
    """Dimensions of the groups."""

    on: str | None = None
    """Day at which the records hold."""

    period: str | None = None
    """Period in which they hold."""

    where: Mapping[str, frozenset[str]] = field(factory=dict[str, frozenset[str]])
    """Values that columns had to have one of."""

    universe: frozenset[str] = frozenset()
    """Records counted, as references."""

    hubs: frozenset[str] = frozenset()
    """Hubs that the records counted are of."""

    groups: Mapping[Group, Mapping[Fact, Number]]
    """Times that each fact was met, or a sum, by group; the empty group is the whole."""

    ids: Ids = field(factory=_no_ids)
    """Different things of which each fact holds, where those are counted and not records."""

    personal: bool = False
    """Whether those things stand for persons."""

    frame: Mapping[Group, frozenset[Fact]] = field(factory=_no_frame)
    """Facts that hold or not, by group: needs required, members of the network, laws."""

    sources: frozenset[str] = frozenset()
    """Sources that the records cite."""

    uncertain: int = 0
    """Records of which it is not known whether they held then."""

    def __add__(self, other: "Tally") -> "Tally":
        mine = (self.reads, self.by, self.on, self.period, self.where)
        theirs = (other.reads, other.by, other.on, other.period, other.where)
        if mine != theirs:
            msg = f"tallies of different things do not add: {mine} and {theirs}"
            raise ValueError(msg)
        if both := self.universe & other.universe:
            msg = f"{len(both)} records would be counted twice, such as {min(both)!r}"
            raise ValueError(msg)
        return evolve(
            self,
            universe=self.universe | other.universe,
            hubs=self.hubs | other.hubs,
            personal=self.personal or other.personal,
            sources=self.sources | other.sources,
            uncertain=self.uncertain + other.uncertain,
            groups=merged((self.groups, other.groups)),
            ids=joined((self.ids, other.ids)),
            frame=united((self.frame, other.frame)),
        )

    def facts(self) -> Mapping[Group, Facts]:
        """Every fact by group: counted ones with their count, declared ones once."""
        return {
            group: Facts(
                {
                    **dict.fromkeys(self.frame.get(group, ()), 1),
                    **self.groups.get(group, {}),
                    **{fact: len(ids) for fact, ids in self.ids.get(group, {}).items()},
                }
            )
            for group in sorted({(), *self.groups, *self.frame, *self.ids})
        }


def merged(
    parts: Iterable[Mapping[Group, Mapping[Fact, Number]]],
) -> dict[Group, dict[Fact, Number]]:
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


def together(parts: Sequence[Tally]) -> Tally:
    """Join the counts that one metric reads from the same data into one tally."""
    first = parts[0]
    if len(parts) == 1:
        return first
    return evolve(
        first,
        reads=" and ".join(part.reads for part in parts),
        universe=frozenset[str]().union(*(part.universe for part in parts)),
        hubs=frozenset[str]().union(*(part.hubs for part in parts)),
        personal=any(part.personal for part in parts),
        sources=frozenset[str]().union(*(part.sources for part in parts)),
        uncertain=sum(part.uncertain for part in parts),
        groups=merged(part.groups for part in parts),
        frame=united(part.frame for part in parts),
        ids=joined(part.ids for part in parts),
    )
