"""What metrics and columns are declared to be: a change here is one that users must hear of.

``python -m tests.metrics.test_definitions`` writes the declared anew.
"""

import json
from pathlib import Path

import pytest

import citess
from citess import Funding, FundingKind, Money
from citess.metrics import Tables, catalogue
from citess.metrics.tables import TABLES

GOLDEN = Path(__file__).parent / "golden" / "definitions.json"
SAID = ("name", "takes", "unit", "bounds", "better", "level", "tense", "poolable", "at_ends")
OF_TABLE = ("flow", "stock", "key")
OF_COLUMN = ("kind", "path", "joins", "several", "personal", "dimension")


def plain(value):
    if isinstance(value, tuple):
        return list(value)
    return value if value is None or isinstance(value, bool) else str(value)


def declared():
    return {
        "metrics": {
            id_: {name: plain(getattr(found, name, None)) for name in SAID}
            for id_, found in catalogue.items()
            if found.function.__module__.startswith("citess.")
        },
        "tables": {
            name: {one: plain(getattr(table, one)) for one in OF_TABLE}
            | {
                "columns": {
                    column: {one: plain(getattr(found, one)) for one in OF_COLUMN}
                    for column, found in table.columns.items()
                }
            }
            for name, table in TABLES.items()
        },
    }


@pytest.mark.parametrize("what", ["metrics", "tables"])
def test_what_is_declared_is_what_was(what):
    golden = json.loads(GOLDEN.read_text("utf-8"))[what]
    found = json.loads(json.dumps(declared()[what]))
    assert [*golden] == [*found]
    for name, facts in golden.items():
        assert facts == found[name], name


@pytest.mark.parametrize("name", sorted(name for name, table in TABLES.items() if table.flow))
def test_the_day_by_which_rows_are_asked_for_is_a_column(name):
    assert TABLES[name].columns[TABLES[name].flow].kind == "date"


@pytest.mark.parametrize("engine", ["pandas", "polars"])
def test_waits_of_a_period_are_the_same_on_frames(engine):
    data = citess.datasets.synthetic(seed=4)
    asked = {"period": "2021", "by": "sex"}
    found = citess.metrics.waiting_time(data, **asked)
    on_frames = citess.metrics.waiting_time(Tables.of(data, backend=engine), **asked)
    assert found.n > 0
    assert (found.value, found.n, found.censored, found.missing, [*found.breakdown]) == (
        on_frames.value,
        on_frames.n,
        on_frames.censored,
        on_frames.missing,
        [*on_frames.breakdown],
    )


def test_money_is_tied_to_a_purpose_by_its_programme_or_its_terms():
    def funding(**given):
        amount = Money.of(10, "TND")
        return Funding(
            id="f", giver="g", receiver="r", kind=FundingKind.GRANT, amount=amount, **given
        )

    column = TABLES["fundings"].columns["project"].getter(citess.Dataset())
    assert column(funding(programme="p")) is True
    assert column(funding(programme="p", restricted=False)) is True
    assert column(funding(restricted=False)) is False
    assert column(funding(restricted=True)) is True
    assert column(funding()) is None


def written():
    """What is declared as JSON with one line for each metric and table."""
    parts = [
        f"{json.dumps(what)}: {{\n"
        + ",\n".join(f" {json.dumps(name)}: {json.dumps(facts)}" for name, facts in found.items())
        + "\n}"
        for what, found in declared().items()
    ]
    return "{" + ",\n".join(parts) + "}\n"


if __name__ == "__main__":
    GOLDEN.write_text(written(), "utf-8")
