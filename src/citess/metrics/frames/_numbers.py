"""Columns of numbers as whole numbers, at a scale that is checked."""

from typing import TYPE_CHECKING, cast

import narwhals.stable.v2 as nw

from citess.metrics.frames._plan import Frame, grouped, rows

if TYPE_CHECKING:
    from citess.metrics._facts import Number

_CLOSE = 1e-6
"""How near to a whole number a scaled float must be: what binary fractions cost, and no more."""


def whole(column: str, dtype: object, scale: int) -> nw.Expr:
    """Number times the scale, as a whole number of 64 bits."""
    found = nw.col(column)
    if cast("nw.dtypes.DType", dtype).is_integer():
        return found.cast(nw.Int64) * scale
    return (found.cast(nw.Float64) * scale).round(0).cast(nw.Int64)


def known(column: str, dtype: object) -> nw.Expr:
    """Whether a number is known; a float that is no number is not."""
    found = nw.col(column)
    floats = cast("nw.dtypes.DType", dtype).is_float()
    return (~found.is_null() & ~found.is_nan()) if floats else ~found.is_null()


def check_whole(
    frame: Frame, column: str, dtype: object, scale: int, bounds: tuple[int | None, int]
) -> None:
    """Check that every number is whole at its scale and within bounds.

    Raises
    ------
    ValueError
        Naming the column, and the least and greatest number.
    """
    low, high = bounds
    found = nw.col(column)
    integer = cast("nw.dtypes.DType", dtype).is_integer()
    scaled = found.cast(nw.Float64) * scale
    broken = (
        nw.lit(0)
        if integer
        else nw.when((scaled - scaled.round(0)).abs() > _CLOSE).then(nw.lit(1)).otherwise(nw.lit(0))
    )
    aggregates = {"low": ("min", "v"), "high": ("max", "v"), "broken": ("sum", "x")}
    checked = frame.select(v=found, x=broken)
    least, greatest, not_whole = next(rows(grouped(checked, (), aggregates)))  # type: ignore[arg-type]  # the literals of a dict
    if least is None:
        return
    least, greatest = cast("Number", least), cast("Number", greatest)
    floor = -(high // scale) if low is None else low
    if not_whole or least < floor or greatest * scale > high:
        msg = (
            f"{column} must be numbers from {floor} to {high // scale}, each a multiple of"
            f" 1/{scale}; they run from {least} to {greatest}"
        )
        raise ValueError(msg)
