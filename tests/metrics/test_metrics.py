"""Ten metrics: reference values, laws that each must keep, and what they say."""

import json
import math
import os
import pickle
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import citess
from citess import Dataset, UndefinedMeasureError, UnknownIdError
from citess.metrics import (
    Measure,
    Tally,
    Undefined,
    catalogue,
    compare,
    density,
    formality_share,
    hill_numbers,
    legal_pipeline,
    one_stop_completeness,
    pool,
    redundancy_ratio,
    sector_balance,
    service_coverage,
    shapley_coverage,
    single_provider_share,
)
from citess.metrics._registry import Metric, metric
from tests.metrics.asking import HERE, THERE, WHOLE, told

RECORDS = [id_ for id_, found in catalogue.items() if isinstance(found, Metric)]

REFERENCE = os.environ.get("CITESS_REFERENCE_DIR")
needs_reference = pytest.mark.skipif(
    REFERENCE is None, reason="CITESS_REFERENCE_DIR names no folder of reference values"
)
DATA = citess.datasets.synthetic(hubs=3, partners=30)


def dimension(id_):
    known = catalogue[id_].dimensions
    return "hub" if "hub" in known else known[0]


def moment(id_):
    return {"on": "2022-01-01"} if catalogue[id_].tense == "stock" else {"period": "2022"}


def offer(cell, who, channel="direct"):
    return ("offer", *cell, who, channel)


def sets(**by_provider):
    return {
        offer((str(c), "idea", "t"), who): 1 for who, cells in by_provider.items() for c in cells
    }


def test_the_catalogue_lists_metrics_by_id_and_name():
    assert sorted(catalogue) == list(catalogue)
    assert f"<catalogue of {len(catalogue)} metrics>" == repr(catalogue)
    assert service_coverage is catalogue.named("service_coverage") is catalogue["S01"].function
    with pytest.raises(UnknownIdError, match="did you mean 'G07'"):
        catalogue["G077"]
    with pytest.raises(UnknownIdError, match="did you mean 'density'"):
        catalogue.named("densitie")


def test_a_metric_is_defined_once():
    with pytest.raises(ValueError, match="defined twice"):
        catalogue.add(catalogue["S01"])


@pytest.mark.parametrize("id_", catalogue)
def test_each_metric_says_what_it_is_in_three_languages(id_):
    found = catalogue[id_]
    for part in (found.label, found.question, found.limits):
        assert 3 == len({part(language) for language in ("en", "fr", "ar")})
    assert all((found.formula, found.source, found.unit, found.missing, found.description))
    assert found is pickle.loads(pickle.dumps(found))
    assert f"<metric {id_} {found.name}>" == repr(found)


@pytest.mark.parametrize("id_", RECORDS)
def test_each_measure_stays_within_its_bounds_and_explains_itself(id_):
    found = catalogue[id_](DATA, by=dimension(id_), **told(id_))
    low, high = catalogue[id_].bounds
    for measure in (found, *found.breakdown.values()):
        if measure.value is None:
            assert measure.reason is not None
        else:
            assert (-math.inf if low is None else low) <= measure.value
            assert measure.value <= (math.inf if high is None else high)
    assert found.breakdown
    assert 3 == len({found.explain(language) for language in ("en", "fr", "ar")})
    assert found == pickle.loads(pickle.dumps(found))
    assert "citess.measure/1" == json.loads(json.dumps(found.to_dict()))["schema"]
    assert found._repr_html_().startswith("<table><tr><th>")


@pytest.mark.parametrize("id_", RECORDS)
def test_each_metric_is_undefined_on_nothing(id_):
    found = catalogue[id_](Dataset(), **told(id_))
    assert found.value is None
    assert found.reason in set(Undefined)
    with pytest.raises(UndefinedMeasureError, match="is undefined"):
        float(found)


@pytest.mark.parametrize("id_", RECORDS)
def test_order_of_records_and_kind_of_input_change_nothing(id_):
    records = list(DATA.records())
    assert catalogue[id_](DATA, **told(id_)) == catalogue[id_](records[::-1], **told(id_))


@pytest.mark.parametrize("id_", RECORDS)
@settings(max_examples=8, deadline=None)
@given(first=st.integers(0, 50), by=st.booleans())
def test_tallies_of_parts_add_to_the_tally_of_the_whole(id_, first, by):
    a = citess.datasets.synthetic(hubs=1, partners=6, enterprises=0, seed=first)
    b = citess.datasets.synthetic(hubs=2, partners=5, enterprises=0, seed=first + 51)
    whole = a | b
    assert "synthetic-land" in whole.territories
    found = catalogue[id_]
    options = {"by": dimension(id_) if by else None, **moment(id_)}
    one = found.tally(a, **options, **told(id_, HERE))
    two = found.tally(b, **options, **told(id_, THERE))
    assert found.tally(whole, **options, **told(id_, WHOLE)) == one + two == two + one
    assert found.of(one + two, **told(id_, WHOLE)) == found(whole, **options, **told(id_, WHOLE))


def test_tallies_of_other_things_do_not_add():
    with pytest.raises(ValueError, match="different things"):
        sector_balance.tally(DATA) + formality_share.tally(DATA)
    with pytest.raises(ValueError, match="would be counted twice"):
        sector_balance.tally(DATA) + sector_balance.tally(DATA)


def test_a_dimension_that_a_metric_lacks_is_named():
    known = "'sex' is no dimension of this metric; it has id, hub, service"
    with pytest.raises(ValueError, match=known):
        service_coverage(DATA, by="sex")


def test_a_day_and_a_period_are_not_given_together():
    with pytest.raises(ValueError, match="not both"):
        sector_balance(DATA, on="2022-01-01", period="2022")


def test_a_period_takes_what_held_on_one_of_its_days():
    year = formality_share(DATA, period="2021")
    whole = formality_share(DATA)
    assert "2021-01-01/2022-01-01" == year.period
    assert 0 < year.n + year.missing < whole.n + whole.missing
    same = formality_share(DATA, period=citess.Period.of("2021-01-01", "2022-01-01"))
    assert year == same
    assert "during 2021" in year.text()


def test_a_graph_is_not_read_as_records():
    with pytest.raises(TypeError, match="reads a dataset or records, not Graph"):
        sector_balance(nx.Graph())


def test_real_offers_are_not_known_and_not_zero():
    data = citess.datasets.tunisia()
    for found in (service_coverage, one_stop_completeness, single_provider_share):
        assert (None, Undefined.NOT_KNOWN) == (found(data).value, found(data).reason)


def test_coverage_needs_a_grid_and_says_what_is_beyond_it():
    required = [("legal", "idea", "a"), ("legal", "idea", "b")]
    found = service_coverage(DATA, required=required)
    assert (0, 2) == (found.value, found.denominator)
    assert found.parts["offered_beyond_need"] > 0
    assert Undefined.ZERO_DENOMINATOR is service_coverage(DATA, required=[]).reason
    assert Undefined.ZERO_DENOMINATOR is one_stop_completeness(DATA, required=[]).reason


def test_coverage_by_two_dimensions_gives_every_pair():
    found = service_coverage(DATA, by=("hub", "kind"))
    assert 3 * 10 == len(found.breakdown)
    assert ("hub", "kind") == found.by


def test_a_referral_counts_with_a_signed_agreement_only():
    facts = {("required", k, "idea", "t"): 1 for k in "abcd"}
    facts |= {offer(("a", "idea", "t"), "x"): 1, offer(("b", "idea", "t"), "x", "claimed"): 1}
    found = one_stop_completeness.compute(facts)
    assert (0.25, 0.25, 1) == (found.value, found.parts["direct"], found.parts["claimed"])


def test_single_provider_cells_are_listed():
    found = single_provider_share.compute(sets(a=(1, 2, 3), b=(3, 4), c=(4,)))
    assert 0.5 == found.value
    assert [["1", "idea", "t", "a"], ["2", "idea", "t", "a"]] == found.method["cells"]


def test_needs_met_by_nobody_named_are_missing():
    facts = {**sets(a=(1, 2), b=(2,)), offer(("9", "idea", "t"), ""): 1}
    for found in (redundancy_ratio, single_provider_share, shapley_coverage):
        assert 1 == found.compute(facts).missing


@pytest.mark.parametrize("found", [redundancy_ratio, single_provider_share, shapley_coverage])
def test_one_provider_is_too_few(found):
    assert Undefined.TOO_FEW is found.compute(sets(a=(1,))).reason


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.sets(st.integers(0, 9), min_size=1), min_size=2)
)
def test_contributions_sum_to_the_joint_coverage(by_provider):
    found = shapley_coverage.compute(sets(**by_provider))
    shares = [v for name, v in found.parts.items() if not name.startswith("unique:")]
    assert len(set().union(*by_provider.values())) == found.value
    assert math.isclose(found.value, sum(shares))


def test_balance_below_five_partners_is_unbiased():
    found = sector_balance.compute({("public",): 2, ("sse",): 2})
    assert (found.parts["unbiased"], ("unbiased",)) == (found.value, found.warnings)


def test_sectors_outside_the_scheme_do_not_apply():
    facts = {("public",): 5, ("academia",): 2, ("",): 4}
    found = sector_balance.compute(facts, sectors=("public", "sse"))
    assert (5, 4, 2, 2) == (found.n, found.missing, found.not_applicable, found.method["k"])
    assert "missing" in found.warnings


def test_a_scheme_may_have_words_of_its_own_and_mixes_none():
    facts = {"a": 5, "b": 3, "c": 2, "other": 1}
    found = sector_balance.compute(facts, sectors=("a", "b", "c"))
    assert (10, 1, 3) == (found.n, found.not_applicable, found.method["k"])
    assert math.isclose(0.62, found.value)
    with pytest.raises(ValueError, match="words of its own, not both: pubic"):
        sector_balance.compute(facts, sectors=("pubic", "private"))


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({}, Undefined.ZERO_DENOMINATOR),
        ({("",): 3}, Undefined.NOT_KNOWN),
        ({("sse",): 1}, Undefined.TOO_FEW),
    ],
)
def test_balance_without_partners_is_undefined(facts, reason):
    assert reason is sector_balance.compute(facts).reason


def test_one_sector_alone_has_no_evenness():
    found = hill_numbers.compute({("sse",): 4})
    assert (1.0, None) == (found.value, found.parts["j"])
    assert Undefined.NOT_KNOWN is hill_numbers.compute({("",): 1}).reason
    assert Undefined.ZERO_DENOMINATOR is hill_numbers.compute({}).reason


def test_unknown_forms_widen_the_bounds():
    found = formality_share.compute({("signed",): 3, ("unsigned",): 1, ("",): 4})
    assert (0.75, (3 / 8, 7 / 8)) == (found.value, found.bounds)
    assert ("few", "missing") == found.warnings
    assert Undefined.NOT_KNOWN is formality_share.compute({("",): 1}).reason
    assert () == formality_share.compute({("signed",): 40}).warnings


def test_a_wilson_interval_reaches_the_ends_and_holds_the_share():
    none = formality_share.compute({("unsigned",): 20}).interval
    every = formality_share.compute({("signed",): 20}).interval
    assert (0.0, 1.0) == (none.low, every.high)
    assert none.high > 0
    assert every.low < 1


def test_a_partner_that_is_gone_is_not_counted():
    gone = citess.Partner(
        id="gone", name=citess.Text(fr="Parti"), active=citess.Period.of("2001", "2003")
    )
    assert 0 == sector_balance(Dataset.of(gone), on="2020-01-01").missing
    assert 1 == sector_balance(Dataset.of(gone)).missing


def test_pooling_adds_counts_and_never_averages():
    counts = [{("signed",): 1, ("unsigned",): 1}, {("signed",): 90, ("unsigned",): 10, ("",): 2}]
    parts = [formality_share.of(Tally(reads="agreements", groups={(): c})) for c in counts]
    joined = pool(parts)
    assert (91 / 102, 2) == (joined.value, joined.missing)
    with pytest.raises(ValueError, match="one metric and time, not of 2"):
        pool([parts[0], sector_balance(DATA)])
    with pytest.raises(ValueError, match="does not pool"):
        pool([sector_balance(DATA)])
    with pytest.raises(ValueError, match="not of 0"):
        pool([])
    laws = legal_pipeline(DATA)
    assert (laws.value, None) == (pool([laws]).value, pool([laws]).interval)


def test_measures_compare_and_have_no_order():
    balance = sector_balance(DATA)
    assert (0, None) == (compare(balance, balance).difference, compare(balance, balance).interval)
    signed = formality_share(DATA)
    assert compare(signed, signed).interval.low < 0
    with pytest.raises(ValueError, match="different things"):
        compare(balance, signed)
    with pytest.raises(TypeError, match="no order"):
        assert balance < signed
    with pytest.raises(TypeError, match="no order"):
        assert balance >= signed
    with pytest.raises(TypeError, match="no order"):
        assert balance > signed
    with pytest.raises(TypeError, match="no order"):
        assert balance <= signed


def test_html_is_escaped():
    measure = Measure(
        metric="G07",
        name="formality_share",
        unit="ratio",
        reason=Undefined.TOO_FEW,
        breakdown={("<b>",): Measure(metric="G07", name="formality_share", unit="ratio", value=1)},
        by=("hub",),
    )
    assert "&lt;b&gt;" in measure._repr_html_()
    assert "<b>" not in measure._repr_html_()


def test_what_ended_or_is_uncertain_is_said():
    data = citess.datasets.tunisia()
    found = density(data, on="2016-01-01")
    assert "unknown-dates" in found.warnings
    assert density(data).numerator > found.numerator


def test_density_of_a_graph_by_mode():
    graph = nx.DiGraph([(1, 2), (2, 1), (1, 1)])
    assert (1.0, 1.0, 1) == (
        density(graph).value,
        density(graph, mode="directed").value,
        density(graph).parts["loops"],
    )
    assert 1 == density(nx.MultiGraph([(1, 2), (1, 2)])).parts["merged_ties"]
    assert Undefined.TOO_FEW is density(nx.Graph([(1, 1)])).reason
    with pytest.raises(ValueError, match="no mode of density"):
        density(graph, mode="wild")


def test_density_takes_kinds_of_agreement():
    data = citess.datasets.tunisia()
    programmes = density(data, kinds=["programme"])
    assert programmes.numerator < density(data).numerator


@needs_reference
@pytest.mark.parametrize("name", ["karate", "davis", "lazega"])
def test_density_agrees_with_the_reference_values(name):
    records = json.loads(Path(REFERENCE, "reference_values.json").read_text("utf-8"))["records"]
    graphs = {
        "karate": (nx.karate_club_graph, "undirected"),
        "davis": (nx.davis_southern_women_graph, "bipartite"),
    }
    found = [r for r in records if r["metric"] == "density" and name in r["dataset"].lower()]
    if name not in graphs:
        assert all(isinstance(record["value"], float) for record in found)
        return
    make, mode = graphs[name]
    tolerance = 1e-4 if not found else max(found[0].get("tolerance") or 0, 1e-9)
    expected = found[0]["value"] if found else {"karate": 0.1390, "davis": 0.3532}[name]
    assert math.isclose(expected, density(make(), mode=mode).value, abs_tol=tolerance)


@pytest.mark.parametrize(
    ("states", "budget", "stage"),
    [
        ([], False, 2),
        (["expected"], False, 2),
        (["issued", "expected"], False, 3),
        (["issued"], False, 4),
        (["issued"], True, 5),
    ],
)
def test_the_stage_of_a_law_follows_its_texts(states, budget, stage):
    facts = {("law", "x", "framework_law", "10"): 1}
    facts |= {("text", "x", state): 1 for state in states}
    facts |= {("budget", "x"): 1} if budget else {}
    assert stage == legal_pipeline.compute(facts).parts["stage"]


def test_unknown_is_not_the_same_as_not_issued():
    facts = {("law", "x", "framework_law", ""): 1, ("text", "x", ""): 2}
    found = legal_pipeline.compute(facts)
    assert (None, Undefined.NOT_KNOWN, 2) == (found.value, found.reason, found.missing)
    facts |= {("text", "x", "issued"): 1, ("text", "x", "expected"): 1}
    found = legal_pipeline.compute(facts)
    assert (0.5, (0.25, 0.75), None) == (found.value, found.bounds, found.parts["days"])


def test_a_law_counts_from_its_adoption_to_its_replacement():
    data = citess.datasets.tunisia()
    before = legal_pipeline(data, country="tn", on="2020-06-29")
    after = legal_pipeline(data, country="tn", on="2024-06-30")
    assert (None, 1461, 0) == (before.parts["days"], after.parts["days"], after.value)
    assert Undefined.ZERO_DENOMINATOR is before.reason
    law = data.legal_frameworks["tn-2020-30"]
    gone = data.replace(
        citess.evolve(law, replaced=citess.PartialDate("2022-01-01"), budget_line=True)
    )
    assert legal_pipeline(gone, country="tn", on="2024-06-30").parts["days"] is None
    assert 2 == legal_pipeline(gone, country="tn", on="2021-06-30").parts["stage"]
    with pytest.raises(ValueError, match="holds on a day"):
        legal_pipeline(data, period="2022")


def test_the_day_of_the_law_is_the_latest_report():
    issued = citess.ImplementingText(
        id="d",
        framework="l",
        subject=citess.Text(fr="Décret"),
        issued=citess.PartialDate("2021-02"),
    )
    law = citess.LegalFramework(id="l", country="t", status=citess.LegalStatus.FRAMEWORK_LAW)
    land = citess.Territory(
        id="t", name=citess.Text(fr="Pays"), level=citess.TerritoryLevel.COUNTRY
    )
    found = legal_pipeline(Dataset.of(land, law, issued))
    assert ("2021-02-28", 1.0, 4) == (found.on, found.value, found.parts["stage"])


def test_a_metric_of_ones_own_joins_the_catalogue():
    def reads(data, asked):
        return Tally(reads="hubs", groups={(): {("hub",): len(data.hubs)}})

    @metric(
        "X99",
        reads=reads,
        question="How many hubs?",
        limits="None.",
        unit="ratio",
        bounds=(0, None),
        better=citess.metrics.Better.CONTEXT,
        formula="n",
        missing="none",
        small_numbers="none",
        aggregation="sum",
        source="test",
    )
    def hubs_counted(facts, **_):
        """Hubs counted."""
        return citess.metrics.Outcome(value=sum(facts.values()))

    try:
        assert isinstance(hubs_counted, Metric)
        assert (3, "Hubs counted") == (hubs_counted(DATA).value, hubs_counted.label())
    finally:
        del catalogue._metrics["X99"]
        for key in ("label", "question", "limits"):
            del citess.metrics._texts._METRICS[f"hubs_counted.{key}"]


class MetricEntry:
    """An entry point as importlib gives it."""

    value = "shop:metric"

    def __init__(self, given):
        self.given = given

    def load(self):
        return self.given


def test_installed_packages_bring_metrics(monkeypatch):
    import importlib.metadata

    from citess.metrics import Catalogue

    known = catalogue["G07"]
    monkeypatch.setattr(
        importlib.metadata, "entry_points", lambda group: (MetricEntry(known), MetricEntry(known))
    )
    fresh = Catalogue()
    assert ["G07"] == list(fresh)
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda group: (MetricEntry(7),))
    with pytest.raises(TypeError, match="shop:metric"):
        len(Catalogue())


def test_a_metric_written_as_a_function_names_its_dimensions_and_reads_records():
    with pytest.raises(ValueError, match="'hub' is no dimension of this metric; it has country"):
        legal_pipeline(DATA, by="hub")
    with pytest.raises(TypeError, match="reads a dataset or records, not MultiDiGraph"):
        legal_pipeline(citess.network.partnership_graph(DATA))


def test_what_a_law_declares_falls_in_the_groups_asked_for():
    data = citess.datasets.tunisia()
    by = legal_pipeline.tally(data, by="country")
    apart = [facts for group, facts in by.frame.items() if group]
    assert by.frame[()] == frozenset().union(*apart)
    assert by.frame["tn",] == legal_pipeline.tally(data, where={"country": "tn"}).frame[()]


ASKED_OF_OBJECTS = [id_ for id_ in RECORDS if catalogue[id_].engines == ("objects",)]


@pytest.mark.parametrize("id_", ASKED_OF_OBJECTS)
def test_where_no_record_meets_a_condition_nothing_is_counted(id_):
    for name in catalogue[id_].dimensions:
        tally = catalogue[id_].tally(DATA, where={name: "nothing of the kind"}, **told(id_, HERE))
        assert not any(tally.groups.values())
