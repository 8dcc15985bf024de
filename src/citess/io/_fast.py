"""The fast path: decode straight into the classes, then prove that nothing was lost."""

import gc
import threading
import types
from collections.abc import Callable, Collection, Generator, Iterable
from contextlib import contextmanager
from functools import cache
from itertools import chain
from operator import attrgetter
from typing import Final, Literal, cast

import msgspec
from attrs import field, make_class

from citess.errors import InvalidValueError
from citess.i18n import Term, Text
from citess.io._encode import encoded, parts
from citess.io._layout import FORMAT, HEADER, MAX_INTEGER, PAST, SCHEMA_VERSION
from citess.model import Bound, Dataset, PartialDate
from citess.model.evidence import Json
from citess.model.fields import FieldType, field_types, is_domain_class, value_issue
from citess.model.ids import is_id
from citess.model.integrity import check
from citess.model.rules import id_rule, rule_of
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
        past = [cast("tuple[Record, ...]", getattr(document, PAST + s.name)) for s in shelf_types()]
        if any(map(_breaks_rule, past, (shelf.record for shelf in shelf_types()))):
            return "fault", None
        none: dict[str, Json] = {}
        data = Dataset._proven(records, none, chain.from_iterable(past))  # noqa: SLF001  (proven here, by the same rules)
        return ("proven", data) if _same(content, parts(data)) else ("unproven", None)


def prove_records(cls: type[Record], lines: list[bytes]) -> list[Record] | None:
    """Read records of a class quickly, each on its line; ``None`` when that is not proven.

    Proven is what the careful path would give of each by itself, not that they fit together.
    """
    with _collector_paused():
        try:
            found = _line_decoder(cls.__name__).decode(b"[" + b",".join(lines) + b"]")
        except (msgspec.MsgspecError, UnicodeError, RecursionError, InvalidValueError):
            return None
        if _breaks_rule(found, cls) or encoded(found) != b"\n".join(lines) + b"\n":
            return None
        return found


@cache
def _line_decoder(name: str) -> "msgspec.json.Decoder[list[Record]]":
    cls = next(shelf.record for shelf in shelf_types() if shelf.record.__name__ == name)
    many = cast("type[list[Record]]", types.GenericAlias(list, (cls,)))
    return msgspec.json.Decoder(many, dec_hook=_values())


def _same(content: bytes, written: Iterable[bytes]) -> bool:
    place = 0
    view = memoryview(content)
    for part in written:
        if bytes(view[place : place + len(part)]) != part:
            return False
        place += len(part)
    return place == len(content)


def _decoder() -> msgspec.json.Decoder[object]:
    types_ = dict.fromkeys(HEADER, str) | {s.name: _many(s.record) for s in shelf_types()}
    past = {PAST + s.name: _many(s.record) for s in shelf_types()}
    fields = {name: field(type=type_) for name, type_ in types_.items()}
    fields |= {name: field(type=type_, default=()) for name, type_ in past.items()}
    document = make_class("Document", fields)
    document.__annotations__ = types_ | past
    return msgspec.json.Decoder(document, dec_hook=_values())


def _values() -> Callable[[type, object], object]:
    """Makes values that are written as strings, each of them once."""
    known: dict[type, dict[str, object]] = {PartialDate: {}, Bound: {}}

    def value(kind: type, given: object) -> object:
        if kind is Text:
            return Text(cast("dict[str, str]", given))
        try:
            return known[kind][cast("str", given)]
        except KeyError:
            return known[kind].setdefault(cast("str", given), kind(given))

    return value


def _many(record: type[Record]) -> type:
    return cast("type", types.GenericAlias(tuple, (record, ...)))


def _breaks_rule(items: Collection[object], cls: type) -> bool:
    return any(
        _is_broken(list(map(attrgetter(name), items)), type_)
        for name, type_ in field_types(cls).items()
        if items and (type_.many or type_.python not in _PROVEN_BY_DECODING)
    )


def _is_broken(got: list[object], type_: FieldType) -> bool:  # noqa: PLR0911  (one answer for each kind)
    if is_domain_class(type_.kind):
        found = got
        if type_.many:
            tuples = [many for many in cast("list[tuple[object, ...]]", got) if many]
            if any(len(set(many)) < len(many) for many in tuples if len(many) > 1):
                return True
            found = list(chain.from_iterable(tuples))
        return _breaks_rule([one for one in found if one is not None], type_.python)
    distinct = set(got) - {None}
    if type_.many:
        tuples_ = cast("set[tuple[object, ...]]", distinct)
        if any(len(set(many)) < len(many) for many in tuples_):
            return True
        distinct = set(chain.from_iterable(tuples_))
    if type_.kind is int:
        return any(abs(n) > MAX_INTEGER for n in cast("set[int]", distinct))
    if type_.python in _PROVEN_BY_DECODING:
        return False
    if rule_of(type_.kind) is id_rule:
        return not all(map(is_id, cast("set[str]", distinct)))
    return any(value_issue(type_.kind, value) for value in distinct)


@contextmanager
def _collector_paused() -> Generator[None]:
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


_PROVEN_BY_DECODING: Final = frozenset({Text, PartialDate, Bound, bool, *Term.__subclasses__()})
"""Classes whose constructor, or whose decoder, checks all there is to check."""

_pausing: Final = threading.Lock()
_pauses: Final[list[bool]] = []
