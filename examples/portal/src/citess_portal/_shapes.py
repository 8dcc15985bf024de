"""Shapes of the answers, for the OpenAPI document."""

from typing import Any, Literal, TypedDict


class Summary(TypedDict):
    """What the portal holds."""

    hubs: int
    services: int
    places: int
    measures: int


class Hub(TypedDict):
    """A hub; further fields are those of the native format."""

    id: str
    label: str
    name: dict[str, str]
    territories: list[str]


class Service(TypedDict):
    """A service that a hub offers."""

    id: str
    hub: str
    service: str
    kind: str
    name: dict[str, str]
    channel: str
    providers: list[str]
    stages: list[str]
    territories: list[str]
    languages: list[str]


class Places(TypedDict):
    """A collection of features, as RFC 7946 has it."""

    type: Literal["FeatureCollection"]
    features: list[dict[str, Any]]


class Measure(TypedDict):
    """A measure by hub, after disclosure control; a value may be withheld."""

    name: str
    dimensions: list[str]
    rows: list[dict[str, Any]]


class Problem(TypedDict):
    """Why a request has no answer."""

    status_code: int
    detail: str
