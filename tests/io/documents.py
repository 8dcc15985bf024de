"""Small datasets and documents that the tests of reading and writing share."""

import json
from collections.abc import Callable

import citess
from citess import Dataset, Hub, HubPhase, PartialDate, PhaseEntry, Territory, TerritoryLevel, Text


def small() -> Dataset:
    """One hub and the land it serves."""
    return Dataset.of(
        Territory(
            id="tn-53", name=Text(fr="Mahdia", ar="المهدية"), level=TerritoryLevel.GOVERNORATE
        ),
        Hub(
            id="citess-mahdia",
            name=Text(fr="CitESS Mahdia"),
            territories=("tn-53",),
            created=PartialDate("2017-03"),
            phases=(PhaseEntry(phase=HubPhase.TRIGGERING, since=PartialDate("2014")),),
        ),
    )


def changed(change: Callable[[dict], object]) -> bytes:
    """The small document after a change to its tree."""
    tree = json.loads(citess.dumps(small()))
    change(tree)
    return json.dumps(tree, ensure_ascii=False).encode("utf-8", "surrogatepass")
