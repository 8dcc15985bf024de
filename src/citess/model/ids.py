"""Identifiers: one type for each class of records, and references that name a kind."""

import re
from typing import Final, NewType

HubId = NewType("HubId", str)
PartnerId = NewType("PartnerId", str)
EnterpriseId = NewType("EnterpriseId", str)
TerritoryId = NewType("TerritoryId", str)
SpaceId = NewType("SpaceId", str)
ServiceId = NewType("ServiceId", str)
ServiceOfferId = NewType("ServiceOfferId", str)
PartnershipId = NewType("PartnershipId", str)
ProgrammeId = NewType("ProgrammeId", str)
FinancingLineId = NewType("FinancingLineId", str)
LegalFrameworkId = NewType("LegalFrameworkId", str)
ImplementingTextId = NewType("ImplementingTextId", str)
ObservationId = NewType("ObservationId", str)
SourceId = NewType("SourceId", str)
HubNetworkId = NewType("HubNetworkId", str)
ReplicationId = NewType("ReplicationId", str)
CaseId = NewType("CaseId", str)
DiagnosisId = NewType("DiagnosisId", str)
PlanId = NewType("PlanId", str)
SupportSessionId = NewType("SupportSessionId", str)
ReferralId = NewType("ReferralId", str)
FinanceApplicationId = NewType("FinanceApplicationId", str)
FollowUpId = NewType("FollowUpId", str)
JobsCountId = NewType("JobsCountId", str)
BodyId = NewType("BodyId", str)
MandateId = NewType("MandateId", str)
FundingId = NewType("FundingId", str)
LegalFormVersionId = NewType("LegalFormVersionId", str)
AdvocacyId = NewType("AdvocacyId", str)
LabelId = NewType("LabelId", str)
CriterionId = NewType("CriterionId", str)
AssessmentId = NewType("AssessmentId", str)
LabelAwardId = NewType("LabelAwardId", str)
SelfAssessmentId = NewType("SelfAssessmentId", str)

Pseudonym = NewType("Pseudonym", str)
"""Stand-in for a person, as :func:`citess.pseudonym` makes it; never a name."""

PartyId = NewType("PartyId", str)
"""Id of a hub, a partner or an enterprise: whoever can be a member of an agreement."""

RecordRef = NewType("RecordRef", str)
"""Reference to any record, as ``kind:id``: ``"hub:citess-mahdia"``."""

SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""Shape of every id: lower-case letters and digits joined by single hyphens."""

LONGEST_ID: Final = 120


def is_id(value: str) -> bool:
    """Tell whether a string has the shape of an id.

    Examples
    --------
    >>> is_id("citess-mahdia"), is_id("CitESS Mahdia")
    (True, False)
    """
    return len(value) <= LONGEST_ID and SLUG.fullmatch(value) is not None
