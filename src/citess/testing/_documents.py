"""Strategies for documents that are wrong in ways that happen."""

from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from citess.i18n import Text
from citess.io import dumps
from citess.model import (
    Dataset,
    Hub,
    Member,
    Money,
    Observation,
    ObservationStatus,
    PartialDate,
    Partner,
    Period,
    Programme,
    Role,
    Sector,
    Territory,
    TerritoryLevel,
)
from citess.model.codes import IndicatorCode, UnitCode
from citess.model.ids import (
    HubId,
    ObservationId,
    PartnerId,
    PartyId,
    ProgrammeId,
    RecordRef,
    TerritoryId,
)
from citess.testing._mutations import mutated


def _document() -> bytes:
    """A small document of records with every kind of value."""
    land = TerritoryId("land")
    hub = Member(party=PartyId("hub"), role=Role.HOST)
    return dumps(
        Dataset.of(
            Territory(id=land, name=Text(fr="Pays", ar="بلد"), level=TerritoryLevel.COUNTRY),
            Hub(id=HubId("hub"), name=Text(fr="Pôle"), territories=(land,), charter=True),
            Partner(id=PartnerId("partner"), name=Text(en="Partner"), sector=Sector.PUBLIC),
            Programme(
                id=ProgrammeId("programme"),
                name=Text(en="Programme"),
                members=(hub, Member(party=PartyId("partner"), role=Role.LEAD)),
                budget=Money.of("1500.5", "TND", "2022"),
                period=Period.of("2014-10-01", "2017"),
            ),
            Observation(
                id=ObservationId("jobs"),
                subject=RecordRef("hub:hub"),
                indicator=IndicatorCode("jobs"),
                value=Decimal("86.5"),
                unit=UnitCode("jobs"),
                status=ObservationStatus.REPORTED,
                as_of=PartialDate("2023-10"),
            ),
        )
    )


@st.composite
def bad_documents(draw: DrawFn, documents: SearchStrategy[bytes] | None = None) -> bytes:
    """Strategy for documents made from good ones by a few small accidents; some stay good.

    See :func:`mutated` for the accidents.

    Parameters
    ----------
    draw
        Given by Hypothesis.
    documents
        Where good documents come from; by default a small one with every kind of value.

    Examples
    --------
    >>> from hypothesis.strategies import SearchStrategy
    >>> isinstance(bad_documents(), SearchStrategy)
    True
    """
    return draw(mutated(_document() if documents is None else draw(documents)))
