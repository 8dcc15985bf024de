"""Whether a label can be awarded."""

from citess.model import DateLike, Label, as_date
from citess.questions._answer import Answer, Reason, Verdict
from citess.questions._given import check_given
from citess.questions._rules import verdict


def awardable(label: Label, *, on: DateLike) -> Answer:
    """Tell whether a label could be awarded on a day, by what sources reported.

    A label that is defined is not awardable for that. After the last report of one that was not
    awardable, the answer is *not known*.

    Examples
    --------
    >>> import citess
    >>> label = citess.datasets.tunisia().labels["tn-entreprise-ess"]
    >>> print(awardable(label, on="2026-01-01"))
    not known
    - last reported as: defined and not awardable, on 2024-05; what came after is not known
    """
    check_given("label", label, Label)
    day = as_date(on)
    reported = [entry for entry in label.history if entry.since.latest <= day]
    answer = verdict(label.is_awardable(day))
    if not reported:
        reason = Reason.of("award-silence", Verdict.NOT_KNOWN, "history", on=day)
    else:
        last = reported[-1]
        missing = "history" if answer is Verdict.NOT_KNOWN else None
        reason = Reason.of("award", answer, missing, status=last.status, since=last.since)
    cited = [entry.source for entry in reported if entry.source is not None]
    sources = tuple(dict.fromkeys((*cited, *label.sources)))
    return Answer(on=day, verdict=answer, reasons=(reason,), sources=sources)
