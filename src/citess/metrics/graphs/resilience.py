"""What breaks when somebody leaves, and whom to protect or to inform."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING, Final, Literal

from citess.metrics._definition import Better
from citess.metrics._graph_metric import graph_metric, simple
from citess.metrics._measure import Outcome, Undefined
from citess.network import components
from citess.network import robustness as _robustness
from citess.network._arguments import is_whole

if TYPE_CHECKING:
    import networkx as nx

_LEAST: Final = 3
_EXACT: Final = 1_000_000
_SAME: Final = 1e-12

Aim = Literal["fragmentation", "distance", "reach"]


@graph_metric(
    "N22",
    question="How fast does the network break when its busiest members leave?",
    limits="Nobody leaves in that order; equals are told apart by a rule that moves the value.",
    unit="index",
    bounds=(0, 0.5),
    better=Better.HIGHER,
    formula=r"R = \frac{1}{N} \sum_{Q = 1}^{N} s(Q)",
    missing="ties that nobody told of are not known",
    small_numbers="undefined below 3 nodes",
    aggregation="recompute on the merged graph",
    source="Schneider and others 2011, doi:10.1073/pnas.1009440108",
    level="network",
)
def robustness(
    graph: "nx.Graph[str]",
    *,
    attack: Literal["degree", "random"] = "degree",
    seeds: Sequence[int] = (),
) -> Outcome:
    """Robustness against the loss of members, the busiest first.

    Mean share of all members that the largest part holds after each loss. Degrees are counted anew
    after each loss; equals leave by the lowest id, or in orders drawn from ``seeds``: the value is
    then their mean, and ``parts`` holds the ``least`` and the ``greatest``. ``method["order"]``
    tells who leaves first.

    Raises
    ------
    TypeError
        When a seed is no whole number.
    ValueError
        When the attack does not exist, or ``"random"`` comes without seeds.

    Examples
    --------
    >>> import networkx as nx
    >>> robustness(nx.complete_graph(10)).value, robustness(nx.star_graph(9)).value
    (0.45, 0.09)
    """
    found = _robustness(graph, attack=attack, seeds=seeds)
    n = len(found.order)
    if n < _LEAST or found.value is None:
        return Outcome(reason=Undefined.TOO_FEW, n=n)
    return Outcome(
        value=found.value,
        n=n,
        parts={"least": min(found.values), "greatest": max(found.values)},
        method={
            "attack": attack,
            "equals": "drawn" if found.seeds else "lowest id first",
            "seeds": list(found.seeds),
            "order": list(map(str, found.order[:10])),
        },
    )


@graph_metric(
    "N23",
    question="Whom to protect, and whom to inform?",
    limits="It looks at ties alone: will and means decide too.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.CONTEXT,
    formula=r"F = 1 - \frac{\sum_k s_k (s_k - 1)}{n (n - 1)},\quad D_F = 1 -"
    r" \frac{2 \sum_{i < j} 1 / d_{ij}}{n (n - 1)},\quad R_m = \frac{\#\{v : d(K, v) \le m\}}{n}",
    missing="ties that nobody told of are not known",
    small_numbers="undefined where no set of that size can be chosen",
    aggregation="recompute on the merged graph",
    source="Borgatti 2006, doi:10.1007/s10588-006-7084-x",
    level="network",
)
def key_players(
    graph: "nx.Graph[str]",
    *,
    k: int = 1,
    aim: Aim = "fragmentation",
    steps: int = 1,
) -> Outcome:
    """Sets of members whose loss breaks the network most, or who reach most others.

    ``aim`` is ``"fragmentation"`` (share of pairs that can no longer reach each other),
    ``"distance"`` (the same, near pairs counting more), or ``"reach"`` (share of members within
    ``steps`` of the set, itself included). The value is that of the best sets of ``k``;
    ``method["sets"]`` lists all of them. Up to a million sets all are tried; beyond, members are
    added one by one and ``method["exact"]`` says so.

    Raises
    ------
    ValueError
        When k is below 1, the aim does not exist, or steps are below 1.

    Examples
    --------
    >>> import networkx as nx
    >>> florence = nx.florentine_families_graph()
    >>> found = key_players(florence)
    >>> round(found.value, 4), found.method["sets"]
    (0.3846, [['Medici']])
    >>> found = key_players(florence, k=2, aim="reach")
    >>> round(found.value, 4), len(found.method["sets"])
    (0.7333, 3)
    """
    if not (is_whole(k) and is_whole(steps) and k >= 1 and steps >= 1):
        msg = f"k and steps are 1 or more, in whole numbers, not {k!r} and {steps!r}"
        raise ValueError(msg)
    plain = simple(graph)
    scores: dict[str, Callable[[frozenset[str]], float]] = {
        "fragmentation": lambda chosen: _fragmentation(plain, chosen),
        "distance": lambda chosen: _distance(plain, chosen),
        "reach": lambda chosen: _reach(plain, chosen, steps),
    }
    if aim not in tuple(scores):
        msg = f"aim is one of {', '.join(scores)}, not {aim!r}"
        raise ValueError(msg)
    n = len(plain)
    least = 0 if aim == "reach" else 1
    if k > n - least:
        return Outcome(reason=Undefined.TOO_FEW, n=n)
    exact = comb(n, k) <= _EXACT
    value, sets = (_every if exact else _greedy)(plain, k, scores[aim])
    return Outcome(
        value=value,
        n=n,
        parts={"sets": len(sets)},
        method={
            "sets": [sorted(map(str, chosen)) for chosen in sets],
            "k": k,
            "aim": aim,
            "exact": exact,
        },
    )


Score = Callable[[frozenset[str]], float]


def _every(graph: "nx.Graph[str]", k: int, score: Score) -> tuple[float, list[frozenset[str]]]:
    best, sets = -1.0, list[frozenset[str]]()
    for members in combinations(graph, k):
        chosen = frozenset(members)
        value = score(chosen)
        if value > best + _SAME:
            best, sets = value, [chosen]
        elif value >= best - _SAME:
            sets.append(chosen)
    return best, sets


def _greedy(graph: "nx.Graph[str]", k: int, score: Score) -> tuple[float, list[frozenset[str]]]:
    chosen: frozenset[str] = frozenset()
    for _ in range(k):
        chosen = max((chosen | {node} for node in graph if node not in chosen), key=score)
    return score(chosen), [chosen]


def _without(graph: "nx.Graph[str]", chosen: frozenset[str]) -> "nx.Graph[str]":
    return graph.subgraph(node for node in graph if node not in chosen)


def _fragmentation(graph: "nx.Graph[str]", chosen: frozenset[str]) -> float:
    left = _without(graph, chosen)
    n = len(left)
    reached = sum(len(part) * (len(part) - 1) for part in components(left))
    return 1 - reached / (n * (n - 1)) if n > 1 else 1.0


def _distance(graph: "nx.Graph[str]", chosen: frozenset[str]) -> float:
    left = _without(graph, chosen)
    n = len(left)
    near = sum(1 / steps for node in left for steps in _steps(left, [node]).values() if steps)
    return 1 - near / (n * (n - 1)) if n > 1 else 1.0


def _reach(graph: "nx.Graph[str]", chosen: frozenset[str], steps: int) -> float:
    return sum(d <= steps for d in _steps(graph, chosen, steps).values()) / len(graph)


def _steps(
    graph: "nx.Graph[str]", start: Iterable[str], most: int | None = None
) -> dict[Hashable, int]:
    """Steps from a set of nodes to every node it can reach."""
    found: dict[Hashable, int] = dict.fromkeys(start, 0)
    edge: list[str] = list(start)
    d = 0
    while edge and (most is None or d < most):
        d += 1
        after: list[str] = []
        for node in edge:
            for near in graph[node]:
                if near not in found:
                    found[near] = d
                    after.append(near)
        edge = after
    return found


__all__ = ["key_players", "robustness"]
