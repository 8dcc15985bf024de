"""Who can decide: power in a body that votes."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final

from citess.metrics._definition import Better
from citess.metrics._measure import Outcome, Undefined
from citess.metrics._registry import value_metric
from citess.model import Dataset, DateLike, Seat, as_date
from citess.model.ids import BodyId
from citess.network._arguments import check_dataset, check_mapping, is_number

_MOST: Final = 25
_UNKNOWN: Final = "not known"


@value_metric(
    "G11",
    question="Who can decide?",
    limits="It counts coalitions that could form, as if all were alike; parties have friends.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.CONTEXT,
    formula=r"\beta_i = \frac{\#\{S : S \text{ wins}, S \setminus i \text{ loses}\}}{\sum_j"
    r" \text{swings}_j}",
    missing="every weight is known",
    small_numbers="exact up to 25 members",
    aggregation="sum the shares by sector",
    source="Banzhaf 1965",
    level="organisation",
)
def voting_power(weights: Mapping[str, float], *, quota: float | None = None) -> Outcome:
    """Voting power of the members of a body, after Banzhaf.

    Share of the swings: coalitions that win with a member and lose without it. The value is the
    greatest share; ``parts`` holds that of each member. ``quota`` is the weight that decides: more
    than half of all unless given. Numbers count as they are written: 0.1 and 0.2 are 0.3.
    :func:`votes` gives the weights of a body in a dataset.

    Raises
    ------
    TypeError
        When weights are no mapping.
    ValueError
        When a weight is negative or not finite, there are more than 25 members, or the quota can be
        reached by nobody or by none.

    Examples
    --------
    >>> voting_power({"a": 50, "b": 30, "c": 20}, quota=51).parts
    {'a': 0.6, 'b': 0.2, 'c': 0.2}
    """
    check_mapping("weights", weights, "members to their weights")
    if len(weights) > _MOST:
        msg = f"power is exact up to {_MOST} members, not {len(weights)}"
        raise ValueError(msg)
    for member, weight in weights.items():
        if not (is_number(weight) and weight >= 0):
            msg = f"the weight of {member!r} is zero or more, not {weight!r}"
            raise ValueError(msg)
    exact = {member: Fraction(str(weight)) for member, weight in weights.items()}
    whole = sum(exact.values(), Fraction(0))
    if whole == 0:
        return Outcome(reason=Undefined.ZERO_DENOMINATOR, n=len(weights))
    half = quota is None
    needed = whole / 2 if quota is None else Fraction(str(quota) if is_number(quota) else 0)
    if not half and not 0 < needed <= whole:
        msg = f"the quota lies above 0 and up to {float(whole)!r}, the weight of all; not {quota!r}"
        raise ValueError(msg)
    swings = {member: _swings(exact, member, needed, above=half) for member in exact}
    total = sum(swings.values())
    shares = {member: n / total for member, n in swings.items()}
    return Outcome(
        value=max(shares.values()),
        n=len(shares),
        parts=dict(shares),
        method={"quota": "more than half" if half else quota, "swings": swings},
    )


def _swings(weights: Mapping[str, Fraction], member: str, quota: Fraction, *, above: bool) -> int:
    """Coalitions of the others that win only with the member."""
    sums: defaultdict[Fraction, int] = defaultdict(int, {Fraction(0): 1})
    for other, weight in weights.items():
        if other != member:
            for reached, times in list(sums.items()):
                sums[reached + weight] += times
    mine = weights[member]

    def wins(weight: Fraction) -> bool:
        return weight > quota if above else weight >= quota

    return sum(n for reached, n in sums.items() if wins(reached + mine) and not wins(reached))


def votes(data: Dataset, body: str, *, on: DateLike) -> dict[str, float]:
    """Weights of the organisations that hold seats in a body on a day.

    Observers do not vote; seats of which it is not known whether they were held that day do.
    Organisations that are not known are ``"not known"``.

    Raises
    ------
    TypeError
        When ``data`` is no dataset.
    UnknownIdError
        When no body has the id.

    Examples
    --------
    >>> import citess
    >>> data = citess.datasets.synthetic()
    >>> sum(votes(data, next(iter(data.bodies)), on="2021-01-01").values()) > 0
    True
    """
    check_dataset(data)
    asked = data.bodies[BodyId(body)]
    found: dict[str, Decimal] = {}
    for mandate in data.mandates.values():
        held = mandate.period is None or mandate.period.holds(as_date(on)) is not False
        if mandate.body == asked.id and mandate.seat is not Seat.OBSERVER and held:
            holder = mandate.organisation or _UNKNOWN
            found[holder] = found.get(holder, Decimal()) + mandate.weight
    return {holder: float(weight) for holder, weight in found.items()}


__all__ = ["votes", "voting_power"]
