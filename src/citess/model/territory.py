"""Places: what contains what, by which scheme."""

from decimal import Decimal

from citess.errors import InvalidValueError, Issue
from citess.i18n import Term, Text
from citess.model.evidence import Recorded, Sourced
from citess.model.identifier import Identifier
from citess.model.ids import TerritoryId
from citess.model.record import record


class TerritoryLevel(Term):
    """How large a territory is in the order of the State."""

    COUNTRY = "country", "country"
    DISTRICT = "district", "district"
    PLANNING_REGION = "planning_region", "planning region"
    GOVERNORATE = "governorate", "governorate"
    DELEGATION = "delegation", "delegation"
    SECTOR = "sector", "imada"
    MUNICIPALITY = "municipality", "municipality"
    OTHER = "other", "other area"


class GroupingScheme(Term):
    """By which division of the land a territory belongs to another."""

    STATE = "state", "State"
    PLANNING_REGION = "planning_region", "planning region"
    DISTRICT = "district", "district of 2023"
    ADMINISTRATIVE = "administrative", "administrative division"


@record
class Point:
    """A place on the globe (WGS 84), never an invented centroid.

    Examples
    --------
    >>> point = Point(latitude=Decimal("34.881"), longitude=Decimal("9.526"))
    >>> point.latitude
    Decimal('34.881')
    >>> point.__geo_interface__
    {'type': 'Point', 'coordinates': (9.526, 34.881)}
    """

    latitude: Decimal
    """Degrees north, -90 to 90."""

    longitude: Decimal
    """Degrees east, -180 to 180."""

    def __attrs_post_init__(self) -> None:
        for name, value, limit in (
            ("latitude", self.latitude, 90),
            ("longitude", self.longitude, 180),
        ):
            if abs(value) > limit:
                raise InvalidValueError(
                    Issue.of("out-of-range", name, str(value), range=f"-{limit} to {limit}")
                )

    @property
    def __geo_interface__(self) -> dict[str, object]:
        """Point of GeoJSON, which shapely, geopandas and folium understand."""
        return {"type": "Point", "coordinates": (float(self.longitude), float(self.latitude))}


def feature(kind: str, id_: str, name: Text, point: Point | None) -> dict[str, object]:
    """Feature of GeoJSON for a record that may have a point; without one its geometry is null.

    Examples
    --------
    >>> feature("space", "lingare", Text(fr="Lingare"), None)["geometry"] is None
    True
    """
    return {
        "type": "Feature",
        "id": f"{kind}:{id_}",
        "geometry": None if point is None else point.__geo_interface__,
        "properties": {"id": id_, "name": str(name)},
    }


@record
class Parent(Sourced):
    """That a territory belongs to another, by one scheme."""

    scheme: GroupingScheme
    """Division by which it belongs there."""

    territory: TerritoryId
    """Territory that contains it."""


@record
class Territory(Recorded):
    """An area of the land; it has several parents, one or more by each scheme.

    Examples
    --------
    >>> Territory(
    ...     id="tn-53", level=TerritoryLevel.GOVERNORATE, name=Text(fr="Mahdia", ar="المهدية")
    ... ).name.get("ar")
    'المهدية'
    """

    id: TerritoryId
    """Stable identifier, unique among territories."""

    name: Text
    """Name in every language known."""

    level: TerritoryLevel
    """How large it is."""

    parents: tuple[Parent, ...] = ()
    """Territories that contain it, by scheme."""

    aliases: tuple[str, ...] = ()
    """Other spellings, for matching only."""

    identifiers: tuple[Identifier, ...] = ()
    """Codes in ISO 3166, INS and other registers."""

    point: Point | None = None
    """A point that stands for it, when a source gives one."""

    @property
    def __geo_interface__(self) -> dict[str, object]:
        """Feature of GeoJSON; without coordinates its geometry is null."""
        return feature("territory", self.id, self.name, self.point)
