"""Periods in series, several metrics at once, records one after the other."""

import importlib
import json
import tracemalloc

import pandas as pd
import polars as pl
import pytest

import citess
from citess import Case, CitessError, MissingExtraError, PartialDate, Period, Sex
from citess.metrics import (
    Tables,
    Undefined,
    catalogue,
    count,
    density,
    evaluate,
    formality_share,
    gini,
    hill_numbers,
    sector_balance,
    series,
    women_share,
)
from citess.metrics import _streams as streams
from citess.metrics._asked import Asked
from citess.metrics._registry import Metric, metric
from citess.model import Dataset

DATA = citess.datasets.synthetic(hubs=3, partners=20)


def test_a_series_has_the_calendar_periods_of_its_span():
    assert ["2021", "2022"] == [name for name, _ in series("2021-05/2022-02", "yearly")]
    assert ["2021-11", "2021-12", "2022-01"] == [n for n, _ in series("2021-11/2022-02", "monthly")]
    with pytest.raises(ValueError, match="'weekly' is no series; series are yearly"):
        series("2021", "weekly")
    with pytest.raises(ValueError, match="both ends are known"):
        series(Period.of("2021"), "yearly")


@pytest.mark.parametrize("backend", [None, "polars", "duckdb"])
def test_each_period_of_a_series_is_the_measure_of_that_period(backend):
    data = DATA if backend is None else Tables.of(DATA, backend=backend)
    found = women_share(data, period="yearly", by="hub")
    assert ("period", "hub") == found.by
    for year in ("2019", "2021"):
        alone = women_share(DATA, period=year, by="hub").breakdown
        assert alone == {g[1:]: m for g, m in found.breakdown.items() if g[0] == year}
    assert women_share(DATA).n == found.n


@pytest.mark.parametrize("backend", [None, "polars"])
def test_a_series_of_states_runs_from_the_first_start_to_the_last_end(backend):
    data = DATA if backend is None else Tables.of(DATA, backend=backend)
    found = formality_share(data, period="yearly")
    years = [group[0] for group in found.breakdown]
    assert sorted(years) == years
    assert formality_share(DATA, period=years[0]) == found.breakdown[years[0],]
    assert ("period",) == found.by


def test_periods_may_be_named_one_by_one():
    found = women_share(DATA, period=["2020", Period.of("2021-01-01", "2021-07-01")])
    assert [("2020-01-01/2021-01-01",), ("2021-01-01/2021-07-01",)] == list(found.breakdown)
    assert "2020-01-01/2021-07-01" == found.period
    assert women_share(iter(DATA.records()), period="yearly") == women_share(DATA, period="yearly")


def test_without_dates_a_series_needs_its_span():
    for data in (Dataset(), Tables(), Tables(cases=pl.DataFrame({"sex": ["female"]}))):
        with pytest.raises(ValueError, match="say it, as yearly:2020/2024"):
            women_share(data, period="yearly")
    with pytest.raises(ValueError, match="say it, as quarterly"):
        density(DATA, period="quarterly")
    assert 12 == len(density(DATA, period="quarterly:2020/2023").breakdown)


def test_several_metrics_make_one_table():
    found = evaluate(DATA, ["R02a", "formality_share", sector_balance], by="hub")
    assert 3 == len(found)
    assert len(found.rows) == 3 + sum(len(one.breakdown) for one in found.measures)
    first = found.rows[0]
    assert ("R02a", None, women_share(DATA).value) == (
        first["metric"],
        first["hub"],
        first["value"],
    )
    frame = found.to_frame("polars")
    assert (len(found.rows), pl.Float64) == (frame.height, frame.schema["value"])
    assert isinstance(found.to_frame("pandas"), pd.DataFrame)
    assert "citess.results/1" == json.loads(json.dumps(found.to_dict()))["schema"]
    assert "<table><tr><th>metric</th><th>hub</th>" in found._repr_html_()
    assert women_share(DATA, by="hub").to_frame("polars").height == 4


def test_a_series_of_several_metrics_has_its_period_as_a_column():
    found = evaluate(DATA, [women_share], period="yearly:2020/2022")
    assert ("period",) == found.by
    assert [None, "2020", "2021"] == [row["period"] for row in found.rows]


def test_every_metric_that_has_the_dimensions_is_asked_by_default():
    every = [one for one in catalogue.values() if isinstance(one, Metric)]
    assert len(every) == len(evaluate(DATA).measures)
    sex = evaluate(DATA, by="sex")
    assert {one.id for one in every if "sex" in one.dimensions} == {m.metric for m in sex.measures}
    framed = evaluate(Tables.of(DATA), where={"hub": "synthetic-0-hub-0"})
    assert {m.metric for m in framed.measures} == {
        one.id for one in every if "hub" in one.dimensions and "polars" in one.engines
    }


def test_a_day_is_asked_of_states_and_all_before_it_of_events():
    found = {m.name: m for m in evaluate(DATA, on="2021-06-30").measures}
    assert "2021-06-30" == found["formality_share"].on
    assert "0001-01-01/2021-07-01" == found["women_share"].period
    nothing = evaluate(Dataset(), [formality_share])
    assert Undefined.ZERO_DENOMINATOR.label() in nothing._repr_html_()


def test_what_is_no_metric_of_records_is_refused():
    with pytest.raises(TypeError, match="called on values or a graph"):
        evaluate(DATA, [gini])
    with pytest.raises(CitessError, match="no metric has the id"):
        evaluate(DATA, ["womenshare"])
    assert isinstance(evaluate(list(DATA.records()), ["G07"]).measures[0].value, float)


def test_frames_of_measures_need_an_engine(monkeypatch):
    found = women_share(DATA)
    with pytest.raises(ValueError, match="'excel' makes no frames"):
        found.to_frame("excel")

    def absent(name):
        raise ImportError(name)

    monkeypatch.setattr(citess.metrics._framed, "import_module", absent)
    with pytest.raises(MissingExtraError, match="tables"):
        found.to_frame()
    monkeypatch.setattr(citess.metrics._framed, "import_module", importlib.import_module)
    assert isinstance(found.to_frame(), pl.DataFrame)


def cases(n, *, start=0, id_="c{:09}"):
    for k in range(start, start + n):
        yield Case(
            id=id_.format(k),
            hub=f"h{k % 3}",
            opened=PartialDate("2023-01-01"),
            sex=(Sex.FEMALE, Sex.MALE)[k % 2],
            client=f"p-{k % 50:032x}",
        )


def test_a_stream_gives_what_the_dataset_gives():
    for found in (women_share, formality_share, sector_balance, hill_numbers):
        assert found(DATA) == found(DATA.records())
        if found.tense == "flow":
            assert found.tally(DATA, by="hub", period="2021") == found.tally(
                DATA.records(), by="hub", period="2021"
            )


def test_memory_grows_with_groups_and_not_with_the_records_of_a_stream(monkeypatch):
    monkeypatch.setattr(streams, "REMEMBERED", 1_000)
    monkeypatch.setattr(streams, "CHUNK", 500)

    def peak(n):
        tracemalloc.start()
        found = women_share(cases(n), by="hub", period="2023")
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert 50 == found.n
        return most

    few, many = peak(5_000), peak(30_000)
    assert many < few + 200_000


def test_a_record_given_twice_in_a_stream_is_refused():
    with pytest.raises(ValueError, match="gives 'case:c000000001' twice"):
        women_share(iter([*cases(3), *cases(1, start=1)]))


def test_a_long_stream_out_of_order_says_so(monkeypatch):
    monkeypatch.setattr(streams, "REMEMBERED", 10)
    for n, id_, start in ((20, "c{}", 0), (20, "c{:04}", 0)):
        assert "unchecked-repeats" not in women_share(cases(n, id_=id_, start=start)).warnings
    mixed = [*cases(20)][::-1]
    assert "unchecked-repeats" in women_share(iter(mixed)).warnings
    assert "given twice would go unnoticed" in women_share(iter(mixed)).explain()


def test_columns_of_other_records_come_from_the_context_or_from_before():
    reads = count("sessions", of="kind")

    @metric(
        "X98",
        reads=reads,
        question="?",
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
    def sessions_counted(facts, **_):
        """Sessions counted."""
        return citess.metrics.Outcome(value=facts.total)

    try:
        whole = sessions_counted(DATA, by="hub")
        assert whole == sessions_counted(DATA.records(), by="hub")
        sessions = DATA.support_sessions.values()
        assert whole == sessions_counted(iter(sessions), by="hub", context=DATA)
        with pytest.raises(ValueError, match="records come before those that name them"):
            sessions_counted(iter(sessions), by="hub")
    finally:
        del catalogue._metrics["X98"]
        for key in ("label", "question", "limits"):
            del citess.metrics._texts._METRICS[f"sessions_counted.{key}"]
    with pytest.raises(ValueError, match=r"partners.hub is told by other records"):
        sector_balance(DATA.records(), by="hub")
    assert sector_balance(DATA, by="hub") == sector_balance(DATA.records(), by="hub", context=DATA)


def test_a_period_asked_twice_is_the_same_question():
    assert Asked.of(period="2023", options={}) == Asked.of(
        period=Period.of("2023-01-01", "2024-01-01"), options={}
    )
