"""Older versions of the native format, brought to the present one step by step."""

from collections.abc import Callable, Mapping
from typing import Final

from citess.io._layout import SCHEMA_VERSION

Document = Mapping[str, object]


def _number(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def is_newer(version: str) -> bool:
    """Tell whether a version of the format is newer than the one this library writes.

    Examples
    --------
    >>> is_newer("1.0"), is_newer("1.10")
    (False, True)
    """
    return _number(version) > _number(SCHEMA_VERSION)


def _to_1_1(document: Document) -> dict[str, object]:
    """1.1 adds shelves and fields that may be absent; what 1.0 wrote keeps its meaning."""
    return {**document, "schema_version": "1.1"}


def _to_1_2(document: Document) -> dict[str, object]:
    """1.2 adds when records were written down, and past versions; both may be absent."""
    return {**document, "schema_version": "1.2"}


_STEPS: Final[Mapping[str, Callable[[Document], dict[str, object]]]] = {
    "1.0": _to_1_1,
    "1.1": _to_1_2,
}
"""What makes a document of a version one of the next."""


def migrated(document: Document) -> dict[str, object]:
    """Bring a document to the present version of the format; a newer one is left as it is.

    Examples
    --------
    >>> migrated({"format": "citess", "schema_version": "1.0"})["schema_version"]
    '1.2'
    """
    moved = dict(document)
    while (version := str(moved["schema_version"])) in _STEPS:
        moved = _STEPS[version](moved)
    return moved
