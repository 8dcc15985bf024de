"""Change between the first and the last value of each entity, within the groups."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NotRequired, Unpack, cast

from attrs import define, field, frozen

from citess.errors import IntegrityError, Issue, Report
from citess.metrics._asked import Asked
from citess.metrics._facts import Fact
from citess.metrics._reading import Declared, Rows, TableReader, common, names, single
from citess.metrics._tally import Group, Tally
from citess.metrics._words import Values, word
from citess.metrics.tables._table import Getter, Row
from citess.model import Dataset, PartialDate

if TYPE_CHECKING:
    from citess.metrics._tables import Tables

Split = tuple[str, ...]

START: Final = "start"
END: Final = "end"
GAIN: Final = "gain"
LOSS: Final = "loss"
KEPT: Final = "kept"
ENTERED: Final = "entered"
LEFT: Final = "left"
CHANGED: Final = "changed"
ENTITIES: Final = "entities"
ONCE: Final = "once"
ALONE: Final = "alone"
UNEVEN: Final = "uneven"
UNKNOWN: Final = "unknown"

SHOWN: Final = 20
"""Repeated rows that an error lists."""


@frozen(kw_only=True)
class Changed(TableReader):
    """Reads what changed between the first and the last value of each entity.

    Within each group (and for the whole), an entity has its first value on its earliest day and
    its last on its latest. The facts, each followed by the values of ``of``, add up over entities:

    - ``start``, ``end``: first and last values; ``gain`` the sum of what was won, ``loss`` of what
      was lost, ``kept`` of what is in both, ``alone`` of what was seen on one day only;
    - ``entities`` with a value, and among them ``entered`` (from zero to more), ``left`` (from more
      to zero), ``changed``, ``once`` (seen on one day only, so that no change is known) and
      ``uneven`` (told apart into another number of parts on the two days);
    - ``unknown``: entities of which no value or no day is known.

    Rows of one entity and day are added where ``split`` tells them apart. There is no tie to break:
    two rows of one entity, day and split are refused, and so is a row without any split beside rows
    with one, since it may hold them. Values are whole numbers once multiplied by ``scale``.
    """

    entity: str
    """Column that names the entity."""

    value: str
    """Column of numbers, zero or more."""

    date: str
    """Column of days; of a partial date the first day counts."""

    split: tuple[str, ...] = ()
    """Columns by which the value of an entity on a day is told apart into rows."""

    scale: int = 1
    """What makes the values whole: 1000 for thousandths."""

    @property
    def reads(self) -> str:
        """What is read, in words."""
        apart = f" told apart by {', '.join(self.split)}" if self.split else ""
        return self.said(f"change of {self.value} per {self.entity} along {self.date}{apart}")

    @property
    def needs(self) -> tuple[str, ...]:
        """Columns that it reads."""
        own = (self.entity, self.value, self.date, *self.split)
        return tuple(dict.fromkeys((*super().needs, *own)))

    def on_frames(self, tables: "Tables", asked: Asked) -> Tally:
        """Read the rows of a frame."""
        from citess.metrics.frames._changed import change_frames  # noqa: PLC0415  (narwhals)

        return change_frames(self, tables, asked)

    def begin(self, data: Dataset, asked: Asked) -> "_Changing":
        """Begin to read rows; memory grows with entities and their days."""
        return _Changing(self, data, asked)


@define
class _Seen:
    """What is known of one entity in one cell: parts by day."""

    days: defaultdict[int, dict[Split, int]] = field(factory=lambda: defaultdict(dict))


class _Changing:
    """A reading of changes in the making."""

    def __init__(self, reader: Changed, data: Dataset, asked: Asked) -> None:
        table = reader.source
        self._reader = reader
        self._rows = Rows(reader, data, asked)
        self._entity = single(table, reader.entity).getter(data)
        self._value = table.column(reader.value).getter(data)
        self._date = table.column(reader.date).getter(data)
        self._split: list[Getter] = [table.column(name).getter(data) for name in reader.split]
        self._seen: dict[tuple[Group, Fact, str], _Seen] = {}
        self._issues: dict[str, Issue] = {}

    def take(self, rows: Iterable[Row]) -> None:
        """Read some more rows."""
        kept = self._rows.pick(rows)
        for values, row in zip(self._rows.values(kept), kept, strict=True):
            entity, date, value = self._entity(row), self._date(row), self._value(row)
            if entity is None:
                self._rows.sheet.add(values, 1, ("no-id",))
            else:
                split = tuple(word(get(row)) for get in self._split)
                self._note(values, word(entity), cast("PartialDate | None", date), split, value)

    def _note(
        self, values: Values, entity: str, date: PartialDate | None, split: Split, value: object
    ) -> None:
        for group, fact in self._rows.sheet.cells(values):
            seen = self._seen.setdefault((group, fact, entity), _Seen())
            if date is None or value is None:
                continue
            parts = seen.days[date.earliest.toordinal()]
            if split in parts:
                self._refuse(entity, date, "repeated-value")
            parts[split] = whole(self._reader, entity, value)
            if len(parts) > 1 and not all(map(any, parts)):
                self._refuse(entity, date, "total-and-parts")

    def _refuse(self, entity: str, date: PartialDate, code: str) -> None:
        path = f"{self._reader.table}[{entity}].{self._reader.date}"
        self._issues.setdefault(f"{path} {date}", Issue.of(code, path, str(date)))

    def tally(self) -> Tally:
        """Give the tally of all rows taken.

        Raises
        ------
        IntegrityError
            When an entity has two rows on one day that nothing tells apart.
        """
        if self._issues:
            raise IntegrityError(Report(tuple(self._issues.values())[:SHOWN]))
        scale = self._reader.scale
        for (group, fact, _), seen in self._seen.items():
            numbers, label = self._rows.sheet.at(group), self._rows.sheet.label
            head, words = (fact[:1], fact[1:]) if label else ((), fact)
            for name, number in _flows(seen).items():
                if number:
                    scaled = scale != 1 and name in VALUES
                    numbers[*head, name, *words] += number / scale if scaled else number
        entities = {f"{self._reader.entity}:{entity}" for _, _, entity in self._seen}
        return self._rows.tally(entities=entities)


VALUES: Final = (START, END, GAIN, LOSS, KEPT, ALONE)


def _flows(seen: _Seen) -> dict[str, int]:
    """Facts of one entity."""
    if not seen.days:
        return {UNKNOWN: 1}
    first, last = seen.days[min(seen.days)], seen.days[max(seen.days)]
    start, end = sum(first.values()), sum(last.values())
    return {
        START: start,
        END: end,
        GAIN: max(end - start, 0),
        LOSS: max(start - end, 0),
        KEPT: min(start, end),
        ENTERED: int(start == 0 < end),
        LEFT: int(end == 0 < start),
        CHANGED: int(start != end),
        ENTITIES: 1,
        ONCE: int(len(seen.days) == 1),
        ALONE: start if len(seen.days) == 1 else 0,
        UNEVEN: int(len(first) != len(last)),
    }


def whole(reader: Changed, entity: str, value: object) -> int:
    """Value as a whole number, after scaling.

    Raises
    ------
    ValueError
        When it is negative, or no whole number at that scale.
    """
    scaled = Decimal(str(value)) * reader.scale
    if scaled < 0 or scaled != int(scaled):
        msg = (
            f"{reader.table}[{entity}].{reader.value} must be zero or more"
            f" and a multiple of 1/{reader.scale}, not {value}"
        )
        raise ValueError(msg)
    return int(scaled)


class ChangeOf(Declared):
    """What a reading of changes is told."""

    entity: str
    """Column that names the entity."""
    value: str
    """Column of numbers, zero or more."""
    date: str
    """Column of days."""
    split: NotRequired[str | Iterable[str]]
    """Columns by which the value of an entity on a day is told apart into rows."""
    scale: NotRequired[int]
    """What makes the values whole: 1000 for thousandths."""


def change(table: str, **given: Unpack[ChangeOf]) -> Changed:
    """Declare a reading of the change of a value per entity, from its first day to its last.

    See :class:`~citess.metrics.Changed` for the facts. The period asked for decides which days
    count; an enterprise that closes has a row of zero on its last day.

    Examples
    --------
    >>> reads = change("jobs", entity="enterprise", value="heads", date="on", split="sex")
    >>> reads.reads
    'change of heads per enterprise along on told apart by sex of jobs by ()'
    """
    return Changed(
        table=table,
        entity=given["entity"],
        value=given["value"],
        date=given["date"],
        split=names(given.get("split", ())),
        scale=given.get("scale", 1),
        **common(given),
    )
