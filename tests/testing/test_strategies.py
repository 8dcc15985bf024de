"""Strategies and checks for tests, tested."""

import importlib
import importlib.util
import subprocess
import sys

import networkx as nx
import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

import citess
from citess import Dataset
from citess.model import ids
from citess.model.shelves import shelf_types
from citess.testing import (
    assert_round_trips,
    assert_valid,
    bad_documents,
    mutated,
    records,
    values,
    whole_datasets,
)

CALM = settings(max_examples=25, deadline=None)
SEARCH = settings(
    max_examples=5_000,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
HUB = b'{"hubs":[{"id":"a","mode":null},{"id":"b"}]}'


@pytest.mark.parametrize("shelf", shelf_types(), ids=lambda shelf: shelf.kind)
def test_a_class_gives_its_records_by_type(shelf):
    @CALM
    @given(st.from_type(shelf.record))
    def check(record):
        assert shelf.record is type(record)

    check()


@pytest.mark.parametrize(
    "kind",
    [
        *(citess.Text, citess.Money, citess.Period, citess.AgeBand, citess.Point),
        *(citess.Bound, citess.Profile),
    ],
)
def test_a_class_gives_its_values_by_type(kind):
    @CALM
    @given(st.from_type(kind))
    def check(value):
        assert kind is type(value)

    check()


@CALM
@given(st.from_type(citess.Profile), st.dates())
def test_whoever_asks_gets_an_answer(who, on):
    asked = citess.evolve(who, territory=None)
    made = citess.datasets.synthetic(hubs=1, enterprises=2)
    for found in (
        citess.services_for(made, asked, on=on),
        citess.financing_for(made, asked, on=on, asked=citess.Money.of(5, "TND")),
        citess.eligible_forms(who, on=on),
    ):
        assert len(found.fit) + len(found.not_known) + len(found.others) == len(found)
        for match in found:
            doubt = match.verdict is citess.Verdict.NOT_KNOWN
            assert not doubt or match.missing
            assert all(match.explain(language) for language in ("en", "fr", "ar"))


def test_a_fresh_program_gives_every_class_by_type():
    code = """
from hypothesis import HealthCheck, given, settings, strategies as st
import citess
found = [getattr(citess.model, name) for name in citess.model.__all__]
classes = [c for c in found if isinstance(c, type) and hasattr(c.__init__, "__wrapped__")]
for cls in classes:
    @settings(max_examples=1, database=None, suppress_health_check=list(HealthCheck))
    @given(st.from_type(cls))
    def check(value):
        assert cls is type(value)
    check()
print(len(classes))
"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(told.stdout) > 40


@CALM
@given(whole_datasets(hubs=3))
def test_the_number_of_hubs_is_as_asked(data):
    assert 3 == len(data.hubs)


@CALM
@given(st.from_type(Dataset))
def test_datasets_are_given_by_type(data):
    assert isinstance(data, Dataset)


@CALM
@given(records(citess.Partner, {ids.TerritoryId: st.just("tn-53")}))
def test_references_are_as_asked(partner):
    assert set(partner.territories) <= {"tn-53"}


@CALM
@given(values(ids.RecordRef), values(bool))
def test_references_name_a_kind(ref, truth):
    assert ref.startswith("hub:")
    assert truth in {True, False}


@pytest.mark.parametrize(
    ("cls", "holds"),
    [
        (citess.FinancingLine, lambda line: line.grace_months and line.tenor_months),
        (citess.FinancingLine, lambda line: line.envelope and line.amount_min and line.amount_max),
        (citess.FinancingLine, lambda line: line.rate),
        (citess.LegalFramework, lambda law: law.adopted and law.in_force),
        (citess.Enterprise, lambda one: [entry.since for entry in one.stages[:2]].count(None) == 1),
        (citess.Partner, lambda partner: len(str(partner.name)) > 1_000),
        (citess.Money, lambda money: money.amount < 0),
    ],
)
def test_fields_that_depend_on_each_other_are_known_together(cls, holds):
    assert cls is type(find(st.from_type(cls), holds, settings=SEARCH))


def test_territories_contain_each_other():
    def nested(data):
        return any(territory.parents for territory in data.territories.values())

    assert find(whole_datasets(), nested, settings=SEARCH).check().ok


@pytest.mark.parametrize(
    ("arguments", "message"),
    [({"hubs": 0}, "hubs must be 1 or more, not 0"), ({"size": 0}, "size must be 1 or more")],
)
def test_a_dataset_without_records_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        find(whole_datasets(**arguments), lambda _: True)


@pytest.mark.parametrize(
    "harmed",
    [
        b'{"hubs":[{"mode":null},{"id":"b"}]}',  # first member dropped
        b'{"hubs":[{"id":"a"},{"id":"b"}]}',  # last member dropped
        b'{"hubs":[{"id":"a","mode":null},{}]}',  # only member dropped
        b'{"hubs":[{"id":"a","mode":null,"mode":null},{"id":"b"}]}',  # key twice
        b'{"hubs":[{"id":"a","mode":null},{"id":"a"}]}',  # id twice
        b'{"hubs":[{"id":"a","mode":NaN},{"id":"b"}]}',
        b'{"hubs":{}}',  # wrong type
        b'{"hubs":[{"id":"a","mode":null},{"id":"b"}',  # end lost
        HUB,
    ],
)
def test_accidents_that_happen_are_found(harmed):
    assert harmed == find(mutated(HUB), lambda content: content == harmed, settings=SEARCH)


@pytest.mark.parametrize("content", [b"", b"]", b'{"a', b"\xff", b"{}"])
def test_what_is_broken_can_be_harmed_more(content):
    @CALM
    @given(mutated(content))
    def check(harmed):
        assert bytes is type(harmed)

    check()


@CALM
@given(bad_documents(st.just(HUB)))
def test_documents_of_ones_own_are_harmed(content):
    assert len(content) < 4 * len(HUB)


def test_a_document_of_every_kind_of_value_is_harmed_by_default():
    content = find(bad_documents(), lambda content: b'"observations"' in content, settings=SEARCH)
    assert content.startswith(b"{")


def test_without_hypothesis_the_extra_is_named(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    monkeypatch.delitem(sys.modules, "citess.testing")
    with pytest.raises(citess.MissingExtraError, match="testing"):
        importlib.import_module("citess.testing")


def test_a_dataset_that_does_not_come_back_is_told(monkeypatch):
    data = citess.datasets.synthetic(enterprises=1)
    assert_round_trips(data)
    monkeypatch.setattr("citess.testing._checks.loads", lambda *_, **__: Dataset())
    with pytest.raises(AssertionError, match="the fast path lost something"):
        assert_round_trips(data)


def test_a_dataset_with_an_error_is_told(monkeypatch):
    assert_valid(citess.datasets.synthetic(enterprises=1))
    issue = citess.Issue.of("bad-id", "hubs[A].id", "A")
    monkeypatch.setattr(Dataset, "check", lambda _: citess.Report((issue,)))
    with pytest.raises(AssertionError, match="bad-id"):
        assert_valid(Dataset())


@settings(CALM, max_examples=5)
@given(whole_datasets(connected=True))
def test_connected_datasets_hang_together(data):
    graph = citess.network.partnership_graph(data)
    assert nx.is_connected(nx.Graph(graph))


def test_hypothesis_finds_the_strategies_by_itself():
    from importlib.metadata import entry_points

    (entry,) = (e for e in entry_points(group="hypothesis") if e.name == "citess")
    assert "citess._hypothesis:register" == entry.value
    entry.load()()
    assert citess.Case is type(find(st.from_type(citess.Case), lambda _: True, settings=SEARCH))


def test_registration_is_light():
    code = (
        "import sys, hypothesis; "
        "heavy = {'networkx', 'msgspec', 'cattrs', 'citess.testing', 'pendulum'} & {*sys.modules}; "
        "sys.exit(f'{heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (0, "") == (done.returncode, done.stderr)


def test_every_class_is_made_and_fits():
    made = {
        shelf.kind: find(records(shelf.record), lambda _: True, settings=SEARCH)
        for shelf in shelf_types()
    }
    assert {shelf.kind for shelf in shelf_types()} == set(made)
    assert [repr(r) for r in made.values() if "\n" in repr(r)] == []
