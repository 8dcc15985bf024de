"""Robustness: how the largest component shrinks as nodes leave, the busiest first."""

import math
import random
from collections.abc import Hashable, Sequence
from heapq import heapify, heappop, heappush
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Generic, Literal

from attrs import frozen

from citess.network._arguments import is_whole, listed
from citess.network._arrays import TieArrays, read
from citess.network._extra import fast
from citess.network._ties import N, Ties

if TYPE_CHECKING:
    import networkx as nx


@frozen(kw_only=True, eq=False)
class Robustness(Generic[N]):
    """The curve of the largest component, and its mean."""

    value: float | None
    """Mean of the shares that stay together after each removal; ``None`` for an empty graph."""

    order: "tuple[N, ...]"
    """Nodes as they leave; with seeds, those of the first one."""

    sizes: tuple[int, ...]
    """Nodes in the largest component after each removal; with seeds, those of the first one."""

    values: tuple[float, ...]
    """The mean for each seed; without seeds one value."""

    seeds: tuple[int, ...]
    """Seeds that were drawn from."""


def robustness(
    graph: "nx.Graph[N] | TieArrays[N]",
    *,
    attack: Literal["degree", "random"] = "degree",
    seeds: Sequence[int] = (),
) -> Robustness[N]:
    """Robustness of a graph against the loss of its nodes one by one.

    R is the sum over Q = 1 ... N of the share of all nodes that the largest component holds after Q
    removals, over N. Under ``"degree"`` the node that has most ties left leaves next; ties between
    equals fall to the lowest id, or with ``seeds`` to an order drawn for each seed, and the value
    is the mean over seeds. How equals are told apart moves R by several hundredths. Direction is
    ignored, loops are left out, parallel ties merged.

    Parameters
    ----------
    graph
        A networkx graph of any kind, or :class:`TieArrays`.
    attack
        ``"degree"``, or ``"random"`` for an order drawn from each seed.
    seeds
        Whole numbers; needed for ``"random"``.

    Raises
    ------
    TypeError
        When ``graph`` is no graph, or a seed no whole number.
    ValueError
        When ``attack`` is unknown, or ``"random"`` comes without seeds.

    References
    ----------
    Schneider, C. et al. (2011), doi:10.1073/pnas.1009440108.

    Examples
    --------
    >>> import networkx as nx
    >>> robustness(nx.complete_graph(10)).value, robustness(nx.star_graph(9)).value
    (0.45, 0.09)
    """
    if attack not in ("degree", "random"):
        msg = f"attack must be 'degree' or 'random', not {attack!r}"
        raise ValueError(msg)
    drawn = listed("seeds", seeds, "whole numbers")
    for seed in drawn:
        if not is_whole(seed):
            msg = f"seeds must be whole numbers, not {seed!r}"
            raise TypeError(msg)
    if attack == "random" and not drawn:
        msg = "attack='random' needs seeds, such as seeds=(1, 2, 3)"
        raise ValueError(msg)
    ties = read(graph)
    nodes = tuple(ties.nodes)
    ranks = [lowest_first(nodes)] if not drawn else [_drawn(len(nodes), seed) for seed in drawn]
    lists = _neighbours(ties)
    curves: list[tuple[list[int], list[int]]] = []
    for rank in ranks:
        order = _busiest_first(lists, rank) if attack == "degree" else _by_rank(rank)
        curves.append((order, _sizes(ties, lists, order)))
    n = len(nodes)
    values = tuple(sum(sizes) / n**2 for _, sizes in curves) if n else ()
    return Robustness(
        value=math.fsum(values) / len(values) if values else None,
        order=tuple(nodes[at] for at in curves[0][0]),
        sizes=tuple(curves[0][1]),
        values=values,
        seeds=drawn,
    )


def lowest_first(nodes: Sequence[Hashable]) -> list[int]:
    """Rank of each node by id; ids of several types go by type and text."""
    every: Any = nodes
    try:
        placed = sorted(range(len(nodes)), key=every.__getitem__)
    except TypeError:
        placed = sorted(
            range(len(nodes)), key=lambda at: (type(nodes[at]).__name__, repr(nodes[at]))
        )
    return _by_rank(placed)


def _drawn(n: int, seed: int) -> list[int]:
    rank = list(range(n))
    random.Random(seed).shuffle(rank)  # noqa: S311  (reproducible, not secret)
    return rank


def _by_rank(rank: Sequence[int]) -> list[int]:
    """Places in order of their rank; ranks in order of their places give the ranks again."""
    return sorted(range(len(rank)), key=rank.__getitem__)


def _neighbours(ties: "Ties[N] | TieArrays[N]") -> list[list[int]]:
    if isinstance(ties, TieArrays):
        starts, heads, _ = mutual_rows(ties)
        bounds, ends = starts.tolist(), heads.tolist()
        return [ends[a:b] for a, b in pairwise(bounds)]
    return [list(row) for row in ties.mutual().rows]


def mutual_rows(ties: TieArrays[Any]) -> Any:
    """Rows of the ties without direction: starts, heads, tails."""
    np, sparse = fast("numpy"), fast("scipy.sparse")
    tails = ties.tails()
    if not ties.directed:
        return ties.starts, ties.heads, tails
    n = len(ties.nodes)
    ones = np.ones(2 * len(tails), dtype=np.int8)
    ends = (np.concatenate((tails, ties.heads)), np.concatenate((ties.heads, tails)))
    table = sparse.csr_array((ones, ends), shape=(n, n))
    return (
        table.indptr,
        table.indices,
        np.repeat(np.arange(n, dtype=np.int32), np.diff(table.indptr)),
    )


def _busiest_first(rows: Sequence[Sequence[int]], rank: Sequence[int]) -> list[int]:
    n = len(rows)
    left = [len(row) for row in rows]
    node = _by_rank(rank)
    most = max(left, default=0)
    queues: list[list[int]] = [[] for _ in range(most + 1)]
    for at, degree in enumerate(left):
        queues[degree].append(rank[at])
    for queue in queues:
        heapify(queue)
    gone = bytearray(n)
    order: list[int] = []
    while most >= 0:
        if not queues[most]:
            most -= 1
            continue
        at = node[heappop(queues[most])]
        if gone[at] or left[at] != most:
            continue
        gone[at] = 1
        order.append(at)
        for other in rows[at]:
            if not gone[other]:
                left[other] -= 1
                heappush(queues[left[other]], rank[other])
    return order


def _sizes(
    ties: "Ties[N] | TieArrays[N]", rows: Sequence[Sequence[int]], order: Sequence[int]
) -> list[int]:
    """Largest component after each removal: nodes come back in reverse and join what is there."""
    n = len(order)
    when = [0] * n
    for place, at in enumerate(order):
        when[at] = place
    joins = _latest(ties, when) if isinstance(ties, TieArrays) else rows
    parent = list(range(n))
    size = [1] * n
    largest = 0
    found: list[int] = []
    for place in range(n - 1, -1, -1):
        found.append(largest)
        at = order[place]
        root = at
        for other in joins[at]:
            if when[other] < place:
                continue
            top = other
            while parent[top] != top:
                parent[top] = parent[parent[top]]
                top = parent[top]
            if top != root:
                if size[top] > size[root]:
                    top, root = root, top
                parent[top] = root
                size[root] += size[top]
        largest = max(largest, size[root])
    return found[::-1]


def _latest(ties: TieArrays[Any], when: Sequence[int]) -> list[list[int]]:
    """A spanning forest of the ties that last longest: all that components depend on."""
    np, sparse = fast("numpy"), fast("scipy.sparse")
    graphs = fast("scipy.sparse.csgraph")
    starts, heads, tails = mutual_rows(ties)
    n: int = len(when)
    place = np.asarray(when, dtype=np.int64)
    lasts = np.minimum(place[tails], place[heads])
    table = sparse.csr_array(((n - lasts).astype(np.float64), heads, starts), shape=(n, n))
    forest: Any = graphs.minimum_spanning_tree(table).tocoo()
    joins: list[list[int]] = [[] for _ in when]
    rows: list[int] = forest.row.tolist()
    columns: list[int] = forest.col.tolist()
    for a, b in zip(rows, columns, strict=True):
        joins[a if when[a] < when[b] else b].append(b if when[a] < when[b] else a)
    return joins
