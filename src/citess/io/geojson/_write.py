"""Records of citess as features of GeoJSON, one by one."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final, cast

from citess.io._told import plain, told
from citess.io._travel import Losses
from citess.model import (
    Enterprise,
    Hub,
    Partner,
    Point,
    Record,
    Source,
    Space,
    Territory,
)
from citess.model.shelves import kinds, reference

Feature = dict[str, object]
Records = Mapping[str, Mapping[str, Record]]

FORMAT: Final = "geojson"
PLACES: Final = ("territory", "space", "hub", "partner", "enterprise")
"""Kinds of records that are features."""

EXPORTED: Final = (Source, Territory, Space, Hub, Partner, Enterprise)
"""Classes that are written: sources stand beside the features."""

POINTED: Final = ("territory", "space")
"""Kinds of records that have coordinates of their own."""


class Writer:
    """Makes features; what is withheld is counted on the way.

    Parameters
    ----------
    records
        Records by kind and id.
    losses
        The loss report in the making.
    """

    def __init__(self, records: Records, losses: Losses) -> None:
        self.records = records
        self._losses = losses
        self._points: dict[str, list[Point]] = defaultdict(list)
        for space in cast("Mapping[str, Space]", records["space"]).values():
            if space.hub is not None and space.point is not None:
                self._points[space.hub].append(space.point)

    def feature(self, record: Record) -> Feature:
        """Feature of one record; without coordinates its geometry is null."""
        values = told(record, self._losses, FORMAT)
        named = cast("Space", record)
        properties: Feature = {"record": kinds()[type(record)], "label": str(named.name)}
        point = values.pop("point", None)
        properties |= {name: plain(value) for name, value in values.items()}
        if isinstance(point, Point) and not _is_exact(point):
            properties["point"] = plain(point)
        return {
            "type": "Feature",
            "id": reference(record),
            "geometry": self._geometry(record, cast("Point | None", point)),
            "properties": properties,
        }

    def sources(self) -> Iterator[object]:
        """Sources as the native format holds them."""
        for source in self.records["source"].values():
            values = told(source, self._losses, FORMAT)
            yield {name: plain(value) for name, value in values.items()}

    def _geometry(self, record: Record, point: Point | None) -> object:
        if point is not None:
            return geometry(point)
        points = self._points.get(record.id, ()) if isinstance(record, Hub) else ()
        if len(points) < 2:  # noqa: PLR2004  (one point is a Point)
            return geometry(points[0]) if points else None
        return {"type": "MultiPoint", "coordinates": [position(one) for one in points]}


def position(point: Point) -> list[float]:
    """Longitude and latitude, in this order."""
    return [float(point.longitude), float(point.latitude)]


def geometry(point: Point) -> Feature:
    """Point of GeoJSON."""
    return {"type": "Point", "coordinates": position(point)}


def _is_exact(point: Point) -> bool:
    given = (point.longitude, point.latitude)
    return all(Decimal(repr(float(number))) == number for number in given)
