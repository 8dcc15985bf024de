"""Metrics of what users say of the service."""

from collections.abc import Iterable, Mapping
from math import sqrt
from typing import Final, cast

from attrs import evolve

from citess.metrics._counted import count
from citess.metrics._facts import Facts
from citess.metrics._measure import Interval, Outcome, Undefined
from citess.metrics._proportion import proportion
from citess.metrics._quality import checked, refused, warned
from citess.metrics._registry import Better, metric, value_metric
from citess.metrics.intervals import wilson, z_score

_PROMOTERS: Final = 9
_DETRACTORS: Final = 6
_TOP: Final = 10
_HUNDRED: Final = 100


@value_metric(
    "S16a",
    question="Would users recommend the service?",
    limits="The same score can hide many middling answers or two camps: see the parts.",
    unit="points",
    bounds=(-100, 100),
    better=Better.HIGHER,
    formula=r"100\,(p - d),\quad SE = 100 \sqrt{\frac{p + d - (p - d)^2}{n}}",
    missing="who did not answer is left out and counted; above two fifths there is no value",
    small_numbers="below 30 answers flagged imprecise",
    aggregation="sum the answers of each kind, then recompute",
    source="Reichheld 2003",
    level="person",
)
def net_promoter(
    ratings: Iterable[int | None] | Mapping[int | None, int],
    *,
    asked: int | None = None,
    level: float = 0.95,
    allow_missing: bool = False,
) -> Outcome:
    """Net promoter score.

    Percentage of promoters (9 or 10 of 10) less that of detractors (0 to 6). Ratings are a list, or
    how many gave each; ``None`` is no answer, and ``asked`` tells how many were asked, where those
    silent are not in the list. Where all are of one kind, the interval allows for as many others
    as Wilson's does.

    Raises
    ------
    ValueError
        When a rating is not a whole number from 0 to 10, a count is negative, or fewer were asked
        than answered.

    Examples
    --------
    >>> from citess.metrics import net_promoter
    >>> found = net_promoter({10: 50, 8: 30, 3: 20})
    >>> found.value, round(found.parts["se"], 2), round(found.interval.low, 1)
    (30.0, 7.81, 14.7)
    """
    counts: dict[int | None, int] = {}
    given: Iterable[tuple[int | None, int]] = (
        cast("Mapping[int | None, int]", ratings).items()
        if isinstance(ratings, Mapping)
        else ((one, 1) for one in ratings)
    )
    for rating, n in given:
        if rating is not None and (rating != int(rating) or not 0 <= rating <= _TOP):
            msg = f"ratings are whole numbers from 0 to 10, not {rating!r}"
            raise ValueError(msg)
        counts[rating] = counts.get(rating, 0) + int(checked("ratings", n))
    silent = counts.pop(None, 0)
    n = sum(counts.values())
    if asked is not None and asked < n + silent:
        msg = f"asked is at least {n + silent}, those in the ratings, not {asked}"
        raise ValueError(msg)
    missing = silent if asked is None else asked - n
    found = Outcome(n=n, missing=missing)
    if n == 0:
        reason = Undefined.NOT_KNOWN if missing else Undefined.ZERO_DENOMINATOR
        return evolve(found, reason=reason)
    promoters = sum(
        many for rating, many in counts.items() if rating is not None and rating >= _PROMOTERS
    )
    detractors = sum(
        many for rating, many in counts.items() if rating is not None and rating <= _DETRACTORS
    )
    response = n / (n + missing)
    if refused(n, missing, allow_missing=allow_missing):
        return evolve(found, reason=Undefined.TOO_MANY_MISSING, parts={"response_rate": response})
    p, d, whole = promoters / n, detractors / n, n + missing
    score = _HUNDRED * (p - d)
    se = _HUNDRED * sqrt(max(0.0, p + d - (p - d) ** 2) / n)
    others = (2 if promoters + detractors else 1) * (1 - wilson(n, n, level).low)
    half = z_score(level) * se if se > 0 else _HUNDRED * others
    net = promoters - detractors
    return evolve(
        found,
        value=score,
        interval=Interval(
            low=max(-100.0, score - half),
            high=min(100.0, score + half),
            method="normal" if se > 0 else "wilson, all alike",
            level=level,
        ),
        bounds=(_HUNDRED * (net - missing) / whole, _HUNDRED * (net + missing) / whole),
        parts={
            "promoters": promoters,
            "passives": n - promoters - detractors,
            "detractors": detractors,
            "se": se,
            "response_rate": response,
        },
        warnings=warned(n, missing),
    )


@metric(
    "S16b",
    reads=count("follow_ups", of="satisfaction"),
    question="Are users satisfied?",
    limits="Who is content answers more readily; answers of one client at several times all count.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.HIGHER,
    formula=r"\frac{\#\{x \ge 4\}}{\#\{x \text{ known}\}}",
    missing="who did not answer is left out, counted, and widens the bounds; above two fifths "
    "there is no value unless allowed",
    small_numbers="Wilson interval; below 30 answers flagged imprecise",
    aggregation="sum answers, then divide",
    source="citess; top-two-box share",
    poolable=True,
    level="answer",
)
def satisfaction(
    facts: Facts, *, threshold: float = 4, allow_missing: bool = False, **_: object
) -> Outcome:
    """Share of satisfied users.

    Answers of 4 or 5 on the scale of 1 to 5 of a follow-up, or from the option ``threshold``, among
    those given; ``parts["response_rate"]`` is the share of follow-ups with an answer.

    Examples
    --------
    >>> from citess.metrics import satisfaction
    >>> found = satisfaction.compute({"5": 20, "4": 15, "2": 5, "": 4})
    >>> found.value, round(found.parts["response_rate"], 2)
    (0.875, 0.91)
    """
    known = {float(fact[0]): n for fact, n in facts.items() if fact[0]}
    content = sum(n for score, n in known.items() if score >= checked("threshold", threshold))
    n, missing = facts.known, facts.missing
    if n and refused(n, missing, allow_missing=allow_missing):
        return Outcome(reason=Undefined.TOO_MANY_MISSING, n=n, missing=missing)
    found = proportion(content, n, missing)
    if found.value is None:
        return found
    mean = sum(score * many for score, many in known.items()) / n
    return evolve(
        found,
        parts={"response_rate": n / (n + missing), "mean": mean},
        method={"threshold": threshold},
    )


__all__ = ["net_promoter", "satisfaction"]
