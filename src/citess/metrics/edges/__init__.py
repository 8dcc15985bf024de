"""The network as a frame of edges: questions beyond what a graph in memory can hold.

Plans have the normal form of :mod:`citess.metrics.frames`; loops keep each round apart. Constraint
is asked of arrays or of one circle, never by joins, which would build every path of two ties.
"""

from citess.metrics.edges._projection import Projected
from citess.metrics.edges._table import EdgeTable, Settled

__all__ = ["EdgeTable", "Projected", "Settled"]
