"""Available cases: bounds, a warning above a tenth missing, no value above two fifths."""

import pytest

from citess.metrics import (
    Undefined,
    capacity_utilisation,
    changes,
    cronbach_alpha,
    donor_dependency,
    funding_concentration,
    high_growth_share,
    levelling_gap,
    territorial_coverage,
    theil_between_countries,
)
from citess.metrics._quality import FEW, doubted, refused, warned


def funded(known, unknown, **options):
    rows = {("a", "TND", "no"): known + unknown}
    facts = {
        **rows,
        ("sum", "amount", "a", "TND", "no"): 50,
        ("known", "amount", "a", "TND", "no"): known,
    }
    return funding_concentration.compute(facts, **options)


def depending(known, unknown, **options):
    rows = {("a", "TND", "no"): known + unknown}
    facts = {
        **rows,
        ("sum", "amount", "a", "TND", "no"): 50,
        ("known", "amount", "a", "TND", "no"): known,
    }
    return donor_dependency.compute(facts, **options)


def used(known, unknown, **options):
    facts = {("h",): known + unknown, ("sum", "minutes", "h"): 60, ("known", "minutes", "h"): known}
    return capacity_utilisation.compute(facts, available=2, **options)


def growing(known, unknown, **options):
    return high_growth_share.compute(
        changes([(10, 20)] * known + [(10, None)] * unknown), **options
    )


def gaps(known, unknown, **options):
    scores = {f"k{n}": n + 1.0 for n in range(known)} | {f"u{n}": None for n in range(unknown)}
    return levelling_gap(scores, **options)


def between(known, unknown, **options):
    means = {f"k{n}": n + 1.0 for n in range(known)} | {f"u{n}": None for n in range(unknown)}
    return theil_between_countries(means, **options)


def alpha(known, unknown, **options):
    rising = [float(n % 7) for n in range(known)] + [None] * unknown
    other = [float((n * 3) % 5) for n in range(known)] + [1.0] * unknown
    return cronbach_alpha({"a": rising, "b": other}, **options)


def covered(known, unknown, **options):
    people = {f"k{n}": 1.0 for n in range(known)} | {f"u{n}": 1.0 for n in range(unknown)}
    times = {f"k{n}": {"hub": 5.0} for n in range(known)}
    return territorial_coverage(people, times, within=30, **options)


@pytest.mark.parametrize(
    "metric", [funded, depending, used, growing, gaps, between, alpha, covered]
)
def test_more_than_a_tenth_is_told_and_more_than_two_fifths_refused(metric):
    assert "missing" not in metric(45, 5).warnings
    assert "missing" in metric(44, 6).warnings
    assert metric(30, 20).value is not None
    gone = metric(29, 21)
    assert (None, Undefined.TOO_MANY_MISSING, 21) == (gone.value, gone.reason, gone.missing)
    allowed = metric(29, 21, allow_missing=True)
    assert (21, None) == (allowed.missing, allowed.reason)
    assert "missing" in allowed.warnings


def test_the_limits_themselves():
    assert ((), ("missing",)) == (doubted(9, 1), doubted(8, 1))
    assert (False, True) == (
        refused(6, 4, allow_missing=False),
        refused(5.9, 4, allow_missing=False),
    )
    assert not refused(0, 4, allow_missing=True)
    assert (("few",), (), ("few", "missing")) == (warned(FEW - 1), warned(FEW), warned(8, 1))


def test_who_is_not_known_may_be_at_the_frontier_or_set_it():
    fixed = levelling_gap({"a": 40, "b": 60, "c": None}, frontier=80)
    assert (0.375, pytest.approx((0.25, 0.75 / 3 + 1 / 3))) == (fixed.value, fixed.bounds)
    free = levelling_gap({"a": 40, "b": 80, "c": None})
    assert (0.25, pytest.approx((0.5 / 3, 2 / 3))) == (free.value, free.bounds)
    far = levelling_gap({"a": 0, "b": 80, "c": None})
    assert pytest.approx((1 / 3, 2 / 3)) == far.bounds
    whole = levelling_gap({"a": 40, "b": 80})
    assert (0.25, 0.25) == whole.bounds
