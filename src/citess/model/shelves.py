"""The shelves of a dataset: which classes have one, and how references name them."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final, cast, get_args, get_type_hints

from attrs import frozen

from citess.model import ids
from citess.model.advocacy import Advocacy
from citess.model.application import FinanceApplication
from citess.model.case import Case
from citess.model.enterprise import Enterprise
from citess.model.evidence import Source
from citess.model.financing import FinancingLine
from citess.model.followup import FollowUp
from citess.model.funding import Funding
from citess.model.governance import Body, Mandate
from citess.model.hub import Hub
from citess.model.hub_network import HubNetwork, Replication
from citess.model.jobs import JobsCount
from citess.model.label import Assessment, Criterion, Label, LabelAward
from citess.model.law import ImplementingText, LegalFramework
from citess.model.legal_form import LegalFormVersion
from citess.model.observation import Observation
from citess.model.partner import Partner
from citess.model.partnership import Partnership
from citess.model.programme import Programme
from citess.model.referral import Referral
from citess.model.self_assessment import SelfAssessment
from citess.model.service import Service, ServiceOffer
from citess.model.shelf import Shelf
from citess.model.space import Space
from citess.model.support import Diagnosis, Plan, SupportSession
from citess.model.territory import Territory

Record = (
    Enterprise
    | FinancingLine
    | Hub
    | ImplementingText
    | LegalFramework
    | Observation
    | Partner
    | Partnership
    | Programme
    | Service
    | ServiceOffer
    | Source
    | Space
    | Territory
    | HubNetwork
    | Replication
    | Case
    | Diagnosis
    | Plan
    | SupportSession
    | Referral
    | FinanceApplication
    | FollowUp
    | JobsCount
    | Body
    | Mandate
    | Funding
    | LegalFormVersion
    | Advocacy
    | Label
    | Criterion
    | Assessment
    | LabelAward
    | SelfAssessment
)
"""A record of any class that has a shelf."""

_WORD_START: Final = re.compile(r"(?<!^)(?=[A-Z])")


@frozen
class ShelfType:
    """A shelf as the annotations of :class:`Shelves` declare it."""

    name: str
    """Name of the shelf: ``"hubs"``."""

    kind: str
    """Kind of its records, as references name it: ``"hub"``."""

    id_type: object
    """Type of their ids."""

    record: type[Record]
    """Class of its records."""


class Shelves:
    """One read-only mapping of id to record for every class."""

    sources: Shelf[ids.SourceId, Source]
    territories: Shelf[ids.TerritoryId, Territory]
    spaces: Shelf[ids.SpaceId, Space]
    hubs: Shelf[ids.HubId, Hub]
    partners: Shelf[ids.PartnerId, Partner]
    enterprises: Shelf[ids.EnterpriseId, Enterprise]
    services: Shelf[ids.ServiceId, Service]
    service_offers: Shelf[ids.ServiceOfferId, ServiceOffer]
    partnerships: Shelf[ids.PartnershipId, Partnership]
    programmes: Shelf[ids.ProgrammeId, Programme]
    financing_lines: Shelf[ids.FinancingLineId, FinancingLine]
    legal_frameworks: Shelf[ids.LegalFrameworkId, LegalFramework]
    implementing_texts: Shelf[ids.ImplementingTextId, ImplementingText]
    observations: Shelf[ids.ObservationId, Observation]
    hub_networks: Shelf[ids.HubNetworkId, HubNetwork]
    replications: Shelf[ids.ReplicationId, Replication]
    cases: Shelf[ids.CaseId, Case]
    diagnoses: Shelf[ids.DiagnosisId, Diagnosis]
    plans: Shelf[ids.PlanId, Plan]
    support_sessions: Shelf[ids.SupportSessionId, SupportSession]
    referrals: Shelf[ids.ReferralId, Referral]
    finance_applications: Shelf[ids.FinanceApplicationId, FinanceApplication]
    follow_ups: Shelf[ids.FollowUpId, FollowUp]
    jobs_counts: Shelf[ids.JobsCountId, JobsCount]
    bodies: Shelf[ids.BodyId, Body]
    mandates: Shelf[ids.MandateId, Mandate]
    fundings: Shelf[ids.FundingId, Funding]
    legal_form_versions: Shelf[ids.LegalFormVersionId, LegalFormVersion]
    advocacies: Shelf[ids.AdvocacyId, Advocacy]
    labels: Shelf[ids.LabelId, Label]
    criteria: Shelf[ids.CriterionId, Criterion]
    assessments: Shelf[ids.AssessmentId, Assessment]
    label_awards: Shelf[ids.LabelAwardId, LabelAward]
    self_assessments: Shelf[ids.SelfAssessmentId, SelfAssessment]

    def shelves(self) -> Iterator[Shelf[str, Record]]:
        """Every shelf, in order."""
        for shelf in shelf_types():
            yield cast("Shelf[str, Record]", getattr(self, shelf.name))

    def records(self) -> Iterator[Record]:
        """Every record, shelf by shelf, sorted by id."""
        for shelf in self.shelves():
            yield from shelf.values()


@cache
def shelf_types() -> tuple[ShelfType, ...]:
    """Shelves in order, derived from the annotations of :class:`Shelves`."""
    types: list[ShelfType] = []
    for name, hint in get_type_hints(Shelves).items():
        id_type, record = get_args(hint)
        kind = _WORD_START.sub("_", record.__name__).lower()
        types.append(ShelfType(name, kind, id_type, record))
    return tuple(types)


@cache
def kinds() -> Mapping[type[Record], str]:
    """Kind of each class of records."""
    return {shelf.record: shelf.kind for shelf in shelf_types()}


def reference(record: Record) -> ids.RecordRef:
    """Reference that names a record: ``"hub:citess-mahdia"``.

    Raises
    ------
    TypeError
        When it is no record of the model.
    """
    kind = kinds().get(type(record))
    if kind is None:
        msg = f"records of the model are wanted, not {type(record).__name__}"
        raise TypeError(msg)
    return ids.RecordRef(f"{kind}:{record.id}")


def check_shelves(*given: object) -> None:
    """Check that arguments are datasets.

    Raises
    ------
    TypeError
        When one is not.
    """
    for one in given:
        if not isinstance(one, Shelves):
            msg = f"a Dataset is wanted, not {type(one).__name__}"
            raise TypeError(msg)


def place(record: Record, *names: str) -> str:
    """Place of a field in a document: ``hubs[citess-mahdia].territories[0]``."""
    shelf = next(shelf for shelf in shelf_types() if shelf.record is type(record))
    return ".".join((f"{shelf.name}[{record.id}]", *names))
