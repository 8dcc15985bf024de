"""What frames must be before anything is computed: known tables, and columns of the right type."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, cast

import narwhals.stable.v2 as nw

from citess.errors import Issue, suggest
from citess.metrics.tables import TABLES, Table
from citess.metrics.tables._table import Kind

if TYPE_CHECKING:
    from citess.metrics.frames._plan import Frame

TYPES: Final[Mapping[Kind, str]] = {
    "text": "text or whole numbers",
    "date": "dates, or times without a zone",
    "number": "numbers",
    "flag": "true or false",
}

ANCESTORS: Final = "ancestors"
"""Frame of the territories above others: ``territory``, ``scheme``, ``ancestor``."""

_ANCESTORS: Final[Mapping[str, Kind]] = {"territory": "text", "scheme": "text", "ancestor": "text"}


_EMPTY: Final[Mapping[Kind, str]] = {
    "text": "string",
    "date": "datetime64[s]",
    "number": "Float64",
    "flag": "boolean",
}
"""Types of pandas for columns that hold nothing."""

_NULL: Final[Mapping[Kind, type[nw.dtypes.DType]]] = {
    "text": nw.String,
    "date": nw.Date,
    "number": nw.Float64,
    "flag": nw.Boolean,
}


_NARWHALS: Final = (nw.DataFrame, nw.LazyFrame)


def at_the_door(name: str, frame: object, kinds: Mapping[str, Kind] | None = None) -> "Frame":
    """Take a frame of any engine; numpy-backed pandas is made nullable.

    ``kinds`` says what columns hold, where the frame is none of the known tables.

    Raises
    ------
    TypeError
        When it is no frame of an engine that narwhals knows.
    """
    kinds = kinds_of(name) or {} if kinds is None else kinds
    native = frame
    if isinstance(frame, _NARWHALS):
        native = cast("Any", frame).to_native()
    if type(native).__module__.split(".")[0] in {"pandas", "modin"}:
        native = _nullable(native, kinds)
    try:
        found: Frame = nw.from_native(cast("nw.LazyFrame[Any]", native)).lazy()
    except TypeError:
        kind = type(native).__name__
        msg = f"the table {name!r} must be a data frame, not {kind}"
        raise TypeError(msg) from None
    empty = [c for c, dtype in found.collect_schema().items() if isinstance(dtype, nw.Unknown)]
    typed = {column: nw.col(column).cast(_NULL[kinds.get(column, "text")]()) for column in empty}
    return found.with_columns(**typed) if typed else found


def _nullable(native: object, kinds: Mapping[str, Kind]) -> object:
    """Make columns of pandas nullable, so that a missing value is not taken for a number."""
    pd: Any = import_module("pandas")  # at hand where such a frame is
    types: Any = pd.api.types
    frame = cast("Any", native)
    changed: dict[str, object] = {}
    for label, dtype in frame.dtypes.items():
        name, column = str(label), frame[label]
        if isinstance(dtype, pd.ArrowDtype):
            continue
        empty = types.is_object_dtype(dtype) or (dtype.kind == "f" and name in kinds)
        if empty and column.isna().all():
            changed[name] = column.astype(_EMPTY[kinds.get(name, "text")])
        elif types.is_object_dtype(dtype) and types.infer_dtype(column, skipna=True) == "date":
            changed[name] = column.astype("datetime64[s]")
        elif types.is_object_dtype(dtype) or dtype.kind in "fiub" or str(dtype) == "str":
            changed[name] = column.convert_dtypes(dtype_backend="numpy_nullable")
    return cast("object", frame.assign(**changed)) if changed else native


def kinds_of(name: str) -> Mapping[str, Kind] | None:
    """Columns that a frame of a name may have, by kind; ``None`` when there is no such table."""
    if name == ANCESTORS:
        return _ANCESTORS
    base, _, linked = name.partition(".")
    table = TABLES.get(base)
    if table is None or (linked and linked not in {*table.columns, "source"}):
        return None
    return {"id": "text", linked: "text"} if linked else columns_of(table)


def columns_of(table: Table) -> dict[str, Kind]:
    """Columns that frames of a table may have, by kind."""
    kinds: dict[str, Kind] = {name: column.kind for name, column in table.columns.items()}
    dates = [name for name, kind in kinds.items() if kind == "date"]
    kinds |= dict.fromkeys((latest(name) for name in dates), "date")
    if table.stock is not None:
        start, end, still = held(table.stock)
        for name in (start, end):
            kinds |= {name: "date", latest(name): "date"}
        kinds[still] = "flag"
    return kinds


def latest(date: str) -> str:
    """Column of the last day that a partial date may be; absent where dates are whole."""
    return f"{date}_latest"


def held(stock: str) -> tuple[str, str, str]:
    """Columns of a period: its first day, the first day after, and whether it is still going."""
    return f"{stock}_start", f"{stock}_end", f"{stock}_open"


def faults(name: str, schema: Mapping[str, object]) -> Iterator[Issue]:
    """What is wrong with a frame: an unknown table, or columns of the wrong type."""
    known = kinds_of(name)
    if known is None:
        tables = ", ".join(sorted(TABLES))
        yield Issue.of("unknown-frame", name, name, suggestion=suggest(name, TABLES), codes=tables)
        return
    if name == ANCESTORS or "." in name:
        for column in sorted(known.keys() - schema.keys()):
            yield missing(name, column, schema)
    for column, kind in known.items():
        if column in schema and not _fits(schema[column], kind):
            yield Issue.of(
                "wrong-type",
                f"{name}.{column}",
                str(schema[column]),
                given_type="a type that does not fit",
                expected_type=TYPES[kind],
            )


def missing(table: str, column: str, schema: Mapping[str, object]) -> Issue:
    """Say that a column is lacking."""
    return Issue.of(
        "missing-column", table, column, suggestion=suggest(column, schema), field=column
    )


def _fits(found: object, kind: Kind) -> bool:
    dtype = cast("nw.dtypes.DType", found)
    if kind == "text":
        return isinstance(dtype, (nw.String, nw.Categorical, nw.Enum)) or dtype.is_integer()
    if kind == "date":
        zoned = isinstance(dtype, nw.Datetime) and dtype.time_zone is not None
        return isinstance(dtype, (nw.Date, nw.Datetime)) and not zoned
    return dtype.is_numeric() if kind == "number" else isinstance(dtype, nw.Boolean)
