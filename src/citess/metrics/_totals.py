"""Totals per entity: how many entities have which total; the facts of a concentration."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NotRequired, Unpack

from attrs import frozen

from citess.metrics._asked import Asked
from citess.metrics._facts import Fact
from citess.metrics._reading import Declared, Rows, TableReader, common, single
from citess.metrics._tally import Group, Tally
from citess.metrics._words import word
from citess.metrics.tables._table import Row
from citess.model import Dataset

if TYPE_CHECKING:
    from citess.metrics._tables import Tables

TOTAL: Final = "total"
UNKNOWN: Final = "unknown"
NO_ID: Final = "no-id"


@frozen(kw_only=True)
class Totals(TableReader):
    """Reads how much each entity has in all, as a histogram.

    The facts, each followed by the values of ``of``:

    - ``("total", amount)``: entities that have that total in the group; rows whose value is not
      known leave it;
    - ``("unknown",)``: rows whose value is not known;
    - ``("no-id",)``: rows that name no entity.

    Values are summed as whole numbers once multiplied by ``scale``, so that every engine gives the
    same totals. Tallies add where no entity is in both.
    """

    entity: str
    """Column that names the entity."""

    value: str
    """Column of numbers."""

    scale: int = 1
    """What makes the values whole: 1000 for thousandths."""

    @property
    def reads(self) -> str:
        """What is read, in words."""
        return self.said(f"totals of {self.value} per {self.entity}")

    @property
    def needs(self) -> tuple[str, ...]:
        """Columns that it reads."""
        return tuple(dict.fromkeys((*super().needs, self.entity, self.value)))

    def on_frames(self, tables: "Tables", asked: Asked) -> Tally:
        """Read the rows of a frame."""
        from citess.metrics.frames._totals import total_frames  # noqa: PLC0415  (narwhals)

        return total_frames(self, tables, asked)

    def begin(self, data: Dataset, asked: Asked) -> "_Totalling":
        """Begin to read rows; memory grows with entities."""
        return _Totalling(self, data, asked)


class _Totalling:
    """A reading of totals in the making."""

    def __init__(self, reader: Totals, data: Dataset, asked: Asked) -> None:
        table = reader.source
        self._reader = reader
        self._rows = Rows(reader, data, asked)
        self._entity = single(table, reader.entity).getter(data)
        self._value = table.column(reader.value).getter(data)
        self._totals: Counter[tuple[Group, Fact, str]] = Counter()

    def take(self, rows: Iterable[Row]) -> None:
        """Read some more rows."""
        kept = self._rows.pick(rows)
        sheet = self._rows.sheet
        for values, row in zip(self._rows.values(kept), kept, strict=True):
            entity, value = self._entity(row), self._value(row)
            if entity is None:
                sheet.add(values, 1, (NO_ID,))
            elif value is None:
                sheet.add(values, 1, (UNKNOWN,))
            else:
                number = whole(self._reader, word(entity), value)
                for group, fact in sheet.cells(values):
                    self._totals[group, fact, word(entity)] += number

    def tally(self) -> Tally:
        """Give the tally of all rows taken."""
        scale, label = self._reader.scale, self._reader.label
        for (group, fact, _), total in self._totals.items():
            head, words = (fact[:1], fact[1:]) if label else ((), fact)
            self._rows.sheet.at(group)[*head, TOTAL, amount(total, scale), *words] += 1
        return self._rows.tally(
            entities={f"{self._reader.entity}:{entity}" for _, _, entity in self._totals}
        )


def whole(reader: Totals, entity: str, value: object) -> int:
    """Value as a whole number, after scaling.

    Raises
    ------
    ValueError
        When it is no whole number at that scale.
    """
    scaled = Decimal(str(value)) * reader.scale
    if scaled != int(scaled):
        msg = (
            f"{reader.table}[{entity}].{reader.value} must be a multiple of 1/{reader.scale},"
            f" not {value}"
        )
        raise ValueError(msg)
    return int(scaled)


def amount(total: int, scale: int) -> str:
    """Write a total as a word.

    Examples
    --------
    >>> amount(2500, 1000), amount(7, 1)
    ('2.5', '7')
    """
    return str(total) if scale == 1 else word(Decimal(total) / scale)


class TotalsOf(Declared):
    """What a reading of totals is told."""

    entity: str
    """Column that names the entity."""
    value: str
    """Column of numbers."""
    scale: NotRequired[int]
    """What makes the values whole: 1000 for thousandths."""


def totals(table: str, **given: Unpack[TotalsOf]) -> Totals:
    """Declare a reading of the total of a value per entity.

    See :class:`~citess.metrics.Totals` for the facts.

    Examples
    --------
    >>> reads = totals("sessions", entity="service", value="minutes")
    >>> reads.reads
    'totals of minutes per service of sessions by ()'
    """
    return Totals(
        table=table,
        entity=given["entity"],
        value=given["value"],
        scale=given.get("scale", 1),
        **common(given),
    )
