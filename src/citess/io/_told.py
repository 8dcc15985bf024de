"""What a writer for the public tells of a record, and what it must count as left out."""

from collections.abc import Iterable, Mapping
from functools import cache
from operator import attrgetter
from typing import Any, Final, cast

import msgspec
from attrs import fields

from citess.io._given import check_dataset
from citess.io._layout import PAST
from citess.io._travel import Losses
from citess.model import Dataset, Record
from citess.model.evidence import Json, Sourced
from citess.model.fields import field_types
from citess.model.shelves import kinds, shelf_types
from citess.model.unknown import unknown_paths

_NOTE: Final = "note"
_form: Final = attrgetter("_json")


def plain(value: object) -> object:
    """Give a value as the native format holds it, in plain lists, dictionaries and strings."""
    return _listed(msgspec.to_builtins(value, enc_hook=_form))


def _listed(value: object) -> object:
    if isinstance(value, tuple):
        return [_listed(item) for item in cast("tuple[object, ...]", value)]
    if isinstance(value, dict):
        return {key: _listed(item) for key, item in cast("dict[str, object]", value).items()}
    return value


def shelf_of(record: Record) -> str:
    """Name of the shelf of a record: ``"hubs"``."""
    return _shelves()[type(record)]


@cache
def _shelves() -> Mapping[type[Record], str]:
    return {shelf.record: shelf.name for shelf in shelf_types()}


def defaults(cls: type) -> Mapping[str, object]:
    """What each public field of a class holds when nothing is given."""
    return _defaults(cls)


@cache
def _defaults(cls: type) -> Mapping[str, object]:
    return {a.name: a.default for a in fields(cast("Any", cls)) if not a.name.startswith("_")}


def extra_of(record: Sourced) -> Mapping[str, Json]:
    """Fields of a record that its class does not know."""
    return record.extra


def told(record: Record, losses: Losses, kept: str) -> dict[str, object]:
    """Values of a record that may be told: no default, nothing personal, no note.

    Parameters
    ----------
    record
        The record.
    losses
        Where what is withheld is counted.
    kept
        Key of :attr:`extra` under which the format keeps what it read; never counted.
    """
    shelf, cls = f"{shelf_of(record)}[]", type(record)
    given = {name: getattr(record, name) for name in defaults(cls)}
    found = {name: value for name, value in given.items() if value != defaults(cls)[name]}
    for name in [name for name in found if _is_private(cls, name)]:
        del found[name]
        losses.withheld(f"{shelf}.{name}")
    unknown = {key: value for key, value in extra_of(record).items() if key != kept}
    for path in unknown_paths(cls, unknown):
        losses.withheld(f"{shelf}.{path}")
    return found


def _is_private(cls: type, name: str) -> bool:
    return name == _NOTE or field_types(cls)[name].personal


def left_out(data: Dataset, exported: Iterable[type[Record]], kept: str, losses: Losses) -> None:
    """Count what a format leaves out as a whole: classes, past versions, unknown shelves.

    Raises
    ------
    TypeError
        When it is no dataset.
    """
    check_dataset(data, kept)
    taken = set(exported)
    for type_, shelf in zip(shelf_types(), data.shelves(), strict=True):
        if type_.record not in taken:
            losses.lost(f"{type_.name}[]", len(shelf))
    for record in data.past:
        losses.lost(f"{PAST}{shelf_of(record)}[]")
    for key in data.extra:
        if key != kept:
            losses.withheld(key)


def by_kind(data: Dataset) -> dict[str, Mapping[str, Record]]:
    """Records of a dataset by kind and id."""
    return {
        kinds()[type_.record]: cast("Mapping[str, Record]", shelf)
        for type_, shelf in zip(shelf_types(), data.shelves(), strict=True)
    }


def copied(value: object) -> object:
    """Copy plain data, so that what is handed out shares nothing with a record."""
    if isinstance(value, Mapping):
        return {key: copied(item) for key, item in cast("Mapping[str, object]", value).items()}
    if isinstance(value, list | tuple):
        return [copied(item) for item in cast("list[object]", value)]
    return value
