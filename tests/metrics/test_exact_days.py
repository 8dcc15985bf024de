"""Arithmetic of days on frames, against that of Python."""

from datetime import date

import narwhals.stable.v2 as nw
import pandas as pd
import polars as pl
import pytest

from citess.metrics.frames._days import NOWHERE, filled, months, number, order

DAYS = [
    date(1582, 10, 15), date(1899, 12, 31), date(1900, 2, 28), date(1900, 3, 1), date(1999, 12, 31),
    date(2000, 1, 1), date(2000, 2, 29), date(2000, 3, 1), date(2023, 2, 28), date(2023, 12, 31),
    date(2024, 2, 29), date(2024, 12, 31), date(2100, 2, 28), date(2100, 3, 1), date(2400, 2, 29),
]  # fmt: skip
JULIAN = 1_721_425
"""Days from the Julian epoch to the day before the first year."""


def frames():
    plain = pl.DataFrame({"day": DAYS})
    days = [d for d in DAYS if 1677 < d.year < 2262]
    times = pd.DataFrame({"day": pd.to_datetime([d.isoformat() for d in days])})
    return [(nw.from_native(plain), DAYS), (nw.from_native(times), days)]


@pytest.mark.parametrize("place", [0, 1])
def test_days_are_numbers(place):
    frame, days = frames()[place]
    found = frame.select(n=number(nw.col("day")))["n"].to_list()
    assert [day.toordinal() + JULIAN for day in days] == found


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_days_are_put_in_order(engine):
    frame, days = frames()[0]
    found = frame.select(n=order(nw.col("day"), engine))["n"].to_list()
    assert sorted(found) == found
    assert len(set(found)) == len(days)
    assert 0 < min(found) <= max(found) < 2**27
    expected = (
        20_000_101 if engine == "duckdb" else (date(2000, 1, 1) - date(1970, 1, 1)).days + 10**6
    )
    assert expected == found[days.index(date(2000, 1, 1))]


@pytest.mark.parametrize(
    ("first", "last", "whole"),
    [
        (date(2020, 1, 31), date(2020, 2, 29), 0),
        (date(2020, 1, 31), date(2020, 3, 1), 1),
        (date(2020, 1, 15), date(2020, 2, 15), 1),
        (date(2020, 1, 15), date(2020, 2, 14), 0),
        (date(2019, 12, 31), date(2020, 12, 30), 11),
        (date(2019, 12, 31), date(2020, 12, 31), 12),
        (date(2020, 5, 5), date(2020, 5, 5), 0),
        (date(2020, 5, 5), date(2018, 5, 5), -24),
    ],
)
def test_whole_months_between_days(first, last, whole):
    frame = nw.from_native(pl.DataFrame({"a": [first], "b": [last]}))
    assert [whole] == frame.select(n=months(nw.col("a"), nw.col("b")))["n"].to_list()


def test_days_not_known_stand_in():
    frame = nw.from_native(pl.DataFrame({"day": [date(2024, 5, 1), None]}))
    found = frame.select(filled(frame.schema, "day"))["day"].to_list()
    assert [date(2024, 5, 1), NOWHERE] == found
    assert date(2000, 1, 1) == NOWHERE
