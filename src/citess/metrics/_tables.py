"""Tables of data frames: the same metrics on pandas, Polars, PyArrow, DuckDB, ibis and Spark."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from citess.errors import ReadError, Report, UnsupportedEngineError
from citess.metrics.frames._engine import BY_IMPLEMENTATION, FRAMES
from citess.model import Dataset

if TYPE_CHECKING:
    from citess.metrics.frames._plan import Frame


class Tables(Mapping[str, "Frame"]):
    """Frames by the name of their table, checked before anything is computed.

    Columns are those of the tables (``citess.metrics.tables``); a frame may lack those that no
    metric asked for needs, and any further column may be a dimension. Nulls mean *not known*.
    Dates may be partial: then ``opened`` is the first day and ``opened_latest`` the last that it
    may be. A state holds from ``period_start`` to before ``period_end``, or is still going where
    ``period_open`` is true. Where rows have several values, a frame of ``id`` and value stands
    apart, as ``Tables({"sessions.provider": links}, sessions=df)``; ``ancestors``, of
    ``territory``, ``scheme`` and ``ancestor``, says what lies above a territory.

    Parameters
    ----------
    frames
        Frames by name, where a name is no Python word.
    named
        Frames by name: pandas, Polars (eager or lazy), PyArrow, DuckDB, ibis, Spark or Dask.

    Raises
    ------
    ReadError
        With every unknown table and every column of the wrong type.
    UnsupportedEngineError
        When a frame is of an engine that citess does not know.
    TypeError
        When it is no frame.

    Examples
    --------
    >>> import polars as pl
    >>> from citess.metrics import women_share
    >>> cases = pl.DataFrame({"client": ["a", "b", "c"], "sex": ["female", "male", None]})
    >>> found = women_share(Tables(cases=cases))
    >>> found.value, found.missing
    (0.5, 1)
    """

    __slots__ = ("_frames", "_schemas", "data", "engine")
    engine: str
    """Engine of the frames: ``"polars"``, ``"duckdb"`` ..."""

    data: Dataset | None
    """Dataset that they were made of; rows that depend on what is asked are worked out of it."""

    def __init__(self, frames: Mapping[str, object] | None = None, /, **named: object) -> None:
        from citess.metrics.frames._door import at_the_door, faults  # noqa: PLC0415  (narwhals)

        given = {**(frames or {}), **named}
        self.data = None
        self._frames: dict[str, Frame] = {
            name: at_the_door(name, one) for name, one in given.items()
        }
        self._schemas: dict[str, Mapping[str, object]] = {
            name: dict(one.collect_schema()) for name, one in self._frames.items()
        }
        self.engine = _engine(self._frames)
        issues = [issue for name, schema in self._schemas.items() for issue in faults(name, schema)]
        if issues:
            raise ReadError(Report(tuple(issues)))

    @classmethod
    def of(cls, data: Dataset, *, backend: str = "polars", session: object = None) -> "Tables":
        """Make the frames of a dataset, every table and column of it.

        Parameters
        ----------
        data
            The dataset.
        backend
            ``"pandas"``, ``"pandas[pyarrow]"``, ``"polars"``, ``"polars-lazy"``, ``"pyarrow"``,
            ``"duckdb"``, ``"ibis"``, ``"pyspark"`` or ``"dask"``.
        session
            Session of Spark, for ``"pyspark"``.

        Raises
        ------
        MissingExtraError
            When the engine is not installed.
        ValueError
            When there is no such backend.

        Examples
        --------
        >>> import citess
        >>> from citess.metrics import Tables, formality_share
        >>> data = citess.datasets.tunisia()
        >>> tables = Tables.of(data)
        >>> formality_share(tables).value == formality_share(data).value
        True
        """
        from citess.metrics.frames._made import frames_of  # noqa: PLC0415  (narwhals)

        made = cls(frames_of(data, backend, session))
        made.data = data
        return made

    def schema(self, table: str) -> Mapping[str, object]:
        """Columns of a frame with their types; none where there is no such frame."""
        return self._schemas.get(table, {})

    def __getitem__(self, table: str) -> "Frame":
        return self._frames[table]

    def __iter__(self) -> Iterator[str]:
        return iter(self._frames)

    def __len__(self) -> int:
        return len(self._frames)

    def __repr__(self) -> str:
        names = ", ".join(name for name in self._frames if "." not in name)
        return f"<tables of {self.engine}: {names or 'none'}>"


def _engine(frames: "Mapping[str, Frame]") -> str:
    found = {str(frame.implementation.value) for frame in frames.values()}
    for implementation in sorted(found):
        if implementation not in BY_IMPLEMENTATION:
            raise UnsupportedEngineError("this frame", implementation, FRAMES)
    if len(found) > 1:
        msg = f"the frames must be of one engine, not of {', '.join(sorted(found))}"
        raise ValueError(msg)
    return BY_IMPLEMENTATION[found.pop()] if found else FRAMES[1]
