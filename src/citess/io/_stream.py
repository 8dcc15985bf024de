"""Documents of other formats, read from and written to files and streams."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, Final, TextIO

from citess.errors import ReadError, Report
from citess.io._file import write_atomically
from citess.io._given import check_source
from citess.io._layout import MAX_BYTES
from citess.io._parse import parse

Source = str | os.PathLike[str] | BinaryIO | TextIO
Target = str | os.PathLike[str] | BinaryIO

_MARK: Final = b"\xef\xbb\xbf"


def content_of(source: Source, max_bytes: int = MAX_BYTES) -> bytes | str:
    """Read a file or stream whole, without a byte order mark of UTF-8.

    Raises
    ------
    OSError
        When the file cannot be read.
    TypeError
        When it is neither a path nor a stream.
    """
    check_source(source)
    if isinstance(source, str | os.PathLike):
        with Path(source).open("rb") as stream:
            content: bytes | str = stream.read(max_bytes + 1)
    else:
        content = source.read(max_bytes + 1)
    if isinstance(content, str):
        return content.removeprefix("\ufeff")
    return content.removeprefix(_MARK)


def parsed(content: bytes | str, max_bytes: int = MAX_BYTES) -> object:
    """Read JSON.

    Raises
    ------
    ReadError
        When it is no JSON, or no JSON that every reader reads alike.
    """
    tree, issues = parse(content, max_bytes)
    if issues:
        raise ReadError(Report(tuple(issues)))
    return tree


def write_pieces(target: Target, pieces: Iterable[bytes]) -> None:
    """Write a document piece by piece; a file is replaced at once, when all is written.

    Raises
    ------
    OSError
        When the file cannot be written; the old one is whole.
    """
    if isinstance(target, str | os.PathLike):
        write_atomically(target, pieces)
    else:
        target.writelines(pieces)
