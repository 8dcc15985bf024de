"""Composite indices, verdicts and orders: worked by hand at the ends of their scales."""

import math
from random import Random
from statistics import fmean

import pytest

from citess.metrics import Undefined, borda_count, institutional_framework_index, label_verdict
from citess.metrics.composite import (
    Goalpost,
    Scorecard,
    benefit_of_doubt,
    distances,
    mean_rank_shift,
    min_max,
    rank_robustness,
    ranks,
    readiness_geometric,
    readiness_score,
    sobol,
    z_scores,
)


def near(expected, rel=1e-11):
    return pytest.approx(expected, rel=rel, abs=1e-13)


def card(weights=None, **ends):
    posts = {name: Goalpost(worst=worst, best=best) for name, (worst, best) in ends.items()}
    return Scorecard(version="7", goalposts=posts, weights=weights or {})


CARD = card({"law": 3, "hubs": 1}, law=(0, 5), hubs=(10, 0))


def test_places_between_goalposts():
    post = Goalpost(worst=1, best=5)
    assert (0.0, 0.25, 1.0, 1.0, 0.0) == tuple(post.score(x) for x in (1, 2, 5, 9, -3))
    assert (2.0, -1.0) == (post.place(9), post.place(-3))
    less = Goalpost(worst=10, best=0)
    assert (0.0, 0.75, 1.0) == tuple(less.score(x) for x in (10, 2.5, 0))
    for worst, best in ((1, 1), (math.inf, 1), (1, math.nan)):
        with pytest.raises(ValueError, match="goalposts are two different finite values"):
            Goalpost(worst=worst, best=best)
    with pytest.raises(ValueError, match="a value is a finite number, or None"):
        post.score(math.nan)


def test_samples_brought_to_one_scale():
    values = {"a": 1, "b": 2, "c": 6}
    sd = math.sqrt((4 + 1 + 9) / 2)
    assert {"a": near(-2 / sd), "b": near(-1 / sd), "c": near(3 / sd)} == z_scores(values)
    assert {"a": 0.0, "b": 0.2, "c": 1.0} == min_max(values)
    assert {"a": 3, "b": 2, "c": 1} == ranks(values)
    assert {"a": 1, "b": 2, "c": 3} == ranks(values, highest_first=False)
    assert {"a": 1, "b": 1, "c": 3, "d": 4} == ranks({"a": 9, "b": 9, "c": 5, "d": 1})
    assert {"a": near(1 / 6), "b": near(1 / 3), "c": 1.0} == distances(values)
    assert {"a": near(1 / 3), "b": near(2 / 3), "c": 2.0} == distances(values, "mean")
    assert {"a": 0.5, "b": 1.0, "c": 3.0} == distances(values, 2)
    assert {"a": near(-math.sqrt(0.5)), "b": near(math.sqrt(0.5))} == z_scores({"a": 1, "b": 3})
    for bad in ({"a": 1}, {"a": 1, "b": 1}):
        with pytest.raises(ValueError, match="two different values or more"):
            z_scores(bad)
    with pytest.raises(ValueError, match="the reference is zero"):
        distances(values, 0)


def test_a_linear_and_a_geometric_score():
    values = {"law": 4, "hubs": 8}
    found = readiness_score(values, CARD)
    assert (near(0.75 * 0.8 + 0.25 * 0.2), near((0.65, 0.65)), 2, 0) == (
        found.value, found.bounds, found.n, found.missing,
    )  # fmt: skip
    assert ({"law": 0.8, "hubs": near(0.2)}, ()) == (found.parts, found.warnings)
    assert {"version": "7", "aggregation": "linear", "weights": {"law": 0.75, "hubs": 0.25},
            "missing": None, "floor": 0.0} == found.method  # fmt: skip
    balanced = readiness_geometric(values, CARD)
    assert (near(0.8**0.75 * 0.2**0.25), "geometric") == (
        balanced.value, balanced.method["aggregation"],
    )  # fmt: skip
    zero = readiness_geometric({"law": 0, "hubs": 8}, CARD)
    assert (0.0, ("zero-score",)) == (zero.value, zero.warnings)
    floored = readiness_geometric({"law": 0, "hubs": 8}, CARD, floor=0.1)
    assert (near(0.1**0.75 * 0.2**0.25), 0.1) == (floored.value, floored.method["floor"])
    assert () == readiness_score({"law": 0, "hubs": 8}, CARD).warnings
    for floor in (-0.1, 1.1):
        with pytest.raises(ValueError, match="the floor is a score from 0 to 1"):
            readiness_geometric(values, CARD, floor=floor)
    assert 1.0 == readiness_geometric(values, CARD, floor=1).value


def test_a_score_that_lacks_a_value():
    found = readiness_score({"law": 4}, CARD)
    assert (None, Undefined.NOT_KNOWN, 1, 1, near((0.6, 0.85))) == (
        found.value, found.reason, found.n, found.missing, found.bounds,
    )  # fmt: skip
    excluded = readiness_score({"law": 4}, CARD, missing="exclude")
    assert (near(0.8), "exclude") == (excluded.value, excluded.method["missing"])
    geometric = readiness_geometric({"law": 4}, CARD)
    assert (0.0, near(0.8**0.75)) == geometric.bounds
    assert Undefined.NOT_KNOWN is readiness_score({}, CARD, missing="exclude").reason
    weightless = card({"law": 0, "hubs": 1}, law=(0, 5), hubs=(10, 0))
    only = readiness_score({"law": 4}, weightless, missing="exclude")
    assert (None, Undefined.NOT_KNOWN) == (only.value, only.reason)
    with pytest.raises(ValueError, match="'laws' is no indicator of the scorecard"):
        readiness_score({"laws": 4}, CARD)


def test_a_card_says_what_it_is_made_of():
    assert {"law": 0.5, "hubs": 0.5} == card(law=(0, 1), hubs=(0, 1)).shares
    with pytest.raises(ValueError, match="odd ones: none"):
        Scorecard(version="1", goalposts={})
    with pytest.raises(ValueError, match="odd ones: hubs, laws"):
        card({"law": 1, "laws": 1}, law=(0, 1), hubs=(0, 1))
    for weights in ({"law": -1, "hubs": 2}, {"law": 0, "hubs": 0}):
        with pytest.raises(ValueError, match="weights are zero or more and not all zero"):
            card(weights, law=(0, 1), hubs=(0, 1))


def test_how_far_ranks_move():
    assert 2.0 == mean_rank_shift({"a": 1, "b": 2}, {"a": 3, "b": 4})
    for a, b in (({}, {}), ({"a": 1}, {"b": 1})):
        with pytest.raises(ValueError, match="the same units are ranked twice"):
            mean_rank_shift(a, b)


def test_indices_of_sobol_drawn_again():
    def function(u):
        return u[0] + 2 * u[1] * u[2]

    first, total = sobol(function, {"a": 1, "b": 2}, draws=40, seed=3)
    random = Random(3)
    one, two = ([[random.random() for _ in range(3)] for _ in range(40)] for _ in range(2))
    ya, yb = [function(x) for x in one], [function(x) for x in two]
    centre = fmean([*ya, *yb])
    variance = fmean((y - centre) ** 2 for y in (*ya, *yb))
    for name, mixed in (
        ("a", [function([q[0], *p[1:]]) for p, q in zip(one, two, strict=True)]),
        ("b", [function([p[0], *q[1:]]) for p, q in zip(one, two, strict=True)]),
    ):
        alone = fmean((y - centre) * (m - x) for x, y, m in zip(ya, yb, mixed, strict=True))
        rest = fmean((x - m) ** 2 for x, m in zip(ya, mixed, strict=True)) / 2
        assert near((alone / variance, rest / variance)) == (first[name], total[name])
    assert ({"a": None}, {"a": None}) == sobol(lambda _: 1.0, {"a": 1}, draws=4, seed=1)


def test_an_order_that_nothing_moves():
    units = {str(n): {"law": n, "hubs": 10 - n} for n in range(1, 6)}
    same = card(law=(0, 5), hubs=(10, 0))
    found = rank_robustness(units, same, draws=8, seed=2)
    assert (0.0, 5, 0) == (found.value, found.n, found.missing)
    assert {"reference": 1, "median": 1, "low": 1, "high": 1} == found.method["ranks"]["5"]
    assert {"draws": 8, "seed": 2, "spread": 0.25, "version": "7"}.items() <= found.method.items()
    four = dict(list(units.items())[:4])
    assert (Undefined.TOO_FEW, 4) == (
        rank_robustness(four, same).reason, rank_robustness(four, same).n,
    )  # fmt: skip
    nothing = rank_robustness({**units, "6": {}}, same, draws=2)
    assert Undefined.NOT_KNOWN is nothing.reason
    for bad in ({"draws": 1}, {"spread": -0.1}, {"spread": 1.1}):
        with pytest.raises(ValueError, match="draws are two or more and the spread from 0 to 1"):
            rank_robustness(units, same, **bad)
    assert (2, 0.0) == (rank_robustness(units, same, draws=2, spread=0).method["draws"],
                        rank_robustness(units, same, draws=2, spread=1).value)  # fmt: skip
    assert (256, 0) == tuple(rank_robustness(units, same).method[k] for k in ("draws", "seed"))


def test_an_order_that_weights_move():
    units = {"a": {"law": 5, "hubs": 10}, "b": {"law": 4, "hubs": 7}, "c": {"law": 3, "hubs": 5},
             "d": {"law": 2, "hubs": 2}, "e": {"law": 1, "hubs": None}}  # fmt: skip
    found = rank_robustness(units, CARD, draws=64, seed=1, spread=1)
    assert found.value > 0
    assert 1 == found.missing
    spread = found.method["ranks"]
    assert all(one["low"] <= one["median"] <= one["high"] for one in spread.values())
    assert spread["a"]["reference"] == 1
    assert found.parts["total:weights"] > 0
    choices = ("normalisation", "weights", "aggregation", "imputation")
    assert {f"{order}:{name}" for order in ("first", "total") for name in choices} == {*found.parts}
    again = rank_robustness(units, CARD, draws=64, seed=1, spread=1)
    assert found == again


def test_the_weights_that_suit_each_best():
    pytest.importorskip("scipy", reason="the benefit of the doubt needs the extra fast")
    units = {"x": {"a": 1, "b": 0.2}, "y": {"a": 0.5, "b": 0.1}, "z": {"a": 0.5, "b": 0.8}}
    found = benefit_of_doubt(units)
    assert {"x": near(1), "y": near(0.5), "z": near(1)} == found.parts
    assert (near(2.5 / 3), 3, {"x": 1, "y": 3, "z": 1}, None) == (
        found.value, found.n, found.method["ranks"], found.method["shares"],
    )  # fmt: skip
    even = benefit_of_doubt({"x": {"a": 1, "b": 0.5}, "y": {"a": 0.5, "b": 1}}, shares=(0.5, 0.5))
    assert {"x": near(0.8, 1e-6), "y": near(0.8, 1e-6)} == even.parts
    for shares in ((0.6, 1), (0, 0.4)):
        with pytest.raises(ValueError, match="no weights keep the share"):
            benefit_of_doubt(units, shares=shares)
    for bad in ({"a": 1}, {"a": -1, "b": 1}):
        with pytest.raises(ValueError, match="has scores of zero or more for a, b"):
            benefit_of_doubt({"x": {"a": 1, "b": 1}, "y": bad})
    assert Undefined.ZERO_DENOMINATOR is benefit_of_doubt({}).reason


PROFILE = [(3, "abcd"), (5, "acbd"), (7, "bdca"), (6, "cbda")]


def test_orders_from_rankings():
    found = borda_count(PROFILE)
    assert ({"a": 24, "b": 44, "c": 38, "d": 20}, 44, 21) == (found.parts, found.value, found.n)
    assert ([*"bcad"], "c", [*"cbda"], False, [*"cbda"]) == tuple(
        found.method[name] for name in ("borda", "condorcet", "outranking", "cycle", "kemeny")
    )
    circle = borda_count([(1, "abc"), (1, "bca"), (1, "cab")])
    assert (None, None, True) == tuple(
        circle.method[name] for name in ("condorcet", "outranking", "cycle")
    )
    tie = borda_count([(1, "ab"), (1, "ba")])
    assert (["a", "b"], None, True) == tuple(
        tie.method[name] for name in ("borda", "condorcet", "cycle")
    )
    eight, nine = "abcdefgh", "abcdefghi"
    assert [*eight] == borda_count([(1, eight)]).method["kemeny"]
    assert borda_count([(1, nine)]).method["kemeny"] is None
    for bad in ([(1, "ab"), (1, "a")], [(1, "aa")], [(-1, "ab")], [(1, "ab"), (1, "ac")]):
        with pytest.raises(ValueError, match="a ranking names each of"):
            borda_count(bad)
    assert Undefined.ZERO_DENOMINATOR is borda_count([]).reason


def test_a_verdict_at_its_threshold():
    facts = {("mandatory", "met"): 3, ("other", "met"): 6, ("other", "partly_met"): 2,
             ("other", "not_met"): 1, ("other", "not_known"): 1, ("other", "not_applicable"): 4,
             ("by", "self"): 1, ("by", "external"): 1, ("by", ""): 1}  # fmt: skip
    found = label_verdict.compute(facts, threshold=0.7)
    assert (0.7, 7, 10, 10, 1, 4, near((0.7, 0.8))) == (
        found.value, found.numerator, found.denominator, found.n, found.missing,
        found.not_applicable, found.bounds,
    )  # fmt: skip
    assert {"mandatory": 1.0, "verdict": 1} == found.parts
    assert ("self-assessed", "mixed-provenance") == found.warnings
    assert {
        "threshold": 0.7,
        "assessments": {"not known": 1, "external": 1, "self": 1},
    } == found.method
    assert 0 == label_verdict.compute(facts, threshold=0.71).parts["verdict"]
    lacking = {**facts, ("mandatory", "partly_met"): 1}
    failed = label_verdict.compute(lacking, threshold=0.1)
    assert (0, 0.75) == (failed.parts["verdict"], failed.parts["mandatory"])
    alone = label_verdict.compute({("mandatory", "met"): 1, ("mandatory", "partly_met"): 1})
    assert (0.75, None, ("no-threshold",)) == (
        alone.value, alone.parts["verdict"], alone.warnings,
    )  # fmt: skip
    none = label_verdict.compute({("other", "met"): 1}, threshold=1)
    assert (None, 1) == (none.parts["mandatory"], none.parts["verdict"])
    peer = label_verdict.compute({("other", "met"): 1, ("by", "peer"): 2}, threshold=0)
    assert () == peer.warnings
    out = label_verdict.compute({("other", "not_applicable"): 2})
    assert (Undefined.NOT_APPLICABLE, 2) == (out.reason, out.not_applicable)
    assert Undefined.ZERO_DENOMINATOR is label_verdict.compute({}).reason
    for threshold in (-0.1, 1.1):
        with pytest.raises(ValueError, match="the threshold is a share from 0 to 1"):
            label_verdict.compute(facts, threshold=threshold)


def test_the_frame_of_a_country():
    ratings = {"culture": 6, "institutions": 4, "law": 5, "markets": 3, "skills": 7}
    found = institutional_framework_index(ratings, raters=3, provenance="peer")
    assert (5.0, 25, 5, 5, 2, near((25 / 7, 45 / 7)), {"coverage": near(5 / 7)}, ()) == (
        found.value, found.numerator, found.denominator, found.n, found.missing, found.bounds,
        found.parts, found.warnings,
    )  # fmt: skip
    assert {"raters": 3, "provenance": ["peer"]} == found.method
    four = {name: ratings[name] for name in ("culture", "institutions", "law", "markets")}
    few = institutional_framework_index(four)
    assert (Undefined.TOO_MANY_MISSING, 4, 3) == (few.reason, few.n, few.missing)
    assert Undefined.NOT_KNOWN is institutional_framework_index({}).reason
    assert ("few-raters",) == institutional_framework_index(ratings, raters=2).warnings
    own = institutional_framework_index(ratings, raters=3, provenance=("self", "peer"))
    assert ("self-assessed", "mixed-provenance") == own.warnings
    for bad in ({"law": -1}, {"law": 11}, {"laws": 5}):
        with pytest.raises(ValueError, match="ratings are 0 to 10 for"):
            institutional_framework_index(bad)
    with pytest.raises(ValueError, match="provenance is self, peer or external"):
        institutional_framework_index(ratings, provenance="friend")
    ends = institutional_framework_index({**ratings, "culture": 0, "law": 10})
    assert 24 == ends.numerator
