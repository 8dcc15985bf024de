"""Which lines of finance are open to somebody, and which rule fails."""

from datetime import date

from attrs import frozen

from citess import vocab
from citess.errors import InvalidValueError, Issue
from citess.i18n import Text
from citess.model import Dataset, DateLike, FinancingLine, Money, as_date
from citess.model.slices import Unknown
from citess.questions._answer import Answer, Matches, Reason, ranked, verdict_of
from citess.questions._given import check_asked, check_given
from citess.questions._profile import Profile, Who, profile_of
from citess.questions._rules import (
    NO,
    NOT_KNOWN,
    YES,
    Place,
    age_rule,
    period_rule,
    place_of,
    sex_rule,
    stage_rule,
    territory_rule,
)


@frozen(kw_only=True)
class FinancingMatch(Answer):
    """Whether a line of finance is open, and why."""

    line: FinancingLine
    """Line of finance."""

    def explain(self, language: str = "en") -> str:
        """Line, verdict and reasons in sentences."""
        return f"{self.line.name.get(language)}: {Answer.explain(self, language)}"


def financing_for(
    data: Dataset,
    who: Who,
    *,
    on: DateLike,
    asked: Money | None = None,
    unknown: Unknown = "report",
) -> Matches[FinancingMatch]:
    """Tell which lines of finance are open to somebody on a day, naming the rule that fails.

    Stages, legal forms and territories that a line does not name are not known, and keep it from
    being certain; so does a greatest amount that it does not name, where an amount is asked for. A
    least amount, ages and sex that it does not name are no limit.

    Parameters
    ----------
    data
        Dataset with the lines.
    who
        Profile, case or enterprise.
    on
        Day of the question.
    asked
        Amount wanted; bounds in another currency are not compared.
    unknown
        Where candidates stand of which the data do not say whether they fit: apart in
        ``not_known`` (``"report"``), among those that fit (``"include"``) or among the others.

    Raises
    ------
    UnknownIdError
        When the territory of the profile, or the enterprise of the case, is not in the dataset.
    InvalidValueError
        When the amount asked for is negative.
    TypeError, ValueError
        When an argument is of another kind.

    Examples
    --------
    >>> import citess
    >>> data = citess.datasets.tunisia()
    >>> who = citess.Profile(stage=citess.Stage.IDEA, territory="tn-43")
    >>> found = citess.financing_for(data, who, on="2024-06-01", asked=Money.of(400000, "TND"))
    >>> next(m for m in found if m.line.id == "bts-sse").against[0].rule
    'amount'
    """
    check_asked(data, who, unknown)
    if asked is not None:
        check_given("asked", asked, Money)
        if asked.amount < 0:
            raise InvalidValueError(Issue.of("negative-amount", "asked", str(asked)))
    day = as_date(on)
    profile = profile_of(who, data, day)
    place = None if profile.territory is None else place_of(data, profile.territory)
    found = [
        _match(data, line, (profile, place), day, asked) for line in data.financing_lines.values()
    ]
    subject = None if isinstance(who, Profile) else who
    return Matches(ranked(found, lambda match: (match.line.id,)), subject, unknown)


def _match(
    data: Dataset,
    line: FinancingLine,
    seen: tuple[Profile, Place | None],
    day: date,
    asked: Money | None,
) -> FinancingMatch:
    who, place = seen
    rules = (
        period_rule(line.period, day),
        stage_rule(line.stages, who) or Reason.of("stages", NOT_KNOWN, "stages"),
        _form(line, who),
        territory_rule(data, line.territories, place)
        or Reason.of("territories", NOT_KNOWN, "territories"),
        age_rule(line.age_band, who),
        sex_rule(line.sex, who),
        None if asked is None else _amount(line, asked),
    )
    reasons = tuple(reason for reason in rules if reason is not None)
    return FinancingMatch(
        on=day, verdict=verdict_of(reasons), reasons=reasons, sources=line.sources, line=line
    )


def _form(line: FinancingLine, who: Profile) -> Reason:
    if not line.legal_forms:
        return Reason.of("forms", NOT_KNOWN, "legal_forms")
    allowed = tuple(form_name(form) for form in line.legal_forms)
    if who.legal_form is None:
        return Reason.of("form", NOT_KNOWN, "legal_form", allowed=allowed)
    verdict = YES if who.legal_form in line.legal_forms else NO
    return Reason.of("form", verdict, form=form_name(who.legal_form), allowed=allowed)


def form_name(form: str) -> Text | str:
    """Label of a legal form, or its code where the vocabulary has none."""
    forms = vocab.scheme("legal-forms")
    return forms[form].labels if form in forms else form


def _amount(line: FinancingLine, asked: Money) -> Reason:
    low, high = (
        bound if bound is not None and bound.currency == asked.currency else None
        for bound in (line.amount_min, line.amount_max)
    )
    said = tuple(str(bound) for bound in (low, high) if bound is not None)
    below = low is not None and asked.amount < low.amount
    if below or (high is not None and asked.amount > high.amount):
        return Reason.of("amount", NO, asked=asked, bounds=said)
    if high is None:
        return Reason.of("amount", NOT_KNOWN, "amount_max", currency=asked.currency)
    return Reason.of("amount", YES, asked=asked, bounds=said)
