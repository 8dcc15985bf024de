"""Rows of the SSE standard CSV: cells for records, records for cells."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final, cast

from citess.errors import Issue
from citess.io import _sse_codes as codes
from citess.io._homes import kept_of
from citess.io._mending import fresh_id
from citess.io._names import name_of
from citess.io._places import Party, Places, is_initiative, is_local
from citess.io._sse_cells import COMPANIES_HOUSE, GROUPS, KEPT, Cells, Cursor, Said, said
from citess.io._travel import Losses
from citess.model import Dataset, Enterprise, Partner, Space, TerritoryLevel
from citess.model.shelves import kinds

_LONGEST_ID: Final = 14
_ORDER: Final = "#"
_LAST: Final = 2**53


class Reader:
    """Makes documents of partners and spaces of rows."""

    def __init__(self, language: str, issues: list[Issue]) -> None:
        self.partners: list[dict[str, object]] = []
        self.spaces: list[dict[str, object]] = []
        self._language = language
        self._issues = issues
        self._given: set[str] = set()
        self._taken: set[str] = set()

    def row(self, line: int, cells: Cells) -> None:
        """Read a row."""
        cursor = Cursor(line, self._issues)
        given = cursor.text(cells, "Identifier")
        if given is None:
            cursor.fault("missing-field", "Identifier", "", field="Identifier")
        elif given in self._given:
            cursor.fault("duplicate-id", "Identifier", given, kinds="rows")
        self._given.add(given or "")
        id_ = fresh_id(given or "", self._taken, start="organisation")
        self._taken.add(id_)
        found = said(cells, cursor)
        if found["name"] is None:
            cursor.doubt("missing-field", "Name", "", field="Name")
        name = {self._language: found["name"] or given or id_}
        kept = {column: text for column, text in cells.items() if text}
        partner: dict[str, object] = {
            "id": id_,
            "name": name,
            "sector": "sse",
            KEPT: {**kept, _ORDER: len(self.partners)},
        }
        if found["description"] is not None:
            partner["description"] = {self._language: found["description"]}
        for field in ("legal_form", "country", "website"):
            if found[field] is not None:
                partner[field] = found[field]
        if found["company"] is not None:
            partner["identifiers"] = [{"scheme": COMPANIES_HOUSE, "value": found["company"]}]
        self.partners.append(partner)
        self._space(id_, name, found)

    def _space(self, id_: str, name: Mapping[str, object], found: Said) -> None:
        space: dict[str, object] = {"id": id_, "name": name, "operator": id_}
        if found["address"] is not None:
            space["address"] = found["address"]
        if found["point"] is not None:
            north, east = cast("tuple[Decimal, Decimal]", found["point"])
            space["point"] = {"latitude": str(north), "longitude": str(east)}
        if len(space) > 3:  # noqa: PLR2004  (more than its name and who runs it)
            self.spaces.append(space)


class Writer:
    """Makes rows of hubs, organisations and enterprises of the SSE."""

    def __init__(self, data: Dataset, losses: Losses) -> None:
        self._data = data
        self._losses = losses
        self._places = Places(data)
        self._identifiers: set[str] = set()

    def rows(self) -> Iterator[dict[str, str]]:
        """Cells of each row, those of a file that was read in its order."""
        parties: list[Party] = [
            *self._data.hubs.values(),
            *self._data.partners.values(),
            *self._data.enterprises.values(),
        ]
        written = [party for party in parties if is_initiative(party)]
        for party in parties:
            if not is_initiative(party):
                self._losses.lost(f"{_shelf(party)}[]")
        used: set[str] = set()
        for party in sorted(written, key=_order):
            sites = self._places.sites(party)
            site = sites[0] if sites else None
            used |= {site.id} if site is not None else set()
            self._count(party, site)
            yield self._row(party, site)
        self._losses.lost("spaces[]", len(set(self._data.spaces) - used))

    def _count(self, party: Party, site: Space | None) -> None:
        shelf = _shelf(party)
        if not isinstance(party, Partner):
            self._losses.changed(f"{shelf}[]", "a partner of the SSE")
        for name, text in (("name", party.name), ("description", party.description)):
            if text is not None and text.languages != ("und",):
                self._losses.changed(f"{shelf}[].{name}", "the first language, without its name")
        if party.territories:
            self._losses.changed(f"{shelf}[].territories", "the name of the first")
        if any(one.scheme != COMPANIES_HOUSE for one in party.identifiers[:1]) or (
            len(party.identifiers) > 1
        ):
            self._losses.lost(f"{shelf}[].identifiers")
        form = party.legal_form
        if form is not None and codes.form_of([codes.structure(form) or ""]) != form:
            self._losses.changed(f"{shelf}[].legal_form", "the structure of ESSGlobal")
        if site is not None and site.name != party.name:
            self._losses.lost("spaces[].name")

    def _row(self, party: Party, site: Space | None) -> dict[str, str]:
        model = self._model(party, site)
        derived = self._derived(party, site, model)
        kept = _kept(party)
        if kept is None:
            return derived
        before = said(kept, Cursor(0, []))
        before["name"] = before["name"] or kept.get("Identifier", "").strip()
        changed = {name for name, value in before.items() if model[name] != value}
        edited = {column for name in changed for column in GROUPS[name]}
        return {
            column: derived.get(column, "") if column in edited else kept.get(column, "")
            for column in (*kept, *edited)
        }

    def _model(self, party: Party, site: Space | None) -> Said:
        company = (i.value for i in party.identifiers if i.scheme == COMPANIES_HOUSE)
        point = None if site is None else site.point
        return {
            "name": str(party.name),
            "description": None if party.description is None else str(party.description),
            "legal_form": party.legal_form,
            "address": None if site is None else site.address,
            "country": self._places.country(party),
            "website": getattr(party, "website", None),
            "company": next(company, None),
            "point": None if point is None else (point.latitude, point.longitude),
        }

    def _derived(self, party: Party, site: Space | None, model: Said) -> dict[str, str]:
        row = {
            "Identifier": self._identifier(party),
            "Name": str(model["name"]),
            "Description": str(model["description"] or ""),
            "Country ID": str(model["country"] or ""),
            "Website": str(model["website"] or ""),
            "Companies House Number": str(model["company"] or ""),
            "Street Address": str(model["address"] or ""),
        }
        if party.legal_form is not None:
            found = codes.structure(party.legal_form)
            row["Organisational Structure"] = codes.word(found) if found else ""
        if isinstance(party, Enterprise):
            row |= self._activities(party)
        return row | self._place(party, site)

    def _activities(self, enterprise: Enterprise) -> dict[str, str]:
        words: list[str] = []
        for activity in enterprise.activities:
            found = codes.sector(activity)
            if found is None:
                self._losses.lost("enterprises[].activities")
            else:
                words.append(codes.word(found[1]))
        first, *others = words or [""]
        return {"Primary Activity": first, "Activities": ";".join(dict.fromkeys(others))}

    def _place(self, party: Party, site: Space | None) -> dict[str, str]:
        area = (self._places.area(site) if site else None) or self._places.area(party)
        point = None if site is None else site.point
        row: dict[str, str] = {}
        if area is not None and area.level is not TerritoryLevel.COUNTRY:
            row["Locality" if is_local(area) else "Region"] = str(area.name)
        if point is not None:
            row |= {"Latitude": str(point.latitude), "Longitude": str(point.longitude)}
        elif area is not None and area.point is not None:
            north, east = area.point.latitude, area.point.longitude
            row["Geo Container"] = f"https://www.openstreetmap.org/?mlat={north}&mlon={east}"
            row["Geo Container Latitude"] = str(north)
            row["Geo Container Longitude"] = str(east)
        return row

    def _identifier(self, party: Party) -> str:
        """Letters and digits, fewer than 15, unique among the rows."""
        plain = party.id.replace("-", "")
        if len(plain) > _LONGEST_ID or plain in self._identifiers:
            kind = kinds()[type(party)]
            plain = f"{kind[0]}{name_of(f'{kind}:{party.id}').hex[: _LONGEST_ID - 1]}"
        if plain != party.id:
            self._losses.changed(f"{_shelf(party)}[].id", "letters and digits, fewer than 15")
        self._identifiers.add(plain)
        return plain


def _shelf(party: Party) -> str:
    return f"{kinds()[type(party)]}s"


def _kept(party: Party) -> Cells | None:
    found = kept_of(party, KEPT)
    if not isinstance(found, Mapping):
        return None
    cells = cast("Mapping[str, object]", found)
    return {column: str(text) for column, text in cells.items() if column != _ORDER}


def _order(party: Party) -> tuple[int, str, str]:
    found = kept_of(party, KEPT)
    if not isinstance(found, Mapping):
        return (_LAST, kinds()[type(party)], party.id)
    place = cast("Mapping[str, object]", found).get(_ORDER)
    return (
        place if isinstance(place, int) else _LAST,
        kinds()[type(party)],
        party.id,
    )
