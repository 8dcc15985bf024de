"""Who asks: a profile, a case or an enterprise, seen on a day."""

from datetime import date

from citess.errors import InvalidValueError, Issue, UnknownIdError
from citess.model import (
    AgeBand,
    Case,
    Dataset,
    Enterprise,
    Initiative,
    Money,
    PartialDate,
    PriorityGroup,
    Sex,
    Stage,
    StageEntry,
)
from citess.model.age import OLDEST
from citess.model.fields import WITHHELD
from citess.model.history import last_begun
from citess.model.ids import EnterpriseId
from citess.model.record import personal, record


@record
class Profile:
    """What a question needs to know of who asks; ``None`` is not known. It is never stored.

    What it says of a person is left out of ``repr`` and of messages.

    Raises
    ------
    TypeError
        When a value is of another class than its field, such as ``"female"`` for a sex.
    InvalidValueError
        When an age, a number of people or a capital cannot be, or many carry an individual project.

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

    territory: str | None = personal(default=None)
    """Id of the smallest territory known."""

    age: int | None = personal(default=None)
    """Age in whole years, on the day of the question."""

    age_band: AgeBand | None = personal(default=None)
    """Ages between which it lies, where it is not known exactly."""

    youth: AgeBand | None = None
    """Ages that count as youth for this question; without it nobody is young."""

    sex: Sex | None = personal(default=None)
    """Sex."""

    groups: tuple[PriorityGroup, ...] = personal(default=())
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

    def __attrs_post_init__(self) -> None:
        if self.age is not None and not 0 <= self.age <= OLDEST:
            raise InvalidValueError(_out_of_range("age", WITHHELD, f"0 to {OLDEST}"))
        for name in ("members", "delegations", "governorates"):
            number: int | None = getattr(self, name)
            if number is not None and number < 1:
                raise InvalidValueError(_out_of_range(name, number, "1 or more"))
        if self.initiative is Initiative.INDIVIDUAL and (self.members or 1) > 1:
            raise InvalidValueError(_out_of_range("members", self.members, "1"))
        if self.capital is not None and self.capital.amount < 0:
            raise InvalidValueError(Issue.of("negative-amount", "capital", str(self.capital)))

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


def _out_of_range(name: str, given: object, allowed: str) -> Issue:
    shown = given if given is WITHHELD else repr(given)
    return Issue("out-of-range", name, str(shown), details=(("range", allowed),))


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


def profile_of(who: Who, data: Dataset, day: date, *, elsewhere: bool = False) -> Profile:
    """See somebody as a profile on a day; what they name may stand in another dataset.

    Ages of a case are those at intake, grown by the years since.

    Raises
    ------
    UnknownIdError
        When the dataset lacks what a case names, and that does not stand elsewhere.
    """
    if isinstance(who, Profile):
        return who
    if isinstance(who, Enterprise):
        return Profile(
            stage=_only(_stages(who.stages, day)),
            initiative=who.initiative,
            territory=who.territories[0] if who.territories else None,
            legal_form=who.legal_form,
        )
    if not elsewhere and who.territory is not None and who.territory not in data.territories:
        raise UnknownIdError("territory", WITHHELD)
    enterprise = _enterprise(who, data, elsewhere=elsewhere)
    seen = Profile() if enterprise is None else profile_of(enterprise, data, day)
    own = _stages(who.stages, day)
    if None in own and enterprise is not None:
        own = (own - {None}) | _stages(enterprise.stages, day)
    return Profile(
        stage=_only(own),
        initiative=who.initiative or seen.initiative,
        territory=who.territory or seen.territory,
        age_band=None if who.age_band is None else _aged(who.age_band, who.opened, day),
        sex=who.sex,
        groups=who.groups,
        languages=who.languages,
        legal_form=seen.legal_form,
        members=who.group_size,
    )


def _aged(band: AgeBand, intake: PartialDate, day: date) -> AgeBand:
    """Ages on a day of those who were of a band of ages at intake."""
    least, most = _years(intake.latest, day)[0], _years(intake.earliest, day)[1]
    upper = None if band.upper is None else _age(band.upper + most)
    return AgeBand(lower=_age(band.lower + least), upper=upper)


def _age(years: int) -> int:
    return min(max(years, 0), OLDEST)


def _years(first: date, last: date) -> tuple[int, int]:
    """Whole years from one day to another: those that are over, and those that are begun."""
    begun, passed = (first.month, first.day), (last.month, last.day)
    years = last.year - first.year - (passed < begun)
    return years, years + (passed != begun)


def _enterprise(case: Case, data: Dataset, *, elsewhere: bool) -> Enterprise | None:
    if case.enterprise is None or (elsewhere and case.enterprise not in data.enterprises):
        return None
    return data.enterprises[EnterpriseId(case.enterprise)]


def _stages(history: tuple[StageEntry, ...], day: date) -> frozenset[Stage | None]:
    held = last_begun(history, day)
    return frozenset(None if entry is None else entry.stage for entry in held)


def _only(stages: frozenset[Stage | None]) -> Stage | None:
    return next(iter(stages)) if len(stages) == 1 else None
