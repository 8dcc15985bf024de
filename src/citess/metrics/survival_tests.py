"""Metric of the difference of survival between groups: the log-rank test."""

from collections.abc import Iterable, Mapping, Sequence
from math import exp
from random import Random
from typing import cast

from citess.metrics._measure import Outcome, Undefined
from citess.metrics._quality import FEW_EVENTS
from citess.metrics._ranks import cox, permuted, rank_sums
from citess.metrics._registry import Better, value_metric
from citess.metrics._resampling import content_seed
from citess.metrics.curves import SurvivalCurve, kaplan_meier
from citess.metrics.intervals import z_score
from citess.metrics.tests_of_chance import chi_square_p

Sample = SurvivalCurve | Sequence[Iterable[float]]
"""A curve, or durations, whether each was observed to end, and perhaps when each was entered."""

Groups = Mapping[str, Sample]


def _curve(sample: Sample) -> SurvivalCurve:
    if isinstance(sample, SurvivalCurve):
        return sample
    durations, *rest = sample
    observed = rest[0] if rest else None
    return kaplan_meier(durations, observed, entry=rest[1] if len(rest) > 1 else None)


def log_rank(*samples: Sample | Groups) -> tuple[float, int, float]:
    """Log-rank test: its chi-square, degrees of freedom and p-value.

    Peto and Peto 1972, doi:10.2307/2344317. Give two or more samples, or a mapping of groups for
    each stratum.

    Raises
    ------
    ValueError
        When there are fewer than two groups, strata differ in their groups, or nothing could
        differ.

    Examples
    --------
    >>> chi_square, df, p = log_rank(([6, 7, 10, 15], [1, 0, 1, 1]), ([1, 2, 4, 8], [1, 1, 1, 1]))
    >>> round(chi_square, 4), df, round(p, 4)
    (4.4217, 1, 0.0355)
    """
    strata = _strata(samples)
    names = list(strata[0])
    found = rank_sums([[_curve(one[name]).lives for name in names] for one in strata])
    if found.chi_square is None:
        msg = "groups differ only where some of each are at risk when one ends"
        raise ValueError(msg)
    df = len(names) - 1
    return found.chi_square, df, chi_square_p(found.chi_square, df)


def _strata(samples: Sequence[Sample | Groups]) -> list[Groups]:
    strata: list[Groups]
    if all(isinstance(sample, Mapping) for sample in samples):
        strata = [cast("Groups", sample) for sample in samples]
    else:
        strata = [{str(place): cast("Sample", one) for place, one in enumerate(samples, 1)}]
    names = {tuple(sorted(one)) for one in strata}
    if len(names) != 1 or len(strata[0]) < 2:  # noqa: PLR2004  (a comparison takes two)
        msg = f"give two or more groups, the same in every stratum, not {sorted(names)}"
        raise ValueError(msg)
    return strata


@value_metric(
    "T05",
    question="Do cohorts or groups differ in how long they live?",
    limits="Curves that cross may differ much and test little; groups may differ in what they "
    "were at the start.",
    unit="chi-square",
    bounds=(0, None),
    better=Better.CONTEXT,
    formula=r"\chi^2 = (O - E)^\top V^{-1} (O - E)",
    missing="what is not known is left out before; censored units count until last seen",
    small_numbers="below 10 events flagged, with a permutation test",
    aggregation="stratify by hub: give the groups of each",
    source="Peto and Peto 1972, doi:10.2307/2344317; Cox 1972 for the hazard ratio",
    level="enterprise",
)
def survival_difference(
    *samples: Sample | Groups,
    permutations: int = 2000,
    seed: int | None = None,
    level: float = 0.95,
) -> Outcome:
    """Difference of survival between groups: the log-rank chi-square.

    Give curves, or durations with whether each was observed to end; a mapping names the groups,
    and several mappings are strata, such as hubs. ``parts`` holds the p-value, what was observed
    and expected in each group and, of two groups, the hazard ratio of the second to the first by
    Cox's model with Efron's ties. Below 10 events the p-value of a seeded permutation test is
    given beside.

    Raises
    ------
    ValueError
        When there are fewer than two groups, or strata differ in their groups.

    Examples
    --------
    >>> from citess.metrics import kaplan_meier
    >>> placebo = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
    >>> drug = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
    >>> ended = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
    >>> found = survival_difference({"drug": (drug, ended), "placebo": (placebo, [1] * 21)})
    >>> round(found.value, 3), round(found.parts["hazard_ratio"], 3)
    (16.793, 4.817)
    """
    strata = _strata(samples)
    names = list(strata[0])
    lives = [[_curve(one[name]).lives for name in names] for one in strata]
    found = rank_sums(lives)
    n = sum(one.n for groups in lives for one in groups)
    censored = n - sum(found.observed)
    if found.chi_square is None:
        reason = Undefined.NO_VARIATION if n else Undefined.ZERO_DENOMINATOR
        return Outcome(reason=reason, n=n, censored=censored)
    parts: dict[str, float | int | None] = {
        "p": chi_square_p(found.chi_square, len(names) - 1),
        "df": len(names) - 1,
        **{f"observed:{name}": x for name, x in zip(names, found.observed, strict=True)},
        **{f"expected:{name}": x for name, x in zip(names, found.expected, strict=True)},
    }
    method: dict[str, object] = {"groups": names, "strata": len(strata)}
    few = sum(found.observed) < FEW_EVENTS
    if few:
        seed = (
            content_seed([sorted(one.lives.items()) for one in lives[0]]) if seed is None else seed
        )
        draw = Random(seed)  # noqa: S311  (no secret: a seeded draw that can be repeated)
        parts["p_permutation"] = permuted(lives, found.chi_square, draws=permutations, random=draw)
        method |= {"permutations": permutations, "seed": seed}
    if len(names) == 2:  # noqa: PLR2004  (a ratio is of two)
        hazard = cox([(groups[0], groups[1]) for groups in lives])
        z = z_score(level)
        parts |= dict.fromkeys(("hazard_ratio", "hazard_ratio_low", "hazard_ratio_high"))
        if hazard is not None:
            parts["hazard_ratio"] = exp(hazard.log_ratio)
            parts["hazard_ratio_low"] = exp(hazard.log_ratio - z * hazard.se)
            parts["hazard_ratio_high"] = exp(hazard.log_ratio + z * hazard.se)
        method["hazard_ratio"] = f"{names[1]} to {names[0]}, cox, efron, level {level:g}"
    return Outcome(
        value=found.chi_square,
        n=n,
        censored=censored,
        parts=parts,
        method=method,
        warnings=("few-events",) if few else (),
    )


__all__ = ["log_rank", "survival_difference"]
