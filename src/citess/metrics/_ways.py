"""Zones, hubs and the way between them, with what is not known of each."""

from collections.abc import Mapping, Sequence

from attrs import frozen

from citess.metrics._quality import checked, doubted, refused

Amounts = Mapping[str, float | None] | Sequence[float | None]
"""Numbers by name of a zone or hub, or in order."""

Costs = Mapping[str, Mapping[str, float | None]] | Sequence[Sequence[float | None]]
"""Time or cost from each zone to each hub: by name of the zone and the hub, or a row a zone."""


@frozen(kw_only=True)
class Ways:
    """Zones, hubs and the way between them, with names."""

    people: dict[str, float]
    """People by zone, where that is known."""

    supply: dict[str, float]
    """Supply by hub."""

    costs: dict[str, dict[str, float]]
    """Cost by zone and hub, where that is known."""

    missing: int
    """Zones of which people, or every cost, are not known."""

    doubtful: frozenset[str]
    """Zones of which some cost is not known."""

    unknown_costs: int
    """Costs that are not known, of zones of which others are."""

    unknown_supply: tuple[str, ...]
    """Hubs of which the supply is not known."""

    def lacks(self) -> tuple[tuple[int, int], ...]:
        """How many zones, costs and supplies are known, and how many are not."""
        costs = sum(map(len, self.costs.values()))
        return (
            (len(self.people), self.missing),
            (costs, self.unknown_costs),
            (len(self.supply), len(self.unknown_supply)),
        )

    def refused(self, *, allow_missing: bool) -> bool:
        """Whether too much of any of them is missing."""
        return any(refused(n, lost, allow_missing=allow_missing) for n, lost in self.lacks())

    def doubted(self) -> tuple[str, ...]:
        """Warning where more than a tenth of any of them is missing."""
        return ("missing",) if any(doubted(n, lost) for n, lost in self.lacks()) else ()

    def unknown(self) -> dict[str, object]:
        """What is not known, for the method; nothing where all is."""
        lost = {"unknown_costs": self.unknown_costs, "unknown_supply": list(self.unknown_supply)}
        return {name: what for name, what in lost.items() if what}


def named(given: Amounts, name: str) -> dict[str, float | None]:
    """Numbers by name, checked; those in order are named by their place."""
    pairs = given.items() if isinstance(given, Mapping) else enumerate(given)
    return {str(key): None if n is None else checked(name, n) for key, n in pairs}


def _rows(costs: Costs, hubs: Sequence[str]) -> dict[str, dict[str, float | None]]:
    pairs = costs.items() if isinstance(costs, Mapping) else enumerate(costs)
    found: dict[str, dict[str, float | None]] = {}
    for zone, row in pairs:
        costs_of = named(row, "costs")
        if hubs and (strange := costs_of.keys() - set(hubs)):
            msg = f"costs of zone {zone!r} name hubs without supply: {', '.join(sorted(strange))}"
            raise ValueError(msg)
        found[str(zone)] = costs_of
    return found


def mapped(population: Amounts, supply: Amounts | None, costs: Costs) -> Ways:
    """Bring together what is given by zone and hub.

    Raises
    ------
    ValueError
        When a number is negative or not finite, or names do not match.
    """
    people = named(population, "population")
    stock = {} if supply is None else named(supply, "supply")
    rows = _rows(costs, list(stock))
    if strange := rows.keys() - people.keys():
        msg = f"costs name zones without population: {', '.join(sorted(strange))}"
        raise ValueError(msg)
    told = {
        zone: {hub: cost for hub, cost in row.items() if cost is not None}
        for zone, row in rows.items()
    }
    known = {zone: n for zone, n in people.items() if n is not None and told.get(zone)}
    lost = {zone: len(rows[zone]) - len(told[zone]) for zone in known}
    return Ways(
        people=known,
        supply={hub: n for hub, n in stock.items() if n is not None},
        costs={zone: told[zone] for zone in known},
        missing=len(people) - len(known),
        doubtful=frozenset(zone for zone, n in lost.items() if n),
        unknown_costs=sum(lost.values()),
        unknown_supply=tuple(hub for hub, n in stock.items() if n is None),
    )


__all__ = ["Amounts", "Costs", "Ways", "mapped", "named"]
