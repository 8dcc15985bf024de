"""Metrics of who the partners are: balance and effective number of sectors."""

from collections import Counter
from collections.abc import Collection, Mapping
from math import exp, log
from typing import Final, cast

from citess.metrics._counted import count
from citess.metrics._facts import NOT_KNOWN, Facts, Number
from citess.metrics._measure import Outcome, Undefined
from citess.metrics._registry import Better, metric
from citess.metrics._resampling import redrawn
from citess.model import Sector

_SMALL: Final = 5


def _known(facts: Facts, sectors: Collection[str]) -> tuple[dict[str, Number], Number, Number]:
    counts = Counter({fact[0]: n for fact, n in facts.items()})
    missing = counts.pop(NOT_KNOWN, 0)
    outside = sum(n for sector, n in counts.items() if sector not in sectors)
    return {s: counts[s] for s in sectors if counts[s]}, missing, outside


def _sectors(given: object) -> tuple[str, ...]:
    """Sectors of the scheme: those of citess, some of them, or a scheme of other words."""
    several = cast("Collection[str]", (given,) if isinstance(given, str) else given)
    chosen = tuple(map(str, Sector if given is None else several))
    known = {str(sector) for sector in Sector}
    odd = sorted({*chosen} - known)
    if odd and len(odd) < len(chosen):
        msg = f"a scheme has sectors of citess or words of its own, not both: {', '.join(odd)}"
        raise ValueError(msg)
    return chosen


@metric(
    "G01",
    reads=count("partners", of="sector"),
    question="Are public, private and SSE partners in balance?",
    limits="Balance counts organisations, not their weight in decisions or money.",
    unit="index",
    bounds=(0, 1),
    better=Better.HIGHER,
    formula=r"1 - \sum_s p_s^2,\quad \frac{1 - \sum_s p_s^2}{1 - 1/k},\quad"
    r" 1 - \frac{\sum_s n_s (n_s - 1)}{N (N - 1)}",
    missing="partners of unknown sector leave the shares and are counted as missing",
    small_numbers="below 5 partners the unbiased form is the value; below 2 undefined",
    aggregation="pool the counts, then recompute",
    source="Blau 1977; Simpson 1949, doi:10.1038/163688a0",
)
def sector_balance(
    facts: Facts,
    *,
    sectors: object = None,
    bootstrap: bool = False,
    seed: int | None = None,
    **_: object,
) -> Outcome:
    """Sector balance of the partners.

    Blau index of the sectors of partners; ``parts`` holds it raw (``blau``), over its greatest
    value (``normalised``) and without bias (``unbiased``). Option ``sectors``: the scheme of
    sectors, whose size is ``method["k"]``; partners outside it are not applicable. By hand, a
    scheme may have words of its own. ``bootstrap=True`` gives an interval by drawing partners anew.

    Raises
    ------
    ValueError
        When a scheme mixes sectors of citess with other words.

    Examples
    --------
    >>> from citess.metrics.partners import sector_balance
    >>> facts = {("public",): 5, ("private",): 3, ("sse",): 2}
    >>> found = sector_balance.compute(facts, sectors=("public", "private", "sse"))
    >>> [round(number, 4) for number in found.parts.values()]
    [0.62, 0.93, 0.6889]
    """
    scheme = _sectors(sectors)
    counts, missing, outside = _known(facts, scheme)
    n = sum(counts.values())
    if n == 0:
        reason = Undefined.NOT_KNOWN if missing else Undefined.ZERO_DENOMINATOR
        return Outcome(reason=reason, missing=missing, not_applicable=outside)
    if n == 1 or len(scheme) == 1:
        reason = Undefined.TOO_FEW
        return Outcome(reason=reason, n=n, missing=missing, not_applicable=outside)
    blau, unbiased = _blau(counts), _unbiased(counts)
    small = n < _SMALL
    warnings = ("unbiased",) if small else ()
    return Outcome(
        value=unbiased if small else blau,
        n=n,
        interval=redrawn(counts, _unbiased if small else _blau, seed) if bootstrap else None,
        parts={"blau": blau, "normalised": blau / (1 - 1 / len(scheme)), "unbiased": unbiased},
        method={"k": len(scheme), "form": "unbiased" if small else "blau"},
        warnings=(*warnings, *_doubts(n, missing)),
        missing=missing,
        not_applicable=outside,
    )


Counts = Mapping[str, Number]


def _blau(counts: Counts) -> float:
    n = sum(counts.values())
    return 1 - sum((count / n) ** 2 for count in counts.values())


def _unbiased(counts: Counts) -> float:
    n = sum(counts.values())
    return 1 - sum(count * (count - 1) for count in counts.values()) / (n * (n - 1))


def _doubts(n: Number, missing: Number) -> tuple[str, ...]:
    return ("missing",) if missing * 10 > n + missing else ()


@metric(
    "G02",
    reads=count("partners", of="sector"),
    question="How many sectors do the partners effectively come from?",
    limits="Effective numbers depend on how many partners are recorded.",
    unit="effective-number",
    bounds=(1, None),
    better=Better.HIGHER,
    formula=r"{}^qD = \Big(\sum_s p_s^q\Big)^{1/(1-q)},\quad {}^1D = e^{H},\quad J = H / \ln S",
    missing="partners of unknown sector leave the shares and are counted as missing",
    small_numbers="with one sector present, evenness is undefined",
    aggregation="pool the counts, then recompute",
    source="Hill 1973, doi:10.2307/1934352; Jost 2006",
)
def hill_numbers(
    facts: Facts,
    *,
    sectors: object = None,
    bootstrap: bool = False,
    seed: int | None = None,
    **_: object,
) -> Outcome:
    """Effective number of sectors.

    Hill number of order 1 (the exponential of Shannon's entropy); ``parts`` holds orders 0, 1 and 2
    and Pielou's evenness ``j``, which is ``None`` when one sector alone is present. Option
    ``sectors``, ``bootstrap`` and ``seed`` as for the balance.

    Raises
    ------
    ValueError
        When a scheme mixes sectors of citess with other words.

    Examples
    --------
    >>> from citess.metrics.partners import hill_numbers
    >>> found = hill_numbers.compute({("public",): 5, ("private",): 3, ("sse",): 2})
    >>> [round(number, 4) for number in found.parts.values()]
    [3, 2.8001, 2.6316, 0.9372]
    """
    counts, missing, outside = _known(facts, _sectors(sectors))
    n = sum(counts.values())
    if n == 0:
        reason = Undefined.NOT_KNOWN if missing else Undefined.ZERO_DENOMINATOR
        return Outcome(reason=reason, missing=missing, not_applicable=outside)
    effective, present = _effective(counts), len(counts)
    return Outcome(
        value=effective,
        n=n,
        missing=missing,
        not_applicable=outside,
        interval=redrawn(counts, _effective, seed) if bootstrap else None,
        parts={
            "q0": present,
            "q1": effective,
            "q2": 1 / sum((count / n) ** 2 for count in counts.values()),
            "j": _entropy(counts) / log(present) if present > 1 else None,
        },
        warnings=_doubts(n, missing),
    )


def _entropy(counts: Counts) -> float:
    n = sum(counts.values())
    return -sum(count / n * log(count / n) for count in counts.values())


def _effective(counts: Counts) -> float:
    return exp(_entropy(counts))


__all__ = ["hill_numbers", "sector_balance"]
