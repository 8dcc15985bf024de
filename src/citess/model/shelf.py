"""One shelf of a dataset: the records of one class by id."""

from collections.abc import Collection, ItemsView, Iterator, Mapping, ValuesView
from typing import TypeVar, cast

from citess.errors import UnknownIdError, suggest

K = TypeVar("K", bound=str)
V = TypeVar("V", covariant=True)


class Shelf(Mapping[K, V]):
    """Records of one class by id, sorted by id, read-only.

    Raises
    ------
    UnknownIdError
        When a record is asked for by an id that no record has.

    Examples
    --------
    >>> import citess
    >>> data = citess.datasets.tunisia()
    >>> data.hubs["citess-mahdi"]
    Traceback (most recent call last):
    ...
    citess.errors._exceptions.UnknownIdError: no hub has the id 'citess-mahdi'; \
did you mean 'citess-mahdia'?
    """

    __slots__ = ("_by_id", "_hash", "kind")
    kind: str
    """Kind of its records, as references name it: ``"hub"``."""

    def __init__(self, kind: str, by_id: Mapping[K, V]) -> None:
        self.kind = kind
        order = sorted(by_id)
        in_order = order == list(by_id)
        self._by_id = dict(by_id) if in_order else {id_: by_id[id_] for id_ in order}
        self._hash: int | None = None

    def without(self, ids: Collection[str]) -> "Shelf[K, V]":
        """Return the shelf without the records of some ids; itself when there are none."""
        if not ids:
            return self
        left = {id_: record for id_, record in self._by_id.items() if id_ not in ids}
        return Shelf(self.kind, left)

    def __getitem__(self, id: K) -> V:  # noqa: A002  (the word of the field)
        try:
            return self._by_id[id]
        except (KeyError, TypeError):
            known = suggest(str(id), self._by_id)
            raise UnknownIdError(self.kind, str(id), known) from None

    def __iter__(self) -> Iterator[K]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)

    def __contains__(self, id: object) -> bool:  # noqa: A002  (the word of the field)
        return id in self._by_id

    def values(self) -> ValuesView[V]:
        """Records, sorted by id."""
        return self._by_id.values()

    def items(self) -> ItemsView[K, V]:
        """Pairs of id and record, sorted by id."""
        return self._by_id.items()

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Shelf):
            return self._by_id == cast("Shelf[str, object]", other)._by_id
        return NotImplemented

    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = hash((self.kind, tuple(self._by_id.values())))
        return self._hash

    def __repr__(self) -> str:
        shown = ", ".join(map(repr, list(self._by_id)[:3]))
        return f"Shelf({self.kind!r}, {len(self)}: {shown}{', ...' if len(self) > 3 else ''})"  # noqa: PLR2004  (the three shown)

    def __reduce__(self) -> tuple[type, tuple[str, dict[K, V]]]:
        return type(self), (self.kind, self._by_id)
