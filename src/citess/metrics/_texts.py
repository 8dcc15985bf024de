"""Texts of measures: English here, other languages in ``fr.toml`` and ``ar.toml``."""

from collections.abc import Mapping
from typing import Final

from citess.i18n import Catalogue

PHRASES: Final[dict[str, str]] = {
    "explain.value": "{label}: {value} {unit}",
    "explain.undefined": "{label}: not defined, {reason}",
    "explain.interval": "{level} % interval {low} to {high} ({method})",
    "explain.bounds": "between {low} and {high} whatever the missing values are",
    "explain.fraction": "{numerator} of {denominator}",
    "explain.missing": "{n} counted, {missing} not known",
    "explain.when": "on {on}",
    "explain.period": "during {period}",
    "explain.until": "until {day}",
    "explain.always": "over the whole record",
    "explain.question": "Question: {question}",
    "explain.formula": "Formula: {formula}",
    "explain.limits": "Limits: {limits}",
    "explain.source": "Source: {source}",
    "what-if.line": "{label}: {before} before, {after} after",
    "what-if.cut-off": "Without any tie: {names}",
    "governance.none": "no mode of governance can be told",
    "governance.administered": "an organisation set up for it runs the network",
    "governance.not-administered": "no organisation set up for it runs the network",
    "governance.administration-not-known": "whether an organisation set up for it runs the network"
    " is not known",
    "governance.one-decides": "{member} holds {share} of the decisions, more than half",
    "governance.several-decide": "no member holds more than half of the decisions; {member} holds"
    " {share}",
    "governance.decisions-not-known": "who decides is not known",
    "governance.ties-gather": "ties gather around one: degree centralisation {value}",
    "governance.ties-spread": "ties are spread: degree centralisation {value}",
    "governance.few": "{n} members are too few to tell by their ties",
    "unit.ratio": "(share of one)",
    "unit.index": "(index)",
    "unit.months": "months",
    "unit.points": "points",
    "unit.ranks": "ranks",
    "unit.years": "years",
    "unit.per-year": "a year",
    "unit.days": "days",
    "unit.lift": "times what chance would give",
    "unit.people": "people",
    "unit.jobs": "jobs",
    "unit.fte": "full-time equivalents",
    "unit.net-additional-jobs": "net additional jobs",
    "unit.factor": "times",
    "unit.money-per-job": "for a job",
    "unit.difference": "(difference)",
    "unit.rate": "(rate)",
    "unit.time": "units of time",
    "unit.chi-square": "(chi-square)",
    "unit.periods": "periods",
    "unit.nats": "nats",
    "unit.per-head": "of supply per head",
    "unit.supply-by-cost": "of supply over cost",
    "unit.contacts": "contacts",
    "unit.paths": "paths",
    "unit.ties": "ties",
    "unit.parts": "parts",
    "unit.groups": "groups",
    "unit.layers": "layers",
    "unit.generations": "generations",
    "unit.cells": "cells",
    "unit.effective-number": "effective sectors",
    "warning.no-in-kind": "costs hold nothing given in kind: the ratio may flatter",
    "warning.few-hubs": "fewer than 5 hubs: read them as a list, without ranks",
    "warning.few-partners": "fewer than 5 partners: read it with care",
    "warning.self-assessed": "some assessed themselves: for learning, no benchmark",
    "warning.mixed-provenance": "assessments of oneself, of peers or of others are mixed: "
    "they do not compare",
    "warning.ecological": "it holds of the groups, and need not hold of those within them",
    "warning.few-raters": "too few raters: a judgement, not a measurement",
    "warning.zero-score": "one score is zero, and so the whole: by design",
    "warning.no-threshold": "no threshold is named: there is no verdict",
    "warning.few-countries": "few countries: read them as a list, without inference",
    "warning.regression-to-the-mean": "chance alone makes the weakest seem to catch up",
    "warning.few-at-risk": "fewer than 10 were still watched: the curve is not reliable there",
    "warning.lost": "some were lost from sight: that is no closure, see the bounds",
    "warning.immature": "young cohorts are in it that had little time: see mature_after",
    "warning.few-clusters": "fewer than 10 clusters: wild bootstrap",
    "warning.not-randomised": "groups were not drawn by chance: "
    "they might have moved apart without support",
    "warning.rates-without-source": "a rate that no source says is taken as not known",
    "warning.no-range": "no range is declared: the bounds leave out the greatest proxy",
    "warning.largest-part": "the network is not connected: its largest part is read",
    "warning.few-nodes": "fewer than 50 nodes: chance makes small worlds",
    "warning.cliques": "more than half of all pairs are tied: large agreements make cliques",
    "warning.few-members": "fewer than 10 members: read it with care",
    "warning.response": "fewer than three quarters answered: read the bounds",
    "warning.few-raters-partner": "some partners were rated by fewer than three others",
    "warning.few": "fewer than 30 units: imprecise",
    "warning.few-units": "fewer than 10 units: read it with care",
    "warning.unchecked-repeats": "a long stream out of order: a record given twice would go "
    "unnoticed",
    "warning.unknown-dates": "some periods are not known: those records are included",
    "warning.missing": "more than a tenth of the values are not known",
    "warning.no-comparison": "not comparable between networks of different size: see mean degree",
    "warning.unbiased": "fewer than 5 partners: the unbiased form is given",
    "warning.loops": "ties of a member to itself are left out",
    "warning.uncertain-ties": "some agreements may not have held that day: they are included",
    "warning.still-open": "some are still open: a period that has matured leaves them out",
    "warning.over-capacity": "more hours were delivered than were available",
    "warning.observational": "a contrast of those who chose, not an effect: "
    "who uses both may differ from who uses one",
    "warning.few-events": "fewer than 10 events: read it with care",
    "warning.cannot-validate": "no pair can be told from chance: that is not proof that there is "
    "none",
    "warning.no-age-band": "no band of ages is named: nobody is young without one",
    "warning.beyond-population": "more people are reached than live there: the population does not "
    "fit",
    "warning.four-fifths": "a rate is below four fifths of that of the reference group",
    "warning.no-demand": "some supply is within reach of nobody: it is left out",
    "warning.cost-floor": "costs of zero were raised to the floor",
}
"""Phrases that no metric owns."""

_METRICS: Final[dict[str, str]] = {}
DEFINITIONS: Final[dict[str, tuple[str, str]]] = {}
"""Formula and source of each metric, by name: the same in every language."""


def add_metric(name: str, texts: Mapping[str, str], formula: str, source: str) -> None:
    """Register the English texts of a metric, its formula and its source."""
    _METRICS.update({f"{name}.{key}": text for key, text in texts.items()})
    DEFINITIONS[name] = (formula, source)


CATALOGUE: Final = Catalogue("citess.metrics", lambda: {**PHRASES, **_METRICS})
