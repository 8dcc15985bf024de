"""What a cell was taken for, said while it is read."""

from attrs import evolve

from citess.errors import Issue, Severity


class Noting:
    """Notes of the cell that is being read.

    Parameters
    ----------
    shift
        Days between the beginning of 1900, as spreadsheets count, and that of the workbook.
    """

    def __init__(self, shift: int = 0) -> None:
        self.shift = shift
        self.notes: list[Issue] = []

    def note(
        self, code: str, given: object, *, suggestion: str | None = None, **details: object
    ) -> None:
        """Note an assumption."""
        issue = Issue.of(code, "", given, suggestion=suggestion)
        facts = tuple(sorted((key, str(value)) for key, value in details.items()))
        self.notes.append(evolve(issue, severity=Severity.NOTE, details=facts))

    def take(self, other: "Noting") -> None:
        """Take the notes of another."""
        self.notes += other.notes
