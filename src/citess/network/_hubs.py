"""Hubs and hubs: the networks they form, and which was made after which."""

from collections.abc import Iterable
from itertools import combinations
from typing import TYPE_CHECKING, Final, Literal, get_args

from citess.model import Dataset, DateLike, NetworkMember, ReplicationStatus
from citess.model.time import as_date
from citess.network._arguments import check_choice, check_dataset
from citess.network._nodes import code, party
from citess.network._partnership import agreements_of

if TYPE_CHECKING:
    import networkx as nx

Unknown = Literal["include", "exclude"]
UNKNOWN: Final = get_args(Unknown)


def hub_network(
    data: Dataset, on: DateLike | None = None, *, unknown: Unknown = "include"
) -> "nx.MultiGraph[str]":
    """Graph of hubs, tied by the networks and the agreements that they share.

    Every hub is a node. Edges carry ``tie`` (``"network"`` or ``"agreement"``), the ``record`` that
    ties them, its ``period`` where it has one, ``sources`` and ``certain``; keys are
    ``record:a:b``.

    Parameters
    ----------
    data
        Where the hubs are.
    on
        Day on which the ties held; ``None`` takes all.
    unknown
        Whether to take ties of which it is not known if they held that day.

    Raises
    ------
    TypeError
        When ``data`` is no dataset.
    ValueError
        When ``unknown`` is neither word.

    Examples
    --------
    >>> import citess
    >>> graph = hub_network(citess.datasets.tunisia())
    >>> sorted(graph), graph.number_of_edges()
    (['citess-mahdia', 'citess-sidi-bouzid'], 2)
    """
    import networkx as nx  # noqa: PLC0415  (slow to import, needed here only)

    check_dataset(data)
    check_choice("unknown", unknown, UNKNOWN)
    graph: nx.MultiGraph[str] = nx.MultiGraph()
    for id_ in data.hubs:
        graph.add_node(id_, **party(data, id_, "hub"))
    for network in data.hub_networks.values():
        for (one, other), held in _together(network.members, on).items():
            if held is False or (held is None and unknown == "exclude"):
                continue
            graph.add_edge(
                one,
                other,
                key=f"{network.id}:{one}:{other}",
                tie="network",
                record=str(network.id),
                period=None,
                sources=network.sources,
                certain=held is True,
            )
    for agreement in agreements_of(data, on=on):
        if not agreement.certain and unknown == "exclude":
            continue
        record = agreement.record
        hubs = sorted({member.party for member in record.members} & data.hubs.keys())
        for one, other in combinations(hubs, 2):
            graph.add_edge(
                one,
                other,
                key=f"{record.id}:{one}:{other}",
                tie="agreement",
                record=str(record.id),
                period=record.period,
                sources=record.sources,
                certain=agreement.certain,
            )
    return graph


def _together(
    members: Iterable[NetworkMember], on: DateLike | None
) -> dict[tuple[str, str], bool | None]:
    """Whether each two hubs were members on a day: surely, perhaps (``None``) or not.

    A hub that left and came back is several members; one of its spells is enough.
    """
    found: dict[tuple[str, str], bool | None] = {}
    for a, b in combinations(members, 2):
        pair = (b.hub, a.hub) if (b.hub, a.hub) in found else (a.hub, b.hub)
        if a.hub != b.hub and found.get(pair) is not True:
            held = _both(a.period, b.period, on)
            found[pair] = held if found.get(pair, False) is False else held or None
    return found


def _both(a: object, b: object, on: DateLike | None) -> bool | None:
    """Whether two memberships held on a day; a membership without a period is as the network."""
    if on is None:
        return True
    answers = {None if one is None else one.holds(as_date(on)) for one in (a, b)}  # type: ignore[attr-defined]
    if False in answers:
        return False
    return None if None in answers else True


def lineage(data: Dataset) -> "nx.DiGraph[str]":
    """Graph of which hub was made after which: a tree or a graph without circles.

    Edges go from the origin to the copy and carry ``replication``, ``status``, ``period``,
    ``fidelity`` (a number or ``None``) and ``sources``. Every hub is a node; one without an origin
    is a root, or its origin is not known. A copy that does not exist yet is no node: replications
    abandoned are left out too.

    Raises
    ------
    TypeError
        When ``data`` is no dataset.

    Examples
    --------
    >>> import citess
    >>> sorted(lineage(citess.datasets.synthetic()).edges)
    [('synthetic-0-hub-0', 'synthetic-0-hub-1')]
    """
    import networkx as nx  # noqa: PLC0415  (slow to import, needed here only)

    check_dataset(data)
    graph: nx.DiGraph[str] = nx.DiGraph()
    for id_ in data.hubs:
        graph.add_node(id_, **party(data, id_, "hub"))
    for replication in data.replications.values():
        if replication.copy is None or replication.status is ReplicationStatus.ABANDONED:
            continue
        fidelity = replication.fidelity
        graph.add_edge(
            replication.origin,
            replication.copy,
            replication=str(replication.id),
            status=code(replication.status),
            period=replication.period,
            fidelity=None if fidelity is None else float(fidelity),
            sources=replication.sources,
        )
    return graph
