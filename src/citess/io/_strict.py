"""The strict converter: cattrs that coerces nothing and says what it was given."""

from collections.abc import Callable
from decimal import Decimal
from functools import cache, partial
from typing import Any, Final, NewType, cast

from attrs import NOTHING, fields, has
from cattrs import Converter, IterableValidationNote
from cattrs.gen import make_dict_structure_fn, override

from citess.errors import InvalidValueError, Issue, suggest
from citess.i18n import Term, Text, is_language_tag
from citess.io._others import first_of, given_anyway, others
from citess.model import Bound, PartialDate
from citess.model.fields import field_type, value_issue
from citess.model.rules import text_rule

_NAMES: Final[dict[type, str]] = {
    dict: "an object",
    list: "a list",
    str: "a string",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    type(None): "null",
}


def wrong_type(value: object, expected: str) -> InvalidValueError:
    """Say that a value is of the wrong type of JSON."""
    given = _NAMES.get(type(value), type(value).__name__)
    return InvalidValueError(
        Issue.of("wrong-type", "", value, given_type=given, expected_type=expected)
    )


@cache
def converter() -> Converter:
    """Return the converter, made once."""
    made = Converter(detailed_validation=True, forbid_extra_keys=False)
    made.register_structure_hook_func(_is_string, _string)
    made.register_structure_hook(Term, _term)
    made.register_structure_hook(int, _whole)
    made.register_structure_hook(bool, _truth)
    made.register_structure_hook(Decimal, _decimal)
    made.register_structure_hook(Text, _text)
    made.register_structure_hook(PartialDate, _from_string(PartialDate, "a date as a string"))
    made.register_structure_hook(Bound, _from_string(Bound, "a date, 'open' or 'unknown'"))
    made.register_structure_hook_factory(_is_tuple, partial(_tuple, made=made))
    made.register_structure_hook_factory(has, partial(_object, made=made))
    return made


def _is_string(kind: object) -> bool:
    return kind is str or isinstance(kind, NewType)


def _is_tuple(kind: object) -> bool:
    return getattr(kind, "__origin__", None) is tuple


def _string(value: object, kind: object) -> str:
    if not isinstance(value, str):
        raise wrong_type(value, "a string")
    if issue := value_issue(kind, value):
        raise InvalidValueError(issue)
    return value


def _term(value: object, kind: type[Term]) -> Term:
    if not isinstance(value, str):
        raise wrong_type(value, "a code as a string")
    codes = [str(term) for term in kind]
    if value not in codes:
        name = kind.list_name().replace("_", " ")
        near = suggest(value, codes)
        raise InvalidValueError(
            Issue.of("bad-code", "", value, suggestion=near, scheme=name, codes=", ".join(codes))
        )
    return kind(value)


def _whole(value: object, _: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise wrong_type(value, "a whole number")
    return value


def _truth(value: object, _: object) -> bool:
    if not isinstance(value, bool):
        raise wrong_type(value, "true or false")
    return value


def _decimal(value: object, _: object) -> Decimal:
    if not isinstance(value, str):
        raise wrong_type(value, "a decimal number as a string")
    try:
        number = Decimal(value) if value.isascii() and "_" not in value else None
    except ArithmeticError:
        number = None
    if number is None or str(number) != value:
        raise InvalidValueError(Issue.of("bad-number", "", value))
    if issue := value_issue(Decimal, number):
        raise InvalidValueError(issue)
    return number


def _text(value: object, _: object) -> Text:
    if not isinstance(value, dict):
        raise wrong_type(value, "an object of texts by language")
    entries = cast("dict[str, object]", value)
    if not entries:
        raise InvalidValueError(Issue.of("empty-text", "", entries))
    errors: list[Exception] = []
    for tag, text in entries.items():
        if not is_language_tag(tag):
            errors.append(InvalidValueError(Issue.of("bad-language", tag, tag)))
        if not isinstance(text, str):
            errors.append(InvalidValueError(wrong_type(text, "a string").issue.at(tag)))
        elif issue := text_rule(text):
            errors.append(InvalidValueError(issue.at(tag)))
    if errors:
        raise ExceptionGroup("unfit texts", errors)
    return Text(cast("dict[str, str]", entries))


def _from_string(kind: type, expected: str) -> Callable[[object, object], object]:
    def made(value: object, _: object) -> object:
        if not isinstance(value, str):
            raise wrong_type(value, expected)
        return kind(value)

    return made


def _tuple(kind: object, made: Converter) -> Callable[[object, object], object]:
    item_type = field_type(kind).kind
    hook = made.get_structure_hook(item_type)

    def many(value: object, _: object) -> tuple[object, ...]:
        if not isinstance(value, list):
            raise wrong_type(value, "a list")
        found: list[object] = []
        errors: list[Exception] = []
        for n, item in enumerate(cast("list[object]", value)):
            try:
                one = hook(item, item_type)
            except Exception as error:  # noqa: BLE001  (kept with its place, raised with the others below)
                error.__notes__ = [IterableValidationNote("item", n, item_type)]
                errors.append(error)
                continue
            if one in found:
                repeated = InvalidValueError(Issue.of("repeated-value", "", item))
                repeated.__notes__ = [IterableValidationNote("item", n, item_type)]
                errors.append(repeated)
            found.append(one)
        if errors:
            raise ExceptionGroup("unfit items", errors)
        return tuple(found)

    return many


def _object(cls: type, made: Converter) -> Callable[[object, object], object]:
    private: dict[str, Any] = {
        a.name: override(omit=True) for a in fields(cls) if a.name.startswith("_")
    }
    structure = cast(
        "Callable[[object, object], object]", make_dict_structure_fn(cls, made, **private)
    )

    def one(value: object, kind: object) -> object:
        if not isinstance(value, dict):
            raise wrong_type(value, "an object")
        try:
            return structure(cast("object", value), kind)
        except Exception as error:
            given = cast("dict[str, object]", value)
            more = [InvalidValueError(issue) for issue in _others(cls, given, error, made)]
            if not more:
                raise
            raise ExceptionGroup("unfit values", [error, *more]) from None

    return one


def _others(cls: type, given: dict[str, object], error: Exception, made: Converter) -> list[Issue]:
    """Find what else is wrong with the fields of an object than what was said."""
    found, bad = dict(given_anyway(cls)), set[str]()
    for a in fields(cls):
        if a.name in given and not a.name.startswith("_"):
            try:
                found[a.name] = made.structure(given[a.name], a.type)
            except Exception:  # noqa: BLE001  (said already, with its place)
                bad.add(a.name)
        elif a.default is NOTHING:
            bad.add(a.name)
    bad |= {first_of(error.issue)} if isinstance(error, InvalidValueError) else set()
    return others(cls, found, bad)[0]
