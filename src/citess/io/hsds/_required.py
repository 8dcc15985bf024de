"""What HSDS requires and the data lacks, noted record by record and counted beyond a limit."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

from citess.io._told import shelf_of
from citess.io._travel import Losses
from citess.io.hsds._standard import fields_of
from citess.model import Record, Space
from citess.model.shelves import place

MOST_NAMED: Final = 100
"""Records of one class that are named for lacking one field; the others are counted."""

_ADDRESS: Final = "city, state_province, postal_code, country"


class Required:
    """Notes what is lacking.

    Parameters
    ----------
    losses
        The loss report in the making.
    silent
        Whether to note nothing, as when the document is one that was read.
    """

    def __init__(self, losses: Losses, *, silent: bool = False) -> None:
        self.losses = losses
        self._silent = silent
        self._counts: Counter[tuple[str, str]] = Counter()

    def check(self, entity: str, made: Mapping[str, object], record: Record) -> None:
        """Note the required fields that the object of a record lacks."""
        if not self._silent:
            self.check_at(entity, made, shelf_of(record), place(record))

    def check_at(self, entity: str, made: Mapping[str, object], shelf: str, path: str) -> None:
        """Note the required fields that an object at some place lacks."""
        for name, field in fields_of(entity).items():
            if field.required and made.get(name) is None:
                self._lacks(shelf, path, name)

    def lacks_address(self, space: Space) -> None:
        """Note that a street alone makes no address of HSDS."""
        if not self._silent:
            self._lacks(shelf_of(space), place(space), _ADDRESS)

    def _lacks(self, shelf: str, path: str, name: str) -> None:
        self._counts[shelf, name] += 1
        if self._counts[shelf, name] <= MOST_NAMED:
            self.losses.lacks(path, name)

    def close(self) -> None:
        """Note how many more records lack the same."""
        for (shelf, name), count in self._counts.items():
            if count > MOST_NAMED:
                self.losses.lacks(f"{shelf}[]", name, count - MOST_NAMED)
