"""Applications for finance."""

from citess.errors import InvalidValueError, Issue
from citess.i18n import Term, Text
from citess.model.evidence import Recorded
from citess.model.history import check_not_before
from citess.model.ids import CaseId, EnterpriseId, FinanceApplicationId, FinancingLineId
from citess.model.money import Money
from citess.model.record import personal, record
from citess.model.time import PartialDate


class ApplicationStatus(Term):
    """How far an application for finance has come."""

    SUBMITTED = "submitted", "submitted"
    PRESELECTED = "preselected", "preselected"
    GRANTED = "granted", "granted"
    REFUSED = "refused", "refused"
    DISBURSED = "disbursed", "disbursed"
    REPAID = "repaid", "repaid"
    DEFAULTED = "defaulted", "in default"
    WITHDRAWN = "withdrawn", "withdrawn"


_NOTHING_GRANTED = frozenset({ApplicationStatus.REFUSED, ApplicationStatus.WITHDRAWN})


@record
class FinanceApplication(Recorded):
    """That a case or an enterprise applied to a line of finance, and what it got.

    Raises
    ------
    InvalidValueError
        When neither case nor enterprise is named, it is decided before it is submitted, amounts are
        negative or in different currencies, more is disbursed than granted, or something is
        granted that was refused.

    Examples
    --------
    >>> FinanceApplication(
    ...     id="f1", case="c1", line="bts-sse", submitted=PartialDate("2022-03"),
    ...     asked=Money.of(20000, "TND"),
    ... ).status.label("fr")
    'déposée'
    """

    id: FinanceApplicationId
    """Stable identifier, unique among applications."""

    line: FinancingLineId
    """Line of finance applied to."""

    submitted: PartialDate
    """When it was submitted."""

    case: CaseId | None = None
    """Case in which it was made."""

    enterprise: EnterpriseId | None = None
    """Enterprise that applies."""

    status: ApplicationStatus = ApplicationStatus.SUBMITTED
    """How far it has come."""

    decided: PartialDate | None = None
    """When it was decided."""

    asked: Money | None = None
    """Amount asked for."""

    granted: Money | None = None
    """Amount granted."""

    disbursed: Money | None = None
    """Amount paid out."""

    repaid: Money | None = None
    """Amount paid back."""

    note: Text | None = personal(default=None)
    """What was said."""

    def __attrs_post_init__(self) -> None:
        if self.case is None and self.enterprise is None:
            raise InvalidValueError(
                Issue.of("missing-field", "case", None, field="case or enterprise")
            )
        check_not_before("decided", self.decided, "submitted", self.submitted)
        amounts = [(n, getattr(self, n)) for n in ("asked", "granted", "disbursed", "repaid")]
        known: list[tuple[str, Money]] = [(n, money) for n, money in amounts if money is not None]
        for name, money in known:
            if money.amount < 0:
                raise InvalidValueError(Issue.of("negative-amount", name, str(money)))
            if money.currency != known[0][1].currency:
                currency = known[0][1].currency
                raise InvalidValueError(
                    Issue.of("mixed-currencies", name, money.currency, currency=currency)
                )
        if self.granted and self.disbursed and self.disbursed.amount > self.granted.amount:
            allowed = f"at most {self.granted}, the amount granted"
            raise InvalidValueError(
                Issue.of("out-of-range", "disbursed", str(self.disbursed), range=allowed)
            )
        if self.granted and self.status in _NOTHING_GRANTED:
            raise InvalidValueError(
                Issue.of("excludes", "granted", str(self.granted), other=f"status {self.status}")
            )
