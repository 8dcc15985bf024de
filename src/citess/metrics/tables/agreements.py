"""Tables of partners and of what ties them."""

from collections.abc import Iterable
from typing import Final, cast

from citess.metrics.tables._table import Column, Getter, Row, Table, attribute, derived
from citess.model import Dataset, Partner, Partnership


def _signed(row: Row) -> str | None:
    return {None: None, True: "signed", False: "unsigned"}[cast("Partnership", row).is_signed]


def _hubs(data: Dataset) -> Getter:
    def hubs(row: Row) -> tuple[str, ...]:
        parties = {member.party for member in cast("Partnership", row).members}
        return tuple(sorted(parties & data.hubs.keys()))

    return hubs


AGREEMENTS: Final = Table(
    name="agreements",
    record=Partnership,
    rows=lambda data: data.partnerships.values(),
    stock="period",
    columns={
        "id": attribute("id", meaning="agreement"),
        "hub": Column(bind=_hubs, several=True, meaning="hubs that are members"),
        "kind": attribute("kind", meaning="kind of agreement"),
        "form": attribute("form", meaning="form of agreement"),
        "signed": derived(_signed, meaning="signed or unsigned"),
        "intensity": attribute("intensity", meaning="how closely the members work together"),
    },
)
"""One row a partnership; programmes are not among them."""


def _hubs_of(data: Dataset) -> Getter:
    found = _ties(data)
    return lambda row: tuple(sorted(found.get(cast("Partner", row).id, ())))


def _ties(data: Dataset) -> dict[str, set[str]]:
    members = [agreement.members for agreement in data.partnerships.values()]
    members += [programme.members for programme in data.programmes.values()]
    ties: list[Iterable[str]] = [{member.party for member in one} for one in members]
    ties += [(offer.hub, *offer.providers) for offer in data.service_offers.values()]
    found: dict[str, set[str]] = {}
    for tie in ties:
        hubs = data.hubs.keys() & set(tie)
        for party in tie:
            found.setdefault(party, set()).update(hubs)
    return found


PARTNERS: Final = Table(
    name="partners",
    record=Partner,
    rows=lambda data: data.partners.values(),
    stock="active",
    columns={
        "id": attribute("id", meaning="partner"),
        "sector": attribute("sector", meaning="part of society"),
        "level": attribute("level", meaning="local, regional, national or international"),
        "country": attribute("country", meaning="country, ISO 3166-1"),
        "legal_form": attribute("legal_form", meaning="legal form"),
        "territory": Column(path="territories", several=True, meaning="where it works"),
        "hub": Column(
            bind=_hubs_of, several=True, meaning="hubs it shares an agreement or an offer with"
        ),
    },
)
"""One row a partner."""
