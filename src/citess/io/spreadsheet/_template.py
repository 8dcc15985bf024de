"""Empty spreadsheets to be filled in."""

import os
from errno import EEXIST
from pathlib import Path
from typing import Final

from citess.io._file import write_atomically
from citess.io.spreadsheet._columns import sheet_types
from citess.io.spreadsheet._csv_out import ENCODING, csv_bytes
from citess.io.spreadsheet._rows import empty_sheet
from citess.io.spreadsheet._xlsx_out import workbook

WORKBOOK: Final = "citess.xlsx"
"""Name of the workbook in a folder of templates."""

CSV_FOLDER: Final = "csv"
"""Name of the folder beside it, with the same as comma-separated values."""


def template(target: str | os.PathLike[str], *, language: str = "en") -> tuple[Path, ...]:
    """Write empty spreadsheets to be filled in: a workbook, or a folder with it and CSV files.

    There is one sheet for each class, with lists to choose from, checks of dates and numbers,
    locked titles and notes, right to left for Arabic. Texts have one column for each language of
    citess. The same call gives the same bytes.

    Parameters
    ----------
    target
        Path of an ``.xlsx`` file, or a folder that gets ``citess.xlsx`` and ``csv/``.
    language
        Language of titles, words and notes.

    Returns
    -------
    tuple
        The files written.

    Raises
    ------
    MissingExtraError
        When the extra ``tables`` is not installed.
    FileExistsError
        When a file is there already and holds anything else: it may be filled in.
    OSError
        When a file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from citess.io.spreadsheet import template
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     files = template(folder, language="fr")
    >>> files[0].name, "hubs.phases.csv" in {file.name for file in files}
    ('citess.xlsx', True)
    """
    sheets = [empty_sheet(sheet, language, personal=True) for sheet in sheet_types()]
    path = Path(target)
    content = workbook(sheets, language, guard=True).closed()
    if path.suffix == ".xlsx":
        files = {path: content}
    else:
        folder = path / CSV_FOLDER
        files = {path / WORKBOOK: content} | {
            folder / f"{one.sheet.name}.csv": csv_bytes(one, ENCODING, ",", guard=True)
            for one in sheets
        }
        folder.mkdir(parents=True, exist_ok=True)
    for file, empty in files.items():
        if file.exists() and file.read_bytes() != empty:
            raise FileExistsError(EEXIST, "is there already and is not overwritten", str(file))
    for file, empty in files.items():
        write_atomically(file, (empty,))
    return tuple(files)
