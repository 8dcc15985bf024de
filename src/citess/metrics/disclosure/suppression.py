"""What else must be hidden so that hidden cells stay hidden."""

from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

from citess.metrics._measure import Outcome
from citess.metrics._registry import Better, value_metric
from citess.metrics.disclosure.hypercubes import Cost, cover
from citess.metrics.disclosure.table import TOTAL, Cell, CountTable

_EXACT: Final = 2
_COUNT: Final = 1000
_LARGEST: Final = 400
"""Cells up to which the least costly suppression is sought."""


@value_metric(
    "D03",
    question="What else must be hidden so that hidden cells stay hidden?",
    limits="It guards one table; the same cells in another edition or table must be looked at too.",
    unit="cells",
    bounds=(0, None),
    better=Better.LOWER,
    formula=r"\min \sum_c \mathrm{cost}_c\, x_c \text{ with } \overline{y}_p - \underline{y}_p"
    r" \ge \text{protection for every unsafe } p",
    missing="every count is given",
    small_numbers="that is its subject",
    aggregation="hierarchies and linked tables together",
    source="Fischetti and Salazar 2001; hypercubes beyond two dimensions",
    level="person",
)
def complementary_suppression(
    table: CountTable, primary: Iterable[Cell], *, protection: int = 5
) -> Outcome:
    """Cells to hide beside the unsafe ones, at the least cost.

    The value is how many; ``method["cells"]`` lists them and ``parts["cost"]`` sums their counts.
    An attacker who knows all that is published finds for each unsafe cell an interval at least
    ``protection`` wide, where the table allows it. In one or two dimensions, with the extra
    ``fast``, the cost is the least possible; else cells are found by hypercubes, which protect as
    well and may hide more (``method["exact"]`` tells).

    Raises
    ------
    ValueError
        When an unsafe cell is not in the table.

    Examples
    --------
    >>> table = CountTable.grid([[20, 50, 10], [3, 19, 22], [17, 32, 12]])
    >>> found = complementary_suppression(table, [("1", "0")])
    >>> found.value, found.parts["cost"], sorted(found.method["cells"])
    (3, 51, [['1', '2'], ['2', '0'], ['2', '2']])
    """
    unsafe = frozenset(primary)
    for cell in unsafe:
        if cell not in table.counts:
            msg = f"{cell!r} is no cell of the table of {', '.join(table.dimensions)}"
            raise ValueError(msg)
    hidden, exact = hide(table, unsafe, protection)
    added = sorted(hidden - unsafe)
    return Outcome(
        value=len(added),
        n=len(table.counts),
        parts={"cost": sum(table.counts[cell] for cell in added)},
        method={"cells": [list(cell) for cell in added], "exact": exact, "protection": protection},
    )


def hide(
    table: CountTable, unsafe: frozenset[Cell], protection: int
) -> tuple[frozenset[Cell], bool]:
    """Cells to hide, unsafe ones among them; and whether the cost is the least possible."""
    if not unsafe:
        return unsafe, True
    guess = cover(table, unsafe, protection, _cost(table))
    small = len(table.dimensions) <= _EXACT and len(table.counts) <= _LARGEST
    if small and find_spec("scipy") is not None:
        return _least(table, unsafe, protection, guess)
    return guess, False


def _cost(table: CountTable) -> Cost:
    """Cost of hiding a cell: its count, then the number of cells; totals last of all."""
    whole = table.counts[(TOTAL,) * len(table.dimensions)] + 1

    def cost(cell: Cell) -> float:
        return _COUNT * (table.counts[cell] + whole * cell.count(TOTAL)) + 1

    return cost


def _least(
    table: CountTable, unsafe: frozenset[Cell], protection: int, guess: frozenset[Cell]
) -> tuple[frozenset[Cell], bool]:
    """Hide at the least cost, by an integer programme; as guessed where none is solved.

    For each unsafe cell two tables are sought that agree with all that is published and differ in
    that cell by the protection: cells may differ from the truth only where they are hidden.
    """
    np: Any = import_module("numpy")
    optimize: Any = import_module("scipy.optimize")
    sparse: Any = import_module("scipy.sparse")

    cells = list(table.counts)
    place = {cell: n for n, cell in enumerate(cells)}
    lines = list(table.lines())
    n, copies = len(cells), 2 * len(unsafe)
    reach = float(max(table.counts.values()) + protection)
    width = n * (1 + copies)
    rows = copies * (len(lines) + 2 * n) + len(unsafe)
    matrix: Any = sparse.lil_matrix((rows, width))
    low, high = np.full(rows, -np.inf), np.full(rows, np.inf)
    row = 0
    for copy in range(copies):
        start = n * (1 + copy)
        for line in lines:
            for cell in line[:-1]:
                matrix[row, start + place[cell]] = 1
            matrix[row, start + place[line[-1]]] = -1
            low[row] = high[row] = 0
            row += 1
        for k, cell in enumerate(cells):
            matrix[row, start + k] = 1
            matrix[row, k] = -reach
            high[row] = 0
            matrix[row + 1, start + k] = 1
            matrix[row + 1, k] = table.counts[cell]
            low[row + 1] = 0
            row += 2
    for pair, cell in enumerate(sorted(unsafe)):
        matrix[row, n * (1 + 2 * pair) + place[cell]] = 1
        matrix[row, n * (2 + 2 * pair) + place[cell]] = -1
        low[row] = protection
        row += 1
    cost = np.zeros(width)
    cost[:n] = [_cost(table)(cell) for cell in cells]
    least = np.concatenate(
        [[float(cell in unsafe) for cell in cells], np.full(n * copies, -np.inf)]
    )
    most = np.concatenate([np.ones(n), np.full(n * copies, np.inf)])
    whole = np.concatenate([np.ones(n), np.zeros(n * copies)])
    solved: Any = optimize.milp(
        cost,
        constraints=optimize.LinearConstraint(matrix.tocsr(), low, high),
        bounds=optimize.Bounds(least, most),
        integrality=whole,
    )
    chosen = (cell for cell, x in zip(cells, solved.x[:n], strict=True) if round(x))
    return (frozenset(chosen), True) if solved.success else (guess, False)


__all__ = ["complementary_suppression", "hide"]
