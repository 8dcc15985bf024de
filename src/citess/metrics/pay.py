"""Metric of pay: the gap between women and men."""

from collections.abc import Iterable, Sequence
from math import fsum
from statistics import median
from typing import Final

from citess.metrics._measure import Outcome, Undefined
from citess.metrics._quality import checked, refused, warned
from citess.metrics._registry import Better, value_metric
from citess.metrics.intervals import bca_bootstrap

Pay = float | tuple[float | None, float | None] | None
"""Pay an hour, or pay with the hours worked for it; ``None`` is not known."""

STATISTICS: Final = ("mean", "median")
_Unit = tuple[str, float]


def _hourly(name: str, given: Iterable[Pay]) -> tuple[list[float], int]:
    """Pay an hour of those of whom it is known, with how many of whom it is not."""
    found: list[float] = []
    missing = 0
    for one in given:
        pay, hours = one if isinstance(one, tuple) else (one, 1)
        if pay is None or hours is None:
            missing += 1
            continue
        checked(name, pay)
        if not checked(f"hours of {name}", hours) > 0:
            msg = f"hours of {name} are above zero, not {hours!r}"
            raise ValueError(msg)
        found.append(pay / hours)
    return found, missing


def _gap(units: Sequence[_Unit], statistic: str) -> float | None:
    women = [pay for sex, pay in units if sex == "women"]
    men = [pay for sex, pay in units if sex == "men"]
    if not women or not men:
        return None
    centre = median if statistic == "median" else _mean
    reference = centre(men)
    return (reference - centre(women)) / reference if reference else None


def _mean(values: Sequence[float]) -> float:
    return fsum(values) / len(values)


@value_metric(
    "E10",
    question="Are women paid as men are?",
    limits="Unadjusted: it holds differences of occupation and hours as well as of pay for the "
    "same work.",
    unit="ratio",
    bounds=(None, 1),
    better=Better.CONTEXT,
    formula=r"\frac{\bar y_m - \bar y_f}{\bar y_m}",
    missing="people whose pay or hours are not known are left out and counted; above 40 % missing "
    "refused",
    small_numbers="below 30 people flagged imprecise; bootstrap interval",
    aggregation="pool by strata; not additive",
    source="International Labour Organization, Global Wage Report; SDG indicator 8.5.1",
    level="job",
)
def gender_pay_gap(  # noqa: PLR0913  (two columns, the statistic, and how to resample)
    *,
    men: Iterable[Pay],
    women: Iterable[Pay],
    statistic: str = "mean",
    allow_missing: bool = False,
    seed: int | None = None,
    resamples: int = 2000,
) -> Outcome:
    """Gap between what men and women earn an hour, as a share of what men earn.

    Above zero where women earn less. Pay is that of an hour, or a pair of pay and hours.
    ``statistic`` is ``"mean"`` or ``"median"``; ``parts`` holds both.

    Raises
    ------
    ValueError
        When pay is negative or not finite, hours are not above zero, or there is no such statistic.

    Examples
    --------
    >>> gender_pay_gap(men=[800], women=[700]).value
    0.125
    >>> found = gender_pay_gap(men=[(800, 40), (600, 40)], women=[(300, 20), None], seed=1)
    >>> round(found.value, 4), found.missing
    (0.1429, 1)
    """
    if statistic not in STATISTICS:
        msg = f"{statistic!r} is no statistic of pay; they are {', '.join(STATISTICS)}"
        raise ValueError(msg)
    his, unknown_men = _hourly("men", men)
    hers, unknown_women = _hourly("women", women)
    missing, n = unknown_men + unknown_women, len(his) + len(hers)
    units: list[_Unit] = [*(("men", pay) for pay in his), *(("women", pay) for pay in hers)]
    value = _gap(units, statistic)
    method = {"statistic": statistic, "adjusted": False}
    if value is None or refused(n, missing, allow_missing=allow_missing):
        reason = Undefined.NOT_KNOWN if missing else Undefined.ZERO_DENOMINATOR
        reason = reason if value is None else Undefined.TOO_MANY_MISSING
        return Outcome(reason=reason, n=n, missing=missing, method=method)
    return Outcome(
        value=value,
        n=n,
        missing=missing,
        interval=bca_bootstrap(
            units, lambda drawn: _gap(drawn, statistic), seed=seed, resamples=resamples
        ),
        parts={
            "mean": _gap(units, "mean"),
            "median": _gap(units, "median"),
            "men": _mean(his),
            "women": _mean(hers),
            "n_men": len(his),
            "n_women": len(hers),
        },
        method=method,
        warnings=warned(min(len(his), len(hers)), missing),
    )


__all__ = ["gender_pay_gap"]
