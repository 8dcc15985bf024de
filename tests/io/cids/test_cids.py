"""CIDS 3.2.1 Basic Tier: what is reported conforms, and nothing undefined becomes zero."""

import importlib.util
import json
import os
import pathlib
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import citess
from citess import vocab
from citess.io.cids import to_cids, write_cids
from citess.io.cids._alignments import aligned
from citess.metrics import Interval, Measure, Undefined
from citess.model import Dataset, Member, Partnership, PartnershipKind, Role, SubSector, evolve
from citess.testing import whole_datasets
from tests.io.scenes import mahdia

STANDARDS = os.environ.get("CITESS_STANDARDS_DIR")
needs_shapes = pytest.mark.skipif(
    STANDARDS is None, reason="needs the official shapes in CITESS_STANDARDS_DIR"
)
needs_pyshacl = pytest.mark.skipif(
    importlib.util.find_spec("pyshacl") is None, reason="needs pyshacl, of the extra oracles"
)
VERIFIED = {"PI4060", "PI3687", "PI5691", "PI4874"}


def measure(**changes):
    given = {
        "metric": "R01",
        "name": "formality_share",
        "unit": "ratio",
        "value": 12,
        "n": 12,
        "on": "2023-06-30",
    }
    return Measure(**(given | changes))


def conforms(document):
    import pyshacl
    import rdflib

    data = rdflib.Graph().parse(data=json.dumps(document), format="json-ld")
    shapes = pathlib.Path(STANDARDS or "") / "cids-3.2.1" / "cids.basictier.shacl.ttl"
    graph = rdflib.Graph().parse(shapes)
    passed, _, text = pyshacl.validate(data, shacl_graph=graph, inference="none")
    assert passed, text
    return data


def kinds(document):
    return Counter(str(node["@type"]).partition(":")[2] for node in document["@graph"])


def of_kind(document, kind):
    return [node for node in document["@graph"] if str(node["@type"]).endswith(f":{kind}")]


def every_measure(data, **when):
    found = []
    for metric in citess.metrics.catalogue.values():
        try:
            found.append(metric(data, **when))
        except (citess.CitessError, ValueError, TypeError):
            continue  # it is no measure of a dataset at a time, or wants options
    return [one for one in found if isinstance(one, Measure)]


@needs_shapes
@needs_pyshacl
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("make", [citess.datasets.tunisia, citess.datasets.synthetic])
@pytest.mark.parametrize("when", [{"on": "2023-06-30"}, {"period": "2023"}])
def test_every_measure_conforms_to_the_basic_tier(make, when):
    data = make()
    measures = every_measure(data, **when)
    document, losses = to_cids(data, measures)
    conforms(document)
    defined = [one for one in measures if one.value is not None]
    assert defined
    reports = kinds(document)["IndicatorReport"]
    dated = [one for one in defined if one.on or one.period]
    assert reports >= len(dated)
    undefined = [one for one in losses.issues if one.code == "undefined"]
    assert len(measures) - len(defined) <= len(undefined)


@needs_shapes
@needs_pyshacl
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@settings(max_examples=200 if os.environ.get("CITESS_DEEP") else 8)
@given(whole_datasets(), st.data())
def test_any_measures_of_any_dataset_conform(data, draw):
    numbers = st.none() | st.integers(0, 10**9) | st.floats(-1e9, 1e9)
    measures = [
        measure(
            metric=draw.draw(st.sampled_from(("R01", "E01", "G01", "R02a", "own"))),
            value=draw.draw(numbers),
            reason=Undefined.TOO_FEW,
            on=draw.draw(st.sampled_from((None, "2023-06-30", "9999-12-31"))),
            parts={"created": draw.draw(numbers)},
            breakdown={
                (str(name),): measure(value=draw.draw(numbers), by=("hub",)) for name in data.hubs
            },
            by=("hub",),
        )
        for _ in range(2)
    ]
    document, _ = to_cids(data, measures)
    conforms(document)


def test_a_report_has_its_value_its_time_and_who_it_is_of():
    document, losses = to_cids(mahdia(), [measure()])
    (report,) = of_kind(document, "IndicatorReport")
    (indicator,) = of_kind(document, "Indicator")
    (value,) = of_kind(document, "Measure")
    (code,) = of_kind(document, "Code")
    assert ("2023-06-30T00:00:00", "2023-07-01T00:00:00") == (
        report["startedAtTime"],
        report["endedAtTime"],
    )
    assert (value["@id"], "12") == (report["value"], value["hasNumericalValue"])
    assert ("R01", code["@id"], "PI4060") == (
        indicator["hasIdentifier"],
        indicator["hasCode"],
        code["hasIdentifier"],
    )
    names = {node["@id"]: node["hasLegalName"] for node in of_kind(document, "Organization")}
    assert "CitESS Mahdia" == names[report["forOrganization"]]
    assert [indicator["@id"]] == next(
        node["hasIndicator"]
        for node in of_kind(document, "Organization")
        if node["@id"] == report["forOrganization"]
    )
    assert "partnerships[]" in losses.lost
    assert document == to_cids(mahdia(), [measure()])[0]


@pytest.mark.parametrize(
    ("period", "span"),
    [
        ("2023", ("2023-01-01T00:00:00", "2024-01-01T00:00:00")),
        ("2023-01-01/2024-01-01", ("2023-01-01T00:00:00", "2024-01-01T00:00:00")),
        ("2023/2024-07", ("2023-01-01T00:00:00", "2024-07-01T00:00:00")),
    ],
)
def test_the_time_of_a_report_is_that_of_the_measure(period, span):
    document, _ = to_cids(mahdia(), [measure(on=None, period=period)])
    (report,) = of_kind(document, "IndicatorReport")
    assert span == (report["startedAtTime"], report["endedAtTime"])


@pytest.mark.parametrize("period", [None, "2023-01-01/open", "unknown/2024"])
def test_without_both_dates_there_is_no_report_and_that_is_told(period):
    document, losses = to_cids(mahdia(), [measure(on=None, period=period)])
    assert [] == of_kind(document, "IndicatorReport")
    issue = next(one for one in losses.issues if one.code == "required-by-standard")
    assert "measures[formality_share]" == issue.path
    assert "startedAtTime" in issue.text()


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_an_undefined_measure_is_never_written_as_zero(language):
    undefined = measure(value=None, reason=Undefined.ZERO_DENOMINATOR)
    document, losses = to_cids(mahdia(), [undefined], language=language)
    assert [] == of_kind(document, "Measure")
    issue = next(one for one in losses.issues if one.code == "undefined")
    assert ("measures[formality_share]", 1) == (issue.path, losses.lost[issue.path])
    assert Undefined.ZERO_DENOMINATOR.label(language) in issue.text(language)
    document, losses = to_cids(mahdia(), [measure(value=None)])
    assert Undefined.NOT_KNOWN.label() in losses.text()


def test_zero_is_a_value():
    document, _ = to_cids(mahdia(), [measure(value=0)])
    assert ["0"] == [node["hasNumericalValue"] for node in of_kind(document, "Measure")]


def test_groups_that_are_hubs_report_for_themselves():
    whole = measure(
        breakdown={("citess-mahdia",): measure(value=5), ("elsewhere",): measure(value=7)},
        by=("hub",),
    )
    document, _ = to_cids(mahdia(), [whole], organisation="amel")
    names = {node["@id"]: node["hasLegalName"] for node in of_kind(document, "Organization")}
    by_name = {
        node["hasName"]: names[node["forOrganization"]]
        for node in of_kind(document, "IndicatorReport")
    }
    label = measure().label()
    assert {
        label: "El Amel",
        f"{label}: citess-mahdia": "CitESS Mahdia",
        f"{label}: elsewhere": "El Amel",
    } == by_name


def test_parts_that_are_indicators_elsewhere_get_a_report_and_the_others_are_told():
    flows = measure(metric="E01", value=3, parts={"created": 5, "destroyed": 2, "after": None})
    document, losses = to_cids(mahdia(), [flows])
    assert {"PI3687"} == {node["hasIdentifier"] for node in of_kind(document, "Code")}
    assert {"3", "5"} == {node["hasNumericalValue"] for node in of_kind(document, "Measure")}
    assert {
        "measures[formality_share].parts[destroyed]",
        "measures[formality_share].parts[after]",
    } == {path for path in losses.lost if "parts" in path}


def test_ids_of_iris_stand_with_the_metrics_and_nowhere_else():
    concepts = vocab.scheme("indicators").values()
    stated = [c.facts for c in concepts if "metric" in c.facts]
    found = {aligned(str(one["metric"]), str(one.get("part", ""))).iris for one in stated}
    assert {*VERIFIED, None} == found
    assert [] == [one for one in stated if "iris" in one]
    assert aligned("R02a").iris is None


def test_goals_are_themes_with_their_address():
    document, _ = to_cids(mahdia(), [measure(metric="E01", parts={"created": 1})], language="fr")
    (theme,) = of_kind(document, "Theme")
    assert ("https://metadata.un.org/sdg/8", "travail décent et croissance économique") == (
        theme["@id"],
        theme["hasName"],
    )


def test_funders_are_financial_organisations():
    donor = evolve(mahdia().partners["town"], sub_sector=SubSector.DONOR)
    tie = Partnership(
        id="grant",
        kind=PartnershipKind.FUNDING,
        members=(Member(party="amel", role=Role.FUNDER), Member(party="citess-mahdia")),
    )
    document, losses = to_cids(mahdia().replace(donor).add(tie), [])
    assert {"Commune", "El Amel"} == {
        node["hasLegalName"] for node in of_kind(document, "FinancialOrganization")
    }
    assert "partners[]" not in losses.lost


def test_who_reports_is_named_the_only_hub_or_all_together():
    data = citess.datasets.tunisia()
    document, _ = to_cids(data, [measure()])
    (report,) = of_kind(document, "IndicatorReport")
    names = {node["@id"]: node["hasLegalName"] for node in of_kind(document, "Organization")}
    assert "CitESS Mahdia, CitESS Sidi Bouzid" == names[report["forOrganization"]]
    with pytest.raises(citess.UnknownIdError, match="did you mean 'citess-mahdia'"):
        to_cids(data, [], organisation="citess-mahdi")
    document, losses = to_cids(Dataset(), [measure()])
    assert [] == document["@graph"]
    assert "forOrganization" in losses.text()


def test_what_the_standard_has_no_place_for_is_told():
    rich = measure(
        interval=Interval(low=0.0, high=1.0, method="wilson"),
        bounds=(0.0, 1.0),
        sources=("s1",),
        method={"z": 1},
    )
    _, losses = to_cids(mahdia(), [rich])
    assert {"interval", "bounds", "sources", "method"} == {
        path.rpartition(".")[2] for path in losses.lost if path.startswith("measures[")
    }
    with pytest.raises(citess.LossError):
        to_cids(mahdia(), [rich], strict=True)


def test_files_hold_the_same(tmp_path):
    path = tmp_path / "impact.jsonld"
    write_cids(mahdia(), [measure()], path)
    assert json.loads(path.read_text("utf-8")) == to_cids(mahdia(), [measure()])[0]
