"""What is asked of a metric: which groups, which day or period, which records, which options."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
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
            When both a day and a period are given, or a dimension twice.
        TypeError
            When what is given is of another kind.

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
            by=dimensions_of(by),
            on=None if on is None else as_date(on).isoformat(),
            period=None if period is None else a_period(period),
            where={column: _values(given) for column, given in _conditions(where)},
            options=options,
        )


def _conditions(where: object) -> Iterable[tuple[str, str | Iterable[str | None] | None]]:
    if where is not None and not isinstance(where, Mapping):
        msg = f"where gives columns the values they must have, as a dict, not {where!r}"
        raise TypeError(msg)
    return cast("Mapping[str, str | Iterable[str | None] | None]", where or {}).items()


def dimensions_of(by: object) -> tuple[str, ...]:
    """Read one dimension or several.

    Raises
    ------
    TypeError
        When they are no names.
    ValueError
        When one is given twice.

    Examples
    --------
    >>> dimensions_of("hub"), dimensions_of(["hub", "sex"]), dimensions_of(None)
    (('hub',), ('hub', 'sex'), ())
    """
    several = isinstance(by, Iterable) and not isinstance(by, str)
    given = cast("Iterable[object]", by if several else () if by is None else (by,))
    names = tuple(given)
    if not all(isinstance(name, str) for name in names):
        msg = f"by names dimensions, as 'hub' or ('hub', 'sex'), not {by!r}"
        raise TypeError(msg)
    if len(set(names)) < len(names):
        msg = f"by names each dimension once, not {names!r}"
        raise ValueError(msg)
    return cast("tuple[str, ...]", names)


def a_period(given: object) -> Period:
    """Read a period, or take one as it is.

    Raises
    ------
    TypeError
        When it is neither.

    Examples
    --------
    >>> a_period("2023") == a_period(a_period("2023"))
    True
    """
    if isinstance(given, str):
        return as_period(given)
    if not isinstance(given, Period):
        msg = f"a period is a Period or written as '2023', '2023-05' or '2021/2023', not {given!r}"
        raise TypeError(msg)
    return given


def as_period(text: str) -> Period:
    """Read ``"2023"``, ``"2023-05"``, ``"2023-05-02"`` or ``"2021/2023"`` as a period.

    Of two dates, the period runs from the first day of the one to the first day of the other,
    which it does not hold.

    Raises
    ------
    ValueError
        When the text is no date, or the period would end after the last day that there is.

    Examples
    --------
    >>> str(as_period("2023-05")), str(as_period("2021/2023"))
    ('2023-05-01/2023-06-01', '2021-01-01/2023-01-01')
    """
    first, slash, last = text.partition("/")
    start = PartialDate(first)
    if slash:
        return Period.of(start.earliest, PartialDate(last).earliest)
    if start.latest == date.max:
        msg = f"a period ends before {date.max}, so that {text} is too late"
        raise ValueError(msg)
    return Period.of(start.earliest, start.latest + timedelta(days=1))


def _values(given: str | Iterable[str | None] | None) -> frozenset[str]:
    found = (given,) if given is None or isinstance(given, str) else given
    return frozenset(NOT_KNOWN if value is None else str(value) for value in found)


def option(asked: Asked, name: str, default: T) -> T:
    """Option of a metric, or its default."""
    return cast("T", asked.options.get(name, default))
