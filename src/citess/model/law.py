"""Legal frameworks of the social and solidarity economy, and the texts that apply them."""

from attrs import field

from citess.errors import InvalidValueError, Issue
from citess.i18n import Term, Text
from citess.model.evidence import Recorded
from citess.model.history import check_not_before, check_order
from citess.model.ids import ImplementingTextId, LegalFrameworkId, SourceId, TerritoryId
from citess.model.record import record
from citess.model.time import DateLike, PartialDate, as_date


class LegalStatus(Term):
    """State of the law on the social and solidarity economy in a country."""

    NONE = "none", "no framework"
    COOPERATIVE_LAW = "cooperative_law", "cooperative or association laws only"
    STRATEGY = "strategy", "strategy only"
    DRAFT = "draft", "draft of a framework law"
    PARALLEL_REGIME = "parallel_regime", "regime beside the framework law"
    THIRD_SECTOR_LAW = "third_sector_law", "law on the third sector or social enterprises"
    FRAMEWORK_NOT_APPLIED = "framework_not_applied", "framework law in force, decrees not issued"
    FRAMEWORK_LAW = "framework_law", "framework law in force"


class TextStatus(Term):
    """Whether an implementing text has been issued."""

    EXPECTED = "expected", "expected"
    DRAFTED = "drafted", "being drafted"
    ISSUED = "issued", "issued"
    REPEALED = "repealed", "repealed"


@record
class StatusEntry:
    """What a source said of the status at a date: evidence, not a guess in between."""

    status: TextStatus
    """Status reported."""

    since: PartialDate
    """Date of the report."""

    source: SourceId | None = None
    """Who reports it."""

    note: Text | None = field(default=None, repr=False)
    """What was reported."""


@record
class LegalFramework(Recorded):
    """What the law of a country says of the social and solidarity economy.

    Raises
    ------
    InvalidValueError
        When it comes into force or is replaced before it is adopted, or has no article.

    Examples
    --------
    >>> law = LegalFramework(
    ...     id="tn-2020-30",
    ...     country="tn",
    ...     status=LegalStatus.FRAMEWORK_NOT_APPLIED,
    ...     instrument=Text(fr="Loi n° 2020-30 du 30 juin 2020"),
    ...     adopted=PartialDate("2020-06-30"),
    ... )
    >>> law.status.label("fr")
    'loi-cadre en vigueur, décrets non publiés'
    """

    id: LegalFrameworkId
    """Stable identifier, unique among legal frameworks."""

    country: TerritoryId
    """Country whose law it is."""

    status: LegalStatus
    """State of the law, as of the date below."""

    as_of: PartialDate | None = None
    """Latest date at which a source supports the status."""

    instrument: Text | None = None
    """Name of the text; ``None`` where there is none, or it is not known."""

    adopted: PartialDate | None = None
    """When it was adopted or promulgated."""

    in_force: PartialDate | None = None
    """When it came into force."""

    replaced: PartialDate | None = None
    """When another text took its place."""

    articles: int | None = None
    """Number of articles."""

    budget_line: bool | None = None
    """Whether a budget is voted to apply it."""

    note: Text | None = field(default=None, repr=False)
    """What else sources say."""

    def __attrs_post_init__(self) -> None:
        if self.adopted and self.in_force and self.in_force.before(self.adopted):
            raise InvalidValueError(
                Issue.of("end-before-start", "in_force", str(self.in_force), start=self.adopted)
            )
        check_not_before("replaced", self.replaced, "adopted", self.adopted)
        check_not_before("replaced", self.replaced, "in_force", self.in_force)
        if self.articles is not None and self.articles < 1:
            raise InvalidValueError(
                Issue.of("out-of-range", "articles", self.articles, range="1 or more")
            )


@record
class ImplementingText(Recorded):
    """A decree or order that a law calls for, with the history of its status.

    Raises
    ------
    InvalidValueError
        When its history is not in order of time.

    Examples
    --------
    >>> decree = ImplementingText(id="label", framework="tn-2020-30", subject=Text(fr="Label"))
    >>> decree.status("2024-05-31") is None  # nothing reported
    True
    """

    id: ImplementingTextId
    """Stable identifier, unique among implementing texts."""

    framework: LegalFrameworkId
    """Law that calls for it."""

    subject: Text
    """What it is to settle."""

    reference: str | None = None
    """Number, when it is issued."""

    issued: PartialDate | None = None
    """When it was issued."""

    due: PartialDate | None = None
    """When it was due."""

    history: tuple[StatusEntry, ...] = ()
    """What sources reported of its status, in order of time."""

    def __attrs_post_init__(self) -> None:
        check_order("history", (entry.since for entry in self.history))

    def status(self, on: DateLike) -> TextStatus | None:
        """Status by the latest report up to a day; ``None`` when nothing was reported."""
        day = as_date(on)
        if self.issued is not None and self.issued.latest <= day:
            return TextStatus.ISSUED
        reported = [entry.status for entry in self.history if entry.since.latest <= day]
        return reported[-1] if reported else None
