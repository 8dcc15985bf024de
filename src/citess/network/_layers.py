"""Kinds of ties as layers of one network."""

from typing import TYPE_CHECKING, Literal

from citess.model import Dataset, DateLike
from citess.network._arguments import check_choice
from citess.network._partnership import KINDS, partnership_graph

if TYPE_CHECKING:
    import networkx as nx


def layers(
    data: Dataset,
    on: DateLike | None = None,
    *,
    unknown: Literal["include", "exclude"] = "include",
) -> "dict[str, nx.Graph[str]]":
    """Simple graphs of the partnership network, one for each kind of tie that occurs.

    Every layer has the nodes of the whole network; two parties are tied in it once, however many
    agreements of that kind tie them, without direction.

    Raises
    ------
    TypeError
        When ``data`` is no dataset.
    ValueError
        When ``unknown`` is neither word.

    Examples
    --------
    >>> import citess
    >>> found = layers(citess.datasets.tunisia())
    >>> "programme" in found, len({len(graph) for graph in found.values()})
    (True, 1)
    """
    import networkx as nx  # noqa: PLC0415  (slow to import, needed here only)

    check_choice("unknown", unknown, ("include", "exclude"))
    whole = partnership_graph(data, on, unknown=unknown)
    found: dict[str, nx.Graph[str]] = {}
    for a, b, facts in whole.edges(data=True):
        kind = str(facts["kind"])
        if kind not in found:
            found[kind] = nx.Graph()
            found[kind].add_nodes_from(whole.nodes(data=True))
        found[kind].add_edge(a, b)
    return {kind: found[kind] for kind in KINDS if kind in found}
