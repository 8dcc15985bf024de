"""Values that the law or a label sets for a time, with the text that set them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from attrs import frozen

from citess.i18n import Text
from citess.model.ids import RecordRef, SourceId
from citess.model.shelves import Record, reference
from citess.model.time import Bound, DateLike, PartialDate, Period, as_date

if TYPE_CHECKING:
    from citess.model.dataset import Dataset


@frozen
class DatedValue:
    """A value that held on a day."""

    value: object
    """Value; ``None`` is not known."""

    text: Text | None
    """Law, decree or criterion that set it."""

    period: Period | None
    """When it holds."""

    certain: bool
    """Whether it surely held that day; where dates are coarse it perhaps did."""

    ref: RecordRef
    """Record that says so."""

    sources: tuple[SourceId, ...]
    """Sources of the record."""


def value_at(
    data: "Dataset",
    subject: str,
    field: str,
    *,
    on: DateLike,
    unknown: Literal["include", "exclude", "report"] = "report",
) -> tuple[DatedValue, ...]:
    """Give the value that the law or a label set on a day, with the text that set it.

    Parameters
    ----------
    data
        Dataset with the law.
    subject
        Code of a legal form, id of a legal framework, or id of a label for its criteria.
    field
        Name of a field: ``"min_members"``, ``"status"``, ``"threshold"``.
    on
        The day.
    unknown
        Whether to give values that perhaps held; ``"report"`` gives them and marks them
        ``certain=False``, ``"include"`` takes them for certain.

    Returns
    -------
    tuple
        One value for a form or a law, one for each criterion of a label; none where nothing held;
        several for a form where dates are too coarse to tell.

    Raises
    ------
    AttributeError
        When the records have no such field.

    Examples
    --------
    >>> import citess
    >>> data = citess.datasets.tunisia()
    >>> [v.value for v in value_at(data, "TN-SC-L", "min_members", on="2022-06-01")]
    [50]
    >>> print(value_at(data, "TN-SC-L", "min_members", on="2025-11-01")[0].text)
    décret-loi n° 2025-3 du 2 octobre 2025
    """
    day = as_date(on)
    found: list[DatedValue] = []
    for record, text, period in _versions(data, subject):
        value: object = getattr(record, field)
        held = True if period is None else period.holds(day)
        if held is None and unknown != "report":
            held = unknown == "include"
        if held is not False:
            found.append(
                DatedValue(value, text, period, held is True, reference(record), record.sources)
            )
    return tuple(found)


def _versions(data: "Dataset", subject: str) -> Iterator[tuple[Record, Text | None, Period | None]]:
    for version in data.legal_form_versions.values():
        if version.form == subject:
            yield version, version.text, version.period
    for law in data.legal_frameworks.values():
        if law.id == subject:
            yield law, law.instrument, _between(law.in_force or law.adopted, law.replaced)
    for criterion in data.criteria.values():
        if criterion.label == subject:
            yield criterion, criterion.text, criterion.period


def _between(start: PartialDate | None, end: PartialDate | None) -> Period | None:
    if start is None:
        return None
    return Period(start=Bound(str(start)), end=Bound("open" if end is None else str(end)))
