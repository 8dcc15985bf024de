"""Profiles of the Murmurations network (organizations_schema-v1.0.0)."""

import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from citess import vocab
from citess.io._file import write_atomically
from citess.io._homes import Homes, count_losses
from citess.io._places import Party, Places
from citess.io._travel import Losses, LossReport
from citess.model import (
    ActorLevel,
    Dataset,
    Enterprise,
    Hub,
    HubStatus,
    PartialDate,
    Partner,
    Partnership,
    Programme,
    Role,
    Space,
)
from citess.model.rules import web_rule
from citess.model.shelves import kinds

FORMAT: Final = "murmurations"
"""Name of the format, as ``citess convert --to`` has it."""

SCHEMA: Final = "organizations_schema-v1.0.0"
"""Schema that every profile names."""

_CODES: Final = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR
BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ
EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW
GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY
KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV
MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY
QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG
TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM
ZW
"""

COUNTRIES: Final = frozenset(_CODES.split())
"""Countries of ISO 3166-1, as the schema has them."""

_STATUS: Final = {
    HubStatus.PROPOSED: "in_planning",
    HubStatus.PLANNED: "in_planning",
    HubStatus.FORMING: "in_planning",
    HubStatus.ACTIVE: "active",
    HubStatus.DORMANT: "on_hold",
    HubStatus.CLOSED: "completed",
}
_SCOPE: Final = {
    ActorLevel.LOCAL: "local",
    ActorLevel.REGIONAL: "regional",
    ActorLevel.NATIONAL: "national",
    ActorLevel.INTERNATIONAL: "international",
}
_FUNDED_BY: Final = "https://schema.org/funder"
_LINKED_TO: Final = "http://www.w3.org/ns/org#linkedTo"
_LONGEST_NAME: Final = 200
_LONGEST_TAG: Final = 100
_MOST_TAGS: Final = 100
_LONGEST_URL: Final = 2000
_SHARED: Final = frozenset({"name", "description", "territories"})
_HOMES: Final[Homes] = {
    Hub: _SHARED | {"aliases", "status", "created", "website", "priority_groups", "languages"},
    Partner: _SHARED
    | {"aliases", "sector", "level", "support_roles", "country", "active", "website"},
    Enterprise: _SHARED | {"activities", "sector"},
    Space: frozenset({"hub", "operator", "address", "point"}),
    Partnership: frozenset({"members"}),
    Programme: frozenset({"members"}),
}

Profile = dict[str, object]


def to_murmurations(
    data: Dataset, *, base: str | None = None, strict: bool = False
) -> tuple[dict[str, Profile], LossReport]:
    """Write a Murmurations profile for each hub, partner and enterprise.

    Profiles are published at an address of your own and announced to an index; agreements are
    relationships to the addresses of their other members, where these have one.

    Parameters
    ----------
    data
        What to write.
    base
        Web address below which the profiles are published, such as
        ``"https://example.org/profiles/"``: what has no web site is known by it.
    strict
        Whether to refuse when something has no home.

    Returns
    -------
    tuple
        Profiles by reference, such as ``"hub:citess-mahdia"``; and what did not travel.

    Raises
    ------
    LossError
        When strict and something did not travel.
    ValueError
        When the base is no web address.

    Examples
    --------
    >>> import citess
    >>> profiles, losses = to_murmurations(citess.datasets.tunisia())
    >>> profiles["hub:citess-mahdia"]["name"], profiles["hub:citess-mahdia"]["status"]
    ('CitESS Mahdia', 'active')
    """
    if base is not None and web_rule(base) is not None:
        msg = f"base must be a web address such as 'https://example.org/profiles/', not {base!r}"
        raise ValueError(msg)
    losses = Losses(FORMAT)
    count_losses(data, losses, _HOMES, kept=FORMAT)
    profiles = _Writer(data, losses, base).profiles()
    return profiles, losses.report(strict=strict)


def write_murmurations(
    data: Dataset,
    folder: str | os.PathLike[str],
    *,
    base: str | None = None,
    strict: bool = False,
) -> LossReport:
    """Write a file for each profile into a folder, as :func:`to_murmurations` makes them.

    Raises
    ------
    LossError
        When strict and something did not travel; nothing is written then.
    ValueError
        When the base is no web address.
    OSError
        When a file cannot be written.
    """
    profiles, losses = to_murmurations(data, base=base, strict=strict)
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    for reference, profile in profiles.items():
        text = json.dumps(profile, ensure_ascii=False, indent=2)
        write_atomically(place / file_name(reference), [text.encode(), b"\n"])
    return losses


def file_name(reference: str) -> str:
    """Name of the file of a profile: ``hub-citess-mahdia.json``."""
    return f"{reference.replace(':', '-')}.json"


class _Writer:
    def __init__(self, data: Dataset, losses: Losses, base: str | None) -> None:
        self._data = data
        self._losses = losses
        self._base = base
        self._places = Places(data)
        self._ties: dict[str, dict[tuple[str, str], None]] = {}
        self._urls = {str(party.id): self._url(party) for party in self._parties()}
        for tie in (*data.partnerships.values(), *data.programmes.values()):
            self._tie(tie)
        used = {s.id for party in self._parties() for s in self._places.sites(party)[:1]}
        losses.lost("spaces[]", len(set(data.spaces) - used))

    def _parties(self) -> list[Party]:
        data = self._data
        return [*data.hubs.values(), *data.partners.values(), *data.enterprises.values()]

    def profiles(self) -> dict[str, Profile]:
        """Give a profile for each party, by reference."""
        return {self._reference(party): self._profile(party) for party in self._parties()}

    def _reference(self, party: Party) -> str:
        return f"{kinds()[type(party)]}:{party.id}"

    def _url(self, party: Party) -> str | None:
        website = None if isinstance(party, Enterprise) else party.website
        if website is not None and len(website) <= _LONGEST_URL:
            return website
        return None if self._base is None else self._base + file_name(self._reference(party))

    def _tie(self, tie: object) -> None:
        """Tie each member to each other one; dates and roles have no home."""
        agreement = tie if isinstance(tie, Partnership | Programme) else None
        members = {} if agreement is None else {m.party: m.role for m in agreement.members}
        shelf = "partnerships" if isinstance(tie, Partnership) else "programmes"
        self._losses.changed(f"{shelf}[].members", "links, without dates and roles")
        for one in members:
            for other, role in members.items():
                url = self._urls[str(other)]
                if one != other and url is not None:
                    predicate = _FUNDED_BY if role is Role.FUNDER else _LINKED_TO
                    self._ties.setdefault(str(one), {})[predicate, url] = None
                elif one != other:
                    self._losses.lost(f"{shelf}[].members")

    def _profile(self, party: Party) -> Profile:
        shelf = f"{kinds()[type(party)]}s[]"
        name = str(party.name)
        if len(party.name) > 1 or len(name) > _LONGEST_NAME:
            self._losses.changed(f"{shelf}.name", f"the first, at most {_LONGEST_NAME} characters")
        if party.description is not None and len(party.description) > 1:
            self._losses.changed(f"{shelf}.description", "the first language")
        profile: Profile = {
            "linked_schemas": [SCHEMA],
            "name": name[:_LONGEST_NAME],
            "nickname": None if isinstance(party, Enterprise) else next(iter(party.aliases), None),
            "primary_url": self._urls[party.id],
            "tags": self._tags(party),
            "description": None if party.description is None else str(party.description),
            "relationships": [
                {"predicate_url": predicate, "object_url": url}
                for predicate, url in self._ties.get(party.id, ())
            ],
            "unique_id": self._reference(party),
            **self._where(party, shelf),
            **self._when(party, shelf),
        }
        if not isinstance(party, Enterprise) and len(party.aliases) > 1:
            self._losses.changed(f"{shelf}.aliases", "the first")
        return {key: value for key, value in profile.items() if value not in (None, [], "")}

    def _tags(self, party: Party) -> list[str]:
        """Words by which an index finds a profile: what it is, for whom, what it does."""
        words = [kinds()[type(party)]]
        if isinstance(party, Hub):
            words += ["CitESS", *(group.label("en") for group in party.priority_groups)]
            words += party.languages
        elif party.sector is not None:
            words.append(party.sector.label("en"))
        if isinstance(party, Partner):
            words += [role.label("en") for role in party.support_roles]
        if isinstance(party, Enterprise):
            known = vocab.scheme("activities")
            codes = party.activities
            words += [known[code].label("en") if code in known else code for code in codes]
        return list(dict.fromkeys(word[:_LONGEST_TAG] for word in words))[:_MOST_TAGS]

    def _where(self, party: Party, shelf: str) -> Mapping[str, object]:
        sites = self._places.sites(party)
        site = sites[0] if sites else None
        area = self._places.area(party)
        country = self._places.country(party)
        if country is not None and country not in COUNTRIES:
            self._losses.lost(f"{shelf}.country")
            country = None
        if len(party.territories) > 1:
            self._losses.changed(f"{shelf}.territories", "the first, by its name")
        street = None if site is None else site.address
        parts = (street, None if area is None else str(area.name), country)
        point = None if site is None else site.point
        return {
            "full_address": ", ".join(part for part in parts if part),
            "country_iso_3166": country,
            "geolocation": None
            if point is None
            else {"lat": float(point.latitude), "lon": float(point.longitude)},
        }

    def _when(self, party: Party, shelf: str) -> Mapping[str, object]:
        if isinstance(party, Hub):
            status = None if party.status is None else _STATUS[party.status]
            start, end, field = party.created, None, "created"
        elif isinstance(party, Partner) and party.active is not None:
            status = None
            start, end, field = party.active.start.date, party.active.end.date, "active"
        else:
            status, start, end, field = None, None, None, "active"
        if start is not None or end is not None:
            self._losses.changed(f"{shelf}.{field}", "the first day that it may be, in seconds")
        scope = _SCOPE[party.level] if isinstance(party, Partner) and party.level else None
        return {
            "status": status,
            "starts_at": _seconds(start),
            "ends_at": _seconds(end),
            "geographic_scope": scope,
        }


def _seconds(date: PartialDate | None) -> int | None:
    """Seconds since 1970 to the beginning of a day, UTC."""
    if date is None:
        return None
    day = date.earliest
    return int((datetime(day.year, day.month, day.day, tzinfo=UTC) - _EPOCH).total_seconds())


_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
