"""HIF, the Hypergraph Interchange Format: agreements of three and more kept whole."""

from typing import Final

from citess.io._homes import count_losses
from citess.io._travel import Losses, LossReport
from citess.io.graphs._kept import report
from citess.io.graphs._net import HOMES, Item, count_named, values_of
from citess.model import Dataset
from citess.network import agreement_graph, agreements_of
from citess.network._nodes import any_party

FORMAT: Final = "hif"
"""Name of the format."""


def to_hif(data: Dataset, *, strict: bool = False) -> tuple[dict[str, object], LossReport]:
    """Make a hypergraph of the agreements of a dataset, each an edge of all its members.

    Hubs, partners and enterprises are nodes, also those without a tie; partnerships and
    programmes are edges, with their kind, form, intensity and dates; an incidence says which
    member has which role, or which ``roles`` where a member has several.

    Parameters
    ----------
    data
        What to write.
    strict
        Whether to refuse when something does not travel.

    Raises
    ------
    LossError
        When strict and something did not travel.

    Examples
    --------
    >>> import citess
    >>> document, losses = to_hif(citess.datasets.tunisia())
    >>> [one["node"] for one in document["incidences"] if one["edge"] == "futur-proche"]
    ['cospe', 'region-tuscany', 'citess-sidi-bouzid']
    """
    losses = Losses(FORMAT)
    count_losses(data, losses, HOMES, kept=FORMAT)
    count_named(data, losses)
    graph = agreement_graph(data)
    edges: list[Item] = []
    incidences: list[Item] = []
    for agreement in agreements_of(data):
        id_ = str(agreement.record.id)
        facts = {n: v for n, v in graph.nodes[f"agreement:{id_}"].items() if n != "bipartite"}
        facts["name"] = agreement.record.name
        edges.append({"edge": id_, "attrs": values_of(facts)})
        roles: dict[str, list[str]] = {}
        for member in agreement.record.members:
            roles.setdefault(str(member.party), []).append(str(member.role))
        incidences.extend(
            {"edge": id_, "node": party, "attrs": _roles(found)} for party, found in roles.items()
        )
    nodes: list[Item] = [
        {"node": id_, "attrs": values_of(any_party(data, id_))}
        for shelf in (data.hubs, data.partners, data.enterprises)
        for id_ in map(str, shelf)
    ]
    document: dict[str, object] = {
        "network-type": "undirected",
        "metadata": {},
        "nodes": nodes,
        "edges": edges,
        "incidences": incidences,
    }
    return report(losses, document, strict=strict)


def _roles(roles: list[str]) -> Item:
    return {"role": roles[0]} if len(roles) == 1 else {"role": roles[0], "roles": roles}
