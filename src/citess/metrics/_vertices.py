"""Doubt about a measure of a network, from what each member adds to it."""

from collections.abc import Callable, Iterable, Sequence
from math import fsum, sqrt
from typing import TYPE_CHECKING, Final

from citess.metrics._measure import Interval
from citess.metrics.intervals import z_score

if TYPE_CHECKING:
    import networkx as nx

MOST: Final = 100
"""Members up to which a measure is computed anew without each."""

_LEAST: Final = 4
_LEVEL: Final = 0.95


def jackknife_interval(
    value: float, left_out: Sequence[float], bounds: tuple[float | None, float | None]
) -> Interval:
    """Interval of a measure by the node jackknife, within the bounds of the measure.

    Snijders and Borgatti 1999, Connections 22(2): the measure is taken without each node in turn,
    and the variance is (n - 2) / 2n times the sum of squared distances from their mean, since two
    nodes share each tie.

    Examples
    --------
    >>> jackknife_interval(0.5, [0.5, 0.5, 0.5, 0.5], (0, 1)).low
    0.5
    """
    n = len(left_out)
    mean = fsum(left_out) / n
    error = sqrt((n - 2) / (2 * n) * fsum((one - mean) ** 2 for one in left_out))
    half = z_score(_LEVEL) * error
    low, high = bounds
    return Interval(
        low=value - half if low is None else max(value - half, low),
        high=value + half if high is None else min(value + half, high),
        method="node jackknife",
        level=_LEVEL,
    )


def density_interval(
    value: float, n: int, possible: int, degrees: tuple[float, float]
) -> Interval | None:
    """The same interval of a density, from the sum of the degrees and of their squares.

    Leaving out a node takes its ties away, so that nothing is computed anew: it holds for any
    number of nodes. ``possible`` counts the ties that all nodes but one can have.
    """
    if n < _LEAST:
        return None
    total, squares = degrees
    spread = (squares - total * total / n) / possible**2
    half = z_score(_LEVEL) * sqrt((n - 2) / (2 * n) * max(spread, 0.0))
    return Interval(
        low=max(value - half, 0.0),
        high=min(value + half, 1.0),
        method="node jackknife",
        level=_LEVEL,
    )


def ratio_interval(
    top: float,
    bottom: float,
    of_nodes: Iterable[tuple[float, float]],
    bounds: tuple[float | None, float | None],
) -> Interval | None:
    """The same interval of a ratio of sums over ties, from what each node's ties add to both.

    Leaving out a node takes its ties away, so that it holds for any number of nodes; ``None`` below
    four nodes, or where all ties are of one node.

    Examples
    --------
    >>> ratio_interval(2, 4, [(1, 2)] * 4, (0, 1)).low
    0.5
    >>> ratio_interval(1, 3, [(1, 3), (1, 1), (0, 1), (0, 1)], (0, 1)) is None
    True
    """
    added = list(of_nodes)
    if len(added) < _LEAST or any(one >= bottom for _, one in added):
        return None
    left_out = [(top - one) / (bottom - other) for one, other in added]
    return jackknife_interval(top / bottom, left_out, bounds)


def without_each(
    graph: "nx.Graph[str]", measure: "Callable[[nx.Graph[str]], float | None]"
) -> list[float] | None:
    """The measure without each node in turn; ``None`` where it is then not defined, or too dear."""
    n = len(graph)
    if not _LEAST <= n <= MOST:
        return None
    found: list[float] = []
    for left in graph:
        value = measure(graph.subgraph(node for node in graph if node != left))
        if value is None:
            return None
        found.append(value)
    return found
