"""Log-rank test and proportional hazards of groups of lifetimes."""

from collections.abc import Sequence
from math import exp
from random import Random
from typing import Final

from attrs import frozen

from citess.metrics._lifetimes import Life, Lifetimes
from citess.metrics._linear import solve

Stratum = Sequence[Lifetimes]
"""Lifetimes of each group, in the same order in every stratum."""


@frozen(kw_only=True)
class RankSums:
    """What ended in each group, what would have by chance, and how far that may stray."""

    observed: tuple[int, ...]
    expected: tuple[float, ...]
    variance: tuple[tuple[float, ...], ...]

    @property
    def chi_square(self) -> float | None:
        """Distance from what chance would give; ``None`` where nothing could differ."""
        size = len(self.observed) - 1
        excess = [self.observed[k] - self.expected[k] for k in range(size)]
        weights = solve([list(row[:size]) for row in self.variance[:size]], excess)
        if weights is None:
            return None
        return max(0.0, sum(w * x for w, x in zip(weights, excess, strict=True)))


def rank_sums(strata: Sequence[Stratum]) -> RankSums:
    """Compare what ended in each group with what chance would give, time by time."""
    size = len(strata[0])
    observed, expected = [0] * size, [0.0] * size
    variance = [[0.0] * size for _ in range(size)]
    for groups in strata:
        for time in sorted({time for group in groups for time in group.ended}):
            at_risk = [group.at_risk(time) for group in groups]
            ended = [group.ended.get(time, 0) for group in groups]
            n, d = sum(at_risk), sum(ended)
            spread = d * (n - d) / (n - 1) if n > 1 else 0.0
            for a in range(size):
                observed[a] += ended[a]
                expected[a] += d * at_risk[a] / n
                for b in range(size):
                    own = at_risk[a] / n if a == b else 0.0
                    variance[a][b] += spread * (own - at_risk[a] * at_risk[b] / n**2)
    return RankSums(
        observed=tuple(observed),
        expected=tuple(expected),
        variance=tuple(tuple(row) for row in variance),
    )


def permuted(strata: Sequence[Stratum], chi_square: float, *, draws: int, random: Random) -> float:
    """Chance of a statistic at least as great, when groups are drawn anew within each stratum."""
    above = 0
    for _ in range(draws):
        found = rank_sums([_shuffled(groups, random) for groups in strata]).chi_square
        above += found is not None and found >= chi_square - 1e-9
    return (above + 1) / (draws + 1)


def _shuffled(groups: Stratum, random: Random) -> Stratum:
    lives = [life for group in groups for life, n in group.lives.items() for _ in range(n)]
    random.shuffle(lives)
    found: list[Lifetimes] = []
    for group in groups:
        counted: dict[Life, int] = {}
        for life in lives[: group.n]:
            counted[life] = counted.get(life, 0) + 1
        lives = lives[group.n :]
        found.append(Lifetimes(counted))
    return found


@frozen(kw_only=True)
class Hazard:
    """Logarithm of a hazard ratio with its standard error."""

    log_ratio: float
    se: float


def cox(strata: Sequence[Stratum]) -> Hazard | None:
    """Hazard of the second group to that of the first, by Cox's partial likelihood (Efron's ties).

    ``None`` where it has no end: nothing ended in one group, or one group always ended first.
    """
    beta, step, most = 0.0, _FAR, 2.0
    score, information = _score(strata, beta)
    while information > _FLAT and abs(beta) <= _FAR and abs(step) >= _NEAR:
        step = max(-most, min(most, score / information))
        beta, most = beta + step, most * _TAME
        score, information = _score(strata, beta)
    if abs(step) >= _NEAR:
        return None
    return Hazard(log_ratio=beta, se=information**-0.5)


_FLAT: Final = 1e-12
_FAR: Final = 15.0
_NEAR: Final = 1e-12
_TAME: Final = 0.98


def _score(strata: Sequence[Stratum], beta: float) -> tuple[float, float]:
    """First and second derivative of the partial likelihood, the second with its sign turned."""
    ratio, score, information = exp(beta), 0.0, 0.0
    for first, second in strata:
        for time in sorted({*first.ended, *second.ended}):
            ended, other = second.ended.get(time, 0), first.ended.get(time, 0)
            risk = second.at_risk(time) * ratio
            whole = first.at_risk(time) + risk
            score += ended
            d = ended + other
            for k in range(d):
                share = k / d
                mean = (risk - share * ended * ratio) / (whole - share * (ended * ratio + other))
                score -= mean
                information += mean * (1 - mean)
    return score, information


__all__ = ["Hazard", "RankSums", "Stratum", "cox", "permuted", "rank_sums"]
