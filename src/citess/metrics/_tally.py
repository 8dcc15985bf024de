"""Tallies: counts by keys that merge, so that the same metric runs on parts and on the whole."""

from collections import Counter
from collections.abc import Iterable, Mapping

from attrs import evolve, field, frozen

Fact = tuple[str, ...]
Group = tuple[str, ...]


def _no_frame() -> dict[Group, frozenset[Fact]]:
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
    ValueError: 24 records would be counted twice, such as 'partner:synthetic-0-partner-0'
    """

    reads: str
    """What was counted: ``"partners"``, ``"offers"`` ..."""

    by: tuple[str, ...] = ()
    """Dimensions of the groups."""

    on: str | None = None
    """Day at which the records hold."""

    period: str | None = None
    """Period in which they hold."""

    universe: frozenset[str] = frozenset()
    """Records counted, as references."""

    groups: Mapping[Group, Mapping[Fact, int]]
    """Times that each fact was met, by group; the empty group is the whole."""

    frame: Mapping[Group, frozenset[Fact]] = field(factory=_no_frame)
    """Facts that hold or not, by group: needs required, members of the network, laws."""

    sources: frozenset[str] = frozenset()
    """Sources that the records cite."""

    uncertain: int = 0
    """Records of which it is not known whether they held then."""

    def __add__(self, other: "Tally") -> "Tally":
        mine = (self.reads, self.by, self.on, self.period)
        theirs = (other.reads, other.by, other.on, other.period)
        if mine != theirs:
            msg = f"tallies of different things do not add: {mine} and {theirs}"
            raise ValueError(msg)
        if both := self.universe & other.universe:
            msg = f"{len(both)} records would be counted twice, such as {min(both)!r}"
            raise ValueError(msg)
        return evolve(
            self,
            universe=self.universe | other.universe,
            sources=self.sources | other.sources,
            uncertain=self.uncertain + other.uncertain,
            groups=merged((self.groups, other.groups)),
            frame=united((self.frame, other.frame)),
        )

    def facts(self) -> Mapping[Group, Mapping[Fact, int]]:
        """Every fact by group: counted ones with their count, declared ones once."""
        groups = sorted({(), *self.groups, *self.frame})
        return {
            group: {**dict.fromkeys(self.frame.get(group, ()), 1), **self.groups.get(group, {})}
            for group in groups
        }


def merged(parts: Iterable[Mapping[Group, Mapping[Fact, int]]]) -> dict[Group, dict[Fact, int]]:
    """Add counts group by group, in order of the groups."""
    total: dict[Group, Counter[Fact]] = {}
    for part in parts:
        for group, facts in part.items():
            total.setdefault(group, Counter()).update(facts)
    return {group: dict(sorted(total[group].items())) for group in sorted(total)}


def united(parts: Iterable[Mapping[Group, Iterable[Fact]]]) -> dict[Group, frozenset[Fact]]:
    """Join declared facts group by group, in order of the groups."""
    total: dict[Group, set[Fact]] = {}
    for part in parts:
        for group, facts in part.items():
            total.setdefault(group, set()).update(facts)
    return {group: frozenset(total[group]) for group in sorted(total)}
