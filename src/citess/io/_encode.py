"""Canonical JSON: equal datasets give equal bytes."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from operator import attrgetter
from typing import Final, cast

import msgspec

from citess.io._given import check_dataset
from citess.io._layout import PAST, SCHEMA_VERSION, header
from citess.model import Dataset
from citess.model.evidence import Json, Sourced
from citess.model.shelves import Record, shelf_types

_CHUNK: Final = 2_000
_extra: Final = attrgetter("_extra")
_SUPPORT: Final = ("recorded", "superseded", "evidence", "sources")


_encoder: Final = msgspec.json.Encoder(enc_hook=attrgetter("_json"))
"""Writes texts and dates by the plain form that each of them keeps for it."""


def dumps(data: Dataset) -> bytes:
    """Write a dataset as canonical JSON: UTF-8, one record on a line, every field present.

    Equal datasets give equal bytes, in every place, time zone and version of Python. Fields that
    this version did not know when the data was read are written back.

    Examples
    --------
    >>> from citess import Dataset
    >>> dumps(Dataset()).splitlines()[0]
    b'{"format":"citess","schema_version":"1.2",'
    """
    return b"".join(parts(data))


def parts(data: Dataset) -> Iterator[bytes]:
    """Give the canonical document piece by piece.

    Raises
    ------
    TypeError
        When it is no dataset.
    """
    check_dataset(data, "a document")
    yield header(str(data.extra.get("schema_version", SCHEMA_VERSION)))
    for type_, shelf in zip(shelf_types(), data.shelves(), strict=True):
        yield b',\n"' + type_.name.encode() + b'":['
        yield from _lines(shelf.values())
        yield b"]"
    unknown = _unknown(data)
    shelves = [key for key, value in unknown.items() if _is_shelf(value)]
    new = [key for key in shelves if not key.startswith(PAST)]
    for key in new:
        yield b",\n" + _named_value(key, unknown[key])
    for type_ in shelf_types() if data.past else ():
        if old := [record for record in data.past if type(record) is type_.record]:
            yield b',\n"' + f"{PAST}{type_.name}".encode() + b'":['
            yield from _lines(old)
            yield b"]"
    for key in unknown:
        if key not in new:
            yield b",\n" + _named_value(key, unknown[key])
    yield b"}\n"


def _unknown(data: Dataset) -> dict[str, Json]:
    return {key: value for key, value in data.extra.items() if key != "schema_version"}


def _is_shelf(value: object) -> bool:
    """Tell whether a value looks like a shelf of a newer version: a list of records."""
    if not isinstance(value, list | tuple) or not value:
        return False
    return all(isinstance(item, Mapping) for item in cast("list[object]", value))


def _named_value(key: str, value: Json) -> bytes:
    start = _encoder.encode(key) + b":"
    if not _is_shelf(value):
        return start + _encoder.encode(value)
    told = map(_encoder.encode, cast("list[object]", value))
    return start + b"[\n" + b",\n".join(told) + b"]"


def lines(data: Dataset) -> Iterator[bytes]:
    """Give the same as JSON Lines: the header with unknown fields, then one record on a line.

    Records of shelves of a newer version stand on lines of their own too.

    Raises
    ------
    TypeError
        When it is no dataset.
    """
    check_dataset(data, "a document")
    fields = _unknown(data)
    newer = "schema_version" in data.extra
    shelves = {key: fields.pop(key) for key in (*fields,) if newer and _is_shelf(fields[key])}
    rest = b"".join(
        b"," + _encoder.encode(key) + b":" + _encoder.encode(value) for key, value in fields.items()
    )
    yield header(str(data.extra.get("schema_version", SCHEMA_VERSION))) + rest + b"}\n"
    for type_, shelf in zip(shelf_types(), data.shelves(), strict=True):
        yield from _named(type_.name, shelf.values())
    yield from _unknown_rows(shelves, past=False)
    for type_ in shelf_types() if data.past else ():
        old = [record for record in data.past if type(record) is type_.record]
        yield from _named(PAST + type_.name, old)
    yield from _unknown_rows(shelves, past=True)


def _unknown_rows(shelves: Mapping[str, Json], *, past: bool) -> Iterator[bytes]:
    for key, value in shelves.items():
        if key.startswith(PAST) is past:
            start = b"{" + _encoder.encode(key) + b":"
            for item in cast("list[object]", value):
                yield start + _encoder.encode(item) + b"}\n"


def _named(shelf: str, records: Iterable[Record]) -> Iterator[bytes]:
    start = b'{"' + shelf.encode() + b'":'
    waiting = iter(records)
    while chunk := list(islice(waiting, _CHUNK)):
        known = chunk if not any(map(_extra, chunk)) else list(map(_overlaid, chunk))
        told = _encoder.encode_lines(known)[:-1]
        yield start + told.replace(b"\n", b"}\n" + start) + b"}\n"


def encoded(records: Iterable[Record]) -> bytes:
    """Give records one on a line, as they stand in a document."""
    return _encoder.encode_lines(list(records))


def _lines(records: Iterable[Record]) -> Iterator[bytes]:
    start = b"\n"
    waiting = iter(records)
    while chunk := list(islice(waiting, _CHUNK)):
        yield start
        known = chunk if not any(map(_extra, chunk)) else list(map(_overlaid, chunk))
        yield _encoder.encode_lines(known)[:-1].replace(b"\n", b",\n")
        start = b",\n"


def _overlaid(record: Sourced) -> object:
    if not record.extra:
        return record
    return _merge(msgspec.json.decode(_encoder.encode(record)), record.extra)


def _merge(known: object, unknown: Json) -> object:
    if isinstance(known, list) and isinstance(unknown, Mapping):
        items = cast("list[object]", known)
        return [_merge(item, unknown.get(str(n))) for n, item in enumerate(items)]
    if not isinstance(unknown, Mapping):
        return cast("object", known)  # type: ignore[redundant-cast]  # pyright sees list[Unknown]
    fields = cast("dict[str, object]", known)
    merged: dict[str, object] = {
        key: _merge(value, unknown.get(key)) for key, value in fields.items()
    }
    added: dict[str, object] = {key: value for key, value in unknown.items() if key not in fields}
    if not added:
        return merged
    tail = {key: merged.pop(key) for key in _SUPPORT if key in merged}
    return dict(sorted((merged | added).items())) | tail
