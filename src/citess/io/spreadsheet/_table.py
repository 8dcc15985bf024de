"""A table as it stands in a file: rows of cells, and where they are."""

from collections.abc import Mapping, Sequence

from attrs import field, frozen

from citess.errors import Issue


def _none() -> dict[tuple[int, int], Issue]:
    return {}


@frozen
class Table:
    """Rows of one sheet or file, as a reader gives them."""

    file: str
    """Name of the file."""

    sheet: str | None
    """Name of the sheet; ``None`` in a file that has none."""

    rows: Sequence[Sequence[object]]
    """Cells, row by row."""

    lines: Sequence[int] = ()
    """Line of the file on which each row begins, where that can differ from its number."""

    faults: Mapping[tuple[int, int], Issue] = field(factory=_none)
    """Cells that hold no value, by row and column, and why."""

    notes: tuple[Issue, ...] = ()
    """What was noticed when it was opened."""

    shift: int = 0
    """Days by which its count of days begins later than that of 1900."""

    @property
    def name(self) -> str:
        """Name by which it is known what it holds: that of the sheet, or of the file."""
        return self.sheet if self.sheet is not None else self.file.rpartition(".")[0] or self.file


def cell_name(row: int, column: int) -> str:
    """Name of a cell as spreadsheets show it.

    Examples
    --------
    >>> cell_name(3, 1), cell_name(0, 26)
    ('B4', 'AA1')
    """
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def is_empty(cell: object) -> bool:
    """Tell whether a cell holds nothing; white space is nothing."""
    return cell is None or cell == "" or (isinstance(cell, str) and not cell.strip())


def typed_key(cell: object) -> str:
    """Text of a cell that is a key: a whole number has no decimals."""
    whole = isinstance(cell, float) and cell.is_integer()
    return str(int(cell)) if whole else str(cell).strip()  # type: ignore[call-overload]  # a float by the line above
