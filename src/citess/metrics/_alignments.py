"""What metrics are called in other catalogues: data, with the day on which each was verified."""

from collections import defaultdict
from functools import cache
from typing import Final, Literal, cast

from attrs import frozen

Relation = Literal["exact", "close", "related"]

RELATIONS: Final[tuple[Relation, ...]] = ("exact", "close", "related")
"""The same figure; nearly so; a part of it, or a like aim."""


@frozen(kw_only=True)
class Alignment:
    """That a metric, or a part of it, has a code in another catalogue."""

    catalogue: str
    """Name of the other catalogue: ``"IRIS+"``, ``"SDG"`` ..."""

    code: str
    """Code there."""

    relation: Relation
    """How near: ``"exact"``, ``"close"`` or ``"related"``."""

    part: str
    """Part of the metric that has the code; ``""`` is its value."""

    verified_on: str
    """When the code was seen at its source."""

    source: str
    """Where it was seen."""


def alignments_of(metric: str) -> tuple[Alignment, ...]:
    """Codes that a metric has in other catalogues, as far as they were verified.

    Examples
    --------
    >>> [(one.catalogue, one.code, one.relation) for one in alignments_of("R01")]
    [('IRIS+', 'PI4060', 'exact'), ('IRIS+', 'PI2998', 'related')]
    """
    return _all().get(metric, ())


@cache
def _all() -> dict[str, tuple[Alignment, ...]]:
    import tomllib  # noqa: PLC0415  (needed when alignments are read only)
    from importlib import resources  # noqa: PLC0415  (the same)

    text = resources.files("citess.metrics").joinpath("alignments.toml").read_text("utf-8")
    found: defaultdict[str, list[Alignment]] = defaultdict(list)
    for catalogue in tomllib.loads(text)["catalogues"]:
        for relation in RELATIONS:
            codes = cast("list[tuple[str, str, str]]", catalogue.get(relation, []))
            for metric, part, code in codes:
                alignment = Alignment(
                    catalogue=catalogue["name"],
                    code=code,
                    relation=relation,
                    part=part,
                    verified_on=catalogue["verified_on"],
                    source=catalogue["source"],
                )
                found[metric].append(alignment)
    return {metric: tuple(known) for metric, known in found.items()}


__all__ = ["RELATIONS", "Alignment", "Relation", "alignments_of"]
