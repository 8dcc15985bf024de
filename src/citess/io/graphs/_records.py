"""From a graph back to records: those that it holds, and those that nodes and edges tell."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Final, cast

from attrs import evolve

from citess.errors import InvalidValueError, Issue, ReadError, Report, Severity, suggest
from citess.i18n import Term
from citess.io._careful import structure
from citess.io._cleaned import cleaned, slug
from citess.io._layout import FORMAT as NATIVE
from citess.io._layout import SCHEMA_VERSION
from citess.io._mending import UNDETERMINED
from citess.io._parse import parse
from citess.io._sound import sound
from citess.io._told import copied
from citess.io.graphs._net import EXPORTED, PARTIES, RECORD, RECORDS, Edge, Item, Net, Node
from citess.io.graphs._xml import fit
from citess.model import (
    AgreementForm,
    Dataset,
    Intensity,
    Partner,
    PartnershipKind,
    Period,
    Role,
    Sector,
)
from citess.model.shelves import shelf_types

_SHELVES: Final = {s.name: s.kind for s in shelf_types() if s.record in EXPORTED}
_AGREEMENTS: Final = ("partnerships", "programmes")
_NAMES: Final = ("name", "label", "title", "Label", "id")
_BOUNDED: Final = re.compile(r"([0-9-]+|unknown)/([0-9-]+|open|unknown)")
_LEAST: Final = 2


class Records:
    """Records of a graph, in the native format.

    Parameters
    ----------
    net
        The graph.

    Raises
    ------
    ReadError
        When the records that it holds are no records.
    """

    def __init__(self, net: Net) -> None:
        self.issues: list[Issue] = []
        """What was noticed."""
        self.ids: dict[str, str] = {}
        """Id of the record that each node is."""
        self.agreements: dict[str, str] = {}
        """Id of the agreement that each edge belongs to."""
        self.unread: Counter[str] = Counter()
        """What nodes and edges say that no record of theirs does, by path."""
        self._faults: list[Issue] = []
        self._net = net
        self._shelves = self._beside()
        self._taken = {
            str(item.get("id")) for shelf in PARTIES.values() for item in self._objects(shelf)
        }
        held = {node.id: self._held(node) for node in net.nodes}
        if self._faults:
            raise ReadError(Report(tuple(self._faults)))
        self._parties(held)
        self._ties()

    def data(self, extra: Mapping[str, object] | None = None) -> Dataset:
        """Give the dataset.

        Raises
        ------
        ReadError
            When a record is no record.
        IntegrityError
            When records do not fit together.
        """
        native: Item = {"format": NATIVE, "schema_version": SCHEMA_VERSION}
        return structure({**native, **self._shelves, **(extra or {})})

    def _objects(self, shelf: str) -> Iterator[Item]:
        for item in self._shelves.get(shelf, ()):
            if isinstance(item, dict):
                yield cast("Item", item)

    def _beside(self) -> dict[str, list[object]]:
        given = self._parsed(self._net.records, RECORDS)
        if given is None:
            return {}
        if not isinstance(given, dict):
            self._faults.append(shape(RECORDS, given, "an object"))
            return {}
        found: dict[str, list[object]] = {}
        for name, items in cast("Item", given).items():
            if name not in _SHELVES:
                near = suggest(name, _SHELVES)
                codes = ", ".join(_SHELVES)
                path = f"{RECORDS}.{name}"
                self._faults.append(
                    Issue.of("unknown-table", path, name, suggestion=near, codes=codes)
                )
            elif not isinstance(items, list):
                self._faults.append(shape(f"{RECORDS}.{name}", items, "a list"))
            else:
                found[name] = cast("list[object]", copied(cast("object", items)))
        return found

    def _held(self, node: Node) -> Item | None:
        path = f"nodes[{node.id}].{RECORD}"
        given = self._parsed(node.record, path)
        if given is None:
            return None
        if not isinstance(given, dict):
            self._faults.append(shape(path, given, "an object"))
            return None
        return {"id": node.id, **cast("Item", copied(cast("object", given)))}

    def _parsed(self, given: object, path: str) -> object:
        if not isinstance(given, str):
            return given
        try:
            tree, issues = parse(given)
        except ReadError as error:
            tree, issues = None, list(error.report)
        self._faults += [issue.at(path) for issue in issues]
        return tree

    def _parties(self, held: Mapping[str, Item | None]) -> None:
        kinds = {node.id: _kind(node) for node in self._net.nodes}
        self._taken |= {str(item["id"]) for item in held.values() if item}
        known = sound({(kinds[id_], id_): item for id_, item in held.items() if item})
        for node in self._net.nodes:
            kind, item = kinds[node.id], held[node.id]
            if item is None:
                kind, item = self._told(node, kind)
            else:
                _overlay(item, node, known[kind].get(node.id))
            self.ids[node.id] = str(item["id"])
            self._shelves.setdefault(PARTIES[kind], []).append(item)

    def _told(self, node: Node, kind: str) -> tuple[str, Item]:
        """Record that the values of a node tell."""
        names = {n: cleaned(str(node.values[n])) for n in _NAMES if node.values.get(n) is not None}
        used, name = next(((n, text) for n, text in names.items() if text), ("", None))
        name = name or cleaned(node.id) or "?"
        said = {used, "territory", *(["kind"] if kind == node.values.get("kind") else [])}
        item: Item = {"id": self._fresh(node.id, "party"), "name": {UNDETERMINED: name}}
        places = {str(one.get("id")) for one in self._objects("territories")}
        place = node.values.get("territory")
        if str(place) in places:
            item["territories"] = [str(place)]
        elif place is not None:
            path = f"nodes[{node.id}].territory"
            self._doubt(Issue.of("dangling-reference", path, place, kind="territory"))
        sector = _term(node.values.get("sector"), Sector)
        if kind != "hub" and sector is not None:
            item["sector"] = sector
            said.add("sector")
        self._leaves("nodes", node.values, said)
        if kind == "hub" and "territories" not in item:
            self._doubt(Issue.of("missing-field", f"nodes[{node.id}]", kind, field="territory"))
            kind = "partner"
        return kind, item

    def _fresh(self, given: str, start: str) -> str:
        first = slug(given) or start
        name, n = first, 1
        while name in self._taken:
            n += 1
            name = f"{first[:190].strip('-')}-{n}"
        self._taken.add(name)
        return name

    def _leaves(self, where: str, values: Item, said: Collection[str]) -> None:
        """Count the values that a record does not say."""
        left = (name for name, value in values.items() if name not in said and value is not None)
        self.unread.update(f"{where}[].{name}" for name in left)

    def _doubt(self, issue: Issue) -> None:
        self.issues.append(evolve(issue, severity=Severity.WARNING))

    def _ties(self) -> None:
        known: dict[str, str] = {}
        for shelf in _AGREEMENTS:
            self._shelves[shelf] = self._still(shelf)
            known |= {str(item.get("id")): shelf for item in self._objects(shelf)}
        groups: defaultdict[str, list[Edge]] = defaultdict(list)
        for n, edge in enumerate(self._net.edges):
            name = edge.values.get("agreement")
            groups[str(name) if name else f"\0{n}"].append(edge)
        assumed = 0
        self._taken = set(known)
        for name, edges in groups.items():
            id_ = name
            if name not in known:
                members = self._members(edges)
                if len(members) < _LEAST:
                    path = f"edges[{edges[0].id}]"
                    self._doubt(Issue.of("too-few-members", path, edges[0].source))
                    continue
                given = edges[0].id if name.startswith("\0") else name
                id_ = self._fresh(given, "tie")
                item, was_told = self._agreement(id_, members, edges[0].values)
                for edge in edges:
                    self._leaves("edges", edge.values, _said_of(edge.values, item))
                assumed += not was_told
                self._shelves["partnerships"].append(item)
            self.agreements |= {edge.id: id_ for edge in edges}
        if assumed:
            kept = str(PartnershipKind.COOPERATION)
            note = Issue.of("read-as", "edges", assumed, severity=Severity.NOTE, kept=kept)
            self.issues.append(note)

    def _still(self, shelf: str) -> list[object]:
        """Agreements without the members whose node is gone."""
        parties = {str(item.get("id")) for name in PARTIES.values() for item in self._objects(name)}
        found: list[object] = []
        for item in self._shelves.get(shelf, ()):
            record = cast("Item", item) if isinstance(item, dict) else {}
            given = record.get("members")
            members = cast("list[object]", given) if isinstance(given, list) else []
            left = [one for one in members if _party(one) is None or _party(one) in parties]
            gone = len(members) - len(left)
            if gone:
                path = f"{shelf}[{record.get('id')}].members"
                self._doubt(Issue.of("dangling-reference", path, gone, kind="party"))
                record["members"] = left
            if not gone or shelf != "partnerships" or len(set(map(_party, left))) >= _LEAST:
                found.append(record or cast("object", item))  # type: ignore[redundant-cast]  # pyright sees dict[Unknown]
        return found

    def _members(self, edges: list[Edge]) -> dict[str, str]:
        members: dict[str, str] = {}
        for edge in edges:
            ends = ((edge.source, "source_role"), (edge.target, "role"))
            for node, name in ends:
                role = _term(edge.values.get(name), Role) or str(Role.PARTNER)
                members.setdefault(self.ids[node], role)
        return members

    def _agreement(self, id_: str, members: Mapping[str, str], values: Item) -> tuple[Item, bool]:
        kind = _term(values.get("kind"), PartnershipKind)
        item: Item = {
            "id": id_,
            "kind": kind or str(PartnershipKind.COOPERATION),
            "members": [{"party": party, "role": role} for party, role in members.items()],
        }
        for name, told, terms in (
            ("form", "formality", AgreementForm),
            ("intensity", "intensity", Intensity),
        ):
            if (code := _term(values.get(told), terms)) is not None:
                item[name] = code
        if (period := _period(values)) is not None:
            item["period"] = {"start": str(period.start), "end": str(period.end)}
        sources = {str(one.get("id")) for one in self._objects("sources")}
        given = values.get("sources")
        named = cast("list[object]", given) if isinstance(given, list) else str(given).split()
        if cited := [one for one in dict.fromkeys(map(str, named)) if one in sources]:
            item["sources"] = cited
        return item, kind is not None


def _said_of(values: Item, item: Item) -> set[str]:
    """Names of what an edge says and its agreement does."""
    said = {"agreement", "directed", "id", *({"sources", "intensity"} & set(item))}
    said |= {n for n in ("role", "source_role") if _term(values.get(n), Role) is not None}
    terms = (("kind", "kind"), ("formality", "form"))
    said |= {n for n, field in terms if values.get(n) == item.get(field)}
    return said | ({"period", "start", "end"} if "period" in item else set())


def shape(path: str, given: object, expected: str) -> Issue:
    """Issue of a value of the wrong type of JSON."""
    names = {
        "dict": "an object",
        "list": "a list",
        "str": "a string",
        "bool": "true or false",
        "NoneType": "null",
    }
    name = names.get(type(given).__name__, "a number")
    return Issue.of("wrong-type", path, given, given_type=name, expected_type=expected)


def _term(value: object, terms: type[Term]) -> str | None:
    """Code of a term, where a value is one."""
    return next((str(one) for one in terms if str(one) == value), None)


def _kind(node: Node) -> str:
    kind = str(node.values.get("kind"))
    return kind if kind in PARTIES else "partner"


def _party(member: object) -> str | None:
    found = cast("Item", member).get("party") if isinstance(member, dict) else None
    return found if isinstance(found, str) else None


def _overlay(item: Item, node: Node, record: object) -> None:
    """Lay over a record what another tool has changed in the values of its node."""
    if record is None:
        return
    party = cast("Partner", record)
    name = cleaned(node.values.get("name"))
    if name is not None and name not in {cleaned(fit(str(party.name))), str(party.name)}:
        item["name"] = {UNDETERMINED: name}
    sector = _term(node.values.get("sector"), Sector)
    if hasattr(party, "sector") and sector is not None:
        item["sector"] = sector


def _period(values: Item) -> Period | None:
    matched = _BOUNDED.fullmatch(str(values.get("period")))
    start, end = values.get("start"), values.get("end")
    if matched is None and start is None and end is None:
        return None
    given = matched.groups() if matched else (str(start or "unknown"), str(end or "unknown"))
    try:
        return Period.of(*given)
    except InvalidValueError:
        return None
