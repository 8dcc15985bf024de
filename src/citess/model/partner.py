"""Organisations that work with hubs."""

from citess.i18n import Term, Text
from citess.model.codes import CountryCode, LegalFormCode, WebAddress
from citess.model.evidence import Recorded
from citess.model.identifier import Identifier
from citess.model.ids import PartnerId, TerritoryId
from citess.model.record import record
from citess.model.time import Period


class Sector(Term):
    """To which part of society an organisation belongs."""

    PUBLIC = "public", "public sector"
    PRIVATE = "private", "private for-profit"
    SSE = "sse", "social and solidarity economy"
    ACADEMIA = "academia", "academia and research"
    INTERNATIONAL = "international", "international body or donor"


class SubSector(Term):
    """A finer part, where it matters."""

    CIVIL_SOCIETY = "civil_society", "civil society"
    SSE_REPRESENTATIVE = "sse_representative", "statutory body that represents the SSE"
    SOLIDARITY_FINANCE = "solidarity_finance", "solidarity finance"
    LOCAL_AUTHORITY = "local_authority", "local authority"
    PUBLIC_AGENCY = "public_agency", "public agency"
    DONOR = "donor", "donor"


class SupportRole(Term):
    """What kind of support organisation (SESO) it is."""

    INCUBATOR = "incubator", "incubator"
    ACCELERATOR = "accelerator", "accelerator"
    COWORKING = "coworking", "coworking space"
    FINANCIAL_INSTITUTION = "financial_institution", "financial institution"
    MFI = "mfi", "microfinance institution"
    BUSINESS_ASSOCIATION = "business_association", "business association"
    NGO = "ngo", "non-governmental organisation"
    TRAINING_BODY = "training_body", "training body"
    UNIVERSITY = "university", "university"
    PUBLIC_AGENCY = "public_agency", "public agency"
    HUB = "hub", "hub"


class ActorLevel(Term):
    """How far an organisation reaches."""

    LOCAL = "local", "local"
    REGIONAL = "regional", "regional"
    NATIONAL = "national", "national"
    INTERNATIONAL = "international", "international"


class SseStatus(Term):
    """On what ground an organisation is of the social and solidarity economy."""

    LAW = "law", "by law"
    LABEL = "label", "by label"
    SELF_DECLARED = "self_declared", "by its own word"
    NONE = "none", "not of the SSE"


@record
class Partner(Recorded):
    """Any organisation that works with a hub: public, private, SSE, academic or international.

    What it does in an agreement is a role on the dated tie, never a kind of organisation.

    Examples
    --------
    >>> Partner(id="cospe", name=Text(it="COSPE"), sector=Sector.SSE).sector.label("fr")
    'économie sociale et solidaire'
    """

    id: PartnerId
    """Stable identifier, unique among hubs, partners and enterprises."""

    name: Text
    """Name, the official one first."""

    sector: Sector | None = None
    """Part of society it belongs to; ``None`` is not known."""

    sub_sector: SubSector | None = None
    """Finer part, where it matters."""

    level: ActorLevel | None = None
    """How far it reaches."""

    support_roles: tuple[SupportRole, ...] = ()
    """What kinds of support organisation it is."""

    aliases: tuple[str, ...] = ()
    """Other spellings and acronyms, for matching only."""

    country: CountryCode | None = None
    """Country of its seat, ISO 3166-1."""

    territories: tuple[TerritoryId, ...] = ()
    """Areas it works in; the first is the seat."""

    legal_form: LegalFormCode | None = None
    """Legal form."""

    sse_status: SseStatus | None = None
    """On what ground it is of the social and solidarity economy."""

    active: Period | None = None
    """When it existed."""

    identifiers: tuple[Identifier, ...] = ()
    """Codes in registers."""

    website: WebAddress | None = None
    """Web site."""

    description: Text | None = None
    """What sources say of it."""
