"""Identifiers of HSDS: a UUID for each id of citess, the same on every run."""

import re
from decimal import Decimal
from typing import Final
from uuid import UUID, uuid5

NAMESPACE: Final = UUID("6f0e2f4b-9c61-5a3e-8d0c-2b7f61c4a1d5")
"""Namespace of every UUID that citess makes for HSDS."""

_LARGEST: Final = 2**53
_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def is_uuid(value: str) -> bool:
    """Tell whether an id is a UUID in its usual form, in lower case.

    Examples
    --------
    >>> is_uuid("d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610"), is_uuid("citess-mahdia")
    (True, False)
    """
    return _UUID.fullmatch(value) is not None


def record_key(kind: str, id_: str) -> str:
    """UUID of a record: its own id when that is one, as it is after a reading of HSDS."""
    return id_ if is_uuid(id_) else key(f"{kind}:{id_}")


def key(name: str) -> str:
    """UUID of anything else that has a name."""
    return str(uuid5(NAMESPACE, name))


def number(value: Decimal) -> float | int:
    """Number of JSON that is nearest to a decimal.

    Examples
    --------
    >>> number(Decimal("34.881")), number(Decimal(12))
    (34.881, 12)
    """
    return int(value) if value == int(value) and abs(value) < _LARGEST else float(value)
