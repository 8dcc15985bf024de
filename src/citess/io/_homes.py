"""Of which fields a format has a home; all else is counted."""

from collections.abc import Collection, Mapping
from typing import cast

from citess.io._told import left_out, told
from citess.io._travel import Losses
from citess.model import Dataset, Record
from citess.model.shelves import shelf_types

Homes = Mapping[type[Record], Collection[str]]
"""Fields that a format holds, by class; a class that is missing has no home at all."""


def count_losses(data: Dataset, losses: Losses, homes: Homes, *, kept: str) -> None:
    """Count every value without a home, and everything that is withheld.

    Parameters
    ----------
    data
        What is written.
    losses
        Where to count.
    homes
        Fields that the format holds.
    kept
        Key of the unknown fields that came from this very format and return to it.
    """
    left_out(data, homes, kept, losses)
    for type_, shelf in zip(shelf_types(), data.shelves(), strict=True):
        home = homes.get(type_.record)
        for record in shelf.values():
            for name in told(record, losses, kept):
                if home is not None and name != "id" and name not in home:
                    losses.lost(f"{type_.name}[].{name}")


def kept_of(record: Record, key: str) -> object:
    """What a format kept of a record, among the fields that citess does not know."""
    return cast("Mapping[str, object]", record.extra).get(key)
