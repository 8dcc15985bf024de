"""Change and layers: whether a network held, and whether ties are of many kinds."""

from collections import Counter
from collections.abc import Mapping
from itertools import combinations
from statistics import fmean
from typing import TYPE_CHECKING, Final

from citess.metrics._definition import Better
from citess.metrics._graph_metric import simple
from citess.metrics._measure import Outcome, Undefined
from citess.metrics._registry import value_metric
from citess.metrics._vertices import ratio_interval
from citess.network import turnover
from citess.network._arguments import check_graph, check_mapping

if TYPE_CHECKING:
    import networkx as nx

_SEVERAL: Final = 2


@value_metric(
    "N21",
    question="Did the network hold?",
    limits="Ties that stay on paper may be asleep; ties that end may have done their work.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.HIGHER,
    formula=r"\frac{\#(E_0 \cap E_1)}{\#(E_0 \cup E_1)}",
    missing="ties that nobody told of are not known",
    small_numbers="undefined without ties",
    aggregation="recompute on the merged graphs",
    source="Snijders and others 2010, doi:10.1016/j.socnet.2009.02.004",
    level="network",
)
def edge_stability(before: "nx.Graph[str]", after: "nx.Graph[str]") -> Outcome:
    """Stability of ties between two graphs, such as two slices of one.

    Ties of both over ties of either (Jaccard). ``parts`` holds the ``persistence`` (kept of those
    before), ``births``, ``deaths``, the share of changes in all ties possible (``hamming``) and the
    stability among the nodes that are in both (``stayers``), so that who came and went is told from
    what changed; ``joined`` and ``left`` count nodes. The interval is that of the node jackknife.

    Examples
    --------
    >>> import networkx as nx
    >>> before = nx.Graph([("A", "B"), ("B", "C"), ("C", "D")])
    >>> after = nx.Graph([("A", "B"), ("B", "D"), ("C", "D"), ("D", "E")])
    >>> found = edge_stability(before, after)
    >>> found.value, round(found.parts["persistence"], 3), found.parts["births"]
    (0.4, 0.667, 2)
    """
    found = turnover(before, after)
    n = len(set(before) | set(after))
    changes = len(found.gained) + len(found.lost)
    parts = {
        "persistence": found.persistence,
        "births": len(found.gained),
        "deaths": len(found.lost),
        "hamming": changes / (n * (n - 1) / 2) if n > 1 else None,
        "stayers": _among(before, after),
        "joined": len(found.joined),
        "left": len(found.left),
    }
    if found.jaccard is None:
        return Outcome(reason=Undefined.ZERO_DENOMINATOR, n=n, parts=parts)
    kept = Counter(node for pair in found.kept for node in pair)
    every = Counter(node for pair in (*found.gained, *found.lost) for node in pair) + kept
    return Outcome(
        value=found.jaccard,
        interval=ratio_interval(
            len(found.kept),
            len(found.kept) + changes,
            ((kept[node], every[node]) for node in set(before) | set(after)),
            (0, 1),
        ),
        numerator=len(found.kept),
        denominator=len(found.kept) + changes,
        n=n,
        parts=parts,
    )


def _among(before: "nx.Graph[str]", after: "nx.Graph[str]") -> float | None:
    both = set(before) & set(after)
    return turnover(before.subgraph(both), after.subgraph(both)).jaccard


@value_metric(
    "N24",
    question="Are partners tied in more ways than one?",
    limits="Kinds of tie weigh alike, however much each carries.",
    unit="layers",
    bounds=(1, None),
    better=Better.HIGHER,
    formula=r"\frac{1}{\#D} \sum_{d \in D} \#\{l : d \in E_l\}",
    missing="ties that nobody told of are not known",
    small_numbers="undefined without ties",
    aggregation="recompute on the merged layers",
    source="Battiston and others 2014, doi:10.1103/PhysRevE.89.032804",
    level="network",
)
def multiplexity(layers: "Mapping[str, nx.Graph[str]]") -> Outcome:
    """Mean number of kinds of tie in a pair that is tied.

    ``layers`` holds a graph for each kind of tie, as :func:`citess.network.layers` gives them.
    ``parts`` holds the share of pairs tied in two ways or more (``multiplex``) and the overlap of
    each two layers (Jaccard, ``"overlap:referral|programme"``). The interval is that of the node
    jackknife.

    Examples
    --------
    >>> import networkx as nx
    >>> found = multiplexity({
    ...     "a": nx.Graph([(1, 2), (3, 4), (5, 6)]),
    ...     "b": nx.Graph([(3, 4), (5, 6)]),
    ...     "c": nx.Graph([(5, 6)]),
    ... })
    >>> found.value, round(found.parts["multiplex"], 3)
    (2.0, 0.667)
    """
    check_mapping("layers", layers, "kinds of tie to graphs")
    for name, layer in layers.items():
        check_graph(layer, f"layers[{name!r}]")
    pairs = {
        name: {frozenset(edge) for edge in simple(layer).edges()} for name, layer in layers.items()
    }
    everyone = set[frozenset[str]]().union(*pairs.values())
    if not everyone:
        return Outcome(reason=Undefined.ZERO_DENOMINATOR, n=0)
    ways = {pair: sum(pair in tied for tied in pairs.values()) for pair in everyone}
    counts = list(ways.values())
    held, met = Counter[str](), Counter[str]()
    for pair, k in ways.items():
        for node in pair:
            held[node] += k
            met[node] += 1
    nodes = set[str]().union(*layers.values())
    overlaps = {
        f"overlap:{a}|{b}": len(pairs[a] & pairs[b]) / len(pairs[a] | pairs[b])
        for a, b in combinations(pairs, 2)
        if pairs[a] or pairs[b]
    }
    return Outcome(
        value=fmean(counts),
        interval=ratio_interval(
            sum(counts), len(counts), ((held[node], met[node]) for node in nodes), (1, len(layers))
        ),
        numerator=sum(counts),
        denominator=len(counts),
        n=len(counts),
        parts={"multiplex": fmean(k >= _SEVERAL for k in counts), **overlaps},
        method={"layers": list(layers)},
    )


__all__ = ["edge_stability", "multiplexity"]
