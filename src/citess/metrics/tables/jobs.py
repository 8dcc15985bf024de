"""Tables of jobs: counts by sex, age and tie; before and after; by who supports them."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from attrs import frozen

from citess.metrics.tables._histories import History, known_histories
from citess.metrics.tables._table import Table, age_text, attribute
from citess.metrics.tables.enterprises import of_history
from citess.model import Dataset, PartialDate

OF_ENTERPRISES: Final = (
    "hub",
    "programme",
    "territory",
    "sector",
    "legal_form",
    "initiative",
    "activity",
)
"""What jobs are broken down by that is said of their enterprise."""

OF_JOBS: Final = ("sex", "age_band", "labour")
"""What jobs are broken down by that is said of themselves."""


@frozen(kw_only=True)
class JobsRow:
    """Jobs of an enterprise on a day, of a sex, age band and tie, or of all."""

    id: str
    """Count, or what was worked out of counts."""

    history: History
    """Enterprise."""

    on: PartialDate
    """Day."""

    heads: int | None = None
    """People; ``None`` is not known."""

    fte: Decimal | None = None
    """Full-time equivalents; ``None`` is not known."""

    sex: str | None = None
    """Sex counted; ``None`` is both, or not known."""

    age_band: str | None = None
    """Ages counted; ``None`` is every age, or not known."""

    labour: str | None = None
    """Tie counted; ``None`` is every tie, or not known."""

    kind: str | None = None
    """What is claimed of them."""

    sources: tuple[str, ...] = ()
    """Sources cited."""

    @property
    def enterprise(self) -> str:
        """Enterprise in which they are."""
        return self.history.id


def _counts(data: Dataset) -> Iterator[JobsRow]:
    for history in known_histories(data):
        for count in history.counts:
            yield JobsRow(
                id=count.id,
                history=history,
                on=count.on,
                heads=count.heads,
                fte=count.fte,
                sex=None if count.sex is None else str(count.sex),
                age_band=age_text(count.age_band),
                labour=None if count.labour is None else str(count.labour),
                kind=str(count.kind),
                sources=count.sources,
            )


_ENTERPRISE: Final = {name: of_history(name) for name in OF_ENTERPRISES}

JOBS: Final = Table(
    name="jobs",
    rows=_counts,
    flow="on",
    key="enterprise",
    columns={
        "enterprise": attribute("enterprise", meaning="enterprise they are in"),
        **_ENTERPRISE,
        "on": attribute("on", kind="date", meaning="day of the count"),
        "heads": attribute("heads", kind="number", meaning="people"),
        "fte": attribute("fte", kind="number", meaning="full-time equivalents, in thousandths"),
        "sex": attribute("sex", meaning="sex counted"),
        "age_band": attribute("age_band", meaning="ages counted, as 18-29"),
        "labour": attribute("labour", meaning="tie by which they work"),
    },
)
"""One row a count of jobs; on frames all of one kind, since kinds never add up."""


@frozen(kw_only=True)
class JobsPair:
    """Jobs of an enterprise before and after."""

    history: History
    """Enterprise."""

    before: int | float | None
    """Before; ``None`` is not known."""

    after: int | float | None
    """After; ``None`` is not known."""

    since: PartialDate
    """Day of the first."""

    sources: tuple[str, ...] = ()
    """Sources cited."""

    @property
    def id(self) -> str:
        """Enterprise."""
        return self.history.id


JOB_PAIRS: Final = Table(
    name="job_pairs",
    rows=lambda _: (),
    flow="since",
    columns={
        "id": attribute("id", meaning="enterprise"),
        **_ENTERPRISE,
        "since": attribute("since", kind="date", meaning="day of the first"),
        "before": attribute("before", kind="number", meaning="jobs before"),
        "after": attribute("after", kind="number", meaning="jobs after"),
    },
)
"""One row an enterprise, with its jobs before and after a period."""


@frozen(kw_only=True)
class SupportedJobs:
    """Jobs of an enterprise with those who support it."""

    history: History
    """Enterprise."""

    on: PartialDate
    """Day of the count."""

    jobs: int | float | None
    """Jobs; ``None`` is not known."""

    supporters: str
    """Ids of those who support it, joined by ``+``, as ``"a+b"`` or, weighted, ``"a=3+b=1"``."""

    sources: tuple[str, ...] = ()
    """Sources cited."""

    @property
    def id(self) -> str:
        """Enterprise."""
        return self.history.id


SUPPORTED_JOBS: Final = Table(
    name="supported_jobs",
    rows=lambda _: (),
    flow="on",
    columns={
        "id": attribute("id", meaning="enterprise"),
        **_ENTERPRISE,
        "on": attribute("on", kind="date", meaning="day of the count"),
        "jobs": attribute("jobs", kind="number", meaning="jobs counted"),
        "supporters": attribute("supporters", meaning="who supports it, as a+b"),
    },
)
"""One row an enterprise, with its jobs and who supports it."""
