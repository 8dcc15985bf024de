"""Composite indicators: fixed goalposts, stated weights, and how far the order holds.

Examples
--------
>>> from citess.metrics.composite import Goalpost, Scorecard, readiness_score
>>> card = Scorecard(version="2026-1", goalposts={"law": Goalpost(worst=0, best=5)})
>>> readiness_score({"law": 2}, card).value
0.4
"""

from citess.metrics.composite._normalise import Goalpost, distances, min_max, ranks, z_scores
from citess.metrics.composite.components import Components, principal_components
from citess.metrics.composite.doubt import benefit_of_doubt
from citess.metrics.composite.orders import borda_count
from citess.metrics.composite.robustness import mean_rank_shift, rank_robustness, sobol
from citess.metrics.composite.scorecard import Scorecard, readiness_geometric, readiness_score

__all__ = [
    "Components",
    "Goalpost",
    "Scorecard",
    "benefit_of_doubt",
    "borda_count",
    "distances",
    "mean_rank_shift",
    "min_max",
    "principal_components",
    "rank_robustness",
    "ranks",
    "readiness_geometric",
    "readiness_score",
    "sobol",
    "z_scores",
]
