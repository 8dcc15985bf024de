"""Strategies for values and records, derived from annotations."""

import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from operator import attrgetter
from typing import Any, Final, NewType, TypeVar, cast

from attrs import NOTHING, fields
from hypothesis import reject
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from citess.errors import InvalidValueError
from citess.i18n import Text
from citess.model import (
    AgeBand,
    Bound,
    FinancingLine,
    Hub,
    LegalFormVersion,
    LegalFramework,
    Member,
    Money,
    PartialDate,
    Partnership,
    Period,
    Point,
    SupportSession,
    codes,
    currency_decimals,
    ids,
)
from citess.model.fields import FieldType, field_types, is_domain_class, is_term_class
from citess.model.history import in_order
from citess.model.record import evolve
from citess.model.rules import decimal

T = TypeVar("T")
Refs = Mapping[object, SearchStrategy[str]]

_HOSTILE: Final = (
    "CitESS \u00ab Mahdia \u00bb",
    "\u0633\u064a\u062f\u064a \u0628\u0648\u0632\u064a\u062f",
    'quote " and \\ back',
    "</script><b>",
    "=1+1",
    "na\u00efve \U0001f41d",
    "line\nbreak\ttab",
    "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    "sep\u2028arator",
    "{braces} %s",
    "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 CitESS",
    "\U0001f469\u200d\U0001f33e \U00020000",
    "long " * 400 + "end",
)
_CODES: Final[dict[object, tuple[str, ...]]] = {
    codes.CurrencyCode: ("TND", "EUR", "JPY"),
    codes.CountryCode: ("TN", "FR", "PS"),
    codes.LanguageTag: ("ar", "fr", "ar-TN"),
    codes.WebAddress: ("https://example.org/", "http://example.org/a?b=c%20d"),
    codes.UnitCode: ("count", "jobs", "TND"),
    codes.IndicatorCode: ("jobs", "budget"),
    codes.ActivityCode: ("A", "C"),
    codes.LegalFormCode: ("TN-SMSA", "INFORMAL"),
    codes.ServiceKindCode: ("legal", "finance"),
    codes.MethodCode: ("charter", "networks", "donor-dependency"),
    ids.Pseudonym: tuple(f"p-{digit * 32}" for digit in "07f"),
}
_MOST: Final = 3
_ATTEMPTS: Final = 40
_NEVER_EMPTY: Final[dict[type, tuple[str, ...]]] = {
    Hub: ("territories",),
    SupportSession: ("cases",),
}

_plain = st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=12).map(
    partial(unicodedata.normalize, "NFC")
)
_lines = st.one_of(st.sampled_from(_HOSTILE), _plain)
_slugs = st.from_regex(r"[a-z0-9]{1,4}(-[a-z0-9]{1,3})?", fullmatch=True)
_texts = st.dictionaries(
    st.sampled_from(("fr", "ar", "en", "pt-BR")), _lines, min_size=1, max_size=_MOST
).map(lambda texts: Text({str(tag): text for tag, text in texts.items()}))
_decimals = st.decimals(
    allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9
).map(decimal)


def _date(year: int, month: int, day: int, length: int) -> PartialDate:
    return PartialDate(f"{year:04}-{month:02}-{day:02}"[:length])


_dates = st.builds(
    _date,
    st.integers(1, 9999),
    st.integers(1, 12),
    st.integers(1, 28),
    st.sampled_from((4, 7, 10)),
)
_near_dates = st.builds(
    _date,
    st.integers(2010, 2026),
    st.integers(1, 12),
    st.integers(1, 28),
    st.sampled_from((4, 7, 10)),
)


@st.composite
def _periods(draw: DrawFn) -> Period:
    start = draw(st.one_of(_near_dates.map(str), st.just("unknown")))
    end = draw(st.one_of(_near_dates.map(str), st.sampled_from(("open", "unknown"))))
    try:
        return Period.of(start, end)
    except InvalidValueError:
        return Period.of(end, start) if start != end else Period.of(start)


@st.composite
def _money(draw: DrawFn, currency: str | None = None) -> Money:
    code = currency or draw(st.sampled_from(_CODES[codes.CurrencyCode]))
    places = currency_decimals(code)
    amount = draw(st.decimals(min_value=-(10**9), max_value=10**9, places=places))
    return Money(
        amount=decimal(amount), currency=codes.CurrencyCode(code), on=draw(st.none() | _near_dates)
    )


@st.composite
def _age_bands(draw: DrawFn) -> AgeBand:
    lower = draw(st.integers(0, 60))
    return AgeBand(lower=lower, upper=draw(st.none() | st.integers(lower, 150)))


@st.composite
def _points(draw: DrawFn) -> Point:
    north = draw(st.decimals(min_value=-90, max_value=90, places=3))
    east = draw(st.decimals(min_value=-180, max_value=180, places=3))
    return Point(latitude=decimal(north), longitude=decimal(east))


_VALUES: Final[dict[object, SearchStrategy[object]]] = {
    str: _lines,
    int: st.integers(0, 2**53),
    bool: st.booleans(),
    Decimal: _decimals,
    Text: _texts,
    PartialDate: _dates,
    Bound: st.one_of(_near_dates.map(str), st.sampled_from(("open", "unknown"))).map(Bound),
    Period: _periods(),
    Money: _money(),
    AgeBand: _age_bands(),
    Point: _points(),
}


def values(kind: object, refs: Refs | None = None) -> SearchStrategy[Any]:  # noqa: PLR0911  (one for each kind)
    """Strategy for values of a type that fields have: texts, dates, money, codes, ids, classes.

    Parameters
    ----------
    kind
        Class, or type of ids or codes.
    refs
        Strategies for ids, by their type; a type that is missing gives any slug.
    """
    if refs and kind in refs:
        return refs[kind]
    if kind in _VALUES:
        return _VALUES[kind]
    if kind in _CODES:
        return st.sampled_from(_CODES[kind])
    if is_term_class(kind):
        return st.sampled_from(tuple(kind))
    if is_domain_class(kind):
        cls = cast("type[object]", kind)
        impossible = refs and any(id_ in refs and refs[id_].is_empty for id_ in needed_ids(cls))
        return st.nothing() if impossible else records(cls, refs)
    if kind is ids.RecordRef:
        return _slugs.map(lambda slug: f"hub:{slug}")
    return _slugs


def needed_ids(cls: type) -> set[object]:
    """Types of ids without which a class cannot be."""
    needed: set[object] = set()
    for name, field in field_types(cls).items():
        if field.optional or (field.many and name not in _NEVER_EMPTY.get(cls, ())):
            continue
        if is_domain_class(field.kind):
            needed |= needed_ids(cast("type", field.kind))
        elif isinstance(field.kind, NewType):
            needed.add(field.kind)
    return needed


def _field(field: FieldType, refs: Refs | None) -> SearchStrategy[object]:
    strategy = values(field.kind, refs)
    if field.many:
        most = 0 if strategy.is_empty else _MOST
        strategy = st.lists(strategy, max_size=most, unique=True).map(tuple)
    return st.none() | strategy if field.optional else strategy


@st.composite
def records(draw: DrawFn, cls: type[T], refs: Refs | None = None) -> T:
    """Strategy for valid objects of a domain class.

    Parameters
    ----------
    draw
        Given by Hypothesis.
    cls
        Class, such as :class:`citess.Hub`.
    refs
        Strategies for ids, by their type.
    """
    given = {name: draw(_field(field, refs)) for name, field in field_types(cls).items()}
    given |= {"superseded": None} if "superseded" in given else {}
    for name in ("stages", "phases", "history"):
        if name in given:
            given[name] = in_order(cast("tuple[object, ...]", given[name]))
    if cls is FinancingLine:
        given |= draw(_terms())
    if cls is LegalFramework:
        _sort(given, "adopted", "in_force")
    if cls is Partnership:
        members = st.lists(
            values(Member, refs), min_size=2, max_size=_MOST, unique_by=attrgetter("party")
        )
        given["members"] = tuple(draw(members))
    for name in _NEVER_EMPTY.get(cls, ()):
        given[name] = given[name] or (draw(values(field_types(cls)[name].kind, refs)),)
    if cls is LegalFormVersion:
        _sort(given, "min_members", "max_members")
    return cast("T", _fitting(draw, cls, given, refs))


def _fitting(draw: DrawFn, cls: type, given: dict[str, object], refs: Refs | None) -> object:
    """Construct a record, setting aside one by one the fields that do not fit the others."""
    defaults = {a.name: a.default for a in fields(cast("Any", cls)) if a.default is not NOTHING}
    for _ in range(_ATTEMPTS):
        try:
            return cast("Callable[..., object]", cls)(**given)
        except InvalidValueError as error:
            name = error.issue.path.partition("[")[0].partition(".")[0]
            if name in defaults and given[name] != defaults[name]:
                given[name] = defaults[name]
            else:
                given[name] = draw(_field(field_types(cls)[name], refs))
    return reject()


def _sort(given: dict[str, object], *names: str) -> None:
    """Put the values that are known in rising order, each in the place of one that was known."""
    known = [name for name in names if given[name] is not None]
    rising = sorted(cast("list[int]", [given[name] for name in known]))
    given |= dict(zip(known, rising, strict=True))


def _without_sign(money: Money) -> Money:
    return evolve(money, amount=abs(money.amount))


@st.composite
def _terms(draw: DrawFn) -> dict[str, object]:
    """Terms of a line of finance that fit together: one currency, rising bounds, grace in tenor."""
    code = draw(st.sampled_from(_CODES[codes.CurrencyCode]))
    some = _money(code).map(_without_sign)
    low, high = sorted(draw(st.tuples(some, some)), key=attrgetter("amount"))
    months: dict[str, object] = {
        "grace_months": draw(st.none() | st.integers(0, 600)),
        "tenor_months": draw(st.none() | st.integers(0, 600)),
    }
    _sort(months, "grace_months", "tenor_months")
    return {
        "envelope": draw(st.none() | some),
        "amount_min": draw(st.sampled_from((low, None))),
        "amount_max": draw(st.sampled_from((high, None))),
        "rate": draw(st.none() | st.decimals(0, 1, places=3).map(decimal)),
        **months,
    }
