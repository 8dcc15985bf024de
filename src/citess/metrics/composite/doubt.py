"""Benefit of the doubt: each unit judged by the weights that suit it best."""

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from citess.errors import MissingExtraError
from citess.metrics._measure import Outcome, Undefined
from citess.metrics._registry import Better, value_metric
from citess.metrics.composite._normalise import finite, ranks

if TYPE_CHECKING:
    from collections.abc import Sequence

Scores = Mapping[str, Mapping[str, float]]


@value_metric(
    "L06",
    question="How good is each unit under the weights that suit it best?",
    limits="With few units many reach one; limits on shares bring them apart.",
    unit="index",
    bounds=(0, 1),
    better=Better.HIGHER,
    formula=r"\max_w \sum_i w_i I_{ui} \text{ with } \sum_i w_i I_{vi} \le 1 \text{ for all } v",
    missing="every unit has every indicator",
    small_numbers="read with few units: many ones",
    aggregation="recompute on all units",
    source="Cherchye and others 2007, doi:10.1007/s11205-006-9029-7",
    level="territory",
)
def benefit_of_doubt(units: Scores, *, shares: tuple[float, float] | None = None) -> Outcome:
    """Benefit-of-the-doubt index of each unit.

    The value is the mean; ``parts`` holds the index of each unit and ``method["ranks"]`` the ranks.
    ``shares`` bounds the part of each indicator in the index of a unit, such as (0.1, 0.5).

    Raises
    ------
    MissingExtraError
        Without the extra ``fast``.
    ValueError
        When units have different indicators, a score is negative or not finite, or the limits
        cannot be met.

    Examples
    --------
    >>> found = benefit_of_doubt({"x": {"a": 1, "b": 0.2}, "y": {"a": 0.5, "b": 0.1}})
    >>> round(found.parts["x"], 4), round(found.parts["y"], 4)
    (1.0, 0.5)
    """
    if not units:
        return Outcome(reason=Undefined.ZERO_DENOMINATOR)
    names = sorted(next(iter(units.values())))
    for unit, scores in units.items():
        if sorted(scores) != names or any(finite(score) < 0 for score in scores.values()):
            msg = (
                f"{unit!r} has scores of zero or more for {', '.join(names)}, not {dict(scores)!r}"
            )
            raise ValueError(msg)
    if shares is not None and not shares[0] * len(names) <= 1 <= shares[1] * len(names):
        msg = f"no weights keep the share of each of {len(names)} indicators within {shares!r}"
        raise ValueError(msg)
    matrix = [[scores[name] for name in names] for scores in units.values()]
    found = {unit: _best(row, matrix, shares) for unit, row in zip(units, matrix, strict=True)}
    return Outcome(
        value=sum(found.values()) / len(found),
        n=len(found),
        parts=dict(found),
        method={"ranks": ranks({u: round(x, 9) for u, x in found.items()}), "shares": shares},
    )


def _best(
    row: "Sequence[float]", matrix: list[list[float]], shares: tuple[float, float] | None
) -> float:
    try:
        optimize: Any = import_module("scipy.optimize")
    except ImportError:
        raise MissingExtraError("the benefit of the doubt", "fast") from None
    limits = list(matrix)
    bounds = [1.0] * len(matrix)
    for n in range(len(row)) if shares else ():
        low, high = cast("tuple[float, float]", shares)
        for sign, part in ((-1, low), (1, high)):
            limits.append([sign * (x * (k == n) - part * x) for k, x in enumerate(row)])
            bounds.append(0.0)
    solved: Any = optimize.linprog([-x for x in row], A_ub=limits, b_ub=bounds, method="highs")
    return min(1.0, -float(solved.fun))


__all__ = ["benefit_of_doubt"]
