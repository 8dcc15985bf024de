"""When rows of a frame hold or happen, told in three values as for records."""

from collections.abc import Mapping
from datetime import date, datetime

import narwhals.stable.v2 as nw
from attrs import frozen

from citess.metrics._asked import Asked
from citess.metrics.frames._door import held, latest
from citess.metrics.tables import Table
from citess.model import Period

Schema = Mapping[str, object]


@frozen
class Answer:
    """Whether rows hold: surely, surely not, or neither."""

    surely: nw.Expr
    """Rows that surely do."""

    surely_not: nw.Expr
    """Rows that surely do not."""


def dates_needed(table: Table, asked: Asked) -> tuple[str, ...]:
    """Columns that a day or a period asks for.

    Raises
    ------
    ValueError
        When a day is asked for of events.
    """
    if asked.on is not None and table.stock is None:
        msg = f"{table.name} are events: give a period (period=), not a day (on=)"
        raise ValueError(msg)
    if asked.on is None and asked.period is None:
        return ()
    if asked.on is None and table.flow is not None:
        return (table.flow,)
    return held(table.stock or "")[:2]


def answer(table: Table, schema: Schema, asked: Asked) -> Answer | None:
    """Whether rows hold on the day or in the period asked for; ``None`` when none is."""
    if asked.on is not None:
        return _on(_Held(table, schema), date.fromisoformat(asked.on))
    if asked.period is None:
        return None
    if table.flow is not None:
        return _happened(schema, table.flow, asked.period)
    return _overlaps(_Held(table, schema), asked.period)


def day_of(schema: Schema, column: str, day: date) -> nw.Expr:
    """A day as a literal of the type of a column."""
    if isinstance(schema[column], nw.Datetime):
        return nw.lit(datetime(day.year, day.month, day.day))  # noqa: DTZ001  (no zone, as the column)
    return nw.lit(day)


def last_of(schema: Schema, column: str) -> str:
    """Column of the last day that a partial date may be: itself, where dates are whole."""
    return latest(column) if latest(column) in schema else column


def true(condition: nw.Expr) -> nw.Expr:
    """Condition in which what is not known is not so."""
    return condition.fill_null(value=False)


class _Dates:
    """Comparisons of the columns of a frame with days."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    def from_(self, column: str, day: date) -> nw.Expr:
        """Surely on the day or later."""
        return true(nw.col(column) >= day_of(self._schema, column, day))

    def before(self, column: str, day: date) -> nw.Expr:
        """Surely before the day."""
        last = last_of(self._schema, column)
        return true(nw.col(last) < day_of(self._schema, last, day))

    def until(self, column: str, day: date) -> nw.Expr:
        """Surely on the day or before."""
        last = last_of(self._schema, column)
        return true(nw.col(last) <= day_of(self._schema, last, day))

    def after(self, column: str, day: date) -> nw.Expr:
        """Surely after the day."""
        return true(nw.col(column) > day_of(self._schema, column, day))


class _Held(_Dates):
    """The period in which rows hold."""

    def __init__(self, table: Table, schema: Schema) -> None:
        super().__init__(schema)
        self.start, self.end, still = held(table.stock or "")
        self.open = true(nw.col(still)) if still in schema else None

    def ended(self, condition: nw.Expr) -> nw.Expr:
        """Condition on an end that there is."""
        return condition if self.open is None else condition & ~self.open

    def going(self, condition: nw.Expr) -> nw.Expr:
        """Condition on an end, or that there is none."""
        return condition if self.open is None else condition | self.open


def _on(period: _Held, day: date) -> Answer:
    begun, over = period.until(period.start, day), period.ended(period.until(period.end, day))
    return Answer(
        surely=begun & period.going(period.after(period.end, day)),
        surely_not=period.after(period.start, day) | over,
    )


def _overlaps(rows: _Held, period: Period) -> Answer:
    never = nw.lit(value=False)
    start, end = period.start.date, period.end.date
    over = never if start is None else rows.ended(rows.until(rows.end, start.earliest))
    lasts = rows.going(never if start is None else rows.after(rows.end, start.latest))
    late = never if end is None else rows.from_(rows.start, end.latest)
    begun = never if end is None else rows.before(rows.start, end.earliest)
    return Answer(
        surely=lasts & (nw.lit(value=True) if period.end.is_open else begun),
        surely_not=over | late,
    )


def _happened(schema: Schema, column: str, period: Period) -> Answer:
    dates, never = _Dates(schema), nw.lit(value=False)
    start, end = period.start.date, period.end.date
    early = never if start is None else dates.before(column, start.earliest)
    late = never if end is None else dates.from_(column, end.latest)
    begun = never if start is None else dates.from_(column, start.latest)
    over = never if end is None else dates.before(column, end.earliest)
    known = true(~nw.col(column).is_null())
    return Answer(surely=begun & (known if period.end.is_open else over), surely_not=early | late)
