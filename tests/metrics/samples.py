"""Samples that several tests of metrics use."""

import json
import os
from pathlib import Path

import pytest

import citess

REMISSION = (6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35)
REMISSION_ENDED = (1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0)
PLACEBO = (1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23)
"""Weeks in remission of leukaemia with 6-MP and placebo (Freireich et al. 1963)."""

REFERENCE = os.environ.get("CITESS_REFERENCE_DIR")
needs_reference = pytest.mark.skipif(
    REFERENCE is None, reason="CITESS_REFERENCE_DIR names no folder of reference values"
)


def reference(metric, dataset=None):
    """Record of the reference values."""
    records = json.loads(Path(REFERENCE or "", "reference_values.json").read_text("utf-8"))
    (found,) = [
        r
        for r in records["records"]
        if r["metric"] == metric and (dataset is None or r["dataset"] == dataset)
    ]
    return found


def close(record, value, expected=None):
    """Whether a value is that of a record, within its tolerance."""
    given = record["value"] if expected is None else expected
    return abs(given - value) <= max(record.get("tolerance") or 0, 1e-9)


def enterprise(id_, *stages, hub=None, **fields):
    """Enterprise that entered stages on days: ``("idea", "2020-01-01")``."""
    entries = tuple(
        citess.StageEntry(
            stage=citess.Stage(stage), since=None if day is None else citess.PartialDate(day)
        )
        for stage, day in stages
    )
    return citess.Enterprise(id=id_, name=citess.Text(fr=id_), stages=entries, hub=hub, **fields)


def jobs(enterprise_id, on, heads=None, **fields):
    """Count of the jobs of an enterprise on a day."""
    name = "-".join(str(part).lower() for part in ("j", enterprise_id, on, *fields.values()))
    id_ = "".join(c if c.isalnum() or c == "-" else "-" for c in name)
    return citess.JobsCount(
        id=id_, enterprise=enterprise_id, on=citess.PartialDate(on), heads=heads, **fields
    )


def hub(id_, territory="t"):
    """Hub in a territory."""
    return citess.Hub(
        id=id_, name=citess.Text(fr=id_), territories=(territory,), mode=citess.HubMode.PHYSICAL
    )


def land(id_="t"):
    """Country."""
    return citess.Territory(id=id_, name=citess.Text(fr=id_), level=citess.TerritoryLevel.COUNTRY)


def case(id_, hub_id, opened, enterprise_id=None, **fields):
    """Case at a hub."""
    return citess.Case(
        id=id_, hub=hub_id, opened=citess.PartialDate(opened), enterprise=enterprise_id, **fields
    )


def follow_up(id_, case_id, on, survival=None, **fields):
    """Follow-up of a case."""
    return citess.FollowUp(
        id=id_,
        case=case_id,
        on=citess.PartialDate(on),
        survival=None if survival is None else citess.Survival(survival),
        **fields,
    )
