"""Closed lists in the shape of open ones: concept schemes made of the terms of the model."""

from functools import partial
from typing import Final

from citess.i18n import LABEL_LANGUAGES, LANGUAGES, Term, Text
from citess.model.enterprise import Stage
from citess.model.evidence import Evidence
from citess.model.hub import HubPhase
from citess.model.partner import Sector
from citess.model.partnership import Intensity, Role
from citess.model.service import CoProduction
from citess.vocab import Concept, Scheme


def scheme_of(terms: type[Term]) -> Scheme:
    """Make a concept scheme of a closed list; its id is the name of the list with hyphens.

    Examples
    --------
    >>> scheme_of(Stage)["idea"].label("it")
    'idea'
    """
    name = terms.list_name().replace("_", "-")
    title = Text({language: terms.list_title(language) for language in LANGUAGES})
    concepts = {term.value: _concept(term) for term in terms}
    return Scheme(name, title, (terms.__doc__ or name).splitlines()[0], concepts)


def _concept(term: Term) -> Concept:
    labels = {language: term.label(language) for language in LABEL_LANGUAGES}
    defined = {language: term.definition(language) for language in LANGUAGES}
    definition = {language: text for language, text in defined.items() if text is not None}
    return Concept(
        code=term.value,
        labels=Text(labels),
        definition=Text(definition) if definition else None,
    )


co_production: Final = partial(scheme_of, CoProduction)
evidence: Final = partial(scheme_of, Evidence)
hub_phase: Final = partial(scheme_of, HubPhase)
intensity: Final = partial(scheme_of, Intensity)
role: Final = partial(scheme_of, Role)
sector: Final = partial(scheme_of, Sector)
stage: Final = partial(scheme_of, Stage)
