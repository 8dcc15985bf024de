"""Metric of services used together more often than by chance."""

from itertools import starmap

from attrs import frozen

from citess.metrics._counted import count
from citess.metrics._facts import Facts, Number
from citess.metrics._measure import Outcome, Undefined
from citess.metrics._quality import FEW_EVENTS, between
from citess.metrics._registry import Better, metric
from citess.metrics.tests_of_chance import benjamini_hochberg, hypergeometric_p


@frozen(kw_only=True)
class Bundle:
    """How often two services are used together, against chance."""

    first: str
    """One kind of service."""

    second: str
    """Another."""

    together: int
    """Cases that used both."""

    expected: float
    """Cases that would have used both if they were used independently."""

    lift: float
    """Cases that used both, over those expected."""

    p: float
    """Chance of at least as many."""

    q: float
    """The same, adjusted for the number of pairs."""


def bundle(clients: int, first: int, second: int, both: int) -> tuple[float, float]:
    """Lift of a pair of services, and the chance of at least as many together.

    Raises
    ------
    ValueError
        When the counts cannot be, or one of the services has no client.

    Examples
    --------
    >>> lift, p = bundle(100, 40, 30, 18)
    >>> round(lift, 2), round(p, 5)
    (1.5, 0.00736)
    """
    if not (0 < first <= clients and 0 < second <= clients):
        msg = f"first ({first}) and second ({second}) are between 1 and clients ({clients})"
        raise ValueError(msg)
    if not max(0, first + second - clients) <= both <= min(first, second):
        msg = f"both ({both}) does not fit first ({first}), second ({second}) of {clients}"
        raise ValueError(msg)
    lift = both * clients / (first * second)
    return lift, hypergeometric_p(both, units=clients, marked=first, drawn=second)


def bundles(facts: Facts) -> tuple[Bundle, ...]:
    """Every pair of services used, the least likely by chance first."""
    clients = _clients(facts)
    used = {fact[1]: round(n) for fact, n in facts.items() if fact[0] == "uses"}
    names = sorted(used)
    pairs = [(a, b) for place, a in enumerate(names) for b in names[place + 1 :]]
    together = [round(_both(facts, a, b)) for a, b in pairs]
    found = list(
        starmap(
            bundle,
            ((clients, used[a], used[b], n) for (a, b), n in zip(pairs, together, strict=True)),
        )
    )
    adjusted = benjamini_hochberg([p for _, p in found])
    rows = zip(pairs, together, found, adjusted, strict=True)
    made = (
        Bundle(
            first=a,
            second=b,
            together=n,
            expected=used[a] * used[b] / clients,
            lift=lift,
            p=p,
            q=q,
        )
        for (a, b), n, (lift, p), q in rows
    )
    return tuple(sorted(made, key=lambda one: (one.p, one.first, one.second)))


def _clients(facts: Facts) -> int:
    return round(facts.below("clients").total)


def _both(facts: Facts, first: str, second: str) -> Number:
    words = ("both", first, second)
    return facts[words] if words in facts else facts["both", second, first]


@metric(
    "S10",
    reads=count("uses", of=("what", "first", "second")),
    question="Which services are used together more than by chance?",
    limits="Used together is not useful together: clients, advisers or calendars may pair them.",
    unit="lift",
    bounds=(0, None),
    better=Better.CONTEXT,
    formula=r"\frac{P(A \cap B)}{P(A)\,P(B)}",
    missing="cases without a recorded session are left out",
    small_numbers="exact hypergeometric test; below 10 cases together flagged",
    aggregation="recompute on the union of cases; not additive",
    source="Agrawal, Imielinski and Swami 1993, doi:10.1145/170035.170072; Tumminello et al. 2011, "
    "doi:10.1371/journal.pone.0017994; Benjamini and Hochberg 1995",
    at_ends=True,
    level="case",
)
def bundle_lift(
    facts: Facts, *, pair: tuple[str, str] | None = None, alpha: float = 0.05, **_: object
) -> Outcome:
    """Lift of services used together.

    Cases that used both services of a pair, over those expected if they were used independently.
    Option ``pair``: two kinds of service; without it, the pair least likely by chance.
    ``parts["p"]`` is the exact chance of at least as many together, ``parts["q"]`` the same after
    Benjamini and Hochberg over every pair used, which ``method["pairs"]`` lists.

    Raises
    ------
    ValueError
        When the pair is not two different kinds, or alpha is not between 0 and 1.

    Examples
    --------
    >>> from citess.metrics import bundle_lift
    >>> facts = {("clients",): 100, ("uses", "a"): 40, ("uses", "b"): 30, ("both", "a", "b"): 18}
    >>> found = bundle_lift.compute(facts)
    >>> found.value, round(found.parts["p"], 5), found.method["pair"]
    (1.5, 0.00736, ['a', 'b'])
    """
    if pair is not None and len(set(pair)) != 2:  # noqa: PLR2004  (a pair)
        msg = f"pair is two different kinds of service, not {pair!r}"
        raise ValueError(msg)
    between("alpha", alpha, 0, 1)
    every = bundles(facts)
    clients = _clients(facts)
    wanted = [one for one in every if pair is None or {one.first, one.second} == set(pair)]
    if not wanted:
        reason = Undefined.TOO_FEW if clients and pair is None else Undefined.ZERO_DENOMINATOR
        return Outcome(reason=reason, n=clients)
    best = wanted[0]
    validated = sum(one.q <= alpha and one.lift > 1 for one in every)
    few = best.together < FEW_EVENTS
    return Outcome(
        value=best.lift,
        numerator=best.together,
        denominator=best.expected,
        n=clients,
        parts={"p": best.p, "q": best.q, "pairs_tested": len(every), "pairs_validated": validated},
        method={
            "pair": [best.first, best.second],
            "test": "hypergeometric, Benjamini-Hochberg",
            "alpha": alpha,
            "pairs": [
                [one.first, one.second, one.together, one.lift, one.p, one.q] for one in every
            ],
        },
        warnings=(
            *(("few-events",) if few else ()),
            *(("cannot-validate",) if not validated else ()),
        ),
    )


__all__ = ["Bundle", "bundle", "bundle_lift", "bundles"]
