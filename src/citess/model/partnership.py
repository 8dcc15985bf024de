"""Agreements between two or more parties."""

from citess.errors import InvalidValueError, Issue
from citess.i18n import Term, Text
from citess.model.evidence import Recorded
from citess.model.ids import PartnershipId, PartyId
from citess.model.money import Money
from citess.model.record import record
from citess.model.service import CoProduction
from citess.model.time import Period


class Role(Term):
    """What a member does in an agreement or a consortium."""

    LEAD = "lead", "lead"
    PARTNER = "partner", "partner"
    ASSOCIATE = "associate", "associate"
    FUNDER = "funder", "funder"
    EVALUATOR = "evaluator", "evaluator"
    HOST = "host", "host"


class AgreementForm(Term):
    """How formal an agreement is."""

    INFORMAL = "informal", "informal"
    MOU = "mou", "memorandum of understanding"
    CONVENTION = "convention", "signed agreement"
    STATUTE = "statute", "statute"


SIGNED_FORMS = frozenset({AgreementForm.MOU, AgreementForm.CONVENTION, AgreementForm.STATUTE})
"""Forms that are signed."""


class Intensity(Term):
    """How closely partners work together, on the scale of PARTNER."""

    NONE = "none", "none"
    AWARENESS = "awareness", "awareness"
    COOPERATION = "cooperation", "cooperation"
    COORDINATION = "coordination", "coordination"
    INTEGRATION = "integration", "integration"


class PartnershipKind(Term):
    """What an agreement is about."""

    COOPERATION = "cooperation", "cooperation"
    REFERRAL = "referral", "referral"
    FUNDING = "funding", "funding"
    HOSTING = "hosting", "hosting"
    MEMBERSHIP = "membership", "membership"
    NETWORK = "network", "network"
    PEER_EXCHANGE = "peer_exchange", "peer exchange"


@record
class Member:
    """That a party belongs to an agreement, in a role."""

    party: PartyId
    """Hub, partner or enterprise."""

    role: Role = Role.PARTNER
    """What it does there."""


def check_members(members: tuple[Member, ...], least: int) -> None:
    """Check that members are enough and different.

    Raises
    ------
    InvalidValueError
        When they are too few.
    """
    if len({member.party for member in members}) < least:
        given = tuple(member.party for member in members)
        raise InvalidValueError(Issue.of("too-few-members", "members", given))


@record
class Partnership(Recorded):
    """A dated agreement between two or more parties, kept whole.

    Raises
    ------
    InvalidValueError
        When it has fewer than two different members.

    Examples
    --------
    >>> Partnership(
    ...     id="visit",
    ...     kind=PartnershipKind.PEER_EXCHANGE,
    ...     members=(Member(party="cress-paca", role=Role.HOST), Member(party="citess-mahdia")),
    ... ).form is None  # not known
    True
    """

    id: PartnershipId
    """Stable identifier, unique among partnerships and programmes."""

    kind: PartnershipKind
    """What it is about."""

    members: tuple[Member, ...]
    """Who belongs to it, in which role."""

    name: Text | None = None
    """Name, when it has one."""

    form: AgreementForm | None = None
    """How formal it is."""

    intensity: Intensity | None = None
    """How closely its members work together."""

    modes: tuple[CoProduction, ...] = ()
    """Phases of co-production it covers."""

    resources: Money | None = None
    """Money put into it."""

    period: Period | None = None
    """When it holds."""

    description: Text | None = None
    """What sources say of it."""

    def __attrs_post_init__(self) -> None:
        check_members(self.members, 2)

    @property
    def is_signed(self) -> bool | None:
        """Whether it is signed; ``None`` when its form is not known."""
        return None if self.form is None else self.form in SIGNED_FORMS
