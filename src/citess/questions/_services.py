"""Which services somebody can use, who provides each, and why others do not fit."""

from collections.abc import Iterable, Iterator
from datetime import date

from attrs import frozen

from citess.i18n import LABEL_LANGUAGES, LANGUAGES, Text
from citess.model import (
    Case,
    Dataset,
    DateLike,
    PriorityGroup,
    Service,
    ServiceOffer,
    SupportSession,
    as_date,
)
from citess.model.ids import CaseId, EnterpriseId, HubId, PartnerId, PartyId
from citess.model.slices import Unknown
from citess.questions._answer import Answer, Matches, Reason, ranked, verdict_of
from citess.questions._given import check_asked
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
from citess.questions._texts import CATALOGUE


@frozen(kw_only=True)
class OfferMatch(Answer):
    """Whether an offer fits, and why."""

    offer: ServiceOffer
    """Offer."""

    service: Service
    """Service of the catalogue that is offered."""

    providers: tuple[PartyId, ...]
    """Who provides it; none is not known."""

    priority: tuple[PriorityGroup, ...]
    """Groups served first that the client belongs to."""

    def explain(self, language: str = "en") -> str:
        """Service, verdict and reasons in sentences."""
        return f"{self.service.name.get(language)}: {Answer.explain(self, language)}"


def services_for(
    data: Dataset, who: Who, *, on: DateLike, unknown: Unknown = "report"
) -> Matches[OfferMatch]:
    """Tell which offers fit somebody on a day, who provides each, and why the others do not.

    Looked at are period, stage, territory (contained by any division of the land), ages, sex,
    language and capacity in the calendar year, of which a case that is served already holds its
    place. What an offer leaves open is taken from its service (stages) and its hub (territories);
    ages, sex and capacity that it does not name are no limit. Ages of a case, noted at intake, have
    grown since. Those whom the hub or the offer serves first come first.

    Parameters
    ----------
    data
        Dataset with the offers.
    who
        Profile, case or enterprise.
    on
        Day of the question.
    unknown
        Where candidates stand of which the data do not say whether they fit: apart in
        ``not_known`` (``"report"``), among those that fit (``"include"``) or among the others.

    Raises
    ------
    UnknownIdError
        When the territory of the profile, or the enterprise of the case, is not in the dataset.
    TypeError, ValueError
        When an argument is of another kind.

    Examples
    --------
    >>> import citess
    >>> data = citess.datasets.synthetic()
    >>> who = citess.Profile(age=24, sex=citess.Sex.FEMALE, stage=citess.Stage.IDEA,
    ...     initiative=citess.Initiative.COLLECTIVE, languages=("ar",),
    ...     territory="synthetic-0-territory-0")
    >>> found = citess.services_for(data, who, on="2022-06-01")
    >>> len(found.fit) > 0, all(match.providers for match in found.fit)
    (True, True)
    """
    check_asked(data, who, unknown)
    day = as_date(on)
    profile = profile_of(who, data, day)
    place = None if profile.territory is None else place_of(data, profile.territory)
    own = frozenset({who.id}) if isinstance(who, Case) else frozenset[CaseId]()
    matches = [
        _match(data, offer, (profile, place), _capacity(data, offer, own, day), day)
        for offer in data.service_offers.values()
    ]
    return Matches(
        ranked(matches, lambda m: (-len(m.priority), m.service.kind, m.offer.id)),
        None if isinstance(who, Profile) else who,
        unknown,
    )


def _match(
    data: Dataset,
    offer: ServiceOffer,
    seen: tuple[Profile, Place | None],
    capacity: Reason | None,
    day: date,
) -> OfferMatch:
    who, place = seen
    hub, service = data.hubs[offer.hub], data.services[offer.service]
    first = offer.priority_groups or hub.priority_groups
    priority = tuple(group for group in first if group in who.belongs_to())
    asked = (
        period_rule(offer.period, day),
        stage_rule(offer.stages or service.stages, who),
        territory_rule(data, offer.territories or hub.territories, place),
        age_rule(offer.age_band, who),
        sex_rule(offer.sex, who),
        _language(offer, who),
        capacity,
    )
    rules = [reason for reason in asked if reason is not None]
    return OfferMatch(
        on=day,
        verdict=verdict_of(rules),
        reasons=(*rules, *_remarks(data, offer, priority)),
        sources=offer.sources,
        offer=offer,
        service=service,
        providers=offer.providers,
        priority=priority,
    )


def _remarks(
    data: Dataset, offer: ServiceOffer, priority: tuple[PriorityGroup, ...]
) -> Iterator[Reason]:
    if offer.providers:
        names = tuple(party_name(data, party) for party in offer.providers)
        yield Reason.of("provider", YES, providers=names)
    else:
        yield Reason.of("provider", NOT_KNOWN, "providers")
    if priority:
        yield Reason.of("priority", YES, groups=priority)


def party_name(data: Dataset, party: PartyId) -> Text:
    """Name of a hub, a partner or an enterprise."""
    partner, hub = data.partners.get(PartnerId(party)), data.hubs.get(HubId(party))
    return (partner or hub or data.enterprises[EnterpriseId(party)]).name


def _language(offer: ServiceOffer, who: Profile) -> Reason | None:
    if not who.languages:
        return None
    if not offer.languages:
        return Reason.of("language", NOT_KNOWN, "languages")
    given = {language.partition("-")[0] for language in offer.languages}
    common = tuple(tag for tag in who.languages if tag.partition("-")[0] in given)
    if common:
        return Reason.of("language", YES, language=_named(common))
    allowed = _named(offer.languages)
    return Reason.of("language", NO, language=_named(who.languages), allowed=allowed)


def _named(tags: Iterable[str]) -> tuple[Text | str, ...]:
    """Names of languages, where citess has them; else their tags."""
    return tuple(map(_name, tags))


def _name(tag: str) -> Text | str:
    primary, _, more = tag.partition("-")
    if primary not in LABEL_LANGUAGES:
        return tag
    rest = f" ({more})" if more else ""
    names = {one: CATALOGUE.text(f"tongue.{primary}", one) + rest for one in LANGUAGES}
    return Text(names)


def _capacity(
    data: Dataset, offer: ServiceOffer, own: frozenset[CaseId], day: date
) -> Reason | None:
    if offer.capacity is None:
        return None
    sessions = [
        session
        for session in data.support_sessions.values()
        if session.service == offer.service
        and session.on.earliest.year == day.year
        and session.on.earliest <= day
    ]
    perhaps = _served(data, offer, sessions)
    surely = _served(data, offer, [s for s in sessions if s.on.latest <= day])
    facts = {"used": len(surely), "capacity": offer.capacity}
    if (own <= surely and own) or len(perhaps - own) < offer.capacity:
        return Reason.of("capacity", YES, **facts)
    if len(surely) < offer.capacity:
        return Reason.of("capacity", NOT_KNOWN, "sessions", **facts)
    return Reason.of("capacity", NO, **facts)


def _served(
    data: Dataset, offer: ServiceOffer, sessions: list[SupportSession]
) -> frozenset[CaseId]:
    cases = {case for session in sessions for case in session.cases}
    return frozenset(case for case in cases if data.cases[case].hub == offer.hub)
