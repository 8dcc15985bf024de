"""Documents of others: kept as they were read, and written back."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast

from citess.errors import Issue
from citess.io._told import copied
from citess.io._travel import ImportReport, Losses, LossReport
from citess.io.graphs._net import Edge, Net, Node, drawn
from citess.io.graphs._records import Records
from citess.model import Dataset

if TYPE_CHECKING:
    import networkx as nx

D = TypeVar("D")
Opened = Callable[[D], tuple[Net, list[Issue]]]
Made = Callable[[Net], D]


def written(
    source: "Dataset | nx.Graph[Any]",
    losses: Losses,
    make: Made[D],
    opened: Opened[D],
) -> D:
    """Make a document; one that was read is given back, with what was changed since.

    Parameters
    ----------
    source
        Dataset or graph.
    losses
        Where to count what does not travel.
    make
        Makes a document of a graph.
    opened
        Takes a document apart.
    """
    net = drawn(source, losses, full=True)
    kept = source.extra.get(losses.format) if isinstance(source, Dataset) else None
    if kept is None:
        return make(net)
    document = cast("D", copied(kept))
    old, _ = opened(document)
    found = Records(old)
    if found.data({losses.format: document}) == source:
        return document
    if make(old) != document:
        losses.changed(losses.format, "nodes, ties and what was said of them")
    losses.lost("edges[]", sum(edge.id not in found.agreements for edge in old.edges))
    renamed = sum(found.ids[node.id] != node.id for node in old.nodes)
    losses.changed("nodes[].id", "the id of its record", renamed)
    return make(_overlaid(net, old, found))


def _overlaid(net: Net, old: Net, found: Records) -> Net:
    """Give nodes and edges what was said of them beside what citess understands."""
    said = {found.ids[node.id]: node.values for node in old.nodes}
    ties = {found.agreements[e.id]: e.values for e in old.edges if e.id in found.agreements}
    nodes = tuple(
        Node(node.id, {**said.get(node.id, {}), **node.values}, node.record) for node in net.nodes
    )
    edges = tuple(
        Edge(e.id, e.source, e.target, {**ties.get(_agreement(e), {}), **e.values}, e.directed)
        for e in net.edges
    )
    return Net(net.directed, nodes, edges, {**old.values, **net.values}, net.records)


def _agreement(edge: Edge) -> str:
    return str(edge.values.get("agreement"))


def read(
    document: D,
    format: str,  # noqa: A002  (the word of the field)
    make: Made[D],
    opened: Opened[D],
) -> tuple[Dataset, ImportReport]:
    """Make a dataset of a document, which is kept unless the records say all of it.

    Raises
    ------
    ReadError
        When it is no such document, or a record that it holds is no record.
    IntegrityError
        When records do not fit together.
    """
    net, issues = opened(document)
    records = Records(net)
    data = records.data()
    if make(drawn(data, Losses(format), full=True)) != document:
        data = records.data({format: copied(document)})
    return data, ImportReport.of(format, [*issues, *records.issues])


def report(losses: Losses, document: D, *, strict: bool) -> tuple[D, LossReport]:
    """Give a document with its loss report."""
    return document, losses.report(strict=strict)
