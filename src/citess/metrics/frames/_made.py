"""Frames of a dataset: every table and column of it, on the engine wanted."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from importlib import import_module
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, cast

import narwhals.stable.v2 as nw

from citess.errors import MissingExtraError, suggest
from citess.metrics._words import word
from citess.metrics.frames._door import ANCESTORS, held, latest
from citess.metrics.tables import TABLES, Table
from citess.metrics.tables._table import Kind, Row, above
from citess.model import Dataset, PartialDate, Period
from citess.model.evidence import Sourced
from citess.model.territory import GroupingScheme, TerritoryLevel

if TYPE_CHECKING:
    from collections.abc import Sequence

    Columns = dict[str, tuple[Kind, Sequence[object]]]

_TYPES: Final = {
    "text": nw.String(),
    "date": nw.Date(),
    "number": nw.Float64(),
    "flag": nw.Boolean(),
}


def frames_of(data: Dataset, backend: str, session: object) -> dict[str, object]:
    """Frames by the name of their table, links of several values among them.

    Raises
    ------
    ValueError
        When there is no such backend.
    MissingExtraError
        When its package is not installed.
    """
    if backend not in _MAKERS:
        near = suggest(backend, _MAKERS)
        hint = f"; did you mean {near!r}?" if near else ""
        msg = f"{backend!r} is no backend; backends are {', '.join(_MAKERS)}{hint}"
        raise ValueError(msg)
    package, make = _MAKERS[backend]
    try:
        import_module(package)
    except ImportError:
        extra = {"polars": "tables", "pyspark": "spark"}.get(package, "test")
        raise MissingExtraError(f"tables of {package}", extra) from None
    made: dict[str, Columns] = {}
    for table in TABLES.values():
        rows = list(table.rows(data))
        made[table.name] = dict(_columns(table, rows, data))
        made |= dict(_links(table, rows, data))
    made[ANCESTORS] = _ancestors(data)
    return {name: make(columns, session) for name, columns in made.items()}


def _columns(table: Table, rows: list[Row], data: Dataset) -> Iterable[tuple[str, Any]]:
    for name, column in table.columns.items():
        if not column.several:
            values = list(map(column.getter(data), rows))
            if column.kind == "date":
                yield from _dates(name, values)
            else:
                yield name, (column.kind, list(map(_PLAIN[column.kind], values)))
    if "id" not in table.columns:
        yield "id", ("text", _ids(table, rows))
    if table.stock is not None:
        yield from _periods(table.stock, rows)


def _ids(table: Table, rows: list[Row]) -> list[str]:
    """What rows are known by: their key, or their place where they have none."""
    if table.key is None:
        return list(map(str, range(len(rows))))
    return list(map(word, map(attrgetter(table.key), rows)))


def _number(value: object) -> float | None:
    return None if value is None else float(cast("float | Decimal", value))


def _text(value: object) -> str | None:
    return None if value is None else word(value)


_PLAIN: Final[Mapping[str, Callable[[object], object]]] = {
    "text": _text,
    "number": _number,
    "flag": lambda value: value,
}


def _dates(name: str, values: list[object]) -> Iterable[tuple[str, tuple[Kind, list[object]]]]:
    dates = [
        PartialDate.of(cast("PartialDate", one)) if one is not None else None for one in values
    ]
    yield name, ("date", [None if one is None else one.earliest for one in dates])
    if any(one is not None and one.precision != "day" for one in dates):
        yield latest(name), ("date", [None if one is None else one.latest for one in dates])


def _periods(stock: str, rows: list[Row]) -> Iterable[tuple[str, tuple[Kind, list[object]]]]:
    periods = [cast("Period | None", getattr(row, stock)) for row in rows]
    start, end, still = held(stock)
    yield from _dates(start, [None if one is None else one.start.date for one in periods])
    yield from _dates(end, [None if one is None else one.end.date for one in periods])
    yield still, ("flag", [None if one is None else one.end.is_open for one in periods])


def _links(table: Table, rows: list[Row], data: Dataset) -> Iterable[tuple[str, "Columns"]]:
    ids = _ids(table, rows)
    several = {name: column for name, column in table.columns.items() if column.several}
    for name, column in several.items():
        values = map(column.getter(data), rows)
        yield f"{table.name}.{name}", _pairs(name, ids, cast("Iterable[Iterable[object]]", values))
    cited = [row.sources if isinstance(row, Sourced) else () for row in rows]
    if any(cited):
        yield f"{table.name}.source", _pairs("source", ids, cited)


def _pairs(name: str, ids: list[str], values: Iterable[Iterable[object]]) -> "Columns":
    pairs = [(id_, word(one)) for id_, several in zip(ids, values, strict=True) for one in several]
    return {"id": ("text", [one for one, _ in pairs]), name: ("text", [one for _, one in pairs])}


def _ancestors(data: Dataset) -> "Columns":
    schemes = dict.fromkeys(map(str, (*TerritoryLevel, *GroupingScheme)))
    found = [
        (territory, scheme, one)
        for territory in data.territories
        for scheme in schemes
        for one in above(data, territory, scheme)
    ]
    names = ("territory", "scheme", "ancestor")
    return {name: ("text", [row[k] for row in found]) for k, name in enumerate(names)}


def _of(backend: str) -> "Callable[[Columns, object], Any]":
    def make(columns: "Columns", _: object) -> object:
        schema = {name: _type(kind, values) for name, (kind, values) in columns.items()}
        values = {
            name: [None if one is None else int(cast("float", one)) for one in found]
            if schema[name] == nw.Int64
            else list(found)
            for name, (_, found) in columns.items()
        }
        return nw.from_dict(values, schema=schema, backend=cast("Any", backend)).to_native()

    return make


def _type(kind: Kind, values: "Sequence[object]") -> nw.dtypes.DType:
    numbers = kind == "number" and all(
        one is None or cast("float", one).is_integer() for one in values
    )
    return nw.Int64() if numbers else _TYPES[kind]


def _pandas(columns: "Columns", _: object) -> object:
    pd: Any = import_module("pandas")
    made: dict[str, Any] = {}
    for name, (kind, values) in columns.items():
        dtype = "datetime64[s]" if kind == "date" else object
        made[name] = pd.Series(list(values), dtype=dtype, name=name)
        if kind == "number":
            made[name] = made[name].astype("Float64").convert_dtypes()
    return pd.DataFrame(made)


def _arrow_pandas(columns: "Columns", session: object) -> object:
    pd: Any = import_module("pandas")
    return _of("pyarrow")(columns, session).to_pandas(types_mapper=pd.ArrowDtype)


def _duckdb(columns: "Columns", session: object) -> object:
    duckdb: Any = import_module("duckdb")
    return duckdb.from_arrow(_of("pyarrow")(columns, session))


def _ibis(columns: "Columns", session: object) -> object:
    ibis: Any = import_module("ibis")
    return ibis.memtable(_of("pyarrow")(columns, session))


def _dask(columns: "Columns", session: object) -> object:
    dd: Any = import_module("dask.dataframe")
    return dd.from_pandas(_arrow_pandas(columns, session), npartitions=2)


def _spark(columns: "Columns", session: object) -> object:
    if session is None:
        msg = "Spark needs its session: Tables.of(data, backend='pyspark', session=spark)"
        raise ValueError(msg)
    return cast("Any", session).createDataFrame(_of("pyarrow")(columns, session))


_MAKERS: Final[Mapping[str, tuple[str, Callable[..., object]]]] = {
    "pandas": ("pandas", _pandas),
    "pandas[pyarrow]": ("pandas", _arrow_pandas),
    "polars": ("polars", _of("polars")),
    "polars-lazy": ("polars", lambda *given: _of("polars")(*given).lazy()),
    "pyarrow": ("pyarrow", _of("pyarrow")),
    "duckdb": ("duckdb", _duckdb),
    "ibis": ("ibis", _ibis),
    "pyspark": ("pyspark", _spark),
    "dask": ("dask", _dask),
}
