"""Strings of foreign documents, made fit for a record."""

import re
import unicodedata
from typing import Final

from citess.i18n import text_fault
from citess.model.ids import LONGEST_ID, is_id

_UNFIT: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_NOT_ID: Final = re.compile(r"[^a-z0-9]+")


def cleaned(value: object) -> str | None:
    r"""Give a string without what no record holds; ``None`` when nothing is left, or no string.

    Taken away are control characters, invisible ones that reorder a line and white space at the
    ends; the rest is brought to normal form C.

    Examples
    --------
    >>> cleaned("  Mahdia\r\n"), cleaned(" "), cleaned(12)
    ('Mahdia', None, None)
    """
    if not isinstance(value, str):
        return None
    text = unicodedata.normalize("NFC", _UNFIT.sub("", value)).strip()
    return None if text_fault(text) else text


def slug(value: str) -> str | None:
    """Give a string the shape of an id; ``None`` when nothing is left.

    Examples
    --------
    >>> slug("CitESS Mahdia"), slug("\u0627")
    ('citess-mahdia', None)
    """
    text = _NOT_ID.sub("-", value.casefold()).strip("-")[:LONGEST_ID].strip("-")
    return text if is_id(text) else None
