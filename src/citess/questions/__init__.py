"""Questions that people ask of a dataset; answers have three values, and say why.

Examples
--------
>>> import citess
>>> label = citess.datasets.tunisia().labels["tn-entreprise-ess"]
>>> answer = citess.awardable(label, on="2023-01-01")
>>> answer.verdict.label("fr")
'non'
"""

from citess.questions._answer import Answer, Matches, Reason, Verdict
from citess.questions._financing import FinancingMatch, financing_for
from citess.questions._forms import FormMatch, FormMatches, eligible_forms
from citess.questions._gaps import Cell, Gap, Gaps, gaps
from citess.questions._labels import awardable
from citess.questions._laws import LegalAnswer, legal_status
from citess.questions._profile import Profile
from citess.questions._services import OfferMatch, services_for
from citess.questions._timeline import Moment, timeline

__all__ = [
    "Answer",
    "Cell",
    "FinancingMatch",
    "FormMatch",
    "FormMatches",
    "Gap",
    "Gaps",
    "LegalAnswer",
    "Matches",
    "Moment",
    "OfferMatch",
    "Profile",
    "Reason",
    "Verdict",
    "awardable",
    "eligible_forms",
    "financing_for",
    "gaps",
    "legal_status",
    "services_for",
    "timeline",
]
