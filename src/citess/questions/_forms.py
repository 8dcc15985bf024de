"""Which legal forms people can choose on a day, and by which text."""

from datetime import date

from attrs import frozen

from citess import vocab
from citess.model import (
    Dataset,
    DateLike,
    LegalFormVersion,
    MemberScope,
    TerritoryLevel,
    as_date,
)
from citess.model.ids import TerritoryId
from citess.model.legal_form import may_trade
from citess.model.slices import Unknown
from citess.questions._answer import Answer, Matches, Reason, ranked, said, verdict_of
from citess.questions._financing import form_name
from citess.questions._given import check_asked
from citess.questions._profile import Profile, Who, profile_of
from citess.questions._rules import NO, NOT_KNOWN, YES, name_of, verdict, within
from citess.questions._texts import CATALOGUE


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


@frozen
class FormMatches(Matches[FormMatch]):
    """Which legal forms can be chosen, which not, and of which nothing was read."""

    silent: tuple[str, ...] = ()
    """Forms of the vocabulary, for the countries of the data, of which the data hold no text."""

    def explain(self, language: str = "en") -> str:
        """Every form with its verdict and reasons, then those of which no text is recorded."""
        told = super().explain(language)
        if not self.silent:
            return told
        names = said(tuple(form_name(form) for form in self.silent), language)
        return f"{told}\n\n{CATALOGUE.text('forms-silence.not_known', language, forms=names)}"


def eligible_forms(
    who: Who, *, on: DateLike, data: Dataset | None = None, unknown: Unknown = "report"
) -> FormMatches:
    """Tell which legal forms people can choose on a day, by the texts in force that day.

    Versions of a form that did not hold are left out, so that each form stands once. A capital that
    is asked for and not given is told as a condition; one that is given and too small fails. A form
    is of the country whose law it is: it does not fit in another. What a case or enterprise names
    may stand in another dataset than the law.

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

    Raises
    ------
    TypeError, ValueError
        When an argument is of another kind.

    Examples
    --------
    >>> from citess import Profile
    >>> twelve = Profile(members=12, delegations=1, governorates=1)
    >>> before = eligible_forms(twelve, on="2022-06-01")
    >>> after = eligible_forms(twelve, on="2025-11-01")
    >>> ["TN-SC-L" in {match.version.form for match in found.fit} for found in (before, after)]
    [False, True]
    """
    law = _bundled() if data is None else data
    check_asked(law, who, unknown)
    day = as_date(on)
    profile = profile_of(who, law, day, elsewhere=True)
    found = [
        _match(law, version, profile, day)
        for version in law.legal_form_versions.values()
        if version.period.holds(day) is not False
    ]
    subject = None if isinstance(who, Profile) else who
    order = ranked(found, lambda match: (match.version.form,))
    return FormMatches(order, subject, unknown, _silent(law))


def _silent(law: Dataset) -> tuple[str, ...]:
    versions = law.legal_form_versions.values()
    countries = tuple({f"{version.country.upper()}-" for version in versions})
    told = {version.form for version in versions}
    return tuple(
        code
        for code, form in vocab.scheme("legal-forms").items()
        if code.startswith(countries) and code not in told and not form.deprecated
    )


def _bundled() -> Dataset:
    from citess.datasets import tunisia  # noqa: PLC0415  (needed without data of one's own)

    return tunisia()


def _match(law: Dataset, version: LegalFormVersion, who: Profile, day: date) -> FormMatch:
    held = version.period.holds(day)
    missing = "period" if held is None else None
    held_then = {"text": version.text, "on": day, "period": version.period}
    text = Reason.of("law", verdict(held), missing, **held_then)
    rules = (text, _country(law, version, who), _least(version, who), _most(version, who))
    people = (_scope(version, who), _capital(version, who))
    asked = (*rules, *people, _trade(version, who), _label(version))
    reasons = tuple(reason for reason in asked if reason is not None)
    return FormMatch(
        on=day,
        verdict=verdict_of(reasons),
        reasons=reasons,
        sources=version.sources,
        version=version,
    )


def _country(law: Dataset, version: LegalFormVersion, who: Profile) -> Reason | None:
    if who.territory is None:
        return None
    facts = {"country": name_of(law, version.country)}
    if who.territory not in law.territories:
        return Reason.of("country", NOT_KNOWN, "territory", **facts)
    above = {*within(law, TerritoryId(who.territory))}
    if version.country in above:
        return Reason.of("country", YES, **facts)
    elsewhere = any(
        law.territories[TerritoryId(id_)].level is TerritoryLevel.COUNTRY for id_ in above
    )
    missing = None if elsewhere else "territory"
    return Reason.of("country", NO if elsewhere else NOT_KNOWN, missing, **facts)


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
        fits = False if (who.governorates or 1) > 1 else fits
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
    facts = {"text": version.text, "least": least, "capital": brought}
    if brought is None:
        return Reason.of("capital", YES, **facts)
    if brought.currency != least.currency:
        return Reason.of("capital", NOT_KNOWN, "capital", **facts)
    return Reason.of("capital", verdict(brought.amount >= least.amount), **facts)


def _trade(version: LegalFormVersion, who: Profile) -> Reason | None:
    if not who.trade:
        return None
    allowed = may_trade(version.form) if version.may_trade is None else version.may_trade
    missing = "may_trade" if allowed is None else None
    return Reason.of("trade", verdict(allowed), missing, text=version.text)


def _label(version: LegalFormVersion) -> Reason | None:
    return Reason.of("label", YES) if version.label_needed else None
