"""Orders without scales: what many rankings say together."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, permutations
from typing import Final

from citess.metrics._measure import Outcome, Undefined
from citess.metrics._registry import Better, value_metric

Profile = Iterable[tuple[int, Sequence[str]]]
_KEMENY: Final = 8


@value_metric(
    "L04",
    question="In what order do many rankings put the units?",
    limits="Two fair rules can name two winners: see whether they agree.",
    unit="points",
    bounds=(0, None),
    better=Better.CONTEXT,
    formula=r"B(a) = \sum_r v_r (n - \mathrm{rank}_r(a))",
    missing="every ranking must name every unit once",
    small_numbers="Kemeny's order up to 8 units",
    aggregation="add the rankings, then recompute",
    source="Borda 1784; Condorcet 1785; OECD and JRC 2008, tables 25 to 30",
    level="territory",
)
def borda_count(rankings: Profile) -> Outcome:
    """Borda count of rankings, with the order of Condorcet.

    The value is the greatest Borda score; ``parts`` holds that of each unit. ``method`` holds the
    order by Borda, the winner of every duel (``condorcet``) where there is one, the order that
    every duel agrees with (``outranking``), whether duels go in circles (``cycle``), and the order
    nearest to the rankings by Kemeny, for up to 8 units.

    Raises
    ------
    ValueError
        When a ranking does not name every unit once, or a number of votes is negative.

    Examples
    --------
    >>> found = borda_count([(3, "abcd"), (5, "acbd"), (7, "bdca"), (6, "cbda")])
    >>> found.parts, "".join(found.method["outranking"])
    ({'a': 24, 'b': 44, 'c': 38, 'd': 20}, 'cbda')
    """
    profile = [(votes, tuple(order)) for votes, order in rankings]
    if not profile:
        return Outcome(reason=Undefined.ZERO_DENOMINATOR)
    units = sorted(profile[0][1])
    for votes, order in profile:
        if sorted(order) != units or len(set(order)) != len(units) or votes < 0:
            msg = (
                f"a ranking names each of {', '.join(units)} once, not {order!r} ({votes!r} votes)"
            )
            raise ValueError(msg)
    n = len(units)
    scores = {
        unit: sum(votes * (n - 1 - order.index(unit)) for votes, order in profile) for unit in units
    }
    duels = _duels(profile, units)
    outranking = _outranking(duels, units)
    return Outcome(
        value=max(scores.values()),
        n=sum(votes for votes, _ in profile),
        parts=dict(scores),
        method={
            "borda": sorted(units, key=lambda unit: (-scores[unit], unit)),
            "condorcet": _winner(duels, units),
            "outranking": outranking,
            "cycle": outranking is None,
            "kemeny": _kemeny(duels, units),
        },
    )


Duels = Mapping[tuple[str, str], int]


def _duels(
    profile: list[tuple[int, tuple[str, ...]]], units: list[str]
) -> dict[tuple[str, str], int]:
    """Votes that put the first before the second."""
    return {
        (a, b): sum(votes for votes, order in profile if order.index(a) < order.index(b))
        for a, b in permutations(units, 2)
    }


def _winner(duels: Duels, units: list[str]) -> str | None:
    return next(
        (a for a in units if all(duels[a, b] > duels[b, a] for b in units if b != a)),
        None,
    )


def _outranking(duels: Duels, units: list[str]) -> list[str] | None:
    """Order that every duel agrees with, or ``None`` where duels go in circles or tie."""
    order = sorted(units, key=lambda a: -sum(duels[a, b] > duels[b, a] for b in units if b != a))
    agreed = all(duels[a, b] > duels[b, a] for a, b in combinations(order, 2))
    return order if agreed else None


def _kemeny(duels: Duels, units: list[str]) -> list[str] | None:
    if len(units) > _KEMENY:
        return None
    return list(
        max(permutations(units), key=lambda order: sum(duels[ab] for ab in combinations(order, 2)))
    )


__all__ = ["borda_count"]
