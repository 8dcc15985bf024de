"""Table of the people among whom a hub works: how many there are, by territory, sex and age."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Final, cast

from attrs import frozen

from citess.metrics.tables._table import Column, Table, attribute
from citess.metrics.tables.offers import ALWAYS
from citess.model import Dataset, Period

Population = Mapping[str, float] | Mapping[tuple[str | None, str | None], float]
"""People by sex, or by territory and sex; ``None`` where it is not told."""


@frozen(kw_only=True)
class People:
    """How many people there are of one kind."""

    id: str
    """Territory and sex."""

    territory: str | None
    """Where."""

    sex: str | None
    """Sex."""

    age_band: str | None = None
    """Ages."""

    hub: tuple[str, ...]
    """Hubs that serve the territory."""

    people: float
    """How many."""

    period: Period = ALWAYS
    """When."""


def populations(data: Dataset, given: object = None) -> Iterator[People]:
    """People told by the caller: records hold none.

    Raises
    ------
    ValueError
        When a number is negative or not finite.
    """
    if not isinstance(given, Mapping):
        if given is not None:
            yield _people(given, None, None, ())
        return
    hubs: defaultdict[object, list[str]] = defaultdict(list)
    for hub in data.hubs.values():
        for territory in hub.territories:
            hubs[territory].append(hub.id)
    for key, number in cast("Mapping[object, object]", given).items():
        where, sex = cast("tuple[object, object]", key if isinstance(key, tuple) else (None, key))
        yield _people(number, where, sex, tuple(hubs.get(where, ())))


def _people(number: object, where: object, sex: object, hubs: tuple[str, ...]) -> People:
    if isinstance(number, bool) or not isinstance(number, int | float) or not isfinite(number):
        msg = f"population is a finite number of 0 or more, not {number!r}"
        raise ValueError(msg)
    if number < 0:
        msg = f"population is a finite number of 0 or more, not {number!r}"
        raise ValueError(msg)
    place, kind = (None if one is None else str(one) for one in (where, sex))
    return People(
        id=f"{place or ''}/{kind or ''}", territory=place, sex=kind, hub=hubs, people=number
    )


POPULATION: Final = Table(
    name="population",
    rows=populations,
    stock="period",
    columns={
        "id": attribute("id", meaning="territory and sex"),
        "territory": attribute("territory", meaning="where"),
        "sex": attribute("sex", meaning="sex"),
        "age_band": attribute("age_band", meaning="ages, as 18-29"),
        "hub": Column(path="hub", several=True, meaning="hubs that serve the territory"),
        "people": attribute("people", kind="number", meaning="how many"),
    },
)
"""One row for each territory, sex and age band."""
