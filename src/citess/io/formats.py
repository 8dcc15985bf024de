"""Every format by its name: what reads it, what writes it, and the suffixes of its files."""

import json
import os
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from attrs import frozen

from citess.errors import suggest
from citess.io._layout import MAX_BYTES
from citess.io._stream import content_of, write_pieces
from citess.io._travel import ImportReport, LossReport
from citess.model import Dataset

__all__ = ["FORMATS", "Format", "format_named", "format_of"]

Place = str | os.PathLike[str] | BinaryIO


@frozen(kw_only=True)
class Format:
    """A format, with where its verbs are: ``module:function`` below ``citess.io``."""

    name: str
    """Name, as ``citess convert --to`` has it."""

    suffixes: tuple[str, ...] = ()
    """Suffixes that clearly name it."""

    readable: tuple[str, ...] = ()
    """Further suffixes that it is read from, and not written to."""

    reads: str | None = None
    """What reads a path or a stream."""

    takes: str | None = None
    """What reads the content of a stream, where ``reads`` wants a path."""

    writes: str | None = None
    """What writes to a path or a stream."""

    makes: str | None = None
    """What makes a document, where there is nothing that writes streams."""

    folder: bool = False
    """Whether it is a folder of files, which no stream can hold."""

    speaks: bool = False
    """Whether its files are in the language of a user."""

    native: bool = False
    """Whether it holds everything, so that its verbs have nothing to report."""

    measures: bool = False
    """Whether it is of measures, computed for a period or a day."""

    @property
    def _every_suffix(self) -> tuple[str, ...]:
        return (*self.suffixes, *self.readable)

    @property
    def can_read(self) -> bool:
        """Whether it is read, and not only written."""
        return (self.reads or self.takes) is not None

    @property
    def needs_path(self) -> bool:
        """Whether it is read from a path alone."""
        return self.takes is None and self.folder and not self.speaks

    def read(self, source: Place, *, language: str | None = None) -> tuple[Dataset, ImportReport]:
        """Read a dataset from a path or a binary stream.

        Raises
        ------
        ValueError
            When the format is only written, or cannot come as a stream.
        ReadError, IntegrityError, OSError
            As its own verb.
        """
        is_path = isinstance(source, str | os.PathLike)
        options: dict[str, object] = {"language": language} if self.speaks else {}
        by_name = is_path and (self.takes is None or _suffix(source) in self._every_suffix)
        if self.reads is not None and (by_name or not (is_path or self.takes or self.needs_path)):
            found = _verb(self.reads)(source, **options)
        elif self.takes is not None:
            found = _verb(self.takes)(content_of(source, MAX_BYTES), **options)
        else:
            what = "come as a stream" if self.reads is not None else "be read"
            msg = f"{self.name} cannot {what}"
            raise ValueError(msg)
        if self.native:
            return cast("Dataset", found), ImportReport(self.name)
        return cast("tuple[Dataset, ImportReport]", found)

    def write(  # noqa: PLR0913  (options are keywords)
        self,
        data: Dataset,
        target: Place,
        *,
        strict: bool = False,
        language: str = "en",
        on: str | None = None,
        period: str | None = None,
    ) -> LossReport:
        """Write a dataset to a path or a binary stream.

        Parameters
        ----------
        data
            What to write.
        target
            Where.
        strict
            Whether to refuse, and write nothing, when something does not travel.
        language
            Language of files that people fill in.
        on, period
            Of when measures are, for a format of measures.

        Raises
        ------
        ValueError
            When the format is a folder, and the target a stream.
        LossError, OSError
            As its own verb.
        """
        options: dict[str, object] = {} if self.native else {"strict": strict}
        options |= {"language": language} if self.speaks or self.measures else {}
        if self.folder and not isinstance(target, str | os.PathLike):
            msg = f"{self.name} is a folder of files; no stream can hold it"
            raise ValueError(msg)
        if self.writes is not None:
            losses = _verb(self.writes)(data, target, **options)
            return LossReport(self.name) if self.native else cast("LossReport", losses)
        given = [_measured(data, on, period)] if self.measures else []
        document, report = _verb(cast("str", self.makes))(data, *given, **options)
        text = document if isinstance(document, str) else _json(document)
        write_pieces(target, [text.encode()])
        return cast("LossReport", report)


def _suffix(place: Place) -> str:
    return Path(cast("str", place)).suffix.lower()


def _json(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _verb(name: str) -> Any:
    module, _, function = name.partition(":")
    return getattr(import_module(f"citess.io.{module}"), function)


def _measured(data: Dataset, on: str | None, period: str | None) -> list[object]:
    """Every measure that can be asked of a day or a period.

    Raises
    ------
    ValueError
        When none can, since the day or the period is none.
    """
    from citess.metrics import catalogue, evaluate  # noqa: PLC0415  (for measures only)

    found: list[object] = []
    refused: ValueError | None = None
    for metric in catalogue.taking("records"):
        try:
            found += evaluate(data, [metric.id], on=on, period=period).measures
        except ValueError as error:  # some are of a day alone, some of a period
            refused = error
    if refused is not None and not found:
        raise refused
    return found


_GRAPHS: Final = "graphs:"

FORMATS: Final[Mapping[str, Format]] = {
    format_.name: format_
    for format_ in (
        Format(
            name="json",
            suffixes=(".json",),
            reads="_plain_file:read_json",
            writes="_plain_file:write_json",
            native=True,
        ),
        Format(
            name="jsonl",
            suffixes=(".jsonl", ".ndjson"),
            reads="jsonl:read_jsonl",
            writes="jsonl:write_jsonl",
            native=True,
        ),
        Format(name="hsds", reads="hsds:read_hsds", writes="hsds:write_hsds"),
        Format(
            name="hsds-csv",
            reads="hsds:read_hsds_package",
            writes="hsds:write_hsds_package",
            folder=True,
        ),
        Format(
            name="geojson",
            suffixes=(".geojson",),
            reads="geojson:read_geojson",
            writes="geojson:write_geojson",
        ),
        Format(
            name="graphml",
            suffixes=(".graphml",),
            reads=_GRAPHS + "read_graphml",
            writes=_GRAPHS + "write_graphml",
        ),
        Format(name="gexf", suffixes=(".gexf",), writes=_GRAPHS + "write_gexf"),
        Format(
            name="node-link",
            reads=_GRAPHS + "read_node_link",
            writes=_GRAPHS + "write_node_link",
        ),
        Format(
            name="jgf",
            suffixes=(".jgf",),
            reads=_GRAPHS + "read_jgf",
            writes=_GRAPHS + "write_jgf",
        ),
        Format(name="hif", suffixes=(".hif",), writes=_GRAPHS + "write_hif"),
        Format(name="kumu", writes=_GRAPHS + "write_kumu"),
        Format(name="cytoscape", suffixes=(".cyjs",), writes=_GRAPHS + "write_cytoscape"),
        Format(name="edge-csv", writes=_GRAPHS + "write_edge_csv"),
        Format(
            name="turtle",
            suffixes=(".ttl",),
            readable=(".nt", ".rdf", ".owl", ".jsonld"),
            reads="essglobal:read_essglobal",
            takes="essglobal:from_essglobal",
            makes="essglobal:to_essglobal",
        ),
        Format(
            name="sse-csv",
            reads="sse_csv:read_sse_csv",
            takes="sse_csv:from_sse_csv",
            makes="sse_csv:to_sse_csv",
        ),
        Format(name="cids", makes="cids:to_cids", measures=True),
        Format(name="schema-org", makes="schema_org:to_schema_org"),
        Format(name="murmurations", writes="murmurations:write_murmurations", folder=True),
        Format(
            name="csv",
            suffixes=(".csv", ".tsv"),
            reads="spreadsheet:read_csv",
            writes="spreadsheet:write_csv",
            folder=True,
            speaks=True,
        ),
        Format(
            name="xlsx",
            suffixes=(".xlsx",),
            reads="spreadsheet:read_xlsx",
            writes="spreadsheet:write_xlsx",
            speaks=True,
        ),
        Format(name="parquet", writes="parquet:write_parquet", folder=True),
    )
}
"""Every format by its name. A new one is an entry here."""


def format_named(name: str) -> Format:
    """Format of a name.

    Raises
    ------
    ValueError
        When there is none.

    Examples
    --------
    >>> format_named("graphlm")
    Traceback (most recent call last):
    ...
    ValueError: 'graphlm' is no format; did you mean 'graphml'?
    """
    if name not in FORMATS:
        near = suggest(name, FORMATS)
        hint = f"; did you mean {near!r}?" if near else f"; formats are {', '.join(FORMATS)}"
        msg = f"{name!r} is no format{hint}"
        raise ValueError(msg)
    return FORMATS[name]


def format_of(path: str, *, reading: bool = False) -> Format:
    """Format that the suffix of a path clearly names.

    A ``.json`` file is of the native format, and a ``.csv`` file, or a folder of such, a
    spreadsheet; other formats that are written in JSON or CSV are to be named.

    Parameters
    ----------
    path
        The path.
    reading
        Whether it is to be read, so that suffixes count that are never written.

    Raises
    ------
    ValueError
        When it names none.

    Examples
    --------
    >>> format_of("network.graphml").name
    'graphml'
    """
    suffix = Path(path).suffix.lower()
    for found in FORMATS.values():
        if suffix in (found._every_suffix if reading else found.suffixes):  # noqa: SLF001  (its own class)
            return found
    if Path(path).is_dir():
        package = (Path(path) / "datapackage.json").exists()
        return FORMATS["hsds-csv" if package else "csv"]
    known = ", ".join(s for one in FORMATS.values() for s in one.suffixes)
    msg = f"{path!r} does not clearly name a format; name it, or use a suffix of {known}"
    raise ValueError(msg)
