"""Answers with three values and their reasons."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Generic, NoReturn, TypeVar, cast

from attrs import field, frozen

from citess.i18n import Term, Text
from citess.model import Record
from citess.model.ids import SourceId
from citess.model.slices import Unknown
from citess.questions._texts import CATALOGUE


class Verdict(Term):
    """What an answer comes to; *not known* is not *no*."""

    YES = "yes", "yes"
    NO = "no", "no"
    NOT_KNOWN = "not_known", "not known"


@frozen
class Reason:
    """One rule, and how it speaks: for, against, or not known."""

    rule: str
    """Name of the rule: ``"territory"``, ``"age"``, ``"period"``."""

    verdict: Verdict
    """How it speaks."""

    facts: tuple[tuple[str, object], ...] = field(default=(), repr=False)
    """Facts that the sentence names; of a person they may tell where and at which stage."""

    missing: str | None = None
    """Fact that would settle it, where it is not known."""

    @classmethod
    def of(
        cls, rule: str, verdict: Verdict, missing: str | None = None, /, **facts: object
    ) -> "Reason":
        """Make a reason from facts by name."""
        return cls(rule, verdict, tuple(sorted(facts.items())), missing)

    def text(self, language: str = "en") -> str:
        """Reason in a sentence."""
        facts = {name: said(fact, language) for name, fact in self.facts}
        return CATALOGUE.text(f"{self.rule}.{self.verdict.value}", language, **facts)

    def __str__(self) -> str:
        return self.text()


def said(fact: object, language: str) -> str:
    """Say a fact in a language."""
    if isinstance(fact, Text):
        return fact.get(language)
    if isinstance(fact, Term):
        return fact.label(language)
    if isinstance(fact, tuple):
        items = cast("tuple[object, ...]", fact)
        return CATALOGUE.text("list.comma", language).join(said(item, language) for item in items)
    return str(fact)


def verdict_of(reasons: Iterable[Reason]) -> Verdict:
    """Come to a verdict: *no* when one rule speaks against, *yes* when none is in doubt.

    Examples
    --------
    >>> verdict_of([Reason.of("age", Verdict.YES), Reason.of("sex", Verdict.NOT_KNOWN)])
    <Verdict.NOT_KNOWN: 'not_known'>
    """
    found = {reason.verdict for reason in reasons}
    if Verdict.NO in found:
        return Verdict.NO
    return Verdict.NOT_KNOWN if Verdict.NOT_KNOWN in found else Verdict.YES


@frozen(kw_only=True)
class Answer:
    """What is known about a question on a day, and why."""

    on: date
    """Day of the question."""

    verdict: Verdict
    """Yes, no or not known."""

    reasons: tuple[Reason, ...] = ()
    """Every rule that was looked at."""

    sources: tuple[SourceId, ...] = ()
    """Sources of what was looked at."""

    @property
    def missing(self) -> tuple[str, ...]:
        """Facts that would be needed to know, each once."""
        lacking = (reason.missing for reason in self.reasons if reason.missing is not None)
        return tuple(dict.fromkeys(lacking))

    @property
    def against(self) -> tuple[Reason, ...]:
        """Reasons that speak against."""
        return tuple(reason for reason in self.reasons if reason.verdict is Verdict.NO)

    def explain(self, language: str = "en") -> str:
        """Verdict and reasons in sentences, the decisive ones first."""
        order = (Verdict.NO, Verdict.NOT_KNOWN, Verdict.YES)
        ranked = sorted(self.reasons, key=lambda reason: order.index(reason.verdict))
        verdict = self.verdict.label(language)
        return "\n".join((verdict, *(f"- {reason.text(language)}" for reason in ranked)))

    def __bool__(self) -> NoReturn:
        msg = "an answer has three values: compare its verdict with Verdict.YES, NO or NOT_KNOWN"
        raise TypeError(msg)

    def __str__(self) -> str:
        return self.explain()


A = TypeVar("A", bound=Answer)


@frozen
class Matches(Generic[A]):
    """What fits, what may fit, and what does not, each with its reasons."""

    all: tuple[A, ...] = field(repr=False)
    """Every candidate, the fitting ones first."""

    subject: Record | None = field(default=None, repr=False)
    """Whose question it was, where that is a record."""

    unknown: Unknown = "report"
    """Where candidates stand of which the data do not say whether they fit."""

    @property
    def fit(self) -> tuple[A, ...]:
        """Candidates that fit; with ``unknown="include"``, those that may fit too."""
        return self._with(Verdict.YES, "include")

    @property
    def not_known(self) -> tuple[A, ...]:
        """Candidates of which the data do not say whether they fit, when kept apart."""
        return self._with(None, "report")

    @property
    def others(self) -> tuple[A, ...]:
        """Candidates that do not fit; with ``unknown="exclude"``, those that may fit too."""
        return self._with(Verdict.NO, "exclude")

    @property
    def missing(self) -> tuple[str, ...]:
        """Facts that would settle the doubtful candidates, each once."""
        doubtful = (answer for answer in self.all if answer.verdict is Verdict.NOT_KNOWN)
        return tuple(dict.fromkeys(fact for answer in doubtful for fact in answer.missing))

    def _with(self, verdict: Verdict | None, doubt: Unknown) -> tuple[A, ...]:
        wanted = {verdict, Verdict.NOT_KNOWN if self.unknown == doubt else None}
        return tuple(answer for answer in self.all if answer.verdict in wanted)

    def explain(self, language: str = "en") -> str:
        """Every candidate with its verdict and reasons."""
        if not self.all:
            return CATALOGUE.text("candidates.none", language)
        return "\n\n".join(answer.explain(language) for answer in self.all)

    def __iter__(self) -> Iterator[A]:
        return iter(self.all)

    def __len__(self) -> int:
        return len(self.all)

    def __str__(self) -> str:
        return self.explain()


def ranked(answers: Iterable[A], key: Callable[[A], tuple[object, ...]]) -> tuple[A, ...]:
    """Sort answers: fitting, not known, not fitting; then by a key."""
    order = (Verdict.YES, Verdict.NOT_KNOWN, Verdict.NO)
    return tuple(
        sorted(
            answers,
            key=lambda answer: (order.index(answer.verdict), *cast("tuple[str]", key(answer))),
        )
    )
