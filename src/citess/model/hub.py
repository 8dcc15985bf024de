"""Territorial hubs of the social and solidarity economy."""

from citess.errors import InvalidValueError, Issue
from citess.i18n import Term, Text
from citess.model.codes import LanguageTag, LegalFormCode, WebAddress
from citess.model.evidence import Recorded
from citess.model.history import check_order, last_begun
from citess.model.identifier import Identifier
from citess.model.ids import HubId, PartnerId, TerritoryId
from citess.model.record import record
from citess.model.time import DateLike, PartialDate, as_date


class HubMode(Term):
    """Whether a hub has premises."""

    PHYSICAL = "physical", "physical"
    VIRTUAL = "virtual", "virtual"
    HYBRID = "hybrid", "physical and virtual"


class HubStatus(Term):
    """What has become of a hub."""

    PROPOSED = "proposed", "proposed"
    PLANNED = "planned", "planned"
    FORMING = "forming", "being formed"
    ACTIVE = "active", "active"
    DORMANT = "dormant", "dormant"
    CLOSED = "closed", "closed"


class HubPhase(Term):
    """Phases of the CitESS method, 0 to 3."""

    TRIGGERING = "p0", "triggering factors"
    CONSULTATION = "p1", "multi-stakeholder consultation"
    ACTIVATION = "p2", "setup and activation"
    SUSTAINABILITY = "p3", "promoting sustainability"


class PriorityGroup(Term):
    """Whom a hub serves first."""

    WOMEN = "women", "women"
    YOUTH = "youth", "youth"
    UNEMPLOYED = "unemployed", "unemployed people"
    INFORMAL_WORKERS = "informal_workers", "informal workers"
    RURAL = "rural", "rural people"
    DISABLED = "disabled", "people with disabilities"


@record
class PhaseEntry:
    """That a hub entered a phase of the method."""

    phase: HubPhase
    """Phase entered; a hub may go back."""

    since: PartialDate | None = None
    """When, as precisely as is known."""


@record
class Hub(Recorded):
    """A territorial one-stop shop for social and solidarity entrepreneurs.

    French: *CitESS*, pôle territorial multiservice. A hub is not its association: it exists before
    incorporation, and may be virtual.

    Raises
    ------
    InvalidValueError
        When it serves no territory, or its phases are not in order of time.

    Examples
    --------
    >>> hub = Hub(id="citess-mahdia", name=Text(fr="CitESS Mahdia"), territories=("tn-53",))
    >>> hub.mode is None  # not known
    True
    """

    id: HubId
    """Stable identifier, unique among hubs, partners and enterprises."""

    name: Text
    """Public name, in every language the hub uses."""

    territories: tuple[TerritoryId, ...]
    """Areas served; the first is the seat."""

    aliases: tuple[str, ...] = ()
    """Other spellings, for matching only."""

    mode: HubMode | None = None
    """Physical, virtual or both."""

    status: HubStatus | None = None
    """What has become of it."""

    created: PartialDate | None = None
    """When it was created."""

    phases: tuple[PhaseEntry, ...] = ()
    """Phases of the method it went through, in order of time."""

    legal_form: LegalFormCode | None = None
    """Legal form of its own, when it is incorporated."""

    legal_entity: PartnerId | None = None
    """Organisation that carries it in law, when another one does."""

    charter: bool | None = None
    """Whether it has a charter of principles."""

    priority_groups: tuple[PriorityGroup, ...] = ()
    """Whom it serves first."""

    languages: tuple[LanguageTag, ...] = ()
    """Languages it works in."""

    identifiers: tuple[Identifier, ...] = ()
    """Codes in registers."""

    website: WebAddress | None = None
    """Web site."""

    description: Text | None = None
    """What sources say of it."""

    def __attrs_post_init__(self) -> None:
        if not self.territories:
            raise InvalidValueError(
                Issue.of("missing-field", "territories", (), field="territories")
            )
        check_order("phases", (entry.since for entry in self.phases))

    def phase(self, on: DateLike) -> HubPhase | None:
        """Phase the hub was in on a day; ``None`` when that is not known."""
        held = last_begun(self.phases, as_date(on))
        possible = {None if entry is None else entry.phase for entry in held}
        return possible.pop() if len(possible) == 1 else None
