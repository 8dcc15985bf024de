"""Counting rows of a table: how many, how much, how many different, by facts and groups."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, Unpack, cast

from attrs import frozen

from citess.metrics._asked import Asked
from citess.metrics._facts import Number
from citess.metrics._reading import Declared, Rows, TableReader, common, names
from citess.metrics._tally import Tally
from citess.metrics._words import Values, word
from citess.metrics.tables._table import Getter, Row
from citess.model import Dataset

if TYPE_CHECKING:
    from citess.metrics._tables import Tables

SUM: Final = "sum"
KNOWN: Final = "known"
"""Facts of a summed column: its sum, and how many rows say it."""

NO_ID: Final = "no-id"
"""Facts of rows that do not say what is counted once."""


@frozen(kw_only=True)
class Counted(TableReader):
    """Counts the rows of a table by the values of some columns.

    The facts are the values of ``of``; with ``distinct``, different values of that column are
    counted instead of rows, and rows without one count as facts ``("no-id", *of)``; each column of
    ``sums`` adds the facts ``("sum", column, *of)`` and ``("known", column, *of)``. A ``label``
    stands before every fact, for metrics that read several counts.
    """

    distinct: str | None = None
    """Column whose different values are counted."""

    sums: tuple[str, ...] = ()
    """Columns of numbers that are summed."""

    @property
    def reads(self) -> str:
        """What is counted, in words: tallies of the same count merge."""
        what = f"distinct {self.distinct}" if self.distinct else "rows"
        return self.said(f"{what} with sums of {', '.join(self.sums)}" if self.sums else what)

    @property
    def needs(self) -> tuple[str, ...]:
        """Columns that it reads."""
        one = (self.distinct,) if self.distinct else ()
        return tuple(dict.fromkeys((*super().needs, *one, *self.sums)))

    def on_frames(self, tables: "Tables", asked: Asked) -> Tally:
        """Count the rows of a frame."""
        from citess.metrics.frames._counted import count_frames  # noqa: PLC0415  (narwhals)

        return count_frames(self, tables, asked)

    def begin(self, data: Dataset, asked: Asked) -> "_Counting":
        """Begin to count rows."""
        return _Counting(self, data, asked)


class _Counting:
    """A count in the making."""

    def __init__(self, reader: Counted, data: Dataset, asked: Asked) -> None:
        table = reader.source
        self._rows = Rows(reader, data, asked)
        self._distinct = reader.distinct
        self._personal = bool(reader.distinct and table.column(reader.distinct).personal)
        self._several = bool(reader.distinct and table.column(reader.distinct).several)
        self._identity = table.column(reader.distinct).getter(data) if reader.distinct else None
        self._sums = [(name, table.column(name).getter(data)) for name in reader.sums]
        self._counts: Counter[Values] = Counter()
        self._ids: defaultdict[Values, set[object]] = defaultdict(set)
        self._totals: dict[str, defaultdict[Values, list[Number]]] = {
            name: defaultdict(lambda: [0, 0]) for name in reader.sums
        }

    def take(self, rows: Iterable[Row]) -> None:
        """Count some more rows."""
        kept = self._rows.pick(rows)
        if self._identity is None:
            self._counts.update(self._rows.values(kept))
        else:
            self._name(kept, self._identity)
        for name, get in self._sums:
            totals = self._totals[name]
            for values, number in zip(self._rows.values(kept), map(get, kept), strict=True):
                if number is not None:
                    total = totals[values]
                    total[0] += cast("Number", number)
                    total[1] += 1

    def _name(self, kept: list[Row], identity: Getter) -> None:
        """Note what is counted once; rows that do not say it count one by one."""
        found = self._ids
        if self._several:
            for values, row in zip(self._rows.values(kept), kept, strict=True):
                found[values].update(cast("Values", identity(row)) or (None,))
        else:
            for values, id_ in zip(self._rows.values(kept), map(identity, kept), strict=True):
                found[values].add(id_)
        nameless = {values for values, ids in found.items() if None in ids}
        if nameless:
            for values, row in zip(self._rows.values(kept), kept, strict=True):
                if values in nameless and not identity(row):
                    self._counts[values] += 1
            for values in nameless:
                found[values].discard(None)

    def tally(self) -> Tally:
        """Give the tally of all rows taken."""
        sheet = self._rows.sheet
        head = () if self._identity is None else (NO_ID,)
        for values, n in self._counts.items():
            sheet.add(values, n, head)
        for values, ids in self._ids.items():
            if ids:
                texts = set(map(type, ids)) == {str}
                sheet.name(values, cast("set[str]", ids) if texts else set(map(word, ids)))
        for name, totals in self._totals.items():
            for values, (total, known) in totals.items():
                sheet.add(values, plain(total), (SUM, name))
                sheet.add(values, known, (KNOWN, name))
        return self._rows.tally(personal=self._personal)


def plain(number: object) -> Number:
    """Number as a formula takes it: whole where it is whole by its type, else a float."""
    return number if isinstance(number, int) else float(cast("float", number))


def count(
    table: str,
    *,
    distinct: str | None = None,
    sums: str | Iterable[str] = (),
    **given: Unpack[Declared],
) -> Counted:
    """Declare a count of the rows of a table, by the values of the columns ``of``.

    Examples
    --------
    >>> reads = count("cases", of="sex", distinct="client", where={"closure": "created"})
    >>> reads.reads
    'distinct client of cases by (sex) where closure in created'
    """
    return Counted(table=table, distinct=distinct, sums=names(sums), **common(given))
