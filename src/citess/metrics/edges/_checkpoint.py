"""What a loop has worked out, kept apart, so that no round works out the rounds before it."""

from itertools import count
from types import TracebackType
from typing import Any, Final, Self, cast

import narwhals.stable.v2 as nw

from citess.metrics.edges._door import engine_of
from citess.metrics.frames._plan import Frame

_NUMBER: Final = count()
_WAYS: Final = ("localCheckpoint", "cache", "persist")
"""How Spark, ibis and Dask keep a frame."""


class Checkpoints:
    """Keeps frames worked out: in memory, or in tables of the engine.

    Polars, pandas and PyArrow keep them in memory, DuckDB in temporary tables that spill to disk
    and pass with the connection, ibis and Dask in what they cache, Spark on its workers. On leaving
    by an error, tables made are dropped.
    """

    def __init__(self) -> None:
        self._first: Any = None
        self._tables: list[tuple[Frame, str]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if kind is not None:
            self.let_go(*(frame for frame, _ in self._tables))

    def keep(self, frame: Frame) -> Frame:
        """Work a frame out and keep it, on the engine that it is of."""
        engine, native = engine_of(frame), frame.to_native()
        if engine in {"polars", "pandas", "pyarrow"}:
            return frame.collect().lazy()
        if engine == "duckdb":
            return self._table(native)
        way = next(way for way in _WAYS if hasattr(native, way))
        return _read(getattr(native, way)())

    def _table(self, native: Any) -> Frame:
        name = f"citess_round_{next(_NUMBER)}"
        self._first = native if self._first is None else self._first
        made = f"create temp table {name} as select * from kept"  # noqa: S608  (a name of ours)
        native.query("kept", made).fetchall()
        found = _read(self._first.query("kept", f"select * from {name}"))  # noqa: S608  (a name of ours)
        self._tables.append((found, name))
        return found

    def let_go(self, *frames: Frame) -> None:
        """Drop the tables of frames that are needed no more."""
        gone = [name for held, name in self._tables if any(held is frame for frame in frames)]
        self._tables = [(held, name) for held, name in self._tables if name not in gone]
        for name in gone:
            self._first.query("kept", f"drop table {name}").fetchall()


def _read(native: Any) -> Frame:
    return cast("Frame", nw.from_native(native).lazy())
