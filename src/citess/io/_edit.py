"""Editing a file under its lock: read, change, write, and no update is lost."""

import os
from collections.abc import Generator
from contextlib import contextmanager

from citess.io._file import load, lock, pieces_for, write_atomically
from citess.model import Dataset

DEFAULT_TIMEOUT = 60.0


class Box:
    """What :func:`edit` gives: put the new dataset into :attr:`data`."""

    __slots__ = ("data",)
    data: Dataset
    """Dataset to write when the block ends."""

    def __init__(self, data: Dataset) -> None:
        self.data = data

    def __repr__(self) -> str:
        return f"Box({self.data!r})"


@contextmanager
def edit(path: str | os.PathLike[str], *, timeout: float = DEFAULT_TIMEOUT) -> Generator[Box]:
    """Hold the lock of a file over reading, changing and writing it.

    The file is written when the block ends without an exception and the dataset has changed;
    otherwise it stays as it was.

    Parameters
    ----------
    path
        File to edit.
    timeout
        Seconds to wait for another process that edits it.

    Raises
    ------
    LockedError
        When another process holds the lock for longer.
    ReadError, IntegrityError, OSError
        As :func:`citess.load` and :func:`citess.save`.

    Examples
    --------
    >>> import citess, pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "hubs.json")
    ...     citess.save(citess.Dataset(), path)
    ...     with citess.edit(path) as box:
    ...         box.data = box.data.add(
    ...             citess.Service(id="advice", kind="advice", name=citess.Text(fr="Conseil"))
    ...         )
    ...     citess.load(path)
    Dataset(services=1)
    """
    with lock(path, timeout):
        box = Box(load(path))
        before = box.data
        yield box
        if box.data != before:
            write_atomically(path, pieces_for(path, box.data))
