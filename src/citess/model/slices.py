"""What held on a day or during a period: which records leave, and of which it is not known."""

from collections.abc import Callable, Collection, Iterable, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Final, Literal, cast, get_args

from attrs import field, frozen

from citess.model.fields import field_types
from citess.model.ids import RecordRef
from citess.model.integrity import named_ids
from citess.model.shelves import Record, Shelves, shelf_types
from citess.model.time import Period

if TYPE_CHECKING:
    from citess.model.dataset import Dataset

Unknown = Literal["include", "exclude", "report"]
"""What to do where the data do not say: count it in, count it out, or keep it apart."""

TIMELESS: Final = frozenset({"observation"})
"""Kinds whose period says what they cover, not when they held."""


def check_unknown(unknown: object) -> None:
    """Check what is to be done with what the data do not say.

    Raises
    ------
    ValueError
        When it is none of three words.
    """
    if unknown not in get_args(Unknown):
        words = ", ".join(map(repr, get_args(Unknown)))
        msg = f"unknown must be one of {words}, not {unknown!r}"
        raise ValueError(msg)


@frozen
class Slice:
    """What held, and the records of which that is not known."""

    data: "Dataset" = field(repr=False)
    """What surely or perhaps held."""

    unknown: tuple[RecordRef, ...]
    """Records that are in the data and perhaps did not hold."""


@frozen
class Held:
    """Ids by kind that surely did not hold, and that perhaps did not."""

    gone: Mapping[str, frozenset[str]]
    """Ids that surely did not hold."""

    unknown: Mapping[str, frozenset[str]]
    """Ids of which it is not known."""


def held(data: Shelves, holds: Callable[[Period], bool | None]) -> Held:
    """Sort the records that have a period by whether it holds."""
    gone: dict[str, frozenset[str]] = {}
    unknown: dict[str, frozenset[str]] = {}
    for type_, shelf in zip(shelf_types(), data.shelves(), strict=True):
        if type_.kind in TIMELESS or "period" not in field_types(type_.record):
            continue
        ended: list[str] = []
        doubtful: list[str] = []
        periods = cast("Iterable[Period | None]", map(attrgetter("period"), shelf.values()))
        for id_, period in zip(shelf, periods, strict=True):
            if period is not None and not (verdict := holds(period)):
                (doubtful if verdict is None else ended).append(id_)
        gone[type_.kind] = frozenset(ended)
        unknown[type_.kind] = frozenset(doubtful)
    return Held(gone, unknown)


def with_users(
    by_kind: Mapping[str, Collection[Record]], gone: Mapping[str, frozenset[str]]
) -> dict[str, set[str]]:
    """Add to ids that leave those of the records that name them, at any remove."""
    leaving = {kind: set(ids) for kind, ids in gone.items() if ids}
    fresh = {kind: set(ids) for kind, ids in leaving.items()}
    while fresh:
        found: dict[str, set[str]] = {}
        for shelf in shelf_types():
            naming = {*named_ids(shelf.record, by_kind[shelf.kind], fresh)}
            if new := naming - leaving.get(shelf.kind, set()):
                found[shelf.kind] = new
        for kind, ids in found.items():
            leaving.setdefault(kind, set()).update(ids)
        fresh = found
    return leaving
