"""Jobs counted in an enterprise at a date."""

from decimal import Decimal

from citess.errors import InvalidValueError, Issue
from citess.i18n import Term
from citess.model.age import AgeBand
from citess.model.evidence import Recorded
from citess.model.ids import EnterpriseId, JobsCountId, ProgrammeId
from citess.model.record import record
from citess.model.service import Sex
from citess.model.time import PartialDate


class JobsKind(Term):
    """What is claimed of the jobs counted: these are never added up."""

    EXISTING = "existing", "existing"
    CREATED = "created", "created"
    MAINTAINED = "maintained", "maintained"
    PROMISED = "promised", "promised"
    INDIRECT = "indirect", "indirect"


class LabourType(Term):
    """By what tie people work (ESSGlobal)."""

    ASSOCIATIVE = "associative", "associative work of members"
    SUBORDINATE = "subordinate", "paid employment"
    VOLUNTARY = "voluntary", "voluntary work"
    CARE = "care", "care and reproductive work"
    EXTERNAL = "external", "externally hired work"


@record
class JobsCount(Recorded):
    """Heads and full-time equivalents at a date, of one kind, sex and age band.

    A dataset refuses two counts of the same jobs on the same day. The share says how much of them
    a programme may claim, so that an enterprise with two supporters is not counted twice.

    Raises
    ------
    InvalidValueError
        When neither heads nor full-time equivalents are given, a number is negative, the
        equivalents exceed the heads, or a share is not between 0 and 1.

    Examples
    --------
    >>> JobsCount(id="j1", enterprise="bees", on=PartialDate("2022-06"), heads=3, sex=Sex.FEMALE)
    JobsCount(id='j1', enterprise='bees', on=PartialDate('2022-06'), heads=3, sex=<Sex.FEMALE: \
'female'>)
    """

    id: JobsCountId
    """Stable identifier, unique among counts of jobs."""

    enterprise: EnterpriseId
    """Enterprise in which the jobs are."""

    on: PartialDate
    """Date of the count."""

    kind: JobsKind = JobsKind.EXISTING
    """What is claimed of them."""

    heads: int | None = None
    """People."""

    fte: Decimal | None = None
    """Full-time equivalents."""

    sex: Sex | None = None
    """Sex counted; ``None`` is both."""

    age_band: AgeBand | None = None
    """Ages counted; ``None`` is every age."""

    labour: LabourType | None = None
    """By what tie they work; ``None`` is every tie."""

    programme: ProgrammeId | None = None
    """Programme that claims them."""

    share: Decimal | None = None
    """Share of them that the programme claims, 0 to 1."""

    def __attrs_post_init__(self) -> None:
        if self.heads is None and self.fte is None:
            raise InvalidValueError(Issue.of("missing-field", "heads", None, field="heads or fte"))
        for name, number in (("heads", self.heads), ("fte", self.fte)):
            if number is not None and number < 0:
                raise InvalidValueError(Issue.of("negative-amount", name, str(number)))
        if self.heads is not None and self.fte is not None and self.fte > self.heads:
            _out_of_range("fte", str(self.fte), f"at most {self.heads}, the number of heads")
        if self.share is not None and not 0 <= self.share <= 1:
            _out_of_range("share", str(self.share), "0 to 1")


def _out_of_range(name: str, given: str, allowed: str) -> None:
    raise InvalidValueError(Issue.of("out-of-range", name, given, range=allowed))
