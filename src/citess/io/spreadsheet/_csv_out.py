"""Datasets written as comma-separated values."""

import csv
import io
import os
from decimal import Decimal
from pathlib import Path
from typing import Final

from citess.io._file import write_atomically
from citess.io._travel import Losses, LossReport
from citess.io.spreadsheet._columns import sheet_types
from citess.io.spreadsheet._injection import guarded
from citess.io.spreadsheet._rows import Cell, SheetOut, empty_sheet, sheets_out
from citess.model import Dataset

ENCODING: Final = "utf-8-sig"
"""Encoding written: UTF-8 with a mark, so that spreadsheets read Arabic and French right."""


def write_csv(  # noqa: PLR0913  (options are keywords)
    data: Dataset,
    folder: str | os.PathLike[str],
    *,
    language: str = "en",
    include_personal: bool = False,
    guard: bool = True,
    strict: bool = False,
    encoding: str = ENCODING,
    delimiter: str = ",",
) -> LossReport:
    """Write a dataset to a folder, one file for each class: ``hubs.csv``, ``hubs.phases.csv``.

    What stands in the folder under the name of a class without records is emptied but for its
    titles; other files stay.

    Parameters
    ----------
    data
        What to write.
    folder
        Where to; made when it is not there.
    language
        Language of titles and words.
    include_personal
        Whether fields about persons and notes are written too.
    guard
        Whether strings that a spreadsheet would take for formulas get an apostrophe before them;
        :func:`read_csv` takes it away.
    strict
        Whether to refuse when something cannot travel.
    encoding, delimiter
        Encoding and separator.

    Raises
    ------
    LossError
        When strict and something cannot travel; nothing is written then.
    ValueError
        When nothing is known of the encoding, or it lacks a character; nothing is written then.
    OSError
        When a file cannot be written.

    Examples
    --------
    >>> import citess, tempfile
    >>> from citess.io.spreadsheet import read_csv, write_csv
    >>> data = citess.datasets.tunisia()
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     losses = write_csv(data, folder, language="fr")
    ...     again, _ = read_csv(folder)
    >>> sorted(again.hubs) == sorted(data.hubs)
    True
    """
    losses = Losses("csv")
    sheets = list(sheets_out(data, language, losses, personal=include_personal))
    report = losses.report(strict=strict)
    target = Path(folder)
    written = {one.sheet.name for one in sheets}
    for sheet in sheet_types():
        stale = sheet.name not in written and (target / f"{sheet.name}.csv").exists()
        if stale or (not sheets and sheet.name == "hubs"):
            sheets.append(empty_sheet(sheet, language, personal=include_personal))
    contents = {
        f"{one.sheet.name}.csv": csv_bytes(one, encoding, delimiter, guard=guard) for one in sheets
    }
    target.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        write_atomically(target / name, (content,))
    return report


def csv_bytes(one: SheetOut, encoding: str, delimiter: str, *, guard: bool) -> bytes:
    """Write one sheet.

    Raises
    ------
    ValueError
        When the encoding is unknown, or lacks a character.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([place.title for place in one.places])
    writer.writerows([[_shown(cell, guard=guard) for cell in row] for row in one.rows])
    try:
        return stream.getvalue().encode(encoding)
    except LookupError:
        msg = f"encoding is one that Python knows, such as 'utf-8', not {encoding!r}"
    except UnicodeEncodeError as error:
        lacking = error.object[error.start]
        msg = f"{encoding} lacks {lacking!r} of {one.sheet.name}.csv; utf-8 has every character"
    raise ValueError(msg)


def _shown(cell: Cell, *, guard: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return guarded(cell) if guard else cell
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
