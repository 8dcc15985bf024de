"""Which rows the tables of HSDS allow: the others are left out, and counted."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Final, cast

from citess.io._travel import Losses
from citess.io.hsds._standard import fields_of, file_name
from citess.io.hsds._tables import Row, cell_fault, is_unique

_WHOLE: Final = frozenset({"location", "taxonomy_term"})
"""Objects that are whole without those they name."""


class Sieve:
    """Lets pass the rows that their tables allow, each once.

    Parameters
    ----------
    losses
        The loss report in the making.
    """

    def __init__(self, losses: Losses) -> None:
        self._losses = losses
        self._there: dict[str, set[object]] = defaultdict(set)
        self._values: set[tuple[str, str, object]] = set()
        self._lacking: Counter[tuple[str, str]] = Counter()

    def passed(self, given: Iterable[tuple[str, Row]]) -> Iterator[tuple[str, Row]]:
        """Give the rows that pass; rows that name others wait until those are there."""
        waiting: list[tuple[str, Row]] = []
        for entity, row in given:
            if self._is_early(entity, row):
                waiting.append((entity, row))
            else:
                yield from self._one(entity, row)
        while waiting:
            ready = [one for one in waiting if not self._is_early(*one)] or waiting
            for entity, row in ready:
                yield from self._one(entity, row)
            waiting = [one for one in waiting if one not in ready]
        for (entity, name), count in self._lacking.items():
            self._losses.lacks(f"{file_name(entity)}.csv", name, count)

    def _is_early(self, entity: str, row: Row) -> bool:
        return any(
            row.get(field.name) not in self._there[field.target]
            for field in fields_of(entity).values()
            if field.target and isinstance(row.get(field.name), str)
        )

    def _one(self, entity: str, row: Row) -> Iterator[tuple[str, Row]]:
        id_ = row.get("id")
        if isinstance(id_, str) and id_ in self._there[entity]:
            return
        kept = {name: value for name, value in row.items() if self._is_fit(entity, name, value)}
        if entity not in _WHOLE and (name := self._orphaned(entity, row, kept)):
            self._lacking[entity, name] += 1
            return
        for name, field in fields_of(entity).items():
            unfit = field.required_in_tables and kept.get(name, "") == ""
            if unfit or (entity, name, kept.get(name)) in self._values:
                self._lacking[entity, name] += 1
                return
        for name, value in kept.items():
            if is_unique(entity, name):
                self._values.add((entity, name, value))
        self._there[entity].add(cast("str", id_))
        for name in row:
            if name not in kept and row[name] is not None:
                self._losses.lost(f"{file_name(entity)}.csv.{name}")
        yield entity, kept

    @staticmethod
    def _orphaned(entity: str, row: Row, kept: Row) -> str | None:
        """Column by which a row named what it is a part of, when no such row is there."""
        keys = [name for name, field in fields_of(entity).items() if field.target and row.get(name)]
        return keys[0] if keys and not any(name in kept for name in keys) else None

    def _is_fit(self, entity: str, name: str, value: object) -> bool:
        field = fields_of(entity)[name]
        if value is None or cell_fault(entity, field, value) is not None:
            return False
        return field.target is None or value in self._there[field.target]
