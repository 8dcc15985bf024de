"""Graphs of the partnership network in the formats of graph tools.

Every writer takes a dataset, of which it draws the partnership graph, or any graph of networkx.

Examples
--------
>>> import citess
>>> from citess.io.graphs import from_graphml, to_graphml
>>> document, losses = to_graphml(citess.datasets.tunisia())
>>> data, report = from_graphml(document)
>>> len(data.partners), report.ok
(56, True)
"""

from citess.io.graphs._drawings import to_cytoscape, to_kumu
from citess.io.graphs._edges import to_edge_csv
from citess.io.graphs._files import (
    from_networkx,
    read_graphml,
    read_jgf,
    read_node_link,
    write_cytoscape,
    write_edge_csv,
    write_gexf,
    write_graphml,
    write_hif,
    write_jgf,
    write_kumu,
    write_node_link,
)
from citess.io.graphs._gexf import to_gexf
from citess.io.graphs._graphml import from_graphml, to_graphml
from citess.io.graphs._hif import to_hif
from citess.io.graphs._jgf import Jgf, from_jgf, to_jgf
from citess.io.graphs._node_link import NodeLink, from_node_link, to_node_link

__all__ = [
    "Jgf",
    "NodeLink",
    "from_graphml",
    "from_jgf",
    "from_networkx",
    "from_node_link",
    "read_graphml",
    "read_jgf",
    "read_node_link",
    "to_cytoscape",
    "to_edge_csv",
    "to_gexf",
    "to_graphml",
    "to_hif",
    "to_jgf",
    "to_kumu",
    "to_node_link",
    "write_cytoscape",
    "write_edge_csv",
    "write_gexf",
    "write_graphml",
    "write_hif",
    "write_jgf",
    "write_kumu",
    "write_node_link",
]
