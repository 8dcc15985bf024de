"""Rules that offers and lines of finance share; each speaks for, against, or is not known."""

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from citess.i18n import Text
from citess.model import AgeBand, Dataset, Period, Sex, Stage, Territory, TerritoryLevel
from citess.model.ids import TerritoryId
from citess.questions._answer import Reason, Verdict
from citess.questions._profile import Profile, contains

YES, NO, NOT_KNOWN = Verdict.YES, Verdict.NO, Verdict.NOT_KNOWN


def verdict(answer: bool | None) -> Verdict:  # noqa: FBT001  (the value judged)
    """Verdict of a three-valued truth."""
    return NOT_KNOWN if answer is None else YES if answer else NO


def period_rule(period: Period | None, day: date) -> Reason:
    """Whether something holds on a day."""
    held = None if period is None else period.holds(day)
    missing = "period" if held is None else None
    return Reason.of("period", verdict(held), missing, on=day, period=period)


def stage_rule(stages: tuple[Stage, ...], who: Profile) -> Reason | None:
    """Whether a stage is among those named."""
    if not stages:
        return None
    if who.stage is None:
        return Reason.of("stage", NOT_KNOWN, "stage", allowed=stages)
    return Reason.of("stage", verdict(who.stage in stages), stage=who.stage, allowed=stages)


def age_rule(band: AgeBand | None, who: Profile) -> Reason | None:
    """Whether an age lies in a band."""
    if band is None:
        return None
    inside = contains(band, who.ages())
    return Reason.of("age", verdict(inside), "age" if inside is None else None, band=band)


def sex_rule(sex: Sex | None, who: Profile) -> Reason | None:
    """Whether something is reserved to the other sex."""
    if sex is None:
        return None
    if who.sex is None:
        return Reason.of("sex", NOT_KNOWN, "sex", sex=sex)
    return Reason.of("sex", verdict(sex is who.sex), sex=sex)


@frozen
class Place:
    """A territory and how others lie to it, by every division of the land."""

    name: Text
    """Name."""

    inside: frozenset[str]
    """The territory and all that contain it."""

    touching: frozenset[str]
    """All that perhaps share land with it."""

    def lies_in(self, territories: tuple[TerritoryId, ...]) -> bool | None:
        """Whether it lies in one of some territories; ``None`` where it may lie in part."""
        if not self.inside.isdisjoint(territories):
            return True
        return False if self.touching.isdisjoint(territories) else None


_ACROSS = frozenset({TerritoryLevel.DELEGATION, TerritoryLevel.SECTOR})


def place_of(data: Dataset, territory: str) -> Place:
    """See how others lie to a territory.

    Two territories perhaps share land where a third lies in both, or where one is a municipality
    and the other a délégation or imada of the same governorate, whose bounds cut across.

    Raises
    ------
    UnknownIdError
        When it is not in the dataset.
    """
    here = data.territories[TerritoryId(territory)]
    above = {one: frozenset(within(data, one)) for one in data.territories}
    parts = [one for one, held in above.items() if here.id in held]
    crossing = [one.id for one in data.territories.values() if _cuts_across(data, above, here, one)]
    touching = {id_ for one in (*parts, *crossing) for id_ in above[one]}
    return Place(here.name, above[here.id], frozenset(touching))


def _cuts_across(
    data: Dataset, above: dict[TerritoryId, frozenset[str]], one: Territory, other: Territory
) -> bool:
    levels = {one.level, other.level}
    if TerritoryLevel.MUNICIPALITY not in levels or levels.isdisjoint(_ACROSS):
        return False
    first, second = (
        {id_ for id_ in above[place.id] if _is_governorate(data, id_)} for place in (one, other)
    )
    return not (first and second) or not first.isdisjoint(second)


def _is_governorate(data: Dataset, territory: str) -> bool:
    return data.territories[TerritoryId(territory)].level is TerritoryLevel.GOVERNORATE


def territory_rule(
    data: Dataset, territories: tuple[TerritoryId, ...], place: Place | None
) -> Reason | None:
    """Whether a place lies in one of the territories named."""
    if not territories:
        return None
    allowed = tuple(name_of(data, one) for one in territories)
    inside = None if place is None else place.lies_in(territories)
    if place is None or inside is None:
        return Reason.of("territory", NOT_KNOWN, "territory", allowed=allowed)
    return Reason.of("territory", verdict(inside), territory=place.name, allowed=allowed)


def within(data: Dataset, territory: TerritoryId) -> Iterator[str]:
    """Give a territory and all that contain it, by every division of the land."""
    seen: set[str] = set()
    waiting = [territory]
    while waiting:
        id_ = waiting.pop()
        if id_ not in seen:
            seen.add(id_)
            yield id_
            waiting += [parent.territory for parent in data.territories[id_].parents]


def name_of(data: Dataset, territory: TerritoryId) -> Text:
    """Name of a territory."""
    return data.territories[territory].name
