"""Which legal forms people can choose on a day, and by which text."""

from datetime import date

from attrs import frozen

from citess.model import Dataset, DateLike, LegalFormVersion, MemberScope, as_date
from citess.questions._answer import Answer, Matches, Reason, Unknown, ranked, verdict_of
from citess.questions._financing import form_name
from citess.questions._profile import Profile, Who, profile_of
from citess.questions._rules import NO, NOT_KNOWN, YES, verdict


@frozen(kw_only=True)
class FormMatch(Answer):
    """Whether a legal form can be chosen, by the text that held on the day."""

    version: LegalFormVersion
    """Version of the form, with the text that sets its rules."""

    def explain(self, language: str = "en") -> str:
        """Form, verdict and reasons in sentences."""
        name = form_name(self.version.form)
        shown = name if isinstance(name, str) else name.get(language)
        return f"{shown}: {Answer.explain(self, language)}"


def eligible_forms(
    who: Who, *, on: DateLike, data: Dataset | None = None, unknown: Unknown = "report"
) -> Matches[FormMatch]:
    """Tell which legal forms people can choose on a day, by the texts in force that day.

    Versions of a form that did not hold are left out, so that each form stands once. A capital that
    is asked for and not given is told as a condition; one that is given and too small fails.

    Parameters
    ----------
    who
        Profile with members, délégations and governorates they come from; or a case or enterprise.
    on
        Day of the question.
    data
        Dataset with the law; by default the bundled Tunisian one.
    unknown
        Where candidates stand of which the data do not say whether they fit: apart in
        ``not_known`` (``"report"``), among those that fit (``"include"``) or among the others.

    Examples
    --------
    >>> from citess import Profile
    >>> twelve = Profile(members=12, delegations=1, governorates=1)
    >>> before = eligible_forms(twelve, on="2022-06-01")
    >>> after = eligible_forms(twelve, on="2025-11-01")
    >>> ["TN-SC-L" in {match.version.form for match in found.fit} for found in (before, after)]
    [False, True]
    """
    day = as_date(on)
    law = _bundled() if data is None else data
    profile = profile_of(who, law, day)
    found = [
        _match(version, profile, day)
        for version in law.legal_form_versions.values()
        if version.period.holds(day) is not False
    ]
    subject = None if isinstance(who, Profile) else who
    return Matches(ranked(found, lambda match: (match.version.form,)), subject, unknown)


def _bundled() -> Dataset:
    from citess.datasets import tunisia  # noqa: PLC0415  (needed without data of one's own)

    return tunisia()


def _match(version: LegalFormVersion, who: Profile, day: date) -> FormMatch:
    held = version.period.holds(day)
    missing = "period" if held is None else None
    law = Reason.of("law", verdict(held), missing, text=version.text, on=day, period=version.period)
    rules = (law, _least(version, who), _most(version, who), _scope(version, who))
    asked = (*rules, _capital(version, who), _trade(version, who), _label(version))
    reasons = tuple(reason for reason in asked if reason is not None)
    return FormMatch(
        on=day,
        verdict=verdict_of(reasons),
        reasons=reasons,
        sources=version.sources,
        version=version,
    )


def _least(version: LegalFormVersion, who: Profile) -> Reason:
    least, text = version.min_members, version.text
    if least is None or who.members is None:
        missing = "min_members" if least is None else "members"
        return Reason.of("members", NOT_KNOWN, missing, text=text)
    enough = verdict(who.members >= least)
    return Reason.of("members", enough, members=who.members, least=least, text=text)


def _most(version: LegalFormVersion, who: Profile) -> Reason | None:
    most = version.max_members
    if most is None:
        return None
    if who.members is None:
        return Reason.of("most", NOT_KNOWN, "members", most=most, text=version.text)
    few = verdict(who.members <= most)
    return Reason.of("most", few, members=who.members, most=most, text=version.text)


def _scope(version: LegalFormVersion, who: Profile) -> Reason | None:
    if version.scope is None or version.scope is MemberScope.ANYWHERE:
        return None
    if version.scope is MemberScope.ONE_DELEGATION:
        fits = None if who.delegations is None else who.delegations == 1
        missing = "delegations"
    else:
        missing = "delegations" if who.delegations is None else "governorates"
        fits = None
        if who.delegations == 1 or (who.governorates is not None and who.governorates > 1):
            fits = False
        elif None not in {who.delegations, who.governorates}:
            fits = True
    return Reason.of("scope", verdict(fits), missing if fits is None else None, scope=version.scope)


def _capital(version: LegalFormVersion, who: Profile) -> Reason | None:
    least, brought = version.min_capital, who.capital
    if least is None:
        return None
    short = (
        brought is not None and brought.currency == least.currency and brought.amount < least.amount
    )
    facts = {"text": version.text, "least": least, "capital": brought}
    return Reason.of("capital", NO if short else YES, **facts)


def _trade(version: LegalFormVersion, who: Profile) -> Reason | None:
    if not who.trade:
        return None
    allowed = version.may_trade
    missing = "may_trade" if allowed is None else None
    return Reason.of("trade", verdict(allowed), missing, text=version.text)


def _label(version: LegalFormVersion) -> Reason | None:
    return Reason.of("label", YES) if version.label_needed else None
