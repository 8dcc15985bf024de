"""A small scene with one of each: what the formats of the map and of portals are tried on."""

from citess.i18n import Text
from citess.model import (
    Bound,
    Dataset,
    Enterprise,
    Hub,
    Member,
    Partner,
    Partnership,
    PartnershipKind,
    Period,
    Point,
    Role,
    Sector,
    Space,
    Territory,
    TerritoryLevel,
    evolve,
)
from citess.model.rules import decimal


def mahdia(**changes):
    area = Territory(id="tn-53", name=Text(fr="Mahdia"), level=TerritoryLevel.GOVERNORATE)
    point = Point(latitude=decimal("35.504"), longitude=decimal("11.062"))
    hub = Hub(id="citess-mahdia", name=Text(fr="CitESS Mahdia", ar="x"), territories=("tn-53",))
    coop = Partner(id="amel", name=Text(fr="El Amel"), sector=Sector.SSE, legal_form="TN-SMSA")
    town = Partner(id="town", name=Text(fr="Commune"), sector=Sector.PUBLIC)
    site = Space(id="lingare", name=Text(fr="Lingare"), hub="citess-mahdia", point=point)
    shop = Space(id="shop", name=Text(fr="Boutique"), operator="amel", territory="tn-53")
    bees = Enterprise(
        id="bees", name=Text(fr="Ruches"), territories=("tn-53",), activities=("A", "G", "no-such")
    )
    tie = Partnership(
        id="tie",
        kind=PartnershipKind.COOPERATION,
        members=(Member(party="citess-mahdia", role=Role.LEAD), Member(party="amel")),
        period=Period(start=Bound("2017-03"), end=Bound("open")),
    )
    return Dataset.of(area, hub, coop, town, evolve(site, **changes), shop, bees, tie)
