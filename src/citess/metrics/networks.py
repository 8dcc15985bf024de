"""Metrics of the partnership graph: its density."""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable
from typing import TYPE_CHECKING, Final, cast

from citess.metrics._asked import Asked
from citess.metrics._count import Counting, reader
from citess.metrics._facts import Fact, Facts, Number
from citess.metrics._measure import Outcome, Undefined
from citess.metrics._registry import Better, metric
from citess.metrics._tally import Tally
from citess.metrics._vertices import density_interval
from citess.model import Dataset
from citess.network import KINDS, agreements_of

if TYPE_CHECKING:
    import networkx as nx

MODES: Final = ("undirected", "directed", "bipartite")


@reader(dimensions=("kind",), tense="stock", options=("kinds",))
def ties(data: "Dataset | nx.Graph[str]", asked: Asked, /) -> Tally:
    """Count nodes and ties, of the partnership graph of a dataset or of any graph."""
    counting = Counting("ties", asked)
    arcs = asked.options.get("mode") == "directed"
    if isinstance(data, Dataset):
        kinds = cast("Collection[str] | None", asked.options.get("kinds"))
        _count_agreements(counting, data, kinds, arcs=arcs)
    else:
        _count_graph(counting, data, arcs=arcs)
    return counting.tally()


def _count_agreements(
    counting: Counting, data: Dataset, kinds: Collection[str] | None, *, arcs: bool
) -> None:
    """Parties and ties; as arcs, a tie without direction is one each way."""
    found = list(agreements_of(data, kinds=kinds))
    everyone = {*data.hubs, *data.partners}
    everyone |= {member.party for one in found for member in one.record.members}
    for party in sorted(everyone):
        counting.declare(("node", party, ""), kind=KINDS)
    for one in found:
        if counting.holds(one.record, one.record.period):
            for a, b, directed in one.pairs():
                counting.add(("tie", a.party, b.party), kind=(one.kind,))
                if arcs and not directed:
                    counting.add(("tie", b.party, a.party), kind=(one.kind,))


def _count_graph(counting: Counting, graph: "nx.Graph[str]", *, arcs: bool) -> None:
    names: dict[Hashable, str] = {node: repr(node) for node in graph}
    for node, facts in graph.nodes(data=True):
        counting.declare(("node", names[node], str(facts.get("bipartite", ""))), kind=())
    for a, b, facts in graph.edges(data=True):
        counting.add(("tie", names[a], names[b]), kind=())
        one_way = graph.is_directed() and facts.get("directed") is not False
        if arcs and a != b and not one_way:
            counting.add(("tie", names[b], names[a]), kind=())


@metric(
    "N01",
    reads=ties,
    question="How many of the possible ties exist?",
    limits="Density falls as a network grows: compare mean degree, or networks of equal size.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.CONTEXT,
    formula=r"\frac{2m}{n(n-1)},\quad \text{directed } \frac{m}{n(n-1)},\quad"
    r" \text{bipartite } \frac{m}{n_1 n_2}",
    missing="ties that no source tells are not known; the density is of the ties recorded",
    small_numbers="undefined below 2 nodes",
    aggregation="recompute on the merged graph",
    source="Wasserman and Faust 1994",
    at_ends=True,
)
def density(facts: Facts, *, mode: str = "undirected", **_: object) -> Outcome:
    """Density of the partnership network.

    Ties that exist among those possible, on the simple undirected projection: parallel ties count
    once and loops do not. ``parts`` holds the mean degree, and the ties and loops so merged. Data
    are a dataset (hubs and partners are nodes, agreements tie them; option ``kinds``) or any
    networkx graph. Option ``mode``: ``"undirected"``; ``"directed"``, where a tie without direction
    is one each way; or ``"bipartite"`` for a graph whose nodes carry ``bipartite`` 0 or 1.

    Raises
    ------
    ValueError
        When the mode does not exist, or a graph of two sides has nodes of none or ties within one.

    Examples
    --------
    >>> import networkx as nx
    >>> from citess.metrics import density
    >>> round(density(nx.karate_club_graph()).value, 4)
    0.139
    """
    if mode not in MODES:
        msg = f"{mode!r} is no mode of density; modes are {', '.join(MODES)}"
        raise ValueError(msg)
    nodes = [fact for fact in facts if fact[0] == "node"]
    met = {fact[1:]: times for fact, times in facts.items() if fact[0] == "tie"}
    proper = [pair for pair in met if pair[0] != pair[1]]
    distinct = {pair if mode == "directed" else tuple(sorted(pair)) for pair in proper}
    possible = _possible(nodes, mode)
    if mode == "bipartite" and possible:
        _check_sides(nodes, distinct)
    m = len(distinct)
    merged = sum(met[pair] for pair in proper) - m
    loops = sum(met.values()) - m - merged
    held = Counter(node for pair in distinct for node in pair)
    degrees = sum(held.values()), sum(k * k for k in held.values())
    return density_of(len(nodes), m, possible, mode, merged=merged, loops=loops, degrees=degrees)


def density_of(  # noqa: PLR0913  (what was counted, and how)
    n: int,
    m: int,
    possible: int,
    mode: str,
    *,
    merged: Number,
    loops: Number,
    degrees: tuple[float, float],
    missing: int = 0,
) -> Outcome:
    """Density of simple ties among those possible."""
    if possible == 0:
        return Outcome(reason=Undefined.TOO_FEW, n=n, missing=missing)
    rest = possible * (n - 2) // n
    return Outcome(
        value=m / possible,
        interval=None if mode == "bipartite" else density_interval(m / possible, n, rest, degrees),
        numerator=m,
        denominator=possible,
        n=n,
        missing=missing,
        parts={
            "mean_degree": (m if mode == "directed" else 2 * m) / n,
            "merged_ties": merged,
            "loops": loops,
        },
        method={"mode": mode, "projection": "simple"},
        warnings=("no-comparison",),
    )


def _check_sides(nodes: list[Fact], pairs: Iterable[Fact]) -> None:
    """Refuse nodes of no side and ties that stay on one."""
    side = {name: of for _, name, of in nodes}
    for name, of in side.items():
        if of not in {"0", "1"}:
            msg = f"with mode='bipartite' every node carries bipartite 0 or 1; {name} does not"
            raise ValueError(msg)
    for a, b in sorted(pairs):
        if side[a] == side[b]:
            msg = f"the tie {a} to {b} stays on one side; ties of two sides are wanted"
            raise ValueError(msg)


def _possible(nodes: list[Fact], mode: str) -> int:
    n = len(nodes)
    if mode == "bipartite":
        first = sum(fact[2] == "0" for fact in nodes)
        return first * (n - first)
    return n * (n - 1) if mode == "directed" else n * (n - 1) // 2


__all__ = ["density", "density_of"]
