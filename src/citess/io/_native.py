"""The native format in memory."""

from citess.io._careful import structure
from citess.io._encode import dumps
from citess.io._fast import prove
from citess.io._layout import MAX_BYTES
from citess.io._parse import parse
from citess.model import Dataset

__all__ = ["dumps", "loads"]


def loads(content: bytes | str, *, fast: bool = True, max_bytes: int = MAX_BYTES) -> Dataset:
    """Read a dataset from its native JSON.

    Strict: nothing is coerced, dropped or overwritten. Fields of a newer minor version of the
    format are kept and written back; a newer major version is refused.

    Parameters
    ----------
    content
        The document, as UTF-8 bytes or a string.
    fast
        Whether to try the fast path first; it changes the time taken, never the result.
    max_bytes
        Largest document to look at.

    Raises
    ------
    ReadError
        When it is not a citess document; ``report`` holds every problem that can be found.
    IntegrityError
        When each record is sound and they do not fit together.

    Examples
    --------
    >>> loads('{"format":"citess","schema_version":"2.0"}')
    Traceback (most recent call last):
    ...
    citess.errors._exceptions.ReadError: 1 issue
    schema_version: '2.0' was written by a newer citess with another major version of the format; \
expected version 1.2 or older: update citess to read this file [newer-major]
    """
    if fast and len(content) <= max_bytes:
        data = _fast(content)
        if data is not None:
            return data
    tree, issues = parse(content, max_bytes)
    return structure(tree, tuple(issues))


def _fast(content: bytes | str) -> Dataset | None:
    try:
        encoded = content.encode() if isinstance(content, str) else content
    except UnicodeEncodeError:
        return None
    return prove(encoded)[1]
