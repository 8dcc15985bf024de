"""What flows between parties: referrals, and money."""

from typing import TYPE_CHECKING

from citess.model import Dataset, Period
from citess.network._arguments import check_dataset, check_period
from citess.network._nodes import any_party, code

if TYPE_CHECKING:
    import networkx as nx


def referral_graph(data: Dataset, period: Period | None = None) -> "nx.MultiDiGraph[str]":
    """Graph of referrals from hubs to whom they send clients, one edge a referral.

    Edges go from the hub of the case to the party it was sent to, and carry ``referral``,
    ``service``, ``certain``, and the dates ``sent``, ``accepted``, ``declined``, ``served`` and
    ``dropped``; the case is not named. ``period`` takes referrals sent in it, and those of which
    that is not known, with ``certain=False``.

    Raises
    ------
    TypeError
        When ``data`` is no dataset, or ``period`` no period.

    Examples
    --------
    >>> import citess
    >>> data = citess.datasets.synthetic()
    >>> referral_graph(data).number_of_edges() == len(data.referrals)
    True
    """
    import networkx as nx  # noqa: PLC0415  (slow to import, needed here only)

    check_dataset(data)
    if period is not None:
        check_period(period)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for referral in data.referrals.values():
        sent = True if period is None else period.contains(referral.sent)
        if sent is False:
            continue
        hub = data.cases[referral.case].hub
        for id_ in (hub, referral.to):
            graph.add_node(id_, **any_party(data, id_))
        graph.add_edge(
            hub,
            referral.to,
            key=f"{referral.id}:{hub}:{referral.to}",
            referral=str(referral.id),
            service=referral.service,
            sent=referral.sent,
            accepted=referral.accepted,
            declined=referral.declined,
            served=referral.served,
            dropped=referral.dropped,
            certain=sent is True,
        )
    return graph


def funding_graph(data: Dataset, period: Period | None = None) -> "nx.MultiDiGraph[str]":
    """Graph of who funds whom, one edge a funding.

    Edges go from giver to receiver and carry ``funding``, ``kind``, ``amount`` (a number) with its
    ``currency``, ``restricted``, ``programme``, ``period``, ``sources`` and ``certain``. Amounts of
    several currencies do not add: choose one before you take the amount as a strength. ``period``
    takes fundings that hold on one of its days, and those of which that is not known.

    Raises
    ------
    TypeError
        When ``data`` is no dataset, or ``period`` no period.

    Examples
    --------
    >>> import citess
    >>> graph = funding_graph(citess.datasets.synthetic())
    >>> {currency for *_, currency in graph.edges(data="currency")}
    {'TND'}
    """
    import networkx as nx  # noqa: PLC0415  (slow to import, needed here only)

    check_dataset(data)
    if period is not None:
        check_period(period)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for funding in data.fundings.values():
        held: bool | None = True
        if period is not None:
            held = None if funding.period is None else funding.period.overlaps(period)
        if held is False:
            continue
        for id_ in (funding.giver, funding.receiver):
            graph.add_node(id_, **any_party(data, id_))
        amount = funding.amount
        graph.add_edge(
            funding.giver,
            funding.receiver,
            key=f"{funding.id}:{funding.giver}:{funding.receiver}",
            funding=str(funding.id),
            kind=code(funding.kind),
            amount=None if amount is None else float(amount.amount),
            currency=None if amount is None else str(amount.currency),
            restricted=funding.restricted,
            programme=funding.programme,
            period=funding.period,
            sources=funding.sources,
            certain=held is True,
        )
    return graph
