"""English words of the report; ``fr.toml`` and ``ar.toml`` hold the others."""

from typing import Final

from citess.i18n import Catalogue

ENGLISH: Final = {
    "title": "Report on the hubs",
    "not-known": "not known",
    "none": "none",
    "day": "What is dated holds on {day}, the latest day that the data report on.",
    "day-asked": "What is dated holds on {day}.",
    "no-day": "The data name no day, so nothing is dated.",
    "hubs": "The hubs",
    "hubs.none": "No hub is recorded.",
    "column.hub": "hub",
    "column.territory": "territory",
    "column.created": "created",
    "column.status": "status",
    "column.evidence": "evidence",
    "column.sector": "sector",
    "column.partners": "partners",
    "column.offers": "offers",
    "column.kinds": "kinds of service",
    "column.figure": "figure",
    "column.about": "about",
    "column.value": "value",
    "column.claim": "claim",
    "column.source": "source",
    "column.text": "implementing text",
    "column.last": "last report",
    "column.measure": "measure",
    "column.reading": "reading",
    "column.reason": "reason",
    "partners": "Partners by sector",
    "partners.count": "{n} partners are recorded; the sector of {unknown} is not known.",
    "offers": "What is known of their offers",
    "offers.some": "{n} of {all} kinds",
    "offers.unknown": "For {hubs}, no offer is recorded: what they offer is not known, which is not"
    " the same as nothing.",
    "rivals": "Rival figures",
    "rivals.none": "No source contradicts another.",
    "rivals.intro": "Sources give different values for {n} figures; all are kept, none is chosen.",
    "law": "State of the law",
    "law.none": "No law is recorded in the territories of the hubs.",
    "law.state": "{law}: {status}.",
    "law.days": "{days} days after its adoption, {issued} of {known} implementing texts are issued;"
    " the status of {unknown} more is not known.",
    "law.silent": "Of its {n} implementing texts, no source reports the status.",
    "law.no-texts": "No implementing text is recorded.",
    "measures": "Measures",
    "measures.intro": "Each is computed from the records above; none is estimated.",
    "unmeasured": "Not measured",
    "unmeasured.intro": "The records do not answer {n} more questions; no number"
    " stands in for them.",
    "unmeasured.nothing": "nothing is recorded of it",
    "next": "Three next steps",
    "next.offers": "Ask {hub} which services it offers, with whom and to whom, and record them.",
    "next.rival": "Ask the sources of “{figure}” ({about}) which of {values} holds.",
    "next.decree": "Watch for the implementing text “{text}”, last reported “{status}”.",
    "next.sector": "Find out the sector of {partner}.",
    "next.form": "Find out whether the agreement “{agreement}” is signed.",
    "next.source": "Cite a source for {record}.",
    "next.done": "Record the next changes as they come, with their sources.",
    "sources": "Sources",
    "sources.count": "{n} sources are cited; {doubtful} of {records} records are not verified in"
    " one.",
}
"""Texts by key."""

CATALOGUE: Final = Catalogue("citess.report", ENGLISH)
