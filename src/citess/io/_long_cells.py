"""Cells longer than the csv module reads by itself."""

import csv
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

_LONGEST_CELL: Final = 1 << 24


@contextmanager
def long_cells() -> Generator[None]:
    """Read cells of up to 16 million characters meanwhile; the limit is one of the process."""
    limit = csv.field_size_limit(_LONGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(limit)
