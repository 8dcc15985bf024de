"""A hub small enough to count by hand."""

import citess
from citess import Dataset, PartialDate

LAND = citess.Territory(id="land", name=citess.Text(en="Land"), level=citess.TerritoryLevel.COUNTRY)
KINDS = ("legal", "finance", "training")


def hub(id_="hub", territory="land"):
    return citess.Hub(id=id_, name=citess.Text(en=id_), territories=(territory,))


def service(kind):
    return citess.Service(
        id=f"s-{kind}", kind=kind, name=citess.Text(en=kind), stages=(citess.Stage.IDEA,)
    )


def case(id_, opened="2022-01-01", closed=None, **more):
    more.setdefault("hub", "hub")
    return citess.Case(
        id=id_,
        opened=PartialDate(opened),
        closed=None if closed is None else PartialDate(closed),
        **more,
    )


def session(case_, kind, on, n=0, **more):
    return citess.SupportSession(
        id=f"{case_}-{kind}-{on}-{n}",
        cases=(case_,),
        service=f"s-{kind}",
        on=PartialDate(on),
        **more,
    )


def partner(id_, sector=None):
    return citess.Partner(id=id_, name=citess.Text(en=id_), sector=sector)


def records(*more, hubs=("hub",)):
    return Dataset.of(LAND, *map(hub, hubs), *map(service, KINDS), *more)
