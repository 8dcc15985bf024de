"""Small numbers in tallies: hidden, and not to be told from what is shown."""

import json
from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citess.metrics import Tally
from citess.metrics._merging import Bounds
from citess.metrics._small_cells import counter, small_cells


def tally(whole, *sizes, **more):
    groups = {(f"g{k}",): {("x",): size} for k, size in enumerate(sizes)}
    whole = {} if whole is None else {(): {("x",): whole}}
    return Tally(reads="x", by=("hub",), groups={**whole, **groups}, **more)


def hidden(whole, *sizes, threshold=5):
    found = small_cells(tally(whole, *sizes), threshold)
    return {
        int(group[0][1:]) if group else "whole": (one.low, one.high)
        for (group, _), one in found.items()
    }


@pytest.mark.parametrize(
    ("whole", "sizes", "expected"),
    [
        (22, (1, 1, 20), dict.fromkeys((0, 1, 2), (1, 20))),
        (5, (1, 1, 1, 1, 1), {**dict.fromkeys(range(5), (1, 4)), "whole": (5, 20)}),
        (6, (1, 1, 1, 1), {**dict.fromkeys(range(4), (1, 4)), "whole": (4, 16)}),
        (3, (1, 2), {0: (1, 4), 1: (1, 4), "whole": (1, 4)}),
        (4, (4,), {0: (1, 4), "whole": (1, 4)}),
        (4, (1, 1, 1, 1), {**dict.fromkeys(range(4), (1, 4)), "whole": (4, 16)}),
        (13, (5, 4, 4), dict.fromkeys((0, 1, 2), (1, 11))),
        (19, (5, 5, 4, 5), dict.fromkeys(range(4), (1, 16))),
        (20, (6, 5, 4, 5), dict.fromkeys((1, 2, 3), (1, 12))),
        (10, (3, 9, 9), {0: (1, 4), 1: (1, 10)}),
        (7, (3, 4), dict.fromkeys((0, 1), (1, 6))),
        (5, (1, 4), dict.fromkeys((0, 1), (1, 4))),
        (23, (3, 0, 20), dict.fromkeys((0, 2), (1, 22))),
        (9, (4, 5), dict.fromkeys((0, 1), (1, 8))),
        (30, (4, 9, 8, 9), dict.fromkeys((0, 2), (1, 11))),
        (None, (3, 9), {0: (1, 4)}),
        (9, (3,), {0: (1, 4)}),
        (9, (3, 0), {0: (1, 4)}),
        (11, (5, 6), {}),
        (5, (5, 0), {}),
        (0, (0,), {}),
    ],
)
def test_what_is_hidden_and_how_much_of_it_is_told(whole, sizes, expected):
    assert expected == hidden(whole, *sizes)


def test_a_threshold_of_its_own():
    assert {} == hidden(7, 3, 4, threshold=3)
    assert {0: (1, 2), "whole": (1, 2)} == hidden(2, 2, threshold=3)
    assert dict.fromkeys((0, 1), (1, 18)) == hidden(19, 9, 10, threshold=10)


def test_a_number_known_in_bounds_may_be_nothing_and_stays_so():
    known = {("g0",): {("x",): Bounds(0, 3, distinct=True)}}
    found = small_cells(tally(9, bounded=known), 5)
    assert {(("g0",), ("x",)): Bounds(0, 4, distinct=True)} == found


def told(sizes):
    """What a reader sees of a table: numbers, and bounds of what is hidden."""
    found = hidden(sum(sizes), *sizes)
    shown = (found.get(k, size) for k, size in enumerate(sizes))
    return (found.get("whole", sum(sizes)), *shown)


@pytest.mark.parametrize(("n", "most", "small"), [(2, 24, 10), (3, 20, 9), (4, 12, 7)])
def test_who_knows_the_rule_and_all_else_cannot_tell_a_small_number(n, most, small):
    seen = defaultdict(list)
    for sizes in product(range(most + 1), repeat=n):
        seen[told(sizes)].append(sizes)
    for tables in seen.values():
        if all(size <= small for sizes in tables for size in sizes):
            for column in zip(*tables, strict=True):
                assert len({*column}) > 1 or not 0 < column[0] < 5, tables


@settings(deadline=None, max_examples=200)
@given(st.lists(st.integers(0, 12), min_size=1, max_size=6), st.integers(3, 8))
def test_no_small_number_is_told_better_than_that_it_is_small(sizes, threshold):
    whole = sum(sizes)
    found = hidden(whole, *sizes, threshold=threshold)
    small = {k for k, size in enumerate(sizes) if 0 < size < threshold}
    assert small <= found.keys()
    for k, (low, high) in found.items():
        assert low <= (whole if k == "whole" else sizes[k]) <= high
    if small and "whole" not in found:
        together = whole - sum(size for k, size in enumerate(sizes) if k not in found)
        assert len(found) > 1
        assert threshold - 1 <= together - len(found) + 1


def test_sums_go_with_the_numbers_they_are_over():
    assert ("known", "v") == counter(("sum", "v"))
    assert ("label", "known", "v") == counter(("label", "sum", "v"))
    assert counter(("a", "b", "sum")) is None
    facts = {("sum", "v"): 90.0, ("known", "v"): 5}
    groups = {(): facts, ("a",): facts}
    assert {} == small_cells(Tally(reads="x", by=("hub",), groups=groups), 5)
    groups = {
        (): {("sum", "v"): 90.0, ("known", "v"): 20},
        ("a",): {("sum", "v"): 9.0, ("known", "v"): 4},
        ("b",): {("sum", "v"): 31.0, ("known", "v"): 6},
        ("c",): {("sum", "v"): 50.0, ("known", "v"): 10},
    }
    found = small_cells(Tally(reads="x", by=("hub",), groups=groups), 5)
    gone = {group for (group, fact), one in found.items() if fact[0] == "sum" and one is None}
    assert {("a",), ("b",)} == gone


def people_of_hubs(**hubs):
    return {("people",): sum(hubs.values())} | {("by_hub", hub): n for hub, n in hubs.items()}


def test_few_people_of_a_hub_are_not_told_by_all_people_less_those_of_others():
    every = people_of_hubs(a=4, b=7, c=9)
    apart = {(hub,): people_of_hubs(**{hub: n}) for hub, n in (("a", 4), ("b", 7), ("c", 9))}
    alone = small_cells(Tally(reads="x", groups={(): every}), 5)
    assert {((), ("by_hub", hub)): Bounds(1, 20) for hub in "abc"} == alone
    found = small_cells(Tally(reads="x", by=("hub",), groups={(): every, **apart}), 5)
    assert {((hub,), ("people",)): Bounds(1, 10) for hub in "ab"} == {
        cell: bounds for cell, bounds in found.items() if cell[1] == ("people",)
    }
    assert {Bounds(1, 10), Bounds(1, 9)} == {found[(hub,), ("by_hub", hub)] for hub in "abc"}
    assert {} == small_cells(Tally(reads="x", groups={(): people_of_hubs(a=5, b=7)}), 5)
    by_hand = Tally(reads="x", groups={(): {("by_hub", "a"): 3, ("by_hub", "b"): 8}})
    assert {((), ("by_hub", "a")): Bounds(1, 4)} == small_cells(by_hand, 5)


@pytest.mark.parametrize("threshold", [2, 0, -1, 3.5])
def test_a_threshold_that_hides_nothing_is_refused(threshold):
    with pytest.raises(ValueError, match="threshold is a whole number of 3 or more"):
        tally(9).to_json(hubs=["a"], threshold=threshold)


def test_the_least_threshold_hides_ones_and_twos():
    cells = json.loads(tally(9, 2, 7).to_json(hubs="a", threshold=3))["cells"]
    assert [(1, 8), (1, 8)] == [(c["low"], c["high"]) for c in cells if c["group"]]
    assert ["a"] == json.loads(tally(9).to_json(hubs="a"))["universe"]["hubs"]
