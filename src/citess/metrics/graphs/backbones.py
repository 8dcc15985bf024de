"""Which ties matter: those that chance does not explain, and those that carry weight."""

from collections.abc import Hashable, Iterable
from itertools import combinations
from typing import TYPE_CHECKING, Final

from citess.metrics._definition import Better
from citess.metrics._graph_metric import graph_metric, simple, strengths
from citess.metrics._measure import Outcome, Undefined
from citess.metrics.tests_of_chance import benjamini_hochberg, bonferroni, hypergeometric_p
from citess.network._arguments import is_number, listed

if TYPE_CHECKING:
    import networkx as nx

_LEVEL: Final = 0.05
_FEW: Final = 20
_DENSE: Final = 0.5


def _side(graph: "nx.Graph[str]", onto: Iterable[str] | None) -> list[str]:
    """Nodes of the side asked for: those named, or those that carry ``bipartite`` 0.

    Raises
    ------
    ValueError
        When a node is not in the graph, no node says its side, or ties stay on one side.
    """
    plain = simple(graph)
    if onto is None:
        side = [node for node, facts in plain.nodes(data=True) if facts.get("bipartite") == 0]
        if plain.number_of_edges() and not side:
            msg = "no node carries bipartite=0: name the members by onto, or give agreement_graph()"
            raise ValueError(msg)
    else:
        side = list(listed("onto", onto))
        for node in side:
            if node not in plain:
                msg = f"onto names {node!r}, which is not in the graph"
                raise ValueError(msg)
    chosen = set(side)
    for a, b in plain.edges():
        if (a in chosen) == (b in chosen):
            msg = f"the tie {a!r} to {b!r} stays on one side; onto names all nodes of one side"
            raise ValueError(msg)
    return side


@graph_metric(
    "N16",
    question="How many members are tied by what they share?",
    limits="One large event ties all who attend it: see the validated backbone beside it.",
    unit="ties",
    bounds=(0, None),
    better=Better.CONTEXT,
    formula=r"\#\{(a, b) : N(a) \cap N(b) \ne \emptyset\}",
    missing="memberships that nobody told of are not known",
    small_numbers="undefined below 2 members",
    aggregation="recompute on the merged graph",
    source="Breiger 1974; Newman 2001, doi:10.1103/PhysRevE.64.016132",
    level="network",
)
def shared_ties(graph: "nx.Graph[str]", *, onto: Iterable[str] | None = None) -> Outcome:
    """Pairs of members that share an agreement, a service or an event.

    Of a graph with two sides, such as :func:`citess.network.agreement_graph`. ``parts`` holds the
    ``density`` among members and the number of things shared over all pairs (``shared``); above a
    density of one half it warns. ``onto`` names the members; without it those with ``bipartite`` 0.
    Weights by name are given by :func:`citess.network.project`.

    Raises
    ------
    ValueError
        When a tie stays on one side, or a member is not in the graph.

    Examples
    --------
    >>> import networkx as nx
    >>> found = shared_ties(nx.davis_southern_women_graph())
    >>> found.value, found.parts["shared"]
    (139, 322)
    """
    plain, side = simple(graph), _side(graph, onto)
    n = len(side)
    pairs = _pairs(plain, side)
    possible = n * (n - 1) // 2
    if possible == 0:
        return Outcome(reason=Undefined.TOO_FEW, n=n)
    dense = len(pairs) / possible
    return Outcome(
        value=len(pairs),
        n=n,
        parts={"density": dense, "shared": sum(pairs.values())},
        warnings=("cliques",) if dense > _DENSE else (),
    )


def _pairs(graph: "nx.Graph[str]", side: list[str]) -> dict[tuple[str, str], int]:
    """How many neighbours each pair of members shares, where they share any."""
    place = {node: n for n, node in enumerate(side)}
    shared: dict[tuple[str, str], int] = {}
    for middle in graph:
        if middle not in place:
            near = sorted(graph[middle], key=place.__getitem__)
            for pair in combinations(near, 2):
                shared[pair] = shared.get(pair, 0) + 1
    return shared


@graph_metric(
    "N17",
    question="Which shared ties are not chance?",
    limits="With few events nothing can be validated: that is no proof that there are no ties.",
    unit="ties",
    bounds=(0, None),
    better=Better.CONTEXT,
    formula=r"p_{ab} = P(X \ge x_{ab}),\quad X \sim \mathrm{Hypergeometric}(N, d_a, d_b)",
    missing="memberships that nobody told of are not known",
    small_numbers="below 20 events flagged: the test cannot validate",
    aggregation="recompute on the merged graph",
    source="Tumminello and others 2011, doi:10.1371/journal.pone.0017994",
    level="network",
)
def validated_ties(
    graph: "nx.Graph[str]",
    *,
    onto: Iterable[str] | None = None,
    level: float = _LEVEL,
) -> Outcome:
    """Statistically validated ties between members that share things.

    Each pair of members is tested against a random choice of as many things as each has; the value
    is how many pairs are validated at ``level`` with the false discovery rate controlled (Benjamini
    and Hochberg) over all pairs, and ``parts["bonferroni"]`` after Bonferroni. ``method["ties"]``
    lists them; ``method["least_p"]`` is the least p that the data could give, so that "none" and
    "cannot tell" are told apart.

    Raises
    ------
    ValueError
        When a tie stays on one side, a member is not in the graph, or the level is not between 0
        and 1.

    Examples
    --------
    >>> import networkx as nx
    >>> found = validated_ties(nx.davis_southern_women_graph())
    >>> found.value, found.parts["bonferroni"], found.parts["tests"], found.warnings
    (0, 0, 153, ('cannot-validate',))
    """
    if not (is_number(level) and 0 < level < 1):
        msg = f"the level lies between 0 and 1, not {level!r}"
        raise ValueError(msg)
    plain, side = simple(graph), _side(graph, onto)
    events = len(plain) - len(side)
    tested = list(combinations(side, 2))
    if not tested or not events:
        return Outcome(reason=Undefined.TOO_FEW, n=len(side))
    shared = _pairs(plain, side)
    degree = dict(plain.degree())
    p_values = [
        hypergeometric_p(
            shared.get(pair, 0), units=events, marked=degree[pair[0]], drawn=degree[pair[1]]
        )
        for pair in tested
    ]
    kept = [
        pair
        for pair, p in zip(tested, benjamini_hochberg(p_values), strict=True)
        if p < level and shared.get(pair)
    ]
    strict = sum(p < level for p in bonferroni(p_values))
    least = min(
        hypergeometric_p(min(degree[a], degree[b]), units=events, marked=degree[a], drawn=degree[b])
        for a, b in tested
    )
    powerless = events < _FEW or least >= level / len(tested)
    return Outcome(
        value=len(kept),
        n=len(side),
        parts={"bonferroni": strict, "tests": len(tested), "projected": len(shared)},
        method={"ties": [list(map(str, pair)) for pair in kept], "least_p": least, "level": level},
        warnings=("cannot-validate",) if powerless else (),
    )


def disparity(graph: "nx.Graph[str]", *, strength: str) -> dict[tuple[Hashable, Hashable], float]:
    """Disparity of each tie: the chance of a share of strength as great, at either end.

    The lesser of both ends; an end of one tie alone tells nothing (1).

    Raises
    ------
    ValueError
        When a tie lacks the strength, or it is no positive finite number.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.Graph()
    >>> graph.add_weighted_edges_from([("a", "b", 8), ("a", "c", 1), ("a", "d", 1)], "hours")
    >>> round(disparity(graph, strength="hours")["a", "b"], 3)
    0.04
    """
    weights = strengths(graph, strength)
    total: dict[str, float] = {}
    ties: dict[str, int] = {}
    for pair, value in weights.items():
        for node in pair:
            total[node] = total.get(node, 0.0) + value
            ties[node] = ties.get(node, 0) + 1
    return {
        (a, b): min(_alpha(value, total[node], ties[node]) for node in (a, b))
        for (a, b), value in weights.items()
    }


def _alpha(weight: float, whole: float, ties: int) -> float:
    return 1.0 if ties == 1 else (1 - weight / whole) ** (ties - 1)


@graph_metric(
    "N18",
    question="Which strengths matter?",
    limits="It keeps what stands out at one end: a network of equal ties has no backbone.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.CONTEXT,
    formula=r"\alpha_{ab} = \min_{v \in \{a, b\}} \Big(1 - \frac{w_{ab}}{s_v}\Big)^{k_v - 1}",
    missing="every tie has a strength",
    small_numbers="ends of one tie tell nothing",
    aggregation="recompute on the merged graph",
    source="Serrano and others 2009, doi:10.1073/pnas.0808904106",
    level="network",
)
def disparity_filter(graph: "nx.Graph[str]", *, strength: str, level: float = _LEVEL) -> Outcome:
    """Share of ties whose strength stands out.

    Ties of a disparity below ``level`` at either end are kept; ``method["ties"]`` lists them and
    ``strength`` names the attribute. Parallel ties add up, direction does not count.

    Raises
    ------
    ValueError
        When a tie lacks the strength, it is no positive finite number, or the level is not between
        0 and 1.

    Examples
    --------
    >>> import networkx as nx
    >>> found = disparity_filter(nx.les_miserables_graph(), strength="weight")
    >>> found.numerator, found.denominator
    (9, 254)
    """
    if not (is_number(level) and 0 < level < 1):
        msg = f"the level lies between 0 and 1, not {level!r}"
        raise ValueError(msg)
    alphas = disparity(graph, strength=strength)
    if not alphas:
        return Outcome(reason=Undefined.ZERO_DENOMINATOR)
    kept = [pair for pair, alpha in alphas.items() if alpha < level]
    return Outcome(
        value=len(kept) / len(alphas),
        numerator=len(kept),
        denominator=len(alphas),
        n=len(alphas),
        method={
            "ties": [list(map(str, pair)) for pair in kept],
            "level": level,
            "strength": strength,
            "rule": "either end",
        },
    )


__all__ = ["disparity", "disparity_filter", "shared_ties", "validated_ties"]
