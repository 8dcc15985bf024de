"""Which rows are asked for: those with the values wanted, in the time wanted."""

from collections.abc import Iterable, Mapping
from itertools import chain, compress
from operator import attrgetter
from typing import cast

from citess.metrics._asked import Asked
from citess.metrics._words import word
from citess.metrics.tables import Table
from citess.metrics.tables._table import Getter, Row
from citess.model import Dataset, PartialDate, Period

_HUB = "hub"


class _Admitted(dict[object, bool]):
    """Whether a value is one of those wanted, remembered."""

    def __init__(self, allowed: frozenset[str], *, several: bool) -> None:
        super().__init__()
        self._allowed = allowed
        self._several = several

    def __missing__(self, value: object) -> bool:
        found = cast("tuple[object, ...]", value) or (None,) if self._several else (value,)
        self[value] = answer = not self._allowed.isdisjoint(map(word, found))
        return answer


class Selection:
    """Picks rows of a table, and remembers what is to be known of those it picked."""

    def __init__(
        self, table: Table, data: Dataset, asked: Asked, where: Mapping[str, frozenset[str]]
    ) -> None:
        self.uncertain = 0
        self.sources: set[str] = set()
        self.universe: set[str] = set()
        self.hubs: set[str] = set()
        self._table = table
        self._asked = asked
        self._filters: list[tuple[Getter, _Admitted]] = []
        for name, allowed in (*where.items(), *asked.where.items()):
            column = table.column(name)
            admitted = _Admitted(allowed, several=column.several)
            self._filters.append((column.getter(data), admitted))
        self._hub = table.columns[_HUB].getter(data) if _HUB in table.columns else None

    def pick(self, rows: Iterable[Row]) -> list[Row]:
        """Rows that are asked for, of these."""
        kept = rows if isinstance(rows, list) else list(rows)
        for get, admitted in self._filters:
            kept = list(compress(kept, map(admitted.__getitem__, map(get, kept))))
        kept = self._timely(kept)
        if kept and hasattr(kept[0], "sources"):
            cited: set[tuple[str, ...]] = set(map(attrgetter("sources"), kept))
            self.sources.update(chain.from_iterable(cited))
        if self._asked.accounted:
            self._account(kept)
        return kept

    def _account(self, kept: list[Row]) -> None:
        table = self._table
        if table.key is not None:
            self.universe.update(f"{table.name}:{id_}" for id_ in map(attrgetter(table.key), kept))
        if self._hub is not None:
            several = table.columns[_HUB].several
            found = set(map(self._hub, kept))
            hubs = chain.from_iterable(cast("set[tuple[str, ...]]", found)) if several else found
            self.hubs.update(word(hub) for hub in hubs if hub is not None)

    def _timely(self, rows: list[Row]) -> list[Row]:
        asked, table = self._asked, self._table
        if asked.on is None and asked.period is None:
            return rows
        if asked.on is not None and table.stock is None:
            msg = f"{table.name} are events: give a period (period=), not a day (on=)"
            raise ValueError(msg)
        if asked.period is not None and table.flow is not None:
            return self._happened(rows, table.flow, asked.period)
        kept: list[Row] = []
        for row, held in zip(rows, map(attrgetter(table.stock or ""), rows), strict=True):
            answer = _held(cast("Period | None", held), asked)
            if answer is not False:
                kept.append(row)
                self.uncertain += answer is None
        return kept

    def _happened(self, rows: list[Row], name: str, period: Period) -> list[Row]:
        kept: list[Row] = []
        start, end = period.start.date, period.end.date
        for row, found in zip(rows, map(attrgetter(name), rows), strict=True):
            date = cast("PartialDate | None", found)
            if (
                date is not None
                and start is not None
                and end is not None
                and start.latest <= date.earliest
                and date.latest < end.earliest
            ):
                kept.append(row)
            elif (answer := happened(date, period)) is not False:
                kept.append(row)
                self.uncertain += answer is None
        return kept


def _held(held: Period | None, asked: Asked) -> bool | None:
    if held is None:
        return None
    if asked.on is not None:
        return held.holds(asked.on)
    return held.overlaps(cast("Period", asked.period))


def happened(date: PartialDate | None, period: Period) -> bool | None:
    """Whether a partial date lies in a period; ``None`` when that is not known.

    Examples
    --------
    >>> happened(PartialDate("2023"), Period.of("2023-01-01", "2023-07-01")) is None
    True
    """
    return None if date is None else period.contains(date)
