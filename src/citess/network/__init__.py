"""Graphs derived from a dataset, and questions asked of any graph.

Plain networkx in, plain networkx out. Graphs of thousands of ties and more are answered by arrays
when the extra ``fast`` is installed, smaller ones in plain Python; both give the same results.
"""

from citess.network._agreement import agreement_graph, co_membership
from citess.network._arrays import TieArrays
from citess.network._brokerage import Brokerage, gould_fernandez
from citess.network._clustering import Clustering, clustering
from citess.network._crossing import cross_sector_betweenness
from citess.network._delegated import (
    articulation_points,
    betweenness,
    bridges,
    components,
    core_numbers,
)
from citess.network._flows import funding_graph, referral_graph
from citess.network._holes import StructuralHoles, constraint, effective_size, structural_holes
from citess.network._hubs import hub_network, lineage
from citess.network._layers import layers
from citess.network._offers import service_graph
from citess.network._partnership import KINDS, agreements_of, partnership_graph
from citess.network._projection import PROJECTION_WEIGHTS, project, project_arrays
from citess.network._records import FromGraph, from_graph
from citess.network._removal import largest_component_without
from citess.network._robustness import Robustness, robustness
from citess.network._slices import Turnover, at, during, rolling, turnover
from citess.network._spectral import eigenvector, pagerank

__all__ = [
    "KINDS",
    "PROJECTION_WEIGHTS",
    "Brokerage",
    "Clustering",
    "FromGraph",
    "Robustness",
    "StructuralHoles",
    "TieArrays",
    "Turnover",
    "agreement_graph",
    "agreements_of",
    "articulation_points",
    "at",
    "betweenness",
    "bridges",
    "clustering",
    "co_membership",
    "components",
    "constraint",
    "core_numbers",
    "cross_sector_betweenness",
    "during",
    "effective_size",
    "eigenvector",
    "from_graph",
    "funding_graph",
    "gould_fernandez",
    "hub_network",
    "largest_component_without",
    "layers",
    "lineage",
    "pagerank",
    "partnership_graph",
    "project",
    "project_arrays",
    "referral_graph",
    "robustness",
    "rolling",
    "service_graph",
    "structural_holes",
    "turnover",
]
