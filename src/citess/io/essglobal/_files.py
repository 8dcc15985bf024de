"""Files of ESSGlobal RDF."""

import os
from pathlib import Path

from citess.io._content import content_of
from citess.io._file import write_atomically
from citess.io._layout import MAX_BYTES
from citess.io._travel import ImportReport, LossReport
from citess.io.essglobal._graph import FORMATS
from citess.io.essglobal._read import from_essglobal
from citess.io.essglobal._write import to_essglobal
from citess.model import Dataset


def read_essglobal(
    path: str | os.PathLike[str], *, max_bytes: int = MAX_BYTES
) -> tuple[Dataset, ImportReport]:
    """Read a file of ESSGlobal RDF, its format by its suffix, as :func:`from_essglobal` does.

    Raises
    ------
    ReadError
        When it is not such a document.
    MissingExtraError
        Without the extra ``rdf``.
    ValueError
        When the suffix names no format that is read.
    OSError
        When the file cannot be read.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in FORMATS:
        msg = f"{os.fspath(path)!r} is no RDF by its name; expected one of {', '.join(FORMATS)}"
        raise ValueError(msg)
    content = content_of(path, max_bytes)
    return from_essglobal(content, format=FORMATS[suffix], max_bytes=max_bytes)


def write_essglobal(  # noqa: PLR0913  (those of to_essglobal)
    data: Dataset,
    path: str | os.PathLike[str],
    *,
    version: str = "1.1",
    base: str | None = None,
    profile: bool = True,
    strict: bool = False,
) -> LossReport:
    """Write a Turtle file of ESSGlobal RDF, as :func:`to_essglobal` does.

    Raises
    ------
    LossError
        When strict and something did not travel; the file is not touched then.
    ValueError
        When there is no such version, or the base is no web address.
    OSError
        When the file cannot be written; an old one is whole.
    """
    document, losses = to_essglobal(
        data, version=version, base=base, profile=profile, strict=strict
    )
    write_atomically(path, [document.encode()])
    return losses
