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
from citess.metrics._changed import Changed, change
from citess.metrics._count import reader
from citess.metrics._counted import Counted, count
from citess.metrics._definition import Better, Defined
from citess.metrics._facts import Fact, Facts, Number
from citess.metrics._join import Comparison, compare, pool
from citess.metrics._measure import Interval, Measure, Outcome, Undefined
from citess.metrics._proportion import proportion
from citess.metrics._registry import Metric, ValueMetric, as_of, metric, value_metric
from citess.metrics._spells import Spells, spells
from citess.metrics._tally import Tally
from citess.metrics._totals import Totals, totals
from citess.metrics.agreements import formality_share
from citess.metrics.composite import (
    Goalpost,
    Scorecard,
    benefit_of_the_doubt,
    borda_count,
    rank_robustness,
    readiness_geometric,
    readiness_score,
)
from citess.metrics.continuity import member_vitality, service_survival, survival_past_project
from citess.metrics.contribution import (
    complementarity_gain,
    contributions,
    service_overlap,
    shapley_coverage,
)
from citess.metrics.convergence import (
    beta_convergence,
    levelling_gap,
    sigma_convergence,
    time_distance,
)
from citess.metrics.coproduction import coproduction_index
from citess.metrics.inequality import gini
from citess.metrics.laws import legal_pipeline
from citess.metrics.mixes import distance_to_target_mix
from citess.metrics.networks import density
from citess.metrics.partners import hill_numbers, sector_balance
from citess.metrics.raters import cohen_kappa, cronbach_alpha, krippendorff_alpha
from citess.metrics.reach import women_share
from citess.metrics.services import (
    offer_continuity,
    one_stop_completeness,
    redundancy_ratio,
    service_coverage,
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
from citess.metrics.verdicts import institutional_framework_index, label_verdict

__all__ = [
    "Asked",
    "Better",
    "Catalogue",
    "Changed",
    "Comparison",
    "Counted",
    "Defined",
    "Fact",
    "Facts",
    "Goalpost",
    "Interval",
    "Measure",
    "Metric",
    "Number",
    "Outcome",
    "Scorecard",
    "Spells",
    "Tally",
    "Totals",
    "Undefined",
    "ValueMetric",
    "as_of",
    "benefit_of_the_doubt",
    "beta_convergence",
    "borda_count",
    "catalogue",
    "change",
    "cohen_kappa",
    "compare",
    "complementarity_gain",
    "contributions",
    "coproduction_index",
    "count",
    "cronbach_alpha",
    "density",
    "distance_to_target_mix",
    "donor_dependency",
    "formality_share",
    "funding_concentration",
    "gini",
    "herfindahl",
    "hill_numbers",
    "institutional_framework_index",
    "krippendorff_alpha",
    "label_verdict",
    "legal_pipeline",
    "levelling_gap",
    "member_vitality",
    "metric",
    "offer_continuity",
    "one_stop_completeness",
    "pool",
    "proportion",
    "rank_robustness",
    "reader",
    "readiness_geometric",
    "readiness_score",
    "redundancy_ratio",
    "runway",
    "sector_balance",
    "self_financing_ratio",
    "service_coverage",
    "service_overlap",
    "service_survival",
    "shapley_coverage",
    "sigma_convergence",
    "single_provider_share",
    "spells",
    "stress_runway",
    "survival_past_project",
    "time_distance",
    "totals",
    "value_metric",
    "women_share",
]
