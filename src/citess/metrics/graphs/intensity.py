"""How close ties are, and who is connected through trust and value, in the manner of PARTNER."""

from collections.abc import Iterable, Mapping
from statistics import fmean
from typing import TYPE_CHECKING, Final

from citess.metrics._definition import Better
from citess.metrics._facts import Number
from citess.metrics._graph_metric import graph_metric, node_metric, simple
from citess.metrics._measure import Outcome, Undefined
from citess.metrics._node_measures import NodeOutcome
from citess.metrics.graphs.surveys import TRUST, VALUE, items_of, rows_of
from citess.model import Intensity

if TYPE_CHECKING:
    import networkx as nx

LEVELS: Final = tuple(str(level) for level in Intensity)
"""Levels of a tie, from none to integration."""

_HIGH: Final = 4


@graph_metric(
    "G06b",
    question="How close do those who are tied work together?",
    limits="It is what agreements say; more is not always better.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.CONTEXT,
    formula=r"\frac{\sum_{ab} l_{ab}}{4 m},\quad l_{ab} \in \{0, \dots, 4\}",
    missing="ties of unknown intensity are left out and counted as missing",
    small_numbers="undefined without ties of known intensity",
    aggregation="sum levels and ties, then divide",
    source="Frey and others 2006, doi:10.1177/1098214006290356; formula of citess",
    level="network",
)
def tie_intensity(graph: "nx.Graph[str]", *, intensity: str = "intensity") -> Outcome:
    """Intensity of the ties of a network.

    Each tied pair counts from 0 (none) by awareness, cooperation and coordination to 4
    (integration): the value is their sum over the greatest possible. Of parallel ties the closest
    counts. ``parts`` holds the share of each level. ``intensity`` names the attribute of ties.

    Raises
    ------
    ValueError
        When a tie has an intensity that does not exist.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.Graph()
    >>> graph.add_edge("hub", "city", intensity="integration")
    >>> graph.add_edge("hub", "firm", intensity="awareness")
    >>> tie_intensity(graph).value
    0.625
    """
    levels: dict[frozenset[str], int | None] = {}
    for a, b, facts in graph.edges(data=True):
        said = facts.get(intensity)
        if said is not None and str(said) not in LEVELS:
            known_levels = ", ".join(LEVELS)
            msg = f"the tie {a!r} to {b!r} has the {intensity} {said!r}, not one of {known_levels}"
            raise ValueError(msg)
        if a != b:
            pair = frozenset((a, b))
            level = None if said is None else LEVELS.index(str(said))
            known = [x for x in (levels.get(pair), level) if x is not None]
            levels[pair] = max(known, default=None)
    known = [level for level in levels.values() if level is not None]
    missing = len(levels) - len(known)
    if not known:
        reason = Undefined.NOT_KNOWN if missing else Undefined.ZERO_DENOMINATOR
        return Outcome(reason=reason, missing=missing)
    top = len(LEVELS) - 1
    total, most = sum(known), top * len(known)
    return Outcome(
        value=total / most,
        numerator=total,
        denominator=most,
        n=len(known),
        missing=missing,
        bounds=(total / (top * len(levels)), (total + top * missing) / (top * len(levels))),
        parts={name: known.count(n) / len(known) for n, name in enumerate(LEVELS)},
        method={"intensity": intensity, "parallel": "the closest"},
    )


@node_metric(
    "G09b",
    question="Who is connected, trusted and valued?",
    limits="An open formula of citess in the manner of PARTNER, whose own weights are not printed.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.CONTEXT,
    formula=r"c_j = k_j \cdot \frac{T_j + V_j}{2},\quad \frac{c_j}{\max_i c_i}",
    missing="members whom nobody rates in both trust and value have none",
    small_numbers="no ranks below 5",
    aggregation="recompute on the merged graph and answers",
    source="citess, in the manner of PARTNER: doi:10.1186/s12889-016-3194-7",
    level="organisation",
)
def relative_connectivity(
    graph: "nx.Graph[str]", *, ratings: Iterable[Mapping[str, object]] = ()
) -> NodeOutcome:
    """Connectivity of each member relative to the best connected.

    Number of contacts times the mean of trust and value (each 1 to 4), over the greatest. Ratings
    are those of :func:`citess.metrics.trust` and :func:`citess.metrics.value` in one. Parts are
    ``contacts``, ``trust``, ``value`` and ``score``.

    Raises
    ------
    TypeError
        When ratings are no list of mappings.
    ValueError
        When a rating does not say about whom or by whom it is, or is not between 1 and 4.

    Examples
    --------
    >>> import networkx as nx
    >>> all_four = dict.fromkeys(("reliability", "mission", "openness"), 4)
    >>> all_four |= dict.fromkeys(("influence", "involvement", "resources"), 4)
    >>> ratings = [{"about": who, "by": "x", **all_four} for who in ("hub", "city")]
    >>> found = relative_connectivity(nx.path_graph(["city", "hub", "firm"]), ratings=ratings)
    >>> found["hub"], found["city"], found.reasons["firm"].label()
    (1.0, 0.5, 'the data do not say')
    """
    plain = simple(graph)
    rows = list(rows_of(ratings))
    sides = {
        name: {who: fmean(scores) for who, scores in items_of(rows, items).scores.items()}
        for name, items in (("trust", TRUST), ("value", VALUE))
    }
    degree = dict(plain.degree())
    scores: dict[str, Number | None] = {}
    for node in plain:
        both = [found[str(node)] for found in sides.values() if str(node) in found]
        scores[node] = degree[node] * fmean(both) if len(both) == len(sides) else None
    top = max((score for score in scores.values() if score is not None), default=0)
    values = {
        node: score / top if score is not None and top else None for node, score in scores.items()
    }
    why = {
        node: Undefined.NOT_KNOWN if scores[node] is None else Undefined.ZERO_DENOMINATOR
        for node, value in values.items()
        if value is None
    }
    return NodeOutcome(
        values=values,
        reasons=why,
        parts={
            "contacts": degree,
            **{name: {n: found.get(str(n)) for n in plain} for name, found in sides.items()},
            "score": scores,
        },
        method={"formula": "contacts times the mean of trust and value"},
    )


__all__ = ["relative_connectivity", "tie_intensity"]
