"""Which indicators of others a metric is: by the vocabulary and the alignments of the metrics."""

from collections.abc import Iterable
from functools import cache
from typing import Final, cast

from attrs import frozen

from citess import vocab
from citess.metrics import catalogue
from citess.vocab import Concept

_WHOLE: Final = ""


@frozen
class Alignment:
    """That a metric, or a part of it, is an indicator of IRIS+ or belongs to goals."""

    concept: Concept
    """Indicator in the vocabulary of citess."""

    iris: str | None
    """Id in IRIS+, where it was verified."""

    goals: tuple[str, ...]
    """Sustainable Development Goals, by number."""


@cache
def _alignments() -> dict[tuple[str, str], Alignment]:
    found: dict[tuple[str, str], Alignment] = {}
    for concept in vocab.scheme("indicators").values():
        facts = concept.facts
        if "metric" in facts:
            metric, part = str(facts["metric"]), str(facts.get("part", _WHOLE))
            found[metric, part] = Alignment(
                concept,
                _iris(metric, part),
                tuple(map(str, cast("Iterable[int]", facts.get("goals", ())))),
            )
    return found


def _iris(metric: str, part: str) -> str | None:
    """Id in IRIS+ of the same figure."""
    known = catalogue[metric].alignments
    exact = (one for one in known if one.relation == "exact" and one.part == part)
    return next((one.code for one in exact if one.catalogue == "IRIS+"), None)


def aligned(metric: str, part: str = _WHOLE) -> Alignment | None:
    """Give what a metric is known as elsewhere, or a part of it; ``None`` when not known.

    Examples
    --------
    >>> aligned("R01").iris, aligned("E01", "created").iris, aligned("S01")
    ('PI4060', 'PI3687', None)
    """
    return _alignments().get((metric, part))
