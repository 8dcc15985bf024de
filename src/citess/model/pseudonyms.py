"""Stand-ins for persons: keyed hashes that nobody can undo without the key."""

import hashlib
import hmac
import re
import unicodedata
from typing import Final

from citess.model.ids import Pseudonym

SHORTEST_KEY: Final = 16
PSEUDONYM: Final = re.compile(r"p-[0-9a-f]{32}")


def pseudonym(identity: str, key: bytes) -> Pseudonym:
    """Make the pseudonym of a person: the same for the same identity and key, and no other.

    HMAC-SHA-256 (RFC 2104), cut to 128 bits. Compatibility forms, case and runs of white space do
    not matter, so that a number typed in two ways is one person. Keep the key apart from the data;
    who has both can tell whether a guessed identity is there.

    Parameters
    ----------
    identity
        What tells the person apart, such as the number of a file; it is not kept.
    key
        Secret of the caller, 16 bytes or more.

    Raises
    ------
    ValueError
        When the identity is empty or the key too short. The message holds neither.

    Examples
    --------
    >>> key = b"a secret of the hub, 32 bytes..."
    >>> pseudonym("file 17", key) == pseudonym("FILE  17", key)
    True
    >>> len(pseudonym("file 17", key))
    34
    """
    plain = " ".join(unicodedata.normalize("NFKC", identity).casefold().split())
    if not plain:
        msg = "an identity is needed to make a pseudonym"
        raise ValueError(msg)
    if len(key) < SHORTEST_KEY:
        msg = f"the key must have {SHORTEST_KEY} bytes or more"
        raise ValueError(msg)
    digest = hmac.new(key, plain.encode(), hashlib.sha256).hexdigest()
    return Pseudonym(f"p-{digest[:32]}")
