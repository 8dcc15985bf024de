"""Figures that sources disagree on."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from attrs import frozen

from citess.model.codes import IndicatorCode
from citess.model.evidence import Evidence
from citess.model.ids import RecordRef, TerritoryId
from citess.model.observation import Observation


@frozen
class Question:
    """What an observation answers: which figure, of what, where."""

    subject: RecordRef
    """What it is about."""

    indicator: IndicatorCode
    """What is measured."""

    place: TerritoryId | None
    """Where."""


def rivals(observations: Iterable[Observation]) -> Mapping[Question, tuple[Observation, ...]]:
    """Observations of the same figure that give different values, side by side.

    Figures are rivals when their evidence says that sources conflict, or when they claim the same
    thing (status, unit, date, period); a target and a result, or two years, do not by themselves.

    Examples
    --------
    >>> import citess
    >>> found = rivals(citess.datasets.tunisia().observations.values())
    >>> all(len({figure.value for figure in group}) > 1 for group in found.values())
    True
    """
    groups: defaultdict[Question, list[Observation]] = defaultdict(list)
    for figure in observations:
        if figure.value is not None:
            groups[Question(figure.subject, figure.indicator, figure.place)].append(figure)
    return {
        question: tuple(disputed)
        for question, group in groups.items()
        if (disputed := _disputed(group))
    }


def _disputed(group: list[Observation]) -> list[Observation]:
    claims: defaultdict[object, set[object]] = defaultdict(set)
    for figure in group:
        claims[_claim(figure)].add(figure.value)
    found = [
        figure
        for figure in group
        if figure.evidence is Evidence.CONFLICTING or len(claims[_claim(figure)]) > 1
    ]
    return found if len({(figure.value, figure.unit) for figure in found}) > 1 else []


def _claim(figure: Observation) -> tuple[object, ...]:
    return figure.status, figure.unit, figure.as_of, figure.period
