"""Files: read whole, written atomically under a lock."""

import contextlib
import os
import re
import secrets
import stat
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final, TextIO

from filelock import FileLock, Timeout

from citess.errors import LockedError
from citess.io._encode import dumps, lines, parts
from citess.io._given import check_source
from citess.io._layout import MAX_BYTES
from citess.io._lines import from_lines
from citess.io._native import loads
from citess.model import Dataset

DEFAULT_TIMEOUT: Final = 60.0
_LINES: Final = (".jsonl", ".ndjson")
_SUFFIXES: Final = (".json", *_LINES)
_TEMPORARY: Final = re.compile(r"\.(?P<name>.+)\.(?P<pid>\d+)-[0-9a-f]{8}\.citess-tmp")


def load(
    source: str | os.PathLike[str] | BinaryIO | TextIO,
    *,
    fast: bool = True,
    max_bytes: int = MAX_BYTES,
) -> Dataset:
    """Read a dataset from a file or stream.

    Parameters
    ----------
    source
        Path of a ``.json`` or ``.jsonl`` file, or a stream of JSON open for reading.
    fast, max_bytes
        As for :func:`citess.loads`.

    Raises
    ------
    ReadError
        When it is not a citess document; ``report`` holds every problem that can be found.
    IntegrityError
        When each record is sound and they do not fit together.
    ValueError
        When the suffix of the path names no format that citess reads.
    OSError
        When the file cannot be read.
    TypeError
        When it is neither a path nor a stream.
    """
    check_source(source)
    if isinstance(source, str | os.PathLike):
        path = _path(source)
        _regular(path)
        with path.open("rb") as stream:
            read = from_lines if path.suffix in _LINES else loads
            return read(stream.read(max_bytes + 1), fast=fast, max_bytes=max_bytes)
    return loads(source.read(max_bytes + 1), fast=fast, max_bytes=max_bytes)


def save(
    data: Dataset,
    target: str | os.PathLike[str] | BinaryIO,
    *,
    timeout: float = DEFAULT_TIMEOUT,
) -> None:
    """Write a dataset to a file or binary stream.

    A file is replaced at once, when all is written and safe on the disk: a save that fails, or is
    killed at any moment, leaves the old file whole.

    Parameters
    ----------
    data
        What to write.
    target
        Path of a ``.json`` or ``.jsonl`` file, or a binary stream open for writing JSON.
    timeout
        Seconds to wait for another process that edits the file.

    Raises
    ------
    LockedError
        When another process holds the lock of the file for longer.
    ValueError
        When the suffix of the path names no format that citess writes.
    OSError
        When the file cannot be written; the old one is whole.
    """
    if isinstance(target, str | os.PathLike):
        with lock(target, timeout):
            write_atomically(target, pieces_for(target, data))
    else:
        target.write(dumps(data))


def pieces_for(path: str | os.PathLike[str], data: Dataset) -> Iterator[bytes]:
    """Give the document of a dataset piece by piece, as the suffix of a path wants it."""
    return lines(data) if Path(path).suffix in _LINES else parts(data)


def _path(given: str | os.PathLike[str]) -> Path:
    path = Path(given)
    if path.suffix not in _SUFFIXES:
        known = ", ".join(_SUFFIXES)
        msg = f"{os.fspath(path)!r} names no format that citess knows; expected a suffix of {known}"
        raise ValueError(msg)
    return path


def _regular(path: Path) -> None:
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode):
        msg = f"not a file: {os.fspath(path)!r}"
        raise OSError(msg)


@contextmanager
def lock(path: str | os.PathLike[str], timeout: float) -> Generator[None]:
    """Hold the lock of a file, by a hidden file beside it.

    Raises
    ------
    LockedError
        When another process holds it for longer than ``timeout`` seconds.
    """
    real = Path(os.path.realpath(_path(path)))
    held = FileLock(real.with_name(f".{real.name}.lock"), timeout=timeout)
    owner = real.with_name(f".{real.name}.owner")
    try:
        held.acquire()
    except Timeout:
        raise LockedError(os.fspath(path), _owner(owner), timeout) from None
    try:
        owner.write_text(f"process {os.getpid()}", "utf-8")
        _sweep(real)
        yield
    finally:
        owner.unlink(missing_ok=True)
        held.release()


def _owner(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except OSError:
        return "another process"


def write_atomically(path: str | os.PathLike[str], content: Iterable[bytes]) -> None:
    """Write a file beside the old one, make it safe on the disk, and put it in its place."""
    real = Path(os.path.realpath(path))
    mode = _mode(real)
    temporary = real.with_name(f".{real.name}.{os.getpid()}-{secrets.token_hex(4)}.citess-tmp")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        error.filename = os.fspath(path)
        raise
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.writelines(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(mode)
        temporary.replace(real)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    _sync_folder(real.parent)


def _mode(path: Path) -> int:
    try:
        _regular(path)
        return stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _sweep(path: Path) -> None:
    for file in path.parent.glob(".*.citess-tmp"):
        found = _TEMPORARY.fullmatch(file.name)
        if found and found["name"] == path.name:
            with contextlib.suppress(OSError):
                file.unlink()
