"""The fast path: decode straight into the classes, then prove that nothing was lost."""

import gc
import threading
import types
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from itertools import chain
from operator import attrgetter
from typing import Final, Literal, cast

import msgspec
from attrs import field, make_class

from citess.errors import InvalidValueError
from citess.i18n import Text
from citess.io._encode import parts
from citess.io._layout import FORMAT, HEADER, MAX_INTEGER, SCHEMA_VERSION
from citess.model import Bound, Dataset, PartialDate
from citess.model.evidence import Json
from citess.model.fields import field_types, is_domain_class, value_issue
from citess.model.integrity import check
from citess.model.shelves import Record, shelf_types

Outcome = Literal["proven", "unproven", "fault"]


def prove(content: bytes) -> tuple[Outcome, Dataset | None]:
    """Read a canonical document of this version quickly, or say why that cannot be done.

    *proven*: the dataset is what the careful path would give, since all rules hold and writing it
    gives the same bytes. *unproven*: readable, but something would be lost or is written otherwise.
    *fault*: something is wrong. Only a proven reading gives a dataset.
    """
    with _collector_paused():
        try:
            document = _decoder().decode(content)
        except (msgspec.MsgspecError, UnicodeError, RecursionError, InvalidValueError):
            return "fault", None
        if attrgetter(*HEADER)(document) != (FORMAT, SCHEMA_VERSION):
            return "unproven", None
        shelves = [cast("tuple[Record, ...]", getattr(document, s.name)) for s in shelf_types()]
        records = tuple(chain.from_iterable(shelves))
        if any(map(_breaks_rule, shelves, (shelf.record for shelf in shelf_types()))):
            return "fault", None
        if not check(records).ok:
            return "fault", None
        none: dict[str, Json] = {}
        data = Dataset._proven(records, none)  # noqa: SLF001  (proven here, by the same rules)
        return ("proven", data) if _same(content, parts(data)) else ("unproven", None)


def _same(content: bytes, written: Iterable[bytes]) -> bool:
    place = 0
    view = memoryview(content)
    for part in written:
        if view[place : place + len(part)] != part:
            return False
        place += len(part)
    return place == len(content)


def _decoder() -> msgspec.json.Decoder[object]:
    fields = {name: field(type=str) for name in HEADER}
    fields |= {shelf.name: field(type=_many(shelf.record)) for shelf in shelf_types()}
    dates: dict[str, PartialDate] = {}
    bounds: dict[str, Bound] = {}

    def value(kind: type, given: object) -> object:
        if kind is Text and isinstance(given, dict):
            return Text(cast("dict[str, str]", given))
        if not isinstance(given, str):
            raise TypeError(given)
        if kind is PartialDate:
            return dates.get(given) or dates.setdefault(given, PartialDate(given))
        return bounds.get(given) or bounds.setdefault(given, Bound(given))

    return msgspec.json.Decoder(make_class("Document", fields, slots=True), dec_hook=value)


def _many(record: type[Record]) -> type:
    return cast("type", types.GenericAlias(tuple, (record, ...)))


def _breaks_rule(items: Collection[object], cls: type) -> bool:
    for name, type_ in field_types(cls).items():
        got = [value for value in map(attrgetter(name), items) if value is not None]
        if type_.many:
            tuples = cast("list[tuple[object, ...]]", got)
            if any(len(set(many)) < len(many) for many in tuples if len(many) > 1):
                return True
            got = list(chain.from_iterable(tuples))
        if is_domain_class(type_.kind):
            if got and _breaks_rule(got, type_.python):
                return True
        elif type_.kind is int:
            if any(abs(n) > MAX_INTEGER for n in cast("list[int]", got)):
                return True
        elif type_.python in {str, Decimal} and any(value_issue(type_.kind, v) for v in set(got)):
            return True
    return False


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Pause the cyclic collector, which is slow on many new objects, for all threads that ask."""
    with _pausing:
        _pauses.append(gc.isenabled())
        gc.disable()
    try:
        yield
    finally:
        with _pausing:
            was_enabled = _pauses.pop()
            if _pauses:
                _pauses[0] = _pauses[0] or was_enabled
            elif was_enabled:
                gc.enable()


_pausing: Final = threading.Lock()
_pauses: Final[list[bool]] = []
