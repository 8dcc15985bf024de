"""Numbers as people type them.

The rule: digits of any script; spaces of any width and the Arabic thousands mark stand between
thousands; where a point and a comma occur together the last one is the decimal mark; one that
occurs more than once stands between thousands; one that occurs once is the decimal mark. ``1,234``
is therefore 1.234, and is noted as ambiguous.
"""

import re
from decimal import Decimal
from typing import Final

from citess.errors import InvalidValueError, Issue
from citess.io.spreadsheet._noting import Noting
from citess.model.rules import decimal_rule

_MINUS: Final = str.maketrans(dict.fromkeys("\u2212\u2013\uff0d\ufe63", "-") | {"\uff0b": "+"})
_MARKS: Final = str.maketrans(
    {"\u066b": ",", "\u066c": " ", "\u060c": ","}
    | dict.fromkeys("\xa0\u202f\u2009\u2007\u2008\u2019'", " ")
)
_GROUPED: Final = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+(?=[.,]|$)")
_SHAPE: Final = re.compile(r"([+-]?)([0-9][0-9.,]*|[.,][0-9]+)")
_THOUSANDS: Final = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3})+")
_LIKELY: Final = re.compile(r"[-+(]?\s*[0-9][0-9\s.,]*(?:[eE][-+]?[0-9]{1,3})?\s*[)%]?")
_LONGEST: Final = 64
_EXACT: Final = 15


def read_decimal(given: object, noting: Noting) -> Decimal:
    r"""Read a number that a person typed, or that a spreadsheet keeps.

    Raises
    ------
    InvalidValueError
        When it is none by the rule; the suggestion is what was perhaps meant.

    Examples
    --------
    >>> noting = Noting()
    >>> typed = ("1 234,5", "1.234,5", "\u0661\u0662,5", 2.5)
    >>> [str(read_decimal(one, noting)) for one in typed]
    ['1234.5', '1234.5', '12.5', '2.5']
    """
    if isinstance(given, bool):
        raise InvalidValueError(Issue.of("bad-number", "", given))
    if isinstance(given, int | float):
        return _plain(Decimal(repr(given)), given)
    if not isinstance(given, str) or len(given) > _LONGEST:
        raise InvalidValueError(Issue.of("bad-number", "", given))
    text = _digits(given)
    matched = _SHAPE.fullmatch(text)
    if matched is None:
        raise InvalidValueError(Issue.of("bad-number", "", given, suggestion=_meant(text)))
    sign, body = matched.groups()
    number = _decimal_point(body)
    if number is None:
        raise InvalidValueError(Issue.of("bad-number", "", given))
    if _THOUSANDS.fullmatch(body) and body.count(",") + body.count(".") == 1:
        noting.note("ambiguous-number", given, kept=f"{sign}{number}")
    return _plain(Decimal(f"{sign}{number}"), given)


def _digits(given: str) -> str:
    text = given.strip().translate(_MINUS).translate(_MARKS)
    if not text.isascii():
        text = "".join(str(int(c)) if c.isdecimal() else c for c in text)
    sign = text[:1] if text[:1] in {"-", "+"} else ""
    body = text[len(sign) :].strip()
    if " " in body and _GROUPED.match(body):
        body = body.replace(" ", "")
    return sign + body


def _decimal_point(body: str) -> str | None:
    marks = [c for c in body if c in ".,"]
    if not marks:
        return body
    kinds = set(marks)
    if len(kinds) == 1 and len(marks) > 1:
        return body.replace(marks[0], "") if _THOUSANDS.fullmatch(body) else None
    last = marks[-1]
    whole, _, part = body.rpartition(last)
    if len(kinds) > 1 and (marks.count(last) > 1 or not _THOUSANDS.fullmatch(whole)):
        return None
    whole = whole.replace(",", "").replace(".", "")
    return f"{whole or '0'}.{part}" if part else None


def _meant(text: str) -> str | None:
    if not _LIKELY.fullmatch(text):
        return None
    bare = text.strip("()%").replace(" ", "").replace(",", ".")
    try:
        number = Decimal(bare)
    except ArithmeticError:
        return None
    if text.endswith("%"):
        number /= 100
    if text.startswith("("):
        number = -number
    return f"{number.normalize():f}"


def _plain(number: Decimal, given: object) -> Decimal:
    if not number.is_finite():
        raise InvalidValueError(Issue.of("not-finite", "", given))
    plain = Decimal(f"{number.normalize():f}")
    plain = abs(plain) if plain == 0 else plain
    if issue := decimal_rule(plain):
        raise InvalidValueError(Issue.of(issue.code, "", given))
    return plain


def read_whole(given: object, noting: Noting, limit: int) -> int:
    """Read a whole number that a person typed.

    Raises
    ------
    InvalidValueError
        When it is none, or beyond what every reader keeps exactly.
    """
    quiet = Noting()
    number = read_decimal(given, quiet)
    if number != number.to_integral_value():
        grouped = f"{given}".replace(",", "").replace(".", "")
        near = grouped if quiet.notes and grouped.isdecimal() else None
        raise InvalidValueError(Issue.of("not-whole", "", given, suggestion=near))
    noting.take(quiet)
    if abs(number) > limit:
        raise InvalidValueError(Issue.of("number-too-large", "", given))
    return int(number)


def written(number: Decimal) -> float | int | str:
    """Give a number as a spreadsheet keeps it, or as text where it would keep less of it."""
    digits = len(number.as_tuple().digits)
    value = int(number) if number == number.to_integral_value() else float(number)
    exact = digits <= _EXACT and Decimal(repr(value)) == number
    return value if exact and abs(number.adjusted()) < _EXACT else str(number)
