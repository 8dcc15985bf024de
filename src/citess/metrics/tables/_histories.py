"""Histories: all that is recorded of one project or enterprise, put in order of time."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Final, Protocol, cast

from attrs import frozen

from citess.metrics.tables._table import age_text
from citess.model import (
    Case,
    Closure,
    Dataset,
    Enterprise,
    FollowUp,
    Formality,
    JobsCount,
    JobsKind,
    PartialDate,
    Stage,
    StageEntry,
    Survival,
)
from citess.model.enterprise import PROJECT_STAGES

BORN: Final = frozenset({Stage.CREATION, Stage.START_UP})
"""Stages whose first entry is taken for the day of creation."""

MATURE: Final = frozenset({Stage.CONSOLIDATION, Stage.GROWTH, Stage.SCALE, Stage.TRANSFORMATION})
"""Stages of an enterprise that stands on its own."""

_ALIVE: Final = frozenset({Survival.ACTIVE, Survival.DORMANT})


def day_of(found: PartialDate) -> date:
    """Day taken for a partial date: the middle of the days that it may be.

    Examples
    --------
    >>> day_of(PartialDate("2022-03"))
    datetime.date(2022, 3, 16)
    """
    first, last = found.earliest.toordinal(), found.latest.toordinal()
    return date.fromordinal((first + last) // 2)


@frozen(kw_only=True, slots=False, eq=False)
class History:
    """One project or enterprise: its stages, cases, follow-ups, and when it was seen last."""

    id: str
    """Enterprise, or case where there is none."""

    enterprise: Enterprise | None = None
    """The enterprise itself."""

    cases: tuple[Case, ...] = ()
    """Cases about it."""

    follow_ups: tuple[FollowUp, ...] = ()
    """Follow-ups of its cases."""

    counts: tuple[JobsCount, ...] = ()
    """Counts of its jobs."""

    sessions: tuple[PartialDate, ...] = ()
    """Days of its sessions."""

    sources: tuple[str, ...] = ()
    """Sources cited."""

    @cached_property
    def stages(self) -> tuple[StageEntry, ...]:
        """Dated entries into stages, of the enterprise and its cases, in order of time."""
        given = [] if self.enterprise is None else list(self.enterprise.stages)
        given += [entry for case in self.cases for entry in case.stages]
        dated = {
            (day_of(entry.since), place): entry
            for place, entry in enumerate(given)
            if entry.since is not None
        }
        return tuple(dated[key] for key in sorted(dated))

    @cached_property
    def entered(self) -> PartialDate | None:
        """Day of intake at the first hub."""
        opened = [case.opened for case in self.cases]
        return min(opened, key=day_of) if opened else None

    @cached_property
    def registered(self) -> PartialDate | None:
        """Day of creation: of the first entry into creation or start-up."""
        for entry in self.stages:
            if entry.stage in BORN:
                return entry.since
            if entry.stage not in PROJECT_STAGES:
                return None
        return None

    @cached_property
    def last_alive(self) -> date | None:
        """Last day on which something shows that it was there."""
        days = [
            day_of(entry.since)
            for entry in self.stages
            if entry.since is not None and entry.stage is not Stage.CLOSED
        ]
        days += [day_of(one.on) for one in self.follow_ups if one.survival in _ALIVE]
        days += [
            day_of(one.on)
            for one in self.counts
            if one.kind is JobsKind.EXISTING and (one.heads or one.fte)
        ]
        days += [day_of(case.opened) for case in self.cases]
        days += [day_of(on) for on in self.sessions]
        return max(days, default=None)

    @cached_property
    def closed(self) -> date | None:
        """Day of closure; a closure that later facts contradict is none."""
        days = [
            day_of(entry.since)
            for entry in self.stages
            if entry.since is not None and entry.stage is Stage.CLOSED
        ]
        days += [day_of(one.on) for one in self.follow_ups if one.survival is Survival.CLOSED]
        alive = self.last_alive
        after = [day for day in days if alive is None or day >= alive]
        return min(after, default=None)

    @cached_property
    def is_lost(self) -> bool:
        """Whether the last follow-up could not find it: that is no closure."""
        last = max(self.follow_ups, key=lambda one: day_of(one.on), default=None)
        return self.closed is None and last is not None and last.survival is Survival.LOST

    @property
    def last_seen(self) -> date | None:
        """Last day of which anything is known."""
        return self.closed or self.last_alive

    def since(self, start: PartialDate | None, end: date | None) -> int | None:
        """Days between; ``None`` when not known or in the wrong order."""
        if start is None or end is None:
            return None
        days = (end - day_of(start)).days
        return days if days >= 0 else None

    @property
    def created_on(self) -> date | None:
        """Day taken for that of creation."""
        return None if self.registered is None else day_of(self.registered)

    @property
    def seen_on(self) -> date | None:
        """Last day on which it was seen alive, if that is not before its creation."""
        start, last = self.created_on, self.last_alive
        return None if start is None or last is None else max(start, last)

    @property
    def closed_on(self) -> date | None:
        """Day of closure, if it comes after creation."""
        start = self.created_on
        return None if start is None or self.closed is None else max(start, self.closed)

    @property
    def outcome(self) -> str | None:
        """What is known of its life: ``"closed"``, ``"lost"``, ``"going"``."""
        if self.created_on is None:
            return None
        if self.closed is not None:
            return "closed"
        return "lost" if self.is_lost else "going"

    @property
    def entered_after(self) -> int:
        """Days from creation until a hub first saw it: before, none could have seen it close."""
        return (
            self.since(self.registered, None if self.entered is None else day_of(self.entered)) or 0
        )

    @property
    def was_enterprise(self) -> bool:
        """Whether anything says that it was ever more than a project."""
        known = [] if self.enterprise is None else list(self.enterprise.stages)
        known += [entry for case in self.cases for entry in case.stages]
        return not known or any(entry.stage not in PROJECT_STAGES for entry in known)

    @cached_property
    def start(self) -> str | None:
        """Whether it was a project, an enterprise or one that stood on its own at intake."""
        if self.entered is None:
            return None
        day = day_of(self.entered)
        before = [
            entry.stage
            for entry in self.stages
            if entry.since is not None and day_of(entry.since) <= day
        ]
        noted = before[-1:] or [entry.stage for case in self.cases for entry in case.stages][:1]
        if not noted or noted[0] is Stage.CLOSED:
            return None
        if noted[0] in MATURE:
            return "mature"
        return "project" if noted[0] in PROJECT_STAGES else "enterprise"

    @cached_property
    def created_after(self) -> int | None:
        """Days from intake to creation."""
        made = [
            case.closed
            for case in self.cases
            if case.closed is not None and case.closure is Closure.CREATED
        ]
        made += [
            entry.since
            for entry in self.stages
            if entry.since is not None and entry.stage in BORN | MATURE
        ]
        return self._first(made)

    @cached_property
    def matured_after(self) -> int | None:
        """Days from intake to the first stage in which it stands on its own."""
        return self._first(
            [
                entry.since
                for entry in self.stages
                if entry.since is not None and entry.stage in MATURE
            ]
        )

    def _first(self, dates: list[PartialDate]) -> int | None:
        days = [self.since(self.entered, day_of(found)) for found in dates]
        return min((day for day in days if day is not None), default=None)

    @property
    def seen_for(self) -> int | None:
        """Days from intake to when it was last seen."""
        return self.since(self.entered, self.last_seen)

    @cached_property
    def statements(self) -> tuple[tuple[date, Formality], ...]:
        """What follow-ups say of its being registered, in order of time."""
        said = [
            (day_of(one.on), one.formality) for one in self.follow_ups if one.formality is not None
        ]
        return tuple(sorted(said))

    @property
    def hubs(self) -> tuple[str, ...]:
        """Hubs that accompany it."""
        own = [] if self.enterprise is None else [self.enterprise.hub]
        return _named(*own, *(case.hub for case in self.cases))

    @property
    def programmes(self) -> tuple[str, ...]:
        """Programmes under which it is accompanied."""
        return _named(*(case.programme for case in self.cases))

    @property
    def sexes(self) -> tuple[str, ...]:
        """Sex of its clients, as far as it is known."""
        return _named(*(None if case.sex is None else str(case.sex) for case in self.cases))

    @property
    def age_bands(self) -> tuple[str, ...]:
        """Ages of its clients at intake, as far as they are known."""
        return _named(*(age_text(case.age_band) for case in self.cases))

    @property
    def territories(self) -> tuple[str, ...]:
        """Seat of the enterprise, or where its clients live."""
        if self.enterprise is not None and self.enterprise.territories:
            return (self.enterprise.territories[0],)
        return _named(*(case.territory for case in self.cases))


def _named(*ids: str | None) -> tuple[str, ...]:
    return tuple(sorted({id_ for id_ in ids if id_ is not None}))


def histories(data: Dataset) -> Iterator[History]:
    """Histories of all projects and enterprises: of each enterprise, and of cases without one."""
    cases = defaultdict[str, list[Case]](list)
    for case in data.cases.values():
        cases[case.enterprise or ""].append(case)
    follow_ups = defaultdict[str, list[FollowUp]](list)
    for one in data.follow_ups.values():
        follow_ups[one.case].append(one)
    counts = defaultdict[str, list[JobsCount]](list)
    for count in data.jobs_counts.values():
        counts[count.enterprise].append(count)
    sessions = defaultdict[str, list[PartialDate]](list)
    for session in data.support_sessions.values():
        for case_id in session.cases:
            sessions[case_id].append(session.on)

    def history(id_: str, enterprise: Enterprise | None, own: list[Case]) -> History:
        found = [one for case in own for one in follow_ups.get(case.id, ())]
        jobs = counts.get(id_, [])
        told = [] if enterprise is None else [enterprise]
        cited = {source for one in (*told, *own, *found, *jobs) for source in one.sources}
        return History(
            id=id_,
            enterprise=enterprise,
            cases=tuple(own),
            follow_ups=tuple(found),
            counts=tuple(jobs),
            sessions=tuple(on for case in own for on in sessions.get(case.id, ())),
            sources=tuple(sorted(cited)),
        )

    for enterprise in data.enterprises.values():
        yield history(enterprise.id, enterprise, cases.get(enterprise.id, []))
    for case in cases.get("", ()):
        yield history(case.id, None, [case])


def history_of(row: object) -> History:
    """The row of a table of histories."""
    return cast("History", row)


def known_histories(data: Dataset) -> list[History]:
    """Histories of the enterprises of a dataset, in order of their ids."""
    found = [one for one in histories(data) if one.enterprise is not None]
    return sorted(found, key=lambda one: one.id)


class OfHistory(Protocol):
    """A row of a table that belongs to a history."""

    history: History
    """Whose it is."""


def whose(row: object) -> History:
    """History that a row belongs to."""
    return cast("OfHistory", row).history
