"""Like with like, or across: how ties fall between sectors and degrees."""

from collections import Counter
from collections.abc import Hashable, Mapping
from random import Random
from statistics import fmean
from typing import TYPE_CHECKING, Final, cast

from attrs import evolve

from citess.metrics._definition import Better
from citess.metrics._graph_metric import directed, graph_metric, simple
from citess.metrics._measure import Outcome, Undefined
from citess.metrics.tests_of_chance import randomisation
from citess.network._ties import is_known

if TYPE_CHECKING:
    import networkx as nx

Pairs = list[tuple[Hashable, Hashable]]
_DRAWS: Final = 1000


def _attribute(graph: "nx.Graph[str]", name: str) -> dict[Hashable, Hashable]:
    """Attribute of the nodes that have one; not a number is none.

    Raises
    ------
    TypeError
        When the name is no text, or the attribute of a node cannot be told apart from others.
    ValueError
        When no node has it.
    """
    if not isinstance(cast("object", name), str):
        msg = f"sector must be the name of an attribute of nodes, not {name!r}"
        raise TypeError(msg)
    known: dict[Hashable, Hashable] = {
        node: facts[name]
        for node, facts in graph.nodes(data=True)
        if is_known(facts.get(name), node)
    }
    if len(graph) and not known:
        msg = f"no node has the attribute {name!r}"
        raise ValueError(msg)
    return known


def _ties(graph: "nx.Graph[str]", known: Mapping[Hashable, Hashable]) -> tuple[Pairs, int]:
    """Ties between nodes whose attribute is known, and how many others there are."""
    plain = simple(graph)
    pairs: Pairs = [(a, b) for a, b in plain.edges() if a in known and b in known]
    return pairs, plain.number_of_edges() - len(pairs)


@graph_metric(
    "N08",
    question="Do ties go across sectors, or stay within?",
    limits="Sectors of different size have different chances: read it beside the expected value.",
    unit="index",
    bounds=(-1, 1),
    better=Better.HIGHER,
    formula=r"\frac{E - I}{E + I}",
    missing="ties of nodes of unknown sector are left out and counted as missing",
    small_numbers="undefined without ties; z and p against permuted sectors beside",
    aggregation="sum ties within and across, then recompute",
    source="Krackhardt and Stern 1988, doi:10.2307/2786835",
    level="network",
)
def ei_index(
    graph: "nx.Graph[str]", *, sector: str = "sector", draws: int = _DRAWS, seed: int = 0
) -> Outcome:
    """External-internal index of the ties between sectors.

    1 when every tie goes across, -1 when none does; each tied pair counts once, whatever the
    direction. ``parts`` holds what permuted sectors would
    give (``expected``), ``z`` and the two-sided ``p``, from ``draws`` permutations with a seed.

    Raises
    ------
    ValueError
        When no node has the attribute, or there are fewer than two draws.

    Examples
    --------
    >>> import networkx as nx
    >>> found = ei_index(nx.karate_club_graph(), sector="club")
    >>> round(found.value, 4), found.parts["p"] < 0.01
    (-0.7179, True)
    """
    known = _attribute(graph, sector)
    pairs, missing = _ties(graph, known)
    if not pairs:
        return ei_of(0, 0, missing, {})
    value = _ei(pairs, known)
    nodes, labels = list(known), list(known.values())

    def shuffled(random: Random) -> float:
        random.shuffle(labels)
        return _ei(pairs, dict(zip(nodes, labels, strict=True)))

    null = randomisation(value, shuffled, seed=seed, draws=draws)
    external = round((value + 1) / 2 * len(pairs))
    method = {"sector": sector, "draws": draws, "seed": seed, "null": "permuted sectors"}
    chance = {"expected": null.expected, "z": null.z, "p": null.two_sided}
    return evolve(ei_of(external, len(pairs), missing, method), parts=chance)


def ei_of(external: int, ties: int, missing: int, method: Mapping[str, object]) -> Outcome:
    """External-internal index of ties, of which some go across."""
    if not ties:
        reason = Undefined.NOT_KNOWN if missing else Undefined.ZERO_DENOMINATOR
        return Outcome(reason=reason, missing=missing)
    difference = 2 * external - ties
    return Outcome(
        value=difference / ties,
        numerator=difference,
        denominator=ties,
        n=ties,
        missing=missing,
        method=method,
    )


def _ei(pairs: Pairs, known: Mapping[Hashable, Hashable]) -> float:
    external = sum(known[a] != known[b] for a, b in pairs)
    return (2 * external - len(pairs)) / len(pairs)


@graph_metric(
    "N09a",
    question="Do the alike work together?",
    limits="It compares with chance mixing of ties, not with who could be met.",
    unit="index",
    bounds=(-1, 1),
    better=Better.CONTEXT,
    formula=r"r = \frac{\sum_i e_{ii} - \sum_i a_i b_i}{1 - \sum_i a_i b_i}",
    missing="ties of nodes of unknown sector are left out and counted as missing",
    small_numbers="undefined without ties, or when all are of one sector; jackknife error beside",
    aggregation="recompute on the merged graph",
    source="Newman 2003, doi:10.1103/PhysRevE.67.026126",
    level="network",
)
def attribute_assortativity(graph: "nx.Graph[str]", *, sector: str = "sector") -> Outcome:
    """Assortativity by an attribute of the nodes.

    1 when ties stay within sectors, 0 at chance; each tied pair counts once, whatever the
    direction. ``parts["stderr"]`` is the jackknife error over ties.

    Raises
    ------
    ValueError
        When no node has the attribute.

    Examples
    --------
    >>> import networkx as nx
    >>> round(attribute_assortativity(nx.karate_club_graph(), sector="club").value, 4)
    0.7175
    """
    known = _attribute(graph, sector)
    pairs, missing = _ties(graph, known)
    ends = [(known[a], known[b]) for a, b in pairs]
    if not ends:
        reason = Undefined.NOT_KNOWN if missing else Undefined.ZERO_DENOMINATOR
        return Outcome(reason=reason, missing=missing)
    table: Counter[tuple[Hashable, Hashable]] = Counter()
    for a, b in ends:
        table[a, b] += 1
        table[b, a] += 1
    value = _assortativity(table)
    if value is None:
        return Outcome(reason=Undefined.NO_VARIATION, n=len(ends), missing=missing)
    return Outcome(
        value=value,
        n=len(ends),
        missing=missing,
        parts={"stderr": _jackknife(table, ends, value)},
        method={"sector": sector},
    )


def _assortativity(table: Mapping[tuple[Hashable, Hashable], int]) -> float | None:
    whole = sum(table.values())
    if not whole:
        return None
    rows: Counter[Hashable] = Counter()
    for (a, _), n in table.items():
        rows[a] += n
    within = sum(n for (a, b), n in table.items() if a == b) / whole
    chance = sum((n / whole) ** 2 for n in rows.values())
    return None if chance == 1 else (within - chance) / (1 - chance)


def _jackknife(
    table: Counter[tuple[Hashable, Hashable]],
    ends: list[tuple[Hashable, Hashable]],
    value: float,
) -> float | None:
    """Error over ties: ties between the same two sectors change it alike."""
    total = 0.0
    for (a, b), times in Counter(ends).items():
        left = table.copy()
        left[a, b] -= 1
        left[b, a] -= 1
        without = _assortativity(left)
        if without is None:
            return None
        total += times * (without - value) ** 2
    return float(total**0.5)


@graph_metric(
    "N09b",
    question="Do the well connected tie with each other?",
    limits="Small networks are disassortative by chance alone.",
    unit="index",
    bounds=(-1, 1),
    better=Better.CONTEXT,
    formula=r"r = \mathrm{corr}(k_a, k_b) \text{ over ties}",
    missing="ties that nobody told of are not known",
    small_numbers="undefined when every node has the same degree",
    aggregation="recompute on the merged graph",
    source="Newman 2003, doi:10.1103/PhysRevE.67.026126",
    level="network",
)
def degree_assortativity(graph: "nx.Graph[str]") -> Outcome:
    """Assortativity by degree.

    Correlation of the degrees at both ends of ties, over ties; direction and parallel ties are
    merged.

    Examples
    --------
    >>> import networkx as nx
    >>> round(degree_assortativity(nx.karate_club_graph()).value, 4)
    -0.4756
    >>> degree_assortativity(nx.cycle_graph(4)).reason.label()
    'all values are equal'
    """
    plain = simple(graph)
    degree = dict(plain.degree())
    ends = [(degree[a], degree[b]) for a, b in plain.edges()]
    both = [*ends, *((b, a) for a, b in ends)]
    if not both:
        return Outcome(reason=Undefined.ZERO_DENOMINATOR)
    mean = fmean(a for a, _ in both)
    variance = fmean((a - mean) ** 2 for a, _ in both)
    if variance == 0:
        return Outcome(reason=Undefined.NO_VARIATION, n=len(ends))
    value = fmean((a - mean) * (b - mean) for a, b in both) / variance
    return Outcome(value=max(-1.0, min(1.0, value)), n=len(ends))


@graph_metric(
    "N14",
    question="Are ties mutual?",
    limits="Ties without a direction are mutual by definition: ask it of referrals and answers.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.CONTEXT,
    formula=r"\frac{2M}{2M + A}",
    missing="ties that nobody told of are not known",
    small_numbers="undefined without ties",
    aggregation="recompute on the merged graph",
    source="Wasserman and Faust 1994; by arcs, as networkx and igraph",
    level="network",
)
def reciprocity(graph: "nx.Graph[str]") -> Outcome:
    """Share of ties that are returned, by arcs.

    ``parts["dyads"]`` is the share of tied pairs that are mutual, M / (M + A). Loops and parallel
    ties do not count.

    Raises
    ------
    ValueError
        When the graph has no direction.

    Examples
    --------
    >>> import networkx as nx
    >>> round(reciprocity(nx.DiGraph([("a", "b"), ("b", "a"), ("b", "c")])).value, 4)
    0.6667
    """
    if not graph.is_directed():
        msg = "reciprocity wants a graph with direction; in this one every tie is mutual"
        raise ValueError(msg)
    arcs = set(directed(graph).edges())
    pairs = len({frozenset(arc) for arc in arcs})
    return reciprocity_of(pairs, len(arcs) - pairs)


def reciprocity_of(pairs: int, mutual: int, missing: int = 0) -> Outcome:
    """Reciprocity of tied pairs, of which some are tied both ways."""
    if not pairs:
        return Outcome(reason=Undefined.ZERO_DENOMINATOR, missing=missing)
    arcs = pairs + mutual
    return Outcome(
        value=2 * mutual / arcs,
        numerator=2 * mutual,
        denominator=arcs,
        n=arcs,
        missing=missing,
        parts={"dyads": mutual / pairs},
    )


__all__ = [
    "attribute_assortativity",
    "degree_assortativity",
    "ei_index",
    "ei_of",
    "reciprocity",
    "reciprocity_of",
]
