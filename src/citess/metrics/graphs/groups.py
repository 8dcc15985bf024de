"""Groups that work together: found, and tested against chance."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from itertools import combinations
from random import Random
from statistics import fmean
from typing import TYPE_CHECKING, Any, Final, cast

from citess.metrics._definition import Better
from citess.metrics._graph_metric import graph_metric, simple, strengths
from citess.metrics._measure import Outcome, Undefined
from citess.metrics.tests_of_chance import randomisation
from citess.network._arguments import check_mapping, is_number, is_whole
from citess.network._ties import is_known

if TYPE_CHECKING:
    import networkx as nx

_FEW: Final = 10
_SEEDS: Final = 20
_STABLE: Final = 0.5
_PAIR: Final = 2

Grouping = Mapping[str, Hashable]


@graph_metric(
    "N11",
    question="Which groups work together?",
    limits="Another seed or resolution finds other groups: read the stability.",
    unit="groups",
    bounds=(1, None),
    better=Better.CONTEXT,
    formula=r"\arg\max_{P} Q_\gamma(P)",
    missing="ties that nobody told of are not known",
    small_numbers="below 10 nodes flagged; undefined without ties",
    aggregation="recompute on the merged graph",
    source="Blondel and others 2008, doi:10.1088/1742-5468/2008/10/P10008;"
    " Lancichinetti and Fortunato 2012, doi:10.1038/srep00336",
    level="network",
)
def communities(
    graph: "nx.Graph[str]",
    *,
    resolution: float = 1.0,
    strength: str | None = None,
    seeds: int = _SEEDS,
    seed: int = 0,
) -> Outcome:
    """Groups of nodes that are tied more to each other than to others.

    Louvain's method from many seeds; nodes that fall together in more than half of the runs are
    drawn together again, until the runs agree. The value is the number of groups;
    ``method["groups"]`` lists them. ``parts`` holds the ``modularity``, the ``best`` of any run and
    the ``stability``: the mean adjusted Rand index between runs, 1 when every run finds the same.

    Parameters
    ----------
    graph
        A graph; direction and loops do not count.
    resolution
        Above 1 finds smaller groups.
    strength
        Attribute that holds the strength of a tie; ``None`` counts every pair once.
    seeds
        Number of runs.
    seed
        Of the first run.

    Raises
    ------
    ValueError
        When the resolution is not above zero, there are fewer than two runs, or the seed is no
        whole number.

    Examples
    --------
    >>> import networkx as nx
    >>> found = communities(nx.karate_club_graph())
    >>> found.value, round(found.parts["modularity"], 3)
    (4, 0.42)
    """
    if not (is_number(resolution) and resolution > 0 and is_whole(seeds) and seeds >= _PAIR):
        msg = f"the resolution is above 0 and the runs are 2 or more, not {resolution!r}, {seeds!r}"
        raise ValueError(msg)
    if not (is_whole(seed) and seed >= 0):
        msg = f"seed is a whole number of 0 or more, not {seed!r}"
        raise ValueError(msg)
    plain = _weighted(graph, strength)
    if not plain.number_of_edges():
        return Outcome(reason=Undefined.ZERO_DENOMINATOR, n=len(plain))
    runs = [_louvain(plain, resolution, seed + n) for n in range(seeds)]
    groups = _consensus(plain, runs, resolution, seed)
    scores = [_modularity(plain, run, resolution) for run in runs]
    return Outcome(
        value=len(set(groups.values())),
        n=len(plain),
        parts={
            "modularity": _modularity(plain, groups, resolution),
            "best": max(scores),
            "stability": fmean(adjusted_rand(a, b) for a, b in combinations(runs, 2)),
        },
        method={
            "groups": _listed(groups),
            "resolution": resolution,
            "strength": strength,
            "seeds": seeds,
            "seed": seed,
        },
        warnings=("few-members",) if len(plain) < _FEW else (),
    )


def _weighted(graph: "nx.Graph[str]", strength: str | None) -> "nx.Graph[str]":
    """Simple graph with strengths of parallel ties added."""
    plain = simple(graph)
    values = (
        strengths(graph, strength) if strength is not None else dict.fromkeys(plain.edges(), 1.0)
    )
    for (a, b), value in values.items():
        plain.edges[a, b]["strength"] = value
    return plain


def _louvain(graph: "nx.Graph[str]", resolution: float, seed: int) -> dict[str, int]:
    import networkx as nx  # noqa: PLC0415  (slow to import, needed here only)

    found = cast("Any", nx.community).louvain_communities(
        graph, weight="strength", resolution=resolution, seed=seed
    )
    return {node: n for n, group in enumerate(found) for node in group}


def _consensus(
    graph: "nx.Graph[str]", runs: list[dict[str, int]], resolution: float, seed: int
) -> dict[str, int]:
    """Groups on which the runs agree: the best run, where they do not come to agree."""
    import networkx as nx  # noqa: PLC0415  (slow to import, needed here only)

    best = max(runs, key=lambda run: _modularity(graph, run, resolution))
    for _ in range(_SEEDS):
        if all(adjusted_rand(runs[0], run) == 1 for run in runs[1:]):
            return max(best, runs[0], key=lambda run: _modularity(graph, run, resolution))
        agreed: nx.Graph[str] = nx.Graph()
        agreed.add_nodes_from(graph)
        for a, b in combinations(graph, 2):
            together = fmean(run[a] == run[b] for run in runs)
            if together > _STABLE:
                agreed.add_edge(a, b, strength=together)
        runs = [_louvain(agreed, 1.0, seed + n) for n in range(len(runs))]
    return best


def adjusted_rand(a: Grouping, b: Grouping) -> float:
    """Agreement of two groupings of the same nodes beyond chance (Hubert and Arabie 1985).

    Examples
    --------
    >>> adjusted_rand({"x": 1, "y": 1, "z": 2}, {"x": "a", "y": "a", "z": "b"})
    1.0
    """
    both = Counter((a[node], b[node]) for node in a)
    rows, columns = Counter(a.values()), Counter(b[node] for node in a)
    pairs = _pairs(both.values())
    mine, theirs, whole = _pairs(rows.values()), _pairs(columns.values()), _pairs([len(a)])
    expected = mine * theirs / whole if whole else 0.0
    top = (mine + theirs) / 2
    return 1.0 if top == expected else (pairs - expected) / (top - expected)


def _pairs(sizes: Iterable[int]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes)


def _modularity(graph: "nx.Graph[str]", groups: Grouping, resolution: float) -> float:
    whole = sum(facts["strength"] for *_, facts in graph.edges(data=True))
    within: Counter[Hashable] = Counter()
    ends: Counter[Hashable] = Counter()
    for a, b, facts in graph.edges(data=True):
        value = facts["strength"]
        ends[groups[a]] += value
        ends[groups[b]] += value
        if groups[a] == groups[b]:
            within[groups[a]] += value
    return float(
        sum(within[group] / whole - resolution * (ends[group] / (2 * whole)) ** 2 for group in ends)
    )


def _listed(groups: Grouping) -> list[list[str]]:
    members: dict[Hashable, list[str]] = {}
    for node, group in groups.items():
        members.setdefault(group, []).append(str(node))
    return sorted((sorted(group) for group in members.values()), key=lambda g: (-len(g), g))


@graph_metric(
    "N12",
    question="Is a grouping real?",
    limits="Every network has groupings of high modularity: read the test beside it.",
    unit="index",
    bounds=(-0.5, 1),
    better=Better.CONTEXT,
    formula=r"Q = \sum_g \Big(\frac{m_g}{m} - \gamma \Big(\frac{d_g}{2m}\Big)^2\Big)",
    missing="nodes without a group are left out and counted as missing",
    small_numbers="undefined without ties",
    aggregation="recompute on the merged graph",
    source="Newman and Girvan 2004, doi:10.1103/PhysRevE.69.026113",
    level="network",
)
def modularity(  # noqa: PLR0913  (the grouping and how it is tested)
    graph: "nx.Graph[str]",
    *,
    groups: str | Grouping = "sector",
    strength: str | None = None,
    resolution: float = 1.0,
    draws: int = 1000,
    seed: int = 0,
) -> Outcome:
    """Modularity of a grouping of the nodes.

    ``groups`` names an attribute of nodes, or maps nodes to groups. ``strength`` names the
    attribute to weigh ties by: without it every tie counts once, whatever it carries. ``parts``
    compares with permuted groups: ``expected``, ``z``, and ``p`` for a value as great. The lower
    bound of -0.5 is that of the resolution 1.

    Raises
    ------
    ValueError
        When no node has a group, the resolution is not above zero, or there are fewer than two
        draws.

    Examples
    --------
    >>> import networkx as nx
    >>> karate = nx.karate_club_graph()
    >>> found = modularity(karate, groups="club")
    >>> round(found.value, 5), found.parts["p"] < 0.01
    (0.35823, True)
    >>> round(modularity(karate, groups="club", strength="weight").value, 5)
    0.39144
    """
    if not (is_number(resolution) and resolution > 0):
        msg = f"the resolution is above 0, not {resolution!r}"
        raise ValueError(msg)
    if not isinstance(cast("object", groups), str):
        check_mapping("groups", groups, "nodes to groups, or the name of an attribute of nodes")
    asked = {node: _group(graph, groups, node) for node in graph}
    known = {node: group for node, group in asked.items() if is_known(group, node)}
    if len(graph) and not known:
        msg = f"no node has a group: {groups!r}"
        raise ValueError(msg)
    plain = _weighted(graph, strength).subgraph(known)
    missing = len(graph) - len(known)
    if not plain.number_of_edges():
        return Outcome(reason=Undefined.ZERO_DENOMINATOR, n=len(plain), missing=missing)
    value = _modularity(plain, known, resolution)
    nodes, labels = list(known), list(known.values())

    def shuffled(random: Random) -> float:
        random.shuffle(labels)
        return _modularity(plain, dict(zip(nodes, labels, strict=True)), resolution)

    null = randomisation(value, shuffled, seed=seed, draws=draws)
    return Outcome(
        value=value,
        n=len(plain),
        missing=missing,
        parts={"expected": null.expected, "z": null.z, "p": null.p},
        method={
            "groups": groups if isinstance(groups, str) else "given",
            "strength": strength,
            "resolution": resolution,
            "draws": draws,
            "seed": seed,
        },
    )


def _group(graph: "nx.Graph[str]", groups: str | Grouping, node: str) -> Hashable | None:
    return graph.nodes[node].get(groups) if isinstance(groups, str) else groups.get(node)


__all__ = ["adjusted_rand", "communities", "modularity"]
