"""Cells of the SSE standard CSV, and what they say in fields of citess."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from citess.errors import InvalidValueError, Issue, Severity, suggest
from citess.io import _sse_codes as codes
from citess.io._homes import Homes
from citess.io._mending import mended
from citess.io._places import country_named
from citess.model import Enterprise, Hub, Partner, Space
from citess.model.rules import country_rule, decimal, web_rule

FORMAT: Final = "sse-csv"
"""Name of the format, as ``citess convert --to`` has it."""

KEPT: Final = "sse_csv"
"""Key of the cells that citess has no field for."""

COLUMNS: Final = (
    "Identifier",
    "Name",
    "Description",
    "Organisational Structure",
    "Primary Activity",
    "Activities",
    "Street Address",
    "Locality",
    "Region",
    "Postcode",
    "Country ID",
    "Territory ID",
    "Website",
    "Phone",
    "Email",
    "Twitter",
    "Facebook",
    "Companies House Number",
    "Qualifiers",
    "Membership Type",
    "Latitude",
    "Longitude",
    "Geo Container",
    "Geo Container Latitude",
    "Geo Container Longitude",
)
"""Columns of the newest published version; older ones have ``Country Name``."""

COMPANIES_HOUSE: Final = "GB-COH"
"""Register of companies that has a column."""

_SHARED: Final = frozenset({"name", "description", "legal_form", "territories", "identifiers"})
HOMES: Final[Homes] = {
    Hub: _SHARED | {"website"},
    Partner: _SHARED | {"website", "country", "sector"},
    Enterprise: _SHARED | {"activities", "sector"},
    Space: frozenset({"name", "hub", "operator", "address", "point"}),
}
"""Fields with a column."""

GROUPS: Final = {
    "name": ("Name",),
    "description": ("Description",),
    "legal_form": ("Organisational Structure",),
    "address": ("Street Address", "Locality", "Region", "Postcode"),
    "country": ("Country ID", "Country Name"),
    "website": ("Website",),
    "company": ("Companies House Number",),
    "point": (
        "Latitude",
        "Longitude",
        "Geo Container",
        "Geo Container Latitude",
        "Geo Container Longitude",
    ),
}
"""Columns that say the same thing together."""
_CODED: Final = (
    "Organisational Structure",
    "Primary Activity",
    "Activities",
    "Qualifiers",
    "Membership Type",
)

Cells = Mapping[str, str]
"""Texts by column."""

Said = dict[str, object]
"""Values by name of what is said."""


class Cursor:
    """Where a fault is: the line of a file."""

    def __init__(self, line: int, issues: list[Issue]) -> None:
        self._line = line
        self._issues = issues

    def place(self, column: str) -> str:
        """Place of a cell."""
        return f"line {self._line}, {column}"

    def fault(self, code: str, column: str, given: str, **details: object) -> None:
        """Note an error."""
        self._issues.append(Issue.of(code, self.place(column), given, **details))  # type: ignore[arg-type]

    def doubt(
        self, code: str, column: str, given: str, near: str | None = None, **details: object
    ) -> None:
        """Note a warning."""
        issue = Issue.of(
            code,
            self.place(column),
            given,
            suggestion=near,
            severity=Severity.WARNING,
            **details,
        )
        self._issues.append(issue)

    def text(self, cells: Cells, column: str) -> str | None:
        """Text of a cell, made fit."""
        return mended(cells.get(column, ""), self.place(column), self._issues)


def said(cells: Cells, cursor: Cursor) -> Said:
    """What the cells of a row say, in fields of citess."""
    website = cursor.text(cells, "Website")
    if website is not None and web_rule(website) is not None:
        cursor.doubt("bad-url", "Website", website)
        website = None
    parts = [cursor.text(cells, column) for column in GROUPS["address"]]
    return {
        "name": cursor.text(cells, "Name"),
        "description": cursor.text(cells, "Description"),
        "legal_form": codes.form_of(_coded(cells, cursor)),
        "address": ", ".join(dict.fromkeys(part for part in parts if part)) or None,
        "country": _country(cells, cursor),
        "website": website,
        "company": cursor.text(cells, "Companies House Number"),
        "point": _point(cells, cursor),
    }


def _coded(cells: Cells, cursor: Cursor) -> list[str]:
    """Codes of the structure; words of any list that are not known are doubtful."""
    known = codes.words()
    found: list[str] = []
    for column in _CODED:
        for word in cells.get(column, "").split(";"):
            code = known.get(word.strip().casefold())
            if code is not None:
                found += [code] if column == _CODED[0] else []
            elif word.strip():
                near = suggest(word.strip().casefold(), known)
                cursor.doubt("unknown-code", column, word.strip(), near, scheme="ESSGlobal")
    return found


def _country(cells: Cells, cursor: Cursor) -> str | None:
    code = cursor.text(cells, "Country ID")
    if code is not None:
        if country_rule(code) is None:
            return code
        cursor.doubt("bad-code", "Country ID", code, scheme="ISO 3166-1", codes="two letters")
    name = cursor.text(cells, "Country Name")
    found = None if name is None else country_named({name})
    if name is not None and found is None:
        cursor.doubt("bad-code", "Country Name", name, scheme="ISO 3166-1", codes="two letters")
    return found


def _point(cells: Cells, cursor: Cursor) -> tuple[Decimal, Decimal] | None:
    """Coordinates of the place, else of what contains it; 0, 0 says that there are none."""
    for start in ("", "Geo Container "):
        axes = [
            _degrees(cells, f"{start}{name}", limit, cursor)
            for name, limit in (("Latitude", 90), ("Longitude", 180))
        ]
        north, east = axes
        if north is not None and east is not None and (north or east):
            return north, east
    return None


def _degrees(cells: Cells, column: str, limit: int, cursor: Cursor) -> Decimal | None:
    text = cells.get(column, "").strip()
    if not text:
        return None
    try:
        value = decimal(text)
    except (InvalidValueError, TypeError, ValueError):
        cursor.fault("bad-number", column, text)
        return None
    if abs(value) > limit:
        cursor.fault("out-of-range", column, text, range=f"-{limit} to {limit}")
        return None
    return value
