"""The decorator of every domain class: frozen, slotted, keyword-only, checked by annotation."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, TypeVar, cast, dataclass_transform

import attrs
from attrs import NOTHING, field, fields, frozen

from citess.model.fields import PERSONAL, check_field, field_types
from citess.model.unknown import followed, plain_fields

_C = TypeVar("_C")
_T = TypeVar("_T")


_DEPTH: Final = 3
"""How deep a record stands in a document."""


def personal(*, default: _T) -> _T:
    """Declare a field about a person: left out of ``repr``, of messages and of most writers."""
    return field(default=default, repr=False, metadata={PERSONAL: True})


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field, personal))
def record(cls: type[_C]) -> type[_C]:
    """Make a domain class whose constructor checks every field against its annotation.

    The check stands in the constructor and not in validators of attrs, which msgspec would run one
    by one on every object it decodes; the fast path proves the same rules for all records at once.

    Raises
    ------
    TypeError
        From the constructor, when a value is of another class than its field.
    InvalidValueError
        From the constructor, when its type does not allow a value, or values do not fit together.
    """
    made = cast("Any", frozen(kw_only=True, repr=False)(cls))
    construct = cast("Callable[..., None]", made.__init__)

    @wraps(construct)
    def checked(self: object, *args: object, **values: object) -> None:
        types = field_types(made)
        for name, value in values.items():
            if name in types:
                check_field(name, types[name], value)
        if values.get("extra") is not None:
            values["extra"] = _unknown(made, values)
        construct(self, *args, **values)

    made.__init__ = checked
    made.__repr__ = _shown
    return cast("type[_C]", made)


def _unknown(cls: type, values: dict[str, object]) -> dict[str, object] | None:
    types = field_types(cls)
    known = plain_fields(values["extra"], types, values, _DEPTH)
    if known and "id" not in types:
        msg = f"{cls.__name__} is a part: its unknown fields stand in extra of the record"
        raise TypeError(msg)
    return known or None


def _shown(self: object) -> str:
    """Give the class and the fields that say something, on one line, without what is personal."""
    cls = cast("Any", type(self))
    support = ("sources", "evidence")
    given = [a for a in fields(cls) if a.repr and a.name not in support]
    given += [a for a in fields(cls) if a.name in support]
    told = [(a.name, getattr(self, a.name)) for a in given if not _is_default(self, a)]
    return f"{cls.__name__}({', '.join(f'{name}={value!r}' for name, value in told)})"


def _is_default(self: object, attribute: Any) -> bool:
    return attribute.default is not NOTHING and getattr(self, attribute.name) == attribute.default


def evolve(record: _C, **changes: object) -> _C:
    """Copy a record with some fields changed, checked like a new one.

    Fields of a newer format stay, those of a part with that part.

    Examples
    --------
    >>> from citess import Hub, HubStatus, Text, evolve
    >>> hub = Hub(id="citess-mahdia", name=Text(fr="CitESS Mahdia"), territories=("tn-53",))
    >>> evolve(hub, status=HubStatus.ACTIVE).status.label("fr")
    'actif'
    """
    given = cast("Any", record)
    extra = getattr(record, "_extra", None)
    if not extra or "extra" in changes:
        return cast("_C", attrs.evolve(given, **changes))
    made = attrs.evolve(given, **changes, extra=None)
    kept = followed(extra, field_types(type(record)), record, made)
    return cast("_C", attrs.evolve(made, extra=kept))
