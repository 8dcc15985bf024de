"""Table of the time that enterprises were watched, year by year of their age."""

from typing import Final

from attrs import frozen

from citess.metrics.tables._histories import History
from citess.metrics.tables._table import Table, attribute
from citess.metrics.tables.enterprises import of_history
from citess.metrics.tables.jobs import OF_ENTERPRISES
from citess.model import PartialDate


@frozen(kw_only=True)
class Exposure:
    """Days that an enterprise was watched in a year of its age, and whether it closed then."""

    history: History
    """Enterprise."""

    on: PartialDate
    """First of those days."""

    age: int | None = None
    """Whole years since its creation; ``None`` is not known."""

    days: int | None = None
    """Days; ``None`` is not known."""

    closed: bool | None = None
    """Whether it closed at the end of them; ``None`` is not known."""

    sources: tuple[str, ...] = ()
    """Sources cited."""

    @property
    def id(self) -> str:
        """Enterprise, and year of its age."""
        return f"{self.history.id}@{self.age}"


ENTERPRISE_YEARS: Final = Table(
    name="enterprise_years",
    rows=lambda _: (),
    flow="on",
    columns={
        "id": attribute("id", meaning="enterprise, and year of its age"),
        **{name: of_history(name) for name in OF_ENTERPRISES},
        "on": attribute("on", kind="date", meaning="first day"),
        "age": attribute("age", kind="number", meaning="whole years since creation"),
        "days": attribute("days", kind="number", meaning="days watched"),
        "closed": attribute("closed", kind="flag", meaning="whether it closed at the end of them"),
    },
)
"""One row a year of age of an enterprise, as far as it was watched in the period."""
