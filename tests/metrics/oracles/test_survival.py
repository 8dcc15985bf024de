"""Survival, transitions, effects and sensitivity agree with lifelines, statsmodels and scipy."""

import math
from random import Random

import pytest

from citess.metrics import (
    Range,
    absorption,
    closure_rate,
    counterfactual_effect,
    decent_work_deficit,
    kaplan_meier,
    log_rank,
    rmst,
    standardised_closure_ratio,
    stationary,
    survival_difference,
    transition_homogeneity,
    transition_probabilities,
)
from citess.metrics._propagation import propagate

pytestmark = [
    pytest.mark.deep,
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning"),  # of others
]


def lives(seed, n=60, *, entry=False):
    random = Random(seed)
    columns = []
    for _ in range(n):
        until = 1 + int(random.expovariate(0.05))
        since = random.randrange(until) if entry and random.random() < 0.5 else 0
        columns.append((until, random.random() < 0.7, since))
    return [list(column) for column in zip(*columns, strict=True)]


@pytest.fixture(scope="module")
def lung():
    datasets = pytest.importorskip("lifelines.datasets")
    return datasets.load_lung()


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("entry", [False, True])
def test_curves_and_their_intervals_agree_with_lifelines(seed, entry):
    lifelines = pytest.importorskip("lifelines")
    durations, observed, since = lives(seed, entry=entry)
    curve = kaplan_meier(durations, observed, entry=since)
    fitted = lifelines.KaplanMeierFitter().fit(durations, observed, entry=since if entry else None)
    table = fitted.confidence_interval_survival_function_
    for point in curve.points:
        expected = float(fitted.predict(point.time))
        assert math.isclose(expected, point.survival, abs_tol=1e-9)
        if point.interval is not None and point.survival < 1:
            low, high = table.loc[point.time]
            assert math.isclose(low, point.interval.low, abs_tol=1e-9)
            assert math.isclose(high, point.interval.high, abs_tol=1e-9)
    median = fitted.median_survival_time_
    assert (curve.median or math.inf) == median


@pytest.mark.parametrize("seed", range(12))
def test_greenwood_errors_agree_with_statsmodels(seed):
    duration = pytest.importorskip("statsmodels.duration.survfunc")
    durations, observed, _ = lives(seed)
    fitted = duration.SurvfuncRight(durations, [int(one) for one in observed])
    found = {point.time: point for point in kaplan_meier(durations, observed).points}
    for time, share, se in zip(
        fitted.surv_times, fitted.surv_prob, fitted.surv_prob_se, strict=True
    ):
        assert math.isclose(share, found[time].survival, abs_tol=1e-12)
        if found[time].se is not None:
            assert math.isclose(se, found[time].se, rel_tol=1e-9)


@pytest.mark.parametrize("seed", range(12))
def test_restricted_means_agree_with_lifelines(seed):
    lifelines = pytest.importorskip("lifelines")
    utils = pytest.importorskip("lifelines.utils")
    durations, observed, _ = lives(seed)
    fitted = lifelines.KaplanMeierFitter().fit(durations, observed)
    for until in (3, 10, 20.5):
        mean = utils.restricted_mean_survival_time(fitted, t=until)
        assert math.isclose(mean, rmst(durations, observed, until=until).value, rel_tol=1e-9)


def test_the_lung_data_come_out_as_printed(lung):
    found = rmst(lung.time, lung.status, until=365)
    assert (263.22, 7.80) == (round(found.value, 2), round(found.parts["se"], 2))
    men, women = (lung[lung.sex == sex] for sex in (1, 2))
    difference = survival_difference(
        {"men": (men.time, men.status), "women": (women.time, women.status)}
    )
    assert 10.327 == round(difference.value, 3)
    point = kaplan_meier(lung.time, lung.status, transform="log").at(365)
    assert (0.4092, 0.3447, 0.4858) == tuple(
        round(x, 4) for x in (point.survival, point.interval.low, point.interval.high)
    )


@pytest.mark.parametrize("seed", range(12))
def test_log_rank_tests_agree_with_lifelines(seed):
    statistics = pytest.importorskip("lifelines.statistics")
    groups = [lives(seed + k, n=20 + 10 * k) for k in (0, 100, 200)]
    a, b, c = groups
    expected = statistics.logrank_test(a[0], b[0], a[1], b[1])
    chi_square, _, p = log_rank(a[:2], b[:2])
    assert math.isclose(expected.test_statistic, chi_square, rel_tol=1e-9)
    assert math.isclose(expected.p_value, p, rel_tol=1e-6)
    columns = [[one for group in groups for one in group[k]] for k in (0, 1)]
    names = [k for k, group in enumerate(groups) for _ in group[0]]
    expected = statistics.multivariate_logrank_test(columns[0], names, columns[1])
    chi_square, df, _ = log_rank(a[:2], b[:2], c[:2])
    assert 2 == df
    assert math.isclose(expected.test_statistic, chi_square, rel_tol=1e-9)


@pytest.mark.parametrize("seed", range(8))
def test_stratified_log_rank_and_hazards_agree_with_statsmodels_and_lifelines(seed):
    lifelines = pytest.importorskip("lifelines")
    pandas = pytest.importorskip("pandas")
    duration = pytest.importorskip("statsmodels.duration.survfunc")
    hazards = pytest.importorskip("statsmodels.duration.hazard_regression")
    strata = [{g: lives(seed + 10 * s + k, n=25)[:2] for k, g in enumerate("ab")} for s in (1, 2)]
    rows = [
        (t, int(e), int(g == "b"), s)
        for s, groups in enumerate(strata)
        for g, (times, ended) in groups.items()
        for t, e in zip(times, ended, strict=True)
    ]
    frame = pandas.DataFrame(rows, columns=["t", "e", "g", "s"])
    expected, p = duration.survdiff(frame.t, frame.e, frame.g, strata=frame.s)
    chi_square, _, found = log_rank(*strata)
    assert math.isclose(expected, chi_square, rel_tol=1e-9)
    assert math.isclose(p, found, rel_tol=1e-6)
    model = hazards.PHReg(
        frame.t, frame[["g"]].astype(float), status=frame.e, strata=frame.s, ties="efron"
    )
    fitted = model.fit()
    parts = survival_difference(*strata).parts
    assert math.isclose(math.exp(fitted.params[0]), parts["hazard_ratio"], rel_tol=1e-6)
    low, high = fitted.conf_int()[0]
    assert math.isclose(math.exp(low), parts["hazard_ratio_low"], rel_tol=1e-6)
    assert math.isclose(math.exp(high), parts["hazard_ratio_high"], rel_tol=1e-6)
    approximate = lifelines.CoxPHFitter().fit(frame, "t", "e", strata=["s"])
    assert math.isclose(approximate.hazard_ratios_["g"], parts["hazard_ratio"], rel_tol=1e-3)


@pytest.mark.parametrize("seed", range(6))
def test_chains_agree_with_linear_algebra(seed):
    numpy = pytest.importorskip("numpy")
    random = Random(seed)
    counts = [[random.randrange(1, 20) for _ in range(5)] for _ in range(5)]
    matrix = numpy.array(transition_probabilities(counts))
    values, vectors = numpy.linalg.eig(matrix.T)
    long_run = numpy.real(vectors[:, numpy.argmax(numpy.real(values))])
    long_run /= long_run.sum()
    for a, b in zip(long_run, stationary(matrix.tolist()), strict=True):
        assert math.isclose(a, b, abs_tol=1e-9)
    found = absorption(matrix.tolist(), [3, 4])
    fundamental = numpy.linalg.inv(numpy.eye(3) - matrix[:3, :3])
    for a, b in zip(fundamental.sum(axis=1), found.steps, strict=True):
        assert math.isclose(a, b, rel_tol=1e-9)
    assert numpy.allclose(fundamental @ matrix[:3, 3:], numpy.array(found.chances))


@pytest.mark.parametrize("seed", range(6))
def test_homogeneity_is_the_sum_of_tests_of_tables(seed):
    stats = pytest.importorskip("scipy.stats")
    random = Random(seed)
    groups = [[[random.randrange(1, 20) for _ in range(3)] for _ in range(3)] for _ in range(2)]
    tests = [stats.chi2_contingency([group[k] for group in groups]) for k in range(3)]
    found = transition_homogeneity(*groups)
    assert math.isclose(sum(test.statistic for test in tests), found.chi_square, rel_tol=1e-9)
    assert sum(test.dof for test in tests) == found.df
    assert math.isclose(stats.chi2.sf(found.chi_square, found.df), found.p, rel_tol=1e-9)


@pytest.mark.parametrize("seed", range(6))
def test_effects_and_their_errors_agree_with_least_squares(seed):
    numpy = pytest.importorskip("numpy")
    api = pytest.importorskip("statsmodels.api")
    random = Random(seed)
    panels = [[(random.random(), random.random() + shift) for _ in range(30)] for shift in (0.4, 0)]
    clusters = [[random.randrange(12) for _ in range(30)] for _ in panels]
    change = numpy.array([b - a for panel in panels for a, b in panel])
    design = api.add_constant(numpy.array([1] * 30 + [0] * 30))
    keys = numpy.array([*clusters[0], *clusters[1]])
    fitted = api.OLS(change, design).fit(cov_type="cluster", cov_kwds={"groups": keys}, use_t=True)
    found = counterfactual_effect(
        *panels, treated_clusters=clusters[0], control_clusters=clusters[1]
    )
    assert math.isclose(fitted.params[1], found.value, rel_tol=1e-9)
    assert math.isclose(fitted.bse[1], found.parts["se"], rel_tol=1e-9)
    low, high = fitted.conf_int()[1]
    if "cluster t" == found.interval.method:
        assert math.isclose(low, found.interval.low, rel_tol=1e-6)
        assert math.isclose(high, found.interval.high, rel_tol=1e-6)


@pytest.mark.parametrize("events", [0, 1, 3, 10, 57])
def test_rates_have_the_exact_interval_of_scipy(events):
    stats = pytest.importorskip("scipy.stats")
    found = closure_rate.compute({"closed": events, "years": 40}).interval
    low = stats.chi2.ppf(0.025, 2 * events) / 2 / 40 if events else 0
    assert math.isclose(low, found.low, rel_tol=1e-9)
    assert math.isclose(stats.chi2.ppf(0.975, 2 * events + 2) / 2 / 40, found.high, rel_tol=1e-9)
    ratio = standardised_closure_ratio(events, expected=8).interval
    assert math.isclose(found.high * 40 / 8, ratio.high, rel_tol=1e-9)


def test_indices_agree_with_those_of_scipy():
    stats = pytest.importorskip("scipy.stats")
    ranges = {name: Range(low=-math.pi, high=math.pi, shape="uniform") for name in "abc"}

    def ishigami(x):
        return math.sin(x["a"]) + 7 * math.sin(x["b"]) ** 2 + 0.1 * x["c"] ** 4 * math.sin(x["a"])

    found = propagate(ishigami, ranges, seed=3, draws=40000)
    for name, first, total in (
        ("a", 0.3139, 0.5576),
        ("b", 0.4424, 0.4424),
        ("c", 0.0, 0.2437),
    ):
        assert abs(first - found.first_order[name]) < 0.03
        assert abs(total - found.total[name]) < 0.03
    theirs = stats.sobol_indices(
        func=lambda x: [ishigami(dict(zip("abc", column, strict=True))) for column in x.T],
        n=4096,
        dists=[stats.uniform(-math.pi, 2 * math.pi)] * 3,
        rng=1,
    )
    for k, name in enumerate("abc"):
        assert abs(theirs.first_order[k] - found.first_order[name]) < 0.04


def test_the_bootstrap_of_a_deficit_agrees_with_scipy():
    numpy = pytest.importorskip("numpy")
    stats = pytest.importorskip("scipy.stats")
    random = Random(4)
    jobs = [[int(random.random() < 0.4) for _ in range(5)] for _ in range(80)]
    found = decent_work_deficit(jobs, cutoff=2, seed=1, resamples=4000)
    scores = numpy.array([sum(job) / 5 for job in jobs])
    poor = numpy.where(scores >= 0.4, scores, 0.0)
    theirs = stats.bootstrap(
        (poor,), numpy.mean, method="BCa", n_resamples=4000, rng=1
    ).confidence_interval
    assert abs(theirs.low - found.interval.low) < 0.01
    assert abs(theirs.high - found.interval.high) < 0.01
