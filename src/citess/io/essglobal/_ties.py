"""Memberships and parts in the documents of others, as agreements."""

import re
from collections.abc import Mapping
from typing import Final, cast

from citess.errors import Issue, Severity
from citess.io._mending import fresh_id
from citess.io.essglobal._foreign import Foreign, Plain
from citess.io.essglobal._interval import bound
from citess.io.essglobal._terms import iri
from citess.model import Role

_PARTIES: Final = frozenset({"hub", "partner", "enterprise"})
_TIES: Final = frozenset({"partnership", "programme", "hub_network"})
_LEAST: Final = 2
_TAIL: Final = re.compile(r"[/#:-]")


class Ties:
    """Adds agreements to documents of records, once all parties have their names."""

    def __init__(self, foreign: Foreign) -> None:
        self._foreign = foreign
        self.statements = foreign.statements
        self.names = foreign.names
        self.shelves = foreign.shelves
        self.issues = foreign.issues

    def read(self) -> None:
        """Read memberships, then parts that no membership tells."""
        self._memberships()
        self._parts()

    def _memberships(self) -> None:
        """Make agreements of memberships that citess did not write."""
        by_body: dict[str, list[str]] = {}
        for subject in self.statements.subjects():
            if iri("org:Membership") in self.statements.types(subject):
                for body in self.statements.texts(subject, "org:organization"):
                    by_body.setdefault(body, []).append(subject)
        for body, memberships in by_body.items():
            if self.names.get(body, ("",))[0] not in _TIES:
                self._agreement(body, memberships)

    def _agreement(self, body: str, memberships: list[str]) -> None:
        if body in self.names:
            for membership in memberships:
                self._partnership(f"{body} {membership}", [membership], lead=body)
        else:
            self._partnership(body, memberships)

    def _partnership(self, name: str, memberships: list[str], lead: str | None = None) -> None:
        members: dict[str, str] = {}
        if lead is not None:
            members[self.names[lead][1]] = Role.LEAD.value
        spans: list[str] = []
        for membership in memberships:
            for member in self.statements.texts(membership, "org:member"):
                if member in self.names:
                    members.setdefault(self.names[member][1], self._role(membership))
            spans += self.statements.texts(membership, "org:memberDuring")
        if len(members) < _LEAST:
            self.issues.append(
                Issue.of("too-few-members", name, tuple(members), severity=Severity.WARNING)
            )
            return
        plain = self._tie("-".join(members), members, "membership")
        if spans:
            plain["period"] = {n: bound(self.statements, spans[0], n) for n in ("start", "end")}
        words = self._foreign.languages(name, "gr:name")
        words = words or self._foreign.languages(name, "skos:prefLabel")
        if words:
            plain["name"] = words

    def _tie(self, name: str, members: Mapping[str, str], kind: str) -> Plain:
        id_ = fresh_id(name, self._foreign.taken["partnership"], start="agreement")
        self._foreign.taken["partnership"].add(id_)
        parties = [{"party": party, "role": role} for party, role in members.items()]
        plain: Plain = {"id": id_, "kind": kind, "members": parties}
        self.shelves.setdefault("partnerships", []).append(plain)
        return plain

    def _role(self, membership: str) -> str:
        """Role of a membership: by notation, label, or the end of its address."""
        known: set[str] = {str(role.value) for role in Role}
        for node in self.statements.texts(membership, "org:role"):
            words: list[str] = [*_TAIL.split(node)[-1:]]
            for property_ in ("skos:notation", "skos:prefLabel", "rdfs:label"):
                words += self.statements.texts(node, property_)
            found = [word.casefold() for word in words if word.casefold() in known]
            if found:
                return found[-1]
        return str(Role.PARTNER.value)

    def _parts(self) -> None:
        """Make agreements of parts among the organisations of others."""
        tied: set[tuple[str, str]] = set()
        for subject in self._foreign.new:
            for whole in self.statements.texts(subject, "dcterms:isPartOf"):
                tied.add((whole, subject))
            for part in self.statements.texts(subject, "dcterms:hasPart"):
                tied.add((subject, part))
        known = {_parties(one) for one in self.shelves.get("partnerships", [])}
        for whole, part in sorted(tied):
            both = [self.names.get(name, ("", "")) for name in (whole, part)]
            ids = [id_ for kind, id_ in both if kind in _PARTIES]
            if len(set(ids)) == _LEAST and frozenset(ids) not in known:
                lead, partner = Role.LEAD.value, Role.PARTNER.value
                self._tie("-".join(ids), {ids[0]: lead, ids[1]: partner}, "network")


def _parties(plain: Plain) -> frozenset[object]:
    """Members of an agreement that may be torn: whoever can be told."""
    members = cast("list[object]", plain.get("members") or [])
    named = (cast("Plain", member) for member in members if isinstance(member, dict))
    return frozenset(member.get("party") for member in named)
