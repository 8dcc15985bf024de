"""Text that was read in another encoding than it was written in."""

import re
from typing import Final

_TRAIL: Final = "".join(bytes([n]).decode("cp1252", "ignore") for n in range(0x80, 0xC0))
_SEQUENCES: Final = re.compile(
    f"(?:[\xc2\xc3][{_TRAIL}])+|(?:[\xd8-\xdb][{_TRAIL}]){{2,}}|(?:\xe2\u20ac[{_TRAIL}])+"
)


def ungarbled(text: str) -> str | None:
    """Give what a text most likely was before its UTF-8 was read as cp1252; ``None`` if it was not.

    Examples
    --------
    >>> ungarbled("CafÃ©"), ungarbled("Café")
    ('Café', None)
    """
    if text.isascii() or _SEQUENCES.search(text) is None:
        return None
    return _SEQUENCES.sub(lambda found: found[0].encode("cp1252").decode("utf-8"), text)
