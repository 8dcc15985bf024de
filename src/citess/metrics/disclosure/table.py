"""Tables of counts with their margins: what disclosure control protects."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Final, cast

from attrs import field, frozen

Cell = tuple[str, ...]
"""Place of a cell: one category for each dimension, :data:`TOTAL` for the sum over one."""

TOTAL: Final = "total"
"""Category that stands for the sum over a dimension."""


@frozen(kw_only=True)
class CountTable:
    """Counts by one or more dimensions, with every margin.

    Examples
    --------
    >>> table = CountTable.of(("hub", "sex"), {("a", "f"): 3, ("a", "m"): 9, ("b", "f"): 8})
    >>> table.counts["a", "total"], table.counts["total", "total"], table.counts["b", "m"]
    (12, 20, 0)
    """

    dimensions: tuple[str, ...]
    """Names of the dimensions."""

    categories: tuple[tuple[str, ...], ...]
    """Categories of each dimension, without the total."""

    counts: Mapping[Cell, int] = field(repr=False)
    """Count of every cell, inner cells and margins."""

    @classmethod
    def of(cls, dimensions: Sequence[str], cells: Mapping[Cell, int]) -> "CountTable":
        """Make a table from its inner cells; cells not given are zero.

        Raises
        ------
        ValueError
            When a count is negative or no whole number, a place does not fit the dimensions, or a
            category is called ``"total"``.
        """
        for cell, count in cells.items():
            if len(cell) != len(dimensions) or TOTAL in cell:
                msg = f"a cell has one category for each of {tuple(dimensions)!r}, not {cell!r}"
                raise ValueError(msg)
            if type(cast("object", count)) is not int or count < 0:
                msg = f"a count is a whole number of zero or more, not {count!r} (at {cell!r})"
                raise ValueError(msg)
        categories = tuple(
            tuple(sorted({cell[n] for cell in cells})) for n in range(len(dimensions))
        )
        counts: dict[Cell, int] = {}
        for cell in product(*((*names, TOTAL) for names in categories)):
            counts[cell] = sum(
                count
                for inner, count in cells.items()
                if all(at in {TOTAL, here} for at, here in zip(cell, inner, strict=True))
            )
        return cls(dimensions=tuple(dimensions), categories=categories, counts=counts)

    @classmethod
    def grid(cls, rows: Sequence[Sequence[int]]) -> "CountTable":
        """Make a table of two dimensions from rows of counts; categories are numbers from 0.

        Examples
        --------
        >>> CountTable.grid([[1, 2], [3, 4]]).counts["1", "total"]
        7
        """
        cells: dict[Cell, int] = {
            (str(r), str(c)): n for r, row in enumerate(rows) for c, n in enumerate(row)
        }
        return cls.of(("row", "column"), cells)

    def lines(self) -> Iterator[tuple[Cell, ...]]:
        """Every line of cells whose last is the sum of the others."""
        axes = [(*names, TOTAL) for names in self.categories]
        for n, axis in enumerate(axes):
            for rest in product(*(a for k, a in enumerate(axes) if k != n)):
                yield tuple((*rest[:n], name, *rest[n:]) for name in axis)


__all__ = ["TOTAL", "Cell", "CountTable"]
