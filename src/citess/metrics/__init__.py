"""Metrics that can be trusted and cited: one definition, explained, for any data.

Examples
--------
>>> import citess
>>> data = citess.datasets.tunisia()
>>> balance = citess.metrics.sector_balance(data)
>>> balance.unit, balance.reason
('index', None)
"""

from citess.metrics._alignments import Alignment
from citess.metrics._asked import Asked
from citess.metrics._catalogue import Catalogue, catalogue
from citess.metrics._changed import Changed, change
from citess.metrics._correlation import Correlation, correlate
from citess.metrics._count import reader
from citess.metrics._counted import Counted, count
from citess.metrics._definition import Better, Defined
from citess.metrics._evaluate import Results, evaluate
from citess.metrics._facts import Fact, Facts, Number
from citess.metrics._graph_metric import GraphMetric, NodeMetric, graph_metric, node_metric
from citess.metrics._join import Comparison, compare, pool
from citess.metrics._measure import Interval, Measure, Outcome, Undefined
from citess.metrics._node_measures import Measures, NodeOutcome
from citess.metrics._proportion import proportion
from citess.metrics._registry import Metric, ValueMetric, metric, value_metric
from citess.metrics._series import series
from citess.metrics._spells import Spells, spells
from citess.metrics._tables import Tables
from citess.metrics._tally import Tally
from citess.metrics._totals import Totals, totals
from citess.metrics.access import (
    enhanced_2sfca,
    gravity_access,
    territorial_coverage,
    two_step_floating_catchment,
)
from citess.metrics.additional_jobs import Range, Rate, cost_per_job, net_additional_jobs
from citess.metrics.agreements import formality_share
from citess.metrics.bundles import bundle_lift
from citess.metrics.chains import (
    absorption,
    shorrocks,
    stationary,
    transition_homogeneity,
    transition_probabilities,
)
from citess.metrics.closures import closure_rate, closure_strata, standardised_closure_ratio
from citess.metrics.composite import (
    Goalpost,
    Scorecard,
    benefit_of_doubt,
    borda_count,
    rank_robustness,
    readiness_geometric,
    readiness_score,
)
from citess.metrics.concentration import concentration_index
from citess.metrics.continuity import member_vitality, service_survival, survival_past_project
from citess.metrics.contribution import (
    complementarity_gain,
    contributions,
    service_overlap,
    shapley_coverage,
)
from citess.metrics.convergence import beta_convergence, sigma_convergence, time_distance
from citess.metrics.coproduction import coproduction_index
from citess.metrics.counterfactual import counterfactual_effect
from citess.metrics.curves import SurvivalCurve, kaplan_meier
from citess.metrics.decent_work import NOT_APPLICABLE, decent_work_deficit
from citess.metrics.disclosure import (
    CountTable,
    Policy,
    PublishableTable,
    audit_interval,
    complementary_suppression,
    dominance,
    k_anonymity,
    primary_suppression,
    publish,
    safe_ratio,
)
from citess.metrics.double_counting import claims, double_count_adjustment
from citess.metrics.gaps import levelling_gap, theil_between_countries
from citess.metrics.graphs.backbones import disparity_filter, shared_ties, validated_ties
from citess.metrics.graphs.bipartite import bipartite_clustering
from citess.metrics.graphs.centres import (
    closeness,
    degree,
    eigenvector,
    pagerank,
    tie_concentration,
)
from citess.metrics.graphs.change import edge_stability, multiplexity
from citess.metrics.graphs.cohesion import (
    average_clustering,
    fragmentation,
    global_efficiency,
    k_core,
    krackhardt_hierarchy,
    small_world,
    transitivity,
)
from citess.metrics.graphs.comparison import WhatIf, what_if
from citess.metrics.graphs.governance import Governance, GovernanceMode, governance_mode
from citess.metrics.graphs.groups import communities, modularity
from citess.metrics.graphs.intensity import relative_connectivity, tie_intensity
from citess.metrics.graphs.mixing import (
    attribute_assortativity,
    degree_assortativity,
    ei_index,
    reciprocity,
)
from citess.metrics.graphs.nulls import against_chance
from citess.metrics.graphs.positions import (
    betweenness,
    centralisation,
    constraint,
    cross_sector_betweenness,
    effective_size,
    efficiency,
    hierarchy,
)
from citess.metrics.graphs.replication import fidelity, mediterranean_reach, replication_lineage
from citess.metrics.graphs.resilience import key_players, robustness
from citess.metrics.graphs.roles import brokerage, gould_fernandez
from citess.metrics.graphs.surveys import (
    public_collaboration_strength,
    reconstruct,
    response_and_reciprocity,
    trust,
    value,
)
from citess.metrics.graphs.voting import votes, voting_power
from citess.metrics.growth import (
    growth_symmetric,
    high_growth_share,
    job_pairs,
    real_revenue_growth,
    turnover_pairs,
)
from citess.metrics.inequality import gini, theil
from citess.metrics.jobs import changes, fte, job_flows, women_jobs_share, youth_jobs_share
from citess.metrics.laws import legal_pipeline
from citess.metrics.lifespans import job_retention, rmst, spell_lengths
from citess.metrics.maturity import matured
from citess.metrics.milestones import creation_rate, formalisation_rate, graduation_rate
from citess.metrics.mixes import distance_to_target_mix
from citess.metrics.networks import density
from citess.metrics.parity import (
    adverse_impact_ratio,
    location_quotient,
    parity_index,
    representation_quotient,
)
from citess.metrics.partners import hill_numbers, sector_balance
from citess.metrics.pathways import (
    capacity_utilisation,
    demand_satisfaction,
    pathway_completion,
    referral_completion,
    waiting_time,
)
from citess.metrics.pay import gender_pay_gap
from citess.metrics.raters import cohen_kappa, cronbach_alpha, krippendorff_alpha
from citess.metrics.reach import penetration_rate, unique_beneficiaries, women_share, youth_share
from citess.metrics.satisfaction import net_promoter, satisfaction
from citess.metrics.segregation import dissimilarity
from citess.metrics.services import (
    offer_continuity,
    one_stop_completeness,
    redundancy_ratio,
    service_coverage,
    single_provider_share,
)
from citess.metrics.social_return import sroi_ratio
from citess.metrics.spread import atkinson, hoover, lorenz, palma
from citess.metrics.survival import enterprise_survival, survival_curves
from citess.metrics.survival_tests import log_rank, survival_difference
from citess.metrics.sustainability import (
    donor_dependency,
    funding_concentration,
    herfindahl,
    runway,
    self_financing_ratio,
    stress_runway,
)
from citess.metrics.synergies import pooled_synergy, synergy_contrast
from citess.metrics.trajectories import (
    expected_time_to_stage,
    mobility_index,
    stage_transition_matrix,
    transitions,
)
from citess.metrics.verdicts import institutional_framework_index, label_verdict

# One name a line would fill the file.
# fmt: off
__all__ = [
    "NOT_APPLICABLE", "Alignment", "Asked", "Better", "Catalogue", "Changed", "Comparison",
    "Correlation", "CountTable", "Counted", "Defined", "Fact", "Facts", "Goalpost", "Governance",
    "GovernanceMode", "GraphMetric", "Interval", "Measure", "Measures", "Metric", "NodeMetric",
    "NodeOutcome", "Number", "Outcome", "Policy", "PublishableTable", "Range", "Rate", "Results",
    "Scorecard", "Spells", "SurvivalCurve", "Tables", "Tally", "Totals", "Undefined", "ValueMetric",
    "WhatIf", "absorption", "adverse_impact_ratio", "against_chance", "atkinson",
    "attribute_assortativity", "audit_interval", "average_clustering", "benefit_of_doubt",
    "beta_convergence", "betweenness", "bipartite_clustering", "borda_count", "brokerage",
    "bundle_lift", "capacity_utilisation", "catalogue", "centralisation", "change", "changes",
    "claims", "closeness", "closure_rate", "closure_strata", "cohen_kappa", "communities",
    "compare", "complementarity_gain", "complementary_suppression", "concentration_index",
    "constraint", "contributions", "coproduction_index", "correlate", "cost_per_job", "count",
    "counterfactual_effect", "creation_rate", "cronbach_alpha", "cross_sector_betweenness",
    "decent_work_deficit", "degree", "degree_assortativity", "demand_satisfaction", "density",
    "disparity_filter", "dissimilarity", "distance_to_target_mix", "dominance", "donor_dependency",
    "double_count_adjustment", "edge_stability", "effective_size", "efficiency", "ei_index",
    "eigenvector", "enhanced_2sfca", "enterprise_survival", "evaluate", "expected_time_to_stage",
    "fidelity", "formalisation_rate", "formality_share", "fragmentation", "fte",
    "funding_concentration", "gender_pay_gap", "gini", "global_efficiency", "gould_fernandez",
    "governance_mode", "graduation_rate", "graph_metric", "gravity_access", "growth_symmetric",
    "herfindahl", "hierarchy", "high_growth_share", "hill_numbers", "hoover",
    "institutional_framework_index", "job_flows", "job_pairs", "job_retention", "k_anonymity",
    "k_core", "kaplan_meier", "key_players", "krackhardt_hierarchy", "krippendorff_alpha",
    "label_verdict", "legal_pipeline", "levelling_gap", "location_quotient", "log_rank", "lorenz",
    "matured", "mediterranean_reach", "member_vitality", "metric", "mobility_index", "modularity",
    "multiplexity", "net_additional_jobs", "net_promoter", "node_metric", "offer_continuity",
    "one_stop_completeness", "pagerank", "palma", "parity_index", "pathway_completion",
    "penetration_rate", "pool", "pooled_synergy", "primary_suppression", "proportion",
    "public_collaboration_strength", "publish", "rank_robustness", "reader", "readiness_geometric",
    "readiness_score", "real_revenue_growth", "reciprocity", "reconstruct", "redundancy_ratio",
    "referral_completion", "relative_connectivity", "replication_lineage",
    "representation_quotient", "response_and_reciprocity", "rmst", "robustness", "runway",
    "safe_ratio", "satisfaction", "sector_balance", "self_financing_ratio", "series",
    "service_coverage", "service_overlap", "service_survival", "shapley_coverage", "shared_ties",
    "shorrocks", "sigma_convergence", "single_provider_share", "small_world", "spell_lengths",
    "spells", "sroi_ratio", "stage_transition_matrix", "standardised_closure_ratio", "stationary",
    "stress_runway", "survival_curves", "survival_difference", "survival_past_project",
    "synergy_contrast", "territorial_coverage", "theil", "theil_between_countries",
    "tie_concentration", "tie_intensity", "time_distance", "totals", "transition_homogeneity",
    "transition_probabilities", "transitions", "transitivity", "trust", "turnover_pairs",
    "two_step_floating_catchment", "unique_beneficiaries", "validated_ties", "value",
    "value_metric", "votes", "voting_power", "waiting_time", "what_if", "women_jobs_share",
    "women_share", "youth_jobs_share", "youth_share",
]
# fmt: on
