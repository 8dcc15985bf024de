"""English sentences about differences; ``fr.toml`` and ``ar.toml`` hold the others."""

from typing import Final

from citess.i18n import Catalogue

ENGLISH: Final = {
    "diff.none": "no difference",
    "diff.added": "+ {ref}",
    "diff.removed": "- {ref}",
    "diff.changed": "~ {ref} {field}: {before} -> {after}",
    "diff.sources": " (sources: {before} -> {after})",
    "diff.unknown": "not known",
    "diff.withheld": "withheld",
    "diff.yes": "yes",
    "diff.no": "no",
    "diff.remembered": "+ {ref}, as it stood until {date}",
    "diff.forgotten": "- {ref}, as it stood until {date}",
    "diff.extra": "~ fields of a newer format",
}

CATALOGUE: Final = Catalogue("citess.model", ENGLISH)
