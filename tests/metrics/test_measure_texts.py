"""Measures as people and programs read them: in a line, as a number, as JSON; and together."""

import json
import math

import pytest

import citess
from citess.metrics import (
    Facts,
    Tally,
    Undefined,
    compare,
    correlate,
    formality_share,
    gini,
    pool,
    service_coverage,
)
from citess.metrics._bounding import within
from citess.metrics._measure import Outcome, shown
from citess.metrics._merging import Bounds
from citess.metrics.intervals import newcombe, wilson


def near(expected):
    return pytest.approx(expected, rel=1e-11, abs=1e-13)


def share(signed, unsigned, unknown=0, **groups):
    def facts(*numbers):
        named = zip(("signed", "unsigned", ""), numbers, strict=False)
        return {(word,): n for word, n in named if n}

    every = {(): facts(signed, unsigned, unknown)}
    every |= {(hub,): facts(*numbers) for hub, numbers in groups.items()}
    return formality_share.of(Tally(reads="x", by=("hub",) if groups else (), groups=every))


def test_a_measure_in_a_line():
    found = share(27, 19, 14)
    assert (
        "Share of agreements that are signed: 0.587 (share of one); 27 of 46; 46 counted, "
        "14 not known; over the whole record; 95 % interval 0.4434 to 0.7171 (wilson)"
    ) == format(found)
    assert format(found) == f"{found:en}" != f"{found:fr}"
    assert "0.4434" in f"{found:ar}"
    assert found.text("fr") in f"{found:fr-TN}" or found.text("fr-TN") in f"{found:fr-TN}"
    assert ("58.7%", "0.59") == (f"{found:.1%}", f"{found:.2f}")
    nothing = share(0, 0)
    assert "the denominator is zero" in format(nothing)
    with pytest.raises(citess.CitessError, match="the denominator is zero"):
        format(nothing, ".2f")


def test_a_measure_as_json():
    found = share(27, 19, 14, a=(1, 2))
    assert found.to_dict() == json.loads(found.to_json())
    assert found.to_json() == share(27, 19, 14, a=(1, 2)).to_json()
    assert "الوسط" in citess.evolve(found, sources=("الوسط",)).to_json()


@pytest.mark.parametrize(
    ("number", "text"),
    [(0.75, "0.75"), (2 / 3, "0.6667"), (1432, "1432"), (100.0, "100"), (0.0, "0"), (-0.5, "-0.5")],
)
def test_numbers_are_written_plainly(number, text):
    assert text == shown(number)


def test_facts_are_counted():
    facts = Facts({"female": 81, ("male", "x"): 182, "": 7, ("", "x"): 2})
    assert (81, 182, 0, 272, 9, 263, 4) == (
        facts["female"], facts["male", "x"], facts["male"], facts.total, facts.missing,
        facts.known, len(facts),
    )  # fmt: skip
    assert {("x",): 182} == dict(facts.below("male"))
    assert {(): 7, ("x",): 2} == dict(facts.below(""))
    assert {} == dict(facts.below("male", "y"))
    assert "Facts({('a',): 1})" == repr(Facts({"a": 1}))


def test_wholes_of_parts():
    found = pool([share(1, 1), share(90, 10, 5)])
    assert (near(91 / 102), 91, 102, 102, 5, wilson(91, 102)) == (
        found.value, found.numerator, found.denominator, found.n, found.missing, found.interval,
    )  # fmt: skip
    assert near((91 / 107, 96 / 107)) == found.bounds
    assert ((), {}, ()) == (found.by, found.breakdown, found.warnings)
    assert ("few",) == pool([share(10, 9), share(9, 1)]).warnings
    assert () == pool([share(10, 9), share(9, 2)]).warnings
    empty = pool([share(0, 0), share(0, 0)])
    assert (None, Undefined.ZERO_DENOMINATOR, None) == (empty.value, empty.reason, empty.bounds)
    unknown = pool([share(0, 0), share(0, 0, 2)])
    assert (Undefined.NOT_KNOWN, 2) == (unknown.reason, unknown.missing)
    with_none = pool([share(0, 0, 3), share(5, 5)])
    assert (0.5, near((5 / 13, 8 / 13))) == (with_none.value, with_none.bounds)
    barred = citess.evolve(share(3, 4), value=None, reason=Undefined.WITHHELD, denominator=None)
    held = pool([barred, share(5, 5)])
    assert (None, Undefined.WITHHELD) == (held.value, held.reason)
    with pytest.raises(ValueError, match="not of 0"):
        pool([])
    with pytest.raises(ValueError, match="does not pool: add the tallies"):
        pool([service_coverage(citess.datasets.synthetic())])
    with pytest.raises(ValueError, match="one metric and time, not of 2"):
        pool([share(1, 1), citess.evolve(share(1, 1), on="2020-01-01")])


def test_days_of_parts():
    def seen(day):
        return citess.evolve(share(1, 1), method={"as_of": day}, sources=(day,))

    found = pool([seen("2020-01-01"), seen("2021-05-01"), seen("2020-09-01")])
    assert {"as_of": "2021-05-01"} == found.method
    assert ("2020-01-01", "2020-09-01", "2021-05-01") == found.sources
    for name in ("band", "mode", "anything"):
        other = citess.evolve(share(1, 1), method={name: "x"})
        with pytest.raises(ValueError, match=f"{name} is None and 'x'"):
            pool([share(1, 1), other])
    with pytest.raises(ValueError, match="band is None and 'x'"):
        compare(share(1, 1), citess.evolve(share(1, 1), method={"band": "x"}))
    assert compare(share(1, 1), citess.evolve(share(1, 1), method={"anything": "x"}))


def test_how_much_two_differ():
    found = compare(share(56, 14), share(48, 32))
    assert (near(0.2), newcombe(56, 70, 48, 80), False, "G07") == (
        found.difference, found.interval, found.reversed, found.metric,
    )  # fmt: skip
    other = citess.evolve(share(5, 5), level="person")
    with pytest.raises(ValueError, match="of the level"):
        compare(share(5, 5), other)
    with pytest.raises(ValueError, match="measure different things"):
        compare(share(5, 5), gini([1, 3]))
    without = compare(share(5, 5), citess.evolve(share(4, 6), interval=None))
    assert (near(0.1), None) == (without.difference, without.interval)


def test_all_groups_may_differ_the_other_way():
    one = share(80, 120, a=(1, 9), b=(79, 111))
    two = share(60, 60, a=(2, 8), b=(58, 52))
    assert not compare(one, two).reversed
    paradox = share(81, 27, a=(81, 6), b=(19, 6)), share(83, 17, a=(23, 3), b=(55, 25))
    assert compare(share(50, 50, a=(1, 9), b=(49, 41)), share(40, 60, a=(2, 8), b=(38, 2))).reversed
    assert compare(*paradox).reversed
    alone = compare(share(50, 50, a=(1, 9)), share(40, 60, a=(2, 8)))
    assert not alone.reversed
    even = compare(share(50, 50, a=(1, 9), b=(1, 1)), share(40, 60, a=(2, 8), b=(1, 1)))
    assert not even.reversed


def grouped(**values):
    groups = {hub: (n, 10 - n) for hub, n in values.items()}
    return share(5, 5, **groups)


def test_how_two_go_together_over_groups():
    one, two = grouped(a=1, b=2, c=4, d=9), grouped(a=2, b=5, c=5, d=6)
    x, y = (1, 2, 4, 9), (2, 5, 5, 6)
    mx, my = sum(x) / 4, sum(y) / 4
    top = sum((p - mx) * (q - my) for p, q in zip(x, y, strict=True))
    bottom = math.sqrt(sum((p - mx) ** 2 for p in x) * sum((q - my) ** 2 for q in y))
    ranks = (1, 2.5, 2.5, 4)
    rank = sum((p - 2.5) * (q - 2.5) for p, q in zip((1, 2, 3, 4), ranks, strict=True))
    found = correlate(one, two)
    assert (near(top / bottom), near(rank / math.sqrt(5 * 4.5)), 4, 0, "hub", ("ecological",)) == (
        found.value, found.rank, found.n, found.missing, found.level, found.warnings,
    )  # fmt: skip
    three = correlate(grouped(a=1, b=2, c=3), grouped(a=3, b=2, c=1, d=4))
    assert (near(-1), 3, 1) == (three.value, three.n, three.missing)
    few = correlate(grouped(a=1, b=2), grouped(a=1, b=2))
    assert (Undefined.TOO_FEW, 2, None) == (few.reason, few.n, few.rank)
    for flat in ((grouped(a=1, b=1, c=1), three_of()), (three_of(), grouped(a=1, b=1, c=1))):
        assert Undefined.NO_VARIATION is correlate(*flat).reason
    with pytest.raises(ValueError, match="over the same groups"):
        correlate(share(1, 1), share(1, 1))


def three_of():
    return grouped(a=1, b=2, c=3)


def test_formulas_of_facts_in_bounds():
    def ratio(facts):
        whole = facts["a"] + facts["b"]
        if not whole:
            return Outcome(reason=Undefined.ZERO_DENOMINATOR)
        return Outcome(value=facts["a"] / whole, n=whole, missing=1, warnings=("few",))

    bounds = {("a",): Bounds(1, 4), ("b",): Bounds(2, 3)}
    found = within(ratio, Facts({}), bounds, at_ends=True)
    assert (None, Undefined.ONLY_BOUNDS, near((1 / 4, 4 / 6)), 7, 1, ("few",)) == (
        found.value, found.reason, found.bounds, found.n, found.missing, found.warnings,
    )  # fmt: skip
    known = within(ratio, Facts({("b",): 3}), {("a",): Bounds(1, 1)}, at_ends=False)
    assert 0.25 == known.value
    curved = within(ratio, Facts({}), bounds, at_ends=False)
    assert (Undefined.ONLY_BOUNDS, None, 1) == (curved.reason, curved.bounds, curved.missing)
    nothing = within(ratio, Facts({}), {("c",): Bounds(1, 2)}, at_ends=True)
    assert Undefined.ZERO_DENOMINATOR is nothing.reason
    many = {(f"x{n}",): Bounds(0, 1) for n in range(65)}
    assert Undefined.WITHHELD is within(ratio, Facts({"a": 1}), many, at_ends=True).reason
    del many["x0",]
    assert (1.0, 1.0) == within(ratio, Facts({"a": 1}), many, at_ends=True).bounds
    maybe = within(ratio, Facts({}), {("a",): Bounds(0, 2)}, at_ends=True)
    assert (1.0, 1.0) == maybe.bounds
