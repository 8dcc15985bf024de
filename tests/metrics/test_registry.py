"""Laws that every metric of the catalogue keeps, whatever it is called on."""

import doctest
import inspect
import json
import math
import re
from pathlib import Path

import pytest

import citess
from citess import Dataset
from citess.errors import CitessError
from citess.metrics import (
    GraphMetric,
    Measure,
    Metric,
    Tables,
    _graph_metric,
    _registry,
    catalogue,
    pool,
)
from citess.metrics._asked import Asked
from citess.metrics._reading import TableReader
from tests.metrics.asking import HERE, THERE, WHOLE, told
from tests.metrics.samples import REFERENCE, needs_reference

ROOT = Path(__file__).parents[2]
FIRST = citess.datasets.synthetic(hubs=2, partners=12, seed=3)
SECOND = citess.datasets.synthetic(hubs=2, partners=9, seed=60)
BOTH = FIRST | SECOND
RECORDS = [id_ for id_, found in catalogue.items() if isinstance(found, Metric)]
POOLABLE = [id_ for id_ in RECORDS if catalogue[id_].poolable]
MORE_THAN_A_GRAPH = ("N15", "N16", "N17", "N18")
"""Metrics of graphs with two sides, or with strengths, which partnerships have not."""
SAID = ("value", "reason", "numerator", "denominator", "n", "missing", "not_applicable",
        "censored", "interval", "bounds", "method", "warnings")  # fmt: skip


def examples_of(metric):
    """Measures that the worked example of a metric makes."""
    made = []

    def keep(module):
        kept = module.as_measure

        def as_measure(*given, **more):
            made.append(kept(*given, **more))
            return made[-1]

        return as_measure

    patch = pytest.MonkeyPatch()
    for module in (_registry, _graph_metric):
        patch.setattr(module, "as_measure", keep(module))
    compute = Metric.compute

    def computed(self, facts, **options):
        found = compute(self, facts, **options)
        made.append(_registry.as_measure(self, found))
        return found

    patch.setattr(Metric, "compute", computed)
    globs = {"citess": citess, **vars(citess.metrics), metric.name: metric}
    try:
        test = doctest.DocTestParser().get_doctest(
            metric.description, globs, metric.name, None, None
        )
        ran = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(
            test, out=lambda _: None
        )
    finally:
        patch.undo()
    return test, ran, [one for one in made if one.metric == metric.id]


def assert_sound(measure):
    low, high = catalogue[measure.metric].bounds
    if measure.value is None:
        assert measure.reason is not None
    else:
        assert None is measure.reason
        assert math.isfinite(measure.value)
        assert (-math.inf if low is None else low) <= measure.value
        assert measure.value <= (math.inf if high is None else high)
        for ends in (measure.interval and (measure.interval.low, measure.interval.high),
                     measure.bounds):  # fmt: skip
            if ends:
                assert ends[0] - 1e-9 <= measure.value <= ends[1] + 1e-9
    assert json.loads(json.dumps(measure.to_dict(), allow_nan=False))["metric"] == measure.metric
    assert 3 == len({measure.explain(language) for language in ("en", "fr", "ar")})


@pytest.mark.parametrize("id_", [i for i, m in catalogue.items() if m.takes != "nodes"])
def test_the_worked_example_of_each_metric_is_sound(id_):
    test, ran, made = examples_of(catalogue[id_])
    assert test.examples
    assert 0 == ran.failed
    assert made
    for measure in made:
        assert_sound(measure)


@pytest.mark.parametrize("id_", RECORDS)
def test_each_measure_of_records_holds_its_estimate(id_):
    found = catalogue[id_](BOTH, **told(id_))
    for measure in (found, *catalogue[id_](BOTH, by=by(id_), **told(id_)).breakdown.values()):
        assert_sound(measure)


def by(id_):
    known = catalogue[id_].dimensions
    return "hub" if "hub" in known else known[0]


@pytest.mark.parametrize("id_", [m.id for m in catalogue.taking("graph")])
def test_each_measure_of_a_network_holds_its_estimate(id_):
    metric = catalogue[id_]
    assert isinstance(metric, GraphMetric)
    if id_ in MORE_THAN_A_GRAPH:
        with pytest.raises((TypeError, ValueError), match=r"strength|bipartite|two sides"):
            metric(FIRST)
    else:
        assert_sound(metric(FIRST))


def renamed(data):
    """The same data under other ids, in another order of the hubs."""
    text = citess.dumps(data).decode()
    swapped = {"hub-0": "hub-8", "hub-1": "hub-1"}
    text = re.sub(r"hub-[01]\b", lambda found: swapped[found[0]], text)
    return citess.loads(text.replace("synthetic-", "other-"))


@pytest.mark.parametrize("id_", RECORDS)
def test_other_ids_change_no_number(id_):
    metric = catalogue[id_]
    plain, other = metric(FIRST, **told(id_)), metric(renamed(FIRST), **told(id_))
    for name in ("reason", "numerator", "denominator", "n", "missing", "censored", "warnings"):
        assert getattr(plain, name) == getattr(other, name)
    for name in ("value", "interval", "bounds"):
        a, b = numbers(getattr(plain, name)), numbers(getattr(other, name))
        assert pytest.approx(a, rel=1e-12) == b


def numbers(found):
    if found is None:
        return []
    if hasattr(found, "low"):
        return [found.low, found.high]
    return list(found) if isinstance(found, tuple) else [found]


@pytest.mark.parametrize("id_", RECORDS)
def test_the_same_records_are_refused_twice(id_):
    tally = catalogue[id_].tally(FIRST, **told(id_))
    assert tally.universe
    with pytest.raises(ValueError, match="would be counted twice"):
        tally + tally


def test_a_record_given_twice_is_refused():
    record = next(iter(FIRST.cases.values()))
    with pytest.raises(CitessError, match=r"given twice|duplicate"):
        Dataset([*FIRST.records(), citess.evolve(record, sex=None)])


@pytest.mark.parametrize("id_", POOLABLE)
def test_pooling_equals_recomputing(id_):
    metric = catalogue[id_]
    parts = [metric(FIRST, **told(id_, HERE)), metric(SECOND, **told(id_, THERE))]
    whole, joined = metric(BOTH, **told(id_, WHOLE)), pool(parts)
    assert {name: getattr(whole, name) for name in SAID} == {
        name: getattr(joined, name) for name in SAID
    }
    assert joined == pool(parts[::-1])
    assert parts[0].value == pool(parts[:1]).value


@pytest.mark.parametrize("id_", sorted({*RECORDS} - {*POOLABLE}))
def test_what_does_not_pool_says_so(id_):
    found = catalogue[id_](FIRST, **told(id_))
    assert isinstance(found, Measure)
    with pytest.raises(ValueError, match="does not pool"):
        pool([found, found])


def test_no_metric_is_a_thin_alias_of_another():
    questions = [metric.question() for metric in catalogue.values()]
    assert len(set(questions)) == len(questions)
    read = [(metric.formula, what(metric)) for metric in catalogue.values()]
    assert len(set(read)) == len(read)


def what(metric):
    """What a metric reads: of records, its counts; of values, what it is given."""
    readers = getattr(metric, "readers", ())
    if readers:
        return tuple(getattr(reader, "reads", repr(reader)) for reader in readers)
    return (metric.takes, str(inspect.signature(metric)))


@needs_reference
def test_every_metric_of_the_literature_is_here_or_its_place_is_told():
    text = Path(REFERENCE, "catalogue.json").read_text("utf-8")
    told_of = (ROOT / "docs/explanation/choices.md").read_text("utf-8")
    names = {metric.name for metric in catalogue.values()}
    for one in json.loads(text)["metrics"]:
        name = one["name"].partition(" ")[0]
        if name not in names:
            rows = [line for line in told_of.splitlines() if f"{one['id']} {name}" in line]
            assert rows, one["id"]
            for here in re.findall(r"`(\w+)`", rows[0].split("|")[2]):
                assert hasattr(citess.metrics, here) or hasattr(citess.metrics.disclosure, here)


def test_a_metric_of_values_is_its_own_function():
    found = catalogue["R08"]
    assert found.function is found


def test_a_reader_of_no_kind_reads_nothing():
    reader = TableReader(table="cases")
    asked = Asked.of(options={})
    with pytest.raises(NotImplementedError):
        _ = reader.reads
    with pytest.raises(NotImplementedError):
        reader.begin(citess.Dataset(), asked)
    with pytest.raises(NotImplementedError):
        reader.on_frames(Tables(), asked)
