"""Commands for spreadsheets: templates, a folder to begin with, validation and marked copies."""

import sys
from errno import EEXIST
from pathlib import Path
from typing import Final, Literal

from citess.cli._main import FINE, USAGE
from citess.cli._output import write_json, write_lines
from citess.cli._texts import CATALOGUE
from citess.errors import ReadError, Report
from citess.io import save
from citess.io.spreadsheet import mark as mark_copy
from citess.io.spreadsheet import read_csv, read_xlsx
from citess.io.spreadsheet import template as write_template
from citess.model import Dataset

Language = Literal["en", "fr", "ar"]

_WORKBOOKS: Final = (".xlsx", ".xlsm", ".xls", ".ods")
_TEXTS: Final = (".csv", ".tsv", ".txt")


def template(folder: str, /, *, lang: Language = "en", json: bool = False) -> int:
    """Write empty spreadsheets to be filled in: a workbook, and the same as CSV files.

    Parameters
    ----------
    folder
        Folder for them, or the name of an .xlsx file; what is filled in already is never touched.
    lang
        Language of titles, words and notes.
    json
        Write the names of the files as JSON.
    """
    try:
        files = write_template(folder, language=lang)
    except FileExistsError as error:
        raise FileExistsError(EEXIST, CATALOGUE.text("init.exists", lang), error.filename) from None
    _tell("template", files, json=json)
    return FINE


def init(folder: str, /, *, lang: Language = "en", json: bool = False) -> int:
    """Begin a folder of data: an empty dataset, templates to fill in, and what to do next.

    Parameters
    ----------
    folder
        Folder to make; a dataset that is there already is never touched.
    lang
        Language of the templates and of what to do next.
    json
        Write the names of the files as JSON.
    """
    path = Path(folder)
    dataset, readme = path / "dataset.json", path / "README.md"
    for file in (dataset, readme):
        if file.exists():
            raise FileExistsError(EEXIST, CATALOGUE.text("init.exists", lang), str(file))
    path.mkdir(parents=True, exist_ok=True)
    save(Dataset(), dataset)
    files = write_template(path / "template", language=lang)
    readme.write_text(CATALOGUE.text("init.readme", lang), "utf-8")
    _tell("init", (dataset, readme, *files), json=json)
    return FINE


def is_spreadsheet(file: str) -> bool:
    """Tell whether a file is a workbook, or a text file or a folder of them, by its name."""
    path = Path(file)
    return path.suffix.lower() in (*_WORKBOOKS, *_TEXTS) or (
        path.is_dir() and any(path.glob("*.csv"))
    )


def problems(file: str, lang: str, mark: str | None) -> Report:
    """Look for every problem in a spreadsheet, and mark them in a copy where one is wanted."""
    if mark is not None:
        return mark_copy(file, mark, language=lang)
    read = read_xlsx if Path(file).suffix.lower() in _WORKBOOKS else read_csv
    try:
        return read(file, language=lang)[1].issues
    except ReadError as error:
        return error.report


def refused_mark(file: str, copy: str, lang: str) -> int | None:
    """Say that only spreadsheets can be marked, and never in their own place."""
    if is_spreadsheet(file) and Path(file).resolve() != Path(copy).resolve():
        return None
    key = "validate.same" if is_spreadsheet(file) else "validate.mark"
    sys.stderr.write(f"{CATALOGUE.text(key, lang)}\n")
    return USAGE


def _tell(command: str, files: tuple[Path, ...], *, json: bool) -> None:
    names = [str(file) for file in files]
    if json:
        write_json(command, {"files": names})
    else:
        write_lines(names)
