"""Which services nobody offers at a hub, or only one partner."""

from collections import Counter
from datetime import date
from types import NoneType
from typing import Literal, get_args

from attrs import frozen

from citess import vocab
from citess.model import Dataset, DateLike, ServiceOffer, Stage, as_date
from citess.model.ids import HubId, PartyId, TerritoryId
from citess.model.slices import Unknown, check_unknown
from citess.questions._answer import Answer, Reason, Verdict
from citess.questions._given import check_given
from citess.questions._rules import Place, place_of
from citess.questions._texts import CATALOGUE

Cell = tuple[str, Stage, TerritoryId]
"""Kind of service, stage and territory."""

Coverage = Literal["covered", "single_provider", "uncovered", "not_known"]

_STAGES = tuple(stage for stage in Stage if stage not in {Stage.DORMANT, Stage.CLOSED})


@frozen
class Gap:
    """How one kind of service is covered at one stage in one territory."""

    cell: Cell
    """Kind of service, stage and territory."""

    coverage: Coverage
    """Covered, by one provider only, not at all, or not known."""

    providers: tuple[PartyId, ...] = ()
    """Who is known to provide it there."""

    missing: tuple[str, ...] = ()
    """Facts that would settle it, where it is not known."""

    def text(self, language: str = "en") -> str:
        """Cell on a line."""
        kind, stage, territory = self.cell
        label = vocab.scheme("service-kinds")[kind].label(language)
        shown = CATALOGUE.text(f"cell.{self.coverage}", language)
        return f"{label} / {stage.label(language)} / {territory}: {shown}"

    def __str__(self) -> str:
        return self.text()


@frozen(kw_only=True)
class Gaps(Answer):
    """How a hub covers services x stages x territories; the verdict is whether all is covered."""

    cells: tuple[Gap, ...]
    """Every cell."""

    def __getitem__(self, coverage: Coverage) -> tuple[Gap, ...]:
        """Cells of one coverage.

        Raises
        ------
        ValueError
            When there is no such coverage.
        """
        if coverage not in get_args(Coverage):
            msg = f"{coverage!r} is none of {', '.join(get_args(Coverage))}"
            raise ValueError(msg)
        return tuple(gap for gap in self.cells if gap.coverage == coverage)

    def counts(self) -> dict[Coverage, int]:
        """Number of cells by coverage."""
        return dict(Counter(gap.coverage for gap in self.cells))


def gaps(  # noqa: PLR0913  (each narrows the question)
    data: Dataset,
    hub: str,
    *,
    on: DateLike,
    stages: tuple[Stage, ...] = _STAGES,
    territories: tuple[TerritoryId, ...] | None = None,
    unknown: Unknown = "report",
) -> Gaps:
    """Tell which kinds of service nobody offers, or only one provider, by stage and territory.

    A hub of which no offer is recorded is *not known*, which is not the same as nothing. So is a
    cell of which an offer perhaps held, or reaches part of the territory, or has no provider named,
    unless two providers are known all the same.

    Parameters
    ----------
    data
        Dataset with the offers.
    hub
        Id of the hub.
    on
        Day of the question.
    stages
        Stages looked at; by default all but dormant and closed.
    territories
        Territories looked at; by default those of the hub.
    unknown
        Whether offers that perhaps held there count as held (``"include"``), as not
        (``"exclude"``), or leave their cells *not known*.

    Raises
    ------
    UnknownIdError
        When there is no such hub or territory.
    TypeError, ValueError
        When an argument is of another kind.

    Examples
    --------
    >>> import citess
    >>> answer = gaps(citess.datasets.synthetic(), "synthetic-0-hub-0", on="2022-06-01")
    >>> len(answer["single_provider"]) > 0
    True
    >>> gaps(citess.datasets.tunisia(), "citess-mahdia", on="2022-06-01").verdict.value
    'not_known'
    """
    check_given("data", data, Dataset)
    check_given("stages", stages, tuple, list)
    check_given("territories", territories, tuple, list, NoneType)
    for stage in stages:
        check_given("stages[]", stage, Stage)
    check_unknown(unknown)
    day = as_date(on)
    there = data.hubs[HubId(hub)]
    asked = there.territories if territories is None else tuple(territories)
    places = {id_: place_of(data, id_) for id_ in asked}
    offers = [offer for offer in data.service_offers.values() if offer.hub == there.id]
    kinds = [code for code, kind in vocab.scheme("service-kinds").items() if not kind.deprecated]
    found = tuple(
        _gap((kind, stage, id_), _reaching(data, offers, (kind, stage, place)), day, unknown)
        for kind in kinds
        for stage in stages
        for id_, place in places.items()
    )
    if not offers:
        found = tuple(Gap(gap.cell, "not_known", missing=("offers",)) for gap in found)
    lacking = tuple(dict.fromkeys(fact for gap in found for fact in gap.missing))
    return Gaps(
        on=day,
        verdict=_whole({gap.coverage for gap in found}),
        reasons=tuple(Reason.of(_RULES[fact], Verdict.NOT_KNOWN, fact, on=day) for fact in lacking),
        cells=found,
    )


_RULES = {
    "offers": "provider",
    "providers": "provider",
    "period": "period",
    "territories": "territories",
}


def _whole(found: set[Coverage]) -> Verdict:
    if "uncovered" in found:
        return Verdict.NO
    return Verdict.YES if found and "not_known" not in found else Verdict.NOT_KNOWN


_Reaching = list[tuple[ServiceOffer, bool | None]]


def _gap(cell: Cell, offers: _Reaching, day: date, unknown: Unknown) -> Gap:
    sure, doubtful = list[ServiceOffer](), list[ServiceOffer]()
    missing = list[str]()
    for offer, reaches in offers:
        held = None if offer.period is None else offer.period.holds(day)
        if held is False:
            continue
        if (held and reaches) or unknown == "include":
            sure.append(offer)
        elif unknown == "report":
            doubtful.append(offer)
            missing += [] if held else ["period"]
            missing += [] if reaches else ["territories"]
    providers = tuple(sorted({party for offer in sure for party in offer.providers}))
    missing += ["providers" for offer in (*sure, *doubtful) if not offer.providers]
    if len(providers) > 1:
        return Gap(cell, "covered", providers)
    if not sure and not doubtful:
        return Gap(cell, "uncovered")
    others = {party for offer in doubtful for party in offer.providers}
    if len(providers) == 1 and others <= {*providers} and "providers" not in missing:
        return Gap(cell, "single_provider", providers)
    return Gap(cell, "not_known", providers, tuple(dict.fromkeys(missing)))


def _reaching(
    data: Dataset, offers: list[ServiceOffer], cell: tuple[str, Stage, Place]
) -> _Reaching:
    kind, stage, place = cell
    found = _Reaching()
    for offer in offers:
        service = data.services[offer.service]
        stages = offer.stages or service.stages
        territories = offer.territories or data.hubs[offer.hub].territories
        reaches = place.lies_in(territories)
        fits = vocab.scheme("service-kinds").successor(service.kind) == kind
        if fits and reaches is not False and (not stages or stage in stages):
            found.append((offer, reaches))
    return found
