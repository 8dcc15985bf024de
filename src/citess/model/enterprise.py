"""Enterprises and the projects they grow from."""

from citess.i18n import Term, Text
from citess.model.codes import ActivityCode, LegalFormCode
from citess.model.evidence import Recorded
from citess.model.history import check_order, last_begun
from citess.model.identifier import Identifier
from citess.model.ids import EnterpriseId, HubId, TerritoryId
from citess.model.partner import Sector, SseStatus
from citess.model.record import record
from citess.model.time import DateLike, PartialDate, as_date


class Stage(Term):
    """Stages from awareness to closure; a stage is neither a legal status nor an age."""

    AWARENESS = "awareness", "awareness"
    IDEA = "idea", "idea"
    PRE_CREATION = "pre_creation", "pre-creation"
    CREATION = "creation", "creation"
    START_UP = "start_up", "post-creation"
    CONSOLIDATION = "consolidation", "consolidation"
    GROWTH = "growth", "growth"
    SCALE = "scale", "scaling"
    TRANSFORMATION = "transformation", "transformation"
    DORMANT = "dormant", "dormant"
    CLOSED = "closed", "closed"


PROJECT_STAGES = frozenset({Stage.AWARENESS, Stage.IDEA, Stage.PRE_CREATION})
"""Stages at which there is a project and no enterprise yet."""

UNSETTLED_STAGES = frozenset({Stage.CREATION})
"""Stages at which an enterprise is coming into being: it may or may not exist."""


class Initiative(Term):
    """Who carries a project."""

    INDIVIDUAL = "individual", "individual"
    COLLECTIVE = "collective", "collective"


class Formality(Term):
    """Whether an enterprise is registered."""

    INFORMAL = "informal", "informal"
    SEMI_FORMAL = "semi_formal", "partly registered"
    FORMAL = "formal", "registered"


@record
class StageEntry:
    """That an enterprise or project entered a stage."""

    stage: Stage
    """Stage entered; it may go back."""

    since: PartialDate | None = None
    """When, as precisely as is known."""


@record
class Enterprise(Recorded):
    """An enterprise of the social and solidarity economy, or the project it grows from.

    One class from idea to closure: an idea is not an enterprise, so counts ask
    :meth:`is_enterprise`.

    Raises
    ------
    InvalidValueError
        When its stages are not in order of time.

    Examples
    --------
    >>> stages = (
    ...     StageEntry(stage=Stage.IDEA, since=PartialDate("2021")),
    ...     StageEntry(stage=Stage.START_UP, since=PartialDate("2022-05")),
    ... )
    >>> bees = Enterprise(id="bees", name=Text(fr="Ruches"), stages=stages)
    >>> bees.is_enterprise("2021-12-31"), bees.is_enterprise("2022-05-10")
    (False, None)
    """

    id: EnterpriseId
    """Stable identifier, unique among hubs, partners and enterprises."""

    name: Text
    """Trade name or name of the project; never that of a person."""

    hub: HubId | None = None
    """Hub that accompanies it, when one does."""

    stages: tuple[StageEntry, ...] = ()
    """Stages it went through, in order of time."""

    initiative: Initiative | None = None
    """Individual or collective."""

    formality: Formality | None = None
    """Whether it is registered."""

    legal_form: LegalFormCode | None = None
    """Legal form."""

    sector: Sector | None = None
    """Part of society it belongs to."""

    sse_status: SseStatus | None = None
    """On what ground it is of the social and solidarity economy."""

    activities: tuple[ActivityCode, ...] = ()
    """What it does, the main activity first."""

    territories: tuple[TerritoryId, ...] = ()
    """Where it works; the first is the seat."""

    identifiers: tuple[Identifier, ...] = ()
    """Codes in registers."""

    description: Text | None = None
    """What sources say of it."""

    def __attrs_post_init__(self) -> None:
        if len(self.stages) > 1:
            check_order("stages", (entry.since for entry in self.stages))

    def possible_stages(self, on: DateLike) -> frozenset[Stage]:
        """Stages it may have been in on a day; empty when none can have begun."""
        held = last_begun(self.stages, as_date(on))
        return frozenset(entry.stage for entry in held if entry is not None)

    def is_enterprise(self, on: DateLike) -> bool | None:
        """Whether it was an enterprise on a day; ``None`` when that is not known.

        Projects before creation and closed enterprises are not; during creation it is not known.
        """
        held = last_begun(self.stages, as_date(on))
        answers = {False if entry is None else _is_enterprise(entry.stage) for entry in held}
        return answers.pop() if self.stages and len(answers) == 1 else None


def _is_enterprise(stage: Stage) -> bool | None:
    if stage in UNSETTLED_STAGES:
        return None
    return stage not in PROJECT_STAGES and stage is not Stage.CLOSED
