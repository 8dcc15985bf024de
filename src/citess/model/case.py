"""Cases: the way of a project or an enterprise through a hub, never with a name."""

from citess.errors import InvalidValueError, Issue
from citess.i18n import Term, Text
from citess.model.age import AgeBand
from citess.model.codes import LanguageTag
from citess.model.enterprise import Initiative, StageEntry
from citess.model.evidence import Recorded
from citess.model.history import check_not_before, check_order
from citess.model.hub import PriorityGroup
from citess.model.ids import CaseId, EnterpriseId, HubId, ProgrammeId, Pseudonym, TerritoryId
from citess.model.record import personal, record
from citess.model.service import Sex
from citess.model.time import DateLike, PartialDate, as_date


class IntakeChannel(Term):
    """How a client came to the hub."""

    VISIT = "visit", "visit"
    CALL_FOR_PROJECTS = "call_for_projects", "call for projects"
    REFERRED = "referred", "referred by a partner"
    OUTREACH = "outreach", "outreach"
    ONLINE = "online", "online"


class EmploymentStatus(Term):
    """Occupation at intake."""

    UNEMPLOYED = "unemployed", "unemployed"
    INFORMAL = "informal", "informal worker"
    EMPLOYEE = "employee", "employee"
    SELF_EMPLOYED = "self_employed", "self-employed"
    STUDENT = "student", "student"
    INACTIVE = "inactive", "not in the labour force"


class Education(Term):
    """Highest education at intake."""

    NONE = "none", "no schooling"
    PRIMARY = "primary", "primary"
    SECONDARY = "secondary", "secondary"
    VOCATIONAL = "vocational", "vocational"
    HIGHER = "higher", "higher"


class Closure(Term):
    """Why a case was closed; a lost contact is not a failure."""

    CREATED = "created", "enterprise created"
    FINANCED = "financed", "financed"
    REDIRECTED = "redirected", "redirected"
    ABANDONED = "abandoned", "abandoned"
    LOST_CONTACT = "lost_contact", "contact lost"
    COMPLETED = "completed", "completed"


@record
class Case(Recorded):
    """One project's or enterprise's way through a hub, from intake to closure.

    It holds no name and no birth date. What is said of persons is as at intake, marked personal,
    and left out of ``repr``, messages and every export but the native format.

    Raises
    ------
    InvalidValueError
        When it closes before it opens, its stages are not in order of time, or the size of its
        group does not fit.

    Examples
    --------
    >>> case = Case(
    ...     id="c1", hub="citess-mahdia", opened=PartialDate("2021-03-02"), sex=Sex.FEMALE
    ... )
    >>> case
    Case(id='c1', hub='citess-mahdia', opened=PartialDate('2021-03-02'))
    >>> case.is_open("2021-04-01") is None  # nobody said when it was closed, or that it was not
    True
    """

    id: CaseId
    """Stable identifier, unique among cases; never made from a name."""

    hub: HubId
    """Hub that opened it."""

    opened: PartialDate
    """Day of intake."""

    enterprise: EnterpriseId | None = None
    """Project or enterprise it is about."""

    initiative: Initiative | None = None
    """Individual or collective."""

    group_size: int | None = None
    """People who carry it together."""

    stages: tuple[StageEntry, ...] = ()
    """Stages noted in the case, in order of time; it may go back."""

    channel: IntakeChannel | None = None
    """How it came to the hub."""

    programme: ProgrammeId | None = None
    """Programme under which it is accompanied."""

    languages: tuple[LanguageTag, ...] = ()
    """Languages it can be served in."""

    territory: TerritoryId | None = personal(default=None)
    """Where the client lives or works, the smallest area known."""

    client: Pseudonym | None = personal(default=None)
    """Keyed hash that stands for the client, the same in every case of theirs."""

    sex: Sex | None = personal(default=None)
    """Sex of the client; ``None`` is not known."""

    age_band: AgeBand | None = personal(default=None)
    """Ages between which the client was at intake."""

    employment: EmploymentStatus | None = personal(default=None)
    """Occupation at intake."""

    education: Education | None = personal(default=None)
    """Highest education at intake."""

    disability: bool | None = personal(default=None)
    """Whether the client has a disability."""

    rural: bool | None = personal(default=None)
    """Whether the client lives in a rural area."""

    groups: tuple[PriorityGroup, ...] = personal(default=())
    """Groups the client belongs to."""

    consent: PartialDate | None = None
    """Day on which the client agreed to the data being kept."""

    closed: PartialDate | None = None
    """Day of closure."""

    closure: Closure | None = None
    """Why it was closed; ``None`` while it is open, or when not known."""

    note: Text | None = personal(default=None)
    """What the adviser noted."""

    def __attrs_post_init__(self) -> None:
        check_not_before("closed", self.closed, "opened", self.opened)
        check_order("stages", (entry.since for entry in self.stages))
        size = self.group_size
        if size is not None and (
            size < 1 or (size > 1 and self.initiative is Initiative.INDIVIDUAL)
        ):
            allowed = "1" if self.initiative is Initiative.INDIVIDUAL else "1 or more"
            raise InvalidValueError(Issue.of("out-of-range", "group_size", size, range=allowed))

    def is_open(self, on: DateLike) -> bool | None:
        """Whether it was open on a day; ``None`` when that is not known."""
        day = as_date(on)
        if day < self.opened.earliest or (self.closed and self.closed.latest <= day):
            return False
        if self.closed is None:
            return None
        return True if self.opened.latest <= day < self.closed.earliest else None
