"""What columns say of a small dataset, kept: a change here changes numbers.

``python -m tests.metrics.test_columns`` writes what they say anew.
"""

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import citess
from citess.metrics.tables import TABLES
from citess.model import PartialDate, Period
from citess.model.pseudonyms import PSEUDONYM

GOLDEN = Path(__file__).parent / "golden" / "columns.json"
DATA = citess.datasets.synthetic(hubs=1, partners=4, enterprises=6, seed=4)
ROWS = 5


def plain(value):
    if isinstance(value, tuple | frozenset | list):
        return sorted(map(str, value))
    return value if value is None or isinstance(value, bool) else str(value)


def said(table):
    rows = list(table.rows(DATA))[:ROWS]
    return {
        name: list(map(plain, map(column.getter(DATA), rows)))
        for name, column in table.columns.items()
    }


@pytest.mark.parametrize("name", TABLES)
def test_columns_say_what_they_said(name):
    golden = json.loads(GOLDEN.read_text("utf-8"))[name]
    found = said(TABLES[name])
    assert [*golden] == [*found]
    for column, values in golden.items():
        assert values == found[column], column


MANY = citess.datasets.synthetic(hubs=2, partners=12, enterprises=60, seed=4)


def kind_of(value):
    if isinstance(value, bool):
        return "flag"
    if isinstance(value, PartialDate | date) or re.fullmatch(r"\d{4}-\d\d-\d\d", str(value)):
        return "date"
    return "number" if isinstance(value, int | float | Decimal) else "text"


@pytest.mark.parametrize("name", TABLES)
def test_columns_are_of_the_kind_of_their_values(name):
    rows = list(TABLES[name].rows(MANY))
    for column_name, column in TABLES[name].columns.items():
        values = [one for one in map(column.getter(MANY), rows) if one is not None]
        single = [one for value in values for one in (value if column.several else (value,))]
        assert {column.several} >= {isinstance(value, tuple | frozenset) for value in values}
        assert {column.kind} >= {kind_of(one) for one in single}, column_name
        named = {bool(PSEUDONYM.fullmatch(str(one))) for one in single}
        assert {column.personal} >= named, column_name
        assert not (column.personal and column.dimension)


@pytest.mark.parametrize("name", TABLES)
def test_days_and_periods_of_a_table_are_columns_of_days_and_periods(name):
    table = TABLES[name]
    rows = list(table.rows(MANY))
    begun = [getattr(row, table.flow) for row in rows] if table.flow else []
    held = [getattr(row, table.stock) for row in rows] if table.stock else []
    assert all(one is None or "date" == kind_of(one) for one in begun)
    assert all(one is None or isinstance(one, Period) for one in held)


def written():
    """What columns say as JSON, with one line for each table."""
    lines = (f" {json.dumps(name)}: {json.dumps(said(one))}" for name, one in TABLES.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    GOLDEN.write_text(written(), "utf-8")
