"""Metrics that can be trusted and cited: one definition, explained, for any data.

Examples
--------
>>> import citess
>>> data = citess.datasets.tunisia()
>>> balance = citess.metrics.sector_balance(data)
>>> balance.unit, balance.reason
('index', None)
"""

from citess.metrics._asked import Asked
from citess.metrics._catalogue import Catalogue, catalogue
from citess.metrics._changed import change
from citess.metrics._count import reader
from citess.metrics._counted import count
from citess.metrics._definition import Better, Defined
from citess.metrics._facts import Fact, Facts, Number
from citess.metrics._join import Comparison, compare, pool
from citess.metrics._measure import Interval, Measure, Outcome, Undefined
from citess.metrics._proportion import proportion
from citess.metrics._registry import Metric, ValueMetric, as_of, metric, value_metric
from citess.metrics._tally import Tally
from citess.metrics.agreements import formality_share
from citess.metrics.continuity import member_vitality, service_survival, survival_past_project
from citess.metrics.coproduction import coproduction_index
from citess.metrics.inequality import gini
from citess.metrics.laws import legal_pipeline
from citess.metrics.mixes import distance_to_target_mix
from citess.metrics.networks import density
from citess.metrics.partners import hill_numbers, sector_balance
from citess.metrics.reach import women_share
from citess.metrics.services import (
    one_stop_completeness,
    redundancy_ratio,
    service_coverage,
    shapley_coverage,
    single_provider_share,
)
from citess.metrics.sustainability import (
    donor_dependency,
    funding_concentration,
    herfindahl,
    runway,
    self_financing_ratio,
    stress_runway,
)

__all__ = [
    "Asked",
    "Better",
    "Catalogue",
    "Comparison",
    "Defined",
    "Fact",
    "Facts",
    "Interval",
    "Measure",
    "Metric",
    "Number",
    "Outcome",
    "Tally",
    "Undefined",
    "ValueMetric",
    "as_of",
    "catalogue",
    "change",
    "compare",
    "coproduction_index",
    "count",
    "density",
    "distance_to_target_mix",
    "donor_dependency",
    "formality_share",
    "funding_concentration",
    "gini",
    "herfindahl",
    "hill_numbers",
    "legal_pipeline",
    "member_vitality",
    "metric",
    "one_stop_completeness",
    "pool",
    "proportion",
    "reader",
    "redundancy_ratio",
    "runway",
    "sector_balance",
    "self_financing_ratio",
    "service_coverage",
    "service_survival",
    "shapley_coverage",
    "single_provider_share",
    "stress_runway",
    "survival_past_project",
    "value_metric",
    "women_share",
]
