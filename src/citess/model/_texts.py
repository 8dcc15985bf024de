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
}

CATALOGUE: Final = Catalogue("citess.model", ENGLISH)
