"""Metric of jobs claimed twice, and how to share them so that each counts once."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from math import isfinite
from typing import Final

from citess.metrics._asked import Asked, option
from citess.metrics._counted import SUM
from citess.metrics._derived import Derived
from citess.metrics._facts import Fact, Facts, Number
from citess.metrics._job_counts import as_number, checked_measure, days_counted
from citess.metrics._measure import Outcome, Undefined
from citess.metrics._registry import Better, metric
from citess.metrics._words import word
from citess.metrics.tables._histories import History, known_histories
from citess.metrics.tables.jobs import SupportedJobs
from citess.model import Dataset, JobsKind, PartialDate, Role
from citess.model.ids import ProgrammeId

CLAIMANTS: Final = ("hub", "programme", "funder")
WEIGHTS: Final = ("equal", "sessions")
_NO_ID: Final = "no-id"


def supported_rows(data: Dataset, asked: Asked) -> Iterator[SupportedJobs]:
    """Rows of enterprises with the jobs counted last and who supports them."""
    claimant = option(asked, "claimant", "hub")
    weights = option(asked, "weights", "equal")
    measure = checked_measure(option(asked, "measure", "heads"))
    kind = JobsKind(option(asked, "kind", "created"))
    for name, allowed in ((claimant, CLAIMANTS), (weights, WEIGHTS)):
        if name not in allowed:
            msg = f"{name!r} is none of {', '.join(allowed)}"
            raise ValueError(msg)
    support = _Support(data, claimant, weights)
    for history in known_histories(data):
        counted = [
            (when, sum(day.split(()).values()))
            for when, day in days_counted(history, kind, measure)
            if asked.period is None or asked.period.holds(when) is not False
        ]
        for when, jobs in counted[-1:]:
            yield SupportedJobs(
                history=history,
                on=PartialDate.of(when),
                jobs=jobs,
                supporters=_claim(support.of(history)),
                sources=history.sources,
            )


class _Support:
    """Who supports an enterprise, and how much."""

    def __init__(self, data: Dataset, claimant: str, weights: str) -> None:
        self.data = data
        self.claimant = claimant
        self.sessions = Counter(
            case for session in data.support_sessions.values() for case in session.cases
        )
        self.weights = weights

    def of(self, history: History) -> dict[str, Number]:
        """Claimants of the jobs of an enterprise with their weights."""
        if self.claimant == "hub":
            return self._weighted(history, dict.fromkeys(history.hubs, ()), "hub")
        programmes = {*history.programmes}
        programmes |= {one.programme for one in history.counts if one.programme is not None}
        if self.claimant == "programme":
            return self._weighted(history, dict.fromkeys(programmes, ()), "programme")
        funders = {
            member.party
            for programme in programmes
            for member in self.data.programmes[ProgrammeId(programme)].members
            if member.role is Role.FUNDER
        }
        return dict.fromkeys(sorted(funders), 1)

    def _weighted(
        self, history: History, known: Mapping[str, object], attribute: str
    ) -> dict[str, Number]:
        if self.weights == "equal":
            return dict.fromkeys(sorted(known), 1)
        found: dict[str, Number] = dict.fromkeys(sorted(known), 0)
        for case in history.cases:
            whose = getattr(case, attribute)
            if whose is not None:
                found[whose] += self.sessions[case.id]
        return found if any(found.values()) else dict.fromkeys(sorted(known), 1)


def _claim(links: Mapping[str, Number]) -> str:
    """Claimants in one word, with the weight of each where they differ."""
    equal = len({*links.values()}) == 1
    return "+".join(who if equal else f"{who}={word(links[who])}" for who in sorted(links))


def claims(
    enterprises: Iterable[tuple[Number, Collection[str] | Mapping[str, Number]]] = (),
    *,
    without_ids: Mapping[str, Number] | None = None,
) -> Facts:
    """Facts of jobs claimed: the jobs of each enterprise, with who supports it.

    Supporters may be weighted by the intensity of their support, as ``{"a": 3, "b": 1}``.
    ``without_ids`` are totals of claimants that do not say in which enterprises the jobs are.

    Raises
    ------
    ValueError
        When a number is negative or not finite, or all weights of an enterprise are zero.

    Examples
    --------
    >>> claims([(10, {"h1", "h2"}), (6, {"h1"})])
    Facts({('h1+h2',): 10, ('h1',): 6})
    """
    found: dict[Fact, Number] = defaultdict(int)
    for jobs, supporters in enterprises:
        links: dict[str, Number] = dict.fromkeys(supporters, 1)
        if isinstance(supporters, Mapping):
            links |= supporters
        if links and not any(links.values()):
            msg = f"some supporter has a weight above zero, not {links!r}"
            raise ValueError(msg)
        for number in (jobs, *links.values()):
            _check(number)
        found[_claim(links),] += jobs
    for who, jobs in (without_ids or {}).items():
        _check(jobs)
        found[_NO_ID, who] += jobs
    return Facts(found)


def _check(number: Number) -> None:
    if not (isfinite(number) and number >= 0):
        msg = f"jobs and weights are numbers of zero or more, not {number!r}"
        raise ValueError(msg)


@metric(
    "E06",
    reads=Derived(
        table="supported_jobs",
        of=("supporters",),
        sums=("jobs",),
        derive=supported_rows,
        shaped=("claimant", "weights", "kind", "measure"),
    ),
    question="How many jobs are claimed twice?",
    limits="It shares the jobs, not the merit: who helped more is only known where support is "
    "weighted.",
    unit="factor",
    bounds=(1, None),
    better=Better.LOWER,
    formula=r"\frac{\sum_h \text{claims}_h}{\text{different jobs}}",
    missing="jobs claimed without the enterprise that they are in give bounds only, never a sum",
    small_numbers="none: a ratio of sums",
    aggregation="unite the enterprises, then recompute",
    source="citess; rule against double counting of the common indicators RCO and RCR, "
    "Regulation (EU) 2021/1058",
    at_ends=True,
    level="job",
)
def double_count_adjustment(
    facts: Facts, *, claimant: str = "hub", weights: str = "equal", **_: object
) -> Outcome:
    """Jobs claimed for each job that there is.

    1 where no job is claimed twice. ``parts`` holds the sum of all claims, the different jobs, and
    for each claimant what it claims and its fair share: each job is one, divided among those who
    support its enterprise, equally or by weights, so that the shares add up to the jobs.
    ``claimant`` is ``"hub"``, ``"programme"`` or ``"funder"``; ``weights="sessions"`` divides by
    sessions given. ``kind`` and ``measure`` choose the jobs: those created, in heads. Jobs that
    nobody supports are not claimed. A frame holds the jobs and their claimants as they are: it
    takes none of these options.

    Examples
    --------
    >>> from citess.metrics import claims
    >>> found = double_count_adjustment.compute(claims([(10, {"h1", "h2"}), (6, {"h1"})]))
    >>> found.value, found.parts["claimed"], found.parts["jobs"]
    (1.625, 26, 16)
    >>> found.parts["share:h1"], found.parts["share:h2"]
    (11.0, 5.0)
    >>> found = double_count_adjustment.compute(claims(without_ids={"h1": 16, "h2": 10}))
    >>> found.value, found.reason.value, found.parts["least"], found.parts["most"]
    (None, 'only_bounds', 16, 26)
    """
    method = {"claimant": claimant, "weights": weights}
    unnamed = facts.below(_NO_ID)
    claimed: dict[str, Number] = defaultdict(int)
    shares: dict[str, float] = defaultdict(float)
    jobs: Number = 0
    summed = facts.below(SUM, "jobs")
    given = summed or Facts({fact: n for fact, n in facts.items() if fact[0] != _NO_ID})
    for (supporters,), number in sorted(given.items()):
        links = _weights(supporters)
        whole = sum(links.values())
        jobs += number if links else 0
        for who, weight in links.items():
            claimed[who] += number if weight else 0
            shares[who] += number * weight / whole
    parts: dict[str, Number | None] = {
        "claimed": sum(claimed.values()),
        "jobs": jobs,
        "claimed_twice": sum(claimed.values()) - jobs,
        "unclaimed": given[""],
        **{f"claimed:{who}": claimed[who] for who in sorted(claimed)},
        **{f"share:{who}": shares[who] for who in sorted(shares)},
    }
    if unnamed.total:
        most = max(unnamed.values())
        parts |= {"least": max(jobs, most), "most": jobs + unnamed.total}
        top = parts["claimed"] or 0
        bounds = (1.0, (top + unnamed.total) / max(jobs, most))
        return Outcome(
            reason=Undefined.ONLY_BOUNDS,
            n=jobs,
            missing=unnamed.total,
            bounds=bounds,
            parts=parts,
            method=method,
        )
    if jobs == 0:
        return Outcome(reason=Undefined.ZERO_DENOMINATOR, parts=parts, method=method)
    return Outcome(
        value=sum(claimed.values()) / jobs,
        numerator=sum(claimed.values()),
        denominator=jobs,
        n=jobs,
        parts=parts,
        method=method,
    )


def _weights(supporters: str) -> dict[str, Number]:
    found: dict[str, Number] = {}
    for text in supporters.split("+") if supporters else ():
        who, _, weight = text.partition("=")
        found[who] = as_number(weight) if weight else 1
    return found


__all__ = ["claims", "double_count_adjustment"]
