"""Self-assessment of a hub or a territory by the CitESS method."""

from citess.errors import InvalidValueError, Issue
from citess.i18n import Term, Text
from citess.model.codes import MethodCode
from citess.model.evidence import Recorded
from citess.model.ids import HubId, SelfAssessmentId, TerritoryId
from citess.model.record import personal, record
from citess.model.time import PartialDate


class Rating(Term):
    """Answer to a question of the method: ordinal, never added up to one score."""

    NO = "no", "no"
    PARTLY = "partly", "partly"
    YES = "yes", "yes"
    NOT_KNOWN = "not_known", "not known"


@record
class MethodAnswer:
    """What was answered on one item of the method."""

    item: MethodCode
    """Phase, determinant, risk, coping strategy or sustainability, from ``citess-method``."""

    rating: Rating
    """Answer."""

    note: Text | None = personal(default=None)
    """On what ground."""


@record
class SelfAssessment(Recorded):
    """What the actors of a hub, or of a territory that may get one, say of themselves.

    Raises
    ------
    InvalidValueError
        When neither hub nor territory is named, an item is answered twice, or the participants
        are negative.

    Examples
    --------
    >>> said = (MethodAnswer(item="social-capital", rating=Rating.PARTLY),)
    >>> SelfAssessment(
    ...     id="q1", territory="tn-42", on=PartialDate("2026-05"), answers=said
    ... ).answers[0].rating.label("fr")
    'en partie'
    """

    id: SelfAssessmentId
    """Stable identifier, unique among self-assessments."""

    on: PartialDate
    """When."""

    hub: HubId | None = None
    """Hub that assesses itself."""

    territory: TerritoryId | None = None
    """Territory that may get a hub."""

    answers: tuple[MethodAnswer, ...] = ()
    """Answers, each item once."""

    participants: int | None = None
    """People who took part."""

    def __attrs_post_init__(self) -> None:
        if self.hub is None and self.territory is None:
            raise InvalidValueError(
                Issue.of("missing-field", "hub", None, field="hub or territory")
            )
        items = [answer.item for answer in self.answers]
        for n, item in enumerate(items):
            if item in items[:n]:
                raise InvalidValueError(Issue.of("repeated-value", "answers", item))
        if self.participants is not None and self.participants < 0:
            raise InvalidValueError(Issue.of("negative-amount", "participants", self.participants))
