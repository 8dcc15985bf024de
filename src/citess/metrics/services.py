"""Metrics of the service offer: coverage, completeness, redundancy, fragility, contribution."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import product
from typing import TYPE_CHECKING, Final, cast

from citess import vocab
from citess.metrics._asked import Asked
from citess.metrics._count import Counting, reader, records_only
from citess.metrics._facts import Fact, Facts
from citess.metrics._measure import Outcome, Undefined
from citess.metrics._registry import Better, metric
from citess.metrics._tally import Tally
from citess.model import Dataset, OfferChannel, ServiceOffer, Stage
from citess.model.partnership import PartnershipKind

if TYPE_CHECKING:
    import networkx as nx

Cell = tuple[str, str, str]
"""A need: kind of service, stage of the client, territory."""

SUPPORTED_STAGES: Final = (
    Stage.IDEA,
    Stage.PRE_CREATION,
    Stage.CREATION,
    Stage.START_UP,
    Stage.CONSOLIDATION,
    Stage.GROWTH,
)
"""Stages that a hub is there for, where the caller names none."""

_NOT_NAMED: Final = ""


def required_kinds() -> tuple[str, ...]:
    """Kinds of service that one door should open: those of the vocabulary still in use."""
    kinds = vocab.scheme("service-kinds")
    return tuple(code for code, concept in kinds.items() if not concept.deprecated)


@reader(dimensions=("hub", "kind", "stage", "territory"), tense="stock")
def offers(data: "Dataset | nx.Graph[str]", asked: Asked, /) -> Tally:
    """Count, for each need and provider, the offers that meet it; and the needs required."""
    data = records_only(data)
    counting = Counting("offers", asked)
    required = cast("Iterable[Cell] | None", asked.options.get("required"))
    wanted = None if required is None else {(str(k), str(s), str(t)) for k, s, t in required}
    hubs = _hubs_by_territory(data)
    if wanted is None:
        wanted = set(product(required_kinds(), map(str, SUPPORTED_STAGES), hubs))
    for kind, stage, territory in wanted:
        there = hubs.get(territory, ())
        counting.declare(
            ("required", kind, stage, territory),
            hub=there,
            kind=(kind,),
            stage=(stage,),
            territory=(territory,),
        )
    for offer in data.service_offers.values():
        if counting.holds(offer, offer.period):
            _count_offer(counting, data, offer)
    return counting.tally()


def _hubs_by_territory(data: Dataset) -> dict[str, list[str]]:
    hubs: defaultdict[str, list[str]] = defaultdict(list)
    for hub in data.hubs.values():
        for territory in hub.territories:
            hubs[territory].append(hub.id)
    return dict(hubs)


def _count_offer(counting: Counting, data: Dataset, offer: ServiceOffer) -> None:
    service = data.services[offer.service]
    stages = offer.stages or service.stages or tuple(Stage)
    territories = offer.territories or data.hubs[offer.hub].territories
    channel = _channel(data, offer, counting.on)
    for stage, territory in product(map(str, stages), territories):
        for provider in offer.providers or (_NOT_NAMED,):
            counting.add(
                ("offer", service.kind, stage, territory, provider, channel),
                hub=(offer.hub,),
                kind=(service.kind,),
                stage=(stage,),
                territory=(territory,),
            )


def _channel(data: Dataset, offer: ServiceOffer, on: str | None) -> str:
    """Tell a direct offer, a referral under a signed agreement, and one that is only claimed."""
    if offer.channel is OfferChannel.DIRECT:
        return "direct"
    for agreement in data.partnerships.values():
        parties: set[str] = {member.party for member in agreement.members}
        signed = agreement.kind is PartnershipKind.REFERRAL and agreement.is_signed
        works = on is None or agreement.period is None or agreement.period.holds(on) is not False
        if signed and works and offer.hub in parties and parties & set(offer.providers):
            return "referral"
    return "claimed"


def _required(facts: Facts) -> set[Fact]:
    return {fact[1:] for fact in facts if fact[0] == "required"}


def _providers(facts: Facts) -> dict[Fact, set[str]]:
    """Providers by need; a need met by nobody named has the unnamed provider."""
    cells: defaultdict[Fact, set[str]] = defaultdict(set)
    for fact in facts:
        if fact[0] == "offer":
            cells[fact[1:4]].add(fact[4])
    return dict(cells)


def _named(facts: Facts) -> tuple[dict[Fact, set[str]], int]:
    """Providers by need among those named, and needs met by nobody named."""
    cells = _providers(facts)
    named = {cell: who - {_NOT_NAMED} for cell, who in cells.items() if who - {_NOT_NAMED}}
    return named, len(cells) - len(named)


@metric(
    "S01",
    reads=offers,
    question="Which needs can a client have met here?",
    limits="An offer on paper is not a service used; needs are those of the grid, not of people.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.HIGHER,
    formula=r"C = \frac{\#\{c \in R : n_c \ge 1\}}{\#R}",
    missing="no offer recorded is not known, never zero",
    small_numbers="census: no interval",
    aggregation="union of offers, then recompute; never the mean of hubs",
    source="citess; weighted set coverage",
)
def service_coverage(facts: Facts, **_: object) -> Outcome:
    """Service coverage.

    Share of required needs that at least one offer meets. A need is a kind of service, a stage and
    a territory. Option ``required``: needs as triples; by default every kind of the vocabulary in
    use, from idea to growth, in every territory that a hub serves.

    Examples
    --------
    >>> from citess.metrics.services import service_coverage
    >>> facts = {("required", "legal", "idea", str(n)): 1 for n in range(12)}
    >>> facts |= {("offer", "legal", "idea", str(n), "a", "direct"): 1 for n in range(9)}
    >>> service_coverage.compute(facts).value
    0.75
    """
    required, met = _required(facts), _providers(facts)
    if not required:
        return Outcome(reason=Undefined.ZERO_DENOMINATOR)
    if not met:
        return Outcome(reason=Undefined.NOT_KNOWN, denominator=len(required))
    covered = required & met.keys()
    return Outcome(
        value=len(covered) / len(required),
        numerator=len(covered),
        denominator=len(required),
        n=len(required),
        parts={"offered_beyond_need": len(met.keys() - required)},
    )


@metric(
    "S02",
    reads=offers,
    question="How many of the required kinds does one door open?",
    limits="A kind counts when one offer of it exists, whatever its stage and place.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.HIGHER,
    formula=r"\text{direct} = \frac{\#(D \cap R)}{\#R},\quad"
    r" \text{effective} = \frac{\#((D \cup F) \cap R)}{\#R}",
    missing="no offer recorded is not known, never zero",
    small_numbers="below 5 hubs: list, no ranking",
    aggregation="union of kinds for a network; distribution over hubs",
    source="citess",
)
def one_stop_completeness(facts: Facts, **_: object) -> Outcome:
    """One-stop completeness.

    Share of required kinds of service that are offered directly or behind a signed referral
    agreement (the value, ``effective``), and directly alone (``parts["direct"]``). A referral
    without a signed agreement does not count; ``parts["claimed"]`` tells how many kinds have only
    such.

    Examples
    --------
    >>> from citess.metrics.services import one_stop_completeness
    >>> facts = {("required", str(n), "idea", "t"): 1 for n in range(8)}
    >>> facts |= {("offer", str(n), "idea", "t", "a", "direct"): 1 for n in range(4)}
    >>> facts |= {("offer", str(n), "idea", "t", "b", "referral"): 1 for n in (4, 5)}
    >>> found = one_stop_completeness.compute(facts)
    >>> found.parts["direct"], found.value
    (0.5, 0.75)
    """
    kinds = {cell[0] for cell in _required(facts)}
    by_channel: defaultdict[str, set[str]] = defaultdict(set)
    for fact in facts:
        if fact[0] == "offer":
            by_channel[fact[5]].add(fact[1])
    if not kinds:
        return Outcome(reason=Undefined.ZERO_DENOMINATOR)
    if not by_channel:
        return Outcome(reason=Undefined.NOT_KNOWN, denominator=len(kinds))
    direct = by_channel["direct"] & kinds
    effective = direct | by_channel["referral"] & kinds
    return Outcome(
        value=len(effective) / len(kinds),
        numerator=len(effective),
        denominator=len(kinds),
        n=len(kinds),
        parts={
            "direct": len(direct) / len(kinds),
            "effective": len(effective) / len(kinds),
            "claimed": len(by_channel["claimed"] & kinds - effective),
        },
    )


@metric(
    "S03",
    reads=offers,
    question="How much of the offer is duplicated?",
    limits="Redundancy is waste and insurance: read it beside the single-provider share.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.CONTEXT,
    formula=r"1 - \frac{\#\bigcup_i A_i}{\sum_i \#A_i}",
    missing="needs met by nobody named are left out and counted as missing",
    small_numbers="undefined below 2 providers",
    aggregation="union of providers' needs, then recompute",
    source="set cover theory",
)
def redundancy_ratio(facts: Facts, **_: object) -> Outcome:
    """Redundancy ratio.

    Share of the offer, provider by provider, that others offer too. Undefined below two providers.

    Examples
    --------
    >>> from citess.metrics.services import redundancy_ratio
    >>> sets = {"a": (1, 2, 3), "b": (2, 3, 4, 5, 6)}
    >>> pairs = [(who, cell) for who, cells in sets.items() for cell in cells]
    >>> facts = {("offer", str(cell), "idea", "t", who, "direct"): 1 for who, cell in pairs}
    >>> redundancy_ratio.compute(facts).value
    0.25
    """
    cells, missing = _named(facts)
    claims = sum(map(len, cells.values()))
    reason = _too_few(cells)
    if reason:
        return Outcome(reason=reason, missing=missing)
    return Outcome(
        value=1 - len(cells) / claims,
        numerator=claims - len(cells),
        denominator=claims,
        n=len(set[str]().union(*cells.values())),
        missing=missing,
    )


def _too_few(cells: Mapping[Fact, set[str]]) -> Undefined | None:
    if not cells:
        return Undefined.NOT_KNOWN
    return Undefined.TOO_FEW if len(set[str]().union(*cells.values())) < 2 else None  # noqa: PLR2004  (two providers)


@metric(
    "S04",
    reads=offers,
    question="Which needs fall if one partner leaves?",
    limits="A provider may be one person strong: the count is of organisations.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.LOWER,
    formula=r"\frac{\#\{c : n_c = 1\}}{\#\{c : n_c \ge 1\}}",
    missing="needs met by nobody named are left out and counted as missing",
    small_numbers="undefined below 2 providers",
    aggregation="union of providers' needs, then recompute",
    source="reliability, N-1 criterion",
)
def single_provider_share(facts: Facts, **_: object) -> Outcome:
    """Single-provider share.

    Share of the needs met that one provider alone meets; the needs are listed in
    ``method["cells"]`` with their provider.

    Examples
    --------
    >>> from citess.metrics.services import single_provider_share
    >>> sets = {"a": (1, 2, 3), "b": (2, 3, 4, 5)}
    >>> facts = {
    ...     ("offer", str(cell), "idea", "t", who, "direct"): 1
    ...     for who, cells in sets.items()
    ...     for cell in cells
    ... }
    >>> found = single_provider_share.compute(facts)
    >>> found.numerator, found.denominator, found.method["cells"][0]
    (3, 5, ['1', 'idea', 't', 'a'])
    """
    cells, missing = _named(facts)
    reason = _too_few(cells)
    if reason:
        return Outcome(reason=reason, missing=missing)
    alone = sorted([*cell, *who] for cell, who in cells.items() if len(who) == 1)
    return Outcome(
        value=len(alone) / len(cells),
        numerator=len(alone),
        denominator=len(cells),
        n=len(cells),
        missing=missing,
        method={"cells": alone},
    )


@metric(
    "S06",
    reads=offers,
    question="What does each partner add to the joint offer?",
    limits="It shares out coverage, not quality, use or cost.",
    unit="cells",
    bounds=(0, None),
    better=Better.HIGHER,
    formula=r"\varphi_i = \sum_{c \in A_i} \frac{1}{n_c},\quad \sum_i \varphi_i = \#\bigcup_i A_i",
    missing="needs met by nobody named are left out and counted as missing",
    small_numbers="undefined below 2 providers",
    aggregation="recompute on the union of offers; sums by sector",
    source="Shapley 1953; closed form for coverage games",
)
def shapley_coverage(facts: Facts, **_: object) -> Outcome:
    """Shapley coverage.

    What each provider adds to the joint coverage, over all orders of joining (exact). The value is
    the joint coverage in needs, which the contributions sum to; ``parts`` holds the contribution of
    each provider, and ``"unique:<provider>"`` the needs that it alone meets.

    Examples
    --------
    >>> from citess.metrics.services import shapley_coverage
    >>> sets = {"a": (1, 2, 3), "b": (2, 3, 4, 5, 6)}
    >>> facts = {
    ...     ("offer", str(cell), "idea", "t", who, "direct"): 1
    ...     for who, cells in sets.items()
    ...     for cell in cells
    ... }
    >>> found = shapley_coverage.compute(facts)
    >>> found.value, found.parts["a"], found.parts["b"], found.parts["unique:b"]
    (6, 2.0, 4.0, 3)
    """
    cells, missing = _named(facts)
    reason = _too_few(cells)
    if reason:
        return Outcome(reason=reason, missing=missing)
    added: defaultdict[str, float] = defaultdict(float)
    unique: defaultdict[str, int] = defaultdict(int)
    for who in cells.values():
        for provider in who:
            added[provider] += 1 / len(who)
            unique[provider] += len(who) == 1
    parts: dict[str, float | int | None] = {name: added[name] for name in sorted(added)}
    parts |= {f"unique:{name}": unique[name] for name in sorted(added)}
    return Outcome(value=len(cells), n=len(added), missing=missing, parts=parts)


__all__ = [
    "one_stop_completeness",
    "redundancy_ratio",
    "service_coverage",
    "shapley_coverage",
    "single_provider_share",
]
