"""Datasets: the real one of the two Tunisian CitESS, and synthetic ones of any size.

Examples
--------
>>> from citess.datasets import synthetic
>>> len(synthetic(hubs=3).hubs)
3
"""

from citess.datasets._synthetic import synthetic
from citess.datasets._tunisia import tunisia

__all__ = ["synthetic", "tunisia"]
