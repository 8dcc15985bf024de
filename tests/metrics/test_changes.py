"""Change of a value per entity, from its first day to its last."""

from decimal import Decimal

import pytest

import citess
from citess import IntegrityError, PartialDate
from citess.metrics import change
from citess.metrics._asked import Asked
from citess.metrics.tables import TABLES
from citess.metrics.tables._table import Table, attribute
from citess.model import Dataset, JobsCount

COUNTS = Table(
    name="counts",
    record=JobsCount,
    rows=lambda data: data.jobs_counts.values(),
    flow="on",
    columns={
        "id": attribute("id", meaning="count"),
        "enterprise": attribute("enterprise", meaning="enterprise"),
        "on": attribute("on", kind="date", meaning="day"),
        "heads": attribute("heads", kind="number", meaning="people"),
        "fte": attribute("fte", kind="number", meaning="full-time equivalents"),
        "sex": attribute("sex", meaning="sex counted"),
        "kind": attribute("kind", meaning="what is claimed"),
    },
)


@pytest.fixture(autouse=True)
def counts(monkeypatch):
    monkeypatch.setitem(TABLES, "counts", COUNTS)


def jobs(*rows):
    made = []
    for k, (enterprise, on, heads, *more) in enumerate(rows):
        sex = citess.Sex(more[0]) if more else None
        made.append(
            JobsCount(id=f"j{k}", enterprise=enterprise, on=PartialDate(on), heads=heads, sex=sex)
        )
    names = {made_.enterprise for made_ in made}
    enterprises = [citess.Enterprise(id=n, name=citess.Text(fr=n)) for n in names]
    return Dataset((*enterprises, *made))


def asked(**given):
    return Asked.of(**{"options": {}, **given})


def read(data, *, by=None, period=None, where=None, **more):
    reads = change("counts", entity="enterprise", value="heads", date="on", **more)
    return reads(data, asked(by=by, period=period, where=where))


EXAMPLE = [
    row
    for name, first, last in (("a", 0, 4), ("b", 5, 8), ("c", 6, 3), ("d", 2, 0))
    for row in ((name, "2022-01-01", first), (name, "2022-12-31", last))
]


def test_the_worked_example_of_the_catalogue():
    facts = read(jobs(*EXAMPLE)).facts()[()]
    found = {name: facts[name] for name in ("gain", "loss", "kept", "start", "end")}
    assert {"gain": 7, "loss": 5, "kept": 8, "start": 13, "end": 15} == found
    assert (4, 4, 1, 1, 0) == tuple(
        facts[name] for name in ("entities", "changed", "entered", "left", "once")
    )


def test_days_between_and_the_order_of_records_change_nothing():
    more = [("a", "2022-06-01", 9), ("b", "2022-06-01", 1)]
    assert read(jobs(*EXAMPLE)).groups == read(jobs(*reversed(EXAMPLE), *more)).groups


def test_rows_of_one_day_are_refused_unless_something_tells_them_apart():
    rows = [("a", "2022-01-01", 1, "female"), ("a", "2022-01-01", 2, "male")]
    with pytest.raises(IntegrityError, match=r"counts\[a\].on: '2022-01-01' is given twice"):
        read(jobs(*rows))
    facts = read(jobs(*rows), split="sex").facts()[()]
    assert (3, 1) == (facts["start"], facts["once"])


def test_a_total_beside_its_parts_is_refused():
    rows = [("a", "2022-01-01", 1, "female"), ("a", "2022-01-01", 2)]
    with pytest.raises(IntegrityError, match="a total beside its parts"):
        read(jobs(*rows), split="sex")


def test_a_job_that_passes_from_one_sex_to_the_other_is_no_change_of_the_whole():
    days = ("2022-01-01", "2022-12-31")
    rows = [("a", days[0], 2, "female"), ("a", days[0], 1, "male")]
    rows += [("a", days[1], 1, "female"), ("a", days[1], 2, "male")]
    tally = read(jobs(*rows), split="sex", by="sex")
    assert (0, 0) == (tally.facts()[()]["gain"], tally.facts()[()]["loss"])
    assert (1, 1) == (tally.facts()["male",]["gain"], tally.facts()["female",]["loss"])


def test_another_number_of_parts_on_the_two_days_is_uneven():
    rows = [("a", "2022-01-01", 1, "female"), ("a", "2022-12-31", 1, "male")]
    assert 0 == read(jobs(*rows), split="sex").facts()[()]["uneven"]
    more = ("a", "2022-12-31", 1, "female")
    assert 1 == read(jobs(*rows, more), split="sex").facts()[()]["uneven"]


def test_values_that_are_not_known_are_counted_apart():
    data = jobs(("a", "2022-01-01", 1), ("a", "2022-02-01", 3))
    only = citess.evolve(data.jobs_counts["j0"], id="j9", heads=None, fte=Decimal(1))
    data = data.without("jobs_count:j0", "jobs_count:j1").add(
        citess.evolve(only, on=PartialDate("2021"))
    )
    facts = read(data).facts()[()]
    assert (1, 0) == (facts["unknown"], facts["entities"])


def test_equivalents_are_read_in_thousandths():
    reads = change("counts", entity="enterprise", value="fte", date="on", scale=1000)
    data = jobs(("a", "2022-01-01", 2), ("a", "2022-02-01", 3))
    records = [
        citess.evolve(r, fte=Decimal(r.heads) / 2) if isinstance(r, JobsCount) else r
        for r in data.records()
    ]
    assert 0.5 == reads(Dataset(records), asked()).facts()[()]["gain"]
    reads = change("counts", entity="enterprise", value="fte", date="on")
    with pytest.raises(ValueError, match=r"multiple of 1/1, not 1\.5"):
        reads(Dataset(records), asked())


def renamed(data):
    return Dataset(
        citess.evolve(r, id=f"x-{r.id}") if isinstance(r, JobsCount) else r for r in data.records()
    )


def test_tallies_of_other_enterprises_add_and_of_the_same_do_not():
    from attrs import evolve

    reads = change("counts", entity="enterprise", value="heads", date="on")
    full = evolve(asked(), accounted=True)
    one, two = jobs(*EXAMPLE[:4]), jobs(*EXAMPLE[4:])
    two = renamed(two)
    both = Dataset((*one.records(), *two.records()))
    assert reads(both, full) == reads(one, full) + reads(two, full)
    with pytest.raises(ValueError, match="counted twice, such as 'enterprise:a'"):
        reads(one, full) + reads(renamed(jobs(*EXAMPLE[:2])), full)


def test_every_word_stands_behind_the_label():
    facts = read(jobs(*EXAMPLE), of="kind", label="jobs").facts()[()]
    assert 7 == facts["jobs", "gain", "existing"]
