"""Small parts of schema.org: addresses, coordinates, identifiers, texts with their language."""

from collections.abc import Iterable

from citess.io._mending import UNDETERMINED
from citess.model import AgeBand, Identifier, Point

Node = dict[str, object]


def said(node: Node) -> Node:
    """Leave out what is not known."""
    return {key: value for key, value in node.items() if value not in (None, [], "")}


def tagged(tag: str, text: str) -> object:
    """Give a text with its language, where that is known."""
    return text if tag == UNDETERMINED else {"@language": tag, "@value": text}


def dated(date: object) -> str | None:
    """Give a date as it is written."""
    return None if date is None else str(date)


def property_values(identifiers: Iterable[Identifier]) -> list[Node]:
    """Give codes in registers."""
    return [
        {"@type": "PropertyValue", "propertyID": one.scheme, "value": one.value}
        for one in identifiers
    ]


def address(country: str | None, street: str | None) -> Node | None:
    """Give an address, where anything of it is known."""
    found = said({"streetAddress": street, "addressCountry": country})
    return {"@type": "PostalAddress", **found} if found else None


def geo(point: Point | None) -> Node | None:
    """Give coordinates, where they are known."""
    if point is None:
        return None
    axes = {"latitude": float(point.latitude), "longitude": float(point.longitude)}
    return {"@type": "GeoCoordinates", **axes}


def ages(band: AgeBand) -> Node:
    """Give the bounds of an age band."""
    return {"suggestedMinAge": band.lower, "suggestedMaxAge": band.upper}
