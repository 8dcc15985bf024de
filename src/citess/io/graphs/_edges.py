"""Edges as a CSV file, for spreadsheets and for every tool that reads a list of edges."""

import csv
import io
from typing import TYPE_CHECKING, Any, Final

from citess.io._travel import Losses, LossReport
from citess.io.graphs._kept import report
from citess.io.graphs._net import drawn
from citess.io.graphs._xml import column_types, text_of
from citess.io.spreadsheet._injection import guarded
from citess.model import Dataset

if TYPE_CHECKING:
    import networkx as nx

FORMAT: Final = "edge-csv"


def to_edge_csv(
    source: "Dataset | nx.Graph[Any]", *, strict: bool = False
) -> tuple[str, LossReport]:
    """Make a CSV file of the ties of the partnership graph, or of any graph: one a line.

    Columns are ``Source``, ``Target``, ``Type``, ``Id`` and ``Label``, as Gephi has them, and what
    is said of the ties. Parties without a tie have no line and are counted; what a spreadsheet
    would take for a formula is made harmless.

    Parameters
    ----------
    source
        Dataset, or graph of networkx.
    strict
        Whether to refuse when something does not travel.

    Raises
    ------
    LossError
        When strict and something did not travel.

    Examples
    --------
    >>> import citess
    >>> document, losses = to_edge_csv(citess.datasets.tunisia())
    >>> document.splitlines()[0]
    'Source,Target,Type,Id,Label,agreement,kind,role,source_role,sources,certain,period,start,end'
    """
    losses = Losses(FORMAT)
    net = drawn(source, losses, full=False)
    tied = {end for edge in net.edges for end in (edge.source, edge.target)}
    losses.lost("nodes[]", sum(node.id not in tied for node in net.nodes))
    for name in column_types([node.values for node in net.nodes]):
        losses.lost(f"nodes[].{name}", sum(name in node.values for node in net.nodes))
    names = [n for n in column_types([edge.values for edge in net.edges]) if n != "directed"]
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["Source", "Target", "Type", "Id", "Label", *names])
    for edge in net.edges:
        way = "Directed" if edge.directed else "Undirected"
        label = edge.values.get("role", "")
        row = [edge.source, edge.target, way, edge.id, str(label)]
        row += ["" if edge.values.get(n) is None else text_of(edge.values[n]) for n in names]
        writer.writerow([guarded(cell) for cell in row])
    return report(losses, stream.getvalue(), strict=strict)
