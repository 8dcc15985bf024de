"""A sign of life on a terminal when work takes longer than a second."""

import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

PATIENCE: Final = 1.0


@contextmanager
def working(file: str, patience: float = PATIENCE) -> Generator[None]:
    """Show on the error stream, after a while, that a file is read; nothing off a terminal."""
    console = Console(stderr=True)
    if not (sys.stderr and console.is_terminal):
        yield
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    bar = Progress(*columns, console=console, transient=True)
    bar.add_task(file, total=None)
    timer = threading.Timer(patience, bar.start)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        bar.stop()
