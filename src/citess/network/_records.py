"""From a graph back to records, with what a graph cannot tell."""

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, TypeAlias, cast

from attrs import frozen

from citess.errors import IntegrityError, InvalidValueError, Issue, Report, Severity
from citess.i18n import Text
from citess.model import (
    AgreementForm,
    Enterprise,
    Hub,
    Intensity,
    Member,
    Partner,
    Partnership,
    PartnershipKind,
    Period,
    Role,
    Sector,
)
from citess.model.ids import (
    EnterpriseId,
    HubId,
    PartnerId,
    PartnershipId,
    PartyId,
    SourceId,
    TerritoryId,
)
from citess.network._arguments import check_graph
from citess.network._partnership import PROGRAMME

if TYPE_CHECKING:
    import networkx as nx

    from citess.model import Record

_FORMAT: Final = "networkx"
_LANGUAGE: Final = "und"

Edges: TypeAlias = list[tuple[str, str, dict[str, object]]]


@frozen
class FromGraph:
    """Records made from a graph, and the report of what the graph did not tell."""

    records: "tuple[Record, ...]"
    """Parties and agreements, in order of the graph."""

    report: Report
    """What was lost on the way, as warnings."""


def from_graph(graph: "nx.Graph[str]") -> FromGraph:
    """Make records of the nodes and edges of a partnership graph.

    The way back from :func:`citess.network.partnership_graph`, or from a graph of one's own whose
    nodes are ids with ``kind`` (``"hub"``, ``"partner"``, ``"enterprise"``), ``sector``,
    ``territory`` and ``name``, and whose edges carry ``agreement``, ``kind``, ``role``,
    ``source_role``, ``formality``, ``intensity``, ``period`` and ``sources``; whatever is absent is
    not known. Edges of one agreement become one partnership; edges without one become a partnership
    each. Territories and sources are named and not made: a dataset of these records needs theirs
    too. A graph tells no more of a party than that, nor what a programme is beyond its members:
    ``report`` counts what is lost.

    Raises
    ------
    TypeError
        When it is no networkx graph.
    IntegrityError
        When nodes or edges make no records; its report holds every problem, node by node.

    Examples
    --------
    >>> import citess
    >>> graph = citess.network.partnership_graph(citess.datasets.tunisia())
    >>> found = from_graph(graph)
    >>> len(found.records) - len(graph), found.report.ok
    (15, True)
    """
    check_graph(graph)
    issues: list[Issue] = []
    records: list[Record] = []
    for node, facts in graph.nodes(data=True):
        try:
            records.append(_party(str(node), facts))
        except (ValueError, TypeError) as error:
            issues.append(_fault(f"nodes[{node}]", error))
    agreements: defaultdict[str, Edges] = defaultdict(list)
    for n, (a, b, facts) in enumerate(graph.edges(data=True)):
        name = str(facts.get("agreement") or f"tie-{n}")
        agreements[name].append((str(a), str(b), cast("dict[str, object]", facts)))
    for name, edges in agreements.items():
        try:
            records.append(_agreement(name, edges))
        except (ValueError, TypeError) as error:
            issues.append(_fault(f"edges[{name}]", error))
    if issues:
        raise IntegrityError(Report(tuple(issues)))
    return FromGraph(tuple(records), Report(tuple(_losses(graph, agreements))))


def _fault(path: str, error: Exception) -> Issue:
    if isinstance(error, InvalidValueError):
        return error.issue.at(path)
    return Issue.of("unfit-record", path, path, reason=str(error))


def _party(id_: str, facts: dict[str, object]) -> "Record":
    name = Text({_LANGUAGE: str(facts.get("name") or id_)})
    places = (TerritoryId(str(facts["territory"])),) if facts.get("territory") else ()
    kind = facts.get("kind", "partner")
    if kind == "hub":
        return Hub(id=HubId(id_), name=name, territories=places)
    sector = None if facts.get("sector") is None else Sector(str(facts["sector"]))
    if kind == "enterprise":
        return Enterprise(id=EnterpriseId(id_), name=name, territories=places, sector=sector)
    if kind == "partner":
        return Partner(id=PartnerId(id_), name=name, territories=places, sector=sector)
    msg = f"kind is hub, partner or enterprise, not {kind!r}"
    raise ValueError(msg)


def _agreement(name: str, edges: Edges) -> Partnership:
    members: dict[str, Role] = {}
    for a, b, facts in edges:
        members.setdefault(a, Role(str(facts.get("source_role") or Role.PARTNER)))
        members.setdefault(b, Role(str(facts.get("role") or Role.PARTNER)))
    facts = edges[0][2]
    kind = str(facts.get("kind") or PartnershipKind.COOPERATION)
    known = {str(one) for one in PartnershipKind}
    form, intensity, period = (facts.get(x) for x in ("formality", "intensity", "period"))
    return Partnership(
        id=PartnershipId(name),
        kind=PartnershipKind(kind) if kind in known else PartnershipKind.COOPERATION,
        members=tuple(Member(party=PartyId(one), role=role) for one, role in members.items()),
        form=None if form is None else AgreementForm(str(form)),
        intensity=None if intensity is None else Intensity(str(intensity)),
        period=cast("Period | None", period),
        sources=tuple(map(SourceId, cast("tuple[str, ...]", facts.get("sources") or ()))),
    )


def _losses(graph: "nx.Graph[str]", agreements: Mapping[str, Edges]) -> list[Issue]:
    """What a graph cannot hold of each sort of record, counted."""
    kinds = [facts.get("kind", "partner") for _, facts in graph.nodes(data=True)]
    programmes = sum(edges[0][2].get("kind") == PROGRAMME for edges in agreements.values())
    counted = {
        "hubs[]": (kinds.count("hub"), "id, one name, the seat"),
        "partners[]": (kinds.count("partner"), "id, one name, the sector, the seat"),
        "enterprises[]": (kinds.count("enterprise"), "id, one name, the sector, the seat"),
        "partnerships[]": (
            len(agreements) - programmes,
            "id, kind, form, intensity, period, sources, members in one role each",
        ),
        "programmes[]": (programmes, "a cooperation of its members"),
    }
    return [
        Issue.of(
            "changed-form",
            path,
            None,
            severity=Severity.WARNING,
            format=_FORMAT,
            count=count,
            kept=kept,
        )
        for path, (count, kept) in counted.items()
        if count
    ]
