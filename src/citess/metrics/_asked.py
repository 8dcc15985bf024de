"""What is asked of a metric: which groups, which day or period, which records, which options."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import TypeVar, cast

from attrs import field, frozen

from citess.metrics._facts import NOT_KNOWN
from citess.model import DateLike, PartialDate, Period, as_date

T = TypeVar("T")
By = str | Iterable[str] | None
Where = Mapping[str, str | Iterable[str | None] | None] | None


def _nothing() -> dict[str, frozenset[str]]:
    return {}


def _no_options() -> dict[str, object]:
    return {}


@frozen(kw_only=True)
class Asked:
    """What a metric was asked, in one form for every reader and engine."""

    by: tuple[str, ...] = ()
    """Dimensions of the groups."""

    on: str | None = None
    """Day on which records hold."""

    period: Period | None = None
    """Period in which they hold or happen."""

    where: Mapping[str, frozenset[str]] = field(factory=_nothing)
    """Values that a column must have one of; ``""`` is not known."""

    options: Mapping[str, object] = field(factory=_no_options)
    """Options of the metric."""

    accounted: bool = False
    """Whether each record is accounted for, so that tallies can be added."""

    @classmethod
    def of(
        cls,
        *,
        by: By = None,
        on: DateLike | None = None,
        period: str | Period | None = None,
        where: Where = None,
        options: Mapping[str, object],
    ) -> "Asked":
        """Read what a caller gave.

        Raises
        ------
        ValueError
            When both a day and a period are given.

        Examples
        --------
        >>> asked = Asked.of(by="hub", period="2023", where={"sex": "female"}, options={})
        >>> str(asked.period), asked.where
        ('2023-01-01/2024-01-01', {'sex': frozenset({'female'})})
        """
        if on is not None and period is not None:
            msg = "give a day (on=) or a period (period=), not both"
            raise ValueError(msg)
        return cls(
            by=(by,) if isinstance(by, str) else tuple(by or ()),
            on=None if on is None else as_date(on).isoformat(),
            period=as_period(period) if isinstance(period, str) else period,
            where={column: _values(given) for column, given in (where or {}).items()},
            options=options,
        )


def as_period(text: str) -> Period:
    """Read ``"2023"``, ``"2023-05"``, ``"2023-05-02"`` or ``"2021/2023"`` as a period.

    Of two dates, the period runs from the first day of the one to the first day of the other,
    which it does not hold.

    Examples
    --------
    >>> str(as_period("2023-05")), str(as_period("2021/2023"))
    ('2023-05-01/2023-06-01', '2021-01-01/2023-01-01')
    """
    first, slash, last = text.partition("/")
    start = PartialDate(first)
    if slash:
        return Period.of(start.earliest, PartialDate(last).earliest)
    return Period.of(start.earliest, start.latest + timedelta(days=1))


def _values(given: str | Iterable[str | None] | None) -> frozenset[str]:
    found = (given,) if given is None or isinstance(given, str) else given
    return frozenset(NOT_KNOWN if value is None else str(value) for value in found)


def option(asked: Asked, name: str, default: T) -> T:
    """Option of a metric, or its default."""
    return cast("T", asked.options.get(name, default))
