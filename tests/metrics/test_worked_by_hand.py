"""Numbers on their very limits, and chances worked out over every possibility."""

import importlib
import inspect
import math
import pkgutil
from datetime import date
from itertools import combinations_with_replacement, permutations
from random import Random
from statistics import fmean, pstdev

import attrs
import narwhals.stable.v2 as nw
import networkx as nx
import pandas as pd
import polars as pl
import pytest

import citess
from citess import IntegrityError
from citess.metrics import Tables, change, mobility_index, transitivity
from citess.metrics._asked import Asked
from citess.metrics._special import beta_share
from citess.metrics.composite import Goalpost, Scorecard
from citess.metrics.composite.robustness import _Index
from citess.metrics.continuity import _a_year_after, _last_day
from citess.metrics.counterfactual import _trend
from citess.metrics.disclosure import Policy
from citess.metrics.edges import EdgeTable
from citess.metrics.frames._changed import BASE, _perhaps_repeated
from citess.metrics.mixes import _target
from citess.metrics.segregation import _hypergeometric
from citess.metrics.tables._table import above

POSITIONAL = {"Arrival", "Bounds", "Sheet"}


def classes():
    for module in pkgutil.walk_packages(citess.metrics.__path__, "citess.metrics."):
        found = importlib.import_module(module.name)
        for name, one in vars(found).items():
            if inspect.isclass(one) and attrs.has(one) and one.__module__ == module.name:
                yield name, one


def test_values_of_results_are_named():
    for name, one in classes():
        given = [field for field in attrs.fields(one) if field.init]
        if len(given) > 2 and name not in POSITIONAL:
            assert all(field.kw_only for field in given), name


def test_the_default_policy():
    policy = Policy()
    assert (5, 5, 10, False) == (
        policy.threshold,
        policy.protection,
        policy.least,
        policy.zeros,
    )


def test_paths_of_two_ties_and_those_that_close():
    found = transitivity(nx.Graph([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")]))
    assert (3, 5, 0.6) == (found.numerator, found.denominator, found.value)


def test_the_chance_of_ties_across_sectors_is_that_of_every_permutation():
    ties = pd.DataFrame({"a": ["c", "c", "c", "x"], "b": ["x", "y", "z", "y"]})
    sectors = {"c": "public", "x": "public", "y": "private", "z": "private", "w": "private"}
    nodes = pd.DataFrame({"id": [*sectors], "sector": [*sectors.values()]})
    asked = EdgeTable(
        ties, source="a", target="b", nodes=nodes, node="id", sector="sector"
    ).ei_index()
    index = [
        2 * fmean(drawn[a] != drawn[b] for a, b in ties.itertuples(index=False)) - 1
        for drawn in (dict(zip(sectors, p, strict=True)) for p in permutations(sectors.values()))
    ]
    assert math.isclose(fmean(index), asked.parts["expected"], abs_tol=1e-12)
    assert math.isclose((asked.value - fmean(index)) / pstdev(index), asked.parts["z"])


def test_the_most_that_moves_can_be():
    moves = {("idea", "creation"): 6, ("creation", "idea"): 3, ("growth", "idea"): 4}
    found = mobility_index.compute(moves)
    assert (3, 1.5) == (found.parts["stages"], found.parts["most"])


def test_sums_tell_which_short_series_surely_have_no_day_twice():
    days = [20_211_231, 20_220_101, 20_220_102, 20_240_229, 19_991_231]
    series = [
        found for n in range(1, 6) for found in combinations_with_replacement(sorted(days), n)
    ]
    near = [[day - 20_000_000 for day in one] for one in series]
    frame = pl.DataFrame({
        "n": list(map(len, series)),
        "lo": [min(one) * BASE + 7 for one in series],
        "hi": [max(one) * BASE + 3 for one in series],
        "s": list(map(sum, near)),
        "q": [sum(day * day for day in one) for one in near],
    })  # fmt: skip
    found = nw.from_native(frame).select(flag=_perhaps_repeated())["flag"].to_list()
    expected = [int(len(set(one)) < len(one) or len(one) > 4) for one in series]
    assert expected == found


def test_a_total_beside_a_part_of_the_same_day_is_refused_on_frames():
    rows = {"enterprise": ["e", "e"], "on": ["2022-01-01"] * 2, "heads": [3, 2], "sex": [None, "f"]}
    frame = pl.DataFrame(rows).with_columns(pl.col("on").str.to_date())
    reader = change("jobs", entity="enterprise", value="heads", date="on", split=("sex",))
    with pytest.raises(IntegrityError, match="total"):
        reader.on_frames(Tables(jobs=frame), Asked.of(options={}))


@pytest.mark.parametrize("spread", [0.0, 0.4, 1.0])
def test_weights_that_are_drawn_stay_shares(spread):
    card = Scorecard(version="1", goalposts=dict.fromkeys("ab", Goalpost(worst=0, best=10)))
    drawn = _Index({"u": {"a": 1, "b": 2}}, card, spread)._weights((0.5, 0.9))
    assert math.isclose(1, sum(drawn.values()))
    mass = math.log(0.1) / (math.log(0.5) + math.log(0.1))
    assert math.isclose(0.5 * (1 - spread) + spread * mass, drawn["b"])


def test_the_step_before_support_is_compared():
    assert 1.5 == _trend([(1, [1.0, 3.0, 10.0])], [(1, [2.0, 2.5, 9.0])])
    assert _trend([(1, [3.0, 10.0])], [(1, [2.0, 2.5, 9.0])]) is None


def test_the_share_of_the_largest_part():
    graph = nx.path_graph(3)
    graph.add_node(9)
    found = citess.metrics.fragmentation(graph)
    assert (2, 0.75, 1, 0.5) == (
        found.value,
        found.parts["largest"],
        found.parts["isolates"],
        found.parts["fragmentation"],
    )


def test_whole_numbers_of_a_dataset_are_whole_in_its_frames():
    made = Tables.of(citess.datasets.synthetic(hubs=1), backend="polars")
    assert nw.Int64 == made["sessions"].collect_schema()["minutes"]
    assert nw.String == made["sessions"].collect_schema()["kind"]


def test_ties_gained_and_lost_are_of_all_pairs():
    before = nx.Graph([("a", "b"), ("b", "c")])
    before.add_node("d")
    found = citess.metrics.edge_stability(before, nx.Graph([("a", "b"), ("c", "d")]))
    assert (1, 1, 2 / 6) == (found.parts["births"], found.parts["deaths"], found.parts["hamming"])


def test_target_shares_sum_to_one_but_for_rounding():
    assert {"sse": 1.0} == _target({"sse": 1})
    assert {"sse": 0.5, "public": 0.5 + 1e-12} == _target({"sse": 0.5, "public": 0.5 + 1e-12})
    for wrong in ({"sse": 0.9}, {"sse": 1.1}, {"sse": 1.5, "public": -0.5}, {}):
        with pytest.raises(ValueError, match="sum to one"):
            _target(wrong)


def test_a_programme_has_surely_ended_on_the_last_day_that_its_end_may_mean():
    made = citess.Programme(
        id="p", name=citess.Text(fr="P"), period=citess.Period.of("2014-10-01", "2017-10")
    )
    days = (None, "2017-10-30", "2017-10-31", "2017-11-01")
    last = made.period.end.date.latest
    assert [last, None, last, last] == [_last_day(made, day) for day in days]
    assert _last_day(citess.Programme(id="q", name=citess.Text(fr="Q")), None) is None


def test_a_year_after_a_leap_day_is_the_last_of_february():
    days = [date(2024, 2, 29), date(2023, 2, 28), date(2024, 2, 28), date(2024, 3, 29)]
    after = [date(2025, 2, 28), date(2024, 2, 28), date(2025, 2, 28), date(2025, 3, 29)]
    assert after == [_a_year_after(day) for day in days]


def test_territories_above_are_those_of_the_scheme_asked_for():
    data = citess.datasets.tunisia()
    found = {
        (place.id, str(parent.scheme)): parent.territory
        for place in data.territories.values()
        for parent in place.parents
    }
    (mahdia,) = (id_ for id_ in data.territories if id_ == "tn-53")
    for (id_, scheme), parent in found.items():
        if id_ == mahdia:
            assert (parent,) == above(data, mahdia, scheme)
    assert ("tn",) == above(data, mahdia, "country")
    assert () == above(data, mahdia, "delegation")


def test_a_node_of_ties_in_text_is_named_in_text():
    ties = pd.DataFrame({"a": ["x", "y"], "b": ["y", "z"]})
    asked = EdgeTable(ties, source="a", target="b")
    for wrong in (5, True, None):
        with pytest.raises(TypeError, match="node must be text"):
            asked.around(wrong)
    numbers = pd.DataFrame({"a": [1, 2], "b": [2, 3]})
    numbered = EdgeTable(numbers, source="a", target="b")
    for wrong in ("x", True, 1.5):
        with pytest.raises(TypeError, match="node must be a whole number"):
            numbered.around(wrong)


def test_shares_of_a_beta_distribution_end_at_its_ends():
    assert (0.0, 1.0) == (beta_share(0.0, 2, 3), beta_share(1.0, 2, 3))
    assert math.isclose(0.6875, beta_share(0.5, 2, 3))


def test_large_draws_lie_about_their_mean():
    random = Random(5)
    drawn = [_hypergeometric(random, 10_000, 4_000, 5_000) for _ in range(50)]
    assert abs(fmean(drawn) - 2_000) < 20
    assert 10 < pstdev(drawn) < 40
    assert 3 == _hypergeometric(random, 3, 3, 3)
