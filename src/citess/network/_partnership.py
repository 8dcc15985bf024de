"""The partnership graph: who is tied to whom, by which agreement, since when."""

from collections.abc import Collection, Iterator
from itertools import combinations, permutations
from typing import TYPE_CHECKING, Final, Literal

from attrs import frozen

from citess.errors import suggest
from citess.model import Dataset, DateLike, Member, Partnership, Programme, Role
from citess.model.partnership import PartnershipKind
from citess.model.time import Period, as_date
from citess.network._arguments import check_choice, check_dataset, listed
from citess.network._nodes import code, party

if TYPE_CHECKING:
    import networkx as nx

PROGRAMME: Final = "programme"
KINDS: Final = (*(str(kind) for kind in PartnershipKind), PROGRAMME)


@frozen
class Agreement:
    """A partnership or a programme, as the graph sees it."""

    record: Partnership | Programme
    """The record itself."""

    kind: str
    """Kind of partnership, or ``"programme"``."""

    certain: bool
    """Whether it surely held on the day asked for."""

    def members(self) -> tuple[Member, ...]:
        """Each member once: as lead where it leads, else in the first of its roles."""
        found: dict[str, Member] = {}
        for member in self.record.members:
            if member.role is Role.LEAD or member.party not in found:
                found[member.party] = member
        return tuple(found.values())

    def pairs(self) -> Iterator[tuple[Member, Member, bool]]:
        """Pairs of members that it ties, and whether the tie has a direction.

        Where leads are stated, each lead is tied to every other member; else every pair once.
        """
        members = self.members()
        leads = {member.party for member in members if member.role is Role.LEAD}
        if leads:
            yield from (
                (a, b, True)
                for a, b in permutations(members, 2)
                if a.party in leads and (b.party not in leads or a.party < b.party)
            )
        else:
            yield from ((a, b, False) for a, b in combinations(members, 2))


def agreements_of(
    data: Dataset, *, on: DateLike | None = None, kinds: Collection[str] | None = None
) -> Iterator[Agreement]:
    """Partnerships and programmes of some kinds that held on a day.

    Those of which it is not known whether they held that day are kept and marked uncertain.

    Raises
    ------
    TypeError
        When ``data`` is no dataset.
    ValueError
        When a kind is none of partnerships, nor ``"programme"``.
    """
    check_dataset(data)
    chosen = () if kinds is None else listed("kinds", kinds, "kinds of agreement")
    for kind in chosen:
        if kind not in KINDS:
            near = suggest(str(kind), KINDS)
            hint = f"; did you mean {near!r}?" if near else ""
            msg = f"{kind!r} is no kind of agreement; kinds are {', '.join(KINDS)}{hint}"
            raise ValueError(msg)
    wanted = KINDS if kinds is None else tuple(map(str, chosen))
    records: tuple[Partnership | Programme, ...] = (
        *data.partnerships.values(),
        *data.programmes.values(),
    )
    for record in records:
        kind = str(record.kind) if isinstance(record, Partnership) else PROGRAMME
        held = _held(record.period, on)
        if kind in wanted and held is not False:
            yield Agreement(record, kind, held is True)


def _held(period: Period | None, on: DateLike | None) -> bool | None:
    if on is None:
        return True
    return None if period is None else period.holds(as_date(on))


def partnership_graph(
    data: Dataset,
    on: DateLike | None = None,
    kinds: Collection[str] | None = None,
    *,
    unknown: Literal["include", "exclude", "report"] = "include",
) -> "nx.MultiDiGraph[str]":
    """Graph of the agreements between hubs, partners and enterprises.

    A plain networkx graph. Nodes are the ids of hubs and partners, and of enterprises that belong
    to an agreement; they carry ``kind``, ``sector``, ``territory`` and ``name``. An agreement ties
    its lead to each other member; without a lead it ties every pair once, with ``directed=False``.
    A member of several roles is told as lead, or by the first of them.
    Multi-party agreements are so projected onto pairs. Edge keys are ``agreement:a:b``, unique in
    the graph; edges carry ``agreement``, ``kind``, ``role`` (of the target), ``source_role``,
    ``formality``, ``intensity``, ``period``, ``sources``, ``directed`` and ``certain``. There is no
    weight: strength and distance are for the caller to name.

    Parameters
    ----------
    data
        Where the agreements are.
    on
        Day on which they held; ``None`` takes all, whenever they held.
    kinds
        Kinds of partnership, and ``"programme"``; ``None`` takes all.
    unknown
        Whether to take agreements of which it is not known if they held that day; they are marked
        ``certain=False``. ``"report"`` takes them and lists them in ``graph.graph["unknown"]``.

    Raises
    ------
    TypeError
        When ``data`` is no dataset.
    ValueError
        When a kind does not exist, or ``unknown`` is none of the three words.

    Examples
    --------
    >>> import citess
    >>> graph = citess.network.partnership_graph(citess.datasets.tunisia(), kinds=["programme"])
    >>> graph.nodes["cospe"]["sector"], graph.has_edge("cospe", "citess-mahdia")
    ('sse', True)
    """
    import networkx as nx  # noqa: PLC0415  (slow to import, needed here only)

    check_dataset(data)
    check_choice("unknown", unknown, ("include", "exclude", "report"))
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for shelf, kind in ((data.hubs, "hub"), (data.partners, "partner")):
        for id_ in shelf:
            graph.add_node(id_, **party(data, id_, kind))
    doubtful: list[str] = []
    for agreement in agreements_of(data, on=on, kinds=kinds):
        record = agreement.record
        if not agreement.certain:
            doubtful.append(str(record.id))
            if unknown == "exclude":
                continue
        for member in record.members:
            if member.party not in graph:
                graph.add_node(member.party, **party(data, member.party, "enterprise"))
        for a, b, directed in agreement.pairs():
            graph.add_edge(
                a.party,
                b.party,
                key=f"{record.id}:{a.party}:{b.party}",
                agreement=str(record.id),
                kind=agreement.kind,
                role=str(b.role),
                source_role=str(a.role),
                formality=code(getattr(record, "form", None)),
                intensity=code(getattr(record, "intensity", None)),
                period=record.period,
                sources=record.sources,
                directed=directed,
                certain=agreement.certain,
            )
    if unknown == "report":
        graph.graph["unknown"] = tuple(doubtful)
    return graph
