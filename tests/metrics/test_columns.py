"""What columns say of a small dataset, kept: a change here changes numbers.

``python -m tests.metrics.test_columns`` writes what they say anew.
"""

import json
from pathlib import Path

import pytest

import citess
from citess.metrics.tables import TABLES

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


def written():
    """What columns say as JSON, with one line for each table."""
    lines = (f" {json.dumps(name)}: {json.dumps(said(one))}" for name, one in TABLES.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    GOLDEN.write_text(written(), "utf-8")
