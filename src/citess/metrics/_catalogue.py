"""The catalogue: every metric by its id."""

from collections.abc import Iterator, Mapping
from typing import Final

from citess.errors import UnknownIdError, suggest
from citess.metrics._definition import Defined


class Catalogue(Mapping[str, Defined]):
    """Metrics by id, in order of their ids.

    An installed package adds its own by an entry point of the group ``citess.metrics``, named by
    the id of the metric, whose object is what ``@metric`` made.
    """

    __slots__ = ("_asked", "_metrics")

    def __init__(self) -> None:
        self._metrics: dict[str, Defined] = {}
        self._asked = False

    def _all(self) -> dict[str, Defined]:
        """Metrics defined so far, and those of installed packages, which are looked for once."""
        if not self._asked:
            self._asked = True
            from importlib.metadata import entry_points  # noqa: PLC0415  (needed at first look)

            for entry in entry_points(group="citess.metrics"):
                found: object = entry.load()
                if not isinstance(found, Defined):
                    msg = f"{entry.value} must be a metric of citess, not {found!r}"
                    raise TypeError(msg)
                if self._metrics.get(found.id) is not found:
                    self.add(found)
        return self._metrics

    def add(self, metric: Defined) -> None:
        """Register a metric.

        Raises
        ------
        ValueError
            When its id or name is taken.
        """
        names = {known.name for known in self._metrics.values()}
        if metric.id in self._metrics or metric.name in names:
            msg = f"the metric {metric.id} {metric.name} is defined twice"
            raise ValueError(msg)
        self._metrics[metric.id] = metric

    def taking(self, kind: str) -> "tuple[Defined, ...]":
        """Metrics that are called on ``"records"``, ``"values"`` or a ``"graph"``, by id."""
        return tuple(metric for metric in self.values() if metric.takes == kind)

    def named(self, name: str) -> Defined:
        """Metric of a name.

        Raises
        ------
        UnknownIdError
            When no metric has that name.
        """
        by_name = {metric.name: metric for metric in self._all().values()}
        if name not in by_name:
            raise UnknownIdError("metric", name, suggest(name, by_name))
        return by_name[name]

    def __getitem__(self, id: str) -> Defined:  # noqa: A002  (the word of the field)
        if id not in self._all():
            raise UnknownIdError("metric", id, suggest(id, self._all()))
        return self._all()[id]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._all()))

    def __len__(self) -> int:
        return len(self._all())

    def __repr__(self) -> str:
        return f"<catalogue of {len(self)} metrics>"


catalogue: Final = Catalogue()
"""Every metric of citess, by id."""


def by_id(id_: str) -> Defined:
    """Metric of an id: how metrics are unpickled."""
    return catalogue[id_]
