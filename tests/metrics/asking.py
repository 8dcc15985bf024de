"""What each metric of records must be told, beside the records, to have a value."""

HERE = {("here", "female"): 5200, ("here", "male"): 5000}
THERE = {("there", "female"): 900, ("there", "male"): 1100}
WHOLE = HERE | THERE
POPULATION = {"female": 6100, "male": 6100}
POPULATED = ("R04", "R05", "R18")

ASKED = {
    "R02b": {"band": "18-35"},
    "E08b": {"band": "18-35"},
    "S09": {"first": "legal", "second": "advice"},
    "S12": {"as_of": "2025-01-01"},
    "S14": {"available": 1200},
    "S15": {"before": "2022-01-01", "after": "2023-01-01"},
}

TOO_FEW = {"S09": "synthetic cases use one service each: no arm of both"}
"""Metrics that synthetic data leave undefined, and why."""


def told(id_, population=POPULATION):
    """Options of a metric, as the tests over the whole catalogue give them."""
    return {"population": population} if id_ in POPULATED else ASKED.get(id_, {})
