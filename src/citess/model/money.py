"""Amounts of money, exact and in one currency each."""

from collections.abc import Iterable
from decimal import Decimal
from typing import cast

from citess import vocab
from citess.errors import InvalidValueError, Issue
from citess.model.codes import CurrencyCode
from citess.model.record import record
from citess.model.rules import currency_rule, decimal
from citess.model.time import PartialDate


def currency_decimals(currency: str) -> int:
    """Decimals of a currency in ISO 4217: 3 for the Tunisian dinar, 2 for the euro.

    Raises
    ------
    UnknownIdError
        When citess does not know the currency.

    Examples
    --------
    >>> currency_decimals("TND")
    3
    """
    return cast("int", vocab.scheme("currencies")[currency].facts["decimals"])


@record
class Money:
    """An exact amount in one currency, at the prices of a date when that is known.

    Raises
    ------
    InvalidValueError
        When the amount has more decimals than the currency (a millime is 0.001 TND).

    Examples
    --------
    >>> cap = Money.of("300000", "TND")
    >>> print(cap, cap + Money.of("0.005", "TND"))
    300000.000 TND 300000.005 TND
    """

    amount: Decimal
    """Amount in units of the currency."""

    currency: CurrencyCode
    """ISO 4217 code."""

    on: PartialDate | None = None
    """Date of the prices, when known."""

    def __attrs_post_init__(self) -> None:
        if issue := currency_rule(self.currency):
            raise InvalidValueError(issue.at("currency"))
        decimals = currency_decimals(self.currency)
        if -cast("int", self.amount.as_tuple().exponent) > decimals:
            raise InvalidValueError(
                Issue.of("too-precise", "amount", str(self.amount), decimals=decimals)
            )

    @classmethod
    def of(cls, amount: Decimal | int | str, currency: str, on: str | None = None) -> "Money":
        """Make money from a number without binary rounding; a float is refused."""
        if isinstance(amount, float):
            msg = f"money is exact: give {amount!r} as a string or a Decimal"
            raise TypeError(msg)
        date = None if on is None else PartialDate(on)
        return cls(amount=decimal(amount), currency=CurrencyCode(currency), on=date)

    def __add__(self, other: "Money") -> "Money":
        return total((self, other))

    def __str__(self) -> str:
        return f"{self.amount:.{currency_decimals(self.currency)}f} {self.currency}"


def total(amounts: Iterable[Money]) -> Money:
    """Add amounts of one currency; the date is kept when all agree on it.

    Raises
    ------
    InvalidValueError
        When the amounts are in more than one currency.
    ValueError
        When there is none: no amount is not zero of some currency.
    """
    given = tuple(amounts)
    if not given:
        msg = "the total of no amount has no currency"
        raise ValueError(msg)
    first = given[0]
    for money in given:
        if money.currency != first.currency:
            raise InvalidValueError(
                Issue.of("mixed-currencies", "", money.currency, currency=first.currency)
            )
    dates = {money.on for money in given}
    return Money(
        amount=decimal(sum((money.amount for money in given), Decimal(0))),
        currency=first.currency,
        on=first.on if len(dates) == 1 else None,
    )
