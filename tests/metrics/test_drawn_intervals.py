"""Intervals drawn on demand: of mixes, of items and of assessors."""

from collections import Counter

import pytest

from citess.metrics import (
    cohen_kappa,
    cronbach_alpha,
    distance_to_target_mix,
    hill_numbers,
    krippendorff_alpha,
    mobility_index,
    sector_balance,
    transitions,
)
from citess.metrics._resampling import bca_bootstrap, redrawn

MIX = {"public": 5, "private": 3, "sse": 2}
PAIRS = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
ITEMS = {"a": [1, 2, 3, 4, 6, 5.0], "b": [2, 4, 6, 9, 9, 7.0], "c": [1, 3, 2, 4, 5, 5.0]}
UNITS = [(1, 1), (2, 2), (3, 3), (3, 3), (2, 2), (1, 1), (4, 4), (1, 2), (2, 2), (4, 2)]
MOVES = transitions([[30, 10, 5], [2, 40, 8], [0, 3, 27]])

ASKED = {
    "balance": lambda **o: sector_balance.compute(MIX, **o),
    "small balance": lambda **o: sector_balance.compute({"public": 2, "sse": 2}, **o),
    "hill": lambda **o: hill_numbers.compute(MIX, **o),
    "distance": lambda **o: distance_to_target_mix.compute(MIX, **o),
    "mobility": lambda **o: mobility_index.compute(MOVES, **o),
    "alpha": lambda **o: cronbach_alpha(ITEMS, **o),
    "raw alpha": lambda **o: cronbach_alpha(ITEMS, standardised=False, **o),
    "kappa": lambda **o: cohen_kappa(PAIRS, **o),
    "krippendorff": lambda **o: krippendorff_alpha(UNITS, **o),
    "ordinal": lambda **o: krippendorff_alpha(UNITS, scale="ordinal", **o),
}


@pytest.mark.parametrize("name", ASKED)
def test_an_interval_is_drawn_where_it_is_asked_for(name):
    ask = ASKED[name]
    assert ask().interval is None
    found = ask(bootstrap=True, seed=4)
    assert found.value == ask().value
    assert "bca seed=4 B=2000" == found.interval.method
    assert found.interval.low < found.value < found.interval.high or name == "small balance"
    assert found.interval == ask(bootstrap=True, seed=4).interval
    assert found.interval != ask(bootstrap=True, seed=5).interval or name == "small balance"
    seed = int(ask(bootstrap=True).interval.method.split()[1].removeprefix("seed="))
    assert ask(bootstrap=True).interval == ask(bootstrap=True, seed=seed).interval


def test_counts_are_drawn_as_what_they_count():
    def share(drawn):
        return drawn["a"] / sum(drawn.values())

    alone = bca_bootstrap(list("aaaaaabbbb"), lambda units: share(Counter(units)), seed=1)
    assert alone == redrawn({"a": 6, "b": 4.0}, share, 1)
    assert redrawn({"a": 1}, share, 1) is None


def test_alpha_is_drawn_of_whole_units():
    rows = list(zip(*ITEMS.values(), strict=True))

    def again(drawn):
        found = cronbach_alpha(dict(zip("abc", zip(*drawn, strict=True), strict=True)))
        return found.value

    assert bca_bootstrap(rows, again, seed=4) == ASKED["alpha"](bootstrap=True, seed=4).interval


def test_kappa_and_krippendorff_are_drawn_of_whole_units():
    assert bca_bootstrap(PAIRS, lambda drawn: cohen_kappa(drawn).value, seed=4) == (
        ASKED["kappa"](bootstrap=True, seed=4).interval
    )
    assert bca_bootstrap(
        [[*unit] for unit in UNITS], lambda drawn: krippendorff_alpha(drawn).value, seed=4
    ) == (ASKED["krippendorff"](bootstrap=True, seed=4).interval)
