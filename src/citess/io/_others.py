"""What else is wrong with values of which some are known to be: every fault, and none made up."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, Final, NewType, cast

from attrs import NOTHING, fields

from citess.errors import InvalidValueError, Issue
from citess.i18n import Text
from citess.model import Bound, PartialDate, codes, ids
from citess.model.fields import FieldType, field_types, is_domain_class, is_term_class


def others(
    cls: type, found: Mapping[str, object], bad: set[str]
) -> tuple[list[Issue], object | None]:
    """Find what else is wrong, with what is always fit in place of what is known to be.

    An issue counts when it does not change with what is put in place.

    Parameters
    ----------
    cls
        Class of which something is to be made.
    found
        Values that are fit each by itself, by field.
    bad
        Fields whose values are not, or are missing; those of the issues found are added.

    Returns
    -------
    list[Issue]
        The issues, each of another field.
    object or None
        What could be made without them.
    """
    either = (dict(found), dict(found))
    for name in sorted(bad):
        _stand_in(cls, either, name)
    issues: list[Issue] = []
    while True:
        made, issue = _tried(cls, either[0])
        if issue is None:
            return issues, made
        name = first_of(issue)
        if name in bad or name not in either[0]:
            return issues, None
        if issue == _tried(cls, either[1])[1]:
            issues.append(issue)
        bad.add(name)
        _stand_in(cls, either, name)


def _tried(cls: type, values: Mapping[str, object]) -> tuple[object, Issue | None]:
    try:
        return cast("Callable[..., object]", cls)(**values), None
    except InvalidValueError as error:
        return None, error.issue


def _stand_in(cls: type, either: tuple[dict[str, object], ...], name: str) -> None:
    for n, values in enumerate(either):
        values.pop(name, None)
        if name in required_fields(cls):
            values[name] = placeholder(field_types(cls)[name], n)
        elif name in given_anyway(cls):
            values[name] = given_anyway(cls)[name]


def steps(path: str) -> Iterator[str | int]:
    """Names and numbers of a path: ``stages[1].since``."""
    for part in path.replace("]", "").replace("[", ".").split("."):
        yield int(part) if part.isdecimal() else part


def first_of(issue: Issue) -> str:
    """Name of the field that an issue is of."""
    return str(next(steps(issue.path)))


@cache
def required_fields(cls: type) -> frozenset[str]:
    """Fields without which nothing of a class can be made."""
    types = field_types(cls)
    return frozenset(
        a.name
        for a in fields(cast("Any", cls))
        if a.default is NOTHING and not (types[a.name].optional or types[a.name].many)
    )


@cache
def given_anyway(cls: type) -> Mapping[str, object]:
    """Fields that must be given even where they are not known, or have no values."""
    types = field_types(cls)
    return {
        a.name: () if types[a.name].many else None
        for a in fields(cast("Any", cls))
        if a.default is NOTHING and (types[a.name].optional or types[a.name].many)
    }


def placeholder(field: FieldType, n: int = 0) -> object:
    """Stand-in for a value that is missing or faulty, so that the others can be checked.

    Another number ``n`` gives another stand-in, where there are several.
    """
    kind = field.kind
    if field.many:
        return ()
    if is_term_class(kind):
        return next(iter(kind))
    if isinstance(kind, NewType) or kind is str:
        return _STRINGS.get(kind, "x")
    if is_domain_class(kind):
        cls = cast("type", kind)
        types = field_types(cls)
        given = {name: placeholder(types[name], n) for name in required_fields(cls)}
        return cls(**{**given_anyway(cls), **given})
    return _VALUES[cast("type", kind)][n % 2]


_UNKNOWN_END: Final = Bound("unknown")
_STRINGS: Final[Mapping[object, str]] = {
    codes.CurrencyCode: "TND",
    codes.CountryCode: "TN",
    codes.LanguageTag: "fr",
    codes.WebAddress: "https://example.org/",
    ids.Pseudonym: f"p-{'0' * 32}",
    ids.RecordRef: "hub:x",
}
_VALUES: Final[Mapping[type, tuple[object, object]]] = {
    Text: (Text(en="?"), Text(en="?")),
    PartialDate: (PartialDate("0001"), PartialDate("0002")),
    Bound: (_UNKNOWN_END, _UNKNOWN_END),
    Decimal: (Decimal(1), Decimal(2)),
    int: (1, 2),
    bool: (False, True),
}
