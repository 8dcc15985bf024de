"""Every reference value: reproduced by a function named here, or listed with the reason why not."""

import csv
import json
import math
from pathlib import Path

import pytest

from citess.metrics import (
    Tally,
    absorption,
    adverse_impact_ratio,
    atkinson,
    beta_convergence,
    bundle_lift,
    capacity_utilisation,
    changes,
    claims,
    cohen_kappa,
    complementarity_gain,
    concentration_index,
    coproduction_index,
    cost_per_job,
    counterfactual_effect,
    cronbach_alpha,
    decent_work_deficit,
    demand_satisfaction,
    dissimilarity,
    distance_to_target_mix,
    dominance,
    double_count_adjustment,
    enhanced_2sfca,
    fidelity,
    formalisation_rate,
    formality_share,
    fte,
    funding_concentration,
    gender_pay_gap,
    gini,
    gravity_access,
    growth_symmetric,
    herfindahl,
    high_growth_share,
    hill_numbers,
    hoover,
    institutional_framework_index,
    job_flows,
    k_anonymity,
    kaplan_meier,
    label_verdict,
    levelling_gap,
    location_quotient,
    log_rank,
    member_vitality,
    net_additional_jobs,
    net_promoter,
    one_stop_completeness,
    parity_index,
    pathway_completion,
    pool,
    public_collaboration_strength,
    readiness_geometric,
    readiness_score,
    real_revenue_growth,
    redundancy_ratio,
    referral_completion,
    representation_quotient,
    rmst,
    runway,
    sector_balance,
    self_financing_ratio,
    service_coverage,
    service_overlap,
    shapley_coverage,
    shorrocks,
    sigma_convergence,
    single_provider_share,
    sroi_ratio,
    standardised_closure_ratio,
    stationary,
    stress_runway,
    survival_past_project,
    synergy_contrast,
    territorial_coverage,
    theil,
    time_distance,
    transition_probabilities,
    trust,
    unique_beneficiaries,
    voting_power,
    waiting_time,
)
from citess.metrics.additional_jobs import Rate
from citess.metrics.composite import (
    borda_count,
    distances,
    min_max,
    ranks,
    z_scores,
)
from citess.metrics.disclosure import CountTable, round_counts
from citess.metrics.disclosure import intervals as audited
from citess.metrics.intervals import (
    clopper_pearson,
    garwood,
    newcombe,
    sison_glaz,
    wilson,
)
from citess.metrics.services import offered
from tests.metrics.samples import PLACEBO, REFERENCE, REMISSION, REMISSION_ENDED, needs_reference
from tests.metrics.test_composite import FLAT, TAI

NETWORKS = {
    "density", "degree_centralization_freeman", "betweenness_centralization_freeman",
    "closeness_centralization_freeman", "betweenness", "closeness", "eigenvector_centrality",
    "burt_constraint", "burt_effective_size", "burt_hierarchy", "degree_assortativity", "k_core",
    "modularity", "transitivity", "average_clustering", "global_efficiency",
    "small_world_sigma_analytic", "bipartite_density", "robins_alexander_clustering",
    "latapy_clustering_dot_mean", "one_mode_projection", "svn_pvalue", "svn_validated_links",
    "disparity_filter", "edge_jaccard", "robustness_R", "keyplayer_negative_F",
    "keyplayer_negative_DF", "keyplayer_positive_reach_m1", "degree_centralization",
    "multiplexity", "edge_turnover", "med_reach", "robustness_R_tie_rules", "svn_pvalue_small",
    "cross_sector_betweenness", "replication",
}  # fmt: skip
"""Values of networks: reproduced in tests/metrics/graphs."""

NOT_OURS = {
    "pca_eigenvalues": "principal components are numpy's, and no metric here needs them",
    "dp_laplace_scale": "differential privacy is left to opendp (docs/explanation/choices.md)",
    "rarefaction": "numbers of species in samples: hubs and sectors are counted whole",
    "chao1": "the same: species that no sample met",
    "newcombe_not_in_base": "the interval of Wald, which is not offered: see Newcombe's",
    "rank_shift": "the ranks of the printed table are not at hand; the shift has its own test",
}


def records():
    if REFERENCE is None:
        return []
    return json.loads(Path(REFERENCE, "reference_values.json").read_text("utf-8"))["records"]


def tai():
    with Path(REFERENCE, "data", "tai23.csv").open(encoding="utf-8") as stream:
        return {row["country"]: row for row in csv.DictReader(stream)}


def schooling():
    return {country: float(row["schooling"]) for country, row in tai().items()}


def ends(found):
    interval = getattr(found, "interval", found)
    return [interval.low, interval.high]


def share(found):
    return {"p": found.value, "ci": ends(found)}


def parts(found, **names):
    return {key: found.parts[name] for key, name in names.items()}


def income():
    examples = pytest.importorskip("libpysal.examples", reason="incomes come with libpysal")
    rows = list(csv.DictReader(Path(examples.get_path("usjoin.csv")).read_text().splitlines()))
    return {year: {row["Name"]: float(row[str(year)]) for row in rows} for year in (1929, 2009)}


def lung():
    datasets = pytest.importorskip("lifelines.datasets", reason="patients come with lifelines")
    return datasets.load_lung()


def survival_of_lung():
    rows = lung()
    point = kaplan_meier(rows.time, rows.status, transform="log").at(365)
    return {
        "S": point.survival,
        "se": point.se,
        "lo": point.interval.low,
        "hi": point.interval.high,
        "n_risk": point.at_risk,
    }


def six_mp(**options):
    return kaplan_meier(REMISSION, REMISSION_ENDED, **options)


def limits(transform):
    curve = six_mp(transform=transform)
    return {f"t{time}": ends(curve.at(time)) for time in (10, 23)}


def hills(counts):
    named = {f"sector-{n}": count for n, count in enumerate(counts)}
    found = hill_numbers.compute(named, sectors=tuple(named))
    return {
        "H": math.log(found.parts["q1"]),
        "0": found.parts["q0"],
        "1": found.parts["q1"],
        "2": found.parts["q2"],
        "pielou": found.parts["j"],
    }


def beta():
    by_year = income()
    found = beta_convergence(by_year[1929], by_year[2009], 80)
    names = {name: name for name in ("intercept", "stderr", "r2", "speed", "half_life")}
    return {"slope": found.value, **parts(found, **names)}


def sigma():
    found = sigma_convergence(income())
    names = {f"{a}_{year}": f"{b}:{year}" for a, b in (("sd_log", "sd_log"), ("cv", "cv"))
             for year in (1929, 2009)}  # fmt: skip
    return parts(found, **names)


def alpha():
    items = {name: [float(row[name]) for row in tai().values()] for name in TAI.goalposts}
    return cronbach_alpha(items)


def singapore(**replaced):
    row = tai()["Singapore"]
    values = {name: float(row[name]) for name in TAI.goalposts}
    return readiness_score({**values, **replaced}, TAI).value


def two_forms():
    uneven, even = {"a": 21, "b": 1, "c": 1, "d": 1}, dict.fromkeys("abcd", 6)
    after = [{**one, "b": one["b"] + 1} for one in (uneven, even)]
    return {
        "lin_a": 100 * readiness_score(uneven, FLAT).value,
        "lin_b": 100 * readiness_score(even, FLAT).value,
        "geo_a": 100 * readiness_geometric(uneven, FLAT).value,
        "geo_b": 100 * readiness_geometric(even, FLAT).value,
        "geo_a_after": 100 * readiness_geometric(after[0], FLAT).value,
        "geo_b_after": 100 * readiness_geometric(after[1], FLAT).value,
    }


def contrast():
    facts = {}
    for arm, reached in (("neither", 20), ("first", 30), ("second", 35), ("both", 60)):
        facts |= {(arm, "yes"): reached, (arm, "no"): 100 - reached}
    found = synergy_contrast.compute(facts)
    reri = found.parts["reri"]
    s = found.parts["s"]
    attributable = found.parts["attributable_proportion"]
    return {
        "IC": found.value, "se": found.parts["se"], "ci": ends(found), "RERI": reri,
        "S": s, "synergy_S": s, "AP": attributable,
    }  # fmt: skip


def cells(count):
    return [(str(n), "idea", "t") for n in range(count)]


A, B, C = {1, 2, 3}, {2, 3, 4, 5, 6}, {6, 7}


def shapley(**sets):
    found = shapley_coverage.compute(offered(sets)).parts
    unique = {f"unique{name}": found[f"unique:{name}"] for name in sets}
    return {**{name: found[name] for name in sets}, **unique}


def stops():
    kinds = [(f"k{n}", "idea", "t") for n in range(8)]
    facts = offered({"x": kinds[:4]}, required=kinds)
    facts = {**facts, **offered({"y": kinds[4:6]}, channel="referral")}
    found = one_stop_completeness.compute(facts)
    return {"direct": found.parts["direct"], "with_referral": found.value}


def people():
    facts = {("people",): 4, ("by_hub", "A"): 3, ("by_hub", "B"): 2}
    found = unique_beneficiaries.compute(facts)
    names = {"sum": "claimed", "double_count_factor": "double_count_factor"}
    return {"unique": found.value, **parts(found, **names)}


def parity():
    population = {"female": 5000, "male": 5200}
    found = parity_index.compute({"female": 120, "male": 80}, population=population)
    return {"gpi": found.value, "gpi_adjusted": found.parts["adjusted"], "ci": ends(found)}


def flows():
    found = job_flows.compute(changes([(0, 4), (5, 8), (6, 3), (2, 0)]))
    names = ("created", "destroyed", "net", "maintained")
    return parts(
        found, **{name: name for name in names}, avg="mean_employment", jcr="creation_rate",
        jdr="destruction_rate", net_rate="net_rate", reallocation="reallocation_rate",
    )  # fmt: skip


def net_jobs():
    rates = {"deadweight": 0.25, "displacement": 0.1, "attribution": 0.2, "leakage": 0}
    said = {name: Rate(value, source="s") for name, value in rates.items()}
    return net_additional_jobs(100, **said).value


def twice():
    found = double_count_adjustment.compute(claims([(10, {"h1", "h2"}), (6, {"h1"})]))
    return {
        "naive": found.parts["claimed"],
        "unique": found.parts["jobs"],
        "factor": found.value,
        "fractional": parts(found, h1="share:h1", h2="share:h2"),
    }


def decent():
    jobs = [[1] * n + [0] * (5 - n) for n in (0, 1, 3, 5)]
    found = decent_work_deficit(jobs, cutoff=2)
    return {"H": found.parts["headcount"], "A": found.parts["intensity"], "M0": found.value}


def joint():
    levels = {"co_commission": 2, "co_design": 3, "co_deliver": 3, "co_assess": 0}
    found = coproduction_index(levels)
    names = {"coverage": "breadth", "min": "least", "geometric_shifted": "geometric"}
    return {"mean": found.value, **parts(found, **names)}


def partner():
    found = trust([{"about": "b", "by": "a", "reliability": 4, "mission": 3, "openness": 2}])
    return {"mean": found.value, "rescaled": found.parts["rescaled"]}


def verdict():
    facts = {("mandatory", "met"): 3, ("other", "met"): 6, ("other", "partly_met"): 2}
    found = label_verdict.compute({**facts, ("other", "not_met"): 1}, threshold=0.7)
    return {"mandatory_ok": found.parts["mandatory"] == 1, "score": found.value}


def kappa():
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    found = cohen_kappa(pairs)
    return {"kappa": found.value, **parts(found, po="observed", pe="expected")}


def frame():
    names = ("culture", "institutions", "law", "finance", "markets", "skills", "impact")
    found = institutional_framework_index(dict(zip(names, (6, 4, 5, None, 3, 7, 5), strict=True)))
    return {"mean": found.value, "coverage": found.parts["coverage"]}


def gap():
    found = levelling_gap({"a": 40, "b": 50, "c": 60, "d": 80})
    return {"mean_gap": found.value, "ratio_min_max": found.parts["ratio"]}


def copy():
    found = fidelity("abcdefgh", [*"abcdef", "x", "y", "z"])
    return {"fidelity": found.value, "jaccard": found.parts["jaccard"]}


def rules():
    given = [60, 30, 10]
    return {
        "nk_2_85": dominance(given).parts["nk"],
        "p10": dominance(given, p=10).parts["p"],
        "p20": dominance(given, p=20).parts["p"],
    }


def audit():
    pytest.importorskip("scipy", reason="the audit needs the extra fast")
    table = CountTable.grid([[20, 50, 10], [3, 19, 22], [17, 32, 12]])
    return {"(1, 0)": [*audited(table, [("1", "0")])["1", "0"]]}


def six():
    rows = ["F/18-25/SB", "M/18-25/SB", "F/26-35/MH"] * 2
    named = [dict(zip(("sex", "age", "gov"), row.split("/"), strict=True)) for row in rows]
    return k_anonymity(named, ["sex", "age", "gov"]).value


def banzhaf():
    return voting_power({"A": 50, "B": 30, "C": 20}, quota=51).parts


def trap():
    given = [
        formality_share.of(Tally(reads="a", groups={(): {("signed",): a, ("unsigned",): n - a}}))
        for a, n in ((1, 2), (90, 100))
    ]
    mean = sum(one.value for one in given) / 2
    return {"mean_of_ratios": mean, "pooled": pool(given).value}


def overlap():
    found = service_overlap(A, B)
    return {"jaccard": found.value, "simpson": found.parts["simpson"]}


def sroi():
    found = sroi_ratio([1000, 900, 810], discount=0.035, investment=1200)
    return {"pv": found.numerator, "ratio": found.value}


def matrix():
    counts = [[30, 10, 5], [2, 40, 8], [0, 3, 27]]
    found = transition_probabilities(counts)
    return {"P": found, "shorrocks": shorrocks(found)}


PEOPLE = {"A": 100, "B": 200, "C": 50}
SUPPLY = {"x": 10, "y": 6}
COSTS = {"A": {"x": 10, "y": 40}, "B": {"x": 25, "y": 25}, "C": {"x": 50, "y": 10}}
OZ = [[0.5, 0.25, 0.25], [0.5, 0.0, 0.5], [0.25, 0.25, 0.5]]
WALK = [[0, 0.5, 0, 0.5, 0], [0.5, 0, 0.5, 0, 0], [0, 0.5, 0, 0, 0.5], [0, 0, 0, 1, 0],
        [0, 0, 0, 0, 1]]  # fmt: skip
MIX = {"public": 5, "private": 3, "sse": 2}
WAITS = {("event", "2"): 1, ("event", "5"): 2, ("event", "9"): 1, ("censored", "12"): 1,
         ("censored", "15"): 1}  # fmt: skip
FUNNEL = {("applied", "female"): 60, ("granted", "female"): 30, ("applied", "male"): 50,
          ("granted", "male"): 40}  # fmt: skip
TWO_HUBS = {("female", "a"): 30, ("female", "b"): 10, ("male", "a"): 20, ("male", "b"): 40}
PROFILE = [(3, "abcd"), (5, "acbd"), (7, "bdca"), (6, "cbda")]
LIFT = {("clients",): 100, ("uses", "A"): 40, ("uses", "B"): 30, ("both", "A", "B"): 18}

REPRODUCED = {
    "blau_index": lambda: sector_balance.compute(MIX).parts["blau"],
    "blau_unbiased": lambda: sector_balance.compute(MIX).parts["unbiased"],
    "blau_normalised": lambda: parts(
        sector_balance.compute(MIX, sectors=tuple(MIX)), blau="blau", normalised="normalised"
    ),
    "shannon_hill_pielou": lambda: {
        f"hill{key}" if key.isdigit() else key: value for key, value in hills((5, 3, 2)).items()
    },
    "shannon": lambda: {
        "H": (found := hills((1, 4, 7, 4, 2)))["H"],
        "simpson": 1 - 1 / found["2"],
        "renyi_hill": found,
    },
    "hhi": lambda: herfindahl({"a": 30, "b": 30, "c": 20, "d": 20}).parts["scaled"],
    "funding_hhi": lambda: {
        "hhi": (found := funding_concentration.compute({"a": 0.5, "b": 0.3, "c": 0.2})).value,
        **found.parts,
    },
    "gini": lambda: gini([1, 2, 3, 4, 10]).value,
    "theil_T": lambda: theil([*income()[1929].values()]).value,
    "atkinson": lambda: atkinson([1, 2, 3, 4, 10], epsilon=0.5),
    "palma_hoover": lambda: {"hoover": hoover([1, 2, 3, 4, 10])},
    "beta_convergence": beta,
    "sigma_convergence": sigma,
    "concentration_index": lambda: concentration_index([1, 2, 3, 4, 5]).value,
    "gender_parity_index": lambda: parity()["gpi"],
    "wilson_ci": lambda: ends(wilson(0, 20)),
    "clopper_pearson_ci": lambda: ends(clopper_pearson(0, 20)),
    "newcombe_diff_ci": lambda: ends(newcombe(56, 70, 48, 80)),
    "poisson_rate_ci_garwood": lambda: {
        "rate": 10 / 200,
        "lo": garwood(10, 200).low,
        "hi": garwood(10, 200).high,
    },
    "kaplan_meier": survival_of_lung,
    "greenwood_se": lambda: {
        str(time): six_mp().at(time).se for time in (6, 7, 10, 13, 16, 22, 23)
    },
    "median_survival": lambda: {
        "six_mp": six_mp().median,
        "placebo": kaplan_meier(PLACEBO).median,
    },
    "logrank": lambda: dict(
        zip(
            ("chi2", "p"),
            log_rank((REMISSION, REMISSION_ENDED), (PLACEBO, [1] * 21))[::2],
            strict=True,
        )
    ),
    "rmst": lambda: rmst(lung().time, lung().status, until=365).value,
    "km_ci_plain": lambda: limits("plain"),
    "km_ci_log": lambda: limits("log"),
    "markov_stationary": lambda: stationary(OZ),
    "markov_absorption_time": lambda: [*absorption(WALK).steps],
    "markov_cohort_estimator": matrix,
    "multinomial_ci_sison_glaz": lambda: [ends(one) for one in sison_glaz([30, 10, 5])],
    "enhanced_two_step_fca": lambda: enhanced_2sfca(PEOPLE, SUPPLY, COSTS).parts,
    "gravity_access": lambda: gravity_access(SUPPLY, COSTS, beta=1).parts,
    "jaccard": lambda: service_overlap(A, B).value,
    "interaction_contrast": contrast,
    "synergy_interaction_contrast": contrast,
    "composite_missing_as_zero_effect": lambda: {
        "with_25_5": singapore(),
        "with_zero": singapore(royalties=0),
    },
    "normalise_zscore": lambda: z_scores(schooling()),
    "normalise_minmax": lambda: min_max(schooling()),
    "normalise_rank": lambda: ranks(schooling(), highest_first=False),
    "normalise_distance": lambda: {base: distances(schooling(), base) for base in ("mean", "best")},
    "cronbach_alpha": lambda: alpha().value,
    "cronbach_alpha_if_deleted": lambda: {
        name: alpha().parts[f"without:{name}"] for name in TAI.goalposts
    },
    "geometric_vs_linear": two_forms,
    "borda_score": lambda: borda_count(PROFILE).parts,
    "sdc_audit_interval": audit,
    "sdc_round_base5": lambda: round_counts([3, 7, 12, 13, 22], 5),
    "k_anonymity": six,
    "dominance": rules,
    "runway": lambda: {"months": runway(60_000, 12_000, 7_500).value},
    "runway_without_top_donor": lambda: stress_runway(60_000, 12_000, 7_500, 3_000).value,
    "service_coverage": lambda: (
        service_coverage.compute(offered({"a": cells(9)}, required=cells(12))).value
    ),
    "one_stop_completeness": stops,
    "redundancy_ratio": lambda: redundancy_ratio.compute(offered({"a": A, "b": B})).value,
    "single_provider_share": lambda: single_provider_share.compute(offered({"a": A, "b": B})).value,
    "overlap": overlap,
    "shapley_coverage": lambda: shapley(A=A, B=B),
    "shapley_coverage_3": lambda: shapley(A=A, B=B, C=C),
    "complementarity_gain": lambda: (
        complementarity_gain.compute(offered({"a": A, "b": B}, required=range(1, 9))).value
    ),
    "pathway_completion": lambda: share(pathway_completion.compute({"complete": 7, "broken": 3})),
    "bundle_lift": lambda: {
        "lift": (found := bundle_lift.compute(LIFT, pair=("A", "B"))).value,
        "p_hypergeom": found.parts["p"],
    },
    "referral_completion": lambda: share(
        referral_completion.compute({"served": 36, "declined": 12})
    ),
    "median_wait_km": lambda: waiting_time.compute(WAITS).value,
    "demand_satisfaction": lambda: share(
        demand_satisfaction.compute({"served": 84, "unserved": 36})
    ),
    "capacity_utilisation": lambda: (
        capacity_utilisation.compute({"delivered": 960}, available=1200).value
    ),
    "net_promoter_score": lambda: {
        "nps": (found := net_promoter({10: 50, 7: 30, 0: 20})).value,
        "se": found.parts["se"],
    },
    "unique_beneficiaries": people,
    "parity_index": parity,
    "representation_quotient": lambda: {
        "rq": (
            found := representation_quotient.compute({"female": 120, "male": 80}, reference=0.49)
        ).value,
        "ci": ends(found),
    },
    "adverse_impact_ratio": lambda: (
        adverse_impact_ratio.compute(FUNNEL, steps=("applied", "granted")).value
    ),
    "territorial_coverage": lambda: (
        territorial_coverage([100, 150, 100], [[10], [25], [40]], within=30).value
    ),
    "dissimilarity": lambda: dissimilarity.compute(TWO_HUBS).value,
    "location_quotient": lambda: location_quotient(20, 200, 500, 10_000).value,
    "job_flows": flows,
    "fte": lambda: fte([48, 24, 12], full_time_hours=48).value,
    "net_additional_jobs": net_jobs,
    "diff_in_diff": lambda: counterfactual_effect([(4.0, 6.2)], [(4.1, 4.6)]).value,
    "double_counting": twice,
    "cost_per_net_job": lambda: cost_per_job(540_000, 54).value,
    "decent_work_deficit_AF": decent,
    "gender_pay_gap": lambda: gender_pay_gap(men=[800], women=[700]).value,
    "sroi_pv": sroi,
    "dhs_growth": lambda: [growth_symmetric(a, b).value for a, b in ((5, 8), (0, 4), (2, 0))],
    "high_growth_threshold": lambda: high_growth_share.compute(changes([(10, 18)]), rate=0.2).parts[
        "least_after"
    ],
    "real_growth": lambda: real_revenue_growth(100, 121, prices=(100, 110)).value,
    "formalisation_rate": lambda: share(
        formalisation_rate.compute({"reached": 24, "not_reached": 36})
    ),
    "standardised_closure_ratio": lambda: {
        "r": (found := standardised_closure_ratio(10, expected=8)).value,
        "ci": ends(found),
    },
    "self_financing_ratio": lambda: self_financing_ratio(30, 75).value,
    "hub_survival_past_project": lambda: share(survival_past_project.compute({"alive": 2})),
    "member_retention": lambda: share(member_vitality(30, 27)),
    "distance_to_target_mix": lambda: distance_to_target_mix.compute(MIX).value,
    "coproduction_index": joint,
    "public_collaboration_strength": lambda: (
        public_collaboration_strength({"a": 4, "b": 2, "c": 0, "d": 5}).value
    ),
    "partner_trust": partner,
    "banzhaf": banzhaf,
    "label_verdict": verdict,
    "cohen_kappa": kappa,
    "institutional_framework_index": frame,
    "levelling_gap": gap,
    "time_distance": lambda: time_distance({2024: 40}, {2010: 30, 2012: 40}).value,
    "fidelity": copy,
    "mean_of_ratios_trap": trap,
}


def differences(expected, found, tolerance, path=""):
    """Where a value is not the one expected; parts that a function gives beyond are its own."""
    if isinstance(expected, dict):
        return [
            told
            for key, value in expected.items()
            for told in (
                differences(value, found[key], tolerance, f"{path}.{key}")
                if key in found
                else [f"{path}.{key} is absent"]
            )
        ]
    if isinstance(expected, list):
        pairs = enumerate(zip(expected, found, strict=True))
        return [
            told for n, (a, b) in pairs for told in differences(a, b, tolerance, f"{path}[{n}]")
        ]
    near = found is not None and abs(expected - found) <= tolerance
    return [] if near else [f"{path}: expected {expected}, found {found}"]


@needs_reference
def test_every_reference_value_is_accounted_for():
    assert {record["metric"] for record in records()} <= NETWORKS | {*NOT_OURS} | {*REPRODUCED}
    assert set() == {*REPRODUCED} & (NETWORKS | {*NOT_OURS})


@needs_reference
@pytest.mark.parametrize("name", REPRODUCED)
def test_each_reference_value_is_reproduced(name):
    given = [record for record in records() if record["metric"] == name]
    found = REPRODUCED[name]()
    for record in given:
        tolerance = max(record["tolerance"] or 0, 1e-9)
        assert [] == differences(record["value"], found, tolerance)
    assert given
