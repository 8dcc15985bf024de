"""Bee products, a service for beekeepers, and the share of enterprises that farm."""

from citess import Dataset, Text
from citess.metrics import (
    Asked,
    Better,
    Fact,
    Facts,
    Number,
    Outcome,
    Tally,
    Undefined,
    metric,
    reader,
)
from citess.vocab import Concept, Scheme


def bee_products() -> Scheme:
    """A scheme of its own."""
    return Scheme(
        "bee-products",
        Text(en="Bee products", fr="Produits de la ruche", ar="منتجات النحل"),
        "example",
        {
            "honey": Concept(code="honey", labels=Text(en="honey", fr="miel", ar="عسل")),
            "wax": Concept(code="wax", labels=Text(en="wax", fr="cire", ar="شمع")),
        },
    )


def apiary_services() -> Scheme:
    """A concept added to a scheme of citess."""
    return Scheme(
        "service-kinds",
        Text(en="Services for beekeepers"),
        "example",
        {
            "hive-health": Concept(
                code="hive-health",
                labels=Text(en="health of hives", fr="santé des ruches", ar="صحة الخلايا"),
                broader=("advice",),
            )
        },
    )


@reader(tense="stock")
def farming(data: object, asked: Asked, /) -> Tally:
    """Count enterprises that farm, that do not, and whose activity is not known."""
    if not isinstance(data, Dataset):
        raise TypeError("beekeeping_share reads datasets")
    counts: dict[Fact, Number] = {}
    for enterprise in data.enterprises.values():
        known = bool(enterprise.activities)
        fact = ("farms" if "A" in enterprise.activities else "other") if known else "unknown"
        counts[(fact,)] = counts.get((fact,), 0) + 1
    return Tally(
        reads="farming",
        universe=frozenset(f"enterprises:{id_}" for id_ in data.enterprises),
        groups={(): counts},
        on=asked.on,
    )


@metric(
    "X-APIARY-1",
    reads=farming,
    question="How many enterprises farm?",
    limits="Keeping bees is not told apart from other farming.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.CONTEXT,
    formula=r"\frac{\text{farms}}{\text{farms} + \text{other}}",
    missing="enterprises of unknown activity are left out and counted as missing",
    small_numbers="none",
    aggregation="sum numerators and denominators, then divide",
    source="example",
    poolable=True,
)
def beekeeping_share(facts: Facts, **_: object) -> Outcome:
    """Share of enterprises that farm.

    Enterprises whose activity is known; an enterprise with several counts once.
    """
    farms, other = facts["farms"], facts["other"]
    missing = facts["unknown"]
    if not farms + other:
        return Outcome(reason=Undefined.ZERO_DENOMINATOR, missing=missing)
    return Outcome(
        value=farms / (farms + other),
        numerator=farms,
        denominator=farms + other,
        n=farms + other,
        missing=missing,
    )
