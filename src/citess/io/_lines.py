"""JSON Lines of the native format: the header, then one record on a line."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, islice
from operator import itemgetter
from typing import Final, cast

import msgspec

from citess.errors import IntegrityError, Issue, ReadError, Report
from citess.io._careful import structure_record
from citess.io._encode import lines
from citess.io._fast import prove_records
from citess.io._layout import FORMAT, HEADER, MAX_BYTES, PAST, SCHEMA_VERSION
from citess.io._migrate import is_newer, migrated
from citess.io._native import loads
from citess.io._parse import parse
from citess.io._strict import wrong_type
from citess.model import Dataset, Record
from citess.model.privacy import withhold
from citess.model.shelves import shelf_types

__all__ = ["as_lines", "from_lines", "records_of"]

_RECORDS: Final = {shelf.name: shelf.record for shelf in shelf_types()}
_SHELVES: Final = tuple(name for shelf in _RECORDS for name in (shelf, PAST + shelf))
_CHUNK: Final = 2_000
_LONGEST: Final = 1 << 26
_NAME: Final = re.compile(rb'\{"([a-z_]{1,40})":')
_decode: Final = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode

as_lines = lines

Line = tuple[int, bytes]
Told = tuple[int, str, bytes]
"""Number of a line, shelf of its record, and the record."""


def from_lines(content: bytes | str, *, fast: bool = True, max_bytes: int = MAX_BYTES) -> Dataset:
    """Read a dataset from JSON Lines that are in memory.

    Raises
    ------
    ReadError
        When they are not lines of a citess dataset; ``report`` holds every problem.
    IntegrityError
        When each record is sound and they do not fit together.
    """
    if len(content) > max_bytes:
        size = f"{len(content)} bytes"
        raise _refusal(Issue.of("too-large", "", size, limit=f"{max_bytes} bytes"))
    raw = _encoded(content) if isinstance(content, str) else content
    faults: list[Issue] = []
    given = _numbered(raw.split(b"\n"))
    header = _header(given)
    found: defaultdict[str, list[bytes]] = defaultdict(list)
    newer = _is_newer(header)
    for _, shelf, record in _told(given, faults, newer=newer):
        found[shelf].append(record)
    document = _document(header, found)
    if not faults:
        return loads(document, fast=fast, max_bytes=2 * max_bytes)
    try:
        loads(document, fast=fast, max_bytes=2 * max_bytes)
    except ReadError as error:
        faults += error.report
    except IntegrityError:
        pass  # what is missing may stand on a line that could not be read
    raise ReadError(Report(tuple(map(withhold, faults))))


def _encoded(content: str) -> bytes:
    try:
        return content.encode()
    except UnicodeEncodeError as error:
        raise _refusal(Issue.of("surrogate", "", content[error.start])) from None


def _document(header: bytes, found: Mapping[str, list[bytes]]) -> bytes:
    """Give the canonical document of records as they stand on their lines."""
    known, extra = _parted(header)
    shelves = [known]
    for name in _RECORDS:
        items = found.get(name)
        body = b"\n" + b",\n".join(items) if items else b""
        shelves.append(b'"' + name.encode() + b'":[' + body + b"]")
    shelves += [
        b'"' + name.encode() + b'":[\n' + b",\n".join(found[name]) + b"]"
        for name in _SHELVES
        if name.startswith(PAST) and name in found
    ]
    extra += [
        b'"' + name.encode() + b'":[\n' + b",\n".join(items) + b"]"
        for name, items in found.items()
        if name not in _SHELVES
    ]
    return b"{" + b",\n".join([*shelves, *extra]) + b"}\n"


def _parted(header: bytes) -> tuple[bytes, list[bytes]]:
    """Format and version, and what else the header says."""
    fields = _decode(header)
    known = [b'"' + k.encode() + b'":' + bytes(fields.pop(k)) for k in HEADER if k in fields]
    return b",".join(known), [
        msgspec.json.encode(key) + b":" + bytes(value) for key, value in fields.items()
    ]


def records_of(stream: Iterable[bytes]) -> Iterator[Record]:
    """Give the records of JSON Lines one by one, from lines that are read as they are needed.

    Records of shelves of a newer version, of which no class is known, are left out.

    Raises
    ------
    ReadError
        At the first lines that are no records, with their faults.
    """
    given = _numbered(stream)
    header = _header(given)
    fields, _ = parse(header)
    version = cast("dict[str, object]", fields)["schema_version"]
    faults: list[Issue] = []
    told = _told(given, faults, newer=is_newer(cast("str", version)))
    for shelf, run in groupby(told, itemgetter(1)):
        while chunk := list(islice(run, _CHUNK)):
            if faults:
                break
            if shelf in _RECORDS:
                yield from _records(shelf, chunk, cast("str", version))
    if faults:
        raise ReadError(Report(tuple(map(withhold, faults))))


def _records(shelf: str, chunk: list[Told], version: str) -> list[Record]:
    cls = _RECORDS[shelf]
    if version == SCHEMA_VERSION:
        proven = prove_records(cls, [record for _, _, record in chunk])
        if proven is not None:
            return proven
    faults: list[Issue] = []
    found: list[Record] = []
    for n, _, raw in chunk:
        tree, issues = _parsed(raw)
        faults += [issue.at(f"{shelf}[line {n}]") for issue in issues]
        document = migrated({"format": FORMAT, "schema_version": version, shelf: [tree]})
        (item,) = cast("list[object]", document[shelf])
        record, problems = structure_record(item, cls)
        faults += [withhold(issue.at(f"{shelf}[line {n}]")) for issue in problems]
        if record is not None:
            found.append(record)
    if faults:
        raise ReadError(Report(tuple(map(withhold, faults))))
    return found


def _numbered(stream: Iterable[bytes]) -> Iterator[Line]:
    for n, line in enumerate(stream, start=1):
        text = line.strip(b" \t\r\n")
        if text:
            yield n, text


def _header(given: Iterator[Line]) -> bytes:
    """First line, which says what the others are."""
    n, line = next(given, (1, b""))
    if not line:
        raise _refusal(Issue.of("unknown-format", "line 1", ""))
    tree, issues = _parsed(line)
    place = f"line {n}"
    if not issues and not isinstance(tree, dict):
        issues = [wrong_type(tree, "an object").issue]
    fields = cast("dict[str, object]", tree) if isinstance(tree, dict) else {}
    if not issues and any(name in fields for name in _SHELVES):
        issues = [Issue.of("unknown-format", "format", fields.get("format"))]
    if not issues:
        try:
            loads(line)
        except ReadError as error:
            issues = list(error.report)
    if issues:
        raise ReadError(Report(tuple(withhold(issue).at(place) for issue in issues)))
    return line


def _is_newer(header: bytes) -> bool:
    fields, _ = parse(header)
    return is_newer(cast("dict[str, str]", fields)["schema_version"])


def _told(given: Iterable[Line], faults: list[Issue], *, newer: bool) -> Iterator[Told]:
    """Records with their shelves, in a newer version also unknown ones; others are faults."""
    for n, line in given:
        matched = _NAME.match(line)
        fields = _fields(line)
        name = matched[1].decode() if matched else ""
        unknown = newer and name not in HEADER
        if matched and list(fields) == [name] and (name in _SHELVES or unknown):
            record = bytes(fields[name])
            if len(record) + len(matched[0]) + 1 == len(line):
                yield n, name, record
                continue
        faults += [issue.at(f"line {n}") for issue in _careful(line)]
        if fields and len(fields) == 1 and (name := next(iter(fields))) in _SHELVES:
            yield n, name, bytes(fields[name])


def _parsed(line: bytes, limit: int = MAX_BYTES) -> tuple[object, list[Issue]]:
    """What a line holds, and what is wrong with it; nothing when it is no JSON."""
    try:
        return parse(line, limit)
    except ReadError as error:
        return None, list(error.report)


def _fields(line: bytes) -> dict[str, msgspec.Raw]:
    """Fields of a line with their values unread; none when it cannot be read."""
    try:
        if not line.isascii():
            line.decode()
        return _decode(line)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return {}


def _careful(line: bytes) -> list[Issue]:
    """What is wrong with a line, if anything."""
    tree, issues = _parsed(line, _LONGEST)
    if tree is None and issues:
        return issues
    if not isinstance(tree, dict):
        return [*issues, wrong_type(tree, "an object").issue]
    fields = cast("dict[str, object]", tree)
    names = [name for name in fields if name not in _SHELVES]
    codes = ", ".join(_RECORDS)
    issues += [Issue.of("unknown-table", "", name, codes=codes) for name in names]
    if not issues and len(fields) != 1:
        issues.append(
            Issue.of(
                "wrong-type",
                "",
                fields,
                given_type="no record",
                expected_type="one record on a line",
            )
        )
    return issues


def _refusal(issue: Issue) -> ReadError:
    return ReadError(Report((issue,)))
