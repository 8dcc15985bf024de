"""What must not be shown: fields about persons, notes, and what is not understood."""

import re
from typing import Final, cast

from attrs import evolve

from citess.errors import Issue
from citess.model.fields import WITHHELD, field_types, is_domain_class
from citess.model.shelves import shelf_types

_NAME: Final = re.compile(r"(?:^|\.)([^.\[\]]+)")
_NOTE: Final = "note"
_RECORD: Final = re.compile(r"[^.\[\]]*(?:\[[^\]]*\])?")


def is_private(path: str) -> bool:
    """Tell whether a place in a document holds what is not to be shown.

    That is a field about a person, a note, or a field that this version does not know.

    Examples
    --------
    >>> is_private("cases[c1].client"), is_private("cases[c1].opened"), is_private("hubs[a].tel")
    (True, False, True)
    """
    shelf, *names = _NAME.findall(path.removeprefix("past_"))
    cls = next((s.record for s in shelf_types() if shelf in {s.name, s.kind}), None)
    if cls is None:
        return True
    return is_private_field(cls, *names)


def is_private_field(cls: type, *names: str) -> bool:
    """Tell the same of a field of a class, by the names that lead to it."""
    for name in names:
        field = field_types(cls).get(name)
        if field is None or field.personal or name == _NOTE:
            return True
        if not is_domain_class(field.kind):
            return False
        cls = cast("type", field.kind)
    return False


def withhold(issue: Issue) -> Issue:
    """Return an issue that does not show what is private; a whole record is never shown."""
    whole = _RECORD.fullmatch(issue.path) and issue.given.startswith(("{", "["))
    known = issue.path in {"", "format", "schema_version"}
    if not whole and (known or not is_private(issue.path)):
        return issue
    return evolve(issue, given=WITHHELD, suggestion=None)
