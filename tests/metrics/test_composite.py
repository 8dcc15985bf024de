"""Composite indicators: the TAI table reproduced, choices varied, missing values refused."""

import csv
import json
import math
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citess import MissingExtraError
from citess.metrics import Undefined, borda_count, cronbach_alpha
from citess.metrics.composite import (
    Goalpost,
    Scorecard,
    benefit_of_doubt,
    distances,
    mean_rank_shift,
    min_max,
    principal_components,
    rank_robustness,
    ranks,
    readiness_geometric,
    readiness_score,
    sobol,
    z_scores,
)

REFERENCE = os.environ.get("CITESS_REFERENCE_DIR")
needs_reference = pytest.mark.skipif(
    REFERENCE is None, reason="CITESS_REFERENCE_DIR names no folder of reference values"
)
LOG = math.log10
TAI = Scorecard(
    version="HDR 2001",
    goalposts={
        name: Goalpost(worst=worst, best=best)
        for name, worst, best in (
            ("patents", 0, 994),
            ("royalties", 0, 272.6),
            ("internet", 0, 232.4),
            ("exports", 0, 80.8),
            ("telephones_log10", LOG(1), LOG(901)),
            ("electricity_log10", LOG(22), LOG(6969)),
            ("schooling", 0.8, 12),
            ("university", 0.1, 27.4),
        )
    },
)
FLAT = Scorecard(version="1", goalposts=dict.fromkeys("abcd", Goalpost(worst=0, best=100)))


def reference(metric):
    records = json.loads(Path(REFERENCE or "", "reference_values.json").read_text("utf-8"))
    return next(r for r in records["records"] if r["metric"] == metric)


def tai():
    with Path(REFERENCE or "", "data", "tai23.csv").open(encoding="utf-8") as stream:
        return {row["country"]: row for row in csv.DictReader(stream)}


def values(row):
    return {name: float(row[name]) for name in TAI.goalposts}


def column(name):
    return {country: float(row[name]) for country, row in tai().items()}


@needs_reference
def test_the_technology_achievement_index_of_23_countries_is_reproduced():
    rows = tai()
    scores = {country: readiness_score(values(row), TAI).value for country, row in rows.items()}
    printed = {country: float(row["tai_hdr2001"]) for country, row in rows.items()}
    assert 23 == len(scores)
    for country in scores.keys() - {"Singapore"}:
        assert pytest.approx(printed[country], abs=0.0015) == scores[country]
    place, expected = ranks(scores), ranks(printed)
    assert {c for c in place if place[c] != expected[c]} <= {
        "Singapore",
        *(
            c
            for c, rank in expected.items()
            if expected["Singapore"] - 4 < rank <= expected["Singapore"]
        ),
    }


@needs_reference
def test_a_missing_value_taken_as_zero_moves_a_score_and_is_never_done_unasked():
    effect = reference("composite_missing_as_zero_effect")["value"]
    singapore = values(tai()["Singapore"])
    assert pytest.approx(effect["with_25_5"], abs=1e-6) == readiness_score(singapore, TAI).value
    zero = readiness_score({**singapore, "royalties": 0}, TAI)
    assert pytest.approx(effect["with_zero"], abs=1e-6) == zero.value
    absent = readiness_score({**singapore, "royalties": None}, TAI)
    assert (None, Undefined.NOT_KNOWN, 1) == (absent.value, absent.reason, absent.missing)
    assert pytest.approx(zero.value) == absent.bounds[0]


@needs_reference
def test_normalised_columns_of_the_handbook_are_reproduced():
    schooling = column("schooling")
    for metric, found in (
        ("normalise_zscore", z_scores(schooling)),
        ("normalise_minmax", min_max(schooling)),
        ("normalise_rank", ranks(schooling, highest_first=False)),
    ):
        expected = reference(metric)
        assert pytest.approx(expected["value"], abs=expected["tolerance"]) == found
    expected = reference("normalise_distance")
    for base in ("mean", "best"):
        found = distances(schooling, base)
        assert pytest.approx(expected["value"][base], abs=expected["tolerance"]) == found


@needs_reference
def test_alpha_of_the_index_and_without_each_indicator_is_reproduced():
    items = {name: list(column(name).values()) for name in TAI.goalposts}
    found = cronbach_alpha(items)
    assert pytest.approx(reference("cronbach_alpha")["value"], abs=1e-6) == found.value
    for name, expected in reference("cronbach_alpha_if_deleted")["value"].items():
        assert pytest.approx(expected, abs=0.006) == found.parts[f"without:{name}"]


@needs_reference
def test_components_of_the_handbook_are_reproduced():
    expected = reference("pca_eigenvalues")
    found = principal_components({country: values(row) for country, row in tai().items()})
    assert pytest.approx(expected["value"], abs=1e-9) == found.eigenvalues
    assert math.isclose(8, sum(found.eigenvalues))
    assert (23, 2) == (found.n, found.above_one)
    assert math.isclose(found.eigenvalues[0] / 8, found.shares[0])
    assert math.isclose(1, found.cumulative[-1])


def test_components_that_cannot_be_are_refused(monkeypatch):
    full = {"x": 1.0, "y": 2.0}
    with pytest.raises(ValueError, match="two units and indicators, not 1 and 2"):
        principal_components({"a": full})
    with pytest.raises(ValueError, match="not 2 and 1"):
        principal_components({"a": {"x": 1}, "b": {"x": 2}})
    with pytest.raises(ValueError, match="'b' lacks 'y'"):
        principal_components({"a": full, "b": {"x": 2}})
    with pytest.raises(ValueError, match="two different values"):
        principal_components({"a": full, "b": full})
    monkeypatch.setitem(sys.modules, "numpy", None)
    with pytest.raises(MissingExtraError, match="components"):
        principal_components({"a": full, "b": {"x": 2, "y": 3}})


@needs_reference
def test_geometric_and_linear_scores_and_orders_of_the_handbook_are_reproduced():
    expected = reference("geometric_vs_linear")["value"]
    uneven, even = {"a": 21, "b": 1, "c": 1, "d": 1}, dict.fromkeys("abcd", 6)
    assert pytest.approx(expected["lin_a"]) == 100 * readiness_score(uneven, FLAT).value
    assert pytest.approx(expected["geo_a"]) == 100 * readiness_geometric(uneven, FLAT).value
    assert pytest.approx(expected["geo_b"]) == 100 * readiness_geometric(even, FLAT).value
    table = reference("borda_score")
    assert table["value"] == borda_count(table["parameters"]["profile"]).parts


@needs_reference
def test_the_order_of_the_index_is_robust_with_stated_intervals():
    rows = tai()
    units = {country: values(row) for country, row in rows.items()}
    found = rank_robustness(units, TAI, draws=64, seed=3)
    finland = found.method["ranks"]["Finland"]
    assert 1 == finland["reference"]
    assert finland["low"] <= finland["median"] <= finland["high"]
    assert 0 < found.value < 10
    assert found == rank_robustness(units, TAI, draws=64, seed=3)
    assert found.value != rank_robustness(units, TAI, draws=64, seed=4).value
    assert found.parts["total:imputation"] == 0


def test_missing_values_are_refused_unless_a_policy_is_named():
    found = readiness_score({"a": 50, "b": 100}, FLAT)
    assert (Undefined.NOT_KNOWN, 2, (0.375, 0.875)) == (found.reason, found.missing, found.bounds)
    kept = readiness_score({"a": 50, "b": 100}, FLAT, missing="exclude")
    assert (0.75, "exclude", {"a": 0.5, "b": 1.0, "c": None, "d": None}) == (
        kept.value,
        kept.method["missing"],
        kept.parts,
    )
    assert Undefined.NOT_KNOWN is readiness_score({}, FLAT, missing="exclude").reason


def test_goalposts_are_versioned_and_hold_scores():
    found = readiness_score(dict.fromkeys("abcd", 150), FLAT)
    assert (1.0, "1") == (found.value, found.method["version"])
    assert 0.25 == Goalpost(worst=100, best=0).score(75)
    for worst, best in ((1, 1), (math.nan, 1), (0, math.inf)):
        with pytest.raises(ValueError, match="two different finite values"):
            Goalpost(worst=worst, best=best)


def test_a_scorecard_names_what_it_is_made_of():
    with pytest.raises(ValueError, match="one or more; odd ones: none"):
        Scorecard(version="1", goalposts={})
    with pytest.raises(ValueError, match="odd ones: b"):
        Scorecard(version="1", goalposts={"a": Goalpost(worst=0, best=1)}, weights={"a": 1, "b": 1})
    with pytest.raises(ValueError, match="not all zero"):
        Scorecard(version="1", goalposts={"a": Goalpost(worst=0, best=1)}, weights={"a": 0})
    with pytest.raises(ValueError, match="'z' is no indicator of the scorecard; it has a, b, c, d"):
        readiness_score({"z": 1}, FLAT)
    with pytest.raises(ValueError, match="finite number"):
        readiness_score({"a": math.nan}, FLAT)


def test_weights_count():
    card = Scorecard(
        version="2", goalposts=FLAT.goalposts, weights={"a": 3, "b": 1, "c": 0, "d": 0}
    )
    assert 0.75 == readiness_score({"a": 100, "b": 0, "c": 1, "d": 1}, card).value


def test_one_zero_makes_the_geometric_score_zero_by_design_unless_a_floor_is_named():
    uneven = {"a": 0, "b": 100, "c": 100, "d": 100}
    found = readiness_geometric(uneven, FLAT)
    assert (0.0, ("zero-score",)) == (found.value, found.warnings)
    assert pytest.approx(0.01**0.25) == readiness_geometric(uneven, FLAT, floor=0.01).value
    with pytest.raises(ValueError, match="the floor is a score"):
        readiness_geometric(uneven, FLAT, floor=2)


def test_the_winner_of_duels_and_circles_of_duels_are_told():
    found = borda_count([(3, "abcd"), (5, "acbd"), (7, "bdca"), (6, "cbda")])
    assert ("c", list("cbda"), False) == (
        found.method["condorcet"],
        found.method["outranking"],
        found.method["cycle"],
    )
    circle = borda_count([(1, "abc"), (1, "bca"), (1, "cab")])
    assert (None, True) == (circle.method["condorcet"], circle.method["cycle"])
    assert Undefined.ZERO_DENOMINATOR is borda_count([]).reason
    assert borda_count([(1, "abcdefghi")]).method["kemeny"] is None
    with pytest.raises(ValueError, match="names each of a, b once"):
        borda_count([(1, "ab"), (1, "aa")])


def test_ranks_of_equal_values_are_shared():
    assert {"a": 1, "b": 1, "c": 3} == ranks({"a": 2, "b": 2, "c": 1})
    assert 0 == mean_rank_shift({"a": 1}, {"a": 1})
    with pytest.raises(ValueError, match="odd ones: \\['b'\\]"):
        mean_rank_shift({"a": 1}, {"a": 1, "b": 2})
    with pytest.raises(ValueError, match="two different values"):
        z_scores({"a": 1, "b": 1})
    with pytest.raises(ValueError, match="reference is zero"):
        distances({"a": 0, "b": 0})
    assert {"a": 2.0} == distances({"a": 4}, 2)


def test_no_ranks_below_five_units():
    units = {str(n): {"a": n} for n in range(4)}
    card = Scorecard(version="1", goalposts={"a": Goalpost(worst=0, best=10)})
    assert Undefined.TOO_FEW is rank_robustness(units, card).reason
    units |= {"4": {"a": None}}
    assert Undefined.NOT_KNOWN is rank_robustness(units, card).reason
    for bad in ({"draws": 1}, {"spread": 2}):
        with pytest.raises(ValueError, match="draws are two or more"):
            rank_robustness(units, card, **bad)


def test_one_indicator_known_everywhere_keeps_every_rank():
    units = {str(n): {"a": float(n)} for n in range(6)}
    card = Scorecard(version="1", goalposts={"a": Goalpost(worst=0, best=10)})
    found = rank_robustness(units, card, draws=16, spread=1)
    assert (0, None) == (found.value, found.parts["first:weights"])


def test_missing_values_are_left_out_or_given_the_mean_in_turn():
    units = {str(n): {"a": float(n), "b": float(9 - n * n % 7)} for n in range(6)}
    units["0"]["b"] = None
    units |= {"same": {"a": 3.0, "b": 1.0}}
    card = Scorecard(version="1", goalposts=dict.fromkeys("ab", Goalpost(worst=0, best=10)))
    found = rank_robustness(units, card, draws=64, seed=1, spread=0)
    assert 1 == found.missing
    assert found.parts["total:imputation"] > 0
    assert found.parts["total:weights"] == 0
    nowhere = {unit: {"a": given["a"], "b": None} for unit, given in units.items()}
    assert 7 == rank_robustness(nowhere, card, draws=8).missing


def test_sobol_indices_of_a_sum_are_the_shares_of_its_variance():
    first, total = sobol(lambda u: 2 * u[0] + u[1], {"x": 1, "y": 1}, draws=4000, seed=2)
    assert pytest.approx({"x": 0.8, "y": 0.2}, abs=0.06) == first
    assert pytest.approx({"x": 0.8, "y": 0.2}, abs=0.06) == total


def test_the_benefit_of_doubt_bounds_shares_and_says_when_it_cannot():
    pytest.importorskip("scipy", reason="the benefit of the doubt needs the extra fast")
    units = {"x": {"a": 1.0, "b": 0.2}, "y": {"a": 0.2, "b": 1.0}, "z": {"a": 0.5, "b": 0.5}}
    free = benefit_of_doubt(units)
    assert pytest.approx({"x": 1, "y": 1, "z": 5 / 6}) == free.parts
    assert {"x": 1, "y": 1, "z": 3} == free.method["ranks"]
    held = benefit_of_doubt(units, shares=(0.4, 0.6))
    assert held.parts["x"] < 1
    assert pytest.approx(held.parts["x"]) == held.parts["y"]
    with pytest.raises(ValueError, match="no weights keep"):
        benefit_of_doubt(units, shares=(0.9, 0.95))
    with pytest.raises(ValueError, match="'y' has scores"):
        benefit_of_doubt({"x": {"a": 1}, "y": {"a": -1}})
    assert Undefined.ZERO_DENOMINATOR is benefit_of_doubt({}).reason


def test_the_benefit_of_doubt_names_its_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "scipy.optimize", None)
    with pytest.raises(MissingExtraError, match="fast"):
        benefit_of_doubt({"x": {"a": 1.0}})


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from("abcd"), st.floats(0, 100), min_size=4))
def test_geometric_scores_are_never_above_linear_ones(given_values):
    low = readiness_geometric(given_values, FLAT).value
    assert low <= readiness_score(given_values, FLAT).value + 1e-12
    assert 0 <= low <= 1
