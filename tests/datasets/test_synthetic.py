"""Synthetic data: reproducible, flagged, complete enough for every metric."""

import pytest

import citess
from citess import Evidence
from citess.metrics import catalogue

DATA = citess.datasets.synthetic()


def test_every_record_is_flagged():
    assert {Evidence.SYNTHETIC} == {record.evidence for record in DATA.records()}


def test_the_check_finds_nothing():
    assert [] == list(DATA.check())


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others():
    assert citess.dumps(DATA) == citess.dumps(citess.datasets.synthetic(seed=0))
    assert DATA != citess.datasets.synthetic(seed=1)


@pytest.mark.parametrize("id_", catalogue)
@pytest.mark.parametrize("seed", range(5))
def test_every_metric_is_defined(id_, seed):
    assert catalogue[id_](citess.datasets.synthetic(seed=seed)).value is not None


def test_sizes_are_as_asked():
    data = citess.datasets.synthetic(hubs=5, partners=7, enterprises=11, years=1)
    assert (5, 7, 11) == (len(data.hubs), len(data.partners), len(data.enterprises))


@pytest.mark.parametrize(
    ("name", "value"),
    [("hubs", 0), ("partners", 1), ("enterprises", -1), ("years", 0), ("seed", -1)],
)
def test_a_size_that_makes_no_sense_is_refused(name, value):
    with pytest.raises(ValueError, match=f"{name} must be .* or more, not {value}"):
        citess.datasets.synthetic(**{name: value})


def test_the_least_sizes_work():
    data = citess.datasets.synthetic(hubs=1, partners=2, enterprises=0, years=1)
    assert data.check().ok
