"""What could not travel: the report of a document written, and that of a document read."""

from collections import Counter
from collections.abc import Iterable
from typing import Final, Self

from attrs import frozen

from citess.errors import Issue, LossError, Report, Severity

LOSS_SCHEMA: Final = "citess.loss/1"
IMPORT_SCHEMA: Final = "citess.import/1"
_NOTHING: Final = Report()


@frozen
class LossReport:
    """What a dataset holds and a format has no place for, path by path, counted.

    Paths name fields of classes, as ``hubs[].phases``; the number is how many records hold the
    field. An empty report says that the document holds everything.

    Examples
    --------
    >>> losses = Losses("geojson")
    >>> for _ in range(3):
    ...     losses.lost("hubs[].phases")
    >>> report = losses.report()
    >>> report.ok, report.lost
    (False, {'hubs[].phases': 3})
    """

    format: str
    """Name of the format written, as ``citess convert --to`` has it."""

    issues: Report = _NOTHING
    """Every loss, every field withheld, and whatever the standard requires and the data lack."""

    @property
    def ok(self) -> bool:
        """Whether everything travelled."""
        return not self.issues

    @property
    def lost(self) -> dict[str, int]:
        """How many values had no home, or were withheld, by path."""
        counts: dict[str, int] = {}
        for issue in self.issues:
            count = dict(issue.details).get("count")
            if count is not None:
                counts[issue.path] = counts.get(issue.path, 0) + int(count)
        return counts

    def require(self) -> None:
        """Refuse any loss.

        Raises
        ------
        LossError
            When something did not travel.
        """
        if not self.ok:
            raise LossError(self.issues)

    def text(self, language: str = "en") -> str:
        """Every loss on a line of its own."""
        return self.issues.text(language)

    def to_dict(self, language: str = "en") -> dict[str, object]:
        """Give the report as plain data for JSON, in a versioned shape."""
        return {
            "schema": LOSS_SCHEMA,
            "format": self.format,
            "lost": self.lost,
            "issues": [issue.to_dict(language) for issue in self.issues],
        }


class Losses:
    """A loss report in the making: losses are counted by path and reported once each."""

    def __init__(self, format: str) -> None:  # noqa: A002  (the word of the field)
        self.format = format
        self._counts: Counter[tuple[str, str, str]] = Counter()
        self._others: list[Issue] = []

    def lost(self, path: str, times: int = 1) -> None:
        """Count values that have no home in the format."""
        self._counts["no-home", path, ""] += times

    def withheld(self, path: str, times: int = 1) -> None:
        """Count values about persons, notes and unknown fields: only the native format has them."""
        self._counts["withheld", path, ""] += times

    def changed(self, path: str, kept: str, times: int = 1) -> None:
        """Count values written in a coarser form; ``kept`` says what of them was kept."""
        self._counts["changed-form", path, kept] += times

    def add(self, issue: Issue) -> None:
        """Note whatever else did not travel."""
        self._others.append(issue)

    def lacks(self, path: str, field: str, times: int | None = None) -> None:
        """Say that a record lacks what the standard requires, or how many more lack it."""
        issue = Issue.of(
            "required-by-standard",
            path,
            times,
            severity=Severity.WARNING,
            field=field,
            format=self.format,
        )
        self._others.append(issue)

    def report(self, *, strict: bool = False) -> LossReport:
        """Give the report, in order of the paths.

        Raises
        ------
        LossError
            When strict and something did not travel.
        """
        counted = [
            Issue.of(
                code,
                path,
                None,
                severity=Severity.WARNING,
                format=self.format,
                count=count,
                **({"kept": kept} if kept else {}),
            )
            for (code, path, kept), count in self._counts.items()
            if count
        ]
        found = sorted([*counted, *self._others], key=lambda issue: (issue.path, issue.code))
        report = LossReport(self.format, Report(tuple(found)))
        if strict:
            report.require()
        return report


@frozen
class ImportReport:
    """What was noticed while a foreign document was read: guesses said, doubts, things set aside.

    Errors are never here: a document with errors raises :class:`citess.ReadError`, whose report
    holds all of them. Warnings are what the source lacks or contradicts; notes are what was
    assumed, such as the encoding of a file.

    Examples
    --------
    >>> ImportReport("geojson").ok
    True
    """

    format: str
    """Name of the format read."""

    issues: Report = _NOTHING
    """Warnings and notes, in order of place."""

    @classmethod
    def of(cls, format: str, issues: Iterable[Issue]) -> Self:  # noqa: A002  (the word of the field)
        """Make a report from issues."""
        return cls(format, Report(tuple(issues)))

    @property
    def ok(self) -> bool:
        """Whether nothing is doubtful; notes do not count."""
        return not self.issues.warnings

    def text(self, language: str = "en") -> str:
        """Every warning and note on a line of its own."""
        return self.issues.text(language)

    def to_dict(self, language: str = "en") -> dict[str, object]:
        """Give the report as plain data for JSON, in a versioned shape."""
        return {
            "schema": IMPORT_SCHEMA,
            "format": self.format,
            "issues": [issue.to_dict(language) for issue in self.issues],
        }
