"""Disclosure control at the very limits of its rules, worked by hand."""

import pytest

from citess.metrics import Measure, Tally, Undefined, formality_share
from citess.metrics.disclosure import (
    TOTAL,
    CountTable,
    Policy,
    audit_interval,
    complementary_suppression,
    dominance,
    intervals,
    k_anonymity,
    primary_suppression,
    publish,
    round_counts,
    safe_ratio,
)
from citess.metrics.disclosure.hypercubes import cover
from citess.metrics.disclosure.suppression import hide

TOY = CountTable.grid([[20, 50, 10], [3, 19, 22], [17, 32, 12]])


@pytest.mark.parametrize(
    ("numerator", "denominator", "value", "quarter"),
    [
        (5, 10, 0.5, None),
        (4, 10, None, 2),
        (5, 9, None, None),
        (6, 10, None, 3),
        (5, 11, 5 / 11, None),
        (6, 11, 6 / 11, None),
        (7, 11, None, 3),
        (0, 10, None, 1),
        (2, 10, None, 1),
        (3, 12, None, 2),
        (9, 12, None, 4),
        (8, 12, None, 3),
        (10, 10, None, 4),
        (1, 1, None, None),
    ],
)
def test_a_rate_at_the_limits(numerator, denominator, value, quarter):
    found = safe_ratio(numerator, denominator)
    assert {"threshold": 5, "least": 10} == found.method
    if value is None:
        assert (None, Undefined.WITHHELD, {"class": quarter}, 0) == (
            found.value, found.reason, found.parts, found.n,
        )  # fmt: skip
    else:
        assert (value, numerator, denominator, denominator) == (
            found.value, found.numerator, found.denominator, found.n,
        )  # fmt: skip


def test_a_rate_under_other_rules():
    assert 0.5 == safe_ratio(3, 6, threshold=3, least=6).value
    assert safe_ratio(3, 6, threshold=3, least=7).value is None
    assert safe_ratio(3, 6, threshold=4, least=6).value is None
    for counts in ((-1, 3), (4, 3)):
        with pytest.raises(ValueError, match="counts are 0 up to the denominator"):
            safe_ratio(*counts)
    assert (Undefined.ZERO_DENOMINATOR, {}) == (safe_ratio(0, 0).reason, safe_ratio(0, 0).parts)


@pytest.mark.parametrize(
    ("given", "rules", "parts"),
    [
        ([60, 25, 15], {}, {"nk": 0, "p": 0}),
        ([60, 26, 14], {}, {"nk": 1, "p": 0}),
        ([60, 34, 6], {}, {"nk": 1, "p": 0}),
        ([60, 35, 5], {}, {"nk": 1, "p": 1}),
        ([85, 15], {"n": 1}, {"nk": 0, "p": 1}),
        ([86, 14], {"n": 1}, {"nk": 1, "p": 1}),
        ([50, 30, 20], {"n": 3, "k": 100}, {"nk": 0, "p": 0}),
        ([50, 30, 20], {"n": 3, "k": 99}, {"nk": 1, "p": 0}),
        ([50, 30, 20], {"p": 40}, {"nk": 0, "p": 0}),
        ([50, 30, 20], {"p": 41}, {"nk": 0, "p": 1}),
    ],
)
def test_dominance_at_the_limits(given, rules, parts):
    found = dominance(sorted(given), **rules)
    assert parts == found.parts
    n = rules.get("n", 2)
    assert (sum(given[:n]), sum(given), len(given), sum(given[:n]) / sum(given)) == (
        found.numerator, found.denominator, found.n, found.value,
    )  # fmt: skip
    assert {"n": n, "k": rules.get("k", 85), "p": rules.get("p", 10)} == found.method


@pytest.mark.parametrize("rules", [{"n": 0}, {"k": 0}, {"k": 100.5}, {"p": 0}, {"p": -1}])
def test_rules_of_dominance_out_of_range(rules):
    with pytest.raises(ValueError, match="the rules want n of 1 or more, k up to 100, p above 0"):
        dominance([1, 2], **rules)


def test_contributions_are_checked_and_may_be_nothing():
    with pytest.raises(ValueError, match="contributions are zero or more, not inf"):
        dominance([1, float("inf")])
    assert (Undefined.ZERO_DENOMINATOR, 2) == (dominance([0, 0]).reason, dominance([0, 0]).n)
    assert 1.0 == dominance([0, 3], n=1).value


def test_small_cells_at_the_threshold():
    table = CountTable.grid([[0, 4], [5, 1]])
    assert [["0", "1"], ["0", "total"], ["1", "1"]] == primary_suppression(table).method["cells"]
    found = primary_suppression(table, threshold=6, zeros=True)
    assert 7 == found.value == len(found.method["cells"])
    assert (9, {"threshold": 6, "zeros": True}) == (
        found.n, {name: found.method[name] for name in ("threshold", "zeros")},
    )  # fmt: skip
    assert 0 == primary_suppression(table, threshold=1).value
    assert 1 == primary_suppression(table, threshold=1, zeros=True).value
    assert 5 == primary_suppression(table).method["threshold"]


@pytest.mark.parametrize(
    ("counts", "base", "way", "expected"),
    [
        ([0, 2, 3, 5, 7, 8], 5, "nearest", [0, 0, 5, 5, 5, 10]),
        ([4, 5, 6, 14, 15, 16], 10, "nearest", [0, 10, 10, 10, 20, 20]),
        ([0, 1, 2, 3], 3, "nearest", [0, 0, 3, 3]),
        ([0, 1, 2, 3], 2, "nearest", [0, 2, 2, 4]),
        ([1, 1, 1, 1, 1], 5, "controlled", [5, 0, 0, 0, 0]),
        ([1, 2, 3, 4, 5], 5, "controlled", [0, 0, 5, 5, 5]),
        ([3, 3, 3], 5, "controlled", [5, 5, 0]),
        ([1, 1], 5, "controlled", [0, 0]),
        ([5, 10], 5, "controlled", [5, 10]),
        ([], 5, "controlled", []),
        ([0, 5, 10], 5, "random", [0, 5, 10]),
    ],
)
def test_rounded_counts(counts, base, way, expected):
    assert expected == round_counts(counts, base, way=way)


def test_random_rounding_keeps_the_expected_count_and_its_seed():
    many = round_counts([2] * 4000, 5, way="random", seed=1)
    assert {0, 5} == set(many)
    assert abs(sum(many) / 4000 - 2) < 0.1
    assert many == round_counts([2] * 4000, 5, way="random", seed=1)
    assert many != round_counts([2] * 4000, 5, way="random")
    assert round_counts([2] * 40, way="random") == round_counts([2] * 40, way="random", seed=0)
    assert [2] == round_counts([2], 2)


def test_classes_of_records_that_look_alike():
    rows = [
        {"sex": "f", "age": 1, "need": "a"},
        {"sex": "f", "age": 1, "need": "b"},
        {"sex": "f", "age": 1, "need": "b"},
        {"sex": "m", "age": 1, "need": "a"},
        {"sex": "m", "age": 1, "need": "a"},
    ]
    found = k_anonymity(rows, ["sex", "age"], sensitive="need")
    assert (2, 5, {"l_diversity": 1, "classes": 2}) == (found.value, found.n, found.parts)
    assert {"quasi_identifiers": ["sex", "age"], "sensitive": "need"} == found.method
    plain = k_anonymity(rows, ["age"])
    assert (5, {"l_diversity": None, "classes": 1}) == (plain.value, plain.parts)
    assert 2 == k_anonymity(rows[:3], ["sex"], sensitive="need").parts["l_diversity"]
    with pytest.raises(ValueError, match="row 2 lacks the column 'gov'"):
        k_anonymity([{"gov": 1}, {}], ["gov"])


@pytest.mark.parametrize(
    "rules", [{"threshold": 0}, {"protection": 0}, {"least": 0}, {"base": 1}, {"base": 0}]
)
def test_rules_of_a_policy_out_of_range(rules):
    with pytest.raises(ValueError, match="are 1 or more, a base 2 or more"):
        Policy(**rules)


def test_the_least_rules_of_a_policy():
    assert 2 == Policy(threshold=1, protection=1, least=1, base=2).base
    usual = Policy()
    assert (5, 5, 10, False, None) == (
        usual.threshold, usual.protection, usual.least, usual.zeros, usual.base,
    )  # fmt: skip


def measure(whole, **by_hub):
    def facts(pair):
        return {("signed",): pair[0], ("unsigned",): pair[1]}

    groups = {(): facts(whole), **{(hub,): facts(pair) for hub, pair in by_hub.items()}}
    return formality_share.of(Tally(reads="x", by=("hub",), groups=groups))


def shown(what, policy=None, **options):
    table = publish(what, policy or Policy(), **options)
    return {"/".join(row.group): row.value for row in table.rows}


def test_shares_at_the_limits():
    safe = measure((20, 20), a=(5, 5), b=(15, 15))
    assert {"": 0.5, "a": 0.5, "b": 0.5} == shown(safe)
    few = measure((20, 21), a=(4, 6), b=(16, 15))
    assert {"": 20 / 41, "a": None, "b": None} == shown(few)
    small = measure((20, 20), a=(0, 9), b=(20, 11))
    assert {"": 0.5, "a": None, "b": None} == shown(small)
    empty = measure((20, 20), a=(0, 10), b=(20, 10))
    assert {"": 0.5, "a": 0.0, "b": 2 / 3} == shown(empty)
    assert {"": 0.5, "a": None, "b": None} == shown(empty, Policy(zeros=True))
    assert {"": 0.5, "a": None, "b": None} == shown(safe, Policy(least=11))
    assert {"": 0.5, "a": None, "b": None} == shown(safe, Policy(threshold=6))


def test_the_units_of_a_share_are_rounded_and_the_share_is_not():
    table = publish(measure((20, 20), a=(6, 6), b=(14, 14)), Policy(base=5))
    assert [(0.5, 40), (0.5, 10), (0.5, 30)] == [(row.value, row.n) for row in table.rows]
    assert [40, 12, 28] == [row.n for row in publish(measure((20, 20), a=(6, 6), b=(14, 14))).rows]


def test_an_edition_that_differs_by_few():
    first = publish(measure((20, 20), a=(6, 6), b=(14, 14)))
    assert {"": 0.5, "a": 0.5, "b": 0.5} == shown(
        measure((20, 20), a=(6, 6), b=(14, 14)), previous=[first]
    )
    by_five = measure((25, 20), a=(11, 6), b=(14, 14))
    assert None not in shown(by_five, previous=[first]).values()
    by_four = shown(measure((24, 20), a=(10, 6), b=(14, 14)), previous=[first])
    assert (None, None) == (by_four[""], by_four["a"])
    fewer = shown(measure((19, 20), a=(5, 6), b=(14, 14)), previous=[first])
    assert (None, None) == (fewer[""], fewer["a"])


def test_a_table_of_counts_and_its_editions():
    table = CountTable.of(("hub",), {("a",): 12, ("b",): 30})
    first = publish(table)
    assert {"a": 12, "b": 30, TOTAL: 42} == shown(table)
    assert [12, 30, 42] == [row.n for row in first.rows]
    more = CountTable.of(("hub",), {("a",): 17, ("b",): 30})
    assert {"a": 17, "b": 30, TOTAL: 47} == shown(more, previous=[first])
    close = CountTable.of(("hub",), {("a",): 16, ("b",): 30})
    assert shown(close, previous=[first])["a"] is None
    assert {"a": 15, "b": 30, TOTAL: 45} == shown(
        CountTable.of(("hub",), {("a",): 13, ("b",): 31}), Policy(base=5)
    )


def test_a_table_is_made_of_its_inner_cells():
    table = CountTable.of(("hub", "sex"), {("a", "f"): 3, ("a", "m"): 9, ("b", "f"): 8})
    assert (("a", "b"), ("f", "m")) == table.categories
    assert {
        ("a", "f"): 3, ("a", "m"): 9, ("a", TOTAL): 12,
        ("b", "f"): 8, ("b", "m"): 0, ("b", TOTAL): 8,
        (TOTAL, "f"): 11, (TOTAL, "m"): 9, (TOTAL, TOTAL): 20,
    } == table.counts  # fmt: skip
    lines = list(table.lines())
    assert 6 == len(lines)
    assert all(
        table.counts[line[-1]] == sum(table.counts[cell] for cell in line[:-1]) for line in lines
    )
    assert (("a", "f"), ("a", "m"), ("a", TOTAL)) in lines
    assert (("a", "f"), ("b", "f"), (TOTAL, "f")) in lines


def test_the_cheapest_square_hides_the_toy_table():
    found = cover(TOY, [("1", "0")], 5, lambda cell: TOY.counts[cell] if TOTAL not in cell else 999)
    assert {("1", "0"), ("1", "2"), ("2", "0"), ("2", "2")} == found
    wide = cover(TOY, [("1", "0")], 25, lambda cell: TOY.counts[cell] if TOTAL not in cell else 999)
    ends = intervals(TOY, wide)
    assert 25 <= ends["1", "0"][1] - ends["1", "0"][0]
    assert frozenset() == cover(TOY, [], 5, lambda _: 1.0)


def test_hiding_nothing_costs_nothing():
    assert (frozenset(), True) == hide(TOY, frozenset(), 5)
    none = complementary_suppression(TOY, [])
    assert (0, 0, 16, []) == (none.value, none.parts["cost"], none.n, none.method["cells"])
    assert (True, 5) == (none.method["exact"], none.method["protection"])


def test_what_a_reader_deduces():
    pytest.importorskip("scipy", reason="the audit needs the extra fast")
    line = CountTable.of(("hub",), {("a",): 3, ("b",): 9, ("c",): 30})
    found = intervals(line, [("a",), ("b",)])
    assert {("a",): (0.0, 12.0), ("b",): (0.0, 12.0)} == found
    assert ["0.0", "0.0"] == [str(low) for low, _ in found.values()]
    open_ended = intervals(line, [("a",), (TOTAL,)])
    assert {("a",): (0.0, float("inf")), (TOTAL,): (39.0, float("inf"))} == open_ended
    found = audit_interval(line, [("a",), ("b",)])
    assert (12.0, 2, {"a": [0.0, 12.0], "b": [0.0, 12.0]}) == (
        found.value, found.n, found.method["intervals"],
    )  # fmt: skip
    assert isinstance(found, Measure)
