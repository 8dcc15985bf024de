"""What records of several classes must be to each other, beyond that references resolve."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Final, TypeVar, cast

from citess.errors import Issue
from citess.model.case import Case
from citess.model.circles import circles
from citess.model.enterprise import Enterprise
from citess.model.hub_network import Replication
from citess.model.jobs import JobsCount
from citess.model.label import Assessment, AwardStatus, Criterion, Label, LabelAward, LabelStatus
from citess.model.law import ImplementingText, LegalFramework
from citess.model.legal_form import LegalFormVersion, may_trade
from citess.model.shelves import Record, place
from citess.model.time import PartialDate

_T = TypeVar("_T")
ByKind = Mapping[str, Mapping[str, Record]]

TRADE: Final = "G"
"""Section of ISIC that is trade and nothing else."""

_IN_A_CASE: Final = {
    "diagnosis": ("case", "on"),
    "plan": ("case", "on"),
    "support_session": ("cases", "on"),
    "referral": ("case", "sent"),
    "finance_application": ("case", "submitted"),
    "follow_up": ("case", "on"),
}
"""Where what belongs to a case names it, and its date."""


def broken_rules(by_kind: ByKind) -> Iterator[Issue]:
    """Find records that contradict each other."""
    yield from _before_intake(by_kind)
    yield from _counted_twice(_of(by_kind, "jobs_count", JobsCount))
    yield from _forbidden_trade(_of(by_kind, "enterprise", Enterprise))
    yield from _two_versions(_of(by_kind, "legal_form_version", LegalFormVersion))
    yield from _impossible_awards(by_kind)
    yield from _texts_before_their_law(by_kind)
    yield from _foreign_criteria(by_kind)
    yield from _lineage(_of(by_kind, "replication", Replication))


def _of(by_kind: ByKind, kind: str, cls: type[_T]) -> Mapping[str, _T]:
    del cls
    return cast("Mapping[str, _T]", by_kind[kind])


def _before_intake(by_kind: ByKind) -> Iterator[Issue]:
    cases = _of(by_kind, "case", Case)
    for kind, (names, date_field) in _IN_A_CASE.items():
        for record in by_kind[kind].values():
            date: PartialDate = getattr(record, date_field)
            named: object = getattr(record, names)
            for id_ in cast("tuple[str | None, ...]", named if names == "cases" else (named,)):
                case = None if id_ is None else cases.get(id_)
                if case is not None and date.before(case.opened):
                    event = f"{case.id} opened"
                    where = place(record, date_field)
                    yield Issue.of("too-early", where, str(date), event=event, date=case.opened)


def _counted_twice(counts: Mapping[str, JobsCount]) -> Iterator[Issue]:
    seen: dict[object, str] = {}
    for count in counts.values():
        ages = None if count.age_band is None else (count.age_band.lower, count.age_band.upper)
        what = (count.enterprise, count.on, count.kind, count.labour, count.sex, ages)
        first = seen.setdefault(what, count.id)
        if first != count.id:
            yield Issue.of("double-count", place(count, "on"), str(count.on), other=first)


def _forbidden_trade(enterprises: Mapping[str, Enterprise]) -> Iterator[Issue]:
    forms = {enterprise.legal_form for enterprise in enterprises.values()} - {None}
    forbidden = {form for form in forms if form is not None and may_trade(form) is False}
    for enterprise in enterprises.values() if forbidden else ():
        if enterprise.legal_form in forbidden and TRADE in enterprise.activities:
            where = place(
                enterprise, f"activities[{[*map(str, enterprise.activities)].index(TRADE)}]"
            )
            yield Issue.of("may-not-trade", where, TRADE, form=enterprise.legal_form)


def _two_versions(versions: Mapping[str, LegalFormVersion]) -> Iterator[Issue]:
    by_form: defaultdict[object, list[LegalFormVersion]] = defaultdict(list)
    for version in versions.values():
        by_form[version.country, version.form].append(version)
    for group in by_form.values():
        for one, other in combinations(group, 2):
            if one.period.overlaps(other.period):
                yield Issue.of("overlap", place(other, "period"), str(other.period), other=one.id)


def _impossible_awards(by_kind: ByKind) -> Iterator[Issue]:
    labels = _of(by_kind, "label", Label)
    for award in _of(by_kind, "label_award", LabelAward).values():
        label = labels.get(award.label)
        if label is None or award.status is not AwardStatus.AWARDED:
            continue
        said = [entry for entry in label.history if entry.since.earliest <= award.on.latest]
        if said and said[-1].status is not LabelStatus.AWARDABLE:
            yield Issue.of("not-awardable", place(award, "on"), str(award.on), label=label.id)


def _texts_before_their_law(by_kind: ByKind) -> Iterator[Issue]:
    laws = _of(by_kind, "legal_framework", LegalFramework)
    for text in _of(by_kind, "implementing_text", ImplementingText).values():
        law = laws.get(text.framework)
        adopted = None if law is None else law.adopted
        if adopted is not None and text.issued is not None and text.issued.before(adopted):
            event = f"{text.framework} adopted"
            where = place(text, "issued")
            yield Issue.of("too-early", where, str(text.issued), event=event, date=adopted)


def _foreign_criteria(by_kind: ByKind) -> Iterator[Issue]:
    criteria = _of(by_kind, "criterion", Criterion)
    for assessment in _of(by_kind, "assessment", Assessment).values():
        for n, found in enumerate(assessment.findings):
            criterion = criteria.get(found.criterion)
            if criterion is not None and criterion.label != assessment.label:
                where = place(assessment, f"findings[{n}].criterion")
                yield Issue.of("wrong-label", where, criterion.id, label=assessment.label)


def _lineage(replications: Mapping[str, Replication]) -> Iterator[Issue]:
    origins: defaultdict[str, list[str]] = defaultdict(list)
    by_copy: dict[str, Replication] = {}
    for replication in replications.values():
        if replication.copy is not None:
            origins[replication.copy].append(replication.origin)
            by_copy[replication.copy] = replication
    for top, way in circles(origins):
        chain = " > ".join(way)
        yield Issue.of("circle", place(by_copy[top], "origin"), top, chain=chain)
