"""Labels, frameworks, assessors and gaps between countries: hand numbers and reference values."""

import json
import math
import os
from pathlib import Path

import pytest

import citess
from citess.metrics import (
    Undefined,
    beta_convergence,
    cohen_kappa,
    cronbach_alpha,
    institutional_framework_index,
    krippendorff_alpha,
    label_verdict,
    levelling_gap,
    sigma_convergence,
    time_distance,
)

REFERENCE = os.environ.get("CITESS_REFERENCE_DIR")
needs_reference = pytest.mark.skipif(
    REFERENCE is None, reason="CITESS_REFERENCE_DIR names no folder of reference values"
)


def reference(metric):
    records = json.loads(Path(REFERENCE or "", "reference_values.json").read_text("utf-8"))
    return next(r["value"] for r in records["records"] if r["metric"] == metric)


@needs_reference
def test_reference_values_of_labels_and_gaps_are_reproduced():
    facts = {("mandatory", "met"): 3, ("other", "met"): 6, ("other", "partly_met"): 2}
    verdict = label_verdict.compute({**facts, ("other", "not_met"): 1}, threshold=0.7)
    assert pytest.approx(reference("label_verdict")["score"]) == verdict.value
    assert (1.0, 1) == (verdict.parts["mandatory"], verdict.parts["verdict"])
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    kappa, expected = cohen_kappa(pairs), reference("cohen_kappa")
    assert pytest.approx(expected["kappa"]) == kappa.value
    assert (expected["po"], expected["pe"]) == (kappa.parts["observed"], kappa.parts["expected"])
    ratings = dict(zip(("culture", "institutions", "law", "finance"), (6, 4, 5, None), strict=True))
    index = institutional_framework_index({**ratings, "markets": 3, "skills": 7, "impact": 5})
    assert reference("institutional_framework_index") == {
        "mean": index.value,
        "coverage": index.parts["coverage"],
    }
    gap = levelling_gap({"a": 40, "b": 50, "c": 60, "d": 80})
    assert reference("levelling_gap") == {
        "mean_gap": gap.value,
        "ratio_min_max": gap.parts["ratio"],
    }
    assert reference("time_distance") == time_distance({2024: 40}, {2010: 30, 2012: 40}).value


def test_missing_evidence_is_not_met_and_said_so():
    found = label_verdict.compute({("other", "met"): 2, ("other", "not_known"): 2}, threshold=0.6)
    assert (0.5, 2, (0.5, 1.0), 0) == (
        found.value,
        found.missing,
        found.bounds,
        found.parts["verdict"],
    )


def test_a_mandatory_criterion_not_met_refuses_the_label_whatever_the_score():
    facts = {("mandatory", "met"): 2, ("mandatory", "not_met"): 1, ("other", "met"): 9}
    found = label_verdict.compute(facts, threshold=0.5)
    assert (1.0, 0) == (found.value, found.parts["verdict"])
    alone = label_verdict.compute({("mandatory", "met"): 1, ("mandatory", "not_applicable"): 1})
    assert (1.0, 1, None, ("no-threshold",)) == (
        alone.value,
        alone.not_applicable,
        alone.parts["verdict"],
        alone.warnings,
    )
    nothing = label_verdict.compute({("other", "not_applicable"): 2})
    assert Undefined.NOT_APPLICABLE is nothing.reason
    assert Undefined.ZERO_DENOMINATOR is label_verdict.compute({}).reason
    with pytest.raises(ValueError, match="a share from 0 to 1, not 70"):
        label_verdict.compute({}, threshold=70)


def test_assessments_are_read_as_of_a_day():
    data = citess.datasets.synthetic()
    every = label_verdict(data, by="assessment", threshold=0.5)
    assert len(data.assessments) == len(every.breakdown)
    assert Undefined.ZERO_DENOMINATOR is label_verdict(data, on="2019-01-01").reason
    both = data | citess.datasets.synthetic(seed=7)
    found = label_verdict(both)
    assert len(both.assessments) == found.n + found.not_applicable
    first = min(data.assessments.values(), key=lambda one: one.on)
    assert label_verdict(data, on=first.on.earliest).n > 0


def test_a_framework_with_few_answers_is_undefined():
    found = institutional_framework_index({"law": 5, "culture": 5, "skills": 4, "impact": 2})
    assert (Undefined.TOO_MANY_MISSING, 3) == (found.reason, found.missing)
    assert Undefined.NOT_KNOWN is institutional_framework_index({}).reason
    for bad in ({"law": 11}, {"lore": 5}):
        with pytest.raises(ValueError, match="ratings are 0 to 10"):
            institutional_framework_index(bad)


def test_agreement_by_chance_alone_is_zero_and_equal_ratings_are_undefined():
    assert 0 == cohen_kappa([("y", "y"), ("y", "n"), ("n", "y"), ("n", "n")]).value
    assert Undefined.NO_VARIATION is cohen_kappa([(1, 1), (1, 1)]).reason
    assert (Undefined.NOT_KNOWN, 1) == (
        (found := cohen_kappa([(None, 1)])).reason,
        found.missing,
    )
    assert Undefined.ZERO_DENOMINATOR is cohen_kappa([]).reason
    assert () == cohen_kappa([(n % 3, n % 3) for n in range(30)]).warnings


def test_alpha_of_krippendorff_reproduces_his_example():
    """Krippendorff 2011, four observers and twelve units: 0.743, 0.815, 0.849."""
    a = (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None)
    b = (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3)
    c = (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None)
    d = (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None)
    units = list(zip(a, b, c, d, strict=True))
    for scale, expected in (("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)):
        assert pytest.approx(expected, abs=5e-4) == krippendorff_alpha(units, scale=scale).value
    assert 1 == krippendorff_alpha(units).missing
    assert Undefined.NO_VARIATION is krippendorff_alpha([(1, 1)]).reason
    assert Undefined.NOT_KNOWN is krippendorff_alpha([(1, None)]).reason
    with pytest.raises(ValueError, match="ratings of an ordinal scale are numbers"):
        krippendorff_alpha([("a", "b")], scale="ordinal")


def test_alpha_of_cronbach_needs_items_that_vary():
    assert Undefined.TOO_FEW is cronbach_alpha({"a": [1, 2]}).reason
    assert Undefined.NO_VARIATION is cronbach_alpha({"a": [1, 2], "b": [1, 1]}).reason
    assert Undefined.NO_VARIATION is cronbach_alpha({"a": [1, 2], "b": [2, 1]}).reason
    found = cronbach_alpha({"a": [1, 2, 3, None], "b": [1, 3, 2, 4]}, standardised=False)
    assert (1, 3, found.parts["raw"]) == (found.missing, found.n, found.value)
    assert found.parts["without:a"] is None
    with pytest.raises(ValueError, match="one value for each unit"):
        cronbach_alpha({"a": [1], "b": [1, 2]})
    many = {"a": list(range(30)), "b": [n * n for n in range(30)]}
    assert () == cronbach_alpha(many).warnings


def test_gaps_to_a_fixed_frontier_compare_years():
    found = levelling_gap({"a": 40, "b": 120, "c": None}, frontier=100)
    assert (pytest.approx(0.3), 1, True) == (found.value, found.missing, found.method["fixed"])
    people = levelling_gap({"a": 40, "b": 80}, population={"a": 3, "b": 1})
    assert pytest.approx(0.375) == people.parts["weighted"]
    assert levelling_gap({"a": 40, "b": 80}, population={"a": 3}).parts["weighted"] is None
    assert Undefined.NOT_KNOWN is levelling_gap({"a": None}).reason
    assert Undefined.ZERO_DENOMINATOR is levelling_gap({"a": 0, "b": 0}).reason
    assert None is levelling_gap({"a": 0}, frontier=5).parts["ratio"]
    assert () == levelling_gap({str(n): n + 1 for n in range(5)}).warnings
    with pytest.raises(ValueError, match="scores are zero or more"):
        levelling_gap({"a": -1})
    with pytest.raises(ValueError, match="frontiers are above zero"):
        levelling_gap({"a": 1}, frontier=0)


def test_spread_is_that_of_the_same_countries_in_every_year():
    panel = {2000: {"a": 1, "b": 4, "x": 7}, 2010: {"a": 4, "b": 4}}
    found = sigma_convergence(panel)
    assert (2, 1, 0.0) == (found.n, found.missing, found.parts["sd_log:2010"])
    assert found.value < 0
    assert Undefined.TOO_FEW is sigma_convergence({2000: {"a": 1}}).reason
    assert Undefined.TOO_FEW is sigma_convergence({}).reason
    with pytest.raises(ValueError, match="values are above zero"):
        sigma_convergence({1: {"a": 0, "b": 1}, 2: {"a": 1, "b": 1}})
    wide = {y: {str(n): n + y for n in range(1, 12)} for y in (1, 2)}
    assert () == sigma_convergence(wide).warnings


def test_regression_to_the_mean_is_always_flagged_with_beta():
    initial = {str(n): math.exp(n / 4) for n in range(12)}
    final = {unit: 3 * x**0.5 * (1.01 if unit in "135" else 1) for unit, x in initial.items()}
    found = beta_convergence(initial, final, years=10)
    assert ("regression-to-the-mean",) == found.warnings
    assert pytest.approx(-0.05, abs=0.002) == found.value
    assert found.interval.low < found.value < found.interval.high
    assert pytest.approx(math.log(2) / found.parts["speed"]) == found.parts["half_life"]
    assert found.parts["r2"] > 0.99


def test_growth_that_diverges_has_no_half_life():
    found = beta_convergence({"a": 1, "b": 2, "c": 4}, {"a": 1, "b": 3, "c": 9}, years=10)
    assert (None, None, None) == (found.parts["speed"], found.parts["half_life"], found.interval)
    assert found.value > 0


def test_bounded_indices_are_compared_by_their_logit():
    found = beta_convergence(
        {"a": 0.2, "b": 0.5, "c": 0.8}, {"a": 0.4, "b": 0.6, "c": 0.8}, 5, bounded=(0, 1)
    )
    assert ("logit", True) == (found.method["scale"], found.value < 0)
    with pytest.raises(ValueError, match="values lie between 0 and 1"):
        beta_convergence({"a": 0, "b": 1, "c": 1}, {"a": 1, "b": 1, "c": 1}, 5, bounded=(0, 1))


def test_convergence_needs_three_countries_that_differ():
    two = {"a": 1, "b": 2}
    assert Undefined.TOO_FEW is beta_convergence(two, two, 5).reason
    same = {"a": 1, "b": 1, "c": 1}
    assert Undefined.NO_VARIATION is beta_convergence(same, same, 5).reason
    level = beta_convergence({"a": 1, "b": 2, "c": 4}, {"a": 1, "b": 2, "c": 4}, 5)
    assert (0.0, None) == (level.value, level.parts["r2"])
    with pytest.raises(ValueError, match="years are above zero"):
        beta_convergence(two, two, 0)


def test_one_country_apart_from_all_others_has_no_robust_error():
    x = {**{str(n): 1.0 for n in range(11)}, "z": 9.0}
    y = {unit: value * (2 if unit in "12" else 1) for unit, value in x.items()}
    found = beta_convergence(x, y, 5)
    assert (None, None) == (found.parts["stderr_hc3"], found.interval)


def test_time_behind_the_frontier_is_a_bound_where_the_series_begins_too_late():
    found = time_distance({2024: 20}, {2010: 35, 2024: 80})
    assert (Undefined.ONLY_BOUNDS, 14.0) == (found.reason, found.parts["at_least"])
    assert Undefined.UNREACHABLE is time_distance({2020: 30}, {2010: 10, 2020: 20}).reason
    assert Undefined.UNREACHABLE is time_distance({2020: 30}, {2010: 10}, level=50).reason
    assert 7.5 == time_distance({2020: 30}, {2010: 20, 2020: 60}).value
    for bad in ({}, {2020: math.nan}):
        with pytest.raises(ValueError, match="series of the country holds finite values"):
            time_distance(bad, {2020: 1})
