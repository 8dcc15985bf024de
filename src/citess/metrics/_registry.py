"""Metrics of records and metrics of values, as objects that can be called and explained."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from functools import update_wrapper
from typing import TYPE_CHECKING, Generic, ParamSpec, Protocol, Unpack, cast

from attrs import evolve, fields

from citess.errors import UnsupportedEngineError
from citess.metrics._asked import Asked, By, Where
from citess.metrics._catalogue import catalogue
from citess.metrics._count import Tense
from citess.metrics._definition import Better, Defined, Definition
from citess.metrics._facts import Fact, Facts, Number
from citess.metrics._measure import Measure, Outcome
from citess.metrics._reading import TableReader
from citess.metrics._tables import Tables
from citess.metrics._tally import Tally, together
from citess.metrics.frames._engine import OBJECTS, shared
from citess.model import Dataset, DateLike, Period, Record, as_date

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Better", "Metric", "Reader", "ValueMetric", "as_of", "metric", "value_metric"]

P = ParamSpec("P")
Data = "Dataset | Iterable[Record] | nx.Graph[str]"


class Reader(Protocol):
    """Counts what a metric needs, in one pass over the records."""

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Dimensions by which it can be broken down."""
        ...

    @property
    def tense(self) -> Tense:
        """Whether it counts events of a period or states on a day."""
        ...

    @property
    def engines(self) -> tuple[str, ...]:
        """Engines on which it runs."""
        ...

    def __call__(self, data: "Dataset | nx.Graph[str]", asked: Asked, /) -> Tally: ...


class Metric(Defined):
    """A definition over records: it can be called on data or on a tally, and explained.

    Examples
    --------
    >>> import citess
    >>> metric = citess.metrics.catalogue["G07"]
    >>> metric.name, metric.unit, metric.label("fr")
    ('formality_share', 'ratio', 'Part des accords signés')
    """

    def __init__(
        self,
        function: Callable[..., Outcome],
        id_: str,
        reads: Reader | tuple[Reader, ...],
        **facts: Unpack[Definition],
    ) -> None:
        update_wrapper(self, function)
        super().__init__(function, id_, "records", **facts)
        self._formula = function
        self.readers: tuple[Reader, ...] = reads if isinstance(reads, tuple) else (reads,)

    @property
    def function(self) -> "Metric":
        """What to call on data: the metric itself."""
        return self

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Dimensions by which it can be broken down."""
        first, *others = (reader.dimensions for reader in self.readers)
        return tuple(name for name in first if all(name in other for other in others))

    @property
    def tense(self) -> Tense:
        """``"flow"`` for events, asked for by ``period``; ``"stock"`` for states, by ``on`` too."""
        return "flow" if any(reader.tense == "flow" for reader in self.readers) else "stock"

    @property
    def engines(self) -> tuple[str, ...]:
        """Engines on which it runs: ``"objects"``, and those of frames where tables say it all."""
        return shared(getattr(reader, "engines", (OBJECTS,)) for reader in self.readers)

    def tally(
        self,
        data: "Dataset | Iterable[Record] | nx.Graph[str] | Tables",
        *,
        by: By = None,
        on: DateLike | None = None,
        period: str | Period | None = None,
        where: Where = None,
        **options: object,
    ) -> Tally:
        """Count what the metric needs: a small object that merges with those of other data.

        Raises
        ------
        ValueError
            When a dimension is not one of the metric's, or both a day and a period are given.
        """
        asked = Asked.of(by=by, on=on, period=period, where=where, options=options)
        return self._read(data, evolve(asked, accounted=True))

    def _read(
        self, data: "Dataset | Iterable[Record] | nx.Graph[str] | Tables", asked: Asked
    ) -> Tally:
        if isinstance(data, Tables):
            return self._on_frames(data, asked)
        if isinstance(data, Dataset) or hasattr(data, "number_of_nodes"):
            whole = cast("Dataset | nx.Graph[str]", data)
        else:
            whole = Dataset(data)
        return together([read(whole, asked) for read in self.readers])

    def _on_frames(self, tables: Tables, asked: Asked) -> Tally:
        if tables.engine not in self.engines:
            raise UnsupportedEngineError(self.name, tables.engine, self.engines)
        readers = cast("tuple[TableReader, ...]", self.readers)
        return together([_read_frames(read, tables, asked) for read in readers])

    def compute(
        self, facts: Mapping[Fact, Number] | Mapping[str, Number], **options: object
    ) -> Outcome:
        """Apply the formula to facts counted by hand."""
        return self._formula(facts if isinstance(facts, Facts) else Facts(facts), **options)

    def of(self, tally: Tally, **options: object) -> Measure:
        """Compute the measure from a tally, for the whole and for each group."""
        measures = {
            group: self._measure(facts, tally, options) for group, facts in tally.facts().items()
        }
        whole = measures.pop(())
        return evolve(whole, breakdown=measures, by=tally.by)

    def _measure(self, facts: Facts, tally: Tally, options: Mapping[str, object]) -> Measure:
        found = self.compute(facts, **options)
        if tally.uncertain:
            found = evolve(found, warnings=(*found.warnings, "unknown-dates"))
        return as_measure(
            self, found, on=tally.on, period=tally.period, sources=tuple(sorted(tally.sources))
        )

    def __call__(
        self,
        data: "Dataset | Iterable[Record] | nx.Graph[str] | Tables",
        *,
        by: By = None,
        on: DateLike | None = None,
        period: str | Period | None = None,
        where: Where = None,
        **options: object,
    ) -> Measure:
        """Compute the measure on data.

        Parameters
        ----------
        data
            Dataset, or records that make one; or :class:`Tables` of frames.
        by
            Dimension or dimensions to break it down by, in one pass; the whole is computed from
            all records, never averaged.
        on
            Day on which records hold, for states.
        period
            Period in which records hold or happen, as a :class:`~citess.Period` or ``"2023"``.
        where
            Values that columns must have, as ``{"sex": "female", "hub": ("a", "b")}``; ``None`` is
            not known.
        options
            Options of the metric, named in its description.
        """
        asked = Asked.of(by=by, on=on, period=period, where=where, options=options)
        return self.of(self._read(data, asked), **options)


def as_of(data: Dataset, day: DateLike | None = None) -> tuple[Measure, ...]:
    """Compute every metric of records as of a day: states on it, events up to and with it.

    Examples
    --------
    >>> import citess
    >>> measures = as_of(citess.datasets.tunisia(), "2021-06-30")
    >>> {measure.on for measure in measures} == {"2021-06-30", None}
    True
    """
    records = [found for found in catalogue.values() if isinstance(found, Metric)]
    if day is None:
        return tuple(found(data) for found in records)
    past = Period.of(date.min, as_date(day) + timedelta(days=1))
    return tuple(
        found(data, period=past) if found.tense == "flow" else found(data, on=day)
        for found in records
    )


def _read_frames(read: TableReader, tables: Tables, asked: Asked) -> Tally:
    """Read frames; rows that depend on what is asked come from the records, where known."""
    if read.works_rows_out and tables.data is not None:
        return read(tables.data, asked)
    return read.on_frames(tables, asked)


class ValueMetric(Defined, Generic[P]):
    """A definition over values that the caller has: numbers, tables of numbers, rates.

    Examples
    --------
    >>> import citess
    >>> metric = citess.metrics.catalogue["R08"]
    >>> metric.takes, round(metric([1, 2, 3, 4, 10]).value, 2)
    ('values', 0.4)
    """

    def __init__(
        self, function: Callable[P, Outcome], id_: str, **facts: Unpack[Definition]
    ) -> None:
        update_wrapper(self, function)
        super().__init__(function, id_, "values", **facts)
        self._formula = function

    @property
    def function(self) -> "ValueMetric[P]":
        """What to call on values: the metric itself."""
        return self

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Measure:
        """Compute the measure from values."""
        return as_measure(self, self._formula(*args, **kwargs))


def as_measure(
    metric: Defined,
    found: Outcome,
    *,
    on: str | None = None,
    period: str | None = None,
    sources: tuple[str, ...] = (),
) -> Measure:
    """Make an outcome a measure of a metric."""
    return Measure(
        **{a.name: getattr(found, a.name) for a in fields(Outcome)},
        metric=metric.id,
        name=metric.name,
        unit=metric.unit,
        level=metric.level,
        on=on,
        period=period,
        sources=sources,
    )


def metric(
    id: str,  # noqa: A002  (the word of the field)
    *,
    reads: Reader | tuple[Reader, ...],
    **facts: Unpack[Definition],
) -> Callable[[Callable[..., Outcome]], Metric]:
    """Make a formula of facts a metric of records, and register it."""

    def define(function: Callable[..., Outcome]) -> Metric:
        made = Metric(function, id, reads, **facts)
        catalogue.add(made)
        return made

    return define


def value_metric(
    id: str,  # noqa: A002  (the word of the field)
    **facts: Unpack[Definition],
) -> Callable[[Callable[P, Outcome]], ValueMetric[P]]:
    """Make a formula of values a metric, and register it."""

    def define(function: Callable[P, Outcome]) -> ValueMetric[P]:
        made = ValueMetric(function, id, **facts)
        catalogue.add(made)
        return made

    return define
