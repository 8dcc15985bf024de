"""Entry point: exit codes, streams, interruptions."""

import os
import sys
from collections.abc import Callable, Sequence
from typing import Final, NoReturn

from citess._version import __version__
from citess.errors import CitessError, MissingExtraError

FINE: Final = 0
PROBLEMS: Final = 1
USAGE: Final = 2
INPUT_OUTPUT: Final = 3
INTERRUPTED: Final = 130


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and leave with its exit code.

    0 fine, 1 problems in the data, 2 wrong usage, 3 input or output failed, 130 interrupted.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    sys.exit(run(given))


def run(given: list[str]) -> int:
    """Run the command line and return its exit code."""
    _speak_utf8()
    return _guarded(_version if given == ["--version"] else lambda: _execute(given))


def _execute(given: list[str]) -> int:
    try:
        from citess.cli._commands import execute  # noqa: PLC0415  (needs the extra)
    except ImportError:
        error = MissingExtraError("the command line", "cli")
        _complain(str(error))
        return USAGE
    return execute(given)


def _version() -> int:
    sys.stdout.write(f"citess {__version__}\n")
    return FINE


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _guarded(command: Callable[[], int]) -> int:
    try:
        code = command()
        if sys.stdout is not None:  # pyright: ignore[reportUnnecessaryComparison]  (closed before the start)
            sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _silence()
        return FINE
    except CitessError as error:
        _complain(str(error))
        return PROBLEMS
    except (OSError, ValueError) as error:
        _complain(_sentence(error))
        return INPUT_OUTPUT
    return code


def _sentence(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror and error.filename:
        return f"{error.filename}: {error.strerror}"
    return str(error)


def _silence() -> None:
    """Let no later flush of a pipe that nobody reads any more raise again."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _complain(text: str) -> None:
    if sys.stderr is not None:  # pyright: ignore[reportUnnecessaryComparison]  (closed before the start)
        sys.stderr.write(f"{text}\n")
