"""The real dataset of the two Tunisian CitESS and what surrounds them."""

import tomllib
from functools import cache
from importlib import resources
from typing import Final, cast

from citess import vocab
from citess.io import FORMAT, SCHEMA_VERSION, structure
from citess.model import Dataset
from citess.vocab import Concept

_FOLDER: Final = "tunisia"
_BY_LEVEL: Final = {
    "country": "state",
    "planning_region": "planning_region",
    "district": "district",
}
_CONFIRMED_DISTRICT: Final = "tn-district-3"


@cache
def tunisia() -> Dataset:
    """Load the two hubs of Sidi Bouzid and Mahdia and their surroundings, as sources tell them.

    Territories with both regional groupings, organisations, spaces, programmes with the roles of
    their consortia, financing lines, the SSE law and the state of its decrees, the legal frameworks
    around the Mediterranean, and figures with their rivals side by side. Every record cites sources
    and says how far they support it: ``evidence="unverified"`` marks what was not seen in a source.
    Members, staff, accounts and offers of the two hubs are not published, and are not here.

    The compilation is licensed CC BY 4.0; each source keeps its own rights.

    Examples
    --------
    >>> data = tunisia()
    >>> [hub.name.get("fr") for hub in data.hubs.values()]
    ['CitESS Mahdia', 'CitESS Sidi Bouzid']
    >>> data.territories["tn-43"].name.get("ar")
    'سيدي بوزيد'
    """
    document: dict[str, object] = {"format": FORMAT, "schema_version": SCHEMA_VERSION}
    folder = resources.files("citess.datasets").joinpath(_FOLDER)
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            shelves = tomllib.loads(file.read_text("utf-8"))
            document |= {name: _records(rows) for name, rows in shelves.items()}
    document["territories"] = [
        _territory(concept) for concept in vocab.scheme("territories").values()
    ]
    return structure(document)


def _records(rows: object) -> list[dict[str, object]]:
    by_id = cast("dict[str, dict[str, object]]", rows)
    return [{"id": id_, **fields} for id_, fields in by_id.items()]


def _territory(concept: Concept) -> dict[str, object]:
    level = str(concept.facts["level"])
    code = concept.facts.get("iso")
    identifiers: list[dict[str, object]] = []
    if code is not None:
        scheme = "iso-3166-1" if level == "country" else "iso-3166-2"
        identifiers.append({"scheme": scheme, "value": code})
    if level == "governorate":
        identifiers.append({"scheme": "ins", "value": str(code).removeprefix("TN-")})
    return {
        "id": concept.code,
        "name": dict(concept.labels.items()),
        "level": level,
        "parents": [_parent(above) for above in concept.broader],
        "aliases": list(concept.aliases),
        "identifiers": identifiers,
        "sources": ["s67", "s68", "vocabulary"] if concept.broader else ["vocabulary"],
        "evidence": "verified",
    }


def _parent(above: str) -> dict[str, object]:
    level = str(vocab.scheme("territories")[above].facts["level"])
    if level != "district":
        source = "s67" if level == "planning_region" else "vocabulary"
        return {
            "scheme": _BY_LEVEL[level],
            "territory": above,
            "sources": [source],
            "evidence": "verified",
        }
    confirmed = above == _CONFIRMED_DISTRICT
    return {
        "scheme": _BY_LEVEL[level],
        "territory": above,
        "sources": ["s68" if confirmed else "recalled"],
        "evidence": "verified" if confirmed else "unverified",
    }
