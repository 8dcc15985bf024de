"""Tables of money: who funds a hub."""

from typing import Final, cast

from citess.metrics.tables._table import Column, Getter, Row, Table, attribute, derived
from citess.model import Dataset, Funding
from citess.model.funding import EARNED


def _amount(row: Row) -> float | None:
    amount = cast("Funding", row).amount
    return None if amount is None else float(amount.amount)


def _currency(row: Row) -> str | None:
    amount = cast("Funding", row).amount
    return None if amount is None else amount.currency


def _earned(row: Row) -> bool | None:
    kind = cast("Funding", row).kind
    return None if kind is None else kind in EARNED


def _bound_in_time(row: Row) -> bool | None:
    funding = cast("Funding", row)
    return True if funding.programme is not None else funding.restricted


def _hub(data: Dataset) -> Getter:
    hubs = set[str](data.hubs)

    def hub(row: Row) -> str | None:
        receiver: str = cast("Funding", row).receiver
        return receiver if receiver in hubs else None

    return hub


FUNDINGS: Final = Table(
    name="fundings",
    record=Funding,
    rows=lambda data: data.fundings.values(),
    stock="period",
    columns={
        "id": attribute("id", meaning="funding"),
        "giver": attribute("giver", meaning="who gives"),
        "receiver": attribute("receiver", meaning="who gets it"),
        "hub": Column(bind=_hub, meaning="receiver, where it is a hub"),
        "kind": attribute("kind", meaning="in what form"),
        "earned": derived(_earned, kind="flag", meaning="whether it is earned, not given"),
        "project": derived(_bound_in_time, kind="flag", meaning="whether tied to a purpose"),
        "programme": attribute("programme", meaning="programme that it belongs to"),
        "amount": derived(_amount, kind="number", meaning="amount in the currency"),
        "currency": derived(_currency, meaning="ISO 4217"),
    },
)
"""One row a funding; in-kind funding counts with the amount it is valued at."""
