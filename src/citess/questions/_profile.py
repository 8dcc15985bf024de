"""Who asks: a profile, a case or an enterprise, seen on a day."""

from datetime import date

from attrs import field, frozen

from citess.model import (
    AgeBand,
    Case,
    Dataset,
    Enterprise,
    Initiative,
    Money,
    PriorityGroup,
    Sex,
    Stage,
    StageEntry,
)
from citess.model.history import last_begun
from citess.model.ids import EnterpriseId


@frozen(kw_only=True)
class Profile:
    """What a question needs to know of who asks; ``None`` is not known. It is never stored.

    What it says of a person is left out of ``repr``.

    Examples
    --------
    >>> profile = Profile(age=24, sex=Sex.FEMALE, stage=Stage.IDEA, territory="tn-43")
    >>> PriorityGroup.WOMEN in profile.belongs_to()
    True
    """

    stage: Stage | None = None
    """Stage of the project or enterprise."""

    initiative: Initiative | None = None
    """Individual or collective."""

    territory: str | None = None
    """Id of the smallest territory known."""

    age: int | None = field(default=None, repr=False)
    """Age in whole years, on the day of the question."""

    age_band: AgeBand | None = field(default=None, repr=False)
    """Ages between which it lies, where it is not known exactly."""

    youth: AgeBand | None = None
    """Ages that count as youth for this question; without it nobody is young."""

    sex: Sex | None = field(default=None, repr=False)
    """Sex."""

    groups: tuple[PriorityGroup, ...] = field(default=(), repr=False)
    """Groups known to belong to."""

    languages: tuple[str, ...] = ()
    """Languages of which one must be spoken; none is any."""

    legal_form: str | None = None
    """Code of the legal form."""

    members: int | None = None
    """People who carry the project together."""

    delegations: int | None = None
    """Number of délégations the members come from."""

    governorates: int | None = None
    """Number of governorates the members come from."""

    capital: Money | None = None
    """Capital that can be brought."""

    trade: bool | None = None
    """Whether the activity is commercial."""

    def ages(self) -> AgeBand | None:
        """Ages between which the age lies."""
        return self.age_band if self.age is None else AgeBand(lower=self.age, upper=self.age)

    def belongs_to(self) -> frozenset[PriorityGroup]:
        """Groups that it surely belongs to."""
        groups = {*self.groups}
        if self.sex is Sex.FEMALE:
            groups.add(PriorityGroup.WOMEN)
        if self.youth is not None and contains(self.youth, self.ages()):
            groups.add(PriorityGroup.YOUTH)
        return frozenset(groups)


Who = Profile | Case | Enterprise
"""Whoever a question can be asked for."""


def contains(band: AgeBand, ages: AgeBand | None) -> bool | None:
    """Whether all ages lie in a band: ``None`` when only some do, or they are not known.

    Examples
    --------
    >>> youth = AgeBand(lower=18, upper=35)
    >>> contains(youth, AgeBand(lower=20, upper=24)), contains(youth, AgeBand(lower=30, upper=40))
    (True, None)
    """
    if ages is None:
        return None
    oldest = float("inf")
    low, high = band.lower, oldest if band.upper is None else band.upper
    first, last = ages.lower, oldest if ages.upper is None else ages.upper
    if low <= first and last <= high:
        return True
    return False if last < low or high < first else None


def profile_of(who: Who, data: Dataset, day: date) -> Profile:
    """See somebody as a profile on a day."""
    if isinstance(who, Profile):
        return who
    if isinstance(who, Enterprise):
        return Profile(
            stage=_only(_stages(who.stages, day)),
            initiative=who.initiative,
            territory=who.territories[0] if who.territories else None,
            legal_form=who.legal_form,
        )
    enterprise = None if who.enterprise is None else data.enterprises[EnterpriseId(who.enterprise)]
    seen = Profile() if enterprise is None else profile_of(enterprise, data, day)
    own = _stages(who.stages, day)
    if None in own and enterprise is not None:
        own = (own - {None}) | _stages(enterprise.stages, day)
    return Profile(
        stage=_only(own),
        initiative=who.initiative or seen.initiative,
        territory=who.territory or seen.territory,
        age_band=who.age_band,
        sex=who.sex,
        groups=who.groups,
        languages=who.languages,
        legal_form=seen.legal_form,
        members=who.group_size,
    )


def _stages(history: tuple[StageEntry, ...], day: date) -> frozenset[Stage | None]:
    held = last_begun(history, day)
    return frozenset(None if entry is None else entry.stage for entry in held)


def _only(stages: frozenset[Stage | None]) -> Stage | None:
    return next(iter(stages)) if len(stages) == 1 else None
