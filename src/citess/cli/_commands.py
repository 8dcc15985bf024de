"""The commands and their options."""

import sys
from typing import Annotated, Literal

from cyclopts import App, CycloptsError, Parameter

from citess._version import __version__
from citess.cli._convert import convert
from citess.cli._main import FINE, PROBLEMS, USAGE
from citess.cli._metrics import computed, listing, rows
from citess.cli._output import write_document, write_json, write_lines, write_measures
from citess.cli._progress import working
from citess.cli._spreadsheets import init, is_spreadsheet, problems, refused_mark, template
from citess.datasets import tunisia
from citess.errors import IntegrityError, ReadError, Report
from citess.io import load
from citess.model import Dataset
from citess.report import hub_report

Language = Literal["en", "fr", "ar"]
File = Annotated[str, Parameter(allow_leading_hyphen=True)]

app = App(
    name="citess",
    help="Hubs of the social and solidarity economy: check, measure and report.",
    version=__version__,
    result_action="return_value",
)

app.command(template)
app.command(init)
app.command(convert)


def execute(arguments: list[str]) -> int:
    """Run a command and return its exit code."""
    try:
        code = app(arguments, exit_on_error=False, print_error=False)
    except CycloptsError as error:
        sys.stderr.write(f"{error}\nsee citess --help\n")
        return USAGE
    return code if isinstance(code, int) else FINE


def _read(file: str) -> Dataset:
    with working(file):
        return load(sys.stdin.buffer) if file == "-" else load(file)


def _refused(error: ReadError | IntegrityError, lang: str) -> int:
    sys.stderr.write(f"{error.text(lang)}\n")
    return PROBLEMS


@app.command
def demo(*, lang: Language = "en", json: bool = False) -> int:
    """Report on the two Tunisian CitESS, from the data that come with citess.

    Parameters
    ----------
    lang
        Language of the report.
    json
        Write the report as JSON.
    """
    write_document(hub_report(tunisia(), lang), "demo", json=json)
    return FINE


@app.command
def report(
    file: File, /, *, lang: Language = "en", json: bool = False, on: str | None = None
) -> int:
    """Report on the hubs of a file.

    Parameters
    ----------
    file
        A citess .json file; - reads the standard input.
    lang
        Language of the report.
    json
        Write the report as JSON.
    on
        Day on which dated things hold, such as 2024-05-31.
    """
    try:
        data = _read(file)
    except (ReadError, IntegrityError) as error:
        return _refused(error, lang)
    write_document(hub_report(data, lang, on=on), "report", json=json)
    return FINE


@app.command
def validate(
    file: File, /, *, lang: Language = "en", json: bool = False, mark: str | None = None
) -> int:
    """Look for every problem in a file.

    Parameters
    ----------
    file
        A citess .json file, an .xlsx workbook, a .csv file or a folder of them; - reads JSON from
        the standard input.
    lang
        Language of the messages.
    json
        Write the problems as JSON.
    mark
        Workbook to write: a copy of a spreadsheet with its faulty cells coloured and commented.
    """
    refused = None if mark is None else refused_mark(file, mark, lang)
    if refused is not None:
        return refused
    try:
        found = problems(file, lang, mark) if is_spreadsheet(file) else _read(file).check()
    except (ReadError, IntegrityError) as error:
        found = error.report
    if json:
        write_json("validate", {"file": file, "ok": found.ok, "issues": _issues(found, lang)})
    else:
        write_lines(found.text(lang).splitlines())
    return FINE if found.ok else PROBLEMS


@app.command
def diff(a: File, b: File, /, *, lang: Language = "en", json: bool = False) -> int:
    """Tell what a second file adds, removes and changes.

    The exit code is 0 when nothing differs, 1 when something does.

    Parameters
    ----------
    a
        First citess .json file; - reads the standard input.
    b
        Second file.
    lang
        Language of the words.
    json
        Write the differences as JSON.
    """
    try:
        found = _read(a).diff(_read(b))
    except (ReadError, IntegrityError) as error:
        return _refused(error, lang)
    if json:
        write_json(
            "diff", {"a": a, "b": b, "lines": found.text(lang).splitlines() if len(found) else []}
        )
    else:
        write_lines(found.text(lang).splitlines())
    return PROBLEMS if len(found) else FINE


def _issues(found: Report, lang: str) -> list[dict[str, str | None]]:
    return [issue.to_dict(lang) for issue in found]


@app.command
def metrics(
    file: Annotated[str | None, Parameter(allow_leading_hyphen=True)] = None,
    /,
    *,
    lang: Language = "en",
    json: bool = False,
    on: str | None = None,
) -> int:
    """List the metrics, or compute them on a file: those of its records and of its network.

    Parameters
    ----------
    file
        A citess .json file; - reads the standard input. Without it, the catalogue is listed.
    lang
        Language of labels and explanations.
    json
        Write them as JSON.
    on
        Day on which dated things hold, such as 2024-05-31.
    """
    if file is None:
        if json:
            write_json("catalogue", {"metrics": rows(lang)})
        else:
            write_lines(listing(lang))
        return FINE
    try:
        data = _read(file)
    except (ReadError, IntegrityError) as error:
        return _refused(error, lang)
    measures, without = computed(data, on, lang)
    if json:
        found = [measure.to_dict() for measure in measures]
        write_json("metrics", {"measures": found, "not_computed": without})
    else:
        write_measures(measures, lang)
        write_lines(without)
    return FINE
