"""Strategies for whole datasets that fit together."""

from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from citess.model import (
    Assessment,
    AwardStatus,
    Case,
    Dataset,
    JobsCount,
    LabelAward,
    LegalFormVersion,
    LegalFramework,
    Member,
    PartialDate,
    Partnership,
    PartnershipKind,
    Period,
    Record,
    Replication,
    Territory,
    evolve,
    ids,
)
from citess.model.shelves import shelf_types
from citess.testing._strategies import needed_ids, records

_LEAST: Final = {"partner": 2}
_ALWAYS: Final = frozenset({"source", "territory", "hub", "partner"})
_MOST_KINDS: Final = 8
_PARTIES: Final = ("hub", "partner", "enterprise")


@st.composite
def whole_datasets(
    draw: DrawFn, hubs: int | None = None, size: int = 2, *, connected: bool = False
) -> Dataset:
    """Strategy for datasets of records of any classes, in which every reference resolves.

    Parameters
    ----------
    draw
        Given by Hypothesis.
    hubs
        Number of hubs, 1 or more; by default up to ``size``.
    size
        Most records on each shelf, 1 or more; partners are at least two.
    connected
        Whether one agreement binds all hubs, partners and enterprises together.

    Raises
    ------
    ValueError
        When a number is below 1.

    Examples
    --------
    >>> from hypothesis.strategies import SearchStrategy
    >>> isinstance(whole_datasets(hubs=1), SearchStrategy)
    True
    """
    for name, number in (("hubs", hubs), ("size", size)):
        if number is not None and number < 1:
            msg = f"{name} must be 1 or more, not {number}"
            raise ValueError(msg)
    present = draw(_present())
    names: dict[str, list[str]] = {}
    for shelf in shelf_types():
        least = _LEAST.get(shelf.kind, 1) if shelf.kind in present else 0
        n = draw(st.integers(least, max(least, size))) if shelf.kind in present else 0
        n = hubs if shelf.kind == "hub" and hubs is not None else n
        names[shelf.kind] = [f"{shelf.kind.replace('_', '-')}-{place}" for place in range(n)]
    refs = _references(names)
    made: list[Record] = []
    for shelf in shelf_types():
        for place, id_ in enumerate(names[shelf.kind]):
            record = evolve(draw(records(shelf.record, refs)), id=id_)
            made.append(_settled(record, place, names[shelf.kind][:place]))
    if connected:
        parties = [id_ for kind in _PARTIES for id_ in names[kind]]
        made.append(
            Partnership(
                id=ids.PartnershipId("everybody"),
                kind=draw(st.sampled_from(PartnershipKind)),
                members=tuple(Member(party=ids.PartyId(id_)) for id_ in parties),
            )
        )
    return Dataset(made)


def _settled(record: Record, place: int, earlier: list[str]) -> Record:
    """Make a record fit those of other classes: no circle, no overlap, nothing before intake."""
    changes: dict[str, object] = {}
    if isinstance(record, Territory):
        changes["parents"] = tuple(up for up in record.parents if up.territory in earlier)
    elif isinstance(record, Case):
        changes["opened"] = PartialDate("0001")
    elif isinstance(record, LegalFramework) and record.adopted is not None:
        changes["adopted"] = PartialDate("0001")
    elif isinstance(record, JobsCount):
        changes["on"] = PartialDate(f"{2001 + place}")
    elif isinstance(record, LegalFormVersion):
        changes["period"] = Period.of(f"{2001 + place}", f"{2002 + place}")
    elif isinstance(record, Replication):
        changes["copy"] = None
    elif isinstance(record, LabelAward) and record.status is AwardStatus.AWARDED:
        changes["status"] = AwardStatus.REQUESTED
    elif isinstance(record, Assessment):
        changes["findings"] = ()
    return evolve(record, **changes)


@st.composite
def _present(draw: DrawFn) -> frozenset[str]:
    """Kinds of records that are there: some, and those that they cannot be without."""
    kinds = sorted(shelf.kind for shelf in shelf_types())
    present = set(draw(st.sets(st.sampled_from(kinds), max_size=_MOST_KINDS))) | _ALWAYS
    by_id = {shelf.id_type: shelf.kind for shelf in shelf_types()}
    waiting = [shelf.record for shelf in shelf_types() if shelf.kind in present]
    records_ = {shelf.kind: shelf.record for shelf in shelf_types()}
    while waiting:
        needed = {by_id[id_] for id_ in needed_ids(waiting.pop()) if id_ in by_id} - present
        present |= needed
        waiting += [records_[kind] for kind in needed]
    return frozenset(present)


def _references(names: dict[str, list[str]]) -> dict[object, SearchStrategy[str]]:
    refs: dict[object, SearchStrategy[str]] = {
        shelf.id_type: st.sampled_from(names[shelf.kind]) if names[shelf.kind] else st.nothing()
        for shelf in shelf_types()
    }
    parties = [id_ for kind in _PARTIES for id_ in names[kind]]
    everything = [f"{kind}:{id_}" for kind, found in names.items() for id_ in found]
    return {
        **refs,
        ids.PartyId: st.sampled_from(parties),
        ids.RecordRef: st.sampled_from(everything),
    }
