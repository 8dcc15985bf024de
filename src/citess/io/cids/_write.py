"""Measures as indicator reports."""

import json
import os
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final, cast

from citess import vocab
from citess.errors import Issue, Severity, UnknownIdError, suggest
from citess.io._file import write_atomically
from citess.io._homes import Homes, count_losses
from citess.io._names import urn_of
from citess.io._travel import Losses, LossReport
from citess.io.cids._alignments import Alignment, aligned
from citess.io.cids._terms import context
from citess.metrics._measure import Measure, Undefined
from citess.metrics._texts import CATALOGUE
from citess.model import (
    Bound,
    Dataset,
    Enterprise,
    Hub,
    PartialDate,
    Partner,
    Partnership,
    Period,
    Programme,
    Role,
    SubSector,
)

FORMAT: Final = "cids"
"""Name of the format, as ``citess convert --to`` has it."""

_HOMES: Final[Homes] = {
    Hub: frozenset({"name"}),
    Enterprise: frozenset({"name"}),
    Partner: frozenset({"name", "sub_sector"}),
}
_FUNDERS: Final = frozenset({SubSector.DONOR, SubSector.SOLIDARITY_FINANCE})
_UNSAID: Final = ("interval", "bounds", "sources", "method")

Node = dict[str, object]


def to_cids(
    data: Dataset,
    measures: Iterable[Measure],
    *,
    organisation: str | None = None,
    language: str = "en",
    strict: bool = False,
) -> tuple[dict[str, object], LossReport]:
    """Write measures as CIDS 3.2.1 Basic Tier JSON-LD, with the organisations they are of.

    Each measure with a value and dates is an indicator report; a measure broken down gives one
    for each group as well, of the hub where the group is one. A measure without a value is never
    written as zero, and one without dates has no place: both are reported. Ids of IRIS+ stand
    where the vocabulary ``indicators`` says that they were verified.

    Parameters
    ----------
    data
        Dataset with the hubs, enterprises and funders.
    measures
        What to report, computed with ``period=`` or ``on=``.
    organisation
        Id of the hub, partner or enterprise that reports; without it the only hub, or all hubs
        together.
    language
        Language of names, descriptions and units.
    strict
        Whether to refuse when something has no home.

    Raises
    ------
    LossError
        When strict and something did not travel.
    UnknownIdError
        When no hub, partner or enterprise has the id.

    Examples
    --------
    >>> import citess
    >>> data = citess.datasets.synthetic()
    >>> measures = [citess.metrics.formality_share(data, on="2023-06-30")]
    >>> document, losses = to_cids(data, measures)
    >>> [node["hasName"] for node in document["@graph"] if node["@type"] == "cids:IndicatorReport"]
    ['Share of agreements that are signed']
    """
    losses = Losses(FORMAT)
    count_losses(data, losses, _HOMES, kept=FORMAT)
    writer = _Writer(data, losses, language)
    reporting = writer.organisation(organisation)
    for measure in measures:
        writer.measure(measure, reporting)
    graph = [writer.nodes[name] for name in sorted(writer.nodes)]
    return {"@context": context(), "@graph": graph}, losses.report(strict=strict)


def write_cids(  # noqa: PLR0913  (those of to_cids)
    data: Dataset,
    measures: Iterable[Measure],
    path: str | os.PathLike[str],
    *,
    organisation: str | None = None,
    language: str = "en",
    strict: bool = False,
) -> LossReport:
    """Write a file of CIDS JSON-LD, as :func:`to_cids` does.

    Raises
    ------
    LossError
        When strict and something did not travel; the file is not touched then.
    UnknownIdError
        When no hub, partner or enterprise has the id.
    OSError
        When the file cannot be written; an old one is whole.
    """
    document, losses = to_cids(
        data, measures, organisation=organisation, language=language, strict=strict
    )
    text = json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True)
    write_atomically(path, [text.encode(), b"\n"])
    return losses


class _Writer:
    def __init__(self, data: Dataset, losses: Losses, language: str) -> None:
        self.nodes: dict[str, Node] = {}
        self._data = data
        self._losses = losses
        self._language = language
        self._names: dict[str, str] = {}
        ties: list[Partnership | Programme] = [*data.partnerships.values()]
        ties += data.programmes.values()
        members = (member for tie in ties for member in tie.members)
        funders = {str(member.party) for member in members if member.role is Role.FUNDER}
        parties: list[Hub | Enterprise | Partner] = [*data.hubs.values()]
        parties += [*data.enterprises.values(), *data.partners.values()]
        for party in parties:
            funds = isinstance(party, Partner) and (
                party.id in funders or party.sub_sector in _FUNDERS
            )
            self._add(party, "FinancialOrganization" if funds else "Organization", funds=funds)

    def _add(self, party: Hub | Enterprise | Partner, kind: str, *, funds: bool) -> None:
        if isinstance(party, Partner) and not funds:
            self._losses.lost("partners[]")
            return
        name = urn_of(f"party:{party.id}")
        self._names[party.id] = name
        self._node(name, kind, hasLegalName=party.name.get(self._language))
        if len(party.name) > 1:
            shelf = f"{type(party).__name__.lower()}s[].name"
            self._losses.changed(shelf, "one language")

    def _node(self, name: str, kind: str, prefix: str = "cids", **said: object) -> str:
        self.nodes[name] = {"@id": name, "@type": f"{prefix}:{kind}", **said}
        return name

    def organisation(self, id_: str | None) -> str | None:
        """Organisation that reports: the one named, the only hub, or all hubs together."""
        hubs = self._data.hubs
        if id_ is not None:
            return self._named(id_)
        if len(hubs) == 1:
            return self._names[next(iter(hubs))]
        if not hubs:
            return None
        together = ", ".join(hub.name.get(self._language) for hub in hubs.values())
        return self._node(urn_of("hubs:" + " ".join(hubs)), "Organization", hasLegalName=together)

    def _named(self, id_: str) -> str:
        if id_ in self._data.partners and id_ not in self._names:
            name = self._data.partners[id_].name.get(self._language)  # type: ignore[index]
            self._names[id_] = self._node(urn_of(f"party:{id_}"), "Organization", hasLegalName=name)
        if id_ not in self._names:
            raise UnknownIdError("hub, partner or enterprise", id_, suggest(id_, self._names))
        return self._names[id_]

    def measure(self, measure: Measure, reporting: str | None) -> None:
        """Write a measure and those of its groups."""
        self._report(measure, reporting, ())
        for group, one in measure.breakdown.items():
            hubs = [id_ for id_ in group if id_ in self._data.hubs]
            of = self._names[hubs[0]] if hubs else reporting
            self._report(one, of, group)
        for part, value in measure.parts.items():
            if aligned(measure.metric, part) is not None and value is not None:
                self._written(measure, reporting, (), part, value)
            else:
                self._losses.lost(f"measures[{measure.name}].parts[{part}]")

    def _report(self, measure: Measure, reporting: str | None, group: tuple[str, ...]) -> None:
        path = f"measures[{measure.name}{''.join(f', {one}' for one in group)}]"
        if measure.value is None:
            reason = (measure.reason or Undefined.NOT_KNOWN).label(self._language)
            self._losses.add(
                Issue.of("undefined", path, None, severity=Severity.WARNING, reason=reason, count=1)
            )
            return
        for name in _UNSAID:
            if getattr(measure, name):
                self._losses.lost(f"{path}.{name}")
        self._written(measure, reporting, group, "", measure.value)

    def _written(
        self,
        measure: Measure,
        reporting: str | None,
        group: tuple[str, ...],
        part: str,
        value: object,
    ) -> None:
        path = f"measures[{measure.name}{''.join(f', {one}' for one in group)}]"
        span = _span(measure)
        if span is None:
            self._losses.lacks(path, "startedAtTime, endedAtTime")
            return
        if reporting is None:
            self._losses.lacks(path, "forOrganization")
            return
        known = aligned(measure.metric, part)
        of = _label(measure, known if part else None, self._language)
        indicator = self._indicator(measure, of, known, reporting, part)
        key = "|".join((measure.metric, part, *group, reporting, *span, *map(str, measure.by)))
        name = urn_of(f"report:{key}")
        amount = self._node(urn_of(f"value:{key}"), "Measure", "i72", hasNumericalValue=str(value))
        self._node(
            name,
            "IndicatorReport",
            hasName=": ".join((of, " / ".join(group))) if group else of,
            forIndicator=indicator,
            forOrganization=reporting,
            startedAtTime=span[0],
            endedAtTime=span[1],
            hasComment=measure.text(self._language),
            value=amount,
        )
        _append(self.nodes[indicator], "hasIndicatorReport", name)
        _append(self.nodes[reporting], "hasIndicator", indicator)

    def _indicator(
        self, measure: Measure, label: str, known: Alignment | None, reporting: str, part: str
    ) -> str:
        name = urn_of(f"indicator:{measure.metric}|{part}|{reporting}")
        if name in self.nodes:
            return name
        unit = CATALOGUE.text(f"unit.{measure.unit}", self._language)
        question = CATALOGUE.text(f"{measure.name}.question", self._language)
        said: Node = {
            "hasName": label,
            "hasDescription": question,
            "hasIdentifier": f"{measure.metric}.{part}" if part else measure.metric,
            "unitDescription": unit,
            "forOrganization": reporting,
        }
        if known is not None and known.iris is not None:
            code = urn_of(f"iris:{known.iris}")
            named = {"hasName": f"IRIS+ {known.iris}", "hasIdentifier": known.iris}
            said["hasCode"] = self._node(code, "Code", **named)
        if known is not None and known.goals:
            said["forTheme"] = [self._goal(goal) for goal in known.goals]
        self.nodes[name] = {"@id": name, "@type": "cids:Indicator", **said}
        return name

    def _goal(self, goal: str) -> str:
        concept = vocab.scheme("development-goals")[goal]
        title = vocab.scheme("development-goals").title.get(self._language)
        return self._node(
            str(concept.facts["iri"]),
            "Theme",
            hasName=concept.label(self._language),
            hasDescription=f"{title}, {goal}",
            hasIdentifier=goal,
        )


def _label(measure: Measure, known: Alignment | None, language: str) -> str:
    return measure.label(language) if known is None else known.concept.label(language)


def _append(node: Node, key: str, value: str) -> None:
    found = cast("list[str]", node.get(key, []))
    node[key] = sorted({*found, value})


def _span(measure: Measure) -> tuple[str, str] | None:
    """Start and end of what a measure is of; the end is the first moment after."""
    if measure.on is not None:
        day = PartialDate(measure.on)
        return _moment(day.earliest), _moment(_after(day.latest))
    if measure.period is None:
        return None
    start, half_open, end = measure.period.partition("/")
    if not half_open:
        whole = PartialDate(start)
        return _moment(whole.earliest), _moment(_after(whole.latest))
    span = Period(start=Bound(start), end=Bound(end))
    if span.start.date is None or span.end.date is None:
        return None
    return _moment(span.start.date.earliest), _moment(span.end.date.earliest)


def _after(day: date) -> date:
    return day if day == date.max else day + timedelta(days=1)


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00"
