"""Lines of finance that enterprises can apply to."""

from decimal import Decimal

from citess.errors import InvalidValueError, Issue
from citess.i18n import Term, Text
from citess.model.age import AgeBand
from citess.model.codes import LegalFormCode
from citess.model.enterprise import Stage
from citess.model.evidence import Recorded
from citess.model.ids import FinancingLineId, PartyId, ProgrammeId, TerritoryId
from citess.model.money import Money
from citess.model.record import record
from citess.model.service import Sex
from citess.model.time import Period


class Instrument(Term):
    """Form in which money is given."""

    GRANT = "grant", "grant"
    LOAN = "loan", "loan"
    INTEREST_FREE_LOAN = "interest_free_loan", "interest-free loan"
    MICROCREDIT = "microcredit", "microcredit"
    GUARANTEE = "guarantee", "guarantee"
    EQUITY = "equity", "equity"
    IN_KIND = "in_kind", "support in kind"
    PRIZE = "prize", "prize"


@record
class FinancingLine(Recorded):
    """A line of finance: instrument, bounds, terms, who may apply and when.

    Raises
    ------
    InvalidValueError
        When the amounts are in different currencies or the least exceeds the most, a rate is
        negative, or the grace exceeds the tenor.

    Examples
    --------
    >>> line = FinancingLine(
    ...     id="bts-sse",
    ...     name=Text(fr="Ligne ESS de la BTS"),
    ...     instruments=(Instrument.LOAN,),
    ...     amount_max=Money.of("300000", "TND"),
    ...     rate=Decimal("0.05"),
    ... )
    >>> print(line.amount_max)
    300000.000 TND
    """

    id: FinancingLineId
    """Stable identifier, unique among financing lines."""

    name: Text
    """Name of the line."""

    providers: tuple[PartyId, ...] = ()
    """Who gives the money, or passes it on."""

    programme: ProgrammeId | None = None
    """Programme it belongs to."""

    instruments: tuple[Instrument, ...] = ()
    """Forms in which money is given."""

    envelope: Money | None = None
    """Money in the line as a whole."""

    amount_min: Money | None = None
    """Least that one applicant gets."""

    amount_max: Money | None = None
    """Most that one applicant gets."""

    rate: Decimal | None = None
    """Yearly interest as a share of one: 5 % is 0.05."""

    tenor_months: int | None = None
    """Longest time to repay, in months."""

    grace_months: int | None = None
    """Months before repayment begins."""

    collateral: bool | None = None
    """Whether a guarantee is asked for."""

    stages: tuple[Stage, ...] = ()
    """Stages that may apply; none named is not known."""

    legal_forms: tuple[LegalFormCode, ...] = ()
    """Legal forms that may apply; none named is not known."""

    territories: tuple[TerritoryId, ...] = ()
    """Where applicants may come from; none named is not known."""

    age_band: AgeBand | None = None
    """Ages it is reserved to."""

    sex: Sex | None = None
    """Sex it is reserved to."""

    period: Period | None = None
    """When applications are open."""

    description: Text | None = None
    """Conditions in words."""

    def __attrs_post_init__(self) -> None:
        amounts = [
            ("envelope", self.envelope),
            ("amount_min", self.amount_min),
            ("amount_max", self.amount_max),
        ]
        known = [(name, money) for name, money in amounts if money is not None]
        for name, money in known[1:]:
            if money.currency != known[0][1].currency:
                raise InvalidValueError(
                    Issue.of(
                        "mixed-currencies", name, money.currency, currency=known[0][1].currency
                    )
                )
        months = [("tenor_months", self.tenor_months), ("grace_months", self.grace_months)]
        numbers = [(name, money.amount) for name, money in known]
        numbers += [(name, Decimal(number)) for name, number in months if number is not None]
        for name, number in numbers:
            if number < 0:
                raise InvalidValueError(Issue.of("negative-amount", name, str(number)))
        low, high = self.amount_min, self.amount_max
        if low and high and low.amount > high.amount:
            _out_of_range("amount_max", str(high), f"{low} or more")
        if self.rate is not None and self.rate < 0:
            _out_of_range("rate", str(self.rate), "zero or more")
        tenor, grace = self.tenor_months, self.grace_months
        if tenor is not None and grace is not None and grace > tenor:
            _out_of_range("grace_months", str(grace), f"at most {tenor}")


def _out_of_range(name: str, given: str, allowed: str) -> None:
    raise InvalidValueError(Issue.of("out-of-range", name, given, range=allowed))
