"""Dates, periods, money, ages: three-valued, exact, immutable."""

import copy
import pickle
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citess import AgeBand, Bound, Identifier, InvalidValueError, Money, PartialDate, Period, Point
from citess.model import as_date, codes, days_between, months_between, total
from citess.model.rules import decimal, decimal_rule, rule_of
from citess.model.time import months_later
from citess.testing import values

DAYS = st.dates(date(2010, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    "text",
    ["2017-13", "2017-02-30", "17", "2017-3", "2017-03-14T00:00", "", "0000", "٢٠١٧", "2017-00"],
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(InvalidValueError, match="bad-date"):
        PartialDate(text)


@pytest.mark.parametrize(
    ("text", "precision", "first", "last"),
    [
        ("2016", "year", date(2016, 1, 1), date(2016, 12, 31)),
        ("2016-02", "month", date(2016, 2, 1), date(2016, 2, 29)),
        ("2016-02-29", "day", date(2016, 2, 29), date(2016, 2, 29)),
    ],
)
def test_a_partial_date_keeps_its_precision(text, precision, first, last):
    day = PartialDate(text)
    assert (precision, first, last, text) == (day.precision, day.earliest, day.latest, str(day))


def test_before_is_unknown_when_the_dates_may_be_either_way():
    year = PartialDate("2017")
    assert (True, False, None) == (
        year.before("2018-01"),
        year.before("2016-12-31"),
        year.before("2017-06"),
    )
    assert False is PartialDate("2017-03-14").before(date(2017, 3, 14))


def test_dates_sort_by_first_day_then_precision():
    days = [PartialDate(text) for text in ("2017-01-01", "2017", "2016-12", "2017-01")]
    assert ["2016-12", "2017", "2017-01", "2017-01-01"] == [str(day) for day in sorted(days)]


@pytest.mark.parametrize("value", [PartialDate("2017-03"), Bound("open"), Period.of("2017")])
def test_values_copy_pickle_hash_and_do_not_change(value):
    assert value == copy.deepcopy(value) == pickle.loads(pickle.dumps(value))
    assert hash(value) == hash(copy.copy(value))
    assert value != "2017-03"
    with pytest.raises(AttributeError):
        value.start = 1
    with pytest.raises(AttributeError):
        del value.start


def test_values_show_what_they_are():
    assert "PartialDate('2017-03')" == repr(PartialDate("2017-03"))
    assert "2014/open" == str(Period.of("2014"))


def test_a_day_is_read_from_what_people_have():
    day = date(2020, 6, 30)
    assert day == as_date("2020-06-30") == as_date(day) == as_date(datetime(2020, 6, 30))  # noqa: DTZ001
    with pytest.raises(TypeError, match="not a time of day"):
        as_date(datetime(2020, 6, 30, 12))  # noqa: DTZ001
    with pytest.raises(TypeError, match="a date such as"):
        as_date(2020)
    with pytest.raises(InvalidValueError, match="bad-date"):
        as_date("2020-06")


def test_a_pendulum_date_is_a_day():
    import pendulum

    assert date(2020, 6, 30) == as_date(pendulum.Date(2020, 6, 30))
    assert PartialDate("2020-06-30") == PartialDate.of(pendulum.Date(2020, 6, 30))


def test_months_and_days_are_counted_by_the_calendar():
    assert (1, -1, 36) == (
        months_between("2020-01-31", "2020-02-29"),
        months_between("2020-03-01", "2020-02-01"),
        months_between("2014-10-01", "2017-10-01"),
    )
    assert -3 == days_between("2020-07-03", "2020-06-30")


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.dates(date(1950, 1, 1), date(2090, 1, 1)))
def test_as_many_months_lie_between_as_may_be_added(a, b):
    a, b = sorted((a, b))
    n = months_between(a, b)
    assert months_later(a, n) <= b < months_later(a, n + 1)
    assert -n == months_between(b, a)


@pytest.mark.parametrize(
    ("start", "end", "day", "answer"),
    [
        ("2014-10-01", "2017-10-01", "2014-10-01", True),
        ("2014-10-01", "2017-10-01", "2017-09-30", True),
        ("2014-10-01", "2017-10-01", "2017-10-01", False),
        ("2014-10-01", "2017-10-01", "2014-09-30", False),
        ("2014", "open", "2014-06-01", None),
        ("2014", "open", "2014-12-31", True),
        ("2014", "2017", "2017-06-01", None),
        ("2014", "2017", "2017-12-31", False),
        ("unknown", "2017", "2010-01-01", None),
        ("unknown", "2017", "2018-01-01", False),
        ("2014", "unknown", "2050-01-01", None),
        ("2014", "unknown", "2013-12-31", False),
    ],
)
def test_a_period_holds_on_the_days_it_covers(start, end, day, answer):
    assert answer is Period.of(start, end).holds(day)


@pytest.mark.parametrize(
    ("a", "b", "answer"),
    [
        (("2014", "2016"), ("2017", "2018"), False),
        (("2014-01-01", "2016-01-01"), ("2016-01-01", "2018"), False),
        (("2014", "2016"), ("2016", "2018"), None),
        (("2014", "open"), ("2015-01-01", "open"), True),
        (("2014-01-01", "2018-01-01"), ("2015-01-01", "2016-01-01"), True),
        (("2014", "unknown"), ("2020", "open"), None),
        (("unknown", "2015"), ("2020", "open"), False),
        (("2014", "2018"), ("unknown", "open"), None),
    ],
)
def test_periods_overlap_or_not_or_it_is_not_known(a, b, answer):
    assert answer is Period.of(*a).overlaps(Period.of(*b))
    assert answer is Period.of(*b).overlaps(Period.of(*a))


@pytest.mark.parametrize(
    ("start", "end"), [("2017", "2014"), ("2017-03-14", "2017-03-14"), ("2017-03", "2016-12-31")]
)
def test_a_period_does_not_end_before_it_starts(start, end):
    with pytest.raises(InvalidValueError, match="end-before-start"):
        Period.of(start, end)


def test_a_period_within_one_year_is_kept():
    assert "2017/2017" == str(Period.of("2017", "2017"))


def test_a_start_is_never_open():
    with pytest.raises(InvalidValueError, match="bad-date"):
        Period.of("open", "2017")


@given(DAYS, st.integers(1, 900), DAYS)
def test_a_whole_period_holds_exactly_on_its_days(start, length, day):
    end = start + timedelta(days=length)
    assert (start <= day < end) is Period.of(start, end).holds(day)


@given(values(Period), values(Period), DAYS)
def test_two_periods_that_hold_on_a_day_overlap(a, b, day):
    if a.holds(day) and b.holds(day):
        assert a.overlaps(b) is not False


def test_bounds_are_made_from_dates():
    assert Bound("2017-03") == Bound.of(PartialDate("2017-03")) == Bound.of(Bound("2017-03"))
    assert Bound("2020-06-30") == Bound.of(date(2020, 6, 30))


def test_money_is_exact_and_keeps_its_currency():
    assert Money.of("1.500", "TND") == Money.of(Decimal("1.5"), "TND")
    assert "5.00 EUR" == str(Money.of(5, "EUR"))
    with pytest.raises(TypeError, match="exact"):
        Money.of(1.5, "EUR")
    with pytest.raises(InvalidValueError, match="too-precise"):
        Money.of("0.0005", "TND")
    with pytest.raises(InvalidValueError, match="bad-currency"):
        Money.of(1, "tnd")
    with pytest.raises(InvalidValueError, match="bad-number"):
        Money.of("1,5", "TND")


def test_money_adds_in_one_currency_only():
    with pytest.raises(InvalidValueError, match="mixed-currencies"):
        Money.of(1, "TND") + Money.of(1, "EUR")
    with pytest.raises(ValueError, match="no amount"):
        total([])
    same = total([Money.of(1, "TND", "2022"), Money.of(2, "TND", "2022")])
    mixed = total([Money.of(1, "TND", "2022"), Money.of(2, "TND")])
    assert (PartialDate("2022"), None) == (same.on, mixed.on)


@given(st.lists(st.integers(0, 10**9), min_size=1))
def test_a_total_does_not_depend_on_order(millimes):
    amounts = [Money.of(Decimal(n) / 1000, "TND") for n in millimes]
    assert total(amounts) == total(reversed(amounts))


@pytest.mark.parametrize("value", ["nan", "inf", "x", "1e999999999"])
def test_what_is_no_finite_decimal_is_refused(value):
    with pytest.raises(InvalidValueError):
        decimal(value)


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=5, min_value=-(10**12), max_value=10**12
    )
)
def test_a_decimal_has_one_plain_form(value):
    plain = decimal(value)
    assert value == plain
    assert decimal_rule(plain) is None
    assert str(plain) == str(decimal(str(plain)))


def test_zero_has_no_sign():
    assert "0" == str(decimal("-0.00"))
    assert "bad-number" == decimal_rule(Decimal("-0")).code


def test_no_one_is_young_without_a_band():
    band = AgeBand(lower=60)
    assert (True, "60+", "18-35") == (99 in band, str(band), str(AgeBand(lower=18, upper=35)))
    for lower, upper in ((5, 4), (-1, 4), (1, 151)):
        with pytest.raises(InvalidValueError, match="out-of-range"):
            AgeBand(lower=lower, upper=upper)


def test_a_point_lies_on_the_globe():
    with pytest.raises(InvalidValueError, match="latitude"):
        Point(latitude=Decimal(91), longitude=Decimal(0))
    with pytest.raises(InvalidValueError, match="longitude"):
        Point(latitude=Decimal(9), longitude=Decimal(181))


def test_an_identifier_shows_its_scheme():
    assert "ins:43" == str(Identifier(scheme="ins", value="43"))


@pytest.mark.parametrize(
    ("kind", "good", "bad", "meant"),
    [
        (codes.CountryCode, "TN", "tn", "TN"),
        (codes.CountryCode, "TN", "Tunisia", None),
        (codes.LanguageTag, "ar-TN", "Arabic", None),
        (codes.WebAddress, "https://a.tn", "javascript:x", None),
        (codes.CurrencyCode, "TND", "tnd", "TND"),
        (codes.UnitCode, "count", "a b", None),
    ],
)
def test_codes_are_checked_by_their_type(kind, good, bad, meant):
    rule = rule_of(kind)
    assert rule(good) is None
    assert meant == rule(bad).suggestion


def test_rules_are_for_strings_only():
    assert rule_of(int) is None
