"""Who offers what where: hubs, services and providers."""

from typing import TYPE_CHECKING, Literal

from citess.model import Dataset, DateLike
from citess.model.time import as_date
from citess.network._arguments import check_choice, check_dataset
from citess.network._nodes import any_party

if TYPE_CHECKING:
    import networkx as nx


def service_graph(
    data: Dataset,
    on: DateLike | None = None,
    *,
    unknown: Literal["include", "exclude"] = "include",
) -> "nx.MultiDiGraph[str]":
    """Graph of hubs, the services they open, and who provides them.

    A plain networkx graph. An offer ties its hub to the service (``tie="opens"``) and the service
    to each provider (``tie="provided_by"``). Nodes are ids of parties, and ``service:<id>`` with
    ``kind="service"``, ``service_kind`` and ``name``. Edges carry ``offer``, ``channel``,
    ``stages``, ``territories``, ``period``, ``sources`` and ``certain``; keys are
    ``offer:a:b``.

    Parameters
    ----------
    data
        Where the offers are.
    on
        Day on which they held; ``None`` takes all.
    unknown
        Whether to take offers of which it is not known if they held that day.

    Raises
    ------
    TypeError
        When ``data`` is no dataset.
    ValueError
        When ``unknown`` is neither word.

    Examples
    --------
    >>> import citess
    >>> graph = service_graph(citess.datasets.synthetic())
    >>> {tie for _, _, tie in graph.edges(data="tie")} == {"opens", "provided_by"}
    True
    """
    import networkx as nx  # noqa: PLC0415  (slow to import, needed here only)

    check_dataset(data)
    check_choice("unknown", unknown, ("include", "exclude"))
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for offer in data.service_offers.values():
        held: bool | None = True
        if on is not None:
            held = None if offer.period is None else offer.period.holds(as_date(on))
        if held is False or (held is None and unknown == "exclude"):
            continue
        service = data.services[offer.service]
        node = f"service:{service.id}"
        graph.add_node(offer.hub, **any_party(data, offer.hub))
        graph.add_node(node, kind="service", service_kind=str(service.kind), name=str(service.name))
        facts = {
            "offer": str(offer.id),
            "channel": str(offer.channel),
            "stages": tuple(map(str, offer.stages)),
            "territories": offer.territories,
            "period": offer.period,
            "sources": offer.sources,
            "certain": held is True,
        }
        key = f"{offer.id}:{offer.hub}:{node}"
        graph.add_edge(offer.hub, node, key=key, tie="opens", **facts)
        for provider in offer.providers:
            graph.add_node(provider, **any_party(data, provider))
            key = f"{offer.id}:{node}:{provider}"
            graph.add_edge(node, provider, key=key, tie="provided_by", **facts)
    return graph
