"""The shelves of a dataset: which classes have one, and how references name them."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final, cast, get_args, get_type_hints

from attrs import frozen

from citess.model import ids
from citess.model.enterprise import Enterprise
from citess.model.evidence import Source
from citess.model.financing import FinancingLine
from citess.model.hub import Hub
from citess.model.law import ImplementingText, LegalFramework
from citess.model.observation import Observation
from citess.model.partner import Partner
from citess.model.partnership import Partnership
from citess.model.programme import Programme
from citess.model.service import Service, ServiceOffer
from citess.model.shelf import Shelf
from citess.model.space import Space
from citess.model.territory import Territory

Record = (
    Enterprise
    | FinancingLine
    | Hub
    | ImplementingText
    | LegalFramework
    | Observation
    | Partner
    | Partnership
    | Programme
    | Service
    | ServiceOffer
    | Source
    | Space
    | Territory
)
"""A record of any class that has a shelf."""

_WORD_START: Final = re.compile(r"(?<!^)(?=[A-Z])")


@frozen
class ShelfType:
    """A shelf as the annotations of :class:`Shelves` declare it."""

    name: str
    """Name of the shelf: ``"hubs"``."""

    kind: str
    """Kind of its records, as references name it: ``"hub"``."""

    id_type: object
    """Type of their ids."""

    record: type[Record]
    """Class of its records."""


class Shelves:
    """One read-only mapping of id to record for every class."""

    sources: Shelf[ids.SourceId, Source]
    territories: Shelf[ids.TerritoryId, Territory]
    spaces: Shelf[ids.SpaceId, Space]
    hubs: Shelf[ids.HubId, Hub]
    partners: Shelf[ids.PartnerId, Partner]
    enterprises: Shelf[ids.EnterpriseId, Enterprise]
    services: Shelf[ids.ServiceId, Service]
    service_offers: Shelf[ids.ServiceOfferId, ServiceOffer]
    partnerships: Shelf[ids.PartnershipId, Partnership]
    programmes: Shelf[ids.ProgrammeId, Programme]
    financing_lines: Shelf[ids.FinancingLineId, FinancingLine]
    legal_frameworks: Shelf[ids.LegalFrameworkId, LegalFramework]
    implementing_texts: Shelf[ids.ImplementingTextId, ImplementingText]
    observations: Shelf[ids.ObservationId, Observation]

    def shelves(self) -> Iterator[Shelf[str, Record]]:
        """Every shelf, in order."""
        for shelf in shelf_types():
            yield cast("Shelf[str, Record]", getattr(self, shelf.name))

    def records(self) -> Iterator[Record]:
        """Every record, shelf by shelf, sorted by id."""
        for shelf in self.shelves():
            yield from shelf.values()


@cache
def shelf_types() -> tuple[ShelfType, ...]:
    """Shelves in order, derived from the annotations of :class:`Shelves`."""
    types: list[ShelfType] = []
    for name, hint in get_type_hints(Shelves).items():
        id_type, record = get_args(hint)
        kind = _WORD_START.sub("_", record.__name__).lower()
        types.append(ShelfType(name, kind, id_type, record))
    return tuple(types)


@cache
def kinds() -> Mapping[type[Record], str]:
    """Kind of each class of records."""
    return {shelf.record: shelf.kind for shelf in shelf_types()}


def reference(record: Record) -> ids.RecordRef:
    """Reference that names a record: ``"hub:citess-mahdia"``."""
    return ids.RecordRef(f"{kinds()[type(record)]}:{record.id}")
