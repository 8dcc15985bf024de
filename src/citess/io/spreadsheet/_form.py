"""Exports of forms made with KoboToolbox or ODK: repeat groups are joined to what they belong to.

A repeat group stands on a sheet of its own whose rows name their parent: ``_parent_index`` against
``_index`` (KoboToolbox), ``PARENT_KEY`` against ``KEY`` (ODK). Questions stand below their
groups, as ``intake/name`` or ``intake-name``; several choices are separated by spaces.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from attrs import frozen

from citess.io.spreadsheet._columns import OWNER, SheetType
from citess.io.spreadsheet._table import Table, is_empty, typed_key
from citess.model.ids import is_id

_SYSTEM: Final = re.compile(
    r"_(?:id|uuid|index|status|notes|tags|submission_time|validation_status|submitted_by|version_?"
    r"|parent_index|parent_table_name|submission__\w+|xform_id_string|attachments|geolocation"
    r"|bamboo_dataset_id)|__version__|(?:formhub|meta)[/-]\w+|KEY|PARENT_KEY|SET-OF-.+"
    r"|SubmissionDate|SubmitterI[Dd]|SubmitterName|AttachmentsPresent|AttachmentsExpected|Status"
    r"|ReviewState|DeviceI[Dd]|Edits|FormVersion|start|end|today|deviceid|username|phonenumber"
    r"|simserial|subscriberid|audit|instanceID|instanceName"
)
_KOBO: Final = ("_index", "_parent_index")
_ODK: Final = ("KEY", "PARENT_KEY")
_IDS: Final = ("_uuid", "KEY", "_id")
_NOT_ID: Final = re.compile(r"[^a-z0-9]+")


@frozen
class Form:
    """An export of a form: the columns that hold its rows together."""

    own: int | None
    """Column of the number or key of a row."""

    parent: int | None
    """Column of that of its parent."""

    id: int | None
    """Column from which an id is made where the form asks for none."""

    separator: str
    """What stands between a group and a question."""

    def question(self, title: str) -> str:
        """Name of the question without its groups."""
        return title.rpartition(self.separator)[2] or title

    def gives(self, sheet: SheetType, column: str) -> bool:
        """Whether a required column follows from the keys of the form."""
        if sheet.entries is None:
            return column == "id" and self.id is not None
        return column == OWNER and self.parent is not None


def form_of(titles: Sequence[str]) -> Form | None:
    """Tell by its titles whether a table is an export of a form."""
    for (own, parent), separator in ((_KOBO, "/"), (_ODK, "-")):
        if own in titles or parent in titles:
            ids = (titles.index(name) for name in _IDS if name in titles)
            return Form(_at(titles, own), _at(titles, parent), next(ids, None), separator)
    return None


def _at(titles: Sequence[str], name: str) -> int | None:
    return titles.index(name) if name in titles else None


def is_system_column(title: str) -> bool:
    """Tell whether a column is the form's own and no question."""
    return _SYSTEM.fullmatch(title) is not None


def made_id(cell: object) -> str:
    """Id made from the key of a row: ``uuid:0F1A`` gives ``0f1a``."""
    text = typed_key(cell).casefold().removeprefix("uuid:")
    slug = _NOT_ID.sub("-", text).strip("-")
    return slug if is_id(slug) else text


def keys(table: Table, top: int, form: Form, ids: Mapping[int, object]) -> dict[str, object]:
    """Ids of records by the number or key of their rows."""
    if form.own is None:
        return {}
    rows = table.rows
    return {
        typed_key(rows[row][form.own]): id_
        for row, id_ in ids.items()
        if row > top and len(rows[row]) > form.own and not is_empty(rows[row][form.own])
    }
