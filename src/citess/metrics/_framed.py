"""Measures as rows, and rows as a data frame."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, cast

from citess.errors import MissingExtraError

if TYPE_CHECKING:
    from citess.metrics._measure import Group, Measure

BACKENDS: Final = ("polars", "pandas", "pyarrow")
_NUMBERS: Final = (
    "value",
    "numerator",
    "denominator",
    "n",
    "missing",
    "not_applicable",
    "censored",
    "low",
    "high",
    "least",
    "greatest",
)


def row_of(measure: "Measure", by: Sequence[str], group: "Group") -> dict[str, object]:
    """One measure as a row: its group, its numbers, why it has none.

    ``low`` and ``high`` are the interval for chance, ``least`` and ``greatest`` the bounds whatever
    the missing values are.
    """
    places = dict.fromkeys(by, cast("object", None))
    places.update(zip(by, group, strict=False))
    interval, bounds = measure.interval, measure.bounds
    return {
        "metric": measure.metric,
        "name": measure.name,
        "label": measure.label(),
        **places,
        "on": measure.on,
        "during": measure.period,
        "value": measure.value,
        "reason": None if measure.reason is None else measure.reason.value,
        "unit": measure.unit,
        "numerator": measure.numerator,
        "denominator": measure.denominator,
        "n": measure.n,
        "missing": measure.missing,
        "not_applicable": measure.not_applicable,
        "censored": measure.censored,
        "low": None if interval is None else interval.low,
        "high": None if interval is None else interval.high,
        "method": None if interval is None else interval.method,
        "least": None if bounds is None else bounds[0],
        "greatest": None if bounds is None else bounds[1],
        "warnings": " ".join(measure.warnings),
    }


def frame_of(
    rows: Sequence[Mapping[str, object]],
    backend: str | None,
    *,
    columns: Sequence[str] = (),
    numbers: Sequence[str] = _NUMBERS,
) -> object:
    """Rows as a data frame of a package, by default the first that is installed.

    ``columns`` are those of the rows, unless there is none; ``numbers`` those that hold numbers.

    Raises
    ------
    MissingExtraError
        When it is not installed.
    ValueError
        When there is no such backend.
    """
    if backend is not None and backend not in BACKENDS:
        msg = f"{backend!r} makes no frames; {', '.join(BACKENDS)} do"
        raise ValueError(msg)
    wanted = BACKENDS if backend is None else (backend,)
    found = next((name for name in wanted if _present(name)), None)
    if found is None:
        raise MissingExtraError("frames of measures", "tables")

    names = list(rows[0] if rows and not columns else columns)
    values: dict[str, list[Any]] = {
        name: [_plain(row[name], number=name in numbers) for row in rows] for name in names
    }
    if found == "pandas":
        return _of_pandas(values, numbers)
    import narwhals.stable.v2 as nw  # noqa: PLC0415  (needed for frames only)

    schema = {name: nw.Float64() if name in numbers else nw.String() for name in names}
    return nw.from_dict(values, schema=schema, backend=cast("Any", found)).to_native()


def _of_pandas(columns: Mapping[str, Sequence[object]], numbers: Sequence[str]) -> object:
    """Frame of pandas; narwhals 2.29 would write the text "None" where there is none."""
    pd: Any = import_module("pandas")
    kinds = {name: "float64" if name in numbers else "string" for name in columns}
    return cast(
        "object",
        pd.DataFrame(
            {name: pd.Series(values, dtype=kinds[name]) for name, values in columns.items()}
        ),
    )


def _plain(value: object, *, number: bool) -> object:
    return float(str(value)) if number and value is not None else value


def _present(name: str) -> bool:
    try:
        import_module(name)
    except ImportError:
        return False
    return True
