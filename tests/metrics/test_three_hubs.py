"""Three hubs exchange the tallies of every metric: the pooled result is that of the joined data."""

import json
import math

import pytest

import citess
from citess.errors import ReadError
from citess.metrics import Metric, Tally, catalogue
from citess.model import Dataset
from citess.model.shelves import reference
from tests.metrics.asking import told

KEY = b"a secret that the hubs share"
PARTS = [citess.datasets.synthetic(seed=s, hubs=1, partners=10, enterprises=15) for s in (1, 2, 3)]
JOINED = Dataset({reference(one): one for part in PARTS for one in part.records()}.values())
RECORDS = [id_ for id_, found in catalogue.items() if isinstance(found, Metric)]


def exchanged(metric, *, small_cells, key, **asked):
    """Sum what the hubs exchange; a population that they share is given by the first of them."""
    tallies = []
    for k, part in enumerate(PARTS):
        mine = {name: told for name, told in asked.items() if not k or name != "population"}
        text = metric.tally(part, **mine).to_json(hubs=[str(k)], small_cells=small_cells, key=key)
        tallies.append(Tally.from_json(text, small_cells=small_cells, key=key))
    return sum(tallies)


def groups(measure):
    return {(): measure, **measure.breakdown}


@pytest.mark.parametrize("id_", RECORDS)
def test_what_is_exchanged_gives_the_result_of_the_whole_or_bounds_of_it(id_):
    metric = catalogue[id_]
    by = "hub" if "hub" in metric.dimensions else None
    asked = told(id_)
    whole = groups(metric(JOINED, by=by, **asked))
    agreed = metric.of(exchanged(metric, small_cells=True, key=KEY, by=by, **asked), **asked)
    assert whole.keys() == groups(agreed).keys()
    for group, found in groups(agreed).items():
        assert (whole[group].value, whole[group].reason) == (
            found.value if found.value is None else pytest.approx(found.value, rel=1e-9),
            found.reason,
        )
    withheld = metric.of(exchanged(metric, small_cells=False, key=None, by=by, **asked), **asked)
    for group, found in groups(withheld).items():
        true = whole[group].value
        if found.value is not None:
            assert math.isclose(true, found.value, rel_tol=1e-9)
        elif found.bounds is not None and true is not None:
            assert found.bounds[0] - 1e-9 <= true <= found.bounds[1] + 1e-9


def population_told(part, hub, place, people):
    told = {(place, "female"): people}
    return catalogue["R18"].tally(part, population=told).to_json(hubs=[hub], key=KEY)


def test_a_population_that_two_hubs_name_is_not_counted_twice():
    first, second, other = (
        Tally.from_json(population_told(part, hub, place, people), key=KEY)
        for part, hub, place, people in (
            (PARTS[0], "0", "t", 500),
            (PARTS[1], "1", "t", 500),
            (PARTS[1], "1", "u", 300),
        )
    )
    with pytest.raises(ValueError, match="twice, such as 'population:t/female': give a population"):
        _ = first + second
    assert 800 == catalogue["R18"].of(first + other).denominator


def test_a_population_leaves_whole_save_where_it_is_small_itself():
    document = json.loads(population_told(PARTS[0], "0", "t", 500))
    assert ["t/female"] == document["universe"]["populations"]
    cells = {tuple(cell["fact"]): cell for cell in document["cells"]}
    assert 500 == cells["population", "sum", "people", "female"]["n"]
    assert 1 == cells["population", "female"]["n"]
    few = json.loads(population_told(PARTS[0], "0", "t", 3))
    cells = {tuple(cell["fact"]): cell for cell in few["cells"]}
    assert (1, 4) == tuple(
        cells["population", "sum", "people", "female"][end] for end in ("low", "high")
    )


def test_a_small_or_negative_population_does_not_arrive():
    document = json.loads(population_told(PARTS[0], "0", "t", 500))
    total = next(cell for cell in document["cells"] if "sum" in cell["fact"])
    for number, code in ((3, "small-cells"), (-3, "out-of-range")):
        total["n"] = number
        with pytest.raises(ReadError) as caught:
            Tally.from_json(json.dumps(document), key=KEY)
        assert [code] == [issue.code for issue in caught.value.report.issues]
