"""Follow-up of a case after support."""

from citess.errors import InvalidValueError, Issue
from citess.i18n import Term, Text
from citess.model.enterprise import Formality
from citess.model.evidence import Recorded
from citess.model.ids import CaseId, FollowUpId
from citess.model.money import Money
from citess.model.record import personal, record
from citess.model.time import PartialDate


class Survival(Term):
    """Whether what was supported is still there; a lost contact is not a closure."""

    ACTIVE = "active", "active"
    DORMANT = "dormant", "dormant"
    CLOSED = "closed", "closed"
    LOST = "lost", "contact lost"
    NOT_STARTED = "not_started", "not started"


@record
class FollowUp(Recorded):
    """What had become of a case some months after support.

    Raises
    ------
    InvalidValueError
        When the months are negative, or satisfaction is not between 1 and 5.

    Examples
    --------
    >>> FollowUp(
    ...     id="u1", case="c1", on=PartialDate("2022-03"), months=12, survival=Survival.ACTIVE
    ... ).survival.label("fr")
    'en activité'
    """

    id: FollowUpId
    """Stable identifier, unique among follow-ups."""

    case: CaseId
    """Case followed."""

    on: PartialDate
    """Date of the follow-up."""

    months: int | None = None
    """Months after support that were meant: 3, 6, 12, 24, 36."""

    survival: Survival | None = None
    """Whether it is still there."""

    formality: Formality | None = None
    """Whether it is registered by now."""

    turnover: Money | None = None
    """Turnover of the last year."""

    satisfaction: int | None = None
    """Satisfaction of the client, 1 (low) to 5 (high)."""

    note: Text | None = personal(default=None)
    """What was said."""

    def __attrs_post_init__(self) -> None:
        if self.months is not None and self.months < 0:
            raise InvalidValueError(Issue.of("negative-amount", "months", self.months))
        if self.satisfaction is not None and not 1 <= self.satisfaction <= 5:  # noqa: PLR2004  (the scale)
            raise InvalidValueError(
                Issue.of("out-of-range", "satisfaction", self.satisfaction, range="1 to 5")
            )
