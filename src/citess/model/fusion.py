"""Joining two records that are the same, with every decision visible and reversible."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

import attrs
from attrs import field, frozen

from citess.errors import InvalidValueError
from citess.i18n import Text
from citess.model.fields import WITHHELD, field_types, is_domain_class
from citess.model.history import in_order
from citess.model.ids import PartyId, RecordRef
from citess.model.privacy import is_private_field
from citess.model.record import evolve
from citess.model.shelves import Record, check_shelves, kinds, reference, shelf_types

if TYPE_CHECKING:
    from citess.model.dataset import Dataset

_PARTIES = frozenset({"hub", "partner", "enterprise"})


@frozen(repr=False)
class Decision:
    """What was done with one field in which two records differ."""

    field: str
    """Name of the field."""

    kept: object
    """Value of the record that stays, or both joined."""

    other: object
    """Value of the record that went."""

    joined: bool
    """Whether nothing was lost: the kept value holds both."""

    is_private: bool = False
    """Whether the field is about a person, a note, or not understood."""

    def __repr__(self) -> str:
        kept, other = (WITHHELD if self.is_private else repr(v) for v in (self.kept, self.other))
        return f"Decision({self.field}: {kept} | {other}, joined={self.joined})"


@frozen
class Fusion:
    """A dataset in which two records became one."""

    data: "Dataset" = field(repr=False)
    """Dataset with the one record."""

    kept: RecordRef
    """Record that stays."""

    gone: RecordRef
    """Record that went; every reference to it leads to the other."""

    decisions: tuple[Decision, ...]
    """What was done with every field in which they differ."""

    before: "Dataset" = field(repr=False)
    """Dataset as it was: the way back."""


def fuse(data: "Dataset", keep: str, other: str) -> Fusion:
    """Join two records of one class: the first stays, with all that the second adds.

    Lists are joined, histories in order of time, texts get the languages they lack, and other
    spellings of the name become aliases. Of two different values the first stays, and of lists that
    do not fit together; the decision says what the other was. References to the second lead to the
    first.

    Parameters
    ----------
    data
        Dataset.
    keep, other
        References, such as ``"partner:cospe"``.

    Raises
    ------
    UnknownIdError
        When there is no such record.
    ValueError
        When they are of different classes, or the same.
    IntegrityError, InvalidValueError
        When records that name both do not fit any more, such as an agreement between the two.

    Examples
    --------
    >>> import citess
    >>> data = citess.datasets.tunisia()
    >>> again = citess.Hub(id="hub-7", name=citess.Text(ar="x"), territories=("tn-53",))
    >>> fused = fuse(data.add(again), "hub:citess-mahdia", "hub:hub-7")
    >>> "hub-7" in fused.data.hubs, fused.data.hubs["citess-mahdia"].name.get("ar")
    (False, 'x')
    """
    check_shelves(data)
    first, second = data.get(keep), data.get(other)
    if type(first) is not type(second) or first.id == second.id:
        msg = f"two different records of one class can be fused, not {keep} and {other}"
        raise ValueError(msg)
    joined, decisions = _joined(first, second)
    kind = kinds()[type(first)]
    gone, kept = reference(second), reference(first)
    records = [
        _redirected(joined if record is first else record, kind, second.id, first.id)
        for record in data.records()
        if record is not second
    ]
    return Fusion(
        type(data)(records, extra=data.extra, past=data.past), kept, gone, decisions, data
    )


def _joined(first: Record, second: Record) -> tuple[Record, tuple[Decision, ...]]:
    changes: dict[str, object] = {}
    decisions: list[Decision] = []
    for name, type_ in field_types(type(first)).items():
        mine, theirs = getattr(first, name), getattr(second, name)
        if name == "id" or mine == theirs or theirs is None or theirs == ():
            continue
        if mine is None:
            value, lossless = theirs, True
        elif type_.many:
            value, lossless = in_order(tuple(dict.fromkeys((*mine, *theirs)))), True
        elif isinstance(mine, Text):
            value = Text({**dict(theirs.items()), **dict(mine.items())})
            value = Text({tag: value.get(tag) for tag in (*mine, *theirs)})
            lossless = all(mine.get(tag) == text for tag, text in theirs.items() if tag in mine)
        else:
            value, lossless = mine, False
        changes[name] = value
        private = is_private_field(type(first), name)
        decisions.append(Decision(name, value, theirs, lossless, private))
    if "aliases" in field_types(type(first)):
        _keep_spellings(first, second, changes, decisions)
    return _fitting(first, changes, decisions)


def _fitting(
    first: Record, changes: dict[str, object], decisions: list[Decision]
) -> tuple[Record, tuple[Decision, ...]]:
    """Make the changes, but for those of fields that then do not fit the others."""
    while True:
        try:
            return evolve(first, **changes), tuple(decisions)
        except InvalidValueError as error:
            name = error.issue.path.partition("[")[0].partition(".")[0]
            mine = getattr(first, name)
            place = next(n for n, decision in enumerate(decisions) if decision.field == name)
            decisions[place] = evolve(decisions[place], kept=mine, joined=False)
            del changes[name]


def _keep_spellings(
    first: Record, second: Record, changes: dict[str, object], decisions: list[Decision]
) -> None:
    """Make an alias of every name of the second that its own field no longer shows."""
    shown = {text for _, text in cast("Text", changes.get("name", first.name)).items()}  # type: ignore[union-attr]
    lost = [text for _, text in cast("Text", second.name).items() if text not in shown]  # type: ignore[union-attr]
    aliases: tuple[str, ...] = cast("Any", changes.get("aliases", getattr(first, "aliases", ())))
    if lost:
        changes["aliases"] = tuple(dict.fromkeys((*aliases, *lost)))
        decisions.append(Decision("aliases", changes["aliases"], tuple(lost), joined=True))


def _redirected(record: Record, kind: str, gone: str, kept: str) -> Record:
    by_type: dict[object, Mapping[str, str]] = {
        shelf.id_type: {gone: kept} for shelf in shelf_types() if shelf.kind == kind
    }
    if kind in _PARTIES:
        by_type[PartyId] = {gone: kept}
    by_type[RecordRef] = {f"{kind}:{gone}": f"{kind}:{kept}"}
    return cast("Record", _rewritten(record, by_type))


def _rewritten(value: object, by_type: Mapping[object, Mapping[str, str]]) -> object:
    changes: dict[str, object] = {}
    for name, type_ in field_types(type(value)).items():
        given: object = getattr(value, name)
        if given is None or name == "id":
            continue
        many = cast("tuple[object, ...]", given) if type_.many else (given,)
        if type_.kind in by_type:
            new = [by_type[type_.kind].get(cast("str", item), item) for item in many]
        elif is_domain_class(type_.kind):
            new = [_rewritten(item, by_type) for item in many]
        else:
            continue
        if tuple(new) != many:
            changes[name] = tuple(dict.fromkeys(new)) if type_.many else new[0]
    return attrs.evolve(cast("Any", value), **changes) if changes else value
