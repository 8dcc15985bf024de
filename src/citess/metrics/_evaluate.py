"""Several metrics asked the same question, as one table."""

import html
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypedDict, Unpack, cast

from attrs import frozen

from citess.metrics._asked import By, Where, dimensions_of
from citess.metrics._catalogue import catalogue
from citess.metrics._framed import frame_of, row_of
from citess.metrics._measure import Measure, Undefined, shown
from citess.metrics._registry import Metric, Series
from citess.metrics._tables import Tables
from citess.model import Dataset, DateLike, Period, Record, as_date

if TYPE_CHECKING:
    import networkx as nx


@frozen
class Results:
    """Measures of several metrics, and the table of all their groups.

    Examples
    --------
    >>> import citess
    >>> from citess.metrics import evaluate
    >>> data = citess.datasets.synthetic()
    >>> results = evaluate(data, ["women_share", "formality_share"], by="hub")
    >>> len(results.measures), [row["hub"] for row in results.rows][:2]
    (2, [None, 'synthetic-0-hub-0'])
    """

    measures: tuple[Measure, ...]
    """One measure a metric, broken down by what was asked."""

    by: tuple[str, ...] = ()
    """Dimensions of the groups."""

    @property
    def rows(self) -> tuple[Mapping[str, object], ...]:
        """A row for the whole of each metric, and one for each of its groups.

        Dimensions are ``None`` in the row of the whole.
        """
        return tuple(
            row_of(one, self.by, group)
            for measure in self.measures
            for group, one in (((), measure), *measure.breakdown.items())
        )

    def to_dict(self) -> dict[str, object]:
        """Give the measures as plain data for JSON, in a versioned shape."""
        return {
            "schema": "citess.results/1",
            "by": list(self.by),
            "measures": [measure.to_dict() for measure in self.measures],
        }

    def to_frame(self, backend: str | None = None) -> object:
        """Give the rows as a data frame of Polars, pandas or PyArrow, the first installed.

        Raises
        ------
        MissingExtraError
            When none is installed.
        """
        return frame_of(self.rows, backend)

    def __len__(self) -> int:
        return len(self.measures)

    def _repr_html_(self) -> str:
        heads = ("metric", *self.by, "value", "n", "missing")
        head = "".join(f"<th>{html.escape(name)}</th>" for name in heads)
        return f"<table><tr>{head}</tr>{''.join(map(self._html_row, self.rows))}</table>"

    def _html_row(self, row: Mapping[str, object]) -> str:
        value = row["value"]
        told = (
            Undefined(cast("str", row["reason"])).label()
            if value is None
            else shown(cast("float", value))
        )
        groups = (row[name] or "" for name in self.by)
        cells = (row["label"], *groups, told, row["n"], row["missing"])
        return f"<tr>{''.join(f'<td>{html.escape(str(cell))}</td>' for cell in cells)}</tr>"


class Question(TypedDict, total=False):
    """What several metrics may be asked."""

    by: By
    """Dimension or dimensions of the groups."""
    on: DateLike | None
    """Day: states on it, events up to and with it."""
    period: Series
    """Period, or a series: ``"2023"``, ``"quarterly"``, ``"yearly:2020/2024"``."""
    where: Where
    """Values that columns must have."""


def evaluate(
    data: "Dataset | Iterable[Record] | nx.Graph[str] | Tables",
    metrics: Metric | str | Iterable[Metric | str] | None = None,
    **question: Unpack[Question],
) -> Results:
    """Ask several metrics the same question.

    Parameters
    ----------
    data
        Dataset, records or tables of frames.
    metrics
        A metric or several, their ids or their names; by default every metric of records that has
        the dimensions asked for and runs on the data.
    question
        ``by``, the dimension or dimensions of the groups; ``on``, a day, for states on it and
        events up to and with it; ``period``, one or a series, as ``"2023"``, ``"quarterly"`` or
        ``"yearly:2020/2024"``; ``where``, values that columns must have.

    Raises
    ------
    UnknownIdError
        When no metric has an id or name.
    TypeError
        When a metric is not of records, or something else is asked.
    ValueError
        When no metric has the dimensions asked for.

    Examples
    --------
    >>> import citess
    >>> results = evaluate(citess.datasets.tunisia(), ["formality_share"], on="2021-06-30")
    >>> results.measures[0].on
    '2021-06-30'
    """
    if unknown := question.keys() - Question.__annotations__.keys():
        asked = ", ".join(Question.__annotations__)
        msg = f"evaluate is asked {asked}, not {min(unknown)!r}; call a metric to give it options"
        raise TypeError(msg)
    where = question.get("where")
    wanted = dimensions_of(question.get("by"))
    names = (*wanted, *(where or {}))
    whole = data if isinstance(data, Tables) or hasattr(data, "number_of_nodes") else _dataset(data)
    given = (metrics,) if isinstance(metrics, (str, Metric)) else metrics
    chosen = _every(names, whole) if given is None else tuple(map(_named, given))
    measures: list[Measure] = []
    for metric in chosen:
        day, span = _moment(metric, question.get("on"), question.get("period"))
        measures.append(metric(cast("Dataset", whole), by=wanted, on=day, period=span, where=where))
    dimensions = next((one.by for one in measures), wanted)
    return Results(tuple(measures), dimensions)


def _dataset(data: object) -> Dataset:
    return data if isinstance(data, Dataset) else Dataset(cast("Iterable[Record]", data))


def _moment(metric: Metric, on: DateLike | None, period: Series) -> tuple[DateLike | None, Series]:
    """Day or period of a metric: events up to a day are those of all the time before it."""
    if on is None or period is not None or metric.tense == "stock":
        return on, period
    return None, Period.of(date.min, as_date(on) + timedelta(days=1))


def _named(given: Metric | str) -> Metric:
    found = given
    if isinstance(given, str):
        found = cast("Metric", catalogue[given] if given in catalogue else catalogue.named(given))
    if not isinstance(found, Metric):
        msg = f"{found!r} is called on values or a graph, not on records"
        raise TypeError(msg)
    return found


def _every(names: Iterable[str], data: object) -> tuple[Metric, ...]:
    """Metrics of records that have some dimensions and run on the data."""
    engine = data.engine if isinstance(data, Tables) else "objects"
    known = (one for one in catalogue.values() if isinstance(one, Metric))
    bases = [name.partition(":")[0] for name in names]
    found = tuple(
        one
        for one in known
        if engine in one.engines and all(name in one.dimensions for name in bases)
    )
    if not found:
        msg = f"no metric of records has the dimensions {', '.join(bases)} and runs on {engine}"
        raise ValueError(msg)
    return found
