"""JSON Lines of the native format: for data that are larger than memory, or come as a stream."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, TextIO

from citess.io._layout import MAX_BYTES
from citess.io._lines import as_lines, from_lines, records_of
from citess.io._stream import Source, Target, content_of, write_pieces
from citess.model import Dataset, Record

__all__ = ["read_jsonl", "records", "write_jsonl"]


def write_jsonl(data: Dataset, target: Target) -> None:
    """Write a dataset as JSON Lines: the header, then one record on a line.

    Complete and canonical, as :func:`citess.dumps`: equal datasets give equal bytes.

    Parameters
    ----------
    data
        What to write.
    target
        Path, or a binary stream open for writing.

    Raises
    ------
    OSError
        When the file cannot be written; the old one is whole.

    Examples
    --------
    >>> import citess, io
    >>> stream = io.BytesIO()
    >>> write_jsonl(citess.datasets.tunisia(), stream)
    >>> stream.getvalue().splitlines()[0]
    b'{"format":"citess","schema_version":"1.2"}'
    """
    write_pieces(target, as_lines(data))


def read_jsonl(source: Source, *, fast: bool = True, max_bytes: int = MAX_BYTES) -> Dataset:
    """Read a dataset from JSON Lines, as strictly as :func:`citess.loads`.

    Parameters
    ----------
    source
        Path, or a stream open for reading.
    fast, max_bytes
        As for :func:`citess.loads`.

    Raises
    ------
    ReadError
        When they are not lines of a citess dataset; ``report`` holds every problem.
    IntegrityError
        When each record is sound and they do not fit together.
    OSError
        When the file cannot be read.

    Examples
    --------
    >>> import io
    >>> read_jsonl(io.BytesIO(b'{"format":"citess","schema_version":"1.2"}'))
    Dataset()
    """
    return from_lines(content_of(source, max_bytes), fast=fast, max_bytes=max_bytes)


def records(source: str | os.PathLike[str] | BinaryIO | TextIO) -> Iterator[Record]:
    """Give the records of JSON Lines one by one, in the memory of a few of them.

    Metrics count them as they come, as ``women_share(records("cases.jsonl"))``. Each record is
    checked by itself; whether references resolve can only be told of a whole dataset. Versions
    that others took the place of are left out.

    Parameters
    ----------
    source
        Path, or a stream open for reading.

    Raises
    ------
    ReadError
        At the first lines that are no records, with their faults and places.
    OSError
        When the file cannot be read.

    Examples
    --------
    >>> import citess, io
    >>> stream = io.BytesIO()
    >>> write_jsonl(citess.datasets.synthetic(enterprises=5), stream)
    >>> stream.seek(0)
    0
    >>> sum(isinstance(record, citess.Case) for record in records(stream))
    5
    """
    if isinstance(source, str | os.PathLike):
        with Path(source).open("rb") as stream:
            yield from records_of(stream)
    else:
        yield from records_of(
            line.encode("utf-8", "surrogatepass") if isinstance(line, str) else line
            for line in source
        )
