"""Graphs in files and streams."""

from collections import Counter
from typing import TYPE_CHECKING, Any, cast

import msgspec

from citess.errors import Issue, ReadError, Report, Severity
from citess.io._layout import MAX_BYTES
from citess.io._stream import Source, Target, content_of, parsed, write_pieces
from citess.io._travel import ImportReport, Losses, LossReport
from citess.io.graphs._drawings import to_cytoscape, to_kumu
from citess.io.graphs._edges import to_edge_csv
from citess.io.graphs._gexf import to_gexf
from citess.io.graphs._graphml import from_graphml, to_graphml
from citess.io.graphs._hif import to_hif
from citess.io.graphs._jgf import Jgf, from_jgf, to_jgf
from citess.io.graphs._net import drawn
from citess.io.graphs._node_link import NodeLink, from_node_link, to_node_link
from citess.io.graphs._records import Records
from citess.model import Dataset

if TYPE_CHECKING:
    import networkx as nx

    Drawable = Dataset | nx.Graph[Any]


def from_networkx(graph: "nx.Graph[Any]") -> tuple[Dataset, ImportReport]:
    """Make a dataset of a graph of networkx, such as it reads from a file that citess wrote.

    Nodes with a ``record`` and a graph with ``records`` come back as they were; other nodes become
    partners, or what ``kind`` says, and edges agreements. What else they say is left out, and
    counted in the report.

    Raises
    ------
    ReadError
        When a record that it holds is no record.
    IntegrityError
        When records do not fit together.

    Examples
    --------
    >>> import citess, networkx
    >>> from citess.io.graphs import from_networkx, to_node_link
    >>> document, _ = to_node_link(citess.datasets.tunisia())
    >>> data, report = from_networkx(networkx.node_link_graph(document, edges="edges"))
    >>> len(data.programmes), report.ok
    (12, True)
    """
    net = drawn(graph, Losses("networkx"), full=True)
    records = Records(net)
    left = Counter({f"graph.{name}": 1 for name in net.values})
    issues = [
        Issue.of("left-out", path, None, severity=Severity.WARNING, count=count)
        for path, count in sorted((left + records.unread).items())
    ]
    return records.data(), ImportReport.of("networkx", [*records.issues, *issues])


def read_node_link(source: Source, *, max_bytes: int = MAX_BYTES) -> tuple[Dataset, ImportReport]:
    """Read node-link JSON from a file or stream, as :func:`from_node_link` does.

    Raises
    ------
    ReadError
        When it is no such document; the report holds every fault with its place.
    IntegrityError
        When records that it holds do not fit together.
    OSError
        When the file cannot be read.
    """
    return from_node_link(cast("NodeLink", parsed(content_of(source, max_bytes), max_bytes)))


def read_jgf(source: Source, *, max_bytes: int = MAX_BYTES) -> tuple[Dataset, ImportReport]:
    """Read JSON Graph Format from a file or stream, as :func:`from_jgf` does.

    Raises
    ------
    ReadError
        When the format does not allow it; the report holds every fault with its place.
    IntegrityError
        When records that it holds do not fit together.
    OSError
        When the file cannot be read.
    """
    return from_jgf(cast("Jgf", parsed(content_of(source, max_bytes), max_bytes)))


def read_graphml(source: Source, *, max_bytes: int = MAX_BYTES) -> tuple[Dataset, ImportReport]:
    """Read GraphML from a file or stream, as :func:`from_graphml` does.

    Raises
    ------
    ReadError
        When it is no GraphML, or declares a document type; faults have their line.
    IntegrityError
        When records that it holds do not fit together.
    OSError
        When the file cannot be read.
    """
    content = content_of(source, max_bytes)
    if len(content) > max_bytes:
        given, limit = f"{len(content)} bytes", f"{max_bytes} bytes"
        raise ReadError(Report((Issue.of("too-large", "", given, limit=limit),)))
    return from_graphml(content)


def write_node_link(source: "Drawable", target: Target, *, strict: bool = False) -> LossReport:
    """Write node-link JSON, as :func:`to_node_link` makes it.

    Raises
    ------
    LossError
        When strict and something did not travel; the file is not touched then.
    OSError
        When the file cannot be written; the old one is whole.
    """
    document, losses = to_node_link(source, strict=strict)
    write_pieces(target, [json_bytes(document)])
    return losses


def write_jgf(source: "Drawable", target: Target, *, strict: bool = False) -> LossReport:
    """Write JSON Graph Format, as :func:`to_jgf` makes it.

    Raises
    ------
    LossError
        When strict and something did not travel; the file is not touched then.
    OSError
        When the file cannot be written; the old one is whole.
    """
    document, losses = to_jgf(source, strict=strict)
    write_pieces(target, [json_bytes(document)])
    return losses


def write_graphml(source: "Drawable", target: Target, *, strict: bool = False) -> LossReport:
    """Write GraphML, as :func:`to_graphml` makes it.

    Raises
    ------
    LossError
        When strict and something did not travel; the file is not touched then.
    OSError
        When the file cannot be written; the old one is whole.
    """
    document, losses = to_graphml(source, strict=strict)
    write_pieces(target, [document.encode()])
    return losses


def write_gexf(
    source: "Drawable", target: Target, *, dynamic: bool = True, strict: bool = False
) -> LossReport:
    """Write GEXF, as :func:`to_gexf` makes it.

    Raises
    ------
    LossError
        When strict and something did not travel; the file is not touched then.
    OSError
        When the file cannot be written; the old one is whole.
    """
    document, losses = to_gexf(source, dynamic=dynamic, strict=strict)
    write_pieces(target, [document.encode()])
    return losses


def write_cytoscape(source: "Drawable", target: Target, *, strict: bool = False) -> LossReport:
    """Write JSON for Cytoscape, as :func:`to_cytoscape` makes it.

    Raises
    ------
    LossError
        When strict and something did not travel; the file is not touched then.
    OSError
        When the file cannot be written; the old one is whole.
    """
    document, losses = to_cytoscape(source, strict=strict)
    write_pieces(target, [json_bytes(document)])
    return losses


def write_kumu(source: "Drawable", target: Target, *, strict: bool = False) -> LossReport:
    """Write a blueprint for Kumu, as :func:`to_kumu` makes it.

    Raises
    ------
    LossError
        When strict and something did not travel; the file is not touched then.
    OSError
        When the file cannot be written; the old one is whole.
    """
    document, losses = to_kumu(source, strict=strict)
    write_pieces(target, [json_bytes(document)])
    return losses


def write_hif(source: Dataset, target: Target, *, strict: bool = False) -> LossReport:
    """Write a hypergraph, as :func:`to_hif` makes it.

    Raises
    ------
    LossError
        When strict and something did not travel; the file is not touched then.
    OSError
        When the file cannot be written; the old one is whole.
    """
    document, losses = to_hif(source, strict=strict)
    write_pieces(target, [json_bytes(document)])
    return losses


def write_edge_csv(source: "Drawable", target: Target, *, strict: bool = False) -> LossReport:
    """Write a CSV file of ties, as :func:`to_edge_csv` makes it.

    Raises
    ------
    LossError
        When strict and something did not travel; the file is not touched then.
    OSError
        When the file cannot be written; the old one is whole.
    """
    document, losses = to_edge_csv(source, strict=strict)
    write_pieces(target, [document.encode()])
    return losses


def json_bytes(document: object) -> bytes:
    """Write JSON for people and programs: indented, in UTF-8."""
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"
