"""What the law of a country is on a day, and what is still missing to apply it."""

from datetime import date

from attrs import frozen

from citess.model import (
    Bound,
    Dataset,
    DateLike,
    ImplementingText,
    LegalFramework,
    LegalStatus,
    Period,
    TextStatus,
    as_date,
    days_between,
)
from citess.model.ids import TerritoryId
from citess.questions._answer import Answer, Reason, Verdict
from citess.questions._given import check_given
from citess.questions._rules import verdict as verdict_of_truth

_IN_FORCE = frozenset({LegalStatus.FRAMEWORK_LAW, LegalStatus.THIRD_SECTOR_LAW})
_ORDER = (
    LegalStatus.FRAMEWORK_LAW,
    LegalStatus.FRAMEWORK_NOT_APPLIED,
    LegalStatus.THIRD_SECTOR_LAW,
    LegalStatus.DRAFT,
    LegalStatus.STRATEGY,
    LegalStatus.COOPERATIVE_LAW,
    LegalStatus.PARALLEL_REGIME,
    LegalStatus.NONE,
)


@frozen(kw_only=True)
class LegalAnswer(Answer):
    """Whether a country has a framework law that is applied, and what is missing."""

    law: LegalFramework | None = None
    """Law that counts most that day."""

    others: tuple[LegalFramework, ...] = ()
    """Other texts of the country, beside it."""

    issued: tuple[ImplementingText, ...] = ()
    """Implementing texts issued by that day."""

    outstanding: tuple[ImplementingText, ...] = ()
    """Implementing texts not known to be issued by that day."""

    days_since: int | None = None
    """Days since the law was adopted; ``None`` when the day is not known exactly."""


def legal_status(data: Dataset, country: str, *, on: DateLike) -> LegalAnswer:
    """Tell which law on the SSE a country has on a day, its texts issued and outstanding.

    The verdict is *yes* for a law in force, *no* for one that is not applied or not there, and *not
    known* after the last report, or where no report of its absence has a date. Silence is never
    taken for a decree, nor for its absence.

    Parameters
    ----------
    data
        Dataset with the law.
    country
        Id of a territory.
    on
        Day of the question.

    Raises
    ------
    UnknownIdError
        When there is no such territory.

    Examples
    --------
    >>> import citess
    >>> answer = legal_status(citess.datasets.tunisia(), "tn", on="2024-05-01")
    >>> answer.days_since, len(answer.issued), answer.law.id
    (1401, 0, 'tn-2020-30')
    """
    check_given("data", data, Dataset)
    day = as_date(on)
    place = data.territories[TerritoryId(country)]
    there = [law for law in data.legal_frameworks.values() if law.country == place.id]
    laws = sorted(filter(_was_there(day), there), key=lambda law: _ORDER.index(law.status))
    if not laws:
        silence = Reason.of(
            "framework-silence", Verdict.NOT_KNOWN, "legal_frameworks", country=place.name, on=day
        )
        return LegalAnswer(on=day, verdict=Verdict.NOT_KNOWN, reasons=(silence,))
    law, *others = laws
    texts = [text for text in data.implementing_texts.values() if text.framework == law.id]
    issued = tuple(text for text in texts if text.status(day) is TextStatus.ISSUED)
    reason = _framework(law, day)
    cited = (*law.sources, *(source for text in texts for source in text.sources))
    exact = law.adopted is not None and law.adopted.precision == "day"
    return LegalAnswer(
        on=day,
        verdict=reason.verdict,
        reasons=(reason, *(_text(text, day) for text in texts)),
        sources=tuple(dict.fromkeys(cited)),
        law=law,
        others=tuple(others),
        issued=issued,
        outstanding=tuple(text for text in texts if text not in issued),
        days_since=days_between(law.adopted.earliest, day) if law.adopted and exact else None,
    )


class _was_there:  # noqa: N801  (reads as a predicate)
    def __init__(self, day: date) -> None:
        self.day = day

    def __call__(self, law: LegalFramework) -> bool:
        begun = law.adopted is None or law.adopted.earliest <= self.day
        return begun and (law.replaced is None or law.replaced.latest > self.day)


def _framework(law: LegalFramework, day: date) -> Reason:
    name = law.instrument or law.status
    held = _in_force(law, day)
    if law.status in _IN_FORCE and not held:
        missing = "in_force" if held is None else None
        since = law.in_force or law.adopted
        return Reason.of("in-force", verdict_of_truth(held), missing, law=name, since=since, on=day)
    facts = {"law": name, "status": law.status, "since": law.as_of, "adopted": law.adopted or "?"}
    if law.status in _IN_FORCE:
        return Reason.of("framework", Verdict.YES, **facts)
    if law.as_of is None:
        return Reason.of("framework-undated", Verdict.NOT_KNOWN, "as_of", **facts)
    if law.as_of.latest < day:
        return Reason.of("framework", Verdict.NOT_KNOWN, "status", **facts)
    return Reason.of("framework", Verdict.NO, **facts)


def _in_force(law: LegalFramework, day: date) -> bool | None:
    start, end = law.in_force or law.adopted, law.replaced
    if start is None:
        return True
    return Period(start=Bound(str(start)), end=Bound(str(end or "open"))).holds(day)


def _text(text: ImplementingText, day: date) -> Reason:
    status = text.status(day)
    if status is TextStatus.ISSUED:
        return Reason.of("text", Verdict.YES, text=text.subject)
    reported = [entry for entry in text.history if entry.since.latest <= day]
    if not reported:
        return Reason.of("text-silence", Verdict.NOT_KNOWN, "history", text=text.subject)
    since = reported[-1].since
    later = [entry for entry in text.history if entry.since.latest > day]
    not_yet = text.issued is not None and day < text.issued.earliest
    denied = later and later[0].status is not TextStatus.ISSUED
    known = not_yet or since.latest == day or denied
    missing = None if known else "history"
    verdict = Verdict.NO if known else Verdict.NOT_KNOWN
    return Reason.of("text", verdict, missing, text=text.subject, since=since)
