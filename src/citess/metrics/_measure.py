"""A number that can be explained, or the reason why there is none."""

import html
import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final, NoReturn

from attrs import field, frozen

from citess.errors import UndefinedMeasureError
from citess.i18n import LANGUAGES, Term
from citess.metrics._facts import Number
from citess.metrics._framed import frame_of, row_of
from citess.metrics._texts import CATALOGUE, DEFINITIONS
from citess.model import as_date

SCHEMA: Final = "citess.measure/1"
_NO_ORDER: Final = "measures have no order: use citess.metrics.compare(a, b)"

Group = tuple[str, ...]


class Undefined(Term):
    """Why a measure has no value."""

    ZERO_DENOMINATOR = "zero_denominator", "the denominator is zero"
    TOO_FEW = "too_few", "too few units"
    NOT_KNOWN = "not_known", "the data do not say"
    NOT_APPLICABLE = "not_applicable", "not applicable"
    WITHHELD = "withheld", "withheld to protect persons"
    TOO_MANY_MISSING = "too_many_missing", "too many values are not known"
    IMMATURE = "immature", "it is too early to tell"
    UNLIMITED = "unlimited", "there is no end: income covers the costs"
    UNREACHABLE = "unreachable", "it cannot be reached"
    DISCONNECTED = "disconnected", "the network is not connected"
    SEVERAL_CURRENCIES = "several_currencies", "amounts are in several currencies: name one"
    NO_VARIATION = "no_variation", "all values are equal"
    ONLY_BOUNDS = "only_bounds", "only bounds are known"


def _no_parts() -> dict[str, Number | None]:
    return {}


def _no_facts() -> dict[str, object]:
    return {}


def _no_groups() -> "dict[Group, Measure]":
    return {}


@frozen(kw_only=True)
class Interval:
    """A range that holds the true value with a stated confidence."""

    low: float
    """Lower end."""

    high: float
    """Upper end."""

    method: str
    """Named method, such as ``"wilson"``."""

    level: float = 0.95
    """Confidence, 0 to 1."""


@frozen(kw_only=True)
class Outcome:
    """What a formula gives: a value or the reason for none, and what it was made of."""

    value: Number | None = None
    """The number; ``None`` never without a reason."""

    reason: Undefined | None = None
    """Why there is no number."""

    numerator: Number | None = None
    """What was counted."""

    denominator: Number | None = None
    """Out of what."""

    n: Number = 0
    """Units counted."""

    missing: Number = 0
    """Units whose value is not known."""

    not_applicable: Number = 0
    """Units to which the question does not apply."""

    censored: Number = 0
    """Units whose story is not over."""

    interval: Interval | None = None
    """Range for chance, by a named method."""

    bounds: tuple[float, float] | None = None
    """Least and greatest value, whatever the missing values are."""

    parts: Mapping[str, Number | None] = field(factory=_no_parts)
    """Further numbers of the same answer, by name."""

    method: Mapping[str, object] = field(factory=_no_facts)
    """Parameters used."""

    warnings: tuple[str, ...] = ()
    """Codes of what must be known to read it."""


@frozen(kw_only=True)
class Measure(Outcome):
    """A number with its inputs, limits and sources; or the reason why there is none.

    Measures do not order: two of them are compared with :func:`citess.metrics.compare` and joined
    with :func:`citess.metrics.pool`.

    Examples
    --------
    >>> import citess
    >>> measure = citess.metrics.service_coverage(citess.datasets.tunisia())
    >>> measure.value, measure.reason.label()
    (None, 'the data do not say')
    >>> float(measure)
    Traceback (most recent call last):
    ...
    citess.errors._exceptions.UndefinedMeasureError: service_coverage is undefined: the data do \
not say
    """

    metric: str
    """Id of the metric in the catalogue."""

    name: str
    """Name of the metric: that of its function."""

    unit: str
    """Unit of the value."""

    level: str = "organisation"
    """What one unit is; measures of different levels are not compared."""

    on: str | None = None
    """Day at which it holds; ``None`` for the whole record or a period."""

    period: str | None = None
    """Period it covers; ``None`` for the whole record or a day."""

    breakdown: Mapping[Group, "Measure"] = field(factory=_no_groups)
    """The same measure for each group asked for."""

    by: tuple[str, ...] = ()
    """Dimensions of the breakdown."""

    sources: tuple[str, ...] = ()
    """Ids of the sources that the records counted cite."""

    def require(self) -> Number:
        """Give the value.

        Raises
        ------
        UndefinedMeasureError
            When there is none, with the reason.
        """
        if self.value is None:
            reason = self.reason or Undefined.NOT_KNOWN
            raise UndefinedMeasureError(self.name, str(reason), reason.label())
        return self.value

    def __float__(self) -> float:
        return float(self.require())

    def __lt__(self, other: object) -> NoReturn:
        raise TypeError(_NO_ORDER)

    def __le__(self, other: object) -> NoReturn:
        raise TypeError(_NO_ORDER)

    def __gt__(self, other: object) -> NoReturn:
        raise TypeError(_NO_ORDER)

    def __ge__(self, other: object) -> NoReturn:
        raise TypeError(_NO_ORDER)

    def label(self, language: str = "en") -> str:
        """Label of the metric."""
        return CATALOGUE.text(f"{self.name}.label", language)

    def text(self, language: str = "en") -> str:
        """Value, interval, counts and time in one line."""
        label = self.label(language)
        if self.value is None:
            reason = (self.reason or Undefined.NOT_KNOWN).label(language)
            parts = [CATALOGUE.text("explain.undefined", language, label=label, reason=reason)]
        else:
            unit = CATALOGUE.text(f"unit.{self.unit}", language)
            value = shown(self.value)
            parts = [CATALOGUE.text("explain.value", language, label=label, value=value, unit=unit)]
        if self.numerator is not None and self.denominator is not None:
            top, bottom = shown(self.numerator), shown(self.denominator)
            parts.append(
                CATALOGUE.text("explain.fraction", language, numerator=top, denominator=bottom)
            )
        parts.append(CATALOGUE.text("explain.missing", language, n=self.n, missing=self.missing))
        parts.append(self._when(language))
        return "; ".join(parts)

    def _when(self, language: str) -> str:
        if self.on is not None:
            return CATALOGUE.text("explain.when", language, on=self.on)
        if self.period is None:
            return CATALOGUE.text("explain.always", language)
        start, _, end = self.period.partition("/")
        if start != date.min.isoformat():
            return CATALOGUE.text("explain.period", language, period=self.period)
        last = as_date(end) - timedelta(days=1)
        return CATALOGUE.text("explain.until", language, day=last)

    def _interval_text(self, language: str) -> tuple[str, ...]:
        if self.interval is None:
            return ()
        found = CATALOGUE.text(
            "explain.interval",
            language,
            level=round(self.interval.level * 100),
            low=shown(self.interval.low),
            high=shown(self.interval.high),
            method=self.interval.method,
        )
        return (found,)

    def __format__(self, spec: str) -> str:
        """Write the measure with its interval in a language, or its value as a number is written.

        Examples
        --------
        >>> from citess.metrics import gini
        >>> f"{gini([1, 3], resamples=0)}".partition(";")[0], f"{gini([1, 3]):.1%}"
        ('Gini index of a benefit: 0.25 (index)', '25.0%')
        """
        if spec and spec.partition("-")[0] not in LANGUAGES:
            return format(self.require(), spec)
        language = spec or "en"
        return "; ".join((self.text(language), *self._interval_text(language)))

    def explain(self, language: str = "en") -> str:
        """Say what the number is, what it was made of, and what it cannot tell."""
        formula, source = DEFINITIONS[self.name]
        question = CATALOGUE.text(f"{self.name}.question", language)
        limits = CATALOGUE.text(f"{self.name}.limits", language)
        lines = [self.text(language), *self._interval_text(language)]
        if self.bounds is not None:
            low, high = map(shown, self.bounds)
            lines.append(CATALOGUE.text("explain.bounds", language, low=low, high=high))
        lines += [
            CATALOGUE.text("explain.question", language, question=question),
            CATALOGUE.text("explain.formula", language, formula=formula),
            CATALOGUE.text("explain.limits", language, limits=limits),
            CATALOGUE.text("explain.source", language, source=source),
        ]
        lines += [CATALOGUE.text(f"warning.{code}", language) for code in self.warnings]
        return "\n".join(lines)

    def to_dict(self) -> dict[str, object]:
        """Give the measure as plain data for JSON, in a versioned shape."""
        return {"schema": SCHEMA, **self._plain()}

    def to_json(self) -> str:
        """Write the measure as JSON, the same each time.

        Examples
        --------
        >>> from citess.metrics import gini
        >>> gini([1, 3]).to_json()[:42]
        '{"schema": "citess.measure/1", "metric": "'
        """
        return json.dumps(self.to_dict(), ensure_ascii=False, allow_nan=False)

    def _plain(self) -> dict[str, object]:
        interval = self.interval
        return {
            "metric": self.metric,
            "name": self.name,
            "value": self.value,
            "reason": None if self.reason is None else self.reason.value,
            "numerator": self.numerator,
            "denominator": self.denominator,
            "n": self.n,
            "missing": self.missing,
            "not_applicable": self.not_applicable,
            "censored": self.censored,
            "unit": self.unit,
            "level": self.level,
            "on": self.on,
            "period": self.period,
            "interval": None
            if interval is None
            else {
                "low": interval.low,
                "high": interval.high,
                "level": interval.level,
                "method": interval.method,
            },
            "bounds": None if self.bounds is None else list(self.bounds),
            "parts": dict(self.parts),
            "method": dict(self.method),
            "warnings": list(self.warnings),
            "sources": list(self.sources),
            "by": list(self.by),
            "breakdown": [
                {"group": list(group), "measure": measure._plain()}  # noqa: SLF001  (the same class)
                for group, measure in self.breakdown.items()
            ],
        }

    def to_frame(self, backend: str | None = None) -> object:
        """Give it and its groups as a data frame of Polars, pandas or PyArrow.

        Raises
        ------
        MissingExtraError
            When none is installed.

        Examples
        --------
        >>> import citess
        >>> measure = citess.metrics.women_share(citess.datasets.synthetic(), by="hub")
        >>> measure.to_frame("polars").columns[:4]
        ['metric', 'name', 'label', 'hub']
        """
        groups = ((), self), *self.breakdown.items()
        return frame_of([row_of(one, self.by, group) for group, one in groups], backend)

    def _repr_html_(self) -> str:
        rows = [(self.label(), self), *((" / ".join(g), m) for g, m in self.breakdown.items())]
        cells = "".join(
            f"<tr><th>{html.escape(name)}</th><td>{html.escape(_cell(measure))}</td></tr>"
            for name, measure in rows
        )
        return f"<table>{cells}</table>"


def _cell(measure: Measure) -> str:
    if measure.value is None:
        return (measure.reason or Undefined.NOT_KNOWN).label()
    return shown(measure.value)


def shown(number: Number) -> str:
    """Write a number in at most four significant decimals, plainly.

    Examples
    --------
    >>> shown(0.75), shown(2 / 3), shown(1432)
    ('0.75', '0.6667', '1432')
    """
    return str(number) if isinstance(number, int) else f"{number:.4f}".rstrip("0").rstrip(".")
