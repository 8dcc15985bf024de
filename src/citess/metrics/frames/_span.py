"""First and last day that a frame tells."""

from datetime import date
from typing import TYPE_CHECKING, cast

from citess.metrics.frames._door import held, latest
from citess.metrics.frames._plan import How, grouped, rows
from citess.metrics.tables import Table

if TYPE_CHECKING:
    from citess.metrics._tables import Tables


def days(table: Table, tables: "Tables") -> list[date]:
    """Least and greatest day of the columns by which rows are dated."""
    schema = tables.schema(table.name)
    names = (table.flow,) if table.flow is not None else held(table.stock or "")[:2]
    dated = [one for name in names for one in (name, latest(name)) if one in schema]
    if not dated:
        return []
    aggregates: dict[str, tuple[How, str]] = {}
    for place, name in enumerate(dated):
        aggregates |= {f"a{place}": ("min", name), f"z{place}": ("max", name)}
    (found,) = rows(grouped(tables[table.name], (), aggregates))
    return [cast("date", day) for day in found if day is not None]
