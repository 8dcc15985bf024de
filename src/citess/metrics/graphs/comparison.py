"""What if somebody left, or a tie were added: the network before and after, side by side."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, cast

from attrs import frozen

from citess.errors import UnknownIdError, suggest
from citess.metrics._catalogue import catalogue
from citess.metrics._graph_metric import GraphMetric, graph_of
from citess.metrics._measure import Measure, shown
from citess.metrics._texts import CATALOGUE
from citess.model import Dataset, DateLike
from citess.network._arguments import listed

if TYPE_CHECKING:
    import networkx as nx

_TWO: Final = 2
COMPARED: Final = ("N02", "N10", "N13a", "N20", "N22", "N25")
"""Metrics compared where none are named: centre, core, triads, nearness, robustness, parts."""


@frozen(kw_only=True)
class WhatIf:
    """Measures of a network before and after a change."""

    without: tuple[str, ...]
    """Members that left."""

    plus: tuple[tuple[str, str], ...]
    """Ties that were added."""

    before: Mapping[str, Measure]
    """Measures before, by the name of the metric."""

    after: Mapping[str, Measure]
    """Measures after, by the name of the metric."""

    cut_off: tuple[str, ...]
    """Members that the change leaves without any tie."""

    @property
    def differences(self) -> dict[str, float | None]:
        """After less before, by name; ``None`` where one of both is not defined."""
        found: dict[str, float | None] = {}
        for name, old in self.before.items():
            new = self.after[name].value
            found[name] = None if new is None or old.value is None else float(new - old.value)
        return found

    def text(self, language: str = "en") -> str:
        """Each measure on a line: before, after, and who is cut off."""
        lines = [
            CATALOGUE.text(
                "what-if.line",
                language,
                label=old.label(language),
                before=_said(old, language),
                after=_said(self.after[name], language),
            )
            for name, old in self.before.items()
        ]
        if self.cut_off:
            names = ", ".join(self.cut_off)
            lines.append(CATALOGUE.text("what-if.cut-off", language, names=names))
        return "\n".join(lines)

    def to_dict(self) -> dict[str, object]:
        """Give the comparison as plain data for JSON."""
        return {
            "schema": "citess.what-if/1",
            "without": list(self.without),
            "plus": [list(pair) for pair in self.plus],
            "cut_off": list(self.cut_off),
            "before": {name: one.to_dict() for name, one in self.before.items()},
            "after": {name: one.to_dict() for name, one in self.after.items()},
        }


def _said(measure: Measure, language: str) -> str:
    if measure.value is not None:
        return shown(measure.value)
    return "" if measure.reason is None else measure.reason.label(language)


def what_if(
    data: "Dataset | nx.Graph[str]",
    *,
    without: Iterable[str] = (),
    plus: Iterable[tuple[str, str]] = (),
    metrics: Iterable[str] = COMPARED,
    on: DateLike | None = None,
) -> WhatIf:
    """Compare a network with itself after members leave and ties are added.

    Parameters
    ----------
    data
        Dataset, whose partnership graph is taken, or a graph.
    without
        Members that leave.
    plus
        Ties added, as pairs; a member that is not there yet joins.
    metrics
        Ids or names of graph metrics.
    on
        Day on which ties hold.

    Raises
    ------
    UnknownIdError
        When a member to leave is not in the network, or no metric has the name.
    TypeError
        When a metric is no metric of a whole graph, or a tie added is no pair.

    Examples
    --------
    >>> import citess
    >>> found = what_if(citess.datasets.tunisia(), without=["cospe"])
    >>> found.differences["fragmentation"] > 0
    True
    """
    leaving, added = listed("without", without, "members"), _pairs(plus)
    named = listed("metrics", metrics, "ids or names of metrics")
    old = graph_of(data, on, None)
    for member in leaving:
        if member not in old:
            raise UnknownIdError("member", member, suggest(str(member), map(str, old)))
    new = old.copy()
    new.remove_nodes_from(leaving)
    for a, b in added:
        new.add_edge(a, b)
    chosen = [_metric(name) for name in named]
    cut = [node for node in new if not new.degree(node) and old.degree(node)]
    return WhatIf(
        without=leaving,
        plus=added,
        before={one.name: one(old) for one in chosen},
        after={one.name: one(new) for one in chosen},
        cut_off=tuple(sorted(map(str, cut))),
    )


def _pairs(plus: Iterable[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    """Ties as pairs of members."""
    if not isinstance(cast("object", plus), Iterable):
        msg = f"plus must be a list of pairs of members, not {plus!r}"
        raise TypeError(msg)
    return tuple(map(_pair, plus))


def _pair(given: object) -> tuple[str, str]:
    many = isinstance(given, tuple | list)
    ends: tuple[str, ...] = tuple(cast("Sequence[str]", given)) if many else ()
    members = listed("plus", ends, "pairs of members")
    if len(ends) != _TWO or None in set[object](members):
        msg = f"plus must be a list of pairs of members, such as [('a', 'b')], not {given!r}"
        raise TypeError(msg)
    return ends[0], ends[1]


def _metric(name: str) -> GraphMetric:
    if not isinstance(cast("object", name), str):
        msg = f"metrics must be ids or names of metrics, not {name!r}"
        raise TypeError(msg)
    found = catalogue[name] if name in catalogue else catalogue.named(name)
    if not isinstance(found, GraphMetric):
        msg = f"{found.name} is no metric of a whole graph"
        raise TypeError(msg)
    return found


__all__ = ["COMPARED", "WhatIf", "what_if"]
