"""Metrics of a label and of a framework: whether criteria are met, how mature an environment is."""

from collections.abc import Collection, Iterable, Mapping
from statistics import fmean
from typing import TYPE_CHECKING, Final

from citess.metrics._asked import Asked
from citess.metrics._count import Counting, reader, records_only
from citess.metrics._facts import NOT_KNOWN, Facts, Number
from citess.metrics._measure import Outcome, Undefined
from citess.metrics._registry import Better, metric, value_metric
from citess.metrics._tally import Tally
from citess.model import Assessment, Dataset, Finding

if TYPE_CHECKING:
    import networkx as nx

MET: Final = str(Finding.MET)
PARTLY: Final = "partly_met"
NOT_MET: Final = str(Finding.NOT_MET)
NOT_APPLICABLE: Final = str(Finding.NOT_APPLICABLE)
UNKNOWN: Final = str(Finding.NOT_KNOWN)
MANDATORY: Final = "mandatory"
OTHER: Final = "other"
BY: Final = "by"
SELF: Final = "self"
PEER: Final = "peer"
EXTERNAL: Final = "external"
_DEGREES: Final = {MET: 1.0, PARTLY: 0.5, NOT_MET: 0.0, UNKNOWN: 0.0}


@reader(dimensions=("assessment", "label", "subject"), options=())
def findings(data: "Dataset | nx.Graph[str]", asked: Asked, /) -> Tally:
    """Count criteria of assessments by whether they are mandatory and what was found.

    A criterion of the label without a finding counts as not known.
    """
    data = records_only(data)
    counting = Counting("findings", asked)
    for assessment in data.assessments.values():
        if (
            asked.on is not None
            and assessment.on.before(asked.on) is False
            and (str(assessment.on) != asked.on)
        ):
            continue
        counting.includes(assessment)
        of_assessment = {
            "assessment": (assessment.id,),
            "label": (assessment.label,),
            "subject": (assessment.subject,),
        }
        counting.add((BY, provenance_of(data, assessment)), **of_assessment)
        found = {one.criterion: str(one.finding) for one in assessment.findings}
        for criterion in data.criteria.values():
            if criterion.label == assessment.label:
                counting.add(
                    (
                        MANDATORY if criterion.required else OTHER,
                        found.get(criterion.id, UNKNOWN),
                    ),
                    **of_assessment,
                )
    return counting.tally()


def provenance_of(data: Dataset, assessment: Assessment) -> str:
    """Who assessed: the subject itself, a peer of its kind, somebody else; ``""`` is not known."""
    assessor = assessment.assessor
    if assessor is None:
        return NOT_KNOWN
    kind, _, subject = assessment.subject.partition(":")
    if assessor == subject:
        return SELF
    peers: dict[str, Collection[str]] = {"hub": data.hubs, "partner": data.partners}
    return PEER if assessor in peers.get(kind, ()) else EXTERNAL


def _mixed(kinds: Iterable[str]) -> tuple[str, ...]:
    """Warnings for judgements of oneself, and for judges of several kinds."""
    known = {kind for kind in kinds if kind}
    own = ("self-assessed",) if SELF in known else ()
    return (*own, *(("mixed-provenance",) if len(known) > 1 else ()))


@metric(
    "L01",
    reads=findings,
    question="Does the hub meet the label?",
    limits="It says what assessors found, on their evidence; a criterion met is not a result.",
    unit="ratio",
    bounds=(0, 1),
    better=Better.HIGHER,
    formula=r"\frac{\sum_c w_c m_c}{\sum_c w_c},\quad m_c \in \{0, \tfrac{1}{2}, 1\}",
    missing="a criterion without evidence is not met, and counted as missing; n/a leaves the score",
    small_numbers="a list of criteria, no sampling",
    aggregation="share of assessments that meet the label; never a mean of scores",
    source="conformity assessment, ISO/IEC 17065",
    at_ends=True,
    level="hub",
)
def label_verdict(facts: Facts, *, threshold: float | None = None, **_: object) -> Outcome:
    """Degree to which the criteria of a label are met, and the verdict.

    The value is the mean degree (met 1, partly 1/2, not met 0) of the criteria that are not
    mandatory, or of all where none is otherwise. ``parts["mandatory"]`` is the share of mandatory
    criteria that are met; ``parts["verdict"]`` is 1 when all of them are and the value reaches
    ``threshold``, 0 when not, ``None`` when no threshold is named: a label states its own. Bounds
    hold whatever the missing evidence shows. Break it down by ``"assessment"`` or ``"subject"``.
    ``method["assessments"]`` counts those that a subject made of itself, a peer or somebody else
    made: the first are no benchmark, and a mixture is flagged.

    Raises
    ------
    ValueError
        When the threshold is not between 0 and 1.

    Examples
    --------
    >>> facts = {("mandatory", "met"): 3, ("other", "met"): 6}
    >>> facts |= {("other", "partly_met"): 2, ("other", "not_met"): 1}
    >>> found = label_verdict.compute(facts, threshold=0.7)
    >>> round(found.value, 3), found.parts["mandatory"], found.parts["verdict"]
    (0.778, 1.0, 1)
    """
    if threshold is not None and not 0 <= threshold <= 1:
        msg = f"the threshold is a share from 0 to 1, not {threshold!r}"
        raise ValueError(msg)
    needed, others, judges = facts.below(MANDATORY), facts.below(OTHER), facts.below(BY)
    asked = needed.total + others.total
    out = needed[NOT_APPLICABLE] + others[NOT_APPLICABLE]
    if asked == out:
        reason = Undefined.NOT_APPLICABLE if asked else Undefined.ZERO_DENOMINATOR
        return Outcome(reason=reason, not_applicable=out)
    scored = others if others.total > others[NOT_APPLICABLE] else needed
    n = scored.total - scored[NOT_APPLICABLE]
    reached = sum(degree * scored[word] for word, degree in _DEGREES.items())
    binding = needed.total - needed[NOT_APPLICABLE]
    met = needed[MET] / binding if binding else None
    passed = None if threshold is None else int(reached / n >= threshold and met in {None, 1.0})
    return Outcome(
        value=reached / n,
        numerator=reached,
        denominator=n,
        n=n,
        missing=needed[UNKNOWN] + others[UNKNOWN],
        not_applicable=out,
        bounds=(reached / n, (reached + scored[UNKNOWN]) / n),
        parts={"mandatory": met, "verdict": passed},
        method={
            "threshold": threshold,
            "assessments": {kind or "not known": n for (kind,), n in sorted(judges.items())},
        },
        warnings=(
            *(("no-threshold",) if threshold is None else ()),
            *_mixed(kind for (kind,) in judges),
        ),
    )


MODULES: Final = ("culture", "institutions", "law", "finance", "markets", "skills", "impact")
"""Areas of the OECD and EU policy tool for the social economy."""

_COVERED: Final = 5
_TOP: Final = 10
_RATERS: Final = 3


@value_metric(
    "L09",
    question="How mature is the framework of a country for the social economy?",
    limits="Judgements of experts: for learning within a country, no benchmark between countries.",
    unit="points",
    bounds=(0, 10),
    better=Better.HIGHER,
    formula=r"\frac{1}{\#M} \sum_{m \in M} r_m,\quad r_m \in [0, 10]",
    missing="modules without an answer leave the mean; coverage beside, undefined below 5 of 7",
    small_numbers="below 3 raters flagged",
    aggregation="never averaged over countries without weights",
    source="OECD and EU, Better Entrepreneurship Policy Tool; OECD/LEGAL/0472",
    level="country",
)
def institutional_framework_index(
    ratings: Mapping[str, float | None],
    *,
    raters: int | None = None,
    provenance: str | Iterable[str] = (),
) -> Outcome:
    """Institutional framework index of a country.

    Mean of the ratings of seven modules (culture, institutions, law, finance, markets, skills,
    impact), each 0 to 10; ``None`` is no answer. ``parts["coverage"]`` is the share answered: below
    five of seven the index is undefined. ``provenance`` says who rated: ``"self"``, ``"peer"`` or
    ``"external"``, one or several; ratings of oneself and mixtures are flagged.

    Raises
    ------
    ValueError
        When a module or a provenance does not exist, or a rating is not between 0 and 10.

    Examples
    --------
    >>> ratings = dict(culture=6, institutions=4, law=5, markets=3, skills=7, impact=5)
    >>> found = institutional_framework_index(ratings, raters=4)
    >>> found.value, round(found.parts["coverage"], 3), found.missing
    (5.0, 0.857, 1)
    """
    for module, rating in ratings.items():
        if module not in MODULES or (rating is not None and not 0 <= rating <= _TOP):
            msg = f"ratings are 0 to {_TOP} for {', '.join(MODULES)}; not {module!r}: {rating!r}"
            raise ValueError(msg)
    judges = sorted({provenance} if isinstance(provenance, str) else {*provenance})
    if not {*judges} <= {SELF, PEER, EXTERNAL}:
        msg = f"provenance is {SELF}, {PEER} or {EXTERNAL}, not {', '.join(judges)}"
        raise ValueError(msg)
    known = {m: rating for m in MODULES if (rating := ratings.get(m)) is not None}
    missing, coverage = len(MODULES) - len(known), len(known) / len(MODULES)
    parts: dict[str, Number | None] = {"coverage": coverage}
    if len(known) < _COVERED:
        reason = Undefined.TOO_MANY_MISSING if known else Undefined.NOT_KNOWN
        return Outcome(reason=reason, n=len(known), missing=missing, parts=parts)
    total = sum(known.values())
    return Outcome(
        value=fmean(known.values()),
        numerator=total,
        denominator=len(known),
        n=len(known),
        missing=missing,
        bounds=(total / len(MODULES), (total + _TOP * missing) / len(MODULES)),
        parts=parts,
        method={"raters": raters, "provenance": judges},
        warnings=(
            *(() if raters is not None and raters >= _RATERS else ("few-raters",)),
            *_mixed(judges),
        ),
    )


__all__ = ["institutional_framework_index", "label_verdict"]
