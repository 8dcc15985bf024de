"""Metrics of what each provider adds to the joint offer, and of how alike two offers are."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from math import isfinite
from typing import TypeVar, cast

from attrs import evolve, frozen

from citess.metrics._asked import Asked, Where
from citess.metrics._facts import NOT_KNOWN, Fact, Facts, Number
from citess.metrics._grid import NEEDED, OFFERED, met_by_named, needed, too_few
from citess.metrics._measure import Measure, Outcome, Undefined
from citess.metrics._registry import Better, metric, value_metric
from citess.metrics.tables.offers import Cell
from citess.model import Dataset, DateLike

C = TypeVar("C", bound=Hashable)


@frozen(kw_only=True)
class Contribution:
    """What one provider adds to the joint coverage."""

    shapley: float
    """Its share of the joint coverage, over all orders of joining."""

    unique: Number
    """Weight of the needs that it alone meets."""

    total: Number
    """Weight of the needs that it meets."""


def contributions(
    sets: Mapping[str, Iterable[C]], weights: Mapping[C, Number] | None = None
) -> dict[str, Contribution]:
    """Share the joint coverage of needs out among those who meet them: exact Shapley values.

    A need met by several is shared equally, which is what the mean over all orders of joining
    gives. Needs without a weight weigh 1.

    Raises
    ------
    ValueError
        When a weight is negative or not finite.

    Examples
    --------
    >>> found = contributions({"a": {1, 2, 3}, "b": {2, 3, 4, 5, 6}, "c": {6, 7}})
    >>> [found[who].shapley for who in "abc"]
    [2.0, 3.5, 1.5]
    """
    known: Mapping[C, Number] = {} if weights is None else weights
    for need, weight in known.items():
        if not (isfinite(weight) and weight >= 0):
            msg = f"weights are numbers of 0 or more, not {weight!r} of {need!r}"
            raise ValueError(msg)
    cells: defaultdict[C, set[str]] = defaultdict(set)
    for who, needs in sets.items():
        for need in needs:
            cells[need].add(who)
    shares: dict[str, list[Number]] = {who: [0.0, 0, 0] for who in sets}
    for need, providers in cells.items():
        weight = known.get(need, 1)
        for who in providers:
            share = shares[who]
            share[0] += weight / len(providers)
            share[1] += weight if len(providers) == 1 else 0
            share[2] += weight
    return {
        who: Contribution(shapley=float(share[0]), unique=share[1], total=share[2])
        for who, share in shares.items()
    }


def _by_provider(cells: Mapping[Fact, set[str]]) -> dict[str, set[Fact]]:
    sets: defaultdict[str, set[Fact]] = defaultdict(set)
    for cell, providers in cells.items():
        for who in providers:
            sets[who].add(cell)
    return {who: sets[who] for who in sorted(sets)}


@metric(
    "S06",
    reads=(OFFERED, NEEDED),
    question="What does each partner add to the joint offer?",
    limits="It shares out coverage, not quality, use or cost.",
    unit="cells",
    bounds=(0, None),
    better=Better.HIGHER,
    formula=r"\varphi_i = \sum_{c \in A_i} \frac{w_c}{n_c},\quad"
    r" \sum_i \varphi_i = w\left(\bigcup_i A_i\right)",
    missing="needs met by nobody named are left out and counted as missing",
    small_numbers="undefined below 2 providers",
    aggregation="recompute on the union of offers; sums by sector",
    source="Shapley 1953; closed form for coverage games",
    at_ends=True,
)
def shapley_coverage(facts: Facts, *, required: object = None, **_: object) -> Outcome:
    """Shapley coverage.

    What each provider adds to the joint coverage, over all orders of joining (exact). The value is
    the joint coverage in needs, which the contributions sum to; ``parts`` holds the contribution of
    each provider, ``"unique:<provider>"`` the needs that it alone meets, and ``"sector:<sector>"``
    the sum over a sector. Option ``required``: weights of needs by triple; needs not named in it
    weigh nothing.

    Examples
    --------
    >>> from citess.metrics import shapley_coverage
    >>> from citess.metrics.services import offered
    >>> found = shapley_coverage.compute(offered({"a": (1, 2, 3), "b": (2, 3, 4, 5, 6)}))
    >>> found.value, found.parts["a"], found.parts["b"], found.parts["unique:b"]
    (6, 2.0, 4.0, 3)
    """
    cells, missing = met_by_named(facts)
    reason = too_few(cells)
    if reason:
        return Outcome(reason=reason, missing=missing)
    weights = None
    if isinstance(required, Mapping):
        wanted, _not_applicable = needed(facts, cast("object", required))
        weights = {cell: wanted.get(cell, 0) for cell in cells}
    found = contributions(_by_provider(cells), weights)
    sectors = _sectors(facts)
    parts: dict[str, Number | None] = {who: one.shapley for who, one in found.items()}
    parts |= {f"unique:{who}": one.unique for who, one in found.items()}
    for sector in sorted({sectors[who] for who in found if who in sectors}):
        parts[f"sector:{sector}"] = sum(
            one.shapley for who, one in found.items() if sectors.get(who) == sector
        )
    value = len(cells) if weights is None else sum(weights.values())
    return Outcome(value=value, n=len(found), missing=missing, parts=parts)


def _sectors(facts: Facts) -> dict[str, str]:
    """Sector of each provider that tells one."""
    return {
        fact[4]: fact[6]
        for fact in facts
        if fact[0] == "offer" and len(fact) > 6 and fact[6] != NOT_KNOWN  # noqa: PLR2004  (the seventh word)
    }


@metric(
    "S07",
    reads=(OFFERED, NEEDED),
    question="What share of the gap left by the best single partner do the others fill?",
    limits="It tells what the others could fill on paper, not who works together.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.HIGHER,
    formula=r"\frac{w(\bigcup_i A_i) - \max_i w(A_i)}{w(R) - \max_i w(A_i)},\quad A_i \subseteq R",
    missing="needs met by nobody named are left out and counted as missing",
    small_numbers="undefined below 2 providers, and where one of them meets every need",
    aggregation="union of offers, then recompute",
    source="citess; marginal coverage",
    at_ends=True,
)
def complementarity_gain(facts: Facts, *, required: object = None, **_: object) -> Outcome:
    """Complementarity gain.

    Of the needs required that the best single provider leaves open, the share that the others
    meet. Offers beyond the needs do not count. Option ``required`` as for the service coverage.
    ``method["best"]`` names the best provider.

    Examples
    --------
    >>> from citess.metrics import complementarity_gain
    >>> from citess.metrics.services import offered
    >>> facts = offered({"a": (1, 2, 3), "b": (2, 3, 4, 5, 6)}, required=range(1, 9))
    >>> round(complementarity_gain.compute(facts).value, 3)
    0.333
    """
    weights, not_applicable = needed(facts, required)
    cells, missing = met_by_named(facts)
    found = Outcome(missing=missing, not_applicable=not_applicable)
    if not weights:
        return evolve(found, reason=Undefined.ZERO_DENOMINATOR)
    reason = too_few(cells)
    if reason:
        return evolve(found, reason=reason)
    within = {cell: who for cell, who in cells.items() if cell in weights}
    sets = _by_provider(within)
    by_weight = {who: sum(weights[cell] for cell in needs) for who, needs in sets.items()}
    best = max(by_weight, key=lambda who: by_weight[who], default=None)
    most = 0 if best is None else by_weight[best]
    joint = sum(weights[cell] for cell in within)
    gap = sum(weights.values()) - most
    if gap <= 0:
        return evolve(found, reason=Undefined.NOT_APPLICABLE, n=len(sets), method={"best": best})
    return evolve(
        found,
        value=(joint - most) / gap,
        numerator=joint - most,
        denominator=gap,
        n=len(sets),
        parts={"best_alone": most, "together": joint},
        method={"best": best},
    )


@value_metric(
    "S05",
    question="How alike are two partners' offers?",
    limits="It says nothing of quality, nor of whom each of them serves.",
    unit="index",
    bounds=(0, 1),
    better=Better.CONTEXT,
    formula=r"J = \frac{\#(A \cap B)}{\#(A \cup B)},\quad S = \frac{\#(A \cap B)}{\min(\#A, \#B)}",
    missing="an offer not known is None: there is no value",
    small_numbers="undefined where both offer nothing",
    aggregation="recompute on the joint offers; not additive",
    source="Jaccard 1901; Szymkiewicz 1934, Simpson 1943",
)
def service_overlap(first: Iterable[Hashable] | None, second: Iterable[Hashable] | None) -> Outcome:
    """Overlap of two offers.

    Jaccard index of two sets of needs; ``parts["simpson"]`` is the overlap with the smaller one,
    which is 1 where one offer lies within the other, and not defined where one is empty.
    :func:`provided` gives the sets of a dataset.

    Examples
    --------
    >>> from citess.metrics import service_overlap
    >>> found = service_overlap({1, 2, 3}, {2, 3, 4, 5, 6})
    >>> round(found.value, 3), round(found.parts["simpson"], 3)
    (0.333, 0.667)
    >>> service_overlap((), ()).reason.label()
    'the denominator is zero'
    """
    if first is None or second is None:
        return Outcome(reason=Undefined.NOT_KNOWN, missing=(first is None) + (second is None))
    a, b = set(first), set(second)
    both, either, least = a & b, a | b, min(len(a), len(b))
    if not either:
        return Outcome(reason=Undefined.ZERO_DENOMINATOR)
    return Outcome(
        value=len(both) / len(either),
        numerator=len(both),
        denominator=len(either),
        n=2,
        parts={"simpson": len(both) / least if least else None},
    )


def provided(
    data: Dataset, *, on: DateLike | None = None, where: Where = None
) -> dict[str, frozenset[Cell]]:
    """Needs that each provider named in a dataset meets.

    Examples
    --------
    >>> import citess
    >>> sets = provided(citess.datasets.synthetic())
    >>> min(map(len, sets.values())) > 0
    True
    """
    asked = Asked.of(on=on, where=where, options={})
    cells, _ = met_by_named(OFFERED(data, asked).facts()[()])
    return {
        who: frozenset((cell[0], cell[1], cell[2]) for cell in needs)
        for who, needs in _by_provider(cells).items()
    }


def overlap_matrix(
    data: Dataset, *, on: DateLike | None = None, where: Where = None
) -> dict[tuple[str, str], Measure]:
    """Overlap of the offers of each pair of providers.

    Examples
    --------
    >>> import citess
    >>> matrix = overlap_matrix(citess.datasets.synthetic(hubs=1, partners=6))
    >>> all(0 <= measure.value <= 1 for measure in matrix.values())
    True
    """
    sets = provided(data, on=on, where=where)
    names = list(sets)
    return {
        (one, other): service_overlap(sets[one], sets[other])
        for place, one in enumerate(names)
        for other in names[place + 1 :]
    }


__all__ = [
    "Contribution",
    "complementarity_gain",
    "contributions",
    "overlap_matrix",
    "provided",
    "service_overlap",
    "shapley_coverage",
]
