"""Fields that this version does not know: what they may hold, and how they follow an edit."""

import math
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Final, cast

from citess.errors import InvalidValueError, Issue
from citess.model.fields import WITHHELD, FieldType, field_types, is_domain_class

_PATH: Final = "extra"
_GREATEST: Final = 2**53
_DEEPEST: Final = 64


def plain_fields(
    given: object,
    fields: Mapping[str, FieldType],
    values: Mapping[str, object],
    depth: int = 1,
) -> dict[str, object]:
    """Copy unknown fields as the plain data that JSON holds.

    Parameters
    ----------
    given
        Unknown fields by name; those of a part stand below its name and, of many, its place.
    fields
        Known fields of the class.
    values
        What the known fields hold.
    depth
        How deep in a document they stand.

    Raises
    ------
    TypeError
        When they are no mapping of names, or hold what JSON has no form for.
    InvalidValueError
        When a field is known, a part is not there, or a value is one that not every reader keeps.

    Examples
    --------
    >>> plain_fields({"motto": ("a", 1)}, {}, {})
    {'motto': ['a', 1]}
    """
    plain = _plain(given, depth)
    if not isinstance(plain, dict):
        msg = f"{_PATH} must be a mapping of unknown fields by name, not {type(given).__name__}"
        raise TypeError(msg)
    found = cast("dict[str, object]", plain)
    _check_parts(found, fields, values.get)
    return found


def _check_parts(
    found: Mapping[str, object],
    fields: Mapping[str, FieldType],
    value_of: Callable[[str], object],
) -> None:
    for name in [name for name in found if name in fields]:
        value, known = value_of(name), fields[name]
        parts = {"": value}
        below: object = {"": found[name]}
        if known.many:
            held = cast("tuple[object, ...]", value or ())
            parts = {str(n): part for n, part in enumerate(held)}
            below = found[name]
        unknown = cast("dict[str, object]", below) if isinstance(below, dict) else {"?": None}
        for place, inner in unknown.items():
            part = parts.get(place)
            if part is None or not is_domain_class(known.kind) or not isinstance(inner, dict):
                raise InvalidValueError(Issue("duplicate-key", f"{_PATH}.{name}", WITHHELD))
            types = field_types(cast("type", known.kind))
            _check_parts(cast("dict[str, object]", inner), types, partial(getattr, part))


def _plain(value: object, depth: int) -> object:
    if depth > _DEEPEST and isinstance(value, Mapping | list | tuple):
        details = (("limit", str(_DEEPEST)),)
        raise InvalidValueError(Issue("too-deep", _PATH, WITHHELD, details=details))
    if isinstance(value, Mapping):
        items = cast("Mapping[object, object]", value).items()
        return {_name(key): _plain(item, depth + 1) for key, item in items}
    if isinstance(value, list | tuple):
        return [_plain(item, depth + 1) for item in cast("list[object]", value)]
    code = _unfit(value)
    if code is not None:
        raise InvalidValueError(Issue(code, _PATH, WITHHELD))
    if value is None or isinstance(value, str | bool | int | float):
        return value
    msg = f"{_PATH} must hold plain data as JSON has it, not {type(value).__name__}"
    raise TypeError(msg)


def _unfit(value: object) -> str | None:
    if isinstance(value, float) and not math.isfinite(value):
        return "not-finite"
    if isinstance(value, int) and abs(value) > _GREATEST:
        return "number-too-large"
    if isinstance(value, str) and not value.isascii() and _has_surrogate(value):
        return "surrogate"
    return None


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


def _name(key: object) -> str:
    if not isinstance(key, str):
        msg = f"{_PATH} must have names that are strings, not {type(key).__name__}"
        raise TypeError(msg)
    if _unfit(key):
        raise InvalidValueError(Issue("surrogate", _PATH, WITHHELD))
    return key


def followed(
    extra: Mapping[str, object], fields: Mapping[str, FieldType], before: object, after: object
) -> dict[str, object]:
    """Unknown fields of the parts of a record, kept with their parts after an edit.

    A part that stands elsewhere takes its unknown fields along, one that is changed in its place
    keeps them, one that is gone loses them.
    """
    kept = dict(extra)
    for name in [name for name in extra if name in fields]:
        old, new = getattr(before, name), getattr(after, name)
        if old == new:
            continue
        moved: object = None
        if fields[name].many:
            moved = _moved(cast("Mapping[str, object]", extra[name]), old, new)
        elif new is not None:
            moved = extra[name]
        if moved:
            kept[name] = moved
        else:
            del kept[name]
    return kept


def _moved(
    unknown: Mapping[str, object], old: tuple[object, ...], new: tuple[object, ...]
) -> dict[str, object]:
    moved: dict[str, object] = {}
    for n, part in enumerate(new):
        was = old.index(part) if part in old else None
        if was is None and len(new) == len(old) and old[n] not in new:
            was = n
        if str(was) in unknown:
            moved[str(n)] = unknown[str(was)]
    return moved


def unknown_paths(cls: type, extra: Mapping[str, object]) -> Iterator[str]:
    """Paths of unknown fields down to the first unknown name; below it all may be of persons.

    Examples
    --------
    >>> from citess import Hub
    >>> sorted(unknown_paths(Hub, {"tel": {"home": "1"}, "phases": {"0": {"by": "x"}}}))
    ['phases[].by', 'tel']
    """
    for name, value in extra.items():
        field = field_types(cls).get(name)
        if field is None:
            yield name
            continue
        given = cast("Mapping[str, object]", value)
        mark, parts = (f"{name}[]", given.values()) if field.many else (name, [given])
        for part in parts:
            below = cast("Mapping[str, object]", part)
            inner = cast("type", field.kind)
            yield from (f"{mark}.{path}" for path in unknown_paths(inner, below))
