"""Three hubs exchange the tallies of every metric: the pooled result is that of the joined data."""

import math

import pytest

import citess
from citess.metrics import Metric, Tally, catalogue
from citess.model import Dataset
from citess.model.shelves import reference
from tests.metrics.asking import told

KEY = b"a secret that the hubs share"
PARTS = [citess.datasets.synthetic(seed=s, hubs=1, partners=10, enterprises=15) for s in (1, 2, 3)]
JOINED = Dataset({reference(one): one for part in PARTS for one in part.records()}.values())
RECORDS = [id_ for id_, found in catalogue.items() if isinstance(found, Metric)]
SHARED = ("R18",)
"""Metrics over a population, which is summed: each hub names its own."""


def exchanged(metric, *, small_cells, key, **asked):
    tallies = (
        Tally.from_json(
            metric.tally(part, **asked).to_json(hubs=[str(k)], small_cells=small_cells, key=key),
            small_cells=small_cells,
            key=key,
        )
        for k, part in enumerate(PARTS)
    )
    return sum(tallies)


def groups(measure):
    return {(): measure, **measure.breakdown}


@pytest.mark.parametrize("id_", [id_ for id_ in RECORDS if id_ not in SHARED])
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
