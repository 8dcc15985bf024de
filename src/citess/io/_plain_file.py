"""Documents of the native format in files of any name, for those who named the format."""

from citess.io._encode import parts
from citess.io._layout import MAX_BYTES
from citess.io._native import loads
from citess.io._stream import Source, Target, content_of, write_pieces
from citess.model import Dataset


def read_json(source: Source) -> Dataset:
    """Read a document, as :func:`citess.load` does, whatever the name of the file.

    Raises
    ------
    ReadError, IntegrityError, OSError
        As :func:`citess.load`.
    """
    return loads(content_of(source, MAX_BYTES))


def write_json(data: Dataset, target: Target) -> None:
    """Write a document, as :func:`citess.save` does, whatever the name of the file.

    Raises
    ------
    OSError
        When the file cannot be written; the old one is whole.
    """
    write_pieces(target, parts(data))
