"""The report on hubs, as data: the same words for the terminal, JSON and pages."""

from citess.report._build import hub_report
from citess.report._document import Document, Section, Table

__all__ = ["Document", "Section", "Table", "hub_report"]
