"""Published or reported figures; rival figures stand side by side."""

from decimal import Decimal

from attrs import field

from citess.i18n import Term, Text
from citess.model.codes import IndicatorCode, UnitCode
from citess.model.evidence import Recorded
from citess.model.ids import ObservationId, RecordRef, TerritoryId
from citess.model.record import record
from citess.model.time import PartialDate, Period


class ObservationStatus(Term):
    """What a figure claims to be: a target is never a result."""

    TARGET = "target", "target"
    REPORTED = "reported", "reported"
    VERIFIED = "verified", "verified"
    ESTIMATED = "estimated", "estimated"
    CONTESTED = "contested", "contested"


class Relation(Term):
    """How the value stands to the figure published."""

    EQUAL = "equal", "equal to"
    MORE_THAN = "more_than", "more than"
    AT_LEAST = "at_least", "at least"
    LESS_THAN = "less_than", "less than"
    AT_MOST = "at_most", "at most"
    ABOUT = "about", "about"


@record
class Observation(Recorded):
    """A figure that a source gives of a record: value, unit, place, time and status.

    Examples
    --------
    >>> figure = Observation(
    ...     id="iess-plans-target",
    ...     subject="programme:iess",
    ...     indicator="business-plans",
    ...     value=Decimal(200),
    ...     unit="count",
    ...     status=ObservationStatus.TARGET,
    ... )
    >>> figure.relation.label()
    'equal to'
    """

    id: ObservationId
    """Stable identifier, unique among observations."""

    subject: RecordRef
    """What it is about, as ``kind:id``."""

    indicator: IndicatorCode
    """What is measured, from the vocabulary ``indicators``."""

    value: Decimal | None
    """Figure as published; ``None`` where the source names it without a number."""

    unit: UnitCode
    """Unit, from the vocabulary ``units``, or a currency code for an amount."""

    status: ObservationStatus
    """Target, result or estimate."""

    relation: Relation = Relation.EQUAL
    """Whether the value is the figure or a bound of it."""

    place: TerritoryId | None = None
    """Where it was measured, when that is not the subject itself."""

    period: Period | None = None
    """Stretch of time it covers."""

    as_of: PartialDate | None = None
    """Date at which it held."""

    note: Text | None = field(default=None, repr=False)
    """What must be known to read it."""
