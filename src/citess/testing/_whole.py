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
        Most records on each shelf, 2 or more.

    Examples
    --------
    >>> from hypothesis.strategies import SearchStrategy
    >>> isinstance(whole_datasets(hubs=1), SearchStrategy)
    True
    """
    names: dict[str, list[str]] = {}
    for shelf in shelf_types():
        least = _LEAST.get(shelf.kind, 1)
        n = draw(st.integers(least, max(least, size)))
        n = hubs if shelf.kind == "hub" and hubs is not None else n
        names[shelf.kind] = [f"{shelf.kind.replace('_', '-')}-{place}" for place in range(n)]
    refs = _references(names)
    made: list[Record] = []
    for shelf in shelf_types():
        for id_ in names[shelf.kind]:
            record = draw(records(shelf.record, refs))
            parents = {"parents": ()} if isinstance(record, Territory) else {}
            made.append(evolve(record, id=id_, **parents))
    return Dataset(made)


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
