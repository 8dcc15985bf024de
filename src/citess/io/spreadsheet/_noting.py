"""What a cell was taken for, said while it is read."""


class Noting:
    """Notes of the cell that is being read: code, what was given, facts."""

    def __init__(self) -> None:
        self.notes: list[tuple[str, object, dict[str, object]]] = []

    def note(self, code: str, given: object, **details: object) -> None:
        """Note an assumption."""
        self.notes.append((code, given, details))

    def take(self, other: "Noting") -> None:
        """Take the notes of another."""
        self.notes += other.notes
