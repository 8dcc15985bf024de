"""The decorator of every domain class: frozen, slotted, keyword-only, checked by annotation."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast, dataclass_transform

import attrs
from attrs import field, frozen

from citess.model.fields import check_field, field_types

_C = TypeVar("_C")


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
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
    made = cast("Any", frozen(kw_only=True)(cls))
    construct = cast("Callable[..., None]", made.__init__)

    @wraps(construct)
    def checked(self: object, *args: object, **values: object) -> None:
        types = field_types(made)
        for name, value in values.items():
            if name in types:
                check_field(name, types[name], value)
        construct(self, *args, **values)

    made.__init__ = checked
    return cast("type[_C]", made)


def evolve(record: _C, **changes: object) -> _C:
    """Copy a record with some fields changed, checked like a new one.

    Examples
    --------
    >>> from citess import Hub, HubStatus, Text, evolve
    >>> hub = Hub(id="citess-mahdia", name=Text(fr="CitESS Mahdia"), territories=("tn-53",))
    >>> evolve(hub, status=HubStatus.ACTIVE).status.label("fr")
    'actif'
    """
    return cast("_C", attrs.evolve(cast("Any", record), **changes))
