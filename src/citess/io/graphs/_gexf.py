"""GEXF 1.3, static and dynamic, as Gephi reads it."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from citess.errors import InvalidValueError
from citess.io._travel import Losses, LossReport
from citess.io.graphs._kept import report
from citess.io.graphs._net import Item, Net, drawn
from citess.io.graphs._xml import attribute, column_types, text_of
from citess.model import Dataset, Enterprise, Hub, PartialDate, Partner, Period

if TYPE_CHECKING:
    import networkx as nx

FORMAT: Final = "gexf"
_NAMESPACE: Final = "http://gexf.net/1.3"
_BOUNDED: Final = re.compile(r"([0-9-]+|unknown)/([0-9-]+|open|unknown)")
_DAY: Final = timedelta(days=1)

Span = tuple[date | None, date | None]


def to_gexf(
    source: "Dataset | nx.Graph[Any]", *, dynamic: bool = True, strict: bool = False
) -> tuple[str, LossReport]:
    """Make GEXF 1.3 of the partnership graph of a dataset, or of any graph of networkx.

    In a dynamic graph ties last as their agreement did, and hubs, partners and enterprises as far
    as their dates are known, so that the timeline of Gephi shows the network grow; what has no
    date is there always. A year or a month stands for its first day, and the end is the last day,
    since GEXF counts it in. A graph without any date is static.

    Parameters
    ----------
    source
        Dataset, or graph of networkx whose nodes and edges may have ``period``, or ``start`` and
        ``end``.
    dynamic
        Whether to write dates as such.
    strict
        Whether to refuse when something does not travel.

    Raises
    ------
    LossError
        When strict and something did not travel.

    Examples
    --------
    >>> import citess
    >>> document, losses = to_gexf(citess.datasets.tunisia())
    >>> 'mode="dynamic" timeformat="date"' in document
    True
    """
    losses = Losses(FORMAT)
    net = drawn(source, losses, full=False)
    lives = _lives(source) if isinstance(source, Dataset) else {}
    return report(losses, "".join(_pieces(net, lives, dynamic=dynamic)), strict=strict)


def _lives(data: Dataset) -> dict[str, Span]:
    """Since when parties are there, and until when, as far as it is known."""
    parties: tuple[Hub | Partner | Enterprise, ...] = (
        *data.hubs.values(),
        *data.partners.values(),
        *data.enterprises.values(),
    )
    return {str(party.id): _life(party) for party in parties}


def _life(party: Hub | Partner | Enterprise) -> Span:
    if isinstance(party, Partner):
        return (None, None) if party.active is None else _span(party.active)
    if isinstance(party, Hub):
        return (None if party.created is None else party.created.earliest, None)
    first = next((entry.since for entry in party.stages), None)
    return (None if first is None else first.earliest, None)


def _span(period: Period) -> Span:
    start = None if period.start.date is None else period.start.date.earliest
    end = None if period.end.date is None else period.end.date.earliest - _DAY
    return start, end if start is None or end is None or end >= start else start


def _told(values: Item) -> Span:
    """Stretch of time that values tell; nothing where they tell none."""
    matched = _BOUNDED.fullmatch(str(values.get("period")))
    try:
        if matched:
            return _span(Period.of(*matched.groups()))
        start, end = (values.get(name) for name in ("start", "end"))
        first = None if start is None else PartialDate(str(start)).earliest
        last = None if end is None else PartialDate(str(end)).latest
    except (InvalidValueError, OverflowError):
        return None, None
    return (first, last) if first is None or last is None or first <= last else (None, None)


def _pieces(net: Net, lives: dict[str, Span], *, dynamic: bool) -> Iterator[str]:
    known = {node.id: lives.get(node.id) or _told(node.values) for node in net.nodes}
    spans = [known[node.id] for node in net.nodes] if dynamic else [(None, None)] * len(net.nodes)
    times = [_told(edge.values) if dynamic else (None, None) for edge in net.edges]
    dated = any(day for span in (*spans, *times) for day in span)
    mode = 'mode="dynamic" timeformat="date"' if dated else 'mode="static"'
    way = "directed" if net.directed else "undirected"
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<gexf xmlns="{_NAMESPACE}" version="1.3">\n'
    yield "  <meta><creator>citess</creator></meta>\n"
    yield f'  <graph defaultedgetype="{way}" {mode}>\n'
    titles: dict[str, dict[str, str]] = {}
    for domain, rows in (
        ("node", [node.values for node in net.nodes]),
        ("edge", [edge.values for edge in net.edges]),
    ):
        titles[domain] = {}
        yield f'    <attributes class="{domain}" mode="static">\n'
        for name, type_ in column_types(rows).items():
            id_ = f"{domain[0]}{len(titles[domain])}"
            titles[domain][name] = id_
            yield f'      <attribute id="{id_}" title="{attribute(name)}" type="{type_}"/>\n'
        yield "    </attributes>\n"
    yield f'    <nodes count="{len(net.nodes)}">\n'
    for node, span in zip(net.nodes, spans, strict=True):
        label = node.values.get("name", node.values.get("label", node.id))
        yield f'      <node id="{attribute(node.id)}" label="{attribute(str(label))}"'
        yield f"{_dates(span)}>"
        yield from _values(node.values, titles["node"])
        yield "</node>\n"
    yield f'    </nodes>\n    <edges count="{len(net.edges)}">\n'
    for edge, span in zip(net.edges, times, strict=True):
        kind, weight = edge.values.get("kind"), edge.values.get("weight")
        yield f'      <edge id="{attribute(edge.id)}" source="{attribute(edge.source)}" '
        yield f'target="{attribute(edge.target)}"'
        yield "" if kind is None else f' kind="{attribute(str(kind))}"'
        yield f' weight="{text_of(weight)}"' if _is_number(weight) else ""
        yield f"{_dates(span)}>"
        yield from _values(edge.values, titles["edge"])
        yield "</edge>\n"
    yield "    </edges>\n  </graph>\n</gexf>\n"


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _dates(span: Span) -> str:
    names = zip(("start", "end"), span, strict=True)
    return "".join(f' {name}="{day.isoformat()}"' for name, day in names if day is not None)


def _values(row: Item, titles: dict[str, str]) -> Iterator[str]:
    given = {name: value for name, value in row.items() if value is not None}
    if given:
        yield "<attvalues>"
        for name, value in given.items():
            yield f'<attvalue for="{titles[name]}" value="{attribute(text_of(value))}"/>'
        yield "</attvalues>"
