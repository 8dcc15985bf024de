"""Names that never change: version 5 UUIDs made of references."""

from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

NAMESPACE: Final = uuid5(NAMESPACE_URL, "urn:citess")
"""Namespace of every name that citess makes."""


def name_of(ref: str) -> UUID:
    """Give the same UUID for the same reference, everywhere and always.

    Examples
    --------
    >>> name_of("hub:citess-mahdia") == name_of("hub:citess-mahdia")
    True
    """
    return uuid5(NAMESPACE, ref)


def urn_of(ref: str) -> str:
    """Give that name as a URN."""
    return name_of(ref).urn
