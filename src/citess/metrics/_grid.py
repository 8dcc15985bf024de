"""The grid of needs and who meets them, as the metrics of the offer read it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import isfinite
from typing import Final, cast

from citess.metrics._asked import Asked
from citess.metrics._counted import count
from citess.metrics._derived import derive
from citess.metrics._facts import NOT_KNOWN, Fact, Facts, Number
from citess.metrics._measure import Undefined
from citess.metrics.tables._table import Row
from citess.metrics.tables.offers import Cell, need_cells
from citess.model import Dataset

OFFERED: Final = count(
    "offers", of=("kind", "stage", "territory", "provider", "channel", "sector"), label="offer"
)
"""Reads needs met, by provider, channel and sector."""


def _needs(data: Dataset, asked: Asked) -> Iterable[Row]:
    return need_cells(data, cast("Iterable[Cell] | None", asked.options.get("required")))


NEEDED: Final = derive(
    "needs",
    _needs,
    of=("kind", "stage", "territory"),
    label="required",
    shaped="required",
    free=("kind", "stage", "territory"),
)
"""Reads needs required."""


def needed(facts: Facts, given: object) -> tuple[dict[Fact, Number], int]:
    """Weight of each need required, and how many do not apply.

    Raises
    ------
    ValueError
        When a weight is negative or not finite.
    """
    cells = {fact[1:] for fact in facts if fact[0] == "required"}
    if not isinstance(given, Mapping):
        return dict.fromkeys(sorted(cells), 1), 0
    weights = {
        tuple(map(str, cell)): weight
        for cell, weight in cast("Mapping[Cell, Number | None]", given).items()
    }
    for cell, weight in weights.items():
        if weight is not None and not (isfinite(weight) and weight >= 0):
            msg = f"required gives each need a weight of 0 or more, not {weight!r} to {cell!r}"
            raise ValueError(msg)
    known = {cell: weights.get(cell, 1) for cell in sorted(cells)}
    apply = {cell: weight for cell, weight in known.items() if weight is not None}
    return apply, len(known) - len(apply)


def met(facts: Facts) -> dict[Fact, set[str]]:
    """Providers by need; a need met by nobody named has the unnamed provider."""
    cells: defaultdict[Fact, set[str]] = defaultdict(set)
    for fact in facts:
        if fact[0] == "offer":
            cells[fact[1:4]].add(fact[4])
    return dict(cells)


def met_by_named(facts: Facts) -> tuple[dict[Fact, set[str]], int]:
    """Providers by need among those named, and needs met by nobody named."""
    cells = met(facts)
    named = {cell: who - {NOT_KNOWN} for cell, who in cells.items() if who - {NOT_KNOWN}}
    return named, len(cells) - len(named)


def too_few(cells: Mapping[Fact, set[str]]) -> Undefined | None:
    """Why a question about several providers has no answer."""
    if not cells:
        return Undefined.NOT_KNOWN
    return Undefined.TOO_FEW if len(set[str]().union(*cells.values())) < 2 else None  # noqa: PLR2004  (two providers)


def offered(
    sets: Mapping[str, Iterable[object]],
    *,
    required: Iterable[object] = (),
    channel: str = "direct",
) -> Facts:
    """Facts of an offer written by hand: needs by provider, and needs required.

    A need is a triple of kind, stage and territory, or any one name.

    Examples
    --------
    >>> from citess.metrics.services import offered, redundancy_ratio
    >>> redundancy_ratio.compute(offered({"a": {1, 2, 3}, "b": {2, 3, 4, 5, 6}})).value
    0.25
    """
    found: dict[Fact, Number] = {("required", *_cell(need)): 1 for need in required}
    for provider, needs in sets.items():
        for need in needs:
            found["offer", *_cell(need), provider, channel, NOT_KNOWN] = 1
    return Facts(found)


def _cell(need: object) -> Cell:
    if isinstance(need, tuple):
        kind, stage, territory = cast("tuple[object, object, object]", need)
        return str(kind), str(stage), str(territory)
    return str(need), "any", "any"
