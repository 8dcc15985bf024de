"""Merging two edited copies of one dataset."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal, cast

from attrs import field, frozen

from citess.model.evidence import Evidence, Json, Source
from citess.model.fields import WITHHELD, field_types
from citess.model.ids import LONGEST_ID, RecordRef
from citess.model.observation import Observation
from citess.model.privacy import is_private
from citess.model.record import evolve
from citess.model.recording import content_key
from citess.model.shelves import Record, check_shelves, reference

if TYPE_CHECKING:
    from citess.model.dataset import Dataset

Side = Literal["ours", "theirs"]

_KEPT: Final = frozenset({"sources", "identifiers", "aliases"})
"""Fields of which nothing is ever lost: what either side has is kept."""

_ABSENT: Final = object()

_RANK: Final = (
    Evidence.SYNTHETIC,
    Evidence.UNVERIFIED,
    Evidence.CONFLICTING,
    Evidence.INFERRED,
    Evidence.VERIFIED,
)


@frozen(repr=False)
class Conflict:
    """A field that both sides changed, each in its way; an empty name is the record as a whole."""

    ref: RecordRef
    """Record."""

    field: str
    """Field; empty when one side took the record away."""

    ours: object
    """Value on our side; ``None`` for a record that is not there."""

    theirs: object
    """Value on their side."""

    our_record: Record | None
    """Our record as a whole, with its sources."""

    their_record: Record | None
    """Their record as a whole."""

    def __repr__(self) -> str:
        hidden = not self.field or is_private(f"{self.ref.partition(':')[0]}.{self.field}")
        ours, theirs = (WITHHELD if hidden else repr(v) for v in (self.ours, self.theirs))
        return f"Conflict({self.ref}.{self.field}: {ours} | {theirs})"


Rule = Callable[[Conflict], Side | None]
Prefer = Literal["newest", "verified"] | Rule


@frozen
class Merge:
    """What came of a merge."""

    data: "Dataset | None" = field(repr=False)
    """Merged dataset; ``None`` while conflicts are not settled."""

    conflicts: tuple[Conflict, ...]
    """Conflicts that no rule settled."""

    settled: tuple[tuple[Conflict, Side], ...] = ()
    """Conflicts that the rule settled, and for which side."""

    removed: tuple[Record, ...] = ()
    """Records that one side took away and the other left as they were."""


class _Merging:
    def __init__(self, data: tuple["Dataset", ...], prefer: Prefer | None) -> None:
        self.base, self.ours, self.theirs = (
            {reference(record): record for record in one.records()} for one in data
        )
        self.sources: dict[str, Source] = {
            str(source.id): source for one in data for source in one.sources.values()
        }
        self.rule = self._rule(prefer)
        self.merged: dict[RecordRef, Record] = {}
        self.rivals: list[Observation] = []
        self.open: list[Conflict] = []
        self.settled: list[tuple[Conflict, Side]] = []
        self.removed: list[Record] = []

    def _rule(self, prefer: Prefer | None) -> Rule:
        if prefer == "newest":
            return self._newest
        if prefer == "verified":
            return _verified
        return prefer if callable(prefer) else lambda _: None

    def _newest(self, conflict: Conflict) -> Side | None:
        return _greater(self._date(conflict.our_record), self._date(conflict.their_record))

    def _date(self, record: Record | None) -> tuple[str, str]:
        """When a record was written down and, where that is the same, its newest source."""
        written = "" if record is None or record.recorded is None else str(record.recorded)
        cited = () if record is None else record.sources
        dates = (self.sources[id_].published for id_ in cited if id_ in self.sources)
        return written, max((str(date) for date in dates if date is not None), default="")

    def records(self) -> tuple[Record, ...]:
        for ref in sorted({*self.base, *self.ours, *self.theirs}):
            base, ours, theirs = (d.get(ref) for d in (self.base, self.ours, self.theirs))
            found = self._record(ref, base, ours, theirs)
            if found is not None:
                self.merged[ref] = found
        for rival in self.rivals:
            self._stand_beside(rival)
        return tuple(self.merged.values())

    def _record(
        self, ref: RecordRef, base: Record | None, ours: Record | None, theirs: Record | None
    ) -> Record | None:
        if ours == theirs:
            return ours
        if ours is None or theirs is None:
            return self._one_sided(ref, base, ours, theirs)
        if isinstance(ours, Observation) and isinstance(theirs, Observation):
            if base in {ours, theirs}:
                return theirs if ours == base else ours
            first, second = sorted((ours, theirs), key=content_key)
            self.rivals.append(second)
            return first
        return self._fields(ref, base, ours, theirs)

    def _one_sided(
        self, ref: RecordRef, base: Record | None, ours: Record | None, theirs: Record | None
    ) -> Record | None:
        there = ours or theirs
        if base is None or isinstance(there, Source):
            return there
        if there == base:
            self.removed.append(base)
            return None
        side = self._settle(Conflict(ref, "", ours, theirs, ours, theirs))
        return theirs if side == "theirs" else ours if side == "ours" else there

    def _stand_beside(self, rival: Observation) -> None:
        """Give a figure that another stands in the place of an id of its own, once."""
        n = 1
        while self.merged.setdefault(reference(named := _beside(rival, n)), named) != named:
            n += 1

    def _fields(self, ref: RecordRef, base: Record | None, ours: Record, theirs: Record) -> Record:
        changes: dict[str, object] = {}
        for name in (*field_types(type(ours)), "extra"):
            was = None if base is None else getattr(base, name)
            mine, other = getattr(ours, name), getattr(theirs, name)
            if mine == other:
                continue
            if name in _KEPT:
                changes[name] = _kept(was or (), mine, other)
            elif base is not None and mine == was:
                changes[name] = other
            elif base is None or other != was:
                side = self._settle(Conflict(ref, name, mine, other, ours, theirs))
                changes[name] = other if side == "theirs" else mine
        return evolve(ours, **changes)

    def beside(self, data: tuple["Dataset", ...]) -> dict[str, Json]:
        """Merge what is kept of a newer format, key by key."""
        base, ours, theirs = (one.extra for one in data)
        merged: dict[str, Json] = {}
        for key in sorted({*ours, *theirs}):
            was, mine, other = (one.get(key, _ABSENT) for one in (base, ours, theirs))
            found = other if mine == was else mine
            if mine not in (was, other) and other != was:
                side = self._settle(Conflict(RecordRef("dataset"), key, mine, other, None, None))
                found = other if side == "theirs" else mine
            if found is not _ABSENT:
                merged[key] = cast("Json", found)
        return merged

    def _settle(self, conflict: Conflict) -> Side | None:
        side = self.rule(conflict)
        if side is None:
            self.open.append(conflict)
        else:
            self.settled.append((conflict, side))
        return side


def _beside(rival: Observation, n: int) -> Observation:
    """A figure under the n-th id that one beside another may have."""
    suffix = "-rival" if n == 1 else f"-rival-{n}"
    return evolve(rival, id=rival.id[: LONGEST_ID - len(suffix)].rstrip("-") + suffix)


def _kept(base: Sequence[object], ours: Sequence[object], theirs: Sequence[object]) -> object:
    """Join lists of which nothing is lost: first the known, or the side that only added to it."""
    for known, more in ((ours, theirs), (theirs, ours)):
        if known == base and {*known} <= {*more}:
            return more
    either = {*ours, *theirs}
    return (*(item for item in base if item in either), *sorted(either - {*base}, key=repr))


def _greater(ours: Any, theirs: Any) -> Side | None:
    if ours == theirs:
        return None
    return "ours" if ours > theirs else "theirs"


def _verified(conflict: Conflict) -> Side | None:
    ours, theirs = (
        -1 if record is None else _RANK.index(record.evidence)
        for record in (conflict.our_record, conflict.their_record)
    )
    return _greater(ours, theirs)


def merge(
    base: "Dataset", ours: "Dataset", theirs: "Dataset", *, prefer: Prefer | None = None
) -> Merge:
    """Merge two edited copies of a dataset, field by field, against what they began with.

    A field that one side changed takes that change. One that both changed differently is a
    conflict, for a rule to settle or for a person. Records that are sources, and the sources,
    identifiers and aliases that a record of either side names, are kept, even where one side took
    them away; other records that one side took away are gone and named. Observations that differ
    stand side by side as rivals and are no conflict.

    Parameters
    ----------
    base
        Dataset that both began with; an empty one, when they have no common past.
    ours, theirs
        Edited copies.
    prefer
        Rule for conflicts: ``"newest"`` takes the side whose record was written down last or,
        where that is the same, cites the newest source; ``"verified"`` the one with better
        evidence; a function gives ``"ours"``, ``"theirs"`` or ``None``. Without a rule, and where
        it gives ``None``, the conflict stays open.

    Raises
    ------
    IntegrityError
        When the merged records do not fit together, such as a record taken away on one side that
        the other side refers to anew.

    Examples
    --------
    >>> import citess
    >>> base = citess.datasets.tunisia()
    >>> hub = base.hubs["citess-mahdia"]
    >>> ours = base.replace(citess.evolve(hub, charter=True))
    >>> theirs = base.replace(citess.evolve(hub, mode=citess.HubMode.PHYSICAL))
    >>> merged = merge(base, ours, theirs).data.hubs["citess-mahdia"]
    >>> merged.charter, merged.mode.value
    (True, 'physical')
    """
    versions = (base, ours, theirs)
    check_shelves(*versions)
    merging = _Merging(versions, prefer)
    records, extra = merging.records(), merging.beside(versions)
    past = (*base.past, *ours.past, *theirs.past)
    data = None if merging.open else type(base)(records, extra=extra, past=past)
    return Merge(data, tuple(merging.open), tuple(merging.settled), tuple(merging.removed))
