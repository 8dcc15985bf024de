"""Complementary suppression by hypercubes: for tables of any number of dimensions."""

from collections.abc import Callable, Iterable
from itertools import product
from math import inf

from citess.metrics.disclosure.table import TOTAL, Cell, CountTable

Cost = Callable[[Cell], float]


def cover(
    table: CountTable, primary: Iterable[Cell], protection: int, cost: Cost
) -> frozenset[Cell]:
    """Suppress, for each unsafe cell, the cheapest hypercube of cells that hides it.

    The corners of a hypercube can move together, up and down in turn, without changing any margin
    that stays: the interval that an attacker finds is at least as wide as the corners allow. Cells
    already hidden cost nothing, so hypercubes share corners. Where no hypercube is wide enough, the
    widest is taken.
    """
    hidden = set(primary)
    for cell in sorted(hidden, key=lambda at: (-table.counts[at], at)):
        best = min(
            _corners(table, cell),
            key=lambda cube: (
                max(0, protection - _width(table, cell, cube)),
                sum(cost(at) for at in cube if at not in hidden),
                cube,
            ),
            default=None,
        )
        hidden.update(best or ())
    return frozenset(hidden)


def _corners(table: CountTable, cell: Cell) -> Iterable[tuple[Cell, ...]]:
    """Every hypercube that has the cell as a corner."""
    axes = [
        [name for name in (*names, TOTAL) if name != here]
        for names, here in zip(table.categories, cell, strict=True)
    ]
    for others in product(*axes):
        yield tuple(product(*zip(cell, others, strict=True)))


def _width(table: CountTable, cell: Cell, cube: tuple[Cell, ...]) -> float:
    """How far the cell can move when the corners move together and none falls below zero."""
    rising = [table.counts[at] for at in cube if _together(cell, at)]
    falling = [table.counts[at] for at in cube if not _together(cell, at)]
    return min(rising) + (min(falling) if falling else inf)


def _together(cell: Cell, other: Cell) -> bool:
    """Whether two corners rise together: a total moves with its parts, parts against each other."""
    return sum(a != b and TOTAL not in {a, b} for a, b in zip(cell, other, strict=True)) % 2 == 0


__all__ = ["cover"]
