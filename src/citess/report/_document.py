"""A report as data: sections with paragraphs, tables and lists."""

from attrs import frozen


@frozen(kw_only=True)
class Table:
    """A table: a title for each column, and rows of text."""

    columns: tuple[str, ...]
    """Titles of the columns."""

    rows: tuple[tuple[str, ...], ...]
    """Cells, row by row."""


@frozen(kw_only=True)
class Section:
    """A part of a report."""

    title: str
    """Heading."""

    paragraphs: tuple[str, ...] = ()
    """Sentences, before the table."""

    table: Table | None = None
    """A table, when there is one."""

    items: tuple[str, ...] = ()
    """List, after the table."""


@frozen(kw_only=True)
class Document:
    """A whole report in one language."""

    title: str
    """Title."""

    language: str
    """Language of every word of it."""

    sections: tuple[Section, ...]
    """Its parts, in order."""

    def to_dict(self) -> dict[str, object]:
        """Give the report as plain data for JSON."""
        return {
            "title": self.title,
            "language": self.language,
            "sections": [
                {
                    "title": section.title,
                    "paragraphs": list(section.paragraphs),
                    "table": None
                    if section.table is None
                    else {
                        "columns": list(section.table.columns),
                        "rows": [list(row) for row in section.table.rows],
                    },
                    "items": list(section.items),
                }
                for section in self.sections
            ],
        }
