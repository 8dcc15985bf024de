"""The same metrics on frames of every engine, and on objects: equal, with nulls, ties and none."""

import ast
import math
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import narwhals
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from attrs import evolve, frozen
from hypothesis import Phase, given
from hypothesis import strategies as st

import citess
from citess import IntegrityError, PartialDate, ReadError, UnsupportedEngineError
from citess.metrics import (
    Tables,
    catalogue,
    change,
    count,
    formality_share,
    legal_pipeline,
    spells,
    totals,
    women_share,
)
from citess.metrics import frames as plans
from citess.metrics._asked import Asked
from citess.metrics._registry import Metric
from citess.metrics.tables import TABLES
from citess.metrics.tables._table import Table, attribute
from citess.model import Dataset
from tests.few import few
from tests.metrics.asking import told

BACKENDS = ("pandas", "pandas[pyarrow]", "polars", "polars-lazy", "pyarrow", "duckdb")
DATA = citess.datasets.synthetic(hubs=3, partners=20)
MADE = {}


def tables(backend):
    if backend not in MADE:
        MADE[backend] = Tables.of(DATA, backend=backend)
    return MADE[backend]


FRAMED = [
    id_
    for id_, found in catalogue.items()
    if isinstance(found, Metric) and "polars" in found.engines
]


def close(a, b):
    if isinstance(a, float) and isinstance(b, float):
        return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-12)
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(close(a[k], b[k]) for k in a)
    if isinstance(a, (list, tuple)) and isinstance(b, (list, tuple)):
        return len(a) == len(b) and all(map(close, a, b))
    return a == b


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("id_", FRAMED)
def test_every_metric_of_tables_is_the_same_on_frames_and_on_objects(id_, backend):
    found = catalogue[id_]
    time = {"period": "2021-07/2022-03"} if found.tense == "flow" else {"on": "2022-01-01"}
    for by in (None, *(name for name in ("hub", "territory:governorate") if name[:3] in
                       {one[:3] for one in found.dimensions})):  # fmt: skip
        for when in ({}, time):
            asked = {"by": by, **when, **told(id_)}
            expected = found(DATA, **asked)
            assert close(expected.to_dict(), found(tables(backend), **asked).to_dict())


@pytest.mark.parametrize("backend", BACKENDS)
def test_tallies_of_frames_account_for_their_records_as_those_of_objects_do(backend):
    for found in (women_share, formality_share):
        assert found.tally(DATA, by="hub") == found.tally(tables(backend), by="hub")


@frozen
class Thing:
    id: str
    g: str | None
    h: str | None
    e: str | None
    x: int | None
    d: PartialDate | None
    end: PartialDate | None
    f: bool | None
    sources: tuple[str, ...] = ()


COLUMNS = {
    "id": attribute("id", meaning="thing"),
    "g": attribute("g", meaning="group"),
    "h": attribute("h", meaning="half"),
    "e": attribute("e", meaning="entity"),
    "x": attribute("x", kind="number", meaning="number"),
    "d": attribute("d", kind="date", meaning="day"),
    "end": attribute("end", kind="date", meaning="last day"),
    "f": attribute("f", kind="flag", meaning="flag"),
}


def partial(texts):
    return st.none() | st.sampled_from(texts).map(PartialDate)


DAYS = [f"2022-{month:02}-{day:02}" for month in (1, 2, 12) for day in (1, 28)]


def things(*, dates=DAYS, ends=None, max_size=12):
    rows = st.tuples(
        st.none() | st.sampled_from(["a", "b"]),
        st.none() | st.sampled_from(["m", "w"]),
        st.none() | st.sampled_from(["e1", "e2", "e3"]),
        st.none() | st.integers(0, 5),
        partial(dates),
        partial(ends or ["2023-01-01", "2024-02-29", "2023"]),
        st.none() | st.booleans(),
    )
    return st.lists(rows, max_size=max_size).map(
        lambda found: [Thing(f"t{k}", *row) for k, row in enumerate(found)]
    )


def both(reader, found, **given):
    """Facts on objects, and on each engine."""
    table = Table(name="things", rows=lambda _: found, flow="d", columns=COLUMNS)
    known = dict(TABLES)
    TABLES.clear()
    TABLES["things"] = table
    asked = Asked.of(**{"options": {}, **given})
    try:
        yield _outcome(lambda: reader(Dataset(), asked))
        for backend in BACKENDS:
            framed = Tables.of(Dataset(), backend=backend)
            yield _outcome(lambda framed=framed: reader.on_frames(framed, asked))
    finally:
        TABLES.clear()
        TABLES.update(known)


def _outcome(call):
    try:
        tally = call()
    except IntegrityError as error:
        return sorted(str(issue) for issue in error.report)
    return {
        "groups": {g: f for g, f in tally.facts().items() if f or g == ()},
        "uncertain": tally.uncertain,
    }


def assert_all_equal(reader, found, **given):
    first, *others = both(reader, found, **given)
    for other in others:
        assert close(
            {k: _plain(v) for k, v in first.items()} if isinstance(first, dict) else first,
            {k: _plain(v) for k, v in other.items()} if isinstance(other, dict) else other,
        )


def _plain(found):
    return {g: dict(f) for g, f in found.items()} if isinstance(found, dict) else found


less = few(15, phases=(Phase.explicit, Phase.generate))
WHEN = st.sampled_from([{}, {"period": "2022-01/2022-02-28"}, {"period": "2022-02"}])
BY = st.sampled_from([(), ("g",), ("g", "f")])
ROUGH = [*DAYS, "2022", "2022-02"]


@less
@given(things(dates=ROUGH), BY, WHEN)
def test_counts_and_sums_agree(found, by, when):
    assert_all_equal(count("things", of="h", sums="x", label="n"), found, by=by, **when)


@less
@given(things(dates=ROUGH), BY, WHEN)
def test_counts_of_different_things_agree(found, by, when):
    assert_all_equal(count("things", of="h", distinct="e"), found, by=by, **when)


@less
@given(things(), BY)
def test_different_things_are_counted_beside_sums(found, by):
    assert_all_equal(count("things", of="h", distinct="e", sums="x"), found, by=by)


@less
@given(things(), BY, st.sampled_from([("a",), ("a", None), (None,), ("z",)]))
def test_conditions_agree(found, by, allowed):
    assert_all_equal(count("things", where={"h": "m"}), found, by=by, where={"g": allowed})
    assert_all_equal(count("things"), found, where={"f": "yes", "x": ("1", "2", "x")})


@less
@given(things(max_size=8), BY)
def test_changes_agree_and_so_do_refusals(found, by):
    assert_all_equal(change("things", entity="e", value="x", date="d"), found, by=by)
    assert_all_equal(change("things", entity="e", value="x", date="d", of="f"), found)


@less
@given(st.lists(st.sampled_from(DAYS), min_size=1, max_size=6))
def test_a_day_that_stands_twice_is_found_in_series_of_any_length(days):
    found = [
        Thing(id=str(k), g="a", h=None, e="e", x=k, d=PartialDate(day), end=None, f=None)
        for k, day in enumerate(days)
    ]
    reader = change("things", entity="e", value="x", date="d")
    made, *others = both(reader, found, by=())
    assert isinstance(made, list) is (len(set(days)) < len(days))
    assert all(one == made or close(_plain(made), _plain(one)) for one in others)


@less
@given(things(max_size=8), BY)
def test_changes_of_parts_agree(found, by):
    reader = change("things", entity="e", value="x", date="d", split=("h", "f"), scale=10)
    assert_all_equal(reader, found, by=by)


@less
@given(
    things(dates=[*DAYS, "2022"]),
    BY,
    st.sampled_from(["days", "months"]),
    st.sampled_from([{}, {"on": "2023-06-01"}, {"period": "2022", "options": {"as_of": "2024"}}]),
)
def test_lengths_agree(found, by, unit, when):
    if "options" in when:
        when = {**when, "options": {"as_of": "2024-02-29"}}
    reader = spells("things", start="d", end="end", status="g", events="a", unit=unit)
    assert_all_equal(reader, found, by=by, **when)
    assert_all_equal(spells("things", start="d", end="end", of="h"), found, **when)


@less
@given(things(dates=[*DAYS, "2022"], ends=DAYS), st.sampled_from([{}, {"on": "2022-06-01"}]))
def test_lengths_until_last_seen_agree(found, when):
    reader = spells("things", start="d", end="end", seen="seen", entry="entry")
    shifted = [
        evolve(one, end=None if one.d is None or k % 2 else PartialDate("2023-03-01"))
        for k, one in enumerate(found)
    ]
    columns = {
        **COLUMNS,
        "seen": attribute("d", kind="date", meaning="last seen"),
        "entry": attribute("end", kind="date", meaning="first seen"),
    }
    COLUMNS.update(columns)
    try:
        assert_all_equal(reader, shifted, by=("g",), **when)
    finally:
        del COLUMNS["seen"], COLUMNS["entry"]


@less
@given(things(), BY)
def test_totals_agree(found, by):
    assert_all_equal(totals("things", entity="e", value="x", of="h"), found, by=by)


@pytest.mark.parametrize("rows", [[], [Thing("t", *[None] * 7)]])
def test_no_row_and_a_row_of_nothing_agree(rows):
    for reader in (
        count("things", of="h", sums="x"),
        count("things", distinct="e"),
        change("things", entity="e", value="x", date="d"),
        spells("things", start="d", end="end"),
        totals("things", entity="e", value="x"),
    ):
        assert_all_equal(reader, rows)
        assert_all_equal(reader, rows, by="g", period="2022")


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_repeated_day_is_refused_on_frames_by_name(backend):
    rows = [Thing(f"t{k}", "a", "m", "e1", 2, PartialDate("2022-01-01"), None, None) for k in "ab"]
    (first, *others) = both(change("things", entity="e", value="x", date="d"), rows)
    assert first[0].startswith("things[e1].d: '2022-01-01' is given twice")
    assert all(first == other for other in others)


NATIVE = {
    "pandas": pd.DataFrame,
    "polars": pl.DataFrame,
    "polars-lazy": pl.LazyFrame,
    "pyarrow": pa.table,
    "duckdb": lambda d: duckdb.from_arrow(pa.table(d)),
    "narwhals": lambda d: narwhals.from_native(pl.DataFrame(d)),
}
PEOPLE = {
    "client": ["a", "a", "b", "c", None],
    "sex": ["female", "female", "male", None, "female"],
    "hub": ["x", "y", "x", "y", "x"],
    "opened": [date(2023, 1, 1), date(2023, 2, 1), date(2022, 1, 1), None, date(2023, 3, 1)],
    "quarter": ["q1", "q2", "q3", "q4", "q1"],
}


@pytest.mark.parametrize("engine", NATIVE)
def test_the_same_call_runs_on_frames_of_the_user(engine):
    made = Tables(cases=NATIVE[engine](PEOPLE))
    found = women_share(made, by="hub", period="2023")
    assert (2, 2, 1) == (found.numerator, found.denominator, found.missing)
    assert {("x",): 2, ("y",): 1} == {g: m.numerator for g, m in found.breakdown.items()}
    assert "unknown-dates" in found.warnings
    other = women_share(made, by="quarter", where={"sex": ("female", "male")})
    assert {("q1",), ("q2",), ("q3",)} == set(other.breakdown)
    assert f"<tables of {made.engine}: cases>" == repr(made)


def test_numpy_backed_pandas_is_made_nullable_at_the_door():
    frame = pd.DataFrame({
        "sex": ["female", None], "client": ["a", "b"], "group_size": [1.0, float("nan")],
        "disability": [True, None], "opened": [date(2023, 1, 1), None], "rural": [None, None],
        "closed": [None, None],
    })  # fmt: skip
    made = Tables(cases=frame)
    sums = count("cases", sums="group_size", of="disability").on_frames(made, Asked.of(options={}))
    expected = {("yes",): 1, ("",): 1, ("sum", "group_size", "yes"): 1}
    assert {**expected, ("known", "group_size", "yes"): 1} == sums.groups[()]
    assert "unknown-dates" in women_share(made, period="2023").warnings


def test_categories_are_words_and_whole_numbers_are_ids():
    frame = pl.DataFrame({"sex": ["female", "male"], "client": [7, 8], "hub": ["x", "y"]})
    frame = frame.with_columns(pl.col("sex", "hub").cast(pl.Categorical))
    found = women_share(Tables(cases=frame), by="hub", where={"hub": "x"})
    assert (1, [("x",)]) == (found.value, list(found.breakdown))
    by_client = count("cases", where={"client": ("7", "no")})
    assert 1 == by_client.on_frames(Tables(cases=frame), Asked.of(options={})).facts()[()].total


def test_every_fault_of_the_frames_is_told_at_once():
    wrong = pl.DataFrame({"opened": ["2023"], "disability": ["yes"], "group_size": ["1"],
                          "sex": [True]})  # fmt: skip
    zoned = pl.Series([datetime(2023, 1, 1, tzinfo=UTC)])
    given = {
        "cases": wrong,
        "casse": wrong,
        "sessions.provider": wrong,
        "sessions.nobody": wrong,
        "ancestors": wrong,
        "sessions": pl.DataFrame({"on": zoned}),
    }
    with pytest.raises(ReadError) as caught:
        Tables(given)
    codes = [(issue.path, issue.code) for issue in caught.value.report]
    expected = [
        *((f"cases.{name}", "wrong-type") for name in ("group_size", "sex", "disability")),
        ("casse", "unknown-frame"),
        *(("sessions.provider", "missing-column") for _ in range(2)),
        ("sessions.nobody", "unknown-frame"),
        *(("ancestors", "missing-column") for _ in range(3)),
        ("sessions.on", "wrong-type"),
        ("cases.opened", "wrong-type"),
    ]
    assert sorted(expected) == sorted(codes)
    assert "did you mean 'cases'" in str(caught.value)


def test_columns_that_a_metric_needs_are_named_all_at_once():
    made = Tables(cases=pl.DataFrame({"sexe": ["f"], "hub": ["x"]}))
    with pytest.raises(ReadError) as caught:
        women_share(made, by="stage", period="2023")
    assert ["sex", "client", "stage", "opened"] == [
        dict(issue.details)["field"] for issue in caught.value.report
    ]
    assert "did you mean 'sexe'" in str(caught.value)
    with pytest.raises(ReadError, match="the column territory:governorate"):
        women_share(made, by="territory:governorate")
    with pytest.raises(ReadError, match="expected the column agreements"):
        formality_share(made)


def test_what_is_no_frame_and_what_no_engine_does_is_refused():
    with pytest.raises(TypeError, match="the table 'cases' must be a data frame, not list"):
        Tables(cases=[1])
    with pytest.raises(UnsupportedEngineError, match="does not run on polars; it runs on objects"):
        legal_pipeline(Tables())
    with pytest.raises(ValueError, match="one engine, not of pandas, polars"):
        Tables(cases=pl.DataFrame(PEOPLE), sessions=pd.DataFrame({"id": ["a"]}))
    with pytest.raises(ValueError, match=r"'polar' is no backend; .* did you mean 'polars'"):
        Tables.of(Dataset(), backend="polar")
    with pytest.raises(ValueError, match="events: give a period"):
        women_share(Tables(cases=pl.DataFrame(PEOPLE)), on="2023-01-01")
    with pytest.raises(ValueError, match="'client' stands for persons"):
        women_share(Tables(cases=pl.DataFrame(PEOPLE)), by="client")
    with pytest.raises(ValueError, match="'client' stands for persons"):
        women_share(DATA, by="client")


def test_tables_are_a_mapping_and_an_engine_that_is_absent_is_named(monkeypatch):
    made = tables("polars")
    assert set(made) >= {"cases", "sessions.provider", "ancestors"}
    assert len(made) == len(list(made))
    assert {} == made.schema("nothing")
    import importlib

    def absent(name, *_):
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", absent)
    monkeypatch.setattr(plans._made, "import_module", absent)
    with pytest.raises(citess.MissingExtraError, match="tables of duckdb needs the extra 'test'"):
        Tables.of(Dataset(), backend="duckdb")


@pytest.mark.parametrize("backend", BACKENDS)
def test_numbers_out_of_bounds_are_refused_on_frames(backend):
    rows = {"giver": ["a", "b"], "amount": [0.25, -1.0], "paid": [date(2022, 1, 1)] * 2}
    native = NATIVE.get(backend.partition("[")[0], NATIVE["pandas"])
    made = Tables(fundings=native(rows))
    with pytest.raises(
        ValueError, match=r"amount must be numbers from .* to .*, each a multiple of 1/1"
    ):
        totals("fundings", entity="giver", value="amount").on_frames(made, Asked.of(options={}))
    reader = totals("fundings", entity="giver", value="amount", scale=100)
    found = reader.on_frames(made, Asked.of(options={})).groups[()]
    assert {("total", "0.25"): 1, ("total", "-1"): 1} == found
    reader = change("fundings", entity="giver", value="amount", date="paid", scale=100)
    with pytest.raises(ValueError, match="numbers from 0 to"):
        reader.on_frames(made, Asked.of(options={}))


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("amount", [2**53 + 2, -(2**53) - 2])
def test_amounts_that_a_sum_would_round_are_refused_on_frames(backend, amount):
    rows = {"giver": ["a"], "amount": [amount], "paid": [date(2022, 1, 1)]}
    native = NATIVE.get(backend.partition("[")[0], NATIVE["pandas"])
    reader = totals("fundings", entity="giver", value="amount")
    with pytest.raises(ValueError, match=f"from {-(2**53)} to {2**53}, each a multiple of 1/1"):
        reader.on_frames(Tables(fundings=native(rows)), Asked.of(options={}))
    rows["amount"] = [amount // 2]
    found = reader.on_frames(Tables(fundings=native(rows)), Asked.of(options={})).groups[()]
    assert {("total", str(amount // 2)): 1} == found


def test_days_and_times_of_day_are_the_same_day():
    rows = [datetime.fromisoformat(text) for text in ("2022-01-01T05:00", "2022-12-31T23:00")]
    frame = pl.DataFrame({"opened": rows, "closed": [one + timedelta(days=40) for one in rows]})
    found = spells("cases", start="opened", end="closed").on_frames(
        Tables(cases=frame), Asked.of(options={}, period="2022-12")
    )
    assert {("event", "40"): 1} == found.groups[()]


def test_the_streaming_engine_of_polars_gives_the_same():
    lazy = Tables(cases=pl.LazyFrame(PEOPLE))
    expected = women_share(lazy, by="hub")
    with pl.Config(engine_affinity="streaming"):
        assert expected == women_share(lazy, by="hub")


SOURCE = Path(plans.__file__).parent.parent
PLAIN = {"sum", "min", "max", "n_unique", "count", "len"}


def test_no_expression_stands_inside_an_aggregation():
    """On pandas and PyArrow, narwhals 2.29 drops a condition inside ``agg`` without a word."""
    calls = [
        (path.name, node.attr)
        for path in sorted(SOURCE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"agg", "group_by", "over"}
    ]
    assert [("_plan.py", "agg"), ("_plan.py", "group_by")] == sorted(calls)
    made = plans._plan._aggregate
    for how in PLAIN:
        shown = repr(made("name", how, "column"))
        assert "when" not in shown
    assert PLAIN == set(plans._plan.How.__args__)


def test_records_that_name_nothing_are_accounted_for_as_such():
    rows = {"id": ["a", "b"], "sex": ["female"] * 2, "client": [None, "p"]}
    tally = women_share.tally(Tables(cases=pl.DataFrame(rows)))
    assert {("no-id", "female"): 1} == tally.groups[()]
    assert {("female",): frozenset({"p"})} == tally.ids[()]


def test_tables_of_spark_are_made_by_its_session(monkeypatch):
    class Session:
        def createDataFrame(self, table):  # noqa: N802  (of Spark)
            return pl.from_arrow(table)

    monkeypatch.setattr(plans._made, "import_module", lambda name: name)
    with pytest.raises(ValueError, match="Spark needs its session"):
        Tables.of(DATA, backend="pyspark")
    made = Tables.of(DATA, backend="pyspark", session=Session())
    assert women_share(DATA, by="hub") == women_share(made, by="hub")
