"""Agreements and their members: the graph that is faithful to agreements of three and more."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Final, Literal, get_args

from citess.model import Dataset, DateLike
from citess.network._arguments import check_choice
from citess.network._nodes import any_party, code
from citess.network._partnership import agreements_of
from citess.network._projection import ProjectionWeight, project

if TYPE_CHECKING:
    import networkx as nx

Unknown = Literal["include", "exclude"]
UNKNOWN: Final = get_args(Unknown)


def agreement_graph(
    data: Dataset,
    on: DateLike | None = None,
    kinds: Collection[str] | None = None,
    *,
    unknown: Unknown = "include",
) -> "nx.Graph[str]":
    """Graph of agreements on one side and their members on the other.

    A plain networkx graph with two sides, which keeps agreements of three and more whole. Nodes of
    agreements are ``agreement:<id>`` with ``bipartite`` 1, ``kind`` (that of the agreement),
    ``formality``, ``intensity``, ``period``, ``sources`` and ``certain``; nodes of members carry
    ``bipartite`` 0 and what :func:`partnership_graph` gives them. Edges carry the ``role``:
    that of the lead where a member has several, else the first.

    Parameters
    ----------
    data
        Where the agreements are.
    on
        Day on which they held; ``None`` takes all.
    kinds
        Kinds of partnership, and ``"programme"``; ``None`` takes all.
    unknown
        Whether to take agreements of which it is not known if they held that day.

    Raises
    ------
    TypeError
        When ``data`` is no dataset.
    ValueError
        When a kind does not exist, or ``unknown`` is neither word.

    Examples
    --------
    >>> import citess
    >>> graph = agreement_graph(citess.datasets.tunisia())
    >>> sorted(graph["agreement:futur-proche"])
    ['citess-sidi-bouzid', 'cospe', 'region-tuscany']
    """
    import networkx as nx  # noqa: PLC0415  (slow to import, needed here only)

    check_choice("unknown", unknown, UNKNOWN)
    graph: nx.Graph[str] = nx.Graph()
    for agreement in agreements_of(data, on=on, kinds=kinds):
        if not agreement.certain and unknown == "exclude":
            continue
        record = agreement.record
        node = f"agreement:{record.id}"
        graph.add_node(
            node,
            bipartite=1,
            kind=agreement.kind,
            formality=code(getattr(record, "form", None)),
            intensity=code(getattr(record, "intensity", None)),
            period=record.period,
            sources=record.sources,
            certain=agreement.certain,
        )
        for member in agreement.members():
            graph.add_node(member.party, bipartite=0, **any_party(data, member.party))
            graph.add_edge(member.party, node, role=str(member.role))
    return graph


def co_membership(
    data: Dataset,
    weight: ProjectionWeight = "count",
    *,
    on: DateLike | None = None,
    kinds: Collection[str] | None = None,
    unknown: Unknown = "include",
) -> "nx.Graph[str]":
    """Graph of members that share agreements, with a named weight.

    The projection of :func:`agreement_graph` onto members: an agreement of k members ties k (k - 1)
    / 2 pairs, so one large agreement makes a clique. The weight stands under its own name: the
    ``count`` of shared agreements, ``jaccard``, ``newman`` (an agreement of k counts 1 / (k - 1))
    or ``overlap``.

    Raises
    ------
    TypeError
        When ``data`` is no dataset.
    ValueError
        When a kind or the weight does not exist, or ``unknown`` is neither word.

    Examples
    --------
    >>> import citess
    >>> graph = co_membership(citess.datasets.tunisia(), "newman")
    >>> graph["cospe"]["region-tuscany"]
    {'newman': 0.5}
    """
    graph = agreement_graph(data, on, kinds, unknown=unknown)
    members = [node for node, facts in graph.nodes(data=True) if facts["bipartite"] == 0]
    return project(graph, members, weight)
