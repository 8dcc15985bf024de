"""Strategies for documents that are wrong in ways that happen."""

from decimal import Decimal
from typing import Final

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

_PIECES: Final = (
    b"null",
    b"NaN",
    b"1e400",
    b"-0",
    b"[]",
    b"{}",
    b'""',
    b'"a"',
    b'"Mahdia"',
    b"2",
    b"1.5",
    b"true",
    b'"\\ud800"',
    b'"\\u0000"',
    b"\xff",
    b",",
    b"}",
    b"]",
    b'"id":"x",',
    b" ",
    b"\n",
    b'"extra":1,',
)


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
    content = _document() if documents is None else draw(documents)
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(content)))
        end = draw(st.integers(start, min(len(content), start + 12)))
        accident = draw(st.sampled_from(("cut", "insert", "replace", "repeat", "flip")))
        content = _harmed(draw, content, start, end, accident)
    return content


def _harmed(draw: DrawFn, content: bytes, start: int, end: int, accident: str) -> bytes:
    head, middle, tail = content[:start], content[start:end], content[end:]
    if accident == "cut":
        return head + tail
    if accident == "repeat":
        return head + middle + middle + tail
    if accident == "flip":
        flipped = bytes(byte ^ (1 << draw(st.integers(0, 7))) for byte in middle[:1])
        return head + flipped + middle[1:] + tail
    piece = draw(st.sampled_from(_PIECES))
    return head + piece + (tail if accident == "replace" else middle + tail)
