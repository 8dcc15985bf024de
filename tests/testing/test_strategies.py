"""Strategies and checks for tests, tested."""

import importlib
import importlib.util
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import citess
from citess import Dataset
from citess.model import ids
from citess.model.shelves import shelf_types
from citess.testing import (
    assert_round_trips,
    assert_valid,
    bad_documents,
    records,
    register,
    values,
    whole_datasets,
)

CALM = settings(max_examples=25, deadline=None)
register()


@pytest.mark.parametrize("shelf", shelf_types(), ids=lambda shelf: shelf.kind)
def test_a_class_gives_its_records_by_type(shelf):
    @CALM
    @given(st.from_type(shelf.record))
    def check(record):
        assert shelf.record is type(record)

    check()


@pytest.mark.parametrize(
    "kind", [citess.Text, citess.Money, citess.Period, citess.AgeBand, citess.Point, citess.Bound]
)
def test_a_class_gives_its_values_by_type(kind):
    @CALM
    @given(st.from_type(kind))
    def check(value):
        assert kind is type(value)

    check()


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


@CALM
@given(bad_documents(st.just(b"{}")))
def test_documents_of_ones_own_are_harmed(content):
    assert isinstance(content, bytes)


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
