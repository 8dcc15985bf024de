"""Which services nobody offers at a hub, or only one partner."""

from collections import Counter
from datetime import date
from typing import Literal

from attrs import frozen

from citess import vocab
from citess.model import Dataset, DateLike, ServiceOffer, Stage, as_date
from citess.model.ids import HubId, PartyId, TerritoryId
from citess.questions._answer import Answer, Reason, Unknown, Verdict
from citess.questions._rules import within
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
    """Who provides it there."""

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
        """Cells of one coverage."""
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

    A hub of which no offer is recorded is *not known*, which is not the same as nothing.

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
        Whether offers that perhaps held count as held (``"include"``), as not (``"exclude"``), or
        leave their cells *not known*.

    Raises
    ------
    UnknownIdError
        When there is no such hub.

    Examples
    --------
    >>> import citess
    >>> answer = gaps(citess.datasets.synthetic(), "synthetic-0-hub-0", on="2022-06-01")
    >>> len(answer["single_provider"]) > 0
    True
    >>> gaps(citess.datasets.tunisia(), "citess-mahdia", on="2022-06-01").verdict.value
    'not_known'
    """
    day = as_date(on)
    there = data.hubs[HubId(hub)]
    offers = [offer for offer in data.service_offers.values() if offer.hub == there.id]
    kinds = [code for code, kind in vocab.scheme("service-kinds").items() if not kind.deprecated]
    found = tuple(
        _gap(data, offers, (kind, stage, territory), day, unknown)
        for kind in kinds
        for stage in stages
        for territory in territories or there.territories
    )
    if not offers:
        verdict = Verdict.NOT_KNOWN
    else:
        covered = {gap.coverage for gap in found}
        doubt = Verdict.NOT_KNOWN if "not_known" in covered else Verdict.YES
        verdict = Verdict.NO if "uncovered" in covered else doubt
    silence = Reason.of("provider", Verdict.NOT_KNOWN, "offers")
    reasons = () if offers else (silence,)
    return Gaps(on=day, verdict=verdict, reasons=reasons, cells=found)


def _gap(data: Dataset, offers: list[ServiceOffer], cell: Cell, day: date, unknown: Unknown) -> Gap:
    if not offers:
        return Gap(cell, "not_known")
    fitting = [offer for offer in offers if _covers(data, offer, cell)]
    held = {
        offer.id: None if offer.period is None else offer.period.holds(day) for offer in fitting
    }
    if unknown != "report":
        held = {id_: unknown == "include" if on is None else on for id_, on in held.items()}
    sure = [offer for offer in fitting if held[offer.id]]
    providers = tuple(sorted({party for offer in sure for party in offer.providers}))
    if not sure:
        return Gap(cell, "not_known" if None in held.values() else "uncovered")
    if not providers:
        return Gap(cell, "not_known")
    return Gap(cell, "single_provider" if len(providers) == 1 else "covered", providers)


def _covers(data: Dataset, offer: ServiceOffer, cell: Cell) -> bool:
    kind, stage, territory = cell
    service = data.services[offer.service]
    stages = offer.stages or service.stages
    places = offer.territories or data.hubs[offer.hub].territories
    return (
        vocab.scheme("service-kinds").successor(service.kind) == kind
        and (not stages or stage in stages)
        and not {*places}.isdisjoint(within(data, territory))
    )
