"""What partners say of each other: collaboration, trust, value, and who answered."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from statistics import fmean
from typing import TYPE_CHECKING, Final, cast

from attrs import frozen

from citess.metrics._definition import Better
from citess.metrics._facts import Number
from citess.metrics._measure import Outcome, Undefined
from citess.metrics._registry import value_metric
from citess.metrics._resampling import bca_bootstrap
from citess.network._arguments import check_mapping, is_number, listed

if TYPE_CHECKING:
    import networkx as nx

LEVELS: Final = 5
"""Levels from none by networking, cooperation, coordination, coalition to collaboration."""

TRUST: Final = ("reliability", "mission", "openness")
VALUE: Final = ("influence", "involvement", "resources")
"""Items of the PARTNER questionnaire, each from 1 to 4."""

_ENOUGH: Final = 0.75
_LEAST_RATERS: Final = 3
_LOW: Final = 1
_HIGH: Final = 4
_FEW: Final = 2

Nominations = Mapping[str, Iterable[str] | None]
Ratings = Iterable[Mapping[str, object]]


@value_metric(
    "G06",
    question="How strong are the ties to public bodies?",
    limits="It is what partners say; a public body may see it otherwise.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.HIGHER,
    formula=r"\frac{\sum_j l_j}{5 m},\quad l_j \in \{0, \dots, 5\}",
    missing="bodies without an answer leave the mean and widen the bounds; below 75 % flagged",
    small_numbers="below 2 public bodies undefined",
    aggregation="sum levels and bodies, then divide",
    source="Frey and others 2006, doi:10.1177/1098214006290356",
    poolable=False,
    level="organisation",
)
def public_collaboration_strength(levels: Mapping[str, int | None]) -> Outcome:
    """Strength of the ties to public bodies.

    ``levels`` holds every relevant public body: 0 none, 1 networking, 2 cooperation, 3
    coordination, 4 coalition, 5 collaboration; ``None`` where nobody answered. ``parts`` holds the
    ``response`` and the share of bodies at level 3 or above (``close``).

    Raises
    ------
    ValueError
        When a level is no whole number from 0 to 5.

    Examples
    --------
    >>> public_collaboration_strength({"a": 4, "b": 2, "c": 0, "d": 5}).value
    0.55
    """
    check_mapping("levels", levels, "public bodies to levels")
    for body, level in levels.items():
        if level is not None and not (is_number(level) and level in range(LEVELS + 1)):
            msg = f"the level of {body!r} is a whole number from 0 to {LEVELS}, not {level!r}"
            raise ValueError(msg)
    known = [level for level in levels.values() if level is not None]
    m, missing = len(levels), len(levels) - len(known)
    if m < _FEW or not known:
        reason = Undefined.TOO_FEW if m < _FEW else Undefined.NOT_KNOWN
        return Outcome(reason=reason, n=len(known), missing=missing)
    total = sum(known)
    response = len(known) / m
    return Outcome(
        value=total / (LEVELS * len(known)),
        interval=bca_bootstrap(known, lambda drawn: sum(drawn) / (LEVELS * len(drawn))),
        numerator=total,
        denominator=LEVELS * len(known),
        n=len(known),
        missing=missing,
        bounds=(total / (LEVELS * m), (total + LEVELS * missing) / (LEVELS * m)),
        parts={"response": response, "close": fmean(level >= _LEAST_RATERS for level in known)},
        warnings=_response(response),
    )


def _response(rate: float) -> tuple[str, ...]:
    return ("response",) if rate < _ENOUGH else ()


@frozen(kw_only=True)
class Answers:
    """What was said of each partner, item by item."""

    scores: Mapping[str, list[float]]
    """Means of the ratings of each partner."""

    raters: Mapping[str, set[str]]
    """Who rated each partner."""

    given: Mapping[str, list[float]]
    """All scores of each item."""

    missing: int
    """Items without an answer."""


def items_of(ratings: Ratings, items: Sequence[str]) -> Answers:
    """Answers to some items of a questionnaire.

    Raises
    ------
    TypeError
        When ratings are no list of mappings.
    ValueError
        When a rating does not say about whom or by whom it is, or is not between 1 and 4.
    """
    scores: dict[str, list[float]] = {}
    raters: dict[str, set[str]] = {}
    given: dict[str, list[float]] = {item: [] for item in items}
    missing = 0
    for row in rows_of(ratings):
        about, by = str(row["about"]), str(row["by"])
        known: list[float] = []
        for item in items:
            score = row.get(item)
            if score is None:
                missing += 1
                continue
            if not (is_number(score) and _LOW <= score <= _HIGH):
                msg = f"{item} of {about!r} is from {_LOW} to {_HIGH}, not {score!r}"
                raise ValueError(msg)
            known.append(float(score))
            given[item].append(float(score))
        if known:
            scores.setdefault(about, []).append(fmean(known))
            raters.setdefault(about, set()).add(by)
    return Answers(scores=scores, raters=raters, given=given, missing=missing)


def rows_of(ratings: Ratings) -> Iterator[Mapping[str, object]]:
    """Ratings, each of which says about whom and by whom it is.

    Raises
    ------
    TypeError
        When ratings are no list of mappings.
    ValueError
        When one does not say about whom or by whom it is.
    """
    if not isinstance(cast("object", ratings), Iterable):
        msg = f"ratings must be a list of mappings, one a rating, not {ratings!r}"
        raise TypeError(msg)
    for row in ratings:
        check_mapping("a rating", row, "about, by and items to what was said")
        if row.get("about") is None or row.get("by") is None:
            msg = f"a rating says about whom it is ('about') and by whom ('by'), not {row!r}"
            raise ValueError(msg)
        yield row


def _rated(ratings: Ratings, items: Sequence[str]) -> Outcome:
    """Mean over partners of the mean of their ratings, item by item."""
    found = items_of(ratings, items)
    if not found.scores:
        reason = Undefined.NOT_KNOWN if found.missing else Undefined.ZERO_DENOMINATOR
        return Outcome(reason=reason, missing=found.missing)
    partners = {who: fmean(scores) for who, scores in sorted(found.scores.items())}
    value = fmean(partners.values())
    few = sum(len(who) < _LEAST_RATERS for who in found.raters.values())
    means: dict[str, Number | None] = {
        item: fmean(scores) if scores else None for item, scores in found.given.items()
    }
    return Outcome(
        value=value,
        interval=bca_bootstrap(list(partners.values()), fmean),
        n=len(partners),
        missing=found.missing,
        parts={"rescaled": (value - _LOW) / (_HIGH - _LOW), **means, "few_raters": few},
        method={"partners": partners},
        warnings=("few-raters-partner",) if few else (),
    )


@value_metric(
    "G08",
    question="Do partners trust each other?",
    limits="Answers are given in sight of partners; who does not answer may trust less.",
    unit="points",
    bounds=(1, 4),
    better=Better.HIGHER,
    formula=r"\frac{1}{n} \sum_j \overline{(\text{reliability} + \text{mission} + \text{openness})"
    r" / 3}_j",
    missing="items without an answer are left out and counted as missing",
    small_numbers="partners rated by fewer than 3 flagged",
    aggregation="mean of partners, with the share of partners rated",
    source="PARTNER: Varda 2021; doi:10.1186/s12889-016-3194-7",
    level="organisation",
)
def trust(ratings: Ratings) -> Outcome:
    """Trust between partners, in the manner of PARTNER.

    Each rating is of one partner (``about``) by another (``by``): ``reliability``, ``mission``
    (support of the mission) and ``openness`` (to discussion), each 1 to 4. The value is the mean of
    partners, each the mean of its ratings; ``parts["rescaled"]`` brings it to 0 to 1,
    ``method["partners"]`` holds each partner.

    Raises
    ------
    TypeError
        When ratings are no list of mappings.
    ValueError
        When a rating does not say about whom or by whom it is, or is not between 1 and 4.

    Examples
    --------
    >>> rating = {"about": "cospe", "by": "aneti", "reliability": 4, "mission": 3, "openness": 2}
    >>> found = trust([rating])
    >>> found.value, round(found.parts["rescaled"], 3)
    (3.0, 0.667)
    """
    return _rated(ratings, TRUST)


@value_metric(
    "G09",
    question="What does a partner bring?",
    limits="Influence, time and means weigh alike here; a hub may need one more than another.",
    unit="points",
    bounds=(1, 4),
    better=Better.HIGHER,
    formula=r"\frac{1}{n} \sum_j \overline{(\text{influence} + \text{involvement} +"
    r" \text{resources}) / 3}_j",
    missing="items without an answer are left out and counted as missing",
    small_numbers="partners rated by fewer than 3 flagged",
    aggregation="mean of partners, with the share of partners rated",
    source="PARTNER: Varda 2021; doi:10.1186/s12889-016-3194-7",
    level="organisation",
)
def value(ratings: Ratings) -> Outcome:
    """Value of partners to the network, in the manner of PARTNER.

    As :func:`trust`, with the items ``influence`` (power), ``involvement`` (time) and
    ``resources``.

    Raises
    ------
    TypeError
        When ratings are no list of mappings.
    ValueError
        When a rating does not say about whom or by whom it is, or is not between 1 and 4.

    Examples
    --------
    >>> rating = {"about": "cospe", "by": "aneti", "influence": 4, "involvement": 3, "resources": 2}
    >>> value([rating]).value
    3.0
    """
    return _rated(ratings, VALUE)


@value_metric(
    "G12",
    question="Can the data of the network be believed?",
    limits="Those who do not answer may be tied in other ways than those who do.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.HIGHER,
    formula=r"\frac{\text{answered}}{\text{asked}},\quad"
    r" \frac{\text{confirmed}}{\text{claimed}}",
    missing="who did not answer is told apart from who named nobody",
    small_numbers="undefined where nobody was asked",
    aggregation="sum those asked and answering, then divide",
    source="Kossinets 2006, doi:10.1016/j.socnet.2005.07.002",
    level="organisation",
)
def response_and_reciprocity(nominations: Nominations) -> Outcome:
    """Response rate of a network survey, and the share of ties that both sides tell of.

    ``nominations`` holds everybody asked: the partners each named, or ``None`` without an answer.
    ``parts["confirmed"]`` is among ties between two who answered; ``parts`` also bounds the density
    of the whole network (``density_low``, ``density_high``), whatever those who did not answer
    would say of each other. :func:`reconstruct` gives the graph.

    Examples
    --------
    >>> found = response_and_reciprocity({"a": ["b", "c"], "b": ["a"], "c": [], "d": None})
    >>> found.value, found.parts["confirmed"], found.parts["density_high"]
    (0.75, 0.5, 0.3333333333333333)
    """
    every = _nominated(nominations)
    asked = len(every)
    if not asked:
        return Outcome(reason=Undefined.ZERO_DENOMINATOR)
    named = {who: names for who, names in every.items() if names is not None}
    claims = {
        frozenset((who, name)) for who, names in named.items() for name in names if name != who
    }
    both = [pair for pair in claims if pair <= named.keys()]
    confirmed = sum(all(b in named[a] for a, b in _both_ways(pair)) for pair in both)
    within = sum(pair <= nominations.keys() for pair in claims)
    silent = asked - len(named)
    possible = asked * (asked - 1) // 2
    response = len(named) / asked
    return Outcome(
        value=response,
        numerator=len(named),
        denominator=asked,
        n=asked,
        missing=silent,
        parts={
            "confirmed": confirmed / len(both) if both else None,
            "density_low": within / possible if possible else None,
            "density_high": (within + silent * (silent - 1) // 2) / possible if possible else None,
        },
        warnings=_response(response),
    )


def _nominated(nominations: Nominations) -> dict[str, set[str] | None]:
    """Whom each named; ``None`` without an answer.

    Raises
    ------
    TypeError
        When it is no mapping to lists of names.
    """
    check_mapping("nominations", nominations, "everybody asked to the partners each named")
    found: dict[str, set[str] | None] = {}
    for who, names in nominations.items():
        if isinstance(names, str):
            msg = f"nominations of {who!r} must be a list of names or None, not {names!r}"
            raise TypeError(msg)
        said = () if names is None else listed(f"nominations of {who!r}", names, "names")
        if None in said:
            msg = f"nominations of {who!r} must be a list of names, of which none is None"
            raise TypeError(msg)
        found[who] = None if names is None else {*said}
    return found


def _both_ways(pair: frozenset[str]) -> tuple[tuple[str, str], tuple[str, str]]:
    a, b = pair
    return (a, b), (b, a)


def reconstruct(nominations: Nominations) -> "nx.Graph[str]":
    """Graph of ties without direction, rebuilt from the side that answered.

    A tie is there when one of both names the other. Edges carry ``confirmed``: true when both name
    it, false when one who answered does not, ``None`` when the other did not answer. Nodes carry
    ``answered``.

    Examples
    --------
    >>> graph = reconstruct({"a": ["b"], "b": None})
    >>> graph.edges["a", "b"]["confirmed"] is None
    True
    """
    import networkx as nx  # noqa: PLC0415  (slow to import, needed here only)

    graph: nx.Graph[str] = nx.Graph()
    named = _nominated(nominations)
    graph.add_nodes_from((who, {"answered": names is not None}) for who, names in named.items())
    everyone = sorted(set(named).union(*(names for names in named.values() if names)), key=str)
    for a, b in combinations(everyone, 2):
        said = [
            None if (names := named.get(x)) is None else y in names for x, y in ((a, b), (b, a))
        ]
        if True in said:
            confirmed = None if None in said else all(said)
            graph.add_edge(a, b, confirmed=confirmed)
    return graph


__all__ = [
    "Answers",
    "items_of",
    "public_collaboration_strength",
    "reconstruct",
    "response_and_reciprocity",
    "rows_of",
    "trust",
    "value",
]
