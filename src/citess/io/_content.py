"""Whole files, read up to a limit."""

import os
from pathlib import Path


def content_of(path: str | os.PathLike[str], max_bytes: int) -> bytes:
    """Read a file, and at most one byte more than the limit, so that the reader can tell.

    Raises
    ------
    OSError
        When it cannot be read.
    """
    with Path(path).open("rb") as stream:
        return stream.read(max_bytes + 1)
