"""Metrics of what outlives a project: hubs, services and members."""

from datetime import date
from typing import TYPE_CHECKING, Final

from attrs import evolve

from citess.metrics._asked import Asked
from citess.metrics._count import Counting, reader, records_only
from citess.metrics._facts import NOT_KNOWN, Facts
from citess.metrics._measure import Outcome, Undefined
from citess.metrics._proportion import proportion
from citess.metrics._registry import Better, metric, value_metric
from citess.metrics._tally import Tally
from citess.model import Dataset, HubStatus, Programme, ServiceOffer, as_date

if TYPE_CHECKING:
    import networkx as nx

_ALIVE: Final = "alive"
_OVER: Final = "over"
_FEW_HUBS: Final = 5
_THREE: Final = 3
_AT_REST: Final = frozenset({HubStatus.CLOSED, HubStatus.DORMANT})
_LEAP: Final = 29


def _last_day(programme: Programme, on: str | None) -> date | None:
    """Latest day on which a programme may have ended, if it surely had by the day asked for."""
    end = None if programme.period is None else programme.period.end.date
    if end is None or (on is not None and as_date(on) < end.latest):
        return None
    return end.latest


def _members(programme: Programme) -> set[str]:
    return {member.party for member in programme.members}


@reader(dimensions=("hub", "programme"), options=())
def hubs_after(data: "Dataset | nx.Graph[str]", asked: Asked, /) -> Tally:
    """Count hubs of programmes that have ended, by whether they are still at work."""
    data = records_only(data)
    counting = Counting("hubs after a programme", asked)
    for hub in data.hubs.values():
        over = [
            programme.id
            for programme in data.programmes.values()
            if _last_day(programme, asked.on) is not None and hub.id in _members(programme)
        ]
        if over:
            counting.includes(hub)
            word = _OVER if hub.status in _AT_REST else _ALIVE
            fact = (NOT_KNOWN if hub.status is None else word,)
            counting.add(fact, hub=(hub.id,), programme=over)
    return counting.tally()


@metric(
    "H05",
    reads=hubs_after,
    question="Do hubs live on after the project that bore them?",
    limits="The state of a hub is the last that a source tells, whenever that was.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.HIGHER,
    formula=r"\frac{\text{alive}}{\text{alive} + \text{at rest or closed}}",
    missing="hubs whose state is not known leave the share and widen the bounds",
    small_numbers="Wilson interval; below 5 hubs flagged; where all live, the rule of three beside",
    aggregation="sum hubs, then recompute",
    source="citess; Hanley and Lippman-Hand 1983 for the rule of three",
    poolable=True,
    level="hub",
)
def survival_past_project(facts: Facts, **_: object) -> Outcome:
    """Share of hubs that outlive a project.

    Hubs that took part in a programme that has ended by the day asked for. Where all live,
    ``method["rule_of_three"]`` is the greatest share that may yet be lost, with 95 % confidence.

    Examples
    --------
    >>> found = survival_past_project.compute({"alive": 2})
    >>> found.value, round(found.interval.low, 3), found.warnings
    (1.0, 0.342, ('few', 'few-hubs'))
    """
    found = proportion(facts[_ALIVE], facts.known, facts.missing)
    if found.value is None:
        return found
    few = ("few-hubs",) if found.n < _FEW_HUBS else ()
    rule = {"rule_of_three": min(1.0, _THREE / found.n)} if found.value == 1 else {}
    return evolve(found, warnings=(*found.warnings, *few), method=rule)


@reader(dimensions=("hub", "kind", "programme"), options=())
def offers_after(data: "Dataset | nx.Graph[str]", asked: Asked, /) -> Tally:
    """Count offers that held when a programme of their hub ended, by whether they hold later."""
    data = records_only(data)
    counting = Counting("offers after a programme", asked)
    for offer in data.service_offers.values():
        for programme in data.programmes.values():
            end = _last_day(programme, asked.on)
            if end is None or offer.hub not in _members(programme):
                continue
            later = as_date(asked.on) if asked.on else _a_year_after(end)
            _count_offer(counting, data, offer, programme, end, later)
    return counting.tally()


def _count_offer(  # noqa: PLR0913, PLR0917  (an offer, a programme and two days)
    counting: Counting,
    data: Dataset,
    offer: ServiceOffer,
    programme: Programme,
    end: date,
    later: date,
) -> None:
    if offer.period is None or offer.period.holds(end) is not True:
        return
    counting.includes(offer)
    held = offer.period.holds(later)
    counting.add(
        ({None: NOT_KNOWN, True: _ALIVE, False: _OVER}[held],),
        hub=(offer.hub,),
        kind=(data.services[offer.service].kind,),
        programme=(programme.id,),
    )


def _a_year_after(day: date) -> date:
    leap = day.month == 2 and day.day == _LEAP  # noqa: PLR2004  (February)
    return day.replace(year=day.year + 1, day=_LEAP - 1 if leap else day.day)


@metric(
    "H07",
    reads=offers_after,
    question="Are the services still offered after the project?",
    limits="An offer that stands is not an offer that is used.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.HIGHER,
    formula=r"\frac{\text{still offered}}{\text{offered when the project ended}}",
    missing="offers of which it is not known whether they hold leave the share",
    small_numbers="Wilson interval; below 30 flagged imprecise",
    aggregation="sum offers, then recompute",
    source="citess; result indicator RCR 104 of Interreg 2021-2027 beside it",
    poolable=True,
    level="offer",
)
def service_survival(facts: Facts, **_: object) -> Outcome:
    """Share of services that outlive a project.

    Offers that surely held on the last day of a programme of their hub, and that hold on the day
    asked for; without a day, a year after the programme ended. An offer counts once a programme.

    Examples
    --------
    >>> found = service_survival.compute({"alive": 9, "over": 3})
    >>> found.value, round(found.interval.low, 3), round(found.interval.high, 3)
    (0.75, 0.468, 0.911)
    """
    return proportion(facts[_ALIVE], facts.known, facts.missing)


@value_metric(
    "H06",
    question="Is the association alive?",
    limits="Members who pay and members who act are not the same: see the active share.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.HIGHER,
    formula=r"\frac{\text{members who stayed}}{\text{members at the start}}",
    missing="parts whose counts are not given are not known",
    small_numbers="Wilson interval; below 30 flagged imprecise",
    aggregation="sum numerators and denominators, then divide",
    source="International Co-operative Alliance, principle 2",
    poolable=True,
    level="organisation",
)
def member_vitality(
    members: int,
    stayed: int,
    *,
    joined: int | None = None,
    active: int | None = None,
    present: int | None = None,
) -> Outcome:
    """Share of members who stay, with entry, activity and attendance.

    Over a year: ``members`` at its start, of whom ``stayed`` to its end; ``joined`` during it;
    ``active`` at least once among those at the start; ``present`` at the general assembly.
    ``parts`` holds ``entry``, ``active`` and ``attendance``, each over the members at the start.

    Raises
    ------
    ValueError
        When a count is negative, or more stayed, acted or came than there were.

    Examples
    --------
    >>> found = member_vitality(30, 27, joined=6)
    >>> found.value, round(found.interval.low, 3), round(found.interval.high, 3)
    (0.9, 0.744, 0.965)
    >>> found.parts["entry"], found.parts["active"]
    (0.2, None)
    """
    within = {"stayed": stayed, "active": active, "present": present}
    for name, n in {"members": members, "joined": joined, **within}.items():
        if n is not None and (n < 0 or (name in within and n > members)):
            msg = f"{name} is a count from 0 to {members} members, not {n!r}"
            raise ValueError(msg)
    if members == 0:
        return Outcome(reason=Undefined.ZERO_DENOMINATOR)
    parts = {"entry": joined, "active": active, "attendance": present}
    return evolve(
        proportion(stayed, members),
        parts={name: None if n is None else n / members for name, n in parts.items()},
    )


__all__ = ["member_vitality", "service_survival", "survival_past_project"]
