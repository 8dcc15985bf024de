"""Strategies for values and records, derived from annotations."""

import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from operator import itemgetter
from typing import Any, Final, TypeVar, cast

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from citess.errors import InvalidValueError
from citess.i18n import Text
from citess.model import (
    AgeBand,
    Bound,
    FinancingLine,
    Money,
    PartialDate,
    Partnership,
    Period,
    Point,
    Programme,
    codes,
    currency_decimals,
    ids,
)
from citess.model.fields import FieldType, field_types, is_domain_class, is_term_class
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
}
_MOST: Final = 3

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
    amount = draw(st.decimals(min_value=0, max_value=10**9, places=places))
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
        return records(cast("type[object]", kind), refs)
    if kind is ids.RecordRef:
        return _slugs.map(lambda slug: f"hub:{slug}")
    return _slugs


def _field(field: FieldType, refs: Refs | None) -> SearchStrategy[object]:
    strategy = values(field.kind, refs)
    if field.many:
        strategy = st.lists(strategy, max_size=_MOST, unique=True).map(tuple)
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
    for name in ("stages", "phases", "history"):
        if name in given and isinstance(given[name], tuple):
            given[name] = _in_order(cast("tuple[object, ...]", given[name]))
    if cls is FinancingLine:
        _one_currency(draw, given)
    if "members" in given:
        given["members"] = _distinct(draw, given, cls, refs)
    if "territories" in given and not given["territories"]:
        given["territories"] = (draw(values(ids.TerritoryId, refs)),)
    if "in_force" in given:
        given["in_force"] = None
    return cast("Callable[..., T]", cls)(**given)


def _in_order(entries: tuple[object, ...]) -> tuple[object, ...]:
    fields = [getattr(entry, "since", None) for entry in entries]
    if entries and not hasattr(entries[0], "since"):
        return entries
    dated = [(since, e) for since, e in zip(fields, entries, strict=True) if since is not None]
    return tuple(entry for _, entry in sorted(dated, key=itemgetter(0)))


def _one_currency(draw: DrawFn, given: dict[str, object]) -> None:
    amounts = sorted(draw(st.lists(_money("TND"), min_size=2, max_size=2)), key=lambda m: m.amount)
    given |= {"amount_min": amounts[0], "amount_max": amounts[1], "envelope": None}
    given |= {"rate": None, "grace_months": None}


def _distinct(draw: DrawFn, given: dict[str, object], cls: type, refs: Refs | None) -> object:
    members = cast("tuple[object, ...]", given["members"])
    kind = field_types(cls)["members"].kind
    least = 2 if cls is Partnership else 0
    strategy = st.lists(
        values(kind, refs), min_size=least, max_size=_MOST, unique_by=lambda m: m.party
    )
    return members if cls is not Partnership and cls is not Programme else tuple(draw(strategy))
