"""Records one after the other: counted as they come, without a dataset of them all."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final, cast

from citess.errors import UnknownIdError
from citess.metrics._reading import TableReader
from citess.metrics._tally import Tally, together
from citess.metrics.tables import Table
from citess.model import Dataset, Record
from citess.model.shelf import Shelf
from citess.model.shelves import reference, shelf_types
from citess.network._arguments import is_graph

if TYPE_CHECKING:
    import networkx as nx

    from citess.metrics._asked import Asked
    from citess.metrics._reading import Fold

CHUNK: Final = 5_000
"""Records of a class that are read together."""

REMEMBERED: Final = 100_000
"""Ids that are remembered to refuse records given twice; beyond, ids have to rise."""

UNCHECKED: Final = "unchecked-repeats"
"""Doubt of a long stream out of order: a record given twice would not be noticed."""


def streams(readers: Iterable[object], data: object) -> bool:
    """Whether records can be counted as they come: an iterator, and tables of one record a row."""
    return isinstance(data, Iterator) and all(
        isinstance(one, TableReader)
        and not one.works_rows_out
        and one.source.record is not None
        and one.source.key == "id"
        for one in readers
    )


def whole(data: object) -> "Dataset | nx.Graph[str]":
    """Data as a dataset, made of records where it is none; a graph stays one.

    Raises
    ------
    TypeError
        When it is neither a dataset, nor records, nor a graph of networkx.
    """
    if isinstance(data, Dataset):
        return data
    if is_graph(data):
        return cast("nx.Graph[str]", data)
    if not isinstance(data, Iterable):
        msg = f"a dataset, records, tables or a graph of networkx are wanted, not {data!r}"
        raise TypeError(msg)
    return Dataset(cast("Iterable[Record]", data))


def tally_of(
    readers: Sequence[TableReader], records: Iterator[Record], asked: "Asked", context: object
) -> Tally:
    """Count records as they come; memory grows with groups and different things, not with records.

    Columns that need other records take them from the context, a dataset, or from those that came
    before in the stream, which are kept; so cases come before their sessions, as in every file that
    citess writes. A record given twice is refused while ids rise, or are few.

    Raises
    ------
    ValueError
        When a column needs records that are neither in the context nor before in the stream, or a
        record comes twice.
    """
    data, kept = _surroundings(readers, asked, context)
    folds: list[Fold] = [reader.begin(data, asked) for reader in readers]
    by_class: defaultdict[type, list[Fold]] = defaultdict(list)
    for reader, fold in zip(readers, folds, strict=True):
        by_class[cast("type", reader.source.record)].append(fold)
    watches: defaultdict[type, _Watch] = defaultdict(_Watch)
    for chunk in _chunks(records):
        cls = type(chunk[0])
        wanted = by_class.get(cls, ())
        if wanted or cls in kept:
            watches[cls].see(chunk)
        if cls in kept:
            kept[cls].put(chunk)
        for fold in wanted:
            _take(fold, chunk)
    whole = together([fold.tally() for fold in folds])
    if any(watches[cls].unsure for cls in by_class):
        from attrs import evolve  # noqa: PLC0415  (for a doubt only)

        return evolve(whole, doubts=whole.doubts | {UNCHECKED})
    return whole


def _take(fold: "Fold", chunk: list[Record]) -> None:
    try:
        fold.take(chunk)
    except UnknownIdError as error:
        msg = (
            f"{error}: in a stream, records come before those that name them,"
            " or stand in context=, a dataset"
        )
        raise ValueError(msg) from None


def _chunks(records: Iterator[Record]) -> Iterator[list[Record]]:
    for _, run in groupby(records, type):
        chunk: list[Record] = []
        for record in run:
            chunk.append(record)
            if len(chunk) == CHUNK:
                yield chunk
                chunk = []
        if chunk:
            yield chunk


class _Watch:
    """Looks for records given twice."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._last: str = ""
        self._last_short = (0, "")
        self._rises: bool = True
        self._rises_short: bool = True
        self._count = 0

    @property
    def unsure(self) -> bool:
        """Whether a record given twice might have gone unnoticed."""
        return self._count > REMEMBERED and not (self._rises or self._rises_short)

    def see(self, chunk: list[Record]) -> None:
        """Look at some more records."""
        for record in chunk:
            id_ = str(record.id)
            short = (len(id_), id_)
            if id_ == self._last or id_ in self._seen:
                msg = f"the stream gives {reference(record)!r} twice"
                raise ValueError(msg)
            self._rises = self._rises and id_ > self._last
            self._rises_short = self._rises_short and short > self._last_short
            self._last, self._last_short = id_, short
            if self._count < REMEMBERED:
                self._seen.add(id_)
            self._count += 1


class _Growing(Shelf[str, Record]):
    """A shelf that grows with the stream."""

    __slots__ = ()

    def put(self, records: list[Record]) -> None:
        """Take more records in."""
        self._by_id.update({str(record.id): record for record in records})


def _surroundings(
    readers: Sequence[TableReader], asked: "Asked", context: object
) -> tuple[Dataset, dict[type, _Growing]]:
    """Dataset in which columns find other records, and the shelves of it that grow."""
    if isinstance(context, Dataset):
        return context, {}
    data = Dataset()
    kept: dict[type, _Growing] = {}
    needed = {name for reader in readers for name in _joins(reader, asked)}
    for shelf in shelf_types():
        if shelf.name in needed:
            kept[shelf.record] = _Growing(shelf.kind, {})
            object.__setattr__(data, shelf.name, kept[shelf.record])
    return data, kept


def _joins(reader: TableReader, asked: "Asked") -> Iterator[str]:
    """Shelves from which the columns of a reader take other records."""
    table = reader.source
    names = (*reader.needs, *asked.by, *asked.where)
    hub = ("hub",) if asked.accounted and "hub" in table.columns else ()
    for name in dict.fromkeys((*names, *hub)):
        yield from _of(table, name)


def _of(table: Table, name: str) -> tuple[str, ...]:
    column = table.column(name)
    if column.bind is None:
        return ()
    if column.joins is None:
        msg = (
            f"{table.name}.{name} is told by other records, so that a stream alone does not do:"
            " give context=, a dataset of them"
        )
        raise ValueError(msg)
    return column.joins
