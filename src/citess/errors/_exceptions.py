"""The exceptions of citess: one class for each thing that can go wrong."""

from citess.errors._issue import Issue, Report
from citess.errors._texts import CATALOGUE


class CitessError(Exception):
    """Root of every exception that citess raises on purpose."""

    def text(self, language: str = "en") -> str:  # noqa: ARG002  (children are translated)
        """What went wrong, in a language of citess."""
        return Exception.__str__(self)

    def __str__(self) -> str:
        return self.text()


class CitessWarning(UserWarning):
    """Something allowed but doubtful."""


class UnknownIdError(CitessError, KeyError):
    """No record has the id that was asked for.

    Examples
    --------
    >>> print(UnknownIdError("hub", "mahdi", "mahdia"))
    no hub has the id 'mahdi'; did you mean 'mahdia'?
    """

    def __init__(self, kind: str, id: str, suggestion: str | None = None) -> None:  # noqa: A002  (the word of the field)
        super().__init__(kind, id, suggestion)
        self.kind = kind
        self.id = id
        self.suggestion = suggestion

    def text(self, language: str = "en") -> str:
        """Which kind has no such id, and which is near."""
        key = "unknown-id" if self.suggestion is None else "unknown-id-suggestion"
        return CATALOGUE.text(key, language, kind=self.kind, id=self.id, suggestion=self.suggestion)


class InvalidValueError(CitessError, ValueError):
    """A value that cannot be what it is given for.

    Examples
    --------
    >>> print(InvalidValueError(Issue.of("bad-date", "start", "2017-13")))
    start: '2017-13' is not a date; expected YYYY, YYYY-MM or YYYY-MM-DD [bad-date]
    """

    def __init__(self, issue: Issue) -> None:
        super().__init__(issue)
        self.issue = issue

    def text(self, language: str = "en") -> str:
        """Say the problem in a sentence."""
        return self.issue.text(language)


class _ReportError(CitessError, ValueError):
    def __init__(self, report: Report) -> None:
        super().__init__(report)
        self.report = report

    def text(self, language: str = "en") -> str:
        """Every problem on a line of its own."""
        return self.report.text(language)


class IntegrityError(_ReportError):
    """Records that do not fit together; ``report`` holds every problem."""


class ReadError(_ReportError):
    """A document that cannot be read without loss; ``report`` holds every problem."""


class LossError(_ReportError):
    """A document that cannot be written without loss; ``report`` holds everything lost."""


class UndefinedMeasureError(CitessError, ValueError):
    """A number was demanded where none is defined."""

    def __init__(self, metric: str, reason: str, label: str) -> None:
        super().__init__(metric, reason, label)
        self.metric = metric
        self.reason = reason
        self.label = label

    def text(self, language: str = "en") -> str:
        """Which measure is undefined, and why."""
        return CATALOGUE.text("undefined-measure", language, metric=self.metric, reason=self.label)


class MissingExtraError(CitessError, ImportError):
    """A feature needs packages that are not installed.

    Examples
    --------
    >>> print(MissingExtraError("the command line", "cli"))
    the command line needs the extra 'cli': pip install "citess[cli]"
    """

    def __init__(self, feature: str, extra: str) -> None:
        super().__init__(feature, extra)
        self.feature = feature
        self.extra = extra

    def text(self, language: str = "en") -> str:
        """Say which extra to install for which feature."""
        return CATALOGUE.text("missing-extra", language, feature=self.feature, extra=self.extra)


class UnsupportedEngineError(CitessError, ValueError):
    """Something was asked of an engine of frames on which it does not run.

    Examples
    --------
    >>> print(UnsupportedEngineError("legal_pipeline", "polars", ("objects",)))
    legal_pipeline does not run on polars; it runs on objects
    """

    def __init__(self, feature: str, engine: str, engines: tuple[str, ...]) -> None:
        super().__init__(feature, engine, engines)
        self.feature = feature
        self.engine = engine
        self.engines = engines

    def text(self, language: str = "en") -> str:
        """Which engine does not do, and which do."""
        return CATALOGUE.text(
            "unsupported-engine",
            language,
            feature=self.feature,
            engine=self.engine,
            engines=", ".join(self.engines),
        )


class LockedError(CitessError, TimeoutError):
    """Another process holds the lock of a file for too long."""

    def __init__(self, path: str, owner: str, seconds: float) -> None:
        super().__init__(path, owner, seconds)
        self.path = path
        self.owner = owner
        self.seconds = seconds

    def text(self, language: str = "en") -> str:
        """Who holds which file, and how long it was waited for."""
        return CATALOGUE.text(
            "locked", language, path=self.path, owner=self.owner, seconds=self.seconds
        )
