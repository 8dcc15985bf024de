"""Metrics of a mix: how far it is from the one that statutes ask for."""

from collections.abc import Mapping
from typing import Final

from citess.metrics._counted import count
from citess.metrics._facts import NOT_KNOWN, Facts, Number
from citess.metrics._measure import Outcome, Undefined
from citess.metrics._registry import Better, metric
from citess.metrics._resampling import redrawn
from citess.model import Sector

_ROUNDING: Final = 1e-9
_FEW: Final = 5


@metric(
    "G03",
    reads=count("partners", of="sector"),
    question="How far are the partners from the mix that the statutes ask for?",
    limits="Every sector weighs the same: a seat more or less counts alike wherever it is.",
    unit="index",
    bounds=(0, 1),
    better=Better.LOWER,
    formula=r"\frac{1}{2} \sum_s |p_s - q_s|",
    missing="partners of unknown sector leave the shares and are counted as missing",
    small_numbers="below 5 partners flagged",
    aggregation="sum counts, then recompute; not additive",
    source="total variation distance; the target is that of the statutes",
    level="organisation",
)
def distance_to_target_mix(
    facts: Facts,
    *,
    target: Mapping[str, float] | None = None,
    bootstrap: bool = False,
    seed: int | None = None,
    **_: object,
) -> Outcome:
    """Distance between the mix of sectors and its target.

    Half the sum of absolute differences: the share of partners that would have to be of another
    sector. Option ``target``: share of each sector, which sum to one; by default the public sector,
    the private sector and the social and solidarity economy have a third each, as a balanced hub
    would. ``bootstrap=True`` gives an interval by drawing partners anew.

    Raises
    ------
    ValueError
        When target shares are negative or do not sum to one.

    Examples
    --------
    >>> found = distance_to_target_mix.compute({"public": 5, "private": 3, "sse": 2})
    >>> round(found.value, 4)
    0.1667
    """
    wanted = _target(target)
    counts = {fact[0]: n for fact, n in facts.items() if fact[0] != NOT_KNOWN}
    n = sum(counts.values())
    if n == 0:
        reason = Undefined.NOT_KNOWN if facts.missing else Undefined.ZERO_DENOMINATOR
        return Outcome(reason=reason, missing=facts.missing)
    sectors = sorted({*counts, *wanted})

    def distance(drawn: Mapping[str, Number]) -> float:
        whole = sum(drawn.values())
        apart = (abs(drawn.get(s, 0) / whole - wanted.get(s, 0)) for s in sectors)
        return min(1.0, sum(apart) / 2)

    return Outcome(
        value=distance(counts),
        n=n,
        interval=redrawn(counts, distance, seed) if bootstrap else None,
        missing=facts.missing,
        parts={s: counts.get(s, 0) / n - wanted.get(s, 0) for s in sectors},
        method={"target": wanted},
        warnings=("few-partners",) if n < _FEW else (),
    )


def _target(given: Mapping[str, float] | None) -> dict[str, float]:
    if given is None:
        return dict.fromkeys(map(str, (Sector.PRIVATE, Sector.PUBLIC, Sector.SSE)), 1 / 3)
    shares = {str(sector): float(share) for sector, share in given.items()}
    if min(shares.values(), default=0) < 0 or abs(sum(shares.values()) - 1) > _ROUNDING:
        msg = f"target shares are zero or more and sum to one, not {shares!r}"
        raise ValueError(msg)
    return shares


__all__ = ["distance_to_target_mix"]
