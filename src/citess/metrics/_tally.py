"""Tallies: counts by keys that merge, so that the same metric runs on parts and on the whole."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from attrs import evolve, field, frozen

from citess.metrics._facts import Fact, Facts, Number
from citess.metrics._merging import (
    Bounded,
    Bounds,
    Group,
    Ids,
    bounded,
    joined,
    merged,
    populations_of,
    united,
    without,
)

__all__ = ["Bounds", "Group", "Ids", "Tally", "joined", "merged", "together", "united"]


def _no_frame() -> dict[Group, frozenset[Fact]]:
    return {}


def _no_bounds() -> dict[Group, dict[Fact, Bounds]]:
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

    keyed: str | None = None
    """Which key the names of those things were hashed with; ``None`` where they were not."""

    bounded: Bounded = field(factory=_no_bounds)
    """Facts of which only bounds are known."""

    withheld: Mapping[Group, frozenset[Fact]] = field(factory=_no_frame)
    """Facts that a hub keeps to itself."""

    exchanged: frozenset[str] = frozenset()
    """Hubs whose part came from elsewhere, without the names of its records."""

    doubts: frozenset[str] = frozenset()
    """Codes of what must be known to read it."""

    sources: frozenset[str] = frozenset()
    """Sources that the records cite."""

    uncertain: int = 0
    """Records of which it is not known whether they held then."""

    def __add__(self, other: object) -> "Tally":
        if not isinstance(other, Tally):
            return NotImplemented
        mine = (self.reads, self.by, self.on, self.period, self.where)
        theirs = (other.reads, other.by, other.on, other.period, other.where)
        if mine != theirs:
            msg = f"tallies of different things do not add: {mine} and {theirs}"
            raise ValueError(msg)
        if both := self.universe & other.universe:
            hint = ": give a population to one of the tallies" if populations_of(both) else ""
            msg = f"{len(both)} records would be counted twice, such as {min(both)!r}{hint}"
            raise ValueError(msg)
        if both := (self.exchanged & other.hubs) | (other.exchanged & self.hubs):
            msg = f"the part of {', '.join(sorted(both))} would be counted twice"
            raise ValueError(msg)
        bounds = bounded(self, other)
        gone = united((self.withheld, other.withheld))
        loose = united((bounds, gone))
        numbers = merged((self.groups, other.groups))
        return evolve(
            self,
            universe=self.universe | other.universe,
            hubs=self.hubs | other.hubs,
            exchanged=self.exchanged | other.exchanged,
            personal=self.personal or other.personal,
            keyed=self.keyed if self.ids else other.keyed,
            doubts=self.doubts | other.doubts,
            sources=self.sources | other.sources,
            uncertain=self.uncertain + other.uncertain,
            groups=cast("Any", without(numbers, loose)),
            ids=cast("Any", without(joined((self.ids, other.ids)), loose)),
            bounded=cast("Any", without(bounds, gone)),
            withheld=gone,
            frame=united((self.frame, other.frame)),
        )

    def __radd__(self, nothing: object) -> "Tally":
        """Begin a sum: ``sum(tallies)`` joins them all."""
        return self if nothing == 0 else NotImplemented

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
            for group in sorted({(), *self.groups, *self.frame, *self.ids, *self.bounded})
        }

    def to_json(
        self,
        *,
        hubs: Iterable[str] = (),
        threshold: int = 5,
        small_cells: bool = False,
        key: bytes | None = None,
    ) -> str:
        """Write the tally as hubs exchange it: without names of records or persons.

        Numbers below the threshold are withheld, and with them a second one where the first could
        be told from the whole. Different things counted leave as numbers.

        Parameters
        ----------
        hubs
            Hubs that it covers, where the records do not tell.
        threshold
            Least number that leaves, 3 or more.
        small_cells
            Whether both sides agree to exchange smaller ones too.
        key
            Secret that both sides share, 16 bytes or more: different things leave as keyed hashes,
            so that those in both parts are counted once.

        Raises
        ------
        ValueError
            When no hub is told, the threshold hides nothing, the key is too short, or the tally
            names persons.

        Examples
        --------
        >>> import citess
        >>> from citess.metrics import Tally, formality_share
        >>> tally = formality_share.tally(citess.datasets.tunisia())
        >>> sorted(Tally.from_json(tally.to_json()).exchanged)
        ['citess-mahdia', 'citess-sidi-bouzid']
        """
        from citess.metrics._exchange import written  # noqa: PLC0415  (it reads tallies)

        return written(self, hubs=hubs, threshold=threshold, agreed=small_cells, key=key)

    @classmethod
    def from_json(
        cls,
        text: str | bytes,
        *,
        threshold: int = 5,
        small_cells: bool = False,
        key: bytes | None = None,
    ) -> "Tally":
        """Read a tally that another hub wrote, checking it on arrival.

        Parameters
        ----------
        text
            What :meth:`to_json` wrote.
        threshold
            Least number that one receives.
        small_cells
            Whether one agreed to receive small numbers.
        key
            Secret that both sides share.

        Raises
        ------
        ReadError
            With every reason: another version, a field that may be personal, a cell given twice,
            small numbers that were not agreed, hashes of another key, numbers that cannot be.
        """
        from citess.metrics._exchange import read  # noqa: PLC0415  (it makes tallies)

        return read(text, threshold=threshold, agreed=small_cells, key=key)


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
        doubts=frozenset[str]().union(*(part.doubts for part in parts)),
    )
