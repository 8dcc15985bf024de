"""Figures that sources disagree on."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from attrs import frozen

from citess.model.codes import IndicatorCode
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

    A target and a result are not rivals, nor are figures of different dates or units unless their
    evidence says that sources conflict.

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
        question: tuple(group)
        for question, group in groups.items()
        if len({(figure.value, figure.unit) for figure in group}) > 1 and _conflict(group)
    }


def _conflict(group: list[Observation]) -> bool:
    if sum(figure.evidence == "conflicting" for figure in group) > 1:
        return True
    seen: dict[tuple[object, ...], object] = {}
    for figure in group:
        key = (figure.status, figure.unit, figure.as_of, figure.period)
        if seen.setdefault(key, figure.value) != figure.value:
            return True
    return False
