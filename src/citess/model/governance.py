"""Who decides in a hub: bodies, and mandates in them."""

from decimal import Decimal

from citess.errors import InvalidValueError, Issue
from citess.i18n import Term, Text
from citess.model.age import AgeBand
from citess.model.evidence import Recorded
from citess.model.ids import BodyId, MandateId, PartyId, Pseudonym, RecordRef
from citess.model.partner import Sector
from citess.model.record import personal, record
from citess.model.service import Sex
from citess.model.time import Period


class BodyKind(Term):
    """What a body of governance does."""

    GENERAL_ASSEMBLY = "general_assembly", "general assembly"
    BOARD = "board", "board"
    BUREAU = "bureau", "bureau"
    SUPPORT_COMMITTEE = "support_committee", "support committee"
    INVESTMENT_COMMITTEE = "investment_committee", "investment committee"
    ADVISORY_COUNCIL = "advisory_council", "advisory council"


@record
class Body(Recorded):
    """A body that governs a hub, an organisation or a network.

    Raises
    ------
    InvalidValueError
        When it has fewer than one seat.

    Examples
    --------
    >>> Body(id="board", of="hub:citess-mahdia", kind=BodyKind.BOARD, seats=9).kind.label("fr")
    "conseil d'administration"
    """

    id: BodyId
    """Stable identifier, unique among bodies."""

    of: RecordRef
    """Hub, organisation or network it governs, as ``kind:id``."""

    kind: BodyKind
    """What it does."""

    name: Text | None = None
    """Name, when it has one."""

    seats: int | None = None
    """Number of seats, filled or not."""

    period: Period | None = None
    """When it exists."""

    def __attrs_post_init__(self) -> None:
        if self.seats is not None and self.seats < 1:
            raise InvalidValueError(
                Issue.of("out-of-range", "seats", self.seats, range="1 or more")
            )


class Seat(Term):
    """Office held in a body."""

    CHAIR = "chair", "chair"
    VICE_CHAIR = "vice_chair", "vice-chair"
    SECRETARY = "secretary", "secretary"
    TREASURER = "treasurer", "treasurer"
    MEMBER = "member", "member"
    OBSERVER = "observer", "observer"


@record
class Mandate(Recorded):
    """A seat in a body, held for an organisation by somebody who is not named.

    Raises
    ------
    InvalidValueError
        When the voting weight is negative.

    Examples
    --------
    >>> Mandate(id="m1", body="board", organisation="cospe", seat=Seat.CHAIR).weight
    Decimal('1')
    """

    id: MandateId
    """Stable identifier, unique among mandates."""

    body: BodyId
    """Body in which the seat is."""

    seat: Seat = Seat.MEMBER
    """Office held."""

    organisation: PartyId | None = None
    """Organisation that holds it; ``None`` is a person on their own."""

    sector: Sector | None = None
    """Part of society it speaks for, where that is not the organisation's own."""

    weight: Decimal = Decimal(1)
    """Voting weight; 0 for an observer."""

    period: Period | None = None
    """Term of office."""

    holder: Pseudonym | None = personal(default=None)
    """Keyed hash that stands for the person."""

    sex: Sex | None = personal(default=None)
    """Sex of the person."""

    age_band: AgeBand | None = personal(default=None)
    """Ages between which the person was at the start."""

    def __attrs_post_init__(self) -> None:
        if self.weight < 0:
            raise InvalidValueError(Issue.of("negative-amount", "weight", str(self.weight)))
