"""Inequality, access and segregation against PySAL, where it is installed."""

import math
from random import Random

import pytest

from citess.metrics import (
    atkinson,
    enhanced_2sfca,
    gini,
    gravity_access,
    theil,
    two_step_floating_catchment,
)
from citess.metrics.segregation import dissimilarity_index

pytestmark = [
    pytest.mark.deep,
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning"),  # of others
]
RANDOM = Random(11)
VALUES = [round(RANDOM.expovariate(0.01), 3) for _ in range(48)]
GROUPS = [RANDOM.choice("abcd") for _ in VALUES]


def test_inequality_agrees_with_pysal():
    np = pytest.importorskip("numpy")
    peer = pytest.importorskip("inequality")
    values = np.array(VALUES)
    assert math.isclose(peer.gini.Gini(values).g, gini(VALUES, resamples=0).value, rel_tol=1e-9)
    found = theil(VALUES, GROUPS, resamples=0)
    assert math.isclose(peer.theil.Theil(values).T, found.value, rel_tol=1e-9)
    parted = peer.theil.TheilD(values, np.array(GROUPS))
    assert math.isclose(float(parted.bg[0]), found.parts["between"], rel_tol=1e-9)
    assert math.isclose(float(parted.wg[0]), found.parts["within"], rel_tol=1e-9)
    for epsilon in (0.5, 1.0):
        other = peer.atkinson.atkinson(values, epsilon)
        assert math.isclose(other, atkinson(VALUES, epsilon), rel_tol=1e-9)


@pytest.mark.filterwarnings("ignore:The inplace keyword")  # pandas 3.1 warns of what access does
def test_access_agrees_with_pysal():
    pd = pytest.importorskip("pandas")
    peer = pytest.importorskip("access")
    zones = [f"z{n}" for n in range(12)]
    hubs = [f"h{n}" for n in range(4)]
    people = {zone: RANDOM.randint(50, 900) for zone in zones}
    supply = {hub: RANDOM.randint(1, 20) for hub in hubs}
    costs = {zone: {hub: RANDOM.randint(1, 60) for hub in hubs} for zone in zones}
    rows = [(zone, hub, cost) for zone, row in costs.items() for hub, cost in row.items()]
    model = peer.Access(
        demand_df=pd.DataFrame({"id": zones, "people": people.values()}),
        demand_index="id",
        demand_value="people",
        supply_df=pd.DataFrame({"id": hubs, "supply": supply.values()}),
        supply_index="id",
        supply_value="supply",
        cost_df=pd.DataFrame(rows, columns=["origin", "dest", "cost"]),
        cost_origin="origin",
        cost_dest="dest",
        cost_name="cost",
    )
    steps = peer.weights.step_fn({10: 1, 20: 0.68, 30: 0.22})
    gravity = peer.weights.gravity(scale=1, alpha=-1.5)
    pairs = (
        (
            model.two_stage_fca(name="plain", max_cost=30),
            two_step_floating_catchment(people, supply, costs, within=30),
        ),
        (
            model.enhanced_two_stage_fca(name="steps", weight_fn=steps),
            enhanced_2sfca(people, supply, costs),
        ),
        (
            model.weighted_catchment(name="gravity", weight_fn=gravity),
            gravity_access(supply, costs, beta=1.5),
        ),
    )
    for theirs, ours in pairs:
        expected = theirs.iloc[:, 0] if theirs.ndim > 1 else theirs
        for zone in zones:
            other = expected.get(zone, 0.0)
            assert math.isclose(0.0 if pd.isna(other) else other, ours.parts[zone], abs_tol=1e-9)


def test_dissimilarity_agrees_with_pysal():
    pd = pytest.importorskip("pandas")
    peer = pytest.importorskip("segregation.singlegroup")
    women = [RANDOM.randint(0, 40) for _ in range(9)]
    men = [RANDOM.randint(0, 40) for _ in range(9)]
    frame = pd.DataFrame({"w": women, "t": [a + b for a, b in zip(women, men, strict=True)]})
    other = peer.Dissim(frame, group_pop_var="w", total_pop_var="t").statistic
    assert math.isclose(other, dissimilarity_index(women, men), rel_tol=1e-9)
