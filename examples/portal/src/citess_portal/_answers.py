"""Every answer of the portal, made once from a dataset."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import product
from typing import Any

from citess import Dataset
from citess.io import to_geojson
from citess.metrics import evaluate
from citess.metrics.disclosure import publish


class Answers:
    """Answers as bytes, ready to be sent."""

    def __init__(self, data: Dataset) -> None:
        places, _ = to_geojson(data)
        hubs = _hubs(places)
        services = _services(data)
        tables = [publish(measure).to_dict() for measure in evaluate(data, by="hub").measures]
        self.hub = {str(hub["id"]): encoded(hub) for hub in hubs}
        self.hubs = listed(self.hub.values())
        self._services = _chosen(services)
        self.places = encoded(places)
        self.measure = {str(table["name"]): encoded(table) for table in tables}
        self.measures = listed(self.measure.values())
        self.summary = encoded(
            {
                "hubs": len(hubs),
                "services": len(services),
                "places": len(_features(places)),
                "measures": len(tables),
            }
        )

    def services_of(self, hub: str | None, kind: str | None) -> bytes:
        """Services of a hub, of a kind, or both."""
        return self._services.get((hub, kind), b"[]")


def _chosen(services: list[dict[str, Any]]) -> dict[tuple[str | None, str | None], bytes]:
    """Services for every choice of a hub and a kind, or of neither."""
    found: defaultdict[tuple[str | None, str | None], list[bytes]] = defaultdict(list)
    for one in services:
        for hub, kind in product((None, one["hub"]), (None, one["kind"])):
            found[hub, kind].append(encoded(one))
    return {choice: listed(parts) for choice, parts in found.items()}


def encoded(content: object) -> bytes:
    """JSON of an answer."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def listed(parts: Iterable[bytes]) -> bytes:
    """JSON of a list of answers that are JSON already."""
    return b"[" + b",".join(parts) + b"]"


def _features(places: Mapping[str, Any]) -> list[dict[str, Any]]:
    return list(places["features"])


def _hubs(places: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Hubs as the GeoJSON writer tells them: without anything private."""
    found = [feature["properties"] for feature in _features(places)]
    return [
        {name: value for name, value in hub.items() if name != "record"}
        for hub in found
        if hub["record"] == "hub"
    ]


def _services(data: Dataset) -> list[dict[str, Any]]:
    return [
        {
            "id": str(offer.id),
            "hub": str(offer.hub),
            "service": str(offer.service),
            "kind": str(data.services[offer.service].kind),
            "name": dict(data.services[offer.service].name.items()),
            "channel": str(offer.channel),
            "providers": list(map(str, offer.providers)),
            "stages": list(map(str, offer.stages)),
            "territories": list(map(str, offer.territories)),
            "languages": list(map(str, offer.languages)),
        }
        for offer in data.service_offers.values()
    ]
