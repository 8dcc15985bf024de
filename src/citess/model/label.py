"""Labels: their criteria, who was assessed by them, and who holds them."""

from decimal import Decimal

from citess.errors import InvalidValueError, Issue
from citess.i18n import Term, Text
from citess.model.codes import IndicatorCode, UnitCode
from citess.model.evidence import Recorded
from citess.model.history import check_not_before, check_order
from citess.model.ids import (
    AssessmentId,
    CriterionId,
    ImplementingTextId,
    LabelAwardId,
    LabelId,
    LegalFrameworkId,
    PartyId,
    RecordRef,
    SourceId,
    TerritoryId,
)
from citess.model.observation import Relation
from citess.model.record import personal, record
from citess.model.time import DateLike, PartialDate, Period, as_date


class LabelKind(Term):
    """On what ground a label stands."""

    LEGAL = "legal", "legal label"
    VOLUNTARY = "voluntary", "voluntary label"
    ASPIRATION = "aspiration", "label that is hoped for"


class LabelStatus(Term):
    """Whether a label can be awarded."""

    ASPIRED = "aspired", "hoped for"
    DEFINED = "defined", "defined and not awardable"
    AWARDABLE = "awardable", "awardable"
    SUSPENDED = "suspended", "suspended"
    ABOLISHED = "abolished", "abolished"


@record
class LabelEntry:
    """What a source said of a label at a date."""

    status: LabelStatus
    """Status reported."""

    since: PartialDate
    """Date of the report."""

    source: SourceId | None = None
    """Who reports it."""


@record
class Label(Recorded):
    """A label that organisations can be given, once it can be awarded.

    Raises
    ------
    InvalidValueError
        When its history is not in order of time.

    Examples
    --------
    >>> label = Label(
    ...     id="ees", name=Text(fr="entreprise de l'ESS"), kind=LabelKind.LEGAL,
    ...     history=(
    ...         LabelEntry(status=LabelStatus.DEFINED, since=PartialDate("2020-06-30")),
    ...         LabelEntry(status=LabelStatus.DEFINED, since=PartialDate("2024-05")),
    ...     ),
    ... )
    >>> label.is_awardable("2022-01-01"), label.is_awardable("2030-01-01")
    (False, None)
    """

    id: LabelId
    """Stable identifier, unique among labels."""

    name: Text
    """Name of the label."""

    kind: LabelKind
    """On what ground it stands."""

    country: TerritoryId | None = None
    """Country in which it holds."""

    owner: PartyId | None = None
    """Who awards it."""

    framework: LegalFrameworkId | None = None
    """Law that defines it."""

    needs: tuple[ImplementingTextId, ...] = ()
    """Implementing texts without which it cannot be awarded."""

    history: tuple[LabelEntry, ...] = ()
    """What sources reported of its status, in order of time."""

    description: Text | None = None
    """What it attests."""

    def __attrs_post_init__(self) -> None:
        check_order("history", (entry.since for entry in self.history))

    def is_awardable(self, on: DateLike) -> bool | None:
        """Whether it could be awarded on a day; ``None`` after the last report, or without one.

        A label that was awardable stays so until a source says otherwise; one that was not may
        have become so after the last report.
        """
        day = as_date(on)
        reported = [entry for entry in self.history if entry.since.latest <= day]
        if not reported:
            return None
        if reported[-1].status is LabelStatus.AWARDABLE:
            return True
        later = self.history[len(reported) :]
        if reported[-1].since.earliest == day or reported[-1].status is LabelStatus.ABOLISHED:
            return False
        return False if later and later[0].status is not LabelStatus.AWARDABLE else None


@record
class Criterion(Recorded):
    """A criterion of a label: in words, and as a threshold where it has one.

    Examples
    --------
    >>> Criterion(
    ...     id="public-revenue", label="kalo", text=Text(en="at most 65 % public revenue"),
    ...     threshold=Decimal(65), relation=Relation.AT_MOST, unit="percent",
    ... ).relation.label()
    'at most'
    """

    id: CriterionId
    """Stable identifier, unique among criteria."""

    label: LabelId
    """Label it belongs to."""

    text: Text
    """What is asked."""

    required: bool | None = None
    """Whether the label is refused without it."""

    indicator: IndicatorCode | None = None
    """What is measured, where it is measured."""

    threshold: Decimal | None = None
    """Value to reach."""

    relation: Relation | None = None
    """How the measure must stand to the threshold."""

    unit: UnitCode | None = None
    """Unit of the threshold."""

    period: Period | None = None
    """When the criterion holds."""


class Finding(Term):
    """What was found of a criterion; not met, not applicable and not known are three things."""

    MET = "met", "met"
    NOT_MET = "not_met", "not met"
    NOT_APPLICABLE = "not_applicable", "not applicable"
    NOT_KNOWN = "not_known", "not known"


@record
class CriterionFinding:
    """What was found of one criterion."""

    criterion: CriterionId
    """Criterion looked at."""

    finding: Finding
    """What was found."""

    note: Text | None = personal(default=None)
    """On what ground."""


@record
class Assessment(Recorded):
    """An assessment of somebody by the criteria of a label.

    Raises
    ------
    InvalidValueError
        When a criterion is found twice.

    Examples
    --------
    >>> findings = (CriterionFinding(criterion="public-revenue", finding=Finding.MET),)
    >>> Assessment(
    ...     id="a1", label="kalo", subject="enterprise:bees", on=PartialDate("2024"),
    ...     findings=findings,
    ... ).findings[0].finding.label("fr")
    'rempli'
    """

    id: AssessmentId
    """Stable identifier, unique among assessments."""

    label: LabelId
    """Label by whose criteria."""

    subject: RecordRef
    """Who was assessed, as ``kind:id``."""

    on: PartialDate
    """When."""

    assessor: PartyId | None = None
    """Who assessed."""

    findings: tuple[CriterionFinding, ...] = ()
    """What was found, criterion by criterion."""

    def __attrs_post_init__(self) -> None:
        seen = [found.criterion for found in self.findings]
        for n, criterion in enumerate(seen):
            if criterion in seen[:n]:
                raise InvalidValueError(Issue.of("repeated-value", "findings", criterion))


class AwardStatus(Term):
    """What became of a request for a label."""

    REQUESTED = "requested", "requested"
    AWARDED = "awarded", "awarded"
    REFUSED = "refused", "refused"
    SUSPENDED = "suspended", "suspended"
    WITHDRAWN = "withdrawn", "withdrawn"


@record
class LabelAward(Recorded):
    """That a party asked for a label, and what became of it.

    A dataset refuses an award of a label that could not be awarded that day.

    Raises
    ------
    InvalidValueError
        When it ends before it begins.

    Examples
    --------
    >>> LabelAward(
    ...     id="w1", label="kalo", holder="bees", on=PartialDate("2024"),
    ...     status=AwardStatus.REQUESTED,
    ... ).status.label("fr")
    'demandé'
    """

    id: LabelAwardId
    """Stable identifier, unique among awards."""

    label: LabelId
    """Label."""

    holder: PartyId
    """Who asked for it, or holds it."""

    on: PartialDate
    """When the status was reached."""

    status: AwardStatus
    """What became of the request."""

    until: PartialDate | None = None
    """Until when it holds."""

    assessment: AssessmentId | None = None
    """Assessment it rests on."""

    def __attrs_post_init__(self) -> None:
        check_not_before("until", self.until, "on", self.on)
