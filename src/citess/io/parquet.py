"""Parquet: the tables that metrics read, one file each, for every engine of data frames."""

import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from citess.errors import MissingExtraError
from citess.io._file import write_atomically
from citess.io._homes import count_losses
from citess.io._travel import Losses, LossReport
from citess.metrics import Tables
from citess.metrics.tables import TABLES, Table
from citess.model import Case, Dataset, Enterprise, JobsCount, Record, ServiceOffer
from citess.model.fields import field_types
from citess.model.record import evolve

if TYPE_CHECKING:
    from citess.metrics.frames._plan import Frame

__all__ = ["write_parquet"]

FORMAT: Final = "parquet"
_OF: Final[dict[str, type[Record]]] = {
    "enterprises": Enterprise,
    "offers": ServiceOffer,
    "jobs": JobsCount,
}
_PEOPLE: Final = frozenset({"heads", "people"})
_PLACE: Final = "territory"
_ENGINES: Final = ("polars", "pyarrow")


def write_parquet(
    data: Dataset,
    folder: str | os.PathLike[str],
    *,
    include_personal: bool = False,
    strict: bool = False,
) -> LossReport:
    """Write the tables of a dataset to a folder, one Parquet file each: ``cases.parquet``.

    They are those of :class:`citess.metrics.Tables`, which metrics read again on any engine:
    ``Tables(cases=polars.read_parquet("cases.parquet"))``. Columns about persons are left out
    unless they are wanted, and so is where clients live from the places of what they carry; classes
    and fields without a column are counted.

    Parameters
    ----------
    data
        What to write.
    folder
        Where; it is made.
    include_personal
        Whether to write what is about persons.
    strict
        Whether to refuse, and write nothing, when something does not travel.

    Raises
    ------
    LossError
        When strict and something did not travel.
    MissingExtraError
        Without Polars, of the extra ``tables``, and without PyArrow.
    OSError
        When a file cannot be written.

    Examples
    --------
    >>> import citess, pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     losses = write_parquet(citess.datasets.synthetic(enterprises=5), folder)
    ...     (pathlib.Path(folder) / "sessions.parquet").exists()
    True
    """
    losses = Losses(FORMAT)
    count_losses(data, losses, _homes(), kept=FORMAT)
    report = losses.report(strict=strict)
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    shown = data if include_personal else _without_homes(data)
    for name, frame in Tables.of(shown, backend=_engine()).items():
        table, _, column = name.partition(".")
        away = frozenset[str]() if include_personal else _personal(TABLES.get(table))
        if column not in away:
            write_atomically(place / f"{name}.parquet", _content(frame, away))
    return report


def _without_homes(data: Dataset) -> Dataset:
    """Forget where clients live, which rows about their projects would take for a seat."""
    kept = (
        evolve(record, territory=None) if isinstance(record, Case) else record
        for record in data.records()
    )
    return Dataset._proven(kept, data.extra, data.past)  # noqa: SLF001  (less of what was proven)


def _homes() -> dict[type[Record], set[str]]:
    found: dict[type[Record], set[str]] = {}
    for table in TABLES.values():
        cls = cast("type[Record] | None", table.record) or _OF.get(table.name)
        if cls is not None:
            paths = {str(column.path).partition(".")[0] for column in table.columns.values()}
            found.setdefault(cls, set()).update(table.columns, paths)
    return found


def _engine() -> str:
    from importlib.util import find_spec  # noqa: PLC0415  (needed here only)

    for name in _ENGINES:
        if find_spec(name) is not None:
            return name
    raise MissingExtraError("Parquet", "tables")


def _personal(table: Table | None) -> frozenset[str]:
    """Columns about persons: those of cases, also where other rows borrow them."""
    if table is None or _PEOPLE & set(table.columns):
        return frozenset()
    private = {name for name, field in field_types(Case).items() if field.personal}
    if "client" not in table.columns:
        private.discard(_PLACE)
    return frozenset(private)


def _content(frame: "Frame", away: frozenset[str]) -> Iterator[bytes]:
    names = [name for name in frame.collect_schema().names() if name not in away]
    stream = io.BytesIO()
    cast("Any", frame).lazy().select(*names).collect().write_parquet(stream)
    yield stream.getvalue()
