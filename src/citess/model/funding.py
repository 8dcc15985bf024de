"""Money given by one party to another."""

from citess.errors import InvalidValueError, Issue
from citess.i18n import Term, Text
from citess.model.evidence import Recorded
from citess.model.ids import FundingId, PartyId, ProgrammeId
from citess.model.money import Money
from citess.model.record import record
from citess.model.time import PartialDate, Period


class FundingKind(Term):
    """In what form money comes in."""

    GRANT = "grant", "grant"
    SUBSIDY = "subsidy", "public subsidy"
    SALES = "sales", "sale of goods and services"
    FEES = "fees", "membership fees"
    DONATION = "donation", "donation"
    LOAN = "loan", "loan"
    IN_KIND = "in_kind", "in kind"


EARNED = frozenset({FundingKind.SALES, FundingKind.FEES})
"""Kinds that are earned by oneself: the numerator of self-financing."""


@record
class Funding(Recorded):
    """Who gives what to whom, when, tied to a purpose or free, given or earned.

    Raises
    ------
    InvalidValueError
        When giver and receiver are the same, or the amount is negative.

    Examples
    --------
    >>> Funding(
    ...     id="g1", giver="aics", receiver="cospe", kind=FundingKind.GRANT, restricted=True
    ... ).is_earned
    False
    """

    id: FundingId
    """Stable identifier, unique among fundings."""

    giver: PartyId
    """Who gives."""

    receiver: PartyId
    """Who gets it."""

    kind: FundingKind | None = None
    """In what form."""

    amount: Money | None = None
    """How much."""

    restricted: bool | None = None
    """Whether it is tied to a purpose."""

    programme: ProgrammeId | None = None
    """Programme it pays for."""

    paid: PartialDate | None = None
    """When it was paid, or decided."""

    period: Period | None = None
    """Stretch of time it pays for."""

    description: Text | None = None
    """What sources say of it."""

    def __attrs_post_init__(self) -> None:
        if self.giver == self.receiver:
            raise InvalidValueError(Issue.of("same-party", "receiver", self.receiver))
        if self.amount is not None and self.amount.amount < 0:
            raise InvalidValueError(Issue.of("negative-amount", "amount", str(self.amount)))

    @property
    def is_earned(self) -> bool | None:
        """Whether the receiver earned it; ``None`` when its form is not known."""
        return None if self.kind is None else self.kind in EARNED
