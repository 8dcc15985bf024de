"""Canonical JSON: equal datasets give equal bytes."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Final, cast

import msgspec

from citess.i18n import Text
from citess.io._layout import SCHEMA_VERSION, header
from citess.model import Bound, Dataset, PartialDate
from citess.model.evidence import Json, Sourced
from citess.model.shelves import Record, shelf_types

_CHUNK: Final = 2_000
_SUPPORT: Final = ("evidence", "sources")


def _plain(value: object) -> object:
    if isinstance(value, PartialDate | Bound):
        return str(value)
    if isinstance(value, Text):
        return dict(value.items())
    msg = f"{type(value).__name__} has no form in JSON"
    raise NotImplementedError(msg)


_encoder: Final = msgspec.json.Encoder(enc_hook=_plain)


def dumps(data: Dataset) -> bytes:
    """Write a dataset as canonical JSON: UTF-8, one record on a line, every field present.

    Equal datasets give equal bytes, in every place, time zone and version of Python. Fields that
    this version did not know when the data was read are written back.

    Examples
    --------
    >>> from citess import Dataset
    >>> dumps(Dataset()).splitlines()[0]
    b'{"format":"citess","schema_version":"1.0",'
    """
    return b"".join(parts(data))


def parts(data: Dataset) -> Iterator[bytes]:
    """Give the canonical document piece by piece."""
    yield header(str(data.extra.get("schema_version", SCHEMA_VERSION)))
    for type_, shelf in zip(shelf_types(), data.shelves(), strict=True):
        yield b',\n"' + type_.name.encode() + b'":['
        yield from _lines(shelf.values())
        yield b"]"
    for key, value in data.extra.items():
        if key != "schema_version":
            yield b",\n" + _encoder.encode(key) + b":" + _encoder.encode(value)
    yield b"}\n"


def _lines(records: Iterable[Record]) -> Iterator[bytes]:
    start = b"\n"
    waiting = iter(records)
    while chunk := list(islice(waiting, _CHUNK)):
        yield start + b",\n".join(map(_line, chunk))
        start = b",\n"


def _line(record: Record) -> bytes:
    line = _encoder.encode(record)
    return line if record._extra is None else _encoder.encode(_overlaid(record, line))  # noqa: SLF001  (the one writer of unknown fields)


def _overlaid(record: Sourced, line: bytes) -> object:
    return _merge(msgspec.json.decode(line), record.extra)


def _merge(known: object, unknown: Json) -> object:
    if isinstance(known, list) and isinstance(unknown, Mapping):
        items = cast("list[object]", known)
        return [_merge(item, unknown.get(str(n))) for n, item in enumerate(items)]
    if not (isinstance(known, dict) and isinstance(unknown, Mapping)):
        return known
    fields = cast("dict[str, object]", known)
    merged = {key: _merge(value, unknown.get(key)) for key, value in fields.items()}
    added = {key: value for key, value in unknown.items() if key not in fields}
    tail = {key: merged.pop(key) for key in _SUPPORT if added and key in merged}
    return {**dict(sorted({**merged, **added}.items())), **tail} if added else merged
