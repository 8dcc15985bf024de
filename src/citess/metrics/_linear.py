"""Systems of linear equations, small and exact enough, without numpy."""

from collections.abc import Sequence
from typing import Final

_ZERO: Final = 1e-12


def solve(matrix: Sequence[Sequence[float]], right: Sequence[float]) -> list[float] | None:
    """Solve a system by Gauss's elimination; ``None`` where it has no single solution.

    Examples
    --------
    >>> solve([[2, 1], [1, 3]], [5, 10])
    [1.0, 3.0]
    >>> solve([[1, 1], [2, 2]], [1, 2]) is None
    True
    """
    found = solve_all(matrix, [[value] for value in right])
    return None if found is None else [row[0] for row in found]


def solve_all(
    matrix: Sequence[Sequence[float]], right: Sequence[Sequence[float]]
) -> list[list[float]] | None:
    """Solve a system for several right-hand sides, one a column."""
    size = len(matrix)
    rows = [
        [*map(float, row), *map(float, beside)] for row, beside in zip(matrix, right, strict=True)
    ]
    scale = max((abs(value) for row in matrix for value in row), default=0.0)
    for place in range(size):
        best = max(range(place, size), key=lambda k: abs(rows[k][place]))
        if abs(rows[best][place]) <= _ZERO * scale:
            return None
        rows[place], rows[best] = rows[best], rows[place]
        pivot = rows[place][place]
        rows[place] = [value / pivot for value in rows[place]]
        for other in range(size):
            if other != place and rows[other][place]:
                factor = rows[other][place]
                rows[other] = [
                    a - factor * b for a, b in zip(rows[other], rows[place], strict=True)
                ]
    return [row[size:] for row in rows]


__all__ = ["solve", "solve_all"]
