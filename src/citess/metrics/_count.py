"""Counting: which records hold, in which groups they fall, what is met how often."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import product
from typing import TYPE_CHECKING, Literal

from attrs import frozen

from citess.metrics._asked import Asked
from citess.metrics._facts import NOT_KNOWN, Fact
from citess.metrics._tally import Group, Tally, merged, united
from citess.metrics._words import NO_GROUP
from citess.metrics.frames._engine import OBJECTS
from citess.model import Dataset, Period, Record
from citess.model.shelves import reference

if TYPE_CHECKING:
    import networkx as nx


Tense = Literal["flow", "stock"]


@frozen(kw_only=True)
class FunctionReader:
    """A reader written as a function of a dataset, for what a table cannot say."""

    function: "Callable[[Dataset | nx.Graph[str], Asked], Tally]"
    """Counts what a metric needs."""

    dimensions: tuple[str, ...]
    """Dimensions by which it can be broken down."""

    tense: Tense
    """Whether it counts events of a period or states on a day."""

    options: tuple[str, ...] | None = None
    """Options of a metric that it heeds; ``None`` where it does not say."""

    @property
    def engines(self) -> tuple[str, ...]:
        """Engines on which it runs: objects alone."""
        return (OBJECTS,)

    def __call__(self, data: "Dataset | nx.Graph[str]", asked: Asked, /) -> Tally:
        """Count, once the dimensions asked for are known to exist."""
        for name in (*asked.by, *asked.where):
            if name not in self.dimensions:
                known = ", ".join(self.dimensions) or "none"
                msg = f"{name!r} is no dimension of this metric; it has {known}"
                raise ValueError(msg)
        return self.function(data, asked)


def reader(
    *,
    dimensions: tuple[str, ...] = (),
    tense: Tense = "stock",
    options: tuple[str, ...] | None = None,
) -> "Callable[[Callable[[Dataset | nx.Graph[str], Asked], Tally]], FunctionReader]":
    """Make a function of a dataset the reader of a metric."""

    def define(function: "Callable[[Dataset | nx.Graph[str], Asked], Tally]") -> FunctionReader:
        return FunctionReader(
            function=function, dimensions=dimensions, tense=tense, options=options
        )

    return define


class Counting:
    """A tally in the making."""

    def __init__(self, reads: str, asked: Asked) -> None:
        self.reads = reads
        self.by = asked.by
        self.where = asked.where
        self.on = asked.on
        self.period = asked.period
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
        if not self._wanted(values):
            return
        self._groups[()][fact] += 1
        for group in self._groups_of(values):
            self._groups.setdefault(group, Counter())[fact] += 1

    def declare(self, fact: Fact, **values: Iterable[str]) -> None:
        """State a fact that holds or not, however many records say so."""
        if not self._wanted(values):
            return
        self._frame[()].add(fact)
        for group in self._groups_of(values):
            self._frame.setdefault(group, set()).add(fact)

    def _groups_of(self, values: dict[str, Iterable[str]]) -> Iterator[Group]:
        if self.by:
            yield from product(*((tuple(values[name]) or (NO_GROUP,)) for name in self.by))

    def _wanted(self, values: dict[str, Iterable[str]]) -> bool:
        return all(
            allowed.intersection(tuple(values[name]) or (NOT_KNOWN,))
            for name, allowed in self.where.items()
        )

    def tally(self) -> Tally:
        """Give the tally."""
        return Tally(
            reads=self.reads,
            by=self.by,
            on=self.on,
            period=None if self.period is None else str(self.period),
            where=self.where,
            universe=frozenset(self._universe),
            groups=merged([self._groups]),
            frame=united([self._frame]),
            sources=frozenset(self._sources),
            uncertain=self._uncertain,
        )


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
