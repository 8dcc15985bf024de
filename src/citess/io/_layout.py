"""Layout of the native format: the header, the shelves, one record on a line."""

from typing import Final

FORMAT: Final = "citess"
"""What every document says it is."""

SCHEMA_VERSION: Final = "1.2"
"""Version of the native format that this library writes: major.minor."""

MAX_BYTES: Final = 1 << 30
"""Largest document read, unless the caller allows more: 1 GiB."""

MAX_DEPTH: Final = 64
"""Deepest nesting read."""

MAX_INTEGER: Final = 2**53
"""Largest integer that every reader of JSON keeps exactly."""

HEADER: Final = ("format", "schema_version")
"""Keys of a document that are no shelf."""


def header(version: str) -> bytes:
    """First line of a document."""
    return f'{{"format":"{FORMAT}","schema_version":"{version}"'.encode()


PAST: Final = "past_"
"""What stands before the name of a shelf, for versions that others took the place of."""
