"""Cells that a spreadsheet would take for a formula: made harmless, and restored.

A string is harmless when it does not begin with one of ``= + - @``, a tab, a line end, a NUL or
one of the full-width forms of these signs. One that does, also after apostrophes, gets an
apostrophe before it; reading takes one apostrophe away from exactly those strings. So every string
comes back, and numbers are never touched.
"""

import re
from typing import Final

_TRIGGERS: Final = "=+\\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20"
_DANGEROUS: Final = re.compile(f"'*[{_TRIGGERS}]")
_GUARDED: Final = re.compile(f"'+[{_TRIGGERS}]")


def guarded(text: str) -> str:
    """Put an apostrophe before a string that a spreadsheet would take for a formula.

    Examples
    --------
    >>> guarded("=1+1"), guarded("-5"), guarded("'=1"), guarded("l'olivier")
    ("'=1+1", "'-5", "''=1", "l'olivier")
    """
    return f"'{text}" if _DANGEROUS.match(text) else text


def unguarded(text: str) -> str:
    """Undo :func:`guarded`.

    Examples
    --------
    >>> unguarded("'=1+1"), unguarded("''=1"), unguarded("'quoted'")
    ('=1+1', "'=1", "'quoted'")
    """
    return text[1:] if text[:1] == "'" and _GUARDED.match(text) else text
