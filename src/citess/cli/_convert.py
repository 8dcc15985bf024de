"""The command that turns a file of one format into one of another."""

import sys
from typing import Annotated, BinaryIO, Literal, cast

from cyclopts import Parameter

from citess.cli._asked import STREAM, check_days, formats_asked
from citess.cli._main import FINE, PROBLEMS, USAGE
from citess.cli._output import json_text
from citess.cli._progress import working
from citess.errors import IntegrityError, InvalidValueError, LossError, ReadError, Report
from citess.io import ImportReport, LossReport

Language = Literal["en", "fr", "ar"]
File = Annotated[str, Parameter(allow_leading_hyphen=True)]


def convert(  # noqa: PLR0913  (options are keywords)
    source: File,
    target: File,
    /,
    *,
    to: str | None = None,
    from_: Annotated[str | None, Parameter(name="--from")] = None,
    lang: Language = "en",
    strict: bool = False,
    json: bool = False,
    on: str | None = None,
    period: str | None = None,
) -> int:
    """Turn a file of one format into one of another, and say what could not travel.

    Formats: json, jsonl, hsds, hsds-csv, geojson, graphml, gexf, node-link, jgf, hif, kumu,
    cytoscape, edge-csv, turtle, sse-csv, cids, schema-org, murmurations, csv, xlsx, parquet. What
    was assumed or lost is told on the error stream.

    Parameters
    ----------
    source
        File or folder to read; - reads the standard input.
    target
        File or folder to write; - writes the standard output.
    to
        Format to write, where the suffix does not tell.
    from_
        Format to read, where the suffix does not tell; json by default for the standard input.
    lang
        Language of messages, and of spreadsheets.
    strict
        Refuse, and write nothing, when something cannot travel.
    json
        Give the reports as JSON, on the standard output unless the document goes there.
    on
        Day of the measures, for cids.
    period
        Period of the measures, for cids, such as 2023.
    """
    try:
        check_days(on, period, lang)
        reader, writer = formats_asked((source, target), (from_, to), lang)
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return USAGE
    told = _Told(reader.name, writer.name, source, target, lang)
    try:
        with working(source):
            data, noted = reader.read(
                sys.stdin.buffer if source == STREAM else source, language=lang
            )
        with working(target):
            place = cast("BinaryIO", sys.stdout.buffer) if target == STREAM else target
            losses = writer.write(data, place, strict=strict, language=lang, on=on, period=period)
    except (ReadError, IntegrityError, LossError) as error:
        told.refused(error.report, json=json)
        return PROBLEMS
    except InvalidValueError as error:
        option = "--on" if period is None else "--period"
        sys.stderr.write(f"{error.issue.at(option).text(lang)}\n")
        return USAGE
    told.done(noted, losses, json=json)
    return FINE


class _Told:
    """What is told of a conversion."""

    def __init__(self, read: str, written: str, source: str, target: str, language: str) -> None:
        self._facts: dict[str, object] = {
            "source": source,
            "target": target,
            "from": read,
            "to": written,
        }
        self._language = language
        self._stream = sys.stderr if target == STREAM else sys.stdout

    def refused(self, report: Report, *, json: bool) -> None:
        if json:
            issues = [issue.to_dict(self._language) for issue in report]
            self._write({"ok": False, "issues": issues})
        else:
            sys.stderr.write(f"{report.text(self._language)}\n")

    def done(self, noted: ImportReport, losses: LossReport, *, json: bool) -> None:
        if json:
            read, written = noted.to_dict(self._language), losses.to_dict(self._language)
            self._write({"ok": True, "import": read, "loss": written})
            return
        issues = Report((*noted.issues, *losses.issues))
        if issues:
            sys.stderr.write(f"{issues.text(self._language)}\n")

    def _write(self, content: dict[str, object]) -> None:
        self._stream.write(json_text("convert", {**self._facts, **content}))
