"""Networks of hubs, and hubs made after the example of others."""

from decimal import Decimal
from itertools import combinations

from citess.errors import InvalidValueError, Issue
from citess.i18n import Term, Text
from citess.model.codes import MethodCode, WebAddress
from citess.model.evidence import Recorded
from citess.model.hub import HubStatus
from citess.model.ids import HubId, HubNetworkId, LabelId, ReplicationId, TerritoryId
from citess.model.partnership import Role
from citess.model.record import record
from citess.model.time import PartialDate, Period


@record
class NetworkMember:
    """That a hub belongs to a network."""

    hub: HubId
    """Hub."""

    role: Role = Role.PARTNER
    """What it does there."""

    period: Period | None = None
    """When it belongs to it."""


@record
class HubNetwork(Recorded):
    """A network that hubs join; it may be only hoped for.

    Raises
    ------
    InvalidValueError
        When a hub is a member twice at the same time.

    Examples
    --------
    >>> HubNetwork(
    ...     id="citess-network", name=Text(fr="Réseau des CitESS"), status=HubStatus.PROPOSED
    ... ).members
    ()
    """

    id: HubNetworkId
    """Stable identifier, unique among networks of hubs."""

    name: Text
    """Name."""

    members: tuple[NetworkMember, ...] = ()
    """Hubs that belong or belonged to it."""

    status: HubStatus | None = None
    """What has become of it."""

    founded: PartialDate | None = None
    """When it was founded."""

    label: LabelId | None = None
    """Label that its members carry."""

    website: WebAddress | None = None
    """Web site."""

    description: Text | None = None
    """What sources say of it."""

    def __attrs_post_init__(self) -> None:
        for one, other in combinations(self.members, 2):
            together = (
                one.period is None or other.period is None or one.period.overlaps(other.period)
            )
            if one.hub == other.hub and together:
                raise InvalidValueError(Issue.of("repeated-value", "members", one.hub))


class ReplicationStatus(Term):
    """How far a replication has come."""

    PROPOSED = "proposed", "proposed"
    UNDER_WAY = "under_way", "under way"
    ACHIEVED = "achieved", "achieved"
    ABANDONED = "abandoned", "abandoned"


@record
class Replication(Recorded):
    """That a hub is made after the example of another, and how faithfully.

    Raises
    ------
    InvalidValueError
        When a hub replicates itself, or an item of the method is both kept and changed.

    Examples
    --------
    >>> Replication(
    ...     id="r1", origin="citess-mahdia", territory="tn-42", kept=("charter",),
    ...     adapted=("mixed-funding",),
    ... ).fidelity
    Decimal('0.5')
    """

    id: ReplicationId
    """Stable identifier, unique among replications."""

    origin: HubId
    """Hub that is the example."""

    copy: HubId | None = None
    """Hub made after it, once it exists."""

    territory: TerritoryId | None = None
    """Where it is to be."""

    status: ReplicationStatus | None = None
    """How far it has come."""

    period: Period | None = None
    """When it takes place."""

    kept: tuple[MethodCode, ...] = ()
    """Items of the method kept as they are."""

    adapted: tuple[MethodCode, ...] = ()
    """Items changed to suit the place."""

    dropped: tuple[MethodCode, ...] = ()
    """Items left out."""

    def __attrs_post_init__(self) -> None:
        if self.copy == self.origin:
            raise InvalidValueError(Issue.of("same-party", "copy", self.copy))
        seen: set[str] = set()
        for name in ("kept", "adapted", "dropped"):
            for item in getattr(self, name):
                if item in seen:
                    raise InvalidValueError(Issue.of("repeated-value", name, item))
                seen.add(item)

    @property
    def fidelity(self) -> Decimal | None:
        """Share of the items looked at that were kept as they are; ``None`` without any."""
        looked_at = len(self.kept) + len(self.adapted) + len(self.dropped)
        return Decimal(len(self.kept)) / looked_at if looked_at else None
