"""Who lives within reach: the worked map of three zones and two hubs, and what must hold of any."""

import json
import math
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citess.metrics import (
    Undefined,
    enhanced_2sfca,
    gravity_access,
    territorial_coverage,
    two_step_floating_catchment,
)

REFERENCE = os.environ.get("CITESS_REFERENCE_DIR")
needs_reference = pytest.mark.skipif(
    REFERENCE is None, reason="CITESS_REFERENCE_DIR names no folder of reference values"
)
PEOPLE = {"A": 100, "B": 200, "C": 50}
SUPPLY = {"x": 10, "y": 6}
COSTS = {"A": {"x": 10, "y": 40}, "B": {"x": 25, "y": 25}, "C": {"x": 50, "y": 10}}


def zones(found):
    return {name: value for name, value in found.parts.items() if name in PEOPLE}


@needs_reference
@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("enhanced_two_step_fca", lambda: enhanced_2sfca(PEOPLE, SUPPLY, COSTS)),
        ("gravity_access", lambda: gravity_access(SUPPLY, COSTS, beta=1)),
    ],
)
def test_access_agrees_with_the_reference_values(name, found):
    records = json.loads(Path(REFERENCE, "reference_values.json").read_text("utf-8"))["records"]
    record = next(record for record in records if record["metric"] == name)
    assert pytest.approx(record["value"], abs=record["tolerance"]) == zones(found())


def test_the_two_step_catchment_of_the_catalogue():
    found = two_step_floating_catchment(PEOPLE, SUPPLY, COSTS, within=30)
    rounded = [round(value, 4) for value in zones(found).values()]
    assert [0.0333, 0.0573, 0.024] == rounded
    assert math.isclose(16, found.numerator)
    assert math.isclose(16 / 350, found.value)


def test_coverage_of_the_catalogue():
    found = territorial_coverage({"A": 100, "B": 150, "C": 100}, COSTS, within=20)
    assert (200, 350) == (found.numerator, found.denominator)
    near = territorial_coverage([100, 150, 100], [[10], [25], [40]], within=30)
    assert math.isclose(250 / 350, near.value)
    assert math.isclose((1000 + 3750 + 4000) / 350, near.parts["mean_time_to_nearest"])


amounts = st.lists(st.integers(0, 50), min_size=2, max_size=5)


@given(amounts, amounts, st.data())
def test_supply_within_reach_is_what_people_have(people, supply, data):
    cost = st.one_of(st.none(), st.integers(0, 60))
    costs = [[data.draw(cost) for _ in supply] for _ in people]
    for found in (
        two_step_floating_catchment(people, supply, costs, within=30, allow_missing=True),
        enhanced_2sfca(people, supply, costs, allow_missing=True),
    ):
        if found.value is not None:
            reached = set(map(str, range(len(supply)))) - set(found.method["without_demand"])
            assert math.isclose(
                sum(supply[int(hub)] for hub in reached), found.numerator, abs_tol=1e-9
            )
            assert ("no-demand" in found.warnings) is bool(found.method["without_demand"])


@given(amounts, st.integers(0, 60), st.data())
def test_coverage_grows_with_the_reach(people, within, data):
    times = [[data.draw(st.one_of(st.none(), st.integers(0, 60)))] for _ in people]
    near = territorial_coverage(people, times, within=within)
    far = territorial_coverage(people, times, within=within + 10)
    if near.value is not None:
        assert near.value <= far.value
        assert near.bounds[0] <= near.value <= near.bounds[1]


def test_zones_without_times_are_missing_and_not_beyond_reach():
    people, times = {"A": 100, "B": 100, "C": 0}, {"A": {"x": 5}}
    refused = territorial_coverage(people, times, within=30)
    assert (None, Undefined.TOO_MANY_MISSING, 1, 2) == (
        refused.value, refused.reason, refused.n, refused.missing,
    )  # fmt: skip
    found = territorial_coverage(people, times, within=30, allow_missing=True)
    assert (1.0, 2, (0.5, 1.0)) == (found.value, found.missing, found.bounds)
    assert ("missing",) == found.warnings
    times["B"], people["C"] = {"x": 40}, None
    found = territorial_coverage(people, times, within=30)
    assert (0.5, 1, (0.0, 1.0)) == (found.value, found.missing, found.bounds)
    nothing = territorial_coverage({"A": 100}, {}, within=30)
    assert (Undefined.NOT_KNOWN, 1) == (nothing.reason, nothing.missing)
    assert Undefined.ZERO_DENOMINATOR is territorial_coverage({}, {}, within=30).reason


def test_a_time_that_could_be_within_reach_is_not_taken_for_out_of_reach():
    people = {"A": 100, "B": 150, "C": 100}
    times = {"A": {"h": 30}, "B": {"h": 30.01, "g": None}, "C": {"h": None, "g": 5}}
    found = territorial_coverage(people, times, within=30)
    assert (1.0, 2, 1, ("missing",)) == (found.value, found.n, found.missing, found.warnings)
    assert (200 / 350, 1.0) == pytest.approx(found.bounds)
    assert found.parts["mean_time_to_nearest"] is None
    times["B"] = {"h": 30.01}
    found = territorial_coverage(people, times, within=30)
    assert (200 / 350, 0) == (found.value, found.missing)


def test_catchments_say_which_costs_and_supplies_they_lack():
    people, costs = {"A": 10, "B": 10}, {"A": {"x": 5, "y": 5}, "B": {"x": 5, "y": None}}
    found = two_step_floating_catchment(people, {"x": 1, "y": 1}, costs, within=30)
    assert (1, ("missing",)) == (found.method["unknown_costs"], found.warnings)
    assert "unknown_supply" not in found.method
    refused = two_step_floating_catchment(people, {"x": 1, "y": None}, costs, within=30)
    assert Undefined.TOO_MANY_MISSING is refused.reason


def test_catchments_that_miss_too_much_are_refused():
    costs = {"A": {"x": 5}}
    people = {"A": 10, "B": 10}
    refused = two_step_floating_catchment(people, {"x": 1}, costs, within=30)
    assert Undefined.TOO_MANY_MISSING is refused.reason
    allowed = two_step_floating_catchment(people, {"x": 1}, costs, within=30, allow_missing=True)
    assert (0.1, ("missing",)) == (allowed.value, allowed.warnings)
    unknown = two_step_floating_catchment({"A": 1}, {"x": None}, costs, within=30)
    assert Undefined.NOT_KNOWN is unknown.reason
    assert Undefined.NOT_KNOWN is two_step_floating_catchment(people, {}, {}, within=3).reason
    empty = two_step_floating_catchment({}, {}, {}, within=30)
    assert Undefined.ZERO_DENOMINATOR is empty.reason


def test_access_by_gravity_raises_a_cost_of_zero_and_says_so():
    found = gravity_access({"x": 10}, {"A": {"x": 0}, "B": {"x": 5}}, beta=2, floor=2)
    assert (2.5, 0.4, ("cost-floor",)) == (found.parts["A"], found.parts["B"], found.warnings)
    assert 1 == found.method["raised_to_floor"]
    weighed = gravity_access(SUPPLY, COSTS, population=PEOPLE)
    assert math.isclose((115 + 128 + 40) / 350, weighed.value)
    by_place = gravity_access([10, 6], [[10, 40], [25, 25], [50, 10]])
    assert list(zones(gravity_access(SUPPLY, COSTS)).values()) == list(by_place.parts.values())
    partial = gravity_access({"x": 10, "y": None}, COSTS, allow_missing=True)
    assert (1.0, ["y"], ("missing",)) == (
        partial.parts["A"], partial.method["unknown_supply"], partial.warnings,
    )  # fmt: skip
    refused = gravity_access({"x": 10, "y": None}, COSTS)
    assert (None, Undefined.TOO_MANY_MISSING) == (refused.value, refused.reason)
    assert Undefined.NOT_KNOWN is gravity_access({"x": None}, {"A": {"x": 5}}).reason
    assert Undefined.ZERO_DENOMINATOR is gravity_access({}, {}).reason


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: territorial_coverage(PEOPLE, COSTS, within=-1), "within is a finite number"),
        (lambda: territorial_coverage({"A": -1}, COSTS, within=3), "population is a finite"),
        (lambda: territorial_coverage({"A": 1}, COSTS, within=3), "without population: B, C"),
        (lambda: gravity_access({"x": 1}, COSTS), "zone 'A' name hubs without supply: y"),
        (lambda: gravity_access({"x": 1}, {"A": {"x": math.nan}}), "costs is a finite number"),
        (lambda: gravity_access({"x": math.inf}, {}), "supply is a finite number"),
        (lambda: gravity_access(SUPPLY, COSTS, beta=-1), "beta is a finite number"),
        (lambda: gravity_access(SUPPLY, COSTS, floor=0), "floor is above 0"),
        (
            lambda: enhanced_2sfca(PEOPLE, SUPPLY, COSTS, bands=((20, 1), (10, 0.5))),
            "bands rise by their limits",
        ),
        (
            lambda: enhanced_2sfca(PEOPLE, SUPPLY, COSTS, bands=((20, -1),)),
            "weight of a band is a finite number",
        ),
    ],
)
def test_what_cannot_be_a_map_is_refused_by_name(call, named):
    with pytest.raises(ValueError, match=named):
        call()
