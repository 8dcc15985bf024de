"""Services of the catalogue, and offers of them at a hub."""

from citess.errors import InvalidValueError, Issue
from citess.i18n import Term, Text
from citess.model.age import AgeBand
from citess.model.codes import LanguageTag, ServiceKindCode
from citess.model.enterprise import Stage
from citess.model.evidence import Recorded
from citess.model.hub import PriorityGroup
from citess.model.ids import HubId, PartyId, ServiceId, ServiceOfferId, TerritoryId
from citess.model.money import Money
from citess.model.record import record
from citess.model.time import Period


class PriceKind(Term):
    """What a service costs its user."""

    FREE = "free", "free"
    PAID = "paid", "paid"
    SLIDING = "sliding", "according to means"


class OfferChannel(Term):
    """How a client reaches a service."""

    DIRECT = "direct", "given by the hub or at the hub"
    REFERRAL = "referral", "given by a partner the hub refers to"


class CoProduction(Term):
    """The four phases of co-production (Loeffler 2020)."""

    CO_COMMISSION = "co_commission", "co-commissioning"
    CO_DESIGN = "co_design", "co-design"
    CO_DELIVER = "co_deliver", "co-delivery"
    CO_ASSESS = "co_assess", "co-assessment"


class Sex(Term):
    """Sex, where a service or a line is reserved or a record counts by it."""

    FEMALE = "female", "female"
    MALE = "male", "male"


@record
class Service(Recorded):
    """A service of the catalogue: what can be offered, whoever offers it.

    Examples
    --------
    >>> Service(id="statutes", kind="legal", name=Text(fr="Rédaction de statuts")).kind
    'legal'
    """

    id: ServiceId
    """Stable identifier, unique among services."""

    name: Text
    """Name of the service."""

    kind: ServiceKindCode
    """Kind, from the vocabulary ``service-kinds``."""

    stages: tuple[Stage, ...] = ()
    """Stages it is meant for; none named is every stage."""

    description: Text | None = None
    """What the client gets."""


@record
class CoProducer:
    """That a party takes part in making an offer what it is."""

    party: PartyId
    """Hub, partner or enterprise."""

    modes: tuple[CoProduction, ...]
    """In which phases it takes part."""


@record
class ServiceOffer(Recorded):
    """A service offered at a hub: by whom, for whom, where, when, on which conditions.

    Raises
    ------
    InvalidValueError
        When the capacity is negative.

    Examples
    --------
    >>> offer = ServiceOffer(id="o1", hub="citess-mahdia", service="statutes")
    >>> offer.providers, offer.price  # no provider named, price not known
    ((), None)
    """

    id: ServiceOfferId
    """Stable identifier, unique among offers."""

    hub: HubId
    """Hub at which it is offered."""

    service: ServiceId
    """Service of the catalogue."""

    providers: tuple[PartyId, ...] = ()
    """Who provides it; none named is not known."""

    channel: OfferChannel = OfferChannel.DIRECT
    """Direct, or through a referral."""

    stages: tuple[Stage, ...] = ()
    """Stages it is open to; none named are those of the service."""

    territories: tuple[TerritoryId, ...] = ()
    """Where it is open; none named are those of the hub."""

    age_band: AgeBand | None = None
    """Ages it is reserved to."""

    sex: Sex | None = None
    """Sex it is reserved to."""

    priority_groups: tuple[PriorityGroup, ...] = ()
    """Whom it serves first."""

    price: PriceKind | None = None
    """What it costs."""

    fee: Money | None = None
    """Price, when it is paid and known."""

    languages: tuple[LanguageTag, ...] = ()
    """Languages it is given in."""

    capacity: int | None = None
    """Clients it can take in a year."""

    period: Period | None = None
    """When it is offered."""

    co_producers: tuple[CoProducer, ...] = ()
    """Who co-commissions, co-designs, co-delivers and co-assesses it."""

    description: Text | None = None
    """Conditions in words."""

    def __attrs_post_init__(self) -> None:
        if self.capacity is not None and self.capacity < 0:
            raise InvalidValueError(Issue.of("negative-amount", "capacity", self.capacity))
