"""Strategies for whole datasets that fit together."""

from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from citess.model import Dataset, Record, Territory, evolve, ids
from citess.model.shelves import shelf_types
from citess.testing._strategies import records

_LEAST: Final = {"partner": 2, "implementing_text": 0, "observation": 0, "service_offer": 0}
_PARTIES: Final = ("hub", "partner", "enterprise")


@st.composite
def whole_datasets(draw: DrawFn, hubs: int | None = None, size: int = 2) -> Dataset:
    """Strategy for datasets of every class, in which every reference resolves.

    Parameters
    ----------
    draw
        Given by Hypothesis.
    hubs
        Number of hubs, 1 or more; by default up to ``size``.
    size
        Most records on each shelf, 1 or more; partners are at least two.

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
    names: dict[str, list[str]] = {}
    for shelf in shelf_types():
        least = _LEAST.get(shelf.kind, 1)
        n = draw(st.integers(least, max(least, size)))
        n = hubs if shelf.kind == "hub" and hubs is not None else n
        names[shelf.kind] = [f"{shelf.kind.replace('_', '-')}-{place}" for place in range(n)]
    refs = _references(names)
    made: list[Record] = []
    for shelf in shelf_types():
        for place, id_ in enumerate(names[shelf.kind]):
            record = evolve(draw(records(shelf.record, refs)), id=id_)
            if isinstance(record, Territory):
                record = _without_circle(record, names[shelf.kind][:place])
            made.append(record)
    return Dataset(made)


def _without_circle(territory: Territory, earlier: list[str]) -> Territory:
    parents = tuple(parent for parent in territory.parents if parent.territory in earlier)
    return evolve(territory, parents=parents)


def _references(names: dict[str, list[str]]) -> dict[object, SearchStrategy[str]]:
    refs: dict[object, SearchStrategy[str]] = {
        shelf.id_type: st.sampled_from(names[shelf.kind])
        for shelf in shelf_types()
        if names[shelf.kind]
    }
    parties = [id_ for kind in _PARTIES for id_ in names[kind]]
    everything = [f"{kind}:{id_}" for kind, found in names.items() for id_ in found]
    return {
        **refs,
        ids.PartyId: st.sampled_from(parties),
        ids.RecordRef: st.sampled_from(everything),
    }
