"""Series of periods: years, quarters or months, one after the other."""

from collections.abc import Iterable
from datetime import date, timedelta
from operator import attrgetter
from typing import TYPE_CHECKING, Final, cast

from citess.metrics._asked import a_period
from citess.metrics._reading import TableReader
from citess.metrics._tables import Tables
from citess.model import Dataset, PartialDate, Period

if TYPE_CHECKING:
    import networkx as nx

STEPS: Final = {"yearly": 12, "quarterly": 3, "monthly": 1}
"""Months of a period, by the name of the series."""

Labelled = tuple[str, Period]


def series(span: str | Period, step: str) -> tuple[Labelled, ...]:
    """Calendar years, quarters or months that cover a span, with their names.

    Raises
    ------
    ValueError
        When there is no such step, or the span has an end that is not known.

    Examples
    --------
    >>> [(name, str(period)) for name, period in series("2023-02/2023-07", "quarterly")]
    [('2023-Q1', '2023-01-01/2023-04-01'), ('2023-Q2', '2023-04-01/2023-07-01')]
    """
    if step not in STEPS:
        msg = f"{step!r} is no series; series are {', '.join(STEPS)}"
        raise ValueError(msg)
    given = a_period(span)
    start, end = given.start.date, given.end.date
    if start is None or end is None:
        msg = f"a series needs a span of which both ends are known, not {given}"
        raise ValueError(msg)
    months = STEPS[step]
    place = (start.earliest.year * 12 + start.earliest.month - 1) // months
    found: list[Labelled] = []
    while (first := _first(place * months)) < end.latest:
        found.append((_name(first, step), Period.of(first, _first((place + 1) * months))))
        place += 1
    return tuple(found)


def _first(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _name(first: date, step: str) -> str:
    if step == "yearly":
        return f"{first.year:04}"
    if step == "quarterly":
        return f"{first.year:04}-Q{(first.month + 2) // 3}"
    return f"{first.year:04}-{first.month:02}"


def is_period(given: object) -> bool:
    """Whether one period is given, and not a series."""
    return isinstance(given, Period) or (
        isinstance(given, str) and given.partition(":")[0] not in STEPS
    )


def periods_of(
    given: object, data: "Dataset | nx.Graph[str] | Tables", readers: Iterable[object]
) -> tuple[Labelled, ...] | None:
    """Periods of a series; ``None`` where one period, or none, is asked for.

    Raises
    ------
    ValueError
        When a series is asked for and nothing tells where it begins and ends, or it has no period,
        or one twice.
    TypeError
        When it is neither a period nor several.
    """
    if is_period(given):
        return None
    if not isinstance(given, str):
        return _listed(given)
    step, _, span = given.partition(":")
    return series(span or _span(step, data, readers), step)


def _listed(given: object) -> tuple[Labelled, ...]:
    """Periods given one by one."""
    several = isinstance(given, Iterable)
    listed = cast("Iterable[str | Period]", given if several else (given,))
    periods = [a_period(one) for one in listed]
    names = [str(one) for one in periods]
    if not periods or len(set(names)) < len(names):
        msg = f"a series has one period or more, each once, not {names!r}"
        raise ValueError(msg)
    return tuple(zip(names, periods, strict=True))


def _span(step: str, data: "Dataset | nx.Graph[str] | Tables", readers: Iterable[object]) -> Period:
    """Span of the dates that a metric reads."""
    days: list[date] = []
    for reader in readers:
        if isinstance(reader, TableReader) and isinstance(data, Dataset):
            days += _days_of_records(reader, data)
        elif isinstance(reader, TableReader) and isinstance(data, Tables):
            days += _days_of_frame(reader, data)
    if not days:
        msg = f"nothing dated tells where the series begins and ends: say it, as {step}:2020/2024"
        raise ValueError(msg)
    return Period.of(min(days), max(days) + timedelta(days=1))


def _days_of_records(reader: TableReader, data: Dataset) -> list[date]:
    table = reader.source
    rows = list(table.rows(data))
    if table.flow is not None:
        found = map(attrgetter(table.flow), rows)
        dates = [cast("PartialDate | None", one) for one in found]
    else:
        held = [cast("Period | None", getattr(row, table.stock or "")) for row in rows]
        known = [one for one in held if one is not None]
        dates = [end for one in known for end in (one.start.date, one.end.date)]
    return [day for one in dates if one is not None for day in (one.earliest, one.latest)]


def _days_of_frame(reader: TableReader, tables: Tables) -> list[date]:
    from citess.metrics.frames._span import days  # noqa: PLC0415  (narwhals)

    return days(reader.source, tables)
