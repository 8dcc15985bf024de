"""What is looked at before a workbook is parsed: what it is, how large it gets, what it brings."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import Final

from attrs import frozen

from citess.errors import Issue, ReadError, Report

MOST_ENTRIES: Final = 1_000
MOST_BYTES: Final = 200 << 20
MOST_RATIO: Final = 100
MOST_CELLS: Final = 20_000_000

_LETTERS: Final = 26
_DIGITS: Final = 9
_SMALL: Final = 1 << 20
_OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_PASSWORD: Final = "EncryptedPackage".encode("utf-16-le")
_LIMIT: Final = "200 MB"
_ARCHIVES: Final = (".zip", ".xlsx", ".xlsm", ".docx", ".7z", ".gz", ".rar", ".jar")
_MACROS: Final = re.compile(r"vbaProject|macrosheets/|\.bas$", re.IGNORECASE)
_DOCTYPE: Final = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_FAR: Final = re.compile(rb'<c r="([A-Z]{2,3}[0-9]+|[A-Z][0-9]{6,})"')
_ANY: Final = re.compile(rb"""\br\s*=\s*["']\s*([A-Za-z]{1,9}[0-9]+|[0-9]+)\s*["']""")
_COLUMN: Final = re.compile(rb'<c r="([A-Z]+)')
_ROW: Final = re.compile(rb'<row r="([0-9]+)"')
_UNUSUAL: Final = (b":c ", b"<c\t", b"<c\n", b"<c\r", b":row")
_NEAR: Final = 99_999
_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError, LookupError,
)  # fmt: skip
_SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml")


@frozen
class Package:
    """A workbook that has passed the gate."""

    content: bytes
    """The file as it is."""

    parts: Mapping[str, bytes]
    """Its XML parts that hold sheets and say where they are."""


def opened(content: bytes, file: str) -> Package:
    """Let a workbook through that is safe to parse.

    Raises
    ------
    ReadError
        When it is no ``.xlsx``, is protected, holds macros, a document type definition or
        entries with paths that leave it, or unpacks to more than is safe.
    """
    kind = _other_kind(content)
    if kind is not None:
        raise _refusal(kind, file)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = _admitted(archive, len(content), file)
    except ReadError:
        raise
    except _BROKEN as error:
        raise _refusal(Issue.of("not-a-workbook", file, "file", reason=error), file) from None
    if not any(name.startswith("xl/workbook") for name in parts):
        raise _refusal(Issue.of("not-a-workbook", file, "file", reason="no xl/workbook.xml"), file)
    issues = [
        Issue.of("too-large", f"{file}, {name}", "sheet", limit=f"{MOST_CELLS} cells")
        for name, part in parts.items()
        if _SHEET.fullmatch(name) and _cells(part) > MOST_CELLS
    ]
    if issues:
        raise ReadError(Report(tuple(issues)))
    return Package(content, parts)


def _refusal(issue: Issue, file: str) -> ReadError:
    return ReadError(Report((issue if issue.path else issue.at(file),)))


def _other_kind(content: bytes) -> Issue | None:
    if content.startswith(_OLE):
        if _PASSWORD in content[: 1 << 16] or _PASSWORD in content[-(1 << 16) :]:
            return Issue.of("encrypted", "", "file")
        return Issue.of("other-workbook", "", "file", kind=".xls")
    if content.startswith(b"PK") and b"application/vnd.oasis.opendocument" in content[:200]:
        return Issue.of("other-workbook", "", "file", kind=".ods")
    return None


def _admitted(archive: zipfile.ZipFile, size: int, file: str) -> dict[str, bytes]:
    issues = tuple(_directory(archive, size, file))
    if issues:
        raise ReadError(Report(issues))
    return _unpacked(archive, file)


def _directory(archive: zipfile.ZipFile, size: int, file: str) -> Iterator[Issue]:
    entries = archive.infolist()
    total = sum(entry.file_size for entry in entries)
    bomb = len(entries) > MOST_ENTRIES or total > MOST_BYTES
    if bomb or (total > _SMALL and total > MOST_RATIO * max(size, 1)):
        yield Issue.of("zip-bomb", file, f"{total} bytes in {len(entries)} entries", limit=_LIMIT)
    names = [entry.orig_filename for entry in entries]
    for name in dict.fromkeys(names):
        parts = re.split(r"[/\\]", name)
        leaves = ".." in parts or parts[0] == "" or ":" in name or "\0" in name
        if leaves or name.lower().endswith(_ARCHIVES) or names.count(name) > 1:
            yield Issue.of("unsafe-entry", file, name)
        if _MACROS.search(name):
            yield Issue.of("has-macros", file, name)
    if any(entry.flag_bits & 1 for entry in entries):
        yield Issue.of("encrypted", file, "file")
    if any(name.endswith(".bin") and name.startswith("xl/workbook") for name in names):
        yield Issue.of("other-workbook", file, "file", kind=".xlsb")


def _unpacked(archive: zipfile.ZipFile, file: str) -> dict[str, bytes]:
    """Unpack every part within the limits, whatever the directory says, and look for a DTD."""
    parts: dict[str, bytes] = {}
    left = MOST_BYTES
    for entry in archive.infolist():
        with archive.open(entry) as stream:
            part = stream.read(left + 1)
            left -= len(part)
        if left < 0 or len(part) != entry.file_size:
            raise _refusal(Issue.of("zip-bomb", file, entry.filename, limit=_LIMIT), file)
        if not entry.filename.lower().endswith((".xml", ".rels", ".vml")):
            continue
        if _has_dtd(part):
            raise _refusal(Issue.of("has-dtd", file, entry.filename), file)
        if entry.filename == "[Content_Types].xml" and b"macroEnabled" in part:
            raise _refusal(Issue.of("has-macros", file, entry.filename), file)
        parts[entry.filename] = part
    return parts


def _has_dtd(part: bytes) -> bool:
    if part.startswith(_UTF16) or b"\0" in part[:4]:
        part = part.replace(b"\0", b"")
    return b"<!" in part and _DOCTYPE.search(part) is not None


def _cells(part: bytes) -> int:
    """Cells up to the farthest one, which are what a reader makes room for."""
    usual = part.count(b"<c ") == part.count(b'<c r="') and not any(m in part for m in _UNUSUAL)
    far = (_FAR if usual else _ANY).findall(part)
    if usual and not far:
        return _LETTERS * _NEAR
    refs = [(ref.rstrip(b"0123456789"), ref) for ref in {*far, *_ROW.findall(part)}]
    rows = [int(ref[len(letters) :][:_DIGITS] or b"0") for letters, ref in refs]
    columns = [_number(letters) for letters in {*_COLUMN.findall(part), *(ref[0] for ref in refs)}]
    return max(rows, default=1) * max(columns, default=1)


def _number(letters: bytes) -> int:
    found = 0
    for letter in letters.upper():
        found = found * 26 + letter - 64
    return found
