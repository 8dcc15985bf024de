"""Programmes and projects, and the consortia that carry them."""

from citess.i18n import Term, Text
from citess.model.evidence import Recorded
from citess.model.identifier import Identifier
from citess.model.ids import ProgrammeId, SourceId, TerritoryId
from citess.model.money import Money
from citess.model.partnership import Member
from citess.model.record import record
from citess.model.time import Period


class Level(Term):
    """Level of an action, only ever as a source asserts it: sources disagree."""

    MICRO = "micro", "micro"
    MESO = "meso", "meso"
    MACRO = "macro", "macro"


@record
class AssertedLevel:
    """The level that one source gives to an action."""

    level: Level
    """Level asserted."""

    source: SourceId
    """Who asserts it."""


@record
class Programme(Recorded):
    """A programme or project: who funds, leads and carries it, where and when.

    Its targets and results are observations about it, so that rival figures stay side by side.

    Examples
    --------
    >>> period = Period.of("2014-10-01", "2017-10-01")
    >>> iess = Programme(id="iess", name=Text(en="iESS!"), period=period)
    >>> iess.period.holds("2016-01-01")
    True
    """

    id: ProgrammeId
    """Stable identifier, unique among programmes and partnerships."""

    name: Text
    """Name or acronym."""

    title: Text | None = None
    """Full title."""

    members: tuple[Member, ...] = ()
    """Consortium and funders, in their roles."""

    territories: tuple[TerritoryId, ...] = ()
    """Where it works."""

    budget: Money | None = None
    """Budget, when sources agree on one."""

    period: Period | None = None
    """When it ran."""

    levels: tuple[AssertedLevel, ...] = ()
    """Micro, meso or macro, as sources assert."""

    identifiers: tuple[Identifier, ...] = ()
    """References of contracts and registers."""

    description: Text | None = None
    """What it aims at."""
