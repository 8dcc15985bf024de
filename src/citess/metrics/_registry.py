"""Metrics of records and metrics of values, as objects that can be called and explained."""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import update_wrapper
from typing import TYPE_CHECKING, Final, Generic, ParamSpec, Protocol, TypedDict, Unpack, cast

from attrs import evolve, fields

from citess.errors import UnsupportedEngineError, suggest
from citess.metrics._asked import Asked, By, Where
from citess.metrics._bounding import within
from citess.metrics._catalogue import catalogue
from citess.metrics._count import Tense
from citess.metrics._definition import Better, Defined, Definition
from citess.metrics._facts import Fact, Facts, Number
from citess.metrics._measure import Measure, Outcome, Undefined
from citess.metrics._reading import TableReader
from citess.metrics._series import Labelled, is_period, periods_of
from citess.metrics._streams import streams, tally_of, whole
from citess.metrics._tables import Tables
from citess.metrics._tally import Group, Tally, together
from citess.metrics.frames._engine import OBJECTS, shared
from citess.model import Dataset, DateLike, Period, Record

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Better", "Metric", "Reader", "ValueMetric", "metric", "value_metric"]

P = ParamSpec("P")
CONTEXT: Final = "context"
"""Option of every metric: the dataset that a stream of records refers to."""

Series = str | Period | Iterable[str | Period] | None
"""A period, or a series of them."""


class Question(TypedDict):
    """What is asked of every period of a series."""

    by: By
    """Dimensions of the groups."""
    on: DateLike | None
    """Day."""
    where: Where
    """Values that columns must have."""


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

    @property
    def options(self) -> tuple[str, ...] | None:
        """Options that it takes, of the formula and of what it reads; ``None`` when not told."""
        heeded: list[str] = []
        for one in self.readers:
            named = getattr(one, "options", None)
            if named is None:
                return None
            heeded += named
        own = inspect.signature(self._formula).parameters.values()
        named = [one.name for one in own if one.kind is one.KEYWORD_ONLY]
        return tuple(dict.fromkeys((*named, *heeded)))

    def _refuse_unknown(self, options: Mapping[str, object]) -> None:
        """Refuse options that it does not take: a slip of the pen would go unseen."""
        known = self.options if options else None
        if known is None:
            return
        for name in options:
            if name not in {*known, CONTEXT}:
                near = suggest(name, known)
                hint = f"; did you mean {near!r}?" if near else ""
                has = ", ".join(known) or "none"
                msg = f"{name!r} is no option of {self.name}; it has {has}{hint}"
                raise TypeError(msg)

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
        TypeError
            When an option is not one of the metric's.
        """
        self._refuse_unknown(options)
        asked = Asked.of(by=by, on=on, period=period, where=where, options=options)
        return self._read(data, evolve(asked, accounted=True))

    def _read(
        self, data: "Dataset | Iterable[Record] | nx.Graph[str] | Tables", asked: Asked
    ) -> Tally:
        if isinstance(data, Tables):
            return self._on_frames(data, asked)
        if streams(self.readers, data):
            readers = cast("tuple[TableReader, ...]", self.readers)
            records = cast("Iterator[Record]", data)
            return tally_of(readers, records, asked, asked.options.get(CONTEXT))
        given = whole(data)
        return together([read(given, asked) for read in self.readers])

    def _on_frames(self, tables: Tables, asked: Asked) -> Tally:
        if tables.engine not in self.engines:
            raise UnsupportedEngineError(self.name, tables.engine, self.engines)
        readers = cast("tuple[TableReader, ...]", self.readers)
        return together([_read_frames(read, tables, asked) for read in readers])

    def compute(
        self, facts: Mapping[Fact, Number] | Mapping[str, Number], **options: object
    ) -> Outcome:
        """Apply the formula to facts counted by hand."""
        self._refuse_unknown(options)
        return self._formula(facts if isinstance(facts, Facts) else Facts(facts), **options)

    def of(self, tally: Tally, **options: object) -> Measure:
        """Compute the measure from a tally, for the whole and for each group.

        Raises
        ------
        ValueError
            When the tally is of another metric.
        TypeError
            When an option is not one of the metric's.
        """
        self._refuse_unknown(options)
        self._refuse_other(tally)
        measures = {
            group: self._measure(group, facts, tally, options)
            for group, facts in tally.facts().items()
        }
        whole = measures.pop(())
        return evolve(whole, breakdown=measures, by=tally.by)

    @property
    def reads(self) -> str | None:
        """What it counts, in words; ``None`` when not told."""
        said = [getattr(one, "reads", None) for one in self.readers]
        return None if None in said else " and ".join(cast("list[str]", said))

    def _refuse_other(self, tally: Tally) -> None:
        """Refuse a tally that other metrics count: its facts would be taken for something else."""
        if tally.reads == self.reads or self.reads is None:
            return
        others = (one for one in catalogue.values() if isinstance(one, Metric))
        if any(tally.reads == one.reads for one in others):
            msg = f"{self.name} is computed from {self.reads}, not from {tally.reads}"
            raise ValueError(msg)

    def _measure(
        self, group: Group, facts: Facts, tally: Tally, options: Mapping[str, object]
    ) -> Measure:
        def formula(known: Facts) -> Outcome:
            return self._formula(known, **options)

        if tally.withheld.get(group):
            found = Outcome(reason=Undefined.WITHHELD)
        elif bounds := tally.bounded.get(group):
            found = within(formula, facts, bounds, at_ends=self.at_ends)
        else:
            found = formula(facts)
        doubts = ("unknown-dates",) if tally.uncertain else ()
        found = evolve(found, warnings=(*found.warnings, *doubts, *sorted(tally.doubts)))
        return as_measure(
            self, found, on=tally.on, period=tally.period, sources=tuple(sorted(tally.sources))
        )

    def __call__(
        self,
        data: "Dataset | Iterable[Record] | nx.Graph[str] | Tables",
        *,
        by: By = None,
        on: DateLike | None = None,
        period: Series = None,
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
            Period in which records hold or happen, as a :class:`~citess.Period` or ``"2023"``; or a
            series, ``"yearly"``, ``"quarterly:2020/2024"`` or several periods, which breaks the
            measure down by ``"period"`` first.
        where
            Values that columns must have, as ``{"sex": "female", "hub": ("a", "b")}``; ``None`` is
            not known.
        options
            Options of the metric, named in its description; for a stream of records ``context``, a
            dataset of those that it refers to.

        Examples
        --------
        >>> import citess
        >>> data = citess.datasets.synthetic(hubs=2)
        >>> found = citess.metrics.women_share(data, period="yearly:2020/2022", by="hub")
        >>> found.by, list(found.breakdown)[0]
        (('period', 'hub'), ('2020', 'synthetic-0-hub-0'))
        """
        self._refuse_unknown(options)
        if period is not None and not isinstance(period, Period):
            if isinstance(data, Iterator):
                data = Dataset(data) if not is_period(period) else data
            whole = cast("Dataset | Tables", data)
            if (listed := periods_of(period, whole, self.readers)) is not None:
                return self._over(whole, listed, Question(by=by, on=on, where=where), options)
        asked = Asked.of(
            by=by, on=on, period=cast("str | Period | None", period), where=where, options=options
        )
        return self.of(self._read(data, asked), **options)

    def _over(
        self,
        data: "Dataset | Tables",
        periods: "tuple[Labelled, ...]",
        question: "Question",
        options: Mapping[str, object],
    ) -> Measure:
        """Compute the measure over a series: the whole over its span, then period by period."""
        span = Period.of(
            min((one.start for _, one in periods), key=str),
            max((one.end for _, one in periods), key=str),
        )
        whole = self(data, period=span, **question, **options)
        groups: dict[Group, Measure] = {}
        for name, one in periods:
            found = self(data, period=one, **question, **options)
            if whole.by:
                groups |= {(name, *group): measure for group, measure in found.breakdown.items()}
            else:
                groups[name,] = found
        bare = {group: evolve(measure, breakdown={}, by=()) for group, measure in groups.items()}
        return evolve(whole, breakdown=bare, by=("period", *whole.by))


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
