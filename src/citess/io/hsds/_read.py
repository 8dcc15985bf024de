"""Objects of HSDS as records: those of the profile come back, others become what they can be."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final, cast

from citess.errors import InvalidValueError
from citess.io._cleaned import cleaned
from citess.io.hsds._check import RECORDS
from citess.io.hsds._document import Root, id_of
from citess.io.hsds._keys import key
from citess.io.hsds._profile import EXPORTED, TAXONOMY, Entity, gathered
from citess.io.hsds._standard import within
from citess.model.fields import field_types
from citess.model.ids import is_id
from citess.model.rules import decimal, web_rule
from citess.model.shelves import shelf_types

Item = dict[str, object]
Name = tuple[str, str]
"""A kind and an id."""

UNDETERMINED: Final = "und"
"""Language of a text of which HSDS does not say it (BCP 47)."""

UNCLASSIFIED: Final = "unclassified"
"""Kind of a service of which HSDS does not say it; no code of the vocabulary."""

SHELVES: Final = {shelf.kind: shelf.name for shelf in shelf_types()}
_FIELDS: Final = {shelf.kind: tuple(field_types(shelf.record)) for shelf in shelf_types()}
_FOREIGN: Final = {
    "organization": "partner",
    "service": "service",
    "location": "space",
    "program": "programme",
}
_TEXTS: Final = ("name", "description")
_BELIEVED: Final = ("point", "website")
"""Fields of which HSDS is believed where it differs from an attribute."""

_LAST_YEAR: Final = 9999


class Reading:
    """What the objects of documents say, put together.

    Parameters
    ----------
    roots
        Objects at the top of the documents, in order.
    """

    def __init__(self, roots: Iterable[Root]) -> None:
        self.items: dict[Name, Item] = {}
        """Records in the native format, by kind and id."""
        self.keys: dict[Name, str] = {}
        """Id that each record has in HSDS."""
        self._objects: dict[Name, Entity] = {}
        self._terms: dict[str, Entity] = {}
        self._loose: list[tuple[str, Entity]] = []
        self._said: dict[str, dict[object, tuple[str, str, str]]] = defaultdict(dict)
        self._names: dict[str, Name] = {}
        for root in roots:
            self._walk(root.entity, root.content, {})
        for link, content in self._loose:
            self._hear(link, content)
        self._profiled()
        self._foreign()

    @property
    def has_profile(self) -> bool:
        """Whether anything was written with the profile of CitESS."""
        return bool(self._said)

    def record_of(self, root: Root) -> Name | None:
        """Kind and id of the record that an object at the top became."""
        id_ = root.content.get("id" if root.entity != "attribute" else "link_id")
        return self._names.get(id_) if isinstance(id_, str) else None

    def _walk(self, entity: str, content: Entity, above: Mapping[str, str]) -> None:
        id_ = id_of(content)
        if entity == "taxonomy_term":
            self._terms.setdefault(id_, content)
        elif entity == "attribute":
            link = content.get("link_id", above.get("link"))
            self._loose.append((link if isinstance(link, str) else "", content))
        elif entity in RECORDS and id_:
            known = self._objects.setdefault((entity, id_), {})
            owner = {"organization_id": above["owner"]} if "owner" in above else {}
            for name, value in {**owner, **content}.items():
                known.setdefault(name, value)
        inside = {"link": id_, "owner": id_} if entity == "organization" else {"link": id_}
        for inner, one in within(content):
            self._walk(inner, one, inside)

    def _hear(self, link: str, content: Entity) -> None:
        """Keep what an attribute of the profile says of an object."""
        term = content.get("taxonomy_term")
        if not isinstance(term, dict):
            term = self._terms.get(str(content.get("taxonomy_term_id")), {})
        given = cast("Entity", term)
        code, value = given.get("code"), content.get("value")
        if given.get("taxonomy") != TAXONOMY or not isinstance(code, str):
            return
        kind, _, rest = code.partition(".")
        if kind in EXPORTED and isinstance(value, str):
            heard = self._said[link]
            heard.setdefault(id_of(content) or len(heard), (kind, rest, value))

    def _profiled(self) -> None:
        for link, heard in self._said.items():
            kind = next(iter(heard.values()))[0]
            item = gathered(kind, [(code, value) for _, code, value in heard.values()])
            own = item.setdefault("id", self._own(link))
            id_ = own if isinstance(own, str) else link
            self._names[link] = (kind, id_)
            if (kind, id_) in self.items:
                continue
            self.items[kind, id_] = item
            self.keys[kind, id_] = link
            for entity, foreign in _FOREIGN.items():
                natural = self._objects.get((entity, link))
                if natural is not None:
                    self._overlay(item, natural, kind, foreign)

    def _overlay(self, item: Item, natural: Entity, kind: str, foreign: str) -> None:
        """Let names and descriptions that somebody changed since win over attributes."""
        if kind == "service_offer":
            return
        for name in _TEXTS:
            told, texts = cleaned(natural.get(name)), item.get(name)
            if told is not None and isinstance(texts, dict):
                first = next(iter(cast("dict[str, str]", texts)))
                texts[first] = told
        title = cast("dict[str, str]", item.get("title") or {})
        made = self._made(foreign, natural)
        for name in _BELIEVED:
            if name in made and name in item and not _is_same(item[name], made[name]):
                item[name] = made[name]
        for name, value in made.items():
            is_title = name == "description" and natural[name] in title.values()
            if name in (*_FIELDS[kind], "organization_id") and not is_title:
                item.setdefault(name, value)

    def _foreign(self) -> None:
        for (entity, id_), natural in self._objects.items():
            if id_ in self._names:
                continue
            kind = _FOREIGN[entity]
            item = self._made(kind, natural)
            if "name" in item:
                own = self._own(id_)
                self._names[id_] = (kind, own)
                self.keys[kind, own] = id_
                self.items.setdefault((kind, own), {"id": own, **item})
        for (kind, _), item in self.items.items():
            if kind == "programme":
                self._members(item)

    @staticmethod
    def _own(id_: str) -> str:
        """Id of the record for an id of HSDS: itself in lower case, where that is one."""
        return id_.lower() if is_id(id_.lower()) else key(id_)

    def _members(self, item: Item) -> None:
        owner = item.pop("organization_id", None)
        known = self._names.get(owner) if isinstance(owner, str) else None
        if known is not None:
            item.setdefault("members", [{"party": known[1], "role": "partner"}])

    @staticmethod
    def _made(kind: str, natural: Entity) -> Item:
        """Fields of a record that an object of HSDS tells; what is unfit is passed over."""
        item: Item = {}
        for name in _TEXTS:
            if (text := cleaned(natural.get(name))) is not None:
                item[name] = {UNDETERMINED: text}
        if kind == "service":
            item["kind"] = UNCLASSIFIED
        elif kind == "space":
            item |= _place(natural)
        elif kind == "programme":
            item["organization_id"] = natural.get("organization_id")
        else:
            item |= _organisation(natural)
        return item


def _place(natural: Entity) -> Item:
    item: Item = {}
    point = {
        name: _degrees(natural.get(name), limit)
        for name, limit in (("latitude", 90), ("longitude", 180))
    }
    if None not in point.values():
        item["point"] = point
    addresses = natural.get("addresses")
    for address in cast("list[object]", addresses) if isinstance(addresses, list) else ():
        if isinstance(address, dict):
            given = cast("Entity", address)
            lines = (given.get(name) for name in ("address_1", "address_2", "city", "postal_code"))
            if text := cleaned(", ".join(line for line in map(cleaned, lines) if line)):
                return {**item, "address": text}
    return item


def _is_same(exact: object, natural: object) -> bool:
    """Whether two values are equal, for points by the nearest numbers."""
    if not (isinstance(exact, dict) and isinstance(natural, dict)):
        return exact == natural
    ours, theirs = cast("dict[str, object]", exact), cast("dict[str, str]", natural)
    try:
        return all(float(str(ours[name])) == float(value) for name, value in theirs.items())
    except (KeyError, ValueError):
        return False


def _degrees(value: object, limit: int) -> str | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        degrees = decimal(Decimal(repr(value)))
    except InvalidValueError:
        return None
    return str(degrees) if abs(degrees) <= limit else None


def _organisation(natural: Entity) -> Item:
    item: Item = {}
    website = natural.get("website")
    if isinstance(website, str) and cleaned(website) == website and web_rule(website) is None:
        item["website"] = website
    year = natural.get("year_incorporated")
    if isinstance(year, int) and not isinstance(year, bool) and 0 < year <= _LAST_YEAR:
        item["active"] = {"start": f"{year:04}", "end": "unknown"}
    found: list[object] = []
    listed = natural.get("organization_identifiers")
    for one in cast("list[object]", listed) if isinstance(listed, list) else ():
        given = cast("Entity", one) if isinstance(one, dict) else {}
        scheme = cleaned(given.get("identifier_scheme")) or cleaned(given.get("identifier_type"))
        value = cleaned(given.get("identifier"))
        identifier = {"scheme": scheme, "value": value}
        if scheme and value and identifier not in found:
            found.append(identifier)
    return {**item, "identifiers": found} if found else item
