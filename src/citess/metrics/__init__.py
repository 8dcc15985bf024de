"""Metrics that can be trusted and cited: one definition, explained, for any data.

Examples
--------
>>> import citess
>>> data = citess.datasets.tunisia()
>>> balance = citess.metrics.sector_balance(data)
>>> balance.unit, balance.reason
('index', None)
"""

from citess.metrics._join import Comparison, compare, pool
from citess.metrics._measure import Interval, Measure, Outcome, Undefined
from citess.metrics._registry import Better, Catalogue, Metric, catalogue, metric
from citess.metrics._tally import Fact, Tally
from citess.metrics.agreements import formality_share
from citess.metrics.laws import legal_pipeline
from citess.metrics.networks import density
from citess.metrics.partners import hill_numbers, sector_balance
from citess.metrics.services import (
    one_stop_completeness,
    redundancy_ratio,
    service_coverage,
    shapley_coverage,
    single_provider_share,
)

__all__ = [
    "Better",
    "Catalogue",
    "Comparison",
    "Fact",
    "Interval",
    "Measure",
    "Metric",
    "Outcome",
    "Tally",
    "Undefined",
    "catalogue",
    "compare",
    "density",
    "formality_share",
    "hill_numbers",
    "legal_pipeline",
    "metric",
    "one_stop_completeness",
    "pool",
    "redundancy_ratio",
    "sector_balance",
    "service_coverage",
    "shapley_coverage",
    "single_provider_share",
]
