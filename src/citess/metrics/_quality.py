"""What is said of results built on few units, or on data that miss much."""

from math import isfinite
from typing import Final

from citess.metrics._facts import Number

FEW: Final = 30
"""Units below which a share or mean is flagged imprecise."""

FEW_EVENTS: Final = 10
"""Events below which a rate is flagged."""

_TENTH: Final = 0.1
_REFUSED: Final = 0.4


def warned(n: Number, missing: Number = 0) -> tuple[str, ...]:
    """Warnings for few units, and for more than a tenth of the values missing."""
    few = ("few",) if n < FEW else ()
    return (*few, *doubted(n, missing))


def doubted(n: Number, missing: Number) -> tuple[str, ...]:
    """Warning for more than a tenth of the values missing."""
    return ("missing",) if missing > _TENTH * (n + missing) else ()


def refused(n: Number, missing: Number, *, allow_missing: bool) -> bool:
    """Whether too much is missing: more than two fifths, unless that is allowed."""
    return not allow_missing and missing > _REFUSED * (n + missing)


def checked(name: str, value: float, low: float | None = 0) -> float:
    """Check that a number is finite and not too small.

    Raises
    ------
    ValueError
        Naming the argument.

    Examples
    --------
    >>> checked("discount", 0.035)
    0.035
    """
    if not isfinite(value) or (low is not None and value < low):
        allowed = "" if low is None else f", {low:g} or more"
        msg = f"{name} is a finite number{allowed}, not {value!r}"
        raise ValueError(msg)
    return value


def between(name: str, value: float, low: float, high: float) -> float:
    """Check that a number is finite and within its range.

    Raises
    ------
    ValueError
        Naming the argument.

    Examples
    --------
    >>> between("reference", 0.49, 0, 1)
    0.49
    """
    if not (isfinite(value) and low <= value <= high):
        msg = f"{name} is a finite number, {low:g} to {high:g}, not {value!r}"
        raise ValueError(msg)
    return value


__all__ = ["FEW", "FEW_EVENTS", "between", "checked", "doubted", "refused", "warned"]
