"""Frames of every engine out of the same columns, and rows of results in plain Python."""

import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa

from citess.metrics.frames._plan import plainly

BACKENDS = ("pandas", "pandas[pyarrow]", "polars", "polars-lazy", "pyarrow", "duckdb")
TYPES = {"text": pl.String, "number": pl.Float64, "whole": pl.Int64}


def frames(backend, *tables):
    """Tables, each columns with their type, as frames of an engine."""
    made = [
        pl.DataFrame({name: values for name, (values, _) in table.items()},
                     schema={name: TYPES[kind] for name, (_, kind) in table.items()})
        for table in tables
    ]  # fmt: skip
    if backend == "polars":
        return made
    if backend == "polars-lazy":
        return [one.lazy() for one in made]
    if backend == "pandas":
        return [pd.DataFrame({c: one[c].to_list() for c in one.columns}) for one in made]
    arrow = [pa.table({c: pa.array(one[c].to_list(), ARROW[one.schema[c]]) for c in one.columns})
             for one in made]  # fmt: skip
    if backend == "pyarrow":
        return arrow
    if backend == "pandas[pyarrow]":
        return [one.to_pandas(types_mapper=pd.ArrowDtype) for one in arrow]
    connection = duckdb.connect()
    return [connection.from_arrow(one) for one in arrow]


ARROW = {pl.String: pa.string(), pl.Float64: pa.float64(), pl.Int64: pa.int64()}


def plain(frame):
    """Rows of a frame of any engine, in order."""
    found = nw.from_native(frame).lazy().collect().rows()
    return sorted((tuple(map(plainly, row)) for row in found), key=repr)
