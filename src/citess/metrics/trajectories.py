"""Metrics of the way from stage to stage: transitions, mobility, time to a stage."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from citess.metrics._counted import SUM, count
from citess.metrics._facts import Fact, Facts, Number
from citess.metrics._measure import Outcome, Undefined
from citess.metrics._quality import FEW_EVENTS
from citess.metrics._registry import Better, metric
from citess.metrics._resampling import redrawn
from citess.metrics.chains import absorption, checked_matrix, reachable, shorrocks
from citess.metrics.intervals import sison_glaz
from citess.metrics.tables._histories import MATURE
from citess.metrics.tables._spells import YEAR
from citess.model import Stage

_SPELL: Final = "spell"
_DARK: Final = "unknown_after:"
_ORDER: Final = {str(stage): place for place, stage in enumerate(Stage)}
_YEARS: Final = count("stage_years", of=("stage", "to"))
MATURITY: Final = tuple(map(str, (stage for stage in Stage if stage in MATURE)))
"""Stages of an enterprise that stands on its own."""

ENDS: Final = (str(Stage.DORMANT), str(Stage.CLOSED))
"""Stages at which the way of an enterprise stops."""

_MISSING: Final = "years after the last in which it was seen are censored, not missing"


def transitions(counts: Sequence[Sequence[int]], stages: Sequence[str] | None = None) -> Facts:
    """Facts of a table of transitions: rows are where from, columns where to.

    Raises
    ------
    ValueError
        When the table is not square, an entry is negative, or the names do not fit.

    Examples
    --------
    >>> transitions([[3, 1], [0, 2]], ["idea", "creation"])
    Facts({('idea', 'idea'): 3, ('idea', 'creation'): 1, ('creation', 'creation'): 2})
    """
    checked_matrix(counts, counts=True)
    names = [str(place) for place in range(1, len(counts) + 1)] if stages is None else list(stages)
    if len({*names}) != len(counts):
        msg = f"give a name to each of the {len(counts)} stages, not {names!r}"
        raise ValueError(msg)
    found: dict[Fact, Number] = {
        (start, end): n
        for start, row in zip(names, counts, strict=True)
        for end, n in zip(names, row, strict=True)
        if n
    }
    return Facts(found)


def _in_order(stages: Iterable[str]) -> list[str]:
    """Stages in the order of the way of an enterprise; others after them, by name."""
    return sorted({*stages}, key=lambda name: (_ORDER.get(name, len(_ORDER)), name))


class _Moves:
    """Counts of steps from stage to stage."""

    def __init__(self, facts: Facts) -> None:
        steps = {fact: n for fact, n in facts.items() if len(fact) == 2 and all(fact)}  # noqa: PLR2004  (from, to)
        self.names = _in_order(name for fact in steps for name in fact)
        self.counts = [[round(steps.get((a, b), 0)) for b in self.names] for a in self.names]
        self.rows = [sum(row) for row in self.counts]
        self.n = sum(self.rows)
        self.moved = self.n - sum(self.counts[k][k] for k in range(len(self.names)))

    def reachable(self, place: int) -> set[int]:
        """Stages that can follow, whatever the number of steps."""
        return reachable(self.matrix(still=True), place)

    def matrix(self, *, still: bool) -> list[list[float]]:
        """Probabilities; stages never left are absorbing where ``still``, else left out of rows."""
        size = len(self.names)
        return [
            [value / total for value in row]
            if total
            else [float(still and k == j) for j in range(size)]
            for k, (row, total) in enumerate(zip(self.counts, self.rows, strict=True))
        ]

    @property
    def warnings(self) -> tuple[str, ...]:
        few = any(0 < total < FEW_EVENTS for total in self.rows)
        return ("few-events",) if few else ()

    @property
    def nothing(self) -> Outcome:
        return Outcome(reason=Undefined.ZERO_DENOMINATOR)


@metric(
    "T01",
    reads=(_YEARS, count("stage_spells", of=("stage", "to"), sums="days", label=_SPELL)),
    question="How do enterprises move from stage to stage?",
    limits="A stage is what somebody noted: a step forward that nobody noted is a stay.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.CONTEXT,
    formula=r"\hat P_{ij} = \frac{n_{ij}}{n_{i\cdot}}",
    missing=_MISSING,
    small_numbers="rows below 10 steps flagged; simultaneous intervals of Sison and Glaz",
    aggregation="sum the counts, then divide; test homogeneity before",
    source="Anderson and Goodman 1957, doi:10.1214/aoms/1177707039; Sison and Glaz 1995",
    level="enterprise",
)
def stage_transition_matrix(facts: Facts, *, level: float = 0.95, **_: object) -> Outcome:
    """Share of enterprises that change stage within a year, with the matrix.

    Steps of a year from the first day known, as long as the enterprise was seen. ``parts`` holds
    the probability of each step as ``"idea>creation"``, its simultaneous interval as
    ``"low:idea>creation"`` and ``"high:idea>creation"``, the steps of each row as ``"n:idea"``,
    and, where days in each stage are known, moves a year as ``"rate:idea>creation"``.

    Examples
    --------
    >>> from citess.metrics import transitions
    >>> facts = transitions([[30, 10, 5], [2, 40, 8], [0, 3, 27]])
    >>> found = stage_transition_matrix.compute(facts)
    >>> [round(found.parts[step], 4) for step in ("1>1", "2>2", "3>3")]
    [0.6667, 0.8, 0.9]
    >>> round(found.parts["low:1>1"], 4), round(found.parts["high:1>1"], 4)
    (0.5556, 0.8168)
    """
    moves = _Moves(facts)
    if moves.n == 0:
        return moves.nothing
    parts: dict[str, Number | None] = {}
    for a, row, total in zip(moves.names, moves.counts, moves.rows, strict=True):
        if total:
            parts[f"n:{a}"] = total
            for b, n, interval in zip(moves.names, row, sison_glaz(row, level), strict=True):
                parts[f"{a}>{b}"] = n / total
                parts[f"low:{a}>{b}"], parts[f"high:{a}>{b}"] = interval.low, interval.high
    parts |= _rates(facts.below(_SPELL))
    return Outcome(
        value=moves.moved / moves.n,
        numerator=moves.moved,
        denominator=moves.n,
        n=moves.n,
        parts=parts,
        method={"interval_years": 1, "stages": moves.names, "intervals": "sison-glaz"},
        warnings=moves.warnings,
    )


def _rates(spells: Facts) -> dict[str, Number | None]:
    """Moves a year of those in a stage: the rates of a chain in continuous time."""
    days: dict[str, Number] = defaultdict(int)
    for (stage, _), n in spells.below(SUM, "days").items():
        days[stage] += n
    return {
        f"rate:{stage}>{to}": spells[stage, to] / (days[stage] / YEAR)
        for stage, to in sorted(fact for fact in spells if len(fact) == len(("from", "to")))
        if to and days[stage]
    }


@metric(
    "T02",
    reads=_YEARS,
    question="How fluid are the ways of enterprises?",
    limits="It does not tell up from down: a year of closures is as mobile as one of growth.",
    unit="index",
    bounds=(0, 2),
    better=Better.CONTEXT,
    formula=r"M = \frac{n - \operatorname{tr} P}{n - 1}",
    missing=_MISSING,
    small_numbers="rows below 10 steps flagged",
    aggregation="add the counts and recompute; not additive",
    source="Shorrocks 1978, doi:10.2307/1913828",
    level="enterprise",
)
def mobility_index(
    facts: Facts, *, bootstrap: bool = False, seed: int | None = None, **_: object
) -> Outcome:
    """Mobility between stages within a year.

    0 where every enterprise stays, 1 where the stage of arrival does not depend on that of origin,
    at most n / (n - 1) for n stages. A stage that nobody was seen to begin a year in, such as
    closure, counts as one that is not left. ``bootstrap=True`` gives an interval by drawing steps
    anew.

    Examples
    --------
    >>> from citess.metrics import transitions
    >>> facts = transitions([[30, 10, 5], [2, 40, 8], [0, 3, 27]])
    >>> round(mobility_index.compute(facts).value, 4)
    0.3167
    """
    moves = _Moves(facts)
    if moves.n == 0:
        return moves.nothing
    value = shorrocks(moves.matrix(still=True))
    if value is None:
        return Outcome(reason=Undefined.TOO_FEW, n=moves.n)
    return Outcome(
        value=value,
        n=moves.n,
        interval=redrawn(dict(sorted(facts.items())), _mobility, seed) if bootstrap else None,
        parts={"stages": len(moves.names), "most": len(moves.names) / (len(moves.names) - 1)},
        method={"interval_years": 1, "stages": moves.names},
        warnings=moves.warnings,
    )


def _mobility(steps: Counter[Fact]) -> float | None:
    return shorrocks(_Moves(Facts(steps)).matrix(still=True))


@metric(
    "T03",
    reads=_YEARS,
    question="How long does it take until an enterprise stands on its own?",
    limits="It takes the chance of a step to depend on the stage alone, not on how long it lasted.",
    unit="periods",
    bounds=(0, None),
    better=Better.LOWER,
    formula=r"t = (I - Q)^{-1} \mathbf{1}",
    missing=_MISSING,
    small_numbers="rows below 10 steps flagged",
    aggregation="add the counts and recompute; not additive",
    source="Grinstead and Snell, Introduction to Probability, chapter 11",
    level="enterprise",
)
def expected_time_to_stage(  # noqa: PLR0913  (what to reach, from where, and how sure it is)
    facts: Facts,
    *,
    to: str | Collection[str] = MATURITY,
    ends: str | Collection[str] = ENDS,
    start: str | None = None,
    bootstrap: bool = False,
    seed: int | None = None,
    **_: object,
) -> Outcome:
    """Mean time until a stage is reached, or the way ends.

    In periods of the table of transitions: years, from data. ``to`` are the stages to reach, from
    consolidation on, and ``ends`` those at which the way stops without: closure and dormancy.
    ``start`` is the first stage there is. ``parts`` holds the time from each stage as
    ``"from:idea"``, the chance to end in each as ``"idea>closed"`` and that to reach ``to`` as
    ``"reaches:idea"``. Where some may never get there, there is no mean time; nor where a
    stage comes after of which nobody was seen to begin a year (``"unknown_after:idea"``).
    ``bootstrap=True`` gives an interval by drawing steps anew.

    Raises
    ------
    ValueError
        When ``start`` is no stage of the table, or is one at which to stop.

    Examples
    --------
    >>> walk = {("1", "0"): 1, ("1", "2"): 1, ("2", "1"): 1, ("2", "3"): 1, ("3", "2"): 1}
    >>> walk[("3", "4")] = 1
    >>> found = expected_time_to_stage.compute(walk, to="4", ends=["0"], start="2")
    >>> round(found.value, 6), round(found.parts["from:1"], 6), round(found.parts["reaches:1"], 6)
    (4.0, 3.0, 0.25)
    """
    moves = _Moves(facts)
    if moves.n == 0:
        return moves.nothing
    goal, over = ((one,) if isinstance(one, str) else tuple(one) for one in (to, ends))
    left = [name for name in moves.names if name not in {*goal, *over}]
    if start is None:
        start = next(iter(left), None)
    elif start not in left:
        msg = f"start is one of {', '.join(left) or 'no stages'}, not {start!r}"
        raise ValueError(msg)
    parts, reason = _ways(moves, goal, over), None
    value = parts.get(f"from:{start}")
    steps = dict(sorted(facts.items()))

    def again(drawn: Counter[Fact]) -> Number | None:
        return _ways(_Moves(Facts(drawn)), goal, over).get(f"from:{start}")

    if value is None:
        reason = Undefined.NOT_KNOWN if parts.get(f"{_DARK}{start}") else Undefined.UNREACHABLE
        reason = Undefined.NOT_APPLICABLE if start is None else reason
    return Outcome(
        value=value,
        reason=reason,
        n=moves.n,
        interval=redrawn(steps, again, seed) if bootstrap else None,
        parts=parts,
        method={"period_years": 1, "to": list(goal), "ends": list(over), "start": start},
        warnings=moves.warnings,
    )


def _ways(moves: _Moves, goal: Collection[str], over: Collection[str]) -> dict[str, Number | None]:
    """Times and chances from each stage; stages that were only seen at the end lead nowhere."""
    stops = [k for k, name in enumerate(moves.names) if name in {*goal, *over}]
    found = absorption(moves.matrix(still=False), stops)
    unknown = {k for k in found.transient if moves.rows[k] == 0}
    parts: dict[str, Number | None] = {}
    for place, steps, chances in zip(found.transient, found.steps, found.chances, strict=True):
        name = moves.names[place]
        dark = bool(unknown & moves.reachable(place))
        if dark:
            parts[f"{_DARK}{name}"] = len(unknown & moves.reachable(place))
        parts[f"from:{name}"] = None if dark else steps
        for end, chance in zip(found.absorbing, chances, strict=True):
            parts[f"{name}>{moves.names[end]}"] = None if dark else chance
        reached = sum(
            chance
            for end, chance in zip(found.absorbing, chances, strict=True)
            if moves.names[end] in goal
        )
        parts[f"reaches:{name}"] = None if dark else reached
    return parts


__all__ = [
    "expected_time_to_stage",
    "mobility_index",
    "stage_transition_matrix",
    "transitions",
]
