"""Chains of stages: mobility, absorption and the long run of a matrix of transitions.

A matrix has a row for each stage of origin and a column for each stage of arrival, in the same
order; a row may add up to less than one: the rest leaves the chain for good.

Examples
--------
>>> from citess.metrics.chains import stationary
>>> [round(share, 3) for share in stationary([[0.5, 0.25, 0.25], [0.5, 0, 0.5], [0.25, 0.25, 0.5]])]
[0.4, 0.2, 0.4]
"""

from collections.abc import Collection, Sequence
from math import fsum, isfinite
from typing import Final

from attrs import frozen

from citess.metrics._linear import solve, solve_all
from citess.metrics.tests_of_chance import chi_square_p

_ROUNDING: Final = 1e-9

Matrix = Sequence[Sequence[float]]


def checked_matrix(matrix: Matrix, *, counts: bool = False) -> list[list[float]]:
    """Read a square matrix of probabilities, or of counts.

    Raises
    ------
    ValueError
        When it is not square, an entry is negative or not finite, or a row of probabilities adds up
        to more than one.
    """
    rows = [[float(value) for value in row] for row in matrix]
    if not rows or any(len(row) != len(rows) for row in rows):
        msg = f"a matrix of transitions is square, not of rows of {[len(row) for row in rows]}"
        raise ValueError(msg)
    for row in rows:
        if any(not isfinite(value) or value < 0 for value in row):
            msg = f"entries of a matrix are numbers of zero or more, not {row!r}"
            raise ValueError(msg)
        if not counts and fsum(row) > 1 + _ROUNDING:
            msg = f"a row of probabilities adds up to one at most, not {fsum(row)!r}: {row!r}"
            raise ValueError(msg)
    return rows


def transition_probabilities(counts: Matrix) -> list[list[float | None]]:
    """Estimate probabilities from counts of transitions, row by row.

    A row without transitions is not known (Anderson and Goodman 1957,
    doi:10.1214/aoms/1177707039).

    Examples
    --------
    >>> transition_probabilities([[30, 10, 5], [2, 40, 8], [0, 3, 27]])[1]
    [0.04, 0.8, 0.16]
    """
    rows = checked_matrix(counts, counts=True)
    return [
        [value / fsum(row) for value in row] if fsum(row) else [None] * len(row) for row in rows
    ]


def shorrocks(matrix: Matrix) -> float | None:
    """Mobility index of Shorrocks 1978 (doi:10.2307/1913828); ``None`` for a single stage.

    0 where nothing moves, 1 where the stage of arrival does not depend on that of origin.

    Raises
    ------
    ValueError
        When a row does not add up to one.

    Examples
    --------
    >>> round(shorrocks([[2 / 3, 2 / 9, 1 / 9], [0.04, 0.8, 0.16], [0, 0.1, 0.9]]), 4)
    0.3167
    """
    rows = _closed(matrix)
    size = len(rows)
    if size == 1:
        return None
    return (size - fsum(rows[k][k] for k in range(size))) / (size - 1)


def _closed(matrix: Matrix) -> list[list[float]]:
    rows = checked_matrix(matrix)
    for row in rows:
        if fsum(row) < 1 - _ROUNDING:
            msg = f"each row of probabilities adds up to one, not {fsum(row)!r}: {row!r}"
            raise ValueError(msg)
    return rows


def reachable(rows: list[list[float]], start: int) -> set[int]:
    """Places that can be reached from one, itself among them."""
    seen, waiting = {start}, [start]
    while waiting:
        row = rows[waiting.pop()]
        found = {k for k, value in enumerate(row) if value > 0} - seen
        seen |= found
        waiting += found
    return seen


def stationary(matrix: Matrix) -> list[float] | None:
    """Shares of stages in the long run; ``None`` where they depend on the start.

    Raises
    ------
    ValueError
        When a row does not add up to one.

    Examples
    --------
    >>> stationary([[1, 0], [0, 1]]) is None
    True
    """
    rows = _closed(matrix)
    size = len(rows)
    reach = [reachable(rows, start) for start in range(size)]
    final = {frozenset(reach[k]) for k in range(size) if all(k in reach[j] for j in reach[k])}
    if len(final) != 1:
        return None
    kept = sorted(next(iter(final)))
    balance = [[rows[j][k] - (1.0 if j == k else 0.0) for j in kept] for k in kept[:-1]]
    found = solve([*balance, [1.0] * len(kept)], [*([0.0] * (len(kept) - 1)), 1.0])
    shares = dict(zip(kept, found or [], strict=True))
    return [max(0.0, shares.get(k, 0.0)) for k in range(size)]


@frozen(kw_only=True)
class Absorption:
    """What becomes of each stage that a chain leaves in the end."""

    transient: tuple[int, ...]
    """Places of the stages that are left."""

    absorbing: tuple[int, ...]
    """Places of the stages that are never left."""

    steps: tuple[float | None, ...]
    """Mean steps until absorbed, of each stage that is left; ``None`` where it may never be."""

    chances: tuple[tuple[float, ...], ...]
    """Chance to end in each absorbing stage; what is lacking leaves the chain, or never ends."""


def absorption(matrix: Matrix, absorbing: Collection[int] | None = None) -> Absorption:
    """Mean steps to absorption, and where it happens (Grinstead and Snell, chapter 11).

    ``absorbing`` are the places of the stages at which to stop; when not given, those that are
    never left. A matrix between the other stages alone, whose rows add up to less than one, will
    do too.

    Raises
    ------
    ValueError
        When the matrix is not one of probabilities, or a place is not in it.

    Examples
    --------
    >>> found = absorption([[0, 0.5, 0], [0.5, 0, 0.5], [0, 0.5, 0]])
    >>> [round(steps, 9) for steps in found.steps]
    [3.0, 4.0, 3.0]
    """
    rows = checked_matrix(matrix)
    size = len(rows)
    if absorbing is None:
        absorbing = [k for k in range(size) if rows[k][k] >= 1 - _ROUNDING]
    for place in absorbing:
        if not 0 <= place < size:
            msg = f"absorbing names places from 0 to {size - 1}, not {place!r}"
            raise ValueError(msg)
    ends = tuple(sorted({*absorbing}))
    rows = [[0.0] * size if k in ends else row for k, row in enumerate(rows)]
    left = tuple(k for k in range(size) if k not in ends)
    out = {k for k in left if fsum(rows[k]) < 1 - _ROUNDING} | {*ends}
    reach = {k: reachable(rows, k) for k in left}
    sure = [k for k in left if all(reachable(rows, j) & out for j in reach[k])]
    near = [k for k in left if reach[k] & out]
    steps = _fundamental(rows, sure, [[1.0] for _ in sure])
    chances = _fundamental(rows, near, [[rows[k][j] for j in ends] for k in near])
    return Absorption(
        transient=left,
        absorbing=ends,
        steps=tuple(steps[k][0] if k in steps else None for k in left),
        chances=tuple(tuple(chances.get(k, [0.0] * len(ends))) for k in left),
    )


def _fundamental(
    rows: list[list[float]], places: list[int], right: list[list[float]]
) -> dict[int, list[float]]:
    """Solve (I - Q) x = right among some stages."""
    system = [[(1.0 if j == k else 0.0) - rows[k][j] for j in places] for k in places]
    return dict(zip(places, solve_all(system, right) or [], strict=True))


@frozen(kw_only=True)
class Homogeneity:
    """Whether several groups move by the same probabilities."""

    chi_square: float
    """Distance of the groups from their common matrix."""

    df: int
    """Degrees of freedom; 0 where there is nothing to compare."""

    p: float
    """Chance of a distance at least as great."""


def transition_homogeneity(*groups: Matrix) -> Homogeneity:
    """Test whether groups share one matrix, from their counts of transitions.

    Anderson and Goodman 1957, doi:10.1214/aoms/1177707039.

    Raises
    ------
    ValueError
        When there are fewer than two groups, or their matrices differ in size.

    Examples
    --------
    >>> found = transition_homogeneity([[30, 10], [5, 25]], [[20, 20], [5, 25]])
    >>> round(found.chi_square, 3), found.df, round(found.p, 3)
    (5.333, 2, 0.069)
    """
    tables = [checked_matrix(counts, counts=True) for counts in groups]
    sizes = {len(table) for table in tables}
    if len(tables) < 2 or len(sizes) != 1:  # noqa: PLR2004  (a comparison takes two)
        msg = f"give two or more matrices of one size, not {len(tables)} of sizes {sorted(sizes)}"
        raise ValueError(msg)
    chi_square, df = 0.0, 0
    for k in range(sizes.pop()):
        rows = [table[k] for table in tables if fsum(table[k])]
        whole = [fsum(column) for column in zip(*rows, strict=True)]
        total = fsum(whole)
        columns = [j for j, value in enumerate(whole) if value]
        df += max(0, len(rows) - 1) * max(0, len(columns) - 1)
        for row in rows:
            for j in columns:
                expected = fsum(row) * whole[j] / total
                chi_square += (row[j] - expected) ** 2 / expected
    return Homogeneity(chi_square=chi_square, df=df, p=chi_square_p(chi_square, df) if df else 1.0)


__all__ = [
    "Absorption",
    "Homogeneity",
    "absorption",
    "shorrocks",
    "stationary",
    "transition_homogeneity",
    "transition_probabilities",
]
