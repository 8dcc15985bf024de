"""The command that turns a file of one format into one of another."""

import sys
from typing import Annotated, BinaryIO, Final, Literal, cast

from cyclopts import Parameter

from citess.cli._main import FINE, PROBLEMS, USAGE
from citess.cli._output import json_text
from citess.cli._progress import working
from citess.cli._texts import CATALOGUE
from citess.errors import IntegrityError, LossError, ReadError, Report
from citess.io import ImportReport, LossReport
from citess.io.formats import Format, format_named, format_of

Language = Literal["en", "fr", "ar"]
File = Annotated[str, Parameter(allow_leading_hyphen=True)]
STREAM: Final = "-"


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
        reader = _reader(source, from_)
        writer = format_of(target) if to is None else format_named(to)
        _check(reader, writer, source, target, lang)
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
    told.done(noted, losses, json=json)
    return FINE


def _reader(source: str, name: str | None) -> Format:
    if name is not None:
        return format_named(name)
    return format_named("json") if source == STREAM else format_of(source, reading=True)


def _check(reader: Format, writer: Format, source: str, target: str, lang: str) -> None:
    """Refuse what cannot be.

    Raises
    ------
    ValueError
        When the format is only written, or a folder is to be a stream.
    """
    if not reader.can_read:
        msg = CATALOGUE.text("convert.only-written", lang, format=reader.name)
        raise ValueError(msg)
    if (source == STREAM and reader.needs_path) or (target == STREAM and writer.folder):
        name = reader.name if source == STREAM and reader.needs_path else writer.name
        raise ValueError(CATALOGUE.text("convert.no-stream", lang, format=name))


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
