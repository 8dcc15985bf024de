"""HSDS in files and streams: JSON, and JSON Lines for size."""

import os
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Final

import msgspec

from citess.errors import ReadError, Report
from citess.io._layout import MAX_BYTES
from citess.io._plain import plain_document
from citess.io._stream import Source, Target, content_of, parsed, write_pieces
from citess.io._travel import ImportReport, Losses, LossReport
from citess.io.hsds._convert import (
    assembled,
    check_version,
    from_hsds,
    given_objects,
    said_by,
    to_hsds,
)
from citess.io.hsds._document import Layout, Root, opened
from citess.io.hsds._package import read_hsds_package
from citess.io.hsds._standard import Version, plural
from citess.io.hsds._write import FORMAT
from citess.model import Dataset

_LINES: Final = frozenset({".jsonl", ".ndjson"})
_encode: Final = msgspec.json.Encoder().encode


def write_hsds(
    data: Dataset,
    target: Target,
    *,
    version: Version = "3.0",
    strict: bool = False,
    lines: bool | None = None,
) -> LossReport:
    """Write a dataset as HSDS: JSON, or JSON Lines with one object on a line.

    Objects are made and written one by one, so that a large dataset takes no more memory than a
    small one. A file is replaced at once, when all is written.

    Parameters
    ----------
    data
        What to write.
    target
        Path, or a binary stream open for writing.
    version
        Version of HSDS: 3.0 or 3.1.
    strict
        Whether to refuse, and write no file, when something does not travel.
    lines
        Whether to write JSON Lines; by default when the suffix is ``.jsonl`` or ``.ndjson``.

    Raises
    ------
    LossError
        When strict and something did not travel.
    ValueError
        When the version is none that is written.
    OSError
        When the file cannot be written; the old one is whole.

    Examples
    --------
    >>> import citess, io
    >>> stream = io.BytesIO()
    >>> losses = write_hsds(citess.datasets.tunisia(), stream, lines=True)
    >>> stream.seek(0)
    0
    >>> data, report = read_hsds(stream, lines=True)
    >>> len(data.partners)
    56
    """
    check_version(version)
    losses = Losses(FORMAT)
    is_lines = _is_lines(target) if lines is None else lines
    if strict and not isinstance(target, str | os.PathLike):
        to_hsds(data, version=version, strict=True)
    pieces = _lines if is_lines else _document
    write_pieces(target, _all_told(pieces(data, version, losses), losses, strict=strict))
    return losses.report()


def _all_told(pieces: Iterator[bytes], losses: Losses, *, strict: bool) -> Iterator[bytes]:
    """Give the pieces; when all are given, refuse if strict, before a file is replaced."""
    yield from pieces
    losses.report(strict=strict)


def _lines(data: Dataset, version: Version, losses: Losses) -> Iterator[bytes]:
    _, objects = given_objects(data, version, losses)
    for _, content in objects:
        yield _encode(content) + b"\n"


def _document(data: Dataset, version: Version, losses: Losses) -> Iterator[bytes]:
    layout, objects = given_objects(data, version, losses)
    if layout.is_read:
        document, _ = to_hsds(data, version=version)
        for _ in objects:
            continue
        yield _encode(document) + b"\n"
        return
    yield b'{"version":' + _encode(version)
    for entity, group in groupby(objects, itemgetter(0)):
        yield b",\n" + _encode(plural(entity)) + b":["
        start = b"\n"
        for _, content in group:
            yield start + _encode(content)
            start = b",\n"
        yield b"]"
    yield b"}\n"


def read_hsds(
    source: Source,
    *,
    strict: bool = False,
    lines: bool | None = None,
    max_bytes: int = MAX_BYTES,
) -> tuple[Dataset, ImportReport]:
    """Read HSDS from a file, a stream or the folder of a data package.

    Parameters
    ----------
    source
        Path of a file or folder, or a stream open for reading.
    strict
        Whether to refuse what the standard does not allow, instead of reporting it.
    lines
        Whether it is JSON Lines; by default when the suffix is ``.jsonl`` or ``.ndjson``.
    max_bytes
        Largest document to look at.

    Raises
    ------
    ReadError
        When it is no document of HSDS, or strict and not allowed.
    IntegrityError
        When records of the CitESS profile do not fit together.
    OSError
        When the file cannot be read.
    """
    if isinstance(source, str | os.PathLike) and Path(source).is_dir():
        return read_hsds_package(source, strict=strict)
    content = content_of(source, max_bytes)
    if not (_is_lines(source) if lines is None else lines):
        tree = parsed(content, max_bytes)
        return from_hsds(tree, strict=strict)  # type: ignore[arg-type]  # it is checked there
    roots = _roots(content, max_bytes)
    return assembled(Layout("lists"), roots, (), said_by, strict=strict)


def _roots(content: bytes | str, max_bytes: int) -> list[Root]:
    roots: list[Root] = []
    lines: list[bytes | str] = []
    lines += content.split("\n") if isinstance(content, str) else content.split(b"\n")
    for n, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            document = plain_document(parsed(line, max_bytes))
        except ReadError as error:
            issues = tuple(issue.at(f"line {n}") for issue in error.report)
            raise ReadError(Report(issues)) from None
        _, found = opened(document, f"line {n}")
        roots += found
    return roots


def _is_lines(place: Source | Target) -> bool:
    return isinstance(place, str | os.PathLike) and Path(place).suffix in _LINES
