"""What an annotation says of a field: optional or not, one or many, and of which kind."""

import types
from decimal import Decimal
from functools import cache
from typing import Final, NewType, TypeGuard, cast, get_args, get_origin, get_type_hints

from attrs import evolve, fields, frozen, has

from citess.errors import InvalidValueError, Issue
from citess.i18n import Term
from citess.model.rules import decimal_rule, rule_of

PERSONAL: Final = "personal"
"""Key in the metadata of fields that say something of a person."""

WITHHELD: Final = "(withheld)"
"""What messages show in place of a value about a person."""


@frozen
class FieldType:
    """An annotation taken apart: ``tuple[SourceId, ...]`` is many of kind ``SourceId``."""

    kind: object
    """Class or id type of one value."""

    optional: bool
    """Whether ``None`` (not known) is allowed."""

    many: bool
    """Whether the field holds a tuple of values."""

    personal: bool = False
    """Whether it says something of a person."""

    @property
    def python(self) -> type:
        """Class of one value at run time."""
        kind = self.kind
        return str if isinstance(kind, NewType) else cast("type", kind)


@cache
def field_type(annotation: object) -> FieldType:
    """Take an annotation apart.

    Examples
    --------
    >>> from citess.model.ids import HubId
    >>> field_type(tuple[HubId, ...]).many, field_type(HubId | None).optional
    (True, True)
    """
    optional = False
    if get_origin(annotation) in {types.UnionType, _UNION}:
        optional = True
        (annotation,) = (part for part in get_args(annotation) if part is not type(None))
    many = get_origin(annotation) is tuple
    kind = get_args(annotation)[0] if many else annotation
    return FieldType(kind, optional, many)


_UNION: Final = get_origin(int | NewType("_", str) | None)


def field_types(cls: type) -> dict[str, FieldType]:
    """Types of the public fields of a domain class, by name, in order."""
    return _field_types(cls)


@cache
def _field_types(cls: type) -> dict[str, FieldType]:
    hints = get_type_hints(cls)
    return {
        attribute.name: evolve(
            field_type(hints[attribute.name]), personal=PERSONAL in attribute.metadata
        )
        for attribute in fields(cls)
        if not attribute.name.startswith("_")
    }


def is_domain_class(kind: object) -> bool:
    """Tell whether values of a kind have fields of their own."""
    return isinstance(kind, type) and has(kind)


def is_term_class(kind: object) -> TypeGuard[type[Term]]:
    """Tell whether values of a kind are codes of a closed list."""
    return isinstance(kind, type) and issubclass(kind, Term)


def value_issue(kind: object, value: object) -> Issue | None:
    """Find what its type does not allow in a value of the right class."""
    if isinstance(value, Decimal):
        return decimal_rule(value)
    rule = rule_of(kind)
    return None if rule is None else rule(cast("str", value))


def check_field(name: str, expected: FieldType, value: object) -> None:
    """Check a value given for a field.

    Raises
    ------
    TypeError
        When it is of another class.
    InvalidValueError
        When its type does not allow it.
    """
    if value is None and expected.optional:
        return
    if expected.many and type(value) is not tuple:
        msg = f"{name} must be a tuple, not {WITHHELD if expected.personal else repr(value)}"
        raise TypeError(msg)
    python = expected.python
    given: list[object] = [*cast("tuple[object, ...]", value)] if expected.many else [value]
    for item in given:
        if not _is_of(item, python):
            shown = WITHHELD if expected.personal else repr(item)
            msg = f"{name} must be of type {python.__name__}, not {shown}"
            raise TypeError(msg)
        if issue := value_issue(expected.kind, item):
            raise InvalidValueError(_told(issue.at(name), expected))
    if expected.many and len(set(given)) < len(given):
        repeated = next(item for n, item in enumerate(given) if item in given[:n])
        raise InvalidValueError(_told(Issue.of("repeated-value", name, repeated), expected))


def _told(issue: Issue, field: FieldType) -> Issue:
    return evolve(issue, given=WITHHELD, suggestion=None) if field.personal else issue


def _is_of(item: object, python: type) -> bool:
    return isinstance(item, python) and not (python is int and isinstance(item, bool))
