"""Publishing: the only way from measures to a table that is safe to show."""

import html
from collections.abc import Iterable, Mapping
from typing import Final, cast, overload

from attrs import field, frozen

from citess.metrics._evaluate import Results
from citess.metrics._facts import Number
from citess.metrics._measure import Group, Measure, Undefined
from citess.metrics.disclosure.policy import DEFAULT, Policy
from citess.metrics.disclosure.rounding import round_counts
from citess.metrics.disclosure.rules import primary_suppression
from citess.metrics.disclosure.suppression import hide
from citess.metrics.disclosure.table import TOTAL, Cell, CountTable

SCHEMA: Final = "citess.publishable/1"
_COUNTED: Final = "counted"
_NOT_COUNTED: Final = "not counted"
_MADE_HERE: Final = object()


@frozen(kw_only=True)
class PublishedRow:
    """One figure that is safe to show, or the fact that it is withheld."""

    group: Group
    """Categories by dimension; empty for the whole."""

    value: Number | None
    """The figure; ``None`` when it is withheld or undefined."""

    reason: Undefined | None = None
    """Why there is none."""

    n: int | None = None
    """Units it is made of, where that is safe to show."""


@frozen(kw_only=True)
class PublishableTable:
    """A table that was protected: exporters for the public accept nothing else.

    Only :func:`publish` makes one.

    Raises
    ------
    TypeError
        When it is made in another way.
    """

    name: str
    """Name of the metric, or of the table."""

    dimensions: tuple[str, ...]
    """Names of the dimensions."""

    rows: tuple[PublishedRow, ...]
    """Figures, the whole first."""

    policy: Policy
    """Policy by which it was protected."""

    period: str | None = None
    """Period it covers."""

    on: str | None = None
    """Day at which it holds."""

    sources: tuple[str, ...] = ()
    """Ids of the sources of the records counted."""

    _made: object = field(default=None, alias="made", repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        if self._made is not _MADE_HERE:
            msg = "a publishable table is made by citess.metrics.disclosure.publish() only"
            raise TypeError(msg)

    @property
    def withheld(self) -> tuple[Group, ...]:
        """Groups whose figure is withheld."""
        return tuple(row.group for row in self.rows if row.reason is Undefined.WITHHELD)

    def to_dict(self) -> dict[str, object]:
        """Give the table as plain data for JSON, in a versioned shape."""
        return {
            "schema": SCHEMA,
            "name": self.name,
            "dimensions": list(self.dimensions),
            "period": self.period,
            "on": self.on,
            "policy": {
                "threshold": self.policy.threshold,
                "protection": self.policy.protection,
                "least": self.policy.least,
                "zeros": self.policy.zeros,
                "base": self.policy.base,
            },
            "rows": [
                {
                    "group": list(row.group),
                    "value": row.value,
                    "reason": None if row.reason is None else row.reason.value,
                    "n": row.n,
                }
                for row in self.rows
            ],
            "sources": list(self.sources),
        }

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{html.escape(name)}</th>" for name in (*self.dimensions, self.name))
        body = "".join(
            "<tr>"
            + "".join(f"<th>{html.escape(name)}</th>" for name in _padded(row, self.dimensions))
            + f"<td>{html.escape(_shown(row))}</td></tr>"
            for row in self.rows
        )
        return f"<table><tr>{head}</tr>{body}</table>"


def _padded(row: PublishedRow, dimensions: tuple[str, ...]) -> tuple[str, ...]:
    return row.group or (TOTAL,) * len(dimensions)


def _shown(row: PublishedRow) -> str:
    return str(row.value) if row.reason is None else row.reason.label()


@overload
def publish(
    what: CountTable | Measure,
    policy: Policy = DEFAULT,
    *,
    previous: Iterable[PublishableTable] = (),
) -> PublishableTable: ...
@overload
def publish(
    what: Results, policy: Policy = DEFAULT, *, previous: Iterable[PublishableTable] = ()
) -> tuple[PublishableTable, ...]: ...
def publish(
    what: CountTable | Measure | Results,
    policy: Policy = DEFAULT,
    *,
    previous: Iterable[PublishableTable] = (),
) -> PublishableTable | tuple[PublishableTable, ...]:
    """Protect a table of counts, or a measure with its groups, so that it is safe to show.

    Counts below the threshold are withheld, and whatever else would give them away. A share is
    withheld with the counts it is made of: those counted, those not counted, and all. Intervals,
    bounds and parts are left out, since they tell of counts too. A count that would differ from an
    earlier edition by less than the threshold is withheld, or the difference would tell of few.

    Parameters
    ----------
    what
        Table of counts, or a measure broken down by one or more dimensions; of the results of
        ``evaluate`` each measure is protected by itself, and they come back in their order.
    policy
        Rules to hold to; the default withholds counts below 5.
    previous
        Editions published before, which a reader has too.

    Raises
    ------
    TypeError
        When given anything else.

    Examples
    --------
    >>> table = publish(CountTable.grid([[20, 50, 10], [3, 19, 22], [17, 32, 12]]))
    >>> [row.value for row in table.rows if row.group[0] == "1"]
    [None, 19, None, 44]
    """
    editions = tuple(previous)
    if isinstance(what, Results):
        return tuple(_measure(one, policy, editions) for one in what.measures)
    if not isinstance(cast("object", what), CountTable | Measure):
        msg = f"publish takes a table of counts, a measure or results, not {type(what).__name__}"
        raise TypeError(msg)
    if isinstance(what, CountTable):
        return _table(what, policy, editions)
    return _measure(what, policy, editions)


def _table(
    table: CountTable, policy: Policy, previous: tuple[PublishableTable, ...]
) -> PublishableTable:
    shown = {cell: (n, n) for cell, n in table.counts.items()}
    near = _near(shown, table.dimensions, "counts", policy, previous)
    hidden = _hidden(table, policy, near)
    rows = tuple(
        PublishedRow(group=cell, value=None, reason=Undefined.WITHHELD)
        if cell in hidden
        else PublishedRow(group=cell, value=_rounded(n, policy), n=_rounded(n, policy))
        for cell, n in table.counts.items()
    )
    return PublishableTable(
        name="counts", dimensions=table.dimensions, rows=rows, policy=policy, made=_MADE_HERE
    )


def _hidden(table: CountTable, policy: Policy, near: Iterable[Cell]) -> frozenset[Cell]:
    unsafe = primary_suppression(table, threshold=policy.threshold, zeros=policy.zeros)
    cells: list[list[str]] = unsafe.method["cells"]  # type: ignore[assignment]
    return hide(table, frozenset(map(tuple, cells)) | frozenset(near), policy.protection)[0]


def _rounded(n: int, policy: Policy) -> int:
    return n if policy.base is None else round_counts([n], policy.base)[0]


def _near(
    counts: Mapping[Group, tuple[Number | None, int]],
    dimensions: tuple[str, ...],
    name: str,
    policy: Policy,
    previous: tuple[PublishableTable, ...],
) -> set[Group]:
    """Groups whose count differs from an earlier edition by less than the threshold."""
    return {
        row.group
        for edition in previous
        if (edition.name, edition.dimensions) == (name, dimensions)
        for row in edition.rows
        if row.n is not None
        and row.group in counts
        and 0 < abs(counts[row.group][1] - row.n) < policy.threshold
    }


def _measure(
    measure: Measure, policy: Policy, previous: tuple[PublishableTable, ...]
) -> PublishableTable:
    every = {(): measure, **measure.breakdown}
    counts = {group: (one.value, round(one.n)) for group, one in every.items()}
    near = _near(counts, measure.by, measure.name, policy, previous)
    unsafe = _unsafe_groups(measure, policy, near)
    rows = tuple(_row(group, one, policy, withheld=group in unsafe) for group, one in every.items())
    return PublishableTable(
        name=measure.name,
        dimensions=measure.by,
        rows=rows,
        policy=policy,
        period=measure.period,
        on=measure.on,
        sources=measure.sources,
        made=_MADE_HERE,
    )


def _row(group: Group, one: Measure, policy: Policy, *, withheld: bool) -> PublishedRow:
    if withheld:
        return PublishedRow(group=group, value=None, reason=Undefined.WITHHELD)
    if one.value is None:
        return PublishedRow(group=group, value=None, reason=one.reason)
    return PublishedRow(group=group, value=one.value, n=_rounded(round(one.n), policy))


def _unsafe_groups(measure: Measure, policy: Policy, near: set[Group]) -> set[Group]:
    """Groups of which a count is hidden: those counted, those not counted, or all of them."""
    groups = measure.breakdown or {("all",): measure}
    width = len(next(iter(groups)))
    cells: dict[Cell, int] = {}
    for group, one in groups.items():
        counted, other = _split(one)
        cells[(*group, _COUNTED)] = counted
        cells[(*group, _NOT_COUNTED)] = other
    table = CountTable.of((*(measure.by or ("all",)), "answer"), cells)
    low = {
        (*group, TOTAL)
        for group, one in groups.items()
        if one.denominator is not None and 0 < one.denominator < policy.least
    }
    close = {(*(group or (TOTAL,) * width), TOTAL) for group in near}
    hidden = _hidden(table, policy, low | (close & table.counts.keys()))
    unsafe = {cell[:-1] for cell in hidden}
    whole = (TOTAL,) * width in unsafe or (not measure.breakdown and ("all",) in unsafe)
    return {group for group in unsafe if TOTAL not in group} | ({()} if whole else set())


def _split(one: Measure) -> tuple[int, int]:
    """Those counted and those not: of a share its two sides, of any other figure its units."""
    if one.numerator is not None and one.denominator is not None:
        counted = round(one.numerator)
        return counted, max(0, round(one.denominator) - counted)
    return round(one.n), 0


__all__ = ["PublishableTable", "PublishedRow", "publish"]
