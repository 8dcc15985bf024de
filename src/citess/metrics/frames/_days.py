"""Days as whole numbers, by arithmetic that every engine has."""

from datetime import date
from typing import Final

import narwhals.stable.v2 as nw

from citess.metrics.frames._time import Schema, day_of

NOWHERE: Final = date(2000, 1, 1)
"""Day that stands in for a day not known, so that arithmetic can be done beside it."""


def filled(schema: Schema, column: str) -> nw.Expr:
    """Column of days without nulls: those not known get a day that means nothing."""
    found = nw.col(column)
    return nw.when(~found.is_null()).then(found).otherwise(day_of(schema, column, NOWHERE))


def parts(day: nw.Expr) -> tuple[nw.Expr, nw.Expr, nw.Expr]:
    """Year, month and day of the month, as whole numbers of 64 bits."""
    found = (day.dt.year(), day.dt.month(), day.dt.day())
    year, month, of_month = (part.cast(nw.Int64) for part in found)
    return year, month, of_month


def months(first: nw.Expr, last: nw.Expr) -> nw.Expr:
    """Whole calendar months from one day to another."""
    (y, m, d), (year, month, day) = parts(first), parts(last)
    begun = nw.when(day < d).then(nw.lit(1)).otherwise(nw.lit(0))
    return (year - y) * 12 + month - m - begun


def number(day: nw.Expr) -> nw.Expr:
    """Days since a day long past: the Julian day, by Fliegel and Van Flandern's arithmetic."""
    year, month, of_month = parts(day)
    early = (nw.lit(14) - month) // 12
    y, m = year + 4800 - early, month + early * 12 - 3
    return of_month + (m * 153 + 2) // 5 + y * 365 + y // 4 - y // 100 + y // 400 - 32045


def order(day: nw.Expr, engine: str) -> nw.Expr:
    """Whole number that rises with the day, below 2**27; days in Polars are numbers already."""
    if engine == "polars":
        return day.cast(nw.Date).cast(nw.Int32).cast(nw.Int64) + 1_000_000
    year, month, of_month = parts(day)
    return year * 10_000 + month * 100 + of_month
