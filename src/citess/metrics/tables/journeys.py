"""Tables of what became of each case: its path, its wait, its needs, its steps, its services."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final

from attrs import frozen

from citess.metrics.tables._table import Table, attribute
from citess.metrics.tables.support import CASES, of_case
from citess.model import (
    ApplicationStatus,
    Case,
    Closure,
    Dataset,
    PartialDate,
    SupportSession,
    Survival,
)
from citess.model.ids import CaseId, ServiceId

SERVED: Final = "served"
OPEN: Final = "open"
_GRANTED: Final = frozenset(
    {
        ApplicationStatus.GRANTED,
        ApplicationStatus.DISBURSED,
        ApplicationStatus.REPAID,
        ApplicationStatus.DEFAULTED,
    }
)


@frozen(kw_only=True)
class CaseRow:
    """Something found of a case."""

    id: str
    """Case."""

    case: CaseId
    """Case again, by which its columns are found."""

    on: PartialDate
    """Day by which it is asked for."""

    what: str | None = None
    """What was found."""

    first: str | None = None
    """Of what, where that needs a name."""

    second: str | None = None
    """And of what else."""

    served: PartialDate | None = None
    """Day of the first service."""

    closed: PartialDate | None = None
    """Day of closure."""

    sources: tuple[str, ...] = ()
    """Sources that the case cites."""

    @property
    def requested(self) -> PartialDate:
        """Day of intake, from which a wait runs."""
        return self.on


def row_of(
    case: Case,
    what: str | None = None,
    first: str | None = None,
    second: str | None = None,
    *,
    on: PartialDate | None = None,
) -> CaseRow:
    """Row of a case."""
    return CaseRow(
        id=case.id,
        case=case.id,
        on=on or case.opened,
        what=what,
        first=first,
        second=second,
        sources=case.sources,
    )


PEOPLE: Final = {
    name: of_case(name, column.meaning)
    for name, column in CASES.columns.items()
    if column.dimension or name == "client"
}
"""Columns of the case that a row is about."""


def sessions_by_case(data: Dataset) -> dict[CaseId, list[SupportSession]]:
    """Sessions of each case, in order of time."""
    found: defaultdict[CaseId, list[SupportSession]] = defaultdict(list)
    for session in sorted(data.support_sessions.values(), key=lambda one: (one.on, one.id)):
        for case in session.cases:
            found[case].append(session)
    return dict(found)


def names_of(data: Dataset, service: ServiceId) -> tuple[str, str]:
    """A service by its id and by its kind."""
    return service, data.services[service].kind


def journeys(
    data: Dataset,
    sequence: Sequence[str] | None = None,
    limit: float | None = None,
    settled: Callable[[Case], bool] = lambda case: case.closed is not None,
) -> Iterator[CaseRow]:
    """Cases by whether the services they need were given in order, each within a limit of days."""
    plans: dict[CaseId, tuple[str, ...]] = {}
    for plan in sorted(data.plans.values(), key=lambda one: (one.on, one.id)):
        plans[plan.case] = tuple(step.service for step in plan.services)
    sessions = sessions_by_case(data)
    for case in data.cases.values():
        steps = plans.get(case.id) if sequence is None else sequence
        if not steps:
            yield row_of(case)
            continue
        given = [(one.on, names_of(data, one.service)) for one in sessions.get(case.id, ())]
        complete = _complete(case.opened, steps, given, limit)
        if settled(case):
            yield row_of(case, {True: "complete", False: "broken", None: None}[complete])
        else:
            yield row_of(case, "open-complete" if complete else OPEN)


def _complete(
    opened: PartialDate,
    steps: Sequence[str],
    given: Sequence[tuple[PartialDate, tuple[str, str]]],
    limit: float | None,
) -> bool | None:
    """Whether a path was walked in order and in time; ``None`` where dates are too coarse."""
    if _walked(opened, steps, given, limit, surely=True):
        return True
    return None if _walked(opened, steps, given, limit, surely=False) else False


def _walked(
    opened: PartialDate,
    steps: Sequence[str],
    given: Sequence[tuple[PartialDate, tuple[str, str]]],
    limit: float | None,
    *,
    surely: bool,
) -> bool:
    """Follow every way through the services given, step by step, each given once.

    Of a way, only where it is and what it may take again matter: services of the same day that a
    later step asks for.
    """
    reached = {(opened, frozenset[int]())}
    for number, step in enumerate(steps, 1):
        again = {
            place for place, (_, names) in enumerate(given) if {*names}.intersection(steps[number:])
        }
        reached = {
            (
                day,
                frozenset(
                    one for one in {*used, place} & again if given[one][0].latest >= day.earliest
                ),
            )
            for place, (day, names) in enumerate(given)
            if step in names
            for since, used in reached
            if place not in used and _follows(since, day, limit, surely=surely)
        }
    return bool(reached)


def _follows(before: PartialDate, after: PartialDate, limit: float | None, *, surely: bool) -> bool:
    least = (after.earliest - before.latest).days
    most = (after.latest - before.earliest).days
    low, high = (least, most) if surely else (most, least)
    return low >= 0 and (limit is None or high <= limit)


JOURNEYS: Final = Table(
    name="journeys",
    rows=journeys,
    flow="on",
    columns={
        "id": attribute("id", meaning="case"),
        "on": attribute("on", kind="date", meaning="day of intake"),
        "state": attribute(
            "what", meaning="complete, broken, open, open-complete; nothing where not known"
        ),
        **PEOPLE,
    },
)
"""One row a case: whether the services it needs were given in order."""


def waits(data: Dataset) -> Iterator[CaseRow]:
    """Cases with the day of intake and that of the first service."""
    sessions = sessions_by_case(data)
    for case in data.cases.values():
        first = next(iter(sessions.get(case.id, ())), None)
        yield CaseRow(
            id=case.id,
            case=case.id,
            on=case.opened,
            served=None if first is None else first.on,
            closed=case.closed,
            sources=case.sources,
        )


WAITS: Final = Table(
    name="waits",
    rows=waits,
    flow="requested",
    columns={
        "id": attribute("id", meaning="case"),
        "requested": attribute("requested", kind="date", meaning="day of intake"),
        "served": attribute("served", kind="date", meaning="day of the first service"),
        "closed": attribute("closed", kind="date", meaning="day of closure"),
        **PEOPLE,
    },
)
"""One row a case: from intake to the first service."""


def demands(data: Dataset) -> Iterator[CaseRow]:
    """Needs that a diagnosis found, by whether a service of that kind followed."""
    served = _served_kinds(data)
    first: dict[CaseId, PartialDate] = {}
    found: set[tuple[CaseId, str]] = set()
    for diagnosis in sorted(data.diagnoses.values(), key=lambda one: (one.on, one.id)):
        case = data.cases[diagnosis.case]
        if first.setdefault(case.id, diagnosis.on) != diagnosis.on:
            continue
        for need in diagnosis.needs:
            if need.score > 0 and (case.id, need.domain) not in found:
                found.add((case.id, need.domain))
                days = served.get((case.id, need.domain), ())
                after = any(day.latest >= diagnosis.on.earliest for day in days)
                state = SERVED if after else OPEN if case.closed is None else "unserved"
                yield row_of(case, state, need.domain, on=diagnosis.on)


def _served_kinds(data: Dataset) -> dict[tuple[CaseId, str], list[PartialDate]]:
    """Days on which a service of a kind was given in a case, here or where it was referred."""
    found: defaultdict[tuple[CaseId, str], list[PartialDate]] = defaultdict(list)
    for session in data.support_sessions.values():
        for case in session.cases:
            found[case, data.services[session.service].kind].append(session.on)
    for referral in data.referrals.values():
        if referral.served is not None and referral.service is not None:
            found[referral.case, data.services[referral.service].kind].append(referral.served)
    return dict(found)


DEMANDS: Final = Table(
    name="demands",
    rows=demands,
    flow="on",
    columns={
        "id": attribute("id", meaning="case"),
        "on": attribute("on", kind="date", meaning="day of the diagnosis"),
        "state": attribute("what", meaning="served, unserved, or open"),
        "kind": attribute("first", meaning="kind of service needed"),
        **PEOPLE,
    },
)
"""One row for each kind of service that the first diagnosis of a case found a need of."""


STEPS: Final = ("intake", "diagnosis", "plan", "support", "application", "financed")
"""Steps of the way through a hub, in order."""


def steps(data: Dataset) -> Iterator[CaseRow]:
    """Steps that each case reached; who reached a later step has passed the earlier ones."""
    reached: list[set[CaseId]] = [
        set(data.cases),
        {one.case for one in data.diagnoses.values()},
        {one.case for one in data.plans.values()},
        {case for one in data.support_sessions.values() for case in one.cases},
        {one.case for one in data.finance_applications.values() if one.case is not None},
        {
            one.case
            for one in data.finance_applications.values()
            if one.case is not None and one.status in _GRANTED
        }
        | {case.id for case in data.cases.values() if case.closure is Closure.FINANCED},
    ]
    for case in data.cases.values():
        last = max(place for place, cases in enumerate(reached) if case.id in cases)
        for step in STEPS[: last + 1]:
            yield row_of(case, step)


CASE_STEPS: Final = Table(
    name="case_steps",
    rows=steps,
    flow="on",
    columns={
        "id": attribute("id", meaning="case"),
        "on": attribute("on", kind="date", meaning="day of intake"),
        "step": attribute("what", meaning="step that it reached"),
        **PEOPLE,
    },
)
"""One row for each step that a case reached."""


def uses(data: Dataset) -> Iterator[CaseRow]:
    """Cases served, the kinds of service each used, and each two of them."""
    for id_, sessions in sessions_by_case(data).items():
        case = data.cases[id_]
        kinds = sorted({data.services[one.service].kind for one in sessions})
        yield row_of(case, "clients")
        for kind in kinds:
            yield row_of(case, "uses", kind)
        for first, second in combinations(kinds, 2):
            yield row_of(case, "both", first, second)


USES: Final = Table(
    name="uses",
    rows=uses,
    flow="on",
    columns={
        "id": attribute("id", meaning="case"),
        "on": attribute("on", kind="date", meaning="day of intake"),
        "what": attribute("what", meaning="clients (one row a case served), uses or both"),
        "first": attribute("first", meaning="kind of service used"),
        "second": attribute("second", meaning="kind of service used too, after it by name"),
        **PEOPLE,
    },
)
"""Rows for each case served, each kind of service it used, and each two of them."""


def service_arms(
    data: Dataset,
    first: str | None = None,
    second: str | None = None,
    outcome: Iterable[str] = (Closure.CREATED,),
    months: int = 12,
) -> Iterator[CaseRow]:
    """Cases by which of two services they used, and by whether the outcome was reached."""
    sessions = sessions_by_case(data)
    wanted = frozenset(map(str, outcome))
    by_follow_up = bool(wanted & {str(one) for one in Survival})
    follow_ups = sorted(data.follow_ups.values(), key=lambda one: (one.on, one.id))
    followed = {one.case: one.survival for one in follow_ups if one.months == months}
    for case in data.cases.values():
        names = {name for one in sessions.get(case.id, ()) for name in names_of(data, one.service)}
        reached = _survived(followed.get(case.id), wanted) if by_follow_up else _ended(case, wanted)
        arm = None if first is None or second is None else _arm(first in names, second in names)
        yield row_of(case, arm, reached)


def _arm(first: bool, second: bool) -> str:  # noqa: FBT001  (which of the two was used)
    if first and second:
        return "both"
    return "first" if first else "second" if second else "neither"


def _ended(case: Case, wanted: frozenset[str]) -> str | None:
    if case.closure is None or case.closure is Closure.LOST_CONTACT:
        return None
    return "yes" if case.closure in wanted else "no"


def _survived(survival: Survival | None, wanted: frozenset[str]) -> str | None:
    if survival is None or survival is Survival.LOST:
        return None
    return "yes" if survival in wanted else "no"


SERVICE_ARMS: Final = Table(
    name="service_arms",
    rows=service_arms,
    flow="on",
    columns={
        "id": attribute("id", meaning="case"),
        "on": attribute("on", kind="date", meaning="day of intake"),
        "arm": attribute(
            "what", meaning="which of two services it used: both, first, second, none"
        ),
        "outcome": attribute("first", meaning="whether the outcome was reached: yes or no"),
        **PEOPLE,
    },
)
"""One row a case: which of two services it used, and whether the outcome was reached."""
