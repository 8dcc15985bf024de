"""A problem in data, and the report that holds all of them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Self

from attrs import field, frozen

from citess.errors._texts import CATALOGUE, ISSUES
from citess.errors._words import said
from citess.i18n import Term

ISSUE_CODES: Final = tuple(ISSUES)
"""Every code an issue can have; a code keeps its meaning for ever."""

_LONGEST_GIVEN: Final = 80


class Severity(Term):
    """How much a problem matters."""

    ERROR = "error", "error"
    WARNING = "warning", "warning"
    NOTE = "note", "note"


def suggest(given: str, known: Iterable[str]) -> str | None:
    """Nearest known word to a misspelt one, or ``None`` when none is near.

    Examples
    --------
    >>> suggest("mahdi", ["mahdia", "tunis"])
    'mahdia'
    """
    import difflib  # noqa: PLC0415  (needed when something is wrong only)

    words = list(known)
    near = difflib.get_close_matches(given[:_LONGEST_GIVEN], words, n=1, cutoff=0.6)
    if near:
        return near[0]
    return next((word for word in words if word.casefold() == given.casefold()), None)


def _shown(given: object) -> str:
    text = ascii(given) if isinstance(given, str) and not given.isprintable() else repr(given)
    return text if len(text) <= _LONGEST_GIVEN else f"{text[: _LONGEST_GIVEN - 3]}..."


def _sorted_items(details: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((key, str(value)) for key, value in details.items()))


@frozen
class Issue:
    """One problem in data: where, what was given, what would be right.

    Examples
    --------
    >>> issue = Issue.of("bad-date", "hubs[mahdia].period.start", "2017-13")
    >>> print(issue)
    hubs[mahdia].period.start: '2017-13' is not a date; expected YYYY, YYYY-MM or \
YYYY-MM-DD [bad-date]
    """

    code: str
    """Stable code, one of :data:`ISSUE_CODES`."""

    path: str
    """Where: ``enterprises[c1].hub``; empty for the document as a whole."""

    given: str
    """What was given, as Python would write it, shortened to 80 characters."""

    suggestion: str | None = None
    """What was perhaps meant."""

    severity: Severity = Severity.ERROR
    """An error makes the data unfit, a warning is doubtful, a note tells what was assumed."""

    details: tuple[tuple[str, str], ...] = field(default=())
    """Facts that the text of the code names, sorted by name."""

    @classmethod
    def of(
        cls,
        code: str,
        path: str,
        given: object,
        *,
        suggestion: str | None = None,
        severity: Severity = Severity.ERROR,
        **details: object,
    ) -> Self:
        """Make an issue from the value given."""
        return cls(code, path, _shown(given), suggestion, severity, _sorted_items(details))

    @property
    def expected(self) -> str:
        """What would be right, in English."""
        return self._part("expected", "en")

    def at(self, path: str) -> "Issue":
        """Return the same problem with its place put below another path."""
        joined = f"{path}{self.path}" if self.path.startswith("[") else f"{path}.{self.path}"
        place = joined if path and self.path else path or self.path
        return Issue(self.code, place, self.given, self.suggestion, self.severity, self.details)

    def _part(self, part: str, language: str) -> str:
        text = CATALOGUE.text(f"issue.{self.code}.{part}", language)
        if not self.details:
            return text
        return text.format(**{name: said(name, value, language) for name, value in self.details})

    def text(self, language: str = "en") -> str:
        """Problem in a sentence: place, what was given, what was expected, suggestion, code."""
        sentence = CATALOGUE.text("phrase.given", language).format(
            path=self.path or CATALOGUE.text("phrase.document", language),
            given=self.given,
            problem=self._part("problem", language),
            expected=self._part("expected", language),
        )
        if self.suggestion is not None:
            phrase = CATALOGUE.text("phrase.suggestion", language)
            sentence += phrase.format(suggestion=self.suggestion)
        return f"{sentence} [{self.code}]"

    def to_dict(self, language: str = "en") -> dict[str, str | None]:
        """Give the issue as plain data for JSON."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "path": self.path,
            "given": self.given,
            "expected": self._part("expected", language),
            "suggestion": self.suggestion,
            "message": self.text(language),
        }

    def __str__(self) -> str:
        return self.text()


@frozen
class Report:
    """Every issue found in one look at data, in order of place.

    Examples
    --------
    >>> report = Report((Issue.of("bad-id", "hubs[0].id", "Mahdia", suggestion="mahdia"),))
    >>> report.ok, len(report)
    (False, 1)
    """

    issues: tuple[Issue, ...] = ()
    """All issues."""

    @property
    def errors(self) -> tuple[Issue, ...]:
        """Issues that make the data unfit."""
        return tuple(issue for issue in self.issues if issue.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Issue, ...]:
        """Issues that are allowed but doubtful."""
        return tuple(issue for issue in self.issues if issue.severity is Severity.WARNING)

    @property
    def ok(self) -> bool:
        """Whether there is no error."""
        return not self.errors

    def text(self, language: str = "en") -> str:
        """Every issue on a line of its own, under their count."""
        n = len(self.issues)
        head = (
            CATALOGUE.count("count", n, language) if n else CATALOGUE.text("count.none", language)
        )
        return "\n".join((head, *(issue.text(language) for issue in self.issues)))

    def __iter__(self) -> Iterator[Issue]:
        return iter(self.issues)

    def __len__(self) -> int:
        return len(self.issues)

    def __str__(self) -> str:
        return self.text()
