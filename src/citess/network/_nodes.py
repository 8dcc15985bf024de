"""What the nodes of every graph say of the record that they stand for."""

from citess.errors import UnknownIdError
from citess.model import Dataset

PARTY_KINDS = ("hub", "partner", "enterprise")


def code(term: object) -> str | None:
    """Code of a term, or ``None``."""
    return None if term is None else str(term)


def party(data: Dataset, id_: str, kind: str) -> dict[str, str | None]:
    """Attributes of the node of a hub, a partner or an enterprise."""
    record = data.get(f"{kind}:{id_}")
    territories: tuple[str, ...] = getattr(record, "territories", ())
    return {
        "kind": kind,
        "sector": "sse" if kind == "hub" else code(getattr(record, "sector", None)),
        "territory": territories[0] if territories else None,
        "name": str(getattr(record, "name", id_)),
    }


def kind_of(data: Dataset, id_: str) -> str:
    """Kind of a party: ids are unique among hubs, partners and enterprises.

    Raises
    ------
    UnknownIdError
        When no party has the id.
    """
    for kind in PARTY_KINDS:
        if id_ in data.shelf(kind):
            return kind
    raise UnknownIdError("party", id_)


def any_party(data: Dataset, id_: str) -> dict[str, str | None]:
    """Attributes of the node of a party, whatever its kind."""
    return party(data, id_, kind_of(data, id_))
