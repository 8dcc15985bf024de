"""Foreign texts made fit to be stored, and every mend told."""

import re
import unicodedata
from collections.abc import Collection
from typing import Final

from citess.errors import Issue, Severity
from citess.i18n import is_language_tag, text_fault
from citess.io._cleaned import cleaned
from citess.model.ids import LONGEST_ID, is_id
from citess.model.rules import FAULT_CODES

UNDETERMINED: Final = "und"
"""Language tag of a text whose language is not told (BCP 47)."""

_NOT_ID: Final = re.compile(r"[^a-z0-9]+")
_ROOM: Final = 8


def mended(text: str, path: str, issues: list[Issue]) -> str | None:
    r"""Give a text without what may not be stored, or ``None`` when nothing is left.

    What was wrong becomes a note; an empty text is no fault.

    Examples
    --------
    >>> issues = []
    >>> mended(" Coop\r\nMahdia ", "row 2", issues), issues[0].code
    ('Coop\nMahdia', 'blank-edge')
    """
    fault = text_fault(text)
    if fault is None:
        return text
    if fault != "empty":
        code = FAULT_CODES[fault]
        note = Issue.of(code, path, text, severity=Severity.NOTE, limit="1000000 characters")
        issues.append(note)
    return cleaned(text)


def language_tag(tag: str | None) -> str:
    """Give a language tag as citess writes it: ``EN`` is ``en``, none at all is ``und``.

    Examples
    --------
    >>> language_tag("EN"), language_tag("PT-BR"), language_tag(None), language_tag("x y")
    ('en', 'pt-BR', 'und', 'und')
    """
    primary, dash, rest = (tag or UNDETERMINED).partition("-")
    found = f"{primary.lower()}{dash}{rest}"
    return found if is_language_tag(found) else UNDETERMINED


def fresh_id(text: str, taken: Collection[str], *, start: str) -> str:
    """Give an id made of a text, different from those taken.

    Examples
    --------
    >>> fresh_id("Coop. El Amel", {"coop-el-amel"}, start="partner")
    'coop-el-amel-2'
    >>> fresh_id("تعاونية", (), start="organisation")
    'organisation'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    made = _NOT_ID.sub("-", plain).strip("-")[: LONGEST_ID - _ROOM].strip("-")
    base = made if is_id(made) else start
    found, n = base, 1
    while found in taken:
        n += 1
        found = f"{base}-{n}"
    return found
