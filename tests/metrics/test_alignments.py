"""Codes of other catalogues: data, of metrics that exist, none that was not verified."""

import re
import tomllib
from importlib import resources

import citess
from citess.metrics import Alignment, catalogue

NOT_VERIFIED = ("PI8330", "OI8869", "OI3160", "FP5958", "RCO01", "RCR01", "RCR17")


def known():
    return [one for metric in catalogue.values() for one in metric.alignments]


def test_a_metric_shows_its_codes_elsewhere():
    found = citess.metrics.unique_beneficiaries.alignments
    assert (
        Alignment(
            catalogue="IRIS+",
            code="PI4060",
            relation="exact",
            part="",
            verified_on="2026-11",
            source="https://iris.thegiin.org",
        )
        == found[0]
    )
    assert () == catalogue["S03"].alignments


def test_every_code_belongs_to_a_metric_that_exists():
    text = resources.files("citess.metrics").joinpath("alignments.toml").read_text("utf-8")
    listed = [
        codes
        for one in tomllib.loads(text)["catalogues"]
        for relation in ("exact", "close", "related")
        for codes in one.get(relation, ())
    ]
    assert len(listed) == len(known())
    assert sorted(code for *_, code in listed) == sorted(one.code for one in known())


def test_every_code_says_when_and_where_it_was_verified():
    assert all(re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", one.verified_on) for one in known())
    assert all(one.source for one in known())


def test_no_code_that_was_not_verified_stands_there():
    assert set() == {one.code.replace(" ", "") for one in known()} & {*NOT_VERIFIED}


def test_parts_with_a_code_are_parts_of_the_measure():
    data = citess.datasets.synthetic()
    for metric in catalogue.taking("records"):
        named = {one.part for one in metric.alignments if one.part}
        if named:
            assert named <= {*metric(data).parts}
