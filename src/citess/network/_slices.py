"""Graphs over time: what held on a day, in a period, in a moving window; what came and went."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar, cast, get_args

from attrs import frozen

from citess.model import Dataset, DateLike, Period
from citess.model.time import as_date, months_later
from citess.network._arguments import check_choice, check_graph, check_period, is_whole
from citess.network._partnership import partnership_graph

if TYPE_CHECKING:
    import networkx as nx

G = TypeVar("G", bound="nx.Graph[str]")
Unknown = Literal["include", "exclude"]
UNKNOWN: Final = get_args(Unknown)
PERIOD: Final = "period"


def at(graph: G, on: DateLike, *, unknown: Unknown = "include") -> G:
    """Copy of a graph with the edges that held on a day; nodes stay.

    Reads the ``period`` of each edge, as every graph of citess has it; edges without one are of
    unknown time. Those of which it is not known whether they held stay, with ``certain=False``, or
    leave.

    Raises
    ------
    TypeError
        When it is no networkx graph, or the period of an edge is none.
    ValueError
        When ``on`` is no day, or ``unknown`` neither word.

    Examples
    --------
    >>> import citess
    >>> graph = citess.network.partnership_graph(citess.datasets.tunisia())
    >>> at(graph, "2016-01-01").number_of_edges() < graph.number_of_edges()
    True
    """
    check_graph(graph)
    day = as_date(on)
    return _kept(graph, Period.of(day, day + timedelta(days=1)), unknown)


def during(graph: G, period: Period, *, unknown: Unknown = "include") -> G:
    """Copy of a graph with the edges that held on one day of a period or more; nodes stay.

    As :func:`at`, for a period.

    Raises
    ------
    TypeError
        When it is no networkx graph, ``period`` is no period, or that of an edge is none.
    ValueError
        When ``unknown`` is neither word.

    Examples
    --------
    >>> import citess
    >>> graph = citess.network.partnership_graph(citess.datasets.tunisia())
    >>> during(graph, citess.Period.of("2020", "2021")).number_of_nodes() == len(graph)
    True
    """
    check_graph(graph)
    check_period(period)
    return _kept(graph, period, unknown)


def _kept(graph: G, period: Period, unknown: Unknown) -> G:
    check_choice("unknown", unknown, UNKNOWN)
    kept = graph.copy()
    every = cast("Any", kept).edges
    for edge in list(every(keys=True) if graph.is_multigraph() else every()):
        facts: dict[str, object] = every[edge]
        span = facts.get(PERIOD)
        if not (span is None or isinstance(span, Period)):
            msg = (
                f"the period of the tie {edge[0]!r} to {edge[1]!r} is {span!r}; a Period is wanted"
            )
            raise TypeError(msg)
        held = None if span is None else span.overlaps(period)
        if held is False or (held is None and unknown == "exclude"):
            kept.remove_edge(*edge)
        elif held is None:
            facts["certain"] = False
    return kept


def rolling(
    data: Dataset, start: DateLike, end: DateLike, *, months: int = 12, step: int = 12
) -> "Iterator[tuple[Period, nx.MultiDiGraph[str]]]":
    """Partnership graphs of windows that move on: each window and what held in it.

    Parameters
    ----------
    data
        Where the agreements are.
    start, end
        First day of the first window, and day by which the last one has ended.
    months
        Length of a window.
    step
        Months from one window to the next.

    Raises
    ------
    ValueError
        When months or step are no whole numbers of 1 or more.

    Examples
    --------
    >>> import citess
    >>> windows = rolling(citess.datasets.tunisia(), "2019-01-01", "2022-01-01")
    >>> [str(period) for period, _ in windows][0]
    '2019-01-01/2020-01-01'
    """
    if not (is_whole(months) and is_whole(step) and months >= 1 and step >= 1):
        msg = f"months and step are 1 or more, in whole numbers, not {months!r} and {step!r}"
        raise ValueError(msg)
    whole, first, last = partnership_graph(data), as_date(start), as_date(end)
    return _windows(whole, first, last, months, step)


def _windows(
    whole: "nx.MultiDiGraph[str]", first: date, last: date, months: int, step: int
) -> "Iterator[tuple[Period, nx.MultiDiGraph[str]]]":
    most = (last.year - first.year + 1) * 12
    for shift in range(0, most - months + 1, step):
        start = months_later(first, shift)
        stop = months_later(start, months)
        if stop > last:
            return
        window = Period.of(start, stop)
        yield window, during(whole, window)


@frozen(kw_only=True)
class Turnover:
    """Pairs that two graphs tie: those kept, gained and lost."""

    kept: frozenset[frozenset[str]]
    """Pairs tied in both."""

    gained: frozenset[frozenset[str]]
    """Pairs tied in the second alone."""

    lost: frozenset[frozenset[str]]
    """Pairs tied in the first alone."""

    joined: frozenset[str]
    """Nodes of the second alone."""

    left: frozenset[str]
    """Nodes of the first alone."""

    @property
    def jaccard(self) -> float | None:
        """Pairs kept among all of both; ``None`` when there is none."""
        whole = len(self.kept) + len(self.gained) + len(self.lost)
        return len(self.kept) / whole if whole else None

    @property
    def persistence(self) -> float | None:
        """Pairs kept among those of the first; ``None`` when it has none."""
        before = len(self.kept) + len(self.lost)
        return len(self.kept) / before if before else None


def turnover(a: "nx.Graph[str]", b: "nx.Graph[str]") -> Turnover:
    """Compare the ties of two graphs, such as two slices: who stays tied, who comes, who goes.

    Pairs count once, without direction; loops are left out.

    Raises
    ------
    TypeError
        When one of both is no networkx graph.

    Examples
    --------
    >>> import networkx as nx
    >>> before = nx.Graph([("A", "B"), ("B", "C"), ("C", "D")])
    >>> after = nx.Graph([("A", "B"), ("B", "D"), ("C", "D"), ("D", "E")])
    >>> found = turnover(before, after)
    >>> found.jaccard, round(found.persistence, 3), sorted(found.joined)
    (0.4, 0.667, ['E'])
    """
    check_graph(a, "a")
    check_graph(b, "b")
    first, second = _pairs(a), _pairs(b)
    return Turnover(
        kept=first & second,
        gained=second - first,
        lost=first - second,
        joined=frozenset(set(b) - set(a)),
        left=frozenset(set(a) - set(b)),
    )


def _pairs(graph: "nx.Graph[str]") -> frozenset[frozenset[str]]:
    return frozenset(frozenset((a, b)) for a, b in graph.edges() if a != b)
