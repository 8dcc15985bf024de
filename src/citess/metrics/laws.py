"""Metrics of the law, and of how far it is applied."""

from typing import TYPE_CHECKING, Final

from attrs import evolve

from citess.metrics._asked import Asked
from citess.metrics._count import Counting, reader, records_only
from citess.metrics._facts import Fact, Facts
from citess.metrics._measure import Outcome, Undefined
from citess.metrics._registry import Better, metric
from citess.metrics._tally import Tally
from citess.model import Dataset, LegalFramework, LegalStatus, TextStatus, days_between
from citess.model.time import PartialDate

if TYPE_CHECKING:
    import networkx as nx

_STAGES: Final = {
    LegalStatus.NONE: 0,
    LegalStatus.COOPERATIVE_LAW: 0,
    LegalStatus.PARALLEL_REGIME: 0,
    LegalStatus.STRATEGY: 1,
    LegalStatus.DRAFT: 1,
}
ADOPTED, SOME_TEXTS, ALL_TEXTS, WITH_BUDGET = 2, 3, 4, 5


@reader(dimensions=("country",), tense="stock", options=("country",))
def texts(data: "Dataset | nx.Graph[str]", asked: Asked, /) -> Tally:
    """Count implementing texts issued, not issued and not known, and the age of each law.

    The day is ``on``; without it, the latest day at which a source reports on the law.
    """
    data = records_only(data)
    if asked.period is not None:
        msg = "the state of the law holds on a day: give on=, not period="
        raise ValueError(msg)
    country = asked.options.get("country")
    day = asked.on or latest_evidence(data)
    counting = Counting("texts", evolve(asked, on=day))
    laws = [law for law in data.legal_frameworks.values() if country in {None, law.country}]
    for law in laws:
        if day is not None and _in_force(law, day):
            counting.includes(law)
            where = (law.country,)
            counting.declare(("law", law.id, str(law.status), _age(law, day)), country=where)
            if law.budget_line:
                counting.declare(("budget", law.id), country=where)
            for text in data.implementing_texts.values():
                if text.framework == law.id:
                    counting.includes(text)
                    status = text.status(day)
                    counting.add(
                        ("text", law.id, "" if status is None else str(status)), country=where
                    )
    return counting.tally()


def latest_evidence(data: Dataset) -> str | None:
    """Latest day at which a source reports on the law, or ``None`` when none does."""
    dates: list[PartialDate] = []
    for law in data.legal_frameworks.values():
        dates += [date for date in (law.as_of,) if date is not None]
    for text in data.implementing_texts.values():
        dates += [entry.since for entry in text.history]
        dates += [date for date in (text.issued,) if date is not None]
    return max((date.latest.isoformat() for date in dates), default=None)


def _in_force(law: LegalFramework, day: str) -> bool:
    begun = law.adopted is None or not PartialDate(day).before(law.adopted)
    return begun and not (law.replaced is not None and law.replaced.before(day))


def _age(law: LegalFramework, day: str) -> str:
    if law.adopted is None or law.adopted.precision != "day":
        return ""
    return str(days_between(law.adopted.earliest, day))


@metric(
    "L10",
    reads=texts,
    question="Is the law applied?",
    limits="It counts texts, not their quality; unknown is not the same as not issued.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.HIGHER,
    formula=r"\frac{\text{issued}}{\text{required}},\quad \text{stage } 0 \ldots 5",
    missing="texts of unknown status leave the share and widen the bounds",
    small_numbers="census: no interval",
    aggregation="sum numerators and denominators, then divide",
    source="citess",
    poolable=True,
)
def legal_pipeline(facts: Facts, **_: object) -> Outcome:
    """Legal pipeline.

    Share of the implementing texts that a law calls for which are issued, by the latest report up
    to the day. ``parts`` holds the furthest ``stage`` of any law (0 none, 1 draft or strategy, 2
    law adopted, 3 some texts issued, 4 all, 5 all with a budget) and the ``days`` since the oldest
    law with texts. Option ``country``: id of one country.

    Examples
    --------
    >>> from citess.metrics.laws import legal_pipeline
    >>> facts = {("law", "tn", "framework_not_applied", "1431"): 1, ("text", "tn", "expected"): 4}
    >>> found = legal_pipeline.compute(facts)
    >>> found.value, found.parts["stage"], found.parts["days"]
    (0.0, 2, 1431)
    """
    by_law = {fact[1]: fact for fact in facts if fact[0] == "law"}
    counted = [(fact, times) for fact, times in facts.items() if fact[0] == "text"]
    issued = sum(times for fact, times in counted if fact[2] == str(TextStatus.ISSUED))
    missing = sum(times for fact, times in counted if fact[2] == "")
    required = sum(times for _, times in counted)
    with_texts = {fact[1] for fact, _ in counted}
    ages = [int(law[3]) for id_, law in by_law.items() if law[3] and id_ in with_texts]
    parts: dict[str, float | int | None] = {
        "stage": max((_stage(law, facts) for law in by_law.values()), default=None),
        "days": max(ages, default=None),
    }
    known = required - missing
    if known == 0:
        reason = Undefined.NOT_KNOWN if missing or by_law else Undefined.ZERO_DENOMINATOR
        return Outcome(reason=reason, missing=missing, parts=parts)
    return Outcome(
        value=issued / known,
        numerator=issued,
        denominator=known,
        n=known,
        missing=missing,
        bounds=(issued / required, (issued + missing) / required),
        parts=parts,
    )


def _stage(law: Fact, facts: Facts) -> int:
    status = LegalStatus(law[2])
    if status in _STAGES:
        return _STAGES[status]
    states = {fact[2] for fact in facts if fact[0] == "text" and fact[1] == law[1]}
    if str(TextStatus.ISSUED) not in states:
        return ADOPTED
    if len(states) > 1:
        return SOME_TEXTS
    return WITH_BUDGET if ("budget", law[1]) in facts else ALL_TEXTS


__all__ = ["legal_pipeline"]
