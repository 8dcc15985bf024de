"""Open code lists as data: concepts with labels, definitions, matches and successors.

Examples
--------
>>> from citess import vocab
>>> vocab.scheme("service-kinds")["legal"].label("ar")
'الدعم القانوني'
"""

from citess.vocab._scheme import Concept, Scheme, add, scheme, schemes

__all__ = ["Concept", "Scheme", "add", "scheme", "schemes"]
