"""HSDS as a tabular data package: a folder of CSV files and their descriptor."""

import csv
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from citess.io._travel import ImportReport, Losses, LossReport
from citess.io.hsds._convert import assembled, check_version, given_objects
from citess.io.hsds._document import Layout, Root
from citess.io.hsds._rows import read_tables
from citess.io.hsds._sieve import Sieve
from citess.io.hsds._standard import Version, entities, file_name
from citess.io.hsds._tables import Row, columns, descriptor, rows, text_of
from citess.io.hsds._write import FORMAT, Writer
from citess.model import Dataset

_DESCRIPTOR: Final = "datapackage.json"


def write_hsds_package(
    data: Dataset,
    folder: str | os.PathLike[str],
    *,
    version: Version = "3.0",
    strict: bool = False,
) -> LossReport:
    """Write a dataset as an HSDS tabular data package that is valid as it stands.

    Every table is there, empty or not, beside ``datapackage.json``. A row that lacks what its table
    requires, or that names such a row, is left out of it and reported; the attributes of the
    CitESS profile hold it all the same, so that :func:`read_hsds_package` gives it back.

    Parameters
    ----------
    data
        What to write.
    folder
        Where; made when it is not there.
    version
        Version of HSDS: 3.0 or 3.1.
    strict
        Whether to refuse, and write nothing, when something does not travel.

    Raises
    ------
    LossError
        When strict and something did not travel.
    ValueError
        When the version is none that is written.
    OSError
        When the folder cannot be written.

    Examples
    --------
    >>> import citess, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     losses = write_hsds_package(citess.datasets.tunisia(), folder)
    ...     data, report = read_hsds_package(folder)
    >>> len(data.partners), report.ok
    (56, True)
    """
    check_version(version)
    target = Path(folder)
    losses = Losses(FORMAT)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as name:
        temporary = Path(name)
        content = json.dumps(descriptor(version), indent=1)
        (temporary / _DESCRIPTOR).write_text(f"{content}\n", "utf-8")
        with ExitStack() as stack:
            writers = {e: _writer(stack, temporary, e, version) for e in entities(version)}
            for entity, row in Sieve(losses).passed(_all_rows(data, version, losses)):
                writers[entity].writerow({name: text_of(value) for name, value in row.items()})
        report = losses.report(strict=strict)
        target.mkdir(exist_ok=True)
        for file in sorted(temporary.iterdir()):
            shutil.move(file, target / file.name)
    return report


def _writer(stack: ExitStack, folder: Path, entity: str, version: str) -> "csv.DictWriter[str]":
    path = folder / f"{file_name(entity)}.csv"
    stream = stack.enter_context(path.open("w", encoding="utf-8", newline=""))
    names = [field.name for field in columns(entity, version)]
    writer = csv.DictWriter(stream, names, lineterminator="\n")
    writer.writeheader()
    return writer


def _all_rows(data: Dataset, version: str, losses: Losses) -> Iterator[tuple[str, Row]]:
    _, objects = given_objects(data, version, losses)
    for entity, content in objects:
        if entity in entities(version):
            yield from rows(entity, content, version, losses)
        else:
            losses.lost(f"{entity}[]")


def read_hsds_package(
    folder: str | os.PathLike[str], *, strict: bool = False
) -> tuple[Dataset, ImportReport]:
    """Read an HSDS tabular data package: the CSV files of a folder, by their names.

    Parameters
    ----------
    folder
        The folder.
    strict
        Whether to refuse what the standard does not allow, instead of reporting it.

    Returns
    -------
    Dataset
        The records, as :func:`from_hsds` makes them; rows are kept in :attr:`extra`.
    ImportReport
        What the tables do not allow, with file, row (the header is row 1) and column: values,
        required columns, ids given twice and references to rows that are not there.

    Raises
    ------
    ReadError
        When a file is no CSV in UTF-8, or strict and not allowed.
    IntegrityError
        When records of the profile do not fit together.
    OSError
        When there is no such folder, or a file cannot be read.
    """
    roots, issues = read_tables(Path(folder))
    return assembled(Layout("lists"), roots, issues, _said_by, strict=strict)


def _said_by(writer: Writer, roots: list[Root]) -> bool:
    """Whether the tables of the records say all that the rows do."""
    losses = Losses(FORMAT)
    given = (
        row
        for entity, content in writer.objects()
        for row in rows(entity, content, writer.version, losses)
    )
    made = {row["id"]: _texts(row) for _, row in Sieve(losses).passed(given)}
    return all(made.get(root.content.get("id")) == _texts(root.content) for root in roots)


def _texts(row: Row) -> dict[str, str]:
    texts = {name: text_of(value) for name, value in row.items()}
    return {name: text for name, text in texts.items() if text}
