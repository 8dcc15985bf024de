"""Graphs derived from a dataset: plain networkx in, plain networkx out."""

from citess.network._partnership import KINDS, agreements_of, partnership_graph

__all__ = ["KINDS", "agreements_of", "partnership_graph"]
