"""Intervals drawn on demand: of mixes, of items and of assessors."""

from collections import Counter

import pytest

from citess.metrics import (
    cohen_kappa,
    cronbach_alpha,
    distance_to_target_mix,
    expected_time_to_stage,
    hill_numbers,
    krippendorff_alpha,
    mobility_index,
    sector_balance,
    sigma_convergence,
    theil_between_countries,
    transitions,
)
from citess.metrics._resampling import bca_bootstrap, redrawn

MIX = {"public": 5, "private": 3, "sse": 2}
PAIRS = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
ITEMS = {"a": [1, 2, 3, 4, 6, 5.0], "b": [2, 4, 6, 9, 9, 7.0], "c": [1, 3, 2, 4, 5, 5.0]}
UNITS = [(1, 1), (2, 2), (3, 3), (3, 3), (2, 2), (1, 1), (4, 4), (1, 2), (2, 2), (4, 2)]
MOVES = transitions([[30, 10, 5], [2, 40, 8], [0, 3, 27]])
PANEL = {
    2000: dict(zip("abcdef", (1, 4, 9, 2, 6, 3.0), strict=True)),
    2005: dict(zip("abcdef", (3, 5, 9, 3, 7, 3.0), strict=True)),
    2010: dict(zip("abcdef", (4, 6, 9, 5, 7, 4.0), strict=True)),
}
MEANS = dict(zip("abcdef", (1, 4, 9, 2, 6, 3.0), strict=True))
PEOPLE = dict(zip("abcdef", (30, 20, 10, 12, 15, 8.0), strict=True))

ASKED = {
    "balance": lambda **o: sector_balance.compute(MIX, **o),
    "small balance": lambda **o: sector_balance.compute({"public": 2, "sse": 2}, **o),
    "hill": lambda **o: hill_numbers.compute(MIX, **o),
    "distance": lambda **o: distance_to_target_mix.compute(MIX, **o),
    "mobility": lambda **o: mobility_index.compute(MOVES, **o),
    "time": lambda **o: expected_time_to_stage.compute(MOVES, to="3", ends=(), **o),
    "convergence": lambda **o: sigma_convergence(PANEL, **o),
    "theil": lambda **o: theil_between_countries(MEANS, PEOPLE, **o),
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


def test_countries_are_drawn_whole():
    def slope(countries):
        panel = {
            year: {str(k): values[country] for k, country in enumerate(countries)}
            for year, values in PANEL.items()
        }
        return sigma_convergence(panel).value

    expected = bca_bootstrap(list("abcdef"), slope, seed=4)
    assert expected == ASKED["convergence"](bootstrap=True, seed=4).interval

    def unequal(units):
        means = {str(k): has / people for k, (has, people) in enumerate(units)}
        return theil_between_countries(means, {str(k): n for k, (_, n) in enumerate(units)}).value

    units = [(MEANS[country] * PEOPLE[country], PEOPLE[country]) for country in MEANS]
    found, expected = (
        ASKED["theil"](bootstrap=True, seed=4).interval,
        bca_bootstrap(units, unequal, seed=4),
    )
    assert (expected.low, expected.high) == pytest.approx((found.low, found.high))


def test_a_country_drawn_without_anything_gives_no_theil_index():
    nothing = {"a": 0, "b": 0, "c": 5}
    assert theil_between_countries(nothing, bootstrap=True, seed=4).interval is not None


def test_time_is_drawn_of_steps_from_the_same_stage():
    def time(steps):
        return expected_time_to_stage.compute(steps, to="3", ends=(), start="1").value

    expected = redrawn(dict(sorted(MOVES.items())), time, 4)
    assert expected == ASKED["time"](bootstrap=True, seed=4).interval


@pytest.mark.parametrize(("sign", "end"), [(1, "high"), (-1, "low")])
def test_an_estimate_beyond_all_that_is_drawn_is_an_end_of_the_interval(sign, end):
    units = list(range(12))
    found = bca_bootstrap(units, lambda drawn: sign * len(set(drawn)), seed=3)
    assert 12 * sign == getattr(found, end)
    assert 5 < abs(found.low + found.high) / 2 < 12
