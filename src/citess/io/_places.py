"""Where parties are: their sites, their areas, their countries."""

from typing import Final

from citess import vocab
from citess.model import (
    Dataset,
    Enterprise,
    Hub,
    Partner,
    Sector,
    Space,
    SseStatus,
    Territory,
    TerritoryLevel,
)
from citess.model.rules import country_rule

Party = Hub | Partner | Enterprise

_COUNTRIES: Final = frozenset({"iso-3166", "iso-3166-1"})
_LOCAL: Final = frozenset(
    {TerritoryLevel.DELEGATION, TerritoryLevel.MUNICIPALITY, TerritoryLevel.SECTOR}
)


def is_initiative(party: Party) -> bool:
    """Tell whether a party is an initiative of the SSE.

    Hubs are. An enterprise is one unless it is said to be something else; an organisation is one
    when it is said to be.
    """
    if isinstance(party, Hub):
        return True
    if party.sse_status is SseStatus.NONE:
        return False
    if party.sector is None:
        return isinstance(party, Enterprise)
    return party.sector is Sector.SSE


class Places:
    """Looks up where the parties of a dataset are."""

    def __init__(self, data: Dataset) -> None:
        self._data = data
        self._sites: dict[str, list[Space]] = {}
        for space in data.spaces.values():
            for party in dict.fromkeys((space.hub, space.operator)):
                if party is not None:
                    self._sites.setdefault(party, []).append(space)

    def sites(self, party: Party) -> list[Space]:
        """Spaces that belong to a hub or are run by an organisation, by id."""
        return self._sites.get(party.id, [])

    def area(self, party: Party | Space) -> Territory | None:
        """Area of the seat."""
        if isinstance(party, Space):
            return None if party.territory is None else self._data.territories[party.territory]
        return self._data.territories[party.territories[0]] if party.territories else None

    def country(self, party: Party | Space) -> str | None:
        """Country by its two letters: that of the organisation, else that of its area."""
        if isinstance(party, Partner) and party.country is not None:
            return party.country
        area = self.area(party)
        while area is not None and area.level is not TerritoryLevel.COUNTRY:
            up = area.parents  # never in a circle: the dataset is consistent
            area = self._data.territories[up[0].territory] if up else None
        return None if area is None else iso_code(area)


def iso_code(country: Territory) -> str | None:
    """Two letters of a country: its identifier in ISO 3166, else those of the vocabulary."""
    for identifier in country.identifiers:
        if identifier.scheme.casefold() in _COUNTRIES and country_rule(identifier.value) is None:
            return identifier.value
    concepts = vocab.scheme("territories")
    return str(concepts[country.id].facts["iso"]) if country.id in concepts else None


def country_named(words: set[str]) -> str | None:
    """Two letters of the country that one of several words is, or names in a language known."""
    if codes := [word for word in words if country_rule(word) is None]:
        return min(codes)
    folded = {word.casefold() for word in words}
    for concept in vocab.scheme("territories").values():
        names = {concept.code, *(label.casefold() for _, label in concept.labels.items())}
        if concept.facts.get("level") == "country" and names & folded:
            return str(concept.facts["iso"])
    return None


def is_local(area: Territory) -> bool:
    """Tell whether an area is smaller than a region."""
    return area.level in _LOCAL
