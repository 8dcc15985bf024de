"""Tallies that hubs exchange: nothing about persons, and the pooled result all the same."""

import json
import random

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import citess
from citess import Case, PartialDate, ReadError, Sex
from citess.metrics import Tally, Undefined, formality_share, service_coverage, women_share
from citess.model import Dataset
from citess.model.shelves import reference

KEY = b"a secret that the hubs share"
PERSON = {name: f"p-{name:032x}" for name in range(400)}


def hub(name, people, *, period="2023-02-03"):
    """Cases of a hub, of people given by number."""
    made = [
        citess.Territory(id="t", name=citess.Text(fr="T"), level=citess.TerritoryLevel.COUNTRY),
        citess.Hub(id=name, name=citess.Text(fr=name), territories=("t",)),
    ]
    for k, person in enumerate(people):
        sex = (Sex.FEMALE, Sex.MALE, Sex.FEMALE)[person % 3]
        made.append(
            Case(
                id=f"{name}-{k}",
                hub=name,
                opened=PartialDate(period),
                sex=sex,
                client=PERSON[person],
            )
        )
    return Dataset(made)


HUBS = {"a": range(40), "b": range(30, 90), "c": range(100, 130)}
DATA = {name: hub(name, people) for name, people in HUBS.items()}


def joined(parts):
    return Dataset({reference(r): r for d in parts for r in d.records()}.values())


def exchanged(metric, *, by=None, key=None, small_cells=False, data=DATA):
    tallies = [
        Tally.from_json(
            metric.tally(one, by=by, period="2023").to_json(
                hubs=[name], key=key, small_cells=small_cells
            ),
            key=key,
            small_cells=small_cells,
        )
        for name, one in data.items()
    ]
    return sum(tallies[1:], tallies[0])


def test_different_people_of_three_hubs_come_as_bounds_that_hold_the_truth():
    pooled = women_share.of(exchanged(women_share))
    truth = women_share(joined(DATA.values()), period="2023")
    assert (None, Undefined.ONLY_BOUNDS) == (pooled.value, pooled.reason)
    assert pooled.bounds[0] < truth.value < pooled.bounds[1]
    assert "only bounds" in pooled.reason.label()


def test_of_each_hub_alone_the_number_is_known():
    pooled = women_share.of(exchanged(women_share, by="hub"))
    for name, one in DATA.items():
        assert women_share(one).value == pooled.breakdown[name,].value


def test_keyed_hashes_count_people_of_two_hubs_once():
    pooled = women_share.of(exchanged(women_share, key=KEY))
    truth = women_share(joined(DATA.values()), period="2023")
    assert (truth.value, truth.n) == (pooled.value, pooled.n)
    one = women_share.tally(DATA["a"], period="2023").to_json(key=KEY)
    assert "p-0" not in one
    with pytest.raises(ReadError, match="hashed with another key"):
        Tally.from_json(one)
    with pytest.raises(ReadError, match="hashed with another key"):
        Tally.from_json(one, key=b"another secret of sixteen")
    with pytest.raises(ValueError, match="16 bytes"):
        women_share.tally(DATA["a"]).to_json(key=b"short")


def test_hashes_of_one_side_alone_are_bounds():
    a = women_share.tally(DATA["a"])
    b = Tally.from_json(women_share.tally(DATA["b"]).to_json(key=KEY), key=KEY)
    assert Undefined.ONLY_BOUNDS is women_share.of(a + b).reason
    c = Tally.from_json(women_share.tally(DATA["c"]).to_json())
    assert women_share.of(a + b + c).bounds == women_share.of(a + (b + c)).bounds


def test_counts_of_three_hubs_give_the_pooled_result():
    parts = [citess.datasets.synthetic(hubs=2, partners=40, seed=seed) for seed in range(3)]
    whole = joined(parts)
    tallies = [
        Tally.from_json(formality_share.tally(one).to_json(hubs=[str(k)]))
        for k, one in enumerate(parts)
    ]
    pooled = formality_share.of(sum(tallies[1:], tallies[0]))
    assert formality_share(whole) == pooled
    mixed = formality_share.tally(parts[0]) + tallies[1] + tallies[2]
    assert pooled == formality_share.of(mixed)


def test_declared_facts_travel_with_the_counts():
    data = citess.datasets.synthetic(hubs=2)
    tally = service_coverage.tally(data)
    back = Tally.from_json(tally.to_json(hubs=["a"], small_cells=True), small_cells=True)
    assert service_coverage.of(tally).value == service_coverage.of(back).value


def test_declared_facts_and_bounds_travel_twice():
    declared = {(): frozenset({("a", "x"), ("b", "x")}), ("h",): frozenset({("a", "x")})}
    groups = {(): {("signed",): 9, ("sum", "v"): 40, ("known", "v"): 8}, ("h",): {("signed",): 9}}
    tally = Tally(reads="x", by=("hub",), groups=groups, frame=declared)
    back = Tally.from_json(tally.to_json(hubs=["a"]))
    assert (declared, groups[()]) == (back.frame, back.groups[()])
    few = Tally(reads="x", groups={(): {("signed",): 3}}).to_json(hubs=["a"])
    again = Tally.from_json(few).to_json(hubs=["a"], small_cells=True)
    assert [{"group": [], "fact": ["signed"], "low": 1, "high": 4}] == json.loads(again)["cells"]


def test_the_only_group_that_is_small_is_told_no_better_than_the_whole():
    groups = {(): {("signed",): 9}, ("h",): {("signed",): 3}}
    sent = Tally(reads="x", by=("hub",), groups=groups).to_json(hubs=["a"])
    cells = {tuple(cell["group"]): cell for cell in json.loads(sent)["cells"]}
    assert {"fact": ["signed"], "group": ["h"], "low": 1, "high": 4} == cells["h",]
    assert 9 == cells[()]["n"]


def test_small_numbers_stay_at_home_unless_both_agree():
    few = hub("d", [0, 1, 2, 3, 4, 6])
    text = women_share.tally(few, by="hub").to_json()
    cells = json.loads(text)["cells"]
    assert all({"low": 1, "high": 4, "distinct": True}.items() <= cell.items() for cell in cells
               if cell["fact"] == ["male"])  # fmt: skip
    assert Undefined.ONLY_BOUNDS is women_share.of(Tally.from_json(text)).reason
    agreed = women_share.tally(few).to_json(small_cells=True)
    with pytest.raises(ReadError, match="which was not agreed here"):
        Tally.from_json(agreed)
    assert women_share(few).value == women_share.of(Tally.from_json(agreed, small_cells=True)).value


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 12), min_size=1, max_size=5), st.integers(0, 10**6))
def test_no_small_number_can_be_told_from_what_leaves(sizes, seed):
    numbers = {(f"h{k}",): n for k, n in enumerate(sizes)}
    groups = {g: {("signed",): n} for g, n in numbers.items() if n}
    tally = Tally(reads="x", by=("hub",), groups={(): {("signed",): sum(sizes)}, **groups})
    cells = json.loads(tally.to_json(hubs=["h"]))["cells"]
    shown = {tuple(c["group"]): c["n"] for c in cells if "n" in c}
    hidden = {tuple(c["group"]): (c["low"], c["high"]) for c in cells if "low" in c}
    for group, (low, high) in hidden.items():
        true = numbers.get(group, sum(sizes))
        assert low <= true <= high
    for group, n in numbers.items():
        if 0 < n < 5:
            assert group not in shown
            total = shown.get(())
            known = [v for g, v in shown.items() if g]
            others = len([g for g in hidden if g]) - 1
            if total is not None and others == 0:
                assert total - sum(known) != n or len(groups) == 1
    random.seed(seed)


def test_a_sum_over_few_stays_at_home():
    facts = {("sum", "minutes"): 90, ("known", "minutes"): 2, ("",): 9}
    back = Tally.from_json(Tally(reads="x", groups={(): facts}).to_json(hubs=["a"]))
    assert frozenset({("sum", "minutes")}) == back.withheld[()]
    assert Undefined.WITHHELD is formality_share.of(back).reason
    again = Tally.from_json(back.to_json(hubs=["a"]))
    assert again.withheld == back.withheld
    other = Tally(reads="x", groups={(): {("sum", "minutes"): 5}}, hubs=frozenset({"b"}))
    assert ("sum", "minutes") not in (back + other).groups[()]


def test_the_part_of_a_hub_is_counted_once():
    tally = Tally.from_json(women_share.tally(DATA["a"]).to_json())
    with pytest.raises(ValueError, match="the part of a would be counted twice"):
        tally + tally
    with pytest.raises(ValueError, match="the part of a would be counted twice"):
        women_share.tally(DATA["a"]) + tally


def test_tallies_of_other_conditions_do_not_add():
    a = women_share.tally(DATA["a"], where={"sex": "female"})
    with pytest.raises(ValueError, match="different things"):
        a + women_share.tally(DATA["b"])


def test_a_tally_that_names_no_hub_or_names_persons_does_not_leave():
    with pytest.raises(ValueError, match="nothing tells which hubs"):
        Tally(reads="x", groups={(): {}}).to_json()
    named = Tally(reads="x", groups={(): {(PERSON[1],): 9}})
    with pytest.raises(ValueError, match="names persons by their pseudonyms"):
        named.to_json(hubs=["a"])
    framed = Tally(reads="x", groups={(): {}}, frame={(): frozenset({("a", PERSON[1])})})
    with pytest.raises(ValueError, match="names persons by their pseudonyms"):
        framed.to_json(hubs=["a"])


GOOD = json.loads(women_share.tally(DATA["a"], by="hub", period="2023").to_json())


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"format": "citess"}, "format: 'citess' is no tally of citess"),
        ({"version": "2.0"}, "a version of tallies that this citess does not know; expected 1.0"),
        ({"version": 1}, "does not know"),
        ({"client": "Amel"}, "client: 'client' is nothing that a tally may hold"),
        ({"records": []}, "may be about persons"),
        ({"cells": [{"group": [], "fact": ["x"], "n": 5, "name": "Amel"}]}, "cells.0..name"),
        ({"cells": [{"group": [], "fact": [PERSON[3]], "n": 5}]}, "may be about persons"),
        ({"cells": [{"group": [], "fact": ["x"], "ids": [PERSON[3]]}]}, "may be about persons"),
        ({"cells": [{"group": [], "fact": ["x"], "ids": ["k-" + "0" * 32] * 2}]}, "given twice"),
        ({"cells": [{"group": [], "fact": ["x"], "n": 5}] * 2}, "cells.1.: 'x' is a cell given"),
        ({"cells": [{"group": ["a", "b"], "fact": ["x"], "n": 5}]}, "of another form"),
        ({"cells": [{"group": [], "fact": ["x"], "n": "5"}]}, "of another form"),
        ({"cells": [{"group": [], "fact": ["x"], "n": True}]}, "of another form"),
        ({"cells": [{"group": [], "fact": ["x"], "low": 5, "high": 2}]}, "of another form"),
        ({"cells": [{"group": [], "fact": ["x"], "withheld": False}]}, "of another form"),
        ({"cells": [{"group": [], "fact": ["x"], "n": 5, "low": 2}]}, "of another form"),
        ({"cells": [{"group": [], "fact": 7, "n": 5}]}, "of another form"),
        ({"cells": [7]}, "of another form"),
        ({"cells": 7}, "cells: 7 is of another form"),
        ({"frame": [7]}, "frame: .7. is of another form"),
        ({"frame": 7}, "frame: 7 is of another form"),
        ({"frame": [{"group": [], "facts": 7}]}, "frame: "),
        ({"universe": {"hubs": [], "on": None, "period": None}}, "universe: "),
        ({"universe": 7}, "universe: 7"),
        (
            {"universe": {"hubs": ["a"], "on": None, "period": None, "populations": 7}},
            "universe: ",
        ),
        ({"universe": {"hubs": ["a"], "on": None, "period": None, "people": []}}, "universe: "),
        ({"where": 7}, "where: 7"),
        ({"by": 7}, "by: 7"),
        ({"on": 7}, "on: 7"),
        ({"uncertain": -1}, "uncertain: -1"),
        ({"reads": None}, "reads: None"),
        ({"small_cells": "perhaps"}, "small_cells: 'perhaps'"),
    ],
)
def test_a_document_that_does_not_fit_is_refused_with_the_reason(change, reason):
    with pytest.raises(ReadError, match=reason):
        Tally.from_json(json.dumps(GOOD | change))


def test_a_field_that_is_lacking_and_a_document_that_is_none_are_refused():
    with pytest.raises(ReadError, match="the field cells"):
        Tally.from_json(json.dumps({k: v for k, v in GOOD.items() if k != "cells"}))
    for text, reason in (
        ("[]", "is no tally"),
        ("{", "is not JSON"),
        (b"\xff", "is not JSON"),
        ('{"a": 1, "a": 2}', "a key given twice"),
        ('{"a": NaN}', "not a finite number"),
    ):
        with pytest.raises(ReadError, match=reason):
            Tally.from_json(text)


def test_a_newer_minor_version_is_read():
    assert Tally.from_json(json.dumps(GOOD | {"version": "1.7"})).reads


def test_a_tally_that_came_can_go_on():
    back = Tally.from_json(json.dumps(GOOD))
    assert back == Tally.from_json(back.to_json())
    many = evolve(
        back, bounded={(): {(f"x{k}",): citess.metrics._merging.Bounds(1, 4) for k in range(70)}}
    )
    assert Undefined.WITHHELD is women_share.of(many).reason
    nothing = evolve(back, bounded={(): {("other",): citess.metrics._merging.Bounds(0, 0)}})
    assert (
        Undefined.ZERO_DENOMINATOR
        is women_share.of(evolve(nothing, groups={(): {}}, ids={})).reason
    )
