"""Referrals: a client sent to a partner."""

from citess.errors import InvalidValueError, Issue
from citess.i18n import Term, Text
from citess.model.evidence import Recorded
from citess.model.history import check_not_before
from citess.model.ids import CaseId, PartyId, ReferralId, ServiceId
from citess.model.record import personal, record
from citess.model.time import DateLike, PartialDate, as_date


class ReferralOutcome(Term):
    """What became of a referral."""

    SENT = "sent", "sent"
    ACCEPTED = "accepted", "accepted"
    DECLINED = "declined", "declined"
    SERVED = "served", "served"
    DROPPED = "dropped", "dropped by the client"
    UNKNOWN = "unknown", "not known"


@record
class Referral(Recorded):
    """That a case was sent to a party for a service, and what became of it.

    Raises
    ------
    InvalidValueError
        When it is answered before it is sent, served before it is accepted, or both declined and
        served.

    Examples
    --------
    >>> referral = Referral(
    ...     id="r1", case="c1", to="bts-bank", sent=PartialDate("2021-05-03"),
    ...     served=PartialDate("2021-06"),
    ... )
    >>> referral.outcome("2021-05-20"), referral.outcome("2021-07-01")
    (<ReferralOutcome.SENT: 'sent'>, <ReferralOutcome.SERVED: 'served'>)
    """

    id: ReferralId
    """Stable identifier, unique among referrals."""

    case: CaseId
    """Case referred."""

    to: PartyId
    """Hub, partner or enterprise it is sent to."""

    sent: PartialDate
    """When it was sent."""

    service: ServiceId | None = None
    """Service asked for."""

    accepted: PartialDate | None = None
    """When it was accepted."""

    declined: PartialDate | None = None
    """When it was declined."""

    served: PartialDate | None = None
    """When the service was given."""

    dropped: PartialDate | None = None
    """When the client gave up."""

    note: Text | None = personal(default=None)
    """What was said."""

    def __attrs_post_init__(self) -> None:
        for name in ("accepted", "declined", "served", "dropped"):
            check_not_before(name, getattr(self, name), "sent", self.sent)
        check_not_before("served", self.served, "accepted", self.accepted)
        ends = [name for name in ("declined", "served", "dropped") if getattr(self, name)]
        if len(ends) > 1:
            given = str(getattr(self, ends[1]))
            raise InvalidValueError(Issue.of("excludes", ends[1], given, other=ends[0]))

    def outcome(self, on: DateLike) -> ReferralOutcome | None:
        """What had become of it by a day; ``None`` before it was sent.

        ``UNKNOWN`` where the dates are too coarse to tell.
        """
        day = as_date(on)
        if day < self.sent.earliest:
            return None
        answer = ReferralOutcome.SENT if self.sent.latest <= day else ReferralOutcome.UNKNOWN
        for outcome in _ANSWERS:
            date: PartialDate | None = getattr(self, outcome.value)
            if date is not None and date.latest <= day:
                answer = outcome
            elif date is not None and date.earliest <= day:
                return ReferralOutcome.UNKNOWN
        return answer


_ANSWERS = (
    ReferralOutcome.ACCEPTED,
    ReferralOutcome.DECLINED,
    ReferralOutcome.SERVED,
    ReferralOutcome.DROPPED,
)
