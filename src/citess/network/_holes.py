"""Structural holes: how far the contacts of a node are tied to each other, after Burt."""

import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Generic

from attrs import frozen

from citess.network._arrays import TieArrays, read
from citess.network._extra import fast
from citess.network._ties import N, Ties
from citess.network._triangles import Upward

if TYPE_CHECKING:
    import networkx as nx

    from citess.network._arrays import Floats


@frozen(kw_only=True, eq=False)
class StructuralHoles(Generic[N]):
    """Burt's measures of every node, from one pass over the triangles.

    A node without contacts has none of them: ``None``. Hierarchy also needs two contacts.
    """

    constraint: "Mapping[N, float | None]"
    """How much the contacts of a node close in on it; more than 1 is possible."""

    effective_size: "Mapping[N, float | None]"
    """Contacts less those that others already reach."""

    efficiency: "Mapping[N, float | None]"
    """Effective size per contact."""

    hierarchy: "Mapping[N, float | None]"
    """How far constraint comes from one contact alone, between 0 and 1."""


def structural_holes(
    graph: "nx.Graph[N] | TieArrays[N]", *, strength: str | None = None
) -> StructuralHoles[N]:
    """Constraint, effective size, efficiency and hierarchy of each node.

    With z the strength of a tie in both directions together, p its share in the strength of the
    node and m its share in the strongest tie of the node: constraint is the sum over contacts j of
    (p_ij + sum_q p_iq p_qj)^2, effective size the sum over contacts j of
    1 - sum_q p_iq m_jq. Triangles come to a constraint of 1.125, which is no error. Where
    ties have strengths or a direction, networkx gives other effective sizes by default; with
    ``nodes`` it gives these, but not a number for a node that has no tie of its own to others. Here
    as in Burt both directions count. Loops are left out; parallel ties are merged.

    Parameters
    ----------
    graph
        A networkx graph of any kind, or :class:`TieArrays`.
    strength
        Name of the attribute that holds the strength of a tie, a positive finite number; ``None``
        lets every tie count as one.

    Raises
    ------
    TypeError
        When ``graph`` is no graph.
    ValueError
        When a tie lacks the strength, or it is no positive finite number.

    References
    ----------
    Burt, R. (1992), Structural Holes; (2004) doi:10.1086/421787. Borgatti, S. (1997), Connections
    20(1), 35-38.

    Examples
    --------
    >>> import networkx as nx
    >>> holes = structural_holes(nx.complete_graph(3))
    >>> holes.constraint[0], holes.effective_size[0]
    (1.125, 1.0)
    >>> structural_holes(nx.empty_graph(1)).constraint
    {0: None}
    """
    ties = read(graph, strength=strength)
    if isinstance(ties, TieArrays):
        columns = [_none(column) for column in by_arrays(ties)]
    else:
        columns = by_hand(ties)
    named = [dict(zip(ties.nodes, column, strict=True)) for column in columns]
    return StructuralHoles(
        constraint=named[0], effective_size=named[1], efficiency=named[2], hierarchy=named[3]
    )


def constraint(
    graph: "nx.Graph[N] | TieArrays[N]", *, strength: str | None = None
) -> "dict[N, float | None]":
    """Burt's constraint of each node; see :func:`structural_holes`.

    Examples
    --------
    >>> import networkx as nx
    >>> constraint(nx.path_graph(3))
    {0: 1.0, 1: 0.5, 2: 1.0}
    """
    return dict(structural_holes(graph, strength=strength).constraint)


def effective_size(
    graph: "nx.Graph[N] | TieArrays[N]", *, strength: str | None = None
) -> "dict[N, float | None]":
    """Burt's effective size of each node; see :func:`structural_holes`.

    Examples
    --------
    >>> import networkx as nx
    >>> effective_size(nx.path_graph(3))
    {0: 1.0, 1: 2.0, 2: 1.0}
    """
    return dict(structural_holes(graph, strength=strength).effective_size)


def by_hand(ties: Ties[Any]) -> "list[list[float | None]]":
    """The four measures in plain Python."""
    rows = ties.mutual().rows
    total = [math.fsum(row.values()) for row in rows]
    strongest = [max(row.values(), default=0.0) for row in rows]
    columns: list[list[float | None]] = [[], [], [], []]
    for i, row in enumerate(rows):
        contacts = len(row)
        if not contacts:
            for column in columns:
                column.append(None)
            continue
        parts: list[float] = []
        redundant = 0.0
        for j, z in row.items():
            shared = row.keys() & rows[j].keys()
            indirect = math.fsum(row[q] * rows[q][j] / total[q] for q in shared)
            parts.append(((z + indirect) / total[i]) ** 2)
            redundant += math.fsum(row[q] * rows[j][q] for q in shared) / strongest[j]
        closed = math.fsum(parts)
        size = contacts - redundant / total[i]
        columns[0].append(closed)
        columns[1].append(size)
        columns[2].append(size / contacts)
        columns[3].append(_hierarchy(parts, closed))
    return columns


def _hierarchy(parts: Iterable[float], closed: float) -> float | None:
    shares = [part / closed for part in parts]
    n = len(shares)
    if n == 1:
        return None
    return math.fsum(share * math.log(share * n) for share in shares) / math.log(n)


def by_arrays(ties: TieArrays[Any]) -> "list[Floats]":
    """The four measures by arrays; not a number where they are undefined."""
    np = fast("numpy")
    up = Upward.of(ties, ties.values)
    n, order = up.size, up.order
    z = up.values.astype(np.float64)
    contacts = np.bincount(up.tail, minlength=n) + np.bincount(up.head, minlength=n)
    total = np.bincount(up.tail, z, n) + np.bincount(up.head, z, n)
    if ties.values is None and not ties.directed:
        indirect, redundant = _even(up, total)
    else:
        indirect, redundant = _uneven(up, z, total)
    part = (z + indirect) ** 2
    closed = np.bincount(up.tail, part, n) + np.bincount(up.head, part, n)
    hierarchy = np.full(n, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        size = contacts - redundant / total
        spread = [
            np.bincount(end, share * np.log(share * contacts[end]), n)
            for end in (up.tail, up.head)
            for share in (part / closed[end],)
        ]
        hierarchy = (spread[0] + spread[1]) / np.log(contacts)
        columns = [closed / total**2, size, size / contacts, hierarchy]
    columns[3][contacts < 2] = np.nan  # noqa: PLR2004  (one contact has no spread)
    placed: list[Floats] = []
    for column in columns:
        column[contacts == 0] = np.nan
        placed.append(np.empty(n))
        placed[-1][order] = column
    return placed


def _even(up: Upward, total: "Floats") -> "tuple[Floats, Floats]":
    """Sums over the third nodes of triangles where every tie counts one."""
    np = fast("numpy")
    n, m = up.size, len(up.tail)
    share = 1 / np.maximum(total, 1)
    indirect, closed = np.zeros(m), np.zeros(n)
    for a, b, c in up.batches():
        low, middle, top = up.tail[a], up.head[a], up.head[b]
        for edge, third in ((a, top), (b, middle), (c, low)):
            indirect += np.bincount(edge, share[third], m)
            closed += np.bincount(third, minlength=n)
    rows, heads, inside = up.dense()
    if len(rows):
        k = n - up.core
        table = np.zeros((k, k))
        table[rows, heads] = 1.0
        table[heads, rows] = 1.0
        product = table @ (table * share[up.core :, None])
        indirect[inside] += product[rows, heads]
        closed[up.core :] += ((table @ table) * table).sum(axis=1) / 2
    return indirect, 2 * closed


def _uneven(up: Upward, z: "Floats", total: "Floats") -> "tuple[Floats, Floats]":
    """The same sums where ties have strengths."""
    np = fast("numpy")
    n, m = up.size, len(up.tail)
    strongest = np.zeros(n)
    np.maximum.at(strongest, up.tail, z)
    np.maximum.at(strongest, up.head, z)
    share = np.divide(1, total, out=np.zeros(n), where=total > 0)
    scale = np.divide(1, strongest, out=np.zeros(n), where=strongest > 0)
    indirect, redundant = np.zeros(m), np.zeros(n)
    for a, b, c in up.batches():
        low, middle, top = up.tail[a], up.head[a], up.head[b]
        ab, ac, bc = z[a] * z[b], z[a] * z[c], z[b] * z[c]
        indirect += np.bincount(a, bc * share[top], m)
        indirect += np.bincount(b, ac * share[middle], m)
        indirect += np.bincount(c, ab * share[low], m)
        redundant += np.bincount(low, bc * scale[middle] + ac * scale[top], n)
        redundant += np.bincount(middle, bc * scale[low] + ab * scale[top], n)
        redundant += np.bincount(top, ac * scale[low] + ab * scale[middle], n)
    rows, heads, inside = up.dense()
    if len(rows):
        k = n - up.core
        table = np.zeros((k, k))
        table[rows, heads] = z[inside]
        table[heads, rows] = z[inside]
        indirect[inside] += (table @ (table * share[up.core :, None]))[rows, heads]
        within = table * scale[up.core :, None]
        redundant[up.core :] += (table * ((table > 0).astype(float) @ within)).sum(axis=1)
    return indirect, redundant


def _none(column: "Floats") -> "list[float | None]":
    np = fast("numpy")
    found: list[float | None] = column.tolist()
    for n in np.flatnonzero(np.isnan(column)).tolist():
        found[n] = None
    return found
