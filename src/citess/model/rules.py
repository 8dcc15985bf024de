"""What a value of each type must be: one rule for constructors, readers and proofs alike."""

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Final, NewType

from citess import vocab
from citess.errors import InvalidValueError, Issue, suggest
from citess.i18n import MAX_LENGTH, is_language_tag, text_fault
from citess.model import codes, ids
from citess.model.pseudonyms import PSEUDONYM

Rule = Callable[[str], Issue | None]

FAULT_CODES: Final = {
    "empty": "empty-text",
    "blank": "blank-edge",
    "control": "control-character",
    "bidi": "bidi-character",
    "surrogate": "surrogate",
    "not-nfc": "not-nfc",
    "too-long": "too-large",
}
_NOT_ID: Final = re.compile(r"[^a-z0-9]+")
_CODE: Final = re.compile(r"[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*")
_DECIMAL: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,29})(?:\.[0-9]{0,29}[1-9])?")
_WEB: Final = re.compile(r"https?://[^\s<>\"]{1,2000}")


def text_rule(value: str) -> Issue | None:
    """Find what makes a string unfit to be stored."""
    fault = text_fault(value)
    if fault is None:
        return None
    return Issue.of(FAULT_CODES[fault], "", value, limit=f"{MAX_LENGTH} characters")


def id_rule(value: str) -> Issue | None:
    """Ids are slugs."""
    if ids.is_id(value):
        return None
    slug = _NOT_ID.sub("-", value[: ids.LONGEST_ID].casefold()).strip("-")
    return Issue.of("bad-id", "", value, suggestion=slug if ids.is_id(slug) else None)


def reference_rule(value: str) -> Issue | None:
    """References are a kind and an id; which kinds exist is known to the dataset."""
    kind, _, id_ = value.partition(":")
    if re.fullmatch(r"[a-z]+(?:_[a-z]+)*", kind) and ids.is_id(id_):
        return None
    return Issue.of("bad-reference", "", value, kinds="hub, partner, enterprise ...")


def code_rule(value: str) -> Issue | None:
    """Codes are short words; whether the vocabulary has them is a warning of its own."""
    if len(value) <= ids.LONGEST_ID and _CODE.fullmatch(value):
        return None
    return Issue.of("bad-code", "", value, scheme="code list", codes="letters, digits, . _ -")


def currency_rule(value: str) -> Issue | None:
    """Currencies are codes of ISO 4217 whose decimals are known."""
    known = vocab.scheme("currencies")
    if value in known:
        return None
    return Issue.of("bad-currency", "", value, suggestion=suggest(value.upper(), known))


def country_rule(value: str) -> Issue | None:
    """Countries are the two letters of ISO 3166-1."""
    if re.fullmatch("[A-Z]{2}", value):
        return None
    near = value.upper() if re.fullmatch("[A-Za-z]{2}", value) else None
    return Issue.of(
        "bad-code", "", value, suggestion=near, scheme="ISO 3166-1", codes="two capital letters"
    )


def language_rule(value: str) -> Issue | None:
    """Languages are BCP 47 tags."""
    return None if is_language_tag(value) else Issue.of("bad-language", "", value)


def web_rule(value: str) -> Issue | None:
    """Web addresses begin with http or https and hold no space."""
    return None if _WEB.fullmatch(value) else Issue.of("bad-url", "", value)


def pseudonym_rule(value: str) -> Issue | None:
    """Pseudonyms are keyed hashes; a name can never be one."""
    return None if PSEUDONYM.fullmatch(value) else Issue.of("bad-pseudonym", "", "(withheld)")


_RULES: Final[dict[object, Rule]] = {
    ids.RecordRef: reference_rule,
    ids.Pseudonym: pseudonym_rule,
    codes.CurrencyCode: currency_rule,
    codes.CountryCode: country_rule,
    codes.LanguageTag: language_rule,
    codes.WebAddress: web_rule,
    codes.UnitCode: code_rule,
    **dict.fromkeys(codes.SCHEMES, code_rule),
}


@cache
def rule_of(kind: object) -> Rule | None:
    """Rule for the strings of a type: its own, that of ids, or that of plain text."""
    if kind is str:
        return text_rule
    if isinstance(kind, NewType):
        return _RULES.get(kind, id_rule)
    return None


def decimal_rule(value: Decimal) -> Issue | None:
    """Decimals are finite and stand in their one plain form: no exponent, no idle zero."""
    if not value.is_finite():
        return Issue.of("not-finite", "", str(value))
    text = str(value)
    if _DECIMAL.fullmatch(text) and text != "-0":
        return None
    plain = f"{value.normalize():f}"
    near = plain if _DECIMAL.fullmatch(plain) and plain != "-0" else None
    return Issue.of("bad-number", "", text, suggestion=near)


def decimal(value: Decimal | int | str) -> Decimal:
    """Make a decimal in its one plain form, so that equal numbers are written alike.

    Raises
    ------
    InvalidValueError
        When the value is no finite decimal number.

    Examples
    --------
    >>> decimal("1500.50"), decimal("1e3")
    (Decimal('1500.5'), Decimal('1000'))
    """
    try:
        number = Decimal(value)
        plain = Decimal(f"{number.normalize():f}")
    except ArithmeticError:
        raise InvalidValueError(Issue.of("bad-number", "", value)) from None
    plain = abs(plain) if plain == 0 else plain
    if issue := decimal_rule(plain):
        raise InvalidValueError(issue)
    return plain
