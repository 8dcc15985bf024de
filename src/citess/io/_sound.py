"""Records of a foreign document one by one, before they must fit together."""

from collections.abc import Mapping
from typing import Final

from citess.io._strict import converter
from citess.model import Record
from citess.model.shelves import shelf_types

_CLASSES: Final = {shelf.kind: shelf.record for shelf in shelf_types()}


def sound(items: Mapping[tuple[str, str], object]) -> dict[str, dict[str, Record]]:
    """Give the records that are sound, by kind and id; every kind is there.

    Parameters
    ----------
    items
        Objects of the native format, by kind and id.
    """
    found: dict[str, dict[str, Record]] = {kind: {} for kind in _CLASSES}
    for (kind, id_), item in items.items():
        try:
            found[kind][id_] = converter().structure(item, _CLASSES[kind])
        except Exception:  # noqa: BLE001, S112  (whoever reads the document reports it)
            continue
    return found
