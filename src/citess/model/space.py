"""Spaces where projects are hosted."""

from citess.errors import InvalidValueError, Issue
from citess.i18n import Term, Text
from citess.model.evidence import Recorded
from citess.model.ids import HubId, PartnerId, SpaceId, TerritoryId
from citess.model.record import record
from citess.model.territory import Point, feature
from citess.model.time import Period


class SpaceKind(Term):
    """What a space is for."""

    COWORKING = "coworking", "coworking space"
    INCUBATION = "incubation", "incubation space"
    RESOURCE_CENTRE = "resource_centre", "resource centre"
    BUSINESS_CENTRE = "business_centre", "business centre"


@record
class Space(Recorded):
    """A coworking, incubation or resource place, such as the Lingare spaces.

    Raises
    ------
    InvalidValueError
        When the capacity is negative.

    Examples
    --------
    >>> space = Space(id="lingare-mahdia", name=Text(fr="Lingare Mahdia"), territory="tn-53")
    >>> space.capacity is None  # not known
    True
    """

    id: SpaceId
    """Stable identifier, unique among spaces."""

    name: Text
    """Public name."""

    kind: SpaceKind | None = None
    """What it is for."""

    operator: PartnerId | None = None
    """Organisation that runs it."""

    hub: HubId | None = None
    """Hub it belongs to, when it does."""

    territory: TerritoryId | None = None
    """Where it is."""

    address: str | None = None
    """Street address, when published."""

    point: Point | None = None
    """Where it is on the globe, when a source says so."""

    capacity: int | None = None
    """Seats."""

    period: Period | None = None
    """When it worked."""

    description: Text | None = None
    """What sources say of it."""

    def __attrs_post_init__(self) -> None:
        if self.capacity is not None and self.capacity < 0:
            raise InvalidValueError(Issue.of("negative-amount", "capacity", self.capacity))

    @property
    def __geo_interface__(self) -> dict[str, object]:
        """Feature of GeoJSON; without coordinates its geometry is null."""
        return feature("space", self.id, self.name, self.point)
