"""What a reader can deduce of a hidden cell from all that is published."""

from collections.abc import Iterable
from importlib import import_module
from typing import Any

from citess.errors import MissingExtraError
from citess.metrics._measure import Outcome
from citess.metrics._registry import Better, value_metric
from citess.metrics.disclosure.table import Cell, CountTable


def intervals(table: CountTable, hidden: Iterable[Cell]) -> dict[Cell, tuple[float, float]]:
    """Least and greatest value of each hidden cell that agree with all that is published.

    Raises
    ------
    MissingExtraError
        Without the extra ``fast``.
    ValueError
        When a hidden cell is not in the table.

    Examples
    --------
    >>> table = CountTable.grid([[20, 50, 10], [3, 19, 22], [17, 32, 12]])
    >>> intervals(table, [("1", "0")])
    {('1', '0'): (3.0, 3.0)}
    """
    try:
        np: Any = import_module("numpy")
        optimize: Any = import_module("scipy.optimize")
    except ImportError:
        raise MissingExtraError("the audit of a table", "fast") from None
    unknown = sorted(set(hidden))
    for cell in unknown:
        if cell not in table.counts:
            msg = f"{cell!r} is no cell of the table of {', '.join(table.dimensions)}"
            raise ValueError(msg)
    place = {cell: n for n, cell in enumerate(unknown)}
    equations: list[list[float]] = []
    sums: list[float] = []
    for line in table.lines():
        signs = [1.0] * (len(line) - 1) + [-1.0]
        if any(cell in place for cell in line):
            equation = [0.0] * len(unknown)
            known = 0.0
            for cell, sign in zip(line, signs, strict=True):
                if cell in place:
                    equation[place[cell]] = sign
                else:
                    known += sign * table.counts[cell]
            equations.append(equation)
            sums.append(-known)
    found: dict[Cell, tuple[float, float]] = {}
    for cell in unknown:
        ends: list[float] = []
        for sign in (1, -1):
            cost = np.zeros(len(unknown))
            cost[place[cell]] = sign
            solved: Any = optimize.linprog(
                cost, A_eq=equations, b_eq=sums, bounds=(0, None), method="highs"
            )
            ends.append(float("inf") if solved.status else round(sign * float(solved.fun), 9) + 0.0)
        found[cell] = (ends[0], ends[1])
    return found


@value_metric(
    "D04",
    question="What can a reader deduce of the hidden cells?",
    limits="It takes the reader to know this table alone, and no other edition of it.",
    unit="people",
    bounds=(0, None),
    better=Better.HIGHER,
    formula=r"\min_p (\overline{y}_p - \underline{y}_p)",
    missing="every count is given",
    small_numbers="that is its subject",
    aggregation="linked tables together",
    source="Hundepool and others 2012, doi:10.1002/9781118348239",
    level="person",
)
def audit_interval(table: CountTable, hidden: Iterable[Cell]) -> Outcome:
    """Width of the narrowest interval that a reader can deduce.

    By linear programming (extra ``fast``); in two dimensions the ends are whole numbers that are
    reached. ``method["intervals"]`` holds the ends of each hidden cell.

    Raises
    ------
    MissingExtraError
        Without the extra ``fast``.
    ValueError
        When nothing is hidden, or a cell is not in the table.

    Examples
    --------
    >>> table = CountTable.grid([[20, 50, 10], [3, 19, 22], [17, 32, 12]])
    >>> hidden = [("1", "0"), ("2", "0"), ("1", "2"), ("2", "2")]
    >>> found = audit_interval(table, hidden)
    >>> found.value, found.method["intervals"]["1 / 0"]
    (20.0, [0.0, 20.0])
    """
    ends = intervals(table, hidden)
    if not ends:
        msg = "nothing is hidden: there is nothing to audit"
        raise ValueError(msg)
    return Outcome(
        value=min(high - low for low, high in ends.values()),
        n=len(ends),
        method={"intervals": {" / ".join(cell): [low, high] for cell, (low, high) in ends.items()}},
    )


__all__ = ["audit_interval", "intervals"]
