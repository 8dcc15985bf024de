"""GeoJSON in files and streams."""

import os
from collections.abc import Iterator
from typing import Final, cast

import msgspec

from citess.io._given import check_dataset
from citess.io._layout import MAX_BYTES
from citess.io._stream import Source, Target, content_of, parsed, write_pieces
from citess.io._travel import ImportReport, Losses, LossReport
from citess.io.geojson._convert import COLLECTION, GeoJson, from_geojson, parts, to_geojson, whole
from citess.io.geojson._write import FORMAT
from citess.model import Dataset

_encode: Final = msgspec.json.Encoder().encode


def write_geojson(data: Dataset, target: Target, *, strict: bool = False) -> LossReport:
    """Write the places and organisations of a dataset as GeoJSON, one feature on a line.

    Features are made and written one by one, so that a large dataset takes no more memory than a
    small one. A file is replaced at once, when all is written.

    Parameters
    ----------
    data
        What to write.
    target
        Path, or a binary stream open for writing.
    strict
        Whether to refuse, and write no file, when something does not travel.

    Raises
    ------
    LossError
        When strict and something did not travel.
    OSError
        When the file cannot be written; the old one is whole.

    Examples
    --------
    >>> import citess, io
    >>> stream = io.BytesIO()
    >>> losses = write_geojson(citess.datasets.tunisia(), stream)
    >>> stream.seek(0)
    0
    >>> data, report = read_geojson(stream)
    >>> len(data.territories)
    59
    """
    losses = Losses(FORMAT)
    if strict and not isinstance(target, str | os.PathLike):
        to_geojson(data, strict=True)
    write_pieces(target, _all_told(data, losses, strict=strict))
    return losses.report()


def _all_told(data: Dataset, losses: Losses, *, strict: bool) -> Iterator[bytes]:
    """Give the pieces; when all are given, refuse if strict, before a file is replaced."""
    yield from pieces(data, losses)
    losses.report(strict=strict)


def pieces(data: Dataset, losses: Losses) -> Iterator[bytes]:
    """Give the document piece by piece.

    Raises
    ------
    TypeError
        When it is no dataset.
    """
    check_dataset(data, FORMAT)
    about = cast("dict[str, object]", data.extra.get(FORMAT, {}))
    if about.get("shape", COLLECTION) != COLLECTION:
        yield _encode(whole(data, losses)) + b"\n"
        return
    members, features, sources = parts(data, losses)
    yield b'{"type":"FeatureCollection"'
    for name, value in members.items():
        yield b",\n" + _encode(name) + b":" + _encode(value)
    yield from _list("features", features)
    first = next(sources, None)
    if first is not None:
        yield from _list("sources", _chained(first, sources))
    yield b"}\n"


def _chained(first: object, others: Iterator[object]) -> Iterator[object]:
    yield first
    yield from others


def _list(name: str, items: Iterator[object]) -> Iterator[bytes]:
    yield b",\n" + _encode(name) + b":["
    start = b"\n"
    for item in items:
        yield start + _encode(item)
        start = b",\n"
    yield b"]"


def read_geojson(source: Source, *, max_bytes: int = MAX_BYTES) -> tuple[Dataset, ImportReport]:
    """Read GeoJSON from a file or stream.

    Parameters
    ----------
    source
        Path, or a stream open for reading.
    max_bytes
        Largest document to look at.

    Raises
    ------
    ReadError
        When it is no GeoJSON; the report holds every fault with its place.
    IntegrityError
        When records of citess do not fit together.
    OSError
        When the file cannot be read.
    """
    tree = parsed(content_of(source, max_bytes), max_bytes)
    return from_geojson(cast("GeoJson", tree))
