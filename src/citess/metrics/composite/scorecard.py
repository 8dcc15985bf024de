"""Scorecards: which indicators, between which goalposts, with which weights, in which version."""

from collections.abc import Mapping
from math import exp, log
from typing import Final, Literal

from attrs import evolve, field, frozen

from citess.metrics._measure import Outcome, Undefined
from citess.metrics._registry import Better, value_metric
from citess.metrics.composite._normalise import Goalpost

Aggregation = Literal["linear", "geometric"]
Policy = Literal["exclude"]
Given = Mapping[str, float | None]

FLOOR: Final = 0.0


@frozen(kw_only=True)
class Scorecard:
    """A composite indicator: what it is made of, said once and numbered.

    Scores of two versions are not compared; to compare, score again with one of them.

    Raises
    ------
    ValueError
        When there is no indicator, weights and goalposts name different ones, or a weight is
        negative or all are zero.

    Examples
    --------
    >>> card = Scorecard(
    ...     version="2026-1",
    ...     goalposts={"law": Goalpost(worst=0, best=5), "hubs": Goalpost(worst=0, best=10)},
    ... )
    >>> card.shares
    {'law': 0.5, 'hubs': 0.5}
    """

    version: str
    """Version, named in every score."""

    goalposts: Mapping[str, Goalpost]
    """Values that score 0 and 1, by indicator."""

    weights: Mapping[str, float] = field(factory=dict[str, float])
    """Weights by indicator; equal where none is given."""

    def __attrs_post_init__(self) -> None:
        known, weighed = set(self.goalposts), set(self.weights)
        if not known or (weighed and weighed != known):
            odd = ", ".join(sorted(known ^ weighed)) or "none"
            msg = f"goalposts and weights name the same indicators, one or more; odd ones: {odd}"
            raise ValueError(msg)
        if weighed and (min(self.weights.values()) < 0 or sum(self.weights.values()) <= 0):
            msg = f"weights are zero or more and not all zero, not {dict(self.weights)!r}"
            raise ValueError(msg)

    @property
    def shares(self) -> dict[str, float]:
        """Weights that sum to one."""
        weights = self.weights or dict.fromkeys(self.goalposts, 1.0)
        total = sum(weights.values())
        return {name: weights[name] / total for name in self.goalposts}

    def scores(self, values: Given) -> dict[str, float | None]:
        """Score of each indicator, 0 to 1; ``None`` where the value is not known.

        Raises
        ------
        ValueError
            When a value is of no indicator of the card, or not finite.
        """
        odd = sorted(set(values) - set(self.goalposts))
        if odd:
            msg = f"{odd[0]!r} is no indicator of the scorecard; it has {', '.join(self.goalposts)}"
            raise ValueError(msg)
        found: dict[str, float | None] = {}
        for name, post in self.goalposts.items():
            value = values.get(name)
            found[name] = None if value is None else post.score(value)
        return found


def linear(scores: Mapping[str, float], shares: Mapping[str, float]) -> float:
    """Weighted mean of scores: what is lacking in one is made up by another."""
    total = sum(shares[name] for name in scores)
    return sum(shares[name] * score for name, score in scores.items()) / total


def geometric(scores: Mapping[str, float], shares: Mapping[str, float], floor: float) -> float:
    """Weighted geometric mean of scores, none below the floor: a zero is made up by nothing."""
    total = sum(shares[name] for name in scores)
    held = {name: max(floor, score) for name, score in scores.items()}
    if min(held.values()) == 0:
        return 0.0
    return exp(sum(shares[name] * log(score) for name, score in held.items()) / total)


def combine(scores: Mapping[str, float], card: Scorecard, way: Aggregation, floor: float) -> float:
    """Combine scores as asked, with the weights of a card."""
    shares = card.shares
    return linear(scores, shares) if way == "linear" else geometric(scores, shares, floor)


def _scored(
    values: Given, card: Scorecard, way: Aggregation, policy: Policy | None, floor: float
) -> Outcome:
    scores = card.scores(values)
    known = {name: score for name, score in scores.items() if score is not None}
    missing = len(scores) - len(known)
    low = {name: score or 0.0 for name, score in scores.items()}
    high = {name: 1.0 if score is None else score for name, score in scores.items()}
    found = Outcome(
        n=len(known),
        missing=missing,
        bounds=(combine(low, card, way, floor), combine(high, card, way, floor)),
        parts=dict(scores),
        method={
            "version": card.version,
            "aggregation": way,
            "weights": card.shares,
            "missing": policy,
            "floor": floor,
        },
        warnings=("zero-score",) if way == "geometric" and 0 in known.values() else (),
    )
    if sum(card.shares[name] for name in known) == 0 or (missing and policy is None):
        return evolve(found, reason=Undefined.NOT_KNOWN)
    return evolve(found, value=combine(known, card, way, floor))


@value_metric(
    "L02",
    question="How ready is a territory?",
    limits="What is lacking in one indicator is made up by another; ranks need their intervals.",
    unit="index",
    bounds=(0, 1),
    better=Better.HIGHER,
    formula=r"\sum_i w_i I_i,\quad I_i = \frac{x_i - x_i^0}{x_i^1 - x_i^0}",
    missing="refused unless a policy is named; bounds with every missing score 0 and 1",
    small_numbers="no ranks below 5 units",
    aggregation="a distribution over units, or a mean weighted by population",
    source="OECD and JRC 2008, doi:10.1787/9789264043466-en",
    level="territory",
)
def readiness_score(
    values: Given, scorecard: Scorecard, *, missing: Policy | None = None
) -> Outcome:
    """Readiness score of a territory, linear.

    Weighted mean of the scores of its indicators, each between fixed goalposts. ``parts`` holds
    the scores. A missing value makes it undefined, with bounds; ``missing="exclude"`` takes the
    mean of the others, and says so.

    Raises
    ------
    ValueError
        When a value is of no indicator of the scorecard, or not finite.

    Examples
    --------
    >>> posts = dict.fromkeys(("law", "finance"), Goalpost(worst=0, best=10))
    >>> card = Scorecard(version="1", goalposts=posts)
    >>> readiness_score({"law": 8, "finance": 4}, card).value
    0.6000000000000001
    >>> found = readiness_score({"law": 8, "finance": None}, card)
    >>> found.value, found.reason.label(), found.bounds
    (None, 'the data do not say', (0.4, 0.9))
    """
    return _scored(values, scorecard, "linear", missing, FLOOR)


@value_metric(
    "L03",
    question="How ready is a territory, when nothing makes up for what is lacking?",
    limits="One indicator at its worst makes the whole zero, by design; a floor softens that.",
    unit="index",
    bounds=(0, 1),
    better=Better.HIGHER,
    formula=r"\prod_i \max(\varepsilon, I_i)^{w_i}",
    missing="refused unless a policy is named; bounds with every missing score 0 and 1",
    small_numbers="no ranks below 5 units",
    aggregation="a distribution over units, or a mean weighted by population",
    source="OECD and JRC 2008, section 6.11, doi:10.1787/9789264043466-en",
    level="territory",
)
def readiness_geometric(
    values: Given,
    scorecard: Scorecard,
    *,
    missing: Policy | None = None,
    floor: float = FLOOR,
) -> Outcome:
    """Readiness score of a territory, geometric.

    As :func:`readiness_score`, with the weighted geometric mean: balance counts. ``floor`` is the
    least score taken, 0 unless given.

    Raises
    ------
    ValueError
        When a value is of no indicator of the scorecard or not finite, or the floor is not between
        0 and 1.

    Examples
    --------
    >>> posts = dict.fromkeys("abcd", Goalpost(worst=0, best=100))
    >>> card = Scorecard(version="1", goalposts=posts)
    >>> uneven = readiness_geometric({"a": 21, "b": 1, "c": 1, "d": 1}, card)
    >>> even = readiness_geometric({"a": 6, "b": 6, "c": 6, "d": 6}, card)
    >>> round(100 * uneven.value, 2), round(100 * even.value, 2)
    (2.14, 6.0)
    """
    if not 0 <= floor <= 1:
        msg = f"the floor is a score from 0 to 1, not {floor!r}"
        raise ValueError(msg)
    return _scored(values, scorecard, "geometric", missing, floor)


__all__ = ["Scorecard", "readiness_geometric", "readiness_score"]
