"""The catalogue of metrics in groups, and the metrics of a file."""

from collections.abc import Iterator
from inspect import Parameter, signature
from itertools import groupby
from typing import Final

from citess.cli._texts import CATALOGUE
from citess.metrics import Defined, GraphMetric, Measure, catalogue, evaluate
from citess.model import Dataset

GROUPS: Final = "SRETHGNLD"
"""First letters of ids, in the order in which their groups are shown."""

_OTHERS: Final = "other"


def _group(metric: Defined) -> str:
    letter = metric.id[:1]
    known = letter in GROUPS and metric.id[1:2].isdigit()
    return letter if known else _OTHERS


def _place(metric: Defined) -> int:
    group = _group(metric)
    return GROUPS.index(group) if group != _OTHERS else len(GROUPS)


def listing(language: str) -> Iterator[str]:
    """Lines of the catalogue: each group under its title, ids and names in columns."""
    ordered = sorted(catalogue.values(), key=_place)
    ids = max(len(metric.id) for metric in ordered)
    names = max(len(metric.name) for metric in ordered)
    for number, (group, metrics) in enumerate(groupby(ordered, _group)):
        if number:
            yield ""
        yield CATALOGUE.text(f"group.{group}", language)
        for metric in metrics:
            yield f"  {metric.id:{ids}}  {metric.name:{names}}  {metric.question(language)}"


def rows(language: str) -> list[dict[str, object]]:
    """The catalogue as data."""
    return [
        {
            "id": metric.id,
            "name": metric.name,
            "group": CATALOGUE.text(f"group.{_group(metric)}", language),
            "label": metric.label(language),
            "question": metric.question(language),
            "takes": metric.takes,
            "unit": metric.unit,
            "formula": metric.formula,
            "source": metric.source,
            "alignments": [f"{one.catalogue} {one.code}" for one in metric.alignments],
        }
        for metric in catalogue.values()
    ]


def computed(data: Dataset, on: str | None, language: str) -> tuple[list[Measure], list[str]]:
    """Measures of the records of a dataset and of its network; and what could not be computed.

    Metrics of a network that must be told more than the network are left out.
    """
    measures = list(evaluate(data, on=on).measures)
    without: list[str] = []
    for metric in catalogue.taking("graph"):
        if isinstance(metric, GraphMetric) and not _asks(metric):
            try:
                measures.append(metric(data, on=on))
            except ValueError as error:
                label = metric.label(language)
                said = CATALOGUE.text(
                    "metrics.not-computed", language, label=label, reason=str(error)
                )
                without.append(said)
    return measures, without


def _asks(metric: GraphMetric) -> bool:
    """Whether a metric must be told more than the graph."""
    _, *options = signature(metric).parameters.values()
    return any(
        one.default is Parameter.empty and one.kind is not Parameter.VAR_KEYWORD for one in options
    )


__all__ = ["computed", "listing", "rows"]
