"""Engines that frames can be of, by the names their users know."""

from collections.abc import Iterable
from typing import Final

OBJECTS: Final = "objects"
"""Records of citess in Python: what every metric of records runs on."""

FRAMES: Final = ("pandas", "polars", "pyarrow", "duckdb", "ibis", "pyspark", "dask")
"""Engines of frames; Dask as far as it goes."""

ENGINES: Final = (OBJECTS, *FRAMES)
"""Engines on which a reader of tables runs."""

BY_IMPLEMENTATION: Final = {
    "pandas": "pandas",
    "modin": "pandas",
    "polars": "polars",
    "pyarrow": "pyarrow",
    "duckdb": "duckdb",
    "ibis": "ibis",
    "pyspark": "pyspark",
    "pyspark[connect]": "pyspark",
    "sqlframe": "pyspark",
    "dask": "dask",
}
"""Engine by the name that narwhals has for it."""


def shared(engines: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Engines on which all of some readers run, in order."""
    sets = [set(one) for one in engines]
    return tuple(name for name in ENGINES if all(name in one for one in sets))
