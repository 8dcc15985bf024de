"""Columns with several values, conditions of every type, and tallies that account for entities."""

import narwhals.stable.v2 as nw
import polars as pl
import pytest
from attrs import evolve

import citess
from citess import IntegrityError, UnsupportedEngineError
from citess.metrics import (
    Tables,
    Tally,
    Undefined,
    change,
    count,
    formality_share,
    spells,
    totals,
    women_share,
)
from citess.metrics import _tables as door
from citess.metrics._asked import Asked
from citess.metrics._merging import Bounds
from citess.metrics.frames._plan import plainly
from citess.metrics.tables import TABLES

DATA = citess.datasets.synthetic(hubs=3, partners=20)
HUBS = tuple(map(str, DATA.hubs))
BACKENDS = ("pandas", "pandas[pyarrow]", "polars", "polars-lazy", "pyarrow", "duckdb")
MADE = {}


def tables(backend):
    if backend not in MADE:
        MADE[backend] = Tables.of(DATA, backend=backend)
    return MADE[backend]


def asked(*, accounted=False, **given):
    return evolve(Asked.of(**{"options": {}, **given}), accounted=accounted)


READERS = {
    "a hub or none": (count("agreements", of="form"), {"where": {"hub": (HUBS[0], None)}}),
    "one hub": (count("agreements", of="hub"), {"where": {"hub": HUBS[0]}, "by": "hub"}),
    "hubs counted once": (count("agreements", of="kind", distinct="hub"), {"by": "form"}),
    "lands of partners": (count("partners", of="sector"), {"by": "territory:governorate"}),
    "lands of cases": (count("cases"), {"by": ("territory:country", "hub")}),
    "numbers": (count("sessions", of="minutes", sums="minutes"), {"where": {"mode": "remote"}}),
    "a number": (count("sessions"), {"where": {"minutes": ("60", "90", "x")}}),
    "amounts": (count("fundings", of="amount"), {"where": {"earned": ("no", None)}}),
    "amounts wanted": (count("fundings", sums="amount"), {"where": {"amount": ("1000.5", "x")}}),
    "cases of sessions": (count("sessions", distinct="case"), {"by": "kind"}),
}  # fmt: skip


@pytest.mark.parametrize("accounted", [False, True])
@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("name", READERS)
def test_links_and_conditions_are_the_same_on_frames(name, backend, accounted):
    reader, question = READERS[name]
    given = asked(accounted=accounted, **question)
    assert reader(DATA, given).facts() == reader.on_frames(tables(backend), given).facts()


FIRMS = {
    "giver": ["a", "a", "b", None],
    "amount": [1, 2, 3, 4],
    "paid": ["2022-01-01", "2022-02-01", "2022-01-01", "2022-01-01"],
}


def firms():
    return Tables(fundings=pl.DataFrame(FIRMS).with_columns(pl.col("paid").str.to_date()))


@pytest.mark.parametrize(
    "reader",
    [
        totals("fundings", entity="giver", value="amount"),
        change("fundings", entity="giver", value="amount", date="paid"),
    ],
)
def test_entities_are_accounted_for_on_frames(reader):
    tally = reader.on_frames(firms(), asked(accounted=True))
    assert frozenset({"giver:a", "giver:b"}) == tally.universe
    with pytest.raises(ValueError, match="2 records would be counted twice"):
        tally + tally


def test_a_day_is_a_condition_too():
    frame = pl.DataFrame({"on": ["2022-01-01", None]}).with_columns(pl.col("on").str.to_date())
    made = Tables(sessions=frame.with_columns(sex=pl.lit("female")))
    wanted = count("sessions", where={"on": ("2022-01-01", "never")})
    assert 1 == wanted.on_frames(made, asked()).facts()[()].total


def test_an_end_before_its_start_is_refused_on_frames():
    days = {"opened": ["2022-02-01"], "closed": ["2022-01-01"], "id": ["c1"]}
    frame = pl.DataFrame(days).with_columns(pl.col("opened", "closed").str.to_date())
    reader = spells("cases", start="opened", end="closed")
    for made in (frame, frame.drop("id")):
        with pytest.raises(IntegrityError, match=r"closed: '2022-01-01' ends before it starts"):
            reader.on_frames(Tables(cases=made), asked())


def test_lengths_in_several_groups_count_once_in_the_whole(monkeypatch):
    frame = pl.DataFrame({"opened": ["2022-02-01"], "closed": ["2022-03-01"], "id": ["c1"]})
    links = pl.DataFrame({"id": ["c1", "c1"], "hub": ["a", "b"]})
    made = Tables({"cases.hub": links}, cases=frame.with_columns(
        pl.col("opened", "closed").str.to_date()))  # fmt: skip
    tally = spells("cases", start="opened", end="closed").on_frames(made, asked(by="hub"))
    assert {(): 1, ("a",): 1, ("b",): 1} == {g: f["event", "28"] for g, f in tally.facts().items()}
    monkeypatch.setattr(door, "BY_IMPLEMENTATION", {})
    with pytest.raises(UnsupportedEngineError, match="this frame does not run on polars"):
        Tables(cases=frame)


def test_events_hold_on_no_day():
    with pytest.raises(ValueError, match="cases are events: give a period"):
        women_share(DATA, on="2022-01-01")


def test_frames_of_narwhals_and_marks_of_nothing_are_read():
    frame = nw.from_native(pl.DataFrame({"sex": ["female"], "client": ["a"]}))
    assert 1 == women_share(Tables(cases=frame)).value
    assert (None, None, 0.5) == (plainly(float("nan")), plainly(None), plainly(0.5))


def test_bounds_that_give_no_value_say_why():
    tally = Tally(reads="x", groups={(): {}}, bounded={(): {("",): Bounds(1, 4)}})
    assert Undefined.NOT_KNOWN is formality_share.of(tally).reason


def test_two_columns_of_one_table_have_one_name():
    assert all(table.name == name for name, table in TABLES.items())
