"""What readers and writers are given."""

import os

from citess.model import Dataset


def check_dataset(given: object, format: str) -> None:  # noqa: A002  (the word of the field)
    """Refuse what is no dataset.

    Raises
    ------
    TypeError
        When it is none.
    """
    if not isinstance(given, Dataset):
        msg = f"{format} is made of a Dataset, not of {type(given).__name__}"
        raise TypeError(msg)


def check_source(given: object) -> None:
    """Refuse what is neither a path nor a stream.

    Raises
    ------
    TypeError
        When it is neither.
    """
    if not isinstance(given, str | os.PathLike) and not callable(getattr(given, "read", None)):
        what = type(given).__name__
        msg = f"source is the path of a file or a stream open for reading, not {what}"
        raise TypeError(msg)


def check_text(given: object) -> None:
    """Refuse what is neither text nor bytes.

    Raises
    ------
    TypeError
        When it is neither.
    """
    if not isinstance(given, str | bytes):
        msg = f"document is text or bytes, not {type(given).__name__}"
        raise TypeError(msg)
