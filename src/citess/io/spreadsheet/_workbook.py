"""Tables of a workbook."""

import io
import re
from collections.abc import Iterator, Mapping
from posixpath import join, normpath
from typing import Final
from xml.etree import ElementTree as ET
from xml.sax.saxutils import unescape

from citess.errors import Issue, MissingExtraError, ReadError, Report, Severity
from citess.io.spreadsheet._gate import Package, opened
from citess.io.spreadsheet._table import Table, cell_name

_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL: Final = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_REF: Final = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_SINCE_1904: Final = re.compile(rb"""\bdate1904\s*=\s*["'](?:1|true|on)["']""")
_FOUR_YEARS: Final = 1462
"""Days from the beginning of 1900 to that of 1904, as spreadsheets count."""

_ERROR: Final = re.compile(rb"""\bt=["']e["']""")
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f\b")
_VALUE: Final = re.compile(rb"<(?:\w+:)?v\b[^>/]*>[^<]|<(?:\w+:)?is\b")
_ERROR_SHOWN: Final = re.compile(rb"<(?:\w+:)?v\b[^>/]*>([^<]{1,200})")
_FORMULA_SHOWN: Final = re.compile(rb"<(?:\w+:)?f\b[^>/]*>([^<]{1,200})")
_TEXT: Final = re.compile(rb"""\bt=["']str["']""")
_SIGNS: Final = (b't="e"', b"t='e'", b"<f>", b"<f ", b":f")


def workbook_tables(content: bytes, file: str) -> list[Table]:
    """Read the tables of a workbook that is safe.

    Raises
    ------
    ReadError
        When it is none, or is not safe.
    MissingExtraError
        When the extra ``tables`` is not installed.
    """
    try:
        from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415  (an extra)
    except ImportError:
        raise MissingExtraError("reading workbooks", "tables") from None
    package = opened(content, file)
    try:
        faults = _faults(package)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        tables: list[Table] = []
        since_1904 = _SINCE_1904.search(package.parts.get("xl/workbook.xml", b""))
        shift = 0 if since_1904 is None else _FOUR_YEARS
        for meta in book.sheets_metadata:
            if meta.name.startswith("_") or not str(meta.typ).endswith("WorkSheet"):
                continue
            sheet = book.get_sheet_by_name(meta.name)
            rows = sheet.to_python(skip_empty_area=False)
            notes: list[Issue] = []
            if not str(meta.visible).endswith(".Visible"):
                notes.append(Issue.of("hidden-sheet", "", meta.name, severity=Severity.NOTE))
            merged = sheet.merged_cell_ranges or ()
            notes += [
                Issue.of(
                    "merged-cells",
                    "",
                    f"{cell_name(*first)}:{cell_name(*last)}",
                    severity=Severity.WARNING,
                )
                for first, last in merged
                if first != last
            ]
            broken = faults.get(meta.name, {})
            tables.append(Table(file, meta.name, rows, (), broken, tuple(notes), shift))
    except (CalamineError, ET.ParseError, ValueError, OSError, LookupError) as error:
        raise _unreadable(file, error) from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise _unreadable(file, error) from None
        raise
    return tables


def _unreadable(file: str, error: BaseException) -> ReadError:
    reason = f"{error}".partition("\n")[0] or type(error).__name__
    return ReadError(Report((Issue.of("not-a-workbook", file, "file", reason=reason),)))


def _faults(package: Package) -> dict[str, Mapping[tuple[int, int], Issue]]:
    """Cells of each sheet that hold an error, or a formula without its value."""
    found: dict[str, Mapping[tuple[int, int], Issue]] = {}
    for name, part in _sheets(package):
        if any(mark in part for mark in _SIGNS):
            found[name] = dict(_bad_cells(part))
    return found


def _bad_cells(part: bytes) -> Iterator[tuple[tuple[int, int], Issue]]:
    for matched in _CELL.finditer(part):
        attributes, inner = matched[1], matched[2] or b""
        where = _REF.search(attributes)
        if where is None:
            continue
        column = 0
        for letter in where[1]:
            column = column * 26 + letter - 64
        spot = (int(where[2]) - 1, column - 1)
        if _ERROR.search(attributes):
            yield spot, Issue.of("error-cell", "", _shown(_ERROR_SHOWN, inner))
        elif _FORMULA.search(inner) and not (_VALUE.search(inner) or _TEXT.search(attributes)):
            yield spot, Issue.of("formula-without-value", "", "=" + _shown(_FORMULA_SHOWN, inner))


def _shown(pattern: re.Pattern[bytes], inner: bytes) -> str:
    matched = pattern.search(inner)
    return unescape(matched[1].decode("utf-8", "replace")) if matched else ""


def _sheets(package: Package) -> Iterator[tuple[str, bytes]]:
    """Names of the sheets and their parts, as the workbook relates them."""
    book = ET.fromstring(package.parts.get("xl/workbook.xml", b"<none/>"))  # noqa: S314  (the gate lets no DTD through)
    relations = ET.fromstring(  # noqa: S314  (the gate lets no DTD through)
        package.parts.get("xl/_rels/workbook.xml.rels", b"<none/>")
    )
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    for sheet in book.iter():
        target = targets.get(sheet.get(_R))
        if sheet.tag.endswith("}sheet") and target:
            part = target[1:] if target.startswith("/") else normpath(join("xl", target))
            yield sheet.get("name", ""), package.parts.get(part, b"")
