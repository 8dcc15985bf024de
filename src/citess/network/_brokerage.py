"""Brokerage between sectors: the five roles of Gould and Fernandez."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Generic, cast

from attrs import frozen

from citess.network._arrays import TieArrays, read
from citess.network._extra import fast
from citess.network._ties import N, Ties, sectors_of
from citess.network._triangles import Upward

if TYPE_CHECKING:
    import networkx as nx

ROLES: Final[tuple[str, ...]] = (
    "coordinator",
    "itinerant",
    "representative",
    "gatekeeper",
    "liaison",
    "total",
)


@frozen(kw_only=True, eq=False)
class Brokerage(Generic[N]):
    """Open paths i to v to j, without a tie from i to j, that pass through each node v.

    Coordinator: all three of one sector. Itinerant: i and j of one sector, v of another.
    Representative: i and v of one sector, j of another. Gatekeeper: v and j of one sector, i of
    another. Liaison: three sectors. Expected numbers and deviations are those of a random graph of
    the same density with the sectors held fixed, as R sna gives them.
    """

    counts: "Mapping[N, Mapping[str, int]]"
    """Paths by role, and in total; nodes of unknown sector are not in it."""

    expected: "Mapping[N, Mapping[str, float]]"
    """What chance would give each node."""

    deviation: "Mapping[N, Mapping[str, float]]"
    """Standard deviation under chance."""

    z: "Mapping[N, Mapping[str, float | None]]"
    """Count less expected, over the deviation; ``None`` where that is zero."""

    whole: Mapping[str, int]
    """Paths by role in the whole graph."""

    unknown: "tuple[N, ...]"
    """Nodes whose sector is not known; paths through or between them are left out."""


def gould_fernandez(
    graph: "nx.Graph[N] | TieArrays[N]", sector: "str | Mapping[N, object]" = "sector"
) -> Brokerage[N]:
    """Brokerage roles of each node between sectors.

    A tie without direction counts both ways, also one that says so in a graph with direction, by
    ``directed=False`` as in the partnership graph. Loops are left out; parallel ties are merged.

    Parameters
    ----------
    graph
        A networkx graph of any kind, or :class:`TieArrays`.
    sector
        Name of the attribute of nodes that holds their sector, or a mapping from nodes to sectors.

    Raises
    ------
    TypeError
        When ``graph`` is no graph, or ``sector`` neither a name nor a mapping.
    ValueError
        When no node has a sector.

    References
    ----------
    Gould, R. and Fernandez, R. (1989), doi:10.2307/270949.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.DiGraph([("town", "hub"), ("hub", "bank")])
    >>> found = gould_fernandez(graph, {"town": "public", "hub": "sse", "bank": "private"})
    >>> found.counts["hub"]["liaison"], found.whole["total"]
    (1, 1)
    """
    ties = read(graph, follows=True)
    nodes = tuple(ties.nodes)
    sectors = sectors_of(graph, nodes, sector)
    if isinstance(ties, TieArrays):
        rows = by_arrays(ties, sectors)
        arcs = len(ties.heads)
    else:
        rows = by_hand(ties, sectors)
        arcs = sum(map(len, ties.rows))
    n = len(nodes)
    density = arcs / max(n * (n - 1), 1)
    chance = moments(density, sectors)
    known = [at for at in range(n) if sectors[at] >= 0]
    named: list[dict[str, int]] = [dict(zip(ROLES, (*row, sum(row)), strict=True)) for row in rows]
    return Brokerage(
        counts={nodes[at]: named[at] for at in known},
        expected={nodes[at]: chance[sectors[at]][0] for at in known},
        deviation={nodes[at]: chance[sectors[at]][1] for at in known},
        z={nodes[at]: _z(named[at], *chance[sectors[at]]) for at in known},
        whole={role: sum(row[role] for row in named) for role in ROLES},
        unknown=tuple(nodes[at] for at in range(n) if sectors[at] < 0),
    )


def _z(
    counts: Mapping[str, int], expected: Mapping[str, float], deviation: Mapping[str, float]
) -> dict[str, float | None]:
    return {
        role: (counts[role] - expected[role]) / deviation[role] if deviation[role] > 0 else None
        for role in ROLES
    }


def moments(
    density: float, sectors: Sequence[int]
) -> dict[int, tuple[dict[str, float], dict[str, float]]]:
    """Expected number and standard deviation of each role for a broker of each sector.

    Every tie is there with the same chance, apart from each other; nodes keep their sectors.
    Variances are those of R sna 2.7 (``brokerage``), which counts pairs of paths that share a tie.
    """
    sizes = Counter(number for number in sectors if number >= 0)
    total = sum(sizes.values())
    path = density**2 * (1 - density)
    shared = density**3 * (1 - density) ** 3
    found: dict[int, tuple[dict[str, float], dict[str, float]]] = {}
    for own, size in sizes.items():
        others = [count for number, count in sizes.items() if number != own]
        rest = total - size
        outward = (size - 1) * math.comb(rest, 2) + rest * math.comb(size - 1, 2)
        numbers = (
            ((size - 1) * (size - 2), 2 * (size - 1) * (size - 2) * (size - 3)),
            (
                sum(k * (k - 1) for k in others),
                2 * sum(k * (k - 1) * (k - 2) for k in others),
            ),
            (rest * (size - 1), 2 * outward),
            (rest * (size - 1), 2 * outward),
            (
                rest**2 - sum(k * k for k in others),
                4 * sum(k * math.comb(rest - k, 2) for k in others),
            ),
            ((total - 1) * (total - 2), 2 * (total - 1) * (total - 2) * (total - 3)),
        )
        expected = [path * paths for paths, _ in numbers]
        spread = [
            math.sqrt(max(0.0, mean * (1 - path) + pairs * shared))
            for mean, (_, pairs) in zip(expected, numbers, strict=True)
        ]
        found[own] = (
            dict(zip(ROLES, expected, strict=True)),
            dict(zip(ROLES, spread, strict=True)),
        )
    return found


def by_hand(ties: Ties[Any], sectors: Sequence[int]) -> list[list[int]]:
    """Paths by role, the total aside, in plain Python."""
    rows = ties.rows
    before: list[list[int]] = [[] for _ in rows]
    for i, row in enumerate(rows):
        for v in row:
            before[v].append(i)
    found = [[0] * 5 for _ in rows]
    for v, own in enumerate(sectors):
        if own < 0:
            continue
        for i in before[v]:
            for j in rows[v]:
                if i != j and j not in rows[i] and sectors[i] >= 0 and sectors[j] >= 0:
                    found[v][role_of(sectors[i], own, sectors[j])] += 1
    return found


def role_of(first: int, broker: int, last: int) -> int:
    """Position of the role in :data:`ROLES`."""
    if first == last:
        return 0 if first == broker else 1
    if first == broker:
        return 2
    return 3 if last == broker else 4


def by_arrays(ties: TieArrays[Any], sectors: Sequence[int]) -> list[list[int]]:
    """The same by arrays: all paths of two ties, less those that return and those that close."""
    np = fast("numpy")
    n = len(ties.nodes)
    of = np.asarray(sectors, dtype=np.int64)
    tail, head = ties.tails(), ties.heads
    known = (of[tail] >= 0) & (of[head] >= 0)
    tail, head = tail[known], head[known]
    found = _paths(tail, head, of, n) - _returns(tail, head, of, n)
    up = Upward.of(ties, None, flags=2)
    flags = up.values.astype(np.int8) if ties.directed else np.full(len(up.tail), 3, np.int8)
    sector = of[up.order]
    closed = np.zeros(5 * n, dtype=np.int64)
    for a, b, c in up.batches():
        x, y, w = up.tail[a], up.head[a], up.head[b]
        xy, xw, yw = flags[a], flags[b], flags[c]
        for i, v, j, iv, vj, ij in (
            (x, y, w, xy & 1, yw & 1, xw & 1), (w, y, x, yw & 2, xy & 2, xw & 2),
            (y, x, w, xy & 2, xw & 1, yw & 1), (w, x, y, xw & 2, xy & 1, yw & 2),
            (x, w, y, xw & 1, yw & 2, xy & 1), (y, w, x, yw & 1, xw & 2, xy & 2),
        ):  # fmt: skip
            there = (iv > 0) & (vj > 0) & (ij > 0)
            there &= (sector[i] >= 0) & (sector[v] >= 0) & (sector[j] >= 0)
            role = _roles(sector[i[there]], sector[v[there]], sector[j[there]])
            closed += np.bincount(5 * v[there].astype(np.int64) + role, minlength=5 * n)
    table = closed.reshape(n, 5)
    rows, heads, inside = up.dense()
    if len(rows):
        table[up.core :] += _dense(rows, heads, flags[inside], sector[up.core :])
    placed = np.empty((n, 5), dtype=np.int64)
    placed[up.order] = table
    return cast("list[list[int]]", (found - placed).tolist())


def _paths(tail: Any, head: Any, of: Any, n: int) -> Any:
    """Every path of two ties, by role of its middle."""
    np, sparse = fast("numpy"), fast("scipy.sparse")
    groups = int(of.max(initial=0)) + 1
    ones = np.ones(len(tail), dtype=np.int64)
    into = sparse.csr_array((ones, (head, of[tail])), shape=(n, groups))
    out = sparse.csr_array((ones, (tail, of[head])), shape=(n, groups))
    comes = np.bincount(head, minlength=n)
    goes = np.bincount(tail, minlength=n)
    same = of[tail] == of[head]
    near_in = np.bincount(head[same], minlength=n)
    near_out = np.bincount(tail[same], minlength=n)
    alike = into.multiply(out).sum(axis=1)
    coordinator = near_in * near_out
    itinerant = alike - coordinator
    representative = near_in * (goes - near_out)
    gatekeeper = (comes - near_in) * near_out
    liaison = (comes - near_in) * (goes - near_out) - itinerant
    return np.stack((coordinator, itinerant, representative, gatekeeper, liaison), axis=1)


def _returns(tail: Any, head: Any, of: Any, n: int) -> Any:
    """Paths that end where they began, by role of their middle."""
    np = fast("numpy")
    forth = tail.astype(np.int64) * n + head
    back = head.astype(np.int64) * n + tail
    mutual = np.isin(forth, back, assume_unique=True)
    v, i = tail[mutual].astype(np.int64), head[mutual]
    role = (of[v] != of[i]).astype(np.int64)
    return np.bincount(5 * v + role, minlength=5 * n).reshape(n, 5)


def _roles(first: Any, broker: Any, last: Any) -> Any:
    np = fast("numpy")
    return np.select(
        [(first == last) & (first == broker), first == last, first == broker, last == broker],
        [0, 1, 2, 3],
        4,
    )


def _dense(rows: Any, heads: Any, flags: Any, sector: Any) -> Any:
    """Closed paths inside the dense core, by products of matrices."""
    np = fast("numpy")
    k = len(sector)
    table = np.zeros((k, k), dtype=np.float32)
    table[rows, heads] = (flags & 1) > 0
    table[heads, rows] = (flags & 2) > 0
    known = sector >= 0
    table *= known[:, None] & known[None, :]
    alike = table * (sector[:, None] == sector[None, :])
    ends = table @ table.T
    every = (table * ends).sum(axis=0, dtype=np.float64)
    near = (alike * ends).sum(axis=0, dtype=np.float64)
    ahead = (table * (table @ alike.T)).sum(axis=0, dtype=np.float64)
    around = (table * (alike @ table.T)).sum(axis=0, dtype=np.float64)
    inner = (alike * (alike @ alike.T)).sum(axis=0, dtype=np.float64)
    parts = (
        inner,
        around - inner,
        near - inner,
        ahead - inner,
        every - near - ahead - around + 2 * inner,
    )
    return np.stack(parts, axis=1).round().astype(np.int64)
