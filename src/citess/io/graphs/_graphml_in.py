"""GraphML taken apart, element by element; document types and entities are refused."""

import math
import re
from collections.abc import Callable, Collection, Iterator
from typing import Final
from xml.parsers import expat

from attrs import define, evolve, field, frozen

from citess.errors import Issue, ReadError, Report, Severity
from citess.io._given import check_text
from citess.io.graphs._net import RECORD, RECORDS, Edge, Item, Net, Node
from citess.io.graphs._node_link import missing_nodes
from citess.io.graphs._shape import Names, pairs

FORMAT: Final = "graphml"
_DECLARED: Final = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_SAFE: Final = re.compile(
    r"utf-?(8|16)|us-ascii|ascii|latin-?1|iso-8859-\d+|(windows-|cp)125\d", re.IGNORECASE
)
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")
_MOST: Final = 2**53
_LABELS: Final = frozenset({"NodeLabel", "EdgeLabel"})
_HOLDERS: Final = frozenset({"graph", "node", "edge", "hyperedge", "graphml"})
_WAYS: Final = ("directed", "undirected")
_TRUTHS: Final = {"true": True, "1": True, "false": False, "0": False}


def decoded(document: str | bytes) -> str:
    """Give a document as text.

    Raises
    ------
    ReadError
        When its bytes are not in the encoding that it declares.
    """
    check_text(document)
    if isinstance(document, str):
        return document.removeprefix("\ufeff")
    matched = _DECLARED.match(document)
    name = "utf-16" if document.startswith(_WIDE) else "utf-8-sig"
    if matched and name == "utf-8-sig" and matched[1].lower() not in {b"utf-8", b"utf8"}:
        name = matched[1].decode()
    reason = f"the encoding {name!r} is not known here"
    try:
        if name == "utf-8-sig" or _SAFE.fullmatch(name):
            return document.decode(name)
    except (UnicodeError, LookupError) as error:
        reason = str(getattr(error, "reason", error))
    raise ReadError(Report((Issue.of("bad-encoding", "", document[:20], reason=reason),)))


@frozen
class _Key:
    name: str
    type: str
    domain: str
    default: list[str]


@define
class _Element:
    id: str
    source: str = ""
    target: str = ""
    directed: bool = True
    ends: list[str] | None = None
    """Nodes of a hyperedge."""

    values: Item = field(factory=dict[str, object])
    keys: set[str] = field(factory=set[str])


def opened(document: str) -> tuple[Net, list[Issue]]:
    """Take a document apart.

    Raises
    ------
    ReadError
        When it is no GraphML; the report holds every fault with its line.
    """
    return _Reader().read(document)


class _Reader:
    def __init__(self) -> None:
        self._parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._character
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._issues: list[Issue] = []
        self._faults: list[Issue] = []
        self._keys: dict[str, _Key] = {}
        self._path: list[str] = []
        self._graph = _Element("")
        self._owners: list[_Element] = []
        self._nodes: dict[str, _Element] = {}
        self._edges: list[_Element] = []
        self._here: list[set[str]] = []
        self._names = Names()
        self._text: list[str] | None = None
        self._depth = 0
        self._label: list[str] | None = None
        self._names_it = False
        self._key = self._declared = ""
        self._directed = True
        self._ways: list[bool] = []
        self._graphs = 0

    def read(self, document: str) -> tuple[Net, list[Issue]]:
        try:
            self._parser.Parse(document.encode(), True)  # noqa: FBT003  (the last piece)
        except expat.ExpatError as error:
            raise self._refusal(Issue.of("bad-xml", "", document[:20], reason=error)) from None
        except UnicodeEncodeError as error:
            raise self._refusal(
                Issue.of("bad-encoding", "", document[:20], reason=error.reason)
            ) from None
        if self._faults:
            raise ReadError(Report(tuple(self._faults)))
        return self._net(), self._issues

    def _net(self) -> Net:
        nodes: dict[str, Node] = {}
        for element in self._nodes.values():
            values = {**self._defaults("node"), **element.values}
            held = values.pop(RECORD, None)
            nodes[element.id] = Node(element.id, values, held)
        edges = [edge for element in self._edges for edge in self._ties(element)]
        self._issues += missing_nodes(nodes, edges)
        whole = {**self._defaults("graph"), **self._graph.values}
        beside = whole.pop(RECORDS, None)
        return Net(self._directed, tuple(nodes.values()), tuple(edges), whole, beside)

    def _ties(self, given: _Element) -> Iterator[Edge]:
        """Edges that an element is: those of a hyperedge hold its nodes together."""
        if given.ends is None:
            values = {**self._defaults("edge"), **given.values}
            yield Edge(given.id, given.source, given.target, values, given.directed)
            return
        values = {**self._defaults("hyperedge"), **given.values, "agreement": given.id}
        for n, (source, target) in enumerate(pairs([given.ends])):
            id_ = self._names.fresh(f"{given.id}-{n}", n)
            yield Edge(id_, source, target, values, directed=False)

    def _defaults(self, domain: str) -> Item:
        return {
            key.name: value
            for key in self._keys.values()
            if key.domain in {domain, "all"} and key.default
            for value in [_value("".join(key.default), key.type)]
        }

    @property
    def _place(self) -> str:
        return f"line {self._parser.CurrentLineNumber}"

    def _refusal(self, issue: Issue) -> ReadError:
        return ReadError(Report((issue.at(self._place),)))

    def _doctype(self, name: str, *_: object) -> None:
        raise self._refusal(Issue.of("has-dtd", "", name))

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        parent = self._path[-1] if self._path else ""
        self._path.append(name)
        if len(self._path) == 1 and name != "graphml":
            raise self._refusal(Issue.of("unknown-shape", "", name, format=FORMAT))
        if self._text is not None:
            self._names_it = name in _LABELS and not "".join(self._label or ()).strip()
            self._label = [] if self._names_it else self._label
            return
        begin: dict[str, Callable[[dict[str, str]], None]] = {
            "key": self._begin_key,
            "graph": self._begin_graph,
            "node": self._begin_node,
            "edge": self._begin_edge,
            "hyperedge": self._begin_hyperedge,
            "endpoint": self._begin_endpoint,
            "data": self._begin_data,
        }
        if name in begin and (name == "data") <= (parent in _HOLDERS):
            begin[name](attributes)
        elif name == "default" and parent == "key":
            self._text, self._depth = [], len(self._path)

    def _needs(self, attributes: dict[str, str], *names: str) -> bool:
        missing = [name for name in names if name not in attributes]
        self._faults += [
            Issue.of("missing-field", self._place, None, field=name) for name in missing
        ]
        return not missing

    def _begin_key(self, given: dict[str, str]) -> None:
        self._needs(given, "id")
        id_ = given.get("id", "")
        name = given.get("attr.name", id_)
        type_ = given.get("attr.type", "string")
        if id_ in self._keys:
            self._faults.append(Issue.of("repeated-value", self._place, id_))
        self._keys[id_] = _Key(name, type_, given.get("for", "all"), [])
        self._declared = id_

    def _begin_graph(self, given: dict[str, str]) -> None:
        default = given.get("edgedefault")
        if self._needs(given, "edgedefault") and default not in _WAYS:
            self._unknown(default, "edgedefault", _WAYS)
        self._graphs += 1
        if self._graphs == 1:
            self._directed = default == "directed"
        self._ways.append(default == "directed")
        self._here.append(set())
        self._owners.append(_Element("", values=self._graph.values))

    def _unknown(self, given: str | None, scheme: str, codes: Collection[str]) -> None:
        expected = ", ".join(codes)
        self._faults.append(Issue.of("bad-code", self._place, given, scheme=scheme, codes=expected))

    def _begin_node(self, given: dict[str, str]) -> None:
        self._needs(given, "id")
        id_ = given.get("id", "")
        here = self._here[-1] if self._here else set(self._nodes)
        if id_ in here:
            self._faults.append(Issue.of("repeated-value", self._place, id_))
        here.add(id_)
        element = self._nodes.setdefault(id_, _Element(id_))
        element.keys.clear()
        self._owners.append(element)

    def _begin_edge(self, given: dict[str, str]) -> None:
        self._needs(given, "source", "target")
        n = len(self._edges)
        usual = self._ways[-1] if self._ways else self._directed
        told = given.get("directed")
        if told is not None and told not in _TRUTHS:
            self._unknown(told, "directed", _TRUTHS)
        way = usual if told is None else _TRUTHS.get(told, usual)
        id_ = self._names.fresh(given.get("id", f"e{n}"), n)
        element = _Element(id_, given.get("source", ""), given.get("target", ""), way)
        self._edges.append(element)
        self._owners.append(element)

    def _begin_hyperedge(self, given: dict[str, str]) -> None:
        n = len(self._edges)
        id_ = self._names.fresh(given.get("id", f"hyperedge-{n}"), n)
        element = _Element(id_, ends=[])
        self._edges.append(element)
        self._owners.append(element)

    def _begin_endpoint(self, given: dict[str, str]) -> None:
        ends = self._owners[-1].ends if self._owners else None
        if self._needs(given, "node") and ends is not None:
            ends.append(given["node"])

    def _begin_data(self, given: dict[str, str]) -> None:
        self._key = given.get("key", "")
        if self._needs(given, "key") and self._key not in self._keys:
            issue = Issue.of("dangling-reference", self._place, self._key, kind="key")
            self._faults.append(issue)
        self._text, self._label, self._depth = [], None, len(self._path)

    def _character(self, text: str) -> None:
        if self._label is not None:
            self._label += [text] if self._names_it else []
        elif self._text is not None:
            self._text.append(text)

    def _end(self, tag: str) -> None:
        name = tag.rpartition(" ")[2]
        depth = len(self._path)
        self._path.pop()
        if self._text is not None:
            if depth == self._depth and name == "default":
                self._end_default("".join(self._text))
            elif depth == self._depth:
                self._take()
        elif name in _HOLDERS and self._owners:
            owner = self._owners.pop()
            if owner.ends is not None and not owner.ends:
                issue = Issue.of("too-few-members", self._place, owner.id)
                self._issues.append(evolve(issue, severity=Severity.WARNING))
            if name == "graph":
                self._ways.pop()
                self._here.pop()

    def _end_default(self, text: str) -> None:
        key = self._keys[self._declared]
        key.default.append(text)
        self._text = None
        if _value(text, key.type) is None:
            self._mistyped(text, key)

    def _mistyped(self, text: str, key: _Key) -> None:
        kinds = {"boolean": "true or false"}
        issue = Issue.of(
            "wrong-type",
            f"{self._place}.{key.name}",
            text,
            given_type="a string",
            expected_type=kinds.get(key.type, "a number"),
        )
        self._faults.append(issue)

    def _take(self) -> None:
        key, owner = self._keys.get(self._key), self._owners[-1] if self._owners else self._graph
        text, label = "".join(self._text or ()), self._label
        self._text = self._label = None
        if key is None:
            return
        if self._key in owner.keys:
            self._faults.append(Issue.of("repeated-value", self._place, self._key))
        owner.keys.add(self._key)
        if label is not None:
            owner.values["label"] = "".join(label).strip()
            return
        value = _value(text, key.type)
        if value is None:
            self._mistyped(text, key)
        owner.values[key.name] = value


def _value(text: str, type: str) -> object:  # noqa: A002  (the word of the field)
    """Value of a text; ``None`` where it is none of its type."""
    plain = text.strip()
    if type == "boolean":
        return _TRUTHS.get(plain.lower())
    try:
        if type in {"int", "long"}:
            return _whole(plain)
        if type in {"float", "double"}:
            number = float(plain)
            return number if math.isfinite(number) else plain
    except ValueError:
        return None
    return text


def _whole(text: str) -> object:
    number = int(text)
    return number if abs(number) <= _MOST else text
