"""How the model spreads: which countries it reaches, hub after hub, and how faithfully."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Final

from attrs import evolve

from citess.metrics._asked import Asked
from citess.metrics._count import Counting, reader, records_only
from citess.metrics._definition import Better
from citess.metrics._facts import NOT_KNOWN, Facts
from citess.metrics._measure import Outcome, Undefined
from citess.metrics._registry import metric, value_metric
from citess.metrics._tally import Tally
from citess.metrics.intervals import garwood
from citess.model import Dataset, TerritoryLevel
from citess.network import hub_network
from citess.network import lineage as _lineage
from citess.network._arguments import check_graph, is_number, listed

if TYPE_CHECKING:
    import networkx as nx

NORTH: Final = frozenset(["AL", "BA", "CY", "ES", "FR", "GR", "HR", "IT", "MC", "ME", "MT", "SI"])
SOUTH: Final = frozenset(["DZ", "EG", "IL", "LB", "LY", "MA", "PS", "SY", "TN", "TR"])
"""Shores of the Mediterranean: the 22 States with a coast on it, as of 2026."""

SHORES: Final = NORTH | SOUTH
_HUB: Final = "hub"
_TIE: Final = "tie"
_PATH: Final = "path"
_NONE: Final = "none"
_FEW: Final = 5
_TWO: Final = 2


@reader(dimensions=("status",))
def shores(data: "Dataset | nx.Graph[str]", asked: Asked, /) -> Tally:
    """Count hubs by country, ties by both countries, and paths from north to south by steps."""
    import networkx as nx  # noqa: PLC0415  (slow to import, needed here only)

    data = records_only(data)
    counting = Counting("hubs and ties by country", asked)
    country: dict[str, str] = {}
    for hub in data.hubs.values():
        counting.includes(hub)
        country[hub.id] = _country(data, hub.territories[0])
        status = () if hub.status is None else (str(hub.status),)
        counting.add((_HUB, country[hub.id]), status=status)
    network = hub_network(data, asked.on)
    for a, b in network.edges():
        first, second = sorted((country[a], country[b]))
        counting.add((_TIE, first, second), status=())
    for one in (node for node in network if country[node] in NORTH):
        steps = dict(nx.single_source_shortest_path_length(network, one))
        for other in (node for node in network if country[node] in SOUTH):
            counting.add((_PATH, str(steps.get(other, _NONE))), status=())
    return counting.tally()


def _country(data: Dataset, territory: str) -> str:
    """ISO 3166-1 code of the country that a territory lies in."""
    waiting = [territory]
    while waiting:
        one = data.territories[waiting.pop()]  # type: ignore[index]
        if one.level is TerritoryLevel.COUNTRY:
            codes = [i.value for i in one.identifiers if i.scheme == "iso-3166-1"]
            return codes[0] if codes else one.id.upper()
        waiting += [parent.territory for parent in one.parents]
    return NOT_KNOWN


@metric(
    "N27",
    reads=shores,
    question="How far does the network of hubs reach around the Mediterranean?",
    limits="A hub is no coverage of a country; see the share of people within reach.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.HIGHER,
    formula=r"\frac{\#\{c : h_c \ge 1\}}{\#C}",
    missing="hubs whose country is not known are left out and counted as missing",
    small_numbers="a census of countries",
    aggregation="unite hubs, then recompute",
    source="citess; the 22 States with a Mediterranean coast, as of 2026",
    level="country",
)
def mediterranean_reach(
    facts: Facts, *, eligible: Collection[str] | None = None, **_: object
) -> Outcome:
    """Share of Mediterranean countries with a hub.

    Of the 22 States with a coast, or those ``eligible`` by ISO code. ``parts`` holds the share with
    two hubs or more (``two_or_more``), the countries reached in the ``north`` and in the ``south``
    and the lesser over the greater of both (``balance``), the share of ties between hubs that go
    ``across`` shores, the share of pairs of a hub in the north and one in the south that are
    ``linked``, the mean number of steps between those (``path``), and hubs ``elsewhere``.

    Examples
    --------
    >>> facts = {("hub", c): 2 for c in ("TN", "IT", "ES", "FR", "MA", "LB")}
    >>> found = mediterranean_reach.compute({**facts, ("hub", "GR"): 1, ("hub", "EG"): 1})
    >>> round(found.value, 3), round(found.parts["two_or_more"], 3)
    (0.364, 0.273)
    """
    countries = SHORES if eligible is None else frozenset(listed("eligible", eligible, "countries"))
    if not countries:
        return Outcome(reason=Undefined.ZERO_DENOMINATOR)
    hubs, ties = facts.below(_HUB), facts.below(_TIE)
    reached = {code for (code,) in hubs if code in countries}
    known = {pair: n for pair, n in ties.items() if set(pair) <= NORTH | SOUTH}
    across = sum(n for (a, b), n in known.items() if (a in NORTH) != (b in NORTH))
    whole = sum(known.values())
    if not hubs.known:
        reason = Undefined.NOT_KNOWN if hubs.missing else Undefined.ZERO_DENOMINATOR
        return Outcome(reason=reason, missing=hubs.missing)
    north, south = len(reached & NORTH), len(reached & SOUTH)
    steps = facts.below(_PATH)
    pairs = sum(steps.values())
    linked = pairs - steps[_NONE]
    walked = sum(int(d) * n for (d,), n in steps.items() if d != _NONE)
    return Outcome(
        value=len(reached) / len(countries),
        numerator=len(reached),
        denominator=len(countries),
        n=hubs.known,
        missing=hubs.missing,
        parts={
            "two_or_more": sum(hubs[code] >= _TWO for code in reached) / len(countries),
            "north": north,
            "south": south,
            "balance": min(north, south) / max(north, south) if north or south else None,
            "across": across / whole if whole else None,
            "linked": linked / pairs if pairs else None,
            "path": walked / linked if linked else None,
            "elsewhere": sum(n for (code,), n in hubs.items() if code and code not in countries),
        },
        method={"eligible": sorted(countries)},
    )


@value_metric(
    "L16",
    question="Does the model spread from hub to hub?",
    limits="A copy on paper is no hub at work; who learned from whom is often not told.",
    unit="generations",
    bounds=(0, None),
    better=Better.HIGHER,
    formula=r"\max_h \mathrm{depth}(h),\quad \frac{\#\text{copies}}{\#\text{hubs}}",
    missing="a hub without an origin is a root, and counted",
    small_numbers="below 5 hubs: a list, without inference",
    aggregation="unite the lineages, then recompute",
    source="diffusion of innovations: Rogers 2003; Garwood 1936, doi:10.1093/biomet/28.3-4.437",
    level="hub",
)
def replication_lineage(
    lineage: "Dataset | nx.DiGraph[str]", *, hub_years: float | None = None
) -> Outcome:
    """Generations of hubs that were made after another.

    Of a dataset, or of a graph from origins to copies as :func:`citess.network.lineage` gives it.
    ``parts`` holds the mean number of copies of a hub (``offspring``), the share of copies that
    roots made (``founders``), the ``roots``, and the copies in a year of a hub (``per_hub_year``)
    where ``hub_years`` tells how many years hubs were at work together; its ends are in ``method``.

    Raises
    ------
    TypeError
        When it is neither a dataset nor a networkx graph.
    ValueError
        When the graph has no direction, hubs are copies of themselves in a circle, or the years
        are not above zero.

    Examples
    --------
    >>> import networkx as nx
    >>> found = replication_lineage(nx.DiGraph([("A", "B"), ("A", "C"), ("B", "D")]))
    >>> found.value, found.parts["offspring"], round(found.parts["founders"], 3)
    (2, 0.75, 0.667)
    """
    import networkx as nx  # noqa: PLC0415  (slow to import, needed here only)

    graph = _lineage(lineage) if isinstance(lineage, Dataset) else lineage
    check_graph(graph, "lineage", "a Dataset or a networkx graph with direction")
    if not graph.is_directed():
        msg = "lineage must be a graph with direction, from origins to copies; this one has none"
        raise ValueError(msg)
    if not nx.is_directed_acyclic_graph(graph):
        msg = "a lineage has no circles: a hub cannot descend from itself"
        raise ValueError(msg)
    if hub_years is not None and not (is_number(hub_years) and hub_years > 0):
        msg = f"the years of hubs are above zero, not {hub_years!r}"
        raise ValueError(msg)
    graph = nx.DiGraph(graph)
    n = len(graph)
    if not n:
        return Outcome(reason=Undefined.ZERO_DENOMINATOR)
    roots = [hub for hub in graph if not graph.in_degree(hub)]
    copies = graph.number_of_edges()
    by_roots = sum(graph.out_degree(hub) for hub in roots)
    found = Outcome(
        value=nx.dag_longest_path_length(graph, weight=None),
        n=n,
        parts={
            "offspring": copies / n,
            "founders": by_roots / copies if copies else None,
            "roots": len(roots),
            "per_hub_year": None if hub_years is None else copies / hub_years,
        },
        warnings=("few-hubs",) if n < _FEW else (),
    )
    if hub_years is None:
        return found
    rate = garwood(copies, hub_years)
    ends = {"low": rate.low, "high": rate.high, "method": rate.method}
    return evolve(found, method={"per_hub_year": ends, "years": hub_years})


@value_metric(
    "L17",
    question="Is a copy still the model?",
    limits="An adaptation can be wiser than the original: fidelity is no virtue by itself.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.CONTEXT,
    formula=r"\frac{\#(C \cap P)}{\#C},\quad \frac{\#(C \cap P)}{\#(C \cup P)}",
    missing="parts of which it is not known whether they are there widen the bounds",
    small_numbers="a list of parts, no sampling",
    aggregation="never averaged without saying over which hubs",
    source="Carroll and others 2007, doi:10.1186/1748-5908-2-40",
    level="hub",
)
def fidelity(
    core: Iterable[str],
    present: Iterable[str],
    *,
    unknown: Iterable[str] = (),
) -> Outcome:
    """Fidelity of a hub to the model it was made after.

    Share of the parts of the model (``core``) that are ``present``, among those known.
    ``parts["jaccard"]`` counts additions against it, and ``method`` lists what is ``missing`` and
    what was ``added``. ``unknown`` are parts of which nobody knows.

    Raises
    ------
    TypeError
        When a list of parts is none.
    ValueError
        When a part is both present and not known.

    Examples
    --------
    >>> found = fidelity("abcdefgh", [*"abcdef", "local-1", "local-2", "local-3"])
    >>> found.value, round(found.parts["jaccard"], 3), found.method["missing"]
    (0.75, 0.545, ['g', 'h'])
    """
    model, here, open_ = (
        set(listed(argument, parts, "parts of the model"))
        for argument, parts in (("core", core), ("present", present), ("unknown", unknown))
    )
    if both := here & open_:
        msg = f"a part is present or not known, not both: {_sorted(both)}"
        raise ValueError(msg)
    if not model:
        return Outcome(reason=Undefined.ZERO_DENOMINATOR)
    doubtful = model & open_
    known = model - doubtful
    if not known:
        return Outcome(reason=Undefined.NOT_KNOWN, missing=len(doubtful))
    kept = len(known & here)
    return Outcome(
        value=kept / len(known),
        numerator=kept,
        denominator=len(known),
        n=len(known),
        missing=len(doubtful),
        bounds=(kept / len(model), (kept + len(doubtful)) / len(model)),
        parts={"jaccard": kept / len(known | here)},
        method={"missing": _sorted(known - here), "added": _sorted(here - model)},
    )


def _sorted(parts: Iterable[str]) -> list[str]:
    return sorted(parts, key=str)


__all__ = ["fidelity", "mediterranean_reach", "replication_lineage"]
