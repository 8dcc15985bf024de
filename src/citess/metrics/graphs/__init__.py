"""Metrics of the partnership network: of the whole, and of each node.

Examples
--------
>>> import citess
>>> found = citess.metrics.centralisation(citess.datasets.tunisia())
>>> 0 <= found.value <= 1
True
"""
