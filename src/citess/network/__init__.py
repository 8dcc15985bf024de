"""Graphs derived from a dataset, and questions asked of any graph.

Plain networkx in, plain networkx out. Graphs of thousands of ties and more are answered by arrays
when the extra ``fast`` is installed, smaller ones in plain Python; both give the same results.
"""

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
from citess.network._holes import StructuralHoles, constraint, effective_size, structural_holes
from citess.network._partnership import KINDS, agreements_of, partnership_graph
from citess.network._projection import PROJECTION_WEIGHTS, project, project_arrays
from citess.network._removal import largest_component_without
from citess.network._robustness import Robustness, robustness
from citess.network._spectral import eigenvector, pagerank

__all__ = [
    "KINDS",
    "PROJECTION_WEIGHTS",
    "Brokerage",
    "Clustering",
    "Robustness",
    "StructuralHoles",
    "TieArrays",
    "agreements_of",
    "articulation_points",
    "betweenness",
    "bridges",
    "clustering",
    "components",
    "constraint",
    "core_numbers",
    "cross_sector_betweenness",
    "effective_size",
    "eigenvector",
    "gould_fernandez",
    "largest_component_without",
    "pagerank",
    "partnership_graph",
    "project",
    "project_arrays",
    "robustness",
    "structural_holes",
]
