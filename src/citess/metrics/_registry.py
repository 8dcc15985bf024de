"""The catalogue of metrics: one definition each, for code, docs, reports and tests."""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from functools import update_wrapper
from typing import TYPE_CHECKING, Final, Protocol, cast

from attrs import evolve, fields

from citess.errors import UnknownIdError, suggest
from citess.i18n import Term
from citess.metrics._measure import Measure, Outcome
from citess.metrics._tally import Fact, Tally
from citess.metrics._texts import CATALOGUE, add_metric
from citess.model import Dataset, DateLike, PartialDate, Period, Record, as_date

if TYPE_CHECKING:
    import networkx as nx

By = str | Iterable[str] | None
Facts = Mapping[Fact, int]


class Better(Term):
    """In which direction a value is better."""

    HIGHER = "higher", "higher is better"
    LOWER = "lower", "lower is better"
    CONTEXT = "context", "depends on the context"


class Reader(Protocol):
    """Counts what a metric needs, in one pass over the records."""

    def __call__(
        self,
        data: "Dataset | nx.Graph[str]",
        /,
        *,
        by: tuple[str, ...],
        on: str | None,
        period: Period | None,
        options: Mapping[str, object],
    ) -> Tally: ...


class Metric:
    """A definition that can be called on data, on a tally, and explained.

    Examples
    --------
    >>> import citess
    >>> metric = citess.metrics.catalogue["G07"]
    >>> metric.name, metric.unit, metric.label("fr")
    ('formality_share', 'ratio', 'Part des accords signés')
    """

    id: str
    """Id in the catalogue: ``"S01"``."""
    name: str
    """Name of the function."""
    unit: str
    """Unit of the value."""
    bounds: tuple[float, float | None]
    """Least and greatest value; ``None`` where there is no greatest."""
    better: Better
    """In which direction a value is better."""
    formula: str
    """Formula in LaTeX."""
    missing: str
    """What is done with missing values."""
    small_numbers: str
    """What is done with few units."""
    aggregation: str
    """How values of several hubs are joined."""
    source: str
    """Where the definition comes from."""
    poolable: bool
    """Whether numerators and denominators of several measures add."""

    description: str
    """What the definition means, counts and leaves out."""

    def __init__(  # noqa: PLR0913  (each is a fact of the definition)
        self,
        function: Callable[..., Outcome],
        reads: Reader,
        *,
        id: str,  # noqa: A002  (the word of the field)
        question: str,
        limits: str,
        unit: str,
        bounds: tuple[float, float | None],
        better: Better,
        formula: str,
        missing: str,
        small_numbers: str,
        aggregation: str,
        source: str,
        poolable: bool,
    ) -> None:
        update_wrapper(self, function)
        label, _, rest = inspect.cleandoc(function.__doc__ or "").partition("\n")
        self._formula = function
        self._reads = reads
        self.id = id
        self.name = function.__name__
        self.unit = unit
        self.bounds = bounds
        self.better = better
        self.formula = formula
        self.missing = missing
        self.small_numbers = small_numbers
        self.aggregation = aggregation
        self.source = source
        self.poolable = poolable
        self.description = rest.strip()
        texts = {"label": label.rstrip("."), "question": question, "limits": limits}
        add_metric(self.name, texts, formula, source)

    @property
    def function(self) -> "Metric":
        """What to call on data: the metric itself."""
        return self

    def label(self, language: str = "en") -> str:
        """Label in a language."""
        return CATALOGUE.text(f"{self.name}.label", language)

    def question(self, language: str = "en") -> str:
        """Question that the metric answers."""
        return CATALOGUE.text(f"{self.name}.question", language)

    def limits(self, language: str = "en") -> str:
        """What the metric cannot tell."""
        return CATALOGUE.text(f"{self.name}.limits", language)

    def tally(
        self,
        data: "Dataset | Iterable[Record] | nx.Graph[str]",
        *,
        by: By = None,
        on: DateLike | None = None,
        period: str | Period | None = None,
        **options: object,
    ) -> Tally:
        """Count what the metric needs: a small object that merges with those of other data.

        Raises
        ------
        ValueError
            When a dimension is not one of the metric's, or both a day and a period are given.
        """
        if on is not None and period is not None:
            msg = "give a day (on=) or a period (period=), not both"
            raise ValueError(msg)
        graph = hasattr(data, "number_of_nodes")
        if isinstance(data, Dataset) or graph:
            whole = cast("Dataset | nx.Graph[str]", data)
        else:
            whole = Dataset(cast("Iterable[Record]", data))
        day = None if on is None else as_date(on).isoformat()
        span = _period(period) if isinstance(period, str) else period
        return self._reads(whole, by=dimensions(by), on=day, period=span, options=options)

    def compute(self, facts: Facts, **options: object) -> Outcome:
        """Apply the formula to facts counted by hand."""
        return self._formula(facts, **options)

    def of(self, tally: Tally, **options: object) -> Measure:
        """Compute the measure from a tally, for the whole and for each group."""
        measures = {
            group: self._measure(facts, tally, options) for group, facts in tally.facts().items()
        }
        whole = measures.pop(())
        return evolve(whole, breakdown=measures, by=tally.by)

    def _measure(self, facts: Facts, tally: Tally, options: Mapping[str, object]) -> Measure:
        found = self.compute(facts, **options)
        warnings = ("unknown-dates",) if tally.uncertain else ()
        return Measure(
            **{a.name: getattr(found, a.name) for a in fields(Outcome) if a.name != "warnings"},
            warnings=(*found.warnings, *warnings),
            metric=self.id,
            name=self.name,
            unit=self.unit,
            on=tally.on,
            period=tally.period,
            sources=tuple(sorted(tally.sources)),
        )

    def __call__(
        self,
        data: "Dataset | Iterable[Record] | nx.Graph[str]",
        *,
        by: By = None,
        on: DateLike | None = None,
        period: str | Period | None = None,
        **options: object,
    ) -> Measure:
        """Compute the measure on data.

        Parameters
        ----------
        data
            Dataset, or records that make one.
        by
            Dimension or dimensions to break it down by, in one pass; the whole is computed from
            all records, never averaged.
        on
            Day on which records hold.
        period
            Period in which records hold, as a :class:`~citess.Period` or ``"2023"``.
        options
            Options of the metric, named in its description.
        """
        tally = self.tally(data, by=by, on=on, period=period, **options)
        return self.of(tally, **options)

    def __repr__(self) -> str:
        return f"<metric {self.id} {self.name}>"

    def __reduce__(self) -> tuple[Callable[[str], "Metric"], tuple[str]]:
        return _by_id, (self.id,)


def _by_id(id_: str) -> Metric:
    return catalogue[id_]


def _period(text: str) -> Period:
    date = PartialDate(text)
    return Period.of(date.earliest, date.latest + timedelta(days=1))


def dimensions(by: By) -> tuple[str, ...]:
    """Names of the dimensions asked for."""
    return (by,) if isinstance(by, str) else tuple(by or ())


class Catalogue(Mapping[str, Metric]):
    """Metrics by id, in order of their ids.

    An installed package adds its own by an entry point of the group ``citess.metrics``, named by
    the id of the metric, whose object is what ``@metric`` made.
    """

    __slots__ = ("_asked", "_metrics")

    def __init__(self) -> None:
        self._metrics: dict[str, Metric] = {}
        self._asked = False

    def _all(self) -> dict[str, Metric]:
        """Metrics defined so far, and those of installed packages, which are looked for once."""
        if not self._asked:
            self._asked = True
            from importlib.metadata import entry_points  # noqa: PLC0415  (needed at first look)

            for entry in entry_points(group="citess.metrics"):
                found: object = entry.load()
                if not isinstance(found, Metric):
                    msg = f"{entry.value} must be a metric of citess, not {found!r}"
                    raise TypeError(msg)
                if self._metrics.get(found.id) is not found:
                    self.add(found)
        return self._metrics

    def add(self, metric: Metric) -> None:
        """Register a metric.

        Raises
        ------
        ValueError
            When its id or name is taken.
        """
        names = {known.name for known in self._metrics.values()}
        if metric.id in self._metrics or metric.name in names:
            msg = f"the metric {metric.id} {metric.name} is defined twice"
            raise ValueError(msg)
        self._metrics[metric.id] = metric

    def named(self, name: str) -> Metric:
        """Metric of a name.

        Raises
        ------
        UnknownIdError
            When no metric has that name.
        """
        by_name = {metric.name: metric for metric in self._all().values()}
        if name not in by_name:
            raise UnknownIdError("metric", name, suggest(name, by_name))
        return by_name[name]

    def __getitem__(self, id: str) -> Metric:  # noqa: A002  (the word of the field)
        if id not in self._all():
            raise UnknownIdError("metric", id, suggest(id, self._all()))
        return self._all()[id]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._all()))

    def __len__(self) -> int:
        return len(self._all())

    def __repr__(self) -> str:
        return f"<catalogue of {len(self)} metrics>"


catalogue: Final = Catalogue()
"""Every metric of citess, by id."""


def metric(  # noqa: PLR0913  (each is a fact of the definition)
    id: str,  # noqa: A002  (the word of the field)
    *,
    reads: Reader,
    question: str,
    limits: str,
    unit: str,
    bounds: tuple[float, float | None],
    better: Better,
    formula: str,
    missing: str,
    small_numbers: str,
    aggregation: str,
    source: str,
    poolable: bool = False,
) -> Callable[[Callable[..., Outcome]], Metric]:
    """Make a formula of facts a metric, and register it."""

    def define(function: Callable[..., Outcome]) -> Metric:
        made = Metric(
            function,
            reads,
            id=id,
            question=question,
            limits=limits,
            unit=unit,
            bounds=bounds,
            better=better,
            formula=formula,
            missing=missing,
            small_numbers=small_numbers,
            aggregation=aggregation,
            source=source,
            poolable=poolable,
        )
        catalogue.add(made)
        return made

    return define
