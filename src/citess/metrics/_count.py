"""Counting: which records hold, in which groups they fall, what is met how often."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import product
from typing import TYPE_CHECKING

from citess.metrics._tally import Fact, Group, Tally, merged, united
from citess.model import Dataset, Period, Record
from citess.model.shelves import reference

if TYPE_CHECKING:
    import networkx as nx


class Counting:
    """A tally in the making."""

    def __init__(
        self, reads: str, by: tuple[str, ...], on: str | None, period: Period | None
    ) -> None:
        self.reads = reads
        self.by = by
        self.on = on
        self.period = period
        self._groups: dict[Group, Counter[Fact]] = {(): Counter()}
        self._frame: dict[Group, set[Fact]] = {(): set()}
        self._universe: set[str] = set()
        self._sources: set[str] = set()
        self._uncertain = 0

    def holds(self, record: Record, held: Period | None) -> bool:
        """Tell whether a record held then; those of which it is not known are kept and counted."""
        answer: bool | None = True
        if self.on is not None:
            answer = None if held is None else held.holds(self.on)
        elif self.period is not None:
            answer = None if held is None else held.overlaps(self.period)
        if answer is not False:
            self.includes(record)
            self._uncertain += answer is None
        return answer is not False

    def includes(self, record: Record) -> None:
        """Take a record into the universe of the tally."""
        self._universe.add(reference(record))
        self._sources.update(record.sources)

    def add(self, fact: Fact, **values: Iterable[str]) -> None:
        """Count a fact for the whole and for every group it falls in.

        A fact of which a dimension is not known falls in the group ``"not known"`` of it.
        """
        self._groups[()][fact] += 1
        for group in self._groups_of(values):
            self._groups.setdefault(group, Counter())[fact] += 1

    def declare(self, fact: Fact, **values: Iterable[str]) -> None:
        """State a fact that holds or not, however many records say so."""
        self._frame[()].add(fact)
        for group in self._groups_of(values):
            self._frame.setdefault(group, set()).add(fact)

    def _groups_of(self, values: dict[str, Iterable[str]]) -> Iterator[Group]:
        if self.by:
            yield from product(*((tuple(values[name]) or ("not known",)) for name in self.by))

    def tally(self) -> Tally:
        """Give the tally."""
        return Tally(
            reads=self.reads,
            by=self.by,
            on=self.on,
            period=None if self.period is None else str(self.period),
            universe=frozenset(self._universe),
            groups=merged([self._groups]),
            frame=united([self._frame]),
            sources=frozenset(self._sources),
            uncertain=self._uncertain,
        )


def checked_dimensions(by: tuple[str, ...], allowed: tuple[str, ...]) -> tuple[str, ...]:
    """Check that dimensions are among those that a metric has.

    Raises
    ------
    ValueError
        Naming those it has.
    """
    for name in by:
        if name not in allowed:
            msg = f"{name!r} is no dimension of this metric; it has {', '.join(allowed)}"
            raise ValueError(msg)
    return by


def records_only(data: "Dataset | nx.Graph[str]") -> Dataset:
    """Check that data are records and not a graph.

    Raises
    ------
    TypeError
        When it is a graph.
    """
    if not isinstance(data, Dataset):
        msg = f"this metric reads a dataset or records, not {type(data).__name__}"
        raise TypeError(msg)
    return data
