"""Rules that offers and lines of finance share; each speaks for, against, or is not known."""

from collections.abc import Iterator
from datetime import date

from citess.i18n import Text
from citess.model import AgeBand, Dataset, Period, Sex, Stage
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


def territory_rule(
    data: Dataset, territories: tuple[TerritoryId, ...], who: Profile
) -> Reason | None:
    """Whether a territory lies in one of those named, by any division of the land."""
    if not territories:
        return None
    allowed = tuple(name_of(data, one) for one in territories)
    if who.territory is None:
        return Reason.of("territory", NOT_KNOWN, "territory", allowed=allowed)
    mine = {*within(data, TerritoryId(who.territory))}
    name = name_of(data, TerritoryId(who.territory))
    if mine & {*territories}:
        return Reason.of("territory", YES, territory=name, allowed=allowed)
    if any(who.territory in within(data, one) for one in territories):
        return Reason.of("territory", NOT_KNOWN, "territory", allowed=allowed)
    return Reason.of("territory", NO, territory=name, allowed=allowed)


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
