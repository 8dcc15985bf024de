"""The normal form of plans: the one place where frames are grouped, and where results come back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from math import isnan
from typing import TYPE_CHECKING, Any, Literal, cast

import narwhals.stable.v2 as nw

if TYPE_CHECKING:
    from citess.metrics._facts import Number

How = Literal["sum", "min", "max", "n_unique", "count", "len"]
Frame = nw.LazyFrame[Any]


def grouped(frame: Frame, keys: Sequence[str], aggregates: Mapping[str, tuple[How, str]]) -> Frame:
    """Group by columns and aggregate plain columns, never expressions; without keys, reduce all."""
    columns = [_aggregate(name, how, column) for name, (how, column) in aggregates.items()]
    if not keys:
        return frame.select(*columns)
    return frame.group_by(*keys).agg(*columns)


def _aggregate(name: str, how: How, column: str) -> nw.Expr:
    if how == "len":
        return nw.len().alias(name)
    return cast("nw.Expr", getattr(nw.col(column), how)()).alias(name)


def counted(frame: Frame, keys: Sequence[str]) -> Frame:
    """Number of rows by columns, as the column ``n``."""
    return grouped(frame, keys, {"n": ("len", "")})


def distinct(frame: Frame, keys: Sequence[str]) -> Frame:
    """Different combinations of columns."""
    return counted(frame, keys).select(*keys)


def rows(frame: Frame) -> Iterator[tuple[object, ...]]:
    """Rows of a result in plain Python; what is not known is ``None``."""
    for row in frame.collect().rows():
        yield tuple(map(plainly, row))


def plainly(value: object) -> object:
    """Plain Python of a value of any engine.

    Examples
    --------
    >>> plainly(float("nan")), plainly(Decimal(3)), plainly("a")
    (None, 3, 'a')
    """
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, datetime):
        return None if _is_missing(value) else value.date()
    if isinstance(value, float):
        return None if isnan(value) else float(value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if callable(item := getattr(value, "item", None)):
        return plainly(item())
    return None if _is_missing(value) else value


def _is_missing(value: object) -> bool:
    """Whether it is a mark of pandas for what is not known: no mark equals itself for sure."""
    return type(value).__name__ in {"NAType", "NaTType"}


def number_of_rows(frame: Frame) -> int:
    """Number of rows."""
    (found,) = next(rows(grouped(frame, (), {"n": ("len", "")})))
    return cast("int", found or 0)


def sums_by(
    found: Iterable[tuple[object, ...]], width: int
) -> "dict[tuple[object, ...], list[Number]]":
    """Add the numbers of rows whose first values are the same."""
    total: dict[tuple[object, ...], list[Number]] = {}
    for row in found:
        numbers = cast("tuple[Number, ...]", row[width:])
        known = total.setdefault(row[:width], [0] * len(numbers))
        for place, number in enumerate(numbers):
            known[place] += number or 0
    return total
