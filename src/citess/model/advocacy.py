"""What is done to change the law."""

from citess.i18n import Term, Text
from citess.model.evidence import Recorded
from citess.model.ids import (
    AdvocacyId,
    ImplementingTextId,
    LegalFrameworkId,
    PartyId,
    TerritoryId,
)
from citess.model.record import record
from citess.model.time import PartialDate


class AdvocacyKind(Term):
    """Form that advocacy takes."""

    FORUM = "forum", "forum"
    MEETING = "meeting", "meeting with authorities"
    POLICY_NOTE = "policy_note", "policy note"
    PETITION = "petition", "petition"
    HEARING = "hearing", "hearing"
    CAMPAIGN = "campaign", "campaign"


@record
class Advocacy(Recorded):
    """An act to change the law of a country, or to have it applied.

    Examples
    --------
    >>> Advocacy(
    ...     id="forum-2025", country="tn", kind=AdvocacyKind.FORUM, on=PartialDate("2025-05-26"),
    ...     asks=Text(en="a policy framework for the SSE"),
    ... ).kind.label("fr")
    'forum'
    """

    id: AdvocacyId
    """Stable identifier, unique among acts of advocacy."""

    country: TerritoryId
    """Country whose law it is about."""

    kind: AdvocacyKind
    """Form it takes."""

    on: PartialDate
    """When."""

    asks: Text
    """What is asked for."""

    actors: tuple[PartyId, ...] = ()
    """Who asks."""

    framework: LegalFrameworkId | None = None
    """Law it is about."""

    texts: tuple[ImplementingTextId, ...] = ()
    """Implementing texts it asks for."""

    outcome: Text | None = None
    """What came of it."""
