"""What a hub does in a case: diagnosis, plan, sessions."""

from citess.errors import InvalidValueError, Issue
from citess.i18n import Term, Text
from citess.model.codes import ServiceKindCode
from citess.model.evidence import Recorded
from citess.model.history import check_not_before
from citess.model.ids import CaseId, DiagnosisId, PartyId, PlanId, ServiceId, SupportSessionId
from citess.model.money import Money
from citess.model.record import personal, record
from citess.model.time import PartialDate


@record
class Need:
    """How great a need is in one domain of service.

    Raises
    ------
    InvalidValueError
        When the score is not between 0 and the top of its scale.

    Examples
    --------
    >>> Need(domain="legal", score=4).scale
    5
    """

    domain: ServiceKindCode
    """Domain, from the vocabulary ``service-kinds``."""

    score: int
    """How great the need is, 0 for none."""

    scale: int = 5
    """Highest score of the scale."""

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.score <= self.scale:
            raise InvalidValueError(
                Issue.of("out-of-range", "score", self.score, range=f"0 to {self.scale}")
            )


@record
class Diagnosis(Recorded):
    """A shared diagnosis: what a project needs, and from where it starts.

    Raises
    ------
    InvalidValueError
        When a domain is scored twice, or a number of members is negative.

    Examples
    --------
    >>> needs = (Need(domain="legal", score=4), Need(domain="finance", score=5))
    >>> len(Diagnosis(id="d1", case="c1", on=PartialDate("2021-03"), needs=needs).needs)
    2
    """

    id: DiagnosisId
    """Stable identifier, unique among diagnoses."""

    case: CaseId
    """Case it belongs to."""

    on: PartialDate
    """Date of the diagnosis."""

    needs: tuple[Need, ...] = ()
    """Needs by domain, each domain once."""

    turnover: Money | None = None
    """Turnover of the last year, where there is one."""

    members: int | None = None
    """Members of the enterprise or group."""

    note: Text | None = personal(default=None)
    """What the adviser noted."""

    def __attrs_post_init__(self) -> None:
        domains = [need.domain for need in self.needs]
        for n, domain in enumerate(domains):
            if domain in domains[:n]:
                raise InvalidValueError(Issue.of("repeated-value", "needs", domain))
        if self.members is not None and self.members < 0:
            raise InvalidValueError(Issue.of("negative-amount", "members", self.members))


@record
class PlannedService:
    """A service that a plan foresees."""

    service: ServiceId
    """Service of the catalogue."""

    providers: tuple[PartyId, ...] = ()
    """Who is to give it."""

    due: PartialDate | None = None
    """By when."""


@record
class Plan(Recorded):
    """A plan of support agreed with the client.

    Raises
    ------
    InvalidValueError
        When a service is due before the plan was made.

    Examples
    --------
    >>> steps = (PlannedService(service="statutes", due=PartialDate("2021-06")),)
    >>> Plan(id="p1", case="c1", on=PartialDate("2021-03-20"), services=steps).services[0].service
    'statutes'
    """

    id: PlanId
    """Stable identifier, unique among plans."""

    case: CaseId
    """Case it belongs to."""

    on: PartialDate
    """Date of the plan."""

    diagnosis: DiagnosisId | None = None
    """Diagnosis it answers."""

    services: tuple[PlannedService, ...] = ()
    """Services foreseen."""

    note: Text | None = personal(default=None)
    """Objectives agreed."""

    def __attrs_post_init__(self) -> None:
        for place, step in enumerate(self.services):
            check_not_before(f"services[{place}].due", step.due, "on", self.on)


class SessionMode(Term):
    """How client and adviser met."""

    AT_HUB = "at_hub", "at the hub"
    ON_SITE = "on_site", "at the client's place"
    REMOTE = "remote", "remote"


@record
class SupportSession(Recorded):
    """A session of support, for one case or several together.

    Raises
    ------
    InvalidValueError
        When no case is named, the minutes are not positive, or more women than participants
        are counted.

    Examples
    --------
    >>> SupportSession(
    ...     id="s1", cases=("c1",), service="statutes", on=PartialDate("2021-04-02"), minutes=90
    ... ).minutes
    90
    """

    id: SupportSessionId
    """Stable identifier, unique among sessions."""

    cases: tuple[CaseId, ...]
    """Cases served."""

    service: ServiceId
    """Service given."""

    on: PartialDate
    """Date of the session."""

    providers: tuple[PartyId, ...] = ()
    """Who gave it."""

    mode: SessionMode | None = None
    """How they met."""

    minutes: int | None = None
    """Length in minutes."""

    participants: int | None = None
    """People present."""

    women: int | None = None
    """Women among them."""

    note: Text | None = personal(default=None)
    """What came out of it."""

    def __attrs_post_init__(self) -> None:
        if not self.cases:
            raise InvalidValueError(Issue.of("missing-field", "cases", (), field="cases"))
        if self.minutes is not None and self.minutes < 1:
            raise InvalidValueError(
                Issue.of("out-of-range", "minutes", self.minutes, range="1 or more")
            )
        for name, number in (("participants", self.participants), ("women", self.women)):
            if number is not None and number < 0:
                raise InvalidValueError(Issue.of("negative-amount", name, number))
        if None not in {self.women, self.participants} and (self.women or 0) > (
            self.participants or 0
        ):
            allowed = f"at most {self.participants}, the participants"
            raise InvalidValueError(Issue.of("out-of-range", "women", self.women, range=allowed))
